//! Handing a customer over to a colleague, a queue, a flow or a number outside.

use std::str::FromStr;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::input::{AgentAction, Consulted, TransferTo};
use domain::{ConversationId, HandlingId, Permission, TransferId};
use utoipa_axum::routes;

use super::handlings::{ask, control};
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, PathId, PathIds};
use crate::faults::Faults;
use crate::json::CommandDone;
use crate::json::conference::PartyWanted;
use crate::json::problem::ProblemCode;
use crate::json::transfer::{ConsultWanted, Park, Transfer, TransferTargets};
use crate::limits::DIALLED_CHARS_MAX;
use crate::views::sight::demand_conversation;

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::DeskUse, routes!(targets))
        .command(Permission::DeskUse, routes!(transfer))
        .command(Permission::DeskUse, routes!(park))
        .command(Permission::DeskUse, routes!(pick_up))
        .command(Permission::DeskUse, routes!(consult))
        .command(Permission::DeskUse, routes!(join_consult))
        .command(Permission::DeskUse, routes!(complete_consult))
        .command(Permission::DeskUse, routes!(drop_consult))
        .command(Permission::DeskUse, routes!(leave_consult))
        .command(Permission::DeskUse, routes!(add_party))
        .command(Permission::DeskUse, routes!(mute_party))
        .command(Permission::DeskUse, routes!(unmute_party))
        .command(Permission::DeskUse, routes!(drop_party))
}

/// To whom a customer can be handed over at this moment.
#[utoipa::path(get, path = "/api/v1/transfer-targets", tag = "desk", operation_id = "list_transfer_targets",
    responses((status = 200, body = TransferTargets)))]
async fn targets(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<TransferTargets>> {
    crate::views::transfer_targets(&app, &caller).await.map(Json)
}

/// Hands the customer over, unannounced. Whoever does not answer gives them back to the sender, then to the queue.
#[utoipa::path(post, path = "/api/v1/handlings/{id}/transfer", tag = "desk", operation_id = "transfer_handling",
    params(("id" = String, Path)), request_body = Transfer, responses((status = 200, body = CommandDone)))]
async fn transfer(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(handling): PathId<HandlingId>,
    Body(wanted): Body<Transfer>,
) -> Answer<Json<CommandDone>> {
    let reason = wanted.reason.map(Into::into);
    let to = target(wanted)?;
    ask(&app, &caller, AgentAction::Transfer { handling, to, reason }).await
}

/// Lets the customer hear music until any agent picks them up, for two minutes at most; then they go back to whoever parked them.
#[utoipa::path(post, path = "/api/v1/handlings/{id}/park", tag = "desk", operation_id = "park_handling",
    params(("id" = String, Path)), request_body = Park, responses((status = 200, body = CommandDone)))]
async fn park(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(handling): PathId<HandlingId>,
    Body(wanted): Body<Park>,
) -> Answer<Json<CommandDone>> {
    let (to, reason) = (TransferTo::Park, wanted.reason.map(Into::into));
    ask(&app, &caller, AgentAction::Transfer { handling, to, reason }).await
}

/// Takes a parked customer. A SIP phone that cannot answer by itself rings first.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/pick-up", tag = "desk", operation_id = "pick_up_conversation",
    params(("id" = String, Path)), responses((status = 200, body = CommandDone)))]
async fn pick_up(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(conversation): PathId<ConversationId>,
) -> Answer<Json<CommandDone>> {
    demand_conversation(&app, &caller, conversation).await?;
    ask(&app, &caller, AgentAction::PickUp { conversation }).await
}

/// Rings somebody about the customer, who hears music until the consult is joined, completed or dropped.
#[utoipa::path(post, path = "/api/v1/handlings/{id}/consult", tag = "desk", operation_id = "consult_handling",
    params(("id" = String, Path)), request_body = ConsultWanted, responses((status = 200, body = CommandDone)))]
async fn consult(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(handling): PathId<HandlingId>,
    Body(wanted): Body<ConsultWanted>,
) -> Answer<Json<CommandDone>> {
    let whom = whom(wanted.agent_id, wanted.number)?;
    let reason = wanted.reason.map(Into::into);
    ask(&app, &caller, AgentAction::Consult { handling, whom, reason }).await
}

control! {
    /// Customer, agent and whoever was asked talk with each other.
    join_consult "/api/v1/handlings/{id}/consult/join" "join_consult" handling => AgentAction::JoinConsult { handling };
    /// Leaves the customer with whoever was asked; so does hanging up once they have answered.
    complete_consult "/api/v1/handlings/{id}/consult/complete" "complete_consult" handling => AgentAction::CompleteConsult { handling };
    /// Lets whoever was asked go, or stops ringing them, and goes on with the customer.
    drop_consult "/api/v1/handlings/{id}/consult/drop" "drop_consult" handling => AgentAction::DropConsult { handling };
    /// The colleague who is asked goes; refused once the customer is theirs.
    leave_consult "/api/v1/handlings/{id}/consult/leave" "leave_consult" handling => AgentAction::LeaveConsult { handling };
}

/// Rings somebody who takes part in the talk as soon as they answer; everybody talks on meanwhile. One is rung at a time, and at most
/// eight talk.
#[utoipa::path(post, path = "/api/v1/handlings/{id}/parties", tag = "desk", operation_id = "add_party",
    params(("id" = String, Path)), request_body = PartyWanted, responses((status = 200, body = CommandDone)))]
async fn add_party(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(handling): PathId<HandlingId>,
    Body(wanted): Body<PartyWanted>,
) -> Answer<Json<CommandDone>> {
    let whom = whom(wanted.agent_id, wanted.number)?;
    ask(&app, &caller, AgentAction::AddParty { handling, whom }).await
}

macro_rules! of_party {
    ($($(#[$doc:meta])* $name:ident $path:literal $operation:literal $handling:ident $party:ident => $action:expr;)+) => {$(
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "desk", operation_id = $operation,
            params(("id" = String, Path), ("party" = String, Path)), responses((status = 200, body = CommandDone)))]
        async fn $name(
            State(app): State<Arc<App>>,
            caller: Caller,
            PathIds($handling, $party): PathIds<HandlingId, TransferId>,
        ) -> Answer<Json<CommandDone>> {
            ask(&app, &caller, $action).await
        }
    )+};
}

of_party! {
    /// Lets nobody hear somebody who was added. Their own mute is another thing.
    mute_party "/api/v1/handlings/{id}/parties/{party}/mute" "mute_party" handling party => AgentAction::MuteParty { handling, party, on: true };
    /// Lets somebody who was added be heard again.
    unmute_party "/api/v1/handlings/{id}/parties/{party}/unmute" "unmute_party" handling party => AgentAction::MuteParty { handling, party, on: false };
    /// Lets somebody who was added go, or stops ringing them.
    drop_party "/api/v1/handlings/{id}/parties/{party}/drop" "drop_party" handling party => AgentAction::DropParty { handling, party };
}

fn whom(agent: Option<String>, number: Option<String>) -> Answer<Consulted> {
    match (agent, number) {
        (Some(agent), None) => known(&agent).map(Consulted::Agent),
        (None, Some(number)) => typed(&number).map(Consulted::Dialled),
        _ => Err(RouteError::new(ProblemCode::Validation, "give exactly one of agent_id and number")),
    }
}

fn target(wanted: Transfer) -> Answer<TransferTo> {
    let come_back = wanted.come_back == Some(true);
    if come_back && wanted.flow_id.is_none() {
        return Err(RouteError::new(ProblemCode::Validation, "a customer comes back from a flow only"));
    }
    match (wanted.agent_id, wanted.queue_id, wanted.flow_id, wanted.number) {
        (Some(agent), None, None, None) => known(&agent).map(TransferTo::Agent),
        (None, Some(queue), None, None) => known(&queue).map(TransferTo::Queue),
        (None, None, Some(flow), None) if come_back => known(&flow).map(TransferTo::Loan),
        (None, None, Some(flow), None) => known(&flow).map(TransferTo::Flow),
        (None, None, None, Some(number)) => typed(&number).map(TransferTo::Dialled),
        _ => {
            let detail = "give exactly one of agent_id, queue_id, flow_id and number";
            Err(RouteError::new(ProblemCode::Validation, detail))
        }
    }
}

fn typed(number: &str) -> Answer<String> {
    let mut faults = Faults::default();
    let number = faults.text("number", number, 1, DIALLED_CHARS_MAX);
    faults.none()?;
    Ok(number)
}

fn known<T: FromStr>(id: &str) -> Answer<T> {
    id.parse().map_err(|_| RouteError::of(ProblemCode::UnknownReference))
}
