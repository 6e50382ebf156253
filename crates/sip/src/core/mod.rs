//! The switchboard: finds the leg for a datagram, admits new ones and answers everything that needs none. Pure.

mod arrivals;
mod legs;

use std::collections::VecDeque;
use std::hash::RandomState;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use domain::{Cause, LegId, Mono};

use crate::admission::{Admission, Gate, Knock};
use crate::config::SipConfig;
use crate::event::{SipCensus, SipEvent};
use crate::leg::{Identity, LegInput, LegMachine, LegOutput, tag_of_branch};
use crate::message::{Head, Method, Parsed, Reply, Request, parse, reply_address};
use crate::tokens::Tokens;
use legs::Legs;

/// Everything that can happen to the switchboard.
#[derive(Debug)]
pub(crate) enum Input<'a> {
    /// A datagram came.
    Datagram { from: SocketAddr, bytes: &'a [u8] },
    /// Ring, answer or end a leg.
    Leg(LegId, LegCommand),
    /// Open or close for new calls.
    Admission(Admission),
    /// Whether the receiver of our events keeps up.
    EventsWaiting(usize),
    /// End everything.
    Stop,
    /// A deadline may have come.
    Tick,
}

/// What others may ask of a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LegCommand {
    Proceed,
    Answer(SocketAddr),
    Hangup(Cause),
}

/// Everything the switchboard asks for.
#[derive(Debug)]
pub(crate) enum Output {
    Send(SocketAddr, Vec<u8>),
    Event(SipEvent),
}

/// The switchboard.
pub(crate) struct Core {
    identity: Arc<Identity>,
    advertised: IpAddr,
    gate: Gate,
    legs: Legs,
    legs_max: usize,
    tokens: Tokens,
    mint: Box<dyn FnMut() -> LegId + Send>,
    events_waiting: usize,
    outputs: VecDeque<Output>,
}

impl Core {
    /// A switchboard reached at `port`; `keys` seed what must not be guessed.
    pub(crate) fn new(
        now: Mono,
        config: &SipConfig,
        port: u16,
        keys: RandomState,
        mint: Box<dyn FnMut() -> LegId + Send>,
    ) -> Core {
        let sent_by = match config.advertised {
            IpAddr::V4(ip) => format!("{ip}:{port}"),
            IpAddr::V6(ip) => format!("[{ip}]:{port}"),
        };
        let identity = Identity { contact: format!("sip:n{}@{sent_by}", config.node), sent_by };
        Core {
            identity: Arc::new(identity),
            advertised: config.advertised,
            gate: Gate::new(&config.trunks, &config.limits, now),
            legs: Legs::default(),
            legs_max: config.limits.legs_max,
            tokens: Tokens::new(keys),
            mint,
            events_waiting: 0,
            outputs: VecDeque::new(),
        }
    }

    /// The only way in.
    pub(crate) fn handle(&mut self, now: Mono, input: Input<'_>) {
        match input {
            Input::Datagram { from, bytes } => self.datagram(now, from, bytes),
            Input::Leg(leg, LegCommand::Proceed) => self.turn(now, leg, LegInput::Proceed),
            Input::Leg(leg, LegCommand::Answer(rtp)) => {
                let advertised = SocketAddr::new(self.advertised, rtp.port());
                self.turn(now, leg, LegInput::Answer(advertised));
            }
            Input::Leg(leg, LegCommand::Hangup(cause)) => self.turn(now, leg, LegInput::Hangup(cause)),
            Input::Admission(admission) => self.gate.set(admission),
            Input::EventsWaiting(waiting) => self.events_waiting = waiting,
            Input::Stop => {
                self.gate.set(Admission::Refuse503 { retry_after_s: STOPPING_RETRY_AFTER_S });
                for leg in self.legs.ids() {
                    self.turn(now, leg, LegInput::Stop);
                }
            }
            Input::Tick => {
                while let Some(leg) = self.legs.due(now) {
                    self.turn(now, leg, LegInput::Tick);
                }
            }
        }
    }

    /// Drain until `None`.
    pub(crate) fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to tick next, and why.
    pub(crate) fn poll_timeout(&self) -> Option<(Mono, &'static str)> {
        self.legs.next_due().map(|at| (at, "a leg's timer"))
    }

    /// What is held.
    pub(crate) fn inspect(&self) -> SipCensus {
        SipCensus { events_waiting: self.events_waiting, ..self.legs.census() }
    }

    fn datagram(&mut self, now: Mono, from: SocketAddr, bytes: &[u8]) {
        let trunk = match self.gate.knock(now, from.ip()) {
            Knock::Trusted(trunk) => trunk,
            Knock::Stranger => return self.turn_away(from, bytes),
            Knock::Drop => return,
        };
        match parse(bytes) {
            Parsed::Request(request) => self.request(now, from, trunk, &request),
            Parsed::Response(response) => {
                let leg = tag_of_branch(&response.branch).and_then(|tag| self.legs.by_tag(tag));
                if let Some(leg) = leg.filter(|_| response.code >= 200) {
                    self.turn(now, leg, LegInput::ByeAnswered);
                }
            }
            Parsed::Reject(reject) => {
                let extra = reject.extra.as_ref().map(|(name, value)| (*name, value.as_str()));
                self.stateless(reject.code, &reject.head, from, extra);
            }
            Parsed::Nothing => {}
        }
    }

    /// Strangers get one line and no thought: no parser, no leg, no event. The answer goes where the datagram came from,
    /// not where its Via points, so that nobody is hit by proxy.
    fn turn_away(&mut self, from: SocketAddr, bytes: &[u8]) {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(STRANGER_READ_MAX)]);
        let Some(head) = Head::scan(&text) else { return };
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

    fn request(&mut self, now: Mono, from: SocketAddr, trunk: domain::TrunkId, request: &Request) {
        match (request.method, request.head.to_tag()) {
            (Method::Ack, Some(tag)) => {
                if let Some(leg) = self.legs.by_tag(tag).filter(|leg| self.owns(*leg, request)) {
                    self.turn(now, leg, LegInput::Ack(request));
                }
            }
            (Method::Ack, None) => {}
            (Method::Cancel, _) => match self.legs.by_invite(&request.head.transaction_key()) {
                Some(leg) => self.turn(now, leg, LegInput::Cancel(request, from)),
                None => self.stateless(481, &request.head, from, None),
            },
            (Method::Other, _) => self.stateless(405, &request.head, from, None),
            (Method::Invite | Method::Bye | Method::Options, Some(tag)) => {
                match self.legs.by_tag(tag).filter(|leg| self.owns(*leg, request)) {
                    Some(leg) => self.turn(now, leg, LegInput::InDialog(request, from)),
                    None => self.stateless(481, &request.head, from, None),
                }
            }
            (Method::Bye, None) => self.stateless(481, &request.head, from, None),
            (Method::Options, None) => self.options(from, request),
            (Method::Invite, None) => self.invite(now, from, trunk, request),
        }
    }

    fn owns(&self, leg: LegId, request: &Request) -> bool {
        self.legs.get(leg).is_some_and(|machine| machine.owns(request))
    }

    /// The truth about ourselves: 200 only when a call would be taken.
    fn options(&mut self, from: SocketAddr, request: &Request) {
        let retry_after_s = match self.gate.admission() {
            Admission::Refuse503 { retry_after_s } => Some(retry_after_s),
            Admission::Open => self.is_behind().then_some(BEHIND_RETRY_AFTER_S),
        };
        match retry_after_s {
            None => self.stateless(200, &request.head, from, Some(("Accept", "application/sdp"))),
            Some(s) => self.stateless(503, &request.head, from, Some(("Retry-After", &s.to_string()))),
        }
    }

    /// Our own side cannot take another call at this moment.
    fn is_behind(&self) -> bool {
        self.events_waiting > 0 || self.legs.len() >= self.legs_max
    }

    /// A reply without memory: copies of the request get the same again.
    fn stateless(&mut self, code: u16, head: &Head, from: SocketAddr, extra: Option<(&str, &str)>) {
        let tag = self.tokens.stateless_tag(&[&head.call_id, head.sender_tag(), head.via().branch]);
        let identity = self.identity.clone();
        let mut reply = Reply { to_tag: Some(&tag), extra, ..Reply::new(code, head, from) };
        reply.contact = (code == 200).then_some(identity.contact.as_str());
        self.outputs.push_back(Output::Send(reply_address(head, from), reply.encode()));
    }

    /// One turn of a leg: input, outputs, timer.
    fn turn(&mut self, now: Mono, leg: LegId, input: LegInput<'_>) {
        let Some(machine) = self.legs.get_mut(leg) else { return };
        machine.handle(now, input);
        while let Some(output) = machine.poll_output() {
            self.outputs.push_back(match output {
                LegOutput::Send(to, bytes) => Output::Send(to, bytes),
                LegOutput::Event(event) => Output::Event(event),
            });
        }
        self.legs.settle(leg);
    }

    fn add(&mut self, leg: LegId, tag: String, origin: String, machine: LegMachine) {
        self.legs.add(leg, tag, origin, machine);
    }
}

/// Seconds a peer is asked to wait while we stop; a restart takes less.
const STOPPING_RETRY_AFTER_S: u32 = 10;
/// Seconds a peer is asked to wait when our own side is behind.
const BEHIND_RETRY_AFTER_S: u32 = 2;
/// A stranger's datagram is read this far for the headers a refusal repeats.
const STRANGER_READ_MAX: usize = 4 * 1024;
/// A tag, received and rport, Server and Content-Length: what a refusal adds.
const REFUSAL_GROWTH_MAX: usize = 128;

#[cfg(test)]
mod tests;
