//! The switchboard: finds the leg for a message, admits new ones and answers everything that needs none. Pure.

mod arrivals;
mod devices;
mod dialling;
mod doors;
mod legs;
mod privacy;
mod replies;

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::RandomState;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use domain::{Cause, Encryption, EndedBy, LegId, MasterKey, Mono, TrunkId};

use crate::admission::{Admission, Gate};
use crate::config::{DeviceAccount, Dial, InboundRewrites, SipConfig};
use crate::digest::Verifier;
use crate::event::{Banned, CallSource, ContactView, GuardView, RefusedView, SipCensus, SipEvent};
use crate::figures::{SipFigures, Tally};
use crate::guard::Guard;
use crate::hop::{ConnectionId, Hop};
use crate::leg::{Identity, LegInput, LegOutput};
use crate::message::{Head, Refer, Replaces, Reply, reply_hop};
use crate::registrar::{Binding, Registrar, RegistrarOutput};
use crate::sdp::Codec;
use crate::tokens::Tokens;
use crate::trunk::{TrunkOutput, Trunks};
use legs::{Legs, Machine};
use replies::Replies;

/// Everything that can happen to the switchboard.
#[derive(Debug)]
pub(crate) enum Input<'a> {
    /// A message came, whole.
    Message {
        from: Hop,
        bytes: &'a [u8],
    },
    /// A connection closed, or could not be opened.
    Gone(Hop),
    /// Ring, answer or end a leg.
    Leg(LegId, LegCommand),
    /// Begin a call.
    Dial(LegId, &'a Dial),
    /// The telephones that may register and call.
    Devices(Vec<DeviceAccount>),
    Restore(Vec<Binding>),
    /// Lift a ban.
    Pardon(Banned),
    /// Open or close for new calls.
    Admission(Admission),
    /// Whether the receiver of our events keeps up.
    EventsWaiting(usize),
    /// No call is to come from carriers any more; those there are go on.
    Leave,
    /// End everything.
    Stop,
    /// A deadline may have come.
    Tick,
}

/// What others may ask of a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LegCommand {
    Proceed,
    PlayEarly(SocketAddr),
    Answer(SocketAddr),
    Hangup(Cause),
    ReferOver(u16),
}

/// Everything the switchboard asks for.
#[derive(Debug)]
pub(crate) enum Output {
    Send(Hop, Vec<u8>),
    Event(SipEvent),
    /// Whoever is at the far end of this connection has proved who they are.
    Trust(ConnectionId),
    /// Close this connection.
    Close(ConnectionId),
    /// Close the connection we opened so, if nothing came over it for so long.
    Doubt(Hop, Duration),
}

/// The switchboard.
pub(crate) struct Core {
    identity: Arc<Identity>,
    advertised: IpAddr,
    gate: Gate,
    guard: Guard,
    verifier: Verifier,
    offers_sha256: bool,
    registrar: Registrar,
    replies: Replies,
    trunks: Trunks,
    trunk_encryption: HashMap<TrunkId, Encryption>,
    inbound: HashMap<TrunkId, InboundRewrites>,
    /// What may be spoken with a carrier, the best first; empty is whatever it likes best.
    trunk_codecs: HashMap<TrunkId, Vec<Codec>>,
    /// Of whom it is told that they speak in clear and must not.
    told_in_clear: HashSet<CallSource>,
    /// Who devices are in the books.
    device_side: EndedBy,
    legs: Legs,
    legs_max: usize,
    coded_legs_max: usize,
    tokens: Tokens,
    mint: Box<dyn FnMut() -> LegId + Send>,
    events_waiting: usize,
    tally: Tally,
    outputs: VecDeque<Output>,
}

impl Core {
    /// A switchboard reached at `ports`, the second one for TLS; `keys` seed what must not be guessed.
    pub(crate) fn new(
        now: Mono,
        config: &SipConfig,
        ports: (u16, Option<u16>),
        keys: RandomState,
        mint: Box<dyn FnMut() -> LegId + Send>,
    ) -> Core {
        let host = match config.advertised {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        let identity = Arc::new(Identity::new(config.node, host, ports.0).with_tls(ports.1));
        let mut tokens = Tokens::new(keys);
        Core {
            advertised: config.advertised,
            gate: Gate::new(&config.trunks, &config.limits, now),
            guard: Guard::new(&config.guard, &config.limits),
            verifier: Verifier::new(&config.realm, tokens.key()),
            offers_sha256: config.offers_sha256,
            registrar: Registrar::new(identity.clone(), &config.limits),
            replies: Replies::default(),
            trunks: Trunks::new(now, &config.trunks, identity.clone(), &mut tokens),
            trunk_encryption: config.trunks.iter().map(|trunk| (trunk.id, trunk.encryption)).collect(),
            inbound: config.trunks.iter().map(|trunk| (trunk.id, trunk.inbound.clone())).collect(),
            trunk_codecs: config.trunks.iter().map(|trunk| (trunk.id, trunk.codecs.clone())).collect(),
            told_in_clear: HashSet::new(),
            device_side: config.device_side,
            identity,
            legs: Legs::default(),
            legs_max: config.limits.legs_max,
            coded_legs_max: config.limits.coded_legs_max,
            tokens,
            mint,
            events_waiting: 0,
            tally: Tally::new(config.trunks.iter().map(|trunk| trunk.id)),
            outputs: VecDeque::new(),
        }
    }

    /// Where the keys of SRTP come from; without it nothing is encrypted, and what must be does not come about.
    pub(crate) fn draw_keys_with(&mut self, draw: fn() -> Option<MasterKey>) {
        self.tokens.draw_keys_with(draw);
    }

    /// The only way in.
    pub(crate) fn handle(&mut self, now: Mono, input: Input<'_>) {
        match input {
            Input::Message { from, bytes } => self.message(now, from, bytes),
            Input::Gone(hop) => self.gone(now, hop),
            Input::Leg(leg, LegCommand::Proceed) => self.turn(now, leg, LegInput::Proceed),
            Input::Leg(leg, LegCommand::PlayEarly(rtp)) => {
                let advertised = SocketAddr::new(self.advertised, rtp.port());
                self.turn(now, leg, LegInput::PlayEarly(advertised));
            }
            Input::Leg(leg, LegCommand::Answer(rtp)) => {
                let advertised = SocketAddr::new(self.advertised, rtp.port());
                self.turn(now, leg, LegInput::Answer(advertised));
            }
            Input::Leg(leg, LegCommand::Hangup(cause)) => self.turn(now, leg, LegInput::Hangup(cause)),
            Input::Leg(leg, LegCommand::ReferOver(code)) => self.turn(now, leg, LegInput::ReferOver(code)),
            Input::Dial(leg, call) => self.dial(now, leg, call),
            Input::Devices(devices) => self.set_devices(now, devices),
            Input::Restore(bindings) => {
                self.registrar.restore(now, bindings);
                self.after_registrar();
            }
            Input::Pardon(whom) => self.guard.pardon(whom),
            Input::Admission(admission) => self.gate.set(admission),
            Input::EventsWaiting(waiting) => self.events_waiting = waiting,
            Input::Leave => {
                self.trunks.leave(now);
                self.after_trunks();
            }
            Input::Stop => {
                self.trunks.stop(now);
                self.after_trunks();
                self.gate.set(Admission::Refuse503 { retry_after_s: STOPPING_RETRY_AFTER_S });
                for leg in self.legs.ids() {
                    self.turn(now, leg, LegInput::Stop);
                }
            }
            Input::Tick => {
                while let Some(leg) = self.legs.due(now) {
                    self.turn(now, leg, LegInput::Tick);
                }
                self.registrar.tick(now);
                self.after_registrar();
                self.trunks.tick(now);
                self.after_trunks();
            }
        }
    }

    /// Drain until `None`.
    pub(crate) fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to tick next, and why.
    pub(crate) fn poll_timeout(&self) -> Option<(Mono, &'static str)> {
        let leg = self.legs.next_due().map(|at| (at, "a leg's timer"));
        let contact = self.registrar.poll_timeout().map(|at| (at, "a contact's timer"));
        let trunk = self.trunks.poll_timeout().map(|at| (at, "a carrier's timer"));
        leg.into_iter().chain(contact).chain(trunk).min()
    }

    /// What was counted so far.
    pub(crate) fn figures(&self, now: Mono) -> SipFigures {
        let mut figures = SipFigures { coded_legs: self.legs.coded(), ..self.tally.figures(now) };
        for trunk in &mut figures.trunks {
            (trunk.targets, trunk.registration) = self.trunks.inspect(trunk.id);
        }
        figures
    }

    /// Whether a registration of ours is being taken back.
    pub(crate) fn is_leaving(&self) -> bool {
        self.trunks.is_leaving()
    }

    /// What is held.
    pub(crate) fn inspect(&self) -> SipCensus {
        let contacts = self.registrar.contacts();
        SipCensus { events_waiting: self.events_waiting, contacts, ..self.legs.census() }
    }

    /// Devices that spoke from where they may not.
    pub(crate) fn inspect_refusals(&self, now: Mono) -> Vec<RefusedView> {
        self.registrar.inspect_refusals(now)
    }

    /// Where devices are.
    pub(crate) fn inspect_contacts(&self, now: Mono) -> Vec<ContactView> {
        self.registrar.inspect(now)
    }

    /// What the guard saw.
    pub(crate) fn inspect_guard(&self, now: Mono) -> GuardView {
        self.guard.inspect(now)
    }

    /// Whether a connection from there is taken.
    pub(crate) fn is_welcome(&self, now: Mono, ip: IpAddr) -> bool {
        !self.guard.is_banned(now, ip)
    }

    fn gone(&mut self, now: Mono, hop: Hop) {
        if let Some(connection) = hop.connection() {
            self.registrar.connection_gone(now, connection);
            self.after_registrar();
        }
        self.trunks.gone(now, hop);
        self.after_trunks();
        for leg in self.legs.calling() {
            self.turn(now, leg, LegInput::Unreached(hop));
        }
    }

    /// Our own side cannot take another call at this moment.
    fn is_behind(&self) -> bool {
        self.events_waiting > 0 || self.legs.len() >= self.legs_max
    }

    /// A reply without memory: copies of the request get the same again.
    fn stateless(&mut self, code: u16, head: &Head, from: Hop, extra: Option<(&str, &str)>) {
        self.tally.answered(code);
        let extra = extra.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
        let encoded = self.write_stateless(code, head, from, extra);
        self.outputs.push_back(Output::Send(reply_hop(head, from), encoded));
    }

    fn write_stateless(&self, code: u16, head: &Head, from: Hop, extra: Vec<(&str, String)>) -> Vec<u8> {
        let tag = self.tokens.stateless_tag(&[&head.call_id, head.sender_tag(), head.via().branch]);
        let mut reply = Reply { to_tag: Some(&tag), extra, ..Reply::new(code, head, from) };
        let is_ours = code == 200 && head.method == "OPTIONS";
        reply.contact = is_ours.then_some(self.identity.contact(from.transport()));
        reply.encode()
    }

    /// One turn of a leg: input, outputs, timer.
    fn turn(&mut self, now: Mono, leg: LegId, input: LegInput<'_>) {
        let Some(machine) = self.legs.get_mut(leg) else { return };
        machine.handle(now, input);
        let mut referred = None;
        while let Some(output) = machine.poll_output() {
            self.outputs.push_back(match output {
                LegOutput::Send(to, bytes) => Output::Send(to, bytes),
                LegOutput::Event(event) => Output::Event(event),
                LegOutput::Refer(refer) => {
                    referred = Some(refer);
                    continue;
                }
                LegOutput::Learned(hop, lesson) => {
                    self.trunks.learn(now, hop, lesson);
                    continue;
                }
            });
        }
        self.after_trunks();
        self.legs.settle(leg);
        if let Some(refer) = referred {
            self.referred(now, leg, refer);
        }
    }

    /// A phone asks to move its call; a call of its own that is to be replaced must be one of ours, from the same place.
    fn referred(&mut self, now: Mono, leg: LegId, Refer { to, replaces }: Refer) {
        let place = self.legs.get(leg).and_then(Machine::peer_ip);
        let named = |name: &Replaces| {
            let found = name.tags.iter().find_map(|tag| self.legs.by_tag(tag)).filter(|other| *other != leg);
            found.filter(|other| {
                let machine = self.legs.get(*other);
                machine.is_some_and(|machine| machine.is_named(name) && machine.peer_ip() == place)
            })
        };
        match replaces.as_ref().map(named) {
            Some(None) => self.turn(now, leg, LegInput::ReferOver(481)),
            replaces => {
                let replaces = replaces.flatten();
                self.outputs.push_back(Output::Event(SipEvent::Referred { leg, to, replaces }));
            }
        }
    }

    fn after_registrar(&mut self) {
        while let Some(output) = self.registrar.poll_output() {
            self.outputs.push_back(match output {
                RegistrarOutput::Send(hop, bytes) => Output::Send(hop, bytes),
                RegistrarOutput::Event(event) => Output::Event(event),
            });
        }
    }

    fn after_trunks(&mut self) {
        while let Some(output) = self.trunks.poll_output() {
            self.outputs.push_back(match output {
                TrunkOutput::Send(hop, bytes) => Output::Send(hop, bytes),
                TrunkOutput::Event(event) => Output::Event(event),
                TrunkOutput::Doubt(way @ (Hop::Connect(_) | Hop::ConnectTls(_)), time) => Output::Doubt(way, time),
                // Datagrams need no connection, and one that others opened is theirs.
                TrunkOutput::Doubt(Hop::Udp(_) | Hop::Tcp(..) | Hop::Tls(..), _) => continue,
            });
        }
    }

    fn add(&mut self, leg: LegId, tag: String, origin: Option<String>, machine: Machine) {
        self.legs.add(leg, tag, origin, machine);
    }
}

/// Seconds a peer is asked to wait while we stop; a restart takes less.
const STOPPING_RETRY_AFTER_S: u32 = 10;
/// Seconds a peer is asked to wait when our own side is behind.
const BEHIND_RETRY_AFTER_S: u32 = 2;

#[cfg(test)]
mod tests;
