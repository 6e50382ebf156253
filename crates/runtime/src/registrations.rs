//! Where phones are registered, kept for the process after this one: behind the loop, and the latest of each phone once for a while.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use domain::{DeviceId, Utc};
use sip::Binding;
use store::{KeptRegistration, Store, StoreError};
use tokio::sync::{mpsc, oneshot};
use tracing::warn;

use crate::clock;

/// Phones whose change waits for the disk: all of a large centre that registers at once.
///
/// Overflow: what comes then is not kept until that phone's next REGISTER.
const WAITING_MAX: usize = 4_096;
/// Changes are gathered for so long, and written together.
const WRITTEN_EVERY: Duration = Duration::from_secs(2);
/// Whoever stops waits no longer for a disk that does not answer.
const LAST_WRITE_MAX: Duration = Duration::from_secs(3);

type Phones = HashMap<DeviceId, Vec<KeptRegistration>>;

/// What the task that writes is told.
#[derive(Debug)]
enum Told {
    Registered(DeviceId, Vec<KeptRegistration>),
    /// Write at once, and say when it is done.
    Stopping(oneshot::Sender<()>),
}

/// The way to the disk.
#[derive(Clone, Debug)]
pub struct RegistrationKeeper {
    waiting: mpsc::Sender<Told>,
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
        if self.waiting.try_send(Told::Registered(device, kept)).is_err() {
            warn!(device.id = %device, "where a phone is registered is not kept: the disk does not keep up");
        }
    }

    /// Writes what waits without waiting for more; done when it is on disk, or the disk does not answer for three seconds.
    pub(crate) async fn write_now(&self) {
        let (done, written) = oneshot::channel();
        let written = async {
            self.waiting.send(Told::Stopping(done)).await.ok()?;
            written.await.ok()
        };
        if !matches!(tokio::time::timeout(LAST_WRITE_MAX, written).await, Ok(Some(()))) {
            warn!("where phones registered last is not kept: the disk does not answer");
        }
    }
}

async fn write(store: Arc<Store>, mut waiting: mpsc::Receiver<Told>) {
    let mut phones = Phones::new();
    while let Some(told) = waiting.recv().await {
        let done = gather(&mut phones, told, &mut waiting).await;
        let batch: Vec<_> = phones.drain().collect();
        if let Err(error) = store.keep_registrations(&batch).await {
            warn!(%error, phones = batch.len(), "where phones are registered could not be kept yet");
            for (device, kept) in batch {
                phones.entry(device).or_insert(kept);
            }
        }
        done.map(|done| done.send(()));
    }
}

/// Takes what comes for a while, the latest of each phone; whoever stops is not made to wait and is to be told.
async fn gather(phones: &mut Phones, first: Told, waiting: &mut mpsc::Receiver<Told>) -> Option<oneshot::Sender<()>> {
    let mut over = pin!(tokio::time::sleep(WRITTEN_EVERY));
    let mut next = Some(first);
    loop {
        match next {
            Some(Told::Registered(device, kept)) => drop(phones.insert(device, kept)),
            Some(Told::Stopping(done)) => return Some(done),
            None => return None,
        }
        next = tokio::select! {
            told = waiting.recv() => told,
            () = &mut over => None,
        };
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
    use store::{DatabaseKey, DeviceDraft, DeviceLogin, NewTenant, Scope, SiteDraft, StoreConfig};

    use super::*;

    #[tokio::test]
    async fn what_waits_to_be_written_is_written_at_once_when_the_process_stops() {
        let dir = tempfile::tempdir().unwrap();
        let config = StoreConfig { dir: dir.path().join("data"), key: DatabaseKey::from_bytes([7; 32]), node: 1 };
        let now = clock::now().utc;
        let store = Store::open(config, now).await.unwrap();
        let new = NewTenant { name: "north".into(), time_zone: "Asia/Shanghai".into(), region: "cn".into() };
        let scope = Scope::system(store.create_tenant(now, &new).await.unwrap().id);
        let mut devices = Vec::new();
        let site = store.create_site(&scope, now, &SiteDraft::open("head", "Asia/Shanghai")).await.unwrap().id;
        for username in ["desk-1", "desk-2", "desk-3"] {
            let draft = DeviceDraft {
                name: username.to_owned(),
                agent: None,
                auto_answer: false,
                encryption: domain::Encryption::WhenOffered,
                site,
            };
            let login = DeviceLogin { username, realm: "callisto", password: "x" };
            devices.push(store.create_device(&scope, now, &draft, &login).await.unwrap().device.id);
        }
        let bound = |device, cseq| Binding {
            device,
            uri: "sip:100@10.0.0.2".to_owned(),
            instance: None,
            address: "203.0.113.7:5099".parse().unwrap(),
            call_id: "c".to_owned(),
            cseq,
            user_agent: "Desk".to_owned(),
            expires_in: Duration::from_secs(3_600),
        };
        let keeper = RegistrationKeeper::start(Arc::clone(&store));
        let kept = async || -> Vec<(DeviceId, u32)> {
            let mut kept: Vec<_> =
                kept_before(&store).await.unwrap().iter().map(|one| (one.device, one.cseq)).collect();
            kept.sort_unstable();
            kept
        };
        keeper.keep(devices[0], vec![bound(devices[0], 1)]);
        keeper.keep(devices[1], vec![bound(devices[1], 1)]);
        keeper.keep(devices[0], vec![bound(devices[0], 2)]);
        keeper.write_now().await;
        assert_eq!(kept().await, [(devices[0], 2), (devices[1], 1)]);
        // It goes on as before, and there may be nothing to write.
        keeper.write_now().await;
        keeper.keep(devices[2], vec![bound(devices[2], 9)]);
        keeper.write_now().await;
        assert_eq!(kept().await, [(devices[0], 2), (devices[1], 1), (devices[2], 9)]);
    }

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
