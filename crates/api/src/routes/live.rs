//! The door of the live stream.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::response::Response;
use domain::Permission;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;

pub fn declare(routes: Routes) -> Routes {
    routes.needs(Permission::SelfRead, routes!(live))
}

/// Upgrades to a WebSocket: `ClientMessage` in, `ServerMessage` out.
#[utoipa::path(get, path = "/api/v1/live", tag = "live", operation_id = "live",
    responses((status = 101, description = "Switched to WebSocket.")))]
async fn live(State(app): State<Arc<App>>, caller: Caller, upgrade: WebSocketUpgrade) -> Response {
    let _ = (app, caller);
    upgrade.on_upgrade(async |_| ())
}
