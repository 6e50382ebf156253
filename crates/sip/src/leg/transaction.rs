//! The two transactions a leg runs: the INVITE it was asked by, and the BYE it sends.

use std::net::SocketAddr;

use domain::Mono;

use super::timers::{Due, Repeats};
use crate::message::Head;

/// An INVITE from the peer and our last reply to it (RFC 3261 §17.2.1, RFC 6026; a 200 is repeated until its ACK, §13.3.1.4).
#[derive(Debug)]
pub(crate) struct ServerInvite {
    pub(crate) head: Head,
    pub(crate) source: SocketAddr,
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
    pub(crate) fn new(head: Head, source: SocketAddr) -> ServerInvite {
        ServerInvite { head, source, reply: Vec::new(), state: State::Proceeding }
    }

    /// Notes a provisional reply.
    pub(crate) fn provisional(&mut self, reply: Vec<u8>) {
        self.reply = reply;
    }

    /// Notes the final reply; its copies begin.
    pub(crate) fn finish(&mut self, now: Mono, reply: Vec<u8>) {
        self.reply = reply;
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

/// Our BYE (RFC 3261 §17.1.2). It exists until it is answered or given up.
#[derive(Debug)]
pub(crate) struct ClientBye {
    pub(crate) to: SocketAddr,
    pub(crate) request: Vec<u8>,
    repeats: Repeats,
}

impl ClientBye {
    /// A BYE sent now.
    pub(crate) fn start(now: Mono, to: SocketAddr, request: Vec<u8>) -> ClientBye {
        ClientBye { to, request, repeats: Repeats::start(now) }
    }

    /// What is due.
    pub(crate) fn due(&mut self, now: Mono) -> Due {
        self.repeats.due(now)
    }

    /// Timers E and F.
    pub(crate) fn deadline(&self) -> (Mono, &'static str) {
        (self.repeats.deadline(), "repeat or give up our BYE")
    }
}
