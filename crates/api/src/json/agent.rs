//! Agents: the accounts of people.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::codes::{ReachCode, RoleCode};

/// An agent.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Agent {
    /// Agent id.
    pub id: String,
    /// What they sign in with.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Agent number.
    pub extension: String,
    /// Role of the account.
    pub role: RoleCode,
    /// Queues served.
    pub queue_ids: Vec<String>,
    /// Skills held.
    pub skill_ids: Vec<String>,
    /// Site.
    pub site_id: String,
    /// Team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
    /// How far they see as a supervisor.
    pub reach: ReachCode,
    /// May sign in.
    pub enabled: bool,
    /// Signing in is locked until then, after too many wrong passwords.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locked_until_at_us: Option<i64>,
    /// To be handed back with a change.
    pub version: i64,
}

/// An agent to be created.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAgent {
    /// 2–40 of `a`–`z`, `0`–`9`, `.`, `_`, `-`.
    pub username: String,
    /// 10–128 characters.
    pub password: String,
    /// Display name, 1–60 characters.
    pub name: String,
    /// Agent number, 2–8 digits.
    pub extension: String,
    /// Role; `agent` when left out. Another one needs `users.write`.
    #[schema(value_type = Option<RoleCode>)]
    pub role: Option<String>,
    /// Queues served.
    #[serde(default)]
    pub queue_ids: Vec<String>,
    /// Skills held.
    #[serde(default)]
    pub skill_ids: Vec<String>,
    /// Site; the head office when left out.
    pub site_id: Option<String>,
    /// Team.
    pub team_id: Option<String>,
    /// How far they see; `tenant` when left out. `site` is for supervisors alone.
    #[schema(value_type = Option<ReachCode>)]
    pub reach: Option<String>,
}

/// A change of an agent; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentChange {
    /// The version the change was made from.
    pub version: i64,
    /// Display name.
    pub name: Option<String>,
    /// Agent number.
    pub extension: Option<String>,
    /// Role; needs `users.write`.
    #[schema(value_type = Option<RoleCode>)]
    pub role: Option<String>,
    /// A new password, 10–128 characters; ends the agent's sessions. Needs `users.write`.
    pub password: Option<String>,
    /// Queues served.
    pub queue_ids: Option<Vec<String>>,
    /// Skills held.
    pub skill_ids: Option<Vec<String>>,
    /// Site.
    pub site_id: Option<String>,
    /// Team; empty for none.
    pub team_id: Option<String>,
    /// How far they see; `site` is for supervisors alone. Needs `users.write`.
    #[schema(value_type = Option<ReachCode>)]
    pub reach: Option<String>,
    /// May sign in; `false` ends the agent's sessions. Needs `users.write`.
    pub enabled: Option<bool>,
}
