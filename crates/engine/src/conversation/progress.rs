//! What is heard of a call of ours before its answer, and in the seconds after it: tones of the network, or nothing at all.
//!
//! ```text
//! early media ─▶ a tone that ends calls ─▶ heard for a moment ─▶ given up with what the tone says
//!            └─▶ nothing at all ─▶ given up as unreachable
//! answer ─▶ the same, but of an answered call that is silent the agent is told, and decides
//! ```

use domain::room::{Listening, Tones};
use domain::screening::DeadAirStep;
use domain::{
    CallTone, Cause, ConversationId, EndReason, EndedBy, Event, HandlingEnd, KnownBy, LeaveReason, LegId, Mono,
    OutboundResult, SegmentId,
};

use super::leaving::Closing;
use super::{Conversation, CustomerStage, End, Origin};
use crate::floor::Floor;
use crate::limits::{CALL_SILENCE_MAX, TONE_HEARD};
use crate::output::Ignored;
use crate::timers::Timer;

/// What has been heard of a call of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    leg: LegId,
    /// Since when it is listened to, or has been answered.
    since: Mono,
    is_sound: bool,
    /// The tone that ends it, while it is heard for a moment.
    tone: Option<CallTone>,
    /// The segment of the call, once it is answered.
    answered: Option<SegmentId>,
    /// Since when it is silent, once the agent was told.
    told: Option<Mono>,
}

impl Conversation {
    /// Who is listened to, and for what: whoever is called, else a caller of whom nothing has been heard.
    pub(crate) fn listening(&self) -> Option<Listening> {
        match (self.progress, self.unheard) {
            (Some(Progress { leg, answered: None, .. }), _) => Some(Listening { leg, tones: Tones::On }),
            (Some(Progress { leg, answered: Some(_), .. }), _) => {
                Some(Listening { leg, tones: Tones::For(CALL_SILENCE_MAX) })
            }
            (None, Some(_)) => Some(Listening { leg: self.leg, tones: Tones::Off }),
            (None, None) => None,
        }
    }

    fn progress_of(&mut self, leg: LegId) -> Option<&mut Progress> {
        self.progress.as_mut().filter(|progress| progress.leg == leg)
    }
}

impl Floor {
    /// The far side is heard before its answer.
    pub(super) fn listen_to_early_media(&mut self, id: ConversationId, leg: LegId) {
        self.listen_to_call(id, leg, None);
    }

    /// The far side answered: a tone after it means what one before it means.
    pub(super) fn listen_to_answer(&mut self, id: ConversationId, leg: LegId, segment: SegmentId) {
        self.listen_to_call(id, leg, Some(segment));
    }

    fn listen_to_call(&mut self, id: ConversationId, leg: LegId, answered: Option<SegmentId>) {
        let Some(conversation) = self.conversations.get_mut(&id) else { return };
        let is_sound = conversation.progress_of(leg).is_some_and(|progress| progress.is_sound);
        let since = self.now.mono;
        let told = conversation.progress.filter(|progress| progress.leg != leg).and_then(|progress| progress.told);
        conversation.progress = Some(Progress { leg, since, is_sound, tone: None, answered, told: None });
        if is_sound {
            self.timers.cancel(Timer::Progress(id));
        } else {
            self.timers.set(Timer::Progress(id), self.now.mono + CALL_SILENCE_MAX);
        }
        // Nobody listens any more to the one of whose silence the agent was told.
        if let Some(told) = told {
            let silence = since.since(told);
            self.emit(Event::DeadAirFound { conversation: id, silence, step: DeadAirStep::Over });
        }
    }

    /// It rings there without a sound, after there was one before: silence means nothing any more, tones still do.
    pub(super) fn rings_after_all(&mut self, id: ConversationId, leg: LegId) {
        let progress = self.conversations.get_mut(&id).and_then(|conversation| conversation.progress_of(leg));
        if progress.is_some_and(|progress| progress.answered.is_none() && progress.tone.is_none()) {
            self.timers.cancel(Timer::Progress(id));
        }
    }

    /// The call is not listened to any more.
    pub(crate) fn forget_progress(&mut self, id: ConversationId, leg: LegId) {
        let Some(conversation) = self.conversations.get_mut(&id) else { return };
        if conversation.progress_of(leg).is_none() {
            return;
        }
        conversation.progress = None;
        self.timers.cancel(Timer::Progress(id));
    }

    fn conversation_heard(&mut self, leg: LegId) -> Option<ConversationId> {
        match self.outside_of_leg(leg) {
            Some((id, _)) => Some(id),
            None => self.conversation_of_leg(leg),
        }
    }

    /// The first sound of a leg.
    pub(crate) fn sound_heard(&mut self, leg: LegId) {
        let Some(id) = self.conversation_heard(leg) else { return };
        let Some(conversation) = self.conversations.get_mut(&id) else { return };
        if let Some(progress) = conversation.progress_of(leg) {
            progress.is_sound = true;
            let (told, tone) = (progress.told.take(), progress.tone);
            if tone.is_none() {
                self.timers.cancel(Timer::Progress(id));
            }
            if let Some(since) = told {
                let silence = self.now.mono.since(since);
                self.emit(Event::DeadAirFound { conversation: id, silence, step: DeadAirStep::Over });
            }
        } else if conversation.leg == leg {
            self.caller_heard(id);
        } else {
            self.ignore(Ignored::Late);
        }
    }

    /// A tone of the network; the agent hears it for a moment, too.
    pub(crate) fn tone_heard(&mut self, leg: LegId, tone: CallTone) {
        let Some(id) = self.conversation_heard(leg) else { return };
        let progress = self.conversations.get_mut(&id).and_then(|conversation| conversation.progress_of(leg));
        let Some(progress) = progress else { return self.ignore(Ignored::Late) };
        if progress.tone.is_some() {
            return self.ignore(Ignored::Duplicate);
        }
        progress.is_sound = true;
        if tone.result().is_none() {
            return self.timers.cancel(Timer::Progress(id));
        }
        progress.tone = Some(tone);
        self.timers.set(Timer::Progress(id), self.now.mono + TONE_HEARD);
    }

    /// What a refusal means when a tone was heard before it: the more telling of the two.
    pub(super) fn weigh(
        &self,
        id: ConversationId,
        refused: (OutboundResult, Option<KnownBy>),
    ) -> (OutboundResult, Option<KnownBy>) {
        let tone = self.conversations.get(&id).and_then(|conversation| conversation.progress?.tone);
        let by_tone = tone.and_then(|tone| Some((tone.result()?, Some(KnownBy::Tone(tone)))));
        match refused.0 {
            OutboundResult::NoAnswer | OutboundResult::Unreachable | OutboundResult::Failed => {
                by_tone.unwrap_or(refused)
            }
            OutboundResult::Answered
            | OutboundResult::Busy
            | OutboundResult::Declined
            | OutboundResult::Cancelled
            | OutboundResult::AgentUnavailable
            | OutboundResult::NodeRestarted
            | OutboundResult::InternalFault
            | OutboundResult::InvalidNumber
            | OutboundResult::Congestion => refused,
        }
    }

    /// The tone has been heard long enough, or nothing was heard at all.
    pub(crate) fn progress_due(&mut self, id: ConversationId) {
        self.guard.subject = Some(id);
        let Some(conversation) = self.conversations.get(&id) else { return };
        let Some(progress) = conversation.progress else { return };
        let (result, by) = match progress.tone.and_then(|tone| Some((tone.result()?, KnownBy::Tone(tone)))) {
            Some(found) => found,
            None => (OutboundResult::Unreachable, KnownBy::Silence),
        };
        if let Some(outside) = conversation.outside().filter(|outside| outside.leg == progress.leg && !outside.is_up())
        {
            let (by, reason) = result.ending().unwrap_or((EndedBy::Network, EndReason::Unreachable));
            return self.end_outside(id, outside, End { by, reason });
        }
        if let CustomerStage::Dialling(_) = &conversation.stage {
            return self.dial_over(id, result, Some(by));
        }
        self.answered_call_recognised(id, progress, result, by);
    }

    fn answered_call_recognised(&mut self, id: ConversationId, call: Progress, result: OutboundResult, by: KnownBy) {
        let Some(conversation) = self.conversations.get_mut(&id) else { return };
        let talk = conversation.talk().filter(|talk| matches!(talk.origin, Origin::Dialled)).cloned();
        let (Some(talk), Some(segment)) = (talk, call.answered) else { return };
        let Some(agent) = conversation.handling(talk.handling).map(|found| found.agent) else { return };
        let Some((ended_by, reason)) = result.ending().filter(|_| by != KnownBy::Silence) else {
            // Whoever answered may only be listening: the agent knows better.
            let silence = CALL_SILENCE_MAX;
            conversation.progress = Some(Progress { told: Some(call.since), ..call });
            return self.emit(Event::DeadAirFound { conversation: id, silence, step: DeadAirStep::Told(agent) });
        };
        self.forget_progress(id, call.leg);
        self.emit(Event::OutboundRecognised { conversation: id, segment, agent, result, by });
        let end = End { by: ended_by, reason };
        let closing = Closing {
            flow: domain::event::FlowExit::Failed,
            queue: LeaveReason::Failed,
            handling: HandlingEnd::NotReached,
            keeps_place: false,
            end,
        };
        self.close_stage(id, closing);
        self.release_customer(id, end, Cause::Normal);
    }
}
