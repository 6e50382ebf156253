//! The automatic stop: too many different numbers in a short time, and calls stop until a person releases them.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use domain::outbound::{Alarm, Stopped};
use domain::{AgentId, DestinationRuleId, Mono, Now};

use super::verdict::{Raised, Stop};

/// Different numbers remembered for one alarm: hundreds in a window are an alarm whatever its settings say. An alarm set higher is raised here.
pub const ALARM_DISTINCT_MAX: u32 = 1_000;

/// Agents and rules whose numbers are remembered. Beyond: those whose numbers are out of their window are forgotten, and when there are
/// none, the numbers of whoever is new are not watched; caps hold all the same.
pub const WATCHED_MAX: usize = crate::limits::CONVERSATIONS_MAX;

/// Alarms that nobody took yet: one for each of a whole centre's agents and rules. Beyond: the oldest is forgotten; its stop stands and is listed.
pub const RAISED_MAX: usize = 1_000;

/// The numbers one agent, or all by one rule, called lately.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Seen {
    within: Duration,
    numbers: BTreeMap<String, Mono>,
}

/// Who called what lately, and who is stopped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Watch {
    seen: BTreeMap<Stopped, Seen>,
    stops: BTreeMap<Stopped, Stop>,
    raised: VecDeque<Raised>,
}

impl Watch {
    /// Somebody asked for a watched number; what is refused afterwards counts too, for whoever tries is whoever is looked for.
    pub(super) fn saw(&mut self, who: Stopped, by: AgentId, number: &str, alarm: Alarm, now: Now) {
        if self.stops.contains_key(&who) || !self.has_room_for(who, now.mono) {
            return;
        }
        let seen = self.seen.entry(who).or_default();
        seen.within = alarm.within;
        seen.forget_old(now.mono);
        seen.numbers.insert(number.to_owned(), now.mono);
        let distinct = u32::try_from(seen.numbers.len()).unwrap_or(u32::MAX);
        if distinct <= alarm.distinct.min(ALARM_DISTINCT_MAX) {
            return;
        }
        self.seen.remove(&who);
        let stop = Stop { since: now.utc, alarm };
        self.stops.insert(who, stop);
        if self.raised.len() >= RAISED_MAX {
            self.raised.pop_front();
        }
        self.raised.push_back(Raised { stopped: who, by, stop });
    }

    pub(super) fn stop_of_agent(&self, agent: AgentId) -> Option<Stop> {
        self.stops.get(&Stopped::Agent(agent)).copied()
    }

    pub(super) fn stop_of_rule(&self, rule: DestinationRuleId) -> Option<Stop> {
        self.stops.get(&Stopped::Rule(rule)).copied()
    }

    pub(super) fn stops(&self) -> impl Iterator<Item = (Stopped, Stop)> {
        self.stops.iter().map(|(who, stop)| (*who, *stop))
    }

    /// The ledger says that it is stopped; of a stop that is known the first moment stays.
    pub(super) fn stopped(&mut self, who: Stopped, stop: Stop) {
        self.seen.remove(&who);
        self.stops.entry(who).or_insert(stop);
    }

    /// A person let it go on: what was called before is forgotten, or the next call would be the next alarm.
    pub(super) fn release(&mut self, who: Stopped) {
        self.seen.remove(&who);
        self.stops.remove(&who);
    }

    pub(super) fn poll_raised(&mut self) -> Option<Raised> {
        self.raised.pop_front()
    }

    fn has_room_for(&mut self, who: Stopped, now: Mono) -> bool {
        if self.seen.len() >= WATCHED_MAX && !self.seen.contains_key(&who) {
            self.seen.retain(|_, seen| {
                seen.forget_old(now);
                !seen.numbers.is_empty()
            });
        }
        self.seen.len() < WATCHED_MAX || self.seen.contains_key(&who)
    }
}

impl Seen {
    fn forget_old(&mut self, now: Mono) {
        let within = self.within;
        self.numbers.retain(|_, at| now.since(*at) < within);
    }
}
