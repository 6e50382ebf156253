//! Numbers outside that agents work with.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A number outside that an agent may work with as with a phone of ours.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Mobile {
    /// Device id, by which the agent chooses it.
    pub id: String,
    /// The number; masked for others without `personal_data.read`.
    pub number: String,
}

/// A number to be given to an agent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMobile {
    /// A number outside in any spelling, none of those who help and none of ours; an agent has four at most.
    pub number: String,
}
