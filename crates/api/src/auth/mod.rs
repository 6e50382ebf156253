//! Who asks. People by session cookie, programs by bearer token.

pub mod guard;
pub mod password;
pub mod session;

use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use axum::response::Response;
use domain::{AgentId, PartitionId, Role, TenantId, UserId};
use store::Scope;

use crate::app::App;
use crate::error::{Answer, RouteError};
use crate::json::me::{Me, SignIn};
use crate::json::problem::ProblemCode;

/// The account behind a request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Its centre.
    pub tenant: TenantId,
    /// The ledger of the centre.
    pub partition: PartitionId,
    /// Who.
    pub user: UserId,
    /// As what.
    pub role: Role,
    /// How it showed who it is.
    pub proof: Proof,
}

/// How an account showed who it is.
#[derive(Clone, Debug)]
pub enum Proof {
    /// A session cookie.
    Session {
        /// SHA-256 of the token in the cookie.
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

impl Caller {
    /// The agent the account is at the desk.
    pub fn agent(&self) -> AgentId {
        self.user.into()
    }

    /// What the account may reach in the store.
    pub fn scope(&self) -> Scope {
        Scope::of(self.tenant, self.user)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = RouteError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Caller, RouteError> {
        parts.extensions.get::<Caller>().cloned().ok_or_else(|| RouteError::of(ProblemCode::Unauthenticated))
    }
}

pub async fn sign_in(app: &App, address: IpAddr, wanted: SignIn) -> Answer<Response> {
    let _ = (app, address, wanted);
    Err(RouteError::of(ProblemCode::Unavailable))
}

pub async fn sign_out(app: &App, caller: &Caller) -> Answer<(StatusCode, [(HeaderName, String); 1])> {
    let _ = (app, caller);
    Err(RouteError::of(ProblemCode::Unavailable))
}

pub async fn me(app: &App, caller: &Caller) -> Answer<Me> {
    let _ = (app, caller);
    Err(RouteError::of(ProblemCode::Unavailable))
}
