//! Queues.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::given;
use super::recording_policy::RecordingRule;

/// A queue.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Queue {
    /// Queue id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Skills an agent must have, all of them.
    pub skill_ids: Vec<String>,
    /// How long an offer rings.
    pub ring_timeout_ms: i64,
    /// Longest wrap-up; 0 means none.
    pub wrap_up_ms: i64,
    /// Longest wait; absent means for ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_max_ms: Option<i64>,
    /// Most customers waiting at once; absent means as many as the server takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_max: Option<i64>,
    /// Service-level target.
    pub service_level_target_ms: i64,
    /// Name of the music.
    pub music: String,
    /// Names of the sounds spoken on entry.
    pub entry_sounds: Vec<String>,
    /// What is kept of customers while they wait in it and talk to its agents.
    pub recording: RecordingRule,
    /// Days its recordings are kept; null as the retention policy says.
    #[schema(required = true)]
    pub retention_days: Option<i64>,
    /// Agents who serve it.
    pub agent_ids: Vec<String>,
    /// Site.
    pub site_id: String,
    /// Team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
    /// To be handed back with a change.
    pub version: i64,
}

/// A queue to be created.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQueue {
    /// Name, 1–60 characters.
    pub name: String,
    /// Skills an agent must have.
    #[serde(default)]
    pub skill_ids: Vec<String>,
    /// 1,000–300,000; 20,000 when left out.
    pub ring_timeout_ms: Option<i64>,
    /// 0–3,600,000; 60,000 when left out.
    pub wrap_up_ms: Option<i64>,
    /// 5,000–86,400,000; for ever when left out.
    pub wait_max_ms: Option<i64>,
    /// 1–2,000; as many as the server takes when left out.
    pub waiting_max: Option<i64>,
    /// 1,000–3,600,000; 20,000 when left out.
    pub service_level_target_ms: Option<i64>,
    /// Name of the music; the standard one when left out.
    pub music: Option<String>,
    /// Names of the sounds spoken on entry, up to 10.
    #[serde(default)]
    pub entry_sounds: Vec<String>,
    /// What is kept of its conversations; everything when left out.
    pub recording: Option<RecordingRule>,
    /// Days its recordings are kept, 1–3,650; as the retention policy says when null or left out.
    pub retention_days: Option<i64>,
    /// Agents who serve it.
    #[serde(default)]
    pub agent_ids: Vec<String>,
    /// Site; the head office when left out.
    pub site_id: Option<String>,
    /// Team.
    pub team_id: Option<String>,
}

/// A change of a queue; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QueueChange {
    /// The version the change was made from.
    pub version: i64,
    /// Name.
    pub name: Option<String>,
    /// Skills an agent must have.
    pub skill_ids: Option<Vec<String>>,
    /// 1,000–300,000.
    pub ring_timeout_ms: Option<i64>,
    /// 0–3,600,000.
    pub wrap_up_ms: Option<i64>,
    /// 5,000–86,400,000, or 0 for ever.
    pub wait_max_ms: Option<i64>,
    /// 1–2,000, or 0 for as many as the server takes.
    pub waiting_max: Option<i64>,
    /// 1,000–3,600,000.
    pub service_level_target_ms: Option<i64>,
    /// Name of the music.
    pub music: Option<String>,
    /// Names of the sounds spoken on entry.
    pub entry_sounds: Option<Vec<String>>,
    /// What is kept of its conversations; counts from the next customer who joins or is answered.
    pub recording: Option<RecordingRule>,
    /// Days its recordings are kept, 1–3,650; null as the retention policy says. Counts for recordings that exist too.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    pub retention_days: Option<Option<i64>>,
    /// Agents who serve it.
    pub agent_ids: Option<Vec<String>>,
    /// Site.
    pub site_id: Option<String>,
    /// Team; empty for none.
    pub team_id: Option<String>,
}
