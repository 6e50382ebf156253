//! Asks whether the customer agrees to be recorded, and takes one key. A key during the question counts, one typed ahead does not:
//! nobody agrees to what they have not heard. No answer is none: the way is that of a refusal, and an agent may still ask.

use std::time::Duration;

use domain::event::FlowExit;
use domain::recording_policy::ConsentHow;
use domain::settings::FlowNodeKind;
use domain::{ConversationId, Key, KeySet};

use crate::floor::Floor;
use crate::flow::{FlowCursor, NodeStep, Turn};
use crate::limits::MENU_TIMEOUT_MIN;
use crate::rooms::{Scene, speech_keys};
use crate::timers::Timer;

/// A consent node, borrowed from the flow.
pub(crate) struct Consent<'a> {
    sounds: &'a [String],
    yes: KeySet,
    no: KeySet,
    timeout: Duration,
    attempts: u8,
    on_yes: u16,
    on_no: u16,
}

impl<'a> Consent<'a> {
    pub(crate) fn of(kind: &'a FlowNodeKind) -> Option<Consent<'a>> {
        if let FlowNodeKind::Consent { sounds, yes, no, timeout, attempts, on_yes, on_no } = kind {
            Some(Consent {
                sounds,
                yes: *yes,
                no: *no,
                timeout: (*timeout).max(MENU_TIMEOUT_MIN),
                attempts: (*attempts).max(1),
                on_yes: *on_yes,
                on_no: *on_no,
            })
        } else {
            None
        }
    }

    pub(crate) fn enter(&self, floor: &mut Floor, id: ConversationId, cursor: &mut FlowCursor) -> Turn {
        cursor.keys.clear();
        match floor.consent_of(id) {
            Some(given) => self.answered(given),
            None => self.ask(floor, id, 1),
        }
    }

    pub(crate) fn key(&self, floor: &mut Floor, id: ConversationId, cursor: &FlowCursor, key: Key) -> Turn {
        floor.timers.cancel(Timer::Menu(id));
        // A key that means both is a refusal.
        if self.no.contains(key) || self.yes.contains(key) {
            let given = !self.no.contains(key);
            floor.consent(id, ConsentHow::Key, None, given);
            if !given {
                // The next node may play nothing: what was kept until now stops at once.
                floor.set_scene(id, Scene::Silence);
            }
            return self.answered(given);
        }
        self.again(floor, id, cursor, FlowExit::Invalid)
    }

    pub(crate) fn timed_out(&self, floor: &mut Floor, id: ConversationId, cursor: &FlowCursor) -> Turn {
        self.again(floor, id, cursor, FlowExit::Timeout)
    }

    /// The question is over, or was stopped by a key that is still on its way.
    pub(crate) fn question_ended(&self, floor: &mut Floor, id: ConversationId, cursor: &FlowCursor) -> Turn {
        match cursor.step {
            NodeStep::MenuPrompt { attempt } => self.wait(floor, id, attempt),
            NodeStep::Playing | NodeStep::MenuWaiting { .. } | NodeStep::MessageTone | NodeStep::Message { .. } => {
                Turn::Stay(cursor.step)
            }
        }
    }

    fn answered(&self, given: bool) -> Turn {
        match given {
            true => Turn::Go { exit: FlowExit::Yes, to: self.on_yes },
            false => Turn::Go { exit: FlowExit::No, to: self.on_no },
        }
    }

    fn again(&self, floor: &mut Floor, id: ConversationId, cursor: &FlowCursor, exit: FlowExit) -> Turn {
        let attempt = super::menu::attempt_of(cursor.step);
        if attempt >= self.attempts {
            return Turn::Go { exit, to: self.on_no };
        }
        self.ask(floor, id, attempt + 1)
    }

    fn ask(&self, floor: &mut Floor, id: ConversationId, attempt: u8) -> Turn {
        let sounds = speech_keys(self.sounds, floor.language_of(id));
        if sounds.is_empty() {
            return self.wait(floor, id, attempt);
        }
        floor.play(id, sounds, false, KeySet::ALL);
        Turn::Stay(NodeStep::MenuPrompt { attempt })
    }

    fn wait(&self, floor: &mut Floor, id: ConversationId, attempt: u8) -> Turn {
        floor.collect_keys(id);
        floor.timers.set(Timer::Menu(id), floor.now.mono + self.timeout);
        Turn::Stay(NodeStep::MenuWaiting { attempt })
    }
}
