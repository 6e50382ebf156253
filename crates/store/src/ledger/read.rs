//! Reading the ledger back.

use domain::{ConversationId, LedgerEntry, PartitionId, TenantId};
use sqlx::sqlite::SqliteRow;

use super::chain::{LedgerRow, signed};
use crate::{Reach, Scope, Store, StoreError};

/// Rows read in one go: readers stay short, so that the log can be folded into the file.
pub(super) const ROWS_AT_ONCE: u32 = 5_000;

/// The number of `VoicemailLeft`.
const VOICEMAIL_LEFT: u16 = 70;

/// Entries one call of [`Store::events_after`] gives at most.
const EVENTS_MAX: u32 = 5_000;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT partition, seq, epoch, tenant_id, at_us, mono_us, kind, version, conversation_id, body, hash FROM ledger ",
            $rest
        )
    };
}

fn entries(rows: &[SqliteRow]) -> Result<Vec<LedgerEntry>, StoreError> {
    rows.iter().map(|row| LedgerRow::from_row(row)?.entry()).collect()
}

impl Store {
    /// The whole chain, for the fold at the start of the node.
    pub async fn history(&self, partition: PartitionId) -> Result<Vec<LedgerEntry>, StoreError> {
        let mut history: Vec<LedgerEntry> = Vec::new();
        loop {
            let after = history.last().map_or(0, |entry| entry.seq);
            let rows = self.rows_after(partition, after).await?;
            if rows.is_empty() {
                return Ok(history);
            }
            for row in rows {
                history.push(row.entry()?);
            }
        }
    }

    /// At most `limit` (up to 5,000) entries of the scope's tenant after position `seq`, whatever its reach.
    pub async fn events_after(
        &self,
        scope: &Scope,
        partition: PartitionId,
        seq: u64,
        limit: u32,
    ) -> Result<Vec<LedgerEntry>, StoreError> {
        let rows = sqlx::query(select!("WHERE partition = $1 AND tenant_id = $2 AND seq > $3 ORDER BY seq LIMIT $4"))
            .bind(partition.0)
            .bind(scope.tenant.0)
            .bind(signed(seq)?)
            .bind(i64::from(limit.min(EVENTS_MAX)))
            .fetch_all(self.ledger.readers())
            .await?;
        entries(&rows)
    }

    /// Everything that happened in one conversation; `NotFound` when it is not within the scope.
    pub async fn conversation_events(&self, scope: &Scope, id: ConversationId) -> Result<Vec<LedgerEntry>, StoreError> {
        if scope.reach != Reach::Tenant {
            self.conversation(scope, id).await?;
        }
        let events = self.events_of(scope.tenant, id).await?;
        if events.is_empty() { Err(StoreError::NotFound("conversation")) } else { Ok(events) }
    }

    pub(crate) async fn events_of(&self, tenant: TenantId, id: ConversationId) -> Result<Vec<LedgerEntry>, StoreError> {
        let rows = sqlx::query(select!("WHERE tenant_id = $1 AND conversation_id = $2 ORDER BY seq"))
            .bind(tenant.0)
            .bind(id.0)
            .fetch_all(self.ledger.readers())
            .await?;
        entries(&rows)
    }

    /// The next entries of a chain, of every tenant in it.
    pub(crate) async fn entries_after(&self, partition: PartitionId, seq: u64) -> Result<Vec<LedgerEntry>, StoreError> {
        self.rows_after(partition, seq).await?.iter().map(LedgerRow::entry).collect()
    }

    /// Messages that were left, after position `after` up to and with `last`.
    pub(crate) async fn voicemails_between(
        &self,
        partition: PartitionId,
        after: u64,
        last: u64,
    ) -> Result<Vec<LedgerEntry>, StoreError> {
        let rows =
            sqlx::query(select!("WHERE partition = $1 AND seq > $2 AND seq <= $3 AND kind = $4 ORDER BY seq LIMIT $5"))
                .bind(partition.0)
                .bind(signed(after)?)
                .bind(signed(last)?)
                .bind(i64::from(VOICEMAIL_LEFT))
                .bind(i64::from(ROWS_AT_ONCE))
                .fetch_all(self.ledger.readers())
                .await?;
        entries(&rows)
    }

    pub(super) async fn rows_after(&self, partition: PartitionId, seq: u64) -> Result<Vec<LedgerRow>, StoreError> {
        let rows = sqlx::query(select!("WHERE partition = $1 AND seq > $2 ORDER BY seq LIMIT $3"))
            .bind(partition.0)
            .bind(signed(seq)?)
            .bind(i64::from(ROWS_AT_ONCE))
            .fetch_all(self.ledger.readers())
            .await?;
        rows.iter().map(LedgerRow::from_row).collect()
    }
}
