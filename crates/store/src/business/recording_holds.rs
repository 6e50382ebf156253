//! Legal holds: recordings that nothing may erase until somebody lifts the hold.

use std::collections::HashMap;

use domain::{ConversationId, RecordingId, UserId, Utc};
use serde_json::{Value, json};
use sqlx::QueryBuilder;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::recording_erasures::{Erasure, read_erasure};
use super::rows::{Columns, required};
use super::write::Audit;
use crate::{Scope, Store, StoreError, dialect};

/// Longest reason of a hold or an erasure, in characters.
pub(super) const REASON_CHARS_MAX: usize = 500;

/// Holds a list of held recordings looks at, the newest first.
const HOLDS_LISTED_MAX: i64 = 10_000;

/// What stands in place of a recording where a whole conversation is held.
const ALL: i64 = 0;

/// What is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Held {
    /// One recording.
    Recording(RecordingId),
    /// Every recording of a conversation, those that are still to come too.
    Conversation(ConversationId),
}

/// A hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Since when.
    pub at: Utc,
    /// Who put it.
    pub by: UserId,
    /// Why.
    pub reason: String,
}

/// What people, or the policy, said about recordings of some conversations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordingMarks {
    holds: HashMap<(ConversationId, i64), Hold>,
    erasures: HashMap<RecordingId, Erasure>,
}

impl RecordingMarks {
    /// The hold on a recording: its own, or that of its conversation.
    pub fn hold(&self, conversation: ConversationId, recording: RecordingId) -> Option<&Hold> {
        self.holds.get(&(conversation, recording.0)).or_else(|| self.conversation_hold(conversation))
    }

    /// The hold on a whole conversation.
    pub fn conversation_hold(&self, conversation: ConversationId) -> Option<&Hold> {
        self.holds.get(&(conversation, ALL))
    }

    /// What is known of the erasure of a recording.
    pub fn erasure(&self, recording: RecordingId) -> Option<&Erasure> {
        self.erasures.get(&recording)
    }

    /// Everybody who is named in them.
    pub fn people(&self) -> impl Iterator<Item = UserId> {
        self.holds.values().map(|hold| hold.by).chain(self.erasures.values().filter_map(|erasure| erasure.by))
    }
}

impl Held {
    fn public_id(self) -> String {
        match self {
            Held::Recording(id) => id.to_string(),
            Held::Conversation(id) => id.to_string(),
        }
    }
}

fn read(row: &SqliteRow) -> Result<Hold, StoreError> {
    Ok(Hold { at: row.utc("at_us")?, by: row.id("user_id")?, reason: row.text("reason")? })
}

fn audited(hold: &Hold) -> Value {
    json!({ "reason": hold.reason, "at_us": hold.at.0 })
}

async fn find(
    connection: &mut SqliteConnection,
    scope: &Scope,
    (conversation, recording): (ConversationId, i64),
) -> Result<Option<Hold>, StoreError> {
    let row =
        sqlx::query("SELECT * FROM recording_hold WHERE tenant_id = $1 AND conversation_id = $2 AND recording_id = $3")
            .bind(scope.tenant.0)
            .bind(conversation.0)
            .bind(recording)
            .fetch_optional(connection)
            .await?;
    row.as_ref().map(read).transpose()
}

/// Whether the recording or its conversation is held.
pub(super) async fn is_held(
    connection: &mut SqliteConnection,
    scope: &Scope,
    conversation: ConversationId,
    recording: RecordingId,
) -> Result<bool, StoreError> {
    Ok(find(connection, scope, (conversation, recording.0)).await?.is_some()
        || find(connection, scope, (conversation, ALL)).await?.is_some())
}

impl Store {
    /// Where a hold stands; `NotFound` out of the scope's reach.
    async fn place(&self, scope: &Scope, held: Held) -> Result<(ConversationId, i64), StoreError> {
        Ok(match held {
            Held::Recording(id) => (self.recording(scope, id).await?.conversation, id.0),
            Held::Conversation(id) => (self.conversation(scope, id).await?.id, ALL),
        })
    }

    /// Puts a hold, or gives the one that stands a new reason.
    ///
    /// # Errors
    /// `Conflict` when the recording was erased; `Invalid` without a person or a reason of 1–500 characters.
    pub async fn put_hold(&self, scope: &Scope, now: Utc, held: Held, reason: &str) -> Result<Hold, StoreError> {
        let reason = required(reason, REASON_CHARS_MAX, "reason")?.to_owned();
        let by = scope.user.ok_or(StoreError::Invalid("user"))?;
        let place = self.place(scope, held).await?;
        let mut change = self.change(scope, now).await?;
        if let Held::Recording(id) = held
            && super::recording_erasures::find(change.tx(), scope.tenant, id).await?.is_some()
        {
            return Err(StoreError::Conflict("the recording was erased"));
        }
        let before = find(change.tx(), scope, place).await?;
        let hold = Hold { at: before.as_ref().map_or(now, |hold| hold.at), by, reason };
        sqlx::query(dialect::PUT_HOLD)
            .bind(scope.tenant.0)
            .bind(place.0.0)
            .bind(place.1)
            .bind(hold.reason.as_str())
            .bind(by.0)
            .bind(hold.at.0)
            .execute(change.tx())
            .await?;
        let was = before.as_ref().map_or(Value::Null, audited);
        change.commit(Audit::of(put_action(held), held.public_id(), was, audited(&hold))).await?;
        Ok(hold)
    }

    /// Lifts a hold.
    ///
    /// # Errors
    /// `NotFound` when there is none in that place: a recording whose conversation is held is let go with its conversation.
    pub async fn lift_hold(&self, scope: &Scope, now: Utc, held: Held, reason: &str) -> Result<(), StoreError> {
        let reason = required(reason, REASON_CHARS_MAX, "reason")?;
        let place = self.place(scope, held).await?;
        let mut change = self.change(scope, now).await?;
        let before = find(change.tx(), scope, place).await?.ok_or(StoreError::NotFound("hold"))?;
        sqlx::query("DELETE FROM recording_hold WHERE tenant_id = $1 AND conversation_id = $2 AND recording_id = $3")
            .bind(scope.tenant.0)
            .bind(place.0.0)
            .bind(place.1)
            .execute(change.tx())
            .await?;
        let after = json!({ "reason": reason });
        change.commit(Audit::of(lift_action(held), held.public_id(), audited(&before), after)).await
    }

    /// Holds and erasures of the recordings of these conversations.
    pub async fn recording_marks(
        &self,
        scope: &Scope,
        conversations: &[ConversationId],
    ) -> Result<RecordingMarks, StoreError> {
        let mut marks = RecordingMarks::default();
        if conversations.is_empty() {
            return Ok(marks);
        }
        let within = |table: &str| {
            let mut query = QueryBuilder::new(format!("SELECT * FROM {table} WHERE tenant_id = "));
            query.push_bind(scope.tenant.0).push(" AND conversation_id IN (");
            let mut list = query.separated(", ");
            for id in conversations {
                list.push_bind(id.0);
            }
            query.push(")");
            query
        };
        for row in within("recording_hold").build().fetch_all(self.business.readers()).await? {
            marks.holds.insert((row.id("conversation_id")?, row.id("recording_id")?), read(&row)?);
        }
        for row in within("recording_erasure").build().fetch_all(self.business.readers()).await? {
            let erasure = read_erasure(&row)?;
            marks.erasures.insert(erasure.recording, erasure);
        }
        Ok(marks)
    }

    /// What is held, the newest first: conversations, and single recordings.
    pub(crate) async fn held(&self, scope: &Scope) -> Result<(Vec<i64>, Vec<i64>), StoreError> {
        let rows = sqlx::query(
            "SELECT conversation_id, recording_id FROM recording_hold WHERE tenant_id = $1 ORDER BY at_us DESC LIMIT $2",
        )
        .bind(scope.tenant.0)
        .bind(HOLDS_LISTED_MAX)
        .fetch_all(self.business.readers())
        .await?;
        let (mut conversations, mut recordings) = (Vec::new(), Vec::new());
        for row in &rows {
            match row.id::<i64>("recording_id")? {
                ALL => conversations.push(row.id("conversation_id")?),
                recording => recordings.push(recording),
            }
        }
        Ok((conversations, recordings))
    }
}

const fn put_action(held: Held) -> &'static str {
    match held {
        Held::Recording(_) => "recording.held",
        Held::Conversation(_) => "conversation.held",
    }
}

const fn lift_action(held: Held) -> &'static str {
    match held {
        Held::Recording(_) => "recording.hold_lifted",
        Held::Conversation(_) => "conversation.hold_lifted",
    }
}
