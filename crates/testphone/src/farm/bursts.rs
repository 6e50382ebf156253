//! Sound that says whose it is after it was decoded, mixed with the silence of others, and coded again.
//!
//! A burst is one packet of forty blocks of half a millisecond, each loud and either above zero or below: first one above, then the number of the
//! stream, the number of the burst, and a check. Between bursts a stream sends silence. The voices of a call take turns, so that never two
//! bursts are mixed with each other.

use std::time::Duration;

use crate::g711::Codec;
use crate::rtp::FRAME;

/// A voice sends a burst every so many packets.
pub(super) const EVERY: u64 = 15;
/// Voices of one call at most, in turn.
pub(super) const LANES: u64 = 3;
const BLOCKS: usize = 40;
const BLOCK: usize = FRAME / BLOCKS;
/// Far from clipping with two more voices in it.
const LOUD: i16 = 8_000;
const THRESHOLD: i32 = LOUD as i32 / 2;
const ID_BITS: u32 = 12;
const NUMBER_BITS: u32 = 8;
/// Of bursts that lost a part of themselves, one in half a million passes.
const CHECK_BITS: u32 = 19;
/// Bursts are numbered up to this and from the beginning again.
pub(super) const NUMBERS: usize = 1 << NUMBER_BITS;
const SAMPLE: Duration = Duration::from_micros(125);

/// Whether the voice of a lane has its turn in a slot.
pub(super) fn is_turn(slot: u64, lane: u64) -> bool {
    slot % EVERY == lane * (EVERY / LANES)
}

/// The payload of a burst, A-law.
pub(super) fn burst(id: u32, number: u32) -> [u8; FRAME] {
    let bits = word(id, number);
    let mut payload = [0; FRAME];
    for (at, block) in payload.chunks_exact_mut(BLOCK).enumerate() {
        let above = bits >> (BLOCKS - 1 - at) & 1 == 1;
        block.fill(Codec::Pcma.encode(if above { LOUD } else { -LOUD }));
    }
    payload
}

fn word(id: u32, number: u32) -> u64 {
    let what = ((id % (1 << ID_BITS)) << NUMBER_BITS) | (number % (1 << NUMBER_BITS));
    let check = (what ^ 0x5a5a_5a5a).wrapping_mul(0x9e37_79b1) >> (u32::BITS - CHECK_BITS);
    (1 << (BLOCKS - 1)) | (u64::from(what) << CHECK_BITS) | u64::from(check)
}

/// A burst that was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Burst {
    /// The stream, within 12 bits.
    pub(super) id: u32,
    /// Its number, within [`NUMBERS`].
    pub(super) number: u32,
    /// When its first sample was there: the arrival of the packet that held it, and the place in that packet.
    pub(super) at: Duration,
}

/// Listens to what one leg is sent, packet by packet.
#[derive(Debug, Default)]
pub(super) struct Listener {
    /// Of a burst that is being heard: since when, and what of it there is.
    burst: Option<(Duration, Vec<i16>)>,
}

impl Listener {
    /// A payload arrived at `now`; the burst that ends in it.
    pub(super) fn hear(&mut self, now: Duration, payload: &[u8]) -> Option<Burst> {
        let mut heard = None;
        for (at, byte) in payload.iter().enumerate() {
            let sample = Codec::Pcma.decode(*byte);
            if self.burst.is_none() && i32::from(sample).abs() > THRESHOLD {
                self.burst = Some((now + SAMPLE * u32::try_from(at).unwrap_or_default(), Vec::with_capacity(FRAME)));
            }
            let Some((_, samples)) = self.burst.as_mut() else { continue };
            samples.push(sample);
            if samples.len() == FRAME {
                heard = self.burst.take().and_then(|(at, samples)| read(at, &samples)).or(heard);
            }
        }
        heard
    }
}

/// `None` when a part is missing.
fn read(at: Duration, samples: &[i16]) -> Option<Burst> {
    let mut bits = 0u64;
    for block in samples.chunks_exact(BLOCK) {
        let sum: i32 = block.iter().map(|sample| i32::from(*sample)).sum();
        if sum.abs() < THRESHOLD * BLOCK as i32 {
            return None;
        }
        bits = (bits << 1) | u64::from(sum > 0);
    }
    let what = (bits >> CHECK_BITS) as u32 & ((1 << (ID_BITS + NUMBER_BITS)) - 1);
    let (id, number) = (what >> NUMBER_BITS, what % (1 << NUMBER_BITS));
    (bits == word(id, number)).then_some(Burst { id, number, at })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SILENCE: [u8; FRAME] = [0xd5; FRAME];

    /// What a mixer makes of two packets: decoded, added, coded.
    fn mixed(one: &[u8], other: &[u8]) -> Vec<u8> {
        let sum = |(a, b): (&u8, &u8)| Codec::Pcma.encode(Codec::Pcma.decode(*a) + Codec::Pcma.decode(*b));
        one.iter().zip(other).map(sum).collect()
    }

    #[test]
    fn a_burst_is_known_after_a_mix_wherever_it_begins_in_a_packet() {
        for shift in [0, 1, 80, 159] {
            let (id, number) = (1_234, 333);
            let mut stream = SILENCE.to_vec();
            stream.truncate(shift);
            stream.extend(burst(id, number));
            stream.resize(3 * FRAME, 0xd5);
            let mut ear = Listener::default();
            let heard: Vec<Burst> = (0..3u32)
                .filter_map(|n| {
                    let from = n as usize * FRAME;
                    ear.hear(Duration::from_millis(20) * n, &mixed(&stream[from..from + FRAME], &SILENCE))
                })
                .collect();
            let at = SAMPLE * u32::try_from(shift).unwrap();
            assert_eq!(heard, [Burst { id, number: 333 % 256, at }]);
        }
    }

    #[test]
    fn what_lost_a_part_is_not_heard() {
        let mut torn = burst(3, 5);
        torn[80..].fill(0xd5);
        let mut ear = Listener::default();
        assert_eq!(ear.hear(Duration::ZERO, &torn), None);
        assert_eq!(ear.hear(Duration::from_millis(20), &SILENCE), None);
        let whole = ear.hear(Duration::from_millis(40), &burst(3, 6));
        assert_eq!(whole.map(|heard| (heard.id, heard.number)), Some((3, 6)));
    }

    #[test]
    fn voices_take_turns() {
        for slot in 0..60 {
            assert!((0..LANES).filter(|lane| is_turn(slot, *lane)).count() <= 1);
        }
        assert_eq!((0..60).filter(|slot| is_turn(*slot, 1)).count(), 4);
    }
}
