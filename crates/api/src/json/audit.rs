//! The audit trail, and tokens of programs.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Named;

/// Which rows of the audit trail.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Entries on a page, 1–200; 50 when left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Only what this person did.
    pub actor_id: Option<String>,
    /// Only what was done to this: any public id.
    pub object_id: Option<String>,
    /// Only this action (`queue.updated`), or every action of a subject (`queue.`).
    pub action: Option<String>,
    /// Only at or after this moment.
    #[param(value_type = Option<i64>)]
    pub from_at_us: Option<String>,
    /// Only before this moment.
    #[param(value_type = Option<i64>)]
    pub until_at_us: Option<String>,
}

/// One row of the audit trail.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditRow {
    /// Place in the centre's chain, from 1.
    pub seq: u64,
    /// When.
    pub at_us: i64,
    /// Who; null is Callisto itself or an operator at the command line.
    #[schema(required = true)]
    pub actor: Option<Named>,
    /// What was done, e.g. `queue.updated`.
    pub action: String,
    /// To what: a public id.
    pub object_id: String,
    /// Before and after are left out: the record is a customer's and the account lacks `personal_data.read`, or its
    /// content was erased.
    pub withheld: bool,
    /// The record before; null when there was none.
    #[schema(value_type = Option<Object>)]
    pub before: serde_json::Value,
    /// The record after; null when there is none any more.
    #[schema(value_type = Option<Object>)]
    pub after: serde_json::Value,
}

/// A program's token, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct Token {
    /// Token id.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// On whose behalf the program acts.
    pub user_id: String,
    /// All it may do, where that is less than its owner may; null is whatever the owner may.
    #[schema(required = true)]
    pub permissions: Option<Vec<String>>,
    /// When it was made.
    pub created_at_us: i64,
    /// When it ends by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at_us: Option<i64>,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_at_us: Option<i64>,
}

/// A token to be made for the caller's own account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for, 1–60 characters.
    pub name: String,
    /// Names of what it may do, none the caller may not; all the caller may when left out.
    pub permissions: Option<Vec<String>>,
    /// When it ends by itself; never when left out.
    pub expires_at_us: Option<i64>,
}

/// A token that was made. The secret is shown once and kept nowhere.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeToken {
    /// What is kept of it.
    #[serde(flatten)]
    pub token: Token,
    /// To be sent as `Authorization: Bearer …`.
    pub secret: String,
}
