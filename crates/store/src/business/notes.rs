//! What people write about a conversation.

use domain::{ConversationId, UserId, Utc};

use crate::{Scope, Store, StoreError};

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

impl Store {
    /// The note on a conversation.
    pub async fn conversation_note(&self, scope: &Scope, id: ConversationId) -> Result<Option<Note>, StoreError> {
        let _ = (scope, id);
        todo!()
    }

    /// Writes the note; the last writer wins, the audit trail keeps what was there.
    pub async fn put_conversation_note(
        &self,
        scope: &Scope,
        now: Utc,
        id: ConversationId,
        text: &str,
    ) -> Result<Note, StoreError> {
        let _ = (scope, now, id, text);
        todo!()
    }
}
