//! A customer is parked: they hear music, any agent who is free may pick them up, and after a while they go back to whoever parked them.
//!
//! Parking is a transfer to nobody yet (decision 0101): who parked, why and what came of it stand in the ledger as for every transfer.

use domain::input::PARK_MAX;
use domain::{AgentId, ConversationId, LegId, Mono, OfferId, Refusal, RouteReason, SegmentId, TransferEnd};

use super::{CustomerStage, Offer, Origin, Source, Transfer};
use crate::floor::Floor;
use crate::limits::PARKED_MAX;
use crate::output::Ignored;
use crate::timers::Timer;

impl Floor {
    pub(super) fn can_park(&self) -> Result<(), Refusal> {
        if self.parked_count() >= PARKED_MAX { Err(Refusal::Overload) } else { Ok(()) }
    }

    fn parked_count(&self) -> usize {
        self.conversations.values().filter(|known| matches!(known.stage, CustomerStage::Parked(..))).count()
    }

    /// Lets the customer of a talk that is over hear music until somebody picks them up.
    pub(super) fn park(&mut self, id: ConversationId, transfer: domain::TransferId, sender: AgentId, origin: Origin) {
        let (segment, until): (SegmentId, Mono) = (self.mint(), self.now.mono + PARK_MAX);
        let parked_until = Some(until);
        self.stay_parked(
            id,
            Transfer { id: transfer, segment, sender, origin, returning: false, lent: false, parked_until },
            until,
        );
    }

    fn stay_parked(&mut self, id: ConversationId, transfer: Transfer, until: Mono) {
        self.timers.set(Timer::Park(id), until);
        self.set_stage(id, CustomerStage::Parked(transfer));
    }

    /// The offer to whoever wanted to pick the customer up came to nothing: they stay parked while there is time left. Gives the transfer
    /// back when there is none.
    pub(super) fn park_again(&mut self, id: ConversationId, transfer: Transfer) -> Option<Transfer> {
        match transfer.parked_until.filter(|until| *until > self.now.mono) {
            Some(until) => {
                let segment = self.mint();
                self.stay_parked(id, Transfer { segment, ..transfer }, until);
                None
            }
            None => Some(transfer),
        }
    }

    /// Takes a parked customer. Whoever parked them may come straight out of the wrap-up.
    pub(crate) fn pick_up(&mut self, agent: AgentId, id: ConversationId) -> Result<(), Refusal> {
        let offer = self.offer_parked(agent, id)?;
        self.take_or_ring(id, offer);
        Ok(())
    }

    /// The same by a call of the agent's SIP phone, which is answered for it: whoever is parked longest, or longest by one colleague.
    pub(crate) fn pick_up_at_phone(&mut self, agent: AgentId, whose: &str, leg: LegId) -> Result<(), Refusal> {
        let id = self.parked_for(agent, whose)?;
        self.offer_parked(agent, id)?;
        self.take_phone_call(agent, id, leg);
        Ok(())
    }

    /// A phone has no list to choose from, so it is given customers of its agent's own site only: everybody may see those.
    fn parked_for(&self, agent: AgentId, whose: &str) -> Result<ConversationId, Refusal> {
        let by = match whose {
            "" => None,
            named => Some(self.colleague_at(named).ok_or(Refusal::UnknownReference)?),
        };
        let site_of = |agent: AgentId| self.catalog.agent(agent).map(|known| known.site);
        let site = site_of(agent);
        let parked = self.conversations.iter().filter_map(|(id, known)| {
            let CustomerStage::Parked(transfer) = &known.stage else { return None };
            let is_meant = by.is_none_or(|by| by == transfer.sender) && site_of(transfer.sender) == site;
            is_meant.then_some((transfer.parked_until, *id))
        });
        parked.min().map(|(_, id)| id).ok_or(Refusal::UnknownReference)
    }

    /// Offers a parked customer to somebody who asks for them. Whoever calls lets the agent take them.
    fn offer_parked(&mut self, agent: AgentId, id: ConversationId) -> Result<Offer, Refusal> {
        self.guard.subject = Some(id);
        let Some(CustomerStage::Parked(transfer)) = self.conversations.get(&id).map(|known| &known.stage) else {
            return Err(Refusal::OfferOver);
        };
        let transfer = transfer.clone();
        // Nobody is taken out of a wrap-up for nothing.
        self.site_takes(agent)?;
        if !self.free_for(agent, id) {
            return Err(self.why_not_rung(agent));
        }
        self.timers.cancel(Timer::Park(id));
        let (offer, queue): (OfferId, _) = (self.mint(), transfer.origin.queue());
        self.ring_desk(id, transfer.segment, queue, offer, agent, RouteReason::PickedUp);
        let offer = Offer { id: offer, agent, source: Source::Transfer(transfer) };
        self.set_stage(id, CustomerStage::Ringing(offer.clone()));
        Ok(offer)
    }

    /// An agent who asked for this very customer has them at once by the browser; a SIP phone has to be answered, by itself if it can.
    pub(super) fn take_or_ring(&mut self, id: ConversationId, offer: Offer) {
        match self.browser_leg(offer.agent) {
            Some(leg) => self.take_offer(id, offer, leg),
            None => {
                let auto_answer = self.answers_by_itself(offer.agent);
                self.ring_telephone(offer.agent, id, auto_answer);
            }
        }
    }

    pub(crate) fn parked_too_long(&mut self, id: ConversationId) {
        let Some(CustomerStage::Parked(transfer)) = self.conversations.get(&id).map(|known| &known.stage) else {
            return self.ignore(Ignored::Late);
        };
        let transfer = transfer.clone();
        self.guard.subject = Some(id);
        self.transfer_failed(id, transfer, TransferEnd::NoAnswer);
    }
}
