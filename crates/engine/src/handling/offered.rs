//! An offer: routing chose an agent, the desk rings until a deadline.

use domain::{
    AgentId, Cause, ConversationId, Event, LeaveReason, LegId, Mono, OfferEnd, OfferId, PresenceCause, Refusal,
};
use routing::Decision;

use crate::conversation::{Chosen, CustomerStage, Offer, Origin, Source, end_of};
use crate::floor::Floor;
use crate::output::Ignored;
use crate::timers::Timer;

impl Floor {
    /// Carries out one decision of routing. The agent is busy for routing from the decision on.
    pub(crate) fn begin_offer(&mut self, decision: Decision) {
        let Some(id) = self.index.segments.get(&decision.item).copied() else { return };
        self.guard.subject = Some(id);
        let Some(conversation) = self.conversations.get(&id) else { return };
        let CustomerStage::Waiting(place) = &conversation.stage else { return };
        let place = place.clone();
        let Decision { agent, reason, eligible, idle, .. } = decision;
        self.offer_place(id, place, Chosen { agent, reason, eligible, idle });
        self.ring_telephone(agent, id, false);
    }

    /// The ringing offer with this id, if it still rings.
    fn ringing(&self, offer: OfferId) -> Option<(ConversationId, Offer)> {
        let id = *self.index.offers.get(&offer)?;
        let ringing = self.conversations.get(&id)?.offer()?;
        (ringing.id == offer).then_some((id, ringing))
    }

    /// Ends an offer without talk and frees the agent. What becomes of the customer is the caller's business.
    pub(crate) fn withdraw_offer(&mut self, id: ConversationId, offer: &Offer, end: OfferEnd) {
        #[cfg(feature = "defects")]
        if self.has_defect(crate::floor::Defect::OfferNotWithdrawn) && end == OfferEnd::CustomerLeft {
            return;
        }
        self.close_offer(id, offer, end);
        self.free_agent(offer.agent);
    }

    fn close_offer(&mut self, id: ConversationId, offer: &Offer, end: OfferEnd) {
        self.timers.cancel(Timer::Ring(offer.id));
        self.index.offers.remove(&offer.id);
        self.emit(Event::OfferEnded { conversation: id, offer: offer.id, agent: offer.agent, end });
        if end != OfferEnd::Accepted {
            self.drop_telephone(offer.agent, Cause::Normal);
        }
    }

    pub(crate) fn accept(&mut self, agent: AgentId, offer: OfferId) -> Result<(), Refusal> {
        let (id, offer) =
            self.ringing(offer).filter(|(_, ringing)| ringing.agent == agent).ok_or(Refusal::OfferOver)?;
        self.guard.subject = Some(id);
        if self.works_by_telephone(agent) {
            return self.accept_by_telephone(agent, id);
        }
        let leg = self.desks.get(&agent).and_then(|desk| desk.leg).ok_or(Refusal::NoDevice)?;
        self.take_offer(id, offer, leg);
        Ok(())
    }

    /// The agent is on the line with this leg.
    pub(crate) fn take_offer(&mut self, id: ConversationId, offer: Offer, leg: LegId) {
        let agent = offer.agent;
        self.close_offer(id, &offer, OfferEnd::Accepted);
        match offer.source {
            Source::Queue(place) => {
                self.give_up_place(id, &place, LeaveReason::Answered);
                self.begin_talk(id, agent, leg, place.segment, Origin::Queue(place));
            }
            Source::Transfer(transfer) => {
                self.transfer_taken(id, &transfer);
                self.begin_talk(id, agent, leg, transfer.segment, transfer.origin);
            }
            Source::Consult => self.consult_answered(id, leg),
        }
    }

    pub(crate) fn decline(&mut self, agent: AgentId, offer: OfferId) -> Result<(), Refusal> {
        let (id, offer) =
            self.ringing(offer).filter(|(_, ringing)| ringing.agent == agent).ok_or(Refusal::OfferOver)?;
        self.guard.subject = Some(id);
        self.fail_offer(id, offer, OfferEnd::Declined, Some(PresenceCause::OfferDeclined));
        Ok(())
    }

    pub(crate) fn ring_over(&mut self, offer: OfferId) {
        let Some((id, offer)) = self.ringing(offer) else { return self.ignore(Ignored::Late) };
        self.guard.subject = Some(id);
        self.fail_offer(id, offer, OfferEnd::Unanswered, Some(PresenceCause::OfferUnanswered));
    }

    /// An offer came to nothing through the agent: the customer goes back to the front, or to whoever handed them over. With a cause the
    /// agent is no longer ready, which has to be so before the customer waits again, or routing would choose the same agent; whoever turns
    /// a colleague's customer down stays ready.
    pub(crate) fn fail_offer(&mut self, id: ConversationId, offer: Offer, end: OfferEnd, cause: Option<PresenceCause>) {
        let agent = offer.agent;
        self.close_offer(id, &offer, end);
        let is_favour = match &offer.source {
            Source::Queue(_) => false,
            Source::Transfer(transfer) => !transfer.returning,
            Source::Consult => true,
        };
        if let Some(cause) = cause.filter(|cause| !is_favour || *cause != PresenceCause::OfferDeclined) {
            self.become_not_ready(agent, None, cause);
        }
        self.free_agent(agent);
        match offer.source {
            Source::Queue(place) => self.return_to_front(id, place),
            Source::Transfer(transfer) => self.transfer_failed(id, transfer, end_of(end)),
            Source::Consult => self.consult_over(id, end_of(end)),
        }
    }

    /// The agent's one place for live work is taken.
    pub(crate) fn occupy(&mut self, agent: AgentId, id: ConversationId) {
        self.end_echo(agent);
        if let Some(desk) = self.desks.get_mut(&agent) {
            desk.work = Some(id);
        }
        self.sync_agent(agent);
    }

    /// The agent has no live work any more; they are offered the next when ready.
    pub(crate) fn free_agent(&mut self, agent: AgentId) {
        if let Some(desk) = self.desks.get_mut(&agent) {
            desk.work = None;
        }
        self.sync_agent(agent);
        self.leave_if_overdue(agent);
        self.retire_if_removed(agent);
    }

    pub(crate) fn ring_deadline(&self, offer: OfferId) -> Option<Mono> {
        self.timers.at(Timer::Ring(offer))
    }
}
