//! Short calls of the last hours, by who called.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use domain::room::PortRole;
use domain::screening::{NUISANCE_CALLS, NuisanceRule, ScreenAction};
use domain::{ConversationId, Direction, EndedBy, Event, LegId, PartyId, Utc};

/// Short calls remembered, of all callers together: one a second for almost three hours. Beyond: the oldest is forgotten, and with it at worst
/// that its caller is kept out.
pub const SHORT_CALLS_MAX: usize = 10_000;

/// Short calls of one caller that matter: as many as can be asked for.
const OF_ONE_MAX: usize = NUISANCE_CALLS.1 as usize;

/// A carrier's call that goes on.
#[derive(Clone, Debug)]
struct Open {
    who: Who,
    began: Utc,
    /// The customer's leg; none for a visitor's browser.
    leg: Option<LegId>,
}

/// Who called: by number, or as a party of the run before until its number is found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Number(String),
    Party(PartyId),
}

/// The fold.
#[derive(Clone, Debug, Default)]
pub(super) struct Nuisances {
    rule: NuisanceRule,
    open: BTreeMap<ConversationId, Open>,
    /// When each caller's short calls ended.
    short: BTreeMap<Who, VecDeque<Utc>>,
    /// The same in the order they ended.
    order: VecDeque<(Utc, Who)>,
}

impl Nuisances {
    /// Puts a rule in force. While it is off nothing is remembered.
    pub(super) fn adopt(&mut self, rule: NuisanceRule) {
        self.rule = rule;
        if !rule.on {
            *self = Nuisances { rule, ..Nuisances::default() };
        }
    }

    /// Whether a number is kept out at a moment: enough of its short calls lay close together, and the last of those is not long ago.
    pub(super) fn is_one(&self, number: &str, now: Utc) -> bool {
        let NuisanceRule { on, calls, within, lasts, .. } = self.rule;
        let Some(ends) = self.short.get(&Who::Number(number.to_owned())).filter(|_| on && !number.is_empty()) else {
            return false;
        };
        let calls = usize::try_from(calls).unwrap_or(OF_ONE_MAX).clamp(1, OF_ONE_MAX);
        let last_of_many = |last: usize| last.checked_sub(calls - 1).map(|first| (ends[first], ends[last]));
        let mut runs = (0..ends.len()).filter_map(last_of_many);
        runs.any(|(first, last)| last.since(first) <= within && now.since(last) < lasts)
    }

    /// The number behind a conversation that has just begun.
    pub(super) fn note(&mut self, conversation: ConversationId, number: &str) {
        if let Some(open) = self.open.get_mut(&conversation).filter(|_| !number.is_empty()) {
            open.who = Who::Number(number.to_owned());
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "only these tell of a call that is gone after seconds")]
    pub(super) fn apply(&mut self, event: &Event, at: Utc) {
        if !self.rule.on {
            return;
        }
        match event {
            Event::ConversationStarted { conversation, direction: Direction::Inbound, from, .. } => {
                self.open.insert(*conversation, Open { who: Who::Party(*from), began: at, leg: None });
            }
            Event::LegJoined { conversation, leg, role: PortRole::Customer, trunk: Some(_), .. } => {
                if let Some(open) = self.open.get_mut(conversation) {
                    open.leg = Some(*leg);
                }
            }
            Event::Screened { conversation, screening } if screening.action != ScreenAction::LetIn => {
                self.open.remove(conversation);
            }
            Event::LegLeft { conversation, leg, by, .. } => {
                let is_customers = |open: &Open| open.leg == Some(*leg);
                if self.open.get(conversation).is_some_and(is_customers)
                    && let Some(open) = self.open.remove(conversation)
                    && *by == EndedBy::Customer
                    && at.since(open.began) < self.rule.shorter_than
                {
                    self.remember(open.who, at);
                }
            }
            Event::ConversationEnded { conversation, .. } => drop(self.open.remove(conversation)),
            _ => {}
        }
    }

    fn remember(&mut self, who: Who, at: Utc) {
        let matters = self.rule.within.saturating_add(self.rule.lasts);
        while self.order.len() >= SHORT_CALLS_MAX
            || self.order.front().is_some_and(|(old, _)| is_past(*old, at, matters))
        {
            self.forget_oldest();
        }
        let ends = self.short.entry(who.clone()).or_default();
        ends.push_back(at);
        if ends.len() > OF_ONE_MAX {
            ends.pop_front();
        }
        self.order.push_back((at, who));
    }

    fn forget_oldest(&mut self) {
        let Some((at, who)) = self.order.pop_front() else { return };
        let Some(ends) = self.short.get_mut(&who) else { return };
        if ends.front() == Some(&at) {
            ends.pop_front();
        }
        if ends.is_empty() {
            self.short.remove(&who);
        }
    }

    pub(super) fn nameless(&self) -> Vec<PartyId> {
        let party = |who: &Who| match who {
            Who::Party(party) => Some(*party),
            Who::Number(_) => None,
        };
        self.short.keys().filter_map(party).collect()
    }

    /// Puts numbers in place of parties. Who cannot be found is forgotten: nobody who calls could be them.
    pub(super) fn recalled(&mut self, callers: Vec<(PartyId, String)>) {
        let numbers: BTreeMap<PartyId, String> = callers.into_iter().filter(|(_, number)| !number.is_empty()).collect();
        let mut order: Vec<(Utc, Who)> = Vec::new();
        for (at, who) in std::mem::take(&mut self.order) {
            let named = match who {
                Who::Number(_) => Some(who),
                Who::Party(party) => numbers.get(&party).cloned().map(Who::Number),
            };
            order.extend(named.map(|who| (at, who)));
        }
        self.short.clear();
        for (at, who) in &order {
            let ends = self.short.entry(who.clone()).or_default();
            ends.push_back(*at);
            if ends.len() > OF_ONE_MAX {
                ends.pop_front();
            }
        }
        self.order = order.into();
    }

    #[cfg(test)]
    pub(super) fn remembered(&self) -> (usize, usize, usize) {
        (self.open.len(), self.short.values().map(VecDeque::len).sum(), self.order.len())
    }
}

fn is_past(then: Utc, now: Utc, matters: Duration) -> bool {
    now.since(then) > matters
}
