//! Agents: people with an extension, their queues and skills.

use std::collections::HashMap;

use domain::{AgentId, QueueId, SkillId, Utc};
use serde_json::Value;
use sqlx::sqlite::SqliteConnection;

use super::rows::Columns;
use super::users::{find_user, insert_user, same_version, store_user, user};
use super::write::{Audit, Change};
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

impl AgentRecord {
    fn audit(&self) -> Value {
        let mut audit = self.user.audit();
        audit["queue_ids"] = self.queues.iter().map(ToString::to_string).collect();
        audit["skill_ids"] = self.skills.iter().map(ToString::to_string).collect();
        audit
    }
}

/// Pairs (agent, other id) of one link table; of one agent or of all.
async fn links(
    connection: &mut SqliteConnection,
    scope: &Scope,
    statement: &'static str,
    agent: Option<AgentId>,
) -> Result<HashMap<AgentId, Vec<i64>>, StoreError> {
    let rows =
        sqlx::query(statement).bind(scope.tenant.0).bind(agent.map(|agent| agent.0)).fetch_all(connection).await?;
    let mut links: HashMap<AgentId, Vec<i64>> = HashMap::new();
    for row in rows {
        links.entry(row.id("agent_id")?).or_default().push(row.id("other_id")?);
    }
    Ok(links)
}

const QUEUES: &str = "SELECT agent_id, queue_id AS other_id FROM queue_agent \
    WHERE tenant_id = $1 AND ($2 IS NULL OR agent_id = $2) ORDER BY queue_id";
const SKILLS: &str = "SELECT agent_id, skill_id AS other_id FROM agent_skill \
    WHERE tenant_id = $1 AND ($2 IS NULL OR agent_id = $2) ORDER BY skill_id";

/// Adds queues and skills to people.
pub(super) async fn with_links(
    connection: &mut SqliteConnection,
    scope: &Scope,
    users: Vec<User>,
) -> Result<Vec<AgentRecord>, StoreError> {
    let one = match users.as_slice() {
        [one] => Some(one.id.into()),
        _ => None,
    };
    let mut queues = links(connection, scope, QUEUES, one).await?;
    let mut skills = links(connection, scope, SKILLS, one).await?;
    let take = |links: &mut HashMap<AgentId, Vec<i64>>, user: &User| links.remove(&user.id.into()).unwrap_or_default();
    let records = users.into_iter().map(|user| AgentRecord {
        queues: take(&mut queues, &user).into_iter().map(QueueId).collect(),
        skills: take(&mut skills, &user).into_iter().map(SkillId).collect(),
        user,
    });
    Ok(records.collect())
}

pub(super) async fn find_agent(
    connection: &mut SqliteConnection,
    scope: &Scope,
    id: AgentId,
) -> Result<AgentRecord, StoreError> {
    let user = find_user(connection, scope, id.into()).await?;
    if user.extension.is_none() {
        return Err(StoreError::NotFound("agent"));
    }
    with_links(connection, scope, vec![user]).await?.pop().ok_or(StoreError::NotFound("agent"))
}

async fn store_links(
    change: &mut Change<'_>,
    scope: &Scope,
    id: AgentId,
    draft: &AgentDraft,
) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM queue_agent WHERE tenant_id = $1 AND agent_id = $2",
        "DELETE FROM agent_skill WHERE tenant_id = $1 AND agent_id = $2",
    ] {
        sqlx::query(statement).bind(scope.tenant.0).bind(id.0).execute(change.tx()).await?;
    }
    let queues = draft
        .queues
        .iter()
        .map(|queue| ("INSERT INTO queue_agent (tenant_id, agent_id, queue_id) VALUES ($1, $2, $3)", queue.0));
    let skills = draft
        .skills
        .iter()
        .map(|skill| ("INSERT INTO agent_skill (tenant_id, agent_id, skill_id) VALUES ($1, $2, $3)", skill.0));
    for (statement, other) in queues.chain(skills) {
        sqlx::query(statement).bind(scope.tenant.0).bind(id.0).bind(other).execute(change.tx()).await?;
    }
    Ok(())
}

fn check(draft: &AgentDraft) -> Result<(), StoreError> {
    let has_extension = draft.user.extension.as_deref().is_some_and(|e| !e.trim().is_empty());
    if has_extension { Ok(()) } else { Err(StoreError::Invalid("extension")) }
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
        check(draft)?;
        let mut change = self.change(scope, now).await?;
        let user = insert_user(&mut change, scope, self.mint(now), now, &draft.user, password_hash).await?;
        let id = user.id.into();
        store_links(&mut change, scope, id, draft).await?;
        let agent = find_agent(change.tx(), &Scope::system(scope.tenant), id).await?;
        change.commit(Audit::of_setting("agent.created", id, Value::Null, agent.audit())).await?;
        Ok(agent)
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
        check(draft)?;
        let mut change = self.change(scope, now).await?;
        let before = find_agent(change.tx(), scope, id).await?;
        same_version(before.user.version, version)?;
        store_user(&mut change, scope, now, &before.user, &draft.user).await?;
        store_links(&mut change, scope, id, draft).await?;
        let after = find_agent(change.tx(), &Scope::system(scope.tenant), id).await?;
        change.commit(Audit::of_setting("agent.updated", id, before.audit(), after.audit())).await?;
        Ok(after)
    }

    /// One agent.
    pub async fn agent(&self, scope: &Scope, id: AgentId) -> Result<AgentRecord, StoreError> {
        find_agent(&mut *self.business.read().await?, scope, id).await
    }

    /// Agents, by id.
    pub async fn agents(&self, scope: &Scope, page: Page<AgentId>) -> Result<Vec<AgentRecord>, StoreError> {
        let mut connection = self.business.read().await?;
        let rows = sqlx::query(
            "SELECT * FROM user_account WHERE tenant_id = $1 AND extension IS NOT NULL AND id > $2 \
             AND ($3 IS NULL OR site_id = $3) AND ($4 IS NULL OR team_id = $4) ORDER BY id LIMIT $5",
        )
        .bind(scope.tenant.0)
        .bind(page.after.map_or(-1, |id| id.0))
        .bind(scope.site())
        .bind(scope.team())
        .bind(page.rows())
        .fetch_all(&mut *connection)
        .await?;
        let users = rows.iter().map(user).collect::<Result<Vec<_>, _>>()?;
        with_links(&mut connection, scope, users).await
    }
}
