//! Queues: list, create, read, change.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode};
use domain::{Permission, QueueId};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, Params, PathId};
use crate::json::List;
use crate::json::problem::ProblemCode;
use crate::json::queue::{NewQueue, Queue, QueueChange};
use crate::page::PageQuery;

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::SettingsRead, routes!(list))
        .command(Permission::SettingsWrite, routes!(create))
        .needs(Permission::SettingsRead, routes!(read))
        .needs(Permission::SettingsWrite, routes!(change))
}

/// Queues.
#[utoipa::path(get, path = "/api/v1/queues", tag = "queues", operation_id = "list_queues",
    params(PageQuery), responses((status = 200, body = List<Queue>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<Queue>>> {
    let _ = (app, caller, query);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// Creates one.
#[utoipa::path(post, path = "/api/v1/queues", tag = "queues", operation_id = "create_queue", request_body = NewQueue,
    responses((status = 201, body = Queue, headers(("Location" = String, description = "The new one.")))))]
async fn create(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(new): Body<NewQueue>,
) -> Answer<(StatusCode, [(HeaderName, String); 1], Json<Queue>)> {
    let _ = (app, caller, new);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/queues/{id}", tag = "queues", operation_id = "get_queue",
    params(("id" = String, Path)), responses((status = 200, body = Queue)))]
async fn read(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<QueueId>) -> Answer<Json<Queue>> {
    let _ = (app, caller, id);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// Changes one.
#[utoipa::path(patch, path = "/api/v1/queues/{id}", tag = "queues", operation_id = "change_queue",
    params(("id" = String, Path)), request_body = QueueChange, responses((status = 200, body = Queue)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<QueueId>,
    Body(change): Body<QueueChange>,
) -> Answer<Json<Queue>> {
    let _ = (app, caller, id, change);
    Err(RouteError::of(ProblemCode::Unavailable))
}
