//! Call control on one's own handlings.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::input::{AgentAction, DIGITS_PER_REQUEST_MAX};
use domain::{HandlingId, Key, Permission};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, PathId};
use crate::json::CommandDone;
use crate::json::desk::{DigitsWanted, DispositionChosen};
use crate::json::problem::ProblemCode;

pub fn declare(routes: Routes) -> Routes {
    routes
        .command(Permission::DeskUse, routes!(hold))
        .command(Permission::DeskUse, routes!(resume))
        .command(Permission::DeskUse, routes!(mute))
        .command(Permission::DeskUse, routes!(unmute))
        .command(Permission::DeskUse, routes!(hang_up))
        .command(Permission::DeskUse, routes!(finish_wrap_up))
        .needs(Permission::DeskUse, routes!(set_disposition))
        // No key of a repetition is kept of it: the keys may be a card's.
        .needs(Permission::DeskUse, routes!(send_digits))
}

/// Asks the floor on behalf of the caller's agent.
pub async fn ask(app: &App, caller: &Caller, action: AgentAction) -> Answer<Json<CommandDone>> {
    let seq = app.floor.ask(caller.tenant, caller.agent(), action).await?;
    Ok(done(app, caller, seq))
}

/// What is answered once it is done.
pub(super) fn done(app: &App, caller: &Caller, seq: u64) -> Json<CommandDone> {
    let cursor = app.seals.ledger_cursor(caller.partition, seq);
    Json(CommandDone { cursor })
}

macro_rules! control {
    ($($(#[$doc:meta])* $name:ident $path:literal $operation:literal $handling:ident => $action:expr;)+) => {$(
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "desk", operation_id = $operation,
            params(("id" = String, Path)), responses((status = 200, body = CommandDone)))]
        async fn $name(
            State(app): State<Arc<App>>,
            caller: Caller,
            PathId($handling): PathId<HandlingId>,
        ) -> Answer<Json<CommandDone>> {
            ask(&app, &caller, $action).await
        }
    )+};
}

pub(super) use control;

control! {
    /// The customer hears music.
    hold "/api/v1/handlings/{id}/hold" "hold_handling" handling => AgentAction::Hold { handling };
    /// Back from hold.
    resume "/api/v1/handlings/{id}/resume" "resume_handling" handling => AgentAction::Resume { handling };
    /// The agent is not heard.
    mute "/api/v1/handlings/{id}/mute" "mute_handling" handling => AgentAction::Mute { handling, on: true };
    /// The agent is heard again.
    unmute "/api/v1/handlings/{id}/unmute" "unmute_handling" handling => AgentAction::Mute { handling, on: false };
    /// Ends the talk.
    hang_up "/api/v1/handlings/{id}/hang-up" "hang_up_handling" handling => AgentAction::HangUp { handling };
    /// Ends after-call work.
    finish_wrap_up "/api/v1/handlings/{id}/finish-wrap-up" "finish_wrap_up" handling => AgentAction::FinishWrapUp { handling };
}

/// Presses keys towards the customer. They are kept nowhere: not in the timeline, not in the recording.
#[utoipa::path(post, path = "/api/v1/handlings/{id}/digits", tag = "desk", operation_id = "send_digits",
    params(("id" = String, Path)), request_body = DigitsWanted, responses((status = 200, body = CommandDone)))]
async fn send_digits(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(handling): PathId<HandlingId>,
    Body(wanted): Body<DigitsWanted>,
) -> Answer<Json<CommandDone>> {
    let keys: Option<Vec<Key>> = wanted.keys.chars().take(DIGITS_PER_REQUEST_MAX + 1).map(Key::from_char).collect();
    let keys = keys.filter(|keys| (1..=DIGITS_PER_REQUEST_MAX).contains(&keys.len()));
    let keys = keys.ok_or_else(|| {
        RouteError::new(ProblemCode::Validation, "keys: give 1 to 40 of the keys 0 to 9, *, # and A to D")
    })?;
    ask(&app, &caller, AgentAction::SendDigits { handling, keys }).await
}

/// Records the outcome.
#[utoipa::path(put, path = "/api/v1/handlings/{id}/disposition", tag = "desk", operation_id = "set_disposition",
    params(("id" = String, Path)), request_body = DispositionChosen, responses((status = 200, body = CommandDone)))]
async fn set_disposition(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(handling): PathId<HandlingId>,
    Body(chosen): Body<DispositionChosen>,
) -> Answer<Json<CommandDone>> {
    let disposition = chosen.disposition_id.parse().map_err(|_| RouteError::of(ProblemCode::UnknownReference))?;
    ask(&app, &caller, AgentAction::Dispose { handling, disposition }).await
}
