//! Evens out one source for mixing: packets go in as they come, a slot's worth of samples comes out every slot.
//!
//! The delay adapts: a late packet buys one slot more, a long time with room to spare gives one back. What is missing when its time comes is
//! concealed.

use crate::codec::{Codec, SLOT_SAMPLES};
use crate::conceal::{BLOCK, Concealer};

// Samples are tracked in blocks of 10 ms, which every usual packet time is a multiple of.
const BLOCKS: usize = 64;
/// 640 ms: far more than the greatest delay, so that a burst fits.
const CAPACITY: i64 = (BLOCK * BLOCKS) as i64;
const SLOT: i64 = SLOT_SAMPLES as i64;
/// One slot is the least with which a regular source never runs dry; two are a quiet start.
const DELAY_MIN: i64 = SLOT;
const DELAY_START: i64 = 2 * SLOT;
/// 160 ms: beyond it, talk suffers more from delay than from gaps.
const DELAY_MAX: i64 = 8 * SLOT;
/// Slots without anything to play after which the next packet begins a new spurt.
const DRY_SLOTS: u32 = 10;
/// Slots between two looks at whether the delay can shrink: 5 s.
const REVIEW_SLOTS: u32 = 250;

/// The buffer of one source.
#[derive(Debug)]
pub struct JitterBuffer {
    samples: [i16; BLOCK * BLOCKS],
    present: [bool; BLOCKS],
    /// The timestamp at position 0; `None` between spurts.
    origin: Option<u32>,
    next_read: i64,
    end: i64,
    delay: i64,
    margin_least: i64,
    slots_since_review: u32,
    dry_slots: u32,
    concealer: Concealer,
}

impl Default for JitterBuffer {
    fn default() -> Self {
        JitterBuffer {
            samples: [0; BLOCK * BLOCKS],
            present: [false; BLOCKS],
            origin: None,
            next_read: 0,
            end: 0,
            delay: DELAY_START,
            margin_least: i64::MAX,
            slots_since_review: 0,
            dry_slots: 0,
            concealer: Concealer::default(),
        }
    }
}

impl JitterBuffer {
    /// Takes a packet's payload.
    pub fn write(&mut self, timestamp: u32, codec: Codec, payload: &[u8]) {
        let length = payload.len() as i64;
        if length == 0 || length > CAPACITY / 2 {
            return;
        }
        let mut position = match self.origin {
            Some(origin) => i64::from(timestamp.wrapping_sub(origin) as i32),
            None => self.begin(timestamp),
        };
        let mut margin = position - self.next_read;
        if margin < -CAPACITY || margin + length > CAPACITY {
            // The source's clock jumped.
            position = self.begin(timestamp);
            margin = position - self.next_read;
        }
        if margin < 0 {
            if self.delay < DELAY_MAX {
                self.delay += SLOT;
                self.next_read -= SLOT;
            }
            if position < self.next_read {
                return;
            }
        }
        self.margin_least = self.margin_least.min(margin);
        self.put(position, codec, payload, false);
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

    /// The next slot of samples; `false` when there was nothing of the source in it.
    pub fn read(&mut self, out: &mut [i16; SLOT_SAMPLES]) -> bool {
        out.fill(0);
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

    fn begin(&mut self, timestamp: u32) -> i64 {
        self.origin = Some(timestamp);
        self.present = [false; BLOCKS];
        self.next_read = -self.delay;
        self.end = 0;
        self.dry_slots = 0;
        self.margin_least = i64::MAX;
        self.slots_since_review = 0;
        0
    }

    fn review(&mut self) {
        self.slots_since_review += 1;
        if self.slots_since_review < REVIEW_SLOTS {
            return;
        }
        let spare = self.margin_least != i64::MAX && self.margin_least >= 2 * SLOT;
        if spare && self.delay > DELAY_MIN {
            self.delay -= SLOT;
            for _ in 0..SLOT_SAMPLES / BLOCK {
                let block = self.next_read.rem_euclid(CAPACITY) as usize / BLOCK;
                self.present[block] = false;
                self.next_read += BLOCK as i64;
            }
        }
        self.slots_since_review = 0;
        self.margin_least = i64::MAX;
    }
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

    fn read(buffer: &mut JitterBuffer) -> (bool, i16) {
        let mut out = [0; SLOT_SAMPLES];
        let heard = buffer.read(&mut out);
        (heard, out[0])
    }

    #[test]
    fn a_regular_source_comes_out_whole_after_the_delay() {
        let mut buffer = JitterBuffer::default();
        let mut heard = Vec::new();
        for n in 0..50u32 {
            buffer.write(n.wrapping_mul(160).wrapping_sub(400), Codec::Pcmu, &payload(n));
            heard.push(read(&mut buffer));
        }
        assert!(heard[..2].iter().all(|(heard, _)| !heard));
        for (n, slot) in heard[2..].iter().enumerate() {
            assert_eq!(*slot, (true, value(n as u32)));
        }
    }

    #[test]
    fn order_is_restored_and_gaps_fade() {
        let mut buffer = JitterBuffer::default();
        for n in [0, 2, 1, 4] {
            buffer.write(n * 160, Codec::Pcmu, &payload(n));
        }
        let heard: Vec<_> = (0..7).map(|_| read(&mut buffer)).collect();
        assert_eq!(heard[2..5], [(true, value(0)), (true, value(1)), (true, value(2))]);
        // What is constant goes on so.
        assert_eq!(heard[5], (false, value(2)));
        assert!(heard[6].0);
    }

    #[test]
    fn what_stands_in_for_a_packet_is_played_in_its_place_and_buys_no_delay() {
        let mut buffer = JitterBuffer::default();
        buffer.write(0, Codec::Pcmu, &payload(0));
        buffer.write(320, Codec::Pcmu, &payload(2));
        buffer.fill(160, Codec::Pcmu, &payload(9));
        // A packet that came is left alone.
        buffer.fill(320, Codec::Pcmu, &payload(7));
        let heard: Vec<_> = (0..5).map(|_| read(&mut buffer)).collect();
        assert_eq!(heard[2..], [(true, value(0)), (true, value(9)), (true, value(2))]);
        buffer.fill(160, Codec::Pcmu, &payload(9));
        assert_eq!(buffer.delay, DELAY_START);
    }

    #[test]
    fn late_packets_buy_delay_and_steady_ones_give_it_back() {
        let mut buffer = JitterBuffer::default();
        buffer.write(0, Codec::Pcmu, &payload(0));
        for _ in 0..5 {
            read(&mut buffer);
        }
        buffer.write(160, Codec::Pcmu, &payload(1));
        assert_eq!(buffer.delay, DELAY_START + SLOT);
        for n in 2..2_000u32 {
            buffer.write(n * 160, Codec::Pcmu, &payload(n));
            read(&mut buffer);
            if n % 3 == 0 && buffer.margin_least < SLOT {
                buffer.next_read -= SLOT;
            }
        }
        assert!(buffer.delay <= DELAY_START, "{}", buffer.delay);
    }

    #[test]
    fn a_jump_and_a_pause_begin_a_new_spurt() {
        let mut buffer = JitterBuffer::default();
        buffer.write(0, Codec::Pcmu, &payload(0));
        buffer.write(4_000_000, Codec::Pcmu, &payload(7));
        let heard: Vec<_> = (0..3).map(|_| read(&mut buffer)).collect();
        assert_eq!(heard[2], (true, value(7)));
        for _ in 0..DRY_SLOTS {
            read(&mut buffer);
        }
        assert_eq!(buffer.origin, None);
        buffer.write(9, Codec::Pcmu, &payload(8));
        let heard: Vec<_> = (0..3).map(|_| read(&mut buffer)).collect();
        assert_eq!(heard[2], (true, value(8)));
    }

    #[test]
    fn packets_of_thirty_and_ten_milliseconds_fit() {
        for (length, every) in [(240usize, 3u32), (80, 1)] {
            let mut buffer = JitterBuffer::default();
            let mut sounding = 0;
            let mut sent = 0u32;
            for slot in 0..100u32 {
                while sent * every * 80 <= slot * 160 {
                    buffer.write(sent * every * 80, Codec::Pcma, &vec![0x10; length]);
                    sent += 1;
                }
                sounding += u32::from(read(&mut buffer).0);
            }
            assert!(sounding >= 95, "{length}: {sounding} of 100 slots");
        }
    }
}
