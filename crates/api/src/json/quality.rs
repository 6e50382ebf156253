//! How legs sounded.

use serde::Serialize;
use utoipa::ToSchema;

use super::Named;
use super::codes::LegRole;

/// How the legs of a conversation sounded, those that began first first.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ConversationQuality {
    /// One for each stretch of a leg in the conversation; none of a leg of which nothing was kept.
    pub legs: Vec<LegQuality>,
}

/// How a leg sounded from the moment it came in until it left.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LegQuality {
    /// Leg id.
    pub leg_id: String,
    /// As what.
    pub role: LegRole,
    /// The agent, for an agent's leg.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Named>,
    /// When it came in, or its sound began.
    pub from_us: i64,
    /// Seconds each sample but the last stands for.
    pub interval_s: u64,
    /// Oldest first, at most 360.
    pub samples: Vec<QualitySample>,
    /// The mean opinion score of all intervals, 1–4.5; absent when too little came to tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
    /// That of the worst.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worst: Option<f64>,
    /// The leg is in the conversation still.
    pub live: bool,
}

/// One interval. What could not be told is absent.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct QualitySample {
    /// When it began.
    pub at_us: i64,
    /// The opinion score of the worse direction, 1–4.5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mos: Option<f64>,
    /// Part of the packets from the device that did not come, 0–1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_in: Option<f64>,
    /// Part of the packets to the device that did not arrive, 0–1, as the device says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_out: Option<f64>,
    /// How unevenly packets from the device come, milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jitter_ms: Option<f64>,
    /// How unevenly packets to the device arrive, milliseconds, as the device says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jitter_out_ms: Option<f64>,
    /// There and back, milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round_trip_ms: Option<f64>,
}

/// How talks sound at this moment.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FloorQuality {
    /// Every agent in talk whose own leg, or whose customer's, was rated.
    pub agents: Vec<AgentQuality>,
}

/// How a talk sounds: the last interval of ten seconds that could be rated.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AgentQuality {
    /// Agent id.
    pub agent_id: String,
    /// Which talk.
    pub conversation_id: String,
    /// The opinion score of the agent's leg, 1–4.5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_mos: Option<f64>,
    /// That of the customer's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_mos: Option<f64>,
}
