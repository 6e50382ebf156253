//! Supervisors in other agents' talks.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Named;
use super::codes::{SupervisionMode, SupervisionSilence};
use super::desk::Brief;

/// How to take part in an agent's talk.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Supervise {
    /// Which talk; refused when the agent is in another one by now.
    pub conversation_id: String,
    /// Heard by whom. Asking again with another mode changes it.
    pub mode: SupervisionMode,
}

/// The talk of an agent that is meant.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TalkMeant {
    /// Which talk; refused when the agent is in another one by now.
    pub conversation_id: String,
}

/// The talk a supervisor hears.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DeskSupervision {
    /// Whose talk.
    pub of: Named,
    /// Heard by whom.
    pub mode: SupervisionMode,
    /// Since when.
    pub since_at_us: i64,
    /// Why nothing is heard at this moment; left out while something is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silent: Option<SupervisionSilence>,
    /// The conversation.
    pub conversation: Brief,
}
