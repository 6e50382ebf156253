//! Group commit: many events, one transaction, one sync to disk, two turns of the connection's thread.

use domain::{LedgerEntry, PartitionId, Party, Utc};
use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use super::chain::{LedgerRow, signed, unsigned};
use super::statements::Statements;
use super::{AppendBatch, Head};
use crate::kill::{KillPoint, reach};
use crate::{Store, StoreError};

impl Store {
    /// Makes one batch durable; see [`Store::append_all`].
    pub async fn append(&self, batch: &AppendBatch) -> Result<(), StoreError> {
        self.append_all(std::slice::from_ref(batch)).await
    }

    /// Makes batches of several partitions durable in one transaction: all of them or none. `Ok` means on disk.
    ///
    /// Each batch is fenced: its lease must still belong to this node and epoch, else nothing is written and the answer is
    /// `Fenced`. At most one batch of each partition. Parties are sealed here and written in the same transaction.
    /// A batch that is stored already is a success, so that an append whose outcome is unknown may be repeated.
    pub async fn append_all(&self, batches: &[AppendBatch]) -> Result<(), StoreError> {
        let mut parties = Vec::new();
        for batch in batches {
            let at = batch.entries.first().map_or(Utc(0), |entry| entry.at);
            parties.push(self.seal_parties(batch.tenant, at, &batch.parties).await?);
        }
        reach(KillPoint::PartiesSealed);
        let mut heads = self.heads.lock().await;
        let mut statements = Statements::new(self.node());
        let mut new_heads = Vec::new();
        for (batch, parties) in batches.iter().zip(&parties) {
            // Taken out, so that a commit with an unknown outcome leaves no stale head behind.
            let head = match heads.remove(&batch.partition) {
                Some(head) => head,
                None => self.head(batch.partition).await?,
            };
            let (rows, head) = self.rows(batch, head).await?;
            statements.fence(batch, head)?;
            if let Some((rows, greatest)) = rows {
                statements.append(batch, &rows, parties, greatest);
            }
            new_heads.push((batch.partition, head));
        }
        let tx = match self.ledger.begin_with(statements.query()?).await {
            Ok((tx, held)) if held.len() == batches.len() => tx,
            Ok((tx, _)) => {
                tx.rollback().await;
                return Err(self.why_refused(batches).await?);
            }
            // Rows of another owner may stand where these were to go.
            Err(StoreError::Conflict(_)) => return Err(self.why_refused(batches).await?),
            Err(error) => return Err(error),
        };
        reach(KillPoint::LedgerRowsWritten);
        self.faults().pass().await?;
        reach(KillPoint::LedgerBeforeCommit);
        tx.commit().await?;
        reach(KillPoint::LedgerCommitted);
        heads.extend(new_heads);
        Ok(())
    }

    /// The end of a chain.
    pub async fn head(&self, partition: PartitionId) -> Result<Head, StoreError> {
        let mut connection = self.ledger.readers().acquire().await?;
        read_head(&mut connection, partition).await
    }

    /// The rows of a batch with the greatest id in it, `None` when they are stored already, and the end of the chain after it.
    async fn rows(
        &self,
        batch: &AppendBatch,
        mut head: Head,
    ) -> Result<(Option<(Vec<LedgerRow>, i64)>, Head), StoreError> {
        if batch.entries.first().is_some_and(|first| first.seq <= head.seq) {
            let mut connection = self.ledger.readers().acquire().await?;
            if is_stored(&mut connection, batch).await? {
                return Ok((None, head));
            }
        }
        let mut rows = Vec::with_capacity(batch.entries.len());
        let mut greatest = batch.parties.iter().map(|p: &Party| p.id.0).max().unwrap_or(0);
        for entry in &batch.entries {
            check(batch, entry, head)?;
            let (row, greatest_id) = LedgerRow::new(entry, &head.hash)?;
            greatest = greatest.max(greatest_id);
            head = Head { seq: entry.seq, hash: row.hash };
            rows.push(row);
        }
        Ok((Some((rows, greatest)), head))
    }

    /// `Fenced` when a lease is another's, else a conflict.
    async fn why_refused(&self, batches: &[AppendBatch]) -> Result<StoreError, StoreError> {
        for batch in batches {
            let lease = sqlx::query("SELECT epoch FROM lease WHERE partition = $1 AND node = $2 AND epoch = $3")
                .bind(batch.partition.0)
                .bind(i64::from(self.node()))
                .bind(signed(batch.epoch)?)
                .fetch_optional(self.ledger.readers())
                .await?;
            if lease.is_none() {
                return Ok(StoreError::Fenced(batch.partition));
            }
        }
        Ok(StoreError::Conflict("an entry of the ledger is there already"))
    }
}

fn check(batch: &AppendBatch, entry: &LedgerEntry, head: Head) -> Result<(), StoreError> {
    if entry.partition != batch.partition || entry.tenant != batch.tenant || entry.epoch != batch.epoch {
        return Err(StoreError::Invalid("an entry of another partition, tenant or epoch than its batch"));
    }
    if entry.seq != head.seq + 1 {
        return Err(StoreError::OutOfOrder { partition: batch.partition, head: head.seq, given: entry.seq });
    }
    Ok(())
}

/// Whether the chain already holds exactly these entries. The hash of the last one vouches for all of them.
async fn is_stored(connection: &mut SqliteConnection, batch: &AppendBatch) -> Result<bool, StoreError> {
    let (Some(first), Some(last)) = (batch.entries.first(), batch.entries.last()) else { return Ok(false) };
    let mut head = hash_at(connection, batch.partition, first.seq.saturating_sub(1)).await?;
    for entry in &batch.entries {
        let (Some(previous), Ok(())) = (head, check(batch, entry, Head { seq: entry.seq - 1, hash: [0; 32] })) else {
            return Ok(false);
        };
        head = Some(LedgerRow::new(entry, &previous)?.0.hash);
    }
    Ok(head == hash_at(connection, batch.partition, last.seq).await?)
}

/// The hash of one entry; zeros before the first; `None` when there is no such entry.
async fn hash_at(
    connection: &mut SqliteConnection,
    partition: PartitionId,
    seq: u64,
) -> Result<Option<[u8; 32]>, StoreError> {
    if seq == 0 {
        return Ok(Some([0; 32]));
    }
    let row = sqlx::query("SELECT hash FROM ledger WHERE partition = $1 AND seq = $2")
        .bind(partition.0)
        .bind(signed(seq)?)
        .fetch_optional(connection)
        .await?;
    row.map(|row| whole_hash(row.try_get(0)?)).transpose()
}

fn whole_hash(hash: Vec<u8>) -> Result<[u8; 32], StoreError> {
    hash.try_into().map_err(|_| StoreError::corrupt("a ledger hash has a wrong length"))
}

async fn read_head(connection: &mut SqliteConnection, partition: PartitionId) -> Result<Head, StoreError> {
    let row = sqlx::query("SELECT seq, hash FROM ledger WHERE partition = $1 ORDER BY seq DESC LIMIT 1")
        .bind(partition.0)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(Head::default()) };
    Ok(Head { seq: unsigned(row.try_get(0)?)?, hash: whole_hash(row.try_get(1)?)? })
}
