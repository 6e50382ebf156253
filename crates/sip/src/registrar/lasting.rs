//! Registrations that outlast the process: what a phone that speaks UDP is asked again for after a restart, instead of being waited for
//! until its next REGISTER, which may be an hour away. A connection ends with the process, and with it whatever was registered over it.

use std::net::SocketAddr;
use std::time::Duration;

use domain::{DeviceId, Mono};

use super::contact::{Contact, printable};
use super::{Place, Registrar, RegistrarOutput};
use crate::event::SipEvent;
use crate::hop::Hop;
use crate::probing::Probing;

/// Phones restored at once are asked this far apart: a thousand within two seconds.
const ASKED_APART: Duration = Duration::from_millis(2);

/// One place a device is registered at over UDP (RFC 3261 §10.3), as it is kept over a restart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Whose.
    pub device: DeviceId,
    /// The Contact as the device wrote it.
    pub uri: String,
    /// `+sip.instance` (RFC 5626), if given.
    pub instance: Option<String>,
    /// Where its packets come from.
    pub address: SocketAddr,
    /// Call-ID of the REGISTER.
    pub call_id: String,
    /// CSeq of the REGISTER.
    pub cseq: u32,
    /// What it calls itself; untrusted text.
    pub user_agent: String,
    /// Time left until it expires.
    pub expires_in: Duration,
}

impl Registrar {
    /// Takes up bindings of the process before. None is reachable until it has answered; whose account is gone, stands outside of its addresses by
    /// now or must be encrypted is left out, and so is a device that has registered already.
    pub(crate) fn restore(&mut self, now: Mono, bindings: Vec<Binding>) {
        let mut ask_at = now;
        for binding in bindings {
            let device = binding.device;
            let hop = Hop::Udp(binding.address);
            let is_known = self.accounts.values().any(|account| account.device == device);
            let is_fresh = |place: &Place| place.contacts.iter().any(|contact| contact.answers);
            let is_full = |place: &Place| place.contacts.len() >= self.rules.contacts_max || is_fresh(place);
            if !is_known
                || !self.admits(device, hop.ip())
                || self.must_be_private(device)
                || self.places.get(&device).is_some_and(is_full)
            {
                continue;
            }
            self.serial += 1;
            *self.homes.entry(hop.ip()).or_default() += 1;
            let longest = Duration::from_secs(u64::from(self.rules.expires_max_s));
            let contact = Contact {
                serial: self.serial,
                device,
                uri: binding.uri,
                instance: binding.instance,
                hop,
                call_id: binding.call_id,
                cseq: binding.cseq,
                expires_at: now + binding.expires_in.min(longest),
                user_agent: printable(&binding.user_agent),
                probing: Probing::Waiting(ask_at),
                answers: false,
                probes: 0,
            };
            ask_at = ask_at + ASKED_APART;
            let place = self.places.entry(device).or_default();
            place.kept.push(contact.serial);
            place.contacts.push(contact);
            self.settle(now, device);
        }
    }

    /// Tells what of a device is to be kept, if it is not what was told last.
    pub(super) fn tell_lasting(&mut self, now: Mono, device: DeviceId) {
        let Some(place) = self.places.get_mut(&device) else { return };
        let lasting = || place.contacts.iter().filter(|contact| matches!(contact.hop, Hop::Udp(_)));
        let serials: Vec<u64> = lasting().map(|contact| contact.serial).collect();
        if serials == place.kept {
            return;
        }
        let bindings = lasting().map(|contact| contact.binding(now)).collect();
        place.kept = serials;
        self.outputs.push_back(RegistrarOutput::Event(SipEvent::BindingsChanged { device, bindings }));
    }
}

impl Contact {
    fn binding(&self, now: Mono) -> Binding {
        Binding {
            device: self.device,
            uri: self.uri.clone(),
            instance: self.instance.clone(),
            address: self.hop.address(),
            call_id: self.call_id.clone(),
            cseq: self.cseq,
            user_agent: self.user_agent.clone(),
            expires_in: self.expires_at.since(now),
        }
    }
}
