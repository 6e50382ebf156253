//! What is recorded, and on which conditions.

use domain::recording_policy::{RecordingMode as Mode, SharePercent};
use serde::{Deserialize, Serialize};
use store::RecordingPolicyRecord;
use utoipa::ToSchema;

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordingMode {
    /// Everything.
    All,
    /// Nothing.
    None,
    /// Of a share of the conversations everything, of the others nothing.
    Share,
    /// Nothing until the agent starts it.
    OnDemand,
}

/// What is kept of conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordingRule {
    /// What.
    pub mode: RecordingMode,
    /// How many of a hundred conversations, 1–99; for `share` only, else null.
    #[serde(default)]
    #[schema(required = true)]
    pub share_percent: Option<i64>,
}

/// What is recorded outside queues, and on which conditions. A change gives all of it, with the version it was made from; 0 for the
/// first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordingPolicy {
    /// To be handed back with a change.
    pub version: i64,
    /// Whether flows, and whatever else is before a queue, are kept.
    pub before_queue: bool,
    /// What is kept of calls dialled by agents.
    pub outbound: RecordingRule,
    /// After how many seconds a pause ends by itself, 30–3,600.
    pub pause_max_s: i64,
    /// Nothing is kept before the customer has agreed.
    pub consent_required: bool,
}

impl From<Mode> for RecordingRule {
    fn from(mode: Mode) -> RecordingRule {
        let (mode, share) = match mode {
            Mode::All => (RecordingMode::All, None),
            Mode::None => (RecordingMode::None, None),
            Mode::Share(share) => (RecordingMode::Share, Some(share)),
            Mode::OnDemand => (RecordingMode::OnDemand, None),
        };
        RecordingRule { mode, share_percent: share.map(SharePercent::get).map(i64::from) }
    }
}

impl From<RecordingPolicyRecord> for RecordingPolicy {
    fn from(record: RecordingPolicyRecord) -> RecordingPolicy {
        let policy = record.policy;
        RecordingPolicy {
            version: i64::try_from(record.version).unwrap_or(i64::MAX),
            before_queue: policy.before_queue,
            outbound: policy.outbound.into(),
            pause_max_s: i64::try_from(policy.pause_max.as_secs()).unwrap_or(i64::MAX),
            consent_required: policy.consent_required,
        }
    }
}
