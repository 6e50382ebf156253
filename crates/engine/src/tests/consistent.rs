//! What must hold after every input of every script.

use std::collections::{BTreeMap, BTreeSet};

use domain::room::PortRole;
use domain::{ConversationId, Event, LedgerEntry, LegId, Now, TrunkId};

use crate::conversation::CustomerStage;
use crate::floor::Floor;
use crate::outbound::ChannelUse;
use crate::records::Records;

/// The routing indexes agree with their primary maps, the ledger folds to the live state, and memory agrees with the ledger.
pub(crate) fn check(floor: &Floor, ledger: &[LedgerEntry], now: Now) {
    let view = floor.inspect();
    assert_eq!(view.router().check(), Ok(()));
    assert!(!view.router().is_hot(), "a customer waits whom an idle agent could serve");
    assert_eq!(&Records::fold(ledger.iter().cloned(), now), view.records());
    assert_eq!(view.check(), Ok(()));
    assert_eq!(floor.tolls.channels(TrunkId(1)), channels(floor, ledger), "channels of the trunk");
}

/// The calls of the trunk that are up: legs the ledger has open, and whoever is called and has none there yet.
#[allow(clippy::wildcard_enum_match_arm, reason = "only these events and stages are about channels")]
fn channels(floor: &Floor, ledger: &[LedgerEntry]) -> ChannelUse {
    let mut dialled: BTreeSet<ConversationId> = BTreeSet::new();
    let mut open: BTreeMap<LegId, bool> = BTreeMap::new();
    for entry in ledger {
        match entry.event {
            Event::OutboundStarted { conversation, .. } => drop(dialled.insert(conversation)),
            // Of an agent's number outside more is known than its leg.
            Event::LegJoined { role: PortRole::Agent | PortRole::Supervisor, .. } => {}
            Event::MobileCalled { leg, ref route, .. } if route.trunk == TrunkId(1) => drop(open.insert(leg, true)),
            Event::OutboundRerouted { ref route, mobile: Some(moved), .. } => {
                open.remove(&moved.from);
                if route.trunk == TrunkId(1) {
                    open.insert(moved.to, true);
                }
            }
            Event::MobileEnded { leg, .. } => drop(open.remove(&leg)),
            Event::LegJoined { conversation, leg, role, trunk: Some(TrunkId(1)), .. } => {
                open.insert(leg, role == PortRole::Outside || dialled.contains(&conversation));
            }
            Event::LegLeft { leg, .. } => drop(open.remove(&leg)),
            _ => {}
        }
    }
    let called = floor.conversations.values().filter_map(|conversation| match &conversation.stage {
        CustomerStage::Dialling(dialling) => dialling.way.trunk(),
        _ => conversation.outsides().find(|outside| !open.contains_key(&outside.leg))?.trunk,
    });
    let called = called.filter(|trunk| *trunk == TrunkId(1)).count();
    let outbound = open.values().filter(|is_outbound| **is_outbound).count();
    let count = |legs: usize| u32::try_from(legs).unwrap();
    ChannelUse { inbound: count(open.len() - outbound), outbound: count(outbound + called) }
}
