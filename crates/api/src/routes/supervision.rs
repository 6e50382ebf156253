//! Supervisors in other agents' talks. What is asked for here stands in the audit trail before it happens.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::input::AgentAction;
use domain::{AgentId, ConversationId, Permission};
use store::Intrusion;
use utoipa_axum::routes;

use super::handlings::ask;
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, PathId};
use crate::json::CommandDone;
use crate::json::problem::ProblemCode;
use crate::json::supervision::{Supervise, TalkMeant};

pub fn declare(routes: Routes) -> Routes {
    routes
        .command(Permission::FloorSupervise, routes!(supervise))
        .command(Permission::FloorSupervise, routes!(take_over))
        .command(Permission::FloorSupervise, routes!(release))
        .command(Permission::DeskUse, routes!(stop))
}

/// Hears the talk of an agent, or takes part in it in another way. The own phone has to be there, and no work in hand.
#[utoipa::path(post, path = "/api/v1/agents/{id}/supervise", tag = "floor", operation_id = "supervise_agent",
    params(("id" = String, Path)), request_body = Supervise, responses((status = 200, body = CommandDone)))]
async fn supervise(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(target): PathId<AgentId>,
    Body(wanted): Body<Supervise>,
) -> Answer<Json<CommandDone>> {
    let (mode, conversation) = (wanted.mode.into(), meant(&wanted.conversation_id)?);
    note(&app, &caller, target, conversation, Intrusion::Supervised(mode)).await?;
    ask(&app, &caller, AgentAction::Supervise { target, conversation, mode }).await
}

/// Takes the customer of an agent over; the agent wraps up.
#[utoipa::path(post, path = "/api/v1/agents/{id}/take-over", tag = "floor", operation_id = "take_over_agent",
    params(("id" = String, Path)), request_body = TalkMeant, responses((status = 200, body = CommandDone)))]
async fn take_over(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(target): PathId<AgentId>,
    Body(wanted): Body<TalkMeant>,
) -> Answer<Json<CommandDone>> {
    let conversation = meant(&wanted.conversation_id)?;
    note(&app, &caller, target, conversation, Intrusion::TakenOver).await?;
    ask(&app, &caller, AgentAction::TakeOver { target, conversation }).await
}

/// Ends the call of an agent, and with it the customer's.
#[utoipa::path(post, path = "/api/v1/agents/{id}/release", tag = "floor", operation_id = "release_agent",
    params(("id" = String, Path)), request_body = TalkMeant, responses((status = 200, body = CommandDone)))]
async fn release(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(target): PathId<AgentId>,
    Body(wanted): Body<TalkMeant>,
) -> Answer<Json<CommandDone>> {
    let conversation = meant(&wanted.conversation_id)?;
    note(&app, &caller, target, conversation, Intrusion::Released).await?;
    ask(&app, &caller, AgentAction::Release { target, conversation }).await
}

/// Hears the talk no more.
#[utoipa::path(post, path = "/api/v1/me/stop-supervising", tag = "floor", operation_id = "stop_supervising",
    responses((status = 200, body = CommandDone)))]
async fn stop(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<CommandDone>> {
    ask(&app, &caller, AgentAction::StopSupervising).await
}

fn meant(conversation: &str) -> Answer<ConversationId> {
    conversation.parse().map_err(|_| RouteError::of(ProblemCode::UnknownReference))
}

async fn note(
    app: &App,
    caller: &Caller,
    target: AgentId,
    conversation: ConversationId,
    intrusion: Intrusion,
) -> Answer<()> {
    let settings = app.directory.settings(app, caller.tenant).await?;
    if !settings.agents.iter().any(|agent| agent.id == target) {
        return Err(RouteError::not_found());
    }
    app.store.audit_intrusion(&caller.scope(), app.clock.now().utc, target, conversation, intrusion).await?;
    Ok(())
}
