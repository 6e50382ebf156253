//! Health, the OpenAPI document, the test hook.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use domain::Permission;
use utoipa_axum::routes;

use crate::app::App;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::json::system::{CensusState, HealthState, HealthStatus};

pub fn declare(routes: Routes) -> Routes {
    routes
        .open(routes!(health))
        .needs(Permission::SelfRead, routes!(document))
        .needs(Permission::UsersWrite, routes!(census))
}

/// Whether the node can do its work.
#[utoipa::path(get, path = "/healthz", tag = "system", operation_id = "get_health",
    responses((status = 200, body = HealthState), (status = 503, body = HealthState)))]
async fn health(State(app): State<Arc<App>>) -> (StatusCode, [(HeaderName, &'static str); 1], Json<HealthState>) {
    let health = app.floor.health();
    let parts = [("ledger", health.ledger_ok), ("trunks", health.trunks_ok)];
    let failing: Vec<String> = parts.iter().filter(|(_, ok)| !ok).map(|(name, _)| (*name).to_owned()).collect();
    let (status, word) = if failing.is_empty() {
        (StatusCode::OK, HealthStatus::Ok)
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, HealthStatus::Failing)
    };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(HealthState { status: word, failing }))
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
    Ok(Json(CensusState { counts: app.floor.census().await.counts }))
}
