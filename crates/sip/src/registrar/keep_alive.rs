//! Asking contacts whether they are there, and forgetting those that expired.

use domain::{DeviceId, Mono};

use super::contact::{Contact, PROBE_TIME};
use super::{Registrar, RegistrarOutput};
use crate::leg::ClientRequest;
use crate::leg::timers::Due;
use crate::message::Response;
use crate::probing::{Probing, Question};

impl Registrar {
    /// A deadline may have come.
    pub(crate) fn tick(&mut self, now: Mono) {
        while let Some((at, device)) = self.timers.first().copied().filter(|(at, _)| *at <= now) {
            self.timers.remove(&(at, device));
            self.tick_device(now, device);
            self.settle(now, device);
        }
    }

    fn tick_device(&mut self, now: Mono, device: DeviceId) {
        self.retain(device, |contact| contact.expires_at > now);
        let Some(place) = self.places.get_mut(&device) else { return };
        place.due = None;
        for contact in &mut place.contacts {
            match contact.probing.due(now) {
                Due::Nothing => {}
                Due::SendAgain => {
                    if let Probing::Waiting(_) = contact.probing {
                        ask(&self.identity, now, contact);
                    }
                    if let Probing::Asked(request) = &contact.probing {
                        self.outputs.push_back(RegistrarOutput::Send(contact.hop, request.request.clone()));
                    }
                }
                Due::GiveUp => {
                    contact.answers = false;
                    contact.probing = Probing::Waiting(now + self.rules.keep_alive);
                }
            }
        }
    }

    /// An answer to an OPTIONS; whatever it says, somebody is there. It must come from where the question went.
    pub(crate) fn answered(&mut self, now: Mono, from: std::net::IpAddr, response: &Response) {
        let Some(device) = device_of(&response.branch) else { return };
        let keep_alive = self.rules.keep_alive;
        let Some(place) = self.places.get_mut(&device) else { return };
        let is_asked = |c: &&mut Contact| c.probing.is_asked_by(&response.branch) && c.hop.ip() == from;
        let asked = place.contacts.iter_mut().find(is_asked);
        if let Some(contact) = asked {
            contact.answers = true;
            contact.probing = Probing::Waiting(now + keep_alive);
            self.settle(now, device);
        }
    }
}

/// Writes a new OPTIONS for a contact.
fn ask(identity: &crate::leg::Identity, now: Mono, contact: &mut Contact) {
    contact.probes += 1;
    let (serial, count) = (contact.serial, contact.probes);
    let branch = format!("{BRANCH}{:x}.{serial:x}.{count:x}", contact.device.0);
    let question = Question {
        identity,
        uri: &contact.uri,
        hop: contact.hop,
        branch: &branch,
        tag: &format!("{serial:x}"),
        call_id: &format!("keep-alive-{serial:x}@{}", identity.sent_by),
        cseq: count,
    };
    let request = ClientRequest::within(now, contact.hop, question.encode(), PROBE_TIME);
    contact.probing = Probing::Asked(request);
}

/// Magic cookie and a letter no leg's tag begins with.
const BRANCH: &str = "z9hG4bKkeep-";

fn device_of(branch: &str) -> Option<DeviceId> {
    let (device, _) = branch.strip_prefix(BRANCH)?.split_once('.')?;
    i64::from_str_radix(device, 16).ok().map(DeviceId)
}
