//! Supervisors in other agents' talks, and over their desks. What is asked for here stands in the audit trail before it
//! happens, and once more when the floor refuses it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::input::{AgentAction, ForcedState};
use domain::{AgentId, ConversationId, Permission};
use store::{Intrusion, Undone};
use utoipa_axum::routes;

use super::handlings::{ask, done};
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, PathId};
use crate::json::CommandDone;
use crate::json::problem::ProblemCode;
use crate::json::supervision::{Assign, ForceState, ForcedPresence, Supervise, TalkMeant};
use crate::port::AskError;
use crate::views::sight::{demand_agent, demand_conversation};

pub fn declare(routes: Routes) -> Routes {
    routes
        .command(Permission::FloorSupervise, routes!(supervise))
        .command(Permission::FloorSupervise, routes!(take_over))
        .command(Permission::FloorSupervise, routes!(release))
        .command(Permission::FloorSupervise, routes!(assign))
        .command(Permission::FloorSupervise, routes!(end))
        .needs(Permission::FloorSupervise, routes!(force_state))
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
    demand(&app, &caller, target).await?;
    carry_out(
        &app,
        &caller,
        Noted::Agent(target, Intrusion::Supervised(conversation, mode)),
        AgentAction::Supervise { target, conversation, mode },
    )
    .await
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
    demand(&app, &caller, target).await?;
    carry_out(
        &app,
        &caller,
        Noted::Agent(target, Intrusion::TakenOver(conversation)),
        AgentAction::TakeOver { target, conversation },
    )
    .await
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
    demand(&app, &caller, target).await?;
    carry_out(
        &app,
        &caller,
        Noted::Agent(target, Intrusion::Released(conversation)),
        AgentAction::Release { target, conversation },
    )
    .await
}

/// Gives a customer who waits in a queue to an agent out of turn. The own desk has them at once, another one rings, ready or not.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/assign", tag = "floor", operation_id = "assign_conversation",
    params(("id" = String, Path)), request_body = Assign, responses((status = 200, body = CommandDone)))]
async fn assign(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(conversation): PathId<ConversationId>,
    Body(wanted): Body<Assign>,
) -> Answer<Json<CommandDone>> {
    let to = wanted.agent_id.parse().map_err(|_| RouteError::of(ProblemCode::UnknownReference))?;
    if !is_agent(&app, &caller, to).await? {
        return Err(RouteError::of(ProblemCode::UnknownReference));
    }
    demand_conversation(&app, &caller, conversation).await?;
    demand(&app, &caller, to).await?;
    let noted = Noted::Agent(to, Intrusion::Assigned(conversation));
    carry_out(&app, &caller, noted, AgentAction::Assign { conversation, to }).await
}

/// Ends a call that no agent is with: in a flow, in a queue, parked, or with somebody outside. The call of an agent is ended with its agent.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/end", tag = "floor", operation_id = "end_conversation",
    params(("id" = String, Path)), responses((status = 200, body = CommandDone)))]
async fn end(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(conversation): PathId<ConversationId>,
) -> Answer<Json<CommandDone>> {
    demand_conversation(&app, &caller, conversation).await?;
    carry_out(&app, &caller, Noted::End(conversation), AgentAction::EndConversation { conversation }).await
}

/// Makes another agent ready or not ready, or signs them out. While an agent talks, not ready is from the end of the talk on.
#[utoipa::path(put, path = "/api/v1/agents/{id}/state", tag = "floor", operation_id = "force_agent_state",
    params(("id" = String, Path)), request_body = ForceState, responses((status = 200, body = CommandDone)))]
async fn force_state(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(target): PathId<AgentId>,
    Body(wanted): Body<ForceState>,
) -> Answer<Json<CommandDone>> {
    let reason = super::me::reason_of(wanted.reason_id.as_deref())?;
    let state = match wanted.state {
        ForcedPresence::Ready => ForcedState::Ready,
        ForcedPresence::NotReady => ForcedState::NotReady { reason },
        ForcedPresence::SignedOut => ForcedState::SignedOut,
    };
    demand(&app, &caller, target).await?;
    carry_out(&app, &caller, Noted::Agent(target, Intrusion::Forced(state)), AgentAction::ForceState { target, state })
        .await
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

async fn is_agent(app: &App, caller: &Caller, agent: AgentId) -> Answer<bool> {
    let settings = app.directory.settings(app, caller.tenant).await?;
    Ok(settings.agents.iter().any(|one| one.id == agent))
}

/// That the agent is there, and within what the caller sees.
async fn demand(app: &App, caller: &Caller, target: AgentId) -> Answer<()> {
    if !is_agent(app, caller, target).await? {
        return Err(RouteError::not_found());
    }
    demand_agent(app, caller, target).await
}

/// What stands in the audit trail before it happens.
#[derive(Clone, Copy, Debug)]
enum Noted {
    Agent(AgentId, Intrusion),
    End(ConversationId),
}

impl Noted {
    async fn enter(self, app: &App, caller: &Caller, undone: Option<Undone>) -> Answer<()> {
        let (scope, now) = (caller.scope(), app.clock.now().utc);
        match self {
            Noted::Agent(target, intrusion) => {
                app.store.audit_intrusion(&scope, now, target, intrusion, undone).await?;
            }
            Noted::End(conversation) => app.store.audit_conversation_end(&scope, now, conversation, undone).await?,
        }
        Ok(())
    }
}

/// Enters what is asked for and asks the floor; what comes to nothing is entered once more, with its outcome, also for a client that has
/// gone away.
async fn carry_out(app: &Arc<App>, caller: &Caller, noted: Noted, action: AgentAction) -> Answer<Json<CommandDone>> {
    noted.enter(app, caller, None).await?;
    let (app, caller) = (Arc::clone(app), caller.clone());
    let asked = tokio::spawn(async move {
        let error = match app.floor.ask(caller.tenant, caller.agent(), action).await {
            Ok(seq) => return Ok(done(&app, &caller, seq)),
            Err(error) => error,
        };
        let problem = RouteError::from(error);
        let undone = match error {
            AskError::Refused(_) => Undone::Refused(problem.code().name()),
            AskError::Unavailable => Undone::Unanswered,
        };
        if noted.enter(&app, &caller, Some(undone)).await.is_err() {
            tracing::error!(user = %caller.user.id, ?noted, "what was asked for was not done, which is missing in the audit trail");
        }
        Err(problem)
    });
    asked.await.map_err(|error| RouteError::internal("what a supervisor asked for was broken off", &error))?
}
