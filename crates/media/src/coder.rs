//! What stands between a leg and the house when the wire speaks no law: decodes what comes, encodes what goes.
//!
//! Inside there is nothing but G.711 at 8 kHz. A coder belongs to one leg; its two halves are made when they are first needed. Of G.722 only the
//! lower band is worked with, Opus is decoded to and encoded from 8 kHz by itself, so that nothing is resampled.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use opus_rs::{Application, OpusDecoder, OpusEncoder};

use crate::codec::{CLOCK_HZ, PLAY_FORMAT, Wide};
use crate::g722;

/// Half of what G.711 takes: a sine out of A-law comes through 35 dB above what is added, as good as it was.
const OPUS_BITS_PER_SECOND: i32 = 32_000;
/// 10 µs for a packet of 20 ms; more is not heard. Decoding takes 5 to 30, the more the wider the sound that comes.
const OPUS_COMPLEXITY: i32 = 0;
/// The transform alone: what models speech spends its bits on the noise that A-law has added, a sine comes through 15 dB worse.
const OPUS_APPLICATION: Application = Application::RestrictedLowDelay;
/// The most samples of one packet: 120 ms (RFC 6716 §2.1.4).
const OPUS_SAMPLES_MAX: usize = 960;
/// The longest frame (RFC 6716 §3.4).
const OPUS_BYTES_MAX: usize = 1_275;
/// The longest gap that the decoder fills by itself: 60 ms, after which nothing is left to fill it with.
const OPUS_GAP_MAX: u32 = 480;

enum Decoder {
    G722(Box<g722::Decoder>),
    Opus(Box<OpusDecoder>),
}

enum Encoder {
    G722(Box<g722::Encoder>),
    Opus(Box<OpusEncoder>),
}

/// The coder of one leg.
pub(crate) struct Coder {
    wide: Wide,
    decoder: Option<Decoder>,
    encoder: Option<Encoder>,
    /// The wire's last timestamp, and the ticks of the wire since the first one.
    clock: Option<(u32, i64)>,
    /// Where the sound that was decoded last ends, in the house's time.
    decoded_to: Option<u32>,
}

impl fmt::Debug for Coder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Coder").field("wide", &self.wide).finish_non_exhaustive()
    }
}

impl Coder {
    /// Of a leg that speaks `wide`.
    pub(crate) fn new(wide: Wide) -> Coder {
        Coder { wide, decoder: None, encoder: None, clock: None, decoded_to: None }
    }

    pub(crate) fn wide(&self) -> Wide {
        self.wide
    }

    /// Whether it decodes even when nobody asks for it: G.722 needs 200 ms to find its way into a stream and costs next to nothing.
    pub(crate) fn keeps_up(&self) -> bool {
        match self.wide {
            Wide::G722 => true,
            Wide::Opus => false,
        }
    }

    /// A timestamp of the wire in the house's time: both go on alike, also when the wire's begins again at zero.
    pub(crate) fn house_time(&mut self, timestamp: u32) -> u32 {
        let ticks = self.wide.ticks();
        if ticks == 1 {
            return timestamp;
        }
        let (last, passed) = self.clock.unwrap_or((timestamp, 0));
        let passed = passed + i64::from(timestamp.wrapping_sub(last) as i32);
        self.clock = Some((timestamp, passed));
        passed.div_euclid(i64::from(ticks)) as u32
    }

    /// Samples of the house in a packet; 0 when it is none.
    pub(crate) fn samples(&self, payload: &[u8]) -> usize {
        match self.wide {
            Wide::G722 => payload.len(),
            Wide::Opus => opus_samples(payload),
        }
    }

    /// Fills a gap before a packet of the time `timestamp`, in the law of plays; gives the time at which it begins. Codecs that cannot
    /// leave it to whoever plays the sound.
    pub(crate) fn conceal(&mut self, timestamp: u32, out: &mut Vec<u8>) -> Option<u32> {
        let from = self.decoded_to?;
        let missing = timestamp.wrapping_sub(from);
        let Some(Decoder::Opus(opus)) = self.decoder.as_mut() else { return None };
        if missing == 0 || missing > OPUS_GAP_MAX {
            return None;
        }
        let mut sound = [0.0; OPUS_SAMPLES_MAX];
        let Some(made) = guarded(|| opus.decode(&[], missing as usize, &mut sound).unwrap_or(0)) else {
            self.forget_source();
            return None;
        };
        out.extend(sound[..made.min(missing as usize)].iter().map(|sample| law_of(*sample)));
        (!out.is_empty()).then_some(from)
    }

    /// Appends the payload of a packet to `out`, in the law of plays; false when it cannot be read.
    pub(crate) fn decode(&mut self, timestamp: u32, payload: &[u8], out: &mut Vec<u8>) -> bool {
        let samples = self.samples(payload);
        let Some(decoder) = self.decoder.take().or_else(|| decoder_of(self.wide)) else { return false };
        let decoder = self.decoder.insert(decoder);
        let is_read = match decoder {
            Decoder::G722(g722) => {
                out.extend(payload.iter().map(|code| PLAY_FORMAT.codec.encode(g722.decode(*code))));
                true
            }
            Decoder::Opus(opus) => {
                let mut sound = [0.0; OPUS_SAMPLES_MAX];
                let made = guarded(|| if samples == 0 { None } else { opus.decode(payload, samples, &mut sound).ok() });
                if made.is_none() {
                    self.decoder = None;
                }
                let made = made.flatten().filter(|made| *made == samples);
                out.extend(sound[..made.unwrap_or(0)].iter().map(|sample| law_of(*sample)));
                made.is_some()
            }
        };
        if is_read {
            let end = timestamp.wrapping_add(samples as u32);
            // What was late does not move the end back: a gap would be filled that there is not.
            let is_late = self.decoded_to.is_some_and(|to| (1..=OPUS_GAP_MAX).contains(&to.wrapping_sub(end)));
            self.decoded_to = if is_late { self.decoded_to } else { Some(end) };
        }
        is_read
    }

    /// What comes is another source, or was not decoded for a while.
    pub(crate) fn forget_source(&mut self) {
        self.decoder = None;
        self.decoded_to = None;
    }

    /// Appends sound in the law of plays to `out`, as it goes on the wire; false when it cannot be one packet ([`Wide::carries`]).
    pub(crate) fn encode(&mut self, sound: &[u8], out: &mut Vec<u8>) -> bool {
        let Some(encoder) = self.encoder.take().or_else(|| encoder_of(self.wide)) else { return false };
        let linear = sound.iter().map(|byte| PLAY_FORMAT.codec.decode(*byte));
        match self.encoder.insert(encoder) {
            Encoder::G722(g722) => {
                out.extend(linear.map(|sample| g722.encode(sample)));
                true
            }
            Encoder::Opus(opus) => {
                let linear: Vec<i16> = linear.collect();
                let begin = out.len();
                out.resize(begin + OPUS_BYTES_MAX, 0);
                let made = guarded(|| opus.encode_i16(&linear, linear.len(), &mut out[begin..]).unwrap_or(0));
                if made.is_none() {
                    self.encoder = None;
                }
                let made = made.unwrap_or(0);
                out.truncate(begin + made);
                made > 0
            }
        }
    }
}

/// What a packet of a stranger makes a library do must not end the sound of everybody: `None` when it panicked, and its state is lost.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn decoder_of(wide: Wide) -> Option<Decoder> {
    match wide {
        Wide::G722 => Some(Decoder::G722(Box::default())),
        Wide::Opus => OpusDecoder::new(CLOCK_HZ as i32, 1).ok().map(|opus| Decoder::Opus(Box::new(opus))),
    }
}

fn encoder_of(wide: Wide) -> Option<Encoder> {
    match wide {
        Wide::G722 => Some(Encoder::G722(Box::default())),
        Wide::Opus => {
            let mut opus = OpusEncoder::new(CLOCK_HZ as i32, 1, OPUS_APPLICATION).ok()?;
            opus.bitrate_bps = OPUS_BITS_PER_SECOND;
            opus.complexity = OPUS_COMPLEXITY;
            Some(Encoder::Opus(Box::new(opus)))
        }
    }
}

fn law_of(sample: f32) -> u8 {
    PLAY_FORMAT.codec.encode((sample * 32_768.0).clamp(i16::MIN.into(), i16::MAX.into()) as i16)
}

/// Samples of 8 kHz in a packet of Opus (RFC 6716 §3.1, tables 2 to 4); 0 when it is none, or longer than one may be.
fn opus_samples(payload: &[u8]) -> usize {
    let Some(first) = payload.first() else { return 0 };
    let configuration = usize::from(first >> 3);
    let frame = match configuration {
        0..12 => [80, 160, 320, 480][configuration % 4],
        12..16 => [80, 160][configuration % 2],
        _ => [20, 40, 80, 160][configuration % 4],
    };
    let frames = match first & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => payload.get(1).map_or(0, |count| usize::from(count & 0x3F)),
    };
    Some(frame * frames).filter(|samples| *samples <= OPUS_SAMPLES_MAX).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAW: crate::Codec = PLAY_FORMAT.codec;

    fn tone(packet: usize) -> Vec<u8> {
        let sample = |n: usize| (n as f64 / 8_000.0 * 440.0 * std::f64::consts::TAU).sin() * 8_000.0;
        (packet * 160..(packet + 1) * 160).map(|n| LAW.encode(sample(n) as i16)).collect()
    }

    /// How much of the power of sound is 440 Hz.
    fn purity(sound: &[u8]) -> f64 {
        let (mut cosine, mut sine, mut power) = (0.0, 0.0, 0.0);
        for (n, byte) in sound.iter().enumerate() {
            let (turn, sample) = (n as f64 / 8_000.0 * 440.0 * std::f64::consts::TAU, f64::from(LAW.decode(*byte)));
            cosine += sample * turn.cos();
            sine += sample * turn.sin();
            power += sample * sample;
        }
        2.0 * (cosine * cosine + sine * sine) / sound.len() as f64 / power
    }

    #[test]
    fn a_tone_comes_through_either_codec() {
        for wide in [Wide::G722, Wide::Opus] {
            let (mut near, mut far) = (Coder::new(wide), Coder::new(wide));
            let mut heard = Vec::new();
            for n in 0..100 {
                let mut packet = Vec::new();
                assert!(near.encode(&tone(n), &mut packet));
                assert_eq!(far.samples(&packet), 160);
                assert!(far.decode(n as u32 * 160, &packet, &mut heard));
            }
            assert_eq!(heard.len(), 16_000, "{wide:?}");
            let purity = purity(&heard[8_000..]);
            assert!(purity > 0.99, "{wide:?}: {purity}");
        }
    }

    #[test]
    fn lengths_of_opus_packets_are_read() {
        let rows: [(&[u8], usize); 9] = [
            (&[], 0),
            (&[0b0000_1000, 1], 160),
            (&[0b0001_1001, 1], 960),
            (&[0b0001_1011, 2], 960),
            (&[0b0001_1011, 3], 0),
            (&[0b0111_1000], 160),
            (&[0b1000_0010, 9], 40),
            (&[0b1111_1100, 9], 160),
            (&[0b1111_1111], 0),
        ];
        for (packet, samples) in rows {
            assert_eq!(opus_samples(packet), samples, "{packet:?}");
        }
    }

    #[test]
    fn the_time_of_the_wire_goes_on_over_its_end() {
        let mut opus = Coder::new(Wide::Opus);
        let start = u32::MAX - 959;
        let times: Vec<u32> =
            [0u32, 960, 1_920, 960, 2_880].iter().map(|n| opus.house_time(start.wrapping_add(*n))).collect();
        assert_eq!(times, [0, 160, 320, 160, 480]);
        assert_eq!(Coder::new(Wide::G722).house_time(start), start);
    }

    #[test]
    fn a_gap_of_opus_is_filled_by_its_decoder_and_a_long_one_is_not() {
        let (mut near, mut far) = (Coder::new(Wide::Opus), Coder::new(Wide::Opus));
        let packets: Vec<Vec<u8>> = (0..60)
            .map(|n| {
                let mut packet = Vec::new();
                near.encode(&tone(n), &mut packet);
                packet
            })
            .collect();
        for (n, packet) in packets.iter().enumerate().take(50) {
            far.decode(n as u32 * 160, packet, &mut Vec::new());
        }
        let mut filled = Vec::new();
        assert_eq!(far.conceal(50 * 160, &mut filled), None, "nothing is missing");
        assert_eq!(far.conceal(51 * 160, &mut filled), Some(50 * 160));
        assert_eq!(filled.len(), 160);
        assert!(filled.iter().any(|byte| LAW.decode(*byte).abs() > 500), "it is not silence");
        assert_eq!(far.conceal(60 * 160, &mut Vec::new()), None);
    }

    #[test]
    fn a_packet_that_is_late_leaves_no_gap_behind() {
        let (mut near, mut far) = (Coder::new(Wide::Opus), Coder::new(Wide::Opus));
        for timestamp in [0, 320, 160] {
            let (mut packet, mut sound) = (Vec::new(), Vec::new());
            assert!(near.encode(&tone(timestamp as usize / 160), &mut packet));
            assert!(far.decode(timestamp, &packet, &mut sound));
        }
        assert_eq!(far.conceal(480, &mut Vec::new()), None);
        assert_eq!(far.conceal(640, &mut Vec::new()), Some(480));
    }

    #[test]
    fn no_packet_breaks_a_decoder() {
        let (mut state, mut opus) = (7u64, Coder::new(Wide::Opus));
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        };
        let mut out = Vec::new();
        for n in 0..5_000 {
            let packet: Vec<u8> = (0..draw() % 200).map(|_| draw()).collect();
            out.clear();
            opus.decode(n * 160, &packet, &mut out);
            assert!(out.len() <= OPUS_SAMPLES_MAX);
        }
    }
}
