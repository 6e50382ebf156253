//! Questions about recordings of many conversations: which to show, which fall due, which are missing.

use domain::{QueueId, RecordingId, TenantId, Utc};
use sqlx::sqlite::Sqlite;
use sqlx::{QueryBuilder, Row};

use super::list::within;
use super::recordings::{read, state_name};
use super::{ConversationRow, RecordingRow, RecordingState, row};
use crate::business::Columns;
use crate::{Page, Scope, Store, StoreError};

/// Rows a job looks at in one go.
const ROWS_AT_ONCE: i64 = 200;

/// Which recordings a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecordingList {
    /// What became of them.
    State(RecordingState),
    /// Those that should be there and are not.
    Missing,
    /// Those that are held, by themselves or with their conversation.
    Held,
}

/// Which recordings a list shows; `None` means any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordingFilter {
    /// Of what kind.
    pub list: Option<RecordingList>,
    /// Only those that began at or after this moment.
    pub from: Option<Utc>,
    /// Only those that began before this moment.
    pub until: Option<Utc>,
}

/// Place of a row in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordingPlace {
    /// When it began.
    pub started_at: Utc,
    /// Its id.
    pub id: RecordingId,
}

fn push_ids(query: &mut QueryBuilder<Sqlite>, ids: &[i64]) {
    query.push(" IN (-1");
    for id in ids {
        query.push(", ").push_bind(*id);
    }
    query.push(")");
}

impl Store {
    /// Recordings with their conversations, the newest first.
    pub async fn list_recordings(
        &self,
        scope: &Scope,
        filter: &RecordingFilter,
        page: Page<RecordingPlace>,
    ) -> Result<Vec<(RecordingRow, ConversationRow)>, StoreError> {
        let from = "recording r JOIN conversation c ON c.tenant_id = r.tenant_id AND c.id = r.conversation_id";
        let mut query = within(self, "r.*", from, scope).await?;
        match filter.list {
            None => {}
            Some(RecordingList::State(state)) => {
                query.push(" AND r.state = ").push_bind(state_name(state));
            }
            Some(RecordingList::Missing) => {
                query.push(" AND r.missing_us IS NOT NULL");
            }
            Some(RecordingList::Held) => {
                let (conversations, recordings) = self.held(scope).await?;
                query.push(" AND (r.id");
                push_ids(&mut query, &recordings);
                query.push(" OR r.conversation_id");
                push_ids(&mut query, &conversations);
                query.push(")");
            }
        }
        if let Some(from) = filter.from {
            query.push(" AND r.started_us >= ").push_bind(from.0);
        }
        if let Some(until) = filter.until {
            query.push(" AND r.started_us < ").push_bind(until.0);
        }
        if let Some(after) = page.after {
            let at = after.started_at.0;
            query.push(" AND (r.started_us < ").push_bind(at);
            query.push(" OR (r.started_us = ").push_bind(at).push(" AND r.id < ").push_bind(after.id.0).push("))");
        }
        query.push(" ORDER BY r.started_us DESC, r.id DESC LIMIT ").push_bind(page.rows());
        let rows = query.build().fetch_all(self.reports.readers()).await?;
        let recordings = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let conversations = self.conversations_of(scope, &recordings).await?;
        let with_conversation = recordings.into_iter().filter_map(|recording| {
            let conversation = conversations.iter().find(|row| row.id == recording.conversation)?.clone();
            Some((recording, conversation))
        });
        Ok(with_conversation.collect())
    }

    async fn conversations_of(
        &self,
        scope: &Scope,
        recordings: &[RecordingRow],
    ) -> Result<Vec<ConversationRow>, StoreError> {
        let mut query = within(self, "c.*", "conversation c", scope).await?;
        query.push(" AND c.id");
        push_ids(&mut query, &recordings.iter().map(|row| row.conversation.0).collect::<Vec<_>>());
        let rows = query.build().fetch_all(self.reports.readers()).await?;
        rows.iter().map(row::read).collect()
    }

    /// Some sealed recordings that began at or before a moment, the oldest first, with the last queue of their conversation.
    pub(crate) async fn sealed_recordings_before(
        &self,
        tenant: TenantId,
        moment: Utc,
        after: Option<RecordingPlace>,
    ) -> Result<Vec<(RecordingRow, Option<QueueId>)>, StoreError> {
        let after = after.unwrap_or(RecordingPlace { started_at: Utc(i64::MIN), id: RecordingId(0) });
        let rows = sqlx::query(
            "SELECT r.*, c.queue_id AS queue_id FROM recording r LEFT JOIN conversation c \
             ON c.tenant_id = r.tenant_id AND c.id = r.conversation_id \
             WHERE r.tenant_id = $1 AND r.state = $2 AND r.started_us <= $3 \
             AND (r.started_us > $4 OR (r.started_us = $4 AND r.id > $5)) ORDER BY r.started_us, r.id LIMIT $6",
        )
        .bind(tenant.0)
        .bind(state_name(RecordingState::Sealed))
        .bind(moment.0)
        .bind(after.started_at.0)
        .bind(after.id.0)
        .bind(ROWS_AT_ONCE)
        .fetch_all(self.reports.readers())
        .await?;
        rows.iter().map(|row| Ok((read(row)?, row.maybe_id("queue_id")?))).collect()
    }

    /// Notes since when recordings are missing, or with `None` that they are there.
    pub(crate) async fn note_missing(
        &self,
        tenant: TenantId,
        recordings: &[RecordingId],
        since: Option<Utc>,
    ) -> Result<(), StoreError> {
        if recordings.is_empty() {
            return Ok(());
        }
        let mut tx = self.reports.begin().await?;
        for recording in recordings {
            sqlx::query("UPDATE recording SET missing_us = $1 WHERE tenant_id = $2 AND id = $3")
                .bind(since.map(|since| since.0))
                .bind(tenant.0)
                .bind(recording.0)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Notes recordings without an end whose conversations ended before a moment.
    pub(crate) async fn note_endless(&self, tenant: TenantId, ended_before: Utc, now: Utc) -> Result<(), StoreError> {
        let mut tx = self.reports.begin().await?;
        sqlx::query(
            "UPDATE recording SET missing_us = $1 WHERE tenant_id = $2 AND state = $3 AND missing_us IS NULL AND EXISTS \
             (SELECT 1 FROM conversation c WHERE c.tenant_id = recording.tenant_id AND c.id = recording.conversation_id \
             AND c.ended_us < $4)",
        )
        .bind(now.0)
        .bind(tenant.0)
        .bind(state_name(RecordingState::Live))
        .bind(ended_before.0)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// How many recordings are missing.
    pub(crate) async fn missing_count(&self, tenant: TenantId) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) AS n FROM recording WHERE tenant_id = $1 AND missing_us IS NOT NULL")
            .bind(tenant.0)
            .fetch_one(self.reports.readers())
            .await?;
        Ok(u64::try_from(row.try_get::<i64, _>("n")?).unwrap_or(0))
    }
}
