//! Sessions of people and tokens of programs. Only hashes of secrets are kept.

use domain::{SessionId, TenantId, UserId, Utc};

use crate::{Scope, Store, StoreError, User};

/// Somebody who might be signing in; the caller checks the password against the hash.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// Of which tenant.
    pub tenant: TenantId,
    /// Who.
    pub user: User,
    /// PHC string.
    pub password_hash: String,
}

/// A session to be made.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Whose.
    pub user: UserId,
    /// SHA-256 of the secret in the cookie.
    pub token_hash: [u8; 32],
    /// When it ends by itself.
    pub expires_at: Utc,
}

/// Who is behind a cookie or a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The session, or the token.
    pub session: SessionId,
    /// Of which tenant.
    pub tenant: TenantId,
    /// Who.
    pub user: User,
    /// When it ends by itself.
    pub expires_at: Option<Utc>,
}

/// A program's token to be made.
#[derive(Clone, Debug)]
pub struct NewApiToken {
    /// On whose behalf the program acts.
    pub user: UserId,
    /// What it is for.
    pub name: String,
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// When it ends by itself.
    pub expires_at: Option<Utc>,
}

/// A program's token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id.
    pub id: SessionId,
    /// On whose behalf the program acts.
    pub user: UserId,
    /// What it is for.
    pub name: String,
    /// When it was made.
    pub created_at: Utc,
    /// When it ends by itself.
    pub expires_at: Option<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<Utc>,
}

impl Store {
    /// Enabled people of any tenant with this user name. Without a scope, because signing in is what gives one.
    pub async fn sign_in_candidates(&self, username: &str) -> Result<Vec<Credentials>, StoreError> {
        let _ = username;
        todo!()
    }

    /// Opens a session.
    pub async fn create_session(&self, scope: &Scope, now: Utc, new: &NewSession) -> Result<SessionId, StoreError> {
        let _ = (scope, now, new);
        todo!()
    }

    /// Who is behind a session's secret; `NotFound` when it is unknown or over, or the person disabled.
    pub async fn session_by_hash(&self, token_hash: &[u8; 32], now: Utc) -> Result<Identity, StoreError> {
        let _ = (token_hash, now);
        todo!()
    }

    /// Ends a session.
    pub async fn end_session(&self, scope: &Scope, now: Utc, id: SessionId) -> Result<(), StoreError> {
        let _ = (scope, now, id);
        todo!()
    }

    /// Ends every session of a person.
    pub async fn end_sessions_of(&self, scope: &Scope, now: Utc, user: UserId) -> Result<(), StoreError> {
        let _ = (scope, now, user);
        todo!()
    }

    /// Makes a program's token.
    pub async fn create_api_token(&self, scope: &Scope, now: Utc, new: &NewApiToken) -> Result<ApiToken, StoreError> {
        let _ = (scope, now, new);
        todo!()
    }

    /// Who is behind a program's token; `NotFound` when it is unknown, over or revoked, or the person disabled.
    pub async fn api_token_by_hash(&self, token_hash: &[u8; 32], now: Utc) -> Result<Identity, StoreError> {
        let _ = (token_hash, now);
        todo!()
    }

    /// Tokens, newest first.
    pub async fn api_tokens(&self, scope: &Scope) -> Result<Vec<ApiToken>, StoreError> {
        let _ = scope;
        todo!()
    }

    /// Revokes a token.
    pub async fn revoke_api_token(&self, scope: &Scope, now: Utc, id: SessionId) -> Result<(), StoreError> {
        let _ = (scope, now, id);
        todo!()
    }

    /// Removes sessions and kept replies of the tenant that are over. Housekeeping: leaves no audit row.
    pub async fn purge_expired(&self, scope: &Scope, now: Utc) -> Result<u64, StoreError> {
        let _ = (scope, now);
        todo!()
    }
}
