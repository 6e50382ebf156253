//! The one place of this tool that reads the civil clock.

use std::time::UNIX_EPOCH;

use tokio::time::Instant;

/// Turns monotonic instants into milliseconds since 1970, so that another process can compare them with its own clock.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
    start_ms: u64,
}

impl Clock {
    /// A clock that agrees with the civil one at this moment and never jumps afterwards.
    #[allow(clippy::disallowed_methods, reason = "a test tool must stamp its events with the time its driver sees")]
    pub fn start() -> Clock {
        let civil = std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Clock { start: Instant::now(), start_ms: u64::try_from(civil.as_millis()).unwrap_or(u64::MAX) }
    }

    /// Milliseconds since 1970 at `at`.
    pub fn ms(&self, at: Instant) -> u64 {
        let since = at.saturating_duration_since(self.start);
        self.start_ms.saturating_add(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }
}
