//! How long calls take to come about: a caller waits for our answer, we wait until a carrier says that it rings.

use std::time::Duration;

/// Upper bounds of the buckets in milliseconds; what took longer is in a last one without a bound. From three seconds on they are what ITU-T
/// E.721 table 1 allows for a call around the corner, across the country and abroad, in the mean and for 95 of 100.
pub const BOUNDS_MS: [u64; 10] = [100, 250, 500, 1_000, 2_000, 3_000, 5_000, 6_000, 8_000, 11_000];

/// Delays, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delays {
    /// How many fell into each bucket of [`BOUNDS_MS`], and beyond them.
    pub counts: [u64; BOUNDS_MS.len() + 1],
    /// All of them together.
    pub sum: Duration,
}

impl Delays {
    fn record(&mut self, took: Duration) {
        let bucket = BOUNDS_MS.iter().position(|bound| took <= Duration::from_millis(*bound));
        self.counts[bucket.unwrap_or(BOUNDS_MS.len())] += 1;
        self.sum += took;
    }
}

/// Which way a carrier's call goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    In,
    Out,
}

/// How long carriers' calls took to come about, since the start. Calls that never did are not among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetUps {
    /// Call set-up: from the call's arrival to our answer, confirmed, or to our first sound before it.
    pub answered: Delays,
    /// Post-dial delay: from the order to dial to the first sign that the far side rings or answers.
    pub rang: Delays,
}

impl SetUps {
    pub(super) fn record(&mut self, way: Way, took: Duration) {
        match way {
            Way::In => self.answered.record(took),
            Way::Out => self.rang.record(took),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_falls_into_the_first_bucket_that_holds_it_and_each_way_is_its_own() {
        let mut set_ups = SetUps::default();
        for ms in [0, 100, 101, 11_000, 11_001] {
            set_ups.record(Way::In, Duration::from_millis(ms));
        }
        set_ups.record(Way::Out, Duration::from_millis(5_500));
        assert_eq!(set_ups.answered.counts, [2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
        assert_eq!(set_ups.answered.sum, Duration::from_millis(22_202));
        assert_eq!(set_ups.rang.counts, [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
    }
}
