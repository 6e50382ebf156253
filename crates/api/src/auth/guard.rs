//! The one place where permissions are checked.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Permission;
use store::{Identity, StoreError};
use subtle::ConstantTimeEq;

use super::session::{from_bearer, from_cookie};
use super::{Caller, Proof};
use crate::app::App;
use crate::declare::Access;
use crate::error::{Answer, RouteError};
use crate::json::problem::ProblemCode;

const CSRF_HEADER: &str = "x-csrf-token";

/// Lets a request through to its route, with the [`Caller`] in its extensions.
pub async fn check(app: Arc<App>, access: Access, mut request: Request, next: Next) -> Response {
    if let Access::Needs(permission) = access {
        match admit(&app, permission, request.method(), request.headers()).await {
            Ok(caller) => request.extensions_mut().insert(caller),
            Err(error) => return error.into_response(),
        };
    }
    next.run(request).await
}

async fn admit(app: &App, permission: Permission, method: &Method, headers: &HeaderMap) -> Answer<Caller> {
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
    caller.demand(permission)?;
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
    let Identity { session, tenant, user, .. } = match found {
        Ok(identity) => identity,
        Err(StoreError::NotFound(_)) => return Err(RouteError::of(ProblemCode::Unauthenticated)),
        Err(error) => return Err(error.into()),
    };
    let proof = match csrf {
        Some(csrf) => Proof::Session { hash, csrf },
        None => Proof::Token { hash },
    };
    let partition = app.directory.tenant(&app.store, tenant).await?.partition;
    Ok(Caller { session, tenant, partition, user, proof })
}

impl Caller {
    /// Refuses a caller without `permission`.
    pub fn demand(&self, permission: Permission) -> Answer<()> {
        if self.can(permission) {
            return Ok(());
        }
        tracing::info!(user.id = %self.user.id, permission = permission.name(), "refused: the permission is missing");
        Err(RouteError::of(ProblemCode::Forbidden))
    }

    /// The same caller as the records stand at this moment; an error when the session or token is over.
    pub async fn again(&self, app: &App) -> Answer<Caller> {
        match &self.proof {
            Proof::Session { hash, csrf } => identify(app, *hash, Some(csrf.clone())).await,
            Proof::Token { hash } => identify(app, *hash, None).await,
        }
    }
}
