//! Somebody outside is called for a customer who is there: asked first, or rung while the customer hears music. Once no agent is with
//! the customer the two talk, and whoever hangs up ends the call for both. A phone of ours that belongs to no agent is outside, too.

use domain::input::Quality;
use domain::room::PortRole;
use domain::{
    AgentId, Cause, Command, ConversationId, DeviceId, DialTarget, EndReason, EndedBy, Event, LegId, OutboundResult,
    Refusal, TransferEnd, TrunkId,
};

use super::dialling::result_of;
use super::rerouting::{Failure, OutsideCall};
use super::{Asked, Consult, Conversation, CustomerStage, End, Member, Transfer, Way};
use crate::floor::Floor;
use crate::limits::{DIAL_MAX, FORWARDED_MAX, FORWARDED_TALK_MAX};
use crate::output::Ignored;
use crate::rooms::{Scene, Voice};
use crate::timers::Timer;

/// A call outside for a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outside {
    pub leg: LegId,
    pub trunk: Option<TrunkId>,
    /// The phone of ours that is called.
    pub device: Option<DeviceId>,
    /// Tones and silence before the answer end it.
    pub listened: bool,
    pub line: Line,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Called,
    Ringing,
    /// The far side is heard before it answers.
    Early,
    Up,
}

/// A customer who was handed over to somebody outside.
#[derive(Clone, Debug)]
pub(crate) struct Forward {
    pub outside: Outside,
    /// While they are called.
    pub transfer: Option<Transfer>,
}

impl Outside {
    pub(crate) fn is_up(&self) -> bool {
        self.line == Line::Up
    }

    /// How they take part in the room, as far as they are heard.
    pub(crate) fn voice(&self) -> Option<Voice> {
        match self.line {
            Line::Called | Line::Ringing => None,
            Line::Early | Line::Up => Some(Voice { deaf: !self.is_up(), ..Voice::of(self.leg, PortRole::Outside) }),
        }
    }
}

impl Conversation {
    /// Everybody who is called outside for the customer.
    pub(crate) fn outsides(&self) -> impl Iterator<Item = Outside> + '_ {
        self.outside().into_iter().chain(self.members().iter().filter_map(Member::outside))
    }

    /// Whoever is called outside for the customer, and takes no part in a conference.
    pub(crate) fn outside(&self) -> Option<Outside> {
        match (&self.stage, self.talk().and_then(|talk| talk.consult)) {
            (CustomerStage::Forwarded(forward), _) => Some(forward.outside),
            (_, Some(Consult { asked: Asked::Outside(outside), .. })) => Some(outside),
            (_, _) => None,
        }
    }

    fn forward_mut(&mut self) -> Option<&mut Forward> {
        match &mut self.stage {
            CustomerStage::Forwarded(forward) => Some(forward),
            CustomerStage::Arriving
            | CustomerStage::InFlow(_)
            | CustomerStage::Waiting(_)
            | CustomerStage::Ringing(_)
            | CustomerStage::Parked(_)
            | CustomerStage::Returning(_)
            | CustomerStage::Dialling(_)
            | CustomerStage::Talking(_)
            | CustomerStage::Leaving(_)
            | CustomerStage::Gone(_) => None,
        }
    }
}

/// What a call that came to nothing means for the transfer it was made for.
fn end_of_call(result: OutboundResult) -> TransferEnd {
    match result {
        OutboundResult::Busy => TransferEnd::Busy,
        OutboundResult::NoAnswer => TransferEnd::NoAnswer,
        OutboundResult::Declined => TransferEnd::Declined,
        OutboundResult::Unreachable | OutboundResult::Congestion | OutboundResult::Failed => TransferEnd::Unreachable,
        OutboundResult::InvalidNumber => TransferEnd::InvalidNumber,
        OutboundResult::Answered
        | OutboundResult::Cancelled
        | OutboundResult::AgentUnavailable
        | OutboundResult::NodeRestarted
        | OutboundResult::InternalFault => TransferEnd::Failed,
    }
}

impl Floor {
    /// Calls somebody outside for a customer; the caller puts the call where it belongs.
    pub(super) fn call_outside(&mut self, id: ConversationId, agent: AgentId, way: Way) -> Outside {
        let (leg, trunk, device, listened) = (self.mint(), way.trunk(), way.device(), way.is_listened());
        let call = OutsideCall::new(agent, &way);
        self.index.outsides.insert(leg, id);
        self.timers.set(Timer::Dial(id), self.now.mono + DIAL_MAX);
        if let Some(conversation) = self.conversations.get_mut(&id) {
            conversation.outside_call = Some(call);
        }
        let Way { target, caller, withheld, .. } = way;
        self.command(Command::Dial { leg, target, caller, withheld, auto_answer: false });
        Outside { leg, trunk, device, listened, line: Line::Called }
    }

    pub(super) fn can_forward(&self) -> Result<(), Refusal> {
        let forwarded = self.conversations.values().filter(|known| matches!(known.stage, CustomerStage::Forwarded(_)));
        if forwarded.count() >= FORWARDED_MAX { Err(Refusal::Overload) } else { Ok(()) }
    }

    /// Hands a customer over to somebody outside. The music has begun. A phone of ours shows the customer, as a colleague's does.
    pub(super) fn forward(&mut self, id: ConversationId, transfer: Transfer, mut way: Way) {
        if let (DialTarget::Device(_), Some(known)) = (&way.target, self.conversations.get(&id)) {
            way.caller.clone_from(&known.calling);
        }
        let outside = self.call_outside(id, transfer.sender, way);
        self.set_stage(id, CustomerStage::Forwarded(Forward { outside, transfer: Some(transfer) }));
    }

    /// Leaves a customer with whoever is on the line outside.
    pub(super) fn leave_to_outside(&mut self, id: ConversationId, outside: Outside) {
        self.set_stage(id, CustomerStage::Forwarded(Forward { outside, transfer: None }));
        self.begin_forward(id);
    }

    /// Customer and the far side hear each other, and no agent is with them.
    fn begin_forward(&mut self, id: ConversationId) {
        self.timers.set(Timer::Forward(id), self.now.mono + FORWARDED_TALK_MAX);
        let voice = self.conversations.get(&id).and_then(|known| known.outside()?.voice());
        if let Some(voice) = voice {
            self.set_scene(id, Scene::Conference { agents: vec![voice] });
        }
    }

    /// The conversation a leg was called outside for, and the call; notes it as the subject of the step.
    pub(crate) fn outside_of_leg(&mut self, leg: LegId) -> Option<(ConversationId, Outside)> {
        let id = *self.index.outsides.get(&leg)?;
        self.guard.subject = Some(id);
        let outside = self.conversations.get(&id)?.outsides().find(|outside| outside.leg == leg)?;
        Some((id, outside))
    }

    pub(crate) fn outside_progress(&mut self, id: ConversationId, outside: Outside, early_media: bool) {
        let next = if early_media { Line::Early } else { Line::Ringing };
        self.trunk_heard(outside.trunk);
        match outside.line {
            Line::Called | Line::Ringing if outside.line != next => {
                self.change_line(id, next);
                // Before the answer nobody hears who is forwarded to, nor who is added straight.
                let in_private = self.consult_of(id).is_some_and(|consult| !consult.straight);
                if early_media && outside.listened && in_private {
                    self.listen_to_early_media(id, outside.leg);
                }
                self.sound_talk(id);
            }
            Line::Called | Line::Ringing | Line::Early | Line::Up => {
                if !early_media {
                    self.rings_after_all(id, outside.leg);
                }
                self.ignore(Ignored::Duplicate);
            }
        }
    }

    pub(crate) fn outside_answered(&mut self, id: ConversationId, outside: Outside) {
        if outside.is_up() {
            return self.ignore(Ignored::Duplicate);
        }
        let Outside { leg, trunk, .. } = outside;
        self.trunk_heard(trunk);
        self.timers.cancel(Timer::Dial(id));
        self.forget_progress(id, leg);
        self.emit(Event::LegJoined { conversation: id, leg, role: PortRole::Outside, agent: None, trunk });
        self.emit(Event::LegAnswered { conversation: id, leg });
        self.change_line(id, Line::Up);
        match self.take_forward(id) {
            Some(transfer) => {
                self.transfer_taken(id, &transfer);
                self.begin_forward(id);
            }
            None => {
                self.conference_if_straight(id);
                self.sound_talk(id);
            }
        }
    }

    fn take_forward(&mut self, id: ConversationId) -> Option<Transfer> {
        self.conversations.get_mut(&id)?.forward_mut()?.transfer.take()
    }

    fn change_line(&mut self, id: ConversationId, line: Line) {
        if let Some(conversation) = self.conversations.get_mut(&id) {
            conversation.change_outside(|outside| outside.line = line);
        }
    }

    /// The far side is gone, or the call came to nothing; when it was the trunk that failed, the next one is tried.
    pub(crate) fn outside_ended(
        &mut self,
        id: ConversationId,
        outside: Outside,
        by: EndedBy,
        failure: Failure,
        quality: Option<Quality>,
    ) {
        if self.reroute_outside(id, outside, failure) {
            return;
        }
        let reason = failure.reason;
        let by = match by {
            // Signalling tells the two sides of Callisto apart, and this is the far side of either.
            EndedBy::Customer | EndedBy::Agent | EndedBy::Outside => EndedBy::Outside,
            EndedBy::System | EndedBy::Network => by,
        };
        self.forget_outside(id, outside, End { by, reason }, quality);
        self.outside_gone(id, outside, End { by, reason });
    }

    /// No sound comes from outside any more. Before the answer that is nothing: some lines say a sentence and then ring.
    pub(crate) fn outside_silent(&mut self, id: ConversationId, outside: Outside) {
        if !outside.is_up() {
            return self.ignore(Ignored::Late);
        }
        self.end_outside(id, outside, End { by: EndedBy::Network, reason: EndReason::MediaLost });
    }

    /// Nobody answered in time.
    pub(super) fn outside_timed_out(&mut self, id: ConversationId, outside: Outside) {
        self.end_outside(id, outside, End { by: EndedBy::System, reason: EndReason::NoAnswer });
    }

    /// The two have talked so long that they must have forgotten to hang up.
    pub(crate) fn forwarded_too_long(&mut self, id: ConversationId) {
        self.guard.subject = Some(id);
        if let Some(outside) = self.conversations.get(&id).and_then(Conversation::outside) {
            self.end_outside(id, outside, End { by: EndedBy::System, reason: EndReason::HungUp });
        }
    }

    pub(super) fn end_outside(&mut self, id: ConversationId, outside: Outside, end: End) {
        self.hang_up_outside(id, outside, end);
        self.outside_gone(id, outside, end);
    }

    /// Lets go of whoever was called outside.
    pub(super) fn hang_up_outside(&mut self, id: ConversationId, outside: Outside, end: End) {
        self.forget_outside(id, outside, end, None);
        self.command(Command::Release { leg: outside.leg, cause: Cause::Normal });
    }

    fn forget_outside(&mut self, id: ConversationId, outside: Outside, end: End, quality: Option<Quality>) {
        let (leg, End { by, reason }) = (outside.leg, end);
        self.forget_progress(id, leg);
        self.index.outsides.remove(&leg);
        if outside.is_up() {
            self.timers.cancel(Timer::Forward(id));
            self.emit(Event::LegLeft { conversation: id, leg, by, reason, quality });
        } else {
            self.timers.cancel(Timer::Dial(id));
        }
    }

    /// What follows for the customer.
    fn outside_gone(&mut self, id: ConversationId, outside: Outside, end: End) {
        if self.conference_lost_outside(id, outside, end) {
            return;
        }
        let came_to = end_of_call(result_of(end.reason));
        if self.consult_of(id).is_some() {
            let over = match end.by {
                _ if !outside.is_up() => came_to,
                EndedBy::Network | EndedBy::System => TransferEnd::Unreachable,
                EndedBy::Customer | EndedBy::Agent | EndedBy::Outside => TransferEnd::ColleagueLeft,
            };
            return self.consult_over(id, over);
        }
        match self.take_forward(id) {
            Some(transfer) => self.transfer_failed(id, transfer, came_to),
            None => self.release_customer(id, end, Cause::Normal),
        }
    }
}
