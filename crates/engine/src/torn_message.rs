//! A message that a restart or a fault of ours cut off: whatever could be saved of it is left for the agents all the same.
//!
//! How long it is shows only when its recording is sealed, long after its conversation was closed. Until then the fold remembers it;
//! the queue that was full, if one led there, is not in the ledger and stays unknown.

use std::time::Duration;

use domain::event::FlowExit;
use domain::recording::Tracks;
use domain::{ConversationId, Event, NumberId, RecordingId, SegmentId};

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
                let message = MessageRecord { conversation: id, segment, number, lead, torn: false };
                self.messages.insert(*recording, message);
            }
            Event::FlowNodeLeft { exit: FlowExit::Failed | FlowExit::NodeRestarted, .. } => {
                for message in self.messages.values_mut().filter(|message| message.conversation == id) {
                    message.torn = true;
                }
            }
            // Left as it should be: written down already, or too short to be one.
            Event::FlowNodeLeft { .. } => self.messages.retain(|_, message| message.conversation != id),
            Event::VoicemailLeft { recording, .. }
            | Event::RecordingSealed { recording, .. }
            | Event::RecordingFailed { recording, .. } => {
                self.messages.remove(recording);
            }
            _ => {}
        }
    }

    /// The message this recording is of, if it was torn off.
    pub(crate) fn torn_message(&self, recording: RecordingId) -> Option<MessageRecord> {
        self.messages.get(&recording).copied().filter(|message| message.torn)
    }
}

impl Floor {
    /// Writes down what was saved of a message, unless it is too short to be one.
    pub(crate) fn leave_torn_message(
        &mut self,
        conversation: ConversationId,
        recording: RecordingId,
        message: MessageRecord,
        length: Duration,
    ) {
        if length < MESSAGE_MIN {
            return;
        }
        let MessageRecord { segment, number, lead, .. } = message;
        let task = self.mint();
        self.emit(Event::VoicemailLeft {
            conversation,
            segment,
            task,
            recording,
            number,
            queue: lead.queue,
            cause: lead.cause,
            length,
        });
    }
}
