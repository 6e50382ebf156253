//! Recordings.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::codes::{GapCause, LegRole, RecordingFault, RecordingStateCode, RecordingTracks};
use super::keeping::{RecordingErasure, RecordingHold};

/// A recording of a conversation; those that failed are listed too.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Recording {
    /// Recording id.
    pub id: String,
    /// Of which conversation.
    pub conversation_id: String,
    /// What became of it.
    pub state: RecordingStateCode,
    /// Whose sound it keeps.
    pub tracks: RecordingTracks,
    /// When it began; its sound begins there.
    pub started_at_us: i64,
    /// How long it plays, once sealed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<i64>,
    /// Size of what is kept, once sealed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Stretches that are missing in it.
    pub gaps: u64,
    /// How much is missing in them.
    pub gap_ms: i64,
    /// SHA-256 of what is kept, once sealed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Put together after a restart of the server.
    pub recovered: bool,
    /// Why it cannot be heard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<RecordingFault>,
    /// When the retention policy in force erases it, once sealed; absent when it is kept for ever. A hold stands against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at_us: Option<i64>,
    /// The hold on it or its conversation; shown to those who may download.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<RecordingHold>,
    /// How it was erased; by whom and why is shown to those who may download.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub erased: Option<RecordingErasure>,
    /// Whether the asking account may hear it.
    pub may_play: bool,
    /// Whether the asking account may download it.
    pub may_download: bool,
    /// Whether the asking account may hold it and lift its hold.
    pub may_hold: bool,
    /// Whether the asking account may erase it at this moment.
    pub may_erase: bool,
}

/// The shape of a recording's sound.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Waveform {
    /// Whether it is being made; then it grows.
    pub live: bool,
    /// How long it plays at this moment.
    pub duration_ms: i64,
    /// Loudest sample of each part, the customer's side, 0–255.
    pub left: Vec<u8>,
    /// The same of agents and of what was played.
    pub right: Vec<u8>,
    /// Stretches that cannot be heard, in order.
    pub gaps: Vec<Gap>,
    /// Whether a supervisor spoke in it, who is heard when asked for; absent without `floor.supervise`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supervised: Option<bool>,
}

/// A stretch that cannot be heard.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Gap {
    /// Where it begins.
    pub from_ms: i64,
    /// How long it is.
    pub length_ms: i64,
    /// Whose sound it would be.
    pub role: LegRole,
    /// Why; absent when it was paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<GapCause>,
}

/// How finely a waveform is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct WaveformQuery {
    /// Parts of equal length, 1–4,000; 800 when left out.
    pub points: Option<String>,
    /// `true` adds the supervisor's voice on the right; needs `floor.supervise`.
    pub supervisor: Option<String>,
}

/// Whose sound to play.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SoundQuery {
    /// `true` adds the supervisor's voice on the right; needs `floor.supervise`.
    pub supervisor: Option<String>,
}
