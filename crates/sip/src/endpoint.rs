//! The sockets, the clock and the channels around the switchboard. One task; it never waits for anything but the next input.

use std::collections::VecDeque;
use std::hash::RandomState;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use domain::{Cause, LegId, MasterKey, Mono};
use tokio::net::UdpSocket;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tracing::{debug, error, info, warn};
use zeroize::Zeroize;

use crate::admission::Admission;
use crate::config::{DeviceAccount, Dial, SipConfig, SipError};
use crate::core::{Core, Input, LegCommand, Output};
use crate::event::{Banned, ContactView, GuardView, RefusedView, SipCensus, SipEvent};
use crate::figures::SipFigures;
use crate::hop::Hop;
use crate::log;
use crate::registrar::Binding;
use crate::sockets::{Doors, Opened, open};
use crate::stream::{News, Streams};
use crate::tls::Peers;

/// Datagrams taken before commands and timers get a turn.
const DATAGRAMS_PER_TURN: usize = 64;
/// The largest datagram UDP can carry; what is too large for us is answered, not cut.
const DATAGRAM_MAX: usize = 65_535;
/// A leg takes at most this many orders at a time: ring (or dial), answer, refuse (itself or a REFER), release. With room for all of every leg at once, an order
/// never has to wait and is lost only when the endpoint's task hangs.
const ORDERS_PER_LEG: usize = 4;
/// Orders that belong to no leg: devices, admission, census, stop.
const ORDERS_BESIDE: usize = 64;
/// How long nothing is accepted after accepting failed.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// How long `stop` waits for the answers to its BYEs.
const STOP_GRACE: Duration = Duration::from_secs(2);

/// Runs the SIP side of a node. A cheap handle; the endpoint ends with `stop` or with its last handle.
#[derive(Clone)]
pub struct SipEndpoint {
    orders: mpsc::Sender<Order>,
    local: SocketAddr,
    tls: Option<SocketAddr>,
}

/// What the handle asks of the task.
enum Order {
    Leg(LegId, LegCommand),
    Dial(LegId, Box<Dial>),
    Devices(Vec<DeviceAccount>),
    Restore(Vec<Binding>),
    Pardon(Banned),
    Admission(Admission),
    Leave,
    Census(oneshot::Sender<SipCensus>),
    Contacts(oneshot::Sender<Vec<ContactView>>),
    Refusals(oneshot::Sender<Vec<RefusedView>>),
    Guard(oneshot::Sender<GuardView>),
    Figures(oneshot::Sender<SipFigures>),
    Stop(oneshot::Sender<()>),
}

impl SipEndpoint {
    /// Opens the socket and begins to take calls. `mint` names each new leg; `events` must be read.
    pub async fn start(
        config: SipConfig,
        mint: Box<dyn FnMut() -> LegId + Send>,
        events: mpsc::Sender<SipEvent>,
    ) -> Result<SipEndpoint, SipError> {
        let bind = |source| SipError::Bind { address: config.bind, source };
        let (socket, listener) = open(config.bind, config.tcp).map_err(bind)?;
        let doors = Doors::open(listener, config.tls.clone())?;
        let tls = doors.tls_addr();
        let local = socket.local_addr().map_err(bind)?;
        // Until the reactor has seen the socket writable, `try_send_to` refuses everything.
        socket.writable().await.map_err(bind)?;
        let (orders, taken) =
            mpsc::channel(config.limits.legs_max.saturating_mul(ORDERS_PER_LEG).saturating_add(ORDERS_BESIDE));
        let ports = (local.port(), tls.map(|at| at.port()));
        let mut core = Core::new(Mono(0), &config, ports, RandomState::new(), mint);
        core.draw_keys_with(fresh_key);
        let (streams, news) = Streams::new(&config.limits, Peers::of(&config.trunks)?);
        let task = Task {
            core,
            socket,
            doors,
            streams,
            deaf_until: None,
            events,
            waiting: VecDeque::new(),
            start: Instant::now(),
            is_ipv6: local.is_ipv6(),
            dropped: 0,
        };
        tokio::spawn(task.run(taken, news));
        info!(address = %local, tls = tls.map(tracing::field::display), trunks = config.trunks.len(), "SIP is listening");
        Ok(SipEndpoint { orders, local, tls })
    }

    /// The address the socket is bound to.
    pub fn local_addr(&self) -> SocketAddr {
        self.local
    }

    /// The address TLS is served at, if it is.
    pub fn tls_addr(&self) -> Option<SocketAddr> {
        self.tls
    }

    /// Says to the caller that it rings (180). Once; later ones are ignored.
    pub fn proceed(&self, leg: LegId) {
        self.order(Order::Leg(leg, LegCommand::Proceed));
    }

    /// Lets the caller hear us before the answer (183 with a description), told by `Progress`; answers where the caller offered nothing.
    pub fn play_early(&self, leg: LegId, local: SocketAddr) {
        self.order(Order::Leg(leg, LegCommand::PlayEarly(local)));
    }

    /// Answers (200). The description names the advertised address and the port of `local`.
    pub fn answer(&self, leg: LegId, local: SocketAddr) {
        self.order(Order::Leg(leg, LegCommand::Answer(local)));
    }

    /// Refuses a leg that was not answered; one that was, is released.
    pub fn refuse(&self, leg: LegId, cause: Cause) {
        self.order(Order::Leg(leg, LegCommand::Hangup(cause)));
    }

    /// Ends an answered leg; one that was not, is refused.
    pub fn release(&self, leg: LegId, cause: Cause) {
        self.order(Order::Leg(leg, LegCommand::Hangup(cause)));
    }

    /// Tells a phone that what it asked for by REFER is not done: 4xx to 6xx. Once done, `release` as moved tells it.
    pub fn refuse_refer(&self, leg: LegId, code: u16) {
        self.order(Order::Leg(leg, LegCommand::ReferOver(code)));
    }

    /// Begins a call. `leg` is a fresh id of the caller's; `Ended` follows exactly once, whatever happens. `refuse` and `release`
    /// give it up before the answer (CANCEL) and end it after (BYE).
    pub fn dial(&self, leg: LegId, call: Dial) {
        self.order(Order::Dial(leg, Box::new(call)));
    }

    /// The whole list of telephones that may register and call; it replaces the one before. Those that are gone, or have
    /// another password, are unregistered.
    pub fn set_devices(&self, devices: Vec<DeviceAccount>) {
        self.order(Order::Devices(devices));
    }

    /// Takes up what was registered with the process before, after [`Self::set_devices`]. Each phone is asked at once whether it is there, and can be
    /// called from its answer on.
    pub fn restore(&self, bindings: Vec<Binding>) {
        self.order(Order::Restore(bindings));
    }

    /// Where devices are registered at this moment, by device; empty after the endpoint stopped.
    pub async fn contacts(&self) -> Vec<ContactView> {
        let (reply, answer) = oneshot::channel();
        self.order(Order::Contacts(reply));
        answer.await.unwrap_or_default()
    }

    /// Devices that spoke from outside of their address ranges and have not registered since; empty after the endpoint stopped.
    pub async fn refusals(&self) -> Vec<RefusedView> {
        let (reply, answer) = oneshot::channel();
        self.order(Order::Refusals(reply));
        answer.await.unwrap_or_default()
    }

    /// What the guard saw, and whom it shuts out.
    pub async fn guard(&self) -> GuardView {
        let (reply, answer) = oneshot::channel();
        self.order(Order::Guard(reply));
        answer.await.unwrap_or_default()
    }

    /// Lifts a ban and forgets the faults that led to it.
    pub fn pardon(&self, whom: Banned) {
        self.order(Order::Pardon(whom));
    }

    /// Opens or closes for new calls. Calls in progress are not touched.
    pub fn set_admission(&self, admission: Admission) {
        self.order(Order::Admission(admission));
    }

    /// Takes our registrations at carriers back, so that they send new calls elsewhere. Calls in progress go on, and calls out
    /// are sent as before; nothing brings the registrations back.
    pub fn leave(&self) {
        self.order(Order::Leave);
    }

    /// What is held at this moment; zeros after the endpoint stopped.
    pub async fn census(&self) -> SipCensus {
        let (reply, answer) = oneshot::channel();
        self.order(Order::Census(reply));
        answer.await.unwrap_or_default()
    }

    /// What was counted so far; `None` after the endpoint stopped.
    pub async fn figures(&self) -> Option<SipFigures> {
        let (reply, answer) = oneshot::channel();
        self.order(Order::Figures(reply));
        answer.await.ok()
    }

    /// Ends all calls (503 or BYE, each `Ended` by `NodeRestarted`), waits a moment for the answers and closes the socket.
    pub async fn stop(self) {
        let (reply, answer) = oneshot::channel();
        self.order(Order::Stop(reply));
        let _ = answer.await;
    }

    fn order(&self, order: Order) {
        // A closed channel means that the endpoint has stopped: there is nothing left to do.
        if let Err(mpsc::error::TrySendError::Full(_)) = self.orders.try_send(order) {
            error!("an order for SIP was lost: more wait than all legs can have");
        }
    }
}

/// A key nobody can guess; none, when the system has no chance to give.
fn fresh_key() -> Option<MasterKey> {
    let mut bytes = [0; 30];
    getrandom::fill(&mut bytes).ok()?;
    let key = MasterKey::new(bytes);
    bytes.zeroize();
    Some(key)
}

/// Why the task woke.
enum Woken {
    Order(Option<Order>),
    Room { listens: bool },
    Timer,
    Socket(io::Result<()>),
    Opened(io::Result<Opened>),
    Stream(Option<News>),
}

struct Task {
    core: Core,
    socket: UdpSocket,
    doors: Doors,
    streams: Streams,
    /// Accepting failed a moment ago.
    deaf_until: Option<Instant>,
    events: mpsc::Sender<SipEvent>,
    /// Events that found the channel full, oldest first. Legs alive bound it: new calls are refused meanwhile.
    waiting: VecDeque<SipEvent>,
    start: Instant,
    is_ipv6: bool,
    /// Datagrams the kernel would not take; their copies follow by timer.
    dropped: u64,
}

impl Task {
    fn now(&self) -> Mono {
        Mono(0) + self.start.elapsed()
    }

    async fn run(mut self, mut orders: mpsc::Receiver<Order>, mut news: mpsc::Receiver<News>) {
        let mut buffer = vec![0; DATAGRAM_MAX];
        let mut stopping: Option<(oneshot::Sender<()>, Instant)> = None;
        loop {
            self.pump();
            if let Some((_, until)) = &stopping
                && (Instant::now() >= *until || self.is_quiet())
            {
                break;
            }
            let timer = self.core.poll_timeout().map(|(at, _)| self.start + at.since(Mono(0)));
            let wake = timer.into_iter().chain(stopping.as_ref().map(|(_, until)| *until)).chain(self.deaf_until).min();
            let far = Instant::now() + Duration::from_secs(3_600);
            let has_waiting = !self.waiting.is_empty();
            let woken = tokio::select! {
                biased;
                order = orders.recv() => Woken::Order(order),
                permit = self.events.reserve(), if has_waiting => Woken::Room { listens: permit.is_ok() },
                () = tokio::time::sleep_until(wake.unwrap_or(far)), if wake.is_some() => Woken::Timer,
                ready = self.socket.readable() => Woken::Socket(ready),
                told = news.recv() => Woken::Stream(told),
                opened = self.doors.next(), if self.deaf_until.is_none() => Woken::Opened(opened),
            };
            match woken {
                Woken::Order(Some(Order::Stop(reply))) => {
                    stopping = Some((reply, Instant::now() + STOP_GRACE));
                    self.handle(Input::Stop);
                }
                Woken::Order(Some(order)) => self.take(order),
                Woken::Order(None) => break,
                Woken::Room { listens: true } => self.report_waiting(),
                Woken::Room { listens: false } => self.waiting.clear(),
                Woken::Timer => {
                    self.deaf_until = self.deaf_until.filter(|until| *until > Instant::now());
                    self.handle(Input::Tick);
                }
                Woken::Socket(Ok(())) => self.receive(&mut buffer),
                Woken::Socket(Err(error)) => warn!(%error, "the SIP socket cannot be read"),
                Woken::Stream(Some(told)) => self.told(told),
                // The streams hold a sender themselves.
                Woken::Stream(None) => break,
                Woken::Opened(Ok(opened)) => self.accepted(opened),
                Woken::Opened(Err(error)) => {
                    // Out of files, most likely: what is open goes on, and closing makes room.
                    warn!(%error, "a SIP connection cannot be taken");
                    self.deaf_until = Some(Instant::now() + ACCEPT_PAUSE);
                }
            }
        }
        if let Some((reply, _)) = stopping {
            let _ = reply.send(());
        }
        info!("SIP has stopped");
    }

    /// Nothing is owed by any peer, and every event was taken.
    fn is_quiet(&self) -> bool {
        let census = self.core.inspect();
        census.legs == 0 && census.dialogs == 0 && self.waiting.is_empty() && !self.core.is_leaving()
    }

    fn take(&mut self, order: Order) {
        match order {
            Order::Leg(leg, command) => self.handle(Input::Leg(leg, command)),
            Order::Admission(admission) => {
                debug!(?admission, "admission of new calls changed");
                self.handle(Input::Admission(admission));
            }
            Order::Leave => self.handle(Input::Leave),
            Order::Dial(leg, call) => self.handle(Input::Dial(leg, &call)),
            Order::Devices(devices) => {
                debug!(devices = devices.len(), "the list of SIP devices changed");
                self.handle(Input::Devices(devices));
            }
            Order::Restore(bindings) => self.handle(Input::Restore(bindings)),
            Order::Pardon(whom) => self.handle(Input::Pardon(whom)),
            Order::Census(reply) => {
                let (events_waiting, connections) = (self.waiting.len(), self.streams.len());
                let _ = reply.send(SipCensus { events_waiting, connections, ..self.core.inspect() });
            }
            Order::Contacts(reply) => {
                let _ = reply.send(self.core.inspect_contacts(self.now()));
            }
            Order::Refusals(reply) => {
                let _ = reply.send(self.core.inspect_refusals(self.now()));
            }
            Order::Guard(reply) => {
                let _ = reply.send(self.core.inspect_guard(self.now()));
            }
            Order::Figures(reply) => {
                let _ = reply.send(self.core.figures(self.now()));
            }
            Order::Stop(_) => {}
        }
    }

    fn receive(&mut self, buffer: &mut [u8]) {
        for _ in 0..DATAGRAMS_PER_TURN {
            match self.socket.try_recv_from(buffer) {
                Ok((length, from)) => {
                    self.handle(Input::Message { from: Hop::Udp(from), bytes: &buffer[..length] });
                    self.pump();
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                // ICMP errors of earlier sends are reported here; the timers deal with silent peers.
                Err(error) => debug!(%error, "a SIP datagram could not be received"),
            }
        }
    }

    fn told(&mut self, news: News) {
        match news {
            News::Message(from, bytes) => {
                from.connection().into_iter().for_each(|id| self.streams.heard(id));
                self.handle(Input::Message { from, bytes: &bytes });
            }
            News::Closed(id) => {
                for way in self.streams.forget(id) {
                    self.handle(Input::Gone(way));
                }
            }
        }
    }

    fn accepted(&mut self, Opened { stream, address, is_tls }: Opened) {
        let door = self.doors.tls().filter(|_| is_tls);
        if !(self.core.is_welcome(self.now(), address.ip()) && self.streams.accept(stream, address, door)) {
            debug!("a SIP connection was closed at once");
        }
    }

    fn handle(&mut self, input: Input<'_>) {
        let now = self.now();
        self.core.handle(now, input);
    }

    /// Carries out what the switchboard asks for, without waiting.
    fn pump(&mut self) {
        while let Some(output) = self.core.poll_output() {
            match output {
                Output::Send(Hop::Udp(to), bytes) => self.send(to, &bytes),
                Output::Send(way, bytes) => {
                    if let Err(way) = self.streams.send(way, bytes) {
                        self.handle(Input::Gone(way));
                    }
                }
                Output::Event(event) => self.report(event),
                Output::Trust(id) => self.streams.trust(id),
                Output::Close(id) => self.streams.close(id),
                Output::Doubt(way, time) => {
                    for way in self.streams.drop_deaf(way, time) {
                        self.handle(Input::Gone(way));
                    }
                }
            }
        }
        self.handle(Input::EventsWaiting(self.waiting.len()));
    }

    fn send(&mut self, to: SocketAddr, bytes: &[u8]) {
        let to = match to {
            SocketAddr::V4(v4) if self.is_ipv6 => SocketAddr::new(v4.ip().to_ipv6_mapped().into(), v4.port()),
            SocketAddr::V4(_) | SocketAddr::V6(_) => to,
        };
        if let Err(error) = self.socket.try_send_to(bytes, to) {
            self.dropped += 1;
            debug!(%error, dropped = self.dropped, "a SIP datagram could not be sent");
        }
    }

    fn report(&mut self, event: SipEvent) {
        log::tell(&event);
        if !self.waiting.is_empty() {
            return self.wait(event);
        }
        if let Err(mpsc::error::TrySendError::Full(event)) = self.events.try_send(event) {
            warn!("the reader of SIP events is behind: new calls are refused");
            self.waiting.push_back(event);
        }
    }

    /// Events of legs wait in order; they are bounded by the legs. Others must not pile up while nobody reads: of a device,
    /// and of an address of a trunk, only the latest state waits; a ban is found in `guard`, and registrations in `figures`.
    fn wait(&mut self, event: SipEvent) {
        match event {
            // Keys have no bound, and are of no use when they are late.
            SipEvent::Banned { .. }
            | SipEvent::Digit { .. }
            | SipEvent::RegistrationChanged { .. }
            | SipEvent::ChallengeUnanswered { .. } => return,
            SipEvent::DeviceChanged { device: changed, .. } => {
                self.waiting.retain(|e| !matches!(e, SipEvent::DeviceChanged { device, .. } if *device == changed));
            }
            SipEvent::BindingsChanged { device: changed, .. } => {
                self.waiting.retain(|e| !matches!(e, SipEvent::BindingsChanged { device, .. } if *device == changed));
            }
            SipEvent::TargetChanged { trunk, target, .. } => {
                self.waiting.retain(|e| {
                    let SipEvent::TargetChanged { trunk: of, target: at, .. } = e else { return true };
                    (*of, *at) != (trunk, target)
                });
            }
            SipEvent::Arrived { .. }
            | SipEvent::Progress { .. }
            | SipEvent::Answered { .. }
            | SipEvent::MediaChanged { .. }
            | SipEvent::PeerHold { .. }
            | SipEvent::Referred { .. }
            | SipEvent::Ended { .. } => {}
        }
        self.waiting.push_back(event);
    }

    /// There is room in the channel again.
    fn report_waiting(&mut self) {
        while let Some(event) = self.waiting.pop_front() {
            if let Err(mpsc::error::TrySendError::Full(event)) = self.events.try_send(event) {
                return self.waiting.push_front(event);
            }
        }
    }
}
