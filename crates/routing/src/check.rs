//! Proof that the indexes say what the primary maps say.

use std::collections::{BTreeMap, BTreeSet};

use domain::{AgentId, QueueId};

use crate::index::{Index, QueueIndex};
use crate::lane::{Lane, LaneId, LaneKey};
use crate::router::Router;

impl Router {
    /// Compares every index with one built afresh; names the first that differs.
    pub fn check(&self) -> Result<(), &'static str> {
        let fresh = Index::build(&self.queues, &self.seats, self.work.values().cloned());
        if by_key(&self.index) != by_key(&fresh) {
            return Err("lanes differ from the primary maps");
        }
        if agents(&self.index) != agents(&fresh) {
            return Err("an agent's lanes differ from the primary maps");
        }
        if queues(&self.index) != queues(&fresh) {
            return Err("a queue's counts differ from the primary maps");
        }
        if keys(&self.index, &self.index.hot) != keys(&fresh, &fresh.hot) {
            return Err("the hot lanes differ from the primary maps");
        }
        Ok(())
    }
}

// Lane ids depend on history; keys do not, so the comparison is by key.
fn keys<'a>(index: &'a Index, lanes: &'a BTreeSet<LaneId>) -> BTreeSet<&'a LaneKey> {
    lanes.iter().filter_map(|id| index.lane(*id)).map(|lane| &lane.key).collect()
}

fn by_key(index: &Index) -> BTreeMap<&LaneKey, &Lane> {
    index.lanes.iter().flatten().map(|lane| (&lane.key, lane)).collect()
}

fn agents(index: &Index) -> BTreeMap<AgentId, BTreeSet<&LaneKey>> {
    index
        .by_agent
        .iter()
        .filter(|(_, lanes)| !lanes.is_empty())
        .map(|(agent, lanes)| (*agent, keys(index, lanes)))
        .collect()
}

fn queues(index: &Index) -> BTreeMap<QueueId, (QueueIndex, BTreeSet<&LaneKey>)> {
    index
        .queues
        .iter()
        .map(|(queue, entry)| {
            let plain = QueueIndex { lanes: BTreeSet::new(), ..entry.clone() };
            (*queue, (plain, keys(index, &entry.lanes)))
        })
        .collect()
}
