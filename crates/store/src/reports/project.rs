//! From committed events to rows.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use domain::{ConversationId, Event, LedgerEntry, PartitionId, TenantId};
use reporting::CallDetail;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::{Notify, watch};

use super::{recordings, row};
use crate::business::Columns;
use crate::kill::{KillPoint, reach};
use crate::ledger::signed;
use crate::store::lock;
use crate::{Store, StoreError, dialect};

/// Name of the projector's cursors.
const CONSUMER: &str = "conversations";

/// Keeps the folds of live conversations between batches, and tells who waits how far the rows have come.
#[derive(Debug, Default)]
pub(crate) struct Projector {
    /// Folds of conversations that go on. A missing one is folded again from the ledger.
    live: tokio::sync::Mutex<HashMap<ConversationId, CallDetail>>,
    bells: std::sync::Mutex<HashMap<PartitionId, Arc<Bell>>>,
}

/// Between those who fold a partition and those who wait for its rows.
#[derive(Debug)]
struct Bell {
    /// How far the rows have come.
    folded: watch::Sender<u64>,
    /// Rung by whoever waits for rows.
    wanted: Notify,
}

impl Projector {
    fn bell(&self, partition: PartitionId) -> Arc<Bell> {
        let new = || Arc::new(Bell { folded: watch::Sender::new(0), wanted: Notify::new() });
        Arc::clone(lock(&self.bells).entry(partition).or_insert_with(new))
    }
}

/// What no row tells, and what may come when the fold of its conversation is long gone.
const fn is_about_sound(event: &Event) -> bool {
    matches!(event, Event::LegDegraded { .. } | Event::LegRated { .. })
}

async fn cursor(connection: &mut SqliteConnection, partition: PartitionId) -> Result<u64, StoreError> {
    let row = sqlx::query("SELECT seq FROM cursor WHERE consumer = $1 AND partition = $2")
        .bind(CONSUMER)
        .bind(partition.0)
        .fetch_optional(connection)
        .await?;
    row.map_or(Ok(0), |row| row.count("seq"))
}

async fn set_cursor(connection: &mut SqliteConnection, partition: PartitionId, seq: u64) -> Result<(), StoreError> {
    sqlx::query(dialect::SET_CURSOR).bind(CONSUMER).bind(partition.0).bind(signed(seq)?).execute(connection).await?;
    Ok(())
}

type Live = HashMap<ConversationId, CallDetail>;

impl Store {
    /// Folds committed entries of one partition into rows. Entries already folded are skipped; a gap before them is filled
    /// from the ledger first.
    pub async fn project<'a>(&self, entries: impl IntoIterator<Item = &'a LedgerEntry>) -> Result<(), StoreError> {
        let mut entries: Vec<&LedgerEntry> = entries.into_iter().collect();
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(()) };
        let mut live = self.projector.live.lock().await;
        let done = self.projected(first.partition).await?;
        if first.seq > done + 1 {
            return self.fold_from_ledger(&mut live, first.partition, done).await;
        }
        if last.seq <= done {
            return Ok(());
        }
        let partition = first.partition;
        entries.retain(|entry| entry.seq > done);
        self.fold_batch(&mut live, partition, &entries).await
    }

    /// Comes back when somebody waits for rows that are not there yet; whoever gathers entries before it calls [`Store::project`] stops
    /// gathering then.
    pub async fn projection_wanted(&self, partition: PartitionId) {
        self.projector.bell(partition).wanted.notified().await;
    }

    /// Folds everything the ledger has beyond the cursor.
    pub async fn catch_up(&self, partition: PartitionId) -> Result<(), StoreError> {
        let mut live = self.projector.live.lock().await;
        let done = self.projected(partition).await?;
        self.fold_from_ledger(&mut live, partition, done).await
    }

    /// Drops the partition's rows and folds the ledger anew.
    pub async fn rebuild_reports(&self, partition: PartitionId) -> Result<(), StoreError> {
        let mut live = self.projector.live.lock().await;
        live.clear();
        let mut tx = self.reports.begin().await?;
        for statement in [
            "DELETE FROM conversation_agent WHERE EXISTS (SELECT 1 FROM conversation c WHERE c.partition = $1 \
             AND c.tenant_id = conversation_agent.tenant_id AND c.id = conversation_agent.conversation_id)",
            "DELETE FROM conversation WHERE partition = $1",
            "DELETE FROM recording WHERE partition = $1",
        ] {
            sqlx::query(statement).bind(partition.0).execute(&mut *tx).await?;
        }
        set_cursor(&mut tx, partition, 0).await?;
        tx.commit().await?;
        self.fold_from_ledger(&mut live, partition, 0).await
    }

    /// Position up to which the partition is folded.
    pub async fn projected(&self, partition: PartitionId) -> Result<u64, StoreError> {
        let mut connection = self.reports.readers().acquire().await?;
        cursor(&mut connection, partition).await
    }

    /// Waits until the partition is folded up to `seq`, at most `limit`; whether it is.
    pub async fn wait_projected(&self, partition: PartitionId, seq: u64, limit: Duration) -> Result<bool, StoreError> {
        let bell = self.projector.bell(partition);
        let mut folded = bell.folded.subscribe();
        if *folded.borrow() >= seq || self.projected(partition).await? >= seq {
            return Ok(true);
        }
        bell.wanted.notify_one();
        let waited = tokio::time::timeout(limit, folded.wait_for(|folded| *folded >= seq)).await;
        Ok(waited.is_ok_and(|heard| heard.is_ok()))
    }

    async fn fold_from_ledger(&self, live: &mut Live, partition: PartitionId, mut done: u64) -> Result<(), StoreError> {
        loop {
            let entries = self.entries_after(partition, done).await?;
            let Some(last) = entries.last() else { return Ok(()) };
            done = last.seq;
            self.fold_batch(live, partition, &entries.iter().collect::<Vec<_>>()).await?;
        }
    }

    /// Folds entries that follow the cursor without a gap, and moves it, in one transaction.
    async fn fold_batch(
        &self,
        live: &mut Live,
        partition: PartitionId,
        entries: &[&LedgerEntry],
    ) -> Result<(), StoreError> {
        let Some(last) = entries.last() else { return Ok(()) };
        // Changed folds are out of `live` until the commit, so that a failure leaves none that is ahead of the cursor.
        let mut changed: Live = HashMap::new();
        for entry in entries {
            let elsewhere = recordings::concerns(&entry.event) || is_about_sound(&entry.event);
            let Some(id) = entry.event.conversation().filter(|_| !elsewhere) else { continue };
            if let Some(detail) = changed.get_mut(&id) {
                detail.apply(entry);
                continue;
            }
            if let Some(detail) = self.fold_of(live, entry, id).await? {
                changed.insert(id, detail);
            }
        }
        let mut tx = self.reports.begin().await?;
        reach(KillPoint::ReportsBegun);
        row::put(&mut tx, &changed.values().collect::<Vec<_>>()).await?;
        reach(KillPoint::ReportsRowsWritten);
        for entry in entries.iter().filter(|entry| recordings::concerns(&entry.event)) {
            recordings::fold(&mut tx, entry).await?;
        }
        set_cursor(&mut tx, partition, last.seq).await?;
        reach(KillPoint::ReportsCursorMoved);
        tx.commit().await?;
        reach(KillPoint::ReportsCommitted);
        live.extend(changed.into_iter().filter(|(_, detail)| detail.ended.is_none()));
        self.projector.bell(partition).folded.send_if_modified(|folded| {
            let is_later = last.seq > *folded;
            *folded = last.seq.max(*folded);
            is_later
        });
        Ok(())
    }

    /// The fold of a conversation up to and with `entry`.
    async fn fold_of(
        &self,
        live: &mut Live,
        entry: &LedgerEntry,
        id: ConversationId,
    ) -> Result<Option<CallDetail>, StoreError> {
        if let Some(mut detail) = live.remove(&id) {
            detail.apply(entry);
            return Ok(Some(detail));
        }
        if let Some(detail) = CallDetail::begin(entry) {
            return Ok(Some(detail));
        }
        let tenant: TenantId = entry.tenant;
        let events = self.events_of(tenant, id).await?;
        let detail = CallDetail::fold(events.iter().filter(|event| event.seq <= entry.seq));
        if detail.is_none() {
            tracing::warn!(conversation.id = %id, seq = entry.seq, "events of a conversation that never began are left out");
        }
        Ok(detail)
    }
}
