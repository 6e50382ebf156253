//! A colleague, or somebody outside, is asked while the customer hears music; then they take the customer, all three talk, or they go.
//!
//! ```text
//! ringing ─▶ private ─▶ joined          the customer hears music ─▶ music ─▶ both
//!    └──────────┴──────────┴─▶ over     with the agent who asked, or with whoever was asked
//! ```
//! Whoever of the two hangs up leaves the customer with the other. While it rings there is no other: the agent who asked ends the call.

use domain::input::Consulted;
use domain::{
    AgentId, Cause, Command, ConversationId, EndReason, EndedBy, Event, HandlingEnd, HandlingId, LegId, OfferEnd,
    QueueId, Refusal, RouteReason, TransferEnd, TransferKind, TransferReason,
};

use super::conference::can_talk_too;
use super::leaving::Closing;
use super::{
    Asked, AskingCall, Consult, ConsultState, Conversation, CustomerStage, Destination, End, Offer, Source, Talk,
};
use crate::floor::Floor;
use crate::handling::{Handling, HandlingState, HoldCause};

/// How somebody is rung about a customer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Manner {
    /// To talk in private first, by the second call of a SIP phone or by the first.
    Ask(Option<AskingCall>),
    /// To take part as soon as they answer.
    Straight,
}

impl Floor {
    /// Rings somebody about the customer of a talk, who hears music meanwhile.
    pub(crate) fn consult(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        whom: Consulted,
        reason: Option<TransferReason>,
    ) -> Result<(), Refusal> {
        let (id, _) = self.own_talk(agent, handling)?;
        self.can_hear(id, agent, handling)?;
        let whom = self.whom(agent, whom)?;
        self.begin_consult(agent, handling, whom, reason, Manner::Ask(None))
    }

    pub(super) fn whom(&mut self, agent: AgentId, whom: Consulted) -> Result<Destination, Refusal> {
        match whom {
            Consulted::Agent(colleague) => Ok(Destination::Agent(colleague)),
            Consulted::Dialled(to) => self.destination_dialled(agent, &to),
        }
    }

    /// The same by a second call of the agent's SIP phone, whose two calls are too few for a conference.
    pub(crate) fn consult_by_phone(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        to: &str,
        leg: LegId,
    ) -> Result<(), Refusal> {
        let (id, talk) = self.own_talk(agent, handling)?;
        self.is_on_the_line(id, handling)?;
        let whom = self.destination_dialled(agent, to)?;
        if !whom.is_emergency() && (!talk.members.is_empty() || talk.consult.is_some()) {
            return Err(Refusal::WrongState);
        }
        let phone = AskingCall { leg, up: false, holds: false };
        self.begin_consult(agent, handling, whom, None, Manner::Ask(Some(phone)))?;
        self.index.phones.insert(leg, agent);
        self.command(Command::Answer { leg });
        Ok(())
    }

    pub(super) fn begin_consult(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        whom: Destination,
        reason: Option<TransferReason>,
        manner: Manner,
    ) -> Result<(), Refusal> {
        let (id, talk) = self.own_talk(agent, handling)?;
        let joined = talk.consult.filter(|consult| consult.state() == ConsultState::Joined && consult.phone.is_none());
        match (whom.is_emergency(), talk.consult.is_some()) {
            // Whoever is asked already goes; nobody is counted.
            (true, true) => self.drop_consult(agent, handling)?,
            (true, false) => {}
            (false, true) if joined.is_none() => return Err(Refusal::WrongState),
            (false, _) => {
                self.can_hand_over(agent, &whom)?;
                can_talk_too(&talk)?;
            }
        }
        let (colleague, way) = match &whom {
            Destination::Agent(colleague) => (Some(*colleague), None),
            Destination::Outside(way) => (None, Some((**way).clone())),
            // A queue or a flow knows nothing to be asked.
            Destination::Queue(_) | Destination::Flow(_) | Destination::Loan(_) | Destination::Park => {
                return Err(Refusal::NotAllowed);
            }
        };
        let target = self.target_of(&whom);
        let route = whom.route();
        let (transfer, segment) = (self.mint(), self.mint());
        // Of three who talk the third makes room for the next who is asked.
        if joined.is_some() {
            self.conference(id);
        }
        let (kind, straight, phone) = match manner {
            Manner::Ask(phone) => (TransferKind::Consult, false, phone),
            Manner::Straight => (TransferKind::Conference, true, None),
        };
        self.emit(Event::TransferStarted { conversation: id, transfer, kind, handling, agent, target, reason, route });
        if !straight {
            self.hold_for_consult(id, agent, handling);
        }
        let consult = |asked| Some(Consult { transfer, segment, asked, joined: false, straight, phone });
        if let Some(colleague) = colleague {
            let offer = self.mint();
            self.set_consult(id, consult(Asked::Ringing { colleague, offer }));
            self.sound_talk(id);
            self.ring_desk(id, segment, talk.origin.queue(), offer, colleague, RouteReason::Consulted);
            self.ring_telephone(colleague, id, false);
        }
        if let Some(way) = way {
            let outside = self.call_outside(id, agent, way);
            self.set_consult(id, consult(Asked::Outside(outside)));
            self.sound_talk(id);
        }
        Ok(())
    }

    /// Lets all three talk with each other.
    pub(crate) fn join_consult(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (id, consult) = self.own_consult(agent, handling)?;
        if consult.state() != ConsultState::Private {
            return Err(Refusal::WrongState);
        }
        self.can_hear(id, agent, handling)?;
        self.asked_is_on_the_line(id, &consult)?;
        self.set_consult(id, Some(Consult { joined: true, ..consult }));
        let (_, part) = self.handling_of(agent, handling)?;
        if part.state != HandlingState::Talking {
            self.change_handling(id, handling, |handling| handling.state = HandlingState::Talking);
            self.emit(Event::HandlingResumed { conversation: id, handling, agent, device_back: false });
        }
        self.emit(Event::TransferJoined { conversation: id, transfer: consult.transfer });
        self.conference_if_more(id);
        self.sound_talk(id);
        Ok(())
    }

    /// Leaves the customer with whoever was asked.
    pub(crate) fn complete_consult(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (id, consult) = self.own_consult(agent, handling)?;
        self.asked_is_on_the_line(id, &consult)?;
        // Of more than three nobody is left alone with the customer.
        if self.is_conference(id) {
            return Err(Refusal::WrongState);
        }
        self.leave_to_asked(id, handling);
        Ok(())
    }

    /// The agent who asked is gone of their own will; whoever was asked has the customer.
    pub(crate) fn leave_to_asked(&mut self, id: ConversationId, handling: HandlingId) {
        let end = End { by: EndedBy::Agent, reason: EndReason::HungUp };
        let queue = self.origin_queue(id);
        self.end_talk(id, handling, HandlingEnd::Transferred, end);
        self.asked_takes_over(id, TransferEnd::Completed);
        self.begin_wrap_up(id, handling, queue);
    }

    /// The colleague goes. Refused once the customer is theirs: whoever wants to leave must not hang up on a customer by it.
    pub(crate) fn leave_consult(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (id, _) = self.handling_of(agent, handling)?;
        let consult = self.consult_of(id).filter(|consult| consult.handling() == Some(handling));
        self.colleague_hung_up(id, &consult.ok_or(Refusal::WrongState)?);
        Ok(())
    }

    /// Lets whoever is asked go and goes on with the customer.
    pub(crate) fn drop_consult(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (id, consult) = self.own_consult(agent, handling)?;
        let end = End { by: EndedBy::Agent, reason: EndReason::HungUp };
        self.let_asked_go(id, &consult, OfferEnd::Withdrawn, HandlingEnd::ConsultEnded, end);
        self.consult_over(id, TransferEnd::Dropped);
        Ok(())
    }

    /// The colleague is on the line with this leg.
    pub(crate) fn consult_answered(&mut self, id: ConversationId, leg: LegId) {
        let Some(consult) = self.consult_of(id) else { return };
        let Some(colleague) = consult.colleague() else { return };
        let handling = self.open_handling(id, colleague, leg, consult.segment, None);
        self.set_consult(id, Some(Consult { asked: Asked::Colleague { colleague, handling }, ..consult }));
        self.conference_if_straight(id);
        self.sound_talk(id);
    }

    /// The colleague hung up.
    pub(crate) fn colleague_hung_up(&mut self, id: ConversationId, consult: &Consult) {
        let end = End { by: EndedBy::Agent, reason: EndReason::HungUp };
        self.let_asked_go(id, consult, OfferEnd::Withdrawn, HandlingEnd::AgentHungUp, end);
        self.consult_over(id, TransferEnd::ColleagueLeft);
    }

    /// One of the two agents is gone, and their handling ended. Says whether the customer is in good hands.
    pub(crate) fn consult_lost_agent(&mut self, id: ConversationId, handling: HandlingId, agent: AgentId) -> bool {
        if self.conference_lost_agent(id, handling, agent) {
            return true;
        }
        let Some(consult) = self.consult_of(id) else { return false };
        if consult.handling() == Some(handling) {
            self.close_handling(id, handling, agent);
            self.consult_over(id, TransferEnd::Unreachable);
            return true;
        }
        let stays = match consult.asked {
            Asked::Colleague { .. } => true,
            // Somebody outside has the customer only if they have talked already.
            Asked::Outside(_) => consult.state() == ConsultState::Joined,
            Asked::Ringing { .. } => false,
        };
        if stays {
            self.asked_takes_over(id, TransferEnd::AgentLost);
            self.close_handling(id, handling, agent);
            return true;
        }
        self.abandon_consult(id, &consult);
        false
    }

    /// The talk is over for the agent who asked, and so is what was asked.
    pub(crate) fn abandon_consult(&mut self, id: ConversationId, consult: &Consult) {
        let end = End { by: EndedBy::Agent, reason: EndReason::HungUp };
        self.let_asked_go(id, consult, OfferEnd::Withdrawn, HandlingEnd::ConsultEnded, end);
        self.forget_consult(id, TransferEnd::Dropped);
    }

    /// The customer left, or was lost, while somebody was asked.
    pub(crate) fn customer_left_consult(&mut self, id: ConversationId, consult: &Consult, closing: Closing) {
        self.let_asked_go(id, consult, OfferEnd::CustomerLeft, closing.handling, closing.end);
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

    pub(super) fn own_consult(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
    ) -> Result<(ConversationId, Consult), Refusal> {
        let (id, talk) = self.own_talk(agent, handling)?;
        talk.consult.map(|consult| (id, consult)).ok_or(Refusal::WrongState)
    }

    /// Whether an agent would hear who is brought to them.
    pub(super) fn can_hear(&self, id: ConversationId, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        self.is_on_the_line(id, handling)?;
        let by_second = self.consult_of(id).and_then(|consult| consult.phone).is_some_and(|phone| phone.is_heard());
        if self.telephone_holds(agent) && !by_second { Err(Refusal::AtPhone) } else { Ok(()) }
    }

    /// Whether the customer would hear whoever is asked.
    fn asked_is_on_the_line(&self, id: ConversationId, consult: &Consult) -> Result<(), Refusal> {
        match consult.asked {
            Asked::Colleague { handling, .. } => self.is_on_the_line(id, handling),
            Asked::Outside(outside) if outside.is_up() => Ok(()),
            Asked::Outside(_) | Asked::Ringing { .. } => Err(Refusal::WrongState),
        }
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

    /// Ends the part of whoever is asked, whatever it has come to. There is no wrap-up: the customer was never theirs.
    pub(super) fn let_asked_go(
        &mut self,
        id: ConversationId,
        consult: &Consult,
        offer_end: OfferEnd,
        handling_end: HandlingEnd,
        end: End,
    ) {
        match consult.asked {
            Asked::Ringing { colleague: agent, offer } => {
                let offer = Offer { id: offer, agent, source: Source::Consult };
                self.withdraw_offer(id, &offer, offer_end);
            }
            Asked::Colleague { colleague, handling } => {
                self.end_talk(id, handling, handling_end, end);
                self.close_handling(id, handling, colleague);
            }
            Asked::Outside(outside) => self.hang_up_outside(id, outside, end),
        }
    }

    fn forget_consult(&mut self, id: ConversationId, end: TransferEnd) {
        let Some(consult) = self.consult_of(id) else { return };
        self.forget_asking_call(id, EndedBy::Agent, EndReason::HungUp, Some(Cause::Normal));
        self.set_consult(id, None);
        self.emit(Event::TransferEnded { conversation: id, transfer: consult.transfer, end });
    }

    /// Whoever was asked is gone; the customer is with the agent who asked.
    pub(crate) fn consult_over(&mut self, id: ConversationId, end: TransferEnd) {
        self.forget_consult(id, end);
        self.alone_with_customer(id);
    }

    /// The customer is with whoever was asked from here on. The handling of the agent who asked has ended, and with it the agent's pause of
    /// the recording.
    fn asked_takes_over(&mut self, id: ConversationId, end: TransferEnd) {
        let Some(consult) = self.consult_of(id).filter(Consult::is_answered) else { return };
        self.forget_consult(id, end);
        self.end_recording_pause(id);
        if let Asked::Outside(outside) = consult.asked {
            return self.leave_to_outside(id, outside);
        }
        let talk = self.conversations.get_mut(&id).map(|known| &mut known.stage);
        if let (Some(CustomerStage::Talking(talk)), Some(handling)) = (talk, consult.handling()) {
            talk.handling = handling;
        }
        self.alone_with_customer(id);
    }

    /// One agent is left for the customer: they talk, or the customer hears music because the agent's phone is away or on hold.
    pub(super) fn alone_with_customer(&mut self, id: ConversationId) {
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
