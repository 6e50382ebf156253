//! The only place that reads time.

use std::sync::LazyLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use domain::{Mono, Now, Utc};

#[allow(clippy::disallowed_methods, reason = "the one place that reads the monotonic clock")]
fn instant() -> Instant {
    Instant::now()
}

#[allow(clippy::disallowed_methods, reason = "the one place that reads the civil clock")]
fn system_time() -> SystemTime {
    SystemTime::now()
}

static EPOCH: LazyLock<Instant> = LazyLock::new(instant);

/// The `Instant` at which [`Mono`] is zero: the first time anybody asked.
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
