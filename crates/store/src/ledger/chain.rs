//! Rows of the ledger and the hash that ties each to the one before.

use domain::{LedgerEntry, Mono, PartitionId, TenantId, Utc};
use sha2::{Digest, Sha256};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::{StoreError, codec};

/// The columns of a row as [`LedgerRow::from_row`] expects them.
pub(super) const COLUMNS: &str =
    "partition, seq, epoch, tenant_id, at_us, mono_us, kind, version, conversation_id, body, hash";

/// One row.
#[derive(Clone, Debug)]
pub(super) struct LedgerRow {
    pub partition: i64,
    pub seq: i64,
    pub epoch: i64,
    pub tenant: i64,
    pub at_us: i64,
    pub mono_us: i64,
    pub kind: i64,
    pub version: i64,
    pub conversation: Option<i64>,
    pub body: Vec<u8>,
    pub hash: [u8; 32],
}

/// SQL knows only signed integers.
pub(crate) fn signed(value: u64) -> Result<i64, StoreError> {
    i64::try_from(value).map_err(|_| StoreError::Invalid("a number above 2^63"))
}

/// Back from SQL.
pub(crate) fn unsigned(value: i64) -> Result<u64, StoreError> {
    u64::try_from(value).map_err(|_| StoreError::corrupt("a count below zero"))
}

impl LedgerRow {
    /// The row of an entry that follows the one with hash `previous`, and the greatest id in it.
    pub(super) fn new(entry: &LedgerEntry, previous: &[u8; 32]) -> Result<(LedgerRow, i64), StoreError> {
        let encoded = codec::encode(&entry.event);
        let mut row = LedgerRow {
            partition: entry.partition.0,
            seq: signed(entry.seq)?,
            epoch: signed(entry.epoch)?,
            tenant: entry.tenant.0,
            at_us: entry.at.0,
            mono_us: signed(entry.mono.0 / 1_000)?,
            kind: i64::from(encoded.kind),
            version: i64::from(encoded.version),
            conversation: entry.event.conversation().map(|c| c.0),
            body: encoded.body,
            hash: [0; 32],
        };
        row.hash = row.link(previous);
        Ok((row, encoded.greatest_id))
    }

    /// SHA-256 over the previous hash and every other column, each with its length before it.
    pub(super) fn link(&self, previous: &[u8; 32]) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(previous);
        let mut column = |bytes: &[u8]| {
            hasher.update((bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        };
        for number in [self.partition, self.seq, self.epoch, self.tenant, self.at_us, self.mono_us] {
            column(&number.to_be_bytes());
        }
        column(&self.kind.to_be_bytes());
        column(&self.version.to_be_bytes());
        match self.conversation {
            Some(id) => column(&id.to_be_bytes()),
            None => column(&[]),
        }
        column(&self.body);
        hasher.finalize().into()
    }

    pub(super) fn from_row(row: &SqliteRow) -> Result<LedgerRow, StoreError> {
        let hash: Vec<u8> = row.try_get(10)?;
        Ok(LedgerRow {
            partition: row.try_get(0)?,
            seq: row.try_get(1)?,
            epoch: row.try_get(2)?,
            tenant: row.try_get(3)?,
            at_us: row.try_get(4)?,
            mono_us: row.try_get(5)?,
            kind: row.try_get(6)?,
            version: row.try_get(7)?,
            conversation: row.try_get(8)?,
            body: row.try_get(9)?,
            hash: hash.try_into().map_err(|_| StoreError::corrupt("a ledger hash has a wrong length"))?,
        })
    }

    pub(super) fn entry(&self) -> Result<LedgerEntry, StoreError> {
        let unreadable = |why: &str| StoreError::corrupt(format!("ledger {}/{}: {why}", self.partition, self.seq));
        let number = |value: i64| u16::try_from(value).map_err(|_| unreadable("a number is out of range"));
        let event = codec::decode(number(self.kind)?, number(self.version)?, &self.body)
            .map_err(|e| unreadable(&e.to_string()))?;
        Ok(LedgerEntry {
            partition: PartitionId(self.partition),
            seq: unsigned(self.seq)?,
            epoch: unsigned(self.epoch)?,
            tenant: TenantId(self.tenant),
            at: Utc(self.at_us),
            mono: Mono(unsigned(self.mono_us)?.saturating_mul(1_000)),
            event,
        })
    }
}
