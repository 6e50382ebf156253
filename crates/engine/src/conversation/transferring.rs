//! A customer is handed over to a colleague, a queue or a flow.
//!
//! A colleague's desk rings while the customer hears music. When nobody answers, the customer comes back to whoever handed them over,
//! if they are there and do nothing else, then to the queue they came from.

use domain::recording::Tracks;
use domain::{
    AgentId, Cause, ConversationId, EndReason, EndedBy, Event, HandlingEnd, HandlingId, KeySet, Mono, OfferEnd,
    OfferId, QueueId, Refusal, RouteReason, SegmentId, TransferEnd, TransferId, TransferKind, TransferReason,
    TransferTarget, WrapUpEnd,
};

use super::{CannotJoin, CustomerStage, End, Offer, Origin, Source};
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
        OfferEnd::Accepted | OfferEnd::CustomerLeft | OfferEnd::NodeRestarted | OfferEnd::Withdrawn => {
            TransferEnd::Failed
        }
    }
}

/// A customer on the way to a colleague.
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
    /// Until when the customer may be picked up, when they are parked.
    pub parked_until: Option<Mono>,
}

impl Floor {
    /// Hands the customer of a talk over. Refused without a change when there is nobody, or no room, to hand over to.
    pub(crate) fn transfer(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        target: TransferTarget,
        reason: Option<TransferReason>,
    ) -> Result<(), Refusal> {
        let (id, talk) = self.own_talk(agent, handling)?;
        if talk.consult.is_some() {
            return Err(Refusal::WrongState);
        }
        self.can_hand_over(agent, target)?;
        let transfer: TransferId = self.mint();
        let kind = if target == TransferTarget::Park { TransferKind::Park } else { TransferKind::Blind };
        self.emit(Event::TransferStarted { conversation: id, transfer, kind, handling, agent, target, reason });
        let queue = talk.origin.queue();
        self.end_talk(id, handling, HandlingEnd::Transferred, End { by: EndedBy::Agent, reason: EndReason::HungUp });
        self.end_recording_pause(id);
        self.hand_over(id, transfer, agent, target, talk.origin);
        self.begin_wrap_up(id, handling, queue);
        Ok(())
    }

    pub(super) fn can_hand_over(&self, sender: AgentId, target: TransferTarget) -> Result<(), Refusal> {
        match target {
            TransferTarget::Agent(agent) if agent == sender => Err(Refusal::UnknownReference),
            TransferTarget::Agent(agent) => {
                if !self.catalog.has_agent(agent) {
                    Err(Refusal::UnknownReference)
                } else if self.could_be_rung(agent) && !self.is_busy(agent) {
                    Ok(())
                } else {
                    Err(Refusal::CalleeUnavailable)
                }
            }
            TransferTarget::Queue(queue) => self.can_join_queue(queue).map_err(|why| match why {
                CannotJoin::NoSuchQueue => Refusal::UnknownReference,
                CannotJoin::Full => Refusal::QueueFull,
            }),
            TransferTarget::Flow(flow) => self.catalog.flow(flow).map(drop).ok_or(Refusal::UnknownReference),
            TransferTarget::Park => self.can_park(),
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
        target: TransferTarget,
        origin: Origin,
    ) {
        match target {
            TransferTarget::Agent(agent) => {
                self.play_handover_music(id, &origin, sender);
                let segment: SegmentId = self.mint();
                let parked_until = None;
                let transfer = Transfer { id: transfer, segment, sender, origin, returning: false, parked_until };
                self.offer_transfer(id, transfer, agent);
            }
            TransferTarget::Park => {
                self.play_handover_music(id, &origin, sender);
                self.park(id, transfer, sender, origin);
            }
            TransferTarget::Queue(queue) => {
                self.emit(Event::TransferEnded { conversation: id, transfer, end: TransferEnd::Completed });
                let back = match origin {
                    Origin::Queue(place) => place.back,
                    Origin::Dialled => None,
                };
                self.join_queue(id, queue, back);
            }
            TransferTarget::Flow(flow) => {
                self.emit(Event::TransferEnded { conversation: id, transfer, end: TransferEnd::Completed });
                // The first node may be one that plays nothing: the sender must not stay in the room for it.
                self.keep(id, Some(Tracks::Heard));
                self.set_scene(id, Scene::Silence);
                match self.catalog.flow(flow) {
                    Some(flow) => self.enter_flow(id, flow, None, Lead::START),
                    None => self.give_up_customer(id, EndReason::FlowFailed),
                }
            }
        }
    }

    /// The music of a hold goes on.
    fn play_handover_music(&mut self, id: ConversationId, origin: &Origin, sender: AgentId) {
        let held = self.conversations.get(&id).and_then(|known| known.room.as_ref()?.scene.held_music().cloned());
        match (held, self.hold_music(origin.queue(), sender)) {
            (Some(music), _) => self.set_scene(id, Scene::Playing(music)),
            (None, Some(music)) => self.play(id, vec![music_key(&music)], true, KeySet::NONE),
            (None, None) => self.set_scene(id, Scene::Silence),
        }
    }

    /// Rings the desk of an agent who has no work.
    fn offer_transfer(&mut self, id: ConversationId, transfer: Transfer, agent: AgentId) {
        let offer: OfferId = self.mint();
        let reason = if transfer.returning { RouteReason::Returned } else { RouteReason::Transferred };
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

    /// The colleague took the customer, or the sender took them back.
    pub(crate) fn transfer_taken(&mut self, id: ConversationId, transfer: &Transfer) {
        self.end_transfer(id, transfer, TransferEnd::Completed);
    }

    /// The customer left, or was lost, while a desk rang.
    pub(crate) fn customer_left_transfer(&mut self, id: ConversationId, transfer: &Transfer, why: HandlingEnd) {
        let failed = why == HandlingEnd::InternalFault;
        self.end_transfer(id, transfer, if failed { TransferEnd::Failed } else { TransferEnd::CustomerLeft });
    }

    /// Once the sender is rung the transfer is over.
    fn end_transfer(&mut self, id: ConversationId, transfer: &Transfer, end: TransferEnd) {
        if !transfer.returning {
            self.emit(Event::TransferEnded { conversation: id, transfer: transfer.id, end });
        }
    }

    /// The desk that rang did not take the customer.
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
