//! Views.
use crate::app::App;
use crate::auth::Caller;
use crate::error::{Answer, RouteError};
use crate::json::desk::MeState;
use crate::json::floor::FloorState;
use crate::json::problem::ProblemCode;
use domain::TenantId;

pub async fn me_now(app: &App, caller: &Caller) -> Answer<MeState> {
    let _ = (app, caller);
    Err(RouteError::of(ProblemCode::Unavailable))
}
pub async fn floor_now(app: &App, caller: &Caller) -> Answer<FloorState> {
    let _ = (app, caller);
    Err(RouteError::of(ProblemCode::Unavailable))
}
pub async fn first_number(app: &App, tenant: TenantId) -> Answer<String> {
    let _ = (app, tenant);
    Err(RouteError::of(ProblemCode::Unavailable))
}
