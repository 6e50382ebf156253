//! Switches that make ledger commits slow or fail, for end-to-end tests of a running server.
//!
//! Reachable only through the server's test hook; a server without the hook never touches them. They act at the last
//! moment before the COMMIT of an append, where a slow or broken disk would act.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;

use crate::StoreError;

/// The switches of one store.
#[derive(Debug)]
pub struct Faults {
    failing: AtomicBool,
    /// Counts the stalls that are in force; commits pass at 0.
    stalls: watch::Sender<u32>,
}

impl Default for Faults {
    fn default() -> Faults {
        Faults { failing: AtomicBool::new(false), stalls: watch::Sender::new(0) }
    }
}

impl Faults {
    /// Commits wait until `duration` from now has passed. Needs a tokio runtime. Overlapping stalls add up to their union.
    pub fn stall_for(&self, duration: Duration) {
        self.stalls.send_modify(|count| *count += 1);
        let stalls = self.stalls.clone();
        tokio::spawn(async move {
            tokio::time::sleep(duration).await;
            stalls.send_modify(|count| *count = count.saturating_sub(1));
        });
    }

    /// Commits fail with [`StoreError::Injected`] until switched off again.
    pub fn fail_commits(&self, on: bool) {
        self.failing.store(on, Ordering::SeqCst);
    }

    /// Whether commits wait.
    pub fn is_stalled(&self) -> bool {
        *self.stalls.borrow() > 0
    }

    /// Whether commits fail.
    pub fn is_failing(&self) -> bool {
        self.failing.load(Ordering::SeqCst)
    }

    /// Passed by every append just before its COMMIT.
    pub(crate) async fn pass(&self) -> Result<(), StoreError> {
        if self.is_stalled() {
            // The sender lives as long as `self`, so the wait cannot end by its loss.
            let _ = self.stalls.subscribe().wait_for(|count| *count == 0).await;
        }
        if self.is_failing() { Err(StoreError::Injected) } else { Ok(()) }
    }
}
