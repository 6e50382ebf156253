//! Rows folded from the ledger. All of it can be dropped and rebuilt.

mod list;
mod project;
mod recording_list;
mod recordings;
mod row;

use domain::{
    AgentId, Channel, ConversationId, CustomerId, Direction, DispositionId, EndReason, EndedBy, Language, NumberId,
    PartyId, QueueId, SiteId, Utc,
};

pub(crate) use project::Projector;
pub use recording_list::{RecordingFilter, RecordingList, RecordingPlace};
pub use recordings::{RecordingRow, RecordingState};

/// Whether a conversation goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConversationState {
    /// Goes on.
    Live,
    /// Over.
    Ended,
}

/// One conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct ConversationRow {
    /// Its id.
    pub id: ConversationId,
    /// By which channel.
    pub channel: Channel,
    /// Who opened it.
    pub direction: Direction,
    /// Language at the start.
    pub language: Language,
    /// Whether it goes on.
    pub state: ConversationState,
    /// When it began.
    pub started_at: Utc,
    /// When an agent first answered.
    pub answered_at: Option<Utc>,
    /// When it ended.
    pub ended_at: Option<Utc>,
    /// Number dialled.
    pub number: Option<NumberId>,
    /// Who called.
    pub from: PartyId,
    /// What was dialled.
    pub to: PartyId,
    /// The record, once found.
    pub customer: Option<CustomerId>,
    /// The last queue.
    pub queue: Option<QueueId>,
    /// The last agent who handled it.
    pub agent: Option<AgentId>,
    /// Site of the number.
    pub site: Option<SiteId>,
    /// First conversation of the thread.
    pub thread: ConversationId,
    /// An earlier conversation this one belongs to.
    pub parent: Option<ConversationId>,
    /// Time waited in queues, once it has left one.
    pub wait_ms: Option<u64>,
    /// Time talked, holds left out, once a talk is over.
    pub talk_ms: Option<u64>,
    /// Time on hold, once a talk is over.
    pub hold_ms: Option<u64>,
    /// After-call work, once one is over.
    pub wrap_up_ms: Option<u64>,
    /// How it ended.
    pub end: Option<(EndedBy, EndReason)>,
    /// The outcome recorded last.
    pub disposition: Option<DispositionId>,
    /// The caller went before others.
    pub is_vip: bool,
    /// What the call it began with has come to, when we called.
    pub outbound: Option<reporting::Outcome>,
}

/// Which conversations a list shows; `None` means any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConversationFilter {
    /// Whether it goes on.
    pub state: Option<ConversationState>,
    /// The last queue.
    pub queue: Option<QueueId>,
    /// Any agent who took part.
    pub agent: Option<AgentId>,
    /// The customer.
    pub customer: Option<CustomerId>,
}

/// Place of a row in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConversationKey {
    /// When it began.
    pub started_at: Utc,
    /// Its id.
    pub id: ConversationId,
}
