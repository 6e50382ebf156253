//! Taking an offer or turning it down.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::input::AgentAction;
use domain::{OfferId, Permission};
use utoipa_axum::routes;

use super::handlings::ask;
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::Answer;
use crate::extract::PathId;
use crate::json::CommandDone;

pub fn declare(routes: Routes) -> Routes {
    routes.command(Permission::DeskUse, routes!(accept)).command(Permission::DeskUse, routes!(decline))
}

/// Takes an offer.
#[utoipa::path(post, path = "/api/v1/offers/{id}/accept", tag = "desk", operation_id = "accept_offer",
    params(("id" = String, Path)), responses((status = 200, body = CommandDone)))]
async fn accept(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(offer): PathId<OfferId>,
) -> Answer<Json<CommandDone>> {
    ask(&app, &caller, AgentAction::Accept { offer }).await
}

/// Turns an offer down.
#[utoipa::path(post, path = "/api/v1/offers/{id}/decline", tag = "desk", operation_id = "decline_offer",
    params(("id" = String, Path)), responses((status = 200, body = CommandDone)))]
async fn decline(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(offer): PathId<OfferId>,
) -> Answer<Json<CommandDone>> {
    ask(&app, &caller, AgentAction::Decline { offer }).await
}
