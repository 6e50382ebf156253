//! Whether a leg is heard at all, and which tones: an ear for the plans that listen to one.

use domain::room::Tones;
use domain::{CallTone, Mono};

use crate::codec::Codec;
use crate::tones::{FRAME, ToneEar};

/// Sound in all that makes a leg heard: a click is shorter, a word is longer. 100 ms.
const SOUND_SAMPLES: usize = 800;

/// What a packet made known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Heard {
    /// The leg is heard, for the first time.
    pub(crate) sound: bool,
    /// A tone that was not told before.
    pub(crate) tone: Option<CallTone>,
}

/// One leg that is listened to.
#[derive(Clone, Debug)]
pub(crate) struct Listener {
    tones: Tones,
    /// Since when, once there was a packet.
    since: Option<Mono>,
    ear: ToneEar,
    sound: usize,
    told: Vec<CallTone>,
}

impl Listener {
    pub(crate) fn new(tones: Tones) -> Listener {
        Listener { tones, since: None, ear: ToneEar::default(), sound: 0, told: Vec::new() }
    }

    /// A later plan listens to the same leg. What was heard stays heard; a tone may be told again once the call is answered.
    pub(crate) fn go_on(&mut self, tones: Tones) {
        if self.tones != tones {
            (self.tones, self.since) = (tones, None);
            self.told.clear();
        }
    }

    /// Takes what arrived.
    pub(crate) fn hear(&mut self, now: Mono, timestamp: u32, codec: Codec, payload: &[u8]) -> Heard {
        let listens = self.listens_for_tones(now);
        let was_heard = self.sound >= SOUND_SAMPLES;
        if was_heard && !listens {
            return Heard::default();
        }
        let (mut sound, mut tone) = (self.sound, None);
        self.ear.hear(timestamp, codec, payload, |frame| {
            sound += if frame.is_sound { FRAME } else { 0 };
            tone = frame.tone.or(tone);
        });
        self.sound = sound.min(SOUND_SAMPLES);
        let tone = tone.filter(|tone| listens && !self.told.contains(tone));
        self.told.extend(tone);
        Heard { sound: !was_heard && self.sound >= SOUND_SAMPLES, tone }
    }

    fn listens_for_tones(&mut self, now: Mono) -> bool {
        let since = *self.since.get_or_insert(now);
        match self.tones {
            Tones::Off => false,
            Tones::On => true,
            Tones::For(time) => now.since(since) < time,
        }
    }
}
