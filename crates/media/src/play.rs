//! One playing of prompts or music: where it stands, slot by slot.

use std::sync::Arc;

use domain::room::{Play, PlayEnd, SoundKey};
use domain::{KeySet, PlayId};

use crate::codec::{Codec, SLOT_SAMPLES};

/// Where sounds come from: A-law samples at 8 kHz without a header. Asked by whoever hands a plan over, never by the media thread.
pub trait Sounds: Send + Sync {
    /// The samples of a sound; `None` when there is no such sound.
    fn alaw(&self, key: &SoundKey) -> Option<Arc<[u8]>>;
}

/// A play of a room. It stands still while no connected leg hears it.
#[derive(Debug)]
pub struct Playing {
    /// Which.
    pub id: PlayId,
    stop_on: KeySet,
    repeat: bool,
    sounds: Vec<Arc<[u8]>>,
    sound: usize,
    offset: usize,
    end: Option<PlayEnd>,
}

impl Playing {
    /// At its beginning; over at once, as failed, when a sound is missing or there is none.
    pub fn new(play: &Play, sounds: &[Option<Arc<[u8]>>]) -> Playing {
        let found: Vec<Arc<[u8]>> = sounds.iter().flatten().cloned().collect();
        let playable = found.len() == play.sounds.len() && found.iter().any(|sound| !sound.is_empty());
        Playing {
            id: play.id,
            stop_on: play.stop_on,
            repeat: play.repeat,
            sounds: found,
            sound: 0,
            offset: 0,
            end: (!playable).then_some(PlayEnd::Failed),
        }
    }

    /// A later plan names it again: position and sounds stay, what stops it may change.
    pub fn rearm(&mut self, play: &Play) {
        self.stop_on = play.stop_on;
        self.repeat = play.repeat;
    }

    /// Whether it can still be heard.
    pub fn is_live(&self) -> bool {
        self.end.is_none()
    }

    /// How it ended.
    pub fn end(&self) -> Option<PlayEnd> {
        self.end
    }

    /// Whether this key stops it.
    pub fn stops_on(&self, key: domain::Key) -> bool {
        self.is_live() && self.stop_on.contains(key)
    }

    /// Ends it; the first end stands.
    pub fn stop(&mut self, end: PlayEnd) {
        self.end.get_or_insert(end);
    }

    /// The next slot in A-law; it may be the last, padded with silence.
    pub fn next_slot(&mut self) -> [u8; SLOT_SAMPLES] {
        let mut out = [Codec::Pcma.silence(); SLOT_SAMPLES];
        let mut filled = 0;
        while self.is_live() && filled < SLOT_SAMPLES {
            let rest = &self.sounds[self.sound][self.offset..];
            let count = rest.len().min(SLOT_SAMPLES - filled);
            out[filled..filled + count].copy_from_slice(&rest[..count]);
            filled += count;
            self.offset += count;
            if self.offset >= self.sounds[self.sound].len() {
                self.next_sound();
            }
        }
        out
    }

    fn next_sound(&mut self) {
        self.offset = 0;
        self.sound += 1;
        if self.sound < self.sounds.len() {
            return;
        }
        self.sound = 0;
        if !self.repeat {
            self.end = Some(PlayEnd::Finished);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Key;

    fn play(sounds: &[&[u8]], repeat: bool) -> Playing {
        let names = sounds.iter().map(|_| SoundKey { name: "x".into(), language: None }).collect();
        let stop_on = KeySet::NONE.with(Key::from_char('1').unwrap());
        let found: Vec<_> = sounds.iter().map(|sound| Some(Arc::from(*sound))).collect();
        Playing::new(&Play { id: PlayId(1), sounds: names, repeat, stop_on }, &found)
    }

    #[test]
    fn sounds_join_without_a_seam_and_the_rest_is_silence() {
        let mut playing = play(&[&[1; 100], &[], &[2; 100]], false);
        let first = playing.next_slot();
        assert_eq!((first[99], first[100], first[159]), (1, 2, 2));
        assert!(playing.is_live());
        let second = playing.next_slot();
        assert_eq!((second[39], second[40]), (2, Codec::Pcma.silence()));
        assert_eq!(playing.end(), Some(PlayEnd::Finished));
    }

    #[test]
    fn repetition_goes_on_in_the_same_slot() {
        let mut playing = play(&[&[7; 50]], true);
        assert_eq!(playing.next_slot(), [7; SLOT_SAMPLES]);
        assert!(playing.is_live());
    }

    #[test]
    fn an_exact_fit_ends_with_its_last_slot() {
        let mut playing = play(&[&[7; 160]], false);
        playing.next_slot();
        assert_eq!(playing.end(), Some(PlayEnd::Finished));
    }

    #[test]
    fn missing_and_empty_sounds_fail() {
        assert_eq!(play(&[], false).end(), Some(PlayEnd::Failed));
        assert_eq!(play(&[&[]], true).end(), Some(PlayEnd::Failed));
        let key = SoundKey { name: "gone".into(), language: None };
        let missing = Play { id: PlayId(1), sounds: vec![key], repeat: false, stop_on: KeySet::NONE };
        assert_eq!(Playing::new(&missing, &[None]).end(), Some(PlayEnd::Failed));
    }

    #[test]
    fn only_its_keys_stop_it_and_only_once() {
        let mut playing = play(&[&[7; 500]], false);
        assert!(!playing.stops_on(Key::from_char('2').unwrap()));
        assert!(playing.stops_on(Key::from_char('1').unwrap()));
        playing.stop(PlayEnd::Barged);
        playing.stop(PlayEnd::Stopped);
        assert_eq!(playing.end(), Some(PlayEnd::Barged));
        assert!(!playing.stops_on(Key::from_char('1').unwrap()));
    }
}
