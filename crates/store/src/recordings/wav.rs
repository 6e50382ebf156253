//! The sound of chunks as it is heard: both laws decoded, tracks mixed to a left and a right side, and the WAV they seem to lie in.

use std::ops::Range;

use domain::room::PortRole;

use super::SAMPLES_PER_SECOND;
use super::chunk::Kind;
use super::object::{PEAK_SAMPLES, PEAKS_PER_CHUNK};

/// Bytes of the header before the first sample.
pub(super) const WAV_HEADER_BYTES: usize = 44;
/// Bytes of one sample of both sides.
pub(super) const FRAME_BYTES: u64 = 4;

/// A side of the virtual WAV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// On which side a role is heard; a supervisor only when asked for.
pub(super) const fn side_of(role: PortRole, with_supervisor: bool) -> Option<Side> {
    match role {
        PortRole::Customer => Some(Side::Left),
        PortRole::Agent | PortRole::Media | PortRole::Outside => Some(Side::Right),
        PortRole::Supervisor => {
            if with_supervisor {
                Some(Side::Right)
            } else {
                None
            }
        }
    }
}

/// How long the WAV of so many samples is.
pub(super) const fn wav_bytes(samples: u64) -> u64 {
    WAV_HEADER_BYTES as u64 + samples * FRAME_BYTES
}

/// The header of a stereo WAV, 8 kHz, 16 bit. Its two length fields have 32 bits: beyond 37 hours they stand at their greatest.
pub(super) fn header(samples: u64) -> [u8; WAV_HEADER_BYTES] {
    let bytes_per_second = SAMPLES_PER_SECOND * FRAME_BYTES as u32;
    let data = u32::try_from(samples * FRAME_BYTES).unwrap_or(u32::MAX - WAV_HEADER_BYTES as u32);
    let mut header = [0; WAV_HEADER_BYTES];
    header[..4].copy_from_slice(b"RIFF");
    header[4..8].copy_from_slice(&(data + WAV_HEADER_BYTES as u32 - 8).to_le_bytes());
    header[8..16].copy_from_slice(b"WAVEfmt ");
    header[16..20].copy_from_slice(&16u32.to_le_bytes());
    header[20..22].copy_from_slice(&1u16.to_le_bytes());
    header[22..24].copy_from_slice(&2u16.to_le_bytes());
    header[24..28].copy_from_slice(&SAMPLES_PER_SECOND.to_le_bytes());
    header[28..32].copy_from_slice(&bytes_per_second.to_le_bytes());
    header[32..34].copy_from_slice(&(FRAME_BYTES as u16).to_le_bytes());
    header[34..36].copy_from_slice(&16u16.to_le_bytes());
    header[36..40].copy_from_slice(b"data");
    header[40..44].copy_from_slice(&data.to_le_bytes());
    header
}

/// Samples of both sides from one place on, to which tracks are added.
pub(super) struct Mix {
    first: u64,
    left: Vec<i32>,
    right: Vec<i32>,
}

impl Mix {
    pub(super) fn of(range: Range<u64>) -> Mix {
        let length = usize::try_from(range.end.saturating_sub(range.start)).unwrap_or(0);
        Mix { first: range.start, left: vec![0; length], right: vec![0; length] }
    }

    /// Adds the sound of a chunk that begins at `first_sample`; what lies outside is left out.
    pub(super) fn add(&mut self, side: Side, kind: Kind, first_sample: u64, plain: &[u8]) {
        let Kind::Sound(codec) = kind else { return };
        let samples = match side {
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
        };
        let skip = usize::try_from(self.first.saturating_sub(first_sample)).unwrap_or(usize::MAX);
        let start = usize::try_from(first_sample.saturating_sub(self.first)).unwrap_or(usize::MAX);
        let Some(target) = samples.get_mut(start..) else { return };
        for (sample, byte) in target.iter_mut().zip(plain.iter().skip(skip)) {
            *sample += i32::from(codec.decode(*byte));
        }
    }

    /// Both sides interleaved, left first.
    pub(super) fn samples(&self) -> impl Iterator<Item = i16> {
        let clip = |sample: i32| sample.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
        self.left.iter().zip(&self.right).flat_map(move |(left, right)| [clip(*left), clip(*right)])
    }

    /// The same as the WAV has it.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.samples().flat_map(i16::to_le_bytes).collect()
    }
}

/// The loudest sample of each tenth of a second of a chunk, 0–255.
pub(super) fn peaks_of(kind: Kind, plain: &[u8]) -> [u8; PEAKS_PER_CHUNK] {
    let mut peaks = [0; PEAKS_PER_CHUNK];
    let Kind::Sound(codec) = kind else { return peaks };
    for (peak, piece) in peaks.iter_mut().zip(plain.chunks(PEAK_SAMPLES as usize)) {
        let loudest = piece.iter().map(|byte| codec.decode(*byte).unsigned_abs()).max().unwrap_or(0);
        *peak = u8::try_from(loudest >> 7).unwrap_or(u8::MAX);
    }
    peaks
}

#[cfg(test)]
mod tests {
    use media::codec::Codec;

    use super::*;

    #[test]
    fn the_header_says_what_follows() {
        let header = header(16_000);
        assert_eq!(wav_bytes(16_000), 64_044);
        assert_eq!(u32::from_le_bytes(header[4..8].try_into().unwrap()), 64_044 - 8);
        assert_eq!(u32::from_le_bytes(header[40..44].try_into().unwrap()), 64_000);
        assert_eq!(u32::from_le_bytes(header[28..32].try_into().unwrap()), 32_000);
    }

    #[test]
    fn tracks_of_one_side_add_up_and_clip_and_do_not_cross() {
        let kind = Kind::Sound(Codec::Pcma);
        let mut mix = Mix::of(10..20);
        mix.add(Side::Right, kind, 0, &[0xD5; 100]);
        let loud = Codec::Pcma.encode(i16::MAX);
        mix.add(Side::Left, kind, 12, &[loud; 4]);
        mix.add(Side::Left, kind, 14, &[loud; 100]);
        mix.add(Side::Left, kind, 50, &[loud; 4]);
        let bytes = mix.bytes();
        let sample = |n: usize| i16::from_le_bytes(bytes[n * 2..n * 2 + 2].try_into().unwrap());
        assert_eq!(bytes.len(), 40);
        assert!(sample(2) < 100 && sample(4) > 30_000 && sample(8) == i16::MAX && sample(18) > 30_000);
        assert!((0..10).all(|n| sample(n * 2 + 1).abs() <= 8), "the right side is silent");
    }
}
