//! Erasures of recordings: each is noted here, in one transaction with its audit row, before anything is destroyed. What was noted is
//! carried out, be it after a restart.

use domain::recording::ErasureCause;
use domain::{ConversationId, RecordingId, TenantId, UserId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::recording_holds::{REASON_CHARS_MAX, is_held};
use super::rows::{Columns, required};
use super::write::Audit;
use crate::{Scope, Store, StoreError, names};

/// Erasures finished in one go.
const ERASURES_AT_ONCE: i64 = 100;

/// That a recording is, or is being, erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Which recording.
    pub recording: RecordingId,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// When it was decided.
    pub at: Utc,
    /// Why.
    pub cause: ErasureCause,
    /// Who asked; `None` when the policy did.
    pub by: Option<UserId>,
    /// What they gave as reason.
    pub reason: Option<String>,
    /// Everything is destroyed and the ledger says so.
    pub is_told: bool,
}

/// What came of noting an erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noted {
    /// It must be carried out.
    New,
    /// It was noted before.
    Before,
    /// The recording is held.
    Held,
}

pub(super) fn read_erasure(row: &SqliteRow) -> Result<Erasure, StoreError> {
    Ok(Erasure {
        recording: row.id("recording_id")?,
        conversation: row.id("conversation_id")?,
        at: row.utc("at_us")?,
        cause: row.code("cause", names::erasure_cause_from_name)?,
        by: row.maybe_id("user_id")?,
        reason: row.maybe_text("reason")?,
        is_told: row.count("told")? != 0,
    })
}

pub(super) async fn find(
    connection: &mut SqliteConnection,
    tenant: TenantId,
    recording: RecordingId,
) -> Result<Option<Erasure>, StoreError> {
    let row = sqlx::query("SELECT * FROM recording_erasure WHERE tenant_id = $1 AND recording_id = $2")
        .bind(tenant.0)
        .bind(recording.0)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read_erasure).transpose()
}

impl Store {
    /// Notes that a recording is to be erased. In the same transaction it is looked whether it is held, so that no hold comes between.
    pub(crate) async fn note_erasure(
        &self,
        scope: &Scope,
        now: Utc,
        (conversation, recording): (ConversationId, RecordingId),
        cause: ErasureCause,
        reason: Option<&str>,
    ) -> Result<Noted, StoreError> {
        let reason = reason.map(|reason| required(reason, REASON_CHARS_MAX, "reason")).transpose()?;
        let mut change = self.change(scope, now).await?;
        if find(change.tx(), scope.tenant, recording).await?.is_some() {
            return Ok(Noted::Before);
        }
        if is_held(change.tx(), scope, conversation, recording).await? {
            return Ok(Noted::Held);
        }
        sqlx::query(
            "INSERT INTO recording_erasure (tenant_id, recording_id, conversation_id, at_us, cause, user_id, reason, told) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
        )
        .bind(scope.tenant.0)
        .bind(recording.0)
        .bind(conversation.0)
        .bind(now.0)
        .bind(names::erasure_cause(cause))
        .bind(scope.user.map(|user| user.0))
        .bind(reason)
        .execute(change.tx())
        .await?;
        let before = json!({ "id": recording.to_string(), "conversation_id": conversation.to_string() });
        let after = json!({ "cause": names::erasure_cause(cause), "reason": reason });
        change.commit(Audit::of("recording.erased", recording, before, after)).await?;
        Ok(Noted::New)
    }

    /// What is known of the erasure of a recording.
    pub(crate) async fn erasure(
        &self,
        tenant: TenantId,
        recording: RecordingId,
    ) -> Result<Option<Erasure>, StoreError> {
        find(&mut *self.business.read().await?, tenant, recording).await
    }

    /// Some erasures of which not everything is done and said, in the order of their recordings, those after `after`.
    pub async fn unfinished_erasures(
        &self,
        tenant: TenantId,
        after: Option<RecordingId>,
    ) -> Result<Vec<Erasure>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM recording_erasure WHERE tenant_id = $1 AND told = 0 AND recording_id > $2 \
             ORDER BY recording_id LIMIT $3",
        )
        .bind(tenant.0)
        .bind(after.map_or(i64::MIN, |after| after.0))
        .bind(ERASURES_AT_ONCE)
        .fetch_all(self.business.readers())
        .await?;
        rows.iter().map(read_erasure).collect()
    }

    /// Writes down that somebody takes a recording out of the house: in which format, whether with the voice of a supervisor, why, and which
    /// bytes were kept of it.
    pub(crate) async fn audit_download(
        &self,
        scope: &Scope,
        now: Utc,
        recording: RecordingId,
        (format, with_supervisor, reason, sha256): (&str, bool, &str, Option<String>),
    ) -> Result<(), StoreError> {
        let reason = required(reason, REASON_CHARS_MAX, "reason")?;
        let after = json!({ "format": format, "supervisor": with_supervisor, "reason": reason, "sha256": sha256 });
        self.audit(scope, now, "recording.downloaded", recording, Value::Null, after).await
    }
}
