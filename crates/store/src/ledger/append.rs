//! Group commit: many events, one transaction, one sync to disk.

use std::sync::LazyLock;

use domain::{LedgerEntry, PartitionId, Party, Utc};
use sqlx::sqlite::{Sqlite, SqliteConnection};
use sqlx::{Row, Transaction};

use super::chain::{COLUMNS, LedgerRow, signed, unsigned};
use super::party::SealedParty;
use super::{AppendBatch, Head};
use crate::kill::{KillPoint, reach};
use crate::{Store, StoreError, dialect};

/// Rows in one INSERT: a batch is cut into these, largest first, so that a few prepared statements serve every batch and a small one
/// does not go to the database row by row.
const ROWS: [usize; 6] = [32, 16, 8, 4, 2, 1];

const COLUMN_COUNT: usize = 11;

fn insert(rows: usize) -> String {
    let tuple = |row: usize| {
        let places: Vec<String> = (1..=COLUMN_COUNT).map(|c| format!("${}", row * COLUMN_COUNT + c)).collect();
        format!("({})", places.join(", "))
    };
    let tuples: Vec<String> = (0..rows).map(tuple).collect();
    format!("INSERT INTO ledger ({COLUMNS}) VALUES {}", tuples.join(", "))
}

static INSERTS: LazyLock<[String; ROWS.len()]> = LazyLock::new(|| ROWS.map(insert));

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
        let mut tx = self.ledger.begin().await?;
        reach(KillPoint::LedgerBegun);
        let mut new_heads = Vec::new();
        for (batch, parties) in batches.iter().zip(&parties) {
            // Taken out, so that a commit with an unknown outcome leaves no stale head behind.
            let head = match heads.remove(&batch.partition) {
                Some(head) => head,
                None => read_head(&mut tx, batch.partition).await?,
            };
            new_heads.push((batch.partition, self.append_batch(&mut tx, batch, head, parties).await?));
        }
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

    async fn append_batch(
        &self,
        tx: &mut Transaction<'_, Sqlite>,
        batch: &AppendBatch,
        mut head: Head,
        parties: &[SealedParty],
    ) -> Result<Head, StoreError> {
        if batch.entries.first().is_some_and(|first| first.seq <= head.seq) && is_stored(tx, batch).await? {
            self.fence(tx, batch, head).await?;
            return Ok(head);
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
        self.fence(tx, batch, head).await?;
        reach(KillPoint::LedgerFenced);
        insert_rows(tx, &rows).await?;
        reach(KillPoint::LedgerRowsWritten);
        for party in parties {
            party.insert(tx).await?;
            reach(KillPoint::LedgerPartiesWritten);
        }
        sqlx::query(dialect::RAISE_GREATEST_ID).bind(batch.partition.0).bind(greatest).execute(&mut **tx).await?;
        Ok(head)
    }

    async fn fence(&self, tx: &mut SqliteConnection, batch: &AppendBatch, head: Head) -> Result<(), StoreError> {
        let held = sqlx::query("UPDATE lease SET last_seq = $1 WHERE partition = $2 AND node = $3 AND epoch = $4")
            .bind(signed(head.seq)?)
            .bind(batch.partition.0)
            .bind(i64::from(self.node()))
            .bind(signed(batch.epoch)?)
            .execute(tx)
            .await?;
        if held.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Fenced(batch.partition)) }
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

async fn insert_rows(tx: &mut SqliteConnection, mut rows: &[LedgerRow]) -> Result<(), StoreError> {
    for (statement, size) in INSERTS.iter().zip(ROWS) {
        while let Some((these, rest)) = rows.split_at_checked(size) {
            insert_these(tx, statement, these).await?;
            rows = rest;
        }
    }
    Ok(())
}

async fn insert_these(
    tx: &mut SqliteConnection,
    statement: &'static str,
    rows: &[LedgerRow],
) -> Result<(), StoreError> {
    let mut query = sqlx::query(statement);
    for row in rows {
        query = query
            .bind(row.partition)
            .bind(row.seq)
            .bind(row.epoch)
            .bind(row.tenant)
            .bind(row.at_us)
            .bind(row.mono_us)
            .bind(row.kind)
            .bind(row.version)
            .bind(row.conversation)
            .bind(row.body.as_slice())
            .bind(row.hash.as_slice());
    }
    query.execute(&mut *tx).await?;
    Ok(())
}

pub(super) async fn read_head(connection: &mut SqliteConnection, partition: PartitionId) -> Result<Head, StoreError> {
    let row = sqlx::query("SELECT seq, hash FROM ledger WHERE partition = $1 ORDER BY seq DESC LIMIT 1")
        .bind(partition.0)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(Head::default()) };
    Ok(Head { seq: unsigned(row.try_get(0)?)?, hash: whole_hash(row.try_get(1)?)? })
}
