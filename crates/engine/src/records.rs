//! The fold of events that the floor lives by: what the ledger says is open, and how agents stand.
//!
//! The floor folds each event as it emits it, and a restart folds the same events out of the ledger, so the two cannot differ.
//! Whatever has to be closed after a restart or a fault is read from here.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use domain::room::PortRole;
use domain::{
    AgentId, ConferenceChange, ConversationId, DeviceId, EndReason, EndedBy, Event, HandlingId, LeaveReason, LegId,
    Mono, NotReadyReasonId, NumberId, OfferId, PartyId, QueueId, RecordingId, SegmentId, Supervision, SupervisionMode,
    TransferEnd, TransferId,
};

use crate::flow::Lead;
use crate::torn_message::MessageRecord;

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
    /// Whether the phone they work with is connected.
    pub reachable: bool,
    /// The SIP phone they work with; `None` is the browser.
    pub telephone: Option<DeviceId>,
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
    /// Who called.
    pub from: Option<PartyId>,
    /// The number dialled, when it is one of ours.
    pub number: Option<NumberId>,
    /// What led the customer where they are.
    pub(crate) lead: Lead,
    /// Legs in it, and what they are.
    pub legs: BTreeMap<LegId, PortRole>,
    /// How the customer left, once they have.
    pub customer_left: Option<(EndedBy, EndReason)>,
    /// The flow segment and node the customer is at.
    pub flow: Option<(SegmentId, u16)>,
    /// The queue visit the customer is in, ringing included.
    pub queue: Option<(SegmentId, QueueId)>,
    /// When the customer first joined the queue of the last visit.
    pub queued_at: Option<(SegmentId, Mono)>,
    /// The offer that rings.
    pub offer: Option<(OfferId, AgentId)>,
    /// The transfer that is under way.
    pub transfer: Option<TransferId>,
    /// Who takes part in a conference, by the transfers they came by.
    pub conference: BTreeSet<TransferId>,
    /// The attempt to call somebody that is under way.
    pub outbound: Option<(SegmentId, AgentId)>,
    /// Handlings that are not closed.
    pub handlings: BTreeMap<HandlingId, HandlingRecord>,
    /// Who hears a talk without a part in it.
    pub supervisors: BTreeMap<AgentId, SupervisionMode>,
}

/// The place of a customer whose line was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptPlace {
    /// Who called.
    pub party: PartyId,
    /// Where the customer waited.
    pub queue: QueueId,
    /// Since when.
    pub enqueued: Mono,
    /// Until when the place is kept.
    pub until: Mono,
}

/// Everything that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// Live conversations.
    pub conversations: BTreeMap<ConversationId, ConversationRecord>,
    /// Recordings that are neither sealed nor failed; their conversations may be over.
    pub recordings: BTreeMap<RecordingId, ConversationId>,
    /// Messages that nobody has been told of, by their recordings.
    pub(crate) messages: BTreeMap<RecordingId, MessageRecord>,
    /// Places kept for a redial, by the conversation that was cut off. Those past their time go when the next one comes.
    pub kept: BTreeMap<ConversationId, KeptPlace>,
    /// Agents that ever appeared.
    pub agents: BTreeMap<AgentId, AgentRecord>,
}

impl Records {
    /// Folds one event that happened at `at`.
    pub fn apply(&mut self, event: &Event, at: Mono) {
        if let Some(id) = event.conversation() {
            self.apply_to_conversation(id, event, at);
        }
        if let Some(agent) = event.agent() {
            self.agents.entry(agent).or_default().apply(event, at);
        }
    }

    fn apply_to_conversation(&mut self, id: ConversationId, event: &Event, at: Mono) {
        self.follow_messages(id, event);
        if let Event::ConversationStarted { from, number, .. } = event {
            let record = ConversationRecord { from: Some(*from), number: *number, ..ConversationRecord::default() };
            self.conversations.insert(id, record);
        } else if let Event::ConversationEnded { .. } = event {
            self.conversations.remove(&id);
        } else if let Event::RecordingStarted { recording, .. } = event {
            self.recordings.insert(*recording, id);
        } else if let Event::RecordingSealed { recording, .. } | Event::RecordingFailed { recording, .. } = event {
            self.recordings.remove(recording);
        } else if let Event::PlaceKept { queue, keep, .. } = event {
            self.keep(id, *queue, *keep, at);
        } else if let Event::PlaceResumed { segment, before, .. } = event {
            let kept = self.kept.remove(before);
            if let (Some(record), Some(kept)) = (self.conversations.get_mut(&id), kept) {
                record.queued_at = Some((*segment, kept.enqueued));
            }
        } else if let Some(record) = self.conversations.get_mut(&id) {
            record.apply(event, at);
        }
    }

    fn keep(&mut self, id: ConversationId, queue: QueueId, keep: Duration, at: Mono) {
        self.kept.retain(|_, place| place.until > at);
        let Some(record) = self.conversations.get(&id) else { return };
        let (Some(party), Some((_, enqueued))) = (record.from, record.queued_at) else { return };
        self.kept.insert(id, KeptPlace { party, queue, enqueued, until: at + keep });
    }
}

impl AgentRecord {
    fn become_(&mut self, presence: PresenceRecord, at: Mono) {
        (self.presence, self.since) = (presence, at);
        if presence == PresenceRecord::Ready {
            self.idle_since = at;
        }
    }

    fn apply(&mut self, event: &Event, at: Mono) {
        match event {
            Event::AgentSignedIn { .. } => self.become_(PresenceRecord::NotReady { reason: None }, at),
            Event::AgentNotReady { reason, .. } => self.become_(PresenceRecord::NotReady { reason: *reason }, at),
            Event::AgentSignedOut { .. } => self.become_(PresenceRecord::SignedOut, at),
            Event::AgentReady { .. } => self.become_(PresenceRecord::Ready, at),
            Event::HandlingEnded { .. }
            | Event::WrapUpFinished { .. }
            | Event::Supervised { what: Supervision::Ended { .. }, .. } => self.idle_since = at,
            Event::AgentDeviceChanged { reachable, .. } => self.reachable = *reachable,
            Event::AgentTelephoneChanged { device, .. } => self.telephone = *device,
            Event::ConversationStarted { .. }
            | Event::CustomerIdentified { .. }
            | Event::ConversationEnded { .. }
            | Event::LegJoined { .. }
            | Event::LegAnswered { .. }
            | Event::EarlyMediaStarted { .. }
            | Event::LegLeft { .. }
            | Event::LegDegraded { .. }
            | Event::LegRated { .. }
            | Event::PeerHeld { .. }
            | Event::FlowNodeEntered { .. }
            | Event::FlowNodeLeft { .. }
            | Event::HoursChecked { .. }
            | Event::Queued { .. }
            | Event::LeftQueue { .. }
            | Event::PlaceKept { .. }
            | Event::PlaceResumed { .. }
            | Event::AgentOffered { .. }
            | Event::OfferEnded { .. }
            | Event::OutboundStarted { .. }
            | Event::OutboundRinging { .. }
            | Event::OutboundRerouted { .. }
            | Event::OutboundEnded { .. }
            | Event::OutboundRecognised { .. }
            | Event::DeadAirFound { .. }
            | Event::HandlingStarted { .. }
            | Event::HandlingHeld { .. }
            | Event::HandlingResumed { .. }
            | Event::HandlingMuted { .. }
            | Event::WrapUpStarted { .. }
            | Event::HandlingDisposed { .. }
            | Event::TransferStarted { .. }
            | Event::TransferJoined { .. }
            | Event::TransferEnded { .. }
            | Event::ConferenceChanged { .. }
            | Event::Supervised { .. }
            | Event::VoicemailLeft { .. }
            | Event::Screened { .. }
            | Event::VipRecognised { .. }
            | Event::OutboundStopped { .. }
            | Event::OutboundReleased { .. }
            | Event::TrunkFull { .. }
            | Event::MobileCalled { .. }
            | Event::MobileEnded { .. }
            | Event::RecordingStarted { .. }
            | Event::RecordingPaused { .. }
            | Event::RecordingResumed { .. }
            | Event::RecordingGap { .. }
            | Event::RecordingSealed { .. }
            | Event::RecordingFailed { .. }
            | Event::ConsentGiven { .. }
            | Event::ConsentRefused { .. }
            | Event::RecordingSwitched { .. }
            | Event::RecordingRuled { .. }
            | Event::RecordingErased { .. }
            | Event::FloorStarted { .. } => {}
        }
    }
}

impl ConversationRecord {
    fn leave_queue(&mut self, queue: QueueId, reason: LeaveReason) {
        self.queue = None;
        if reason == LeaveReason::TimedOut {
            self.lead = Lead::waited(queue);
        }
    }

    fn apply(&mut self, event: &Event, at: Mono) {
        match event {
            Event::LegJoined { leg, role, .. } => drop(self.legs.insert(*leg, *role)),
            Event::LegLeft { leg, by, reason, .. } => self.leave(*leg, *by, *reason),
            Event::FlowNodeEntered { segment, node, .. } => self.flow = Some((*segment, *node)),
            Event::FlowNodeLeft { exit, .. } => (self.flow, self.lead) = (None, self.lead.after(*exit)),
            Event::Queued { segment, queue, .. } => self.join_queue(*segment, *queue, at),
            Event::LeftQueue { queue, reason, .. } => self.leave_queue(*queue, *reason),
            Event::AgentOffered { offer, agent, .. } => self.offer = Some((*offer, *agent)),
            Event::OfferEnded { .. } => self.offer = None,
            // A flow they are handed to begins from nowhere; a queue says so itself when it gives them back.
            Event::TransferStarted { transfer, .. } => (self.transfer, self.lead) = (Some(*transfer), Lead::START),
            Event::TransferEnded { transfer, end, .. } => self.end_transfer(*transfer, *end),
            Event::ConferenceChanged { transfer, what, .. } => self.change_conference(*transfer, *what),
            Event::Supervised { agent, what, .. } => self.supervise(*agent, *what),
            Event::OutboundStarted { segment, agent, .. } => self.outbound = Some((*segment, *agent)),
            Event::OutboundEnded { result, .. } => (self.outbound, self.customer_left) = (None, result.ending()),
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
            | Event::EarlyMediaStarted { .. }
            | Event::LegDegraded { .. }
            | Event::LegRated { .. }
            | Event::PeerHeld { .. }
            | Event::OutboundRecognised { .. }
            | Event::DeadAirFound { .. }
            | Event::OutboundRinging { .. }
            | Event::OutboundRerouted { .. }
            | Event::PlaceKept { .. }
            | Event::PlaceResumed { .. }
            | Event::HoursChecked { .. }
            | Event::HandlingDisposed { .. }
            | Event::TransferJoined { .. }
            | Event::RecordingStarted { .. }
            | Event::RecordingPaused { .. }
            | Event::RecordingResumed { .. }
            | Event::RecordingGap { .. }
            | Event::RecordingSealed { .. }
            | Event::RecordingFailed { .. }
            | Event::ConsentGiven { .. }
            | Event::ConsentRefused { .. }
            | Event::RecordingSwitched { .. }
            | Event::RecordingRuled { .. }
            | Event::RecordingErased { .. }
            | Event::AgentSignedIn { .. }
            | Event::AgentReady { .. }
            | Event::AgentNotReady { .. }
            | Event::AgentSignedOut { .. }
            | Event::AgentDeviceChanged { .. }
            | Event::AgentTelephoneChanged { .. }
            | Event::VoicemailLeft { .. }
            | Event::Screened { .. }
            | Event::VipRecognised { .. }
            | Event::OutboundStopped { .. }
            | Event::OutboundReleased { .. }
            | Event::TrunkFull { .. }
            | Event::MobileCalled { .. }
            | Event::MobileEnded { .. }
            | Event::FloorStarted { .. } => {}
        }
    }

    fn leave(&mut self, leg: LegId, by: EndedBy, reason: EndReason) {
        if self.legs.remove(&leg) == Some(PortRole::Customer) {
            self.customer_left = Some((by, reason));
        }
    }

    /// Back at the front the visit is the same, and so is its beginning.
    fn join_queue(&mut self, segment: SegmentId, queue: QueueId, at: Mono) {
        self.queue = Some((segment, queue));
        if self.queued_at.is_none_or(|(visit, _)| visit != segment) {
            self.queued_at = Some((segment, at));
        }
    }

    fn end_transfer(&mut self, transfer: TransferId, end: TransferEnd) {
        self.transfer = None;
        if end == TransferEnd::Conferenced {
            self.conference.insert(transfer);
        }
    }

    fn change_conference(&mut self, transfer: TransferId, what: ConferenceChange) {
        match what {
            ConferenceChange::Muted | ConferenceChange::Unmuted => {}
            ConferenceChange::Leads | ConferenceChange::Left { .. } => drop(self.conference.remove(&transfer)),
        }
    }

    fn supervise(&mut self, agent: AgentId, what: Supervision) {
        match what {
            Supervision::Began { mode, .. } | Supervision::Changed { mode } => {
                self.supervisors.insert(agent, mode);
            }
            Supervision::Ended { .. } => {
                self.supervisors.remove(&agent);
            }
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
