//! Handing a customer over.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Named;
use super::codes::{AgentStateCode, TransferKind, TransferReason};

/// To whom, or where, a customer is handed over: exactly one of the four.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// A colleague.
    pub agent_id: Option<String>,
    /// The end of a queue.
    pub queue_id: Option<String>,
    /// The beginning of a flow.
    pub flow_id: Option<String>,
    /// What was typed: an extension or number of ours, or a number outside that may be dialled.
    pub number: Option<String>,
    /// With a flow: when it is over the customer comes back to the agent, who is waited for a minute at most. Left out, they do not.
    pub come_back: Option<bool>,
    /// Why.
    pub reason: Option<TransferReason>,
}

/// Everybody and everything a customer can be handed over to, by name.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct TransferTargets {
    /// Colleagues.
    pub agents: Vec<TransferAgent>,
    /// Queues.
    pub queues: Vec<TransferQueue>,
    /// Flows.
    pub flows: Vec<Named>,
}

/// A colleague.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct TransferAgent {
    /// Agent id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Extension.
    pub extension: String,
    /// What the colleague does.
    pub state: AgentStateCode,
    /// Whether they could be rung at this moment: at work, with a phone, without work in hand, ready or not.
    pub available: bool,
}

/// A queue.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct TransferQueue {
    /// Queue id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Callers waiting, those whose offer rings included.
    pub waiting: u32,
    /// Agents waiting for an offer.
    pub agents_ready: u32,
}

/// Whom to ask about a customer: exactly one of the two.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultWanted {
    /// A colleague.
    pub agent_id: Option<String>,
    /// What was typed: an extension of ours, or a number outside that may be dialled.
    pub number: Option<String>,
    /// Why.
    pub reason: Option<TransferReason>,
}

/// Why a customer is parked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Park {
    /// Why.
    pub reason: Option<TransferReason>,
}

/// A customer who is parked, and whom any agent may pick up.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Parked {
    /// Conversation id.
    pub conversation_id: String,
    /// Name of the customer, or the number masked.
    pub customer_label: String,
    /// Who parked them.
    pub by: Named,
    /// Since when.
    pub since_at_us: i64,
    /// When they go back to whoever parked them.
    pub until_at_us: i64,
    /// Why, when said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<TransferReason>,
}

/// What the desk that rings is told of a transfer.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DeskTransfer {
    /// Blind, park: who accepts has the customer. Consult: who accepts is asked first.
    pub kind: TransferKind,
    /// Who hands the customer over, or asks.
    pub from: Named,
    /// Why, when said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<TransferReason>,
}

/// How far a consult has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsultState {
    /// They are rung; the customer hears music.
    Ringing,
    /// The two talk; the customer hears music.
    Private,
    /// All three talk.
    Joined,
}

/// What the desks of a consult are told of it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DeskConsult {
    /// The other agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<Named>,
    /// The number outside, when somebody outside is asked; masked for those who may not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Whether it is this agent who asked, and who may join, complete and drop it.
    pub asked: bool,
    /// How far it has come.
    pub state: ConsultState,
    /// Why, when said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<TransferReason>,
}
