//! Numbers outside that agents work with: list, add, take away.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::settings::{Mobile as Kept, dialled};
use domain::{AgentId, DeviceId, Permission, Utc};
use engine::outbound::TollGuard;
use store::{MOBILE_TAKEN, MOBILES_FULL, StoreError};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, PathId, PathIds};
use crate::faults::Faults;
use crate::json::List;
use crate::json::mobile::{Mobile, NewMobile};
use crate::json::problem::FaultCode;
use crate::limits::DIALLED_CHARS_MAX;
use crate::views::mask::mask;

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::SettingsRead, routes!(list))
        .command(Permission::UsersWrite, routes!(add))
        .needs(Permission::UsersWrite, routes!(remove))
}

/// The numbers outside an agent may work with, the oldest first.
#[utoipa::path(get, path = "/api/v1/agents/{id}/mobiles", tag = "agents", operation_id = "list_mobiles",
    params(("id" = String, Path)), responses((status = 200, body = List<Mobile>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(agent): PathId<AgentId>,
) -> Answer<Json<List<Mobile>>> {
    let rows = app.store.mobiles(&caller.scope(), agent).await?;
    // An agent's own number is nobody else's business but whoever gives it.
    let unmasked = caller.can(Permission::UsersWrite) || agent == caller.agent();
    Ok(Json(List { items: rows.into_iter().map(|row| show(row, unmasked)).collect(), next_cursor: None }))
}

/// Gives an agent a number outside to work with.
#[utoipa::path(post, path = "/api/v1/agents/{id}/mobiles", tag = "agents", operation_id = "add_mobile",
    params(("id" = String, Path)), request_body = NewMobile, responses((status = 201, body = Mobile)))]
async fn add(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(agent): PathId<AgentId>,
    Body(new): Body<NewMobile>,
) -> Answer<(StatusCode, Json<Mobile>)> {
    let mut faults = Faults::default();
    let number = faults.text("number", &new.number, 1, DIALLED_CHARS_MAX);
    check(&app, &caller, &mut faults, &number).await?;
    faults.none()?;
    let now: Utc = app.clock.now().utc;
    let made = app.store.add_mobile(&caller.scope(), now, agent, &number).await.map_err(refusal)?;
    super::settings_written(&app, &caller).await;
    Ok((StatusCode::CREATED, Json(show(made, true))))
}

/// Takes a number outside away from an agent. A talk by it goes on.
#[utoipa::path(delete, path = "/api/v1/agents/{id}/mobiles/{mobile_id}", tag = "agents", operation_id = "remove_mobile",
    params(("id" = String, Path), ("mobile_id" = String, Path)), responses((status = 204)))]
async fn remove(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathIds(agent, mobile): PathIds<AgentId, DeviceId>,
) -> Answer<StatusCode> {
    app.store.delete_mobile(&caller.scope(), app.clock.now().utc, agent, mobile).await?;
    super::settings_written(&app, &caller).await;
    Ok(StatusCode::NO_CONTENT)
}

/// A number to dial, outside, and of nobody who helps in need. Whether it may be called is said when it is chosen, for rules change.
async fn check(app: &App, caller: &Caller, faults: &mut Faults, number: &str) -> Answer<()> {
    let Some(cleaned) = dialled(number) else {
        if !number.is_empty() {
            faults.add("number", FaultCode::Malformed);
        }
        return Ok(());
    };
    let settings = app.directory.settings(app, caller.tenant).await?;
    let mut guard = TollGuard::default();
    guard.adopt(settings.outbound.clone(), &settings.time_zone);
    if guard.is_emergency(&cleaned) {
        faults.add("number", FaultCode::EmergencyNumber);
    } else if settings.numbers.iter().any(|ours| ours.number == cleaned) {
        faults.add("number", FaultCode::OwnNumber);
    } else if !guard.is_number(&cleaned) {
        faults.add("number", FaultCode::Malformed);
    }
    Ok(())
}

fn refusal(error: StoreError) -> RouteError {
    if matches!(error, StoreError::Conflict(MOBILE_TAKEN)) {
        RouteError::invalid_field("number", FaultCode::Taken)
    } else if matches!(error, StoreError::Conflict(MOBILES_FULL)) {
        RouteError::invalid_field("number", FaultCode::TooMany)
    } else {
        RouteError::from(error)
    }
}

fn show(mobile: Kept, unmasked: bool) -> Mobile {
    let number = if unmasked { mobile.number } else { mask(&mobile.number) };
    Mobile { id: mobile.id.to_string(), number }
}
