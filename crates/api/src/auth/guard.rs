//! The one place where permissions are checked.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Permission;
use store::{Identity, StoreError};
use subtle::ConstantTimeEq;

use super::session::{from_bearer, from_cookie};
use super::{Caller, Proof, denials};
use crate::app::App;
use crate::declare::Access;
use crate::error::{Answer, Missing, RouteError};
use crate::json::problem::ProblemCode;

const CSRF_HEADER: &str = "x-csrf-token";

/// Lets a request through to its route, with the [`Caller`] in its extensions. A refusal for want of a permission, here or
/// by the route itself, goes to the audit trail.
pub async fn check(app: Arc<App>, access: Access, mut request: Request, next: Next) -> Response {
    let Access::Needs(permission) = access else { return next.run(request).await };
    let caller = match admit(&app, request.method(), request.headers()).await {
        Ok(caller) => caller,
        Err(error) => return error.into_response(),
    };
    let what = what(&request);
    let response = match caller.demand(permission) {
        Ok(()) => {
            request.extensions_mut().insert(caller.clone());
            next.run(request).await
        }
        Err(error) => error.into_response(),
    };
    if let Some(Missing(permission)) = response.extensions().get().copied() {
        denials::record(&app, &caller, &what, permission).await;
    }
    response
}

/// The route as it is declared: no id of anybody stands in the trail for having been knocked at.
fn what(request: &Request) -> String {
    let path = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    format!("{} {path}", request.method())
}

async fn admit(app: &App, method: &Method, headers: &HeaderMap) -> Answer<Caller> {
    let caller = authenticate(app, headers).await?;
    let is_unsafe = !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    if let Proof::Session { csrf, .. } = &caller.proof
        && is_unsafe
    {
        let given = headers.get(CSRF_HEADER).map(|value| value.as_bytes()).unwrap_or_default();
        if !bool::from(given.ct_eq(csrf.as_bytes())) {
            return Err(RouteError::of(ProblemCode::Csrf));
        }
    }
    Ok(caller)
}

async fn authenticate(app: &App, headers: &HeaderMap) -> Answer<Caller> {
    let (hash, csrf) = if let Some(token) = from_bearer(headers) {
        (token.hash(), None)
    } else if let Some(secret) = from_cookie(headers) {
        (secret.hash(), Some(secret.csrf()))
    } else {
        return Err(RouteError::of(ProblemCode::Unauthenticated));
    };
    identify(app, hash, csrf).await
}

async fn identify(app: &App, hash: [u8; 32], csrf: Option<String>) -> Answer<Caller> {
    let now = app.clock.now().utc;
    let found = match &csrf {
        Some(_) => app.store.session_by_hash(&hash, now).await,
        None => app.store.api_token_by_hash(&hash, now).await,
    };
    let Identity { session, tenant, user, permissions, .. } = match found {
        Ok(identity) => identity,
        Err(StoreError::NotFound(_)) => return Err(RouteError::of(ProblemCode::Unauthenticated)),
        Err(error) => return Err(error.into()),
    };
    let proof = match csrf {
        Some(csrf) => Proof::Session { hash, csrf },
        None => Proof::Token { hash },
    };
    let partition = app.directory.tenant(&app.store, tenant).await?.partition;
    Ok(Caller { session, tenant, partition, user, proof, permissions })
}

impl Caller {
    /// Refuses a caller without `permission`.
    pub fn demand(&self, permission: Permission) -> Answer<()> {
        if self.can(permission) {
            return Ok(());
        }
        tracing::info!(user.id = %self.user.id, permission = permission.name(), "refused: the permission is missing");
        Err(RouteError::missing(permission))
    }

    /// The same caller as the records stand at this moment; an error when the session or token is over.
    pub async fn again(&self, app: &App) -> Answer<Caller> {
        match &self.proof {
            Proof::Session { hash, csrf } => identify(app, *hash, Some(csrf.clone())).await,
            Proof::Token { hash } => identify(app, *hash, None).await,
        }
    }
}
