//! The one way to change a business record.
//!
//! Only this module can begin a transaction on `business.db` ([`BusinessFile`] hides its writer), and the only way to end
//! one is [`Change::commit`], which takes the audit row: a change without its audit row cannot be written.

mod housekeeping;

use std::path::Path;

use domain::{AuditId, Utc};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{Sqlite, SqliteConnection};
use sqlx::{Row, SqlitePool};

use crate::database::{Database, File};
use crate::key::random;
use crate::kill::{KillPoint, reach};
use crate::ledger::{signed, unsigned};
use crate::writer::Writing;
use crate::{DatabaseKey, Scope, Store, StoreError};

/// `business.db`: anybody may read, only [`Store::change`] and housekeeping may write.
#[derive(Debug)]
pub(crate) struct BusinessFile(Database);

impl BusinessFile {
    pub(crate) async fn open(dir: &Path, key: &DatabaseKey) -> Result<BusinessFile, StoreError> {
        Database::open(dir, File::Business, key).await.map(BusinessFile)
    }

    pub(crate) fn readers(&self) -> &SqlitePool {
        self.0.readers()
    }

    pub(crate) async fn read(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        Ok(self.0.readers().acquire().await?)
    }

    /// The writer itself, for tests that play the burglar.
    #[cfg(test)]
    pub(crate) async fn tamper(&self) -> Writing {
        self.0.begin().await.unwrap()
    }

    pub(crate) async fn checkpoint(&self) -> Result<(), StoreError> {
        self.0.checkpoint().await
    }

    pub(crate) async fn close(&self) -> Result<(), StoreError> {
        self.0.close().await
    }
}

/// What the audit trail says about a change.
#[derive(Debug)]
pub(super) struct Audit {
    /// Subject and past participle, e.g. `queue.updated`.
    pub action: &'static str,
    /// Public id of the record.
    pub object: String,
    /// The record before; null when there was none.
    pub before: Value,
    /// The record after; null when there is none any more. Never a secret nor its hash.
    pub after: Value,
    /// Whether floors decide by it, so that the settings get a new version.
    pub is_setting: bool,
}

impl Audit {
    /// A change no floor decides by.
    pub(super) fn of(action: &'static str, object: impl ToString, before: Value, after: Value) -> Audit {
        Audit { action, object: object.to_string(), before, after, is_setting: false }
    }

    /// A change floors decide by.
    pub(super) fn of_setting(action: &'static str, object: impl ToString, before: Value, after: Value) -> Audit {
        Audit { is_setting: true, ..Audit::of(action, object, before, after) }
    }
}

/// A change under way. Dropped without [`Change::commit`] it leaves nothing behind.
pub(super) struct Change<'a> {
    store: &'a Store,
    scope: Scope,
    now: Utc,
    tx: Writing,
}

impl Store {
    /// Begins a change.
    pub(super) async fn change(&self, scope: &Scope, now: Utc) -> Result<Change<'_>, StoreError> {
        let change = Change { store: self, scope: *scope, now, tx: self.business.0.begin().await? };
        reach(KillPoint::ChangeBegun);
        Ok(change)
    }

    /// Writes the audit row of something that is not in `business.db`: recordings and their keys.
    pub(crate) async fn audit(
        &self,
        scope: &Scope,
        now: Utc,
        action: &'static str,
        object: impl ToString,
        before: Value,
        after: Value,
    ) -> Result<(), StoreError> {
        self.change(scope, now).await?.commit(Audit::of(action, object, before, after)).await
    }
}

impl Change<'_> {
    /// Where the statements of the change run.
    pub(super) fn tx(&mut self) -> &mut SqliteConnection {
        &mut self.tx
    }

    /// Writes the audit row and makes the change durable.
    pub(super) async fn commit(mut self, audit: Audit) -> Result<(), StoreError> {
        if audit.is_setting {
            let bumped =
                sqlx::query("UPDATE tenant SET settings_version = settings_version + 1, updated_us = $1 WHERE id = $2")
                    .bind(self.now.0)
                    .bind(self.scope.tenant.0)
                    .execute(&mut *self.tx)
                    .await?;
            if bumped.rows_affected() != 1 {
                return Err(StoreError::NotFound("tenant"));
            }
            reach(KillPoint::ChangeVersioned);
        }
        let head = self.write_audit_row(&audit).await?;
        reach(KillPoint::AuditPayloadWritten);
        self.tx.commit().await?;
        reach(KillPoint::ChangeCommitted);
        // The change is durable whatever becomes of its anchor; the next change anchors both.
        if let Err(error) = self.store.anchor_audit(self.scope.tenant, self.now, &head).await {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the end of the audit trail could not be anchored"
            );
        }
        Ok(())
    }

    async fn write_audit_row(&mut self, audit: &Audit) -> Result<AuditHead, StoreError> {
        let tenant = self.scope.tenant;
        let last = sqlx::query("SELECT seq, hash FROM audit WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1")
            .bind(tenant.0)
            .fetch_optional(&mut *self.tx)
            .await?;
        let (seq, previous): (i64, Vec<u8>) = match last {
            Some(row) => (row.try_get(0)?, row.try_get(1)?),
            None => (0, vec![0; 32]),
        };
        let payload = serde_json::json!({ "before": audit.before, "after": audit.after }).to_string();
        let salt: [u8; 16] = random()?;
        let link = AuditLink {
            seq: unsigned(seq)? + 1,
            at: self.now,
            actor: self.scope.user.map(|user| user.0),
            action: audit.action,
            object: &audit.object,
            payload_hash: payload_hash(&salt, &payload),
        };
        let head = AuditHead { seq: link.seq, hash: link.hash(&previous) };
        sqlx::query(
            "INSERT INTO audit (tenant_id, seq, id, at_us, actor_id, action, object_id, payload_hash, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(tenant.0)
        .bind(signed(link.seq)?)
        .bind(self.store.mint::<AuditId>(self.now).0)
        .bind(link.at.0)
        .bind(link.actor)
        .bind(link.action)
        .bind(link.object)
        .bind(link.payload_hash.as_slice())
        .bind(head.hash.as_slice())
        .execute(&mut *self.tx)
        .await?;
        reach(KillPoint::AuditRowWritten);
        sqlx::query("INSERT INTO audit_payload (tenant_id, seq, salt, payload) VALUES ($1, $2, $3, $4)")
            .bind(tenant.0)
            .bind(signed(link.seq)?)
            .bind(salt.as_slice())
            .bind(payload.as_str())
            .execute(&mut *self.tx)
            .await?;
        Ok(head)
    }
}

/// The last row of an audit chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AuditHead {
    pub seq: u64,
    pub hash: [u8; 32],
}

/// SHA-256 over the salt and what the row says: guessing the content from the hash needs the salt, which is erased with it.
pub(super) fn payload_hash(salt: &[u8], payload: &str) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(payload).finalize().into()
}

/// What a row of the audit chain is tied by.
pub(super) struct AuditLink<'a> {
    pub seq: u64,
    pub at: Utc,
    pub actor: Option<i64>,
    pub action: &'a str,
    pub object: &'a str,
    pub payload_hash: [u8; 32],
}

impl AuditLink<'_> {
    /// SHA-256 over the previous hash and every field, each with its length before it.
    pub(super) fn hash(&self, previous: &[u8]) -> [u8; 32] {
        let mut hasher = Sha256::new();
        let mut field = |bytes: &[u8]| {
            hasher.update((bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        };
        field(previous);
        field(&self.seq.to_be_bytes());
        field(&self.at.0.to_be_bytes());
        field(self.actor.map(i64::to_be_bytes).as_ref().map_or(&[], |actor| actor.as_slice()));
        field(self.action.as_bytes());
        field(self.object.as_bytes());
        field(&self.payload_hash);
        hasher.finalize().into()
    }
}
