//! A look inside the floor, for tests, the simulation, invariants, and whoever wants to know what would be decided. Nothing in production decides by it.

use std::collections::BTreeSet;

use domain::{AgentId, ConversationId, FlowId, HandlingId, LegId, Mono, OfferId, QueueId, RoomId, SegmentId, Utc};
use routing::Router;

use crate::conversation::{Conversation, CustomerStage};
use crate::floor::Floor;
use crate::handling::HandlingState;
use crate::output::Ignored;
use crate::records::{AgentRecord, PresenceRecord, Records};
use crate::screening::{Caller, Judgement};

/// Everything a test may ask.
#[derive(Clone, Copy)]
pub struct FloorView<'a> {
    floor: &'a Floor,
}

/// One live conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationView {
    /// Which.
    pub id: ConversationId,
    /// The customer's leg.
    pub leg: LegId,
    /// Where the customer is.
    pub stage: StageView,
    /// The room, while open.
    pub room: Option<RoomId>,
    /// Handlings that are not closed.
    pub handlings: Vec<HandlingView>,
}

/// Where a customer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageView {
    /// Our answer is on its way.
    Arriving,
    /// At a node of a flow.
    InFlow {
        /// Which flow.
        flow: Option<FlowId>,
        /// Its segment.
        segment: SegmentId,
        /// Index of the node.
        node: u16,
    },
    /// In a queue.
    Waiting {
        /// Which queue.
        queue: QueueId,
        /// The visit.
        segment: SegmentId,
        /// Since when.
        enqueued: Mono,
    },
    /// In a queue, and a desk rings.
    Ringing {
        /// The visit of the queue; none for a customer who is handed over.
        visit: Option<(QueueId, SegmentId, Mono)>,
        /// The offer.
        offer: OfferId,
        /// To whom.
        agent: AgentId,
        /// Until when, in case the ring timer runs.
        until: Option<Mono>,
    },
    /// Handed over to whoever picks them up.
    Parked {
        /// Until when.
        until: Option<Mono>,
    },
    /// Back from a flow, and waits for the agent who sent them there.
    Returning,
    /// Handed over to somebody outside.
    Forwarded {
        /// Whether they have answered.
        answered: bool,
    },
    /// Being called by an agent.
    Dialling {
        /// In which handling.
        handling: HandlingId,
    },
    /// With an agent.
    Talking {
        /// In which handling.
        handling: HandlingId,
    },
    /// Told to go.
    Leaving,
    /// Gone.
    Gone,
}

/// One handling that is not closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandlingView {
    /// Which.
    pub id: HandlingId,
    /// Whose.
    pub agent: AgentId,
    /// In which visit of a queue.
    pub segment: SegmentId,
    /// What the agent does.
    pub state: AgentState,
    /// The agent's outgoing audio is cut.
    pub muted: bool,
    /// The agent's leg in the conversation.
    pub leg: Option<LegId>,
}

/// What an agent does, derived from presence and live work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AgentState {
    /// Not at work.
    SignedOut,
    /// At work, takes no offers.
    NotReady,
    /// Waits for an offer.
    Ready,
    /// The desk rings.
    Ringing,
    /// Talks.
    Talking,
    /// Keeps a customer on hold.
    Held,
    /// Does after-call work.
    WrapUp,
    /// Hears another agent's talk.
    Supervising,
}

/// One agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgentView {
    /// Who.
    pub id: AgentId,
    /// What the ledger says of presence.
    pub record: AgentRecord,
    /// The nailed-up leg.
    pub leg: Option<LegId>,
    /// An offer would arrive: phone connected and no sign of absence.
    pub reachable: bool,
    /// Since when signs say the agent is away.
    pub absent_since: Option<Mono>,
    /// What the agent does.
    pub state: AgentState,
    /// Where.
    pub conversation: Option<ConversationId>,
}

impl<'a> FloorView<'a> {
    pub(crate) fn new(floor: &'a Floor) -> FloorView<'a> {
        FloorView { floor }
    }

    pub(crate) fn floor(self) -> &'a Floor {
        self.floor
    }

    /// Live conversations in order of id.
    pub fn conversations(self) -> impl Iterator<Item = ConversationView> + 'a {
        self.floor.conversations.values().map(move |conversation| self.view(conversation))
    }

    /// One live conversation.
    pub fn conversation(self, id: ConversationId) -> Option<ConversationView> {
        self.floor.conversations.get(&id).map(|conversation| self.view(conversation))
    }

    /// How many conversations are live.
    pub fn conversation_count(self) -> usize {
        self.floor.conversations.len()
    }

    fn view(self, conversation: &Conversation) -> ConversationView {
        let stage = match &conversation.stage {
            CustomerStage::Arriving => StageView::Arriving,
            CustomerStage::InFlow(cursor) => StageView::InFlow {
                flow: cursor.flow.flow().map(|flow| flow.id),
                segment: cursor.segment,
                node: cursor.node,
            },
            CustomerStage::Waiting(place) => {
                StageView::Waiting { queue: place.queue, segment: place.segment, enqueued: place.enqueued }
            }
            CustomerStage::Ringing(offer) => StageView::Ringing {
                visit: offer.source.place().map(|place| (place.queue, place.segment, place.enqueued)),
                offer: offer.id,
                agent: offer.agent,
                until: self.floor.ring_deadline(offer.id),
            },
            CustomerStage::Parked(transfer) => StageView::Parked { until: transfer.parked_until },
            CustomerStage::Returning(_) => StageView::Returning,
            CustomerStage::Forwarded(forward) => StageView::Forwarded { answered: forward.outside.is_up() },
            CustomerStage::Dialling(dialling) => StageView::Dialling { handling: dialling.handling },
            CustomerStage::Talking(talk) => StageView::Talking { handling: talk.handling },
            CustomerStage::Leaving(_) => StageView::Leaving,
            CustomerStage::Gone(_) => StageView::Gone,
        };
        let handlings = conversation.handlings.iter().map(|handling| HandlingView {
            id: handling.id,
            agent: handling.agent,
            segment: handling.segment,
            state: state_of(handling.state),
            muted: handling.muted,
            leg: handling.leg,
        });
        ConversationView {
            id: conversation.id,
            leg: conversation.leg,
            stage,
            room: conversation.room.as_ref().map(|room| room.id),
            handlings: handlings.collect(),
        }
    }

    /// Agents of the settings and those still at work, in order of id.
    pub fn agents(self) -> impl Iterator<Item = AgentView> + 'a {
        self.floor.desks.keys().filter_map(move |agent| self.agent(*agent))
    }

    /// One agent.
    pub fn agent(self, id: AgentId) -> Option<AgentView> {
        let desk = self.floor.desks.get(&id)?;
        let record = self.floor.agent_record(id);
        Some(AgentView {
            id,
            record,
            leg: desk.leg,
            reachable: self.floor.standing_of(id).reachable,
            absent_since: desk.attendance.since(),
            state: self.agent_state(id, record.presence, desk.work),
            conversation: desk.work,
        })
    }

    fn agent_state(self, id: AgentId, presence: PresenceRecord, work: Option<ConversationId>) -> AgentState {
        let conversation = work.and_then(|work| self.floor.conversations.get(&work));
        if let Some(conversation) = conversation {
            if let Some(handling) = conversation.handlings.iter().find(|handling| handling.agent == id) {
                return state_of(handling.state);
            }
            if conversation.supervisor(id).is_some() {
                return AgentState::Supervising;
            }
            if conversation.offer().is_some_and(|offer| offer.agent == id) {
                return AgentState::Ringing;
            }
        }
        match presence {
            PresenceRecord::SignedOut => AgentState::SignedOut,
            PresenceRecord::NotReady { .. } => AgentState::NotReady,
            PresenceRecord::Ready => AgentState::Ready,
        }
    }

    /// What would be decided about a caller at a civil moment.
    pub fn would_screen(self, caller: Caller<'_>, now: Utc) -> Judgement {
        self.floor.would_screen(caller, now)
    }

    /// Who waits in a queue, in order of service; ringing customers are not among them.
    pub fn waiting(self, queue: QueueId) -> Vec<ConversationId> {
        let segments = self.floor.router.waiting(queue);
        segments.iter().filter_map(|segment| self.floor.index.segments.get(segment).copied()).collect()
    }

    /// The fold of every event.
    pub fn records(self) -> &'a Records {
        &self.floor.records
    }

    /// The router, for its own checks.
    pub fn router(self) -> &'a Router {
        &self.floor.router
    }

    /// Running deadlines.
    pub fn timer_count(self) -> usize {
        self.floor.timers.len()
    }

    /// Running deadlines with their names, soonest first.
    pub fn timers(self) -> impl Iterator<Item = (Mono, &'static str)> + 'a {
        self.floor.timers.iter().map(|(at, timer)| (at, timer.name()))
    }

    /// Whose a room is; `None` for one that was closed.
    pub fn conversation_of_room(self, room: RoomId) -> Option<ConversationId> {
        self.floor.index.rooms.get(&room).copied()
    }

    /// Open rooms.
    pub fn room_count(self) -> usize {
        self.floor.index.rooms.len()
    }

    /// Customers' legs that have not ended.
    pub fn leg_count(self) -> usize {
        self.floor.index.legs.len()
    }

    /// How often inputs had no effect, for a reason.
    pub fn ignored(self, why: Ignored) -> u64 {
        self.floor.ignored.get(&why).copied().unwrap_or_default()
    }

    /// Every reason for which inputs had no effect.
    pub fn ignored_reasons(self) -> BTreeSet<Ignored> {
        self.floor.ignored.keys().copied().collect()
    }
}

fn state_of(state: HandlingState) -> AgentState {
    match state {
        HandlingState::Talking => AgentState::Talking,
        HandlingState::Held(_) => AgentState::Held,
        HandlingState::WrappingUp => AgentState::WrapUp,
    }
}
