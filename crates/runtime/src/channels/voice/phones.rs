//! Which SIP phones answer, and since when, as signalling says: for whoever looks at the links of sites.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::{DeviceId, Utc};

/// What is known of phones since the start. Cheap to clone; all clones are one. One entry a phone that was ever reachable.
#[derive(Clone, Debug, Default)]
pub struct PhoneWatch(Arc<Mutex<BTreeMap<DeviceId, PhoneStanding>>>);

/// How a phone stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhoneStanding {
    /// Whether it answers.
    pub reachable: bool,
    /// Since when it is so.
    pub since: Utc,
}

impl PhoneWatch {
    /// A phone answers, or no longer.
    pub fn note(&self, device: DeviceId, reachable: bool, now: Utc) {
        let mut phones = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        phones.insert(device, PhoneStanding { reachable, since: now });
    }

    /// Every phone that was ever reachable, and how it stands.
    pub fn standings(&self) -> BTreeMap<DeviceId, PhoneStanding> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
