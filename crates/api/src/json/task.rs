//! Tasks.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::codes::{TaskKind, TaskResult, TaskState, VoicemailCause};
use super::conversation::CustomerBrief;
use super::location::NumberLocation;
use super::{Named, NamedNumber};

/// Which tasks to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TaskQuery {
    /// Entries on a page, 1–200; 50 when left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// `pending`: not done, the oldest first; `done`: done, the newest first. All, the newest first, when left out.
    #[param(value_type = Option<TaskProgress>)]
    pub state: Option<String>,
    /// Only those that ask for this.
    #[param(value_type = Option<TaskKind>)]
    pub kind: Option<String>,
    /// `me`: one's own; `me_or_nobody`: one's own and those nobody has.
    #[param(value_type = Option<TaskWhose>)]
    pub owner: Option<String>,
}

/// Whether a task is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum TaskProgress {
    /// Open or assigned.
    Pending,
    /// Done.
    Done,
}

/// Whose tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum TaskWhose {
    /// One's own.
    Me,
    /// One's own, and those nobody has.
    MeOrNobody,
}

/// A task.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct Task {
    /// Task id.
    pub id: String,
    /// What it asks for.
    pub kind: TaskKind,
    /// How far it is.
    pub state: TaskState,
    /// Made.
    pub created_at_us: i64,
    /// To be done until.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at_us: Option<i64>,
    /// What led the customer to leave a message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<VoicemailCause>,
    /// The customer's number as presented, masked (`138****8000`) without `personal_data.read`; null when withheld.
    #[schema(required = true)]
    pub from: Option<String>,
    /// Where that number is from, masked or not; absent when nobody can tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<NumberLocation>,
    /// The record, once found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerBrief>,
    /// The number dialled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<NamedNumber>,
    /// The queue that was full or took too long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<Named>,
    /// The conversation it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<String>,
    /// The message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_id: Option<String>,
    /// How long the message is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length_ms: Option<i64>,
    /// Who has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Named>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<TaskResult>,
    /// Who ended it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_by: Option<Named>,
    /// Ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_at_us: Option<i64>,
    /// What people wrote about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Grows with every change.
    pub version: i64,
}

/// How a task is to be closed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskClosing {
    /// How it ended.
    pub result: TaskResult,
    /// What is to be remembered, up to 4,000 characters; left out, the note stays.
    pub note: Option<String>,
}

/// A note on a task.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskNote {
    /// The text, up to 4,000 characters; empty removes the note.
    pub text: String,
}

/// How many tasks are not done.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TasksState {
    /// Nobody has them.
    pub open: u64,
    /// One's own.
    pub mine: u64,
    /// Grows when any task changed: lists are to be read again.
    pub version: u64,
}
