//! One INVITE of a call: to one place, with its own Call-ID and transactions.

use std::collections::VecDeque;
use std::time::Duration;

use domain::Mono;

use super::verdict::Verdict;
use crate::config::GatewayLogin;
use crate::digest::{Answers, Challenge, prove};
use crate::hop::{Hop, Lesson};
use crate::leg::timers::{Due, GIVE_UP, LINGER, T1};
use crate::leg::{BRANCH_COOKIE, ClientRequest, Dialog, OwnSide, session_timer};
use crate::message::{Outgoing, Response, Terms};

/// How long a place that was left has once more, when no other was better.
const TAKEN_BACK_MAX: Duration = Duration::from_secs(2);

/// One place a call goes to.
#[derive(Clone, Debug)]
pub(crate) struct Callee {
    /// Request-URI and To.
    pub(crate) uri: String,
    pub(crate) hop: Hop,
    /// Later requests go to `hop` too, whatever its Contact says: a device where it registered.
    pub(crate) is_pinned: bool,
    /// It did not answer lately, or said that it is full.
    pub(crate) is_doubtful: bool,
    /// What answers its challenges.
    pub(crate) answers: Answers,
    /// More headers of the INVITE.
    pub(crate) headers: Vec<(&'static str, String)>,
}

/// An INVITE nobody has answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unanswered {
    /// When it was sent first.
    pub(super) since: Mono,
    /// 100 came.
    pub(super) is_heard: bool,
    /// Whether the place was doubtful before.
    pub(super) is_doubtful: bool,
}

/// What a fork asks for or tells.
#[derive(Debug)]
pub(super) enum ForkOutput {
    Send(Hop, Vec<u8>),
    /// 180 to 183, with a description or not.
    Rings(Option<Vec<u8>>),
    /// 200; its ACK has been sent.
    Answered {
        dialog: Box<Dialog>,
        sdp: Option<Vec<u8>>,
        terms: Terms,
    },
    /// It will not answer.
    Failed(Verdict),
    /// Something about the way it was sent.
    Learned(Hop, Lesson),
}

#[derive(Debug)]
enum State {
    /// Nothing heard. Timers A and B; the first without a ceiling (RFC 3261 §17.1.1.2).
    Trying {
        since: Mono,
        next: Mono,
        pause: Duration,
        give_up: Mono,
    },
    /// A provisional answer came; `give_up` is set by CANCEL (§9.1: 64 × T1).
    Proceeding {
        since: Mono,
        give_up: Option<Mono>,
    },
    /// Final and acknowledged; copies of it get the ACK again until then (timer D, or the copies of a 200).
    Done {
        until: Mono,
    },
    Finished,
}

/// The INVITE.
#[derive(Debug)]
pub(super) struct Fork {
    n: usize,
    callee: Callee,
    call_id: String,
    offer: String,
    cseq: u32,
    branch: String,
    request: Vec<u8>,
    state: State,
    /// CANCEL goes as soon as it may.
    wants_cancel: bool,
    cancel: Option<ClientRequest>,
    bye: Option<ClientRequest>,
    ack: Option<(Hop, Vec<u8>)>,
    /// 180 came.
    rang: bool,
    /// How often a challenge was answered.
    proofs: u8,
    /// What answered it.
    login: Option<GatewayLogin>,
    /// How long its session is to live without a refresh.
    expires: Duration,
    outputs: VecDeque<ForkOutput>,
}

impl Fork {
    pub(super) fn new(now: Mono, n: usize, callee: Callee, own: &OwnSide, offer: String) -> Fork {
        // A phone of ours that refuses is there: nobody calls it out of reach.
        let rang = callee.is_pinned;
        let mut fork = Fork {
            n,
            call_id: format!("{}-{n}@{}", own.tag, own.identity.host),
            callee,
            offer,
            cseq: 0,
            branch: String::new(),
            request: Vec::new(),
            state: State::Finished,
            wants_cancel: false,
            cancel: None,
            bye: None,
            ack: None,
            rang,
            proofs: 0,
            login: None,
            expires: session_timer::EXPIRES,
            outputs: VecDeque::new(),
        };
        fork.invite(now, own, None);
        fork
    }

    pub(super) fn poll_output(&mut self) -> Option<ForkOutput> {
        self.outputs.pop_front()
    }

    /// Whether a response is for this INVITE or its CANCEL and comes from where they went.
    pub(super) fn is_asked_by(&self, response: &Response, from: Hop) -> bool {
        let (asked, is_same) =
            (self.callee.hop, response.branch == self.branch && response.head.call_id == self.call_id);
        is_same && from.ip() == asked.ip() && (from.is_private() || !asked.is_private())
    }

    /// Whether a final answer came, or will not.
    pub(super) fn is_decided(&self) -> bool {
        matches!(self.state, State::Done { .. } | State::Finished)
    }

    /// Whether it is given up: an answer would be hung up.
    pub(super) fn is_unwanted(&self) -> bool {
        self.wants_cancel
    }

    /// How long it waits, unless it is answered or given up.
    pub(super) fn unanswered(&self) -> Option<Unanswered> {
        let (since, is_heard) = match self.state {
            State::Trying { since, .. } => (since, false),
            State::Proceeding { since, .. } => (since, true),
            State::Done { .. } | State::Finished => return None,
        };
        let is_doubtful = self.callee.is_doubtful;
        (!self.wants_cancel).then_some(Unanswered { since, is_heard, is_doubtful })
    }

    /// Whether nothing is left to do.
    pub(super) fn is_finished(&self) -> bool {
        matches!(self.state, State::Finished) && self.bye.is_none()
    }

    pub(super) fn is_owed_a_bye(&self) -> bool {
        self.bye.is_some()
    }

    pub(super) fn deadline(&self) -> Option<Mono> {
        let state = match self.state {
            State::Trying { give_up, .. } if self.callee.hop.is_reliable() => Some(give_up),
            State::Trying { next, give_up, .. } => Some(next.min(give_up)),
            State::Proceeding { give_up, .. } => give_up,
            State::Done { until } => Some(until),
            State::Finished => None,
        };
        let requests = [&self.cancel, &self.bye].into_iter().flatten().map(ClientRequest::deadline);
        requests.chain(state).min()
    }

    pub(super) fn tick(&mut self, now: Mono) {
        for slot in [&mut self.cancel, &mut self.bye] {
            match slot.as_mut().map_or(Due::Nothing, |request| request.due(now)) {
                Due::Nothing => {}
                Due::SendAgain => {
                    let again = slot.iter().map(|r| ForkOutput::Send(r.to, r.request.clone()));
                    self.outputs.extend(again);
                }
                Due::GiveUp => *slot = None,
            }
        }
        match self.state {
            State::Trying { give_up, .. } if now >= give_up => {
                self.learned(Lesson::Deaf(GIVE_UP));
                self.fail(Verdict::Silent);
            }
            State::Trying { since, next, pause, give_up } if now >= next && !self.callee.hop.is_reliable() => {
                let pause = pause * 2;
                self.state = State::Trying { since, next: now + pause, pause, give_up };
                self.outputs.push_back(ForkOutput::Send(self.callee.hop, self.request.clone()));
            }
            State::Proceeding { give_up: Some(at), .. } if now >= at => self.fail(Verdict::Silent),
            State::Done { until } if now >= until => self.state = State::Finished,
            State::Trying { .. } | State::Proceeding { .. } | State::Done { .. } | State::Finished => {}
        }
    }

    /// The way it was sent is closed; an INVITE nobody has answered is lost.
    pub(super) fn unreached(&mut self, _now: Mono, hop: Hop) {
        let is_ours = hop == self.callee.hop;
        if is_ours && matches!(self.state, State::Trying { .. } | State::Proceeding { .. }) {
            self.fail(Verdict::Silent);
        }
    }

    fn learned(&mut self, lesson: Lesson) {
        self.outputs.push_back(ForkOutput::Learned(self.callee.hop, lesson));
    }

    fn fail(&mut self, verdict: Verdict) {
        // One that is not wanted any more was blamed when it was left, or is not to blame.
        if !self.wants_cancel && matches!(self.state, State::Trying { .. }) {
            self.learned(Lesson::Silent);
        }
        self.state = State::Finished;
        self.outputs.push_back(ForkOutput::Failed(verdict));
    }

    /// An answer to the INVITE or its CANCEL.
    pub(super) fn response(&mut self, now: Mono, response: &Response, own: &OwnSide) {
        match (response.head.method.as_str(), response.code) {
            ("CANCEL", 200..) => self.cancel = None,
            ("INVITE", 100..200) => self.provisional(now, response, own),
            ("INVITE", 200..300) => self.accepted(now, response, own),
            ("INVITE", 300..) => self.refused(now, response, own),
            _ => {}
        }
    }

    fn provisional(&mut self, now: Mono, response: &Response, own: &OwnSide) {
        if let State::Trying { since, .. } = self.state {
            self.state = State::Proceeding { since, give_up: None };
            if self.wants_cancel {
                self.send_cancel(now, own);
            }
        }
        if response.code > 100 {
            self.proof_was_taken();
        }
        self.rang |= response.code == 180;
        if response.code > 100 && !self.wants_cancel && matches!(self.state, State::Proceeding { .. }) {
            self.outputs.push_back(ForkOutput::Rings(response.sdp.clone()));
        }
    }

    /// RFC 3261 §13.2.2.4: every 200 gets its ACK, wanted or not.
    fn accepted(&mut self, now: Mono, response: &Response, own: &OwnSide) {
        if self.is_decided() {
            // A copy: our ACK was lost.
            let again = self.ack.iter().map(|(hop, ack)| ForkOutput::Send(*hop, ack.clone()));
            return self.outputs.extend(again);
        }
        self.proof_was_taken();
        let Callee { uri, hop, is_pinned, .. } = &self.callee;
        let dialog = Dialog::dialled(own, response, uri, *hop, *is_pinned, self.n);
        let (to, ack) = dialog.ack();
        self.outputs.push_back(ForkOutput::Send(to, ack.clone()));
        self.ack = Some((to, ack));
        // Copies of a 200 come until 64 × T1.
        self.state = State::Done { until: now + GIVE_UP };
        self.outputs.push_back(ForkOutput::Answered {
            dialog: Box::new(dialog),
            sdp: response.sdp.clone(),
            terms: response.terms,
        });
    }

    /// RFC 3261 §17.1.1.3: the ACK of a refusal belongs to the INVITE's transaction.
    fn refused(&mut self, now: Mono, response: &Response, own: &OwnSide) {
        if self.is_decided() {
            let again = self.ack.iter().map(|(hop, ack)| ForkOutput::Send(*hop, ack.clone()));
            return self.outputs.extend(again);
        }
        let ack = self.write("ACK", own, &response.head.to, &[], None);
        self.outputs.push_back(ForkOutput::Send(self.callee.hop, ack.clone()));
        if let Some(proof) = self.proof(response, own) {
            self.proofs += 1;
            return self.invite(now, own, Some(proof));
        }
        // RFC 4028 §7.3: it wants longer sessions.
        let longer = session_timer::longer_than(self.expires, response.terms.least_s);
        let is_first = self.expires == session_timer::EXPIRES;
        if let Some(longer) = longer.filter(|_| response.code == 422 && is_first && !self.wants_cancel) {
            self.expires = longer;
            return self.invite(now, own, None);
        }
        match response.code {
            401 | 407 if !self.wants_cancel => {
                self.learned(Lesson::Unproved { realm: Challenge::realm_of(&response.challenges) })
            }
            503 => self.learned(Lesson::Full { retry_after_s: response.retry_after_s }),
            _ => {}
        }
        self.ack = Some((self.callee.hop, ack));
        self.state = State::Done { until: now + LINGER };
        let verdict =
            if self.wants_cancel { Verdict::Silent } else { Verdict::of(response.code, response.q850, self.rang) };
        self.outputs.push_back(ForkOutput::Failed(verdict));
    }

    /// An answer to a challenge, by the gateway this call is for. Once one was answered, no other realm is.
    fn proof(&mut self, response: &Response, own: &OwnSide) -> Option<(&'static str, String)> {
        if self.wants_cancel || !matches!(response.code, 401 | 407) {
            return None;
        }
        let login = self.login.clone().or_else(|| self.callee.answers.login(&response.challenges))?;
        let cnonce = format!("{}{}", own.tag, self.cseq);
        let told = (response.code, response.challenges.as_slice());
        let proof = prove(told, &login, ("INVITE", &self.callee.uri), &cnonce, self.proofs)?;
        self.login = Some(login);
        Some(proof)
    }

    /// The call is taken after a proof: the realm is the carrier's.
    fn proof_was_taken(&mut self) {
        let new = self.login.as_ref().filter(|login| !self.callee.answers.knows(&login.realm));
        if let Some(realm) = new.map(|login| login.realm.clone()) {
            self.callee.answers.known.extend(self.login.clone());
            self.learned(Lesson::Proved { realm });
        }
    }

    /// Sends the INVITE, as a new transaction each time.
    fn invite(&mut self, now: Mono, own: &OwnSide, proof: Option<(&'static str, String)>) {
        self.cseq += 1;
        self.branch = format!("{BRANCH_COOKIE}{}.{}.i{}", own.tag, self.n, self.cseq);
        let to = format!("<{}>", self.callee.uri);
        let timer = session_timer::invite_headers(self.expires);
        let extra: Vec<(&str, String)> = self.callee.headers.iter().cloned().chain(timer).chain(proof).collect();
        self.request = self.write("INVITE", own, &to, &extra, Some(&self.offer));
        self.outputs.push_back(ForkOutput::Send(self.callee.hop, self.request.clone()));
        self.state = State::Trying { since: now, next: now + T1, pause: T1, give_up: now + GIVE_UP };
    }

    /// Another place is tried instead. No copies go any more; whatever comes late is cancelled or hung up.
    pub(super) fn abandon(&mut self, now: Mono, own: &OwnSide) {
        self.learned(Lesson::Silent);
        self.cancel(now, own);
        if let State::Trying { next, give_up, .. } = &mut self.state {
            *next = *give_up;
        }
    }

    /// No place was better: one that was left without an answer, and without a CANCEL, may still take the call.
    pub(super) fn take_back(&mut self, now: Mono) {
        if self.wants_cancel
            && let State::Trying { next, give_up, .. } = &mut self.state
        {
            self.wants_cancel = false;
            (*next, *give_up) = (now, (*give_up).min(now + TAKEN_BACK_MAX));
        }
    }

    /// Not wanted any more. RFC 3261 §9.1: not before a provisional answer, or it might overtake the INVITE.
    pub(super) fn cancel(&mut self, now: Mono, own: &OwnSide) {
        if self.is_decided() || self.wants_cancel {
            return;
        }
        self.wants_cancel = true;
        if let State::Proceeding { .. } = self.state {
            self.send_cancel(now, own);
        }
    }

    fn send_cancel(&mut self, now: Mono, own: &OwnSide) {
        let cancel = self.write("CANCEL", own, &format!("<{}>", self.callee.uri), &[], None);
        self.outputs.push_back(ForkOutput::Send(self.callee.hop, cancel.clone()));
        self.cancel = Some(ClientRequest::start(now, self.callee.hop, cancel));
        self.state = State::Proceeding { since: now, give_up: Some(now + GIVE_UP) };
    }

    /// Ends a dialog nobody wants.
    pub(super) fn hang_up(&mut self, now: Mono, mut dialog: Dialog, q850: u8) {
        let (to, bye) = dialog.bye(q850);
        self.outputs.push_back(ForkOutput::Send(to, bye.clone()));
        self.bye = Some(ClientRequest::start(now, to, bye));
    }

    /// An answer to the BYE of a dialog nobody wanted.
    pub(super) fn bye_answered(&mut self, response: &Response) {
        if response.code >= 200 && response.head.call_id == self.call_id {
            self.bye = None;
        }
    }

    /// INVITE, CANCEL, and the ACK of a refusal share Request-URI, branch and number.
    fn write(&self, method: &str, own: &OwnSide, to: &str, extra: &[(&str, String)], sdp: Option<&str>) -> Vec<u8> {
        let transport = self.callee.hop.transport();
        let request = Outgoing {
            method,
            target: &self.callee.uri,
            routes: &[],
            transport,
            sent_by: own.identity.sent_by(transport),
            branch: &self.branch,
            from: &own.from,
            to,
            call_id: &self.call_id,
            cseq: self.cseq,
            contact: (method == "INVITE").then_some(own.identity.contact(transport)),
            extra,
            sdp,
            sipfrag: None,
        };
        request.encode()
    }
}
