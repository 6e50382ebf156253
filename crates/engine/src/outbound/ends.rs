//! When a cap that was reached ends, and what whoever asked is told.

use std::time::Duration;

use chrono::{Days, NaiveDate, TimeZone};
use domain::outbound::{Allowance, Caps, Says};
use domain::{AgentId, DestinationRuleId, Now, Refusal, Utc};

use super::TollGuard;
use super::meter::{MINUTE, date};
use super::verdict::Denial;

/// Hours a midnight may be missing for where clocks are put forward at it.
const MISSING_HOURS_MAX: u32 = 3;

impl TollGuard {
    /// What whoever asked is told of a denial.
    pub fn refusal(&self, why: Denial, agent: Option<AgentId>, now: Now) -> Refusal {
        match (self.ends(why, agent, now), why) {
            (Some(until), _) => Refusal::LimitReached { until },
            (None, Denial::Misspelt(_)) => Refusal::BadNumber,
            (None, Denial::AgentStopped(_) | Denial::RuleStopped(..)) => Refusal::CallsStopped,
            (None, Denial::TrunksFull) => Refusal::LinesBusy,
            (None, Denial::Uncounted) => Refusal::Overload,
            (
                None,
                Denial::UnknownAgent
                | Denial::NoRule
                | Denial::NotForAgent
                | Denial::DeniedByRule(_)
                | Denial::AgentPerMinute
                | Denial::AgentPerDay
                | Denial::RulePerMinute(_)
                | Denial::RulePerDay(_)
                | Denial::RuleTalk(_)
                | Denial::NoTrunk,
            ) => Refusal::NotAllowed,
        }
    }

    /// When the cap ends that denied a call; `None` when it was no cap. Others may use what comes free before.
    pub fn ends(&self, why: Denial, agent: Option<AgentId>, now: Now) -> Option<Utc> {
        let minute = |left: Option<Duration>| Some(later(now.utc, left.unwrap_or(MINUTE)));
        match why {
            Denial::AgentPerMinute => {
                minute(agent.and_then(|agent| self.agents.free_in(agent, self.plan.settings().agent_caps, now)))
            }
            Denial::RulePerMinute(rule) => minute(self.rules.free_in(rule, self.caps_of(rule), now)),
            Denial::AgentPerDay => self.next_day(agent.and_then(|agent| self.agents.date(agent)), now),
            Denial::RulePerDay(rule) => self.next_day(self.rules.date(rule), now),
            Denial::RuleTalk(rule) => self.next_day(self.talked.get(&rule).map(|today| today.date()), now),
            Denial::Misspelt(_)
            | Denial::UnknownAgent
            | Denial::NoRule
            | Denial::NotForAgent
            | Denial::DeniedByRule(_)
            | Denial::AgentStopped(_)
            | Denial::RuleStopped(..)
            | Denial::Uncounted
            | Denial::NoTrunk
            | Denial::TrunksFull => None,
        }
    }

    fn caps_of(&self, id: DestinationRuleId) -> Caps {
        let rule = self.plan.settings().rules.iter().find(|rule| rule.id == id);
        match rule.map(|rule| &rule.says) {
            Some(Says::Allow(Allowance { caps, .. })) => *caps,
            Some(Says::Deny) | None => Caps::default(),
        }
    }

    /// The first moment of the day after the one that is counted: `counted` is ahead of the clock where that was put back.
    fn next_day(&self, counted: Option<NaiveDate>, now: Now) -> Option<Utc> {
        let today = date(self.zone, now.utc);
        let counted = counted.filter(|counted| counted.signed_duration_since(today).num_days() == 1);
        let next = counted.unwrap_or(today).checked_add_days(Days::new(1))?;
        let at = |hour| self.zone.from_local_datetime(&next.and_hms_opt(hour, 0, 0)?).earliest();
        let start = (0..=MISSING_HOURS_MAX).find_map(at)?;
        Some(Utc(start.timestamp_micros()))
    }
}

fn later(at: Utc, by: Duration) -> Utc {
    Utc(at.0.saturating_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
}
