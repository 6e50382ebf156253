//! A colleague is asked while the customer hears music; then the colleague takes the customer, all three talk, or the colleague goes.
//!
//! ```text
//! ringing ─▶ private ─▶ joined          the customer hears music ─▶ music ─▶ both agents
//!    └──────────┴──────────┴─▶ over     with the agent who asked, or with the colleague
//! ```
//! Whoever of the two hangs up leaves the customer with the other. While it rings there is no other: the agent who asked ends the call.

use domain::{
    AgentId, Cause, Command, ConversationId, EndReason, EndedBy, Event, HandlingEnd, HandlingId, LegId, OfferEnd,
    OfferId, QueueId, Refusal, RouteReason, SegmentId, TransferEnd, TransferId, TransferKind, TransferReason,
    TransferTarget,
};

use super::leaving::Closing;
use super::{Conversation, CustomerStage, End, Offer, Source, Talk};
use crate::floor::Floor;
use crate::handling::{Handling, HandlingState, HoldCause};

/// A colleague who is asked about a customer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Consult {
    pub transfer: TransferId,
    pub colleague: AgentId,
    /// The colleague's part in it.
    pub segment: SegmentId,
    pub state: ConsultState,
    /// The second call of the asking agent's SIP phone, when it asks by that.
    pub phone: Option<AskingCall>,
}

/// The call by which a SIP phone asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AskingCall {
    pub leg: LegId,
    pub up: bool,
    /// Held by the phone's own key.
    pub holds: bool,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConsultState {
    /// The colleague's desk rings.
    Ringing(OfferId),
    /// The two talk, the customer hears music.
    Private(HandlingId),
    /// All three talk.
    Joined(HandlingId),
}

impl Consult {
    /// The colleague's handling, once they have answered.
    pub(crate) fn handling(&self) -> Option<HandlingId> {
        match self.state {
            ConsultState::Ringing(_) => None,
            ConsultState::Private(handling) | ConsultState::Joined(handling) => Some(handling),
        }
    }

    fn offer(&self) -> Option<Offer> {
        match self.state {
            ConsultState::Ringing(id) => Some(Offer { id, agent: self.colleague, source: Source::Consult }),
            ConsultState::Private(_) | ConsultState::Joined(_) => None,
        }
    }
}

impl Conversation {
    /// The desk that rings for it.
    pub(crate) fn offer(&self) -> Option<Offer> {
        match &self.stage {
            CustomerStage::Ringing(offer) => Some(offer.clone()),
            CustomerStage::Talking(talk) => talk.consult.as_ref()?.offer(),
            CustomerStage::Arriving
            | CustomerStage::InFlow(_)
            | CustomerStage::Waiting(_)
            | CustomerStage::Parked(_)
            | CustomerStage::Dialling(_)
            | CustomerStage::Leaving(_)
            | CustomerStage::Gone(_) => None,
        }
    }

    pub(crate) fn talk(&self) -> Option<&Talk> {
        match &self.stage {
            CustomerStage::Talking(talk) => Some(talk),
            CustomerStage::Arriving
            | CustomerStage::InFlow(_)
            | CustomerStage::Waiting(_)
            | CustomerStage::Ringing(_)
            | CustomerStage::Parked(_)
            | CustomerStage::Dialling(_)
            | CustomerStage::Leaving(_)
            | CustomerStage::Gone(_) => None,
        }
    }
}

impl Floor {
    /// Rings a colleague about the customer of a talk, who hears music meanwhile.
    pub(crate) fn consult(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        colleague: AgentId,
        reason: Option<TransferReason>,
    ) -> Result<(), Refusal> {
        let (id, _) = self.own_talk(agent, handling)?;
        self.can_hear(id, agent, handling)?;
        self.begin_consult(agent, handling, colleague, reason, None)
    }

    /// The same by a second call of the agent's SIP phone.
    pub(crate) fn consult_by_phone(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        colleague: AgentId,
        leg: LegId,
    ) -> Result<(), Refusal> {
        let (id, _) = self.own_talk(agent, handling)?;
        self.is_on_the_line(id, handling)?;
        self.begin_consult(agent, handling, colleague, None, Some(AskingCall { leg, up: false, holds: false }))?;
        self.index.phones.insert(leg, agent);
        self.command(Command::Answer { leg });
        Ok(())
    }

    fn begin_consult(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        colleague: AgentId,
        reason: Option<TransferReason>,
        phone: Option<AskingCall>,
    ) -> Result<(), Refusal> {
        let (id, talk) = self.own_talk(agent, handling)?;
        if talk.consult.is_some() {
            return Err(Refusal::WrongState);
        }
        let target = TransferTarget::Agent(colleague);
        self.can_hand_over(agent, target)?;
        let (transfer, segment, offer) = (self.mint(), self.mint(), self.mint());
        let kind = TransferKind::Consult;
        self.emit(Event::TransferStarted { conversation: id, transfer, kind, handling, agent, target, reason });
        self.hold_for_consult(id, agent, handling);
        let state = ConsultState::Ringing(offer);
        self.set_consult(id, Some(Consult { transfer, colleague, segment, state, phone }));
        self.sound_talk(id);
        self.ring_desk(id, segment, talk.origin.queue(), offer, colleague, RouteReason::Consulted);
        self.ring_telephone(colleague, id, false);
        Ok(())
    }

    /// Lets all three talk with each other.
    pub(crate) fn join_consult(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (id, consult) = self.own_consult(agent, handling)?;
        let ConsultState::Private(colleague) = consult.state else { return Err(Refusal::WrongState) };
        self.can_hear(id, agent, handling)?;
        self.is_on_the_line(id, colleague)?;
        self.set_consult(id, Some(Consult { state: ConsultState::Joined(colleague), ..consult }));
        let (_, part) = self.handling_of(agent, handling)?;
        if part.state != HandlingState::Talking {
            self.change_handling(id, handling, |handling| handling.state = HandlingState::Talking);
            self.emit(Event::HandlingResumed { conversation: id, handling, agent, device_back: false });
        }
        self.emit(Event::TransferJoined { conversation: id, transfer: consult.transfer });
        self.sound_talk(id);
        Ok(())
    }

    /// Leaves the customer with the colleague.
    pub(crate) fn complete_consult(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (id, consult) = self.own_consult(agent, handling)?;
        let colleague = consult.handling().ok_or(Refusal::WrongState)?;
        self.is_on_the_line(id, colleague)?;
        self.leave_to_colleague(id, handling);
        Ok(())
    }

    /// The agent who asked is gone of their own will; the colleague has the customer.
    pub(crate) fn leave_to_colleague(&mut self, id: ConversationId, handling: HandlingId) {
        let end = End { by: EndedBy::Agent, reason: EndReason::HungUp };
        let queue = self.origin_queue(id);
        self.end_talk(id, handling, HandlingEnd::Transferred, end);
        self.colleague_takes_over(id, TransferEnd::Completed);
        self.begin_wrap_up(id, handling, queue);
    }

    /// The colleague goes. Refused once the customer is theirs: whoever wants to leave must not hang up on a customer by it.
    pub(crate) fn leave_consult(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (id, _) = self.handling_of(agent, handling)?;
        let consult = self.consult_of(id).filter(|consult| consult.handling() == Some(handling));
        self.colleague_hung_up(id, &consult.ok_or(Refusal::WrongState)?);
        Ok(())
    }

    /// Lets the colleague go and goes on with the customer.
    pub(crate) fn drop_consult(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (id, consult) = self.own_consult(agent, handling)?;
        let end = End { by: EndedBy::System, reason: EndReason::HungUp };
        self.let_colleague_go(id, &consult, OfferEnd::Withdrawn, HandlingEnd::ConsultEnded, end);
        self.consult_over(id, TransferEnd::Dropped);
        Ok(())
    }

    /// The colleague is on the line with this leg.
    pub(crate) fn consult_answered(&mut self, id: ConversationId, leg: LegId) {
        let Some(consult) = self.consult_of(id) else { return };
        let handling = self.open_handling(id, consult.colleague, leg, consult.segment, None);
        self.set_consult(id, Some(Consult { state: ConsultState::Private(handling), ..consult }));
        self.sound_talk(id);
    }

    /// The colleague hung up.
    pub(crate) fn colleague_hung_up(&mut self, id: ConversationId, consult: &Consult) {
        let end = End { by: EndedBy::Agent, reason: EndReason::HungUp };
        self.let_colleague_go(id, consult, OfferEnd::Withdrawn, HandlingEnd::AgentHungUp, end);
        self.consult_over(id, TransferEnd::ColleagueLeft);
    }

    /// One of the two agents is gone, and their handling ended. Says whether the customer is in good hands.
    pub(crate) fn consult_lost_agent(&mut self, id: ConversationId, handling: HandlingId, agent: AgentId) -> bool {
        let Some(consult) = self.consult_of(id) else { return false };
        if consult.handling() == Some(handling) {
            self.close_handling(id, handling, agent);
            self.consult_over(id, TransferEnd::Unreachable);
            return true;
        }
        if consult.handling().is_some() {
            self.colleague_takes_over(id, TransferEnd::AgentLost);
            self.close_handling(id, handling, agent);
            return true;
        }
        self.abandon_consult(id, &consult);
        false
    }

    /// The talk is over for the agent who asked, and so is what the colleague was asked.
    pub(crate) fn abandon_consult(&mut self, id: ConversationId, consult: &Consult) {
        let end = End { by: EndedBy::Agent, reason: EndReason::HungUp };
        self.let_colleague_go(id, consult, OfferEnd::Withdrawn, HandlingEnd::ConsultEnded, end);
        self.forget_consult(id, TransferEnd::Dropped);
    }

    /// The customer left, or was lost, while a colleague was asked.
    pub(crate) fn customer_left_consult(&mut self, id: ConversationId, consult: &Consult, closing: Closing) {
        self.let_colleague_go(id, consult, OfferEnd::CustomerLeft, closing.handling, closing.end);
        let failed = closing.handling == HandlingEnd::InternalFault;
        self.forget_consult(id, if failed { TransferEnd::Failed } else { TransferEnd::CustomerLeft });
    }

    pub(crate) fn consult_of(&self, id: ConversationId) -> Option<Consult> {
        self.conversations.get(&id)?.talk()?.consult
    }

    /// The talk of an agent who has the customer.
    pub(crate) fn own_talk(&mut self, agent: AgentId, handling: HandlingId) -> Result<(ConversationId, Talk), Refusal> {
        let (id, _) = self.handling_of(agent, handling)?;
        let talk = self.conversations.get(&id).and_then(Conversation::talk);
        let own = talk.filter(|talk| talk.handling == handling);
        own.map(|talk| (id, talk.clone())).ok_or(Refusal::WrongState)
    }

    fn own_consult(&mut self, agent: AgentId, handling: HandlingId) -> Result<(ConversationId, Consult), Refusal> {
        let (id, talk) = self.own_talk(agent, handling)?;
        talk.consult.map(|consult| (id, consult)).ok_or(Refusal::WrongState)
    }

    /// Whether an agent would hear who is brought to them.
    fn can_hear(&self, id: ConversationId, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        self.is_on_the_line(id, handling)?;
        let by_second = self.consult_of(id).and_then(|consult| consult.phone).is_some_and(|phone| phone.is_heard());
        if self.telephone_holds(agent) && !by_second { Err(Refusal::AtPhone) } else { Ok(()) }
    }

    fn is_on_the_line(&self, id: ConversationId, handling: HandlingId) -> Result<(), Refusal> {
        let leg = self.conversations.get(&id).and_then(|known| known.handling(handling)?.leg);
        leg.map(drop).ok_or(Refusal::NoDevice)
    }

    fn origin_queue(&self, id: ConversationId) -> Option<QueueId> {
        self.conversations.get(&id)?.talk()?.origin.queue()
    }

    pub(super) fn set_consult(&mut self, id: ConversationId, consult: Option<Consult>) {
        if let Some(CustomerStage::Talking(talk)) = self.conversations.get_mut(&id).map(|known| &mut known.stage) {
            talk.consult = consult;
        }
    }

    fn hold_for_consult(&mut self, id: ConversationId, agent: AgentId, handling: HandlingId) {
        let state = self.conversations.get(&id).and_then(|known| Some(known.handling(handling)?.state));
        let held = HandlingState::Held(HoldCause::Consulting);
        if state == Some(HandlingState::Held(HoldCause::Asked)) && self.telephone_holds(agent) {
            // The phone's key decides about its hold, before the consult and after it.
            self.change_handling(id, handling, |handling| handling.state = held);
        }
        if state == Some(HandlingState::Talking) {
            self.change_handling(id, handling, |handling| handling.state = held);
            self.emit(Event::HandlingHeld { conversation: id, handling, agent, device_lost: false });
        }
    }

    /// Ends the colleague's part, whatever it has come to. There is no wrap-up: the customer was never theirs.
    fn let_colleague_go(
        &mut self,
        id: ConversationId,
        consult: &Consult,
        offer_end: OfferEnd,
        handling_end: HandlingEnd,
        end: End,
    ) {
        match (consult.offer(), consult.handling()) {
            (Some(offer), _) => self.withdraw_offer(id, &offer, offer_end),
            (None, Some(handling)) => {
                self.end_talk(id, handling, handling_end, end);
                self.close_handling(id, handling, consult.colleague);
            }
            (None, None) => {}
        }
    }

    fn forget_consult(&mut self, id: ConversationId, end: TransferEnd) {
        let Some(consult) = self.consult_of(id) else { return };
        self.forget_asking_call(id, EndedBy::Agent, EndReason::HungUp, Some(Cause::Normal));
        self.set_consult(id, None);
        self.emit(Event::TransferEnded { conversation: id, transfer: consult.transfer, end });
    }

    /// The colleague is gone; the customer is with the agent who asked.
    pub(crate) fn consult_over(&mut self, id: ConversationId, end: TransferEnd) {
        self.forget_consult(id, end);
        self.alone_with_customer(id);
    }

    /// The customer is the colleague's from here on. The handling of the agent who asked has ended, and with it the agent's pause of
    /// the recording.
    fn colleague_takes_over(&mut self, id: ConversationId, end: TransferEnd) {
        let Some(handling) = self.consult_of(id).and_then(|consult| consult.handling()) else { return };
        self.forget_consult(id, end);
        self.end_recording_pause(id);
        if let Some(CustomerStage::Talking(talk)) = self.conversations.get_mut(&id).map(|known| &mut known.stage) {
            talk.handling = handling;
        }
        self.alone_with_customer(id);
    }

    /// One agent is left for the customer: they talk, or the customer hears music because the agent's phone is away or on hold.
    fn alone_with_customer(&mut self, id: ConversationId) {
        let talk = self.conversations.get(&id).and_then(|known| known.handling(known.talk()?.handling).cloned());
        let Some(Handling { id: handling, agent, leg, state, .. }) = talk else { return };
        let held_by_key = self.telephone_holds(agent);
        let next = match (state, leg) {
            (HandlingState::Held(HoldCause::Asked) | HandlingState::WrappingUp, _) => state,
            (_, None) => HandlingState::Held(HoldCause::DeviceLost),
            (_, Some(_)) if held_by_key => HandlingState::Held(HoldCause::Asked),
            (_, Some(_)) => HandlingState::Talking,
        };
        self.change_handling(id, handling, |handling| handling.state = next);
        let device_lost = next == HandlingState::Held(HoldCause::DeviceLost);
        let (conversation, device_back) = (id, false);
        match (state, next) {
            (HandlingState::Held(_), HandlingState::Talking) => {
                self.emit(Event::HandlingResumed { conversation, handling, agent, device_back });
            }
            (HandlingState::Held(HoldCause::Consulting), HandlingState::Held(HoldCause::DeviceLost))
            | (HandlingState::Talking, HandlingState::Held(_)) => {
                self.emit(Event::HandlingHeld { conversation, handling, agent, device_lost });
            }
            _ => {}
        }
        self.sound_talk(id);
    }
}
