//! What is in a piece of sound: level, and how much of it is one frequency.

use std::f64::consts::TAU;

/// Samples a second.
pub const RATE_HZ: f64 = 8_000.0;
/// The level below which a line counts as silent. Idle G.711 is at −72 dBov or lower, quiet speech at about −40.
pub const SILENCE_DBOV: f64 = -50.0;
/// The level given for digital silence, instead of minus infinity.
const FLOOR_DBOV: f64 = -120.0;

/// What a window of sound consists of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spectrum {
    /// Level of everything, in dB relative to overload.
    pub level_dbov: f64,
    /// Level of the wanted frequency alone.
    pub tone_dbov: f64,
    /// The wanted frequency against everything else, in dB.
    pub snr_db: f64,
}

/// Mean power in dB relative to overload (a full-scale square wave is 0).
pub fn level_dbov(samples: &[i16]) -> f64 {
    decibels(power(samples) / (32_768.0 * 32_768.0)).max(FLOOR_DBOV)
}

/// Splits a window into one frequency and the rest, by least squares: exact for any frequency and length.
pub fn split(samples: &[i16], hz: f64) -> Spectrum {
    let total = power(samples);
    let tone = tone_power(samples, hz).min(total);
    let rest = (total - tone).max(0.0);
    let full = 32_768.0 * 32_768.0;
    let snr_db = if tone <= 0.0 { -FLOOR_DBOV.abs() } else { decibels(tone / rest.max(1e-6)) };
    Spectrum {
        level_dbov: decibels(total / full).max(FLOOR_DBOV),
        tone_dbov: decibels(tone / full).max(FLOOR_DBOV),
        snr_db: snr_db.clamp(FLOOR_DBOV, -FLOOR_DBOV),
    }
}

/// The strongest frequency between 100 and 3,800 Hz, to about 1 Hz; `None` in silence.
pub fn dominant_hz(samples: &[i16]) -> Option<f64> {
    if samples.len() < 80 || level_dbov(samples) < SILENCE_DBOV {
        return None;
    }
    // Steps must be finer than the main lobe, which is one over the window's length.
    let lobe = RATE_HZ / samples.len() as f64;
    let coarse = strongest(samples, 100.0, 3_800.0, (lobe / 2.0).clamp(2.0, 20.0));
    let fine = strongest(samples, coarse - lobe, coarse + lobe, (lobe / 20.0).clamp(0.5, 2.0));
    Some(fine)
}

fn strongest(samples: &[i16], from: f64, to: f64, step: f64) -> f64 {
    let mut best = (from, -1.0);
    let mut hz = from;
    while hz <= to {
        let found = goertzel(samples, hz);
        if found > best.1 {
            best = (hz, found);
        }
        hz += step;
    }
    best.0
}

/// Squared magnitude at one frequency.
fn goertzel(samples: &[i16], hz: f64) -> f64 {
    let coefficient = 2.0 * (TAU * hz / RATE_HZ).cos();
    let (mut one, mut two) = (0.0, 0.0);
    for sample in samples {
        let next = f64::from(*sample) + coefficient * one - two;
        two = one;
        one = next;
    }
    one * one + two * two - coefficient * one * two
}

fn power(samples: &[i16]) -> f64 {
    if samples.is_empty() {
        return 0.0;
    }
    samples.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / samples.len() as f64
}

/// Mean power of the best-fitting `a·cos + b·sin` at `hz`.
fn tone_power(samples: &[i16], hz: f64) -> f64 {
    let (mut cc, mut ss, mut cs, mut xc, mut xs) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (n, sample) in samples.iter().enumerate() {
        let (s, c) = (TAU * hz * n as f64 / RATE_HZ).sin_cos();
        let x = f64::from(*sample);
        cc += c * c;
        ss += s * s;
        cs += c * s;
        xc += x * c;
        xs += x * s;
    }
    let determinant = cc * ss - cs * cs;
    if determinant.abs() < 1e-9 {
        return 0.0;
    }
    let a = (xc * ss - xs * cs) / determinant;
    let b = (xs * cc - xc * cs) / determinant;
    (a * xc + b * xs) / samples.len() as f64
}

fn decibels(ratio: f64) -> f64 {
    if ratio > 0.0 { 10.0 * ratio.log10() } else { FLOOR_DBOV }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hz: f64, amplitude: f64, count: usize) -> Vec<i16> {
        (0..count).map(|n| (amplitude * (TAU * hz * n as f64 / RATE_HZ).sin()) as i16).collect()
    }

    #[test]
    fn a_pure_tone_stands_far_above_the_rest() {
        for hz in [440.0, 800.0, 1_000.0, 1_003.7] {
            let found = split(&tone(hz, 8_000.0, 1_600), hz);
            assert!(found.snr_db > 40.0, "{hz}: {found:?}");
            // Amplitude 8,000 of 32,768 is −12.2 dB of amplitude, a sine is 3 dB below a square wave.
            assert!((found.level_dbov + 15.26).abs() < 0.1, "{hz}: {found:?}");
        }
    }

    #[test]
    fn another_tone_is_the_rest() {
        let mixed: Vec<i16> =
            tone(800.0, 8_000.0, 1_600).iter().zip(tone(1_000.0, 800.0, 1_600)).map(|(a, b)| a + b).collect();
        let found = split(&mixed, 800.0);
        assert!((found.snr_db - 20.0).abs() < 0.5, "{found:?}");
        assert!(split(&mixed, 1_000.0).snr_db < -19.0);
    }

    #[test]
    fn the_dominant_frequency_is_found() {
        for hz in [350.0, 800.0, 1_000.0, 2_999.0] {
            let found = dominant_hz(&tone(hz, 3_000.0, 1_600)).unwrap();
            assert!((found - hz).abs() < 3.0, "{hz}: {found}");
        }
        assert_eq!(dominant_hz(&[0; 1_600]), None);
    }

    #[test]
    fn silence_is_silent() {
        assert!(level_dbov(&[0; 160]) <= -120.0);
        assert!(level_dbov(&[8; 160]) < SILENCE_DBOV);
        assert!(level_dbov(&tone(300.0, 200.0, 160)) > SILENCE_DBOV);
        assert!(split(&[0; 160], 800.0).snr_db < -100.0);
    }
}
