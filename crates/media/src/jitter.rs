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
    dry_slots: u32,
    concealer: Concealer,
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
        self.spare_least = self.spare_least.min(margin.div_euclid(SLOT) * SLOT + ahead);
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
        if self.origin.is_none() {
            return false;
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
        self.spare_least = i64::MAX;
        self.slots_since_review = 0;
        0
    }

    fn review(&mut self) {
        self.slots_since_review += 1;
        if self.slots_since_review < self.review_slots {
            return;
        }
        if self.spare_least != i64::MAX {
            let slots = (self.spare_least - RESERVE_MIN).max(0) / SLOT;
            self.reserve = (self.reserve - slots * SLOT).max(RESERVE_MIN);
            for _ in 0..slots * SLOT / BLOCK as i64 {
                let block = self.next_read.rem_euclid(CAPACITY) as usize / BLOCK;
                self.present[block] = false;
                self.next_read += BLOCK as i64;
            }
        }
        self.review_slots = self.review_slots.max(REVIEW_SLOTS);
        self.slots_since_review = 0;
        self.spare_least = i64::MAX;
    }
}

fn samples(time: Duration) -> i64 {
    i64::try_from(time.as_nanos() * u128::from(CLOCK_HZ) / 1_000_000_000).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Packet `n` is filled with one value, so that it is known again when it comes out.
    fn payload(n: u32) -> [u8; 160] {
        [Codec::Pcmu.encode(value(n)); 160]
    }

    fn value(n: u32) -> i16 {
        Codec::Pcmu.decode(0x80 + (n % 100) as u8)
    }

    fn ms(at: u64) -> Mono {
        Mono(at * 1_000_000)
    }

    /// Of a source nothing is known of; slots are taken at full twenties of milliseconds.
    fn unknown() -> JitterBuffer {
        JitterBuffer::new(ms(0), 0, 0)
    }

    /// Packet `n`, in the middle between two slots.
    fn write(buffer: &mut JitterBuffer, slot: u64, n: u32) {
        buffer.write(ms(slot * 20 + 10), n.wrapping_mul(160), Codec::Pcmu, &payload(n));
    }

    fn read(buffer: &mut JitterBuffer) -> (bool, i16) {
        let mut out = [0; SLOT_SAMPLES];
        let heard = buffer.read(buffer.read_at + Duration::from_millis(20), &mut out);
        (heard, out[0])
    }

    #[test]
    fn a_regular_source_comes_out_whole_after_the_delay() {
        let mut buffer = unknown();
        let mut heard = Vec::new();
        for n in 0..50u32 {
            buffer.write(ms(u64::from(n) * 20 + 10), n.wrapping_mul(160).wrapping_sub(400), Codec::Pcmu, &payload(n));
            heard.push(read(&mut buffer));
        }
        assert!(heard[..2].iter().all(|(heard, _)| !heard));
        for (n, slot) in heard[2..].iter().enumerate() {
            assert_eq!(*slot, (true, value(n as u32)));
        }
    }

    #[test]
    fn a_source_known_to_be_steady_waits_three_to_twenty_three_milliseconds() {
        for phase_us in (0..20_000).step_by(250) {
            let mut buffer = JitterBuffer::new(ms(0), 1_000, 200);
            let mut waited = None;
            for n in 0..100u32 {
                let came = Mono((u64::from(n) * 20_000 + phase_us) * 1_000);
                buffer.write(came, n * 160, Codec::Pcmu, &payload(n));
                let (heard, sample) = read(&mut buffer);
                if heard && waited.is_none() {
                    assert_eq!(sample, value(0));
                    waited = Some(buffer.read_at.since(Mono(phase_us * 1_000)));
                }
                assert_eq!(heard, waited.is_some(), "{phase_us}: packet {n}");
            }
            let waited = waited.unwrap();
            assert!(
                waited >= Duration::from_millis(3) && waited <= Duration::from_millis(23),
                "{phase_us}: {waited:?}"
            );
        }
    }

    #[test]
    fn one_of_which_nothing_is_known_is_found_steady_within_a_second() {
        let mut buffer = unknown();
        let mut heard = Vec::new();
        for n in 0..100u32 {
            write(&mut buffer, u64::from(n), n);
            heard.push(read(&mut buffer));
        }
        assert_eq!(heard[49], (true, value(47)));
        for (n, slot) in heard.iter().enumerate().skip(50) {
            assert_eq!(*slot, (true, value(n as u32)), "{n}");
        }
    }

    #[test]
    fn one_known_to_be_uneven_is_given_what_it_needs() {
        let mut buffer = JitterBuffer::new(ms(0), 1_000, 6_000);
        write(&mut buffer, 0, 0);
        let heard: Vec<bool> = (0..3).map(|_| read(&mut buffer).0).collect();
        assert_eq!(heard, [false, true, false]);
    }

    #[test]
    fn order_is_restored_and_gaps_fade() {
        let mut buffer = unknown();
        for n in [0, 2, 1, 4] {
            write(&mut buffer, 0, n);
        }
        let heard: Vec<_> = (0..7).map(|_| read(&mut buffer)).collect();
        assert_eq!(heard[2..5], [(true, value(0)), (true, value(1)), (true, value(2))]);
        // What is constant goes on so.
        assert_eq!(heard[5], (false, value(2)));
        assert!(heard[6].0);
    }

    #[test]
    fn what_stands_in_for_a_packet_is_played_in_its_place_and_buys_no_delay() {
        let mut buffer = unknown();
        write(&mut buffer, 0, 0);
        write(&mut buffer, 0, 2);
        buffer.fill(160, Codec::Pcmu, &payload(9));
        // A packet that came is left alone.
        buffer.fill(320, Codec::Pcmu, &payload(7));
        let heard: Vec<_> = (0..5).map(|_| read(&mut buffer)).collect();
        assert_eq!(heard[2..], [(true, value(0)), (true, value(9)), (true, value(2))]);
        buffer.fill(160, Codec::Pcmu, &payload(9));
        assert_eq!(buffer.reserve, RESERVE_START);
    }

    #[test]
    fn late_packets_buy_reserve_and_steady_ones_give_it_back_after_twice_the_time() {
        let mut buffer = unknown();
        write(&mut buffer, 0, 0);
        for _ in 0..5 {
            read(&mut buffer);
        }
        write(&mut buffer, 5, 1);
        assert_eq!(buffer.reserve, RESERVE_START + SLOT);
        // What was held up comes at once, and the rest in time.
        (2..5).for_each(|n| write(&mut buffer, 5, n));
        let mut heard = Vec::new();
        for n in 5..1_600u32 {
            write(&mut buffer, u64::from(n), n);
            heard.push(read(&mut buffer));
            assert!(heard.last().unwrap().0);
        }
        let cuts: Vec<usize> = (1..heard.len()).filter(|n| heard[*n].1 != value(*n as u32 + 2)).collect();
        // In the first stretch of twice the time there is a packet that was just in time.
        assert_eq!(cuts.first(), Some(&(4 * REVIEW_SLOTS as usize - 5)));
        assert!(buffer.reserve < RESERVE_START, "{}", buffer.reserve);
    }

    #[test]
    fn a_jump_and_a_pause_begin_a_new_spurt() {
        let mut buffer = unknown();
        write(&mut buffer, 0, 0);
        buffer.write(ms(10), 4_000_000, Codec::Pcmu, &payload(7));
        let heard: Vec<_> = (0..3).map(|_| read(&mut buffer)).collect();
        assert_eq!(heard[2], (true, value(7)));
        for _ in 0..DRY_SLOTS {
            read(&mut buffer);
        }
        assert_eq!(buffer.origin, None);
        buffer.write(buffer.read_at + Duration::from_millis(10), 9, Codec::Pcmu, &payload(8));
        let heard: Vec<_> = (0..3).map(|_| read(&mut buffer)).collect();
        assert_eq!(heard[2], (true, value(8)));
    }

    #[test]
    fn packets_of_thirty_and_ten_milliseconds_fit() {
        for (length, every) in [(240usize, 3u32), (80, 1)] {
            let mut buffer = unknown();
            let mut sounding = 0;
            let mut sent = 0u32;
            for slot in 0..100u32 {
                while sent * every * 80 <= slot * 160 {
                    buffer.write(ms(u64::from(slot) * 20 + 10), sent * every * 80, Codec::Pcma, &vec![0x10; length]);
                    sent += 1;
                }
                sounding += u32::from(read(&mut buffer).0);
            }
            assert!(sounding >= 95, "{length}: {sounding} of 100 slots");
        }
    }
}
