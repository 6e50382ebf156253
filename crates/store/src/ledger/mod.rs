//! The ledger: one append-only, hash-chained chain of events per partition, with its lease and parties.

mod append;
mod chain;
mod lease;
mod party;
mod read;
mod statements;
mod verify;

use std::collections::HashMap;

use domain::{LedgerEntry, PartitionId, Party, TenantId};

pub(crate) use chain::{signed, unsigned};

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
