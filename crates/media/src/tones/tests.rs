//! Tones as networks play them, and what is none.

use std::f64::consts::TAU;

use domain::CallTone;

use super::*;
use crate::made_sounds::{Dice, amplitude, melody, voice};

/// Frequency (0 is a pause) and length in milliseconds, again and again.
fn play(parts: &[(f64, f64)], ms: f64, level: f64, noise: f64, seed: u64) -> Vec<i16> {
    let mut dice = Dice(seed);
    let whole: f64 = parts.iter().map(|(_, ms)| ms).sum();
    let samples = (0..(ms * 8.0) as usize).map(|n| {
        let mut at = (n as f64 / 8.0) % whole;
        let hz = parts.iter().find_map(|(hz, ms)| {
            at -= ms;
            (at < 0.0).then_some(*hz)
        });
        let tone = (TAU * hz.unwrap_or(0.0) * n as f64 / 8_000.0).sin() * amplitude(level);
        // Even noise of a power: its peak is √3 times its root mean square, a sine's is √2.
        tone + dice.next() * amplitude(noise) * 1.5f64.sqrt()
    });
    samples.map(|sample| sample.clamp(-32_124.0, 32_124.0) as i16).collect()
}

fn heard(codec: Codec, samples: &[i16]) -> Vec<CallTone> {
    let mut ear = ToneEar::default();
    let mut tones = Vec::new();
    for (n, packet) in samples.chunks(160).enumerate() {
        let payload: Vec<u8> = packet.iter().map(|sample| codec.encode(*sample)).collect();
        ear.hear(n as u32 * 160, codec, &payload, |frame| tones.extend(frame.tone));
    }
    tones.dedup();
    tones
}

const QUIET: f64 = -65.0;
const BUSY_PARTS: [(f64, f64); 2] = [(450.0, 350.0), (0.0, 350.0)];
const UNOBTAINABLE_PARTS: [(f64, f64); 8] = [
    (450.0, 100.0),
    (0.0, 100.0),
    (450.0, 100.0),
    (0.0, 100.0),
    (450.0, 100.0),
    (0.0, 100.0),
    (450.0, 400.0),
    (0.0, 400.0),
];
const INFORMATION_PARTS: [(f64, f64); 4] = [(950.0, 330.0), (1_400.0, 330.0), (1_800.0, 330.0), (0.0, 1_000.0)];

fn standard() -> Vec<(CallTone, Vec<(f64, f64)>)> {
    vec![
        (CallTone::Dial, vec![(450.0, 1_000.0)]),
        (CallTone::Ringback, vec![(450.0, 1_000.0), (0.0, 4_000.0)]),
        (CallTone::Busy, BUSY_PARTS.to_vec()),
        (CallTone::Congestion, vec![(450.0, 700.0), (0.0, 700.0)]),
        (CallTone::Unobtainable, UNOBTAINABLE_PARTS.to_vec()),
        (CallTone::Information, INFORMATION_PARTS.to_vec()),
    ]
}

/// How one of the tones is off, and whether it is one all the same.
fn changed(parts: &[(f64, f64)], pitch: f64, time: f64) -> Vec<(f64, f64)> {
    parts.iter().map(|(hz, ms)| (hz * pitch, ms * time)).collect()
}

#[test]
fn every_tone_is_heard_at_every_level_in_either_law_and_within_its_tolerance() {
    for (tone, parts) in standard() {
        for level in [-10.0, -15.0, -20.0, -25.0, -30.0, -35.0] {
            for (pitch, time) in [(1.0, 1.0), (0.98, 0.91), (1.02, 1.09), (0.98, 1.09), (1.02, 0.91)] {
                // A dial tone has no cadence that could be off, and a part of the information tone may be off by 70 ms.
                for codec in [Codec::Pcma, Codec::Pcmu] {
                    let samples = play(&changed(&parts, pitch, time), 12_000.0, level, level - 25.0, 7);
                    assert_eq!(heard(codec, &samples), [tone], "{tone:?} {codec:?} {level} dBm0 × {pitch} × {time}");
                }
            }
        }
    }
}

#[test]
fn a_tone_is_heard_through_noise_that_is_ten_decibels_below_it() {
    for (tone, parts) in standard() {
        for seed in 0..20 {
            let samples = play(&parts, 14_000.0, -18.0, -30.0, seed);
            assert_eq!(heard(Codec::Pcma, &samples), [tone], "{tone:?} seed {seed}");
        }
    }
}

#[test]
fn where_a_tone_begins_does_not_matter() {
    for offset in (0..160).step_by(7) {
        let mut samples = vec![0i16; offset];
        samples.extend(play(&UNOBTAINABLE_PARTS, 5_000.0, -20.0, QUIET, 1));
        assert_eq!(heard(Codec::Pcma, &samples), [CallTone::Unobtainable], "after {offset} samples");
        // In the middle of a burst.
        let samples = play(&BUSY_PARTS, 4_000.0, -20.0, QUIET, 1).split_off(offset * 17);
        assert_eq!(heard(Codec::Pcma, &samples), [CallTone::Busy], "without {} samples", offset * 17);
    }
}

#[test]
fn cadences_and_pitches_of_other_things_are_no_tone() {
    let others: [(&str, Vec<(f64, f64)>); 9] = [
        ("busy of another pitch", vec![(425.0 * 0.95, 350.0), (0.0, 350.0)]),
        ("a lower fifth", vec![(300.0, 350.0), (0.0, 350.0)]),
        ("half a second", vec![(450.0, 500.0), (0.0, 500.0)]),
        ("a quarter", vec![(450.0, 250.0), (0.0, 250.0)]),
        ("uneven", vec![(450.0, 350.0), (0.0, 700.0)]),
        (
            "two short bursts",
            vec![(450.0, 100.0), (0.0, 100.0), (450.0, 100.0), (0.0, 100.0), (450.0, 400.0), (0.0, 400.0)],
        ),
        ("a note of two seconds", vec![(450.0, 2_000.0), (0.0, 500.0)]),
        ("the information tone backwards", vec![(1_800.0, 330.0), (1_400.0, 330.0), (950.0, 330.0), (0.0, 1_000.0)]),
        ("a fax", vec![(1_100.0, 500.0), (0.0, 3_000.0)]),
    ];
    for (name, parts) in others {
        let samples = play(&parts, 20_000.0, -18.0, QUIET, 3);
        assert_eq!(heard(Codec::Pcma, &samples), [], "{name}");
    }
}

#[test]
fn neither_voices_nor_music_nor_noise_are_tones() {
    for seed in 0..20 {
        assert_eq!(heard(Codec::Pcma, &voice(seed, 20)), [], "voice {seed}");
        assert_eq!(heard(Codec::Pcma, &melody(seed, 20)), [], "melody {seed}");
        assert_eq!(heard(Codec::Pcma, &play(&[(0.0, 1_000.0)], 10_000.0, -20.0, -15.0, seed)), [], "noise {seed}");
    }
}

#[test]
fn lost_packets_and_pauses_without_packets_do_not_hide_a_tone() {
    let samples = play(&UNOBTAINABLE_PARTS, 8_000.0, -20.0, -70.0, 1);
    let (mut ear, mut tones) = (ToneEar::default(), Vec::new());
    for (n, packet) in samples.chunks(160).enumerate() {
        let is_silent = packet.iter().all(|sample| sample.abs() < 100);
        if n % 23 == 5 || (is_silent && n % 3 != 0) {
            continue;
        }
        let payload: Vec<u8> = packet.iter().map(|sample| Codec::Pcma.encode(*sample)).collect();
        ear.hear(4_000_000_000u32.wrapping_add(n as u32 * 160), Codec::Pcma, &payload, |frame| {
            tones.extend(frame.tone)
        });
    }
    assert!(tones.contains(&CallTone::Unobtainable), "{tones:?}");
}

#[test]
fn a_packet_that_comes_late_or_from_another_source_does_no_harm() {
    let samples = play(&BUSY_PARTS, 4_000.0, -20.0, QUIET, 1);
    let (mut ear, mut tones) = (ToneEar::default(), Vec::new());
    let payload = |packet: &[i16]| packet.iter().map(|sample| Codec::Pcma.encode(*sample)).collect::<Vec<u8>>();
    for (n, packet) in samples.chunks(160).enumerate() {
        ear.hear(n as u32 * 160, Codec::Pcma, &payload(packet), |frame| tones.extend(frame.tone));
        ear.hear((n as u32).saturating_sub(2) * 160, Codec::Pcma, &payload(&[9_000; 160]), |frame| {
            tones.extend(frame.tone)
        });
    }
    tones.dedup();
    assert_eq!(tones, [CallTone::Busy]);
}
