//! The fold of events that the floor lives by: what the ledger says is open, and how agents stand.
//!
//! The floor folds each event as it emits it, and a restart folds the same events out of the ledger, so the two cannot differ.
//! Whatever has to be closed after a restart or a fault is read from here.

use std::collections::BTreeMap;

use domain::room::PortRole;
use domain::{
    AgentId, ConversationId, EndReason, EndedBy, Event, HandlingId, LegId, Mono, NotReadyReasonId, OfferId, QueueId,
    SegmentId,
};

/// Whether an agent works, as the ledger says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PresenceRecord {
    /// Not at work.
    #[default]
    SignedOut,
    /// At work, takes no offers.
    NotReady {
        /// The stated reason.
        reason: Option<NotReadyReasonId>,
    },
    /// Takes offers.
    Ready,
}

/// An agent, as the ledger says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgentRecord {
    /// Whether the agent works.
    pub presence: PresenceRecord,
    /// Since when.
    pub since: Mono,
    /// Whether a device is connected.
    pub reachable: bool,
    /// The later of becoming ready and finishing work.
    pub idle_since: Mono,
}

/// An agent's part that is not closed, as the ledger says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandlingRecord {
    /// Whose.
    pub agent: AgentId,
    /// Talk is over, wrap-up is not.
    pub wrapping_up: bool,
    /// The customer hears music.
    pub held: bool,
    /// The agent's outgoing audio is cut.
    pub muted: bool,
}

/// What is open in a conversation, as the ledger says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConversationRecord {
    /// Legs in it, with the agent of an agent's leg.
    pub legs: BTreeMap<LegId, Option<AgentId>>,
    /// How the customer left, once they have.
    pub customer_left: Option<(EndedBy, EndReason)>,
    /// The flow segment and node the customer is at.
    pub flow: Option<(SegmentId, u16)>,
    /// The queue visit the customer is in, ringing included.
    pub queue: Option<(SegmentId, QueueId)>,
    /// The offer that rings.
    pub offer: Option<(OfferId, AgentId)>,
    /// Handlings that are not closed.
    pub handlings: BTreeMap<HandlingId, HandlingRecord>,
}

/// Everything that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// Live conversations.
    pub conversations: BTreeMap<ConversationId, ConversationRecord>,
    /// Agents that ever appeared.
    pub agents: BTreeMap<AgentId, AgentRecord>,
}

impl Records {
    /// Folds one event that happened at `at`.
    pub fn apply(&mut self, event: &Event, at: Mono) {
        if let Some(id) = event.conversation() {
            self.apply_to_conversation(id, event);
        }
        if let Some(agent) = event.agent() {
            self.apply_to_agent(agent, event, at);
        }
    }

    fn apply_to_conversation(&mut self, id: ConversationId, event: &Event) {
        if let Event::ConversationStarted { .. } = event {
            self.conversations.insert(id, ConversationRecord::default());
        } else if let Event::ConversationEnded { .. } = event {
            self.conversations.remove(&id);
        } else if let Some(record) = self.conversations.get_mut(&id) {
            record.apply(event);
        }
    }

    fn apply_to_agent(&mut self, agent: AgentId, event: &Event, at: Mono) {
        let record = self.agents.entry(agent).or_default();
        let mut become_ = |presence: PresenceRecord| {
            record.presence = presence;
            record.since = at;
        };
        match event {
            Event::AgentSignedIn { .. } => become_(PresenceRecord::NotReady { reason: None }),
            Event::AgentNotReady { reason, .. } => become_(PresenceRecord::NotReady { reason: *reason }),
            Event::AgentSignedOut { .. } => become_(PresenceRecord::SignedOut),
            Event::AgentReady { .. } => {
                become_(PresenceRecord::Ready);
                record.idle_since = at;
            }
            Event::HandlingEnded { .. } | Event::WrapUpFinished { .. } => record.idle_since = at,
            Event::AgentDeviceChanged { reachable, .. } => record.reachable = *reachable,
            Event::ConversationStarted { .. }
            | Event::CustomerIdentified { .. }
            | Event::ConversationEnded { .. }
            | Event::LegJoined { .. }
            | Event::LegAnswered { .. }
            | Event::LegLeft { .. }
            | Event::PeerHeld { .. }
            | Event::FlowNodeEntered { .. }
            | Event::FlowNodeLeft { .. }
            | Event::HoursChecked { .. }
            | Event::Queued { .. }
            | Event::LeftQueue { .. }
            | Event::AgentOffered { .. }
            | Event::OfferEnded { .. }
            | Event::HandlingStarted { .. }
            | Event::HandlingHeld { .. }
            | Event::HandlingResumed { .. }
            | Event::HandlingMuted { .. }
            | Event::WrapUpStarted { .. }
            | Event::HandlingDisposed { .. }
            | Event::FloorStarted { .. } => {}
        }
    }
}

impl ConversationRecord {
    fn apply(&mut self, event: &Event) {
        match event {
            Event::LegJoined { leg, role, agent, .. } => {
                let agent = if *role == PortRole::Customer { None } else { *agent };
                self.legs.insert(*leg, agent);
            }
            Event::LegLeft { leg, by, reason, .. } => {
                if self.legs.remove(leg) == Some(None) {
                    self.customer_left = Some((*by, *reason));
                }
            }
            Event::FlowNodeEntered { segment, node, .. } => self.flow = Some((*segment, *node)),
            Event::FlowNodeLeft { .. } => self.flow = None,
            Event::Queued { segment, queue, .. } => self.queue = Some((*segment, *queue)),
            Event::LeftQueue { .. } => self.queue = None,
            Event::AgentOffered { offer, agent, .. } => self.offer = Some((*offer, *agent)),
            Event::OfferEnded { .. } => self.offer = None,
            Event::HandlingStarted { handling, agent, .. } => self.open(*handling, *agent, false),
            Event::WrapUpStarted { handling, agent, .. } => self.open(*handling, *agent, true),
            Event::HandlingEnded { handling, .. } | Event::WrapUpFinished { handling, .. } => {
                self.handlings.remove(handling);
            }
            Event::HandlingHeld { handling, .. } => self.change(*handling, |record| record.held = true),
            Event::HandlingResumed { handling, .. } => self.change(*handling, |record| record.held = false),
            Event::HandlingMuted { handling, on, .. } => self.change(*handling, |record| record.muted = *on),
            Event::ConversationStarted { .. }
            | Event::CustomerIdentified { .. }
            | Event::ConversationEnded { .. }
            | Event::LegAnswered { .. }
            | Event::PeerHeld { .. }
            | Event::HoursChecked { .. }
            | Event::HandlingDisposed { .. }
            | Event::AgentSignedIn { .. }
            | Event::AgentReady { .. }
            | Event::AgentNotReady { .. }
            | Event::AgentSignedOut { .. }
            | Event::AgentDeviceChanged { .. }
            | Event::FloorStarted { .. } => {}
        }
    }

    fn open(&mut self, handling: HandlingId, agent: AgentId, wrapping_up: bool) {
        self.handlings.insert(handling, HandlingRecord { agent, wrapping_up, held: false, muted: false });
    }

    fn change(&mut self, handling: HandlingId, change: impl FnOnce(&mut HandlingRecord)) {
        if let Some(record) = self.handlings.get_mut(&handling) {
            change(record);
        }
    }
}
