//! Tones as voices: each party has its own, and what is heard is told by what is in it.

use std::f64::consts::TAU;

use media::Codec;

/// A tone that must stand out this far, in decibels.
pub const CLEAR_DB: f64 = 20.0;

/// Sample `n` of a tone.
pub fn sample(hz: u32, n: u64) -> i16 {
    ((n as f64 * f64::from(hz) * TAU / 8_000.0).sin() * 6_000.0) as i16
}

/// A second of a tone in A-law: any multiple of 1 Hz repeats without a seam.
pub fn second(hz: u32) -> Vec<u8> {
    (0..8_000).map(|n| Codec::Pcma.encode(sample(hz, n))).collect()
}

/// Power at `hz` (Goertzel with a Hann window), in decibels of an arbitrary reference.
pub fn level_db(samples: &[i16], hz: u32) -> f64 {
    let length = samples.len() as f64;
    let (mut re, mut im) = (0.0, 0.0);
    for (n, sample) in samples.iter().enumerate() {
        let window = 0.5 - 0.5 * (TAU * n as f64 / length).cos();
        let angle = TAU * f64::from(hz) * n as f64 / 8_000.0;
        re += window * f64::from(*sample) * angle.cos();
        im += window * f64::from(*sample) * angle.sin();
    }
    10.0 * ((re * re + im * im) / (length * length)).max(1e-9).log10()
}

/// Those of `all` that are in the samples: within 12 dB of the loudest; the others must be 20 dB below it.
pub fn heard(samples: &[i16], all: &[u32]) -> Vec<u32> {
    let levels: Vec<(u32, f64)> = all.iter().map(|hz| (*hz, level_db(samples, *hz))).collect();
    let loudest = levels.iter().map(|(_, db)| *db).fold(f64::MIN, f64::max);
    if loudest < level_db(&[0; 8_000], 1_000) + 60.0 {
        return Vec::new();
    }
    let mut heard = Vec::new();
    for (hz, db) in levels {
        if db > loudest - 12.0 {
            heard.push(hz);
        } else {
            assert!(db < loudest - CLEAR_DB, "{hz} Hz is only {:.1} dB below the loudest", loudest - db);
        }
    }
    heard
}
