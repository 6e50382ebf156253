//! What routing is told about queues and agents.

use domain::settings::{Agent, Queue};
use domain::{AgentId, Mono, QueueId, SkillId};

/// What a queue asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRule {
    /// Which queue.
    pub id: QueueId,
    /// Skills every agent must have, all of them; sorted, without repetition.
    pub skills: Vec<SkillId>,
}

impl QueueRule {
    /// A rule from skills in any order.
    pub fn new(id: QueueId, skills: impl IntoIterator<Item = SkillId>) -> QueueRule {
        QueueRule { id, skills: sorted(skills) }
    }
}

impl From<&Queue> for QueueRule {
    fn from(queue: &Queue) -> QueueRule {
        QueueRule::new(queue.id, queue.skills.iter().copied())
    }
}

/// What an agent can serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentRule {
    /// Who.
    pub id: AgentId,
    /// Queues served; sorted, without repetition.
    pub queues: Vec<QueueId>,
    /// Skills held; sorted, without repetition.
    pub skills: Vec<SkillId>,
}

impl AgentRule {
    /// A rule from queues and skills in any order.
    pub fn new(
        id: AgentId,
        queues: impl IntoIterator<Item = QueueId>,
        skills: impl IntoIterator<Item = SkillId>,
    ) -> AgentRule {
        AgentRule { id, queues: sorted(queues), skills: sorted(skills) }
    }

    /// Whether the agent holds every skill of `needed`.
    pub fn has_all(&self, needed: &[SkillId]) -> bool {
        needed.iter().all(|skill| self.skills.binary_search(skill).is_ok())
    }
}

impl From<&Agent> for AgentRule {
    fn from(agent: &Agent) -> AgentRule {
        AgentRule::new(agent.id, agent.queues.iter().copied(), agent.skills.iter().copied())
    }
}

/// Whether an agent works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Presence {
    /// Not at work.
    #[default]
    SignedOut,
    /// At work, takes no offers.
    NotReady,
    /// Takes offers.
    Ready,
}

/// How an agent stands towards new work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What the agent declared.
    pub presence: Presence,
    /// Whether an offer would reach the agent.
    pub reachable: bool,
    /// Whether the agent's one place for live work is taken: ringing, talking or wrapping up.
    pub busy: bool,
    /// Since when the agent has had nothing to do: the later of becoming ready and finishing work.
    pub idle_since: Mono,
}

impl Standing {
    /// Ready, and an offer would arrive.
    pub fn is_available(&self) -> bool {
        self.presence == Presence::Ready && self.reachable
    }

    /// Available and without work: can be offered something.
    pub fn is_idle(&self) -> bool {
        self.is_available() && !self.busy
    }
}

fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort_unstable();
    items.dedup();
    items
}
