//! Whether a leg says anything: an ear for the plans that want silence told.

use std::time::Duration;

use domain::Mono;

use crate::codec::Codec;

/// A packet whose root mean square is above this is a sound: −45 dB of full scale, between the noise of a line (−60 to −50) and a
/// low voice (about −35).
const SOUND_RMS: i64 = 184;

/// One leg's silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hush {
    after: Duration,
    /// When there was a sound last, or when listening began; `None` until the first tick.
    since: Option<Mono>,
    told: bool,
}

impl Hush {
    pub(crate) const fn new(after: Duration) -> Hush {
        Hush { after, since: None, told: false }
    }

    pub(crate) const fn after(&self) -> Duration {
        self.after
    }

    /// Takes what arrived.
    pub(crate) fn hear(&mut self, now: Mono, codec: Codec, payload: &[u8]) {
        if is_sound(codec, payload) {
            (self.since, self.told) = (Some(now), false);
        }
    }

    /// Whether silence has lasted long enough and was not told yet.
    pub(crate) fn is_due(&mut self, now: Mono) -> bool {
        let since = *self.since.get_or_insert(now);
        let due = !self.told && now.since(since) >= self.after;
        self.told |= due;
        due
    }
}

fn is_sound(codec: Codec, payload: &[u8]) -> bool {
    let square = |byte: &u8| i64::from(codec.decode(*byte)).pow(2);
    let sum: i64 = payload.iter().map(square).sum();
    sum > SOUND_RMS.pow(2) * i64::try_from(payload.len()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AFTER: Duration = Duration::from_secs(3);

    fn at(ms: u64) -> Mono {
        Mono(ms * 1_000_000)
    }

    /// A packet of a square wave.
    fn packet(codec: Codec, amplitude: i16) -> Vec<u8> {
        (0..160).map(|n| codec.encode(if n % 16 < 8 { amplitude } else { -amplitude })).collect()
    }

    #[test]
    fn silence_is_due_once_and_again_after_a_sound() {
        let mut hush = Hush::new(AFTER);
        assert!(!hush.is_due(at(10_000)), "listening begins");
        assert!(!hush.is_due(at(12_999)));
        assert!(hush.is_due(at(13_000)));
        assert!(!hush.is_due(at(20_000)), "told once");
        hush.hear(at(21_000), Codec::Pcma, &packet(Codec::Pcma, 3_000));
        assert!(!hush.is_due(at(23_999)));
        assert!(hush.is_due(at(24_000)));
    }

    #[test]
    fn a_low_voice_is_a_sound_and_the_noise_of_a_line_is_not() {
        for codec in [Codec::Pcma, Codec::Pcmu] {
            assert!(is_sound(codec, &packet(codec, 400)), "{codec:?}");
            assert!(!is_sound(codec, &packet(codec, 100)), "{codec:?}");
            assert!(!is_sound(codec, &[codec.silence(); 160]), "{codec:?}");
            assert!(!is_sound(codec, &[]), "{codec:?}");
        }
    }
}
