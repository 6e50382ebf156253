//! What must hold after every input of every script.

use domain::{LedgerEntry, Now, TrunkId};

use crate::floor::Floor;
use crate::records::Records;

/// The routing indexes agree with their primary maps, the ledger folds to the live state, and memory agrees with the ledger.
pub(crate) fn check(floor: &Floor, ledger: &[LedgerEntry], now: Now) {
    let view = floor.inspect();
    assert_eq!(view.router().check(), Ok(()));
    assert!(!view.router().is_hot(), "a customer waits whom an idle agent could serve");
    assert_eq!(&Records::fold(ledger.iter().cloned(), now), view.records());
    assert_eq!(view.check(), Ok(()));
    let used = floor.tolls.channels(TrunkId(1));
    let most = 2 * view.conversations().count();
    assert!((used.inbound + used.outbound) as usize <= most, "a channel is counted that no conversation has");
}
