//! A customer is lent to a flow and comes back to the agent who sent them there (decision 0129).
//!
//! ```text
//! Talking ─▶ InFlow ─▶ the flow hangs up ─▶ the sender's desk rings, or the customer waits for the sender ─▶ the queue they came from
//!              └─────▶ the flow joins a queue: the loan is over
//! ```
//! The sender wraps up and may take others meanwhile. Once they have no live work, the customer who is back goes before whoever
//! routing would offer them.
//!
//! Somebody who was called comes back the same way out of a queue that they were handed to, when its longest wait is over or nobody at work
//! serves it any more (decision 0135).

use domain::{AgentId, ConversationId, FlowId, LeaveReason, SegmentId, TransferEnd, TransferId};

use super::{Back, CustomerStage, Offer, Origin, Place, Sent, Source, Transfer};
use crate::floor::Floor;
use crate::limits::RETURN_WAIT;
use crate::output::Ignored;
use crate::rooms::Scene;
use crate::timers::Timer;

impl Floor {
    /// Leads the customer of a talk that is over through a flow, and keeps in mind who has them back.
    pub(super) fn lend(
        &mut self,
        id: ConversationId,
        transfer: TransferId,
        sender: AgentId,
        flow: FlowId,
        origin: Origin,
    ) {
        let segment = self.mint();
        let loan = Transfer { id: transfer, segment, sender, origin, returning: false, lent: true, parked_until: None };
        // The first node may be one that plays nothing: the sender must not stay in the room for it.
        self.keep_before_queue(id);
        self.set_scene(id, Scene::Silence);
        match self.catalog.flow(flow) {
            Some(flow) => self.enter_lent(id, flow, loan),
            None => self.come_back(id, loan),
        }
    }

    /// The flow is over, or cannot go on. Its last node has been left.
    pub(crate) fn come_back(&mut self, id: ConversationId, loan: Transfer) {
        self.end_transfer(id, &loan, TransferEnd::Returned);
        let segment: SegmentId = self.mint();
        self.wait_for_sender(id, Transfer { returning: true, segment, ..loan });
    }

    /// A queue gives a customer back to whoever handed them over. They have left it.
    pub(super) fn back_to_sender(&mut self, id: ConversationId, sent: Sent) {
        let (Sent { transfer, agent }, segment) = (sent, self.mint());
        let origin = Origin::Dialled;
        let back =
            Transfer { id: transfer, segment, sender: agent, origin, returning: true, lent: false, parked_until: None };
        self.wait_for_sender(id, back);
    }

    /// The sender's desk rings, as soon as they have no other work.
    fn wait_for_sender(&mut self, id: ConversationId, back: Transfer) {
        match back.origin.queue() {
            Some(queue) => self.keep_in_queue(id, queue),
            None => self.keep_dialled(id),
        }
        self.play_handover_music(id, &back.origin, back.sender);
        if self.free_for(back.sender, id) {
            let sender = back.sender;
            return self.offer_transfer(id, back, sender);
        }
        if !self.is_signed_in(back.sender) {
            return self.transfer_failed(id, back, TransferEnd::Unreachable);
        }
        self.timers.set(Timer::Return(id), self.now.mono + RETURN_WAIT);
        self.index.returning.insert(id);
        self.set_stage(id, CustomerStage::Returning(back));
    }

    /// Offers those who are back to their senders, as far as these have become free, before routing looks for others to offer them.
    pub(crate) fn look_at_returning(&mut self) {
        let waiting: Vec<ConversationId> = self.index.returning.iter().copied().collect();
        for id in waiting {
            self.guarded(|floor| floor.look_at_return(id));
        }
    }

    fn look_at_return(&mut self, id: ConversationId) {
        let Some(back) = self.returning(id) else { return };
        self.guard.subject = Some(id);
        let sender = back.sender;
        if self.free_for(sender, id) {
            self.forget_return(id);
            self.offer_transfer(id, back, sender);
        } else if !self.is_signed_in(sender) {
            self.forget_return(id);
            self.transfer_failed(id, back, TransferEnd::Unreachable);
        }
    }

    /// Gives back those who were called and wait in a queue that nobody at work serves.
    pub(crate) fn look_at_unserved(&mut self) {
        let attendance = Some(self.router.attendance());
        if std::mem::replace(&mut self.index.sent_seen, attendance) == attendance || self.index.sent.is_empty() {
            return;
        }
        let sent: Vec<ConversationId> = self.index.sent.iter().copied().collect();
        for id in sent {
            self.guarded(|floor| floor.look_at_place(id));
        }
    }

    fn look_at_place(&mut self, id: ConversationId) {
        let (place, sent) = match self.conversations.get(&id).map(|known| &known.stage) {
            Some(CustomerStage::Waiting(place @ Place { back: Back::Sender(sent), .. })) => (place.clone(), *sent),
            // Whoever is rung is at work.
            Some(CustomerStage::Ringing(Offer { source: Source::Queue(_), .. })) => return,
            Some(_) | None => {
                self.index.sent.remove(&id);
                return;
            }
        };
        if !self.router.is_served(place.queue) {
            self.guard.subject = Some(id);
            self.index.sent.remove(&id);
            self.give_up_place(id, &place, LeaveReason::Unserved);
            self.back_to_sender(id, sent);
        }
    }

    /// The sender did not become free in time.
    pub(crate) fn returned_too_long(&mut self, id: ConversationId) {
        let Some(back) = self.returning(id) else { return self.ignore(Ignored::Late) };
        self.guard.subject = Some(id);
        self.forget_return(id);
        self.transfer_failed(id, back, TransferEnd::NoAnswer);
    }

    /// The customer waits for their sender no more.
    pub(crate) fn forget_return(&mut self, id: ConversationId) {
        self.timers.cancel(Timer::Return(id));
        self.index.returning.remove(&id);
    }

    fn returning(&self, id: ConversationId) -> Option<Transfer> {
        match &self.conversations.get(&id)?.stage {
            CustomerStage::Returning(back) => Some(back.clone()),
            CustomerStage::Arriving
            | CustomerStage::InFlow(_)
            | CustomerStage::Waiting(_)
            | CustomerStage::Ringing(_)
            | CustomerStage::Parked(_)
            | CustomerStage::Forwarded(_)
            | CustomerStage::Dialling(_)
            | CustomerStage::Talking(_)
            | CustomerStage::Leaving(_)
            | CustomerStage::Gone(_) => None,
        }
    }
}
