//! Sessions of people and tokens of programs. Only hashes of secrets are kept.

use domain::{Permission, SessionId, TenantId, UserId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteRow;

use super::rows::{Columns, required};
use super::users::{delete_sessions, find_user, plain_username, user};
use super::write::Audit;
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
    /// All it may do, where that is less than the person may.
    pub permissions: Option<Vec<Permission>>,
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
    /// All it may do; `None` is whatever the person may.
    pub permissions: Option<Vec<Permission>>,
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
    /// All it may do; `None` is whatever the person may.
    pub permissions: Option<Vec<Permission>>,
}

fn permissions_to_text(permissions: &[Permission]) -> String {
    Value::from_iter(permissions.iter().map(|permission| permission.name())).to_string()
}

/// A name this program does not know gives nothing.
fn permissions_from_text(text: &str) -> Result<Vec<Permission>, StoreError> {
    let names: Vec<String> = serde_json::from_str(text).map_err(|_| StoreError::corrupt("column permissions"))?;
    Ok(names.iter().filter_map(|name| Permission::from_name(name)).collect())
}

fn identity(row: &SqliteRow, permissions: Option<Vec<Permission>>) -> Result<Identity, StoreError> {
    Ok(Identity {
        session: row.id("session_id")?,
        tenant: row.id("tenant_id")?,
        user: user(row)?,
        expires_at: row.maybe_utc("expires_us")?,
        permissions,
    })
}

fn token_permissions(row: &SqliteRow) -> Result<Option<Vec<Permission>>, StoreError> {
    row.maybe_text("permissions")?.as_deref().map(permissions_from_text).transpose()
}

fn api_token(row: &SqliteRow) -> Result<ApiToken, StoreError> {
    Ok(ApiToken {
        id: row.id("id")?,
        user: row.id("user_id")?,
        name: row.text("name")?,
        created_at: row.utc("created_us")?,
        expires_at: row.maybe_utc("expires_us")?,
        revoked_at: row.maybe_utc("revoked_us")?,
        permissions: token_permissions(row)?,
    })
}

impl Store {
    /// Enabled people of any tenant with this user name. Without a scope, because signing in is what gives one.
    pub async fn sign_in_candidates(&self, username: &str) -> Result<Vec<Credentials>, StoreError> {
        let rows = sqlx::query("SELECT * FROM user_account WHERE username = $1 AND enabled = 1 ORDER BY tenant_id")
            .bind(plain_username(username))
            .fetch_all(self.business.readers())
            .await?;
        let credentials = rows.iter().map(|row| {
            Ok(Credentials {
                tenant: row.id("tenant_id")?,
                user: user(row)?,
                password_hash: row.text("password_hash")?,
            })
        });
        credentials.collect()
    }

    /// Opens a session.
    pub async fn create_session(&self, scope: &Scope, now: Utc, new: &NewSession) -> Result<SessionId, StoreError> {
        let id: SessionId = self.mint(now);
        let mut change = self.change(scope, now).await?;
        sqlx::query(
            "INSERT INTO user_session (tenant_id, id, user_id, token_hash, created_us, expires_us) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(scope.tenant.0)
        .bind(id.0)
        .bind(new.user.0)
        .bind(new.token_hash.as_slice())
        .bind(now.0)
        .bind(new.expires_at.0)
        .execute(change.tx())
        .await?;
        let after = json!({ "user_id": new.user.to_string() });
        change.commit(Audit::of("session.created", id, Value::Null, after)).await?;
        Ok(id)
    }

    /// Who is behind a session's secret; `NotFound` when it is unknown or over, or the person disabled.
    pub async fn session_by_hash(&self, token_hash: &[u8; 32], now: Utc) -> Result<Identity, StoreError> {
        let row = sqlx::query(
            "SELECT u.*, s.id AS session_id, s.expires_us FROM user_session s \
             JOIN user_account u ON u.tenant_id = s.tenant_id AND u.id = s.user_id \
             WHERE s.token_hash = $1 AND s.expires_us > $2 AND u.enabled = 1",
        )
        .bind(token_hash.as_slice())
        .bind(now.0)
        .fetch_optional(self.business.readers())
        .await?;
        identity(&row.ok_or(StoreError::NotFound("session"))?, None)
    }

    /// Ends a session.
    pub async fn end_session(&self, scope: &Scope, now: Utc, id: SessionId) -> Result<(), StoreError> {
        let mut change = self.change(scope, now).await?;
        let ended = sqlx::query("DELETE FROM user_session WHERE tenant_id = $1 AND id = $2")
            .bind(scope.tenant.0)
            .bind(id.0)
            .execute(change.tx())
            .await?;
        if ended.rows_affected() != 1 {
            return Err(StoreError::NotFound("session"));
        }
        change.commit(Audit::of("session.ended", id, Value::Null, Value::Null)).await
    }

    /// Ends every session of a person.
    pub async fn end_sessions_of(&self, scope: &Scope, now: Utc, user: UserId) -> Result<(), StoreError> {
        let mut change = self.change(scope, now).await?;
        find_user(change.tx(), scope, user).await?;
        let ended = delete_sessions(change.tx(), scope, user).await?;
        change.commit(Audit::of("user.sessions_ended", user, Value::Null, json!({ "count": ended }))).await
    }

    /// Makes a program's token.
    pub async fn create_api_token(&self, scope: &Scope, now: Utc, new: &NewApiToken) -> Result<ApiToken, StoreError> {
        let token = ApiToken {
            id: self.mint(now),
            user: new.user,
            name: required(&new.name, 200, "name")?.to_owned(),
            created_at: now,
            expires_at: new.expires_at,
            revoked_at: None,
            permissions: new.permissions.clone(),
        };
        let mut change = self.change(scope, now).await?;
        sqlx::query(
            "INSERT INTO api_token (tenant_id, id, user_id, name, token_hash, created_us, expires_us, permissions) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(scope.tenant.0)
        .bind(token.id.0)
        .bind(token.user.0)
        .bind(token.name.as_str())
        .bind(new.token_hash.as_slice())
        .bind(now.0)
        .bind(token.expires_at.map(|at| at.0))
        .bind(token.permissions.as_deref().map(permissions_to_text))
        .execute(change.tx())
        .await?;
        let names = token.permissions.as_deref().map(permissions_to_text);
        let after = json!({ "user_id": token.user.to_string(), "name": token.name, "permissions": names });
        change.commit(Audit::of("api_token.created", token.id, Value::Null, after)).await?;
        Ok(token)
    }

    /// Who is behind a program's token; `NotFound` when it is unknown, over or revoked, or the person disabled.
    pub async fn api_token_by_hash(&self, token_hash: &[u8; 32], now: Utc) -> Result<Identity, StoreError> {
        let row = sqlx::query(
            "SELECT u.*, t.id AS session_id, t.expires_us, t.permissions FROM api_token t \
             JOIN user_account u ON u.tenant_id = t.tenant_id AND u.id = t.user_id \
             WHERE t.token_hash = $1 AND t.revoked_us IS NULL AND (t.expires_us IS NULL OR t.expires_us > $2) \
             AND u.enabled = 1",
        )
        .bind(token_hash.as_slice())
        .bind(now.0)
        .fetch_optional(self.business.readers())
        .await?;
        let row = row.ok_or(StoreError::NotFound("token"))?;
        identity(&row, token_permissions(&row)?)
    }

    /// Tokens, newest first.
    pub async fn api_tokens(&self, scope: &Scope) -> Result<Vec<ApiToken>, StoreError> {
        let rows = sqlx::query("SELECT * FROM api_token WHERE tenant_id = $1 ORDER BY id DESC")
            .bind(scope.tenant.0)
            .fetch_all(self.business.readers())
            .await?;
        rows.iter().map(api_token).collect()
    }

    /// Revokes a token.
    pub async fn revoke_api_token(&self, scope: &Scope, now: Utc, id: SessionId) -> Result<(), StoreError> {
        let mut change = self.change(scope, now).await?;
        let revoked =
            sqlx::query("UPDATE api_token SET revoked_us = $1 WHERE tenant_id = $2 AND id = $3 AND revoked_us IS NULL")
                .bind(now.0)
                .bind(scope.tenant.0)
                .bind(id.0)
                .execute(change.tx())
                .await?;
        if revoked.rows_affected() != 1 {
            return Err(StoreError::NotFound("token"));
        }
        change.commit(Audit::of("api_token.revoked", id, Value::Null, Value::Null)).await
    }
}
