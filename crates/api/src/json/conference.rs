//! Conferences: who takes part, and whom to add.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whom to ring into a talk: exactly one of the two.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyWanted {
    /// A colleague.
    pub agent_id: Option<String>,
    /// What was typed: an extension or a phone of ours, or a number outside that may be dialled.
    pub number: Option<String>,
}

/// Who somebody in a conference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// A colleague.
    Agent,
    /// Somebody outside.
    Outside,
}

/// What somebody in a conference does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartyState {
    /// They are rung.
    Ringing,
    /// They are asked in private; the others go on without the two.
    Private,
    /// They talk with everybody.
    Talking,
    /// Whoever leads lets nobody hear them.
    Muted,
    /// They have stepped out; the others go on.
    Held,
}

/// Somebody who takes part in a talk beside the customer and the agent who is told.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Party {
    /// By which they are muted and dropped: the transfer they came by; of whoever leads, the handling.
    pub id: String,
    /// What they are.
    pub kind: PartyKind,
    /// The name of a colleague.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The number of somebody outside; masked for those who may not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// What they do.
    pub state: PartyState,
    /// Since when: in the conference, or rung.
    pub since_us: i64,
    /// Whether they have the customer.
    pub leads: bool,
    /// Whether this agent may mute them, or let them be heard again.
    pub may_mute: bool,
    /// Whether this agent may let them go.
    pub may_drop: bool,
}
