//! What may be dialled outside: read, change.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::settings::OutboundRule as Rule;
use domain::{NumberId, Permission, TrunkId};
use store::OutboundRecord;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::Answer;
use crate::extract::Body;
use crate::faults::Faults;
use crate::json::Named;
use crate::json::device::{OutboundRule, OutboundRuleWanted};
use crate::json::problem::FaultCode;
use crate::limits::{PREFIX_CHARS, PREFIXES_MAX};

pub fn declare(routes: Routes) -> Routes {
    routes.needs(Permission::SettingsRead, routes!(read)).needs(Permission::SettingsWrite, routes!(change))
}

/// What may be dialled outside.
#[utoipa::path(get, path = "/api/v1/outbound-rule", tag = "devices", operation_id = "get_outbound_rule",
    responses((status = 200, body = OutboundRule)))]
async fn read(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<OutboundRule>> {
    let record = app.store.outbound_rule(&caller.scope()).await?;
    show(&app, &caller, record).await
}

/// Changes what may be dialled outside.
#[utoipa::path(put, path = "/api/v1/outbound-rule", tag = "devices", operation_id = "change_outbound_rule",
    request_body = OutboundRuleWanted, responses((status = 200, body = OutboundRule)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(wanted): Body<OutboundRuleWanted>,
) -> Answer<Json<OutboundRule>> {
    let scope = caller.scope();
    let (trunks, numbers) = (app.store.trunks(&scope).await?, app.store.numbers(&scope).await?);
    let mut faults = Faults::default();
    faults.length("prefixes", wanted.prefixes.len(), 0, PREFIXES_MAX);
    let mut prefixes: Vec<String> = Vec::new();
    for (n, text) in wanted.prefixes.iter().enumerate() {
        let field = format!("prefixes.{n}");
        let prefix = faults.text(&field, text, PREFIX_CHARS.0, PREFIX_CHARS.1);
        let digits = prefix.strip_prefix('+').unwrap_or(&prefix);
        if !prefix.is_empty() && (digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit())) {
            faults.add(&field, FaultCode::Malformed);
        }
        if !prefixes.contains(&prefix) {
            prefixes.push(prefix);
        }
    }
    let named = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let is_trunk = |id: &TrunkId| trunks.iter().any(|trunk| trunk.id == *id);
    let trunk = named(&wanted.trunk_id).and_then(|text| faults.id("trunk_id", &text, is_trunk));
    let is_number = |id: &NumberId| numbers.iter().any(|number| number.id == *id);
    let number = named(&wanted.number_id).and_then(|text| faults.id("number_id", &text, is_number));
    faults.none()?;
    let version = u64::try_from(wanted.version).unwrap_or(u64::MAX);
    let rule = Rule { prefixes, trunk, number };
    let record = app.store.put_outbound_rule(&scope, app.clock.now().utc, version, &rule).await?;
    super::settings_written(&app, &caller).await;
    show(&app, &caller, record).await
}

async fn show(app: &App, caller: &Caller, record: OutboundRecord) -> Answer<Json<OutboundRule>> {
    let trunks = app.store.trunks(&caller.scope()).await?;
    Ok(Json(OutboundRule {
        prefixes: record.rule.prefixes,
        trunk_id: record.rule.trunk.map(|id| id.to_string()),
        number_id: record.rule.number.map(|id| id.to_string()),
        trunks: trunks.into_iter().map(|trunk| Named { id: trunk.id.to_string(), name: trunk.name }).collect(),
        version: i64::try_from(record.version).unwrap_or(i64::MAX),
    }))
}
