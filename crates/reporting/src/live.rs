//! The floor at this moment, as a fold of committed events.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use domain::{
    AgentId, Channel, ConversationId, CustomerId, DeviceId, Direction, DispositionId, FlowId, HandlingId, KnownBy,
    Language, LegId, NotReadyReasonId, NumberId, OfferId, OutboundResult, PartyId, PresenceCause, QueueId, RecordingId,
    RouteReason, SegmentId, SiteId, SupervisionMode, TransferId, TransferKind, TransferReason, Utc, WaitReason,
    event::FlowExit,
    outbound::{Alarm, Stopped},
    recording::PauseReason,
    recording_policy::RecordingRule,
    room::PortRole,
};

use crate::figures::QueueFigures;
use crate::live_lines::LiveLines;

/// Everything live. Cloned cheaply enough to hand out as a snapshot; rebuilt by folding the ledger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LiveFloor {
    /// Position of the last entry folded; 0 before the first.
    pub seq: u64,
    /// Civil time of the last entry folded.
    pub at: Utc,
    /// Conversations that have not ended.
    pub conversations: BTreeMap<ConversationId, LiveConversation>,
    /// Offers that ring.
    pub offers: BTreeMap<OfferId, LiveOffer>,
    /// Handlings of live conversations, closed ones too until the conversation ends.
    pub handlings: BTreeMap<HandlingId, LiveHandling>,
    /// Every agent an event has named.
    pub agents: BTreeMap<AgentId, LiveAgent>,
    /// Conversations whose customer is parked.
    pub parked: BTreeSet<ConversationId>,
    /// Visits whose customer's line was lost, by conversation, until they are taken up again or the next start.
    pub kept: BTreeMap<ConversationId, KeptVisit>,
    /// Figures of every queue an event has named.
    pub queues: BTreeMap<QueueId, QueueFigures>,
    /// Calls through trunks that are up.
    pub lines: LiveLines,
    /// Who, and what, may not call outside until a person releases it.
    pub stops: BTreeMap<Stopped, LiveStop>,
}

/// A stop of calls outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveStop {
    /// Since when.
    pub since: Utc,
    /// Whose call it was.
    pub by: AgentId,
    /// What was exceeded.
    pub alarm: Alarm,
}

/// A conversation that has not ended.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveConversation {
    /// Which.
    pub id: ConversationId,
    /// By which channel.
    pub channel: Channel,
    /// Who opened it.
    pub direction: Direction,
    /// When.
    pub started_at: Utc,
    /// Number dialled.
    pub number: Option<NumberId>,
    /// Site of the number; of a call of ours, of who calls.
    pub site: Option<SiteId>,
    /// The number of the far side: who called, or who was called.
    pub from: PartyId,
    /// Language.
    pub language: Language,
    /// The record, once found.
    pub customer: Option<CustomerId>,
    /// Goes before others.
    pub is_vip: bool,
    /// Nothing has been heard of the far side, and an agent was told so.
    pub is_unheard: bool,
    /// Where the customer is.
    pub stage: Stage,
    /// The way through the flow, oldest first.
    pub path: Vec<PathStep>,
    /// The last queue visit.
    pub visit: Option<QueueVisit>,
    /// What is being kept of it.
    pub recording: Option<LiveRecording>,
    /// The rule by which it is kept.
    pub rule: RecordingRule,
    /// What the customer said about being recorded.
    pub consent: Option<bool>,
    /// The attempt to call somebody that it began with.
    pub outbound: Option<LiveOutbound>,
    /// The transfer that is under way.
    pub transfer: Option<LiveTransfer>,
    /// With whom outside the customer was left; stays from then on.
    pub forward: Option<LiveForward>,
    /// Who takes part in a conference beside the customer and the agent who leads it, longest first.
    pub members: Vec<LiveTransfer>,
    /// Legs in it at this moment.
    pub legs: BTreeMap<LegId, LiveLeg>,
    /// Who hears it without a part in it.
    pub supervisors: BTreeMap<AgentId, LiveSupervision>,
}

/// Where the customer of a live conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Arrived or in a flow.
    InFlow,
    /// Waiting in a queue, perhaps while an offer rings.
    Waiting,
    /// With an agent, perhaps on hold.
    Talking,
    /// On the way from one agent to another; a desk rings.
    Transferring,
    /// Handed over to whoever picks them up.
    Parked,
    /// With somebody outside, and no agent.
    Forwarded,
    /// Left; wrap-up may still run.
    Gone,
}

/// One node of the way through a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathStep {
    /// Flow.
    pub flow: FlowId,
    /// Its version.
    pub flow_version: u32,
    /// Node.
    pub node: u16,
    /// The way out, once taken.
    pub exit: Option<FlowExit>,
}

/// A queue visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueVisit {
    /// Queue.
    pub queue: QueueId,
    /// Segment.
    pub segment: SegmentId,
    /// First joined; kept when the customer comes back to the front.
    pub queued_at: Utc,
    /// Waiting since: the join, or the last return to the front.
    pub waiting_since: Utc,
    /// Answered for the first time.
    pub answered_at: Option<Utc>,
    /// Left for good.
    pub left_at: Option<Utc>,
    /// Why nobody was offered at once.
    pub wait: Option<WaitReason>,
}

/// A recording that is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveRecording {
    /// Which.
    pub id: RecordingId,
    /// Why nothing is kept for the moment; the reason given last.
    pub paused: Option<PauseReason>,
    /// Since when.
    pub paused_since: Option<Utc>,
    /// When that ends by itself.
    pub pause_ends: Option<Utc>,
}

/// An attempt to call somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LiveOutbound {
    /// The far side rings, or is heard before it answers.
    pub ringing: bool,
    /// How it ended.
    pub result: Option<OutboundResult>,
    /// The phone that is called, for one of ours.
    pub device: Option<DeviceId>,
    /// How that is known, when the network made it known.
    pub by: Option<KnownBy>,
}

/// A transfer that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveTransfer {
    /// Which; whoever takes part in a conference is known by it.
    pub id: TransferId,
    /// Blind, after a consult, or parked.
    pub kind: TransferKind,
    /// Since when.
    pub since: Utc,
    /// Who hands the customer over, or asks.
    pub agent: AgentId,
    /// In which handling.
    pub handling: HandlingId,
    /// The colleague, when it is to one.
    pub colleague: Option<AgentId>,
    /// The number outside, when it is to one.
    pub outside: Option<PartyId>,
    /// The colleague's handling, once they have answered a consult.
    pub answered: Option<HandlingId>,
    /// Whoever was called outside has answered.
    pub outside_up: bool,
    /// Customer, agent and whoever was asked talk with each other.
    pub joined: bool,
    /// The leg of whoever was called outside, once they have answered.
    pub leg: Option<LegId>,
    /// Whoever leads the conference lets nobody hear them.
    pub muted: bool,
    /// Why, when said.
    pub reason: Option<TransferReason>,
}

/// A customer who was left with somebody outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveForward {
    /// The number outside.
    pub to: PartyId,
    /// The agent who handed them over, asked the number or had it take part.
    pub by: AgentId,
    /// Since when no agent is with them.
    pub since: Utc,
}

/// A supervisor who hears a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveSupervision {
    /// Whose talk.
    pub target: AgentId,
    /// Heard by whom.
    pub mode: SupervisionMode,
    /// Since when.
    pub since: Utc,
    /// In this mode since.
    pub mode_since: Utc,
}

/// A visit that may be taken up again by a redial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptVisit {
    /// The visit as it was left.
    pub visit: QueueVisit,
    /// Until when.
    pub until: Utc,
}

/// A leg in a live conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveLeg {
    /// As what.
    pub role: PortRole,
    /// The agent, for an agent's leg.
    pub agent: Option<AgentId>,
    /// On hold by the far end.
    pub held_by_peer: bool,
    /// The opinion score its sound became bad with, hundredths, while it is bad.
    pub bad: Option<u16>,
}

/// An offer that rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveOffer {
    /// Which.
    pub id: OfferId,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// From which queue, if from one.
    pub queue: Option<QueueId>,
    /// To whom.
    pub agent: AgentId,
    /// Since when.
    pub offered_at: Utc,
    /// For how long.
    pub ring_timeout: Duration,
    /// Why this agent.
    pub reason: RouteReason,
    /// Of how many eligible.
    pub eligible: u32,
    /// Idle for how long before.
    pub idle: Duration,
}

/// A handling of a live conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveHandling {
    /// Which.
    pub id: HandlingId,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Whose.
    pub agent: AgentId,
    /// From which queue.
    pub queue: Option<QueueId>,
    /// Where it is.
    pub state: HandlingState,
    /// The agent's outgoing audio is cut.
    pub muted: bool,
    /// The agent's device is away; the customer hears music.
    pub device_lost: bool,
    /// Answered.
    pub started_at: Utc,
    /// In this state since.
    pub state_since: Utc,
    /// End of wrap-up, while it runs.
    pub wrap_up_until: Option<Utc>,
    /// The recorded outcome.
    pub disposition: Option<DispositionId>,
}

/// Where a handling is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandlingState {
    /// Talking.
    Talking,
    /// The customer hears music.
    Held,
    /// After-call work.
    WrapUp,
    /// Nothing left to do for the agent.
    Closed,
}

/// Whether an agent is at work and takes offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    /// Not at work.
    #[default]
    SignedOut,
    /// At work, takes no offers.
    NotReady,
    /// Takes offers.
    Ready,
}

/// An agent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LiveAgent {
    /// At work, and how.
    pub presence: Presence,
    /// Since when.
    pub presence_since: Utc,
    /// Stated reason for not being ready.
    pub reason: Option<NotReadyReasonId>,
    /// What made the presence so, where not the agent's own wish to be ready.
    pub cause: Option<PresenceCause>,
    /// The phone the agent works with is connected.
    pub reachable: bool,
    /// The SIP phone the agent works with; `None` is the browser.
    pub telephone: Option<DeviceId>,
    /// The offer that rings.
    pub offer: Option<OfferId>,
    /// Handlings in talk, on hold or in wrap-up, oldest first.
    pub handlings: Vec<HandlingId>,
    /// The conversation the agent hears as a supervisor.
    pub supervises: Option<ConversationId>,
    /// Last moment an offer, a handling or a supervision was over.
    pub free_since: Utc,
}

/// What an agent does, derived from presence, offer and handlings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentState {
    /// Not at work.
    SignedOut,
    /// At work, takes no offers.
    NotReady,
    /// Waits for an offer.
    Ready,
    /// An offer rings.
    Ringing,
    /// Talks.
    Talking,
    /// Has the customer on hold.
    Held,
    /// After-call work.
    WrapUp,
    /// Hears another agent's talk.
    Supervising,
}

impl LiveConversation {
    /// Whose turn it is among those who wait: those who go first, then the longest wait, and of one instant in the order of routing.
    pub fn turn(&self) -> Option<(bool, Utc, SegmentId)> {
        self.visit.map(|visit| (!self.is_vip, visit.queued_at, visit.segment))
    }
}

impl LiveFloor {
    /// What `agent` does, and since when. An agent no event has named is signed out.
    pub fn agent_state(&self, agent: AgentId) -> (AgentState, Utc) {
        let Some(live) = self.agents.get(&agent) else { return (AgentState::SignedOut, Utc(0)) };
        if let Some(handling) = live.handlings.iter().find_map(|id| self.handlings.get(id)) {
            let state = match handling.state {
                HandlingState::Talking => AgentState::Talking,
                HandlingState::Held => AgentState::Held,
                HandlingState::WrapUp | HandlingState::Closed => AgentState::WrapUp,
            };
            return (state, handling.state_since);
        }
        if let Some(supervision) = self.supervision_of(agent) {
            return (AgentState::Supervising, supervision.1.since);
        }
        if let Some(offer) = live.offer.and_then(|id| self.offers.get(&id)) {
            return (AgentState::Ringing, offer.offered_at);
        }
        let state = match live.presence {
            Presence::SignedOut => AgentState::SignedOut,
            Presence::NotReady => AgentState::NotReady,
            Presence::Ready => AgentState::Ready,
        };
        (state, live.presence_since.max(live.free_since))
    }

    /// What an agent hears as a supervisor.
    pub fn supervision_of(&self, agent: AgentId) -> Option<(&LiveConversation, LiveSupervision)> {
        let conversation = self.conversations.get(&self.agents.get(&agent)?.supervises?)?;
        conversation.supervisors.get(&agent).map(|known| (conversation, *known))
    }

    /// Conversations waiting in `queue`, in the order of their turns.
    pub fn waiting(&self, queue: QueueId) -> Vec<&LiveConversation> {
        let mut waiting: Vec<_> = self
            .conversations
            .values()
            .filter(|c| c.stage == Stage::Waiting && c.visit.is_some_and(|v| v.queue == queue && v.left_at.is_none()))
            .collect();
        waiting.sort_by_key(|c| c.turn());
        waiting
    }

    /// Since when whoever waits longest in `queue` has waited; that need not be whose turn is next.
    pub fn longest_wait_since(&self, queue: QueueId) -> Option<Utc> {
        self.waiting(queue).iter().filter_map(|c| c.visit).map(|visit| visit.queued_at).min()
    }
}
