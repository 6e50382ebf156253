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
}
