//! How events come in: from the floor as they are committed, from the ledger where some were missed.

use std::sync::Arc;

use domain::LedgerEntry;
use reporting::LiveFloor;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use crate::app::App;
use crate::auth::Caller;
use crate::error::{Answer, RouteError};
use crate::json::problem::ProblemCode;
use crate::limits::LIVE_RESUME_EVENTS_MAX;

/// Committed batches of one centre.
pub struct Feed {
    receiver: Option<broadcast::Receiver<Arc<[LedgerEntry]>>>,
}

/// What came in.
pub enum News {
    /// Entries in order.
    Batch(Arc<[LedgerEntry]>),
    /// Some were missed; read them from the ledger.
    Missed,
}

impl Feed {
    /// From now on, if the floor is up.
    pub fn open(app: &App, caller: &Caller) -> Feed {
        Feed { receiver: app.floor.subscribe(caller.tenant) }
    }

    /// Whether it has to be opened again.
    pub fn is_down(&self) -> bool {
        self.receiver.is_none()
    }

    /// The next news; waits for ever while the feed is down.
    pub async fn next(&mut self) -> News {
        let Some(receiver) = &mut self.receiver else { return std::future::pending().await };
        match receiver.recv().await {
            Ok(batch) => News::Batch(batch),
            Err(RecvError::Lagged(_)) => News::Missed,
            Err(RecvError::Closed) => {
                self.receiver = None;
                News::Missed
            }
        }
    }
}

/// Entries from after `seq` up to and with what `live` has folded; `None` when they are too many to tell.
pub async fn missed(app: &App, caller: &Caller, seq: u64, live: &LiveFloor) -> Answer<Option<Vec<LedgerEntry>>> {
    if seq >= live.seq {
        return Ok(Some(Vec::new()));
    }
    let limit = LIVE_RESUME_EVENTS_MAX + 1;
    let mut entries = app.store.events_after(&caller.scope(), caller.partition, seq, limit).await?;
    if entries.len() >= limit as usize {
        return Ok(None);
    }
    entries.retain(|entry| entry.seq <= live.seq);
    Ok(Some(entries))
}

/// The live floor; it has folded `entries` too, even where the floor's own fold is a moment behind.
pub fn live_after(app: &App, caller: &Caller, entries: &[LedgerEntry]) -> Answer<Arc<LiveFloor>> {
    let live = app.floor.live(caller.tenant).ok_or_else(|| RouteError::of(ProblemCode::Unavailable))?;
    if entries.last().is_none_or(|last| last.seq <= live.seq) {
        return Ok(live);
    }
    let mut ahead = LiveFloor::clone(&live);
    entries.iter().for_each(|entry| ahead.apply(entry));
    Ok(Arc::new(ahead))
}
