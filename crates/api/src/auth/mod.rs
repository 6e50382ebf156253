//! Who asks. People by session cookie, programs by bearer token.

pub mod denials;
pub mod guard;
pub mod lockout;
pub mod password;
pub mod session;
mod sign_in;

pub use sign_in::{me, sign_in, sign_out};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::{AgentId, PartitionId, Permission, SessionId, SiteId, TenantId};
use store::{Reach, Scope, User, UserReach};

use crate::error::RouteError;
use crate::json::problem::ProblemCode;

/// The account behind a request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Its session or token.
    pub session: SessionId,
    /// Its centre.
    pub tenant: TenantId,
    /// The ledger of the centre.
    pub partition: PartitionId,
    /// Who.
    pub user: User,
    /// How it showed who it is.
    pub proof: Proof,
    /// All it may do, where that is less than its role may.
    pub permissions: Option<Vec<Permission>>,
}

/// How an account showed who it is.
#[derive(Clone)]
pub enum Proof {
    /// A session cookie.
    Session {
        /// SHA-256 of the secret in the cookie.
        hash: [u8; 32],
        /// What unsafe requests must carry.
        csrf: String,
    },
    /// A bearer token.
    Token {
        /// SHA-256 of the token.
        hash: [u8; 32],
    },
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Proof::Session { .. } => "Session(..)",
            Proof::Token { .. } => "Token(..)",
        })
    }
}

impl Caller {
    /// The agent the account is at the desk.
    pub fn agent(&self) -> AgentId {
        self.user.id.into()
    }

    /// Whether the account may do it.
    pub fn can(&self, permission: Permission) -> bool {
        self.user.role.can(permission) && self.permissions.as_ref().is_none_or(|own| own.contains(&permission))
    }

    /// What the account may reach in the store.
    pub fn scope(&self) -> Scope {
        let whole = Scope::of(self.tenant, self.user.id);
        self.site().map_or(whole, |site| whole.reaching(Reach::Site(site)))
    }

    /// The one site the account sees; `None` is all of the centre.
    pub fn site(&self) -> Option<SiteId> {
        match self.user.reach {
            UserReach::Tenant => None,
            UserReach::Site => Some(self.user.site),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = RouteError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Caller, RouteError> {
        parts.extensions.get::<Caller>().cloned().ok_or_else(|| RouteError::of(ProblemCode::Unauthenticated))
    }
}
