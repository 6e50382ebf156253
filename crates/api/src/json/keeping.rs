//! Keeping recordings: holds, erasures, downloads, and for how long.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Named;
use super::codes::ErasureCause;
use super::recording::Recording;

/// Why something is done that the audit trail remembers.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// In words, 1–500 characters.
    pub reason: String,
}

/// As what a recording is taken out of the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DownloadFormat {
    /// WAV, 8 kHz, 16 bits, both sides.
    Wav,
    /// Ogg Opus (RFC 7845), both sides; a tenth of the size.
    Opus,
}

/// A download.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DownloadOrder {
    /// As what.
    pub format: DownloadFormat,
    /// Why, 1–500 characters; it is entered in the audit trail.
    pub reason: String,
    /// Adds the supervisor's voice on the right; needs `floor.supervise`.
    pub supervisor: Option<bool>,
}

/// A hold: nothing erases what is held.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RecordingHold {
    /// Since when.
    pub at_us: i64,
    /// Who put it.
    pub by: Named,
    /// Why.
    pub reason: String,
}

/// What is known of an erasure.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RecordingErasure {
    /// When it was decided.
    pub at_us: i64,
    /// Why.
    pub cause: ErasureCause,
    /// Who asked; absent when the policy did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Named>,
    /// What they gave as reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The hold on a whole conversation.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ConversationHold {
    /// Which conversation.
    pub conversation_id: String,
    /// Its hold; absent when it was lifted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<RecordingHold>,
}

/// For how long recordings are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetentionPolicy {
    /// The version the change was made from; 0 before the first.
    pub version: i64,
    /// Days recordings of calls are kept, 1–3,650; null is for ever. A queue may have days of its own.
    #[schema(required = true)]
    pub recordings_days: Option<i64>,
    /// Days messages of callers are kept, 1–3,650; null is for ever.
    #[schema(required = true)]
    pub messages_days: Option<i64>,
}

/// Which recordings a list shows.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RecordingListQuery {
    /// `live`, `sealed`, `failed`, `erased`, `held`, or `missing`: those that should be there and are not. All when left out.
    pub state: Option<String>,
    /// Only those that began at or after this moment.
    #[param(value_type = Option<i64>)]
    pub from_us: Option<String>,
    /// Only those that began before this moment.
    #[param(value_type = Option<i64>)]
    pub to_us: Option<String>,
    /// Entries on a page, 1–200; 50 when left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// A recording with what its conversation was.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ListedRecording {
    /// The recording.
    #[serde(flatten)]
    pub recording: Recording,
    /// Its conversation.
    pub conversation: RecordedConversation,
}

/// The conversation of a recording.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RecordedConversation {
    /// Conversation id.
    pub id: String,
    /// When it began.
    pub started_at_us: i64,
    /// The last queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<Named>,
    /// The last agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Named>,
}
