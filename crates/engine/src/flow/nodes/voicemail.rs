//! Records a message: greeting, tone, the customer's voice, until a key, silence, the limit or the hang-up. What is long enough
//! becomes `VoicemailLeft`, and a task.

use std::time::Duration;

use domain::event::FlowExit;
use domain::settings::FlowNodeKind;
use domain::{ConversationId, Event, Key, KeySet, LegId, Mono, RecordingId};

use crate::conversation::CustomerStage;
use crate::floor::Floor;
use crate::flow::{FlowCursor, NodeStep, Turn};
use crate::limits::MESSAGE_MIN;
use crate::output::Ignored;
use crate::rooms::{Scene, music_key, speech_keys};
use crate::timers::Timer;

/// Name of the tone before a message.
const TONE: &str = "beep";

/// A voicemail node, borrowed from the flow.
pub(crate) struct Voicemail<'a> {
    greeting: &'a [String],
    length_max: Duration,
    silence_max: Duration,
    end_keys: KeySet,
    next: u16,
    on_nothing: u16,
}

impl<'a> Voicemail<'a> {
    pub(crate) fn of(kind: &'a FlowNodeKind) -> Option<Voicemail<'a>> {
        if let FlowNodeKind::Voicemail { greeting, length_max, silence_max, end_keys, next, on_nothing } = kind {
            Some(Voicemail {
                greeting,
                length_max: *length_max,
                silence_max: *silence_max,
                end_keys: *end_keys,
                next: *next,
                on_nothing: *on_nothing,
            })
        } else {
            None
        }
    }

    pub(crate) fn enter(&self, floor: &mut Floor, id: ConversationId, cursor: &mut FlowCursor) -> Turn {
        if self.greeting.is_empty() || cursor.keys.would_stop(self.end_keys) {
            return tone(floor, id, cursor);
        }
        let sounds = speech_keys(self.greeting, floor.language_of(id));
        floor.play(id, sounds, false, self.end_keys);
        Turn::Stay(NodeStep::Playing)
    }

    pub(crate) fn play_ended(&self, floor: &mut Floor, id: ConversationId, cursor: &mut FlowCursor) -> Turn {
        match cursor.step {
            NodeStep::Playing => tone(floor, id, cursor),
            NodeStep::MessageTone => self.record(floor, id),
            NodeStep::Message { .. } | NodeStep::MenuPrompt { .. } | NodeStep::MenuWaiting { .. } => {
                Turn::Stay(cursor.step)
            }
        }
    }

    pub(crate) fn key(&self, floor: &mut Floor, id: ConversationId, cursor: &mut FlowCursor, key: Key) -> Turn {
        match cursor.step {
            NodeStep::Playing if self.end_keys.contains(key) => tone(floor, id, cursor),
            NodeStep::Message { recording, since } if self.end_keys.contains(key) => {
                self.ended(floor, id, cursor, recording, floor.now.mono.since(since))
            }
            NodeStep::Playing
            | NodeStep::MessageTone
            | NodeStep::Message { .. }
            | NodeStep::MenuPrompt { .. }
            | NodeStep::MenuWaiting { .. } => {
                floor.ignore(Ignored::UnwantedKey);
                Turn::Stay(cursor.step)
            }
        }
    }

    fn record(&self, floor: &mut Floor, id: ConversationId) -> Turn {
        // A message is a recording of its own, whatever a rule says.
        floor.keep_message_spoken(id, true);
        floor.set_scene(id, Scene::Message { silence_max: self.silence_max });
        // Whoever refused to be recorded leaves none.
        let Some(recording) = floor.recording_of(id) else {
            floor.keep_message_spoken(id, false);
            return Turn::Go { exit: FlowExit::Nothing, to: self.on_nothing };
        };
        floor.timers.set(Timer::Message(id), floor.now.mono + self.length_max);
        Turn::Stay(NodeStep::Message { recording, since: floor.now.mono })
    }

    fn ended(
        &self,
        floor: &mut Floor,
        id: ConversationId,
        cursor: &FlowCursor,
        recording: RecordingId,
        length: Duration,
    ) -> Turn {
        // The next node may be one that plays nothing: the recorder must not wait for it.
        floor.keep_message_spoken(id, false);
        floor.set_scene(id, Scene::Silence);
        if floor.leave_message(id, cursor, recording, length) {
            Turn::Go { exit: FlowExit::Next, to: self.next }
        } else {
            Turn::Go { exit: FlowExit::Nothing, to: self.on_nothing }
        }
    }
}

fn tone(floor: &mut Floor, id: ConversationId, cursor: &mut FlowCursor) -> Turn {
    cursor.keys.clear();
    floor.play(id, vec![music_key(TONE)], false, KeySet::NONE);
    Turn::Stay(NodeStep::MessageTone)
}

impl Floor {
    /// The message is as long as it may be.
    pub(crate) fn message_is_long(&mut self, id: ConversationId) {
        self.guard.subject = Some(id);
        self.end_message(id, |since, now, _| now.since(since));
    }

    /// The customer says nothing any more; the silence itself is no part of the message.
    pub(crate) fn silence_heard(&mut self, leg: LegId) {
        let Some(id) = self.conversation_of_leg(leg) else { return };
        self.end_message(id, |since, now, silence| now.since(since).saturating_sub(silence));
    }

    /// Ends the message a customer is in the middle of, with the length made from its beginning, this moment and the silence
    /// that ends messages here.
    fn end_message(&mut self, id: ConversationId, length: impl FnOnce(Mono, Mono, Duration) -> Duration) {
        let stage = self.conversations.get(&id).map(|conversation| conversation.stage.clone());
        let Some(CustomerStage::InFlow(cursor)) = stage else { return self.ignore(Ignored::Late) };
        let NodeStep::Message { recording, since } = cursor.step else { return self.ignore(Ignored::Late) };
        let Some(kind) = cursor.flow.node(cursor.node).map(|node| node.kind.clone()) else { return };
        let Some(voicemail) = Voicemail::of(&kind) else { return self.ignore(Ignored::Late) };
        let length = length(since, self.now.mono, voicemail.silence_max);
        let turn = voicemail.ended(self, id, &cursor, recording, length);
        self.go_on(id, cursor, turn);
    }

    /// Keeps what was said so far of a message that is torn off.
    pub(crate) fn keep_message(&mut self, id: ConversationId, cursor: &FlowCursor) {
        if let NodeStep::Message { recording, since } = cursor.step {
            self.leave_message(id, cursor, recording, self.now.mono.since(since));
        }
    }

    /// Writes a message down, unless it is too short to be one; whether it was written.
    fn leave_message(
        &mut self,
        id: ConversationId,
        cursor: &FlowCursor,
        recording: RecordingId,
        length: Duration,
    ) -> bool {
        self.timers.cancel(Timer::Message(id));
        if length < MESSAGE_MIN {
            return false;
        }
        let task = self.mint();
        self.emit(Event::VoicemailLeft {
            conversation: id,
            segment: cursor.segment,
            task,
            recording,
            number: self.conversations.get(&id).and_then(|conversation| conversation.number),
            queue: cursor.lead.queue,
            cause: cursor.lead.cause,
            length,
        });
        true
    }
}
