//! Who heard whose bursts, and when.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Duration;

use super::bursts::{Burst, Listener, NUMBERS};
use super::figures::{Quantiles, quantiles};

/// Bursts at the end of a call that do not count: they may cross it.
const TAIL: u64 = 1;

/// Bursts at the beginning of a pair that do not count, 3 s: a mixer that knows nothing of a voice may hold it back longer at first.
const SETTLING: u64 = 10;

/// All voices and ears of calls that are mixed.
#[derive(Debug, Default)]
pub(super) struct Mixes {
    voices: HashMap<u32, Voice>,
    /// By where the sound of a leg comes from.
    ears: HashMap<SocketAddr, (u32, Listener)>,
    /// By listener and voice.
    pairs: HashMap<(u32, u32), Pair>,
    expected: u64,
    heard: u64,
    delays: Vec<f64>,
}

#[derive(Debug)]
struct Voice {
    /// Bursts sent.
    count: u64,
    /// When each of the last ones left.
    sent: [Duration; NUMBERS],
}

impl Default for Voice {
    fn default() -> Voice {
        Voice { count: 0, sent: [Duration::ZERO; NUMBERS] }
    }
}

/// One listener and one voice.
#[derive(Debug)]
struct Pair {
    /// The first burst that counts.
    first: u64,
    last: u64,
    count: u64,
}

impl Mixes {
    /// A leg begins to listen to what comes from an address.
    pub(super) fn listen(&mut self, id: u32, from: SocketAddr) {
        self.ears.insert(from, (id, Listener::default()));
    }

    /// A voice sends a burst; gives its number.
    pub(super) fn send(&mut self, id: u32, now: Duration) -> u32 {
        let voice = self.voices.entry(id).or_default();
        let number = voice.count;
        voice.sent[(number % NUMBERS as u64) as usize] = now;
        voice.count += 1;
        number as u32
    }

    /// A payload arrived.
    pub(super) fn hear(&mut self, from: SocketAddr, now: Duration, payload: &[u8]) {
        let Some((listener, ear)) = self.ears.get_mut(&from) else { return };
        let (listener, Some(burst)) = (*listener, ear.hear(now, payload)) else { return };
        self.take(listener, burst);
    }

    fn take(&mut self, listener: u32, burst: Burst) {
        let Some(voice) = self.voices.get(&burst.id).filter(|voice| voice.count > 0) else { return };
        // The youngest of its number: those of one number are more than a minute apart, no delay is.
        let newest = voice.count - 1;
        let back = newest.wrapping_sub(u64::from(burst.number)) % NUMBERS as u64;
        let Some(number) = newest.checked_sub(back) else { return };
        let delay = burst.at.saturating_sub(voice.sent[burst.number as usize % NUMBERS]);
        let first = number + SETTLING;
        let pair = self.pairs.entry((listener, burst.id)).or_insert(Pair { first, last: first, count: 0 });
        if number < pair.first {
            return;
        }
        self.delays.push(delay.as_secs_f64() * 1_000.0);
        pair.last = pair.last.max(number);
        pair.count += 1;
    }

    /// A leg is gone: what was to be heard by it, and of it, is summed up.
    pub(super) fn remove(&mut self, id: u32) {
        self.ears.retain(|_, (listener, _)| *listener != id);
        let (voices, mut sums) = (&self.voices, (0, 0));
        self.pairs.retain(|(listener, voice), pair| {
            let is_over = *listener == id || *voice == id;
            if is_over {
                let end = voices.get(voice).map_or(0, |voice| voice.count).saturating_sub(TAIL).max(pair.first);
                sums.0 += end - pair.first;
                sums.1 += pair.count - pair.count.min((pair.last + 1).saturating_sub(end));
            }
            !is_over
        });
        self.expected += sums.0;
        self.heard += sums.1;
    }

    /// Bursts that somebody was to hear, those that were heard, and how long they took, milliseconds.
    pub(super) fn totals(&mut self) -> (u64, u64, Quantiles) {
        let ids: Vec<u32> = self.voices.keys().copied().collect();
        ids.into_iter().for_each(|id| self.remove(id));
        (self.expected, self.heard, quantiles(&mut self.delays))
    }
}

#[cfg(test)]
mod tests {
    use super::super::bursts::burst;
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn a_burst_that_is_missing_counts_and_the_last_one_does_not() {
        let from = SocketAddr::from(([127, 0, 0, 1], 9));
        let mut mixes = Mixes::default();
        mixes.listen(7, from);
        for n in 0..40u32 {
            let number = mixes.send(3, MS * 300 * n);
            if n > 1 && n != 20 && n != 39 {
                let late = if n < 12 { 60 } else { 12 };
                mixes.hear(from, MS * (300 * n + late), &burst(3, number));
            }
        }
        mixes.remove(7);
        let (expected, heard, delay) = mixes.totals();
        assert_eq!((expected, heard), (27, 26));
        assert_eq!((delay.p50, delay.max), (12.0, 12.0));
    }

    #[test]
    fn one_that_comes_after_the_next_ones_began_has_its_own_delay() {
        let from = SocketAddr::from(([127, 0, 0, 1], 9));
        let mut mixes = Mixes::default();
        mixes.listen(7, from);
        let begun = mixes.send(3, MS);
        mixes.hear(from, MS * 2, &burst(3, begun));
        let numbers: Vec<u32> = (0..SETTLING as u32 + 5).map(|n| mixes.send(3, MS * 300 * n)).collect();
        let late = numbers[SETTLING as usize];
        mixes.hear(from, MS * (300 * SETTLING as u32 + 400), &burst(3, late));
        assert_eq!(mixes.totals().2.max, 400.0);
    }
}
