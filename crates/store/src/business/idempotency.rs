//! Replies kept for requests that are sent again with the same idempotency key.

use domain::Utc;
use sqlx::Row;

use super::rows::Columns;
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
    /// The reply kept under `key` for the person of the scope, if it is still kept. Written by [`Store::keep_reply`].
    pub async fn kept_reply(&self, scope: &Scope, key: &str, now: Utc) -> Result<Option<KeptReply>, StoreError> {
        let row = sqlx::query(
            "SELECT request_hash, status, reply, expires_us FROM idempotency \
             WHERE tenant_id = $1 AND user_id = $2 AND idempotency_key = $3 AND expires_us > $4",
        )
        .bind(scope.tenant.0)
        .bind(scope.user.map_or(0, |user| user.0))
        .bind(key)
        .bind(now.0)
        .fetch_optional(self.business.readers())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let damaged = || StoreError::corrupt("a kept reply");
        let hash: Vec<u8> = row.try_get("request_hash")?;
        Ok(Some(KeptReply {
            request_hash: hash.try_into().map_err(|_| damaged())?,
            status: u16::try_from(row.count("status")?).map_err(|_| damaged())?,
            body: row.try_get("reply")?,
            expires_at: row.utc("expires_us")?,
        }))
    }
}
