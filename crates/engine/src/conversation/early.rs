//! A caller who hears us before the answer: prompts and music as early media, and the answer when it is due.
//!
//! ```text
//! Heard ──an agent takes the caller, something needs the answer, or it is late──▶ Ordered ──told by the network──▶ (answered)
//! ```
//! *Invariants.* A caller in whatever stage is answered before they talk to anybody, press a key that is waited for, or are asked for a word.
//! A leg that has not been answered is refused, not released.

use domain::settings::{AnswerWhen, Number};
use domain::{Cause, Command, ConversationId, Event, LegId, TrunkId};

use super::{Conversation, CustomerStage};
use crate::floor::Floor;
use crate::limits::EARLY_MEDIA_MAX;
use crate::output::Ignored;
use crate::timers::Timer;

/// How far the answer is that a caller was not given at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Early {
    /// They hear us, or are about to.
    Heard,
    /// The answer has been ordered.
    Ordered,
}

impl Conversation {
    /// Whether the caller may hear us and no answer has been ordered.
    pub(crate) fn is_unanswered(&self) -> bool {
        self.early == Some(Early::Heard)
    }

    /// How the customer's leg is let go of. Whoever has not been answered is told of a full queue as of one that is busy: at 503 their
    /// carrier would take its other calls away from us too.
    pub(crate) fn parting(&self, cause: Cause) -> Command {
        let leg = self.leg;
        match (self.is_unanswered(), cause) {
            (true, Cause::Overload) => Command::Refuse { leg, cause: Cause::Busy },
            (true, cause) => Command::Refuse { leg, cause },
            (false, cause) => Command::Release { leg, cause },
        }
    }
}

impl Floor {
    /// Answers a caller who is let in, or lets them hear us first. A visitor's browser pays nobody.
    pub(super) fn take_call(&mut self, id: ConversationId, leg: LegId, trunk: Option<TrunkId>, number: &Number) {
        match (number.answer, trunk) {
            (AnswerWhen::WithAgent, Some(_)) => {
                if let Some(conversation) = self.conversations.get_mut(&id) {
                    conversation.early = Some(Early::Heard);
                }
                self.command(Command::Proceed { leg, early_media: true });
            }
            (AnswerWhen::WithAgent, None) | (AnswerWhen::AtOnce, _) => self.command(Command::Answer { leg }),
        }
    }

    /// The caller hears us: the flow begins.
    pub(super) fn early_media_began(&mut self, id: ConversationId, leg: LegId) {
        let Some(conversation) = self.conversations.get(&id) else { return };
        if !matches!(conversation.stage, CustomerStage::Arriving) || !conversation.is_unanswered() {
            return self.ignore(Ignored::Late);
        }
        self.timers.set(Timer::EarlyMedia(id), self.now.mono + EARLY_MEDIA_MAX);
        self.emit(Event::EarlyMediaStarted { conversation: id, leg });
        self.begin_flow(id);
    }

    /// Whoever has not been answered is. What comes next need not wait for the network: the caller hears it already.
    pub(crate) fn answer_caller(&mut self, id: ConversationId) {
        let Some(conversation) = self.conversations.get_mut(&id) else { return };
        if !conversation.is_unanswered() {
            return;
        }
        conversation.early = Some(Early::Ordered);
        let leg = conversation.leg;
        self.timers.cancel(Timer::EarlyMedia(id));
        self.command(Command::Answer { leg });
    }

    /// Carriers bear with a call that is not answered for three minutes.
    pub(crate) fn early_media_is_long(&mut self, id: ConversationId) {
        self.guard.subject = Some(id);
        self.answer_caller(id);
    }

    /// The network says that a caller is answered who has heard us before.
    pub(super) fn answered_after_all(&mut self, id: ConversationId, leg: LegId) {
        let Some(conversation) = self.conversations.get_mut(&id) else { return };
        if conversation.early.take().is_none() {
            return self.ignore(Ignored::Duplicate);
        }
        self.timers.cancel(Timer::EarlyMedia(id));
        self.emit(Event::LegAnswered { conversation: id, leg });
        // Their silence counts from here on.
        self.time_dead_air(id);
    }
}
