//! Where the audit trail ends, told apart from it: in `keys.db`, so that cutting off its last rows, or putting an older
//! `business.db` in place, is noticed.
//!
//! The anchor is written after the change it stands for is durable. A crash between the two leaves it one change behind,
//! never ahead: what it names has been written.

use domain::{TenantId, Utc};
use sqlx::Row;

use super::write::AuditHead;
use crate::ledger::{signed, unsigned};
use crate::{Store, StoreError, dialect};

impl Store {
    /// Keeps the end of a tenant's trail; an earlier end than the one kept changes nothing.
    pub(super) async fn anchor_audit(&self, tenant: TenantId, now: Utc, head: &AuditHead) -> Result<(), StoreError> {
        let mut tx = self.keys.begin().await?;
        sqlx::query(dialect::RAISE_AUDIT_ANCHOR)
            .bind(tenant.0)
            .bind(signed(head.seq)?)
            .bind(head.hash.as_slice())
            .bind(now.0)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }

    /// The kept end of a tenant's trail; `None` when nothing was ever written.
    pub(super) async fn audit_anchor(&self, tenant: TenantId) -> Result<Option<AuditHead>, StoreError> {
        let row = sqlx::query("SELECT seq, hash FROM audit_anchor WHERE tenant_id = $1")
            .bind(tenant.0)
            .fetch_optional(self.keys.readers())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let hash: Vec<u8> = row.try_get(1)?;
        let hash = hash.try_into().map_err(|_| StoreError::corrupt("an audit anchor has a wrong length"))?;
        Ok(Some(AuditHead { seq: unsigned(row.try_get(0)?)?, hash }))
    }

    /// Anchors trails that are older than anchors. Only while there is no anchor at all: later a missing one is a fault.
    pub(crate) async fn seed_audit_anchors(&self, now: Utc) -> Result<(), StoreError> {
        let known = sqlx::query("SELECT COUNT(*) FROM audit_anchor").fetch_one(self.keys.readers()).await?;
        if known.try_get::<i64, _>(0)? > 0 {
            return Ok(());
        }
        let rows = sqlx::query(
            "SELECT a.tenant_id, a.seq, a.hash FROM audit a \
             WHERE a.seq = (SELECT MAX(b.seq) FROM audit b WHERE b.tenant_id = a.tenant_id)",
        )
        .fetch_all(self.business.readers())
        .await?;
        for row in rows {
            let hash: Vec<u8> = row.try_get(2)?;
            let hash = hash.try_into().map_err(|_| StoreError::corrupt("an audit hash has a wrong length"))?;
            let head = AuditHead { seq: unsigned(row.try_get(1)?)?, hash };
            self.anchor_audit(TenantId(row.try_get(0)?), now, &head).await?;
        }
        Ok(())
    }
}
