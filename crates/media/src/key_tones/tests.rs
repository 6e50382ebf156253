//! Keys as telephones send them in their sound, within and beyond what ITU-T Q.24 annex A asks of receivers, and what is none.

use std::f64::consts::TAU;
use std::path::{Path, PathBuf};

use super::*;
use crate::codec::Codec;
use crate::made_sounds::{Dice, amplitude, melody, speech};

const KEYS: &str = "0123456789*#ABCD";
const HZ: [(f64, [f64; 4]); 4] = [
    (697.0, [1_209.0, 1_336.0, 1_477.0, 1_633.0]),
    (770.0, [1_209.0, 1_336.0, 1_477.0, 1_633.0]),
    (852.0, [1_209.0, 1_336.0, 1_477.0, 1_633.0]),
    (941.0, [1_209.0, 1_336.0, 1_477.0, 1_633.0]),
];

/// How a telephone sends keys: levels in dBm0, factors of the frequencies, milliseconds.
#[derive(Clone, Copy, Debug)]
struct Sent {
    lower: f64,
    upper: f64,
    lower_off: f64,
    upper_off: f64,
    on: f64,
    off: f64,
    noise: f64,
    seed: u64,
}

const USUAL: Sent =
    Sent { lower: -9.0, upper: -7.0, lower_off: 1.0, upper_off: 1.0, on: 40.0, off: 40.0, noise: -65.0, seed: 1 };

/// The tones of a key by the grid of the keypad.
fn tones_of(key: char) -> (f64, f64) {
    let (row, column) = ["123A", "456B", "789C", "*0#D"]
        .iter()
        .enumerate()
        .find_map(|(row, keys)| keys.find(key).map(|column| (row, column)))
        .unwrap();
    (HZ[row].0, HZ[row].1[column])
}

/// A pause, then each key and a pause after it.
fn sound(keys: &str, sent: Sent) -> Vec<i16> {
    let mut dice = Dice(sent.seed);
    let noise = amplitude(sent.noise) * 1.5f64.sqrt();
    let mut samples: Vec<f64> = vec![0.0; 320];
    for key in keys.chars() {
        let (lower, upper) = tones_of(key);
        let turn = |n: usize, hz: f64| (TAU * hz * n as f64 / 8_000.0).sin();
        samples.extend((0..(sent.on * 8.0) as usize).map(|n| {
            turn(n, lower * sent.lower_off) * amplitude(sent.lower)
                + turn(n, upper * sent.upper_off) * amplitude(sent.upper)
        }));
        samples.resize(samples.len() + (sent.off * 8.0) as usize, 0.0);
    }
    samples.resize(samples.len() + 400, 0.0);
    samples.iter().map(|sample| (sample + dice.next() * noise).clamp(-32_124.0, 32_124.0) as i16).collect()
}

fn linear(codec: Codec, packet: &[i16]) -> Vec<i16> {
    packet.iter().map(|sample| codec.decode(codec.encode(*sample))).collect()
}

/// The keys in a stream of packets; `arrives` says of the number of each whether it comes.
fn heard_of(codec: Codec, samples: &[i16], arrives: impl Fn(usize) -> bool) -> String {
    let mut ear = KeyEar::default();
    let mut keys = String::new();
    for (n, packet) in samples.chunks(160).enumerate().filter(|(n, _)| arrives(*n)) {
        let (sequence, timestamp) = (65_530u16.wrapping_add(n as u16), 4_294_960_000u32.wrapping_add(n as u32 * 160));
        keys.extend(ear.hear(sequence, timestamp, linear(codec, packet).into_iter()).map(Key::as_char));
    }
    keys
}

fn heard(samples: &[i16]) -> String {
    heard_of(Codec::Pcma, samples, |_| true)
}

#[test]
fn every_key_is_heard_at_every_level_twist_and_pitch_that_must_be_taken() {
    // Up to 4 dB more in the upper tone, up to 8 dB less.
    let levels =
        [(-3.5, -3.5), (-10.0, -10.0), (-25.0, -25.0), (-10.0, -6.0), (-25.0, -21.0), (-6.0, -14.0), (-17.0, -25.0)];
    let pitches = [(1.0, 1.0), (0.985, 0.985), (1.015, 1.015), (0.985, 1.015), (1.015, 0.985)];
    for codec in [Codec::Pcma, Codec::Pcmu] {
        for (lower, upper) in levels {
            for (lower_off, upper_off) in pitches {
                let sent = Sent { lower, upper, lower_off, upper_off, ..USUAL };
                assert_eq!(heard_of(codec, &sound(KEYS, sent), |_| true), KEYS, "{codec:?} {sent:?}");
            }
        }
    }
}

#[test]
fn forty_milliseconds_are_a_press_wherever_they_begin_and_each_press_counts_once() {
    for offset in 0..80 {
        let mut samples = vec![0; offset];
        samples.extend(sound("1112233##DD0", USUAL));
        assert_eq!(heard(&samples), "1112233##DD0", "after {offset} samples");
    }
    assert_eq!(heard(&sound("58", Sent { on: 3_000.0, ..USUAL })), "58", "held down");
}

#[test]
fn what_is_too_short_is_no_press() {
    for offset in 0..80 {
        let mut samples = vec![0; offset];
        samples.extend(sound(KEYS, Sent { on: 23.0, ..USUAL }));
        assert_eq!(heard(&samples), "", "after {offset} samples");
    }
}

#[test]
fn tones_that_are_off_by_too_much_are_none() {
    for (lower_off, upper_off) in
        [(0.965, 1.0), (1.035, 1.0), (1.0, 0.965), (1.0, 1.035), (0.965, 0.965), (1.035, 1.035), (0.965, 1.035)]
    {
        let sent = Sent { lower_off, upper_off, on: 200.0, ..USUAL };
        assert_eq!(heard(&sound(KEYS, sent)), "", "{sent:?}");
    }
}

#[test]
fn one_tone_two_that_are_not_alike_and_what_is_too_quiet_are_none() {
    for (lower, upper) in [(-10.0, -90.0), (-90.0, -10.0), (-18.0, -10.0), (-6.0, -18.0), (-30.0, -30.0)] {
        let sent = Sent { lower, upper, on: 200.0, ..USUAL };
        assert_eq!(heard(&sound(KEYS, sent)), "", "{sent:?}");
    }
}

#[test]
fn noise_fifteen_decibels_below_a_key_does_not_hide_it() {
    for seed in 0..40 {
        // The power of both tones is 3 dB above that of one.
        let sent = Sent { lower: -10.0, upper: -10.0, noise: -22.0, seed, ..USUAL };
        assert_eq!(heard(&sound(KEYS, sent)), KEYS, "{sent:?}");
        let held = Sent { on: 500.0, ..sent };
        assert_eq!(heard(&sound(KEYS, held)), KEYS, "{held:?}");
    }
}

#[test]
fn a_hole_in_a_press_makes_no_second_one() {
    let whole = Sent { on: 120.0, ..USUAL };
    for from in (0..960).step_by(40) {
        let mut samples = sound("7", whole);
        samples[320 + from..320 + from + 80].fill(0);
        assert_eq!(heard(&samples), "7", "10 ms from {from}");
    }
    // Packets that get lost; a press is six of them.
    for lost in 0..9 {
        assert_eq!(heard_of(Codec::Pcma, &sound("7", whole), |n| n != lost), "7", "without packet {lost}");
    }
    let long = sound("77", Sent { on: 400.0, off: 100.0, ..USUAL });
    for lost in 5..18 {
        assert_eq!(heard_of(Codec::Pcma, &long, |n| !(lost..lost + 4).contains(&n)), "77", "without four from {lost}");
    }
}

#[test]
fn who_sends_nothing_between_two_presses_has_let_go() {
    let mut ear = KeyEar::default();
    let mut keys = String::new();
    let press = sound("4", Sent { on: 80.0, ..USUAL });
    let mut timestamp = 0u32;
    for sequence in 0..24u16 {
        let packet = &press[320 + usize::from(sequence % 4) * 160..][..160];
        keys.extend(ear.hear(sequence, timestamp, packet.iter().copied()).map(Key::as_char));
        timestamp += if sequence % 4 == 3 { 160 + 480 } else { 160 };
    }
    assert_eq!(keys, "444444");
}

#[test]
fn packets_that_come_late_or_of_another_stream_do_no_harm() {
    let samples = sound("159D", Sent { on: 80.0, ..USUAL });
    let (mut ear, mut keys) = (KeyEar::default(), String::new());
    for (n, packet) in samples.chunks(160).enumerate() {
        let n = n as u16;
        keys.extend(ear.hear(n, u32::from(n) * 160, packet.iter().copied()).map(Key::as_char));
        let late = ear.hear(n.wrapping_sub(2), (u32::from(n) * 160).wrapping_sub(320), [9_000i16; 160].into_iter());
        assert_eq!(late, None);
    }
    assert_eq!(keys, "159D");
    assert_eq!(ear.hear(9, 3_000_000_000, [0i16; 160].into_iter()), None);
    keys.extend(samples.chunks(160).enumerate().filter_map(|(n, packet)| {
        let at = 3_000_000_160u32 + n as u32 * 160;
        ear.hear(10 + n as u16, at, packet.iter().copied()).map(Key::as_char)
    }));
    assert_eq!(keys, "159D159D");
}

#[test]
fn neither_voices_nor_music_nor_noise_are_keys() {
    for seed in 0..40 {
        assert_eq!(heard(&speech(seed, 20)), "", "voice {seed}");
        assert_eq!(heard(&melody(seed, 20)), "", "melody {seed}");
        let noise = Sent { lower: -90.0, upper: -90.0, on: 10_000.0, noise: -12.0, seed, ..USUAL };
        assert_eq!(heard(&sound("1", noise)), "", "noise {seed}");
    }
}

#[test]
fn what_callers_are_played_has_no_keys_at_whatever_level_it_comes_back() {
    let prompts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/prompts");
    let mut files = Vec::new();
    wavs(&prompts, &mut files);
    assert!(files.len() > 100, "the prompts are there");
    for path in files {
        let bytes = std::fs::read(&path).unwrap();
        // A-law behind a header of 58 bytes.
        let samples: Vec<i16> = bytes[58..].iter().map(|byte| Codec::Pcma.decode(*byte)).collect();
        for gain in [0.25, 1.0, 2.0] {
            let samples: Vec<i16> = samples.iter().map(|sample| (f32::from(*sample) * gain) as i16).collect();
            assert_eq!(heard(&samples), "", "{} × {gain}", path.display());
        }
    }
}

#[test]
fn a_key_is_heard_over_the_echo_of_what_is_played() {
    let keys = KEYS.repeat(8);
    let pressed = sound(&keys, Sent { on: 80.0, ..USUAL });
    let both = pressed.iter().zip(speech(3, 25)).map(|(key, echo)| key.saturating_add(echo / 16));
    assert_eq!(heard(&both.collect::<Vec<i16>>()), keys);
}

fn wavs(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            wavs(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "wav") {
            files.push(path);
        }
    }
}
