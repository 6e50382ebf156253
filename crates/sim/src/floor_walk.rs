//! Whoever walks the floor: hears talks and takes part in them, gives waiting customers to agents, decides who is ready.

use domain::input::{AgentAction, ForcedState};
use domain::{AgentId, ConversationId, SupervisionMode};
use engine::{AgentState, StageView};

use crate::Violation;
use crate::agenda::Happening;
use crate::centre::BREAK;
use crate::world::{SECOND, World};

impl World {
    /// Does something about somebody, as a rule about a talk.
    pub(crate) fn walks_the_floor(&mut self, agent: AgentId) -> Result<(), Violation> {
        match self.random.below(9) {
            0 | 1 => self.assigns(agent),
            2 | 3 => self.forces(agent),
            4 => self.ends(agent),
            _ => self.supervises(agent),
        }
    }

    /// Hears somebody's talk for a while, in one way or another, takes it over or ends it.
    pub(crate) fn supervises(&mut self, agent: AgentId) -> Result<(), Violation> {
        let busy: Vec<(AgentId, ConversationId)> = self
            .floor
            .inspect()
            .agents()
            .filter(|other| matches!(other.state, AgentState::Talking | AgentState::Held))
            .filter_map(|other| Some((other.id, other.conversation?)))
            .collect();
        if busy.is_empty() {
            return Ok(());
        }
        let heard = self.floor.inspect().agent(agent).is_some_and(|own| own.state == AgentState::Supervising);
        let (target, conversation) = busy[self.random.below(busy.len() as u64) as usize];
        let mode =
            [SupervisionMode::Listen, SupervisionMode::Whisper, SupervisionMode::Barge][self.random.below(3) as usize];
        if self.random.percent(80) {
            let again = self.random.between(SECOND, 40 * SECOND);
            self.plan(again, Happening::AgentSupervises(agent));
        }
        let action = match self.random.below(10) {
            0 => AgentAction::TakeOver { target, conversation },
            1 => AgentAction::Release { target, conversation },
            2..5 if heard => AgentAction::StopSupervising,
            _ => AgentAction::Supervise { target, conversation, mode },
        };
        self.ask(agent, action)
    }

    /// Gives somebody who waits to somebody, or takes them.
    fn assigns(&mut self, agent: AgentId) -> Result<(), Violation> {
        let waits = |stage| matches!(stage, StageView::Waiting { .. });
        let waiting: Vec<ConversationId> =
            self.floor.inspect().conversations().filter(|known| waits(known.stage)).map(|known| known.id).collect();
        if waiting.is_empty() {
            return Ok(());
        }
        let conversation = waiting[self.random.below(waiting.len() as u64) as usize];
        let to = if self.random.percent(50) { agent } else { self.colleague() };
        self.ask(agent, AgentAction::Assign { conversation, to })
    }

    /// Ends a call, most of them without an agent.
    fn ends(&mut self, agent: AgentId) -> Result<(), Violation> {
        let alone = |stage| {
            matches!(
                stage,
                StageView::InFlow { .. }
                    | StageView::Waiting { .. }
                    | StageView::Parked { .. }
                    | StageView::Returning
                    | StageView::Forwarded { .. }
            )
        };
        let any = self.random.percent(10);
        let known = self.floor.inspect().conversations().filter(|known| any || alone(known.stage));
        let known: Vec<ConversationId> = known.map(|known| known.id).collect();
        if known.is_empty() {
            return Ok(());
        }
        let conversation = known[self.random.below(known.len() as u64) as usize];
        self.watch.count(if any { "asked to end any call" } else { "asked to end a call without an agent" });
        self.ask(agent, AgentAction::EndConversation { conversation })
    }

    fn forces(&mut self, agent: AgentId) -> Result<(), Violation> {
        let target = self.colleague();
        let state = match self.random.below(4) {
            0 => ForcedState::Ready,
            1 => ForcedState::SignedOut,
            _ => ForcedState::NotReady { reason: self.random.percent(50).then_some(BREAK) },
        };
        self.ask(agent, AgentAction::ForceState { target, state })
    }
}
