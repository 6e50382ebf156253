//! The router: primary maps, and the one rule that decides.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::{AgentId, Mono, QueueId, RouteReason, SegmentId, WaitReason};

use crate::index::Index;
use crate::rules::{AgentRule, Presence, QueueRule, Standing};
use crate::work::WorkItem;

/// An agent as routing sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seat {
    pub rule: AgentRule,
    pub standing: Standing,
}

/// One assignment, with everything that explains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What is offered; no longer waiting.
    pub item: SegmentId,
    /// Out of which queue.
    pub queue: QueueId,
    /// To whom; busy from this moment.
    pub agent: AgentId,
    /// Why this agent.
    pub reason: RouteReason,
    /// How many agents could have taken it.
    pub eligible: u32,
    /// How long the chosen one had been idle.
    pub idle: Duration,
}

/// Queues, agents and waiting work of one partition.
#[derive(Clone, Debug, Default)]
pub struct Router {
    pub(crate) queues: BTreeMap<QueueId, QueueRule>,
    pub(crate) seats: BTreeMap<AgentId, Seat>,
    pub(crate) work: BTreeMap<SegmentId, WorkItem>,
    pub(crate) index: Index,
    /// Changes with everything that may give a queue its first agent at work or take its last.
    attendance: u64,
    #[cfg(feature = "defects")]
    newest_idle: bool,
}

impl Router {
    /// A router without queues and agents.
    pub fn new() -> Router {
        Router::default()
    }

    /// Puts new rules in force. Agents that stay keep their standing; work whose queue is gone is returned and forgotten.
    pub fn configure(
        &mut self,
        queues: impl IntoIterator<Item = QueueRule>,
        agents: impl IntoIterator<Item = AgentRule>,
    ) -> Vec<SegmentId> {
        self.queues = queues.into_iter().map(|rule| (rule.id, rule)).collect();
        let mut before = std::mem::take(&mut self.seats);
        for rule in agents {
            let standing = before.remove(&rule.id).map(|seat| seat.standing).unwrap_or_default();
            self.seats.insert(rule.id, Seat { rule, standing });
        }
        let orphans: Vec<SegmentId> =
            self.work.values().filter(|item| !self.queues.contains_key(&item.queue)).map(|item| item.id).collect();
        for id in &orphans {
            self.work.remove(id);
        }
        self.rebuild();
        orphans
    }

    /// Builds every index again from the primary maps.
    pub fn rebuild(&mut self) {
        self.attendance += 1;
        self.index = Index::build(&self.queues, &self.seats, self.work.values().cloned());
    }

    /// After a fault in the middle of a change: forgets items, states how every agent stands, builds the indexes again from the
    /// primary maps and checks them.
    pub fn recover(
        &mut self,
        gone: impl IntoIterator<Item = SegmentId>,
        standings: impl IntoIterator<Item = (AgentId, Standing)>,
    ) -> Result<(), &'static str> {
        for id in gone {
            self.work.remove(&id);
        }
        for (agent, standing) in standings {
            if let Some(seat) = self.seats.get_mut(&agent) {
                seat.standing = standing;
            }
        }
        self.rebuild();
        self.check()
    }

    /// How an agent stands; an agent without a rule is ignored.
    pub fn set_standing(&mut self, agent: AgentId, standing: Standing) {
        let Some(seat) = self.seats.get_mut(&agent) else { return };
        if seat.standing != standing {
            let (before, after) = (seat.standing.presence, standing.presence);
            self.attendance += u64::from((before == Presence::SignedOut) != (after == Presence::SignedOut));
            self.index.seat_out(seat);
            seat.standing = standing;
            self.index.seat_in(seat);
        }
    }

    /// How an agent stood when last told; `None` for an agent without a rule.
    pub fn standing(&self, agent: AgentId) -> Option<Standing> {
        self.seats.get(&agent).map(|seat| seat.standing)
    }

    /// Lets an item wait. `false` when the queue does not exist or the item waits already.
    pub fn enqueue(&mut self, item: WorkItem) -> bool {
        let Some(rule) = self.queues.get(&item.queue) else { return false };
        if self.work.contains_key(&item.id) {
            return false;
        }
        self.index.item_in(rule, &item, &self.seats);
        self.work.insert(item.id, item);
        true
    }

    /// Takes a waiting item away. `false` when it does not wait.
    pub fn withdraw(&mut self, id: SegmentId) -> bool {
        let Some(item) = self.work.remove(&id) else { return false };
        if let Some(rule) = self.queues.get(&item.queue) {
            self.index.item_out(rule, &item);
        }
        true
    }

    /// The next assignment, if any is possible: the item stops waiting, the agent is busy.
    pub fn next(&mut self, now: Mono) -> Option<Decision> {
        let (_, lane) = self
            .index
            .hot
            .iter()
            .filter_map(|id| self.index.lane(*id))
            .filter_map(|lane| lane.waiting.first().map(|position| (*position, lane)))
            .min_by_key(|(position, _)| *position)?;
        let position = *lane.waiting.first()?;
        let (idle_since, agent) = self.choose(&lane.idle)?;
        let eligible = u32::try_from(lane.idle.len()).unwrap_or(u32::MAX);
        let decision = Decision {
            item: position.id,
            queue: lane.key.0,
            agent,
            reason: if eligible == 1 { RouteReason::OnlyEligible } else { RouteReason::LongestIdle },
            eligible,
            idle: now.since(idle_since),
        };
        self.withdraw(decision.item);
        let standing = self.seats.get(&agent)?.standing;
        self.set_standing(agent, Standing { busy: true, ..standing });
        Some(decision)
    }

    #[cfg(not(feature = "defects"))]
    fn choose(&self, idle: &std::collections::BTreeSet<(Mono, AgentId)>) -> Option<(Mono, AgentId)> {
        idle.first().copied()
    }

    #[cfg(feature = "defects")]
    fn choose(&self, idle: &std::collections::BTreeSet<(Mono, AgentId)>) -> Option<(Mono, AgentId)> {
        if self.newest_idle { idle.last().copied() } else { idle.first().copied() }
    }

    /// Seeds the fault "newest idle instead of longest idle".
    #[cfg(feature = "defects")]
    #[doc(hidden)]
    pub fn seed_newest_idle(&mut self) {
        self.newest_idle = true;
    }

    /// Why an item waits; `None` when [`Router::next`] would assign it, or when it does not wait.
    pub fn wait_reason(&self, id: SegmentId) -> Option<WaitReason> {
        let item = self.work.get(&id)?;
        let queue = self.index.queues.get(&item.queue)?;
        let lane = self.index.lane_of(self.queues.get(&item.queue)?, item).and_then(|id| self.index.lane(id))?;
        let first = lane.waiting.first() == Some(&item.position());
        if queue.signed_in == 0 {
            Some(WaitReason::NobodySignedIn)
        } else if queue.available == 0 {
            Some(WaitReason::NobodyReady)
        } else if lane.available == 0 {
            Some(WaitReason::NoSkill)
        } else if !first {
            Some(WaitReason::NotFirst)
        } else if lane.idle.is_empty() {
            Some(WaitReason::AllBusy)
        } else {
            None
        }
    }

    /// How many wait in a queue.
    pub fn waiting_count(&self, queue: QueueId) -> usize {
        self.index.queues.get(&queue).map_or(0, |entry| entry.waiting)
    }

    /// Who waits in a queue, in order of service. For views and tests: sorts.
    pub fn waiting(&self, queue: QueueId) -> Vec<SegmentId> {
        let lanes = self.index.queues.get(&queue).into_iter().flat_map(|entry| &entry.lanes);
        let mut all: Vec<_> =
            lanes.filter_map(|id| self.index.lane(*id)).flat_map(|lane| lane.waiting.iter().copied()).collect();
        all.sort_unstable();
        all.into_iter().map(|position| position.id).collect()
    }

    /// Whether an item waits.
    pub fn is_waiting(&self, id: SegmentId) -> bool {
        self.work.contains_key(&id)
    }

    /// Whether a queue exists.
    pub fn has_queue(&self, queue: QueueId) -> bool {
        self.queues.contains_key(&queue)
    }

    /// Whether anybody is at work who serves a queue: sooner or later they could be given what waits in it.
    pub fn is_served(&self, queue: QueueId) -> bool {
        let (Some(rule), Some(entry)) = (self.queues.get(&queue), self.index.queues.get(&queue)) else { return false };
        let serves = |seat: &Seat| seat.standing.presence != Presence::SignedOut && seat.rule.has_all(&rule.skills);
        entry.signed_in > 0 && entry.agents.iter().any(|agent| self.seats.get(agent).is_some_and(serves))
    }

    /// As long as this stays, every answer of `is_served` does.
    pub fn attendance(&self) -> u64 {
        self.attendance
    }

    /// Whether an assignment is possible and has not been asked for.
    pub fn is_hot(&self) -> bool {
        !self.index.hot.is_empty()
    }

    /// What an agent declared, as last told.
    pub fn presence(&self, agent: AgentId) -> Presence {
        self.standing(agent).map(|standing| standing.presence).unwrap_or_default()
    }
}
