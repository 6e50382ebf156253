//! An event in its place: the ledger entry, whom a conversation concerns, and by which way a flow's node was left.

use super::Event;
use crate::*;

/// By which way a customer left a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FlowExit {
    /// The one way on.
    Next,
    /// The n-th choice of a menu, from 0.
    Choice(u16),
    /// The last wrong key.
    Invalid,
    /// The last time-out.
    Timeout,
    /// Within opening hours.
    Open,
    /// Outside them.
    Closed,
    /// The queue took nobody more.
    Full,
    /// No message was left.
    Nothing,
    /// The customer agreed.
    Yes,
    /// The customer refused.
    No,
    /// The customer hung up here.
    CustomerLeft,
    /// The node could not be carried out.
    Failed,
    /// The node was restarted.
    NodeRestarted,
}

/// To whom, or where, a customer is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransferTarget {
    /// A colleague.
    Agent(AgentId),
    /// The end of a queue.
    Queue(QueueId),
    /// The beginning of a flow.
    Flow(FlowId),
    /// Whoever picks the customer up.
    Park,
    /// A number outside, or a phone of ours that belongs to nobody.
    Outside(PartyId),
}

/// What a supervisor does in a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Supervision {
    /// Began.
    Began {
        /// Whose talk.
        target: AgentId,
        /// Heard by whom.
        mode: SupervisionMode,
    },
    /// Takes part in another way.
    Changed {
        /// Heard by whom.
        mode: SupervisionMode,
    },
    /// Is done.
    Ended {
        /// How.
        end: SupervisionEnd,
    },
}

/// A number or address as it arrived. Its values are sealed by `store` beside the ledger, never in an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// What events name it by.
    pub id: PartyId,
    /// As presented; empty when withheld.
    pub raw: String,
}

/// One event with its place in the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerEntry {
    /// Which ledger chain.
    pub partition: PartitionId,
    /// Position, from 1, without gaps.
    pub seq: u64,
    /// Lease epoch of the writer.
    pub epoch: u64,
    /// Whose.
    pub tenant: TenantId,
    /// When, civil.
    pub at: Utc,
    /// When, on the writer's monotonic clock.
    pub mono: Mono,
    /// What.
    pub event: Event,
}
