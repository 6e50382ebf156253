//! G.711, written out from the recommendation: independent of the codec the server uses.

use serde::Deserialize;

/// Which law.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Codec {
    /// A-law, static payload type 8.
    #[default]
    Pcma,
    /// µ-law, static payload type 0.
    Pcmu,
}

impl Codec {
    /// Static RTP payload type.
    pub const fn payload_type(self) -> u8 {
        match self {
            Codec::Pcma => 8,
            Codec::Pcmu => 0,
        }
    }

    /// Name in session descriptions.
    pub const fn name(self) -> &'static str {
        match self {
            Codec::Pcma => "PCMA",
            Codec::Pcmu => "PCMU",
        }
    }

    /// Of a static payload type.
    pub const fn of(payload_type: u8) -> Option<Codec> {
        match payload_type {
            8 => Some(Codec::Pcma),
            0 => Some(Codec::Pcmu),
            _ => None,
        }
    }

    /// One sample to the wire.
    pub fn encode(self, sample: i16) -> u8 {
        match self {
            Codec::Pcma => encode_alaw(sample),
            Codec::Pcmu => encode_ulaw(sample),
        }
    }

    /// One sample from the wire.
    pub fn decode(self, byte: u8) -> i16 {
        match self {
            Codec::Pcma => decode_alaw(byte),
            Codec::Pcmu => decode_ulaw(byte),
        }
    }
}

fn encode_alaw(sample: i16) -> u8 {
    let sign = if sample >= 0 { 0x80 } else { 0 };
    // 13-bit magnitude; negative values are one's complemented so that -1 and 0 share the smallest step.
    let magnitude = if sample >= 0 { sample >> 3 } else { !sample >> 3 };
    let segment = (magnitude >> 5).checked_ilog2().map_or(0, |bits| bits as i16 + 1);
    let step = if segment == 0 { magnitude >> 1 } else { magnitude >> segment };
    (sign | (segment as u8) << 4 | (step as u8 & 0x0f)) ^ 0x55
}

fn decode_alaw(byte: u8) -> i16 {
    let byte = byte ^ 0x55;
    let segment = (byte >> 4) & 7;
    let step = i16::from(byte & 0x0f) << 4;
    let magnitude = if segment == 0 { step + 8 } else { (step + 0x108) << (segment - 1) };
    if byte & 0x80 != 0 { magnitude } else { -magnitude }
}

const ULAW_BIAS: i32 = 0x84;
const ULAW_CLIP: i32 = 32_635;

fn encode_ulaw(sample: i16) -> u8 {
    let sign = if sample < 0 { 0x80u8 } else { 0 };
    let magnitude = i32::from(sample).abs().min(ULAW_CLIP) + ULAW_BIAS;
    // The bias puts the leading one at bit 7 or higher, so the segment is 0 to 7.
    let segment = (magnitude >> 7).checked_ilog2().unwrap_or(0);
    let step = (magnitude >> (segment + 3)) as u8 & 0x0f;
    !(sign | (segment as u8) << 4 | step)
}

fn decode_ulaw(byte: u8) -> i16 {
    let byte = !byte;
    let segment = (byte >> 4) & 7;
    let magnitude = ((i32::from(byte & 0x0f) << 3) + ULAW_BIAS) << segment;
    let magnitude = (magnitude - ULAW_BIAS) as i16;
    if byte & 0x80 != 0 { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_survives_a_round_trip() {
        for codec in [Codec::Pcma, Codec::Pcmu] {
            for byte in 0..=255u8 {
                let sample = codec.decode(byte);
                let again = codec.decode(codec.encode(sample));
                assert_eq!(again, sample, "{codec:?} {byte:#x}");
            }
        }
    }

    #[test]
    fn known_points_of_the_tables() {
        assert_eq!((Codec::Pcma.encode(0), Codec::Pcma.decode(0xd5)), (0xd5, 8));
        assert_eq!((Codec::Pcmu.encode(0), Codec::Pcmu.decode(0xff)), (0xff, 0));
        assert_eq!((Codec::Pcma.decode(0xaa), Codec::Pcma.decode(0x2a)), (32_256, -32_256));
        assert_eq!((Codec::Pcmu.decode(0x80), Codec::Pcmu.decode(0x00)), (32_124, -32_124));
    }

    #[test]
    fn quantisation_noise_stays_below_the_signal() {
        for codec in [Codec::Pcma, Codec::Pcmu] {
            for sample in (-32_000..32_000i32).step_by(37) {
                let error = i32::from(codec.decode(codec.encode(sample as i16))) - sample;
                assert!(error.abs() <= sample.abs() / 16 + 16, "{codec:?} {sample} {error}");
            }
        }
    }
}
