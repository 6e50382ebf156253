//! The live floor, once; the live stream tells it again with every change.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::Permission;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::Answer;
use crate::json::floor::FloorState;

pub fn declare(routes: Routes) -> Routes {
    routes.needs(Permission::FloorRead, routes!(floor))
}

/// Everything live in the centre.
#[utoipa::path(get, path = "/api/v1/floor", tag = "floor", operation_id = "get_floor",
    responses((status = 200, body = FloorState)))]
async fn floor(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<FloorState>> {
    crate::views::floor_now(&app, &caller).await.map(Json)
}
