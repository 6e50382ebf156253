//! A lane: waiting work of one queue that asks for the same skills, and the idle agents who could take it.
//!
//! Everything in a lane is interchangeable for matching, so its first item and its first agent are the decision. A lane that
//! has both is *hot*; work is conserved exactly when no lane is hot.

use std::collections::BTreeSet;

use domain::{AgentId, Mono, QueueId, SkillId};

use crate::work::Position;

/// What makes two items interchangeable: the queue and every skill needed.
pub(crate) type LaneKey = (QueueId, Vec<SkillId>);

/// A place in the slab of lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct LaneId(pub(crate) usize);

/// One lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lane {
    /// Queue and skills, those of the queue included.
    pub key: LaneKey,
    /// The lane of a queue's plain work, kept while empty. Others live as long as somebody waits in them.
    pub permanent: bool,
    /// Who waits, in order of service.
    pub waiting: BTreeSet<Position>,
    /// Who could take it, longest idle first.
    pub idle: BTreeSet<(Mono, AgentId)>,
    /// Agents with the skills who are available, busy ones included.
    pub available: u32,
}

impl Lane {
    pub(crate) fn new(key: LaneKey, permanent: bool) -> Lane {
        Lane { key, permanent, waiting: BTreeSet::new(), idle: BTreeSet::new(), available: 0 }
    }

    pub(crate) fn is_hot(&self) -> bool {
        !self.waiting.is_empty() && !self.idle.is_empty()
    }
}
