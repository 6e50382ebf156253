//! The signalling thread of a farm: one UDP socket, one loop, everybody's calls by Call-ID.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, Write};
use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

use socket2::SockRef;
use tokio::time::Instant;

use super::caller::Caller;
use super::desk::Desks;
use super::device::{Device, DeviceCall};
use super::drops::dropped;
use super::secure::Secure;
use super::sink::Sink;
use super::streams::{Keys, Side, Sound, Streams};
use super::{FarmPlan, FarmSummary, quantiles};
use crate::browsers::Browsers;
use crate::message::{Message, Start};
use crate::registration::trust;
use crate::sdp::{Local, Remote};
use crate::srtp::Master;

/// How long the loop waits for a datagram before it looks at its timers.
const LOOK: Duration = Duration::from_millis(1);
/// What the kernel may hold of the socket of everybody between two looks.
const RECEIVE_BYTES: usize = 4 << 20;
/// Datagrams taken before timers are looked at again.
const BATCH_MAX: usize = 256;
/// RFC 3261 §17.1.1.1: T1.
const T1: Duration = Duration::from_millis(500);
/// Sends of one request; the last waits 32 s as timer B does (§17.1.1.2).
const SENDS_MAX: u32 = 7;
/// How long registrations are asked for; longer than any run.
pub(super) const EXPIRES_S: u32 = 7_200;
/// Registrations are renewed this often; servers grant an hour at most as a rule.
pub(super) const RENEWAL: Duration = Duration::from_secs(1_500);
/// How often connections are looked at.
const SECURE_LOOK: Duration = Duration::from_millis(4);
/// REGISTERs under way at once.
const REGISTERING_MAX: usize = 50;

/// What carries the signalling of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The socket of everybody.
    Udp,
    /// A connection of its own, by its place in the list.
    Tls(usize),
}

/// What both kinds of call use.
pub(super) struct Wire {
    socket: UdpSocket,
    pub(super) local: SocketAddr,
    pub(super) target: SocketAddr,
    random: RandomState,
    counter: u64,
    pub(super) streams: Option<Streams>,
    /// Takes the sound of calls without RTP.
    sink: Sink,
    pub(super) secure: Vec<Secure>,
    secure_target: SocketAddr,
    secure_look: Instant,
    /// What the message came by that is being taken: its answer goes back there.
    came_by: Way,
    /// Requests without an answer, by branch.
    pending: HashMap<String, Pending>,
    due: BTreeMap<(Instant, u64), String>,
    pub(super) retransmissions: u64,
}

struct Pending {
    bytes: Vec<u8>,
    sends: u32,
    call_id: String,
    way: Way,
}

impl Wire {
    fn open(plan: &FarmPlan) -> io::Result<Wire> {
        let socket = UdpSocket::bind(plan.bind)?;
        socket.set_read_timeout(Some(LOOK))?;
        // Best effort: what the kernel drops all the same is told.
        let _ = SockRef::from(&socket).set_recv_buffer_size(RECEIVE_BYTES);
        let local = socket.local_addr()?;
        let sink = Sink::open(local.ip())?;
        let streams = if plan.rtp { Some(Streams::start(local.ip())?) } else { None };
        let (pending, due) = (HashMap::new(), BTreeMap::new());
        let (random, target) = (RandomState::new(), plan.target);
        let mut secure = Vec::new();
        if let Some(plan) = &plan.secure {
            let config = trust(&plan.ca)?;
            for _ in 0..plan.phones {
                secure.push(Secure::open(plan.target, config.clone())?);
            }
        }
        let secure_target = plan.secure.as_ref().map_or(target, |plan| plan.target);
        Ok(Wire {
            socket,
            local,
            target,
            random,
            counter: 0,
            streams,
            sink,
            secure,
            secure_target,
            secure_look: Instant::now(),
            came_by: Way::Udp,
            pending,
            due,
            retransmissions: 0,
        })
    }

    /// Own address and the server's on a way, and how a Via and a Contact name it.
    pub(super) fn ends(&self, way: Way) -> (SocketAddr, SocketAddr, &'static str, &'static str) {
        match way {
            Way::Udp => (self.local, self.target, "UDP", ""),
            Way::Tls(at) => (self.secure[at].local, self.secure_target, "TLS", ";transport=tls"),
        }
    }

    fn transmit(&mut self, bytes: &[u8], way: Way) {
        match way {
            Way::Udp => {
                // A full buffer loses the message, as a network would; timers repeat it.
                let _ = self.socket.send_to(bytes, self.target);
            }
            Way::Tls(at) => self.secure[at].send(bytes),
        }
    }

    /// What came over connections, with the place of each; rarely, as looking costs.
    fn secure_arrivals(&mut self) -> Vec<(usize, Message)> {
        if self.secure.is_empty() || Instant::now() < self.secure_look {
            return Vec::new();
        }
        self.secure_look = Instant::now() + SECURE_LOOK;
        let each = self.secure.iter_mut().enumerate();
        each.flat_map(|(at, secure)| secure.take().into_iter().map(move |message| (at, message))).collect()
    }

    pub(super) fn token(&mut self) -> String {
        self.counter += 1;
        format!("{:016x}", self.random.hash_one(self.counter))
    }

    /// Sends without waiting for an answer.
    pub(super) fn send(&mut self, message: &Message, way: Way) {
        self.transmit(&message.encode(), way);
    }

    /// A key of our own.
    pub(super) fn master(&mut self) -> Master {
        let mut bytes = [0; 30];
        for piece in bytes.chunks_mut(8) {
            self.counter += 1;
            let length = piece.len();
            piece.copy_from_slice(&self.random.hash_one(self.counter).to_be_bytes()[..length]);
        }
        Master(bytes)
    }

    /// Sends a request with a Via of its own and repeats it until its answer comes.
    pub(super) fn ask(&mut self, request: Message, call_id: &str, way: Way) {
        let branch = format!("z9hG4bK{}", self.token());
        let (local, _, transport, _) = self.ends(way);
        let via = format!("SIP/2.0/{transport} {local};branch={branch};rport");
        let mut request = request;
        request.headers.insert(0, ("Via".to_owned(), via));
        let bytes = request.encode();
        self.transmit(&bytes, way);
        self.counter += 1;
        self.due.insert((Instant::now() + T1, self.counter), branch.clone());
        self.pending.insert(branch, Pending { bytes, sends: 1, call_id: call_id.to_owned(), way });
    }

    fn answered(&mut self, response: &Message) {
        if let Some(branch) = response.branch() {
            self.pending.remove(branch);
        }
    }

    /// Repeats what is due; gives the calls whose request was never answered.
    fn repeat(&mut self, now: Instant) -> Vec<String> {
        let mut lost = Vec::new();
        while let Some(entry) = self.due.first_entry() {
            if entry.key().0 > now {
                break;
            }
            let branch = entry.remove();
            let Some(pending) = self.pending.get_mut(&branch) else { continue };
            if pending.sends >= SENDS_MAX {
                lost.extend(self.pending.remove(&branch).map(|gone| gone.call_id));
                continue;
            }
            // RFC 3261 §17.1.1.2: nothing is repeated over a connection.
            if pending.way == Way::Udp {
                let _ = self.socket.send_to(&pending.bytes, self.target);
                self.retransmissions += 1;
            }
            let wait = T1 * 2u32.pow(pending.sends);
            pending.sends += 1;
            self.counter += 1;
            self.due.insert((now + wait, self.counter), branch);
        }
        lost
    }

    /// The description of one side.
    pub(super) fn description(&self, side: Side) -> String {
        let rtp = self.streams.as_ref().map_or(self.sink.local, |streams| streams.local(side));
        Local { rtp, codec: crate::Codec::Pcma, dtmf: Some(101), version: 1, hold: None }.write()
    }

    pub(super) fn sound(&self, id: u32, side: Side, description: &str, keys: Option<Keys>, sound: Sound) {
        if let (Some(streams), Some(remote)) = (&self.streams, Remote::read(description)) {
            streams.add(id, side, remote.rtp, keys, sound);
        }
    }

    pub(super) fn silence(&self, id: u32) {
        if let Some(streams) = &self.streams {
            streams.remove(id);
        }
    }
}

/// Everything of a running farm.
pub(super) struct Farm {
    pub(super) plan: FarmPlan,
    pub(super) wire: Wire,
    pub(super) callers: HashMap<String, Caller>,
    pub(super) devices: Vec<Device>,
    pub(super) device_calls: HashMap<String, DeviceCall>,
    /// Agents who work in a browser.
    pub(super) desks: Option<Desks>,
    /// The caller of each number that has a call, by Call-ID.
    pub(super) by_number: HashMap<String, String>,
    /// What is to be done later, and for which call.
    later: BTreeMap<(Instant, u64), Later>,
    pub(super) summary: FarmSummary,
    pub(super) answer_ms: Vec<f64>,
    pub(super) ring_ms: Vec<f64>,
    pub(super) free_ms: Vec<f64>,
    pub(super) up: u64,
    pub(super) next_stream: u32,
}

/// What waits for its time.
#[derive(Clone, Debug)]
pub(super) enum Later {
    /// A caller hangs up.
    Leave(String),
    /// A caller's patience is over.
    LosePatience(String),
    /// A phone answers.
    Answer(String),
    /// A phone registers again.
    Renew(usize),
}

/// Registers the phones, says `{"event":"registered"}` on standard output, waits for a line on standard input, makes the calls. With phones
/// or without, `browsers` take calls too.
///
/// # Errors
/// When a socket cannot be opened, or a phone cannot register.
pub fn run(plan: FarmPlan, browsers: Option<Browsers>) -> io::Result<FarmSummary> {
    let wire = Wire::open(&plan)?;
    let way = |at: usize| if at < wire.secure.len() { Way::Tls(at) } else { Way::Udp };
    let devices = plan.devices.iter().enumerate().map(|(at, account)| Device::new(account, way(at))).collect();
    let mut farm = Farm {
        plan,
        wire,
        callers: HashMap::new(),
        devices,
        device_calls: HashMap::new(),
        desks: browsers.map(Desks::new),
        by_number: HashMap::new(),
        later: BTreeMap::new(),
        summary: FarmSummary::default(),
        answer_ms: Vec::new(),
        ring_ms: Vec::new(),
        free_ms: Vec::new(),
        up: 0,
        next_stream: 1,
    };
    farm.register()?;
    farm.wait_for_driver()?;
    farm.calls();
    Ok(farm.summary())
}

impl Farm {
    fn register(&mut self) -> io::Result<()> {
        let mut waiting: VecDeque<usize> = (0..self.devices.len()).collect();
        let mut begun = 0;
        while self.summary.registered < self.devices.len() as u64 {
            while begun - (self.summary.registered as usize) < REGISTERING_MAX {
                let Some(index) = waiting.pop_front() else { break };
                self.begin_registration(index);
                begun += 1;
            }
            if !self.turn().is_empty() || self.devices.iter().any(|device| device.refused) {
                return Err(io::Error::other("a phone of the farm could not register"));
            }
        }
        Ok(())
    }

    /// Whether callers wait for somebody.
    pub(super) fn has_agents(&self) -> bool {
        !self.devices.is_empty() || self.desks.as_ref().is_some_and(|desks| desks.count() > 0)
    }

    fn wait_for_driver(&mut self) -> io::Result<()> {
        if !self.has_agents() {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        writeln!(out, "{{\"event\":\"registered\",\"devices\":{}}}", self.devices.len())?;
        out.flush()?;
        let (tell, told) = std::sync::mpsc::sync_channel(1);
        std::thread::spawn(move || {
            let mut line = String::new();
            let _ = io::stdin().lock().read_line(&mut line);
            let _ = tell.send(());
        });
        // Keep-alives of the server are answered meanwhile.
        while told.try_recv().is_err() {
            self.turn();
        }
        Ok(())
    }

    fn calls(&mut self) {
        let start = Instant::now();
        let gap = Duration::from_secs_f64(1.0 / self.plan.rate.max(0.01));
        let mut next = start;
        while self.summary.offered < self.plan.calls || !self.callers.is_empty() {
            let now = Instant::now();
            while self.summary.offered < self.plan.calls && next <= now {
                self.begin_call();
                next += gap;
            }
            for lost in self.turn() {
                self.fail(&lost, "no answer from the server");
            }
            self.fire(Instant::now());
        }
        self.summary.seconds = start.elapsed().as_secs_f64();
    }

    pub(super) fn later(&mut self, after: Duration, what: Later) {
        self.wire.counter += 1;
        self.later.insert((Instant::now() + after, self.wire.counter), what);
    }

    fn fire(&mut self, now: Instant) {
        while let Some(entry) = self.later.first_entry() {
            if entry.key().0 > now {
                break;
            }
            match entry.remove() {
                Later::Leave(call) => self.hang_up(&call),
                Later::LosePatience(call) => self.give_up(&call),
                Later::Answer(call) => self.pick_up(&call),
                Later::Renew(device) => self.begin_registration(device),
            }
        }
    }

    /// Takes what has come and repeats what is due; gives calls whose request was never answered.
    fn turn(&mut self) -> Vec<String> {
        let mut buffer = [0; 16_384];
        for _ in 0..BATCH_MAX {
            let Ok((length, _)) = self.wire.socket.recv_from(&mut buffer) else { break };
            let Some(message) = Message::parse(&buffer[..length]) else { continue };
            self.wire.came_by = Way::Udp;
            self.take(&message);
        }
        for (at, message) in self.wire.secure_arrivals() {
            self.wire.came_by = Way::Tls(at);
            self.take(&message);
        }
        self.take_news();
        self.wire.repeat(Instant::now())
    }

    fn take(&mut self, message: &Message) {
        let call_id = message.header("Call-ID").unwrap_or_default().to_owned();
        match &message.start {
            Start::Response { code, .. } => {
                self.wire.answered(message);
                if message.method() == "REGISTER" {
                    self.registration_answered(&call_id, *code, message);
                } else {
                    self.caller_answered(&call_id, *code, message);
                }
            }
            Start::Request { method, .. } => match method.as_str() {
                "INVITE" => self.device_rings(&call_id, message),
                "ACK" => {}
                "BYE" if self.callers.contains_key(&call_id) => self.caller_cut_off(&call_id, message),
                "BYE" => self.device_released(&call_id, message),
                "CANCEL" => self.device_cancelled(&call_id, message),
                "OPTIONS" | "NOTIFY" => self.reply(message, 200, "OK"),
                _ => self.reply(message, 405, "Method Not Allowed"),
            },
        }
    }

    pub(super) fn reply(&mut self, request: &Message, code: u16, phrase: &str) {
        let (tag, way) = (self.wire.token(), self.wire.came_by);
        self.wire.send(&Message::response_to(request, code, phrase, &tag), way);
    }

    fn summary(mut self) -> FarmSummary {
        let mut summary = std::mem::take(&mut self.summary);
        summary.answer_ms = quantiles(&mut self.answer_ms);
        summary.ring_ms = quantiles(&mut self.ring_ms);
        summary.free_to_ring_ms = quantiles(&mut self.free_ms);
        if let Some(desks) = &mut self.desks {
            summary.desk_ring_ms = quantiles(&mut desks.ring_ms);
            summary.desk_free_to_ring_ms = quantiles(&mut desks.free_ms);
        }
        summary.retransmissions = self.wire.retransmissions;
        summary.dropped_here = dropped(self.wire.local);
        summary.dropped_there = dropped(self.wire.target);
        summary.secure_phones = self.wire.secure.iter().filter(|secure| !secure.is_gone).count() as u64;
        if let Some(streams) = &self.wire.streams {
            // What is still under way has this long to arrive.
            std::thread::sleep(Duration::from_millis(200));
            let (sent, received, delay) = streams.totals();
            summary.rtp_sent = sent;
            summary.rtp_received = received;
            summary.rtp_lost = sent.saturating_sub(received);
            summary.rtp_delay_ms = delay;
            summary.rtp_late_ms_max = streams.late_max().as_secs_f64() * 1_000.0;
            (summary.bursts_expected, summary.bursts_heard, summary.burst_delay_ms) = streams.mixed();
            (summary.srtp_opened, summary.srtp_refused, summary.srtp_delay_ms) = streams.secured();
        }
        summary
    }
}
