//! Chance from a seed: SplitMix64, enough for choosing and small enough to stay the same for ever.

use domain::random::SplitMix64;

/// A stream of numbers.
#[derive(Clone, Debug)]
pub(crate) struct Random(SplitMix64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(SplitMix64(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0.draw()
    }

    /// A number below `end`; 0 when `end` is 0.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        if end == 0 { 0 } else { self.next() % end }
    }

    /// A number of `from..=to`.
    pub(crate) fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to.saturating_sub(from) + 1)
    }

    /// True in `percent` of a hundred.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Memoryless times around a mean, in whole microseconds, cut at ten means.
    pub(crate) fn around(&mut self, mean: u64) -> u64 {
        // −ln(u) by bits: the exponential law as a sum of halvings, good to a few percent, without floating point that might differ
        // between machines.
        let mut bits = self.next();
        let mut time = 0;
        while bits & 1 == 0 && time < 10 * mean {
            time += mean * 693 / 1_000;
            bits = (bits >> 1) | (1 << 63);
        }
        time + self.below(mean * 693 / 1_000 + 1)
    }
}
