//! Health, figures, the OpenAPI document, the test hook.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use domain::Permission;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::exposition;
use crate::extract::Body;
use crate::health::status_of;
use crate::json::problem::FaultCode;
use crate::json::system::{CensusState, FaultOrder, HealthState, HealthStatus, KillPoint, KillPoints, SystemHealth};
use crate::views::node;

pub fn declare(routes: Routes) -> Routes {
    routes
        .open(routes!(health))
        .needs(Permission::MetricsRead, routes!(system_health))
        .needs(Permission::MetricsRead, routes!(metrics))
        .needs(Permission::SelfRead, routes!(document))
        .needs(Permission::UsersWrite, routes!(census))
        .needs(Permission::UsersWrite, routes!(set_faults))
        .needs(Permission::UsersWrite, routes!(kill_points))
}

/// Whether the node can do its work: 200 while new calls are taken, 503 while not. Tells codes and nothing else.
#[utoipa::path(get, path = "/healthz", tag = "system", operation_id = "get_health",
    responses((status = 200, body = HealthState), (status = 503, body = HealthState)))]
async fn health(State(app): State<Arc<App>>) -> (StatusCode, [(HeaderName, &'static str); 1], Json<HealthState>) {
    let (codes, _) = node::verdict(&app, None).await;
    let status = status_of(&codes);
    let answer = match status {
        HealthStatus::Ok | HealthStatus::Degraded => StatusCode::OK,
        HealthStatus::Failing => StatusCode::SERVICE_UNAVAILABLE,
    };
    (answer, [(header::CACHE_CONTROL, "no-store")], Json(HealthState { status, codes }))
}

/// How the node does, for those who look after it.
#[utoipa::path(get, path = "/api/v1/system/health", tag = "system", operation_id = "get_system_health",
    responses((status = 200, body = SystemHealth)))]
async fn system_health(State(app): State<Arc<App>>, caller: Caller) -> Json<SystemHealth> {
    Json(node::health(&app, caller.tenant).await)
}

/// Figures as Prometheus reads them. Those of queues and agents are of the caller's centre; none is about a person.
#[utoipa::path(get, path = "/metrics", tag = "system", operation_id = "get_metrics",
    responses((status = 200, description = "Text format 0.0.4.", content_type = "text/plain")))]
async fn metrics(State(app): State<Arc<App>>, caller: Caller) -> Answer<([(HeaderName, &'static str); 2], String)> {
    let text = node::metrics(&app, caller.tenant).await?;
    Ok(([(header::CONTENT_TYPE, exposition::CONTENT_TYPE), (header::CACHE_CONTROL, "no-store")], text))
}

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", tag = "system", operation_id = "get_openapi",
    responses((status = 200, description = "The OpenAPI document.", content_type = "application/json")))]
async fn document() -> ([(HeaderName, &'static str); 1], String) {
    ([(header::CONTENT_TYPE, "application/json")], crate::openapi_json())
}

/// How many of everything the node holds. Answers only when test hooks are on.
#[utoipa::path(get, path = "/api/v1/test/census", tag = "system", operation_id = "get_census",
    responses((status = 200, body = CensusState)))]
async fn census(State(app): State<Arc<App>>) -> Answer<Json<CensusState>> {
    if !app.test_hooks {
        return Err(RouteError::not_found());
    }
    let mut counts = app.floor.census().await.counts;
    counts.insert("live_connections".to_owned(), app.connections.count() as u64);
    Ok(Json(CensusState { counts }))
}

/// Longest stall a test may ask for.
const STALL_MAX: Duration = Duration::from_secs(10);

/// Makes the ledger's commits slow or failing, or has the process killed at a place. Answers only when test hooks are on.
#[utoipa::path(post, path = "/api/v1/test/faults", tag = "system", operation_id = "set_faults",
    request_body = FaultOrder, responses((status = 204)))]
async fn set_faults(State(app): State<Arc<App>>, Body(order): Body<FaultOrder>) -> Answer<StatusCode> {
    if !app.test_hooks {
        return Err(RouteError::not_found());
    }
    if let Some(stall) = order.stall_ms.map(Duration::from_millis) {
        if stall > STALL_MAX {
            return Err(RouteError::invalid_field("stall_ms", FaultCode::TooLarge));
        }
        app.store.faults().stall_for(stall);
    }
    if let Some(on) = order.fail_commits {
        app.store.faults().fail_commits(on);
    }
    if let Some(name) = order.kill_at {
        let unknown = || RouteError::invalid_field("kill_at", FaultCode::UnknownReference);
        let place = store::kill::KillPoint::named(&name).ok_or_else(unknown)?;
        store::kill::arm(place, order.kill_after.unwrap_or(0));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The places at which a test can have this process killed. Answers only when test hooks are on.
#[utoipa::path(get, path = "/api/v1/test/kill-points", tag = "system", operation_id = "list_kill_points",
    responses((status = 200, body = KillPoints)))]
async fn kill_points(State(app): State<Arc<App>>) -> Answer<Json<KillPoints>> {
    if !app.test_hooks {
        return Err(RouteError::not_found());
    }
    let point = |place: &store::kill::KillPoint| KillPoint { name: place.name(), when: place.when().into() };
    Ok(Json(KillPoints { points: store::kill::KillPoint::ALL.iter().map(point).collect() }))
}
