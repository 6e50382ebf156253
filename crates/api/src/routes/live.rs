//! The door of the live stream.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::{HeaderMap, Uri, header};
use axum::response::Response;
use domain::Permission;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::{Caller, Proof};
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::json::problem::ProblemCode;
use crate::limits::{LIVE_FRAME_BYTES_MAX, LIVE_READ_BUFFER_BYTES, LIVE_WRITE_BUFFER_BYTES_MAX};
use crate::live::Connections;

pub fn declare(routes: Routes) -> Routes {
    routes.needs(Permission::SelfRead, routes!(live))
}

/// Upgrades to a WebSocket: `ClientMessage` in, `ServerMessage` out.
#[utoipa::path(get, path = "/api/v1/live", tag = "live", operation_id = "live",
    responses((status = 101, description = "Switched to WebSocket.")))]
async fn live(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Answer<Response> {
    if let Proof::Session { .. } = caller.proof
        && !is_same_origin(&headers)
    {
        return Err(RouteError::new(ProblemCode::Forbidden, "the Origin header must name this server"));
    }
    let place = Connections::enter(&app, caller.user.id)?;
    let upgrade = upgrade
        .max_message_size(LIVE_FRAME_BYTES_MAX)
        .max_frame_size(LIVE_FRAME_BYTES_MAX)
        .read_buffer_size(LIVE_READ_BUFFER_BYTES)
        .max_write_buffer_size(LIVE_WRITE_BUFFER_BYTES_MAX);
    Ok(upgrade.on_upgrade(move |socket| crate::live::serve(app, caller, socket, place)))
}

/// Browsers send cookies with a WebSocket of any page, and say which page: it must be one of ours (RFC 6455 §10.2).
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(header::ORIGIN).and_then(|origin| origin.parse::<Uri>().ok());
    match (origin.as_ref().and_then(|origin| origin.authority()), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.as_str().eq_ignore_ascii_case(host),
        (None, _) | (_, None) => false,
    }
}
