//! The agent's browser phone: a leg that is connected once and stays.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use domain::input::AgentAction;
use domain::{LegId, Permission};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, PathId};
use crate::json::CommandDone;
use crate::json::phone::{Phone, PhoneOffer};
use crate::json::problem::ProblemCode;
use crate::limits::SDP_BYTES_MAX;

pub fn declare(routes: Routes) -> Routes {
    routes
        .command(Permission::DeskUse, routes!(attach))
        .needs(Permission::DeskUse, routes!(detach))
        .command(Permission::DeskUse, routes!(start_echo))
        .needs(Permission::DeskUse, routes!(stop_echo))
}

/// Connects the browser phone; one that was connected before is replaced.
#[utoipa::path(post, path = "/api/v1/me/phone", tag = "phone", operation_id = "attach_phone", request_body = PhoneOffer,
    responses((status = 201, body = Phone, headers(("Location" = String, description = "The phone, for hanging up.")))))]
async fn attach(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(offer): Body<PhoneOffer>,
) -> Answer<(StatusCode, [(HeaderName, String); 1], Json<Phone>)> {
    let sdp = check_sdp(offer.sdp)?;
    let answer = app.floor.attach_phone(caller.tenant, caller.agent(), sdp).await?;
    let leg_id = answer.leg.to_string();
    let location = [(header::LOCATION, format!("/api/v1/me/phone/{leg_id}"))];
    Ok((StatusCode::CREATED, location, Json(Phone { leg_id, sdp: answer.sdp })))
}

/// Disconnects the browser phone.
#[utoipa::path(delete, path = "/api/v1/me/phone/{leg_id}", tag = "phone", operation_id = "detach_phone",
    params(("leg_id" = String, Path)), responses((status = 204, description = "Disconnected, or was not connected.")))]
async fn detach(State(app): State<Arc<App>>, caller: Caller, PathId(leg): PathId<LegId>) -> Answer<StatusCode> {
    app.floor.detach_phone(caller.tenant, caller.agent(), leg).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets an agent without a call hear themselves half a second later, for 30 seconds at most; a SIP phone is rung for it. Live work that
/// comes ends it. `work_in_hand` while there is some already.
#[utoipa::path(post, path = "/api/v1/me/echo", tag = "phone", operation_id = "start_echo",
    responses((status = 200, body = CommandDone)))]
async fn start_echo(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<CommandDone>> {
    super::handlings::ask(&app, &caller, AgentAction::StartEcho).await
}

/// Ends it; nothing happens when it is over.
#[utoipa::path(delete, path = "/api/v1/me/echo", tag = "phone", operation_id = "stop_echo",
    responses((status = 200, body = CommandDone)))]
async fn stop_echo(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<CommandDone>> {
    super::handlings::ask(&app, &caller, AgentAction::StopEcho).await
}

/// What every SDP offer must look like before the media plane reads it.
pub fn check_sdp(sdp: String) -> Answer<String> {
    if sdp.len() > SDP_BYTES_MAX || !sdp.starts_with("v=0") {
        return Err(RouteError::of(ProblemCode::BadSdp));
    }
    Ok(sdp)
}
