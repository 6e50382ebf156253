//! A task as the public sees it, and how many there are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::TenantId;
use store::{Scope, TaskCounts};

use super::floor::millis;
use crate::app::App;
use crate::auth::Caller;
use crate::directory::{Names, Wanted};
use crate::error::Answer;
use crate::json::task::{Task, TasksState};

/// The last count of each centre, with the version of the tasks it was made from.
pub type Counted = Mutex<HashMap<TenantId, (u64, Arc<TaskCounts>)>>;

/// Adds what a task needs names for.
pub fn want(wanted: &mut Wanted, task: &store::Task) {
    wanted.parties.extend(task.party);
    wanted.customers.extend(task.customer);
    wanted.agents.extend(task.owner.into_iter().chain(task.closed_by).map(domain::AgentId::from));
}

/// A task as the public sees it. Its number is masked unless `unmasked`.
pub fn show(task: store::Task, names: &Names, unmasked: bool) -> Task {
    Task {
        id: task.id.to_string(),
        kind: task.kind.into(),
        state: task.state.into(),
        created_at_us: task.created_at.0,
        due_at_us: task.due_at.map(|at| at.0),
        reason: task.reason.map(Into::into),
        from: task.party.and_then(|party| names.number_shown(party, unmasked)),
        location: task.party.and_then(|party| names.location(party)),
        customer: task.customer.and_then(|id| names.customers.get(&id).cloned()),
        number: task.number.and_then(|id| names.number(id)),
        queue: task.queue.map(|id| names.queue(id)),
        conversation_id: task.conversation.map(|id| id.to_string()),
        recording_id: task.recording.map(|id| id.to_string()),
        length_ms: task.length.map(millis),
        owner: task.owner.map(|person| names.agent(person.into())),
        result: task.result.map(Into::into),
        closed_by: task.closed_by.map(|person| names.agent(person.into())),
        closed_at_us: task.closed_at.map(|at| at.0),
        note: task.note,
        version: i64::try_from(task.version).unwrap_or(i64::MAX),
    }
}

/// How many tasks wait for the caller.
pub async fn state(app: &App, caller: &Caller) -> Answer<TasksState> {
    let (version, counts) = match caller.site() {
        None => counted(app, caller.tenant).await?,
        Some(_) => {
            let version = *app.store.tasks_bell().borrow();
            (version, Arc::new(app.store.task_counts(&caller.scope()).await?))
        }
    };
    let mine = counts.assigned.get(&caller.user.id).copied().unwrap_or_default();
    Ok(TasksState { open: counts.open, mine, version })
}

async fn counted(app: &App, tenant: TenantId) -> Answer<(u64, Arc<TaskCounts>)> {
    let version = *app.store.tasks_bell().borrow();
    let known = app.views.tasks.lock().unwrap_or_else(PoisonError::into_inner).get(&tenant).cloned();
    if let Some(known) = known.filter(|(of, _)| *of == version) {
        return Ok(known);
    }
    // The version was read before the rows: at worst the count is made once more.
    let counts = Arc::new(app.store.task_counts(&Scope::system(tenant)).await?);
    app.views.tasks.lock().unwrap_or_else(PoisonError::into_inner).insert(tenant, (version, Arc::clone(&counts)));
    Ok((version, counts))
}
