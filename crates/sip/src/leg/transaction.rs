//! The transactions a leg runs: the INVITE it was asked by, and the BYE it sends.

use std::time::Duration;

use domain::Mono;

use super::timers::{Due, Repeats};
use crate::hop::Hop;
use crate::message::Head;

/// An INVITE from the peer and our last reply to it (RFC 3261 §17.2.1, RFC 6026; a 200 is repeated until its ACK, §13.3.1.4).
#[derive(Debug)]
pub(crate) struct ServerInvite {
    pub(crate) head: Head,
    pub(crate) source: Hop,
    reply: Vec<u8>,
    state: State,
}

#[derive(Debug)]
enum State {
    Proceeding,
    /// Final reply sent, no ACK yet.
    Final(Repeats),
    /// Acknowledged, given up or overtaken: copies get no answer.
    Done,
}

impl ServerInvite {
    /// A request that has had no reply.
    pub(crate) fn new(head: Head, source: Hop) -> ServerInvite {
        ServerInvite { head, source, reply: Vec::new(), state: State::Proceeding }
    }

    /// Notes the reply that copies of the request get.
    pub(crate) fn note(&mut self, reply: Vec<u8>) {
        self.reply = reply;
    }

    /// The reply noted was final; it is repeated until its ACK. Over TCP too: RFC 3261 §13.3.1.4 asks it for 200, and a
    /// refusal that is repeated needlessly does no harm.
    pub(crate) fn finish(&mut self, now: Mono) {
        self.state = State::Final(Repeats::start(now));
    }

    /// The reply to a copy of the request.
    pub(crate) fn copy(&self) -> Option<&[u8]> {
        (!self.reply.is_empty()).then_some(self.reply.as_slice())
    }

    /// Whether a final reply waits for its ACK.
    pub(crate) fn awaits_ack(&self) -> bool {
        matches!(self.state, State::Final(_))
    }

    /// Ends the copies: an ACK came, or something that proves the reply arrived.
    pub(crate) fn stop(&mut self) {
        self.state = State::Done;
        self.reply = Vec::new();
    }

    /// What is due.
    pub(crate) fn due(&mut self, now: Mono) -> Due {
        match &mut self.state {
            State::Final(repeats) => repeats.due(now),
            State::Proceeding | State::Done => Due::Nothing,
        }
    }

    /// Timers G and H.
    pub(crate) fn deadline(&self) -> Option<(Mono, &'static str)> {
        match &self.state {
            State::Final(repeats) => Some((repeats.deadline(), "repeat or give up a final reply")),
            State::Proceeding | State::Done => None,
        }
    }
}

/// A request of ours that is no INVITE (RFC 3261 §17.1.2), within a call or not. It exists until it is answered or given up.
#[derive(Debug)]
pub(crate) struct ClientRequest {
    pub(crate) to: Hop,
    pub(crate) request: Vec<u8>,
    repeats: Repeats,
}

impl ClientRequest {
    /// One that was sent in this moment.
    pub(crate) fn start(now: Mono, to: Hop, request: Vec<u8>) -> ClientRequest {
        ClientRequest { to, request, repeats: Repeats::start(now) }
    }

    /// The same, given up after `time`.
    pub(crate) fn within(now: Mono, to: Hop, request: Vec<u8>, time: Duration) -> ClientRequest {
        ClientRequest { to, request, repeats: Repeats::within(now, time) }
    }

    /// What is due. A connection repeats by itself.
    pub(crate) fn due(&mut self, now: Mono) -> Due {
        match self.repeats.due(now) {
            Due::SendAgain if self.to.is_reliable() => Due::Nothing,
            due @ (Due::SendAgain | Due::Nothing | Due::GiveUp) => due,
        }
    }

    /// Whether a response with this branch answers it.
    pub(crate) fn is_branch(&self, branch: &str) -> bool {
        let mark = format!(";branch={branch};");
        !branch.is_empty() && String::from_utf8_lossy(&self.request).contains(&mark)
    }

    /// Timers E and F.
    pub(crate) fn deadline(&self) -> Mono {
        self.repeats.deadline()
    }
}
