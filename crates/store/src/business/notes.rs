//! What people write about a conversation.

use domain::{ConversationId, UserId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnection;

use super::rows::Columns;
use super::write::Audit;
use crate::ledger::signed;
use crate::{Reach, Scope, Store, StoreError, dialect};

/// Longest note, in characters.
const NOTE_MAX: usize = 20_000;

/// A note on a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The text.
    pub text: String,
    /// Who wrote it last.
    pub updated_by: Option<UserId>,
    /// When.
    pub updated_at: Utc,
    /// Grows with every change.
    pub version: u64,
}

async fn find(
    connection: &mut SqliteConnection,
    scope: &Scope,
    id: ConversationId,
) -> Result<Option<Note>, StoreError> {
    let row = sqlx::query("SELECT * FROM conversation_note WHERE tenant_id = $1 AND conversation_id = $2")
        .bind(scope.tenant.0)
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Note {
        text: row.text("text")?,
        updated_by: row.maybe_id("updated_by")?,
        updated_at: row.utc("updated_us")?,
        version: row.count("version")?,
    }))
}

impl Store {
    /// The note on a conversation.
    pub async fn conversation_note(&self, scope: &Scope, id: ConversationId) -> Result<Option<Note>, StoreError> {
        if scope.reach != Reach::Tenant {
            self.conversation(scope, id).await?;
        }
        find(&mut *self.business.read().await?, scope, id).await
    }

    /// Writes the note; the last writer wins, the audit trail keeps what was there. The conversation must be in the reports.
    pub async fn put_conversation_note(
        &self,
        scope: &Scope,
        now: Utc,
        id: ConversationId,
        text: &str,
    ) -> Result<Note, StoreError> {
        if text.chars().count() > NOTE_MAX {
            return Err(StoreError::Invalid("text"));
        }
        self.conversation(scope, id).await?;
        let mut change = self.change(scope, now).await?;
        let before = find(change.tx(), scope, id).await?;
        let after = Note {
            text: text.to_owned(),
            updated_by: scope.user,
            updated_at: now,
            version: before.as_ref().map_or(1, |note| note.version + 1),
        };
        sqlx::query(dialect::PUT_NOTE)
            .bind(scope.tenant.0)
            .bind(id.0)
            .bind(after.text.as_str())
            .bind(after.updated_by.map(|user| user.0))
            .bind(signed(after.version)?)
            .bind(now.0)
            .execute(change.tx())
            .await?;
        let said = |note: &Note| json!({ "text": note.text });
        let before = before.as_ref().map_or(Value::Null, said);
        change.commit(Audit::of("conversation.note_written", id, before, said(&after))).await?;
        Ok(after)
    }
}
