//! Carrying out a REGISTER that was proved (RFC 3261 §10.3, from step 6).

use std::time::Duration;

use domain::{DeviceId, Mono};

use super::contact::{Contact, printable};
use super::{Place, Registrar, leave};
use crate::hop::Hop;
use crate::message::{Request, param, split_address};
use crate::probing::Probing;

/// Why a REGISTER was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unregistered {
    /// 400.
    Broken,
    /// 423: the shortest time that would be taken, in seconds.
    TooBrief(u32),
    /// 500: an older request came after a newer one.
    OutOfOrder,
}

/// One contact a request asks for.
struct Wish {
    uri: String,
    instance: Option<String>,
    /// Seconds; zero removes it.
    expires_s: u32,
}

impl Registrar {
    /// Carries out a REGISTER of a device whose digest was proved: all of it or nothing. Gives one Contact header a binding.
    pub(crate) fn register(
        &mut self,
        now: Mono,
        device: DeviceId,
        request: &Request,
        hop: Hop,
    ) -> Result<Vec<String>, Unregistered> {
        let (call_id, cseq) = (request.head.call_id.as_str(), request.head.cseq);
        let is_newer = |contact: &Contact| contact.call_id != call_id || contact.cseq < cseq;
        let known = self.places.get(&device).map(|place| place.contacts.as_slice()).unwrap_or_default();
        if request.contacts.iter().any(|contact| contact.trim() == "*") {
            // RFC 3261 §10.2.2: alone, and with Expires 0.
            if request.contacts.len() > 1 || request.expires != Some(0) {
                return Err(Unregistered::Broken);
            }
            if !known.iter().all(is_newer) {
                return Err(Unregistered::OutOfOrder);
            }
            self.retain(device, |_| false);
            self.settle(now, device);
            return Ok(Vec::new());
        }
        let wishes = self.wishes(request, hop)?;
        let is_ordered =
            wishes.iter().all(|wish| known.iter().filter(|c| is_meant(c, wish, hop, call_id)).all(is_newer));
        if !is_ordered {
            return Err(Unregistered::OutOfOrder);
        }
        self.refusals.forget(device);
        for wish in wishes {
            self.take(now, device, request, hop, wish);
        }
        self.settle(now, device);
        let bound = self.places.get(&device).map(|place| place.contacts.as_slice()).unwrap_or_default();
        Ok(bound.iter().map(|c| format!("<{}>;expires={}", c.uri, c.expires_at.since(now).as_secs())).collect())
    }

    fn wishes(&self, request: &Request, hop: Hop) -> Result<Vec<Wish>, Unregistered> {
        let rules = self.rules;
        let expires_max_s = if hop.is_reliable() {
            rules.expires_max_s.min(CONNECTION_EXPIRES_MAX_S.max(rules.expires_min_s))
        } else {
            rules.expires_max_s
        };
        let mut wishes = Vec::new();
        for value in request.contacts.iter().take(rules.contacts_max) {
            let (uri, params) = split_address(value);
            let scheme = uri.split(':').next().unwrap_or_default();
            let is_sip = scheme.eq_ignore_ascii_case("sip") || scheme.eq_ignore_ascii_case("sips");
            // It comes back as the Request-URI of our calls: it must be one word of one line.
            let is_word = uri.len() <= URI_MAX && uri.bytes().all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>');
            if !is_sip || !is_word {
                return Err(Unregistered::Broken);
            }
            let own = param(params, "expires").map(|seconds| seconds.parse().unwrap_or(rules.expires_max_s));
            let asked = own.or(request.expires).unwrap_or(rules.expires_max_s);
            if asked > 0 && asked < rules.expires_min_s {
                return Err(Unregistered::TooBrief(rules.expires_min_s));
            }
            wishes.push(Wish {
                // RFC 3261 §19.1.1: headers of a contact would become headers of our INVITE; they are left out.
                uri: uri.split('?').next().unwrap_or_default().to_owned(),
                instance: param(params, "+sip.instance").map(str::to_owned).filter(|id| id.len() <= URI_MAX),
                expires_s: asked.min(expires_max_s),
            });
        }
        Ok(wishes)
    }

    /// Adds, refreshes or removes one binding.
    fn take(&mut self, now: Mono, device: DeviceId, request: &Request, hop: Hop, wish: Wish) {
        let serial = self.places.get(&device).and_then(|place| {
            let same = place.contacts.iter().find(|contact| is_meant(contact, &wish, hop, &request.head.call_id));
            same.map(|contact| contact.serial)
        });
        if let Some(serial) = serial {
            self.retain(device, |contact| contact.serial != serial);
        }
        if wish.expires_s == 0 {
            return;
        }
        let place: &mut Place = self.places.entry(device).or_default();
        if place.contacts.len() >= self.rules.contacts_max {
            let first = place.contacts.iter().enumerate().min_by_key(|(_, contact)| contact.expires_at);
            if let Some(at) = first.map(|(at, _)| at) {
                let gone = place.contacts.swap_remove(at);
                leave(&mut self.homes, gone.hop.ip());
            }
        }
        self.serial += 1;
        *self.homes.entry(hop.ip()).or_default() += 1;
        place.contacts.push(Contact {
            serial: self.serial,
            device,
            uri: wish.uri,
            instance: wish.instance,
            hop,
            call_id: request.head.call_id.clone(),
            cseq: request.head.cseq,
            expires_at: now + Duration::from_secs(u64::from(wish.expires_s)),
            user_agent: printable(&request.user_agent),
            probing: Probing::Waiting(now + self.rules.keep_alive),
            answers: true,
            probes: 0,
        });
    }
}

/// Whether a request means this binding: the same URI, the same instance (RFC 5626), or the same socket in
/// another series of requests: a phone that was restarted.
fn is_meant(contact: &Contact, wish: &Wish, hop: Hop, call_id: &str) -> bool {
    let is_same_instance = contact.instance.is_some() && contact.instance == wish.instance;
    let is_restarted = contact.hop == hop && contact.call_id != call_id && matches!(hop, Hop::Udp(_));
    contact.uri == wish.uri || is_same_instance || is_restarted
}

/// The longest registration over a connection, in seconds: it ends with our process, and a phone that does not notice is away until it asks again.
const CONNECTION_EXPIRES_MAX_S: u32 = 300;

/// The longest URI or instance that is kept.
const URI_MAX: usize = 512;
