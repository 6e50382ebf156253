//! How long something took: all of it in buckets, the last of it exactly.

use std::collections::VecDeque;
use std::time::Duration;

use domain::Mono;

/// Upper bounds of the buckets in milliseconds; what took longer is in a last one without a bound. 250 ms is where the ledger is called slow,
/// 2 s where new calls are refused.
pub const BOUNDS_MS: [u64; 12] = [1, 2, 5, 10, 20, 50, 100, 250, 500, 1_000, 2_000, 5_000];
/// Older measurements say nothing about this moment.
const RECENT: Duration = Duration::from_secs(60);
/// Measurements kept for the quantile: at 100 a second the last five seconds, which is recent enough.
const RECENT_MAX: usize = 512;

/// Durations, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    /// How many fell into each bucket of [`BOUNDS_MS`], and beyond them.
    pub counts: [u64; BOUNDS_MS.len() + 1],
    /// All of them together.
    pub sum: Duration,
    recent: VecDeque<(Mono, Duration)>,
}

impl Timings {
    /// Something took this long and is over.
    pub fn record(&mut self, now: Mono, took: Duration) {
        let bucket = BOUNDS_MS.iter().position(|bound| took <= Duration::from_millis(*bound));
        self.counts[bucket.unwrap_or(BOUNDS_MS.len())] += 1;
        self.sum += took;
        if self.recent.len() >= RECENT_MAX {
            self.recent.pop_front();
        }
        self.recent.push_back((now, took));
    }

    /// What 99 of 100 of the last minute stayed within; `None` when there was none.
    pub fn recent_p99(&self, now: Mono) -> Option<Duration> {
        let young = self.recent.iter().filter(|(at, _)| now.since(*at) <= RECENT);
        let mut took: Vec<Duration> = young.map(|(_, took)| *took).collect();
        took.sort_unstable();
        let rank = (took.len() * 99).div_ceil(100);
        took.get(rank.checked_sub(1)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    #[test]
    fn each_falls_into_the_first_bucket_that_holds_it() {
        let mut timings = Timings::default();
        for ms in [0, 1, 3, 250, 251, 9_000] {
            timings.record(Mono(0), Duration::from_millis(ms));
        }
        assert_eq!(timings.counts, [2, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1]);
        assert_eq!(timings.sum, Duration::from_millis(9_505));
    }

    #[test]
    fn one_slow_of_a_hundred_is_forgiven_and_the_past_is_forgotten() {
        let mut timings = Timings::default();
        assert_eq!(timings.recent_p99(Mono(0)), None);
        for n in 0..100u64 {
            timings.record(Mono(n), Duration::from_millis(if n == 50 { 900 } else { 4 }));
        }
        assert_eq!(timings.recent_p99(Mono(100)), Some(Duration::from_millis(4)));
        timings.record(Mono(101), Duration::from_millis(700));
        timings.record(Mono(102), Duration::from_millis(800));
        assert_eq!(timings.recent_p99(Mono(103)), Some(Duration::from_millis(800)));
        assert_eq!(timings.recent_p99(Mono(100 + 61 * SECOND)), None);
    }

    #[test]
    fn only_so_many_are_kept() {
        let mut timings = Timings::default();
        for n in 0..10_000 {
            timings.record(Mono(n), Duration::from_millis(1));
        }
        assert_eq!((timings.recent.len(), timings.counts[0]), (RECENT_MAX, 10_000));
    }
}
