//! Our registration at one carrier: made, refreshed, tried again, taken back (RFC 3261 §10.2, §22.2).

use std::collections::VecDeque;
use std::net::IpAddr;
use std::time::Duration;

use domain::{Mono, TrunkId};

use super::TrunkOutput;
use crate::config::{GatewayLogin, RegisterAt, Target};
use crate::digest::{Account, Challenge, prove};
use crate::event::{RegistrationState, SipEvent};
use crate::hop::Hop;
use crate::leg::timers::Due;
use crate::leg::{ClientRequest, Identity};
use crate::message::{Outgoing, Response, param, split_address};

/// How long a REGISTER may go unanswered: five copies over UDP.
const ANSWER_MAX: Duration = Duration::from_secs(8);
/// The same where there are several registrars: four copies.
const ANSWER_AMONG_SEVERAL_MAX: Duration = Duration::from_secs(4);
/// REGISTERs for one registration: without proof, with it, once more for a stale nonce, and both again for a longer time.
const SENT_MAX: u8 = 5;
/// A registrar that grants less than this would have us send without end.
const REFRESH_MIN: Duration = Duration::from_secs(1);
/// The longest time a registrar may ask us to register for, or grant.
const EXPIRES_MAX_S: u32 = 86_400;
/// The first pause after silence or a fault, and the longest; each is twice the one before. A call centre wants its line
/// back within a minute of the carrier's return.
const UNREACHABLE_PAUSES: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(60));
/// The same after a refusal. A wrong password that is tried often gets the address shut out.
const REFUSED_PAUSES: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(600));
/// A realm is shown this far.
const REALM_CHARS_MAX: usize = 64;
/// The longest pause a registrar may ask for (Retry-After).
const RETRY_AFTER_MAX: Duration = Duration::from_secs(600);

/// A REGISTER that is out, and what it took so far.
struct Exchange {
    request: ClientRequest,
    sent: u8,
    proofs: u8,
}

enum Stage {
    /// The next REGISTER is due then.
    Waiting(Mono),
    Asked(Exchange),
    /// The registration is being taken back.
    Leaving(Exchange),
    Over,
}

/// One registration.
pub(super) struct Registration {
    trunk: TrunkId,
    at: RegisterAt,
    /// The registrar that is asked. The one that answered is asked until it fails.
    asked: usize,
    /// How many in a row were asked in vain.
    failed: usize,
    /// What one of them refused with.
    refused: Option<u16>,
    /// The longest pause one of them asked for, seconds.
    asked_pause_s: u32,
    domain: String,
    /// Names our requests; nobody else can guess it.
    tag: String,
    cseq: u32,
    /// The realm that is answered: the given one, or the one whose proof the registrar took.
    realm: Option<String>,
    /// A realm that was answered and must show that it is the registrar's.
    candidate: Option<String>,
    /// That another realm is asked for is told.
    is_told: bool,
    /// How long the registrar keeps what it granted last.
    held_until: Mono,
    expires_s: u32,
    state: RegistrationState,
    stage: Stage,
    /// In a row.
    failures: u32,
}

impl Registration {
    /// Begins at once.
    pub(super) fn new(now: Mono, trunk: TrunkId, at: RegisterAt, tag: String) -> Registration {
        let host = at.server.hop().ip();
        let host = if host.is_ipv6() { format!("[{host}]") } else { host.to_string() };
        Registration {
            trunk,
            asked: 0,
            failed: 0,
            refused: None,
            asked_pause_s: 0,
            domain: at.domain.clone().unwrap_or(host),
            tag,
            cseq: 0,
            realm: at.realm.clone(),
            candidate: None,
            is_told: false,
            held_until: now,
            expires_s: at.expires_s.clamp(1, EXPIRES_MAX_S),
            at,
            state: RegistrationState::Asking,
            stage: Stage::Waiting(now),
            failures: 0,
        }
    }

    pub(super) fn tick(&mut self, now: Mono, identity: &Identity, out: &mut VecDeque<TrunkOutput>) {
        match &mut self.stage {
            Stage::Waiting(at) if now >= *at => {
                let exchange = self.send(now, identity, None, (0, 0), out);
                self.stage = Stage::Asked(exchange);
            }
            Stage::Asked(exchange) | Stage::Leaving(exchange) => match exchange.request.due(now) {
                Due::Nothing => {}
                Due::SendAgain => {
                    let ClientRequest { to, request, .. } = &exchange.request;
                    out.push_back(TrunkOutput::Send(*to, request.clone()));
                }
                Due::GiveUp => {
                    let to = exchange.request.to;
                    out.push_back(TrunkOutput::Doubt(to, self.answer_max()));
                    self.failed(now, RegistrationState::Unreachable { code: None }, None, out);
                }
            },
            Stage::Waiting(_) | Stage::Over => {}
        }
    }

    pub(super) fn answered(
        &mut self,
        now: Mono,
        from: IpAddr,
        response: &Response,
        identity: &Identity,
        out: &mut VecDeque<TrunkOutput>,
    ) {
        let (Stage::Asked(exchange) | Stage::Leaving(exchange)) = &self.stage else { return };
        let is_ours = exchange.request.is_branch(&response.branch) && from == exchange.request.to.ip();
        if !is_ours || response.code < 200 {
            return;
        }
        let (sent, proofs) = (exchange.sent, exchange.proofs);
        if sent < SENT_MAX && self.asks_for_more_time(response) {
            return self.again(now, identity, None, (sent, 0), out);
        }
        if sent < SENT_MAX
            && let Some(proof) = self.proof(response, proofs)
        {
            return self.again(now, identity, Some(proof), (sent, proofs + 1), out);
        }
        if proofs == 0 && !self.is_leaving() {
            self.tell_unanswered(response, out);
        }
        let retry_after = response.retry_after_s;
        match response.code {
            200..300 => self.accepted(now, response, proofs, identity, out),
            code @ (408 | 500..600) => {
                self.failed(now, RegistrationState::Unreachable { code: Some(code) }, retry_after, out);
            }
            code => self.failed(now, RegistrationState::Refused { code }, retry_after, out),
        }
    }

    pub(super) fn gone(&mut self, now: Mono, hop: Hop, out: &mut VecDeque<TrunkOutput>) {
        if matches!(&self.stage, Stage::Asked(exchange) | Stage::Leaving(exchange) if exchange.request.to == hop) {
            self.failed(now, RegistrationState::Unreachable { code: None }, None, out);
        }
    }

    /// Takes the registration back, if there may be one (RFC 3261 §10.2.2).
    pub(super) fn stop(&mut self, now: Mono, identity: &Identity, out: &mut VecDeque<TrunkOutput>) {
        // What was granted stands to its end, whatever a refresh met.
        let may_stand = now < self.held_until || matches!(self.stage, Stage::Asked(_));
        let is_over = matches!(self.stage, Stage::Leaving(_) | Stage::Over);
        if is_over {
            return;
        }
        self.stage = Stage::Over;
        if may_stand {
            self.expires_s = 0;
            let exchange = self.send(now, identity, None, (0, 0), out);
            self.stage = Stage::Leaving(exchange);
        }
    }

    pub(super) fn deadline(&self) -> Option<Mono> {
        match &self.stage {
            Stage::Waiting(at) => Some(*at),
            Stage::Asked(exchange) | Stage::Leaving(exchange) => Some(exchange.request.deadline()),
            Stage::Over => None,
        }
    }

    pub(super) fn is_leaving(&self) -> bool {
        matches!(self.stage, Stage::Leaving(_))
    }

    /// Whether it was taken back, or is not wanted any more.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over)
    }

    pub(super) fn state(&self) -> RegistrationState {
        self.state
    }

    /// Host part of our address of record.
    pub(super) fn domain(&self) -> &str {
        &self.domain
    }

    /// Whether the realm stands in the configuration: no other is answered then.
    pub(super) fn has_given_realm(&self) -> bool {
        self.at.realm.is_some()
    }

    /// What answers any realm.
    pub(super) fn account(&self) -> Account {
        Account { username: self.at.username.clone(), password: self.at.password.clone() }
    }

    /// What answers challenges of this realm, once it is known.
    pub(super) fn login(&self) -> Option<GatewayLogin> {
        Some(self.account().at(self.realm.as_deref()?))
    }

    /// RFC 3261 §10.2.8: 423 names the shortest time that would be taken.
    fn asks_for_more_time(&mut self, response: &Response) -> bool {
        let longer = response.min_expires_s.filter(|min| *min > self.expires_s && *min <= EXPIRES_MAX_S);
        match longer {
            Some(longer) if response.code == 423 && self.expires_s > 0 => {
                self.expires_s = longer;
                true
            }
            Some(_) | None => false,
        }
    }

    fn proof(&mut self, response: &Response, proofs: u8) -> Option<(&'static str, String)> {
        if !matches!(response.code, 401 | 407) {
            return None;
        }
        let known = self.realm.clone().or_else(|| self.candidate.clone());
        let realm = known.or_else(|| Challenge::realm_of(&response.challenges))?;
        let (login, uri) = (self.account().at(&realm), format!("sip:{}", self.domain));
        let cnonce = format!("{}{}", self.tag, self.cseq);
        let proof = prove((response.code, &response.challenges), &login, ("REGISTER", &uri), &cnonce, proofs)?;
        self.candidate = Some(realm);
        Some(proof)
    }

    /// A challenge that was not even tried is told once: a realm in the configuration may be wrong.
    fn tell_unanswered(&mut self, response: &Response, out: &mut VecDeque<TrunkOutput>) {
        if !matches!(response.code, 401 | 407) || self.is_told {
            return;
        }
        self.is_told = true;
        let realm = Challenge::realm_of(&response.challenges);
        let realm = realm.map(|realm| realm.chars().take(REALM_CHARS_MAX).collect());
        let (trunk, target) = (self.trunk, self.server());
        out.push_back(TrunkOutput::Event(SipEvent::ChallengeUnanswered { trunk, target, realm }));
    }

    fn again(
        &mut self,
        now: Mono,
        identity: &Identity,
        proof: Option<(&'static str, String)>,
        so_far: (u8, u8),
        out: &mut VecDeque<TrunkOutput>,
    ) {
        let exchange = self.send(now, identity, proof, so_far, out);
        self.stage = if self.is_leaving() { Stage::Leaving(exchange) } else { Stage::Asked(exchange) };
    }

    fn accepted(
        &mut self,
        now: Mono,
        response: &Response,
        proofs: u8,
        identity: &Identity,
        out: &mut VecDeque<TrunkOutput>,
    ) {
        if self.is_leaving() {
            self.stage = Stage::Over;
            return;
        }
        let Some(granted_s) = self.granted_s(response, identity) else {
            // A 200 that registers nobody: calls would not come.
            self.held_until = now;
            let state = RegistrationState::Unreachable { code: Some(response.code) };
            return self.failed(now, state, response.retry_after_s, out);
        };
        if proofs > 0 && self.realm.is_none() {
            self.realm = self.candidate.take();
        }
        self.candidate = None;
        (self.failures, self.failed, self.refused, self.asked_pause_s) = (0, 0, None, 0);
        let granted = Duration::from_secs(granted_s.into());
        self.held_until = now + granted;
        // The last fifth is for tries that fail.
        self.stage = Stage::Waiting(now + (granted * 4 / 5).max(REFRESH_MIN));
        self.turn(RegistrationState::Registered, out);
    }

    /// RFC 3261 §10.2.4: what stands at our Contact, else what Expires says, else what was asked for. A carrier's border may have
    /// rewritten our Contact: then it is one of those that are listed, and the one that ends first is the safe guess. None when
    /// nothing is granted: nought, or neither a Contact nor a time.
    fn granted_s(&self, response: &Response, identity: &Identity) -> Option<u32> {
        let contact = self.contact(identity);
        let of = |params| param(params, "expires").and_then(|seconds| seconds.parse().ok()).or(response.expires_s);
        let bindings = response.contacts.iter().map(|value| split_address(value));
        let mut bindings = bindings.map(|(uri, params)| (uri == contact, of(params).unwrap_or(self.expires_s)));
        let ours = bindings.clone().find(|(is_ours, _)| *is_ours).map(|(_, seconds)| seconds);
        let granted = match ours {
            None if response.contacts.is_empty() => response.expires_s,
            None => bindings.by_ref().map(|(_, seconds)| seconds).filter(|seconds| *seconds > 0).min(),
            Some(_) => ours,
        };
        granted.filter(|seconds| *seconds > 0).map(|seconds| seconds.min(EXPIRES_MAX_S))
    }

    fn failed(
        &mut self,
        now: Mono,
        state: RegistrationState,
        retry_after_s: Option<u32>,
        out: &mut VecDeque<TrunkOutput>,
    ) {
        self.candidate = None;
        if self.is_leaving() {
            self.stage = Stage::Over;
            return;
        }
        self.asked_pause_s = self.asked_pause_s.max(retry_after_s.unwrap_or_default());
        let Some(state) = self.ask_next(state) else {
            self.stage = Stage::Waiting(now);
            return;
        };
        let (first, longest) = match state {
            RegistrationState::Refused { .. } => REFUSED_PAUSES,
            RegistrationState::Asking | RegistrationState::Registered | RegistrationState::Unreachable { .. } => {
                UNREACHABLE_PAUSES
            }
        };
        let pause = first.saturating_mul(1 << self.failures.min(16)).min(longest);
        let wanted = Duration::from_secs(std::mem::take(&mut self.asked_pause_s).into()).min(RETRY_AFTER_MAX);
        self.failures = self.failures.saturating_add(1);
        self.stage = Stage::Waiting(now + pause.max(wanted));
        self.turn(state, out);
    }

    /// Turns to the next registrar, which is asked at once: whatever one says may be said by that machine alone. Once every one was asked in
    /// vain there is a pause, and this is what became of it: a refusal when one of them refused, which tells most and is tried again most seldom.
    fn ask_next(&mut self, state: RegistrationState) -> Option<RegistrationState> {
        let servers = 1 + self.at.others.len();
        self.asked = (self.asked + 1) % servers;
        self.failed = (self.failed + 1) % servers;
        if let RegistrationState::Refused { code } = state {
            self.refused = Some(code);
        }
        let is_over = self.failed == 0;
        is_over.then(|| self.refused.take().map_or(state, |code| RegistrationState::Refused { code }))
    }

    /// The registrar that is asked.
    fn server(&self) -> Target {
        let other = self.asked.checked_sub(1).and_then(|at| self.at.others.get(at));
        other.copied().unwrap_or(self.at.server)
    }

    fn answer_max(&self) -> Duration {
        if self.at.others.is_empty() { ANSWER_MAX } else { ANSWER_AMONG_SEVERAL_MAX }
    }

    fn turn(&mut self, state: RegistrationState, out: &mut VecDeque<TrunkOutput>) {
        if self.state != state {
            self.state = state;
            let event = SipEvent::RegistrationChanged { trunk: self.trunk, registration: state };
            out.push_back(TrunkOutput::Event(event));
        }
    }

    fn contact(&self, identity: &Identity) -> String {
        identity.contact_of(&self.at.username, self.server().transport)
    }

    /// Sends a REGISTER: the same Call-ID and a greater number each time (RFC 3261 §10.2).
    fn send(
        &mut self,
        now: Mono,
        identity: &Identity,
        proof: Option<(&'static str, String)>,
        (sent, proofs): (u8, u8),
        out: &mut VecDeque<TrunkOutput>,
    ) -> Exchange {
        self.cseq += 1;
        let (tag, to) = (&self.tag, self.server().hop());
        let of_record = format!("<sip:{}@{}>", self.at.username, self.domain);
        let extra: Vec<(&str, String)> = [("Expires", self.expires_s.to_string())].into_iter().chain(proof).collect();
        let request = Outgoing {
            method: "REGISTER",
            target: &format!("sip:{}", self.domain),
            routes: &[],
            transport: to.transport(),
            sent_by: identity.sent_by(to.transport()),
            branch: &format!("{BRANCH}{tag}.{:x}", self.cseq),
            from: &format!("{of_record};tag={tag}"),
            to: &of_record,
            call_id: &format!("register-{tag}@{}", identity.host),
            cseq: self.cseq,
            contact: Some(&self.contact(identity)),
            extra: &extra,
            sdp: None,
            sipfrag: None,
        };
        let request = request.encode();
        out.push_back(TrunkOutput::Send(to, request.clone()));
        Exchange { request: ClientRequest::within(now, to, request, self.answer_max()), sent: sent + 1, proofs }
    }
}

/// Magic cookie and a word no leg's tag begins with.
const BRANCH: &str = "z9hG4bKregister-";
