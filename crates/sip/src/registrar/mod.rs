//! Where telephones of ours are (RFC 3261 §10): accounts, contacts, their expiry, and whether they still answer. Pure.

mod binding;
mod contact;
mod keep_alive;
mod lasting;
mod places;

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use domain::{DeviceId, Encryption, Mono};

pub(crate) use binding::Unregistered;
use contact::Contact;
use ipnet::IpNet;
pub use lasting::Binding;
use places::Refusals;
pub(crate) use places::is_within;

use crate::config::{DeviceAccount, SipLimits};
use crate::digest::Ha1;
use crate::event::{ContactView, SipEvent};
use crate::hop::{ConnectionId, Hop};
use crate::leg::Identity;
use crate::sdp::Codec;

/// What the registrar asks for.
#[derive(Debug)]
pub(crate) enum RegistrarOutput {
    Send(Hop, Vec<u8>),
    Event(SipEvent),
}

/// An account as it is known.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) device: DeviceId,
    pub(crate) username: String,
    pub(crate) ha1: Ha1,
}

/// Where one device is.
#[derive(Debug, Default)]
struct Place {
    contacts: Vec<Contact>,
    was_reachable: bool,
    due: Option<Mono>,
    /// Which contacts were told to be kept, by serial.
    kept: Vec<u64>,
}

/// The limits that concern registrations.
#[derive(Clone, Copy, Debug)]
struct Rules {
    contacts_max: usize,
    expires_min_s: u32,
    expires_max_s: u32,
    keep_alive: Duration,
}

/// Registrar and location.
pub(crate) struct Registrar {
    identity: Arc<Identity>,
    rules: Rules,
    accounts: HashMap<String, Account>,
    /// What is wanted of each device.
    encryption: HashMap<DeviceId, Encryption>,
    /// Where each device may speak from; one from anywhere is left out.
    ranges: HashMap<DeviceId, Vec<IpNet>>,
    /// What each device is offered, the best first; one that chooses by itself is left out.
    codecs: HashMap<DeviceId, Vec<Codec>>,
    refusals: Refusals,
    places: HashMap<DeviceId, Place>,
    /// How many contacts sit behind an address.
    homes: HashMap<IpAddr, usize>,
    timers: BTreeSet<(Mono, DeviceId)>,
    serial: u64,
    outputs: VecDeque<RegistrarOutput>,
}

impl Registrar {
    /// A registrar without accounts.
    pub(crate) fn new(identity: Arc<Identity>, limits: &SipLimits) -> Registrar {
        let rules = Rules {
            contacts_max: limits.contacts_per_device_max.max(1),
            expires_min_s: limits.expires_min_s,
            expires_max_s: limits.expires_max_s.max(limits.expires_min_s),
            keep_alive: limits.keep_alive,
        };
        Registrar {
            identity,
            rules,
            accounts: HashMap::new(),
            encryption: HashMap::new(),
            ranges: HashMap::new(),
            codecs: HashMap::new(),
            refusals: Refusals::default(),
            places: HashMap::new(),
            homes: HashMap::new(),
            timers: BTreeSet::new(),
            serial: 0,
            outputs: VecDeque::new(),
        }
    }

    /// Takes a whole list of accounts. Whoever is gone, renamed, has another secret or is where it may not be any more is unregistered.
    pub(crate) fn set_accounts(&mut self, now: Mono, devices: Vec<DeviceAccount>) {
        let mut accounts: HashMap<String, Account> = HashMap::with_capacity(devices.len());
        let mut same = BTreeSet::new();
        self.encryption.clear();
        self.ranges.clear();
        self.codecs.clear();
        for DeviceAccount { device, username, ha1, encryption, address_ranges, codecs } in devices {
            if self.accounts.get(&username).is_some_and(|known| known.device == device && known.ha1 == ha1) {
                same.insert(device);
            }
            accounts.entry(username.clone()).or_insert(Account { device, username, ha1 });
            self.encryption.insert(device, encryption);
            self.ranges.insert(device, address_ranges);
            self.codecs.insert(device, codecs);
        }
        self.accounts = accounts;
        let known = &self.encryption;
        self.refusals.retain(|device| known.contains_key(&device));
        let strangers: Vec<DeviceId> = self.places.keys().copied().filter(|device| !same.contains(device)).collect();
        for device in strangers {
            self.retain(device, |_| false);
            self.settle(now, device);
        }
        // Who registered in clear before that was forbidden must come again.
        let strict: Vec<DeviceId> =
            self.places.keys().copied().filter(|device| self.must_be_private(*device)).collect();
        for device in strict {
            self.retain(device, |contact| contact.hop.is_private());
            self.settle(now, device);
        }
        self.unregister_outside(now);
    }

    /// Takes away what was registered from an address that is outside of the ranges by now.
    fn unregister_outside(&mut self, now: Mono) {
        let bounded: Vec<DeviceId> = self.places.keys().copied().collect();
        for device in bounded {
            let ranges = self.ranges.get(&device).cloned().unwrap_or_default();
            self.retain(device, |contact| is_within(&ranges, contact.hop.ip()));
            self.settle(now, device);
        }
    }

    /// What a device is offered, the best first; empty is whatever it likes best.
    pub(crate) fn codecs(&self, device: DeviceId) -> Vec<Codec> {
        self.codecs.get(&device).cloned().unwrap_or_default()
    }

    fn must_be_private(&self, device: DeviceId) -> bool {
        self.encryption(device) == Encryption::Required
    }

    /// What is wanted of a device.
    pub(crate) fn encryption(&self, device: DeviceId) -> Encryption {
        self.encryption.get(&device).copied().unwrap_or_default()
    }

    /// Whether anybody may register at all.
    pub(crate) fn has_accounts(&self) -> bool {
        !self.accounts.is_empty()
    }

    /// The account of this name.
    pub(crate) fn account(&self, username: &str) -> Option<&Account> {
        self.accounts.get(username)
    }

    /// Whether a device of ours is registered from this address.
    pub(crate) fn is_home(&self, ip: IpAddr) -> bool {
        self.homes.contains_key(&ip.to_canonical())
    }

    /// Whether this very device is registered from this address.
    pub(crate) fn is_at(&self, device: DeviceId, ip: IpAddr) -> bool {
        let contacts = self.places.get(&device).map(|place| place.contacts.as_slice()).unwrap_or_default();
        contacts.iter().any(|contact| contact.hop.ip() == ip.to_canonical())
    }

    /// Where a call to this device goes: contacts that answer, as URI and hop.
    pub(crate) fn reach(&self, device: DeviceId) -> Vec<(String, Hop)> {
        let contacts = self.places.get(&device).map(|place| place.contacts.as_slice()).unwrap_or_default();
        contacts.iter().filter(|c| c.is_reachable()).map(|c| (c.uri.clone(), c.hop)).collect()
    }

    /// A connection has closed: what was registered over it cannot be reached any more.
    pub(crate) fn connection_gone(&mut self, now: Mono, connection: ConnectionId) {
        let over_it = |contact: &Contact| contact.hop.connection() == Some(connection);
        let devices: Vec<DeviceId> = self
            .places
            .iter()
            .filter(|(_, place)| place.contacts.iter().any(over_it))
            .map(|(device, _)| *device)
            .collect();
        for device in devices {
            self.retain(device, |contact| !over_it(contact));
            self.settle(now, device);
        }
    }

    /// Drain until `None`.
    pub(crate) fn poll_output(&mut self) -> Option<RegistrarOutput> {
        self.outputs.pop_front()
    }

    /// When to tick next.
    pub(crate) fn poll_timeout(&self) -> Option<Mono> {
        self.timers.first().map(|(at, _)| *at)
    }

    /// How many contacts there are.
    pub(crate) fn contacts(&self) -> usize {
        self.homes.values().sum()
    }

    /// What people may see.
    pub(crate) fn inspect(&self, now: Mono) -> Vec<ContactView> {
        let contacts = self.places.values().flat_map(|place| &place.contacts);
        let mut views: Vec<ContactView> = contacts.map(|contact| contact.view(now)).collect();
        views.sort_by_key(|view| (view.device, view.address));
        views
    }

    /// Keeps the contacts that pass, and the count of addresses with them.
    fn retain(&mut self, device: DeviceId, keep: impl Fn(&Contact) -> bool) {
        let Some(place) = self.places.get_mut(&device) else { return };
        let homes = &mut self.homes;
        place.contacts.retain(|contact| {
            let kept = keep(contact);
            if !kept {
                leave(homes, contact.hop.ip());
            }
            kept
        });
    }

    /// After any change of a device: tells whether it can be reached and what of it is to be kept, and sets its timer anew.
    fn settle(&mut self, now: Mono, device: DeviceId) {
        self.tell_lasting(now, device);
        let Some(place) = self.places.get_mut(&device) else { return };
        let reachable = place.contacts.iter().any(Contact::is_reachable);
        if reachable != place.was_reachable {
            place.was_reachable = reachable;
            self.outputs.push_back(RegistrarOutput::Event(SipEvent::DeviceChanged { device, reachable }));
        }
        let due = place.contacts.iter().map(|contact| contact.due().max(now)).min();
        if let Some(at) = place.due {
            self.timers.remove(&(at, device));
        }
        place.due = due;
        match due {
            Some(at) => {
                self.timers.insert((at, device));
            }
            None => {
                self.places.remove(&device);
            }
        }
    }
}

fn leave(homes: &mut HashMap<IpAddr, usize>, ip: IpAddr) {
    if let Some(count) = homes.get_mut(&ip) {
        *count -= 1;
        if *count == 0 {
            homes.remove(&ip);
        }
    }
}

#[cfg(test)]
mod tests;
