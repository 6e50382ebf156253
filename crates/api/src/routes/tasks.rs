//! Tasks: list, read, take, close, reopen, note.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::{Permission, TaskId};
use store::{Page, TaskFilter, TaskKind, TaskOwner, TaskStep};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::directory::Wanted;
use crate::error::Answer;
use crate::extract::{Body, Params, PathId};
use crate::faults::Faults;
use crate::json::List;
use crate::json::problem::FaultCode;
use crate::json::task::{Task, TaskClosing, TaskNote, TaskProgress, TaskQuery, TaskWhose};
use crate::limits::TASK_NOTE_CHARS_MAX;
use crate::page::{after, limit, page};
use crate::views::task::{show, want};

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::TasksRead, routes!(list))
        .needs(Permission::TasksRead, routes!(read))
        .needs(Permission::TasksWrite, routes!(take))
        .needs(Permission::TasksWrite, routes!(close))
        .needs(Permission::TasksWrite, routes!(reopen))
        .needs(Permission::TasksWrite, routes!(write_note))
}

/// Tasks.
#[utoipa::path(get, path = "/api/v1/tasks", tag = "tasks", operation_id = "list_tasks",
    params(TaskQuery), responses((status = 200, body = List<Task>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<TaskQuery>,
) -> Answer<Json<List<Task>>> {
    let limit = limit(query.limit.as_deref())?;
    let filter = read_filter(&query, &caller)?;
    let asked = Page { limit: limit + 1, after: after(&app, "tasks", query.cursor.as_deref())? };
    let rows = app.store.tasks(&caller.scope(), &filter, asked).await?;
    let mut wanted = Wanted::default();
    rows.iter().for_each(|task| want(&mut wanted, task));
    let names = app.directory.names(&app, caller.tenant, wanted).await?;
    let unmasked = caller.can(Permission::PersonalDataRead);
    Ok(Json(page(&app, "tasks", limit, rows, |task| task.id.to_string(), |task| show(task, &names, unmasked))))
}

/// One task.
#[utoipa::path(get, path = "/api/v1/tasks/{id}", tag = "tasks", operation_id = "get_task",
    params(("id" = String, Path)), responses((status = 200, body = Task)))]
async fn read(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<TaskId>) -> Answer<Json<Task>> {
    shown(&app, &caller, app.store.task(&caller.scope(), id).await?).await
}

/// Takes a task: it is one's own from now on.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/take", tag = "tasks", operation_id = "take_task",
    params(("id" = String, Path)), responses((status = 200, body = Task)))]
async fn take(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<TaskId>) -> Answer<Json<Task>> {
    step(&app, &caller, id, TaskStep::Take).await
}

/// Closes a task with its result.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/close", tag = "tasks", operation_id = "close_task",
    params(("id" = String, Path)), request_body = TaskClosing, responses((status = 200, body = Task)))]
async fn close(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<TaskId>,
    Body(closing): Body<TaskClosing>,
) -> Answer<Json<Task>> {
    let mut faults = Faults::default();
    let note = closing.note.map(|note| faults.text("note", &note, 0, TASK_NOTE_CHARS_MAX));
    faults.none()?;
    step(&app, &caller, id, TaskStep::Close { result: closing.result.into(), note }).await
}

/// Gives a task back, done or not: it waits for anybody again.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/reopen", tag = "tasks", operation_id = "reopen_task",
    params(("id" = String, Path)), responses((status = 200, body = Task)))]
async fn reopen(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<TaskId>) -> Answer<Json<Task>> {
    step(&app, &caller, id, TaskStep::Reopen).await
}

/// Writes the note on a task.
#[utoipa::path(put, path = "/api/v1/tasks/{id}/note", tag = "tasks", operation_id = "set_task_note",
    params(("id" = String, Path)), request_body = TaskNote, responses((status = 200, body = Task)))]
async fn write_note(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<TaskId>,
    Body(note): Body<TaskNote>,
) -> Answer<Json<Task>> {
    let mut faults = Faults::default();
    let text = faults.text("text", &note.text, 0, TASK_NOTE_CHARS_MAX);
    faults.none()?;
    step(&app, &caller, id, TaskStep::Note(text)).await
}

async fn step(app: &App, caller: &Caller, id: TaskId, step: TaskStep) -> Answer<Json<Task>> {
    let now = app.clock.now().utc;
    shown(app, caller, app.store.step_task(&caller.scope(), now, id, None, &step).await?).await
}

async fn shown(app: &App, caller: &Caller, task: store::Task) -> Answer<Json<Task>> {
    let mut wanted = Wanted::default();
    want(&mut wanted, &task);
    let names = app.directory.names(app, caller.tenant, wanted).await?;
    Ok(Json(show(task, &names, caller.can(Permission::PersonalDataRead))))
}

fn read_filter(query: &TaskQuery, caller: &Caller) -> Answer<TaskFilter> {
    fn read<T>(faults: &mut Faults, field: &str, given: Option<&str>, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let read = read(given?);
        if read.is_none() {
            faults.add(field, FaultCode::Malformed);
        }
        read
    }
    let mut faults = Faults::default();
    let me = caller.user.id;
    let filter = TaskFilter {
        done: read(&mut faults, "state", query.state.as_deref(), |state| match state {
            "pending" => Some(TaskProgress::Pending),
            "done" => Some(TaskProgress::Done),
            _ => None,
        })
        .map(|progress| progress == TaskProgress::Done),
        kind: read(&mut faults, "kind", query.kind.as_deref(), |kind| match kind {
            "voicemail" => Some(TaskKind::Voicemail),
            "callback" => Some(TaskKind::Callback),
            _ => None,
        }),
        owner: read(&mut faults, "owner", query.owner.as_deref(), |owner| match owner {
            "me" => Some(TaskWhose::Me),
            "me_or_nobody" => Some(TaskWhose::MeOrNobody),
            _ => None,
        })
        .map(|whose| match whose {
            TaskWhose::Me => TaskOwner::Only(me),
            TaskWhose::MeOrNobody => TaskOwner::OrNobody(me),
        }),
    };
    faults.none().map(|()| filter)
}
