//! What goes on beside the calls: following the ledger to write business records, looking after what is kept. One file per job.

pub(crate) mod keeping;
#[cfg(test)]
mod keeping_tests;
pub(crate) mod tasks;
