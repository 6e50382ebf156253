//! Tasks: what is left to be done for a customer after a conversation, such as a message to be listened to.
//!
//! A task of a message is made from the ledger by a job: the event names the task, the place up to which the ledger has been
//! read moves in the transaction that makes the row. So none is lost and none is made twice, wherever the process dies.

mod from_ledger;

use std::collections::HashMap;
use std::time::Duration;

use domain::{
    ConversationId, CustomerId, NumberId, PartyId, QueueId, RecordingId, SiteId, TaskId, TeamId, UserId, Utc,
    VoicemailCause,
};
use serde_json::{Map, Value, json};
use sqlx::QueryBuilder;
use sqlx::sqlite::{Sqlite, SqliteConnection, SqliteRow};
use tokio::sync::watch;

use super::rows::{Columns, optional};
use super::users::same_version;
use super::write::{Audit, Change};
use crate::ledger::signed;
use crate::{Page, Scope, Store, StoreError, names};

/// Longest note, in characters.
const NOTE_MAX: usize = 4_000;

/// What a task asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskKind {
    /// A message is to be listened to.
    Voicemail,
    /// A customer is to be called back.
    Callback,
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskState {
    /// Nobody has it.
    Open,
    /// Somebody has it.
    Assigned,
    /// Done.
    Done,
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskResult {
    /// The customer was spoken to.
    Reached,
    /// The customer was tried in vain.
    NotReached,
    /// There was nothing to be done.
    NothingToDo,
}

/// A task.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// What it asks for.
    pub kind: TaskKind,
    /// How far it is.
    pub state: TaskState,
    /// Site of the number dialled.
    pub site: Option<SiteId>,
    /// Team of the queue.
    pub team: Option<TeamId>,
    /// Whom it concerns, as they called.
    pub party: Option<PartyId>,
    /// The record, if it was found.
    pub customer: Option<CustomerId>,
    /// The number dialled.
    pub number: Option<NumberId>,
    /// The queue that was full or took too long.
    pub queue: Option<QueueId>,
    /// Where it comes from.
    pub conversation: Option<ConversationId>,
    /// The message.
    pub recording: Option<RecordingId>,
    /// How long the message is.
    pub length: Option<Duration>,
    /// What led the customer to leave a message.
    pub reason: Option<VoicemailCause>,
    /// When it should be done.
    pub due_at: Option<Utc>,
    /// Who has it.
    pub owner: Option<UserId>,
    /// How it ended.
    pub result: Option<TaskResult>,
    /// Who ended it.
    pub closed_by: Option<UserId>,
    /// When it ended.
    pub closed_at: Option<Utc>,
    /// What people wrote about it.
    pub note: Option<String>,
    /// Fields of the tenant's own.
    pub custom: Map<String, Value>,
    /// When it was made.
    pub created_at: Utc,
    /// When it was last changed.
    pub updated_at: Utc,
    /// Grows with every change.
    pub version: u64,
}

/// Whose tasks a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskOwner {
    /// Those of one person.
    Only(UserId),
    /// Those of one person, and those nobody has.
    OrNobody(UserId),
}

/// Which tasks a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// `Some(true)` those that are done, `Some(false)` those that are not.
    pub done: Option<bool>,
    /// What they ask for.
    pub kind: Option<TaskKind>,
    /// Whose.
    pub owner: Option<TaskOwner>,
}

/// One step of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskStep {
    /// The person who asks has it from now on. `Conflict` when somebody else has it, or it is done.
    Take,
    /// Done. `Conflict` when somebody else has it, or it is done.
    Close {
        /// How it ended.
        result: TaskResult,
        /// What is to be remembered; `None` leaves the note.
        note: Option<String>,
    },
    /// Nobody has it any more, and it is not done. `Conflict` when it is so already.
    Reopen,
    /// Writes the note; an empty one removes it.
    Note(String),
}

/// How many tasks are not done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskCounts {
    /// Nobody has them.
    pub open: u64,
    /// By who has them.
    pub assigned: HashMap<UserId, u64>,
}

impl TaskStep {
    const fn action(&self) -> &'static str {
        match self {
            TaskStep::Take => "task.taken",
            TaskStep::Close { .. } => "task.closed",
            TaskStep::Reopen => "task.reopened",
            TaskStep::Note(_) => "task.note_written",
        }
    }
}

impl Task {
    fn audit(&self) -> Value {
        json!({
            "kind": names::task_kind(self.kind), "state": names::task_state(self.state),
            "conversation_id": self.conversation.map(|id| id.to_string()),
            "recording_id": self.recording.map(|id| id.to_string()),
            "owner_id": self.owner.map(|id| id.to_string()), "result": self.result.map(names::task_result),
            "closed_by": self.closed_by.map(|id| id.to_string()), "note": self.note, "version": self.version,
        })
    }

    /// The task after a step of `person`.
    fn after(&self, step: &TaskStep, person: UserId, now: Utc) -> Result<Task, StoreError> {
        let mut after = Task { updated_at: now, version: self.version + 1, ..self.clone() };
        let is_anothers = self.owner.is_some_and(|owner| owner != person);
        match (step, self.state) {
            (TaskStep::Note(text), TaskState::Open | TaskState::Assigned | TaskState::Done) => {
                after.note = optional(Some(text), NOTE_MAX, "note")?.map(str::to_owned);
            }
            (TaskStep::Take | TaskStep::Close { .. }, TaskState::Assigned) if is_anothers => {
                return Err(StoreError::Conflict("somebody else has the task"));
            }
            (TaskStep::Take, TaskState::Open | TaskState::Assigned) => {
                (after.state, after.owner) = (TaskState::Assigned, Some(person));
            }
            (TaskStep::Close { result, note }, TaskState::Open | TaskState::Assigned) => {
                (after.state, after.owner, after.result) = (TaskState::Done, Some(person), Some(*result));
                (after.closed_by, after.closed_at) = (Some(person), Some(now));
                if let Some(note) = note {
                    after.note = optional(Some(note), NOTE_MAX, "note")?.map(str::to_owned);
                }
            }
            (TaskStep::Reopen, TaskState::Assigned | TaskState::Done) => {
                (after.state, after.owner, after.result) = (TaskState::Open, None, None);
                (after.closed_by, after.closed_at) = (None, None);
            }
            (TaskStep::Take | TaskStep::Close { .. }, TaskState::Done) => {
                return Err(StoreError::Conflict("the task is done"));
            }
            (TaskStep::Reopen, TaskState::Open) => return Err(StoreError::Conflict("the task is open")),
        }
        Ok(after)
    }
}

fn task(row: &SqliteRow) -> Result<Task, StoreError> {
    fn maybe<T>(
        row: &SqliteRow,
        column: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        let Some(name) = row.maybe_text(column)? else { return Ok(None) };
        read(&name).map(Some).ok_or_else(|| StoreError::corrupt(format!("column {column}")))
    }
    Ok(Task {
        id: row.id("id")?,
        kind: row.code("kind", names::task_kind_from_name)?,
        state: row.code("state", names::task_state_from_name)?,
        site: row.maybe_id("site_id")?,
        team: row.maybe_id("team_id")?,
        party: row.maybe_id("party_id")?,
        customer: row.maybe_id("customer_id")?,
        number: row.maybe_id("number_id")?,
        queue: row.maybe_id("queue_id")?,
        conversation: row.maybe_id("conversation_id")?,
        recording: row.maybe_id("recording_id")?,
        length: row.maybe_count("length_ms")?.map(Duration::from_millis),
        reason: maybe(row, "reason", names::voicemail_cause_from_name)?,
        due_at: row.maybe_utc("due_us")?,
        owner: row.maybe_id("owner_id")?,
        result: maybe(row, "result", names::task_result_from_name)?,
        closed_by: row.maybe_id("closed_by")?,
        closed_at: row.maybe_utc("closed_us")?,
        note: row.maybe_text("note")?,
        custom: row.object("custom")?,
        created_at: row.utc("created_us")?,
        updated_at: row.utc("updated_us")?,
        version: row.count("version")?,
    })
}

/// The beginning of every question for tasks: the tenant, and the reach.
fn within(columns: &str, scope: &Scope) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(format!("SELECT {columns} FROM task t WHERE t.tenant_id = "));
    query.push_bind(scope.tenant.0);
    if let Some(site) = scope.site() {
        query.push(" AND (t.site_id IS NULL OR t.site_id = ").push_bind(site).push(")");
    }
    if let Some(team) = scope.team() {
        query.push(" AND (t.team_id IS NULL OR t.team_id = ").push_bind(team).push(")");
    }
    query
}

async fn find(connection: &mut SqliteConnection, scope: &Scope, id: TaskId) -> Result<Task, StoreError> {
    let mut query = within("t.*", scope);
    query.push(" AND t.id = ").push_bind(id.0);
    let row = query.build().fetch_optional(connection).await?;
    task(&row.ok_or(StoreError::NotFound("task"))?)
}

async fn put(change: &mut Change<'_>, scope: &Scope, task: &Task) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE task SET state = $1, owner_id = $2, result = $3, closed_by = $4, closed_us = $5, note = $6, \
         version = $7, updated_us = $8 WHERE tenant_id = $9 AND id = $10",
    )
    .bind(names::task_state(task.state))
    .bind(task.owner.map(|owner| owner.0))
    .bind(task.result.map(names::task_result))
    .bind(task.closed_by.map(|person| person.0))
    .bind(task.closed_at.map(|at| at.0))
    .bind(task.note.as_deref())
    .bind(signed(task.version)?)
    .bind(task.updated_at.0)
    .bind(scope.tenant.0)
    .bind(task.id.0)
    .execute(change.tx())
    .await?;
    Ok(())
}

impl Store {
    /// Tasks: those that are not done the oldest first, all others the newest first.
    pub async fn tasks(&self, scope: &Scope, filter: &TaskFilter, page: Page<TaskId>) -> Result<Vec<Task>, StoreError> {
        let mut query = within("t.*", scope);
        match filter.done {
            Some(true) => drop(query.push(" AND t.state = 'done'")),
            Some(false) => drop(query.push(" AND t.state IN ('open', 'assigned')")),
            None => {}
        }
        if let Some(kind) = filter.kind {
            query.push(" AND t.kind = ").push_bind(names::task_kind(kind));
        }
        match filter.owner {
            Some(TaskOwner::Only(person)) => drop(query.push(" AND t.owner_id = ").push_bind(person.0)),
            Some(TaskOwner::OrNobody(person)) => {
                query.push(" AND (t.owner_id IS NULL OR t.owner_id = ").push_bind(person.0).push(")");
            }
            None => {}
        }
        let (comes_after, order) = if filter.done == Some(false) { (">", "ASC") } else { ("<", "DESC") };
        if let Some(after) = page.after {
            query.push(format!(" AND t.id {comes_after} ")).push_bind(after.0);
        }
        query.push(format!(" ORDER BY t.id {order} LIMIT ")).push_bind(page.rows());
        query.build().fetch_all(self.business.readers()).await?.iter().map(task).collect()
    }

    /// One task.
    pub async fn task(&self, scope: &Scope, id: TaskId) -> Result<Task, StoreError> {
        find(&mut *self.business.read().await?, scope, id).await
    }

    /// Takes a task a step further, on behalf of the scope's person. With a `version` only if that is the current one.
    pub async fn step_task(
        &self,
        scope: &Scope,
        now: Utc,
        id: TaskId,
        version: Option<u64>,
        step: &TaskStep,
    ) -> Result<Task, StoreError> {
        let person = scope.user.ok_or(StoreError::Invalid("a task needs a person"))?;
        let mut change = self.change(scope, now).await?;
        let before = find(change.tx(), scope, id).await?;
        same_version(before.version, version.unwrap_or(before.version))?;
        let after = before.after(step, person, now)?;
        put(&mut change, scope, &after).await?;
        change.commit(Audit::of(step.action(), id, before.audit(), after.audit())).await?;
        self.tasks_changed();
        Ok(after)
    }

    /// How many tasks are not done.
    pub async fn task_counts(&self, scope: &Scope) -> Result<TaskCounts, StoreError> {
        let mut query = within("t.owner_id, COUNT(*) AS count", scope);
        query.push(" AND t.state IN ('open', 'assigned') GROUP BY t.owner_id");
        let mut counts = TaskCounts::default();
        for row in query.build().fetch_all(self.business.readers()).await? {
            let count = row.count("count")?;
            match row.maybe_id("owner_id")? {
                Some(owner) => drop(counts.assigned.insert(owner, count)),
                None => counts.open = count,
            }
        }
        Ok(counts)
    }

    /// A number that grows whenever a task of any tenant was made or changed by this process; what was counted before may be
    /// out of date then.
    pub fn tasks_bell(&self) -> watch::Receiver<u64> {
        self.tasks_bell.subscribe()
    }

    fn tasks_changed(&self) {
        self.tasks_bell.send_modify(|version| *version += 1);
    }
}
