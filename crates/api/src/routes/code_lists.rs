//! Outcomes and reasons for not being ready: list, create, change. Nothing of them goes away, because what was chosen keeps its name.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{DispositionId, NotReadyReasonId, Permission};
use store::{CodeDraft, CodeRecord};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, Params, PathId};
use crate::faults::Faults;
use crate::json::List;
use crate::json::problem::FaultCode;
use crate::json::settings::{BilingualName, BilingualNameChange, NewBilingualName};
use crate::limits::{CODES_MAX, NAME_CHARS_MAX};
use crate::page::{PageQuery, cut};

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::SettingsRead, routes!(dispositions))
        .command(Permission::SettingsWrite, routes!(create_disposition))
        .needs(Permission::SettingsWrite, routes!(change_disposition))
        .needs(Permission::SettingsRead, routes!(not_ready_reasons))
        .command(Permission::SettingsWrite, routes!(create_not_ready_reason))
        .needs(Permission::SettingsWrite, routes!(change_not_ready_reason))
}

/// Outcome codes, in their order.
#[utoipa::path(get, path = "/api/v1/dispositions", tag = "settings", operation_id = "list_dispositions",
    params(PageQuery), responses((status = 200, body = List<BilingualName>)))]
async fn dispositions(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<BilingualName>>> {
    let rows = app.store.dispositions(&caller.scope()).await?;
    let rows = rows.into_iter().map(BilingualName::from).collect();
    cut(&app, "list_dispositions", &query, rows, |row| row.id.clone(), |row| row).map(Json)
}

/// Makes an outcome code: every wrap-up offers it.
#[utoipa::path(post, path = "/api/v1/dispositions", tag = "settings", operation_id = "create_disposition",
    request_body = NewBilingualName, responses((status = 201, body = BilingualName)))]
async fn create_disposition(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(new): Body<NewBilingualName>,
) -> Answer<(StatusCode, Json<BilingualName>)> {
    let (scope, now) = (caller.scope(), app.clock.now().utc);
    let known = app.store.dispositions(&scope).await?.into_iter().map(BilingualName::from).collect();
    let (zh, en) = named(known, new)?;
    let made = app.store.create_disposition(&scope, now, &zh, &en).await?;
    super::settings_written(&app, &caller).await;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Changes an outcome code, its place, or whether it can be chosen.
#[utoipa::path(patch, path = "/api/v1/dispositions/{id}", tag = "settings", operation_id = "change_disposition",
    params(("id" = String, Path)), request_body = BilingualNameChange, responses((status = 200, body = BilingualName)))]
async fn change_disposition(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<DispositionId>,
    Body(change): Body<BilingualNameChange>,
) -> Answer<Json<BilingualName>> {
    let (scope, now) = (caller.scope(), app.clock.now().utc);
    let known = app.store.dispositions(&scope).await?.into_iter().map(BilingualName::from).collect();
    let (version, draft) = merged(known, &id.to_string(), change)?;
    let after = app.store.update_disposition(&scope, now, id, version, &draft).await?;
    super::settings_written(&app, &caller).await;
    Ok(Json(after.into()))
}

/// Reasons for not being ready, in their order.
#[utoipa::path(get, path = "/api/v1/not-ready-reasons", tag = "settings", operation_id = "list_not_ready_reasons",
    params(PageQuery), responses((status = 200, body = List<BilingualName>)))]
async fn not_ready_reasons(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<BilingualName>>> {
    let rows = app.store.not_ready_reasons(&caller.scope()).await?;
    let rows = rows.into_iter().map(BilingualName::from).collect();
    cut(&app, "list_not_ready_reasons", &query, rows, |row| row.id.clone(), |row| row).map(Json)
}

/// Makes a reason for not being ready: every desk offers it.
#[utoipa::path(post, path = "/api/v1/not-ready-reasons", tag = "settings", operation_id = "create_not_ready_reason",
    request_body = NewBilingualName, responses((status = 201, body = BilingualName)))]
async fn create_not_ready_reason(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(new): Body<NewBilingualName>,
) -> Answer<(StatusCode, Json<BilingualName>)> {
    let (scope, now) = (caller.scope(), app.clock.now().utc);
    let known = app.store.not_ready_reasons(&scope).await?.into_iter().map(BilingualName::from).collect();
    let (zh, en) = named(known, new)?;
    let made = app.store.create_not_ready_reason(&scope, now, &zh, &en).await?;
    super::settings_written(&app, &caller).await;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Changes a reason for not being ready, its place, or whether it can be chosen. Whoever is not ready with it stays so.
#[utoipa::path(patch, path = "/api/v1/not-ready-reasons/{id}", tag = "settings", operation_id = "change_not_ready_reason",
    params(("id" = String, Path)), request_body = BilingualNameChange, responses((status = 200, body = BilingualName)))]
async fn change_not_ready_reason(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<NotReadyReasonId>,
    Body(change): Body<BilingualNameChange>,
) -> Answer<Json<BilingualName>> {
    let (scope, now) = (caller.scope(), app.clock.now().utc);
    let known = app.store.not_ready_reasons(&scope).await?.into_iter().map(BilingualName::from).collect();
    let (version, draft) = merged(known, &id.to_string(), change)?;
    let after = app.store.update_not_ready_reason(&scope, now, id, version, &draft).await?;
    super::settings_written(&app, &caller).await;
    Ok(Json(after.into()))
}

/// The names of a new one. Two with one name could not be told apart.
fn named(known: Vec<BilingualName>, new: NewBilingualName) -> Answer<(String, String)> {
    let mut faults = Faults::default();
    if known.len() >= CODES_MAX {
        faults.add_limit("", FaultCode::TooMany, Some(CODES_MAX));
    }
    let names = checked(&mut faults, &known, &new.name_zh, &new.name_en);
    faults.none().map(|()| names)
}

fn merged(mut known: Vec<BilingualName>, id: &str, change: BilingualNameChange) -> Answer<(u64, CodeDraft)> {
    let at = known.iter().position(|one| one.id == id).ok_or_else(RouteError::not_found)?;
    let before = known.remove(at);
    let mut faults = Faults::default();
    let (name_zh, name_en) = (change.name_zh.unwrap_or(before.name_zh), change.name_en.unwrap_or(before.name_en));
    let (name_zh, name_en) = checked(&mut faults, &known, &name_zh, &name_en);
    let most = u32::try_from(CODES_MAX).unwrap_or(u32::MAX);
    let place = change.place.map(|place| faults.count("place", place, (0, most)));
    faults.none()?;
    let place = place.and_then(|place| usize::try_from(place).ok());
    let draft = CodeDraft { name_zh, name_en, active: change.active.unwrap_or(before.active), place };
    Ok((u64::try_from(change.version).unwrap_or(0), draft))
}

fn checked(faults: &mut Faults, others: &[BilingualName], zh: &str, en: &str) -> (String, String) {
    let zh = faults.text("name_zh", zh, 1, NAME_CHARS_MAX);
    let en = faults.text("name_en", en, 1, NAME_CHARS_MAX);
    if others.iter().any(|other| other.name_zh == zh) {
        faults.add("name_zh", FaultCode::Taken);
    }
    if others.iter().any(|other| other.name_en == en) {
        faults.add("name_en", FaultCode::Taken);
    }
    (zh, en)
}

impl From<CodeRecord<domain::settings::Disposition>> for BilingualName {
    fn from(CodeRecord { code, version }: CodeRecord<domain::settings::Disposition>) -> BilingualName {
        let (id, version) = (code.id.to_string(), i64::try_from(version).unwrap_or(i64::MAX));
        BilingualName { id, name_zh: code.name_zh, name_en: code.name_en, active: code.active, version }
    }
}

impl From<CodeRecord<domain::settings::NotReadyReason>> for BilingualName {
    fn from(CodeRecord { code, version }: CodeRecord<domain::settings::NotReadyReason>) -> BilingualName {
        let (id, version) = (code.id.to_string(), i64::try_from(version).unwrap_or(i64::MAX));
        BilingualName { id, name_zh: code.name_zh, name_en: code.name_en, active: code.active, version }
    }
}
