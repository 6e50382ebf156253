//! Queues, the skills they ask for and the agents who serve them.

use std::time::Duration;

use domain::settings::Queue;
use domain::{AgentId, QueueId, SiteId, SkillId, TeamId, Utc};

use crate::{Scope, Store, StoreError};

/// A queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRecord {
    /// As the floor sees it.
    pub queue: Queue,
    /// Who serves it.
    pub agents: Vec<AgentId>,
    /// Grows with every change.
    pub version: u64,
}

/// What a caller says about a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueDraft {
    /// Its name, unique in the tenant.
    pub name: String,
    /// Skills asked for.
    pub skills: Vec<SkillId>,
    /// How long an offer rings, 1–300 s.
    pub ring_timeout: Duration,
    /// Wrap-up limit; zero means none.
    pub wrap_up: Duration,
    /// Longest wait.
    pub wait_max: Option<Duration>,
    /// Service-level threshold.
    pub service_level_target: Duration,
    /// Sound name of the music.
    pub music: String,
    /// Sound names spoken once on entry.
    pub entry_sounds: Vec<String>,
    /// Site.
    pub site: SiteId,
    /// Team.
    pub team: Option<TeamId>,
    /// Who serves it.
    pub agents: Vec<AgentId>,
}

impl Store {
    /// Makes a queue.
    pub async fn create_queue(&self, scope: &Scope, now: Utc, draft: &QueueDraft) -> Result<QueueRecord, StoreError> {
        let _ = (scope, now, draft);
        todo!()
    }

    /// Changes a queue if `version` is still the current one.
    pub async fn update_queue(
        &self,
        scope: &Scope,
        now: Utc,
        id: QueueId,
        version: u64,
        draft: &QueueDraft,
    ) -> Result<QueueRecord, StoreError> {
        let _ = (scope, now, id, version, draft);
        todo!()
    }

    /// One queue.
    pub async fn queue(&self, scope: &Scope, id: QueueId) -> Result<QueueRecord, StoreError> {
        let _ = (scope, id);
        todo!()
    }

    /// Queues, by name.
    pub async fn queues(&self, scope: &Scope) -> Result<Vec<QueueRecord>, StoreError> {
        let _ = scope;
        todo!()
    }
}
