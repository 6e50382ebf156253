//! The media plane: all legs and rooms of one media thread, as one machine.
//!
//! `legs.rs` makes and ends legs, `packets.rs` takes what arrives, `rooms.rs` makes plans so, `slots.rs` does what is due with time,
//! `digits.rs` sends keys, `web.rs` keeps the browsers' port, `sending.rs` is where packets leave, `quality.rs` rates legs.

mod digits;
#[cfg(test)]
mod encrypted_tests;
mod legs;
mod packets;
mod quality;
mod rooms;
mod sending;
mod slots;
mod taps;
mod web;

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use domain::random::SplitMix64;
use domain::{Key, LegId, Mono, Now, RoomId};

use crate::leg::{Epoch, Leg, WebIdentity};
use crate::room::{LoadedPlan, Room};
use crate::tap::TapPacket;
use crate::{MediaCensus, MediaError, MediaEvent, RtpParams};

pub use quality::{QualityFigures, SCORE_BOUNDS_HUNDREDTHS};

/// Everything that is due with time is looked at this often.
pub(crate) const TICK: Duration = Duration::from_millis(5);
/// Legs of one plane: four times what one thread is meant to carry.
const LEGS_MAX: usize = 8_192;
/// Packet buffers kept for the next packet.
const POOL_MAX: usize = 1_024;
/// Room for a packet of 20 ms, its header and its tag, so that a pooled buffer hardly ever grows; thousands are in use where many calls are
/// recorded.
const PACKET_BYTES: usize = 192;

/// Where a telephone leg lives in the plane, and its socket beside it. Given again to another leg after [`Output::Released`].
pub type Slot = usize;

/// What a plane has to know.
#[derive(Clone, Debug)]
pub struct PlaneConfig {
    /// The `Instant` at which [`Mono`] was zero, for str0m.
    pub epoch: Instant,
    /// Addresses browsers can reach the shared port at; at least one.
    pub candidates: Vec<SocketAddr>,
    /// Something unpredictable, for SSRCs and first sequence numbers.
    pub seed: u64,
}

/// What goes in.
#[derive(Debug)]
pub enum Input<'a> {
    /// A datagram on a telephone leg's RTP port.
    Rtp {
        /// Whose port.
        slot: Slot,
        /// From where.
        from: SocketAddr,
        /// What.
        bytes: &'a [u8],
    },
    /// A datagram on a telephone leg's RTCP port.
    Rtcp {
        /// Whose port.
        slot: Slot,
        /// From where.
        from: SocketAddr,
        /// What.
        bytes: &'a [u8],
    },
    /// A datagram on the browsers' port.
    Web {
        /// The candidate it was sent to.
        candidate: SocketAddr,
        /// From where.
        from: SocketAddr,
        /// What.
        bytes: &'a [u8],
    },
    /// A reserved leg was negotiated, or negotiated again.
    OpenRtp {
        /// Which.
        leg: LegId,
        /// The outcome.
        params: RtpParams,
    },
    /// The call of an open telephone leg is up; from here on a peer that sends nothing at all is missed.
    Answered(LegId),
    /// Make the room so.
    SetRoom(LoadedPlan),
    /// The room is over.
    CloseRoom(RoomId),
    /// Send keys to a telephone leg, one after another and after those in waiting, in the place of what it hears. Of a browser's leg
    /// nothing comes of it; what finds no room, or no way to the peer, is counted in [`Counters::digits`].
    SendDigits {
        /// To which.
        leg: LegId,
        /// Which, in order.
        keys: Vec<Key>,
    },
    /// The leg is over.
    CloseLeg(LegId),
    /// Time passed.
    Tick,
}

/// Which way a datagram leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// The RTP socket of a telephone leg.
    Rtp(Slot),
    /// The socket beside it.
    Rtcp(Slot),
    /// The browsers' port, from this candidate.
    Web(SocketAddr),
}

/// What comes out.
#[derive(Debug)]
pub enum Output {
    /// A datagram. The buffer is given back with [`MediaPlane::recycle`].
    Transmit {
        /// Which way.
        via: Via,
        /// Where to.
        to: SocketAddr,
        /// What.
        bytes: Vec<u8>,
    },
    /// Something happened.
    Event(MediaEvent),
    /// Sound for a recording. The buffer is given back with [`MediaPlane::recycle`].
    Tap(TapPacket),
    /// The sockets of a telephone leg are not needed any more. Follows the last datagram through them.
    Released(Slot),
}

/// What was dropped, for the operator; nothing here ever ends a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Datagrams that are not RTP, or of no agreed payload type.
    pub malformed: u64,
    /// Packets of somebody else on a telephone leg's port.
    pub foreign: u64,
    /// Packets of sources that are being learned.
    pub learning: u64,
    /// Packets that came twice, or too late.
    pub doubled: u64,
    /// Packets on the port of an encrypted telephone leg that were altered, or are in clear.
    pub unbelieved: u64,
    /// Datagrams on the browsers' port that belong to no leg.
    pub unclaimed: u64,
    /// Plans at or below the version in force.
    pub stale_plans: u64,
    /// Keys that were not sent: beyond [`DIGITS_MAX`](crate::DIGITS_MAX) in waiting, or to a leg that takes no sound.
    pub digits: u64,
}

/// The machine.
#[derive(Debug)]
pub struct MediaPlane {
    epoch: Epoch,
    candidates: Vec<SocketAddr>,
    identity: WebIdentity,
    random: SplitMix64,
    legs: Vec<Option<Leg>>,
    /// When each leg is to be looked at next. Apart from the legs, which are too large to be passed by two hundred times a second.
    looks: Vec<Mono>,
    slot_of: HashMap<LegId, Slot>,
    rooms: HashMap<RoomId, Room>,
    /// The room a leg stands in, also before it is there.
    room_of: HashMap<LegId, RoomId>,
    web: web::WebPort,
    outputs: VecDeque<Output>,
    pool: Vec<Vec<u8>>,
    next_tick: Mono,
    due_rooms: Vec<RoomId>,
    counters: Counters,
    rated: quality::Rated,
}

impl MediaPlane {
    /// A plane without legs.
    pub fn new(config: PlaneConfig) -> Result<MediaPlane, MediaError> {
        Ok(MediaPlane {
            epoch: Epoch(config.epoch),
            candidates: config.candidates,
            identity: WebIdentity::generate().ok_or(MediaError::NoCodec)?,
            random: SplitMix64(config.seed),
            legs: Vec::new(),
            looks: Vec::new(),
            slot_of: HashMap::new(),
            rooms: HashMap::new(),
            room_of: HashMap::new(),
            web: web::WebPort::default(),
            outputs: VecDeque::new(),
            pool: Vec::new(),
            next_tick: Mono(0),
            due_rooms: Vec::new(),
            counters: Counters::default(),
            rated: quality::Rated::default(),
        })
    }

    /// Takes one thing that happened.
    pub fn handle(&mut self, now: Now, input: Input<'_>) {
        match input {
            Input::Rtp { slot, from, bytes } => self.receive_rtp(now.mono, slot, from, bytes),
            Input::Rtcp { slot, from, bytes } => self.receive_rtcp(now.mono, slot, from, bytes),
            Input::Web { candidate, from, bytes } => self.receive_web(now.mono, candidate, from, bytes),
            Input::OpenRtp { leg, params } => self.open_rtp(now.mono, leg, params),
            Input::Answered(leg) => self.answered(now.mono, leg),
            Input::SetRoom(loaded) => self.set_room(now.mono, loaded),
            Input::CloseRoom(room) => self.close_room(now.mono, room),
            Input::SendDigits { leg, keys } => self.send_digits(now.mono, leg, &keys),
            Input::CloseLeg(leg) => self.close_leg(now, leg),
            Input::Tick => self.tick(now),
        }
        self.drive_web(now.mono);
    }

    /// The next thing to do for the caller; to be called until `None`.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to come again, and why; `None` when nothing is going on.
    pub fn poll_timeout(&self) -> Option<(Mono, &'static str)> {
        let idle = self.slot_of.is_empty() && self.rooms.is_empty();
        (!idle).then_some((self.next_tick, "media tick"))
    }

    /// What is there.
    pub fn census(&self) -> MediaCensus {
        MediaCensus {
            legs: self.slot_of.len(),
            rtp_sockets: self.legs.iter().flatten().filter(|leg| legs::is_telephone(leg)).count(),
            rooms: self.rooms.len(),
            plays: self.rooms.values().flat_map(|room| &room.plays).filter(|play| play.is_live()).count(),
        }
    }

    /// What was dropped so far.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// The legs there are, to close them all at the end.
    pub fn legs(&self) -> Vec<LegId> {
        self.slot_of.keys().copied().collect()
    }

    /// Takes back the buffer of a datagram that has left.
    pub fn recycle(&mut self, mut bytes: Vec<u8>) {
        if self.pool.len() < POOL_MAX {
            bytes.clear();
            self.pool.push(bytes);
        }
    }

    fn leg(&self, slot: Slot) -> Option<&Leg> {
        self.legs.get(slot)?.as_ref()
    }

    fn leg_mut(&mut self, slot: Slot) -> Option<&mut Leg> {
        self.legs.get_mut(slot)?.as_mut()
    }

    /// Something about a leg has changed: it is looked at with the next tick.
    fn look_soon(&mut self, slot: Slot) {
        if let Some(at) = self.looks.get_mut(slot) {
            *at = Mono(0);
        }
    }

    fn emit(&mut self, event: MediaEvent) {
        self.outputs.push_back(Output::Event(event));
    }

    fn buffer(&mut self) -> Vec<u8> {
        self.pool.pop().unwrap_or_else(|| Vec::with_capacity(PACKET_BYTES))
    }
}
