//! Messages of the live stream (WebSocket `/api/v1/live`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::conversation::TimelineEvent;
use super::desk::MeState;
use super::floor::{FloorState, QueueState};
use super::problem::ProblemCode;
use super::task::TasksState;

/// What a client says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientMessage {
    /// Follow topics: `me`, `floor`, `tasks`, `queue:que_…`.
    Subscribe {
        /// Which.
        topics: Vec<String>,
        /// The last cursor seen: the events after it are told again. Null begins with the state as it stands.
        #[serde(default)]
        cursor: Option<String>,
    },
    /// Follow them no longer.
    Unsubscribe {
        /// Which.
        topics: Vec<String>,
    },
    /// Is anybody there.
    Ping,
}

/// What the server says.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerMessage {
    /// A topic changed.
    Update(Box<TopicUpdate>),
    /// Something was not understood or not allowed.
    Error {
        /// What.
        code: ProblemCode,
        /// For which topic.
        #[serde(skip_serializing_if = "Option::is_none")]
        topic: Option<String>,
    },
    /// Somebody is there.
    Pong {
        /// Clock of the server.
        at_us: i64,
    },
}

/// A topic as it stands, and the events that led there.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TopicUpdate {
    /// Which topic.
    pub topic: String,
    /// Opaque; to be handed back when subscribing again.
    pub cursor: String,
    /// When this was so.
    pub at_us: i64,
    /// The events since the update before, or since the cursor handed in.
    pub events: Vec<TimelineEvent>,
    /// The whole state.
    pub state: TopicState,
}

/// The whole state of a topic.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum TopicState {
    /// Of `me`.
    Me(Box<MeState>),
    /// Of `floor`.
    Floor(Box<FloorState>),
    /// Of `tasks`.
    Tasks(TasksState),
    /// Of `queue:…`.
    Queue(Box<QueueState>),
}

impl TopicState {
    /// Whether it is the same but for the moment it was made at.
    pub fn is_same(&self, other: &TopicState) -> bool {
        match (self, other) {
            (TopicState::Me(a), TopicState::Me(b)) => **a == MeState { at_us: a.at_us, ..MeState::clone(b) },
            (TopicState::Floor(a), TopicState::Floor(b)) => {
                **a == FloorState { at_us: a.at_us, ..FloorState::clone(b) }
            }
            (TopicState::Queue(a), TopicState::Queue(b)) => {
                **a == QueueState { at_us: a.at_us, ..QueueState::clone(b) }
            }
            (TopicState::Tasks(a), TopicState::Tasks(b)) => a == b,
            (TopicState::Me(_) | TopicState::Floor(_) | TopicState::Queue(_) | TopicState::Tasks(_), _) => false,
        }
    }
}
