//! Idempotency.
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;

pub async fn replay(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let _ = app;
    next.run(request).await
}
