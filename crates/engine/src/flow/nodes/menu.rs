//! Plays a prompt and waits for one key. Any key stops the prompt; wrong keys and time-outs each have their own way out after the last
//! attempt. A key typed ahead is taken before the prompt begins.

use std::time::Duration;

use domain::event::FlowExit;
use domain::settings::{FlowNodeKind, MenuChoice};
use domain::{ConversationId, Key, KeySet};

use crate::floor::Floor;
use crate::flow::{FlowCursor, NodeStep, Turn};
use crate::limits::MENU_TIMEOUT_MIN;
use crate::rooms::speech_keys;
use crate::timers::Timer;

/// A menu node, borrowed from the flow.
pub(crate) struct Menu<'a> {
    sounds: &'a [String],
    choices: &'a [MenuChoice],
    timeout: Duration,
    attempts: u8,
    invalid_sounds: &'a [String],
    timeout_sounds: &'a [String],
    on_invalid: u16,
    on_timeout: u16,
}

impl<'a> Menu<'a> {
    pub(crate) fn of(kind: &'a FlowNodeKind) -> Option<Menu<'a>> {
        if let FlowNodeKind::Menu {
            sounds,
            choices,
            timeout,
            attempts,
            invalid_sounds,
            timeout_sounds,
            on_invalid,
            on_timeout,
        } = kind
        {
            Some(Menu {
                sounds,
                choices,
                timeout: (*timeout).max(MENU_TIMEOUT_MIN),
                attempts: (*attempts).max(1),
                invalid_sounds,
                timeout_sounds,
                on_invalid: *on_invalid,
                on_timeout: *on_timeout,
            })
        } else {
            None
        }
    }

    pub(crate) fn enter(&self, floor: &mut Floor, id: ConversationId, cursor: &mut FlowCursor) -> Turn {
        match cursor.keys.take() {
            Some(key) => self.judge(floor, id, cursor, 1, key),
            None => self.prompt(floor, id, 1, &[]),
        }
    }

    pub(crate) fn key(&self, floor: &mut Floor, id: ConversationId, cursor: &mut FlowCursor, key: Key) -> Turn {
        self.judge(floor, id, cursor, attempt_of(cursor.step), key)
    }

    fn judge(&self, floor: &mut Floor, id: ConversationId, cursor: &mut FlowCursor, attempt: u8, key: Key) -> Turn {
        floor.timers.cancel(Timer::Menu(id));
        let choice = self.choices.iter().position(|choice| choice.key == key);
        if let Some((index, choice)) = choice.and_then(|index| Some((index, self.choices.get(index)?))) {
            let exit = FlowExit::Choice(u16::try_from(index).unwrap_or(u16::MAX));
            return Turn::Go { exit, to: choice.next };
        }
        // What was typed ahead belonged to a menu that was misunderstood.
        cursor.keys.clear();
        if attempt >= self.attempts {
            return Turn::Go { exit: FlowExit::Invalid, to: self.on_invalid };
        }
        self.prompt(floor, id, attempt + 1, self.invalid_sounds)
    }

    pub(crate) fn timed_out(&self, floor: &mut Floor, id: ConversationId, cursor: &FlowCursor) -> Turn {
        let attempt = attempt_of(cursor.step);
        if attempt >= self.attempts {
            return Turn::Go { exit: FlowExit::Timeout, to: self.on_timeout };
        }
        self.prompt(floor, id, attempt + 1, self.timeout_sounds)
    }

    fn prompt(&self, floor: &mut Floor, id: ConversationId, attempt: u8, before: &[String]) -> Turn {
        let language = floor.language_of(id);
        let mut sounds = speech_keys(before, language);
        sounds.extend(speech_keys(self.sounds, language));
        if sounds.is_empty() {
            return self.wait(floor, id, attempt);
        }
        floor.play(id, sounds, false, KeySet::ALL);
        Turn::Stay(NodeStep::MenuPrompt { attempt })
    }

    /// The prompt is over, or was stopped by a key that is still on its way: the clock runs in both cases.
    pub(crate) fn prompt_ended(&self, floor: &mut Floor, id: ConversationId, cursor: &FlowCursor) -> Turn {
        match cursor.step {
            NodeStep::MenuPrompt { attempt } => self.wait(floor, id, attempt),
            NodeStep::Playing | NodeStep::MenuWaiting { .. } | NodeStep::MessageTone | NodeStep::Message { .. } => {
                Turn::Stay(cursor.step)
            }
        }
    }

    fn wait(&self, floor: &mut Floor, id: ConversationId, attempt: u8) -> Turn {
        floor.collect_keys(id);
        floor.timers.set(Timer::Menu(id), floor.now.mono + self.timeout);
        Turn::Stay(NodeStep::MenuWaiting { attempt })
    }
}

/// Which attempt a step is of, from 1.
pub(super) fn attempt_of(step: NodeStep) -> u8 {
    match step {
        NodeStep::MenuPrompt { attempt } | NodeStep::MenuWaiting { attempt } => attempt,
        NodeStep::Playing | NodeStep::MessageTone | NodeStep::Message { .. } => 1,
    }
}
