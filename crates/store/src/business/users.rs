//! People who sign in.

use domain::{Role, SiteId, TeamId, UserId, Utc};

use crate::{Page, Scope, Store, StoreError};

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
    /// May sign in.
    pub enabled: bool,
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
        let _ = (scope, now, draft, password_hash);
        todo!()
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
        let _ = (scope, now, id, version, draft);
        todo!()
    }

    /// Sets a new password hash and ends all sessions of the person.
    pub async fn set_password(
        &self,
        scope: &Scope,
        now: Utc,
        id: UserId,
        password_hash: &str,
    ) -> Result<(), StoreError> {
        let _ = (scope, now, id, password_hash);
        todo!()
    }

    /// One person.
    pub async fn user(&self, scope: &Scope, id: UserId) -> Result<User, StoreError> {
        let _ = (scope, id);
        todo!()
    }

    /// People, by id.
    pub async fn users(&self, scope: &Scope, page: Page<UserId>) -> Result<Vec<User>, StoreError> {
        let _ = (scope, page);
        todo!()
    }

    /// The person with this user name.
    pub async fn user_by_name(&self, scope: &Scope, username: &str) -> Result<User, StoreError> {
        let _ = (scope, username);
        todo!()
    }
}
