//! Tasks out of the ledger: one for every message that was left.

use domain::{CustomerId, Event, LedgerEntry, PartitionId, PartyId, SiteId, TeamId, Utc};
use serde_json::{Map, Value};
use sqlx::sqlite::SqliteConnection;

use super::{Task, TaskKind, TaskState};
use crate::business::Columns;
use crate::business::rows::millis_of;
use crate::business::write::Audit;
use crate::ledger::signed;
use crate::{Scope, Store, StoreError, dialect, names};

/// Name of the job's cursors.
const CONSUMER: &str = "tasks";

/// The cursor is moved without a task when it is this far behind, so that a start does not read long stretches again.
const LAG_MAX: u64 = 1_000;

impl Store {
    /// Makes the tasks of messages left in the partition since the last time; gives how many. Whatever was made before a crash
    /// is not made again.
    pub async fn tasks_from_ledger(&self, partition: PartitionId) -> Result<u64, StoreError> {
        let head = self.head(partition).await?.seq;
        let done = self.tasks_cursor(partition).await?;
        let (mut made, mut reached) = (0, done);
        loop {
            let left = self.voicemails_between(partition, reached, head).await?;
            let Some(last) = left.last().map(|entry| entry.seq) else { break };
            for entry in left {
                made += u64::from(self.task_of(&entry).await?);
            }
            reached = last;
        }
        if head - reached.min(head) >= LAG_MAX {
            self.move_cursor(CONSUMER, partition, head).await?;
        }
        Ok(made)
    }

    async fn tasks_cursor(&self, partition: PartitionId) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT seq FROM cursor WHERE consumer = $1 AND partition = $2")
            .bind(CONSUMER)
            .bind(partition.0)
            .fetch_optional(self.business.readers())
            .await?;
        row.map_or(Ok(0), |row| row.count("seq"))
    }

    /// Makes the task of one message and moves the cursor behind it; whether there was none yet.
    async fn task_of(&self, entry: &LedgerEntry) -> Result<bool, StoreError> {
        let scope = Scope::system(entry.tenant);
        let Some(task) = self.drawn(entry).await? else { return Ok(false) };
        let mut change = self.change(&scope, entry.at).await?;
        let team = team_of(change.tx(), &scope, &task).await?;
        let task = Task { team, ..task };
        let added = sqlx::query(dialect::ADD_TASK)
            .bind(scope.tenant.0)
            .bind(task.id.0)
            .bind(task.site.map(|id| id.0))
            .bind(task.team.map(|id| id.0))
            .bind(names::task_kind(task.kind))
            .bind(task.party.map(|id| id.0))
            .bind(task.customer.map(|id| id.0))
            .bind(task.number.map(|id| id.0))
            .bind(task.queue.map(|id| id.0))
            .bind(task.conversation.map(|id| id.0))
            .bind(task.recording.map(|id| id.0))
            .bind(task.length.map(millis_of).transpose()?)
            .bind(task.reason.map(names::voicemail_cause))
            .bind(task.due_at.map(|at| at.0))
            .bind(task.created_at.0)
            .execute(change.tx())
            .await?
            .rows_affected();
        if added == 0 {
            drop(change);
            self.move_cursor(CONSUMER, entry.partition, entry.seq).await?;
            return Ok(false);
        }
        sqlx::query(dialect::SET_CURSOR)
            .bind(CONSUMER)
            .bind(entry.partition.0)
            .bind(signed(entry.seq)?)
            .execute(change.tx())
            .await?;
        change.commit(Audit::of("task.created", task.id, Value::Null, task.audit())).await?;
        self.tasks_changed();
        Ok(true)
    }

    /// The task a message becomes, with what the conversation says about who left it.
    async fn drawn(&self, entry: &LedgerEntry) -> Result<Option<Task>, StoreError> {
        let Event::VoicemailLeft { conversation, task, recording, number, queue, cause, length, .. } = entry.event
        else {
            return Ok(None);
        };
        let (party, customer, site) = who(&self.events_of(entry.tenant, conversation).await?);
        let now: Utc = entry.at;
        Ok(Some(Task {
            id: task,
            kind: TaskKind::Voicemail,
            state: TaskState::Open,
            site,
            team: None,
            party,
            customer,
            number,
            queue,
            conversation: Some(conversation),
            recording: Some(recording),
            length: Some(length),
            reason: Some(cause),
            due_at: None,
            owner: None,
            result: None,
            closed_by: None,
            closed_at: None,
            note: None,
            custom: Map::new(),
            created_at: now,
            updated_at: now,
            version: 1,
        }))
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "two events say who the customer is")]
fn who(events: &[LedgerEntry]) -> (Option<PartyId>, Option<CustomerId>, Option<SiteId>) {
    let (mut party, mut customer, mut site) = (None, None, None);
    for entry in events {
        match &entry.event {
            Event::ConversationStarted { from, site: at, .. } => (party, site) = (Some(*from), *at),
            Event::CustomerIdentified { customer: found, .. } => customer = Some(*found),
            _ => {}
        }
    }
    (party, customer, site)
}

async fn team_of(connection: &mut SqliteConnection, scope: &Scope, task: &Task) -> Result<Option<TeamId>, StoreError> {
    let Some(queue) = task.queue else { return Ok(None) };
    let row = sqlx::query("SELECT team_id FROM queue WHERE tenant_id = $1 AND id = $2")
        .bind(scope.tenant.0)
        .bind(queue.0)
        .fetch_optional(connection)
        .await?;
    row.map_or(Ok(None), |row| row.maybe_id("team_id"))
}
