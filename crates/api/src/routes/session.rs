//! Signing in and out.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Permission;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::Answer;
use crate::extract::Body;
use crate::json::me::{Me, SignIn};

pub fn declare(routes: Routes) -> Routes {
    routes.open(routes!(sign_in)).needs(Permission::SelfRead, routes!(sign_out))
}

/// Signs a person in and gives the session cookie.
#[utoipa::path(post, path = "/api/v1/session", tag = "session", operation_id = "sign_in", request_body = SignIn,
    responses((status = 200, body = Me)))]
async fn sign_in(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Body(wanted): Body<SignIn>,
) -> Answer<Response> {
    crate::auth::sign_in(&app, peer.ip(), wanted).await
}

/// Ends the session.
#[utoipa::path(delete, path = "/api/v1/session", tag = "session", operation_id = "sign_out",
    responses((status = 204, description = "Signed out.")))]
async fn sign_out(
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Answer<(StatusCode, [(axum::http::HeaderName, String); 1])> {
    crate::auth::sign_out(&app, &caller).await
}
