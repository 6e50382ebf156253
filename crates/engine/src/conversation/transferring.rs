//! A customer is handed over to a colleague, a queue, a flow or somebody outside.
//!
//! A colleague's desk, or the phone outside, rings while the customer hears music. When nobody answers, the customer comes back to whoever handed them over,
//! if they are there and do nothing else, then to the queue they came from.

use domain::input::TransferTo;
use domain::settings::dialled;
use domain::{
    AgentId, Cause, ConversationId, EndReason, EndedBy, Event, FlowId, HandlingEnd, HandlingId, KeySet, Mono, OfferEnd,
    OfferId, QueueId, Refusal, RouteReason, SegmentId, TransferEnd, TransferId, TransferKind, TransferReason,
    TransferTarget, WrapUpEnd,
};

use super::{CannotJoin, CustomerStage, End, Offer, Origin, Sent, Source, Way};
use crate::agent::Attendance;
use crate::floor::Floor;
use crate::flow::Lead;
use crate::limits::TRANSFER_RING;
use crate::rooms::{Scene, music_key};
use crate::timers::Timer;

/// What an offer that came to nothing means for the transfer it was made for.
pub(crate) fn end_of(why: OfferEnd) -> TransferEnd {
    match why {
        OfferEnd::Declined => TransferEnd::Declined,
        OfferEnd::Unanswered => TransferEnd::NoAnswer,
        OfferEnd::DeviceLost => TransferEnd::Unreachable,
        OfferEnd::Busy => TransferEnd::Busy,
        OfferEnd::Accepted | OfferEnd::CustomerLeft | OfferEnd::NodeRestarted | OfferEnd::Withdrawn => {
            TransferEnd::Failed
        }
    }
}

/// To whom, or where, once it is known how.
#[derive(Clone, Debug)]
pub(crate) enum Destination {
    Agent(AgentId),
    Queue(QueueId),
    Flow(FlowId),
    /// A flow that gives the customer back to the sender.
    Loan(FlowId),
    Park,
    Outside(Box<Way>),
}

impl Destination {
    fn kind(&self) -> TransferKind {
        match self {
            Destination::Park => TransferKind::Park,
            Destination::Loan(_) => TransferKind::Loan,
            Destination::Agent(_) | Destination::Queue(_) | Destination::Flow(_) | Destination::Outside(_) => {
                TransferKind::Blind
            }
        }
    }
}

/// A customer on the way to somebody.
#[derive(Clone, Debug)]
pub(crate) struct Transfer {
    pub id: TransferId,
    pub segment: SegmentId,
    /// Who handed the customer over.
    pub sender: AgentId,
    /// How the customer came to the sender.
    pub origin: Origin,
    /// Nobody answered: it is the sender whose desk rings.
    pub returning: bool,
    /// The customer was lent to a flow; then `returning` means that it is over.
    pub lent: bool,
    /// Until when the customer may be picked up, when they are parked.
    pub parked_until: Option<Mono>,
}

impl Floor {
    /// Hands the customer of a talk over. Refused without a change when there is nobody, or no room, to hand over to.
    pub(crate) fn transfer(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        to: TransferTo,
        reason: Option<TransferReason>,
    ) -> Result<(), Refusal> {
        let to = match to {
            TransferTo::Agent(colleague) => Destination::Agent(colleague),
            TransferTo::Queue(queue) => Destination::Queue(queue),
            TransferTo::Flow(flow) => Destination::Flow(flow),
            TransferTo::Loan(flow) => Destination::Loan(flow),
            TransferTo::Park => Destination::Park,
            TransferTo::Dialled(to) => self.destination_dialled(agent, &to)?,
        };
        self.transfer_to(agent, handling, to, reason)
    }

    /// The same once it is known how to get there.
    pub(crate) fn transfer_to(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        to: Destination,
        reason: Option<TransferReason>,
    ) -> Result<(), Refusal> {
        let (id, talk) = self.own_talk(agent, handling)?;
        // Whoever comes to help has to be told what happened, by somebody who knows it.
        if to.is_emergency() {
            return Err(Refusal::NotAllowed);
        }
        if talk.consult.is_some() || !talk.members.is_empty() {
            return Err(Refusal::WrongState);
        }
        self.can_hand_over(agent, &to)?;
        if let Destination::Queue(queue) = to
            && talk.origin.is_called()
            && !self.router.is_served(queue)
        {
            // They have no flow to go back to, and would be back at once.
            return Err(Refusal::QueueUnserved);
        }
        let transfer: TransferId = self.mint();
        let kind = to.kind();
        let target = self.target_of(&to);
        let route = to.route();
        self.emit(Event::TransferStarted { conversation: id, transfer, kind, handling, agent, target, reason, route });
        let queue = talk.origin.queue();
        self.end_talk(id, handling, HandlingEnd::Transferred, End { by: EndedBy::Agent, reason: EndReason::HungUp });
        self.end_recording_pause(id);
        self.hand_over(id, transfer, agent, to, talk.origin);
        self.begin_wrap_up(id, handling, queue);
        Ok(())
    }

    /// An emergency number is outside whoever has it as extension; an extension or phone of a colleague is the colleague, a number of ours leads into
    /// its flow, and the rest is outside.
    pub(crate) fn destination_dialled(&mut self, agent: AgentId, to: &str) -> Result<Destination, Refusal> {
        let to = dialled(to).ok_or(Refusal::BadNumber)?;
        if self.is_emergency(&to) {
            return self.way_to(agent, to).map(|way| Destination::Outside(Box::new(way)));
        }
        if let Some(colleague) = self.colleague_at(&to) {
            return Ok(Destination::Agent(colleague));
        }
        if let Some(number) = self.catalog.number(&to) {
            return Ok(Destination::Flow(number.flow));
        }
        self.way_to(agent, to).map(|way| Destination::Outside(Box::new(way)))
    }

    /// The same for the ledger, which knows numbers only by their parties.
    pub(super) fn target_of(&mut self, to: &Destination) -> TransferTarget {
        match to {
            Destination::Agent(colleague) => TransferTarget::Agent(*colleague),
            Destination::Queue(queue) => TransferTarget::Queue(*queue),
            Destination::Flow(flow) | Destination::Loan(flow) => TransferTarget::Flow(*flow),
            Destination::Park => TransferTarget::Park,
            Destination::Outside(way) => TransferTarget::Outside(self.party(&way.to)),
        }
    }

    pub(super) fn can_hand_over(&self, sender: AgentId, to: &Destination) -> Result<(), Refusal> {
        match *to {
            Destination::Agent(agent) if agent == sender => Err(Refusal::UnknownReference),
            Destination::Agent(agent) => {
                if !self.catalog.has_agent(agent) {
                    Err(Refusal::UnknownReference)
                } else if self.could_be_rung(agent) && !self.is_busy(agent) {
                    self.site_takes(agent)
                } else {
                    Err(Refusal::CalleeUnavailable)
                }
            }
            Destination::Queue(queue) => self.can_join_queue(queue).map_err(|why| match why {
                CannotJoin::NoSuchQueue => Refusal::UnknownReference,
                CannotJoin::Full => Refusal::QueueFull,
            }),
            Destination::Flow(flow) | Destination::Loan(flow) => {
                self.catalog.flow(flow).map(drop).ok_or(Refusal::UnknownReference)
            }
            Destination::Park => self.can_park(),
            Destination::Outside(ref way) => {
                self.far_site_takes(way)?;
                self.can_forward()
            }
        }
    }

    /// Signed in, there, and with a phone that can be rung; ready or not.
    pub(super) fn could_be_rung(&self, agent: AgentId) -> bool {
        let is_here = self.desks.get(&agent).is_some_and(|desk| desk.attendance == Attendance::Here);
        self.is_signed_in(agent) && is_here && self.has_phone(agent)
    }

    fn hand_over(
        &mut self,
        id: ConversationId,
        transfer: TransferId,
        sender: AgentId,
        to: Destination,
        origin: Origin,
    ) {
        match to {
            Destination::Agent(agent) => {
                let transfer = self.begin_ringing(id, transfer, sender, origin);
                self.offer_transfer(id, transfer, agent);
            }
            Destination::Outside(way) => {
                let transfer = self.begin_ringing(id, transfer, sender, origin);
                self.forward(id, transfer, *way);
            }
            Destination::Park => {
                self.play_handover_music(id, &origin, sender);
                self.park(id, transfer, sender, origin);
            }
            Destination::Queue(queue) => {
                self.emit(Event::TransferEnded { conversation: id, transfer, end: TransferEnd::Completed });
                self.join_queue(id, queue, origin.back_from_queue(Sent { transfer, agent: sender }));
            }
            Destination::Flow(flow) => {
                self.emit(Event::TransferEnded { conversation: id, transfer, end: TransferEnd::Completed });
                // The first node may be one that plays nothing: the sender must not stay in the room for it.
                self.keep_before_queue(id);
                self.set_scene(id, Scene::Silence);
                match self.catalog.flow(flow) {
                    Some(flow) => self.enter_flow(id, flow, None, Lead::START),
                    None => self.give_up_customer(id, EndReason::FlowFailed),
                }
            }
            Destination::Loan(flow) => self.lend(id, transfer, sender, flow, origin),
        }
    }

    /// The customer hears music while somebody is rung.
    fn begin_ringing(&mut self, id: ConversationId, transfer: TransferId, sender: AgentId, origin: Origin) -> Transfer {
        self.play_handover_music(id, &origin, sender);
        Transfer {
            id: transfer,
            segment: self.mint(),
            sender,
            origin,
            returning: false,
            lent: false,
            parked_until: None,
        }
    }

    /// The music of a hold goes on.
    pub(super) fn play_handover_music(&mut self, id: ConversationId, origin: &Origin, sender: AgentId) {
        let held = self.conversations.get(&id).and_then(|known| known.room.as_ref()?.scene.held_music().cloned());
        match (held, self.hold_music(origin.queue(), sender)) {
            (Some(music), _) => self.set_scene(id, Scene::Playing(music)),
            (None, Some(music)) => self.play(id, vec![music_key(&music)], true, KeySet::NONE),
            (None, None) => self.set_scene(id, Scene::Silence),
        }
    }

    /// Rings the desk of an agent who has no work.
    pub(super) fn offer_transfer(&mut self, id: ConversationId, transfer: Transfer, agent: AgentId) {
        let offer: OfferId = self.mint();
        let reason = match (transfer.returning, transfer.lent) {
            (false, _) => RouteReason::Transferred,
            (true, false) => RouteReason::Returned,
            (true, true) => RouteReason::CameBack,
        };
        self.ring_desk(id, transfer.segment, transfer.origin.queue(), offer, agent, reason);
        let source = Source::Transfer(transfer);
        self.set_stage(id, CustomerStage::Ringing(Offer { id: offer, agent, source }));
        self.ring_telephone(agent, id, false);
    }

    /// Offers a customer to an agent who was named. The caller notes the offer, then lets the agent's SIP phone ring.
    pub(super) fn ring_desk(
        &mut self,
        id: ConversationId,
        segment: SegmentId,
        queue: Option<QueueId>,
        offer: OfferId,
        agent: AgentId,
        reason: RouteReason,
    ) {
        self.timers.set(Timer::Ring(offer), self.now.mono + TRANSFER_RING);
        self.index.offers.insert(offer, id);
        self.occupy(agent, id);
        self.emit(Event::AgentOffered {
            conversation: id,
            segment,
            queue,
            offer,
            agent,
            reason,
            eligible: 1,
            idle: self.now.mono.since(self.agent_record(agent).idle_since),
            ring_timeout: TRANSFER_RING,
        });
    }

    /// Whoever was rung took the customer, or the sender took them back.
    pub(crate) fn transfer_taken(&mut self, id: ConversationId, transfer: &Transfer) {
        self.end_transfer(id, transfer, TransferEnd::Completed);
    }

    /// The customer left, or was lost, while a desk rang.
    pub(crate) fn customer_left_transfer(&mut self, id: ConversationId, transfer: &Transfer, why: HandlingEnd) {
        let end = match why {
            HandlingEnd::InternalFault => TransferEnd::Failed,
            HandlingEnd::Released => TransferEnd::Dropped,
            HandlingEnd::CustomerHungUp
            | HandlingEnd::AgentHungUp
            | HandlingEnd::AgentLost
            | HandlingEnd::NetworkFailed
            | HandlingEnd::NodeRestarted
            | HandlingEnd::NotReached
            | HandlingEnd::Transferred
            | HandlingEnd::ConsultEnded
            | HandlingEnd::TakenOver
            | HandlingEnd::DeadAir => TransferEnd::CustomerLeft,
        };
        self.end_transfer(id, transfer, end);
    }

    /// Once the sender is rung the transfer is over.
    pub(super) fn end_transfer(&mut self, id: ConversationId, transfer: &Transfer, end: TransferEnd) {
        if !transfer.returning {
            self.emit(Event::TransferEnded { conversation: id, transfer: transfer.id, end });
        }
    }

    /// Whoever was rung did not take the customer.
    pub(crate) fn transfer_failed(&mut self, id: ConversationId, transfer: Transfer, end: TransferEnd) {
        let Some(transfer) = self.park_again(id, transfer) else { return };
        self.end_transfer(id, &transfer, end);
        let sender = transfer.sender;
        if !transfer.returning && self.free_for(sender, id) {
            let transfer = Transfer { returning: true, segment: self.mint(), parked_until: None, ..transfer };
            return self.offer_transfer(id, transfer, sender);
        }
        match transfer.origin {
            Origin::Queue(place) => self.back_to_queue(id, place),
            Origin::Dialled => {
                self.release_customer(id, End { by: EndedBy::System, reason: EndReason::NoAnswer }, Cause::Normal);
            }
        }
    }

    /// Whether an agent can take back the customer of this conversation; the wrap-up of it ends then.
    pub(super) fn free_for(&mut self, agent: AgentId, id: ConversationId) -> bool {
        if !self.could_be_rung(agent) {
            return false;
        }
        if let Some((of, handling)) = self.live_wrap_up(agent).filter(|(of, _)| *of == id) {
            self.end_wrap_up(of, handling, agent, WrapUpEnd::CustomerBack);
        }
        self.could_be_rung(agent) && !self.is_busy(agent)
    }
}
