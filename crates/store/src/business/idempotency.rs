//! Replies kept for requests that are sent again with the same idempotency key.

use domain::Utc;

use crate::{Scope, Store, StoreError};

/// What was answered the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptReply {
    /// SHA-256 over what was asked; another request under the same key is a client's mistake.
    pub request_hash: [u8; 32],
    /// HTTP status.
    pub status: u16,
    /// Body as sent.
    pub body: Vec<u8>,
    /// Kept until.
    pub expires_at: Utc,
}

impl Store {
    /// The reply kept under `key` for the person of the scope, if it is still kept.
    pub async fn kept_reply(&self, scope: &Scope, key: &str, now: Utc) -> Result<Option<KeptReply>, StoreError> {
        let _ = (scope, key, now);
        todo!()
    }

    /// Keeps a reply; `Conflict` when one is kept already. Housekeeping: leaves no audit row.
    pub async fn keep_reply(&self, scope: &Scope, key: &str, now: Utc, reply: &KeptReply) -> Result<(), StoreError> {
        let _ = (scope, key, now, reply);
        todo!()
    }
}
