//! How a customer leaves, from every stage, and how a conversation ends.

use domain::event::FlowExit;
use domain::input::{FailedCommand, Quality};
use domain::{
    Cause, ClearingCause, ConversationId, EndReason, EndedBy, Event, HandlingEnd, LeaveReason, LegId, OfferEnd,
    OutboundResult, Refusal,
};

use super::rerouting::Failure;
use super::{Conversation, CustomerStage, End, Place, Source};
use crate::floor::Floor;
use crate::output::Ignored;
use crate::timers::Timer;

/// What is written about whatever the customer is torn out of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Closing {
    pub flow: FlowExit,
    pub queue: LeaveReason,
    pub handling: HandlingEnd,
    /// The customer did not want to go: a place in a queue is kept for a redial.
    pub keeps_place: bool,
    pub end: End,
}

impl Closing {
    /// The customer went.
    fn customer_left(end: End) -> Closing {
        match end.by {
            EndedBy::Customer => Closing {
                flow: FlowExit::CustomerLeft,
                queue: LeaveReason::Abandoned,
                handling: HandlingEnd::CustomerHungUp,
                keeps_place: false,
                end,
            },
            EndedBy::Network | EndedBy::Agent | EndedBy::System | EndedBy::Outside => Closing {
                flow: FlowExit::CustomerLeft,
                queue: LeaveReason::Failed,
                handling: HandlingEnd::NetworkFailed,
                keeps_place: end.by != EndedBy::Agent,
                end,
            },
        }
    }

    /// Somebody who is not in it decided that it is over.
    fn decided(end: End) -> Closing {
        let (flow, queue, handling) = (FlowExit::Failed, LeaveReason::Failed, HandlingEnd::Released);
        Closing { flow, queue, handling, keeps_place: false, end }
    }

    /// We cannot go on.
    fn failed(end: End) -> Closing {
        let (flow, queue, handling) = (FlowExit::Failed, LeaveReason::Failed, HandlingEnd::InternalFault);
        Closing { flow, queue, handling, keeps_place: false, end }
    }
}

impl Floor {
    pub(crate) fn leg_ended(
        &mut self,
        leg: LegId,
        by: EndedBy,
        reason: EndReason,
        cause: Option<ClearingCause>,
        quality: Option<Quality>,
    ) {
        if let Some(agent) = self.index.phones.get(&leg).copied() {
            if self.reroute_mobile(agent, leg, Failure { reason, cause }) {
                return;
            }
            return self.telephone_ended(agent, leg, by, reason);
        }
        if let Some((id, outside)) = self.outside_of_leg(leg) {
            return self.outside_ended(id, outside, by, Failure { reason, cause }, quality);
        }
        let Some(id) = self.conversation_of_leg(leg) else { return };
        // A colleague's phone that was called is the far side of this conversation.
        let by = if by == EndedBy::Agent { EndedBy::Customer } else { by };
        let Some(conversation) = self.conversations.get(&id) else { return };
        let end = match conversation.stage {
            CustomerStage::Leaving(end) => end,
            CustomerStage::Gone(_) => return self.ignore(Ignored::Duplicate),
            CustomerStage::Dialling(_) => return self.far_side_ended(id, reason, cause),
            CustomerStage::Arriving
            | CustomerStage::InFlow(_)
            | CustomerStage::Waiting(_)
            | CustomerStage::Ringing(_)
            | CustomerStage::Parked(_)
            | CustomerStage::Returning(_)
            | CustomerStage::Forwarded(_)
            | CustomerStage::Talking(_) => End { by, reason },
        };
        self.close_stage(id, Closing::customer_left(end));
        self.index.legs.remove(&leg);
        if self.records.conversations.get(&id).is_some_and(|record| record.legs.contains_key(&leg)) {
            self.emit(Event::LegLeft { conversation: id, leg, by: end.by, reason: end.reason, quality });
        }
        self.customer_gone(id, end);
    }

    fn customer_gone(&mut self, id: ConversationId, end: End) {
        self.close_room(id);
        self.end_listening(id);
        self.free_callee(id);
        self.set_stage(id, CustomerStage::Gone(end));
        self.end_if_over(id);
    }

    pub(crate) fn media_lost(&mut self, leg: LegId) {
        if let Some(agent) = self.index.phones.get(&leg).copied() {
            return self.telephone_silent(agent, leg);
        }
        if let Some((id, outside)) = self.outside_of_leg(leg) {
            return self.outside_silent(id, outside);
        }
        let Some(id) = self.conversation_of_leg(leg) else { return };
        // Before the answer nobody has to be heard.
        if self.has_left(id) || self.conversations.get(&id).is_some_and(|known| known.early.is_some()) {
            return self.ignore(Ignored::Late);
        }
        let end = End { by: EndedBy::Network, reason: EndReason::MediaLost };
        self.close_stage(id, Closing::customer_left(end));
        self.release_customer(id, end, Cause::Normal);
    }

    pub(crate) fn command_failed(&mut self, what: FailedCommand, why: EndReason) {
        if let FailedCommand::Leg(leg) = what
            && let Some(agent) = self.index.phones.get(&leg).copied()
        {
            if self.reroute_mobile(agent, leg, Failure { reason: why, cause: None }) {
                return;
            }
            return self.telephone_ended(agent, leg, EndedBy::System, why);
        }
        if let FailedCommand::Leg(leg) = what
            && let Some((id, outside)) = self.outside_of_leg(leg)
        {
            let failure = Failure { reason: why, cause: None };
            return self.outside_ended(id, outside, EndedBy::System, failure, None);
        }
        let id = match what {
            FailedCommand::Leg(leg) => self.index.legs.get(&leg).copied(),
            FailedCommand::Room(room) => self.index.rooms.get(&room).copied(),
        };
        match id {
            Some(id) if !self.has_left(id) => {
                self.guard.subject = Some(id);
                self.fail_customer(id, why);
            }
            Some(_) | None => self.ignore(Ignored::Late),
        }
    }

    fn has_left(&self, id: ConversationId) -> bool {
        let stage = self.conversations.get(&id).map(|conversation| &conversation.stage);
        matches!(stage, None | Some(CustomerStage::Leaving(_) | CustomerStage::Gone(_)))
    }

    /// Ends a call that cannot go on.
    pub(crate) fn fail_customer(&mut self, id: ConversationId, reason: EndReason) {
        self.close_stage(id, Closing::failed(End { by: EndedBy::System, reason }));
        self.give_up_customer(id, reason);
    }

    /// The same for a customer who is between two stages: what they were in has been closed.
    pub(crate) fn give_up_customer(&mut self, id: ConversationId, reason: EndReason) {
        // A flow that cannot go on is like that at every try.
        let is_certain =
            reason == EndReason::FlowFailed && self.conversations.get(&id).is_some_and(Conversation::is_unanswered);
        let cause = if is_certain { Cause::Unavailable } else { Cause::InternalFault };
        self.release_customer(id, End { by: EndedBy::System, reason }, cause);
    }

    /// Ends a call that no agent is with: in a flow, in a queue, parked, or with somebody outside. While a desk rings or an agent talks it
    /// is refused: the offer is over in a moment, and the talk is ended with its agent.
    pub(crate) fn end_conversation(&mut self, id: ConversationId) -> Result<(), Refusal> {
        let stage = self.conversations.get(&id).map(|conversation| &conversation.stage);
        let stage = stage.ok_or(Refusal::WrongState)?;
        match stage {
            CustomerStage::InFlow(_)
            | CustomerStage::Waiting(_)
            | CustomerStage::Parked(_)
            | CustomerStage::Returning(_)
            | CustomerStage::Forwarded(_) => {}
            CustomerStage::Arriving
            | CustomerStage::Ringing(_)
            | CustomerStage::Dialling(_)
            | CustomerStage::Talking(_)
            | CustomerStage::Leaving(_)
            | CustomerStage::Gone(_) => return Err(Refusal::WrongState),
        }
        self.guard.subject = Some(id);
        let end = End { by: EndedBy::System, reason: EndReason::HungUp };
        self.close_stage(id, Closing::decided(end));
        self.release_customer(id, end, Cause::Normal);
        Ok(())
    }

    /// Lets go of the customer's leg. Whatever stage the customer was in has been closed.
    pub(crate) fn release_customer(&mut self, id: ConversationId, end: End, cause: Cause) {
        let Some(conversation) = self.conversations.get(&id) else { return };
        let leg = conversation.leg;
        if !conversation.has_leg {
            self.index.legs.remove(&leg);
            return self.customer_gone(id, end);
        }
        let parting = conversation.parting(cause);
        self.command(parting);
        self.close_room(id);
        self.end_listening(id);
        self.set_stage(id, CustomerStage::Leaving(end));
    }

    /// Nobody is listened to any more.
    fn end_listening(&mut self, id: ConversationId) {
        self.timers.cancel(Timer::Progress(id));
        self.timers.cancel(Timer::DeadAir(id));
        self.timers.cancel(Timer::EarlyMedia(id));
        if let Some(conversation) = self.conversations.get_mut(&id) {
            (conversation.progress, conversation.unheard, conversation.early) = (None, None, None);
        }
    }

    /// Closes what the customer is in the middle of; the caller decides the next stage.
    pub(crate) fn close_stage(&mut self, id: ConversationId, closing: Closing) {
        let Some(conversation) = self.conversations.get(&id) else { return };
        match conversation.stage.clone() {
            CustomerStage::Arriving | CustomerStage::Leaving(_) | CustomerStage::Gone(_) => {}
            CustomerStage::InFlow(cursor) => {
                self.leave_flow(id, &cursor, closing.flow);
                if let Some(loan) = &cursor.loan {
                    self.customer_left_transfer(id, loan, closing.handling);
                }
            }
            CustomerStage::Waiting(place) => self.leave_place(id, &place, closing),
            CustomerStage::Ringing(offer) => {
                self.withdraw_offer(id, &offer, OfferEnd::CustomerLeft);
                match &offer.source {
                    Source::Queue(place) => self.leave_place(id, place, closing),
                    Source::Transfer(transfer) => self.customer_left_transfer(id, transfer, closing.handling),
                    Source::Consult => {}
                }
            }
            CustomerStage::Parked(transfer) => {
                self.timers.cancel(Timer::Park(id));
                self.customer_left_transfer(id, &transfer, closing.handling);
            }
            CustomerStage::Returning(_) => self.forget_return(id),
            CustomerStage::Forwarded(forward) => {
                self.hang_up_outside(id, forward.outside, closing.end);
                if let Some(transfer) = &forward.transfer {
                    self.customer_left_transfer(id, transfer, closing.handling);
                }
            }
            CustomerStage::Dialling(dialling) => {
                let failed = closing.handling == HandlingEnd::InternalFault;
                let result = if failed { OutboundResult::InternalFault } else { OutboundResult::Unreachable };
                self.close_dialling(id, &dialling, result, None);
            }
            CustomerStage::Talking(talk) => {
                if let Some(consult) = &talk.consult {
                    self.customer_left_consult(id, consult, closing);
                }
                self.end_conference(id, closing.handling, closing.end);
                self.end_talk(id, talk.handling, closing.handling, closing.end);
                self.begin_wrap_up(id, talk.handling, talk.origin.queue());
            }
        }
    }

    fn leave_place(&mut self, id: ConversationId, place: &Place, closing: Closing) {
        self.give_up_place(id, place, closing.queue);
        if closing.keeps_place {
            self.keep_place(id, place.segment, place.queue);
        }
    }

    /// A conversation is over when its customer is gone and every handling is closed.
    pub(crate) fn end_if_over(&mut self, id: ConversationId) {
        let Some(conversation) = self.conversations.get(&id) else { return };
        let CustomerStage::Gone(end) = conversation.stage else { return };
        if !conversation.handlings.is_empty() {
            return;
        }
        self.conversations.remove(&id);
        self.index.sent.remove(&id);
        self.timers.cancel(Timer::Menu(id));
        self.timers.cancel(Timer::QueueWait(id));
        self.timers.cancel(Timer::Message(id));
        self.emit(Event::ConversationEnded { conversation: id, by: end.by, reason: end.reason });
    }
}
