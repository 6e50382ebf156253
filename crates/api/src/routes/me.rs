//! The account behind the request, and the agent's own state.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::input::AgentAction;
use domain::{NotReadyReasonId, Permission};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::Body;
use crate::json::CommandDone;
use crate::json::codes::WantedPresence;
use crate::json::desk::{AgentStateWanted, MeState};
use crate::json::me::Me;
use crate::json::problem::ProblemCode;

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::SelfRead, routes!(me))
        .needs(Permission::DeskUse, routes!(set_state))
        .needs(Permission::DeskUse, routes!(me_state))
}

/// The account behind the request.
#[utoipa::path(get, path = "/api/v1/me", tag = "me", operation_id = "get_me", responses((status = 200, body = Me)))]
async fn me(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<Me>> {
    crate::auth::me(&app, &caller).await.map(Json)
}

/// Signs in to work, goes ready or not ready, or ends work.
#[utoipa::path(put, path = "/api/v1/me/agent/state", tag = "me", operation_id = "set_agent_state",
    request_body = AgentStateWanted, responses((status = 200, body = CommandDone)))]
async fn set_state(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(wanted): Body<AgentStateWanted>,
) -> Answer<Json<CommandDone>> {
    let reason = reason_of(wanted.reason_id.as_deref())?;
    let action = match wanted.state {
        WantedPresence::SignedIn => AgentAction::SignIn,
        WantedPresence::Ready => AgentAction::Ready,
        WantedPresence::NotReady => AgentAction::NotReady { reason },
        WantedPresence::SignedOut => AgentAction::SignOut,
    };
    super::handlings::ask(&app, &caller, action).await
}

/// The reason for not being ready that is named, if one is.
pub(super) fn reason_of(named: Option<&str>) -> Answer<Option<NotReadyReasonId>> {
    named.map(|text| text.parse().map_err(|_| RouteError::of(ProblemCode::UnknownReference))).transpose()
}

/// Everything on one's own desk.
#[utoipa::path(get, path = "/api/v1/me/state", tag = "me", operation_id = "get_me_state",
    responses((status = 200, body = MeState)))]
async fn me_state(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<MeState>> {
    crate::views::me_now(&app, &caller).await.map(Json)
}
