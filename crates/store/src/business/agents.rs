//! Agents: people with an extension, their queues and skills.

use domain::{AgentId, QueueId, SkillId, Utc};

use crate::{Page, Scope, Store, StoreError, User, UserDraft};

/// A person who handles conversations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentRecord {
    /// The person; their `version` is the agent's.
    pub user: User,
    /// Queues served.
    pub queues: Vec<QueueId>,
    /// Skills held.
    pub skills: Vec<SkillId>,
}

impl AgentRecord {
    /// The agent's id: the person's number.
    pub fn id(&self) -> AgentId {
        self.user.id.into()
    }
}

/// What a caller says about an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentDraft {
    /// The person; `extension` must be given.
    pub user: UserDraft,
    /// Queues to serve.
    pub queues: Vec<QueueId>,
    /// Skills held.
    pub skills: Vec<SkillId>,
}

impl Store {
    /// Makes an agent.
    pub async fn create_agent(
        &self,
        scope: &Scope,
        now: Utc,
        draft: &AgentDraft,
        password_hash: &str,
    ) -> Result<AgentRecord, StoreError> {
        let _ = (scope, now, draft, password_hash);
        todo!()
    }

    /// Changes an agent if `version` is still the current one.
    pub async fn update_agent(
        &self,
        scope: &Scope,
        now: Utc,
        id: AgentId,
        version: u64,
        draft: &AgentDraft,
    ) -> Result<AgentRecord, StoreError> {
        let _ = (scope, now, id, version, draft);
        todo!()
    }

    /// One agent.
    pub async fn agent(&self, scope: &Scope, id: AgentId) -> Result<AgentRecord, StoreError> {
        let _ = (scope, id);
        todo!()
    }

    /// Agents, by id.
    pub async fn agents(&self, scope: &Scope, page: Page<AgentId>) -> Result<Vec<AgentRecord>, StoreError> {
        let _ = (scope, page);
        todo!()
    }
}
