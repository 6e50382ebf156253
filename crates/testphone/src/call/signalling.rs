//! Set-up and tear-down: INVITE, ACK, CANCEL, BYE and their repeats.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::time::Instant;

use super::actor::{Actor, State};
use super::{CallPlan, EventKind};
use crate::digest::prove;
use crate::message::{Message, Start as StartLine, tag_of, uri_of};
use crate::phone::{Shared, address_of};
use crate::sdp::Remote;

const T1: Duration = Duration::from_millis(500);
const T2: Duration = Duration::from_secs(4);
const GIVE_UP: Duration = Duration::from_secs(32);
/// After a crossed CANCEL: long enough for the server to see CANCEL, ACK and BYE apart.
const BYE_AFTER_CROSSING: Duration = Duration::from_millis(100);

/// The two sides of the call.
#[derive(Debug)]
pub(super) struct Dialog {
    pub(super) call_id: String,
    pub(super) local: String,
    pub(super) remote: String,
    pub(super) target: String,
    pub(super) routes: Vec<String>,
    pub(super) to: SocketAddr,
    pub(super) cseq: u32,
    pub(super) invite: Option<Message>,
    pub(super) last_ack: Option<Message>,
}

impl Dialog {
    pub(super) fn calling(shared: &Shared, plan: &CallPlan, call_id: String, to: SocketAddr) -> Dialog {
        let local = format!("<sip:{}@{}>;tag={}", plan.from, shared.local, shared.token());
        Dialog {
            call_id,
            local,
            remote: format!("<{}>", plan.to),
            target: plan.to.clone(),
            routes: Vec::new(),
            to,
            cseq: 0,
            invite: None,
            last_ack: None,
        }
    }

    pub(super) fn called(shared: &Shared, invite: &Message, from: SocketAddr) -> Dialog {
        let to = invite.header("To").unwrap_or_default();
        let target = uri_of(invite.header("Contact").unwrap_or_default()).to_owned();
        let routes = invite.all("Record-Route");
        Dialog {
            call_id: invite.header("Call-ID").unwrap_or_default().to_owned(),
            local: format!("{to};tag={}", shared.token()),
            remote: invite.header("From").unwrap_or_default().to_owned(),
            to: next_hop(&routes, &target).unwrap_or(from),
            target,
            routes,
            cseq: 0,
            invite: None,
            last_ack: None,
        }
    }

    /// A 200 fixes the other side (RFC 3261 §12.1.2).
    fn learn(&mut self, ok: &Message) {
        self.remote = ok.header("To").unwrap_or(&self.remote).to_owned();
        if let Some(contact) = ok.header("Contact") {
            self.target = uri_of(contact).to_owned();
        }
        self.routes = ok.all("Record-Route").into_iter().rev().collect();
        self.follow_route();
    }

    /// The other side, or the first proxy before it, may be somewhere else now.
    pub(super) fn follow_route(&mut self) {
        self.to = next_hop(&self.routes, &self.target).unwrap_or(self.to);
    }

    pub(super) fn local_tag(&self) -> &str {
        tag_of(&self.local).unwrap_or_default()
    }

    /// A request within the call. ACK and CANCEL repeat a number, others take the next.
    pub(super) fn request(&self, shared: &Shared, method: &str, cseq: u32, branch: &str) -> Message {
        let mut message =
            Message::request(method, &self.target).with("Via", shared.via(branch)).with("Max-Forwards", "70");
        for route in &self.routes {
            message = message.with("Route", route.clone());
        }
        message
            .with("From", self.local.clone())
            .with("To", self.remote.clone())
            .with("Call-ID", self.call_id.clone())
            .with("CSeq", format!("{cseq} {method}"))
            .with("Contact", format!("<{}>", shared.contact()))
    }
}

/// Where messages of a dialog go: to the first proxy that stays in it, else to the other side (RFC 3261 §12.2.1.1).
fn next_hop(routes: &[String], target: &str) -> Option<SocketAddr> {
    address_of(routes.first().map_or(target, |route| uri_of(route)))
}

/// A message that is repeated until something comes back.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) message: Message,
    to: SocketAddr,
    next: Instant,
    pause: Duration,
    give_up: Instant,
    /// A provisional answer stops the repeats of an INVITE.
    quiet: bool,
}

impl Actor {
    pub(super) fn send(&self, message: &Message) {
        let bytes = message.encode();
        for _ in 0..=self.plan.copies {
            self.shared.send(&bytes, self.dialog.to);
        }
    }

    pub(super) fn send_repeated(&mut self, message: Message) {
        self.send(&message);
        let now = Instant::now();
        let to = self.dialog.to;
        self.pending.push(Pending { message, to, next: now + T1, pause: T1, give_up: now + GIVE_UP, quiet: false });
    }

    pub(super) fn invite(&mut self) {
        self.dialog.cseq += 1;
        let mut invite = self.dialog.request(&self.shared, "INVITE", self.dialog.cseq, &self.shared.branch());
        if let Some(asserted) = &self.plan.asserted {
            invite = invite.with("P-Asserted-Identity", format!("<sip:{asserted}@{}>", self.shared.local));
        }
        for (name, value) in &self.plan.headers {
            invite = invite.with(name, value.clone());
        }
        if self.plan.offers {
            invite = invite.with_sdp(self.local.write());
        }
        self.dialog.invite = Some(invite.clone());
        self.send_repeated(invite);
    }

    /// RFC 3261 §9.1: a CANCEL waits for a provisional answer.
    pub(super) fn cancel(&mut self) {
        let State::Calling { heard } = self.state else { return };
        self.wants_cancel = true;
        if heard {
            self.send_cancel();
        }
    }

    fn send_cancel(&mut self) {
        self.wants_cancel = false;
        let Some(invite) = &self.dialog.invite else { return };
        let branch = invite.branch().unwrap_or_default().to_owned();
        let cancel = Message {
            headers: invite.headers.iter().filter(|(name, _)| name == "Via" || name == "To").cloned().collect(),
            ..Message::request("CANCEL", &self.plan.to)
        };
        let cseq = invite.cseq().map(|(number, _)| number).unwrap_or(1);
        let cancel = cancel
            .with("Max-Forwards", "70")
            .with("From", self.dialog.local.clone())
            .with("Call-ID", self.dialog.call_id.clone())
            .with("CSeq", format!("{cseq} CANCEL"));
        debug_assert_eq!(cancel.branch(), Some(branch.as_str()));
        self.send_repeated(cancel);
    }

    pub(super) fn bye(&mut self) {
        self.state = State::Leaving;
        self.bye_at = None;
        self.dialog.cseq += 1;
        let bye = self.dialog.request(&self.shared, "BYE", self.dialog.cseq, &self.shared.branch());
        self.send_repeated(bye);
    }

    /// A call that came in: rings, or is answered at once.
    pub(super) fn offered(&mut self, invite: Message) {
        let asks = |name: &str, what: &str| invite.header(name).is_some_and(|value| value.contains(what));
        let auto_answer = asks("Call-Info", "answer-after=0") || asks("Alert-Info", "alert-autoanswer");
        let from = invite.header("From").unwrap_or_default().to_owned();
        self.state = State::Ringing;
        self.dialog.invite = Some(invite);
        if self.plan.by_hand {
            self.ring();
            self.tell(EventKind::Offered { from, auto_answer });
        }
        if auto_answer || !self.plan.by_hand {
            self.answer();
        }
    }

    /// 180, and again for a copy of the INVITE.
    pub(super) fn ring(&mut self) {
        let contact = format!("<{}>", self.shared.contact());
        if let Some(invite) = &self.dialog.invite {
            let ringing =
                Message::response_to(invite, 180, "Ringing", self.dialog.local_tag()).with("Contact", contact);
            self.send(&ringing);
        }
    }

    /// Refuses a call that rings.
    pub(super) fn reject(&mut self, code: u16) {
        if let Some(invite) = &self.dialog.invite {
            self.send(&Message::response_to(invite, code, "Refused", self.dialog.local_tag()));
        }
        self.over(EventKind::Ended { by_peer: false, reason: None });
    }

    /// Their CANCEL while it rings.
    pub(super) fn cancelled(&mut self) {
        if let Some(invite) = &self.dialog.invite {
            self.send(&Message::response_to(invite, 487, "Request Terminated", self.dialog.local_tag()));
        }
        self.over(EventKind::Ended { by_peer: true, reason: None });
    }

    /// Answers a call that rings.
    pub(super) fn answer(&mut self) {
        let Some(invite) = self.dialog.invite.clone() else { return };
        self.state = State::Answering;
        let Some(remote) = Remote::read(&invite.body) else {
            let refusal = Message::response_to(&invite, 488, "Not Acceptable Here", self.dialog.local_tag());
            self.send(&refusal);
            return self.over(EventKind::Failed { why: "the offer cannot be used".to_owned() });
        };
        self.local.codec = remote.codec;
        self.take_key(&invite.body);
        self.apply(&remote);
        let ok = Message::response_to(&invite, 200, "OK", self.dialog.local_tag())
            .with("Contact", format!("<{}>", self.shared.contact()))
            .with_sdp(self.description(&self.local));
        self.send_repeated(ok);
    }

    /// A device proves its call; `true` when it could and the INVITE went again.
    fn prove(&mut self, code: u16, invite: &Message, response: &Message) -> bool {
        let is_first = invite.header("Authorization").or(invite.header("Proxy-Authorization")).is_none();
        let Some(account) = self.shared.account().filter(|_| matches!(code, 401 | 407) && is_first) else {
            return false;
        };
        self.dialog.cseq += 1;
        let mut again = invite.clone();
        for (name, value) in &mut again.headers {
            match name.as_str() {
                "Via" => *value = self.shared.via(&self.shared.branch()),
                "CSeq" => *value = format!("{} INVITE", self.dialog.cseq),
                _ => {}
            }
        }
        let Some(again) = prove(again, response, &self.plan.to, &account, &self.shared.token()) else { return false };
        self.dialog.last_ack = None;
        self.dialog.invite = Some(again.clone());
        self.state = State::Calling { heard: false };
        self.send_repeated(again);
        true
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        let repeats = self.pending.iter().map(|p| if p.quiet { p.give_up } else { p.next.min(p.give_up) });
        let acks = self.delayed_ack.as_ref().map(|(at, _)| *at);
        repeats.chain(acks).chain(self.bye_at).min()
    }

    pub(super) fn timers(&mut self, now: Instant) {
        if let Some((_, ack)) = self.delayed_ack.take_if(|(at, _)| *at <= now) {
            self.send_ack(ack);
        }
        if self.bye_at.is_some_and(|at| at <= now) {
            self.bye();
        }
        let mut given_up = Vec::new();
        self.pending.retain_mut(|pending| {
            if now >= pending.give_up {
                given_up.push(pending.message.method().to_owned());
                return false;
            }
            if !pending.quiet && now >= pending.next {
                self.shared.send(&pending.message.encode(), pending.to);
                let doubled = pending.pause * 2;
                // RFC 3261 §17.1.1.2: an INVITE doubles without a ceiling.
                pending.pause = if pending.message.method() == "INVITE" { doubled } else { doubled.min(T2) };
                pending.next = now + pending.pause;
            }
            true
        });
        if let Some(method) = given_up.first() {
            self.over(EventKind::Failed { why: format!("{method} was not answered within 32 s") });
        }
    }

    pub(super) fn over(&mut self, kind: EventKind) {
        self.state = State::Over;
        self.pending.clear();
        self.delayed_ack = None;
        self.bye_at = None;
        self.media.remote = None;
        self.tell(kind);
    }

    pub(super) fn message(&mut self, message: Message, from: SocketAddr) {
        match &message.start {
            StartLine::Request { method, .. } => {
                let method = method.clone();
                self.peer_request(&method, &message, from);
            }
            StartLine::Response { code, .. } => self.response(*code, &message),
        }
    }

    fn response(&mut self, code: u16, response: &Message) {
        let at = self
            .pending
            .iter()
            .position(|p| p.message.branch() == response.branch() && p.message.method() == response.method());
        let Some(at) = at else {
            // A copy of a 200: our ACK was lost.
            if response.method() == "INVITE"
                && code >= 200
                && self.delayed_ack.is_none()
                && let Some(ack) = self.dialog.last_ack.clone()
            {
                self.send(&ack);
            }
            return;
        };
        if code < 200 {
            self.pending[at].quiet = response.method() == "INVITE";
            return self.provisional(code, response);
        }
        let request = self.pending.remove(at).message;
        match request.method() {
            "INVITE" if matches!(self.state, State::Calling { .. }) => self.final_answer(code, &request, response),
            "INVITE" => self.renegotiated(code, &request, response),
            "BYE" => self.over(EventKind::Ended { by_peer: false, reason: None }),
            "CANCEL" => self.tell(EventKind::CancelAnswered { code }),
            "REFER" => self.tell(EventKind::ReferAnswered { code }),
            _ => {}
        }
    }

    fn provisional(&mut self, code: u16, response: &Message) {
        if response.method() != "INVITE" || !matches!(self.state, State::Calling { .. }) {
            return;
        }
        self.state = State::Calling { heard: true };
        self.tell(if code == 100 { EventKind::Trying } else { EventKind::Ringing { code } });
        if self.wants_cancel {
            self.send_cancel();
        }
    }

    fn final_answer(&mut self, code: u16, invite: &Message, response: &Message) {
        if code >= 300 {
            self.ack_refusal(invite, response);
            if self.prove(code, invite, response) {
                return;
            }
            let retry_after = response.header("Retry-After").map(str::to_owned);
            return self.over(EventKind::Rejected { code, retry_after });
        }
        if self.plan.cancel_on_answer {
            self.send_cancel();
        }
        self.dialog.learn(response);
        let cseq = invite.cseq().map(|(number, _)| number).unwrap_or(1);
        let mut ack = self.dialog.request(&self.shared, "ACK", cseq, &self.shared.branch());
        if !self.plan.offers {
            ack = ack.with_sdp(self.local.write());
        }
        self.state = State::Talking;
        match Remote::read(&response.body) {
            Some(remote) => self.apply(&remote),
            None => self.tell(EventKind::Failed { why: "the answer has no usable sound".to_owned() }),
        }
        if self.plan.ack_delay.is_zero() {
            self.send_ack(ack);
        } else {
            self.delayed_ack = Some((Instant::now() + self.plan.ack_delay, ack));
        }
        if self.plan.cancel_on_answer && self.plan.bye_after_crossing {
            self.bye_at = Some(Instant::now() + self.plan.ack_delay + BYE_AFTER_CROSSING);
        }
    }

    pub(super) fn send_ack(&mut self, ack: Message) {
        self.send(&ack);
        let is_first = self.dialog.last_ack.is_none();
        self.dialog.last_ack = Some(ack);
        if is_first {
            self.tell(EventKind::Answered);
        }
    }

    /// RFC 3261 §17.1.1.3: the ACK of a refusal belongs to the INVITE's transaction.
    pub(super) fn ack_refusal(&mut self, invite: &Message, response: &Message) {
        let cseq = invite.cseq().map(|(number, _)| number).unwrap_or(1);
        let mut ack = self.dialog.request(&self.shared, "ACK", cseq, invite.branch().unwrap_or_default());
        for (name, value) in &mut ack.headers {
            if name == "To" {
                *value = response.header("To").unwrap_or_default().to_owned();
            }
        }
        self.send(&ack);
        if matches!(self.state, State::Calling { .. }) {
            self.dialog.last_ack = Some(ack);
        }
    }
}
