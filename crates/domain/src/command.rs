//! What a floor asks for, and when each effect may leave.

use crate::reason::{Cause, Refusal};
use crate::*;

/// One effect.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Say to the caller that it rings (180).
    Proceed {
        /// Which leg.
        leg: LegId,
    },
    /// Answer (200).
    Answer {
        /// Which leg.
        leg: LegId,
    },
    /// Begin a call; answered by `LegProgress`, `LegAnswered` and, once, `LegEnded`.
    Dial {
        /// The new leg.
        leg: LegId,
        /// Whom to call.
        target: DialTarget,
        /// The number shown as calling; empty when withheld.
        caller: String,
        /// Ask a phone to answer by itself.
        auto_answer: bool,
    },
    /// Refuse a leg that was not answered.
    Refuse {
        /// Which leg.
        leg: LegId,
        /// Why.
        cause: Cause,
    },
    /// End an answered leg. A browser's nailed-up leg is never released by a conversation.
    Release {
        /// Which leg.
        leg: LegId,
        /// Why.
        cause: Cause,
    },
    /// Tell a phone that its call is not moved.
    RefuseRefer {
        /// Which leg.
        leg: LegId,
        /// Why.
        why: Refusal,
    },
    /// Make the room so.
    SetRoom(RoomPlan),
    /// The room is over; its legs hear silence.
    CloseRoom {
        /// Which.
        room: RoomId,
    },
    /// Press keys towards a leg, one after another (RFC 4733). Nothing comes back: what cannot be sent is dropped.
    SendDigits {
        /// Which leg.
        leg: LegId,
        /// What.
        keys: Vec<Key>,
    },
    /// Find the customer behind a party; answered by `Input::CustomerResolved`.
    ResolveCustomer {
        /// For which conversation.
        conversation: ConversationId,
        /// The number as presented.
        calling: String,
    },
    /// Find which of these parties stand for the caller's number; answered by `Input::CallerRecognised`.
    RecogniseCaller {
        /// For which conversation.
        conversation: ConversationId,
        /// The number as presented.
        calling: String,
        /// Callers whose place is kept.
        among: Vec<PartyId>,
    },
    /// Find what these callers' numbers are; answered by `Input::CallersRecalled`.
    RecallCallers {
        /// Callers of the run before.
        among: Vec<PartyId>,
    },
    /// Answer a request.
    Reply {
        /// Which.
        request: RequestId,
        /// Done, or why not.
        result: Result<(), Refusal>,
    },
}

/// Whom a call goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialTarget {
    /// A SIP phone of ours.
    Device(DeviceId),
    /// A number outside.
    Trunk {
        /// Through which trunk.
        trunk: TrunkId,
        /// The number as it was typed, cleaned.
        number: String,
    },
}

/// When an effect may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// At once.
    Now,
    /// When the events before it in its turn are durable.
    AfterCommit,
}

impl Command {
    /// The gate table of ARCHITECTURE.md: restrictive acts go before the commit, permissive ones after.
    pub const fn gate(&self) -> Gate {
        match self {
            Command::Proceed { .. }
            // A ring dies with the process.
            | Command::Dial { target: DialTarget::Device(_), .. }
            | Command::Refuse { .. }
            | Command::Release { .. }
            | Command::RefuseRefer { .. }
            | Command::SetRoom(_)
            | Command::CloseRoom { .. }
            | Command::SendDigits { .. }
            | Command::ResolveCustomer { .. }
            | Command::RecogniseCaller { .. }
            | Command::RecallCallers { .. } => Gate::Now,
            Command::Dial { target: DialTarget::Trunk { .. }, .. } | Command::Answer { .. } | Command::Reply { .. } => {
                Gate::AfterCommit
            }
        }
    }

    /// The leg whose order must be kept, if the command is to one.
    pub const fn leg(&self) -> Option<LegId> {
        match self {
            Command::Proceed { leg }
            | Command::Dial { leg, .. }
            | Command::Answer { leg }
            | Command::Refuse { leg, .. }
            | Command::RefuseRefer { leg, .. }
            | Command::Release { leg, .. } => Some(*leg),
            Command::SetRoom(_)
            | Command::CloseRoom { .. }
            | Command::SendDigits { .. }
            | Command::ResolveCustomer { .. }
            | Command::RecogniseCaller { .. }
            | Command::RecallCallers { .. }
            | Command::Reply { .. } => None,
        }
    }
}
