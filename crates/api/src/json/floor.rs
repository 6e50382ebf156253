//! The live floor.

use serde::Serialize;
use utoipa::ToSchema;

use super::Named;
use super::codes::AgentStateCode;
use super::desk::PhoneKind;
use super::outbound::{CallChannels, OutboundStop};
use super::system::TrunkRegistration;
use super::transfer::Parked;

/// Everything live in the centre at one moment. Figures are of today in the tenant's time zone.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FloorState {
    /// When this was so.
    pub at_us: i64,
    /// The ledger can be written; when not, new calls are refused.
    pub ledger_ok: bool,
    /// The server takes no new calls and ends after the last one.
    pub draining: bool,
    /// Recordings are written; when not, talk goes on and what is missing becomes a gap.
    pub recordings_ok: bool,
    /// Every queue.
    pub queues: Vec<QueueRow>,
    /// Every agent.
    pub agents: Vec<AgentRow>,
    /// Callers in flows.
    pub flow: u32,
    /// Customers who were handed over to somebody outside and talk with them, without an agent.
    pub forwarded: u32,
    /// They, longest first.
    pub forwarded_list: Vec<ForwardedRow>,
    /// Customers who are parked, longest first.
    pub parked: Vec<Parked>,
    /// Callers waiting in queues, longest first.
    pub waiting: Vec<WaitingRow>,
    /// Every trunk that is configured.
    pub trunks: Vec<TrunkRow>,
    /// Who, and what, may not call outside until a person releases it.
    pub outbound_stops: Vec<OutboundStop>,
    /// Every site, where there are several, or one whose phones must be at certain addresses; else none.
    pub sites: Vec<SiteRow>,
}

/// Whether the phones of a site answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SiteLink {
    /// One of them does.
    Up,
    /// One of them did since the start, and none does.
    Down,
    /// None ever did since the start.
    None,
}

/// One site.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SiteRow {
    /// Site id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether its phones answer.
    pub link: SiteLink,
    /// Since when it is so; null when none ever did.
    #[schema(required = true)]
    pub since_at_us: Option<i64>,
    /// Phones that answer.
    pub registered: u32,
    /// Phones it has.
    pub devices: u32,
    /// Calls of its phones and its agents with elsewhere, in talk or ringing.
    pub calls: u32,
    /// How many there may be; null is no limit.
    #[schema(required = true)]
    pub calls_max: Option<u32>,
}

/// One trunk.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TrunkRow {
    /// Trunk id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether any of its addresses answers; null while nobody knows, or nobody asks.
    #[schema(required = true)]
    pub working: Option<bool>,
    /// Since when it is so, microseconds UTC; null while nothing is known.
    #[schema(required = true)]
    pub since: Option<i64>,
    /// Our registration with the carrier; null when it wants none.
    #[schema(required = true)]
    pub registration: Option<TrunkRegistration>,
    /// Since when it stands so, microseconds UTC; null until it has been asked for once.
    #[schema(required = true)]
    pub registration_since: Option<i64>,
    /// Calls from the carrier that are up.
    pub channels_in: u32,
    /// Calls to the carrier that are up, those that ring included.
    pub channels_out: u32,
    /// How many there may be.
    pub cap: CallChannels,
}

/// One queue.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct QueueRow {
    /// Queue id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Callers waiting, those whose offer rings included.
    pub waiting: u32,
    /// Since when the longest waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest_wait_since_us: Option<i64>,
    /// Queue visits begun today.
    pub offered: u32,
    /// Of those, answered.
    pub answered: u32,
    /// Of those, given up by the caller.
    pub abandoned: u32,
    /// Answered within the target ÷ (answered + abandoned − abandoned within 5 s), 0–1; absent when nothing counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_level: Option<f64>,
    /// The target.
    pub service_level_target_ms: i64,
    /// Agents of the queue at work.
    pub agents_signed_in: u32,
    /// Of those, waiting for an offer.
    pub agents_ready: u32,
    /// Of those, ringing, talking, holding or wrapping up.
    pub agents_busy: u32,
}

/// One agent.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AgentRow {
    /// Agent id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Agent number.
    pub extension: String,
    /// What the agent does.
    pub state: AgentStateCode,
    /// Since when; 0 for an agent who was never at work.
    pub since_at_us: i64,
    /// Stated reason for not being ready.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_id: Option<String>,
    /// A phone is connected.
    pub phone: bool,
    /// What the agent works with.
    pub phone_kind: PhoneKind,
    /// The conversation in hand or ringing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<String>,
    /// The queue it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue_id: Option<String>,
    /// The customer's name, or the masked number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_label: Option<String>,
    /// The talk sounds bad: the opinion score that the worse of its legs became so with, 1–4.5; absent while all is well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bad_sound: Option<f64>,
}

/// One waiting caller.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct WaitingRow {
    /// The conversation.
    pub conversation_id: String,
    /// The queue.
    pub queue_id: String,
    /// First joined the queue.
    pub since_at_us: i64,
    /// The customer's name, or the masked number.
    pub customer_label: String,
}

/// One customer who talks with somebody outside, without an agent.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ForwardedRow {
    /// The conversation.
    pub conversation_id: String,
    /// The customer's name, or the masked number.
    pub customer_label: String,
    /// Whom they talk with: the masked number.
    pub to_label: String,
    /// The agent who handed them over.
    pub by: Named,
    /// Since when no agent is with them.
    pub since_at_us: i64,
}

/// One queue with those who wait in it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct QueueState {
    /// The row of the floor.
    #[serde(flatten)]
    pub row: QueueRow,
    /// When this was so.
    pub at_us: i64,
    /// Callers waiting, longest first.
    pub waiting_list: Vec<WaitingRow>,
}
