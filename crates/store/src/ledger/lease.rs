//! Who decides for a partition. One row each; the epoch grows by one with every start.

use std::time::Duration;

use domain::{PartitionId, Utc};
use sqlx::Row;

use super::chain::{signed, unsigned};
use crate::kill::{KillPoint, reach};
use crate::{Store, StoreError, dialect};

/// A lease not renewed for this long may be taken by another node.
const LEASE_TTL: Duration = Duration::from_secs(5);

fn expiry(now: Utc) -> i64 {
    now.0.saturating_add(LEASE_TTL.as_micros() as i64)
}

impl Store {
    /// Takes the partition's lease for this node: epoch + 1 at every start. `Fenced` while another node holds it.
    pub async fn acquire_lease(&self, partition: PartitionId, now: Utc) -> Result<u64, StoreError> {
        let mut heads = self.heads.lock().await;
        heads.remove(&partition);
        let mut tx = self.ledger.begin().await?;
        let node = i64::from(self.node());
        sqlx::query(dialect::ADD_LEASE).bind(partition.0).bind(node).execute(&mut *tx).await?;
        let taken = sqlx::query(
            "UPDATE lease SET node = $1, epoch = epoch + 1, expires_us = $2 \
             WHERE partition = $3 AND (node = $1 OR expires_us < $4)",
        )
        .bind(node)
        .bind(expiry(now))
        .bind(partition.0)
        .bind(now.0)
        .execute(&mut *tx)
        .await?;
        if taken.rows_affected() != 1 {
            return Err(StoreError::Fenced(partition));
        }
        let row =
            sqlx::query("SELECT epoch FROM lease WHERE partition = $1").bind(partition.0).fetch_one(&mut *tx).await?;
        reach(KillPoint::LeaseTaken);
        tx.commit().await?;
        reach(KillPoint::LeaseCommitted);
        unsigned(row.try_get(0)?)
    }

    /// Prolongs the lease; `Fenced` when it is lost. Call about once a second.
    pub async fn renew_lease(&self, partition: PartitionId, epoch: u64, now: Utc) -> Result<(), StoreError> {
        reach(KillPoint::LeaseRenewing);
        self.set_expiry(partition, epoch, expiry(now)).await?;
        reach(KillPoint::LeaseRenewed);
        Ok(())
    }

    /// Gives the lease up, so that another node need not wait for its end.
    pub async fn release_lease(&self, partition: PartitionId, epoch: u64, now: Utc) -> Result<(), StoreError> {
        self.set_expiry(partition, epoch, now.0.saturating_sub(1)).await
    }

    async fn set_expiry(&self, partition: PartitionId, epoch: u64, expires_us: i64) -> Result<(), StoreError> {
        let mut tx = self.ledger.begin().await?;
        let held = sqlx::query("UPDATE lease SET expires_us = $1 WHERE partition = $2 AND node = $3 AND epoch = $4")
            .bind(expires_us)
            .bind(partition.0)
            .bind(i64::from(self.node()))
            .bind(signed(epoch)?)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        if held.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Fenced(partition)) }
    }
}
