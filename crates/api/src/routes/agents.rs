//! Agents: list, create, read, change.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode};
use domain::{AgentId, Permission};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, Params, PathId};
use crate::json::List;
use crate::json::agent::{Agent, AgentChange, NewAgent};
use crate::json::problem::ProblemCode;
use crate::page::PageQuery;

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::SettingsRead, routes!(list))
        .command(Permission::SettingsWrite, routes!(create))
        .needs(Permission::SettingsRead, routes!(read))
        .needs(Permission::SettingsWrite, routes!(change))
}

/// Agents.
#[utoipa::path(get, path = "/api/v1/agents", tag = "agents", operation_id = "list_agents",
    params(PageQuery), responses((status = 200, body = List<Agent>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<Agent>>> {
    let _ = (app, caller, query);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// Creates one.
#[utoipa::path(post, path = "/api/v1/agents", tag = "agents", operation_id = "create_agent", request_body = NewAgent,
    responses((status = 201, body = Agent, headers(("Location" = String, description = "The new one.")))))]
async fn create(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(new): Body<NewAgent>,
) -> Answer<(StatusCode, [(HeaderName, String); 1], Json<Agent>)> {
    let _ = (app, caller, new);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/agents/{id}", tag = "agents", operation_id = "get_agent",
    params(("id" = String, Path)), responses((status = 200, body = Agent)))]
async fn read(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<AgentId>) -> Answer<Json<Agent>> {
    let _ = (app, caller, id);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// Changes one.
#[utoipa::path(patch, path = "/api/v1/agents/{id}", tag = "agents", operation_id = "change_agent",
    params(("id" = String, Path)), request_body = AgentChange, responses((status = 200, body = Agent)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<AgentId>,
    Body(change): Body<AgentChange>,
) -> Answer<Json<Agent>> {
    let _ = (app, caller, id, change);
    Err(RouteError::of(ProblemCode::Unavailable))
}
