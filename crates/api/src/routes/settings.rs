//! Settings that can be read.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::{FlowId, Permission};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Params, PathId};
use crate::json::problem::ProblemCode;
use crate::json::settings::{BilingualName, Flow, FlowSummary, Number};
use crate::json::{List, Named};
use crate::page::PageQuery;

pub fn declare(routes: Routes) -> Routes {
    let need = Permission::SettingsRead;
    routes
        .needs(need, routes!(skills))
        .needs(need, routes!(dispositions))
        .needs(need, routes!(not_ready_reasons))
        .needs(need, routes!(numbers))
        .needs(need, routes!(flows))
        .needs(need, routes!(sites))
        .needs(need, routes!(teams))
        .needs(need, routes!(flow))
}

/// Skills.
#[utoipa::path(get, path = "/api/v1/skills", tag = "settings", operation_id = "list_skills",
    params(PageQuery), responses((status = 200, body = List<Named>)))]
async fn skills(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<Named>>> {
    let _ = (app, caller, query);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// Outcome codes.
#[utoipa::path(get, path = "/api/v1/dispositions", tag = "settings", operation_id = "list_dispositions",
    params(PageQuery), responses((status = 200, body = List<BilingualName>)))]
async fn dispositions(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<BilingualName>>> {
    let _ = (app, caller, query);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// Reasons for not being ready.
#[utoipa::path(get, path = "/api/v1/not-ready-reasons", tag = "settings", operation_id = "list_not_ready_reasons",
    params(PageQuery), responses((status = 200, body = List<BilingualName>)))]
async fn not_ready_reasons(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<BilingualName>>> {
    let _ = (app, caller, query);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// Numbers customers dial.
#[utoipa::path(get, path = "/api/v1/numbers", tag = "settings", operation_id = "list_numbers",
    params(PageQuery), responses((status = 200, body = List<Number>)))]
async fn numbers(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<Number>>> {
    let _ = (app, caller, query);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// Published flows.
#[utoipa::path(get, path = "/api/v1/flows", tag = "settings", operation_id = "list_flows",
    params(PageQuery), responses((status = 200, body = List<FlowSummary>)))]
async fn flows(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<FlowSummary>>> {
    let _ = (app, caller, query);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// Sites.
#[utoipa::path(get, path = "/api/v1/sites", tag = "settings", operation_id = "list_sites",
    params(PageQuery), responses((status = 200, body = List<Named>)))]
async fn sites(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<Named>>> {
    let _ = (app, caller, query);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// Teams.
#[utoipa::path(get, path = "/api/v1/teams", tag = "settings", operation_id = "list_teams",
    params(PageQuery), responses((status = 200, body = List<Named>)))]
async fn teams(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<Named>>> {
    let _ = (app, caller, query);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// The published version of a flow.
#[utoipa::path(get, path = "/api/v1/flows/{id}", tag = "settings", operation_id = "get_flow",
    params(("id" = String, Path)), responses((status = 200, body = Flow)))]
async fn flow(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<FlowId>) -> Answer<Json<Flow>> {
    let _ = (app, caller, id);
    Err(RouteError::of(ProblemCode::Unavailable))
}
