//! Messages become tasks. The place up to which the ledger was read is kept with the tasks, so a crash loses none and doubles none.

use std::sync::Arc;
use std::time::Duration;

use domain::{Event, LedgerEntry, PartitionId};
use store::Store;
use tokio::sync::broadcast::{self, error::RecvError};
use tracing::{info, warn};

/// Pause after a failure.
const RETRY: Duration = Duration::from_millis(500);
/// After this many events without a message the job's place is moved all the same, so that a start reads little again.
const QUIET_EVENTS_MAX: usize = 2_000;

/// Follows one partition for ever: first what the ledger holds beyond the job's place, then what is committed.
pub(crate) async fn follow(
    store: Arc<Store>,
    partition: PartitionId,
    mut committed: broadcast::Receiver<Arc<[LedgerEntry]>>,
) {
    let mut quiet = 0;
    make(&store, partition).await;
    loop {
        match committed.recv().await {
            Ok(entries) => {
                quiet += entries.len();
                let is_left = entries.iter().any(|entry| matches!(entry.event, Event::VoicemailLeft { .. }));
                if !is_left && quiet < QUIET_EVENTS_MAX {
                    continue;
                }
            }
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
        quiet = 0;
        make(&store, partition).await;
    }
}

async fn make(store: &Store, partition: PartitionId) {
    loop {
        match store.tasks_from_ledger(partition).await {
            Ok(0) => return,
            Ok(made) => return info!(partition = %partition, made, "messages became tasks"),
            Err(error) => {
                warn!(%error, "messages cannot be made tasks yet");
                tokio::time::sleep(RETRY).await;
            }
        }
    }
}
