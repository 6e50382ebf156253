//! How events come in: through the hub as they are committed, from the ledger where some were missed.

use std::sync::Arc;

use domain::LedgerEntry;
use reporting::LiveFloor;

use super::hub::Seat;
use super::mailbox::Rung;
use crate::app::App;
use crate::auth::Caller;
use crate::error::{Answer, RouteError};
use crate::json::problem::ProblemCode;
use crate::limits::LIVE_RESUME_EVENTS_MAX;

/// Committed batches of one centre, as far as they can matter to one connection.
pub struct Feed {
    seat: Option<Seat>,
}

/// What came in.
pub enum News {
    /// There are entries to take.
    Entries,
    /// Some were missed; read them from the ledger.
    Missed,
}

impl Feed {
    /// From now on, if the floor is up.
    pub fn open(app: &App, caller: &Caller) -> Feed {
        Feed { seat: app.hub.enter(app, caller.tenant, caller.agent()) }
    }

    /// Whether it has to be opened again.
    pub fn is_down(&self) -> bool {
        self.seat.is_none()
    }

    /// Whether to be told everything from now on, or only what concerns the own desk.
    pub fn widen(&self, everything: bool) {
        self.seat.iter().for_each(|seat| seat.widen(everything));
    }

    /// The next news; waits for ever while the feed is down.
    pub async fn next(&mut self) -> News {
        let Some(seat) = &self.seat else { return std::future::pending().await };
        match seat.mailbox.rung().await {
            Rung::Mail => News::Entries,
            Rung::Missed => News::Missed,
            Rung::Closed => {
                self.seat = None;
                News::Missed
            }
        }
    }

    /// The entries that came in, in order, and up to where in the ledger there are no others for this connection; `None` while there is a
    /// gap before them, or the feed is down.
    pub fn take(&self) -> Option<(Vec<LedgerEntry>, u64)> {
        let (batches, seq) = self.seat.as_ref()?.take()?;
        Some((batches.iter().flat_map(|batch| batch.iter().cloned()).collect(), seq))
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
