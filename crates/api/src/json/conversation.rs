//! Conversations and their timelines.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::codes::{
    Channel, ConversationState, CustomerLevel, Direction, EndReason, EndedBy, EventKind, Evidence, LegRole,
    OutboundResult,
};
use super::keeping::RecordingHold;
use super::location::NumberLocation;
use super::{Named, NamedNumber};

/// Which conversations to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ConversationQuery {
    /// Entries on a page, 1–200; 50 when left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Only live or only ended ones.
    #[param(value_type = Option<ConversationState>)]
    pub state: Option<String>,
    /// Only those that visited this queue last.
    pub queue_id: Option<String>,
    /// Only those this agent handled last.
    pub agent_id: Option<String>,
    /// Only those of this customer.
    pub customer_id: Option<String>,
}

/// A customer in one line.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CustomerBrief {
    /// Customer id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Standing.
    pub level: CustomerLevel,
}

/// How something ended.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct End {
    /// Who ended it.
    pub by: EndedBy,
    /// How.
    pub reason: EndReason,
}

/// What a call of ours has come to.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CallOutcome {
    /// What.
    pub result: OutboundResult,
    /// How that is known, when the network made it known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Evidence>,
    /// From the call to the first ring or sound of the far side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_dial_delay_ms: Option<i64>,
}

/// A conversation in one line.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ConversationSummary {
    /// Conversation id.
    pub id: String,
    /// By which channel.
    pub channel: Channel,
    /// Who opened it.
    pub direction: Direction,
    /// Whether it goes on.
    pub state: ConversationState,
    /// When it began.
    pub started_at_us: i64,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at_us: Option<i64>,
    /// The number dialled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<NamedNumber>,
    /// The caller's number as presented, masked (`138****8000`) without `personal_data.read`; null when withheld.
    #[schema(required = true)]
    pub from: Option<String>,
    /// Where that number is from, masked or not; absent when nobody can tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<NumberLocation>,
    /// The record, once found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerBrief>,
    /// The caller is on the VIP list and went before others.
    pub vip: bool,
    /// The last queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<Named>,
    /// The last agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Named>,
    /// Waited in queues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_ms: Option<i64>,
    /// Talked, holds not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub talk_ms: Option<i64>,
    /// On hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold_ms: Option<i64>,
    /// Wrapped up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrap_up_ms: Option<i64>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<End>,
    /// What the call it began with has come to, when we called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outbound: Option<CallOutcome>,
    /// The last recorded outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disposition_id: Option<String>,
}

/// A conversation with its whole story.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConversationDetail {
    /// The line of the list.
    #[serde(flatten)]
    pub summary: ConversationSummary,
    /// What people wrote about it.
    #[schema(required = true)]
    pub note: Option<Note>,
    /// The hold on all its recordings; shown to those who may download. One of a single recording stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recordings_hold: Option<RecordingHold>,
    /// Every leg that took part, in the order they joined.
    pub legs: Vec<ConversationLeg>,
    /// Everything that happened, in order.
    pub timeline: Vec<TimelineEvent>,
}

/// A note.
#[derive(Debug, Serialize, ToSchema)]
pub struct Note {
    /// The text.
    pub text: String,
    /// Last written.
    pub updated_at_us: i64,
}

/// A note to be written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteText {
    /// The text, up to 4,000 characters; empty removes the note.
    pub text: String,
}

/// A leg in a conversation.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct ConversationLeg {
    /// Leg id.
    pub id: String,
    /// As what.
    pub role: LegRole,
    /// The agent, for an agent's leg.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Named>,
    /// Joined.
    pub joined_at_us: i64,
    /// Left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_at_us: Option<i64>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TimelineEvent {
    /// Position in the ledger.
    pub seq: u64,
    /// When.
    pub at_us: i64,
    /// What.
    pub kind: EventKind,
    /// Every id and code of the event, and the names that go with them: `agent_name`, `queue_name`, `node_label`,
    /// `choice_label`, `disposition_name_zh`, `disposition_name_en`, `number_name`.
    #[schema(value_type = Object)]
    pub data: serde_json::Map<String, serde_json::Value>,
}

impl From<&store::Customer> for CustomerBrief {
    fn from(customer: &store::Customer) -> CustomerBrief {
        CustomerBrief { id: customer.id.to_string(), name: customer.name.clone(), level: customer.level.into() }
    }
}

impl From<store::Note> for Note {
    fn from(note: store::Note) -> Note {
        Note { text: note.text, updated_at_us: note.updated_at.0 }
    }
}
