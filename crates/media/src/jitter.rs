//! Evens out one source for mixing: packets go in as they come, a slot's worth of samples comes out every slot.
//!
//! What is held back is time, not packets: a packet that comes just after a slot was taken waits for the next one anyway, which is reserve enough for
//! a steady source, and only one that comes just before it is given a slot more. The reserve adapts: a late packet buys one slot, a long time with room
//! to spare gives back what there was. What is missing when its time comes is concealed.

use std::time::Duration;

use domain::Mono;

use crate::codec::{CLOCK_HZ, Codec, SLOT_SAMPLES};
use crate::conceal::{BLOCK, Concealer};

// Samples are tracked in blocks of 10 ms, which every usual packet time is a multiple of.
const BLOCKS: usize = 64;
/// 640 ms: far more than the greatest reserve, so that a burst fits.
const CAPACITY: i64 = (BLOCK * BLOCKS) as i64;
const SLOT: i64 = SLOT_SAMPLES as i64;
/// 3 ms, what threads on a busy machine are late by: with it a steady source waits 3 to 23 ms.
const RESERVE_MIN: i64 = 24;
/// 40 ms, for a source of which nothing is known: a quiet start.
const RESERVE_START: i64 = 2 * SLOT;
/// 160 ms: beyond it, talk suffers more from delay than from gaps.
const RESERVE_MAX: i64 = 8 * SLOT;
/// 38 dB below full scale: the noise of a room, no voice.
const QUIET: u16 = 400;
/// The estimate of RFC 3550 is a mean; few packets come later than four times as much.
const JITTERS: u32 = 4;
/// Packets after which the estimate of RFC 3550, of which each makes a sixteenth, is one.
const PACKETS_KNOWN: u64 = 100;
/// Slots without anything to play after which the next packet begins a new spurt.
const DRY_SLOTS: u32 = 10;
/// Slots until the first look at whether the reserve can shrink: 1 s, after which what was given to a source of which nothing was known is taken back.
const FIRST_REVIEW_SLOTS: u32 = 50;
/// Slots between two looks: 5 s, twice as long after each late packet, 80 s at most, so that a source that is uneven now and then is not cut and
/// stretched for ever.
const REVIEW_SLOTS: u32 = 250;
const REVIEW_SLOTS_MAX: u32 = 16 * REVIEW_SLOTS;

/// The buffer of one source.
#[derive(Debug)]
pub struct JitterBuffer {
    samples: [i16; BLOCK * BLOCKS],
    present: [bool; BLOCKS],
    /// The timestamp at position 0; `None` between spurts.
    origin: Option<u32>,
    next_read: i64,
    end: i64,
    /// When a slot was taken, or will be; the others are whole slots away.
    read_at: Mono,
    /// What a packet is to be ahead of its slot, samples.
    reserve: i64,
    /// The least that one was since the last look.
    spare_least: i64,
    slots_since_review: u32,
    review_slots: u32,
    /// How early the latest packet of the spurt comes, as of the last look.
    lead: Option<i64>,
    found: Found,
    /// A slot is to be left out, a quiet one if one comes before the next look.
    owes: bool,
    /// The next slot is further away than the others: what is ahead of it says nothing.
    moving: bool,
    dry_slots: u32,
    concealer: Concealer,
}

/// Whether there was a look at the source, and whether the room knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    NotYet,
    Untold,
    Told,
}

impl JitterBuffer {
    /// A buffer from which slots are taken at `read_at` and every 20 ms from there, of a source of which so many packets came with so
    /// much interarrival jitter (RFC 3550 §6.4.1, microseconds).
    pub fn new(read_at: Mono, packets: u64, jitter_us: u32) -> JitterBuffer {
        let known = samples(Duration::from_micros(u64::from(jitter_us)) * JITTERS).clamp(RESERVE_MIN, RESERVE_START);
        JitterBuffer {
            samples: [0; BLOCK * BLOCKS],
            present: [false; BLOCKS],
            origin: None,
            next_read: 0,
            end: 0,
            read_at,
            reserve: if packets >= PACKETS_KNOWN { known } else { RESERVE_START },
            spare_least: i64::MAX,
            slots_since_review: 0,
            review_slots: FIRST_REVIEW_SLOTS,
            lead: None,
            found: Found::NotYet,
            owes: false,
            moving: false,
            dry_slots: 0,
            concealer: Concealer::default(),
        }
    }

    /// What follows comes from another source.
    pub fn change_source(&mut self) {
        *self = JitterBuffer::new(self.read_at, 0, 0);
    }

    /// Takes a packet's payload, which came at `now`.
    pub fn write(&mut self, now: Mono, timestamp: u32, codec: Codec, payload: &[u8]) {
        let length = payload.len() as i64;
        if length == 0 || length > CAPACITY / 2 {
            return;
        }
        let ahead = self.until_read(now);
        let mut position = match self.origin {
            Some(origin) => i64::from(timestamp.wrapping_sub(origin) as i32),
            None => self.begin(timestamp, ahead),
        };
        let mut margin = position - self.next_read;
        if margin < -CAPACITY || margin + length > CAPACITY {
            // The source's clock jumped.
            position = self.begin(timestamp, ahead);
            margin = position - self.next_read;
        }
        if margin < 0 {
            self.owes = false;
            self.review_slots = (2 * self.review_slots.max(REVIEW_SLOTS)).min(REVIEW_SLOTS_MAX);
            if self.reserve < RESERVE_MAX {
                self.reserve += SLOT;
                self.next_read -= SLOT;
            }
            if position < self.next_read {
                return;
            }
        }
        // Of whole slots only: its first sample is taken with the one it falls into.
        if !self.moving {
            self.spare_least = self.spare_least.min(margin.div_euclid(SLOT) * SLOT + ahead);
        }
        self.put(position, codec, payload, false);
    }

    /// Samples from `now` until the next slot is taken, one slot at most.
    fn until_read(&self, now: Mono) -> i64 {
        let (now, read_at) = (now.0 as i64, self.read_at.0 as i64);
        let slot = SLOT * 1_000_000_000 / i64::from(CLOCK_HZ);
        let passed = now.wrapping_sub(read_at).rem_euclid(slot);
        SLOT - passed * i64::from(CLOCK_HZ) / 1_000_000_000
    }

    /// Takes what stands in for a packet that did not come. It says nothing of how the others come, and is left out when it is too late.
    pub fn fill(&mut self, timestamp: u32, codec: Codec, payload: &[u8]) {
        let Some(origin) = self.origin else { return };
        let position = i64::from(timestamp.wrapping_sub(origin) as i32);
        let margin = position - self.next_read;
        if margin >= 0 && margin + payload.len() as i64 <= CAPACITY {
            self.put(position, codec, payload, true);
        }
    }

    /// `beside`: blocks that came are left as they are.
    fn put(&mut self, position: i64, codec: Codec, payload: &[u8], beside: bool) {
        let before = self.present;
        for (n, byte) in payload.iter().enumerate() {
            let index = (position + n as i64).rem_euclid(CAPACITY) as usize;
            if beside && before[index / BLOCK] {
                continue;
            }
            self.samples[index] = codec.decode(*byte);
            self.present[index / BLOCK] = true;
        }
        self.end = self.end.max(position + payload.len() as i64);
    }

    /// The next slot of samples, taken at `now`; `false` when there was nothing of the source in it.
    pub fn read(&mut self, now: Mono, out: &mut [i16; SLOT_SAMPLES]) -> bool {
        out.fill(0);
        self.read_at = now;
        self.moving = false;
        if self.origin.is_none() {
            return false;
        }
        if self.owes && self.is_quiet() {
            self.pay();
        }
        let mut heard = false;
        for part in out.chunks_exact_mut(BLOCK) {
            heard |= self.read_block(part);
        }
        self.dry_slots = if heard || self.next_read <= 0 { 0 } else { self.dry_slots + 1 };
        if self.dry_slots >= DRY_SLOTS {
            self.origin = None;
        }
        self.review();
        heard
    }

    /// Whether a source is there of which nothing is known yet.
    pub fn is_seeking(&self) -> bool {
        self.origin.is_some() && self.found == Found::NotYet
    }

    /// Whether the first look at the source is over; told once.
    pub fn take_found(&mut self) -> bool {
        let untold = self.found == Found::Untold;
        if untold {
            self.found = Found::Told;
        }
        untold
    }

    /// How much earlier than its slot the latest packet of the source comes, samples; `None` before the first look at a spurt.
    pub fn lead(&self) -> Option<i64> {
        self.lead.map(|lead| lead.min(self.spare_least))
    }

    /// Slots are taken `by` later from here on, less than a slot. A source that comes a whole slot too early with it is to leave one out.
    pub fn postpone(&mut self, by: Duration) {
        let samples = samples(by);
        self.read_at = self.read_at + by;
        self.moving = true;
        let Some(lead) = self.lead() else { return };
        self.owes |= to_spare(lead + samples) > to_spare(lead);
        self.move_lead(samples);
    }

    fn move_lead(&mut self, samples: i64) {
        self.lead = self.lead.map(|lead| lead + samples);
        if self.spare_least != i64::MAX {
            self.spare_least += samples;
        }
    }

    fn pay(&mut self) {
        if std::mem::take(&mut self.owes) {
            self.skip(1);
            self.move_lead(-SLOT);
        }
    }

    /// Whether nobody would miss the next slot.
    fn is_quiet(&self) -> bool {
        (self.next_read..self.next_read + SLOT).all(|position| {
            let index = position.rem_euclid(CAPACITY) as usize;
            self.present[index / BLOCK] && self.samples[index].unsigned_abs() <= QUIET
        })
    }

    fn read_block(&mut self, part: &mut [i16]) -> bool {
        let index = self.next_read.rem_euclid(CAPACITY) as usize;
        self.next_read += BLOCK as i64;
        let block = index / BLOCK;
        let heard = std::mem::take(&mut self.present[block]);
        if heard {
            part.copy_from_slice(&self.samples[index..index + BLOCK]);
            self.concealer.hear(part);
        } else {
            self.concealer.fill(part);
        }
        heard
    }

    fn begin(&mut self, timestamp: u32, ahead: i64) -> i64 {
        self.origin = Some(timestamp);
        self.present = [false; BLOCKS];
        let slots = ((self.reserve - ahead).max(0) + SLOT - 1) / SLOT;
        self.next_read = -slots * SLOT;
        self.end = 0;
        self.dry_slots = 0;
        self.lead = None;
        self.owes = false;
        self.spare_least = i64::MAX;
        self.slots_since_review = 0;
        0
    }

    fn review(&mut self) {
        self.slots_since_review += 1;
        if self.slots_since_review < self.review_slots {
            return;
        }
        self.pay();
        if self.spare_least != i64::MAX {
            let slots = to_spare(self.spare_least);
            self.reserve = (self.reserve - slots * SLOT).max(RESERVE_MIN);
            self.skip(slots);
            self.lead = Some(self.spare_least - slots * SLOT);
            if self.found == Found::NotYet {
                self.found = Found::Untold;
            }
        }
        self.review_slots = self.review_slots.max(REVIEW_SLOTS);
        self.slots_since_review = 0;
        self.spare_least = i64::MAX;
    }

    /// Leaves out what is next.
    fn skip(&mut self, slots: i64) {
        for _ in 0..slots * SLOT / BLOCK as i64 {
            let block = self.next_read.rem_euclid(CAPACITY) as usize / BLOCK;
            self.present[block] = false;
            self.next_read += BLOCK as i64;
        }
    }
}

/// Whole slots by which a source comes earlier than it has to.
fn to_spare(lead: i64) -> i64 {
    (lead - RESERVE_MIN).max(0) / SLOT
}

fn samples(time: Duration) -> i64 {
    i64::try_from(time.as_nanos() * u128::from(CLOCK_HZ) / 1_000_000_000).unwrap_or(i64::MAX)
}

#[cfg(test)]
#[path = "jitter_tests.rs"]
mod tests;
