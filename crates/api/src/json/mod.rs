//! The public JSON, one file per subject. Times are `*_at_us` (microseconds UTC), durations `*_ms`, ids prefixed strings.

pub mod agent;
pub mod audit;
pub mod calendar;
pub mod codes;
pub mod conference;
pub mod conversation;
pub mod customer;
pub mod desk;
pub mod device;
pub mod floor;
pub mod keeping;
pub mod live;
pub mod location;
pub mod me;
pub mod mobile;
pub mod number_list;
pub mod outbound;
pub mod phone;
pub mod problem;
pub mod quality;
pub mod queue;
pub mod recording;
pub mod recording_policy;
pub mod screening;
pub mod settings;
pub mod site;
pub mod supervision;
pub mod system;
pub mod task;
pub mod transfer;

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// Tells null from left out.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T: ToSchema> {
    /// The entries of this page.
    pub items: Vec<T>,
    /// Opaque; hand it back as `cursor` for the next page. Null on the last page.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
}

/// An id with the name people know it by.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// A number of ours with its name.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct NamedNumber {
    /// The id.
    pub id: String,
    /// Digits as customers dial them.
    pub number: String,
    /// What it is for.
    pub name: String,
}

/// How far the ledger had come when a command was done; the live stream has shown it when it has passed this cursor.
#[derive(Clone, Debug, PartialEq, Serialize, serde::Deserialize, ToSchema)]
pub struct CommandDone {
    /// Opaque.
    pub cursor: String,
}
