//! What is kept of a conversation's sound: all that can be heard from the answer on, except in a queue whose switch is off.
//!
//! The recording follows the conversation and not its agents: one recording goes through flow, queue, talk, hold and a lost device. It
//! begins and ends with a room plan, so that no recording is begun that media never hears of. The agent's pause belongs to the talk.
//! What becomes of a recording is reported long after its conversation; `records` remembers it until then.

use domain::recording::{PauseReason, PauseReasons, RecorderReport, Tracks};
use domain::room::Recorder;
use domain::{AgentId, ConversationId, Event, HandlingId, QueueId, RecordingId, Refusal};

use crate::floor::Floor;
use crate::handling::HandlingState;
use crate::output::Ignored;

/// What is kept of a room.
#[derive(Clone, Debug)]
pub(crate) struct Keeping {
    /// Whose sound shall be kept from the next plan on.
    wanted: Option<Tracks>,
    /// What the plan in force keeps.
    current: Option<(RecordingId, Tracks)>,
    paused: PauseReasons,
}

impl Default for Keeping {
    fn default() -> Self {
        Keeping { wanted: Some(Tracks::Heard), current: None, paused: PauseReasons::NONE }
    }
}

impl Keeping {
    /// Whether the plan in force keeps what shall be kept.
    pub(crate) fn is_settled(&self) -> bool {
        self.wanted == self.current.map(|(_, tracks)| tracks)
    }

    /// Whether nothing is kept for the moment.
    pub(crate) fn is_paused(&self) -> bool {
        self.current.is_some() && !self.paused.is_empty()
    }

    /// What a plan says of it.
    pub(crate) fn recorder(&self) -> Recorder {
        match self.current {
            None => Recorder::Off,
            Some((recording, tracks)) if self.paused.is_empty() => Recorder::On { recording, tracks },
            Some((recording, _)) => Recorder::Paused { recording, reasons: self.paused },
        }
    }
}

impl Floor {
    /// From the next plan on this is kept; another choice of tracks is another recording.
    pub(crate) fn keep(&mut self, id: ConversationId, tracks: Option<Tracks>) {
        if let Some(keeping) = self.keeping_mut(id) {
            keeping.wanted = tracks;
        }
    }

    /// From the next plan on the switch of the queue counts.
    pub(crate) fn keep_as_queue_says(&mut self, id: ConversationId, queue: QueueId) {
        let recorded = self.catalog.queue(queue).is_none_or(|queue| queue.recorded);
        self.keep(id, recorded.then_some(Tracks::Heard));
    }

    /// Called with every plan that is about to be sent: begins the recording that shall go with it.
    pub(crate) fn settle_recording(&mut self, id: ConversationId) {
        let Some(keeping) = self.keeping_mut(id) else { return };
        if keeping.is_settled() {
            return;
        }
        let wanted = keeping.wanted;
        let current = wanted.map(|tracks| (self.mint::<RecordingId>(), tracks));
        if let Some(keeping) = self.keeping_mut(id) {
            *keeping = Keeping { wanted, current, paused: PauseReasons::NONE };
        }
        if let Some((recording, tracks)) = current {
            self.emit(Event::RecordingStarted { conversation: id, recording, tracks });
        }
    }

    /// What the plan in force keeps.
    pub(crate) fn recording_of(&self, id: ConversationId) -> Option<RecordingId> {
        self.conversations.get(&id)?.room.as_ref()?.keeping.current.map(|(recording, _)| recording)
    }

    pub(crate) fn pause_recording(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        reason: PauseReason,
    ) -> Result<(), Refusal> {
        let (id, recording) = self.recorded_talk(agent, handling)?;
        let keeping = self.keeping_mut(id).ok_or(Refusal::WrongState)?;
        if keeping.paused.contains(reason) {
            return Ok(());
        }
        keeping.paused = keeping.paused.with(reason);
        self.emit(Event::RecordingPaused { conversation: id, recording, reason, agent: Some(agent) });
        self.send_room(id);
        Ok(())
    }

    pub(crate) fn resume_recording(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (id, recording) = self.recorded_talk(agent, handling)?;
        let keeping = self.keeping_mut(id).ok_or(Refusal::WrongState)?;
        if keeping.paused.is_empty() {
            return Ok(());
        }
        keeping.paused = PauseReasons::NONE;
        self.emit(Event::RecordingResumed { conversation: id, recording, agent: Some(agent) });
        self.send_room(id);
        Ok(())
    }

    /// The talk is over and the customer stays: nobody is left who could end the pause.
    pub(crate) fn end_recording_pause(&mut self, id: ConversationId) {
        let Some(keeping) = self.keeping_mut(id).filter(|keeping| !keeping.paused.is_empty()) else { return };
        keeping.paused = PauseReasons::NONE;
        if let Some((recording, _)) = keeping.current {
            self.emit(Event::RecordingResumed { conversation: id, recording, agent: None });
        }
    }

    pub(crate) fn recorder_report(&mut self, recording: RecordingId, report: RecorderReport) {
        let Some(conversation) = self.records.recordings.get(&recording).copied() else {
            return self.ignore(Ignored::UnknownRecording);
        };
        match report {
            RecorderReport::Gap { at, length, cause } => {
                self.emit(Event::RecordingGap { conversation, recording, at, length, cause });
            }
            RecorderReport::Sealed(manifest) => {
                self.emit(Event::RecordingSealed { conversation, recording, manifest });
                self.leave_saved_messages();
            }
            RecorderReport::Failed(fault) => self.emit(Event::RecordingFailed { conversation, recording, fault }),
        }
    }

    /// The conversation and recording of a talk of this agent; refused when nothing is kept of it.
    fn recorded_talk(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
    ) -> Result<(ConversationId, RecordingId), Refusal> {
        let (id, found) = self.handling_of(agent, handling)?;
        match found.state {
            HandlingState::Talking | HandlingState::Held(_) => {}
            HandlingState::WrappingUp => return Err(Refusal::WrongState),
        }
        let current = self.keeping_mut(id).and_then(|keeping| keeping.current);
        current.map(|(recording, _)| (id, recording)).ok_or(Refusal::WrongState)
    }

    fn keeping_mut(&mut self, id: ConversationId) -> Option<&mut Keeping> {
        Some(&mut self.conversations.get_mut(&id)?.room.as_mut()?.keeping)
    }
}
