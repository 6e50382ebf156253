//! A visitor calls from a browser. Open to everybody when the visitor page is on; limited by address.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderName, StatusCode, header};
use utoipa_axum::routes;

use super::phone::check_sdp;
use crate::app::App;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::Body;
use crate::json::phone::{VisitorCall, VisitorCallOffer};
use crate::json::problem::ProblemCode;
use crate::limits::NUMBER_CHARS_MAX;

pub fn declare(routes: Routes) -> Routes {
    routes.open(routes!(call)).open(routes!(hang_up))
}

/// Calls one of our numbers.
#[utoipa::path(post, path = "/api/v1/visitor/calls", tag = "visitor", operation_id = "visitor_call",
    request_body = VisitorCallOffer, responses((status = 201, body = VisitorCall)))]
async fn call(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Body(offer): Body<VisitorCallOffer>,
) -> Answer<(StatusCode, [(HeaderName, String); 1], Json<VisitorCall>)> {
    let tenant = app.visitor.ok_or_else(RouteError::not_found)?;
    app.visitor_calls.take(peer.ip(), app.clock.now().mono).map_err(RouteError::rate_limited)?;
    let sdp = check_sdp(offer.sdp)?;
    let number = match offer.number {
        Some(number) if number.len() > NUMBER_CHARS_MAX => {
            return Err(RouteError::of(ProblemCode::UnknownReference));
        }
        Some(number) => number,
        None => crate::views::first_number(&app, tenant).await?,
    };
    let answer = app.floor.visitor_call(tenant, number, sdp).await?;
    let call_id = app.seals.call_id(answer.leg);
    let location = [(header::LOCATION, format!("/api/v1/visitor/calls/{call_id}"))];
    Ok((StatusCode::CREATED, location, Json(VisitorCall { call_id, sdp: answer.sdp })))
}

/// Hangs up.
#[utoipa::path(delete, path = "/api/v1/visitor/calls/{call_id}", tag = "visitor", operation_id = "visitor_hang_up",
    params(("call_id" = String, Path)), responses((status = 204, description = "Over, or was over.")))]
async fn hang_up(State(app): State<Arc<App>>, Path(call_id): Path<String>) -> Answer<StatusCode> {
    let tenant = app.visitor.ok_or_else(RouteError::not_found)?;
    let leg = app.seals.open_call_id(&call_id).ok_or_else(RouteError::not_found)?;
    app.floor.visitor_hang_up(tenant, leg).await;
    Ok(StatusCode::NO_CONTENT)
}
