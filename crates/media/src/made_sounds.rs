//! Sounds for tests that listen: voices, melodies, chance.

use std::f64::consts::TAU;

/// Chance that is the same every time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// Evenly between −1 and 1.
    pub(crate) fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 52) as f64 - 1.0
    }

    pub(crate) fn between(&mut self, least: f64, most: f64) -> f64 {
        least + (self.next() + 1.0) / 2.0 * (most - least)
    }
}

/// Amplitude of a sine of a level: 0 dBm0 is 3.14 dB below the loudest there is.
#[allow(clippy::approx_constant, reason = "decibels of G.711, not the number pi")]
pub(crate) fn amplitude(dbm0: f64) -> f64 {
    32_124.0 * 10f64.powf((dbm0 - 3.14) / 20.0)
}

/// Vowels of a voice: harmonics of a pitch that wanders, louder near two formants, in syllables with pauses.
pub(crate) fn voice(seed: u64, seconds: usize) -> Vec<i16> {
    let mut dice = Dice(seed);
    let (mut phase, mut left) = (0.0, 0usize);
    let (mut pitch, mut formants, mut loud) = (120.0, (450.0, 1_400.0), 0.0);
    let mut samples = Vec::with_capacity(seconds * 8_000);
    while samples.len() < seconds * 8_000 {
        if left == 0 {
            left = dice.between(400.0, 4_000.0) as usize;
            pitch = dice.between(90.0, 260.0);
            formants = (dice.between(300.0, 800.0), dice.between(900.0, 2_300.0));
            loud = if dice.next() > 0.2 { 0.0 } else { dice.between(500.0, 9_000.0) };
        }
        left -= 1;
        phase += pitch / 8_000.0;
        let near = |hz: f64, formant: f64| (-((hz - formant) / 120.0).powi(2)).exp();
        let sum: f64 = (1..=14)
            .map(|n| {
                let hz = pitch * f64::from(n);
                (near(hz, formants.0) + 0.5 * near(hz, formants.1) + 0.03) * (TAU * phase * f64::from(n)).sin()
            })
            .sum();
        samples.push((sum * loud + dice.next() * 20.0).clamp(-32_000.0, 32_000.0) as i16);
    }
    samples
}

/// Notes of a melody near 450 Hz, with overtones, of lengths music has.
pub(crate) fn melody(seed: u64, seconds: usize) -> Vec<i16> {
    let mut dice = Dice(seed);
    let scale = [220.0, 246.9, 261.6, 293.7, 329.6, 349.2, 392.0, 440.0, 450.0, 466.2, 493.9, 523.3, 880.0, 1_396.9];
    let mut samples = Vec::with_capacity(seconds * 8_000);
    while samples.len() < seconds * 8_000 {
        let hz = scale[(dice.between(0.0, scale.len() as f64 - 0.01)) as usize];
        let length = dice.between(60.0, 900.0) * 8.0;
        let is_rest = dice.next() > 0.6;
        for n in 0..length as usize {
            let fading = 1.0 - n as f64 / length * 0.8;
            let at = TAU * hz * n as f64 / 8_000.0;
            let sound = if is_rest { 0.0 } else { at.sin() + 0.3 * (2.0 * at).sin() + 0.2 * (3.0 * at).sin() };
            samples.push((sound * 5_000.0 * fading) as i16);
        }
    }
    samples
}

/// A resonance of the mouth: its two poles.
struct Formant {
    before: [f64; 2],
}

impl Formant {
    fn pass(&mut self, sample: f64, hz: f64, width_hz: f64) -> f64 {
        let radius = (-TAU / 2.0 * width_hz / 8_000.0).exp();
        let (b, c) = (2.0 * radius * (TAU * hz / 8_000.0).cos(), -radius * radius);
        let out = (1.0 - b - c) * sample + b * self.before[0] + c * self.before[1];
        self.before = [out, self.before[0]];
        out
    }
}

/// Somebody who talks without a break: a glottis whose pitch rises and falls, through the four resonances of vowels that go over into
/// one another.
pub(crate) fn speech(seed: u64, seconds: usize) -> Vec<i16> {
    const WIDTHS_HZ: [f64; 4] = [60.0, 90.0, 120.0, 160.0];
    let mut dice = Dice(seed);
    let base = dice.between(85.0, 260.0);
    let vowel = |dice: &mut Dice| {
        let formants =
            [dice.between(270.0, 900.0), dice.between(850.0, 2_400.0), dice.between(2_300.0, 3_000.0), 3_500.0];
        let loud = if dice.next() > 0.5 { 0.0 } else { dice.between(2_000.0, 12_000.0) };
        (formants, base * dice.between(0.8, 1.3), loud)
    };
    let mut mouth: [Formant; 4] = std::array::from_fn(|_| Formant { before: [0.0; 2] });
    let (mut from, mut to) = (vowel(&mut dice), vowel(&mut dice));
    let (mut at, mut length, mut phase, mut flow) = (0.0, 1_600.0, 0.0, 0.0);
    let mut samples = Vec::with_capacity(seconds * 8_000);
    while samples.len() < seconds * 8_000 {
        at += 1.0;
        if at >= length {
            (from, to) = (to, vowel(&mut dice));
            (at, length) = (0.0, dice.between(600.0, 3_000.0));
        }
        let part: f64 = at / length;
        let between = |from: f64, to: f64| from + (to - from) * part;
        phase += between(from.1, to.1) / 8_000.0;
        let pulse = if phase >= 1.0 { 1.0 } else { dice.next() * 0.01 };
        phase %= 1.0;
        // A glottis falls by 12 dB an octave, the lips give 6 back.
        flow = 0.9 * flow + pulse;
        let voiced = mouth
            .iter_mut()
            .enumerate()
            .fold(flow, |sample, (n, formant)| formant.pass(sample, between(from.0[n], to.0[n]), WIDTHS_HZ[n]));
        samples.push((voiced * between(from.2, to.2)).clamp(-32_000.0, 32_000.0) as i16);
    }
    samples
}
