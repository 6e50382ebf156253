//! The ledger: one append-only, hash-chained chain of events per partition, with its lease and parties.

use std::collections::HashMap;

use domain::{ConversationId, LedgerEntry, PartitionId, Party, PartyId, TenantId, Utc};

use crate::{Scope, Store, StoreError};

/// Events of one partition, to be made durable together.
#[derive(Clone, Debug, PartialEq)]
pub struct AppendBatch {
    /// Which chain.
    pub partition: PartitionId,
    /// Whose.
    pub tenant: TenantId,
    /// Epoch of the lease under which the events were decided.
    pub epoch: u64,
    /// Entries in order, following the last one stored without a gap. `mono` is kept in whole microseconds.
    pub entries: Vec<LedgerEntry>,
    /// Parties the entries name for the first time.
    pub parties: Vec<Party>,
}

/// The end of a chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Position of the last entry; 0 when there is none.
    pub seq: u64,
    /// Its hash; zeros when there is none.
    pub hash: [u8; 32],
}

/// Result of checking a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainReport {
    /// Rows that were checked and found good.
    pub good: u64,
    /// The first fault.
    pub fault: Option<ChainFault>,
}

/// What is wrong with a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainFault {
    /// The row at this position is gone.
    Missing(u64),
    /// The row at this position, or one before it with its hash, was changed.
    Altered(u64),
}

/// A number or address as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyValue {
    /// As presented; empty when withheld.
    pub raw: String,
    /// Normalised, where it could be.
    pub e164: Option<String>,
}

/// Ends of the chains, known to the writer.
pub(crate) type Heads = HashMap<PartitionId, Head>;

impl Store {
    /// Takes the partition's lease for this node: epoch + 1 at every start. `Fenced` while another node holds it.
    pub async fn acquire_lease(&self, partition: PartitionId, now: Utc) -> Result<u64, StoreError> {
        let _ = (partition, now);
        todo!()
    }

    /// Prolongs the lease; `Fenced` when it is lost. Call about once a second.
    pub async fn renew_lease(&self, partition: PartitionId, epoch: u64, now: Utc) -> Result<(), StoreError> {
        let _ = (partition, epoch, now);
        todo!()
    }

    /// Gives the lease up, so that another node need not wait for its end.
    pub async fn release_lease(&self, partition: PartitionId, epoch: u64, now: Utc) -> Result<(), StoreError> {
        let _ = (partition, epoch, now);
        todo!()
    }

    /// Makes one batch durable; see [`Store::append_all`].
    pub async fn append(&self, batch: &AppendBatch) -> Result<(), StoreError> {
        let _ = batch;
        todo!()
    }

    /// Makes batches of several partitions durable in one transaction: all of them or none. `Ok` means on disk.
    pub async fn append_all(&self, batches: &[AppendBatch]) -> Result<(), StoreError> {
        let _ = batches;
        todo!()
    }

    /// The end of a chain.
    pub async fn head(&self, partition: PartitionId) -> Result<Head, StoreError> {
        let _ = partition;
        todo!()
    }

    /// The whole chain, for the fold at the start of the node.
    pub async fn history(&self, partition: PartitionId) -> Result<Vec<LedgerEntry>, StoreError> {
        let _ = partition;
        todo!()
    }

    /// At most `limit` entries of the scope's tenant after position `seq`.
    pub async fn events_after(
        &self,
        scope: &Scope,
        partition: PartitionId,
        seq: u64,
        limit: u32,
    ) -> Result<Vec<LedgerEntry>, StoreError> {
        let _ = (scope, partition, seq, limit);
        todo!()
    }

    /// Everything that happened in one conversation; empty when it is not the scope's.
    pub async fn conversation_events(&self, scope: &Scope, id: ConversationId) -> Result<Vec<LedgerEntry>, StoreError> {
        let _ = (scope, id);
        todo!()
    }

    /// What the parties stand for; unknown, foreign and erased ones are left out.
    pub async fn party_values(
        &self,
        scope: &Scope,
        ids: &[PartyId],
    ) -> Result<HashMap<PartyId, PartyValue>, StoreError> {
        let _ = (scope, ids);
        todo!()
    }

    /// The greatest id stored anywhere; a mint starts above it.
    pub async fn greatest_id(&self) -> Result<i64, StoreError> {
        todo!()
    }

    /// Checks a chain from its beginning, and that its end is not cut off.
    pub async fn verify_ledger(&self, partition: PartitionId) -> Result<ChainReport, StoreError> {
        let _ = partition;
        todo!()
    }
}
