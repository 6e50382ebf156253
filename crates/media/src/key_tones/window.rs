//! What 20 ms of sound are: the two tones of a key and little else, or anything else.

use std::f32::consts::{PI, TAU};
use std::sync::LazyLock;

use domain::Key;

use crate::codec::CLOCK_HZ;
use crate::digits::TONES_HZ;

/// Samples of a window.
pub(super) const WINDOW: usize = 160;
/// Samples from one window to the next.
pub(super) const HOP: usize = 40;

/// The tones of the lower group and those of the upper one (ITU-T Q.23).
const HZ: [f32; 8] = [697.0, 770.0, 852.0, 941.0, 1_209.0, 1_336.0, 1_477.0, 1_633.0];
const LOWER: std::ops::Range<usize> = 0..4;
const UPPER: std::ops::Range<usize> = 4..8;

/// The quietest tone of a key: −27 dBm0. Networks ask receivers for −24 to −25 (Q.24 annex A).
const AMPLITUDE_LEAST: f32 = 1_000.0;
/// How much louder the upper tone may be: 6 dB (the annex has 4 to 5 for most networks).
const UPPER_LOUDER_MAX: f32 = 2.0;
/// How much louder the lower tone may be: 9 dB (the annex has up to 8).
const LOWER_LOUDER_MAX: f32 = 2.82;
/// How far a tone may be off: between the 1.5 % that must be taken and the 3.5 % that must not (Q.24 §2.1).
const OFF_MAX: f32 = 0.025;
/// How much of the power the two tones must be: all else together is 10 dB below them. Of two hours of made speech without a break, 0.8 takes
/// 85 moments for a key, 0.87 nine, 0.92 one.
const PURE: f32 = 0.92;
/// Their second harmonics are at least 15 dB below them: a voice has harmonics, a key has none.
const HARMONICS_MAX: f32 = 0.03;
/// Width of one line of a window, Hz. A tone is seen two lines to either side.
const LINE_HZ: f32 = CLOCK_HZ as f32 / WINDOW as f32;

/// A complex number.
#[derive(Clone, Copy, Debug, Default)]
struct Complex {
    re: f32,
    im: f32,
}

impl Complex {
    fn power(self) -> f32 {
        self.re * self.re + self.im * self.im
    }

    /// The angle from `before` to here.
    fn turn_since(self, before: Complex) -> f32 {
        let re = self.re * before.re + self.im * before.im;
        let im = self.im * before.re - self.re * before.im;
        im.atan2(re)
    }
}

/// The waves that windows are compared with.
struct Waves {
    /// Hann's window.
    shape: [f32; WINDOW],
    tones: [[Complex; WINDOW]; 8],
    harmonics: [[Complex; WINDOW]; 8],
}

static WAVES: LazyLock<Box<Waves>> = LazyLock::new(|| {
    let shape: [f32; WINDOW] = std::array::from_fn(|n| 0.5 - 0.5 * (TAU * (n as f32 + 0.5) / WINDOW as f32).cos());
    let wave = |hz: f32| {
        std::array::from_fn(|n| {
            let angle = TAU * hz * n as f32 / CLOCK_HZ as f32;
            Complex { re: shape[n] * angle.cos(), im: -shape[n] * angle.sin() }
        })
    };
    Box::new(Waves { shape, tones: HZ.map(wave), harmonics: HZ.map(|hz| wave(2.0 * hz)) })
});

/// One tone of a group, as it is found.
#[derive(Clone, Copy, Debug)]
struct Tone {
    /// Which.
    place: usize,
    amplitude: f32,
}

/// Looks at one window after another; remembers the last, because how fast a tone turns tells its frequency.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Window {
    before: Option<[Complex; 8]>,
}

impl Window {
    /// The key a window has, when it has one beyond doubt.
    pub(super) fn key(&mut self, samples: &[f32; WINDOW]) -> Option<Key> {
        let energy: f32 = samples.iter().zip(&WAVES.shape).map(|(sample, shape)| (sample * shape).powi(2)).sum();
        if energy < energy_of(2.0 * AMPLITUDE_LEAST.powi(2)) * PURE {
            self.before = None;
            return None;
        }
        let found = WAVES.tones.each_ref().map(|wave| correlate(samples, wave));
        let before = self.before.replace(found)?;
        let lower = strongest(&found, LOWER)?;
        let upper = strongest(&found, UPPER)?;
        let (lower, upper) = (tone(&found, &before, lower)?, tone(&found, &before, upper)?);
        let is_level = lower.amplitude >= AMPLITUDE_LEAST
            && upper.amplitude >= AMPLITUDE_LEAST
            && upper.amplitude <= lower.amplitude * UPPER_LOUDER_MAX
            && lower.amplitude <= upper.amplitude * LOWER_LOUDER_MAX;
        let both = lower.amplitude.powi(2) + upper.amplitude.powi(2);
        if !is_level || energy_of(both) < energy * PURE || harmonics(samples, lower, upper) > both * HARMONICS_MAX {
            return None;
        }
        key_of(lower.place, upper.place)
    }
}

/// What a window holds of sines whose squared amplitudes sum up to `squares`.
fn energy_of(squares: f32) -> f32 {
    // The sum over the squares of Hann's window is three eighths of its length.
    squares / 2.0 * 0.375 * WINDOW as f32
}

fn correlate(samples: &[f32; WINDOW], wave: &[Complex; WINDOW]) -> Complex {
    let mut sum = Complex::default();
    for (sample, part) in samples.iter().zip(wave) {
        sum.re += sample * part.re;
        sum.im += sample * part.im;
    }
    sum
}

fn strongest(found: &[Complex; 8], group: std::ops::Range<usize>) -> Option<usize> {
    group.max_by(|a, b| found[*a].power().total_cmp(&found[*b].power()))
}

/// The tone at `place`, unless it is off by too much.
fn tone(found: &[Complex; 8], before: &[Complex; 8], place: usize) -> Option<Tone> {
    let hz = HZ[place];
    // What a tone of just this frequency turns by from window to window, taken away; the rest is within half a turn, ±100 Hz.
    let rest = found[place].turn_since(before[place]) - TAU * (hz * HOP as f32 / CLOCK_HZ as f32).fract();
    let rest = (rest + PI).rem_euclid(TAU) - PI;
    let off_hz = rest / TAU * CLOCK_HZ as f32 / HOP as f32;
    let amplitude = amplitude(found[place]) / part_seen(off_hz / LINE_HZ);
    (off_hz.abs() <= hz * OFF_MAX).then_some(Tone { place, amplitude })
}

/// Hann's window has half of its length in sum, and a sine half of its amplitude at either frequency.
fn amplitude(found: Complex) -> f32 {
    found.power().sqrt() * 4.0 / WINDOW as f32
}

/// How much a window sees of a tone that is so many lines off.
fn part_seen(lines: f32) -> f32 {
    if lines.abs() < 0.01 {
        return 1.0;
    }
    let angle = PI * lines;
    angle.sin() / angle / (1.0 - lines * lines)
}

/// Squared amplitudes of the second harmonics, where the other tone does not hide them.
fn harmonics(samples: &[f32; WINDOW], lower: Tone, upper: Tone) -> f32 {
    let square = |tone: Tone| amplitude(correlate(samples, &WAVES.harmonics[tone.place])).powi(2);
    let is_apart = (2.0 * HZ[lower.place] - HZ[upper.place]).abs() > 2.5 * LINE_HZ;
    square(upper) + if is_apart { square(lower) } else { 0.0 }
}

fn key_of(lower: usize, upper: usize) -> Option<Key> {
    let pair = (HZ[lower] as u16, HZ[upper] as u16);
    let event = TONES_HZ.iter().position(|tones| *tones == pair)?;
    u8::try_from(event).ok().and_then(Key::from_event)
}
