//! What follows the ledger and writes business records. One file per job; each keeps its own place in the ledger.

pub(crate) mod tasks;
