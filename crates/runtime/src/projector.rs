//! Keeps the rebuildable reports up to date with the ledger, behind the committer and never in its way.

use std::sync::Arc;
use std::time::Duration;

use domain::{LedgerEntry, PartitionId};
use store::Store;
use store::kill::{KillPoint, reach};
use tokio::sync::broadcast::{self, error::RecvError};
use tracing::warn;

/// How long entries are gathered before they become rows together: a call changes its row at every turn of its first second, and each
/// transaction costs the same. Whoever waits for a row ends it.
const GATHER: Duration = Duration::from_millis(100);
/// Pause after a failure.
const RETRY: Duration = Duration::from_millis(500);

type Batch = Arc<[LedgerEntry]>;

/// Follows one partition for ever: first what the ledger holds beyond the cursor, then what is committed.
pub async fn follow(store: Arc<Store>, partition: PartitionId, mut committed: broadcast::Receiver<Batch>) {
    catch_up(&store, partition).await;
    reach(KillPoint::ReportsCaughtUp);
    loop {
        match committed.recv().await {
            Ok(first) => {
                let _ = tokio::time::timeout(GATHER, store.projection_wanted(partition)).await;
                // What was lost on the way is seen as a gap in the sequence and read from the ledger.
                let more = std::iter::from_fn(|| committed.try_recv().ok());
                let batches: Vec<Batch> = std::iter::once(first).chain(more).collect();
                if let Err(error) = store.project(batches.iter().flat_map(|batch| batch.iter())).await {
                    warn!(%error, "the reports are behind; catching up from the ledger");
                    tokio::time::sleep(RETRY).await;
                    catch_up(&store, partition).await;
                }
            }
            Err(RecvError::Lagged(_)) => catch_up(&store, partition).await,
            Err(RecvError::Closed) => return,
        }
    }
}

async fn catch_up(store: &Store, partition: PartitionId) {
    while let Err(error) = store.catch_up(partition).await {
        warn!(%error, "the reports cannot be brought up to date");
        tokio::time::sleep(RETRY).await;
    }
}
