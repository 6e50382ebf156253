//! A conversation: the stage its customer is in, beside the handlings of agents.
//!
//! ```text
//! Arriving ─▶ InFlow ─▶ Waiting ◀─▶ Ringing ─▶ Talking ─▶ Leaving ─▶ Gone ─▶ (ended)
//!                ▲          │                     │
//!                └─ wait_max┘        agent lost ──┘ back to Waiting, at the front
//! ```
//! ```text
//! Dialling ─▶ Talking ─▶ Leaving ─▶ Gone            an agent calls somebody
//! ```
//! ```text
//! Talking ─▶ Ringing ─▶ Talking                     handed over to a colleague; back to the sender, then to the queue, when nobody answers
//! Talking ─▶ Waiting | InFlow                       handed over to a queue or a flow
//! Waiting ─▶ Returning ─▶ Ringing ─▶ Talking         somebody who was called, back from a queue in which nobody took them
//! Talking ─▶ Forwarded ─▶ Leaving                   handed over to somebody outside; back as from a colleague when nobody answers
//! Talking ─▶ InFlow ─▶ Returning ─▶ Ringing ─▶ Talking lent to a flow; back to the sender, and to the queue when nobody answers
//! Talking ─▶ Parked ─▶ Ringing ─▶ Talking            parked until somebody picks them up, or back to whoever parked them
//! Talking ─▶ Talking | Forwarded                    somebody is asked, joins, takes over or goes, see `consulting` and `conference`
//! ```
//! A customer can leave from every stage. `Leaving` is ours to have asked, `Gone` is the network's confirmation.

mod arriving;
mod asking_call;
mod assigning;
mod conference;
mod consult;
mod consulting;
mod dead_air;
mod dialling;
mod early;
mod emergency;
mod in_flow;
mod kept_place;
mod leaving;
mod outside;
mod parking;
mod progress;
mod rerouting;
mod returning;
mod screened;
mod supervising;
mod talking;
mod transferring;
mod trunks;
mod waiting;

use domain::{
    AgentId, ConversationId, DeviceId, EndReason, EndedBy, HandlingId, Language, LegId, Mono, NumberId, OfferId,
    PartyId, QueueId, SegmentId, TransferId,
};

pub(crate) use arriving::Calling;
pub(crate) use assigning::Chosen;
pub(crate) use conference::Member;
pub(crate) use consult::{Asked, AskingCall, Consult, ConsultState};
pub(crate) use dead_air::Unheard;
pub(crate) use dialling::{Dialling, Way};
pub(crate) use early::Early;
pub(crate) use outside::{Forward, Line, Outside};
pub(crate) use progress::Progress;
pub(crate) use rerouting::OutsideCall;
pub(crate) use supervising::Supervisor;
pub(crate) use transferring::{Destination, Transfer, end_of};

use crate::catalog::FlowRef;
use crate::flow::FlowCursor;
use crate::handling::Handling;
use crate::rooms::Room;

pub(crate) use waiting::CannotJoin;

/// One customer's contact.
#[derive(Clone, Debug)]
pub(crate) struct Conversation {
    pub id: ConversationId,
    /// The customer's leg; the conversation answers for its end.
    pub leg: LegId,
    /// Whether that leg exists outside; one that is still to be dialled does not.
    pub has_leg: bool,
    /// The far side's number, as presented or as dialled; shown on an agent's SIP phone.
    pub calling: String,
    /// The colleague whose phone is called.
    pub callee: Option<AgentId>,
    /// The telephone of ours that is called as the far side.
    pub far_phone: Option<DeviceId>,
    /// What was dialled for whoever is called outside, or was.
    pub outside_call: Option<OutsideCall>,
    pub language: Language,
    /// Goes before others in queues.
    pub is_vip: bool,
    /// The number that was dialled.
    pub number: Option<NumberId>,
    /// The flow of the dialled number, entered when the leg is answered or hears us.
    pub flow: Option<FlowRef>,
    pub stage: CustomerStage,
    /// Parties of earlier calls from the same number whose place is kept.
    pub earlier: Vec<PartyId>,
    /// Open from the answer, or early media, until the customer leaves.
    pub room: Option<Room>,
    /// Those that are not closed.
    pub handlings: Vec<Handling>,
    /// Who hears it without a part in it.
    pub supervisors: Vec<Supervisor>,
    /// What has been heard of a call of ours, while it is listened to.
    pub progress: Option<Progress>,
    /// The watch over a caller of whom nothing has been heard.
    pub unheard: Option<Unheard>,
    /// How far the answer is, of a caller who was not answered at once; `None` once they are.
    pub early: Option<Early>,
}

/// Where the customer is.
#[derive(Clone, Debug)]
pub(crate) enum CustomerStage {
    /// Our answer is on its way, or that the caller may hear us.
    Arriving,
    /// In a flow.
    InFlow(FlowCursor),
    /// In a queue.
    Waiting(Place),
    /// In a queue, and an agent's desk rings.
    Ringing(Offer),
    /// Handed over to whoever picks them up.
    Parked(Transfer),
    /// Back from a flow, and waits for the agent who sent them there, who has other work.
    Returning(Transfer),
    /// Handed over to somebody outside.
    Forwarded(Forward),
    /// Being called by an agent.
    Dialling(Dialling),
    /// With an agent.
    Talking(Talk),
    /// Told to go; the leg's end is awaited.
    Leaving(End),
    /// The leg is over.
    Gone(End),
}

/// How a conversation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub by: EndedBy,
    pub reason: EndReason,
}

/// A place in a queue; the same place comes back when an offer fails.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub segment: SegmentId,
    pub queue: QueueId,
    pub enqueued: Mono,
    /// When the queue gives the customer back to the flow.
    pub wait_until: Option<Mono>,
    /// Who has the customer then.
    pub back: Back,
}

/// Who has a customer whom a queue gives back.
#[derive(Clone, Debug)]
pub(crate) enum Back {
    /// The flow that put them there.
    Flow(FlowBack),
    /// The agent who handed them over: whoever was called has been in no flow.
    Sender(Sent),
}

/// Who handed a customer to a queue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sent {
    pub transfer: TransferId,
    pub agent: AgentId,
}

/// Where a flow goes on after a queue.
#[derive(Clone, Debug)]
pub(crate) struct FlowBack {
    pub flow: FlowRef,
    pub node: u16,
}

/// A customer an agent is being asked to take.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub id: OfferId,
    pub agent: AgentId,
    pub source: Source,
}

/// Where an offered customer comes from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// Out of a queue.
    Queue(Place),
    /// Another agent hands them over.
    Transfer(Transfer),
    /// Another agent, who has the customer, asks.
    Consult,
}

impl Source {
    /// The place in the queue, when there is one.
    pub(crate) fn place(&self) -> Option<&Place> {
        match self {
            Source::Queue(place) => Some(place),
            Source::Transfer(_) | Source::Consult => None,
        }
    }
}

/// A customer with an agent.
#[derive(Clone, Debug)]
pub(crate) struct Talk {
    pub handling: HandlingId,
    pub origin: Origin,
    /// Whoever is asked, or rung to take part.
    pub consult: Option<Consult>,
    /// Who else takes part, longest first.
    pub members: Vec<Member>,
}

/// How a customer came to an agent.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// Out of a queue; the place is kept for the case that the agent is lost.
    Queue(Place),
    /// The agent called.
    Dialled,
}

impl Origin {
    pub(crate) fn queue(&self) -> Option<QueueId> {
        match self {
            Origin::Queue(place) => Some(place.queue),
            Origin::Dialled => None,
        }
    }

    /// Who has the customer back from another queue they are handed to.
    pub(crate) fn back_from_queue(&self, sent: Sent) -> Back {
        match self {
            Origin::Queue(Place { back: Back::Flow(flow), .. }) => Back::Flow(flow.clone()),
            Origin::Queue(Place { back: Back::Sender(_), .. }) | Origin::Dialled => Back::Sender(sent),
        }
    }

    /// Whether the customer was called and has been in no flow.
    pub(crate) fn is_called(&self) -> bool {
        matches!(self, Origin::Dialled | Origin::Queue(Place { back: Back::Sender(_), .. }))
    }
}

impl Place {
    /// The place is spent until the offer ends.
    pub(crate) fn offer(self, id: OfferId, agent: AgentId) -> Offer {
        Offer { id, agent, source: Source::Queue(self) }
    }
}

impl Conversation {
    pub(crate) fn handling(&self, id: HandlingId) -> Option<&Handling> {
        self.handlings.iter().find(|handling| handling.id == id)
    }

    pub(crate) fn handling_mut(&mut self, id: HandlingId) -> Option<&mut Handling> {
        self.handlings.iter_mut().find(|handling| handling.id == id)
    }
}
