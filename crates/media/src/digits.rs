//! Keys on their way to a telephone leg, one after another: what is to be sent in its stead, slot by slot.
//!
//! A key goes as a telephone event (RFC 4733) where those were agreed on, otherwise as its two tones in the sound (ITU-T Q.23).
//! Nothing else may be sent while [`DigitSender::holds`]; where a packet stands in the stream is the outlet's business.

use std::collections::VecDeque;
use std::f64::consts::TAU;
use std::time::Duration;

use domain::{Key, Mono};

use crate::codec::{CLOCK_HZ, Codec, SLOT, SLOT_SAMPLES};
use crate::dtmf::TelephoneEvent;

/// A key sounds for 100 ms: ETSI TBR 21 §4.8.2 asks automatic diallers for 65 ms, and slow receivers get some more.
const TONE_SLOTS: u16 = 5;
/// At least 80 ms between two keys: the same section asks for 65 ms, so that the same key twice is not one long press.
const PAUSE_SLOTS: u16 = 4;
/// RFC 4733 §2.5.1.4: the last packet goes three times, at the pace of the others, so that one hole does not swallow all of them.
const END_PACKETS: u16 = 3;
/// −10 dBm0, what most telephones say of their keys.
const VOLUME: u8 = 10;
/// −9 dBm0 for each of the two tones, between the −6 and −11 of ordinary telephones: a sine that just fills G.711 has +3.14 dBm0.
const TONE_AMPLITUDE: f64 = 8_100.0;
/// Keys in waiting for one leg: twice the longest account number with its PIN, and twelve seconds of sending.
///
/// Overflow: the rest of the order is dropped and counted in [`Counters::digits`](crate::Counters::digits). Keys in between would be worse
/// lost, because the far end could not tell.
pub const DIGITS_MAX: usize = 64;
/// A plane that was held up for longer than this does not make up for what it missed.
const CATCH_UP_MAX: Duration = Duration::from_millis(200);

/// The two tones of each key in Hz, by its event code (ITU-T Q.23).
pub(crate) const TONES_HZ: [(u16, u16); 16] = [
    (941, 1_336),
    (697, 1_209),
    (697, 1_336),
    (697, 1_477),
    (770, 1_209),
    (770, 1_336),
    (770, 1_477),
    (852, 1_209),
    (852, 1_336),
    (852, 1_477),
    (941, 1_209),
    (941, 1_477),
    (697, 1_633),
    (770, 1_633),
    (852, 1_633),
    (941, 1_633),
];

/// How a key travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// As a telephone event.
    Event,
    /// As tones in the sound.
    Sound,
}

impl Way {
    /// Slots in which nothing else may be sent. Of an event, until its last packet; of tones with their pause, since a voice in it
    /// would not be one.
    const fn slots(self) -> u16 {
        match self {
            Way::Event => TONE_SLOTS + END_PACKETS - 1,
            Way::Sound => TONE_SLOTS + PAUSE_SLOTS,
        }
    }
}

/// What is to be sent in one slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Event { event: TelephoneEvent, is_first: bool },
    Tone { key: Key, slot: u16 },
    Silence,
}

#[derive(Clone, Copy, Debug)]
enum Phase {
    /// Sound may pass from `open` on, and the next key begins at `until`.
    Pause { open: Mono, until: Mono },
    /// Part `slot` of a key is sent at `due`.
    Key { key: Key, way: Way, slot: u16, due: Mono },
}

/// The keys of one leg.
#[derive(Debug)]
pub(crate) struct DigitSender {
    waiting: VecDeque<Key>,
    phase: Phase,
}

impl DigitSender {
    /// Nothing to send yet.
    pub(crate) fn new(now: Mono) -> DigitSender {
        DigitSender { waiting: VecDeque::new(), phase: Phase::Pause { open: now, until: now } }
    }

    /// Takes keys to be sent after those in waiting; gives how many found no room.
    pub(crate) fn push(&mut self, keys: &[Key]) -> usize {
        let room = (DIGITS_MAX - self.waiting.len()).min(keys.len());
        self.waiting.extend(&keys[..room]);
        keys.len() - room
    }

    /// Keys that have not begun.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Whether a key is being sent at `at`, so that everything else has to stand back.
    pub(crate) fn holds(&self, at: Mono) -> bool {
        match self.phase {
            Phase::Pause { open, .. } => at < open,
            Phase::Key { .. } => true,
        }
    }

    /// Whether the last key and the pause after it are over.
    pub(crate) fn is_done(&self, now: Mono) -> bool {
        matches!(self.phase, Phase::Pause { until, .. } if until <= now) && self.waiting.is_empty()
    }

    /// The next thing that is due, and when it was; to be called until `None`. A key begins at `ready` at the earliest, when
    /// the packet before it is over.
    pub(crate) fn next(&mut self, now: Mono, ready: Mono, way: Way) -> Option<(Mono, Part)> {
        if let Phase::Pause { until, .. } = self.phase
            && until <= now
            && let Some(key) = self.waiting.pop_front()
        {
            self.phase = Phase::Key { key, way, slot: 0, due: until.max(ready) };
        }
        let Phase::Key { key, way: begun, slot, due } = self.phase else { return None };
        if way != begun {
            // Renegotiated in the middle: what is left of the key cannot be sent.
            self.phase = Phase::Pause { open: now, until: now + SLOT * u32::from(PAUSE_SLOTS) };
            return None;
        }
        if now < due {
            return None;
        }
        let at = if now.since(due) > CATCH_UP_MAX { now } else { due };
        self.phase = if slot + 1 < way.slots() {
            Phase::Key { key, way, slot: slot + 1, due: at + SLOT }
        } else {
            self.after_key(at, way)
        };
        Some((at, part(key, way, slot)))
    }

    fn after_key(&mut self, last_at: Mono, way: Way) -> Phase {
        let until = last_at + SLOT * u32::from(TONE_SLOTS + PAUSE_SLOTS + 1 - way.slots());
        if way == Way::Sound
            && let Some(key) = self.waiting.pop_front()
        {
            return Phase::Key { key, way, slot: 0, due: until };
        }
        // Half a slot more, so that a packet that comes a little early has not to be squeezed in.
        Phase::Pause { open: last_at + SLOT / 2, until }
    }
}

fn part(key: Key, way: Way, slot: u16) -> Part {
    match way {
        Way::Event => {
            let sounded = (slot + 1).min(TONE_SLOTS);
            let duration = sounded * SLOT_SAMPLES as u16;
            let event = TelephoneEvent { code: key.event(), end: sounded == TONE_SLOTS, volume: VOLUME, duration };
            Part::Event { event, is_first: slot == 0 }
        }
        Way::Sound if slot < TONE_SLOTS => Part::Tone { key, slot },
        Way::Sound => Part::Silence,
    }
}

/// One slot of a key's two tones; slots of one key join without a seam.
pub(crate) fn tone(key: Key, slot: u16, codec: Codec) -> [u8; SLOT_SAMPLES] {
    let (low, high) = TONES_HZ[usize::from(key.event() & 0x0F)];
    let first = usize::from(slot) * SLOT_SAMPLES;
    std::array::from_fn(|n| {
        let turn = TAU * (first + n) as f64 / f64::from(CLOCK_HZ);
        let both = (turn * f64::from(low)).sin() + (turn * f64::from(high)).sin();
        codec.encode((both * TONE_AMPLITUDE) as i16)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Mono {
        Mono(ms * 1_000_000)
    }

    fn keys(keys: &str) -> Vec<Key> {
        keys.chars().filter_map(Key::from_char).collect()
    }

    /// Everything that is sent in the first `ms` milliseconds, looked at every `step`.
    fn sent(sender: &mut DigitSender, way: Way, ms: u64, step: u64) -> Vec<(Mono, Part)> {
        let mut sent: Vec<(Mono, Part)> = Vec::new();
        for now in (0..ms).step_by(step as usize) {
            while let Some(part) = sender.next(at(now), at(0), way) {
                sent.push(part);
            }
        }
        sent
    }

    #[test]
    fn an_event_grows_ends_three_times_and_leaves_a_pause() {
        let mut sender = DigitSender::new(at(0));
        assert_eq!(sender.push(&keys("5#")), 0);
        let sent = sent(&mut sender, Way::Event, 400, 5);
        let event = |key, slot: u64, duration, end| {
            let event = TelephoneEvent { code: key, end, volume: 10, duration };
            (at(slot * 20), Part::Event { event, is_first: duration == 160 })
        };
        let mut expected = Vec::new();
        for (key, first) in [(5, 0), (11, 9)] {
            expected.extend((0..4).map(|n| event(key, first + n, 160 * (n as u16 + 1), false)));
            expected.extend((4..7).map(|n| event(key, first + n, 800, true)));
        }
        assert_eq!(sent, expected);
    }

    #[test]
    fn sound_passes_in_the_pause_of_events_and_not_in_that_of_tones() {
        let held = |way| {
            let mut sender = DigitSender::new(at(0));
            sender.push(&keys("1"));
            let mut held = Vec::new();
            for now in 0..300 {
                while sender.next(at(now), at(0), way).is_some() {}
                if sender.holds(at(now)) {
                    held.push(now);
                }
            }
            assert!(sender.is_done(at(300)) && !sender.is_done(at(179)));
            (held.len(), held.last().copied())
        };
        // The last event packet goes at 120 ms, the last frame of silence at 160 ms; half a slot later the next in turn may come.
        assert_eq!(held(Way::Event), (130, Some(129)));
        assert_eq!(held(Way::Sound), (170, Some(169)));
    }

    #[test]
    fn tones_are_followed_by_their_pause() {
        let mut sender = DigitSender::new(at(0));
        sender.push(&keys("7"));
        let key = keys("7")[0];
        let mut expected: Vec<_> = (0..5).map(|n| (at(u64::from(n) * 20), Part::Tone { key, slot: n })).collect();
        expected.extend((5..9).map(|n| (at(n * 20), Part::Silence)));
        assert_eq!(sent(&mut sender, Way::Sound, 400, 1), expected);
    }

    #[test]
    fn what_finds_no_room_is_told() {
        let mut sender = DigitSender::new(at(0));
        assert_eq!(sender.push(&[keys("1")[0]; DIGITS_MAX - 1]), 0);
        assert_eq!(sender.push(&keys("234")), 2);
        assert_eq!(sender.push(&keys("5")), 1);
        sender.next(at(0), at(0), Way::Event);
        assert_eq!((sender.push(&keys("67")), sender.waiting()), (1, DIGITS_MAX));
    }

    #[test]
    fn a_plane_held_up_for_long_goes_on_at_the_pace() {
        let mut sender = DigitSender::new(at(0));
        sender.push(&keys("1"));
        assert!(sender.next(at(0), at(0), Way::Event).is_some());
        let late: Vec<Mono> =
            std::iter::from_fn(|| sender.next(at(5_000), at(0), Way::Event)).map(|(at, _)| at).collect();
        assert_eq!(late, [at(5_000)]);
        assert!(sender.next(at(5_020), at(0), Way::Event).is_some_and(|(sent, _)| sent == at(5_020)));
    }

    #[test]
    fn a_key_whose_way_is_taken_from_it_is_left() {
        let mut sender = DigitSender::new(at(0));
        sender.push(&keys("12"));
        assert!(sender.next(at(0), at(0), Way::Event).is_some());
        assert_eq!(sender.next(at(20), at(0), Way::Sound), None);
        assert!(!sender.holds(at(20)));
        let key = keys("2")[0];
        assert_eq!(sender.next(at(100), at(0), Way::Sound), Some((at(100), Part::Tone { key, slot: 0 })));
    }

    #[test]
    fn every_key_has_its_own_two_tones() {
        let mut pairs = TONES_HZ.to_vec();
        pairs.sort_unstable();
        pairs.dedup();
        assert_eq!(pairs.len(), 16);
        // The grid of the keypad, row by row.
        let rows = ["123A", "456B", "789C", "*0#D"];
        for (row, low) in rows.iter().zip([697, 770, 852, 941]) {
            for (key, high) in keys(row).into_iter().zip([1_209, 1_336, 1_477, 1_633]) {
                assert_eq!(TONES_HZ[usize::from(key.event())], (low, high), "{}", key.as_char());
            }
        }
    }
}
