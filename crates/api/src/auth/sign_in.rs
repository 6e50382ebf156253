//! Signing in and out.

use std::net::IpAddr;

use axum::Json;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{Mono, Now, Utc};
use store::{Credentials, NewSession, Scope};

use super::lockout::NameHash;
use super::session::{Secret, forget_cookie};
use super::{Caller, Proof};
use crate::app::App;
use crate::error::{Answer, RouteError};
use crate::json::me::{Me, MeTenant, MeUser, SignIn};
use crate::json::problem::ProblemCode;
use crate::limits::{CREDENTIALS_MAX, PASSWORD_CHARS_MAX, SESSION_LIFETIME};

/// Opens a session for a person who knows the password. Unknown name and wrong password are one answer in one time.
pub async fn sign_in(app: &App, address: IpAddr, wanted: SignIn) -> Answer<Response> {
    let now = app.clock.now();
    app.sign_ins.take(address, now.mono).map_err(RouteError::rate_limited)?;
    let name = NameHash::of(&wanted.username);
    let attempt = app.lockout.begin(name, address, now.mono).map_err(RouteError::locked_out)?;
    if wanted.password.chars().count() > PASSWORD_CHARS_MAX {
        return Err(RouteError::of(ProblemCode::WrongCredentials));
    }
    let checked = check_password(app, &wanted.username, wanted.password).await;
    let (mut candidates, place) = checked.inspect_err(|_| app.lockout.withdrawn(&attempt))?;
    let Some(place) = place else {
        tracing::info!(peer.address = %address, "sign-in refused");
        if let Some(until) = attempt.locks_until {
            tell_of_lock(app, candidates, address, now, until);
        }
        return Err(RouteError::of(ProblemCode::WrongCredentials));
    };
    app.lockout.succeeded(&attempt);
    app.sign_ins.give_back(address);
    let found = candidates.swap_remove(place);
    let secret = Secret::generate().ok_or_else(|| RouteError::of(ProblemCode::Unavailable))?;
    let lifetime_us = i64::try_from(SESSION_LIFETIME.as_micros()).unwrap_or(i64::MAX);
    let expires_at = Utc(now.utc.0.saturating_add(lifetime_us));
    let new = NewSession { user: found.user.id, token_hash: secret.hash(), expires_at };
    let session = app.store.create_session(&Scope::of(found.tenant, found.user.id), now.utc, &new).await?;
    let partition = app.directory.tenant(&app.store, found.tenant).await?.partition;
    let proof = Proof::Session { hash: secret.hash(), csrf: secret.csrf() };
    let caller = Caller { session, tenant: found.tenant, partition, user: found.user, proof, permissions: None };
    let cookie = [(header::SET_COOKIE, secret.set_cookie(app.secure_cookies))];
    Ok((cookie, Json(me(app, &caller).await?)).into_response())
}

/// Everybody of the name, and which of them the password belongs to.
async fn check_password(app: &App, username: &str, password: String) -> Answer<(Vec<Credentials>, Option<usize>)> {
    let mut candidates = app.store.sign_in_candidates(username.trim()).await?;
    candidates.truncate(CREDENTIALS_MAX);
    let hashes = candidates.iter().map(|c| c.password_hash.clone()).collect();
    let place = app.hasher.find(password, hashes).await?;
    Ok((candidates, place))
}

/// Writes a lock to the trail of everybody whose account was tried. Beside the answer, so that its time tells nothing.
fn tell_of_lock(app: &App, tried: Vec<Credentials>, address: IpAddr, now: Now, until: Mono) {
    let lasts_us = i64::try_from(until.since(now.mono).as_micros()).unwrap_or(i64::MAX);
    let until = Utc(now.utc.0.saturating_add(lasts_us));
    tracing::warn!(accounts = tried.len(), "signing in is locked after too many wrong passwords");
    let store = app.store.clone();
    tokio::spawn(async move {
        for Credentials { tenant, user, .. } in tried {
            let scope = Scope::system(tenant);
            let written = store.audit_sign_in_lock(&scope, now.utc, user.id, until, &address.to_string()).await;
            if let Err(error) = written {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "a lock could not be written to the audit trail"
                );
            }
        }
    });
}

/// Ends the caller's session; a program's token is left as it is.
pub async fn sign_out(app: &App, caller: &Caller) -> Answer<(StatusCode, [(HeaderName, String); 1])> {
    if let Proof::Session { .. } = caller.proof {
        app.store.end_session(&caller.scope(), app.clock.now().utc, caller.session).await?;
        app.connections.revoked();
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, forget_cookie(app.secure_cookies))]))
}

/// The account as JSON.
pub async fn me(app: &App, caller: &Caller) -> Answer<Me> {
    let tenant = app.directory.tenant(&app.store, caller.tenant).await?;
    let user = &caller.user;
    Ok(Me {
        user: MeUser {
            id: user.id.to_string(),
            username: user.username.clone(),
            name: user.name.clone(),
            role: user.role.into(),
            extension: user.extension.clone().unwrap_or_default(),
            agent_id: caller.agent().to_string(),
        },
        permissions: user.role.permissions().iter().filter(|p| caller.can(**p)).map(|p| p.name().to_owned()).collect(),
        tenant: MeTenant { id: tenant.id.to_string(), name: tenant.name.clone(), time_zone: tenant.time_zone.clone() },
        csrf_token: match &caller.proof {
            Proof::Session { csrf, .. } => csrf.clone(),
            Proof::Token { .. } => String::new(),
        },
        server_at_us: app.clock.now().utc.0,
        demo: app.visitor.is_some(),
        https_url: app.public_url.clone().filter(|url| url.starts_with("https://")),
    })
}
