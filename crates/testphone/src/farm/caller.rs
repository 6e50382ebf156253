//! Callers of a farm: INVITE, wait, BYE.

use tokio::time::Instant;

use super::signalling::{Farm, Later, Way};
use super::streams::{Side, Sound};
use crate::message::{Message, uri_of};

/// One caller with a call.
#[derive(Debug)]
pub(super) struct Caller {
    number: String,
    begun: Instant,
    stage: Stage,
    /// To with the server's tag, and the server's Contact; from the answer on.
    remote: Option<(String, String)>,
    from: String,
    stream: u32,
    acknowledged: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Inviting,
    /// Answered; alone or with an agent.
    Up {
        bridged: bool,
    },
    Leaving,
}

impl Farm {
    pub(super) fn begin_call(&mut self) {
        let number = (self.plan.from_base + self.summary.offered).to_string();
        self.summary.offered += 1;
        let (call_id, tag) = (format!("{}@farm", self.wire.token()), self.wire.token());
        let from = format!("<sip:{number}@{}>;tag={tag}", self.wire.local);
        let uri = format!("sip:{}@{}", self.plan.to, self.wire.target);
        let invite = Message::request("INVITE", &uri)
            .with("Max-Forwards", "70")
            .with("From", &from)
            .with("To", format!("<{uri}>"))
            .with("Call-ID", &call_id)
            .with("CSeq", "1 INVITE")
            .with("Contact", format!("<sip:{number}@{}>", self.wire.local))
            .with_sdp(self.wire.description(Side::Caller));
        let stream = self.new_stream();
        self.by_number.insert(number.clone(), call_id.clone());
        let begun = Instant::now();
        let caller = Caller { number, begun, stage: Stage::Inviting, remote: None, from, stream, acknowledged: None };
        self.callers.insert(call_id.clone(), caller);
        self.wire.ask(invite, &call_id, Way::Udp);
    }

    /// What the voice of a lane sends: 0 is the caller, 1 the agent, 2 the supervisor.
    pub(super) fn sound_of(&self, lane: u64) -> Sound {
        if self.plan.supervisors > 0 { Sound::Bursts { lane } } else { Sound::Tagged }
    }

    pub(super) fn new_stream(&mut self) -> u32 {
        self.next_stream += 1;
        self.next_stream
    }

    pub(super) fn caller_answered(&mut self, call_id: &str, code: u16, response: &Message) {
        let Some(caller) = self.callers.get_mut(call_id) else { return };
        match (response.method(), code) {
            ("INVITE", 200..) => {
                let to = response.header("To").unwrap_or_default().to_owned();
                let contact = response.header("Contact").map(uri_of).unwrap_or_default().to_owned();
                let ack_uri =
                    if code < 300 { contact.clone() } else { format!("sip:{}@{}", self.plan.to, self.wire.target) };
                let branch = match response.branch() {
                    // RFC 3261 §17.1.1.3: the ACK of a refusal belongs to the transaction of its INVITE.
                    Some(branch) if code >= 300 => branch.to_owned(),
                    Some(_) | None => format!("z9hG4bK{}", self.wire.token()),
                };
                let ack = Message::request("ACK", &ack_uri)
                    .with("Via", format!("SIP/2.0/UDP {};branch={branch};rport", self.wire.local))
                    .with("Max-Forwards", "70")
                    .with("From", &caller.from)
                    .with("To", &to)
                    .with("Call-ID", call_id)
                    .with("CSeq", "1 ACK");
                self.wire.send(&ack, Way::Udp);
                if caller.stage != Stage::Inviting {
                    return;
                }
                if code >= 300 {
                    return self.fail(call_id, &format!("refused with {code}"));
                }
                caller.stage = Stage::Up { bridged: false };
                caller.remote = Some((to, contact));
                caller.acknowledged = Some(Instant::now());
                let (took, stream) = (caller.begun.elapsed(), caller.stream);
                self.answer_ms.push(took.as_secs_f64() * 1_000.0);
                let sound = self.sound_of(0);
                self.wire.sound(stream, Side::Caller, &response.body, None, sound);
                self.summary.answered += 1;
                self.up += 1;
                self.summary.concurrent_max = self.summary.concurrent_max.max(self.up);
                self.plan_the_end(call_id);
            }
            ("BYE", 200..) => self.forget_caller(call_id),
            _ => {}
        }
    }

    /// Without phones a call lasts `hold` from its answer; with phones, `hold` from the moment it is bridged.
    fn plan_the_end(&mut self, call_id: &str) {
        let waits_for_agent = self.has_agents();
        let patience = self.plan.patience;
        let what =
            if waits_for_agent { Later::LosePatience(call_id.to_owned()) } else { Later::Leave(call_id.to_owned()) };
        self.later(if waits_for_agent { patience } else { self.plan.hold }, what);
    }

    /// A phone took this caller's call.
    pub(super) fn bridged(&mut self, number: &str) -> Option<u32> {
        let call_id = self.by_number.get(number)?.clone();
        let caller = self.callers.get_mut(&call_id)?;
        caller.stage = Stage::Up { bridged: true };
        let stream = caller.stream;
        self.summary.bridged += 1;
        if !self.plan.together {
            let hold = self.plan.hold;
            self.later(hold, Later::Leave(call_id));
        } else if self.summary.bridged == self.plan.calls {
            let (hold, all): (_, Vec<String>) = (self.plan.hold, self.callers.keys().cloned().collect());
            for call in all {
                self.later(hold, Later::Leave(call));
            }
        }
        Some(stream)
    }

    /// When the caller of this number could enter the queue.
    pub(super) fn entered_queue(&self, number: &str) -> Option<Instant> {
        self.callers.get(self.by_number.get(number)?)?.acknowledged
    }

    /// Whether somebody else waits for an agent.
    pub(super) fn somebody_waits(&self) -> bool {
        self.callers.values().any(|caller| caller.stage == Stage::Up { bridged: false })
    }

    pub(super) fn give_up(&mut self, call_id: &str) {
        if self.callers.get(call_id).is_some_and(|caller| caller.stage == Stage::Up { bridged: false }) {
            self.note("no agent in time");
            self.hang_up(call_id);
        }
    }

    pub(super) fn hang_up(&mut self, call_id: &str) {
        let Some(caller) = self.callers.get_mut(call_id) else { return };
        let (Stage::Up { .. }, Some((to, contact))) = (caller.stage, &caller.remote) else { return };
        caller.stage = Stage::Leaving;
        let bye = Message::request("BYE", contact)
            .with("Max-Forwards", "70")
            .with("From", &caller.from)
            .with("To", to)
            .with("Call-ID", call_id)
            .with("CSeq", "2 BYE");
        self.wire.silence(caller.stream);
        let number = caller.number.clone();
        let (now, waits) = (Instant::now(), self.somebody_waits());
        self.wire.ask(bye, call_id, Way::Udp);
        if let Some(desks) = self.desks.as_mut() {
            desks.caller_leaves(&number, now, waits);
        }
    }

    /// The server ended a call that was not to end.
    pub(super) fn caller_cut_off(&mut self, call_id: &str, bye: &Message) {
        self.reply(bye, 200, "OK");
        if self.callers.get(call_id).is_some_and(|caller| caller.stage != Stage::Leaving) {
            self.fail(call_id, "the server hung up");
        }
    }

    pub(super) fn fail(&mut self, call_id: &str, why: &str) {
        if self.callers.contains_key(call_id) {
            self.note(why);
            self.forget_caller(call_id);
        }
    }

    /// An agent could not have the caller of a number.
    pub(super) fn note_of(&mut self, number: &str, why: &str) {
        if self.by_number.contains_key(number) {
            self.note(why);
        }
    }

    fn note(&mut self, why: &str) {
        self.summary.failed += 1;
        *self.summary.failures.entry(why.to_owned()).or_default() += 1;
    }

    fn forget_caller(&mut self, call_id: &str) {
        let Some(gone) = self.callers.remove(call_id) else { return };
        self.by_number.remove(&gone.number);
        self.wire.silence(gone.stream);
        if gone.remote.is_some() {
            self.up -= 1;
        }
    }
}
