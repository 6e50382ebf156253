//! After-call work: with a deadline, ended by the agent, the clock, or the agent's leaving.

use domain::{AgentId, ConversationId, DispositionId, Event, HandlingId, QueueId, Refusal, WrapUpEnd};

use super::HandlingState;
use crate::floor::Floor;
use crate::limits::OUTBOUND_WRAP_UP;
use crate::output::Ignored;
use crate::timers::Timer;

impl Floor {
    /// Begins wrap-up as the queue says; without wrap-up the handling is closed at once.
    pub(crate) fn begin_wrap_up(&mut self, id: ConversationId, handling: HandlingId, queue: Option<QueueId>) {
        let Some(found) = self.conversations.get(&id).and_then(|conversation| conversation.handling(handling)) else {
            return;
        };
        let agent = found.agent;
        let limit = match queue {
            Some(queue) => self.catalog.queue(queue).map(|queue| queue.wrap_up).unwrap_or_default(),
            None => OUTBOUND_WRAP_UP,
        };
        if limit.is_zero() {
            return self.close_handling(id, handling, agent);
        }
        self.timers.set(Timer::WrapUp(handling), self.now.mono + limit);
        self.emit(Event::WrapUpStarted { conversation: id, handling, agent, limit });
    }

    pub(crate) fn finish_wrap_up(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (id, found) = self.handling_of(agent, handling)?;
        match found.state {
            HandlingState::WrappingUp => self.end_wrap_up(id, handling, agent, WrapUpEnd::Finished),
            HandlingState::Talking | HandlingState::Held(_) => return Err(Refusal::WrongState),
        }
        Ok(())
    }

    pub(crate) fn wrap_up_over(&mut self, handling: HandlingId) {
        #[cfg(feature = "defects")]
        if self.has_defect(crate::floor::Defect::WrapUpDeadlineIgnored) {
            return;
        }
        let found = self.index.handlings.get(&handling).copied();
        let agent = found.and_then(|id| Some((id, self.conversations.get(&id)?.handling(handling)?.agent)));
        match agent {
            Some((id, agent)) => {
                self.guard.subject = Some(id);
                self.end_wrap_up(id, handling, agent, WrapUpEnd::DeadlinePassed);
            }
            None => self.ignore(Ignored::Late),
        }
    }

    pub(crate) fn end_wrap_up(&mut self, id: ConversationId, handling: HandlingId, agent: AgentId, end: WrapUpEnd) {
        self.timers.cancel(Timer::WrapUp(handling));
        self.emit(Event::WrapUpFinished { conversation: id, handling, agent, end });
        self.close_handling(id, handling, agent);
    }

    /// The wrap-up an agent is in, if any.
    pub(crate) fn live_wrap_up(&self, agent: AgentId) -> Option<(ConversationId, HandlingId)> {
        let id = self.desks.get(&agent)?.work?;
        let handlings = &self.conversations.get(&id)?.handlings;
        let found = handlings.iter().find(|found| found.agent == agent && found.state == HandlingState::WrappingUp)?;
        Some((id, found.id))
    }

    pub(crate) fn dispose(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        disposition: DispositionId,
    ) -> Result<(), Refusal> {
        let (id, _) = self.handling_of(agent, handling)?;
        if !self.catalog.has_disposition(disposition) {
            return Err(Refusal::UnknownReference);
        }
        self.emit(Event::HandlingDisposed { conversation: id, handling, agent, disposition });
        Ok(())
    }
}
