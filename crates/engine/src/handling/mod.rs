//! Handlings: one agent's part in one visit of a queue.
//!
//! `offered` (still without an id of its own: the desk rings) → `talking` ⇄ `held` → `wrapping_up` → closed. A closed handling is
//! forgotten; the ledger has it.

mod held;
mod offered;
mod talking;
mod wrapping_up;

use domain::room::PortRole;
use domain::{AgentId, HandlingId, LegId, SegmentId};

use crate::rooms::Voice;

/// One agent's part that is not closed.
#[derive(Clone, Debug)]
pub(crate) struct Handling {
    pub id: HandlingId,
    pub agent: AgentId,
    pub segment: SegmentId,
    /// The agent's leg while it stands in the conversation.
    pub leg: Option<LegId>,
    /// The agent's outgoing audio is cut; survives a hold.
    pub muted: bool,
    pub state: HandlingState,
}

impl Handling {
    /// How the agent takes part in the room, where connected.
    pub(crate) fn voice(&self) -> Option<Voice> {
        self.leg.map(|leg| Voice { muted: self.muted, ..Voice::of(leg, PortRole::Agent) })
    }
}

/// Where an agent's part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HandlingState {
    /// Customer and agent talk.
    Talking,
    /// The customer hears music.
    Held(HoldCause),
    /// Talk is over.
    WrappingUp,
}

/// Why the customer hears music.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HoldCause {
    /// The agent asked; stays so while the device comes and goes.
    Asked,
    /// The agent's device vanished; over when it is back.
    DeviceLost,
    /// The agent asks somebody; over with the consult.
    Consulting,
}
