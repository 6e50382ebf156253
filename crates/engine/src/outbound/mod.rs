//! Which numbers outside may be called, by whom, how often, through which trunk, and what is shown: one guard that every way out asks.
//!
//! ```text
//! typed ─▶ emergency? ─▶ one spelling ─▶ rule ─▶ stopped? ─▶ caps ─▶ trunk ─▶ Allowed { trunk, sent, shown, rule }
//!              └──────────────────────────────────────────▶ trunk ─▶ Allowed      else Denied { why }
//! ```
//! *Invariants.* What nothing allows is denied. Two spellings of one number have the same verdict, and what a carrier could take for a denied
//! number is denied. An emergency number is never denied but for
//! want of a trunk, never counted out and never rewritten. Calls are counted, and stops kept, by the fold of the ledger's events, so a restart
//! gives nobody fresh minutes. What numbers were called before it is not in the ledger: an alarm counts them from the start on.
//!
//! Start with [`TollGuard::ask`].

mod ends;
mod lines;
mod meter;
mod plan;
mod reading;
mod shown;
mod spelling;
mod trunks;
mod verdict;
mod watch;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono_tz::Tz;
use domain::outbound::{OutboundPlan, Stopped};
use domain::settings::{Agent, Number};
use domain::{AgentId, DestinationRuleId, Event, Now, NumberId, TrunkId};

pub use lines::ChannelUse;
pub use meter::{CALLS_PER_MINUTE_COUNTED_MAX, METERS_MAX};
pub use spelling::{Misspelt, beginnings};
pub use verdict::{Denial, Passage, Raised, Stop, Verdict};
pub use watch::{ALARM_DISTINCT_MAX, RAISED_MAX, WATCHED_MAX};

use lines::{Lines, Told};
use meter::{Age, MINUTE, Meters, Reached, Today, date};
use plan::{Granted, Plan};
use watch::Watch;

/// Somebody wants to call a number outside.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// Who.
    pub agent: Option<&'a Agent>,
    /// What was typed, or dialled by a phone.
    pub typed: &'a str,
    /// The number the customer dialled, for one who is handed over or asked about.
    pub dialled: Option<NumberId>,
    /// Our numbers.
    pub numbers: &'a [Number],
    /// Trunks that do not work.
    pub unreachable: &'a BTreeSet<TrunkId>,
}

/// The plan in force, what was called, and who is stopped.
#[derive(Clone, Debug, Default)]
pub struct TollGuard {
    plan: Plan,
    zone: Tz,
    lines: Lines,
    agents: Meters<AgentId>,
    trunks: Meters<TrunkId>,
    rules: Meters<DestinationRuleId>,
    talked: BTreeMap<DestinationRuleId, Today<Duration>>,
    watch: Watch,
}

impl TollGuard {
    /// Puts a plan in force; what was counted and stopped stays. The day is that of `zone`, an IANA name; of an unknown one that of UTC.
    pub fn adopt(&mut self, plan: OutboundPlan, zone: &str) {
        self.plan = Plan::new(plan);
        self.zone = zone.parse().unwrap_or(Tz::UTC);
    }

    /// Decides, and looks out for the automatic stop. The call is counted once its event is applied.
    pub fn ask(&mut self, asking: Asking<'_>, now: Now) -> Verdict {
        if let Some(agent) = asking.agent.filter(|_| self.plan.emergency(asking.typed).is_none()) {
            self.agents.make_room(agent.id, now, self.zone);
            self.look_out(agent, asking.typed, now);
        }
        self.judge(asking, now)
    }

    /// The same for an agent's own number outside. An administrator gave it to them, so that it is none an alarm looks for; caps and stops hold.
    pub fn ask_for_own(&mut self, asking: Asking<'_>, now: Now) -> Verdict {
        if let Some(agent) = asking.agent {
            self.agents.make_room(agent.id, now, self.zone);
        }
        self.judge(asking, now)
    }

    /// The same without a trace, for whoever only wants to know.
    pub fn judge(&self, asking: Asking<'_>, now: Now) -> Verdict {
        if let Some(number) = self.plan.emergency(asking.typed) {
            return self.emergency(number, asking, &[]);
        }
        match self.grant(asking, now) {
            Ok(granted) => self.take_trunk(granted, asking, &[], now),
            Err(why) => Verdict::Denied { why, passed: Vec::new() },
        }
    }

    /// Another way for a call by a rule, or to an emergency number, that failed on the trunks it tried. The call is one already: no cap of the
    /// agent or the rule is looked at again, those of the trunk are. `None` when no trunk is left, or the plan in force says otherwise.
    pub fn another(
        &self,
        asking: Asking<'_>,
        rule: Option<DestinationRuleId>,
        tried: &[TrunkId],
        now: Now,
    ) -> Option<Passage> {
        let verdict = match (rule, self.plan.emergency(asking.typed)) {
            (None, Some(number)) => self.emergency(number, asking, tried),
            (Some(rule), None) => {
                let agent = asking.agent?;
                let granted = self.plan.find(agent, self.plan.read(asking.typed).ok()?).ok()?;
                let is_stopped = self.is_stopped(Stopped::Agent(agent.id)) || self.is_stopped(Stopped::Rule(rule));
                if granted.rule != rule || is_stopped {
                    return None;
                }
                self.take_trunk(granted, asking, tried, now)
            }
            (None, None) | (Some(_), Some(_)) => return None,
        };
        match verdict {
            Verdict::Allowed(passage) => Some(passage),
            Verdict::Denied { .. } => None,
        }
    }

    /// The number that is called, when one was typed that everybody may call and there is a trunk for it. It is shorter than what was typed when a
    /// code for a line stands before it.
    pub fn emergency_number(&self, typed: &str) -> Option<String> {
        self.plan.emergency(typed).filter(|_| !self.plan.settings().trunks.is_empty())
    }

    /// Whether those who help in need are meant, with or without a code for a line before the number.
    pub fn is_emergency(&self, typed: &str) -> bool {
        self.plan.emergency(typed).is_some()
    }

    /// Whether it is a number at all.
    pub fn is_number(&self, typed: &str) -> bool {
        self.plan.read(typed).is_ok()
    }

    /// Folds one event.
    pub fn apply(&mut self, event: &Event, at: Now) {
        self.fold(event, at, Age::Fresh);
    }

    /// Folds an event of the ledger at a start. `at.mono` is its place on the clock of this process, or the clock's beginning if it lies before.
    pub fn apply_past(&mut self, event: &Event, at: Now, now: Now) {
        let age = if now.utc.since(at.utc) < MINUTE { Age::Fresh } else { Age::Old };
        self.fold(event, at, age);
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "only these begin a call outside, or are about stops")]
    fn fold(&mut self, event: &Event, at: Now, age: Age) {
        match event {
            Event::OutboundStarted { agent, route: Some(_), .. }
            | Event::TransferStarted { agent, route: Some(_), .. }
            | Event::MobileCalled { agent, .. } => {
                self.agents.count(*agent, at, self.zone, age);
            }
            Event::OutboundStopped { stopped, alarm, .. } => {
                self.watch.stopped(*stopped, Stop { since: at.utc, alarm: *alarm });
            }
            Event::OutboundReleased { stopped, .. } => self.watch.release(*stopped),
            _ => {}
        }
        match self.lines.apply(event, at.mono) {
            Some(Told::Begun { trunk, rule }) => {
                self.trunks.count(trunk, at, self.zone, age);
                rule.into_iter().for_each(|rule| self.rules.count(rule, at, self.zone, age));
            }
            Some(Told::Talked { rule, for_ }) if self.talked.len() < METERS_MAX || self.talked.contains_key(&rule) => {
                let today = self.talked.entry(rule).or_default();
                today.change(date(self.zone, at.utc), |talk| talk.saturating_add(for_));
            }
            Some(Told::Talked { .. }) | None => {}
        }
    }

    /// The next alarm that somebody has to be told of; drain until `None`.
    pub fn poll_raised(&mut self) -> Option<Raised> {
        self.watch.poll_raised()
    }

    /// Whether calls of an agent, or by a rule, are stopped.
    pub fn is_stopped(&self, who: Stopped) -> bool {
        self.stops().any(|(stopped, _)| stopped == who)
    }

    /// Who and what is stopped.
    pub fn stops(&self) -> impl Iterator<Item = (Stopped, Stop)> {
        self.watch.stops()
    }

    /// Calls of a trunk that are up.
    pub fn channels(&self, trunk: TrunkId) -> ChannelUse {
        self.lines.channels(trunk)
    }

    fn look_out(&mut self, agent: &Agent, typed: &str, now: Now) {
        let Ok(reading) = self.plan.read(typed) else { return };
        let Ok(Granted { number, rule, allowance }) = self.plan.find(agent, reading) else { return };
        let alarms = [
            (Stopped::Rule(rule), allowance.alarm),
            (Stopped::Agent(agent.id), self.plan.settings().agent_alarm.filter(|_| allowance.watched)),
        ];
        for (who, alarm) in alarms {
            if let Some(alarm) = alarm {
                self.watch.saw(who, agent.id, &number, alarm, now);
            }
        }
    }

    /// Whether a number is allowed whenever no cap is reached, and whether a trunk for it works. An emergency number is judged like any other.
    ///
    /// # Errors
    /// Why it is not allowed: no number, no rule, or a stop.
    pub fn stands(&self, asking: Asking<'_>) -> Result<bool, Denial> {
        let Granted { allowance, .. } = self.allowed(asking)?;
        let works = |id: &TrunkId| self.plan.trunk(*id).is_some() && !asking.unreachable.contains(id);
        Ok(allowance.trunks.iter().any(works))
    }

    /// The rule by which a number may be called, if nothing stops it.
    fn allowed(&self, asking: Asking<'_>) -> Result<Granted<'_>, Denial> {
        let reading = self.plan.read(asking.typed).map_err(Denial::Misspelt)?;
        let agent = asking.agent.ok_or(Denial::UnknownAgent)?;
        let granted = self.plan.find(agent, reading)?;
        if let Some(stop) = self.watch.stop_of_agent(agent.id) {
            return Err(Denial::AgentStopped(stop));
        }
        if let Some(stop) = self.watch.stop_of_rule(granted.rule) {
            return Err(Denial::RuleStopped(granted.rule, stop));
        }
        Ok(granted)
    }

    fn grant(&self, asking: Asking<'_>, now: Now) -> Result<Granted<'_>, Denial> {
        let granted = self.allowed(asking)?;
        let agent = asking.agent.ok_or(Denial::UnknownAgent)?;
        let (rule, allowance) = (granted.rule, granted.allowance);
        if !self.agents.has_room_for(agent.id) || !self.rules.has_room_for(rule) {
            return Err(Denial::Uncounted);
        }
        match self.agents.reached(agent.id, self.plan.settings().agent_caps, now, self.zone) {
            Some(Reached::Minute) => return Err(Denial::AgentPerMinute),
            Some(Reached::Day) => return Err(Denial::AgentPerDay),
            None => {}
        }
        match self.rules.reached(rule, allowance.caps, now, self.zone) {
            Some(Reached::Minute) => return Err(Denial::RulePerMinute(rule)),
            Some(Reached::Day) => return Err(Denial::RulePerDay(rule)),
            None => {}
        }
        if allowance.talk_per_day.is_some_and(|cap| self.talk_today(rule, now) >= cap) {
            return Err(Denial::RuleTalk(rule));
        }
        Ok(granted)
    }

    /// Calls that are over, and those that are up so far.
    fn talk_today(&self, rule: DestinationRuleId, now: Now) -> Duration {
        let over = self.talked.get(&rule).map_or(Duration::ZERO, |today| today.on(date(self.zone, now.utc)));
        over.saturating_add(self.lines.talking(rule, now.mono))
    }
}
