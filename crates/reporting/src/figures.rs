//! Queue figures in 15-minute UTC buckets of the enqueue time (docs/metrics.md).

use std::collections::BTreeMap;
use std::time::Duration;

use domain::Utc;

/// Length of a bucket, µs.
pub const BUCKET_US: i64 = 15 * 60 * 1_000_000;
/// Buckets kept live: two days cover "today" in every time zone.
const BUCKETS_MAX: usize = 192;
/// An abandon sooner than this is short (S of docs/metrics.md).
pub const SHORT_ABANDON: Duration = Duration::from_secs(5);

/// Figures of one queue, by the interval in which customers joined it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFigures {
    /// Start of the bucket, µs UTC, to its figures.
    pub buckets: BTreeMap<i64, QueueBucket>,
}

/// Counts of queue visits that began in one bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueBucket {
    /// Joined (O).
    pub offered: u32,
    /// Answered (A), by wait rounded up to a second.
    pub answered_by_second: BTreeMap<u32, u32>,
    /// Hung up while waiting (B).
    pub abandoned: u32,
    /// Of those, sooner than [`SHORT_ABANDON`] (Bs).
    pub abandoned_short: u32,
    /// Left otherwise (F).
    pub flowed_out: u32,
    /// Lost by a failure of ours; a bucket of its own.
    pub failed: u32,
    /// Sum of waits of answered visits.
    pub answered_wait: Duration,
    /// Greatest wait of an ended visit.
    pub wait_max: Duration,
}

impl QueueBucket {
    /// Answered visits.
    pub fn answered(&self) -> u32 {
        self.answered_by_second.values().sum()
    }

    /// Answered visits that waited at most `target`, counted in whole seconds.
    pub fn answered_within(&self, target: Duration) -> u32 {
        let seconds = u32::try_from(target.as_secs()).unwrap_or(u32::MAX);
        self.answered_by_second.range(..=seconds).map(|(_, n)| n).sum()
    }

    /// Default service level: A≤T ÷ (A + B − Bs); `None` on a zero denominator.
    pub fn service_level(&self, target: Duration) -> Option<f64> {
        let base = self.answered() + self.abandoned - self.abandoned_short;
        (base > 0).then(|| f64::from(self.answered_within(target)) / f64::from(base))
    }

    fn add(&mut self, other: &QueueBucket) {
        self.offered += other.offered;
        for (second, count) in &other.answered_by_second {
            *self.answered_by_second.entry(*second).or_default() += count;
        }
        self.abandoned += other.abandoned;
        self.abandoned_short += other.abandoned_short;
        self.flowed_out += other.flowed_out;
        self.failed += other.failed;
        self.answered_wait += other.answered_wait;
        self.wait_max = self.wait_max.max(other.wait_max);
    }
}

impl QueueFigures {
    /// The bucket for visits that began at `queued_at`; the oldest are dropped beyond two days.
    pub(crate) fn bucket(&mut self, queued_at: Utc) -> &mut QueueBucket {
        let start = queued_at.0.div_euclid(BUCKET_US) * BUCKET_US;
        while self.buckets.len() >= BUCKETS_MAX && !self.buckets.contains_key(&start) {
            self.buckets.pop_first();
        }
        self.buckets.entry(start).or_default()
    }

    /// The sum of all buckets from `from` on (a local midnight is a bucket boundary in every time zone in use).
    pub fn since(&self, from: Utc) -> QueueBucket {
        let mut sum = QueueBucket::default();
        for bucket in self.buckets.range(from.0..).map(|(_, b)| b) {
            sum.add(bucket);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_gives_81_90_percent() {
        let mut bucket = QueueBucket { offered: 1060, abandoned: 60, abandoned_short: 10, ..QueueBucket::default() };
        bucket.answered_by_second.insert(20, 860);
        bucket.answered_by_second.insert(21, 140);
        let level = bucket.service_level(Duration::from_secs(20));
        assert_eq!(level.map(|l| (l * 10_000.0).round()), Some(8190.0));
    }

    #[test]
    fn nothing_offered_is_no_figure() {
        assert_eq!(QueueBucket::default().service_level(Duration::from_secs(20)), None);
    }

    #[test]
    fn buckets_are_bounded_and_summed_from_midnight() {
        let mut figures = QueueFigures::default();
        for n in 0..400i64 {
            figures.bucket(Utc(n * BUCKET_US + 7)).offered += 1;
        }
        assert_eq!(figures.buckets.len(), BUCKETS_MAX);
        assert_eq!(figures.since(Utc(390 * BUCKET_US)).offered, 10);
    }
}
