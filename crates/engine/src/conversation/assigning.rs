//! A supervisor gives a waiting customer to an agent out of turn.

use domain::{AgentId, ConversationId, Mono, OfferId, Refusal, RouteReason};

use super::{CustomerStage, Place};
use crate::floor::Floor;
use crate::limits::RING_MIN;
use crate::timers::Timer;

/// Who is to be offered a place in a queue, and why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chosen {
    pub agent: AgentId,
    pub reason: RouteReason,
    /// Of how many.
    pub eligible: u32,
    /// Idle for how long before.
    pub idle: std::time::Duration,
}

impl Floor {
    /// Offers a waiting customer to an agent who is there and free, ready or not. Whoever takes a customer for themselves has them at once.
    pub(crate) fn assign(&mut self, by: AgentId, id: ConversationId, to: AgentId) -> Result<(), Refusal> {
        self.guard.subject = Some(id);
        let Some(CustomerStage::Waiting(place)) = self.conversations.get(&id).map(|known| &known.stage) else {
            return Err(Refusal::OfferOver);
        };
        let place = place.clone();
        if !self.catalog.has_agent(to) {
            return Err(Refusal::UnknownReference);
        }
        if !self.could_be_rung(to) || self.is_busy(to) {
            return Err(if by == to { self.why_not_rung(to) } else { Refusal::CalleeUnavailable });
        }
        self.site_takes(to)?;
        self.router.withdraw(place.segment);
        self.occupy(to, id);
        let idle = self.now.mono.since(self.agent_record(to).idle_since);
        let chosen = Chosen { agent: to, reason: RouteReason::Assigned, eligible: 1, idle };
        let offer = self.offer_place(id, place, chosen);
        if by == to {
            self.take_or_ring(id, offer);
        } else {
            self.ring_telephone(to, id, false);
        }
        Ok(())
    }

    /// Why an agent who wants a customer cannot have one.
    pub(super) fn why_not_rung(&self, agent: AgentId) -> Refusal {
        if !self.is_signed_in(agent) {
            Refusal::NotSignedIn
        } else if self.is_busy(agent) {
            Refusal::WorkInHand
        } else {
            Refusal::NoDevice
        }
    }

    /// Rings the desk of an agent for a place of a queue; the caller rings the SIP phone.
    pub(crate) fn offer_place(&mut self, id: ConversationId, place: Place, chosen: Chosen) -> super::Offer {
        let ring = self.catalog.queue(place.queue).map_or(RING_MIN, |queue| queue.ring_timeout.max(RING_MIN));
        let offer: OfferId = self.mint();
        let until: Mono = self.now.mono + ring;
        self.timers.cancel(Timer::QueueWait(id));
        self.timers.set(Timer::Ring(offer), until);
        self.index.offers.insert(offer, id);
        self.end_echo(chosen.agent);
        if let Some(desk) = self.desks.get_mut(&chosen.agent) {
            desk.work = Some(id);
        }
        let (segment, queue) = (place.segment, Some(place.queue));
        let Chosen { agent, reason, eligible, idle } = chosen;
        self.emit(domain::Event::AgentOffered {
            conversation: id,
            segment,
            queue,
            offer,
            agent,
            reason,
            eligible,
            idle,
            ring_timeout: ring,
        });
        let offer = place.offer(offer, agent);
        self.set_stage(id, CustomerStage::Ringing(offer.clone()));
        offer
    }
}
