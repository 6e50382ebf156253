//! Who sent a message, and what they may therefore do.

use std::net::SocketAddr;

use domain::{LegId, Mono, TrunkId};

use super::legs::Machine;
use super::{BEHIND_RETRY_AFTER_S, Core, Output};
use crate::admission::{Admission, Knock};
use crate::event::{CallSource, SipEvent};
use crate::guard::Fault;
use crate::hop::Hop;
use crate::leg::{LegInput, tag_of_branch};
use crate::message::{Head, Method, Parsed, Reply, Request, Response, parse, reply_hop};

/// What is asked within a call.
macro_rules! within_calls {
    () => {
        Method::Invite | Method::Bye | Method::Options | Method::Refer | Method::Info | Method::Update
    };
}

impl Core {
    pub(super) fn message(&mut self, now: Mono, from: Hop, bytes: &[u8]) {
        match self.gate.knock(now, from.ip()) {
            Knock::Trusted(trunk) => {
                self.tally.heard(now, trunk);
                self.trust(from);
                self.hear_trunk(now, from, trunk, bytes);
            }
            Knock::Other => self.hear_other(now, from, bytes),
            Knock::Drop => self.tally.dropped(),
        }
    }

    fn hear_trunk(&mut self, now: Mono, from: Hop, trunk: TrunkId, bytes: &[u8]) {
        match parse(bytes) {
            Parsed::Request(request) => self.request(now, from, trunk, &request, bytes.len()),
            Parsed::Response(response) => self.response(now, from, &response),
            Parsed::Reject(reject) => {
                let extra = reject.extra.as_ref().map(|(name, value)| (*name, value.as_str()));
                self.stateless(reject.code, &reject.head, from, extra);
            }
            Parsed::Nothing => {}
        }
    }

    fn request(&mut self, now: Mono, from: Hop, trunk: TrunkId, request: &Request, length: usize) {
        match (request.method, request.head.to_tag()) {
            (Method::Ack, Some(tag)) => {
                if let Some(leg) = self.owner(tag, request, from) {
                    self.turn(now, leg, LegInput::Ack(request));
                }
            }
            (Method::Ack, None) => {}
            (Method::Cancel, _) => match self.called_off(request, from) {
                Some(leg) => self.turn(now, leg, LegInput::Cancel(request, from)),
                None => self.stateless(481, &request.head, from, None),
            },
            // A telephone may stand where a trunk comes from, behind the same translation or on the same machine; it proves itself as any.
            (Method::Register, _) if self.registrar.has_accounts() => self.prove(now, from, request, length),
            (Method::Register | Method::Other, _) => self.stateless(405, &request.head, from, None),
            (Method::Refer | Method::Info, None) => self.stateless(405, &request.head, from, None),
            (within_calls!(), Some(tag)) => match self.owner(tag, request, from) {
                Some(leg) => self.turn(now, leg, LegInput::InDialog(request, from)),
                None => self.stateless(481, &request.head, from, None),
            },
            (Method::Bye | Method::Update, None) => self.stateless(481, &request.head, from, None),
            (Method::Options | Method::Invite, None) if self.must_be_private(CallSource::Trunk(trunk), from) => {
                self.refuse_in_clear(CallSource::Trunk(trunk), from, request);
            }
            (Method::Options, None) => {
                self.tally.asked(now, trunk);
                self.options(from, request);
            }
            (Method::Invite, None) => {
                self.invite(now, from, CallSource::Trunk(trunk), request.calling.clone(), request);
            }
        }
    }

    /// From an address that is no trunk's: a device of ours, or a stranger.
    fn hear_other(&mut self, now: Mono, from: Hop, bytes: &[u8]) {
        self.tally.other();
        if !self.guard.admit(now, from.ip()) {
            return self.close_if_banned(now, from);
        }
        if !self.registrar.has_accounts() {
            return self.turn_away(now, from, bytes);
        }
        match parse(bytes) {
            Parsed::Request(request) => self.request_of_other(now, from, &request, bytes),
            Parsed::Response(response) => self.response(now, from, &response),
            Parsed::Reject(reject) if self.registrar.is_home(from.ip()) => {
                let extra = reject.extra.as_ref().map(|(name, value)| (*name, value.as_str()));
                self.stateless(reject.code, &reject.head, from, extra);
            }
            Parsed::Reject(_) => {
                self.turn_away(now, from, bytes);
                self.fault(now, from, Fault::Probing);
            }
            Parsed::Nothing => {}
        }
    }

    /// Within a call, its tags and the address of its other side are the proof; all else is proved by digest.
    fn request_of_other(&mut self, now: Mono, from: Hop, request: &Request, bytes: &[u8]) {
        let is_home = self.registrar.is_home(from.ip());
        let within =
            request.head.to_tag().map(|tag| self.owner(tag, request, from).filter(|leg| self.is_peer(*leg, from)));
        match (request.method, within) {
            (Method::Ack, Some(Some(leg))) => self.turn(now, leg, LegInput::Ack(request)),
            (Method::Ack, Some(None) | None) => {}
            (within_calls!(), Some(Some(leg))) => {
                self.turn(now, leg, LegInput::InDialog(request, from));
            }
            (Method::Cancel, _) => {
                let leg = self.called_off(request, from).filter(|leg| self.is_peer(*leg, from));
                match leg {
                    Some(leg) => self.turn(now, leg, LegInput::Cancel(request, from)),
                    None => self.out_of_place(now, from, is_home, request, bytes),
                }
            }
            (within_calls!(), Some(None)) | (Method::Bye | Method::Update, None) => {
                self.out_of_place(now, from, is_home, request, bytes);
            }
            (Method::Options, None) if is_home => self.options(from, request),
            (Method::Options, None) => self.probed(now, from, bytes),
            (Method::Register | Method::Invite | Method::Refer | Method::Info, None)
            | (Method::Register | Method::Other, _) => {
                self.prove(now, from, request, bytes.len());
            }
        }
    }

    /// A request of a dialog or transaction that is not there.
    fn out_of_place(&mut self, now: Mono, from: Hop, is_home: bool, request: &Request, bytes: &[u8]) {
        if is_home { self.stateless(481, &request.head, from, None) } else { self.probed(now, from, bytes) }
    }

    fn probed(&mut self, now: Mono, from: Hop, bytes: &[u8]) {
        self.turn_away(now, from, bytes);
        self.fault(now, from, Fault::Probing);
    }

    /// Strangers get one line and no thought: no leg, no event. The answer goes where the datagram came from, not where its Via
    /// points, so that nobody is hit by proxy.
    fn turn_away(&mut self, now: Mono, from: Hop, bytes: &[u8]) {
        if !self.gate.has_reply_for_stranger(now) {
            return;
        }
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(STRANGER_READ_MAX)]);
        let Some(head) = Head::scan(&text).filter(Head::is_complete) else { return };
        if head.method == "ACK" {
            return;
        }
        let tag = self.tokens.stateless_tag(&[&head.call_id, head.sender_tag(), head.via().branch]);
        let reply = Reply { to_tag: Some(&tag), ..Reply::new(403, &head, from) };
        // RFC 5358: a refusal must not be longer than what asked for it, or it amplifies.
        let encoded = reply.encode();
        if encoded.len() <= bytes.len() + REFUSAL_GROWTH_MAX {
            self.outputs.push_back(Output::Send(from, encoded));
        }
    }

    pub(super) fn fault(&mut self, now: Mono, from: Hop, fault: Fault) {
        let is_home = self.registrar.is_home(from.ip());
        let events = self.guard.fault(now, from.ip(), is_home, fault);
        self.report_bans(events);
        self.close_if_banned(now, from);
    }

    pub(super) fn report_bans(&mut self, events: impl IntoIterator<Item = SipEvent>) {
        self.outputs.extend(events.into_iter().map(Output::Event));
    }

    fn close_if_banned(&mut self, now: Mono, from: Hop) {
        if let Some(connection) = from.connection()
            && self.guard.is_banned(now, from.ip())
        {
            self.outputs.push_back(Output::Close(connection));
        }
    }

    pub(super) fn trust(&mut self, from: Hop) {
        if let Some(connection) = from.connection() {
            self.outputs.push_back(Output::Trust(connection));
        }
    }

    /// The leg whose dialog a request with this To tag belongs to.
    fn owner(&self, tag: &str, request: &Request, from: Hop) -> Option<LegId> {
        let owns = |leg: &LegId| self.legs.get(*leg).is_some_and(|machine| machine.owns(request));
        self.legs.by_tag(tag).filter(owns).filter(|leg| self.may_speak(*leg, from))
    }

    /// The call whose INVITE a CANCEL names.
    fn called_off(&self, request: &Request, from: Hop) -> Option<LegId> {
        self.legs.by_invite(&request.head.transaction_key()).filter(|leg| self.may_speak(*leg, from))
    }

    /// Nothing that comes in clear is taken for the other side's of a call under TLS.
    fn may_speak(&self, leg: LegId, from: Hop) -> bool {
        from.is_private() || !self.legs.get(leg).is_some_and(Machine::is_private)
    }

    pub(super) fn is_peer(&self, leg: LegId, from: Hop) -> bool {
        self.legs.get(leg).and_then(|machine| machine.peer_ip()) == Some(from.ip())
    }

    fn response(&mut self, now: Mono, from: Hop, response: &Response) {
        if matches!(response.head.method.as_str(), "OPTIONS" | "REGISTER") {
            self.registrar.answered(now, from.ip(), response);
            self.after_registrar();
            self.trunks.answered(now, from, response);
            return self.after_trunks();
        }
        let leg = tag_of_branch(&response.branch).and_then(|tag| self.legs.by_tag(tag));
        if let Some(leg) = leg.filter(|leg| self.may_speak(*leg, from)) {
            self.turn(now, leg, LegInput::Response(response, from));
        }
    }

    /// The truth about ourselves: 200 only when a call would be taken.
    fn options(&mut self, from: Hop, request: &Request) {
        let retry_after_s = match self.gate.admission() {
            Admission::Refuse503 { retry_after_s } => Some(retry_after_s),
            Admission::Open => self.is_behind().then_some(BEHIND_RETRY_AFTER_S),
        };
        match retry_after_s {
            None => self.stateless(200, &request.head, from, Some(("Accept", "application/sdp"))),
            Some(s) => self.stateless(503, &request.head, from, Some(("Retry-After", &s.to_string()))),
        }
    }

    /// Sends a reply to a device, and keeps it for copies of the request.
    pub(super) fn answer_device(&mut self, now: Mono, from: Hop, head: &Head, encoded: Vec<u8>) {
        self.replies.keep(now, from.address(), head, &encoded);
        self.outputs.push_back(Output::Send(reply_hop(head, from), encoded));
    }

    /// A copy of a request that was answered already: the same again. `true` when it was one.
    pub(super) fn answer_copy(&mut self, now: Mono, from: Hop, head: &Head) -> bool {
        let source: SocketAddr = from.address();
        let Some(encoded) = self.replies.find(now, source, head) else { return false };
        self.outputs.push_back(Output::Send(reply_hop(head, from), encoded));
        true
    }
}

/// A stranger's datagram is read this far for the headers a refusal repeats.
const STRANGER_READ_MAX: usize = 4 * 1024;
/// A tag, received and rport, Server and Content-Length: what a refusal adds.
const REFUSAL_GROWTH_MAX: usize = 128;
