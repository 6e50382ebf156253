//! A fault of ours in one step condemns one conversation, not the centre.
//!
//! What the ledger says is open is closed with `InternalFault`; what memory says is thrown away and routing's indexes are built again
//! from the primary maps and checked. When that fails, or no conversation is to blame, the panic goes on to the caller, which restarts
//! the partition from the ledger.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use domain::event::FlowExit;
use domain::{
    Cause, Command, ConferenceChange, ConferenceEnd, ConversationId, EndReason, EndedBy, Event, HandlingEnd,
    LeaveReason, OfferEnd, OutboundResult, Refusal, Supervision, SupervisionEnd, TransferEnd, WrapUpEnd,
};

use crate::conversation::Conversation;
use crate::floor::Floor;
use crate::records::ConversationRecord;
use crate::timers::Timer;

/// What is written when a conversation is torn off in the middle.
pub(crate) struct TornOff {
    pub flow: FlowExit,
    pub offer: OfferEnd,
    pub transfer: TransferEnd,
    pub conference: ConferenceEnd,
    pub supervision: SupervisionEnd,
    pub outbound: OutboundResult,
    pub handling: HandlingEnd,
    pub wrap_up: WrapUpEnd,
    pub reason: EndReason,
}

impl TornOff {
    const FAULT: TornOff = TornOff {
        flow: FlowExit::Failed,
        offer: OfferEnd::CustomerLeft,
        transfer: TransferEnd::Failed,
        conference: ConferenceEnd::Failed,
        supervision: SupervisionEnd::Failed,
        outbound: OutboundResult::InternalFault,
        handling: HandlingEnd::InternalFault,
        wrap_up: WrapUpEnd::NodeRestarted,
        reason: EndReason::InternalFault,
    };

    pub(crate) const RESTART: TornOff = TornOff {
        flow: FlowExit::NodeRestarted,
        offer: OfferEnd::NodeRestarted,
        transfer: TransferEnd::NodeRestarted,
        conference: ConferenceEnd::NodeRestarted,
        supervision: SupervisionEnd::NodeRestarted,
        outbound: OutboundResult::NodeRestarted,
        handling: HandlingEnd::NodeRestarted,
        wrap_up: WrapUpEnd::NodeRestarted,
        reason: EndReason::NodeRestarted,
    };
}

impl Floor {
    pub(crate) fn guarded(&mut self, work: impl FnOnce(&mut Floor)) {
        self.guard.subject = None;
        // Sound: after a panic nothing half-changed is used again, see `condemn`.
        let Err(panic) = catch_unwind(AssertUnwindSafe(|| work(self))) else { return };
        let Some(subject) = self.guard.subject.take() else { resume_unwind(panic) };
        if self.condemn(subject).is_err() {
            resume_unwind(panic);
        }
    }

    fn condemn(&mut self, id: ConversationId) -> Result<(), &'static str> {
        let record = self.records.conversations.get(&id).cloned();
        let segment = record.as_ref().and_then(|record| record.queue).map(|(segment, _)| segment);
        if let Some(conversation) = self.conversations.remove(&id) {
            if conversation.has_leg {
                self.command(conversation.parting(Cause::InternalFault));
            }
            let outside: Vec<_> =
                self.index.outsides.iter().filter(|(_, of)| **of == id).map(|(leg, _)| *leg).collect();
            for leg in outside {
                self.index.outsides.remove(&leg);
                self.command(Command::Release { leg, cause: Cause::InternalFault });
            }
            self.drop_telephones_of(id);
            if let Some(phone) = conversation.talk().and_then(|talk| talk.consult?.phone) {
                self.index.phones.remove(&phone.leg);
                self.command(Command::Release { leg: phone.leg, cause: Cause::InternalFault });
            }
            self.forget(&conversation);
        }
        self.close_record(id, &TornOff::FAULT);
        self.reply(Err(Refusal::HandlingOver));
        for desk in self.desks.values_mut() {
            if desk.work == Some(id) {
                desk.work = None;
            }
            if desk.called_in == Some(id) {
                desk.called_in = None;
            }
        }
        let standings: Vec<_> = self.desks.keys().map(|agent| (*agent, self.standing_of(*agent))).collect();
        let gone: Vec<_> =
            self.index.segments.iter().filter(|(_, of)| **of == id).map(|(segment, _)| *segment).collect();
        self.index.segments.retain(|_, of| *of != id);
        self.router.recover(gone.into_iter().chain(segment), standings)
    }

    /// Drops everything that leads to a conversation.
    fn forget(&mut self, conversation: &Conversation) {
        let id = conversation.id;
        if let Some(room) = &conversation.room {
            self.command(Command::CloseRoom { room: room.id });
        }
        let offers: Vec<_> = self.index.offers.iter().filter(|(_, of)| **of == id).map(|(offer, _)| *offer).collect();
        for offer in offers {
            self.index.offers.remove(&offer);
            self.timers.cancel(Timer::Ring(offer));
        }
        for handling in &conversation.handlings {
            self.timers.cancel(Timer::WrapUp(handling.id));
        }
        self.timers.cancel(Timer::Menu(id));
        self.timers.cancel(Timer::QueueWait(id));
        self.timers.cancel(Timer::Dial(id));
        self.timers.cancel(Timer::Message(id));
        self.timers.cancel(Timer::Park(id));
        self.forget_return(id);
        self.index.sent.remove(&id);
        self.timers.cancel(Timer::Forward(id));
        self.timers.cancel(Timer::Pause(id));
        self.timers.cancel(Timer::Progress(id));
        self.timers.cancel(Timer::DeadAir(id));
        self.timers.cancel(Timer::EarlyMedia(id));
        self.index.legs.retain(|_, of| *of != id);
        self.index.rooms.retain(|_, of| *of != id);
        self.index.handlings.retain(|_, of| *of != id);
    }

    fn drop_telephones_of(&mut self, id: domain::ConversationId) {
        let rung = |desk: &crate::agent::Desk| desk.call.is_some_and(|call| call.conversation == id);
        let agents: Vec<_> = self.desks.iter().filter(|(_, desk)| rung(desk)).map(|(agent, _)| *agent).collect();
        for agent in agents {
            self.drop_telephone(agent, Cause::InternalFault);
        }
    }

    /// Writes the end of everything the ledger holds open in a conversation, and of the conversation.
    pub(crate) fn close_record(&mut self, id: ConversationId, torn: &TornOff) {
        let Some(record) = self.records.conversations.get(&id).cloned() else { return };
        let ConversationRecord {
            legs,
            customer_left,
            flow,
            queue,
            offer,
            transfer,
            conference,
            outbound,
            handlings,
            supervisors,
            ..
        } = record;
        if let Some((segment, node)) = flow {
            self.emit(Event::FlowNodeLeft { conversation: id, segment, node, exit: torn.flow });
        }
        if let Some((offer, agent)) = offer {
            self.emit(Event::OfferEnded { conversation: id, offer, agent, end: torn.offer });
        }
        if let Some((segment, queue)) = queue {
            self.emit(Event::LeftQueue { conversation: id, segment, queue, reason: LeaveReason::Failed });
            self.keep_place(id, segment, queue);
        }
        if let Some((segment, agent)) = outbound {
            let (result, by, post_dial_delay) = (torn.outbound, None, None);
            self.emit(Event::OutboundEnded { conversation: id, segment, agent, result, by, post_dial_delay });
        }
        for (handling, record) in handlings {
            let agent = record.agent;
            if record.wrapping_up {
                self.emit(Event::WrapUpFinished { conversation: id, handling, agent, end: torn.wrap_up });
            } else {
                self.emit(Event::HandlingEnded { conversation: id, handling, agent, end: torn.handling });
            }
        }
        if let Some(transfer) = transfer {
            self.emit(Event::TransferEnded { conversation: id, transfer, end: torn.transfer });
        }
        for transfer in conference {
            let what = ConferenceChange::Left { end: torn.conference };
            self.emit(Event::ConferenceChanged { conversation: id, transfer, by: None, what });
        }
        for agent in supervisors.into_keys() {
            let what = Supervision::Ended { end: torn.supervision };
            self.emit(Event::Supervised { conversation: id, agent, what });
        }
        let by = EndedBy::System;
        for leg in legs.into_keys() {
            self.emit(Event::LegLeft { conversation: id, leg, by, reason: torn.reason, quality: None });
        }
        // Of a conversation whose customer had left before, only the agent's part was torn off.
        let (by, reason) = customer_left.unwrap_or((by, torn.reason));
        self.emit(Event::ConversationEnded { conversation: id, by, reason });
    }
}
