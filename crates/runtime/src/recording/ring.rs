//! Sound on its way from the media thread to the writer, and the floor loop's orders beside it.
//!
//! Two buffers change places: the media thread fills one while the writer works off the other, so nothing is allocated once both have
//! grown to what the load needs. The media thread never waits: beyond the limit a stretch is noted as lost.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::recording::GapCause;
use domain::{Mono, RecordingId};
use media::TapPacket;
use store::recordings::RecordingKey;

/// Sound that may wait for the writer: more than two seconds of a thousand recorded talks.
///
/// Overflow: the packet is left out, its stretch becomes a gap of the recording.
pub(super) const WAITING_BYTES_MAX: usize = 32 * 1024 * 1024;

/// What the floor loop says to the writer. Bounded by the recordings there are.
#[derive(Debug)]
pub(super) enum Order {
    /// Sound of it will come.
    Begin { recording: RecordingId, at: Mono },
    /// It may be written; `None` when its key could not be kept.
    Key { recording: RecordingId, key: Option<Box<RecordingKey>> },
    /// Nothing kept under plans up to `version` counts any more.
    Pause { recording: RecordingId, version: u64, at: Mono },
    /// Sound comes again.
    Resume { recording: RecordingId, at: Mono },
    /// No sound will come.
    End { recording: RecordingId },
    /// The node stops.
    Stop,
}

/// A stretch that did not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lost {
    pub from: u64,
    pub to: u64,
    pub cause: GapCause,
}

impl Lost {
    /// Both stretches and what lies between.
    pub(super) fn and(self, other: Lost) -> Lost {
        Lost { from: self.from.min(other.from), to: self.to.max(other.to), cause: self.cause }
    }
}

/// What the writer takes at a time.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub orders: VecDeque<Order>,
    pub packets: Vec<TapPacket>,
    pub lost: BTreeMap<RecordingId, Lost>,
}

#[derive(Debug, Default)]
struct Waiting {
    taken: Taken,
    bytes: usize,
    /// Empty buffers the writer is done with.
    spare: Vec<Vec<u8>>,
    closed: bool,
}

/// The two sides meet here.
#[derive(Debug, Default)]
pub(crate) struct SoundRing {
    waiting: Mutex<Waiting>,
    wake: Condvar,
}

impl SoundRing {
    /// Takes the sound of a packet over and gives its place a buffer to use again, if there is one.
    pub(crate) fn sound(&self, packet: TapPacket) -> Vec<u8> {
        let mut waiting = self.lock();
        let length = packet.samples.len();
        if waiting.closed {
            return packet.samples;
        }
        if waiting.bytes + length > WAITING_BYTES_MAX {
            let to = packet.at.saturating_add(length as u64);
            let lost = Lost { from: packet.at, to, cause: GapCause::Overflow };
            let known = waiting.taken.lost.entry(packet.recording).or_insert(lost);
            *known = known.and(lost);
            return packet.samples;
        }
        waiting.bytes += length;
        waiting.taken.packets.push(packet);
        waiting.spare.pop().unwrap_or_default()
    }

    pub(super) fn order(&self, order: Order) {
        self.lock().taken.orders.push_back(order);
        self.wake.notify_one();
    }

    /// Everything there is, into `taken`, which comes empty; waits for an order at most `limit`.
    pub(super) fn take(&self, taken: &mut Taken, limit: Duration) {
        let mut waiting = self.lock();
        if waiting.taken.orders.is_empty() {
            waiting = match self.wake.wait_timeout(waiting, limit) {
                Ok((waiting, _)) => waiting,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
        std::mem::swap(&mut waiting.taken, taken);
        waiting.bytes = 0;
    }

    /// Gives buffers back for the next packets.
    pub(super) fn give_back(&self, buffers: impl Iterator<Item = Vec<u8>>) {
        let mut waiting = self.lock();
        waiting.spare.extend(buffers.map(|mut buffer| {
            buffer.clear();
            buffer
        }));
        waiting.spare.truncate(SPARE_MAX);
    }

    /// Nothing is taken any more.
    pub(super) fn close(&self) {
        self.lock().closed = true;
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Buffers kept for the next packets: what a hundred milliseconds of four hundred talks need.
const SPARE_MAX: usize = 4_096;

#[cfg(test)]
mod tests {
    use super::*;
    use domain::LegId;
    use domain::room::{PortId, PortRole};
    use media::Codec;

    fn packet(recording: i64, at: u64, length: usize) -> TapPacket {
        TapPacket {
            recording: RecordingId(recording),
            version: 1,
            port: PortId::Leg(LegId(1)),
            role: PortRole::Customer,
            codec: Codec::Pcma,
            at,
            samples: vec![0; length],
        }
    }

    #[test]
    fn when_full_the_stretch_is_noted_and_nobody_waits() {
        let ring = SoundRing::default();
        ring.sound(packet(1, 0, WAITING_BYTES_MAX));
        ring.sound(packet(2, 800, 160));
        ring.sound(packet(2, 960, 160));
        let mut taken = Taken::default();
        ring.take(&mut taken, Duration::ZERO);
        assert_eq!(taken.packets.len(), 1);
        assert_eq!(taken.lost[&RecordingId(2)], Lost { from: 800, to: 1_120, cause: GapCause::Overflow });
        ring.sound(packet(2, 1_120, 160));
        let mut taken = Taken::default();
        ring.take(&mut taken, Duration::ZERO);
        assert_eq!((taken.packets.len(), taken.lost.len()), (1, 0));
    }

    #[test]
    fn buffers_go_round() {
        let ring = SoundRing::default();
        let mut taken = Taken::default();
        assert_eq!(ring.sound(packet(1, 0, 160)).capacity(), 0);
        ring.take(&mut taken, Duration::ZERO);
        ring.give_back(taken.packets.drain(..).map(|packet| packet.samples));
        let again = ring.sound(packet(1, 160, 160));
        assert!(again.is_empty() && again.capacity() >= 160);
    }
}
