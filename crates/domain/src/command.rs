//! What a floor asks for, and when each effect may leave.

use crate::reason::{Cause, Refusal};
use crate::*;

/// One effect.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Say to the caller that it rings (180), or let them hear us before the answer (183); the latter is answered by `LegProgress`.
    Proceed {
        /// Which leg.
        leg: LegId,
        /// The caller hears us.
        early_media: bool,
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
        /// The number of ours a carrier is told when none is shown.
        withheld: Option<String>,
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
    /// Make the room so once it is durable that the customer agreed to be recorded. Carried out as `SetRoom`, at the latest right before the
    /// next plan of the room, or its end.
    BeginRecording(RoomPlan),
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
            Command::Dial { target: DialTarget::Trunk { .. }, .. }
            | Command::Answer { .. }
            | Command::BeginRecording(_)
            | Command::Reply { .. } => Gate::AfterCommit,
        }
    }

    /// What is carried out once the gate is open: a plan is a plan, whatever it waited for.
    #[must_use]
    pub fn due(self) -> Command {
        if let Command::BeginRecording(plan) = self { Command::SetRoom(plan) } else { self }
    }

    /// Whether this one, which waits, goes right before a later one that does not: plans of a room keep their order.
    pub const fn goes_before(&self, later: &Command) -> bool {
        let Command::BeginRecording(plan) = self else { return false };
        if let Command::SetRoom(later) | Command::BeginRecording(later) = later {
            plan.room.0 == later.room.0
        } else if let Command::CloseRoom { room } = later {
            plan.room.0 == room.0
        } else {
            false
        }
    }

    /// The leg whose order must be kept, if the command is to one.
    pub const fn leg(&self) -> Option<LegId> {
        match self {
            Command::Proceed { leg, .. }
            | Command::Dial { leg, .. }
            | Command::Answer { leg }
            | Command::Refuse { leg, .. }
            | Command::RefuseRefer { leg, .. }
            | Command::Release { leg, .. } => Some(*leg),
            Command::SetRoom(_)
            | Command::BeginRecording(_)
            | Command::CloseRoom { .. }
            | Command::SendDigits { .. }
            | Command::ResolveCustomer { .. }
            | Command::RecogniseCaller { .. }
            | Command::RecallCallers { .. }
            | Command::Reply { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::room::Recorder;

    fn plan(room: i64, version: u64) -> RoomPlan {
        let (ports, hears, plays) = (Vec::new(), Vec::new(), Vec::new());
        RoomPlan {
            room: RoomId(room),
            version,
            ports,
            hears,
            plays,
            recorder: Recorder::Off,
            silence: None,
            listening: None,
        }
    }

    /// A recording the customer has just agreed to waits, and is neither lost nor out of order when the room changes meanwhile.
    #[test]
    fn a_plan_that_waits_for_consent_goes_before_the_next_of_its_room() {
        let waits = Command::BeginRecording(plan(1, 5));
        assert_eq!((waits.gate(), Command::SetRoom(plan(1, 5)).gate()), (Gate::AfterCommit, Gate::Now));
        assert!(waits.goes_before(&Command::SetRoom(plan(1, 6))));
        assert!(waits.goes_before(&Command::BeginRecording(plan(1, 6))));
        assert!(waits.goes_before(&Command::CloseRoom { room: RoomId(1) }));
        assert!(!waits.goes_before(&Command::SetRoom(plan(2, 6))));
        assert!(!Command::Answer { leg: LegId(1) }.goes_before(&Command::SetRoom(plan(1, 6))));
        assert_eq!(waits.due(), Command::SetRoom(plan(1, 5)));
    }
}
