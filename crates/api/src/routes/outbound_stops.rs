//! Calls outside that an alarm stopped: who and what, and letting them go on.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::Permission;
use domain::input::AgentAction;
use domain::outbound::Stopped;
use utoipa_axum::routes;

use super::handlings::ask;
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::Body;
use crate::json::CommandDone;
use crate::json::outbound::{OutboundRelease, OutboundStops};
use crate::json::problem::FaultCode;
use crate::views::sight::demand_agent;

pub fn declare(routes: Routes) -> Routes {
    routes.needs(Permission::FloorRead, routes!(list)).command(Permission::FloorSupervise, routes!(release))
}

/// Stops that nobody released yet.
#[utoipa::path(get, path = "/api/v1/outbound-stops", tag = "outbound", operation_id = "list_outbound_stops",
    responses((status = 200, body = OutboundStops)))]
async fn list(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<OutboundStops>> {
    let floor = crate::views::floor_now(&app, &caller).await?;
    Ok(Json(OutboundStops { items: floor.outbound_stops }))
}

/// Lets calls go on; of an agent, or by a rule, that need not be there any more. What was called before counts no more for the alarm.
#[utoipa::path(post, path = "/api/v1/outbound-stops/release", tag = "outbound", operation_id = "release_outbound_stop",
    request_body = OutboundRelease, responses((status = 200, body = CommandDone)))]
async fn release(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(wanted): Body<OutboundRelease>,
) -> Answer<Json<CommandDone>> {
    let invalid = |field: &str, code| RouteError::invalid_field(field, code);
    let stopped = match (&wanted.agent_id, &wanted.rule_id) {
        (Some(agent), None) => {
            Stopped::Agent(agent.parse().map_err(|_| invalid("agent_id", FaultCode::UnknownReference))?)
        }
        (None, Some(rule)) => Stopped::Rule(rule.parse().map_err(|_| invalid("rule_id", FaultCode::UnknownReference))?),
        (None, None) => return Err(invalid("agent_id", FaultCode::Missing)),
        (Some(_), Some(_)) => return Err(invalid("rule_id", FaultCode::Unknown)),
    };
    match stopped {
        Stopped::Agent(agent) => demand_agent(&app, &caller, agent).await?,
        // A rule is of the whole centre.
        Stopped::Rule(_) if caller.site().is_some() => return Err(RouteError::not_found()),
        Stopped::Rule(_) => {}
    }
    app.store.audit_outbound_release(&caller.scope(), app.clock.now().utc, stopped).await?;
    ask(&app, &caller, AgentAction::ReleaseOutbound { stopped }).await
}
