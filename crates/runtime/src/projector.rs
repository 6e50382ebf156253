//! Keeps the rebuildable reports up to date with the ledger, behind the committer and never in its way.

use std::sync::Arc;
use std::time::Duration;

use domain::{LedgerEntry, PartitionId};
use store::Store;
use store::kill::{KillPoint, reach};
use tokio::sync::broadcast::{self, error::RecvError};
use tracing::warn;

/// Pause after a failure.
const RETRY: Duration = Duration::from_millis(500);

/// Follows one partition for ever: first what the ledger holds beyond the cursor, then what is committed.
pub async fn follow(store: Arc<Store>, partition: PartitionId, mut committed: broadcast::Receiver<Arc<[LedgerEntry]>>) {
    catch_up(&store, partition).await;
    reach(KillPoint::ReportsCaughtUp);
    loop {
        match committed.recv().await {
            Ok(entries) => {
                if let Err(error) = store.project(&entries).await {
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
