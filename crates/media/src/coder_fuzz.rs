//! Broken sound in G.722 and Opus: gaps, other modes and torn packets leave the decoders of a leg what they were (fuzz/README.md says how to
//! search longer).

use crate::codec::Wide;
use crate::coder::Coder;

/// The longest packet there is, in samples of the house: 120 ms.
const SAMPLES_MAX: usize = 960;
/// What may be made of one gap.
const CONCEALED_MAX: usize = 480;

/// What comes to a leg of each codec, one packet after another: a byte that says what happens before it, its length, and itself.
#[test]
fn codec() {
    fuzzing::replay("media/codec", |bytes| {
        let (mut opus, mut g722) = (Coder::new(Wide::Opus), Coder::new(Wide::G722));
        let (mut time, mut rest) = (0u32, bytes);
        while let [what, length, tail @ ..] = rest {
            let (packet, next) = tail.split_at(usize::from(*length).min(tail.len()));
            rest = next;
            let coder = if what & 1 == 0 { &mut opus } else { &mut g722 };
            if what & 2 != 0 {
                coder.forget_source();
            }
            // A gap of up to 150 ms, or a step back.
            let gap = u32::from(what >> 4) * 80;
            time = if what & 8 == 0 { time.wrapping_add(gap) } else { time.wrapping_sub(gap) };
            let mut sound = Vec::new();
            if what & 4 != 0 && coder.conceal(time, &mut sound).is_some() {
                assert!(!sound.is_empty() && sound.len() <= CONCEALED_MAX);
            }
            sound.clear();
            let samples = coder.samples(packet);
            let is_read = coder.decode(time, packet, &mut sound);
            assert_eq!(sound.len(), if is_read { samples } else { 0 });
            assert!(is_read || samples <= SAMPLES_MAX || coder.wide() == Wide::G722);
            time = time.wrapping_add(samples as u32);
        }
        // Whatever came before, a leg goes on: silence of the house is coded and decoded again.
        for coder in [&mut opus, &mut g722] {
            let (mut packet, mut sound) = (Vec::new(), Vec::new());
            assert!(coder.encode(&[0xD5; 160], &mut packet));
            assert!(coder.decode(time, &packet, &mut sound));
            assert_eq!(sound.len(), 160);
        }
    });
}

#[test]
#[ignore]
fn zz_write_corpus() {
    use opus_rs::{Application, OpusEncoder};
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/media/codec");
    std::fs::create_dir_all(&dir).unwrap();
    let put = |name: &str, records: &[(u8, Vec<u8>)]| {
        let mut all = Vec::new();
        for (op, p) in records {
            if p.len() > 255 {
                continue;
            }
            all.push(*op);
            all.push(p.len() as u8);
            all.extend(p);
        }
        std::fs::write(dir.join(name), all).unwrap();
    };
    let mut mixed = Vec::new();
    for (name, rate, app, bps, ms) in [
        ("silk-narrow", 8000, Application::Voip, 8_000, 20),
        ("silk-wide", 16000, Application::Voip, 14_000, 20),
        ("hybrid", 48000, Application::Voip, 28_000, 20),
        ("celt", 48000, Application::RestrictedLowDelay, 32_000, 20),
        ("celt-short", 48000, Application::RestrictedLowDelay, 24_000, 10),
        ("silk-long", 8000, Application::Voip, 8_000, 60),
    ] {
        let Ok(mut e) = OpusEncoder::new(rate, 1, app) else {
            println!("no {name}");
            continue;
        };
        e.bitrate_bps = bps;
        e.complexity = 0;
        let n = rate as usize * ms / 1000;
        let mut records = Vec::new();
        for k in 0..6usize {
            let pcm: Vec<i16> = (0..n)
                .map(|i| {
                    let t = (k * n + i) as f64 / rate as f64;
                    ((t * 440.0 * 6.2832).sin() * 8000.0 + (t * 130.0 * 6.2832).sin() * 5000.0) as i16
                })
                .collect();
            let mut out = vec![0; 1275];
            match e.encode_i16(&pcm, n, &mut out) {
                Ok(len) if len > 0 => {
                    out.truncate(len);
                    records.push((if k == 3 { 0x24 } else { 0 }, out));
                }
                other => println!("{name} {k}: {other:?}"),
            }
        }
        println!("{name}: {:?}", records.iter().map(|(_, r)| (r.len(), r[0] >> 3)).collect::<Vec<_>>());
        mixed.extend(records.iter().take(2).cloned());
        put(name, &records);
    }
    put("modes", &mixed);
    let mut g = Coder::new(Wide::G722);
    let mut records = Vec::new();
    for k in 0..3usize {
        let sound: Vec<u8> = (0..160).map(|i| (((k * 160 + i) as f64 * 0.3).sin() * 100.0) as i8 as u8).collect();
        let mut out = Vec::new();
        g.encode(&sound, &mut out);
        records.push((if k == 2 { 0x25 } else { 1 }, out));
    }
    put("g722", &records);
}
