//! A message that a restart or a fault of ours cut off: whatever could be saved of it is left for the agents all the same.
//!
//! How long it is shows only when its recording is sealed, long after its conversation was closed. Until then the fold remembers it;
//! the queue that was full, if one led there, is not in the ledger and stays unknown.

use std::time::Duration;

use domain::event::FlowExit;
use domain::recording::{Manifest, Tracks};
use domain::{ConversationId, Event, NumberId, SegmentId};

use crate::floor::Floor;
use crate::flow::Lead;
use crate::limits::MESSAGE_MIN;
use crate::records::Records;

/// A message that is being left or was torn off, as the ledger says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MessageRecord {
    conversation: ConversationId,
    segment: SegmentId,
    number: Option<NumberId>,
    lead: Lead,
    torn: bool,
    /// How much of it was saved, once that is known.
    saved: Option<Duration>,
}

impl Records {
    /// Folds what an event says of messages. Called before the conversation's own fold.
    #[allow(clippy::wildcard_enum_match_arm, reason = "only what begins and ends a message counts")]
    pub(crate) fn follow_messages(&mut self, id: ConversationId, event: &Event) {
        match event {
            Event::RecordingStarted { recording, tracks: Tracks::Customer, .. } => {
                let Some(record) = self.conversations.get(&id) else { return };
                let Some((segment, _)) = record.flow else { return };
                let (number, lead) = (record.number, record.lead);
                let message = MessageRecord { conversation: id, segment, number, lead, torn: false, saved: None };
                self.messages.insert(*recording, message);
            }
            Event::FlowNodeLeft { exit: FlowExit::Failed | FlowExit::NodeRestarted, .. } => {
                for message in self.messages.values_mut().filter(|message| message.conversation == id) {
                    message.torn = true;
                }
            }
            // Left as it should be: written down already, or too short to be one.
            Event::FlowNodeLeft { .. } => self.messages.retain(|_, message| message.conversation != id),
            Event::RecordingSealed { recording, manifest: Manifest { duration, .. }, .. } => {
                let torn = self.messages.get_mut(recording).filter(|message| message.torn && *duration >= MESSAGE_MIN);
                match torn {
                    Some(message) => message.saved = Some(*duration),
                    None => drop(self.messages.remove(recording)),
                }
            }
            Event::VoicemailLeft { recording, .. } | Event::RecordingFailed { recording, .. } => {
                self.messages.remove(recording);
            }
            _ => {}
        }
    }
}

impl Floor {
    /// Writes down what was saved of messages. Nothing is left to write but right after a seal, or after a start that lost the writing.
    pub(crate) fn leave_saved_messages(&mut self) {
        let messages = self.records.messages.iter();
        let saved: Vec<_> = messages.filter_map(|(id, message)| Some((*id, *message, message.saved?))).collect();
        for (recording, message, length) in saved {
            let MessageRecord { conversation, segment, number, lead, .. } = message;
            let task = self.mint();
            let Lead { queue, cause } = lead;
            self.emit(Event::VoicemailLeft { conversation, segment, task, recording, number, queue, cause, length });
        }
    }
}
