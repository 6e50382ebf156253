//! Telephones of ours: proving who they are, registering, calling.

use domain::{DeviceId, Mono};
use tracing::warn;

use super::{Core, Output};
use crate::config::{DeviceAccount, Transport};
use crate::digest::Outcome;
use crate::event::CallSource;
use crate::guard::Fault;
use crate::hop::Hop;
use crate::leg::LegInput;
use crate::message::{Method, Request, reply_hop, split_address, user_of};
use crate::registrar::Unregistered;

/// What two challenges add to a short request. A forged sender gets at most this much more than was sent for it.
const CHALLENGE_GROWTH_MAX: usize = 384;

impl Core {
    pub(super) fn set_devices(&mut self, now: Mono, devices: Vec<DeviceAccount>) {
        let ids: std::collections::HashSet<DeviceId> = devices.iter().map(|account| account.device).collect();
        self.guard.keep_accounts(|device| ids.contains(&device));
        self.registrar.set_accounts(now, devices);
        self.after_registrar();
    }

    /// A request that must carry its sender's digest.
    pub(super) fn prove(&mut self, now: Mono, from: Hop, request: &Request, length: usize) {
        if request.method == Method::Invite
            && let Some(leg) =
                self.legs.by_invite(&request.head.transaction_key()).filter(|leg| self.is_peer(*leg, from))
        {
            return self.turn(now, leg, LegInput::InviteAgain);
        }
        if self.answer_copy(now, from, &request.head) {
            return;
        }
        let ip = from.ip();
        self.note_outside(now, from, request);
        let Some(credentials) = self.verifier.pick(&request.credentials) else {
            return self.ask(now, from, request, length);
        };
        // Outside of its site an account is nobody's: the same answer, and the same fault.
        let account = self.registrar.account_at(&credentials.username, ip).cloned();
        // A locked account is answered as a wrong password is; where it is registered already, it goes on.
        let is_locked = account
            .as_ref()
            .is_some_and(|a| self.guard.is_locked(now, a.device) && !self.registrar.is_at(a.device, ip));
        let ha1 = account.as_ref().filter(|_| !is_locked).map(|account| account.ha1);
        let outcome = self.verifier.judge(now, ip, &request.head.method, &request.uri, &credentials, ha1.as_ref());
        match (outcome, account) {
            (Outcome::Proved, Some(account)) => {
                self.guard.proved(now, ip, account.device);
                self.trust(from);
                self.proved(now, from, request, account.device, &account.username);
            }
            (Outcome::Stale, Some(_)) => self.challenge(now, from, request, length, true),
            (Outcome::Missing, _) => self.ask(now, from, request, length),
            (Outcome::Wrong, account) => {
                self.challenge(now, from, request, length, false);
                let fault = account.filter(|_| !is_locked).map_or(Fault::Probing, |a| Fault::WrongDigest(a.device));
                self.fault(now, from, fault);
            }
            // Nobody is proved without an account.
            (Outcome::Proved | Outcome::Stale, None) => self.challenge(now, from, request, length, false),
        }
    }

    /// Notes, for whoever looks after the centre, a request that says to be from a device that may not speak from this address. Its sender
    /// hears what whoever names nobody hears.
    fn note_outside(&mut self, now: Mono, from: Hop, request: &Request) {
        let said = self.verifier.pick(&request.credentials).map(|credentials| credentials.username.clone());
        let username = said.unwrap_or_else(|| user_of(split_address(&request.head.from).0));
        let Some(device) = self.registrar.account(&username).map(|account| account.device) else { return };
        if !self.registrar.admits(device, from.ip()) && self.registrar.refuse(now, device, from.address()) {
            warn!(device.id = %device, "a phone speaks from outside the addresses of its site; it can neither register nor call");
        }
    }

    /// No digest yet: asks for it. Who asks for nobody is looking for somebody.
    fn ask(&mut self, now: Mono, from: Hop, request: &Request, length: usize) {
        self.challenge(now, from, request, length, false);
        let is_home = self.registrar.is_home(from.ip());
        let event = self.guard.challenged(now, from.ip(), is_home);
        self.report_bans(event);
        let claimed = user_of(split_address(&request.head.from).0);
        if self.registrar.account_at(&claimed, from.ip()).is_none() {
            self.fault(now, from, Fault::Probing);
        }
    }

    fn challenge(&mut self, now: Mono, from: Hop, request: &Request, length: usize, stale: bool) {
        let is_home = self.registrar.is_home(from.ip());
        if !is_home && !self.gate.has_reply_for_stranger(now) {
            return;
        }
        let challenges = self.verifier.challenges(now, from.ip(), stale);
        // The better algorithm stands first.
        let left_out = usize::from(!self.offers_sha256);
        let extra = challenges.into_iter().skip(left_out).map(|challenge| ("WWW-Authenticate", challenge)).collect();
        let encoded = self.write_stateless(401, &request.head, from, extra);
        let amplifies = from.transport() == Transport::Udp && !is_home && encoded.len() > length + CHALLENGE_GROWTH_MAX;
        if !amplifies {
            self.outputs.push_back(Output::Send(reply_hop(&request.head, from), encoded));
        }
    }

    fn proved(&mut self, now: Mono, from: Hop, request: &Request, device: DeviceId, username: &str) {
        let source = CallSource::Device(device);
        if self.must_be_private(source, from) {
            return self.refuse_in_clear(source, from, request);
        }
        self.spoke_privately(source);
        match (request.method, request.head.to_tag()) {
            (Method::Register, _) => self.register(now, from, request, device, username),
            (Method::Invite, None) => {
                self.invite(now, from, source, username.to_owned(), request);
            }
            _ => self.stateless(405, &request.head, from, None),
        }
    }

    fn register(&mut self, now: Mono, from: Hop, request: &Request, device: DeviceId, username: &str) {
        let (code, extra) = if user_of(split_address(&request.head.to).0) == username {
            match self.registrar.register(now, device, request, from) {
                Ok(bound) => (200, bound.into_iter().map(|contact| ("Contact", contact)).collect()),
                Err(Unregistered::Broken) => (400, Vec::new()),
                Err(Unregistered::OutOfOrder) => (500, vec![("Retry-After", "1".to_owned())]),
                Err(Unregistered::TooBrief(s)) => (423, vec![("Min-Expires", s.to_string())]),
            }
        } else {
            // Nobody registers for somebody else.
            (403, Vec::new())
        };
        let encoded = self.write_stateless(code, &request.head, from, extra);
        self.answer_device(now, from, &request.head, encoded);
        self.after_registrar();
    }
}
