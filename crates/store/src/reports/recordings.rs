//! The rows of recordings: one for each that was ever begun, whatever became of it.

use std::time::Duration;

use domain::recording::{RecordingFault, Tracks};
use domain::{ConversationId, Event, LedgerEntry, RecordingId, Utc};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use crate::business::Columns;
use crate::ledger::signed;
use crate::{Scope, Store, StoreError, dialect, names};

/// What became of a recording, as the ledger says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecordingState {
    /// It is being made, or its end is being seen to.
    Live,
    /// It is whole on disk.
    Sealed,
    /// It cannot be heard.
    Failed,
    /// Its key is destroyed and its sound removed.
    Erased,
}

/// One recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordingRow {
    /// Its id.
    pub id: RecordingId,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Whose sound it keeps.
    pub tracks: Tracks,
    /// What became of it.
    pub state: RecordingState,
    /// When it began.
    pub started_at: Utc,
    /// When it was sealed or failed.
    pub over_at: Option<Utc>,
    /// How long it plays, once sealed.
    pub duration: Option<Duration>,
    /// Size of its object, once sealed.
    pub bytes: Option<u64>,
    /// How many chunks it has, once sealed.
    pub chunks: Option<u64>,
    /// Stretches that are missing.
    pub gaps: u64,
    /// How much is missing in them.
    pub gap: Duration,
    /// SHA-256 of its object in hexadecimal, once sealed.
    pub digest: Option<String>,
    /// Put together after a restart.
    pub recovered: bool,
    /// Why it cannot be heard.
    pub fault: Option<RecordingFault>,
    /// Since when it is known to be missing, though it was sealed or must have come to an end.
    pub missing_since: Option<Utc>,
}

pub(super) const fn state_name(state: RecordingState) -> &'static str {
    match state {
        RecordingState::Live => "live",
        RecordingState::Sealed => "sealed",
        RecordingState::Failed => "failed",
        RecordingState::Erased => "erased",
    }
}

fn state_from_name(name: &str) -> Option<RecordingState> {
    let all = [RecordingState::Live, RecordingState::Sealed, RecordingState::Failed, RecordingState::Erased];
    all.into_iter().find(|state| state_name(*state) == name)
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// Whether the event changes the row of a recording and nothing of its conversation's.
pub(super) const fn concerns(event: &Event) -> bool {
    matches!(
        event,
        Event::RecordingStarted { .. }
            | Event::RecordingPaused { .. }
            | Event::RecordingResumed { .. }
            | Event::RecordingGap { .. }
            | Event::RecordingSealed { .. }
            | Event::RecordingFailed { .. }
            | Event::ConsentGiven { .. }
            | Event::ConsentRefused { .. }
            | Event::RecordingSwitched { .. }
            | Event::RecordingRuled { .. }
            | Event::RecordingErased { .. }
    )
}

/// Folds one entry into the row it concerns.
#[allow(clippy::wildcard_enum_match_arm, reason = "only events that `concerns` names come here")]
pub(super) async fn fold(connection: &mut SqliteConnection, entry: &LedgerEntry) -> Result<(), StoreError> {
    let (tenant, at) = (entry.tenant.0, entry.at.0);
    let query = match &entry.event {
        Event::RecordingStarted { conversation, recording, tracks } => sqlx::query(dialect::ADD_RECORDING)
            .bind(tenant)
            .bind(recording.0)
            .bind(entry.partition.0)
            .bind(conversation.0)
            .bind(names::tracks(*tracks))
            .bind(state_name(RecordingState::Live))
            .bind(at),
        Event::RecordingGap { recording, length, .. } => {
            sqlx::query("UPDATE recording SET gaps = gaps + 1, gap_ms = gap_ms + $3 WHERE tenant_id = $1 AND id = $2")
                .bind(tenant)
                .bind(recording.0)
                .bind(millis(*length))
        }
        Event::RecordingSealed { recording, manifest, .. } => sqlx::query(
            "UPDATE recording SET state = $3, over_us = $4, duration_ms = $5, bytes = $6, chunks = $7, digest = $8, \
             recovered = $9, missing_us = NULL, gaps = CASE WHEN gaps > $10 THEN gaps ELSE $10 END WHERE tenant_id = $1 AND id = $2",
        )
        .bind(tenant)
        .bind(recording.0)
        .bind(state_name(RecordingState::Sealed))
        .bind(at)
        .bind(millis(manifest.duration))
        .bind(signed(manifest.bytes)?)
        .bind(signed(manifest.chunks)?)
        .bind(manifest.digest.to_string())
        .bind(i64::from(manifest.recovered))
        .bind(i64::from(manifest.gaps)),
        Event::RecordingFailed { recording, fault, .. } => {
            sqlx::query("UPDATE recording SET state = $3, over_us = $4, fault = $5, missing_us = NULL WHERE tenant_id = $1 AND id = $2")
                .bind(tenant)
                .bind(recording.0)
                .bind(state_name(RecordingState::Failed))
                .bind(at)
                .bind(names::recording_fault(*fault))
        }
        Event::RecordingErased { recording, .. } => {
            sqlx::query("UPDATE recording SET state = $3, missing_us = NULL WHERE tenant_id = $1 AND id = $2")
                .bind(tenant)
                .bind(recording.0)
                .bind(state_name(RecordingState::Erased))
        }
        _ => return Ok(()),
    };
    query.execute(connection).await?;
    Ok(())
}

pub(super) fn read(row: &SqliteRow) -> Result<RecordingRow, StoreError> {
    let has_fault = row.maybe_text("fault")?.is_some();
    let fault = has_fault.then(|| row.code("fault", names::recording_fault_from_name)).transpose()?;
    Ok(RecordingRow {
        id: row.id("id")?,
        conversation: row.id("conversation_id")?,
        tracks: row.code("tracks", names::tracks_from_name)?,
        state: row.code("state", state_from_name)?,
        started_at: row.utc("started_us")?,
        over_at: row.maybe_utc("over_us")?,
        duration: row.maybe_count("duration_ms")?.map(Duration::from_millis),
        bytes: row.maybe_count("bytes")?,
        chunks: row.maybe_count("chunks")?,
        gaps: row.count("gaps")?,
        gap: row.millis("gap_ms")?,
        digest: row.maybe_text("digest")?,
        recovered: row.count("recovered")? != 0,
        fault,
        missing_since: row.maybe_utc("missing_us")?,
    })
}

impl Store {
    /// The recordings of a conversation within the scope, oldest first; those that failed too.
    pub async fn recordings_of(
        &self,
        scope: &Scope,
        conversation: ConversationId,
    ) -> Result<Vec<RecordingRow>, StoreError> {
        self.conversation(scope, conversation).await?;
        let rows = sqlx::query("SELECT * FROM recording WHERE tenant_id = $1 AND conversation_id = $2 ORDER BY id")
            .bind(scope.tenant.0)
            .bind(conversation.0)
            .fetch_all(self.reports.readers())
            .await?;
        rows.iter().map(read).collect()
    }

    /// One recording of a conversation within the scope.
    pub async fn recording(&self, scope: &Scope, id: RecordingId) -> Result<RecordingRow, StoreError> {
        let row = sqlx::query("SELECT * FROM recording WHERE tenant_id = $1 AND id = $2")
            .bind(scope.tenant.0)
            .bind(id.0)
            .fetch_optional(self.reports.readers())
            .await?;
        let found = read(&row.ok_or(StoreError::NotFound("recording"))?)?;
        // Whoever cannot see the conversation hears nothing of the recording either.
        if let Err(error) = self.conversation(scope, found.conversation).await {
            let unseen = matches!(error, StoreError::NotFound(_));
            return Err(if unseen { StoreError::NotFound("recording") } else { error });
        }
        Ok(found)
    }
}
