//! What must hold of recordings (I7): each that was started has a plan that makes it, and ends exactly once, be it after a restart.

use std::collections::{BTreeMap, BTreeSet};

use domain::room::Recorder;
use domain::{Command, ConversationId, Event, RecordingId};

use crate::model::Verdict;

pub(crate) const I7: &str = "I7 (a recording that was started is sealed or failed, once)";

/// What the ledger says of recordings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recordings {
    open: BTreeMap<RecordingId, Open>,
    over: BTreeSet<RecordingId>,
    erased: BTreeSet<RecordingId>,
    /// Started, and in no plan yet.
    unplanned: BTreeSet<RecordingId>,
    /// Conversations whose customer refused.
    refused: BTreeSet<ConversationId>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    conversation: ConversationId,
    paused: bool,
}

impl Recordings {
    pub(crate) fn restart<'a>(ledger: impl Iterator<Item = &'a Event>) -> Recordings {
        let mut recordings = Recordings::default();
        for event in ledger {
            // Verdicts were given when it happened.
            let _ = recordings.event(event);
        }
        recordings.unplanned.clear();
        recordings
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "only what is said of recordings counts")]
    pub(crate) fn event(&mut self, event: &Event) -> Verdict {
        let legal = match event {
            Event::RecordingStarted { conversation, recording, .. } => {
                self.unplanned.insert(*recording);
                let may = !self.refused.contains(conversation);
                let open = Open { conversation: *conversation, paused: false };
                self.open.insert(*recording, open).is_none() && !self.over.contains(recording) && may
            }
            Event::ConsentGiven { conversation, .. } => !self.refused.contains(conversation),
            Event::ConsentRefused { conversation, .. } => self.refused.insert(*conversation),
            Event::RecordingPaused { recording, .. } => self.open.get_mut(recording).is_some_and(|open| {
                open.paused = true;
                true
            }),
            Event::RecordingResumed { recording, .. } => {
                self.open.get_mut(recording).is_some_and(|open| std::mem::take(&mut open.paused))
            }
            Event::RecordingGap { conversation, recording, .. } => self.is_open(*recording, *conversation),
            Event::RecordingSealed { conversation, recording, .. }
            | Event::RecordingFailed { conversation, recording, .. } => {
                let open = self.is_open(*recording, *conversation);
                self.open.remove(recording);
                self.over.insert(*recording) && open
            }
            Event::RecordingErased { recording, .. } => self.over.contains(recording) && self.erased.insert(*recording),
            _ => true,
        };
        if legal { Ok(()) } else { Err((I7, format!("{event:?}"))) }
    }

    fn is_open(&self, recording: RecordingId, conversation: ConversationId) -> bool {
        self.open.get(&recording).is_some_and(|open| open.conversation == conversation)
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "only plans say what is recorded")]
    pub(crate) fn command(&mut self, command: &Command) -> Verdict {
        let recorder = match command {
            Command::SetRoom(plan) | Command::BeginRecording(plan) => plan.recorder,
            _ => return Ok(()),
        };
        let (recording, paused) = match recorder {
            Recorder::Off => return Ok(()),
            Recorder::On { recording, .. } => (recording, false),
            Recorder::Paused { recording, .. } => (recording, true),
        };
        self.unplanned.remove(&recording);
        // What failed under way stays in the plans; there is nothing to be done about it.
        let agrees = match self.open.get(&recording) {
            Some(open) => open.paused == paused,
            None => self.over.contains(&recording),
        };
        if agrees { Ok(()) } else { Err((I7, format!("{recorder:?} differs from what the ledger says"))) }
    }

    pub(crate) fn after_step(&self) -> Verdict {
        match self.unplanned.first() {
            Some(recording) => Err((I7, format!("{recording} was started and nobody was told to make it"))),
            None => Ok(()),
        }
    }

    pub(crate) fn at_the_end(&self) -> Verdict {
        match self.open.first_key_value() {
            Some((recording, open)) => Err((I7, format!("{recording} of {} has no end", open.conversation))),
            None => Ok(()),
        }
    }
}
