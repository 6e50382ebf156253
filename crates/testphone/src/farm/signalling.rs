//! The signalling thread of a farm: one UDP socket, one loop, everybody's calls by Call-ID.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, Write};
use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

use tokio::time::Instant;

use super::caller::Caller;
use super::device::{Device, DeviceCall};
use super::streams::{Side, Streams};
use super::{FarmPlan, FarmSummary, quantiles};
use crate::message::{Message, Start};
use crate::sdp::{Local, Remote};

/// How long the loop waits for a datagram before it looks at its timers.
const LOOK: Duration = Duration::from_millis(1);
/// Datagrams taken before timers are looked at again.
const BATCH_MAX: usize = 256;
/// RFC 3261 §17.1.1.1: T1.
const T1: Duration = Duration::from_millis(500);
/// Sends of one request; the last waits 32 s as timer B does (§17.1.1.2).
const SENDS_MAX: u32 = 7;
/// How long registrations are asked for; longer than any run.
pub(super) const EXPIRES_S: u32 = 7_200;
/// REGISTERs under way at once.
const REGISTERING_MAX: usize = 50;

/// What both kinds of call use.
pub(super) struct Wire {
    socket: UdpSocket,
    pub(super) local: SocketAddr,
    pub(super) target: SocketAddr,
    random: RandomState,
    counter: u64,
    pub(super) streams: Option<Streams>,
    /// Requests without an answer, by branch.
    pending: HashMap<String, Pending>,
    due: BTreeMap<(Instant, u64), String>,
    pub(super) retransmissions: u64,
}

struct Pending {
    bytes: Vec<u8>,
    sends: u32,
    call_id: String,
}

impl Wire {
    fn open(plan: &FarmPlan) -> io::Result<Wire> {
        let socket = UdpSocket::bind(plan.bind)?;
        socket.set_read_timeout(Some(LOOK))?;
        let local = socket.local_addr()?;
        let streams = if plan.rtp { Some(Streams::start(local.ip())?) } else { None };
        let (pending, due) = (HashMap::new(), BTreeMap::new());
        let (random, target) = (RandomState::new(), plan.target);
        Ok(Wire { socket, local, target, random, counter: 0, streams, pending, due, retransmissions: 0 })
    }

    pub(super) fn token(&mut self) -> String {
        self.counter += 1;
        format!("{:016x}", self.random.hash_one(self.counter))
    }

    /// Sends without waiting for an answer.
    pub(super) fn send(&self, message: &Message) {
        // A full buffer loses the message, as a network would; timers repeat it.
        let _ = self.socket.send_to(&message.encode(), self.target);
    }

    /// Sends a request with a Via of its own and repeats it until its answer comes.
    pub(super) fn ask(&mut self, request: Message, call_id: &str) {
        let branch = format!("z9hG4bK{}", self.token());
        let via = format!("SIP/2.0/UDP {};branch={branch};rport", self.local);
        let mut request = request;
        request.headers.insert(0, ("Via".to_owned(), via));
        let bytes = request.encode();
        let _ = self.socket.send_to(&bytes, self.target);
        self.counter += 1;
        self.due.insert((Instant::now() + T1, self.counter), branch.clone());
        self.pending.insert(branch, Pending { bytes, sends: 1, call_id: call_id.to_owned() });
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
            let _ = self.socket.send_to(&pending.bytes, self.target);
            let wait = T1 * 2u32.pow(pending.sends);
            pending.sends += 1;
            self.retransmissions += 1;
            self.counter += 1;
            self.due.insert((now + wait, self.counter), branch);
        }
        lost
    }

    /// The description of one side.
    pub(super) fn description(&self, side: Side) -> String {
        let rtp = self.streams.as_ref().map_or(self.local, |streams| streams.local(side));
        Local { rtp, codec: crate::Codec::Pcma, dtmf: Some(101), version: 1, hold: None }.write()
    }

    pub(super) fn sound(&self, id: u32, side: Side, description: &str) {
        if let (Some(streams), Some(remote)) = (&self.streams, Remote::read(description)) {
            streams.add(id, side, remote.rtp);
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
}

/// Registers the phones, says `{"event":"registered"}` on standard output, waits for a line on standard input, makes the calls.
///
/// # Errors
/// When a socket cannot be opened, or a phone cannot register.
pub fn run(plan: FarmPlan) -> io::Result<FarmSummary> {
    let wire = Wire::open(&plan)?;
    let devices = plan.devices.iter().map(Device::new).collect();
    let mut farm = Farm {
        plan,
        wire,
        callers: HashMap::new(),
        devices,
        device_calls: HashMap::new(),
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

    fn wait_for_driver(&mut self) -> io::Result<()> {
        if self.devices.is_empty() {
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
            }
        }
    }

    /// Takes what has come and repeats what is due; gives calls whose request was never answered.
    fn turn(&mut self) -> Vec<String> {
        let mut buffer = [0; 16_384];
        for _ in 0..BATCH_MAX {
            let Ok((length, _)) = self.wire.socket.recv_from(&mut buffer) else { break };
            let Some(message) = Message::parse(&buffer[..length]) else { continue };
            self.take(&message);
        }
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
        let tag = self.wire.token();
        self.wire.send(&Message::response_to(request, code, phrase, &tag));
    }

    fn summary(mut self) -> FarmSummary {
        let mut summary = std::mem::take(&mut self.summary);
        summary.answer_ms = quantiles(&mut self.answer_ms);
        summary.ring_ms = quantiles(&mut self.ring_ms);
        summary.free_to_ring_ms = quantiles(&mut self.free_ms);
        summary.retransmissions = self.wire.retransmissions;
        if let Some(streams) = &self.wire.streams {
            // What is still under way has this long to arrive.
            std::thread::sleep(Duration::from_millis(200));
            let (sent, received, delay) = streams.totals();
            summary.rtp_sent = sent;
            summary.rtp_received = received;
            summary.rtp_lost = sent.saturating_sub(received);
            summary.rtp_delay_ms = delay;
        }
        summary
    }
}
