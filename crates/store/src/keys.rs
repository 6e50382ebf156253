//! Keys under which parties are sealed: one per tenant and version, made on first use.

/// Keys in use, kept in memory.
#[derive(Debug, Default)]
pub(crate) struct PartyKeys {}
