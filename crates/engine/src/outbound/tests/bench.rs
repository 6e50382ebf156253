//! A guard with a plan, and the language of the table.
//!
//! ```text
//! -- a heading: everything begins anew                      Monday, ten o'clock in Shanghai
//! - down A | - up A                                         a trunk fails, works again
//! - +60s | - clock -2h                                      time passes; the civil clock alone is put back
//! - ann called 95588 x3 | - ann transferred 95588 x3        calls that are over at once
//! - inbound A                                               a customer calls
//! - answered | - ended                                      what the call before comes to
//! - release ann                                             a person lets her go on
//! ann asks | 021 | verdict                                  nothing is called
//! ann asks for 4003 | 021 | verdict                         the same with the customer of a number of ours
//! ann calls | 021 | verdict                                 and is called, when it is allowed
//! A rings | | verdict                                       whether a customer gets in
//! ```

use std::collections::BTreeSet;
use std::time::Duration;

use domain::outbound::*;
use domain::room::PortRole;
use domain::settings::{Agent, Number};
use domain::*;

use crate::outbound::{Asking, Denial, Raised, TollGuard, Verdict};

/// 2026-01-05 is a Monday; 10:00 in Shanghai.
const MONDAY_TEN: Utc = Utc(1_767_578_400_000_000);

pub(super) const TRUNKS: [(&str, i64); 4] = [("A", 1), ("B", 2), ("C", 3), ("D", 4)];
const RULES: [&str; 16] = [
    "home",
    "mobile",
    "premium",
    "uk",
    "uk-mobile",
    "us",
    "us-premium",
    "bank",
    "germany",
    "no-germany",
    "france",
    "world",
    "satellite",
    "hotline",
    "burma",
    "chengdu",
];

pub(super) struct Bench {
    pub guard: TollGuard,
    pub now: Now,
    agents: Vec<Agent>,
    numbers: Vec<Number>,
    unreachable: BTreeSet<TrunkId>,
    calls: i64,
    pub ledger: Vec<(Event, Now)>,
    pub raised: Vec<(Stopped, AgentId)>,
    pub rows: usize,
}

fn agent(id: i64, name: &str, role: Role, site: i64) -> Agent {
    let (queues, skills, team) = (Vec::new(), Vec::new(), Some(TeamId(site)));
    let (name, extension) = (name.to_owned(), name.to_owned());
    Agent { id: AgentId(id), name, extension, role, queues, skills, site: SiteId(site), team }
}

fn number(id: i64, digits: &str, site: i64) -> Number {
    let (number, name) = (digits.to_owned(), digits.to_owned());
    let (flow, language, calendar) = (FlowId(1), Language::Zh, None);
    Number {
        id: NumberId(id),
        number,
        name,
        flow,
        language,
        calendar,
        site: SiteId(site),
        answer: domain::settings::AnswerWhen::AtOnce,
    }
}

fn trunk(name: &str, rewrites: &[(&str, &str)]) -> OutboundTrunk {
    let rewrite = |(begins, becomes): &(&str, &str)| Rewrite { begins: (*begins).into(), becomes: (*becomes).into() };
    OutboundTrunk {
        rewrites: rewrites.iter().map(rewrite).collect(),
        ..OutboundTrunk::plain(trunk_named(name), name.to_owned())
    }
}

fn trunk_named(name: &str) -> TrunkId {
    TrunkId(TRUNKS.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no trunk {name}")).1)
}

fn rule_named(name: &str) -> DestinationRuleId {
    let at = RULES.iter().position(|known| *known == name).unwrap_or_else(|| panic!("no rule {name}"));
    DestinationRuleId(at as i64)
}

pub(super) fn allow(name: &str, prefixes: &[&str], trunks: &[&str], shown: ShownNumber) -> DestinationRule {
    let says = Says::Allow(Allowance {
        trunks: trunks.iter().map(|name| trunk_named(name)).collect(),
        shown,
        caps: Caps::default(),
        talk_per_day: None,
        watched: false,
        alarm: None,
    });
    DestinationRule { says, ..deny(name, prefixes) }
}

pub(super) fn deny(name: &str, prefixes: &[&str]) -> DestinationRule {
    let prefixes = prefixes.iter().map(|prefix| (*prefix).to_owned()).collect();
    DestinationRule { id: rule_named(name), name: name.to_owned(), prefixes, whom: Whom::default(), says: Says::Deny }
}

fn only(whom: Whom, rule: DestinationRule) -> DestinationRule {
    DestinationRule { whom, ..rule }
}

fn with(rule: DestinationRule, change: impl FnOnce(&mut Allowance)) -> DestinationRule {
    let mut rule = rule;
    if let Says::Allow(allowance) = &mut rule.says {
        change(allowance);
    }
    rule
}

/// A: two calls out, two in, three in all. B: shows nothing when asked to, three calls a minute, five a day. C: all there are. D: in no plan.
pub(super) fn plan() -> OutboundPlan {
    use ShownNumber::{Dialled, Fixed, Site, Usual, Withheld};
    let alarm = Some(Alarm { distinct: 3, within: Duration::from_secs(600) });
    let caps = |minute, day| Caps { per_minute: Some(minute), per_day: Some(day) };
    let supervisors = Whom { roles: vec![Role::Supervisor], ..Whom::default() };
    let bob = Whom { agents: vec![AgentId(2)], ..Whom::default() };
    OutboundPlan {
        trunks: vec![
            OutboundTrunk {
                channels: Channels { total: Some(3), outbound: Some(2), inbound: Some(2) },
                ..trunk("A", &[("+86", "0")])
            },
            OutboundTrunk { withholds: true, caps: caps(3, 5), ..trunk("B", &[("+86", "70"), ("+", "700")]) },
            trunk("C", &[("+", "00")]),
        ],
        rules: vec![
            allow("home", &["0"], &["A", "B"], Usual),
            allow("mobile", &["13", "15"], &["B", "A"], Dialled),
            deny("premium", &["0168", "+86 900"]),
            only(
                supervisors,
                with(allow("uk", &["00 44"], &["C"], Site), |uk| {
                    (uk.caps, uk.talk_per_day, uk.watched) = (caps(2, 4), Some(Duration::from_secs(600)), true);
                }),
            ),
            deny("uk-mobile", &["+44 7"]),
            with(allow("us", &["+1"], &["B", "C"], Withheld), |us| us.alarm = alarm),
            deny("us-premium", &["+1 900", "+1 976"]),
            allow("bank", &["95588"], &["A"], Fixed(NumberId(503))),
            allow("germany", &["+49"], &["C"], Usual),
            deny("no-germany", &["+49"]),
            allow("france", &["+33"], &["D"], Usual),
            only(bob, allow("world", &["00"], &["C"], Usual)),
            deny("satellite", &["+870", "+881", "+882"]),
            deny("hotline", &["96110"]),
            deny("burma", &["+95"]),
            deny("chengdu", &["86 28"]),
        ],
        agent_caps: caps(6, 12),
        agent_alarm: alarm,
        number: Some(NumberId(501)),
        ..OutboundPlan::default()
    }
}

impl Bench {
    pub(super) fn new(plan: OutboundPlan) -> Bench {
        let mut guard = TollGuard::default();
        guard.adopt(plan, "Asia/Shanghai");
        Bench {
            guard,
            now: Now { mono: Mono(1_000_000_000_000_000), utc: MONDAY_TEN },
            agents: vec![
                agent(1, "ann", Role::Agent, 1),
                agent(2, "bob", Role::Agent, 2),
                agent(3, "sue", Role::Supervisor, 1),
            ],
            numbers: vec![number(501, "4001", 1), number(502, "4002", 2), number(503, "4003", 1)],
            unreachable: BTreeSet::new(),
            calls: 0,
            ledger: Vec::new(),
            raised: Vec::new(),
            rows: 0,
        }
    }

    pub(super) fn pass(&mut self, time: Duration) {
        self.now.mono = self.now.mono + time;
        self.now.utc = Utc(self.now.utc.0 + i64::try_from(time.as_micros()).unwrap());
    }

    pub(super) fn event(&mut self, event: Event) {
        self.guard.apply(&event, self.now);
        self.ledger.push((event, self.now));
    }

    /// Runs one line; gives back what a row says and what it should.
    pub(super) fn line(&mut self, line: &str) -> Option<(String, String)> {
        if line.starts_with("--") {
            *self = Bench { rows: self.rows, ..Bench::new(plan()) };
            return None;
        }
        if let Some(step) = line.strip_prefix("- ") {
            self.step(&step.split_whitespace().collect::<Vec<_>>());
            return None;
        }
        let mut parts = line.split('|').map(str::trim);
        let [Some(who), Some(typed), Some(expected), None] = [parts.next(), parts.next(), parts.next(), parts.next()]
        else {
            panic!("no row: {line}")
        };
        self.rows += 1;
        let found = match who.split_whitespace().collect::<Vec<_>>().as_slice() {
            [trunk, "rings"] => match self.guard.inbound_block(trunk_named(trunk)) {
                Some(block) => format!("busy: {block:?}"),
                None => "gets in".to_owned(),
            },
            [name, "asks"] => self.judged(name, typed, None),
            [name, "asks", "for", number] => self.judged(name, typed, Some(number)),
            [name, "tries"] => {
                let verdict = self.verdict(name, typed, None);
                self.say(&verdict)
            }
            [name, "calls"] => {
                let verdict = self.verdict(name, typed, None);
                self.begin(name, &verdict, false);
                self.say(&verdict)
            }
            _ => panic!("no row: {line}"),
        };
        Some((found, expected.to_owned()))
    }

    fn step(&mut self, words: &[&str]) {
        match words {
            ["down", trunk] => drop(self.unreachable.insert(trunk_named(trunk))),
            ["up", trunk] => drop(self.unreachable.remove(&trunk_named(trunk))),
            ["clock", back] => {
                let hours: i64 = back.trim_end_matches('h').parse().unwrap();
                self.now.utc = Utc(self.now.utc.0 + hours * 3_600_000_000);
            }
            [time] if time.starts_with('+') => {
                let (number, unit) = time[1..].split_at(time.len() - 2);
                let seconds = if unit == "m" { 60 } else { 1 };
                self.pass(Duration::from_secs(seconds * number.parse::<u64>().unwrap()));
            }
            [name, how @ ("called" | "transferred"), typed, times] => {
                for _ in 0..times[1..].parse().unwrap() {
                    let verdict = self.verdict(name, typed, None);
                    assert!(matches!(verdict, Verdict::Allowed(_)), "{words:?}: {verdict:?}");
                    self.begin(name, &verdict, *how == "transferred");
                    self.end();
                }
            }
            ["inbound", trunk] => {
                let (conversation, leg) = self.next_call();
                let (role, agent, trunk) = (PortRole::Customer, None, Some(trunk_named(trunk)));
                self.event(Event::LegJoined { conversation, leg, role, agent, trunk });
            }
            ["answered"] => {
                let (conversation, leg) = self.call();
                let (role, agent, trunk) = (PortRole::Customer, None, Some(TrunkId(1)));
                self.event(Event::LegJoined { conversation, leg, role, agent, trunk });
                self.event(Event::LegAnswered { conversation, leg });
            }
            ["ended"] => self.end(),
            ["release", who] => {
                let agent = self.agents.iter().find(|agent| agent.name == *who).map(|agent| Stopped::Agent(agent.id));
                self.release(agent.unwrap_or_else(|| Stopped::Rule(rule_named(who))));
            }
            _ => panic!("no step: {words:?}"),
        }
    }

    pub(super) fn release(&mut self, stopped: Stopped) {
        assert!(self.guard.is_stopped(stopped));
        self.event(Event::OutboundReleased { stopped, by: AgentId(9) });
        assert!(!self.guard.is_stopped(stopped));
    }

    fn call(&self) -> (ConversationId, LegId) {
        (ConversationId(self.calls), LegId(10_000 + self.calls))
    }

    fn next_call(&mut self) -> (ConversationId, LegId) {
        self.calls += 1;
        self.call()
    }

    pub(super) fn verdict(&mut self, name: &str, typed: &str, dialled: Option<&str>) -> Verdict {
        let asking = asking(&self.agents, &self.numbers, &self.unreachable, name, typed, dialled);
        let verdict = self.guard.ask(asking, self.now);
        if let Some(Raised { stopped, by, stop }) = self.guard.poll_raised() {
            self.event(Event::OutboundStopped { conversation: None, stopped, by, alarm: stop.alarm });
            self.raised.push((stopped, by));
        }
        verdict
    }

    /// Nobody takes the alarms.
    pub(super) fn ask_untold(&mut self, name: &str, typed: &str) {
        let asking = asking(&self.agents, &self.numbers, &self.unreachable, name, typed, None);
        self.guard.ask(asking, self.now);
    }

    fn judged(&self, name: &str, typed: &str, dialled: Option<&str>) -> String {
        let asking = asking(&self.agents, &self.numbers, &self.unreachable, name, typed, dialled);
        self.say(&self.guard.judge(asking, self.now))
    }

    fn begin(&mut self, name: &str, verdict: &Verdict, handed_over: bool) {
        let Verdict::Allowed(passage) = verdict else { return };
        let (conversation, _) = self.next_call();
        let agent = self.agents.iter().find(|agent| agent.name == name).unwrap().id;
        let route = Some(passage.route());
        self.event(if handed_over {
            let (transfer, kind, handling) = (TransferId(self.calls), TransferKind::Blind, HandlingId(self.calls));
            let (target, reason) = (TransferTarget::Outside(PartyId(1)), None);
            Event::TransferStarted { conversation, transfer, kind, handling, agent, target, reason, route }
        } else {
            let (segment, device, task) = (SegmentId(self.calls), None, None);
            Event::OutboundStarted { conversation, segment, agent, route, device, task }
        });
    }

    fn end(&mut self) {
        let (conversation, leg) = self.call();
        let (by, reason) = (EndedBy::Customer, EndReason::HungUp);
        self.event(Event::LegLeft { conversation, leg, by, reason, quality: None });
        self.event(Event::ConversationEnded { conversation, by, reason });
    }

    fn say(&self, verdict: &Verdict) -> String {
        match verdict {
            Verdict::Allowed(passage) => {
                let shown = self.numbers.iter().find(|number| Some(number.id) == passage.shown);
                format!(
                    "{} {} as {} by {}{}",
                    trunk_name(passage.trunk),
                    passage.sent,
                    shown.map_or("nobody", |number| number.number.as_str()),
                    passage.rule.map_or("emergency", rule_name),
                    passed_by(&passage.passed)
                )
            }
            Verdict::Denied { why, passed } => format!("no: {}{}", denial(*why), passed_by(passed)),
        }
    }
}

fn asking<'a>(
    agents: &'a [Agent],
    numbers: &'a [Number],
    unreachable: &'a BTreeSet<TrunkId>,
    name: &str,
    typed: &'a str,
    dialled: Option<&str>,
) -> Asking<'a> {
    let dialled = dialled.and_then(|digits| numbers.iter().find(|number| number.number == digits));
    Asking {
        agent: agents.iter().find(|agent| agent.name == name),
        typed,
        dialled: dialled.map(|number| number.id),
        numbers,
        unreachable,
    }
}

fn denial(why: Denial) -> String {
    match why {
        Denial::Misspelt(how) => format!("{how:?}"),
        Denial::DeniedByRule(rule) => format!("DeniedByRule {}", rule_name(rule)),
        Denial::RuleStopped(rule, _) => format!("RuleStopped {}", rule_name(rule)),
        Denial::RulePerMinute(rule) => format!("RulePerMinute {}", rule_name(rule)),
        Denial::RulePerDay(rule) => format!("RulePerDay {}", rule_name(rule)),
        Denial::RuleTalk(rule) => format!("RuleTalk {}", rule_name(rule)),
        Denial::AgentStopped(_) => "AgentStopped".to_owned(),
        Denial::UnknownAgent
        | Denial::NoRule
        | Denial::NotForAgent
        | Denial::AgentPerMinute
        | Denial::AgentPerDay
        | Denial::Uncounted
        | Denial::NoTrunk
        | Denial::TrunksFull => format!("{why:?}"),
    }
}

fn passed_by(passed: &[Passed]) -> String {
    passed.iter().map(|passed| format!(" past {}:{:?}", trunk_name(passed.trunk), passed.block)).collect()
}

fn trunk_name(id: TrunkId) -> &'static str {
    TRUNKS.iter().find(|(_, known)| *known == id.0).unwrap().0
}

fn rule_name(id: DestinationRuleId) -> &'static str {
    RULES[usize::try_from(id.0).unwrap()]
}
