//! Quantiles of what was measured.

use serde::Serialize;

/// A distribution in five numbers; all zero when nothing was measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Quantiles {
    /// How many values.
    pub count: u64,
    /// Median.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
    /// 99th percentile.
    pub p99: f64,
    /// Greatest.
    pub max: f64,
}

/// The quantiles of `values`, which are sorted in place. The nearest-rank method: p99 of 100 values is the 99th.
pub fn quantiles(values: &mut [f64]) -> Quantiles {
    values.sort_by(f64::total_cmp);
    let at = |percent: usize| {
        let rank = (values.len() * percent).div_ceil(100).saturating_sub(1);
        values.get(rank).copied().unwrap_or_default()
    };
    Quantiles {
        count: u64::try_from(values.len()).unwrap_or(u64::MAX),
        p50: rounded(at(50)),
        p95: rounded(at(95)),
        p99: rounded(at(99)),
        max: rounded(values.last().copied().unwrap_or_default()),
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_nearest() {
        let mut values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        let found = quantiles(&mut values);
        assert_eq!((found.count, found.p50, found.p95, found.p99, found.max), (100, 50.0, 95.0, 99.0, 100.0));
        assert_eq!(quantiles(&mut []), Quantiles::default());
    }
}
