//! People who sign in.

use domain::outbound::is_emergency_number;
use domain::{Role, SiteId, TeamId, UserId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::rows::{Columns, optional, required};
use super::write::{Audit, Change};
use crate::ledger::signed;
use crate::{Page, Scope, Store, StoreError};

/// How far a person sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum UserReach {
    /// The whole tenant.
    #[default]
    Tenant,
    /// The own site.
    Site,
}

impl UserReach {
    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            UserReach::Tenant => "tenant",
            UserReach::Site => "site",
        }
    }

    /// From its stable name.
    pub fn from_name(name: &str) -> Option<UserReach> {
        [UserReach::Tenant, UserReach::Site].into_iter().find(|reach| reach.name() == name)
    }
}

/// A person who signs in. One with an extension is an agent too, under the same number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// What they sign in with; lower case, unique in the tenant.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Agent number, unique in the tenant; `None` for people who never take calls.
    pub extension: Option<String>,
    /// What they may do.
    pub role: Role,
    /// Where they work.
    pub site: SiteId,
    /// Their team.
    pub team: Option<TeamId>,
    /// How far they see.
    pub reach: UserReach,
    /// May sign in.
    pub enabled: bool,
    /// Grows with every change.
    pub version: u64,
    /// When the record was made.
    pub created_at: Utc,
    /// When it was last changed.
    pub updated_at: Utc,
}

/// What a caller says about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserDraft {
    /// What they sign in with; kept trimmed and in lower case.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Agent number.
    pub extension: Option<String>,
    /// What they may do.
    pub role: Role,
    /// Where they work.
    pub site: SiteId,
    /// Their team.
    pub team: Option<TeamId>,
    /// How far they see.
    pub reach: UserReach,
    /// May sign in.
    pub enabled: bool,
}

pub(super) fn user(row: &SqliteRow) -> Result<User, StoreError> {
    Ok(User {
        id: row.id("id")?,
        username: row.text("username")?,
        name: row.text("name")?,
        extension: row.maybe_text("extension")?,
        role: row.code("role", Role::from_name)?,
        site: row.id("site_id")?,
        team: row.maybe_id("team_id")?,
        reach: row.code("reach", UserReach::from_name)?,
        enabled: row.count("enabled")? == 1,
        version: row.count("version")?,
        created_at: row.utc("created_us")?,
        updated_at: row.utc("updated_us")?,
    })
}

/// User names are compared in one spelling.
pub(super) fn plain_username(username: &str) -> String {
    username.trim().to_lowercase()
}

impl User {
    /// What the audit trail says; never the password hash.
    pub(super) fn audit(&self) -> Value {
        json!({
            "username": self.username, "name": self.name, "extension": self.extension, "role": self.role.name(),
            "site_id": self.site.to_string(), "team_id": self.team.map(|t| t.to_string()), "reach": self.reach.name(),
            "enabled": self.enabled, "version": self.version,
        })
    }
}

/// A name that can be dialled: an emergency number means those who help, and nobody of ours.
pub(super) fn dialled<'a>(name: Option<&'a str>, what: &'static str) -> Result<Option<&'a str>, StoreError> {
    if name.is_some_and(is_emergency_number) { Err(StoreError::Invalid(what)) } else { Ok(name) }
}

/// The person as the draft and the clock make them.
fn drafted(id: UserId, version: u64, created_at: Utc, now: Utc, draft: &UserDraft) -> Result<User, StoreError> {
    let username = plain_username(&draft.username);
    Ok(User {
        id,
        username: required(&username, 100, "username")?.to_owned(),
        name: required(&draft.name, 200, "name")?.to_owned(),
        extension: dialled(optional(draft.extension.as_deref(), 20, "extension")?, "extension")?.map(str::to_owned),
        role: draft.role,
        site: draft.site,
        team: draft.team,
        reach: draft.reach,
        enabled: draft.enabled,
        version,
        created_at,
        updated_at: now,
    })
}

pub(super) async fn find_user(
    connection: &mut SqliteConnection,
    scope: &Scope,
    id: UserId,
) -> Result<User, StoreError> {
    let row = sqlx::query(
        "SELECT * FROM user_account WHERE tenant_id = $1 AND id = $2 \
         AND ($3 IS NULL OR site_id = $3) AND ($4 IS NULL OR team_id = $4)",
    )
    .bind(scope.tenant.0)
    .bind(id.0)
    .bind(scope.site())
    .bind(scope.team())
    .fetch_optional(connection)
    .await?;
    user(&row.ok_or(StoreError::NotFound("user"))?)
}

/// Inserts a person; the caller commits.
pub(super) async fn insert_user(
    change: &mut Change<'_>,
    scope: &Scope,
    id: UserId,
    now: Utc,
    draft: &UserDraft,
    password_hash: &str,
) -> Result<User, StoreError> {
    let user = drafted(id, 1, now, now, draft)?;
    sqlx::query(
        "INSERT INTO user_account (tenant_id, id, site_id, team_id, username, name, extension, role, password_hash, \
         enabled, reach, custom, version, created_us, updated_us) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '{}', 1, $12, $12)",
    )
    .bind(scope.tenant.0)
    .bind(user.id.0)
    .bind(user.site.0)
    .bind(user.team.map(|t| t.0))
    .bind(user.username.as_str())
    .bind(user.name.as_str())
    .bind(user.extension.as_deref())
    .bind(user.role.name())
    .bind(required(password_hash, 300, "password_hash")?)
    .bind(i64::from(user.enabled))
    .bind(user.reach.name())
    .bind(now.0)
    .execute(change.tx())
    .await?;
    Ok(user)
}

/// Changes a person from `before`; the caller commits. Disabling ends their sessions.
pub(super) async fn store_user(
    change: &mut Change<'_>,
    scope: &Scope,
    now: Utc,
    before: &User,
    draft: &UserDraft,
) -> Result<User, StoreError> {
    let user = drafted(before.id, before.version + 1, before.created_at, now, draft)?;
    sqlx::query(
        "UPDATE user_account SET site_id = $1, team_id = $2, username = $3, name = $4, extension = $5, role = $6, \
         enabled = $7, version = $8, updated_us = $9, reach = $12 WHERE tenant_id = $10 AND id = $11",
    )
    .bind(user.site.0)
    .bind(user.team.map(|t| t.0))
    .bind(user.username.as_str())
    .bind(user.name.as_str())
    .bind(user.extension.as_deref())
    .bind(user.role.name())
    .bind(i64::from(user.enabled))
    .bind(signed(user.version)?)
    .bind(now.0)
    .bind(scope.tenant.0)
    .bind(user.id.0)
    .bind(user.reach.name())
    .execute(change.tx())
    .await?;
    if !user.enabled {
        delete_sessions(change.tx(), scope, user.id).await?;
    }
    Ok(user)
}

pub(super) async fn delete_sessions(
    connection: &mut SqliteConnection,
    scope: &Scope,
    user: UserId,
) -> Result<u64, StoreError> {
    let ended = sqlx::query("DELETE FROM user_session WHERE tenant_id = $1 AND user_id = $2")
        .bind(scope.tenant.0)
        .bind(user.0)
        .execute(connection)
        .await?;
    Ok(ended.rows_affected())
}

/// The record changed by somebody else in the meantime.
pub(super) fn same_version(current: u64, given: u64) -> Result<(), StoreError> {
    if current == given { Ok(()) } else { Err(StoreError::Conflict("the record has changed")) }
}

impl Store {
    /// Makes a person; `password_hash` is a PHC string made by the caller.
    pub async fn create_user(
        &self,
        scope: &Scope,
        now: Utc,
        draft: &UserDraft,
        password_hash: &str,
    ) -> Result<User, StoreError> {
        let mut change = self.change(scope, now).await?;
        let user = insert_user(&mut change, scope, self.mint(now), now, draft, password_hash).await?;
        change.commit(Audit::of_setting("user.created", user.id, Value::Null, user.audit())).await?;
        Ok(user)
    }

    /// Changes a person if `version` is still the current one. Disabling ends their sessions.
    pub async fn update_user(
        &self,
        scope: &Scope,
        now: Utc,
        id: UserId,
        version: u64,
        draft: &UserDraft,
    ) -> Result<User, StoreError> {
        let mut change = self.change(scope, now).await?;
        let before = find_user(change.tx(), scope, id).await?;
        same_version(before.version, version)?;
        let after = store_user(&mut change, scope, now, &before, draft).await?;
        change.commit(Audit::of_setting("user.updated", id, before.audit(), after.audit())).await?;
        Ok(after)
    }

    /// Sets a new password hash and ends all sessions of the person.
    pub async fn set_password(
        &self,
        scope: &Scope,
        now: Utc,
        id: UserId,
        password_hash: &str,
    ) -> Result<(), StoreError> {
        let mut change = self.change(scope, now).await?;
        find_user(change.tx(), scope, id).await?;
        sqlx::query("UPDATE user_account SET password_hash = $1, updated_us = $2 WHERE tenant_id = $3 AND id = $4")
            .bind(required(password_hash, 300, "password_hash")?)
            .bind(now.0)
            .bind(scope.tenant.0)
            .bind(id.0)
            .execute(change.tx())
            .await?;
        delete_sessions(change.tx(), scope, id).await?;
        change.commit(Audit::of("user.password_set", id, Value::Null, Value::Null)).await
    }

    /// One person.
    pub async fn user(&self, scope: &Scope, id: UserId) -> Result<User, StoreError> {
        find_user(&mut *self.business.read().await?, scope, id).await
    }

    /// People, by id.
    pub async fn users(&self, scope: &Scope, page: Page<UserId>) -> Result<Vec<User>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM user_account WHERE tenant_id = $1 AND id > $2 \
             AND ($3 IS NULL OR site_id = $3) AND ($4 IS NULL OR team_id = $4) ORDER BY id LIMIT $5",
        )
        .bind(scope.tenant.0)
        .bind(page.after.map_or(-1, |id| id.0))
        .bind(scope.site())
        .bind(scope.team())
        .bind(page.rows())
        .fetch_all(self.business.readers())
        .await?;
        rows.iter().map(user).collect()
    }

    /// The person with this user name.
    pub async fn user_by_name(&self, scope: &Scope, username: &str) -> Result<User, StoreError> {
        let row = sqlx::query("SELECT * FROM user_account WHERE tenant_id = $1 AND username = $2")
            .bind(scope.tenant.0)
            .bind(plain_username(username))
            .fetch_optional(self.business.readers())
            .await?;
        let found = user(&row.ok_or(StoreError::NotFound("user"))?)?;
        self.user(scope, found.id).await
    }
}
