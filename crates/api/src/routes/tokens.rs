//! Tokens of programs: list, make, revoke. A token may do what its maker may, or less.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{Permission, SessionId, Utc};
use store::NewApiToken;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::auth::session::Secret;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, Params, PathId};
use crate::faults::Faults;
use crate::json::List;
use crate::json::audit::{MadeToken, NewToken, Token};
use crate::json::problem::{FaultCode, ProblemCode};
use crate::limits::NAME_CHARS_MAX;
use crate::page::{PageQuery, cut};

pub fn declare(routes: Routes) -> Routes {
    let need = Permission::UsersWrite;
    // Made without replay: a kept answer would keep the secret.
    routes.needs(need, routes!(list)).needs(need, routes!(make)).needs(need, routes!(revoke))
}

/// Tokens, the newest first, revoked ones too.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "tokens", operation_id = "list_tokens",
    params(PageQuery), responses((status = 200, body = List<Token>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<Token>>> {
    let rows = app.store.api_tokens(&caller.scope()).await?;
    cut(&app, "tokens", &query, rows, |row| row.id.to_string(), Token::from).map(Json)
}

/// Makes a token for the caller's own account.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "tokens", operation_id = "create_token", request_body = NewToken,
    responses((status = 201, body = MadeToken)))]
async fn make(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(new): Body<NewToken>,
) -> Answer<(StatusCode, Json<MadeToken>)> {
    let now = app.clock.now().utc;
    let mut faults = Faults::default();
    let name = faults.text("name", &new.name, 1, NAME_CHARS_MAX);
    let wanted = new.permissions.map(|names| read_permissions(&mut faults, &caller, &names));
    if new.expires_at_us.is_some_and(|at| at <= now.0) {
        faults.add("expires_at_us", FaultCode::TooSmall);
    }
    faults.none()?;
    let secret = Secret::generate().ok_or_else(|| RouteError::of(ProblemCode::Unavailable))?;
    let new = NewApiToken {
        user: caller.user.id,
        name,
        token_hash: secret.hash(),
        expires_at: new.expires_at_us.map(Utc),
        // A token that was itself narrowed makes none wider than itself.
        permissions: wanted.or_else(|| caller.permissions.clone()),
    };
    let made = app.store.create_api_token(&caller.scope(), now, &new).await?;
    Ok((StatusCode::CREATED, Json(MadeToken { token: made.into(), secret: secret.shown_once() })))
}

/// Revokes a token.
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", tag = "tokens", operation_id = "revoke_token",
    params(("id" = String, Path)), responses((status = 204, description = "Revoked.")))]
async fn revoke(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<SessionId>) -> Answer<StatusCode> {
    app.store.revoke_api_token(&caller.scope(), app.clock.now().utc, id).await?;
    app.connections.revoked();
    Ok(StatusCode::NO_CONTENT)
}

fn read_permissions(faults: &mut Faults, caller: &Caller, names: &[String]) -> Vec<Permission> {
    faults.length("permissions", names.len(), 1, Permission::ALL.len());
    let mut read = Vec::new();
    for (n, name) in names.iter().enumerate() {
        match Permission::from_name(name).filter(|permission| caller.can(*permission)) {
            Some(permission) => read.push(permission),
            None => faults.add(&format!("permissions.{n}"), FaultCode::UnknownReference),
        }
    }
    read.sort_unstable();
    read.dedup();
    read
}

impl From<store::ApiToken> for Token {
    fn from(token: store::ApiToken) -> Token {
        let names = |permissions: Vec<Permission>| permissions.iter().map(|p| p.name().to_owned()).collect();
        Token {
            id: token.id.to_string(),
            name: token.name,
            user_id: token.user.to_string(),
            permissions: token.permissions.map(names),
            created_at_us: token.created_at.0,
            expires_at_us: token.expires_at.map(|at| at.0),
            revoked_at_us: token.revoked_at.map(|at| at.0),
        }
    }
}
