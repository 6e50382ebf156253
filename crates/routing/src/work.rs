//! What waits: a conversation, and later callbacks and tasks, each as one visit of one queue.

use std::cmp::Reverse;

use domain::{Mono, QueueId, SegmentId, SkillId};

/// One piece of waiting work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkItem {
    /// The visit of the queue; stays the same when the customer comes back to the front.
    pub id: SegmentId,
    /// Where it waits.
    pub queue: QueueId,
    /// Greater goes first.
    pub priority: u8,
    /// When it joined the queue first. Kept on coming back, which is what puts it in front of everybody who came later.
    pub enqueued: Mono,
    /// Skills asked for beyond those of the queue.
    pub skills: Vec<SkillId>,
}

impl WorkItem {
    /// Its place in the order of service.
    pub fn position(&self) -> Position {
        Position { priority: Reverse(self.priority), enqueued: self.enqueued, id: self.id }
    }
}

/// The order of service: priority, then waiting time, then id. The least is served first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Greater priority sorts first.
    pub priority: Reverse<u8>,
    /// Earlier sorts first.
    pub enqueued: Mono,
    /// Breaks ties.
    pub id: SegmentId,
}
