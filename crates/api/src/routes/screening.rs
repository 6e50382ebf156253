//! What is done about callers nobody wants: read, change.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use domain::screening::{
    DEAD_AIR_AFTER_S, DeadAirAction as Action, DeadAirRule, Diversion, NUISANCE_CALLS, NUISANCE_FOR_MINUTES,
    NUISANCE_SHORTER_THAN_S, NUISANCE_WITHIN_MINUTES, NuisanceRule, ScreeningPolicy as Policy,
};
use domain::settings::Flow;
use domain::{FlowId, Permission};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::Answer;
use crate::extract::Body;
use crate::faults::Faults;
use crate::json::problem::FaultCode;
use crate::json::screening::{
    AnonymousAction, DeadAirAction, DeadAirPolicy, DiversionAction, NuisancePolicy, ScreeningPolicy,
};

pub fn declare(routes: Routes) -> Routes {
    routes.needs(Permission::SettingsRead, routes!(read)).needs(Permission::SettingsWrite, routes!(change))
}

/// What is done about callers nobody wants.
#[utoipa::path(get, path = "/api/v1/screening-policy", tag = "settings", operation_id = "get_screening_policy",
    responses((status = 200, body = ScreeningPolicy)))]
async fn read(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<ScreeningPolicy>> {
    Ok(Json(app.store.screening_policy(&caller.scope()).await?.into()))
}

/// Changes what is done about callers nobody wants.
#[utoipa::path(put, path = "/api/v1/screening-policy", tag = "settings", operation_id = "change_screening_policy",
    request_body = ScreeningPolicy, responses((status = 200, body = ScreeningPolicy)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(wanted): Body<ScreeningPolicy>,
) -> Answer<Json<ScreeningPolicy>> {
    let scope = caller.scope();
    let flows = app.store.flows(&scope).await?;
    let mut faults = Faults::default();
    let block = diversion(&mut faults, "block", &flows, wanted.block.action, wanted.block.flow_id.as_deref());
    let anonymous = match wanted.anonymous.action {
        AnonymousAction::Accept => None,
        AnonymousAction::Refuse => Some(Diversion::Refuse),
        AnonymousAction::Flow => {
            let flow = wanted.anonymous.flow_id.as_deref();
            Some(diversion(&mut faults, "anonymous", &flows, DiversionAction::Flow, flow))
        }
    };
    let nuisance = nuisance(&mut faults, &flows, &wanted.nuisance);
    let dead_air = dead_air(&mut faults, &flows, &wanted.dead_air);
    faults.none()?;
    let version = u64::try_from(wanted.version).unwrap_or(u64::MAX);
    let policy = Policy { block, anonymous, nuisance, dead_air };
    let record = app.store.put_screening_policy(&scope, app.clock.now().utc, version, &policy).await?;
    super::settings_written(&app, &caller).await;
    Ok(Json(record.into()))
}

fn dead_air(faults: &mut Faults, flows: &[Flow], wanted: &DeadAirPolicy) -> DeadAirRule {
    let (least, most) = DEAD_AIR_AFTER_S;
    let within = (u32::try_from(least).unwrap_or(0), u32::try_from(most).unwrap_or(u32::MAX));
    let after = Duration::from_secs(u64::from(faults.count("dead_air.after_s", wanted.after_s, within)));
    let wants_flow = match wanted.action {
        DeadAirAction::End => DiversionAction::Refuse,
        DeadAirAction::Flow => DiversionAction::Flow,
    };
    let action = match diversion(faults, "dead_air", flows, wants_flow, wanted.flow_id.as_deref()) {
        Diversion::Flow(flow) => Action::Flow(flow),
        Diversion::Refuse => Action::End,
    };
    DeadAirRule { on: wanted.on, after, action }
}

fn nuisance(faults: &mut Faults, flows: &[Flow], wanted: &NuisancePolicy) -> NuisanceRule {
    let mut time = |field: &str, given: i64, (least, most): (u64, u64), unit_s: u64| {
        let within = (u32::try_from(least).unwrap_or(0), u32::try_from(most).unwrap_or(u32::MAX));
        Duration::from_secs(u64::from(faults.count(field, given, within)) * unit_s)
    };
    let within = time("nuisance.within_minutes", wanted.within_minutes, NUISANCE_WITHIN_MINUTES, 60);
    let shorter_than = time("nuisance.shorter_than_s", wanted.shorter_than_s, NUISANCE_SHORTER_THAN_S, 1);
    let lasts = time("nuisance.for_minutes", wanted.for_minutes, NUISANCE_FOR_MINUTES, 60);
    let calls = faults.count("nuisance.calls", wanted.calls, NUISANCE_CALLS);
    let action = diversion(faults, "nuisance", flows, wanted.action, wanted.flow_id.as_deref());
    NuisanceRule { on: wanted.on, calls, within, shorter_than, lasts, action }
}

fn diversion(
    faults: &mut Faults,
    field: &str,
    flows: &[Flow],
    action: DiversionAction,
    flow: Option<&str>,
) -> Diversion {
    let field = format!("{field}.flow_id");
    match (action, flow.filter(|flow| !flow.is_empty())) {
        (DiversionAction::Refuse, _) => Diversion::Refuse,
        (DiversionAction::Flow, None) => {
            faults.add(&field, FaultCode::Missing);
            Diversion::Refuse
        }
        (DiversionAction::Flow, Some(text)) => {
            let known = |id: &FlowId| flows.iter().any(|flow| flow.id == *id);
            faults.id(&field, text, known).map_or(Diversion::Refuse, Diversion::Flow)
        }
    }
}
