//! What was erased of what was kept. The floor only says so in the ledger; what is erased and when is decided outside.

use domain::recording::ErasureCause;
use domain::{ConversationId, Event, RecordingId};

use crate::floor::Floor;
use crate::output::Ignored;

impl Floor {
    /// A recording was erased. One that is not over cannot be.
    pub(crate) fn recording_erased(
        &mut self,
        conversation: ConversationId,
        recording: RecordingId,
        cause: ErasureCause,
    ) {
        if self.records.recordings.contains_key(&recording) {
            return self.ignore(Ignored::Late);
        }
        self.emit(Event::RecordingErased { conversation, recording, cause });
    }
}
