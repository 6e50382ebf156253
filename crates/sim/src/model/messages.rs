//! Messages: each is written down once, where it was left, or when what a restart saved of it is whole.

use std::collections::{BTreeMap, BTreeSet};

use domain::event::FlowExit;
use domain::recording::Tracks;
use domain::{ConversationId, Event, RecordingId, TaskId};

use super::{I6, Verdict, hold};

/// What the ledger says of messages.
#[derive(Clone, Debug, Default)]
pub(super) struct Messages {
    written: BTreeSet<(TaskId, RecordingId)>,
    /// Being left or torn off (`true`), not written down.
    open: BTreeMap<RecordingId, (ConversationId, bool)>,
    /// Torn off and saved; to be written down in this step.
    owed: BTreeSet<RecordingId>,
}

impl Messages {
    #[allow(clippy::wildcard_enum_match_arm, reason = "only what is said of messages counts")]
    pub(super) fn event(&mut self, id: ConversationId, event: &Event) {
        match event {
            Event::RecordingStarted { recording, tracks: Tracks::Customer, .. } => {
                self.open.insert(*recording, (id, false));
            }
            Event::FlowNodeLeft { exit: FlowExit::Failed | FlowExit::NodeRestarted, .. } => {
                self.open.values_mut().filter(|(of, _)| *of == id).for_each(|(_, torn)| *torn = true);
            }
            Event::FlowNodeLeft { .. } => self.open.retain(|_, (of, _)| *of != id),
            Event::RecordingSealed { recording, manifest, .. } => {
                let torn = self.open.remove(recording).is_some_and(|(_, torn)| torn);
                if torn && manifest.duration >= engine::MESSAGE_MIN {
                    self.owed.insert(*recording);
                }
            }
            Event::RecordingFailed { recording, .. } => {
                self.open.remove(recording);
            }
            _ => {}
        }
    }

    /// A message is written down: whether it was owed, or is the first of its task and recording at least.
    pub(super) fn write(&mut self, task: TaskId, recording: RecordingId) -> (bool, bool) {
        self.open.remove(&recording);
        (self.owed.remove(&recording), self.written.insert((task, recording)))
    }

    pub(super) fn after_step(&self) -> Verdict {
        hold(I6, self.owed.is_empty(), || format!("what was saved of messages is nobody's task: {:?}", self.owed))
    }
}
