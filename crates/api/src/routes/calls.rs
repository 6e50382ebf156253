//! Calling somebody from the desk, and the phone an agent works with.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::Permission;
use domain::input::AgentAction;
use utoipa_axum::routes;

use super::handlings::ask;
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::Body;
use crate::faults::Faults;
use crate::json::CommandDone;
use crate::json::desk::{DialWanted, PhoneChosen};
use crate::json::problem::ProblemCode;
use crate::limits::DIALLED_CHARS_MAX;

pub fn declare(routes: Routes) -> Routes {
    routes.command(Permission::DeskUse, routes!(dial)).needs(Permission::DeskUse, routes!(choose_phone))
}

/// Calls somebody. The agent's SIP phone is rung first, where there is one; the far side's progress is shown on the desk.
#[utoipa::path(post, path = "/api/v1/calls", tag = "desk", operation_id = "dial", request_body = DialWanted,
    responses((status = 200, body = CommandDone)))]
async fn dial(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(wanted): Body<DialWanted>,
) -> Answer<Json<CommandDone>> {
    let mut faults = Faults::default();
    let to = faults.text("to", &wanted.to, 1, DIALLED_CHARS_MAX);
    faults.none()?;
    let task = wanted.task_id.as_deref().map(str::parse).transpose();
    let task = task.map_err(|_| RouteError::of(ProblemCode::UnknownReference))?;
    if let (Some(task), Some(_)) = (task, caller.site()) {
        app.store.task(&caller.scope(), task).await?;
    }
    ask(&app, &caller, AgentAction::Dial { to, task }).await
}

/// Chooses the phone to work with; it is remembered.
#[utoipa::path(put, path = "/api/v1/me/agent/phone", tag = "desk", operation_id = "choose_phone",
    request_body = PhoneChosen, responses((status = 200, body = CommandDone)))]
async fn choose_phone(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(chosen): Body<PhoneChosen>,
) -> Answer<Json<CommandDone>> {
    let device = chosen.device_id.as_deref().map(str::parse).transpose();
    let device = device.map_err(|_| RouteError::of(ProblemCode::UnknownReference))?;
    ask(&app, &caller, AgentAction::UsePhone { device }).await
}
