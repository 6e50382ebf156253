//! Everything derived from the router's primary maps; may be thrown away and built again at any moment.

use std::collections::{BTreeMap, BTreeSet};

use domain::{AgentId, QueueId, SkillId};

use crate::lane::{Lane, LaneId, LaneKey};
use crate::router::Seat;
use crate::rules::{Presence, QueueRule};
use crate::work::WorkItem;

/// Per queue: its agents, its lanes, and how many agents are at work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct QueueIndex {
    pub agents: BTreeSet<AgentId>,
    pub lanes: BTreeSet<LaneId>,
    pub signed_in: u32,
    pub available: u32,
    pub waiting: usize,
}

/// The lanes and what leads to them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    pub lanes: Vec<Option<Lane>>,
    pub free: Vec<LaneId>,
    pub by_key: BTreeMap<LaneKey, LaneId>,
    pub by_agent: BTreeMap<AgentId, BTreeSet<LaneId>>,
    pub queues: BTreeMap<QueueId, QueueIndex>,
    pub hot: BTreeSet<LaneId>,
}

impl Index {
    pub(crate) fn build(
        queues: &BTreeMap<QueueId, QueueRule>,
        seats: &BTreeMap<AgentId, Seat>,
        work: impl Iterator<Item = WorkItem>,
    ) -> Index {
        let mut index = Index::default();
        for rule in queues.values() {
            index.queues.insert(rule.id, QueueIndex::default());
        }
        for seat in seats.values() {
            for queue in &seat.rule.queues {
                if let Some(entry) = index.queues.get_mut(queue) {
                    entry.agents.insert(seat.rule.id);
                }
            }
        }
        for rule in queues.values() {
            index.add_lane((rule.id, rule.skills.clone()), true, seats);
        }
        for seat in seats.values() {
            index.seat_in(seat);
        }
        for item in work {
            if let Some(rule) = queues.get(&item.queue) {
                index.item_in(rule, &item, seats);
            }
        }
        index
    }

    pub(crate) fn lane(&self, id: LaneId) -> Option<&Lane> {
        self.lanes.get(id.0).and_then(Option::as_ref)
    }

    fn lane_mut(&mut self, id: LaneId) -> Option<&mut Lane> {
        self.lanes.get_mut(id.0).and_then(Option::as_mut)
    }

    fn note_heat(&mut self, id: LaneId) {
        if self.lane(id).is_some_and(Lane::is_hot) {
            self.hot.insert(id);
        } else {
            self.hot.remove(&id);
        }
    }

    /// Adds the seat to the idle sets and counts it belongs to.
    pub(crate) fn seat_in(&mut self, seat: &Seat) {
        self.count_seat(seat, true);
    }

    /// Takes the seat out again; `seat` must be as it was when it was put in.
    pub(crate) fn seat_out(&mut self, seat: &Seat) {
        self.count_seat(seat, false);
    }

    fn count_seat(&mut self, seat: &Seat, enter: bool) {
        let step = |count: &mut u32| *count = if enter { *count + 1 } else { *count - 1 };
        let standing = &seat.standing;
        for queue in &seat.rule.queues {
            let Some(entry) = self.queues.get_mut(queue) else { continue };
            if standing.presence != Presence::SignedOut {
                step(&mut entry.signed_in);
            }
            if standing.is_available() {
                step(&mut entry.available);
            }
        }
        if !standing.is_available() {
            return;
        }
        let lanes: Vec<LaneId> = self.by_agent.get(&seat.rule.id).into_iter().flatten().copied().collect();
        for id in lanes {
            let Some(lane) = self.lane_mut(id) else { continue };
            step(&mut lane.available);
            if standing.is_idle() {
                let entry = (standing.idle_since, seat.rule.id);
                if enter {
                    lane.idle.insert(entry);
                } else {
                    lane.idle.remove(&entry);
                }
                self.note_heat(id);
            }
        }
    }

    /// Puts a waiting item into its lane, opening the lane when it is the first to need these skills.
    pub(crate) fn item_in(&mut self, rule: &QueueRule, item: &WorkItem, seats: &BTreeMap<AgentId, Seat>) {
        let key = lane_key(rule, &item.skills);
        let id = match self.by_key.get(&key) {
            Some(id) => *id,
            None => {
                let id = self.add_lane(key, false, seats);
                self.seats_into(id, seats);
                id
            }
        };
        if let Some(lane) = self.lane_mut(id) {
            lane.waiting.insert(item.position());
        }
        if let Some(entry) = self.queues.get_mut(&item.queue) {
            entry.waiting += 1;
        }
        self.note_heat(id);
    }

    /// Takes a waiting item out of its lane, closing the lane when nobody else needs it.
    pub(crate) fn item_out(&mut self, rule: &QueueRule, item: &WorkItem) {
        let Some(id) = self.lane_of(rule, item) else { return };
        let Some(lane) = self.lane_mut(id) else { return };
        let removed = lane.waiting.remove(&item.position());
        let over = lane.waiting.is_empty() && !lane.permanent;
        if removed && let Some(entry) = self.queues.get_mut(&item.queue) {
            entry.waiting -= 1;
        }
        if over {
            self.drop_lane(id);
        } else {
            self.note_heat(id);
        }
    }

    pub(crate) fn lane_of(&self, rule: &QueueRule, item: &WorkItem) -> Option<LaneId> {
        self.by_key.get(&lane_key(rule, &item.skills)).copied()
    }

    fn add_lane(&mut self, key: LaneKey, permanent: bool, seats: &BTreeMap<AgentId, Seat>) -> LaneId {
        let id = self.free.pop().unwrap_or(LaneId(self.lanes.len()));
        if id.0 == self.lanes.len() {
            self.lanes.push(None);
        }
        if let Some(entry) = self.queues.get_mut(&key.0) {
            entry.lanes.insert(id);
            for agent in &entry.agents {
                if seats.get(agent).is_some_and(|seat| seat.rule.has_all(&key.1)) {
                    self.by_agent.entry(*agent).or_default().insert(id);
                }
            }
        }
        self.by_key.insert(key.clone(), id);
        self.lanes[id.0] = Some(Lane::new(key, permanent));
        id
    }

    /// Fills a lane opened after the seats were counted.
    fn seats_into(&mut self, id: LaneId, seats: &BTreeMap<AgentId, Seat>) {
        let Some(lane) = self.lanes.get_mut(id.0).and_then(Option::as_mut) else { return };
        for agent in self.queues.get(&lane.key.0).into_iter().flat_map(|entry| &entry.agents) {
            let Some(seat) = seats.get(agent).filter(|seat| seat.rule.has_all(&lane.key.1)) else { continue };
            if seat.standing.is_available() {
                lane.available += 1;
            }
            if seat.standing.is_idle() {
                lane.idle.insert((seat.standing.idle_since, *agent));
            }
        }
    }

    fn drop_lane(&mut self, id: LaneId) {
        let Some(lane) = self.lanes.get_mut(id.0).and_then(Option::take) else { return };
        self.hot.remove(&id);
        self.by_key.remove(&lane.key);
        if let Some(entry) = self.queues.get_mut(&lane.key.0) {
            entry.lanes.remove(&id);
            for agent in &entry.agents {
                if let Some(lanes) = self.by_agent.get_mut(agent) {
                    lanes.remove(&id);
                }
            }
        }
        self.free.push(id);
    }
}

fn lane_key(rule: &QueueRule, extra: &[SkillId]) -> LaneKey {
    let mut skills = rule.skills.clone();
    if !extra.is_empty() {
        skills.extend_from_slice(extra);
        skills.sort_unstable();
        skills.dedup();
    }
    (rule.id, skills)
}
