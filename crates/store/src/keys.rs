//! Keys under which parties are sealed: one per tenant and version, made on first use and kept in `keys.db`.
//!
//! Destroying a key makes every value under it unreadable while the ledger's chain stays whole.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use domain::{TenantId, Utc};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use zeroize::Zeroizing;

use crate::key::random;
use crate::kill::{KillPoint, reach};
use crate::seal::Sealer;
use crate::store::lock;
use crate::{Store, StoreError};

/// A key in use.
pub(crate) struct PartyKey {
    pub(crate) id: i64,
    pub(crate) sealer: Sealer,
}

impl fmt::Debug for PartyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PartyKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Keys in use, kept in memory: the newest of each tenant for sealing, all seen ones for opening.
#[derive(Debug, Default)]
pub(crate) struct PartyKeys {
    newest: Mutex<HashMap<TenantId, Arc<PartyKey>>>,
    by_id: Mutex<HashMap<(TenantId, i64), Arc<PartyKey>>>,
}

fn party_key(row: &SqliteRow) -> Result<Arc<PartyKey>, StoreError> {
    let secret = Zeroizing::new(row.try_get::<Vec<u8>, _>("secret")?);
    let secret: &[u8; 32] =
        secret.as_slice().try_into().map_err(|_| StoreError::corrupt("a party key has a wrong length"))?;
    Ok(Arc::new(PartyKey { id: row.try_get("id")?, sealer: Sealer::new(secret) }))
}

impl Store {
    /// The newest key of a tenant; made, and durable, before it is first given.
    pub(crate) async fn newest_party_key(&self, tenant: TenantId, at: Utc) -> Result<Arc<PartyKey>, StoreError> {
        if let Some(key) = lock(&self.party_keys.newest).get(&tenant) {
            return Ok(Arc::clone(key));
        }
        let mut tx = self.keys.begin().await?;
        let stored = sqlx::query("SELECT id, secret FROM party_key WHERE tenant_id = $1 ORDER BY version DESC LIMIT 1")
            .bind(tenant.0)
            .fetch_optional(&mut *tx)
            .await?;
        let key = match stored {
            Some(row) => party_key(&row)?,
            None => {
                let secret = Zeroizing::new(random::<32>()?);
                let id: i64 = self.mint(at);
                reach(KillPoint::PartyKeyMade);
                sqlx::query(
                    "INSERT INTO party_key (id, tenant_id, version, secret, created_us) VALUES ($1, $2, 1, $3, $4)",
                )
                .bind(id)
                .bind(tenant.0)
                .bind(secret.as_slice())
                .bind(at.0)
                .execute(&mut *tx)
                .await?;
                reach(KillPoint::PartyKeyWritten);
                Arc::new(PartyKey { id, sealer: Sealer::new(&secret) })
            }
        };
        tx.commit().await?;
        reach(KillPoint::PartyKeyCommitted);
        lock(&self.party_keys.newest).insert(tenant, Arc::clone(&key));
        Ok(key)
    }

    /// A key by its id; `None` once it has been destroyed.
    pub(crate) async fn party_key(&self, tenant: TenantId, id: i64) -> Result<Option<Arc<PartyKey>>, StoreError> {
        if let Some(key) = lock(&self.party_keys.by_id).get(&(tenant, id)) {
            return Ok(Some(Arc::clone(key)));
        }
        let row = sqlx::query("SELECT id, secret FROM party_key WHERE tenant_id = $1 AND id = $2")
            .bind(tenant.0)
            .bind(id)
            .fetch_optional(self.keys.readers())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let key = party_key(&row)?;
        lock(&self.party_keys.by_id).insert((tenant, id), Arc::clone(&key));
        Ok(Some(key))
    }
}
