//! Keys of recordings, in `keys.db`: one for each recording, wrapped by the tenant's key of the version that stands beside it.
//!
//! A new version of a tenant's key is made while recordings go on; the recordings' keys are wrapped again in small
//! transactions, and the version before is destroyed when nothing is under it any more. At every moment each recording's key
//! stands under exactly one version, in one row.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::{ConversationId, RecordingId, TenantId, Utc};
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use zeroize::Zeroizing;

use super::RecordingError;
use super::chunk::ChunkCipher;
use crate::key::random;
use crate::kill::{KillPoint, reach};
use crate::seal::Sealer;
use crate::{Scope, Store, StoreError};

/// Keys wrapped again in one transaction: the writer of `keys.db` is never held for more than some milliseconds.
const REWRAP_BATCH: i64 = 100;

/// The epoch under which a recording's chunks are written; sealing uses later ones.
const FIRST_EPOCH: u32 = 1;

/// The right to write one recording. Its key is durable.
#[derive(Clone)]
pub struct RecordingKey {
    pub(super) recording: RecordingId,
    pub(super) tenant: TenantId,
    pub(super) conversation: ConversationId,
    pub(super) epoch: u32,
    pub(super) cipher: ChunkCipher,
}

impl std::fmt::Debug for RecordingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecordingKey").field("recording", &self.recording).finish_non_exhaustive()
    }
}

/// What came of a rotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rotation {
    /// The version of the tenant's key that is in force.
    pub version: u32,
    /// Recordings' keys that were wrapped again.
    pub rewrapped: u64,
    /// Versions that were destroyed.
    pub destroyed: u64,
}

/// What `keys.db` says about a recording.
#[derive(Clone, Debug)]
pub(super) struct KeyRow {
    pub recording: RecordingId,
    pub tenant: TenantId,
    pub conversation: ConversationId,
    version: i64,
    /// `None` once erased.
    wrapped: Option<Vec<u8>>,
}

impl KeyRow {
    fn read(row: &SqliteRow) -> Result<KeyRow, StoreError> {
        Ok(KeyRow {
            recording: RecordingId(row.try_get("recording_id")?),
            tenant: TenantId(row.try_get("tenant_id")?),
            conversation: ConversationId(row.try_get("conversation_id")?),
            version: row.try_get("version")?,
            wrapped: row.try_get("wrapped")?,
        })
    }

    pub(super) fn is_erased(&self) -> bool {
        self.wrapped.is_none()
    }
}

/// What a wrapped key is bound to: it opens in no other place.
fn context(tenant: TenantId, recording: RecordingId, version: i64) -> Vec<u8> {
    [b"recording key".as_slice(), &tenant.0.to_be_bytes(), &recording.0.to_be_bytes(), &version.to_be_bytes()].concat()
}

fn sealer(secret: Vec<u8>) -> Result<Sealer, StoreError> {
    let secret = Zeroizing::new(secret);
    let secret = secret.as_slice().try_into().map_err(|_| StoreError::corrupt("a tenant's key has a wrong length"))?;
    Ok(Sealer::new(secret))
}

async fn newest_version(keys: &mut SqliteConnection, tenant: TenantId) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT MAX(version) FROM recording_tenant_key WHERE tenant_id = $1")
        .bind(tenant.0)
        .fetch_one(keys)
        .await?;
    Ok(row.try_get::<Option<i64>, _>(0)?.unwrap_or(0))
}

async fn tenant_key(keys: &mut SqliteConnection, tenant: TenantId, version: i64) -> Result<Option<Sealer>, StoreError> {
    let row = sqlx::query("SELECT secret FROM recording_tenant_key WHERE tenant_id = $1 AND version = $2")
        .bind(tenant.0)
        .bind(version)
        .fetch_optional(keys)
        .await?;
    row.map(|row| sealer(row.try_get(0)?)).transpose()
}

async fn add_tenant_key(
    keys: &mut SqliteConnection,
    tenant: TenantId,
    version: i64,
    at: Utc,
) -> Result<Sealer, StoreError> {
    let secret = Zeroizing::new(random::<32>()?);
    sqlx::query("INSERT INTO recording_tenant_key (tenant_id, version, secret, created_us) VALUES ($1, $2, $3, $4)")
        .bind(tenant.0)
        .bind(version)
        .bind(secret.as_slice())
        .bind(at.0)
        .execute(keys)
        .await?;
    Ok(Sealer::new(&secret))
}

impl Store {
    /// Makes the key of a new recording. When it returns, the key is durable and the first chunk may be written.
    ///
    /// # Errors
    /// `Conflict` when the recording has a key already.
    pub async fn create_recording(
        &self,
        tenant: TenantId,
        conversation: ConversationId,
        recording: RecordingId,
        at: Utc,
    ) -> Result<RecordingKey, StoreError> {
        let secret = Zeroizing::new(random::<32>()?);
        let mut tx = self.keys.begin().await?;
        let newest = newest_version(&mut tx, tenant).await?;
        let (version, wrapping) = match tenant_key(&mut tx, tenant, newest).await? {
            Some(key) => (newest, key),
            None => (newest + 1, add_tenant_key(&mut tx, tenant, newest + 1, at).await?),
        };
        sqlx::query(
            "INSERT INTO recording_key (recording_id, tenant_id, conversation_id, version, wrapped, epoch, created_us) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(recording.0)
        .bind(tenant.0)
        .bind(conversation.0)
        .bind(version)
        .bind(wrapping.seal(&context(tenant, recording, version), secret.as_slice())?)
        .bind(i64::from(FIRST_EPOCH))
        .bind(at.0)
        .execute(&mut *tx)
        .await?;
        reach(KillPoint::RecordingKeyWritten);
        tx.commit().await?;
        reach(KillPoint::RecordingKeyCommitted);
        let cipher = ChunkCipher::new(&secret);
        Ok(RecordingKey { recording, tenant, conversation, epoch: FIRST_EPOCH, cipher })
    }

    /// Makes a new version of the tenant's key, wraps the keys of all recordings again and destroys the versions before.
    /// Recordings may go on and be played meanwhile. What a kill interrupts, the next start or rotation finishes.
    pub async fn rotate_recording_keys(&self, scope: &Scope, now: Utc) -> Result<Rotation, StoreError> {
        let version = self.begin_key_rotation(scope.tenant, now).await?;
        self.audit(scope, now, "recording_keys.rotated", scope.tenant, Value::Null, json!({ "version": version }))
            .await?;
        self.finish_key_rotation(scope.tenant).await
    }

    pub(crate) async fn begin_key_rotation(&self, tenant: TenantId, now: Utc) -> Result<i64, StoreError> {
        let mut tx = self.keys.begin().await?;
        let version = newest_version(&mut tx, tenant).await? + 1;
        add_tenant_key(&mut tx, tenant, version, now).await?;
        tx.commit().await?;
        Ok(version)
    }

    /// Brings every key of the tenant's recordings under the newest version; does nothing when they are.
    pub(super) async fn finish_key_rotation(&self, tenant: TenantId) -> Result<Rotation, StoreError> {
        let mut rotation = Rotation::default();
        loop {
            let (version, rewrapped) = self.rewrap_some(tenant).await?;
            rotation.version = u32::try_from(version).unwrap_or(u32::MAX);
            rotation.rewrapped += rewrapped;
            if rewrapped == 0 {
                break;
            }
        }
        rotation.destroyed = self.destroy_unused_versions(tenant).await?;
        Ok(rotation)
    }

    /// Wraps some keys again; gives the newest version and how many, 0 when all are under it.
    pub(crate) async fn rewrap_some(&self, tenant: TenantId) -> Result<(i64, u64), StoreError> {
        let mut tx = self.keys.begin().await?;
        let newest = newest_version(&mut tx, tenant).await?;
        let Some(new) = tenant_key(&mut tx, tenant, newest).await? else { return Ok((0, 0)) };
        let rows = sqlx::query(
            "SELECT recording_id, tenant_id, conversation_id, version, wrapped FROM recording_key \
             WHERE tenant_id = $1 AND version < $2 AND wrapped IS NOT NULL ORDER BY version, recording_id LIMIT $3",
        )
        .bind(tenant.0)
        .bind(newest)
        .bind(REWRAP_BATCH)
        .fetch_all(&mut *tx)
        .await?;
        let mut old: HashMap<i64, Sealer> = HashMap::new();
        for row in &rows {
            let row = KeyRow::read(row)?;
            let key = match old.entry(row.version) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => {
                    let key = tenant_key(&mut tx, tenant, row.version).await?;
                    unknown.insert(key.ok_or_else(|| StoreError::corrupt("a tenant's key in use is gone"))?)
                }
            };
            let Some(wrapped) = row.wrapped.as_deref() else { continue };
            let secret = Zeroizing::new(key.open(&context(tenant, row.recording, row.version), wrapped)?);
            sqlx::query("UPDATE recording_key SET version = $1, wrapped = $2 WHERE recording_id = $3")
                .bind(newest)
                .bind(new.seal(&context(tenant, row.recording, newest), &secret)?)
                .bind(row.recording.0)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok((newest, rows.len() as u64))
    }

    async fn destroy_unused_versions(&self, tenant: TenantId) -> Result<u64, StoreError> {
        let mut tx = self.keys.begin().await?;
        let newest = newest_version(&mut tx, tenant).await?;
        let destroyed = sqlx::query(
            "DELETE FROM recording_tenant_key WHERE tenant_id = $1 AND version < $2 AND NOT EXISTS \
             (SELECT 1 FROM recording_key k WHERE k.tenant_id = recording_tenant_key.tenant_id \
             AND k.version = recording_tenant_key.version AND k.wrapped IS NOT NULL)",
        )
        .bind(tenant.0)
        .bind(newest)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(destroyed.rows_affected())
    }

    pub(super) async fn recording_row(&self, recording: RecordingId) -> Result<Option<KeyRow>, StoreError> {
        let row = sqlx::query(
            "SELECT recording_id, tenant_id, conversation_id, version, wrapped FROM recording_key WHERE recording_id = $1",
        )
        .bind(recording.0)
        .fetch_optional(self.keys.readers())
        .await?;
        row.as_ref().map(KeyRow::read).transpose()
    }

    /// The key of a recording. Row and version are read in one transaction, so that a rotation cannot come between.
    pub(super) async fn recording_cipher(&self, recording: RecordingId) -> Result<ChunkCipher, RecordingError> {
        let row = sqlx::query(
            "SELECT r.tenant_id, r.version, r.wrapped, k.secret FROM recording_key r LEFT JOIN recording_tenant_key k \
             ON k.tenant_id = r.tenant_id AND k.version = r.version WHERE r.recording_id = $1",
        )
        .bind(recording.0)
        .fetch_optional(self.keys.readers())
        .await
        .map_err(StoreError::from)?;
        let row = row.ok_or(RecordingError::NotFound)?;
        let read = || -> Result<Option<ChunkCipher>, StoreError> {
            let (tenant, version) = (TenantId(row.try_get(0)?), row.try_get(1)?);
            let wrapped: Option<Vec<u8>> = row.try_get(2)?;
            let secret: Option<Vec<u8>> = row.try_get(3)?;
            let (Some(wrapped), Some(secret)) = (wrapped, secret) else { return Ok(None) };
            let data = Zeroizing::new(sealer(secret)?.open(&context(tenant, recording, version), &wrapped)?);
            let data = data.as_slice().try_into();
            Ok(Some(ChunkCipher::new(data.map_err(|_| StoreError::corrupt("a recording's key has a wrong length"))?)))
        };
        read()?.ok_or(RecordingError::KeyDestroyed)
    }

    /// A new epoch of a recording, durable when it returns: nonces under it were never used.
    pub(super) async fn raise_epoch(&self, recording: RecordingId) -> Result<u32, StoreError> {
        let mut tx = self.keys.begin().await?;
        sqlx::query("UPDATE recording_key SET epoch = epoch + 1 WHERE recording_id = $1")
            .bind(recording.0)
            .execute(&mut *tx)
            .await?;
        let row = sqlx::query("SELECT epoch FROM recording_key WHERE recording_id = $1")
            .bind(recording.0)
            .fetch_optional(&mut *tx)
            .await?;
        tx.commit().await?;
        let epoch = row.ok_or(StoreError::NotFound("recording"))?.try_get::<i64, _>(0)?;
        u32::try_from(epoch).map_err(|_| StoreError::corrupt("the epoch of a recording"))
    }

    /// Destroys a recording's key; what was sealed under it can never be read again. That it existed stays known.
    pub(crate) async fn destroy_recording_key(&self, recording: RecordingId, now: Utc) -> Result<(), StoreError> {
        let mut tx = self.keys.begin().await?;
        sqlx::query(
            "UPDATE recording_key SET wrapped = NULL, erased_us = $1 WHERE recording_id = $2 AND wrapped IS NOT NULL",
        )
        .bind(now.0)
        .bind(recording.0)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }
}
