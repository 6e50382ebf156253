//! Signing in and out, ready and not ready. Every change is one event; asking for what is so already changes nothing.

use domain::input::ForcedState;
use domain::{AgentId, Event, NotReadyReasonId, PresenceCause, Refusal, SupervisionEnd, WrapUpEnd};

use super::Attendance;
use crate::floor::Floor;
use crate::records::PresenceRecord;
use crate::timers::Timer;

impl Floor {
    pub(crate) fn sign_in(&mut self, agent: AgentId) -> Result<(), Refusal> {
        let Some(desk) = self.desks.get(&agent).filter(|desk| !desk.removed) else {
            return Err(Refusal::UnknownReference);
        };
        let browser = desk.leg.is_some();
        let anybody = desk.page || (browser && !self.works_by_telephone(agent));
        if self.is_signed_in(agent) {
            return Ok(());
        }
        self.emit(Event::AgentSignedIn { agent });
        let since = self.now.mono;
        self.set_attendance(agent, if anybody { Attendance::Here } else { Attendance::PageGone { since } });
        self.sync_agent(agent);
        Ok(())
    }

    pub(crate) fn ready(&mut self, agent: AgentId) -> Result<(), Refusal> {
        match self.agent_record(agent).presence {
            PresenceRecord::SignedOut => return Err(Refusal::NotSignedIn),
            PresenceRecord::Ready => return Ok(()),
            PresenceRecord::NotReady { .. } => {}
        }
        if !self.has_phone(agent) {
            return Err(Refusal::NoDevice);
        }
        if self.desks.get(&agent).is_none_or(|desk| desk.removed) {
            return Err(Refusal::UnknownReference);
        }
        self.emit(Event::AgentReady { agent });
        self.sync_agent(agent);
        Ok(())
    }

    pub(crate) fn not_ready(
        &mut self,
        agent: AgentId,
        reason: Option<NotReadyReasonId>,
        cause: PresenceCause,
    ) -> Result<(), Refusal> {
        if reason.is_some_and(|reason| !self.catalog.has_reason(reason)) {
            return Err(Refusal::UnknownReference);
        }
        match self.agent_record(agent).presence {
            PresenceRecord::SignedOut => return Err(Refusal::NotSignedIn),
            PresenceRecord::NotReady { reason: before } if before == reason => return Ok(()),
            PresenceRecord::NotReady { .. } | PresenceRecord::Ready => {}
        }
        self.emit(Event::AgentNotReady { agent, reason, cause });
        self.sync_agent(agent);
        Ok(())
    }

    /// A supervisor decides about the presence of another agent, as that agent could.
    pub(crate) fn force_state(&mut self, agent: AgentId, target: AgentId, state: ForcedState) -> Result<(), Refusal> {
        if agent == target || !self.catalog.has_agent(target) {
            return Err(Refusal::UnknownReference);
        }
        let by = PresenceCause::Supervisor;
        match state {
            ForcedState::Ready => self.ready(target),
            ForcedState::NotReady { reason } => self.not_ready(target, reason, by),
            ForcedState::SignedOut => self.sign_out(target, by),
        }
    }

    /// Takes readiness away from an agent who is ready; others keep the reason they gave.
    pub(crate) fn become_not_ready(&mut self, agent: AgentId, reason: Option<NotReadyReasonId>, cause: PresenceCause) {
        if self.agent_record(agent).presence == PresenceRecord::Ready {
            self.emit(Event::AgentNotReady { agent, reason, cause });
            self.sync_agent(agent);
        }
    }

    /// Refused while ringing or talking; wrap-up ends with it.
    pub(crate) fn sign_out(&mut self, agent: AgentId, cause: PresenceCause) -> Result<(), Refusal> {
        if !self.is_signed_in(agent) {
            return Ok(());
        }
        if let Some((id, handling)) = self.live_wrap_up(agent) {
            self.guard.subject = Some(id);
            self.end_wrap_up(id, handling, agent, WrapUpEnd::SignedOut);
        } else if self.desks.get(&agent).is_some_and(|desk| desk.work.is_some()) {
            return Err(Refusal::WorkInHand);
        }
        self.signed_out(agent, cause);
        Ok(())
    }

    /// The agent is gone. Work has been ended before.
    pub(crate) fn signed_out(&mut self, agent: AgentId, cause: PresenceCause) {
        if !self.is_signed_in(agent) {
            return;
        }
        self.end_echo(agent);
        self.emit(Event::AgentSignedOut { agent, cause });
        if let Some(desk) = self.desks.get_mut(&agent) {
            desk.attendance = Attendance::Here;
        }
        self.timers.cancel(Timer::Grace(agent));
        self.sync_agent(agent);
    }

    /// An agent taken out of the settings is signed out as soon as there is no work in hand.
    pub(crate) fn retire_if_removed(&mut self, agent: AgentId) {
        let Some(desk) = self.desks.get(&agent).filter(|desk| desk.removed) else { return };
        match desk.work {
            None => self.signed_out(agent, PresenceCause::Administrator),
            Some(_) => {
                if let Some((id, handling)) = self.live_wrap_up(agent) {
                    self.end_wrap_up(id, handling, agent, WrapUpEnd::SignedOut);
                } else if let Some((id, _)) = self.supervision_of(agent) {
                    self.end_supervision(id, agent, SupervisionEnd::Stopped);
                    self.send_room(id);
                }
            }
        }
    }
}
