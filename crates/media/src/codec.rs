//! G.711 in both laws, in which the house works, codecs that are turned into it at the edge, and the unit of time in which sound is made: the
//! slot.

use std::time::Duration;

/// The clock of every codec here.
pub const CLOCK_HZ: u32 = 8_000;
/// Sound that we make ourselves leaves in slots of this length.
pub const SLOT: Duration = Duration::from_millis(20);
/// Samples of one slot, which are bytes in either law.
pub const SLOT_SAMPLES: usize = 160;
/// The packet time assumed of a leg that names none.
pub const SLOT_MS: u8 = 20;

/// A law of ITU-T G.711.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Codec {
    /// A-law, RTP static payload type 8.
    Pcma,
    /// µ-law, RTP static payload type 0.
    Pcmu,
}

impl Codec {
    /// The static payload type of RFC 3551 §6.
    pub const fn static_payload_type(self) -> u8 {
        match self {
            Codec::Pcma => 8,
            Codec::Pcmu => 0,
        }
    }

    /// The byte that stands for no sound.
    pub const fn silence(self) -> u8 {
        match self {
            Codec::Pcma => 0xD5,
            Codec::Pcmu => 0xFF,
        }
    }

    /// One sample as 16-bit linear.
    pub fn decode(self, byte: u8) -> i16 {
        match self {
            Codec::Pcma => ALAW_LINEAR[usize::from(byte)],
            Codec::Pcmu => ULAW_LINEAR[usize::from(byte)],
        }
    }

    /// One 16-bit linear sample in this law.
    pub fn encode(self, sample: i16) -> u8 {
        match self {
            Codec::Pcma => alaw(sample),
            Codec::Pcmu => ulaw(sample),
        }
    }

    /// The table that turns bytes of this law into the other one.
    pub fn translation(self) -> &'static [u8; 256] {
        match self {
            Codec::Pcma => &ALAW_TO_ULAW,
            Codec::Pcmu => &ULAW_TO_ALAW,
        }
    }
}

/// A codec that is no table of bytes: a leg that speaks it has a coder between the wire and the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wide {
    /// ITU-T G.722 at 64 kbit/s, RTP static payload type 9. Its RTP clock is 8 kHz although it samples at 16 (RFC 3551 §4.5.2).
    G722,
    /// Opus (RFC 6716), a dynamic payload type. Its RTP clock is 48 kHz, whatever it carries (RFC 7587 §4.1).
    Opus,
}

impl Wide {
    /// Ticks of the wire's clock for one of the house's.
    pub const fn ticks(self) -> u32 {
        match self {
            Wide::G722 => 1,
            Wide::Opus => 6,
        }
    }

    /// Whether so many samples of the house can be one packet.
    pub const fn carries(self, samples: usize) -> bool {
        match self {
            Wide::G722 => true,
            // RFC 6716 §2.1.4, but for frames below 10 ms, which nobody sends who talks.
            Wide::Opus => matches!(samples, 80 | 160 | 320 | 480),
        }
    }
}

/// What travels on a leg, and how much of it one packet carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Format {
    /// The law in which the house has the leg's sound.
    pub codec: Codec,
    /// What is on the wire instead of the law, if it is not the law itself.
    pub wide: Option<Wide>,
    /// Milliseconds of sound in one packet.
    pub ptime_ms: u8,
}

impl Format {
    /// Whether packets of this format can go to a leg of the other one as they are, but for what the network adds.
    pub fn is_same_sound(self, other: Format) -> bool {
        match (self.wide, other.wide) {
            (None, None) => self.codec == other.codec,
            (one, another) => one == another,
        }
    }

    /// Whether sound of its packet time can be one packet of it ([`Wide::carries`]).
    pub fn is_one_packet(self) -> bool {
        let samples = usize::from(self.ptime_ms) * SLOT_SAMPLES / usize::from(SLOT_MS);
        self.wide.is_none_or(|wide| wide.carries(samples))
    }
}

/// What sounds are kept in, and therefore what plays are made of.
pub const PLAY_FORMAT: Format = Format { codec: Codec::Pcma, wide: None, ptime_ms: SLOT_MS };

static ALAW_LINEAR: [i16; 256] = {
    let mut table = [0i16; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = alaw_linear(byte as u8);
        byte += 1;
    }
    table
};

static ULAW_LINEAR: [i16; 256] = {
    let mut table = [0i16; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = ulaw_linear(byte as u8);
        byte += 1;
    }
    table
};

static ALAW_TO_ULAW: [u8; 256] = {
    let mut table = [0u8; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = ulaw(alaw_linear(byte as u8));
        byte += 1;
    }
    table
};

static ULAW_TO_ALAW: [u8; 256] = {
    let mut table = [0u8; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = alaw(ulaw_linear(byte as u8));
        byte += 1;
    }
    table
};

/// G.711 table 1a: sign, three bits of segment, four of step; even bits inverted on the line.
const fn alaw(sample: i16) -> u8 {
    let (sign, magnitude) = if sample >= 0 { (0x80, sample as u16) } else { (0, !sample as u16) };
    let steps = magnitude >> 4;
    let code = if steps < 16 {
        steps
    } else {
        let segment = 12 - steps.leading_zeros() as u16;
        (segment << 4) | ((steps >> (segment - 1)) & 0x0F)
    };
    (sign | code as u8) ^ 0x55
}

const fn alaw_linear(byte: u8) -> i16 {
    let code = byte ^ 0x55;
    let segment = (code >> 4) & 0x07;
    let step = (code & 0x0F) as i16;
    // The middle of the step, on the 16-bit scale.
    let magnitude = match segment {
        0 => (step << 4) + 8,
        _ => ((step << 4) + 0x108) << (segment - 1),
    };
    if code & 0x80 != 0 { magnitude } else { -magnitude }
}

/// The bias of G.711 table 2a on the 16-bit scale.
const ULAW_BIAS: u16 = 0x84;
/// The greatest magnitude that survives adding the bias.
const ULAW_CLIP: u16 = 0x7FFF - ULAW_BIAS;

/// G.711 table 2a: as A-law with a bias instead of a linear first segment; all bits inverted on the line.
const fn ulaw(sample: i16) -> u8 {
    let magnitude = sample.unsigned_abs();
    let biased = if magnitude > ULAW_CLIP { ULAW_CLIP } else { magnitude } + ULAW_BIAS;
    let segment = 8 - biased.leading_zeros() as u16;
    let step = (biased >> (segment + 3)) & 0x0F;
    let sign = if sample < 0 { 0x80 } else { 0 };
    !(sign | (segment << 4) as u8 | step as u8)
}

const fn ulaw_linear(byte: u8) -> i16 {
    let code = !byte;
    let segment = (code >> 4) & 0x07;
    let step = (code & 0x0F) as i16;
    let magnitude = (((step << 3) + ULAW_BIAS as i16) << segment) - ULAW_BIAS as i16;
    if code & 0x80 != 0 { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Codec; 2] = [Codec::Pcma, Codec::Pcmu];

    #[test]
    fn every_code_survives_a_round_trip() {
        for codec in BOTH {
            for byte in 0..=255u8 {
                let again = codec.encode(codec.decode(byte));
                // µ-law has two zeros; the negative one comes back as the positive.
                assert!(
                    again == byte || (codec == Codec::Pcmu && byte == 0x7F && again == 0xFF),
                    "{codec:?} {byte:#x}"
                );
            }
        }
    }

    /// Values of the tables in ITU-T G.711.
    #[test]
    fn known_values() {
        assert_eq!(Codec::Pcma.decode(0xD5), 8);
        assert_eq!(Codec::Pcma.decode(0x55), -8);
        assert_eq!(Codec::Pcma.decode(0xAA), 32_256);
        assert_eq!(Codec::Pcma.decode(0x2A), -32_256);
        assert_eq!(Codec::Pcmu.decode(0xFF), 0);
        assert_eq!(Codec::Pcmu.decode(0x80), 32_124);
        assert_eq!(Codec::Pcmu.decode(0x00), -32_124);
        assert_eq!((Codec::Pcma.encode(i16::MAX), Codec::Pcma.encode(i16::MIN)), (0xAA, 0x2A));
        assert_eq!((Codec::Pcmu.encode(i16::MAX), Codec::Pcmu.encode(i16::MIN)), (0x80, 0x00));
    }

    #[test]
    fn error_stays_within_half_a_step() {
        for codec in BOTH {
            for sample in (i16::MIN..=i16::MAX).step_by(7) {
                let error = i32::from(codec.decode(codec.encode(sample))) - i32::from(sample);
                let allowed = (i32::from(sample).abs() / 30).max(16);
                assert!(error.abs() <= allowed, "{codec:?} {sample} is off by {error}");
            }
        }
    }

    #[test]
    fn translation_keeps_the_level() {
        for byte in 0..=255u8 {
            let direct = i32::from(Codec::Pcma.decode(byte));
            let through = i32::from(Codec::Pcmu.decode(Codec::Pcma.translation()[usize::from(byte)]));
            assert!((direct - through).abs() <= (direct.abs() / 25).max(16), "{byte:#x}: {direct} became {through}");
        }
    }
}
