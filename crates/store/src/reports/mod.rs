//! Rows folded from the ledger. All of it can be dropped and rebuilt.

use domain::{
    AgentId, Channel, ConversationId, CustomerId, Direction, DispositionId, EndReason, EndedBy, Language, LedgerEntry,
    NumberId, PartitionId, PartyId, QueueId, SiteId, Utc,
};

use crate::{Page, Scope, Store, StoreError};

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

/// Keeps the folds of live conversations between batches.
#[derive(Debug, Default)]
pub(crate) struct Projector {}

impl Store {
    /// Folds committed entries into rows. Entries already folded are skipped; a gap is filled from the ledger first.
    pub async fn project(&self, entries: &[LedgerEntry]) -> Result<(), StoreError> {
        let _ = entries;
        todo!()
    }

    /// Folds everything the ledger has beyond the cursor.
    pub async fn catch_up(&self, partition: PartitionId) -> Result<(), StoreError> {
        let _ = partition;
        todo!()
    }

    /// Drops the partition's rows and folds the ledger anew.
    pub async fn rebuild_reports(&self, partition: PartitionId) -> Result<(), StoreError> {
        let _ = partition;
        todo!()
    }

    /// Position up to which the partition is folded.
    pub async fn projected(&self, partition: PartitionId) -> Result<u64, StoreError> {
        let _ = partition;
        todo!()
    }

    /// Waits until the partition is folded up to `seq`, at most `limit`; whether it is.
    pub async fn wait_projected(
        &self,
        partition: PartitionId,
        seq: u64,
        limit: std::time::Duration,
    ) -> Result<bool, StoreError> {
        let _ = (partition, seq, limit);
        todo!()
    }

    /// Conversations, newest first.
    pub async fn list_conversations(
        &self,
        scope: &Scope,
        filter: &ConversationFilter,
        page: Page<ConversationKey>,
    ) -> Result<Vec<ConversationRow>, StoreError> {
        let _ = (scope, filter, page);
        todo!()
    }

    /// One conversation.
    pub async fn conversation(&self, scope: &Scope, id: ConversationId) -> Result<ConversationRow, StoreError> {
        let _ = (scope, id);
        todo!()
    }

    /// When the customer's last conversation other than `except` began.
    pub async fn last_contact(
        &self,
        scope: &Scope,
        customer: CustomerId,
        except: Option<ConversationId>,
    ) -> Result<Option<Utc>, StoreError> {
        let _ = (scope, customer, except);
        todo!()
    }
}
