//! Health and the test hook.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether the node can do its work.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HealthState {
    /// Overall.
    pub status: HealthStatus,
    /// Names of the parts that fail: `ledger`, `trunks`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub failing: Vec<String>,
}

/// Overall health.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    /// All is well.
    Ok,
    /// A part fails.
    Failing,
}

/// How many of everything the node holds; all but `tasks` return to zero when nobody is on the line.
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusState {
    /// Counts by name.
    #[schema(value_type = Object)]
    pub counts: std::collections::BTreeMap<String, u64>,
}

/// Makes the ledger's commits slow or failing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FaultOrder {
    /// Commits wait this long from now, up to 10,000 ms.
    pub stall_ms: Option<u64>,
    /// Commits fail until told otherwise.
    pub fail_commits: Option<bool>,
    /// The process is killed at the place of this name.
    pub kill_at: Option<String>,
    /// How often it may pass the place before; 0 if not given.
    pub kill_after: Option<u32>,
}

/// The places at which a test can have the process killed.
#[derive(Debug, Serialize, ToSchema)]
pub struct KillPoints {
    /// All of them.
    pub points: Vec<KillPoint>,
}

/// A place at which the process can be killed.
#[derive(Debug, Serialize, ToSchema)]
pub struct KillPoint {
    /// Its name.
    pub name: &'static str,
    /// During what it is passed.
    pub when: KillStage,
}

/// During what a place is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KillStage {
    /// The first start on an empty directory.
    FirstStart,
    /// The first call of a centre.
    FirstCall,
    /// Any start.
    Start,
    /// Calls and the work of people.
    Work,
    /// A stop in order.
    Stop,
}

impl From<store::kill::When> for KillStage {
    fn from(when: store::kill::When) -> KillStage {
        match when {
            store::kill::When::FirstStart => KillStage::FirstStart,
            store::kill::When::FirstCall => KillStage::FirstCall,
            store::kill::When::Start => KillStage::Start,
            store::kill::When::Work => KillStage::Work,
            store::kill::When::Stop => KillStage::Stop,
        }
    }
}
