//! Supervisors in other agents' talks.

use domain::supervision::SupervisionPolicy as Policy;
use serde::{Deserialize, Serialize};
use store::SupervisionPolicyRecord;
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

/// Who is to have a customer who waits.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assign {
    /// The agent; the caller's own desk has the customer at once.
    pub agent_id: String,
}

/// What to make of an agent's presence.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ForceState {
    /// The wanted presence.
    pub state: ForcedPresence,
    /// Why, for `not_ready`.
    pub reason_id: Option<String>,
}

/// What a supervisor can make of an agent's presence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ForcedPresence {
    /// Takes offers.
    Ready,
    /// Takes none.
    NotReady,
    /// Not at work; refused while the agent rings or talks.
    SignedOut,
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

/// A supervisor the agent may know of.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SupervisedBy {
    /// Who.
    pub name: String,
    /// Heard by whom.
    pub mode: SupervisionMode,
    /// In this mode since.
    pub since_us: i64,
}

/// In which modes agents see who supervises them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisibleModes {
    /// Who listens is shown.
    pub listen: bool,
    /// Who whispers is shown.
    pub whisper: bool,
    /// Who has barged in is shown.
    pub barge: bool,
}

/// What agents are told of supervisors in their talks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupervisionPolicy {
    /// As it was read; refused when somebody has changed it since.
    pub version: i64,
    /// What is shown.
    pub visible: VisibleModes,
}

impl From<VisibleModes> for Policy {
    fn from(VisibleModes { listen, whisper, barge }: VisibleModes) -> Policy {
        Policy { listen, whisper, barge }
    }
}

impl From<SupervisionPolicyRecord> for SupervisionPolicy {
    fn from(SupervisionPolicyRecord { policy, version }: SupervisionPolicyRecord) -> SupervisionPolicy {
        let Policy { listen, whisper, barge } = policy;
        let version = i64::try_from(version).unwrap_or(i64::MAX);
        SupervisionPolicy { version, visible: VisibleModes { listen, whisper, barge } }
    }
}
