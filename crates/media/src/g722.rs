//! G.722 at 64 kbit/s (ITU-T G.722, mode 1), as far as the house needs it: the lower band.
//!
//! The codec splits sound into two bands of 8 kHz each and codes them apart: six bits of a byte are the lower one, 0–4 kHz, two the
//! higher. The lower band by itself is what a telephone of 8 kHz hears, so that decoding needs no filter and no resampling; what is
//! encoded has a silent higher band. Names of blocks are those of the recommendation (§6).

/// Quantizer decision levels of the lower band (table 14).
const DECISIONS: [i32; 30] = [
    0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1_023, 1_121, 1_219,
    1_339, 1_458, 1_612, 1_765, 1_980, 2_195, 2_557, 2_919,
];
/// Output levels of the 60-level inverse quantizer, by the six bits of a code.
const LEVELS_6: [i32; 64] = [
    -136, -136, -136, -136, -24_808, -21_904, -19_008, -16_704, -14_984, -13_512, -12_280, -11_192, -10_232, -9_360,
    -8_576, -7_856, -7_192, -6_576, -6_000, -5_456, -4_944, -4_464, -4_008, -3_576, -3_168, -2_776, -2_400, -2_032,
    -1_688, -1_360, -1_040, -728, 24_808, 21_904, 19_008, 16_704, 14_984, 13_512, 12_280, 11_192, 10_232, 9_360, 8_576,
    7_856, 7_192, 6_576, 6_000, 5_456, 4_944, 4_464, 4_008, 3_576, 3_168, 2_776, 2_400, 2_032, 1_688, 1_360, 1_040,
    728, 432, 136, -432, -136,
];
/// Output levels of the 15-level inverse quantizer, by the upper four of the six bits.
const LEVELS_4: [i32; 16] =
    [0, -20_456, -12_896, -8_968, -6_288, -4_240, -2_584, -1_200, 20_456, 12_896, 8_968, 6_288, 4_240, 2_584, 1_200, 0];
/// How the logarithm of the step follows a code: by the size of its level.
const STEP_CHANGES: [i32; 8] = [-60, -30, 58, 172, 334, 538, 1_198, 3_042];
/// The size of the level of each of the four bits.
const LEVEL_SIZES: [usize; 16] = [0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0];
/// Antilogarithms of a thirty-second each.
const ANTILOGS: [i32; 32] = [
    2_048, 2_093, 2_139, 2_186, 2_233, 2_282, 2_332, 2_383, 2_435, 2_489, 2_543, 2_599, 2_656, 2_714, 2_774, 2_834,
    2_896, 2_960, 3_025, 3_091, 3_158, 3_228, 3_298, 3_371, 3_444, 3_520, 3_597, 3_676, 3_756, 3_838, 3_922, 4_008,
];
/// The greatest logarithm of a step.
const STEP_LOG_MAX: i32 = 18_432;
/// The step at the beginning.
const STEP_START: i32 = 32;
/// The two bits of a higher band without sound.
const SILENT_HIGHER: u8 = 0xC0;

/// What both ends derive alike from the codes: the step and the predictor of the lower band (blocks 3L and 4L).
#[derive(Clone, Debug)]
struct Band {
    step: i32,
    step_log: i32,
    /// The prediction, and its part that comes of the zeros.
    predicted: i32,
    by_zeros: i32,
    /// The last three reconstructed and partly reconstructed values, the latest first.
    reconstructed: [i32; 3],
    partly: [i32; 3],
    /// Coefficients of the two poles and six zeros.
    poles: [i32; 2],
    zeros: [i32; 6],
    /// The last seven differences, the latest first.
    differences: [i32; 7],
}

impl Default for Band {
    fn default() -> Self {
        Band {
            step: STEP_START,
            step_log: 0,
            predicted: 0,
            by_zeros: 0,
            reconstructed: [0; 3],
            partly: [0; 3],
            poles: [0; 2],
            zeros: [0; 6],
            differences: [0; 7],
        }
    }
}

impl Band {
    /// Follows the six bits of a code.
    fn follow(&mut self, code: u8) {
        let coarse = usize::from(code >> 2 & 0x0F);
        let difference = (self.step * LEVELS_4[coarse]) >> 15;
        self.scale(coarse);
        self.predict(difference);
    }

    /// Blocks 3L: LOGSCL, SCALEL.
    fn scale(&mut self, coarse: usize) {
        let log = ((self.step_log * 127) >> 7) + STEP_CHANGES[LEVEL_SIZES[coarse]];
        self.step_log = log.clamp(0, STEP_LOG_MAX);
        let mantissa = ANTILOGS[(self.step_log >> 6 & 31) as usize];
        let shift = 8 - (self.step_log >> 11);
        self.step = if shift < 0 { mantissa << -shift } else { mantissa >> shift } << 2;
    }

    /// Block 4L.
    fn predict(&mut self, difference: i32) {
        // RECONS, PARREC, DELAYA.
        self.differences.copy_within(0..6, 1);
        self.differences[0] = difference;
        self.reconstructed = [saturated(self.predicted + difference), self.reconstructed[0], self.reconstructed[1]];
        self.partly = [saturated(self.by_zeros + difference), self.partly[0], self.partly[1]];
        self.move_poles();
        self.move_zeros();
        // FILTEP, FILTEZ, PREDIC.
        let by_pole = |n: usize| (self.poles[n] * saturated(2 * self.reconstructed[n])) >> 15;
        let by_poles = saturated(by_pole(0) + by_pole(1));
        let by_zero = |(coefficient, difference): (&i32, &i32)| (coefficient * saturated(2 * difference)) >> 15;
        self.by_zeros = saturated(self.zeros.iter().zip(&self.differences).map(by_zero).sum());
        self.predicted = saturated(by_poles + self.by_zeros);
    }

    /// UPPOL2 and UPPOL1: by the signs of the last partly reconstructed values.
    fn move_poles(&mut self) {
        let same = |n: usize| (self.partly[0] < 0) == (self.partly[n] < 0);
        let first = saturated(self.poles[0] << 2);
        let turned = if same(1) { -first } else { first }.min(32_767);
        let second = (turned >> 7) + if same(2) { 128 } else { -128 } + ((self.poles[1] * 32_512) >> 15);
        let second = second.clamp(-12_288, 12_288);
        let limit = saturated(15_360 - second);
        let first = saturated(if same(1) { 192 } else { -192 } + ((self.poles[0] * 32_640) >> 15));
        self.poles = [first.clamp(-limit, limit), second];
    }

    /// UPZERO: by the signs of the differences, those before the latest.
    fn move_zeros(&mut self) {
        let [latest, before @ ..] = self.differences;
        let gain = if latest == 0 { 0 } else { 128 };
        for (zero, difference) in self.zeros.iter_mut().zip(before) {
            let toward = if (difference < 0) == (latest < 0) { gain } else { -gain };
            *zero = saturated(toward + ((*zero * 32_640) >> 15));
        }
    }
}

/// Hears the lower band of a stream.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    band: Band,
}

impl Decoder {
    /// One byte of the wire, which is one sample of 8 kHz.
    pub fn decode(&mut self, code: u8) -> i16 {
        // INVQBL, RECONS, LIMIT.
        let level = (self.band.step * LEVELS_6[usize::from(code & 0x3F)]) >> 15;
        let heard = (self.band.predicted + level).clamp(-16_384, 16_383);
        self.band.follow(code);
        (heard * 2) as i16
    }
}

/// Makes a stream whose higher band is silent.
#[derive(Clone, Debug, Default)]
pub struct Encoder {
    band: Band,
}

impl Encoder {
    /// One sample of 8 kHz, which is one byte on the wire.
    pub fn encode(&mut self, sample: i16) -> u8 {
        // SUBTRA, QUANTL.
        let error = saturated((i32::from(sample) >> 1) - self.band.predicted);
        let size = if error < 0 { -(error + 1) } else { error };
        let step = self.band.step;
        // 1–30, the level below which the error lies.
        let place = 1 + DECISIONS[1..].partition_point(|level| (level * step) >> 12 <= size) as u8;
        let code = match (error < 0, place) {
            (true, 1 | 2) => 64 - place,
            (true, _) => 34 - place,
            (false, _) => 62 - place,
        };
        self.band.follow(code);
        SILENT_HIGHER | code
    }
}

fn saturated(value: i32) -> i32 {
    value.clamp(i16::MIN.into(), i16::MAX.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sine beside a weaker one, at a level people speak at.
    fn voice(n: usize) -> i16 {
        let at = n as f64 / 8_000.0 * std::f64::consts::TAU;
        ((at * 440.0).sin() * 6_000.0 + (at * 1_300.0).sin() * 1_500.0) as i16
    }

    /// A parabola that jumps: the codes and samples that an implementation of others gives for it.
    #[test]
    fn codes_are_those_of_other_implementations() {
        let codes: [u8; 24] = [
            196, 196, 196, 226, 224, 249, 199, 232, 236, 236, 210, 222, 240, 215, 234, 242, 246, 244, 239, 208, 254,
            235, 252, 216,
        ];
        let samples: [i16; 24] = [
            -50, -134, -370, 776, 2_784, 426, -4_952, 7_780, 6_552, 6_876, -6_268, -1_636, 4_676, -2_912, 7_852, 3_596,
            2_114, 2_472, 4_674, -7_010, -1_168, 6_978, 952, -3_376,
        ];
        let (mut encoder, mut decoder) = (Encoder::default(), Decoder::default());
        for (n, expected) in codes.into_iter().zip(samples).enumerate() {
            let sample = ((n * n * 977) % 16_001) as i16 - 8_000;
            let code = encoder.encode(sample);
            assert_eq!((code, decoder.decode(code)), expected, "sample {n}");
        }
    }

    #[test]
    fn what_is_encoded_is_heard_again() {
        let (mut encoder, mut decoder) = (Encoder::default(), Decoder::default());
        let (mut signal, mut noise) = (0.0, 0.0);
        for n in 0..16_000 {
            let heard = decoder.decode(encoder.encode(voice(n)));
            if n >= 800 {
                signal += f64::from(voice(n)).powi(2);
                noise += (f64::from(heard) - f64::from(voice(n))).powi(2);
            }
        }
        let db = 10.0 * (signal / noise).log10();
        assert!(db > 30.0, "{db} dB");
    }

    /// Both ends derive their state from the codes alone: one that comes later, or lost some, finds its way.
    #[test]
    fn a_decoder_that_comes_late_hears_the_same_soon() {
        let mut encoder = Encoder::default();
        let codes: Vec<u8> = (0..8_000).map(|n| encoder.encode(voice(n))).collect();
        let mut whole = Decoder::default();
        let first: Vec<i16> = codes.iter().map(|code| whole.decode(*code)).collect();
        let mut late = Decoder::default();
        let second: Vec<i16> = codes[4_000..].iter().map(|code| late.decode(*code)).collect();
        let apart = |n: usize| (i32::from(first[4_000 + n]) - i32::from(second[n])).abs();
        assert!((3_000..4_000).all(|n| apart(n) < 100), "{:?}", (3_000..4_000).map(apart).max());
    }

    #[test]
    fn silence_stays_silent_and_no_code_breaks_it() {
        let (mut encoder, mut decoder) = (Encoder::default(), Decoder::default());
        for _ in 0..1_600 {
            assert!(decoder.decode(encoder.encode(0)).abs() < 32);
        }
        let mut state = 1u64;
        for _ in 0..200_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            decoder.decode((state >> 56) as u8);
            encoder.encode((state >> 40) as i16);
        }
    }
}
