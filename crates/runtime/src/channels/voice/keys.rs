//! A phone that sends each key twice, in the sound (RFC 4733) and by signalling (INFO), pressed it once.

use std::collections::VecDeque;
use std::time::Duration;

use domain::{Key, Mono};

/// How much later the slower way may be: an INFO over UDP is sent again after half a second, and once more a second later (RFC 3261
/// §17.1.2.2).
const PAIR_WITHIN: Duration = Duration::from_millis(1_600);
/// Keys of one leg that wait for their twin; nobody presses more in that time.
const UNPAIRED_MAX: usize = 16;

/// By which way a key came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyWay {
    Sound,
    Signalling,
}

/// The keys of one leg that came by one way so far.
#[derive(Clone, Debug, Default)]
pub(super) struct KeysHeard {
    unpaired: VecDeque<(KeyWay, Key, Mono)>,
}

impl KeysHeard {
    /// Whether this is another key, and not the twin of one that came the other way.
    pub(super) fn is_new(&mut self, way: KeyWay, key: Key, now: Mono) -> bool {
        self.unpaired.retain(|(.., at)| now.since(*at) < PAIR_WITHIN);
        let twin = self.unpaired.iter().position(|(other, same, _)| *other != way && *same == key);
        if let Some(twin) = twin {
            self.unpaired.remove(twin);
            return false;
        }
        if self.unpaired.len() == UNPAIRED_MAX {
            self.unpaired.pop_front();
        }
        self.unpaired.push_back((way, key, now));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Presses as `s1@0 i1@40`: by sound or by INFO, which key, at how many milliseconds. Gives the keys that counts.
    fn heard(presses: &str) -> String {
        let (mut keys, start) = (KeysHeard::default(), Mono(0));
        let counts = |press: &&str| {
            let (what, at) = press.split_once('@').unwrap();
            let way = if what.starts_with('s') { KeyWay::Sound } else { KeyWay::Signalling };
            let key = what.chars().nth(1).and_then(Key::from_char).unwrap();
            keys.is_new(way, key, start + Duration::from_millis(at.parse().unwrap()))
        };
        presses.split(' ').filter(counts).filter_map(|press| press.chars().nth(1)).collect()
    }

    #[test]
    fn a_key_that_comes_by_both_ways_counts_once() {
        assert_eq!(heard("s1@0 i1@40 s2@300 i2@900"), "12");
        assert_eq!(heard("i1@0 s1@40"), "1");
    }

    #[test]
    fn the_same_key_twice_in_a_hurry_counts_twice() {
        assert_eq!(heard("s1@0 s1@120 i1@130 i1@200"), "11");
        assert_eq!(heard("s1@0 i1@10 s1@120 i1@130"), "11");
        assert_eq!(heard("s1@0 s1@120 s1@240"), "111");
        assert_eq!(heard("i7@0 i7@120"), "77");
    }

    #[test]
    fn a_phone_may_change_its_way() {
        assert_eq!(heard("s1@0 i1@1600 s1@1700"), "11");
        assert_eq!(heard("s1@0 i2@10 s2@20 i1@30"), "12");
    }

    #[test]
    fn what_never_finds_its_twin_is_forgotten() {
        let (mut keys, now) = (KeysHeard::default(), Mono(0));
        for _ in 0..1_000 {
            assert!(keys.is_new(KeyWay::Sound, Key::from_char('5').unwrap(), now));
        }
        assert_eq!(keys.unpaired.len(), UNPAIRED_MAX);
    }
}
