//! What may be called outside: read, change, try.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::outbound::OutboundPlan as Plan;
use domain::{DestinationRuleId, Permission};
use store::Scope;
use utoipa_axum::routes;

use super::outbound_check::Known;
use super::outbound_try::{Tried, judge};
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::Body;
use crate::faults::Faults;
use crate::json::outbound::{OutboundPlan, OutboundPlanWanted, OutboundTrial, OutboundTry};
use crate::json::problem::FaultCode;
use crate::limits::{DIALLED_CHARS_MAX, OUTBOUND_PLAN_BYTES_MAX};

pub fn declare(routes: Routes) -> Routes {
    routes
        // Caps and alarms are nothing to be read by those they are there to stop.
        .needs(Permission::FloorRead, routes!(read))
        .needs_with_body(Permission::SettingsWrite, OUTBOUND_PLAN_BYTES_MAX, routes!(change))
        .needs_with_body(Permission::FloorRead, OUTBOUND_PLAN_BYTES_MAX, routes!(attempt))
}

/// What may be called outside. Every trunk stands in it, whether anybody said something about it or not.
#[utoipa::path(get, path = "/api/v1/outbound-plan", tag = "outbound", operation_id = "get_outbound_plan",
    responses((status = 200, body = OutboundPlan)))]
async fn read(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<OutboundPlan>> {
    let record = app.store.outbound_plan(&caller.scope()).await?;
    Ok(Json(OutboundPlan::of(&record.plan, record.version)))
}

/// Puts a plan in the place of the one before. Calls that are up go on.
#[utoipa::path(put, path = "/api/v1/outbound-plan", tag = "outbound", operation_id = "change_outbound_plan",
    request_body = OutboundPlanWanted, responses((status = 200, body = OutboundPlan)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(wanted): Body<OutboundPlanWanted>,
) -> Answer<Json<OutboundPlan>> {
    let mut faults = Faults::default();
    let mut plan = known(&app, &caller).await?.read(&wanted, &mut faults);
    faults.none()?;
    // The store gives the new ones their ids.
    plan.rules.iter_mut().filter(|rule| rule.id.0 < 0).for_each(|rule| rule.id = DestinationRuleId(0));
    let version = u64::try_from(wanted.version).unwrap_or(u64::MAX);
    let record = app.store.put_outbound_plan(&caller.scope(), app.clock.now().utc, version, &plan).await?;
    super::settings_written(&app, &caller).await;
    Ok(Json(OutboundPlan::of(&record.plan, record.version)))
}

/// Says what would become of a call to a number outside, by the plan in force or by one that is not saved. Stops and the trunks that work are those
/// of this moment; calls that were begun or are up are not looked at, so that a cap that is reached is not told. An extension of ours is not looked for.
#[utoipa::path(post, path = "/api/v1/outbound-plan/try", tag = "outbound", operation_id = "try_outbound_plan",
    request_body = OutboundTry, responses((status = 200, body = OutboundTrial)))]
async fn attempt(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(wanted): Body<OutboundTry>,
) -> Answer<Json<OutboundTrial>> {
    let mut faults = Faults::default();
    let typed = faults.text("number", &wanted.number, 1, DIALLED_CHARS_MAX);
    let plan = plan_tried(&app, &caller, wanted.plan.as_ref(), &mut faults).await?;
    faults.none()?;
    let no_agent = || RouteError::invalid_field("agent_id", FaultCode::UnknownReference);
    let id = wanted.agent_id.parse().map_err(|_| no_agent())?;
    // Whoever sees one site sees its agents alone.
    app.store.agent(&caller.scope(), id).await.map_err(|_| no_agent())?;
    let visible = app.store.numbers(&caller.scope()).await?.into_iter().map(|record| record.number).collect();
    judge(&app, &caller, Tried { agent: id, typed, plan, visible }).await.map(Json)
}

async fn plan_tried(
    app: &App,
    caller: &Caller,
    wanted: Option<&OutboundPlanWanted>,
    faults: &mut Faults,
) -> Answer<Plan> {
    let Some(wanted) = wanted else { return Ok(app.store.outbound_plan(&caller.scope()).await?.plan) };
    let mut inner = Faults::default();
    let plan = known(app, caller).await?.read(wanted, &mut inner);
    faults.within("plan", inner);
    Ok(plan)
}

async fn known(app: &App, caller: &Caller) -> Answer<Known> {
    // A plan is of the whole centre, whatever the caller sees of it.
    let whole = Scope::system(caller.tenant);
    let settings = app.directory.settings(app, caller.tenant).await?;
    let known = Known {
        before: app.store.outbound_plan(&whole).await?.plan,
        trunks: app.store.trunks(&whole).await?.into_iter().map(|trunk| trunk.id).collect(),
        numbers: app.store.numbers(&whole).await?.into_iter().map(|record| record.number.id).collect(),
        teams: app.store.teams(&whole).await?.into_iter().map(|team| team.id).collect(),
        sites: settings.sites.iter().map(|site| site.id).collect(),
        agents: settings.agents.iter().map(|agent| agent.id).collect(),
        people: settings.agents.clone(),
    };
    Ok(known.with_named())
}
