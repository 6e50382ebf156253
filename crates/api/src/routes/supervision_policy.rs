//! What agents are told of supervisors in their talks: read, change.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::Permission;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::Answer;
use crate::extract::Body;
use crate::json::supervision::SupervisionPolicy;

pub fn declare(routes: Routes) -> Routes {
    routes.needs(Permission::SettingsRead, routes!(read)).needs(Permission::SettingsWrite, routes!(change))
}

/// In which modes agents see who supervises them.
#[utoipa::path(get, path = "/api/v1/supervision-policy", tag = "settings", operation_id = "get_supervision_policy",
    responses((status = 200, body = SupervisionPolicy)))]
async fn read(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<SupervisionPolicy>> {
    Ok(Json(app.store.supervision_policy(&caller.scope()).await?.into()))
}

/// Changes in which modes agents see who supervises them; it counts at once, in talks that go on too.
#[utoipa::path(put, path = "/api/v1/supervision-policy", tag = "settings", operation_id = "change_supervision_policy",
    request_body = SupervisionPolicy, responses((status = 200, body = SupervisionPolicy)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(wanted): Body<SupervisionPolicy>,
) -> Answer<Json<SupervisionPolicy>> {
    let version = u64::try_from(wanted.version).unwrap_or(u64::MAX);
    let (scope, policy) = (caller.scope(), wanted.visible.into());
    let record = app.store.put_supervision_policy(&scope, app.clock.now().utc, version, policy).await?;
    super::settings_written(&app, &caller).await;
    Ok(Json(record.into()))
}
