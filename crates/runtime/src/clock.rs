//! The only place that reads time.

use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use domain::{Mono, Now, Utc};

#[allow(clippy::disallowed_methods, reason = "the one place that reads the monotonic clock")]
fn instant() -> Instant {
    Instant::now()
}

#[allow(clippy::disallowed_methods, reason = "the one place that reads the civil clock")]
fn system_time() -> SystemTime {
    SystemTime::now()
}

/// What [`Mono`] shows at the first question: 13 days, so that what lies before a restart has its place below it.
const START: Duration = Duration::from_nanos(1 << 50);

static EPOCH: LazyLock<Instant> = LazyLock::new(|| instant().checked_sub(START).unwrap_or_else(instant));

/// The `Instant` at which [`Mono`] is zero: 13 days before the first time anybody asked.
pub fn epoch() -> Instant {
    *EPOCH
}

/// Monotonic time.
pub fn mono() -> Mono {
    let since = instant().saturating_duration_since(epoch());
    Mono(u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

/// Both clocks.
pub fn now() -> Now {
    let since = system_time().duration_since(UNIX_EPOCH).unwrap_or_default();
    Now { mono: mono(), utc: Utc(i64::try_from(since.as_micros()).unwrap_or(i64::MAX)) }
}
