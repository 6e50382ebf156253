//! The signed-in account.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::codes::RoleCode;

/// What a person signs in with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// User name.
    pub username: String,
    /// Password.
    pub password: String,
}

/// The account behind the request.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Who.
    pub user: MeUser,
    /// Names of everything the account may do.
    pub permissions: Vec<String>,
    /// The centre.
    pub tenant: MeTenant,
    /// To be sent as `X-CSRF-Token` with every unsafe request of this session; empty for programs, which need none.
    pub csrf_token: String,
    /// Clock of the server.
    pub server_at_us: i64,
    /// The server shows example data and the visitor page.
    pub demo: bool,
    /// Where this page is to be had over HTTPS, when the server knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub https_url: Option<String>,
}

/// A person or program.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeUser {
    /// User id.
    pub id: String,
    /// User name.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Role.
    pub role: RoleCode,
    /// Agent number.
    pub extension: String,
    /// The agent the user is at the desk.
    pub agent_id: String,
}

/// The centre of an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeTenant {
    /// Tenant id.
    pub id: String,
    /// Name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
}
