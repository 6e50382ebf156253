//! What agents, and programs that take payments, make of the recording of a talk: pause and resume, start and stop. A pause ends with
//! its talk, or when it is as long as one may be. What was started goes on with whoever takes the customer over, until the customer is
//! in a queue or a flow.

use domain::recording::{PauseReason, PauseReasons};
use domain::recording_policy::{PauseEnd, RecordingMode};
use domain::{AgentId, ConversationId, Event, HandlingId, RecordingId, Refusal};

use crate::floor::Floor;
use crate::handling::{Handling, HandlingState};
use crate::timers::Timer;

impl Floor {
    pub(crate) fn pause_recording(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        reason: PauseReason,
    ) -> Result<(), Refusal> {
        let (id, recording) = self.recorded_talk(agent, handling)?;
        self.pause(id, recording, agent, reason)
    }

    pub(crate) fn resume_recording(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (id, _) = self.recorded_talk(agent, handling)?;
        self.resume_pause(id, agent);
        Ok(())
    }

    /// Pauses a talk that need not be one's own.
    pub(crate) fn pause_talk(&mut self, by: AgentId, id: ConversationId, reason: PauseReason) -> Result<(), Refusal> {
        let recording = self.recorded_conversation(id)?;
        self.pause(id, recording, by, reason)
    }

    pub(crate) fn resume_talk(&mut self, by: AgentId, id: ConversationId) -> Result<(), Refusal> {
        self.recorded_conversation(id)?;
        self.resume_pause(id, by);
        Ok(())
    }

    fn pause(
        &mut self,
        id: ConversationId,
        recording: RecordingId,
        agent: AgentId,
        reason: PauseReason,
    ) -> Result<(), Refusal> {
        let keeping = self.keeping_mut(id).ok_or(Refusal::WrongState)?;
        if keeping.paused.contains(reason) {
            return Ok(());
        }
        let begins = keeping.paused.is_empty();
        keeping.paused = keeping.paused.with(reason);
        // Another reason makes the pause no longer.
        let until = self.timers.at(Timer::Pause(id)).filter(|_| !begins);
        let until = until.unwrap_or(self.now.mono + self.catalog.settings().recording.pause_max);
        self.timers.set(Timer::Pause(id), until);
        let limit = Some(until.since(self.now.mono));
        self.emit(Event::RecordingPaused { conversation: id, recording, reason, agent: Some(agent), limit });
        self.send_room(id);
        Ok(())
    }

    fn resume_pause(&mut self, id: ConversationId, agent: AgentId) {
        if self.end_pause(id, Some(agent), PauseEnd::Asked) {
            self.send_room(id);
        }
    }

    /// The pause is as long as one may be.
    pub(crate) fn pause_is_long(&mut self, id: ConversationId) {
        self.guard.subject = Some(id);
        if self.end_pause(id, None, PauseEnd::Time) {
            self.send_room(id);
        }
    }

    /// Whether there was a pause to be ended; the caller sends the plan.
    pub(crate) fn end_pause(&mut self, id: ConversationId, agent: Option<AgentId>, why: PauseEnd) -> bool {
        let paused = |keeping: &&mut crate::recording_policy::Keeping| !keeping.paused.is_empty();
        let Some(keeping) = self.keeping_mut(id).filter(paused) else { return false };
        keeping.paused = PauseReasons::NONE;
        let current = keeping.current;
        self.timers.cancel(Timer::Pause(id));
        if let Some((recording, _)) = current {
            self.emit(Event::RecordingResumed { conversation: id, recording, agent, why });
        }
        true
    }

    /// Begins to keep a talk, where the rule leaves that to the agent.
    pub(crate) fn start_recording(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        self.switch_recording(agent, handling, true)
    }

    /// Keeps it no longer; what was kept stays.
    pub(crate) fn stop_recording(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        self.switch_recording(agent, handling, false)
    }

    fn switch_recording(&mut self, agent: AgentId, handling: HandlingId, on: bool) -> Result<(), Refusal> {
        let (id, _) = self.own_live_talk(agent, handling)?;
        let keeping = self.keeping_mut(id).ok_or(Refusal::WrongState)?;
        let rule = keeping.rule.ok_or(Refusal::WrongState)?;
        if keeping.consent == Some(false) {
            return Err(Refusal::ConsentRefused);
        }
        if rule.mode != RecordingMode::OnDemand {
            return Err(Refusal::RecordingRuled);
        }
        if on && rule.consent_required && keeping.consent.is_none() {
            return Err(Refusal::ConsentMissing);
        }
        if keeping.switched_on == on {
            return Ok(());
        }
        keeping.switched_on = on;
        self.emit(Event::RecordingSwitched { conversation: id, agent: Some(agent), on });
        self.send_room(id);
        Ok(())
    }

    /// What an agent started ends here, from the next plan on.
    pub(crate) fn switch_off(&mut self, id: ConversationId) {
        let Some(keeping) = self.keeping_mut(id) else { return };
        if std::mem::take(&mut keeping.switched_on) {
            self.emit(Event::RecordingSwitched { conversation: id, agent: None, on: false });
        }
    }

    /// The conversation and recording of a talk of this agent; refused when nothing is kept of it.
    fn recorded_talk(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
    ) -> Result<(ConversationId, RecordingId), Refusal> {
        let (id, _) = self.own_live_talk(agent, handling)?;
        self.recording_of(id).map(|recording| (id, recording)).ok_or(Refusal::WrongState)
    }

    /// The same of any talk with a customer.
    fn recorded_conversation(&mut self, id: ConversationId) -> Result<RecordingId, Refusal> {
        let conversation = self.conversations.get(&id).ok_or(Refusal::UnknownReference)?;
        self.guard.subject = Some(id);
        conversation.talk().ok_or(Refusal::WrongState)?;
        self.recording_of(id).ok_or(Refusal::WrongState)
    }

    /// A handling of this agent in which the talk is not over.
    pub(crate) fn own_live_talk(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
    ) -> Result<(ConversationId, Handling), Refusal> {
        let (id, found) = self.handling_of(agent, handling)?;
        match found.state {
            HandlingState::Talking | HandlingState::Held(_) => Ok((id, found)),
            HandlingState::WrappingUp => Err(Refusal::WrongState),
        }
    }
}
