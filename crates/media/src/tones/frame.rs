//! What 10 ms of sound are: one of the frequencies of a tone and little else, as good as nothing, or anything else.

use std::f32::consts::TAU;

use crate::codec::CLOCK_HZ;

/// Samples of a frame.
pub(crate) const FRAME: usize = 80;

/// The frequency of all tones of the country but one.
const STEADY_HZ: f32 = 450.0;
/// Those of the information tone, in their order.
const INFORMATION_HZ: [f32; 3] = [950.0, 1_400.0, 1_800.0];
/// Beside each of them, so that 2 % off is still near one that is looked for.
const BESIDE_HZ: [f32; 3] = [-25.0, 0.0, 25.0];

/// How much of a frame's power the frequency must be: 6 dB above all else, and a frame's width is 100 Hz.
const PURE: f32 = 0.8;
/// Mean square below which nothing is a tone: −41 dBm0, 6 dB below the lowest level networks play (E.180/Q.35 §2 asks for −20).
const TONE_LEAST: f32 = 20_000.0;
/// A pause is at least 10 dB below the tone before it.
const PAUSE_BELOW: f32 = 0.1;
/// Mean square of −50 dB of full scale.
const SOUND: f32 = 10_737.0;

/// What a frame is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// As good as nothing, or much less than the tone before it.
    #[default]
    Quiet,
    /// 450 Hz.
    Steady,
    /// One of the information tone's, by its place.
    Information(u8),
    /// Speech, music, noise, or the edge of a tone.
    Other,
}

/// Tells frames apart; remembers how loud the last tone was.
#[derive(Clone, Debug, Default)]
pub(super) struct Meter {
    tone: f32,
}

impl Meter {
    /// What a frame is, and whether it is a sound at all.
    pub(super) fn measure(&mut self, samples: &[i16]) -> (Kind, bool) {
        let power = samples.iter().map(|sample| f32::from(*sample).powi(2)).sum::<f32>() / samples.len() as f32;
        let kind = if power < TONE_LEAST {
            // A tone that fades below what is measured is no tone any more either.
            Kind::Quiet
        } else if part_of(samples, STEADY_HZ, power) >= PURE {
            Kind::Steady
        } else if let Some(place) = information(samples, power) {
            Kind::Information(place)
        } else if power < self.tone * PAUSE_BELOW {
            Kind::Quiet
        } else {
            Kind::Other
        };
        if kind == Kind::Steady {
            self.tone = power;
        }
        (kind, power > SOUND)
    }
}

fn information(samples: &[i16], power: f32) -> Option<u8> {
    let is_there = |hz: &f32| BESIDE_HZ.iter().any(|beside| part_of(samples, hz + beside, power) >= PURE);
    INFORMATION_HZ.iter().position(is_there).and_then(|place| u8::try_from(place).ok())
}

/// How much of the power is at `hz` (Goertzel): 1 is all of it.
fn part_of(samples: &[i16], hz: f32, power: f32) -> f32 {
    let turn = 2.0 * (TAU * hz / CLOCK_HZ as f32).cos();
    let (mut one, mut two) = (0.0f32, 0.0f32);
    for sample in samples {
        (one, two) = (f32::from(*sample) + turn * one - two, one);
    }
    let found = one * one + two * two - turn * one * two;
    2.0 * found / (samples.len() as f32).powi(2) / power
}
