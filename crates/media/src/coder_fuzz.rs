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
