//! Where phones are registered, kept for the process after this one: behind the loop, and the latest of each phone once for a while.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use domain::{DeviceId, Utc};
use sip::Binding;
use store::{KeptRegistration, Store, StoreError};
use tokio::sync::mpsc;
use tracing::warn;

use crate::clock;

/// Phones whose change waits for the disk: all of a large centre that registers at once.
///
/// Overflow: what comes then is not kept until that phone's next REGISTER.
const WAITING_MAX: usize = 4_096;
/// Changes are gathered for so long, and written together.
const WRITTEN_EVERY: Duration = Duration::from_secs(2);

type Phones = HashMap<DeviceId, Vec<KeptRegistration>>;

/// The way to the disk.
#[derive(Clone, Debug)]
pub struct RegistrationKeeper {
    waiting: mpsc::Sender<(DeviceId, Vec<KeptRegistration>)>,
}

impl RegistrationKeeper {
    /// Starts the task that writes; it ends with the last keeper, after it has written what waits.
    pub(crate) fn start(store: Arc<Store>) -> RegistrationKeeper {
        let (waiting, phones) = mpsc::channel(WAITING_MAX);
        tokio::spawn(write(store, phones));
        RegistrationKeeper { waiting }
    }

    /// Keeps where a phone is registered, the whole of it. Never waits.
    pub(crate) fn keep(&self, device: DeviceId, bindings: Vec<Binding>) {
        let now = clock::now().utc;
        let kept = bindings.into_iter().map(|binding| kept(binding, now)).collect();
        if self.waiting.try_send((device, kept)).is_err() {
            warn!(device.id = %device, "where a phone is registered is not kept: the disk does not keep up");
        }
    }
}

async fn write(store: Arc<Store>, mut waiting: mpsc::Receiver<(DeviceId, Vec<KeptRegistration>)>) {
    let mut phones = Phones::new();
    while let Some((device, kept)) = waiting.recv().await {
        phones.insert(device, kept);
        tokio::time::sleep(WRITTEN_EVERY).await;
        while let Ok((device, kept)) = waiting.try_recv() {
            phones.insert(device, kept);
        }
        let batch: Vec<_> = phones.drain().collect();
        if let Err(error) = store.keep_registrations(&batch).await {
            warn!(%error, phones = batch.len(), "where phones are registered could not be kept yet");
            for (device, kept) in batch {
                phones.entry(device).or_insert(kept);
            }
        }
    }
}

/// What the process before knew of phones.
pub(crate) async fn kept_before(store: &Store) -> Result<Vec<Binding>, StoreError> {
    let now = clock::now().utc;
    Ok(store.registrations(now).await?.into_iter().filter_map(|kept| binding(kept, now)).collect())
}

fn kept(binding: Binding, now: Utc) -> KeptRegistration {
    let left = i64::try_from(binding.expires_in.as_micros()).unwrap_or(i64::MAX);
    KeptRegistration {
        device: binding.device,
        contact: binding.uri,
        instance: binding.instance,
        address: binding.address.to_string(),
        call_id: binding.call_id,
        cseq: binding.cseq,
        user_agent: binding.user_agent,
        expires: Utc(now.0.saturating_add(left)),
    }
}

fn binding(kept: KeptRegistration, now: Utc) -> Option<Binding> {
    Some(Binding {
        device: kept.device,
        uri: kept.contact,
        instance: kept.instance,
        address: kept.address.parse().ok()?,
        call_id: kept.call_id,
        cseq: kept.cseq,
        user_agent: kept.user_agent,
        expires_in: Duration::from_micros(u64::try_from(kept.expires.0.saturating_sub(now.0)).ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_with_the_time_that_is_left_of_it() {
        let before = Binding {
            device: DeviceId(9),
            uri: "sip:100@10.0.0.2;ob".to_owned(),
            instance: Some("<urn:uuid:1>".to_owned()),
            address: "203.0.113.7:5099".parse().unwrap(),
            call_id: "c".to_owned(),
            cseq: 7,
            user_agent: "Desk".to_owned(),
            expires_in: Duration::from_secs(60),
        };
        let row = kept(before.clone(), Utc(5_000_000));
        assert_eq!(row.expires, Utc(65_000_000));
        let after = binding(row.clone(), Utc(25_000_000)).unwrap();
        assert_eq!(after, Binding { expires_in: Duration::from_secs(40), ..before });
        assert_eq!(binding(row.clone(), Utc(65_000_001)), None, "over");
        assert_eq!(binding(KeptRegistration { address: "x".to_owned(), ..row }, Utc(0)), None, "unreadable");
    }
}
