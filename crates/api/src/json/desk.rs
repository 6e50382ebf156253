//! The agent's own desk.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::codes::{
    AgentStateCode, Direction, Evidence, HandlingStateCode, Language, OutboundResult, PauseReason, Presence,
    PresenceCause, RouteReason, WantedPresence,
};
use super::conference::Party;
use super::conversation::CustomerBrief;
use super::location::NumberLocation;
use super::supervision::{DeskSupervision, SupervisedBy};
use super::transfer::{DeskConsult, DeskTransfer, Parked};
use super::{Named, NamedNumber};

/// What an agent asks to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentStateWanted {
    /// The wanted state.
    pub state: WantedPresence,
    /// Why, for `not_ready`.
    pub reason_id: Option<String>,
}

/// Whom to call.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DialWanted {
    /// A number outside, or an extension or phone of the centre.
    pub to: String,
    /// The task it is for.
    pub task_id: Option<String>,
}

/// Which phone to work with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhoneChosen {
    /// A SIP phone of one's own; null for the browser.
    pub device_id: Option<String>,
}

/// What an agent works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhoneKind {
    /// The browser.
    Browser,
    /// A SIP phone of ours.
    Sip,
    /// A number outside.
    Mobile,
}

/// A phone an agent may work with instead of the browser.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DeskPhone {
    /// Device id.
    pub id: String,
    /// A SIP phone, or a number outside.
    pub kind: PhoneKind,
    /// What people call it; of a number outside the number.
    pub name: String,
    /// Answers by itself when asked to.
    pub auto_answer: bool,
}

/// An attempt to call somebody.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DeskOutbound {
    /// The far side rings.
    pub ringing: bool,
    /// How the attempt ended, once it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<OutboundResult>,
    /// How that is known, when the network made it known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Evidence>,
}

/// The outcome of a handling.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DispositionChosen {
    /// Which.
    pub disposition_id: String,
}

/// Everything on an agent's own desk at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct MeState {
    /// When this was so.
    pub at_us: i64,
    /// The server takes no new calls and ends after the last one.
    pub draining: bool,
    /// Grows with every change of the settings: what was read of them before may be old.
    pub settings_version: i64,
    /// The agent.
    pub agent: MeAgent,
    /// Offers that ring.
    pub offers: Vec<DeskOffer>,
    /// Conversations in hand, wrap-up included.
    pub handlings: Vec<DeskHandling>,
    /// The talk of another agent that is being heard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supervision: Option<DeskSupervision>,
    /// Customers who are parked, longest first; whoever is free may pick them up.
    pub parked: Vec<Parked>,
}

/// The agent.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct MeAgent {
    /// What the agent does.
    pub state: AgentStateCode,
    /// Whether the agent is at work and takes offers, whatever is in hand.
    pub presence: Presence,
    /// In `state` since.
    pub since_at_us: i64,
    /// Stated reason for not being ready.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_id: Option<String>,
    /// What made the presence so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<PresenceCause>,
    /// The phone the agent works with is connected: the browser, or the phone chosen; a number outside while it may be called.
    pub phone: bool,
    /// The phone the agent works with; left out for the browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub telephone: Option<DeskPhone>,
    /// The SIP phones and numbers outside the agent may work with.
    pub telephones: Vec<DeskPhone>,
}

/// An offer that rings.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DeskOffer {
    /// Offer id.
    pub id: String,
    /// Since when it rings.
    pub offered_at_us: i64,
    /// Until when it rings.
    pub ring_until_us: i64,
    /// Why this agent.
    pub reason: RouteReason,
    /// Of how many eligible agents.
    pub eligible: u32,
    /// How long the agent had been idle.
    pub idle_ms: i64,
    /// From which queue, if from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<Named>,
    /// Who hands the customer over, while that is why it rings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transfer: Option<DeskTransfer>,
    /// The conversation.
    pub conversation: Brief,
}

/// A conversation in hand.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DeskHandling {
    /// Handling id.
    pub id: String,
    /// Where it is.
    pub state: HandlingStateCode,
    /// The agent's outgoing audio is cut.
    pub muted: bool,
    /// The agent's phone is away; the customer hears music.
    pub device_lost: bool,
    /// Answered.
    pub started_at_us: i64,
    /// In `state` since.
    pub state_since_us: i64,
    /// End of wrap-up, while it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrap_up_until_us: Option<i64>,
    /// Recorded outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disposition_id: Option<String>,
    /// From which queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<Named>,
    /// Who is asked, or which colleague asks; absent without a consult.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consult: Option<DeskConsult>,
    /// Who else takes part, when more than two talk or are about to; absent otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub parties: Vec<Party>,
    /// Supervisors the agent may know of; absent when there are none, or none that are shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub supervised_by: Vec<SupervisedBy>,
    /// What is kept of the talk, and what the agent may do about it; absent once it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<DeskRecording>,
    /// The conversation.
    pub conversation: Brief,
}

/// The recording of a talk.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DeskRecording {
    /// What is kept at this moment.
    pub state: DeskRecordingState,
    /// Recording id; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Why nothing is kept for the moment; absent while sound is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused: Option<PauseReason>,
    /// Since when it is paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused_since_us: Option<i64>,
    /// When the pause ends by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause_ends_at_us: Option<i64>,
    /// The agent may start it.
    pub may_start: bool,
    /// The agent may stop it.
    pub may_stop: bool,
}

/// What is kept of a talk at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeskRecordingState {
    /// Nothing.
    Off,
    /// Everything that is heard.
    On,
    /// Nothing until the pause is over.
    Paused,
    /// Nothing until the customer agrees.
    WaitingForConsent,
    /// Nothing any more: the customer refused.
    Refused,
}

/// What the customer said about being recorded.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentNoted {
    /// They agree, or refuse.
    pub given: bool,
}

/// Keys towards the customer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DigitsWanted {
    /// `0` to `9`, `*`, `#` and `A` to `D`, one after another; 1 to 40.
    pub keys: String,
}

/// Why a recording is paused.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordingPause {
    /// The reason.
    pub reason: PauseReason,
}

/// What an agent should know of a conversation before and while talking.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Brief {
    /// Conversation id.
    pub id: String,
    /// Who opened it.
    pub direction: Direction,
    /// When it began.
    pub started_at_us: i64,
    /// The attempt to call somebody that it began with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outbound: Option<DeskOutbound>,
    /// The far side's number as presented or as dialled, masked without `personal_data.read`; null when withheld.
    #[schema(required = true)]
    pub from: Option<String>,
    /// Where that number is from, masked or not; absent when nobody can tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<NumberLocation>,
    /// The number dialled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<NamedNumber>,
    /// The record, once found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerBrief>,
    /// The number is on the VIP list, or its beginning is.
    pub vip: bool,
    /// Nothing has been heard of the far side so far.
    pub unheard: bool,
    /// The language chosen.
    pub language: Language,
    /// When the customer joined the queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queued_at_us: Option<i64>,
    /// How long the customer waited; of a finished wait only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waited_ms: Option<i64>,
    /// The way through the flow.
    pub path: Vec<PathStep>,
    /// When the customer's conversation before this one began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_contact_at_us: Option<i64>,
}

/// One step of the way through a flow.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PathStep {
    /// Name of the node.
    pub label: String,
    /// Name of the menu choice taken there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice_label: Option<String>,
}
