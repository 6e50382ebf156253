//! Queues, the skills they ask for and the agents who serve them.

use std::collections::HashMap;
use std::time::Duration;

use domain::settings::{Queue, RecordingMode};
use domain::{AgentId, QueueId, SiteId, SkillId, TeamId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::recording_policy::{mode_audited, mode_columns, mode_of};
use super::retention_policy::{checked_days, read_days};
use super::rows::{Columns, millis_of, required};
use super::users::same_version;
use super::write::{Audit, Change};
use crate::ledger::signed;
use crate::{Scope, Store, StoreError};

/// How long an offer may ring.
const RING_TIMEOUT: std::ops::RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_secs(300);

/// Sounds spoken on entry.
const ENTRY_SOUNDS_MAX: usize = 20;

/// A queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRecord {
    /// As the floor sees it.
    pub queue: Queue,
    /// Who serves it.
    pub agents: Vec<AgentId>,
    /// Days its recordings are kept, 1–3,650; `None` as the centre's policy says.
    pub retention_days: Option<u32>,
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
    /// Most customers waiting at once.
    pub waiting_max: Option<u32>,
    /// Service-level threshold.
    pub service_level_target: Duration,
    /// Sound name of the music.
    pub music: String,
    /// Sound names spoken once on entry.
    pub entry_sounds: Vec<String>,
    /// What is kept of its conversations.
    pub recording: RecordingMode,
    /// Days its recordings are kept, 1–3,650; `None` as the centre's policy says.
    pub retention_days: Option<u32>,
    /// Site.
    pub site: SiteId,
    /// Team.
    pub team: Option<TeamId>,
    /// Who serves it.
    pub agents: Vec<AgentId>,
}

impl QueueRecord {
    fn audit(&self) -> Value {
        let queue = &self.queue;
        json!({
            "name": queue.name, "ring_timeout_ms": queue.ring_timeout.as_millis() as u64,
            "wrap_up_ms": queue.wrap_up.as_millis() as u64,
            "wait_max_ms": queue.wait_max.map(|wait| wait.as_millis() as u64), "waiting_max": queue.waiting_max,
            "service_level_target_ms": queue.service_level_target.as_millis() as u64, "music": queue.music,
            "entry_sounds": queue.entry_sounds, "recording": mode_audited(queue.recording), "site_id": queue.site.to_string(),
            "retention_days": self.retention_days,
            "team_id": queue.team.map(|t| t.to_string()),
            "skill_ids": queue.skills.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "agent_ids": self.agents.iter().map(ToString::to_string).collect::<Vec<_>>(), "version": self.version,
        })
    }
}

fn queue(row: &SqliteRow) -> Result<QueueRecord, StoreError> {
    let queue = Queue {
        id: row.id("id")?,
        name: row.text("name")?,
        skills: Vec::new(),
        ring_timeout: row.millis("ring_timeout_ms")?,
        wrap_up: row.millis("wrap_up_ms")?,
        wait_max: row.maybe_count("wait_max_ms")?.map(Duration::from_millis),
        waiting_max: row.maybe_count("waiting_max")?.and_then(|max| u32::try_from(max).ok()),
        music: row.text("music")?,
        entry_sounds: row.texts("entry_sounds")?,
        recording: mode_of(row, "recording_mode", "recording_share")?,
        service_level_target: row.millis("service_level_target_ms")?,
        site: row.id("site_id")?,
        team: row.maybe_id("team_id")?,
    };
    let retention_days = read_days(row, "retention_days")?;
    Ok(QueueRecord { queue, agents: Vec::new(), retention_days, version: row.count("version")? })
}

fn drafted(id: QueueId, version: u64, draft: &QueueDraft) -> Result<QueueRecord, StoreError> {
    if !RING_TIMEOUT.contains(&draft.ring_timeout) {
        return Err(StoreError::Invalid("ring_timeout"));
    }
    if draft.waiting_max == Some(0) {
        return Err(StoreError::Invalid("waiting_max"));
    }
    if draft.entry_sounds.len() > ENTRY_SOUNDS_MAX {
        return Err(StoreError::Invalid("entry_sounds"));
    }
    let queue = Queue {
        id,
        name: required(&draft.name, 200, "name")?.to_owned(),
        skills: sorted(&draft.skills),
        ring_timeout: draft.ring_timeout,
        wrap_up: draft.wrap_up,
        wait_max: draft.wait_max,
        waiting_max: draft.waiting_max,
        music: required(&draft.music, 100, "music")?.to_owned(),
        entry_sounds: draft.entry_sounds.clone(),
        recording: draft.recording,
        service_level_target: draft.service_level_target,
        site: draft.site,
        team: draft.team,
    };
    let retention_days = checked_days(draft.retention_days, "retention_days")?;
    Ok(QueueRecord { queue, agents: sorted(&draft.agents), retention_days, version })
}

fn sorted<T: Ord + Copy>(ids: &[T]) -> Vec<T> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

async fn links(
    connection: &mut SqliteConnection,
    scope: &Scope,
    statement: &'static str,
) -> Result<HashMap<QueueId, Vec<i64>>, StoreError> {
    let mut links: HashMap<QueueId, Vec<i64>> = HashMap::new();
    for row in sqlx::query(statement).bind(scope.tenant.0).fetch_all(connection).await? {
        links.entry(row.id("queue_id")?).or_default().push(row.id("other_id")?);
    }
    Ok(links)
}

/// The queues within the scope, or the one of them with `id`.
pub(super) async fn find_queues(
    connection: &mut SqliteConnection,
    scope: &Scope,
    id: Option<QueueId>,
) -> Result<Vec<QueueRecord>, StoreError> {
    let rows = sqlx::query(
        "SELECT * FROM queue WHERE tenant_id = $1 AND ($2 IS NULL OR id = $2) AND ($3 IS NULL OR site_id = $3) \
         AND ($4 IS NULL OR team_id IS NULL OR team_id = $4) ORDER BY name, id",
    )
    .bind(scope.tenant.0)
    .bind(id.map(|id| id.0))
    .bind(scope.site())
    .bind(scope.team())
    .fetch_all(&mut *connection)
    .await?;
    let skills = "SELECT queue_id, skill_id AS other_id FROM queue_skill WHERE tenant_id = $1 ORDER BY skill_id";
    let mut skills = links(connection, scope, skills).await?;
    let agents = "SELECT queue_id, agent_id AS other_id FROM queue_agent WHERE tenant_id = $1 ORDER BY agent_id";
    let mut agents = links(connection, scope, agents).await?;
    let mut queues = rows.iter().map(queue).collect::<Result<Vec<_>, _>>()?;
    for record in &mut queues {
        let id = record.queue.id;
        record.queue.skills = skills.remove(&id).unwrap_or_default().into_iter().map(SkillId).collect();
        record.agents = agents.remove(&id).unwrap_or_default().into_iter().map(AgentId).collect();
    }
    Ok(queues)
}

async fn find_queue(connection: &mut SqliteConnection, scope: &Scope, id: QueueId) -> Result<QueueRecord, StoreError> {
    find_queues(connection, scope, Some(id)).await?.pop().ok_or(StoreError::NotFound("queue"))
}

async fn store_links(change: &mut Change<'_>, scope: &Scope, record: &QueueRecord) -> Result<(), StoreError> {
    let id = record.queue.id;
    for statement in [
        "DELETE FROM queue_skill WHERE tenant_id = $1 AND queue_id = $2",
        "DELETE FROM queue_agent WHERE tenant_id = $1 AND queue_id = $2",
    ] {
        sqlx::query(statement).bind(scope.tenant.0).bind(id.0).execute(change.tx()).await?;
    }
    const SKILL: &str = "INSERT INTO queue_skill (tenant_id, queue_id, skill_id) VALUES ($1, $2, $3)";
    const AGENT: &str = "INSERT INTO queue_agent (tenant_id, queue_id, agent_id) VALUES ($1, $2, $3)";
    let skills = record.queue.skills.iter().map(|skill| (SKILL, skill.0));
    let agents = record.agents.iter().map(|agent| (AGENT, agent.0));
    for (statement, other) in skills.chain(agents) {
        sqlx::query(statement).bind(scope.tenant.0).bind(id.0).bind(other).execute(change.tx()).await?;
    }
    Ok(())
}

/// Runs an INSERT or UPDATE that takes the same values in the same places.
async fn put(
    change: &mut Change<'_>,
    scope: &Scope,
    now: Utc,
    statement: &'static str,
    record: &QueueRecord,
) -> Result<(), StoreError> {
    let queue = &record.queue;
    let (mode, share) = mode_columns(queue.recording);
    sqlx::query(statement)
        .bind(scope.tenant.0)
        .bind(queue.id.0)
        .bind(queue.site.0)
        .bind(queue.team.map(|t| t.0))
        .bind(queue.name.as_str())
        .bind(millis_of(queue.ring_timeout)?)
        .bind(millis_of(queue.wrap_up)?)
        .bind(queue.wait_max.map(millis_of).transpose()?)
        .bind(millis_of(queue.service_level_target)?)
        .bind(queue.music.as_str())
        .bind(Value::from(queue.entry_sounds.clone()).to_string())
        .bind(signed(record.version)?)
        .bind(now.0)
        .bind(queue.waiting_max.map(i64::from))
        .bind(mode)
        .bind(share.map(i64::from))
        .bind(record.retention_days.map(i64::from))
        .execute(change.tx())
        .await?;
    store_links(change, scope, record).await
}

impl Store {
    /// Makes a queue.
    pub async fn create_queue(&self, scope: &Scope, now: Utc, draft: &QueueDraft) -> Result<QueueRecord, StoreError> {
        let created = drafted(self.mint(now), 1, draft)?;
        let mut change = self.change(scope, now).await?;
        let insert = "INSERT INTO queue (tenant_id, id, site_id, team_id, name, ring_timeout_ms, wrap_up_ms, wait_max_ms, \
            service_level_target_ms, music, entry_sounds, version, created_us, updated_us, waiting_max, recording_mode, \
            recording_share, retention_days) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14, $15, $16, $17)";
        put(&mut change, scope, now, insert, &created).await?;
        change.commit(Audit::of_setting("queue.created", created.queue.id, Value::Null, created.audit())).await?;
        Ok(created)
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
        let mut change = self.change(scope, now).await?;
        let before = find_queue(change.tx(), scope, id).await?;
        same_version(before.version, version)?;
        let after = drafted(id, version + 1, draft)?;
        let update = "UPDATE queue SET site_id = $3, team_id = $4, name = $5, ring_timeout_ms = $6, wrap_up_ms = $7, \
            wait_max_ms = $8, service_level_target_ms = $9, music = $10, entry_sounds = $11, version = $12, \
            updated_us = $13, waiting_max = $14, recording_mode = $15, recording_share = $16, retention_days = $17 \
            WHERE tenant_id = $1 AND id = $2";
        put(&mut change, scope, now, update, &after).await?;
        change.commit(Audit::of_setting("queue.updated", id, before.audit(), after.audit())).await?;
        Ok(after)
    }

    /// One queue.
    pub async fn queue(&self, scope: &Scope, id: QueueId) -> Result<QueueRecord, StoreError> {
        find_queue(&mut *self.business.read().await?, scope, id).await
    }

    /// Queues, by name.
    pub async fn queues(&self, scope: &Scope) -> Result<Vec<QueueRecord>, StoreError> {
        find_queues(&mut *self.business.read().await?, scope, None).await
    }
}
