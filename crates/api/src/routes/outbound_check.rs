//! What is wrong with a plan of outbound calls; all of it at once, each with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::time::Duration;

use domain::outbound::{
    Alarm, Allowance, Caps, Channels, DestinationRule, OutboundPlan, OutboundTrunk, Rewrite, Says, ShownNumber, Whom,
};
use domain::settings::Agent;
use domain::{AgentId, DestinationRuleId, NumberId, Role, SiteId, TeamId, TrunkId};
use engine::outbound::beginnings;

use crate::faults::Faults;
use crate::json::outbound::{
    CallAlarm, CallCaps, NumberRewrite, OutboundPlanWanted, OutboundRule, OutboundTrunk as TrunkWanted, RuleSays,
    RuleWhom, ShownCode,
};
use crate::json::problem::FaultCode;
use crate::limits::{
    ALARM_DISTINCT, ALARM_WITHIN_S, CALLS_CAP, OUTBOUND_RULES_MAX, OUTBOUND_TRUNKS_MAX, PREFIX_CHARS, PREFIXES_MAX,
    REWRITES_MAX, RULE_NAME_CHARS, TALK_PER_DAY_S,
};

/// What a plan may name: what is there, and what the plan in force names already, there or not.
pub struct Known {
    pub before: OutboundPlan,
    pub trunks: BTreeSet<TrunkId>,
    pub numbers: BTreeSet<NumberId>,
    pub teams: BTreeSet<TeamId>,
    pub sites: BTreeSet<SiteId>,
    pub agents: BTreeSet<AgentId>,
    /// Who is there, with role and team.
    pub people: Vec<Agent>,
}

impl Known {
    /// Adds what the plan in force names.
    pub fn with_named(mut self) -> Known {
        self.trunks.extend(self.before.trunks.iter().map(|trunk| trunk.trunk));
        self.sites.extend(self.before.trunks.iter().filter_map(|trunk| trunk.site));
        self.numbers.extend(self.before.number);
        for rule in &self.before.rules {
            self.teams.extend(&rule.whom.teams);
            self.agents.extend(&rule.whom.agents);
            if let Says::Allow(allowance) = &rule.says {
                self.trunks.extend(&allowance.trunks);
                if let ShownNumber::Fixed(number) = allowance.shown {
                    self.numbers.insert(number);
                }
            }
        }
        self
    }

    /// The plan that is wanted. Rules that are new have an id of 0 or below, each its own.
    pub fn read(&self, wanted: &OutboundPlanWanted, faults: &mut Faults) -> OutboundPlan {
        self.cannot_be_changed(wanted, faults);
        faults.length("rules", wanted.rules.len(), 0, OUTBOUND_RULES_MAX);
        faults.length("trunks", wanted.trunks.len(), 0, OUTBOUND_TRUNKS_MAX);
        let mut trunks = self.trunks(&wanted.trunks, faults);
        let left_out: Vec<OutboundTrunk> =
            self.before.trunks.iter().filter(|one| !trunks.iter().any(|t| t.trunk == one.trunk)).cloned().collect();
        trunks.extend(left_out);
        let agent_alarm = wanted.agent_alarm.map(|given| alarm(faults, "agent_alarm", given));
        let rules: Vec<DestinationRule> =
            wanted.rules.iter().enumerate().map(|(n, rule)| self.rule(n, rule, faults)).collect();
        self.ids_are_their_own(&rules, faults);
        self.beginnings_differ(&rules, faults);
        OutboundPlan {
            trunks,
            rules,
            agent_caps: caps(faults, "agent_caps", wanted.agent_caps),
            agent_alarm,
            number: one(faults, "number_id", wanted.number_id.as_deref(), &self.numbers),
            ..self.before.clone()
        }
    }

    fn cannot_be_changed(&self, wanted: &OutboundPlanWanted, faults: &mut Faults) {
        if wanted.emergency.as_ref().is_some_and(|given| *given != self.before.emergency) {
            faults.add("emergency", FaultCode::Unknown);
        }
        if wanted.country.as_ref().is_some_and(|given| *given != self.before.home.country) {
            faults.add("country", FaultCode::Unknown);
        }
    }

    fn trunks(&self, wanted: &[TrunkWanted], faults: &mut Faults) -> Vec<OutboundTrunk> {
        let mut trunks: Vec<OutboundTrunk> = Vec::new();
        for (n, given) in wanted.iter().enumerate() {
            let at = |field: &str| format!("trunks.{n}.{field}");
            let found = faults.id(&at("trunk_id"), &given.trunk_id, |id| self.trunks.contains(id));
            let mut channel = |field: &str, given: Option<i64>| {
                given.map(|given| faults.count(&at(&format!("channels.{field}")), given, CALLS_CAP))
            };
            let channels = Channels {
                total: channel("total", given.channels.total),
                outbound: channel("outbound", given.channels.outbound),
                inbound: channel("inbound", given.channels.inbound),
            };
            let caps = caps(faults, &at("caps"), given.caps);
            let site = one(faults, &at("site_id"), given.site_id.as_deref(), &self.sites);
            let rewrites = rewrites(faults, &at("rewrites"), &given.rewrites);
            let Some(trunk) = found else { continue };
            if trunks.iter().any(|known| known.trunk == trunk) {
                faults.add(&at("trunk_id"), FaultCode::Taken);
                continue;
            }
            let name = self.before.trunk_name(trunk).unwrap_or_default().to_owned();
            let withholds = given.withholds;
            trunks.push(OutboundTrunk { trunk, name, site, channels, caps, withholds, rewrites });
        }
        trunks
    }

    fn rule(&self, n: usize, given: &OutboundRule, faults: &mut Faults) -> DestinationRule {
        let at = |field: &str| format!("rules.{n}.{field}");
        let known = |id: &DestinationRuleId| self.before.rules.iter().any(|rule| rule.id == *id);
        let id = given.id.as_deref().filter(|id| !id.is_empty());
        let fresh = DestinationRuleId(-i64::try_from(n).unwrap_or(0) - 1);
        let id = id.map_or(Some(fresh), |id| faults.id(&at("id"), id, known)).unwrap_or(fresh);
        let (least, most) = RULE_NAME_CHARS;
        let name = faults.text(&at("name"), &given.name, least, most);
        let prefixes = self.prefixes(&at("prefixes"), &given.prefixes, faults);
        let whom = self.whom(&at("whom"), &given.whom, faults);
        let says = match given.says {
            RuleSays::Deny => {
                says_nothing_more(&at, given, faults);
                Says::Deny
            }
            RuleSays::Allow => Says::Allow(self.allowance(&at, given, faults)),
        };
        DestinationRule { id, name, prefixes, whom, says }
    }

    fn prefixes(&self, field: &str, given: &[String], faults: &mut Faults) -> Vec<String> {
        faults.length(field, given.len(), 1, PREFIXES_MAX);
        let mut prefixes: Vec<String> = Vec::new();
        for (n, text) in given.iter().enumerate() {
            let at = format!("{field}.{n}");
            let prefix = faults.text(&at, text, PREFIX_CHARS.0, PREFIX_CHARS.1);
            faults.pattern(&at, &prefix, |prefix| {
                let digits = prefix.strip_prefix('+').unwrap_or(prefix);
                let is_number = prefix == "+" || !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
                is_number && beginnings(&self.before.home, prefix).is_some()
            });
            if !prefixes.contains(&prefix) {
                prefixes.push(prefix);
            }
        }
        prefixes
    }

    fn whom(&self, field: &str, given: &RuleWhom, faults: &mut Faults) -> Whom {
        let most = crate::limits::WHOM_MAX;
        let mut roles: Vec<Role> = given.roles.iter().map(|role| Role::from(*role)).collect();
        roles.sort_unstable_by_key(|role| role.name());
        roles.dedup();
        let teams = faults.ids(&format!("{field}.team_ids"), &given.team_ids, most, |id| self.teams.contains(id));
        let agents = faults.ids(&format!("{field}.agent_ids"), &given.agent_ids, most, |id| self.agents.contains(id));
        Whom { roles, teams, agents }
    }

    fn allowance(&self, at: &impl Fn(&str) -> String, given: &OutboundRule, faults: &mut Faults) -> Allowance {
        faults.length(&at("trunk_ids"), given.trunk_ids.len(), 1, OUTBOUND_TRUNKS_MAX);
        let mut trunks: Vec<TrunkId> = Vec::new();
        for (n, text) in given.trunk_ids.iter().enumerate() {
            let field = at(&format!("trunk_ids.{n}"));
            match faults.id(&field, text, |id| self.trunks.contains(id)) {
                Some(id) if trunks.contains(&id) => faults.add(&field, FaultCode::Taken),
                found => trunks.extend(found),
            }
        }
        let shown = match given.shown {
            ShownCode::Usual => ShownNumber::Usual,
            ShownCode::Dialled => ShownNumber::Dialled,
            ShownCode::Site => ShownNumber::Site,
            ShownCode::Withheld => ShownNumber::Withheld,
            ShownCode::Fixed => {
                let field = at("number_id");
                if given.number_id.as_deref().is_none_or(str::is_empty) {
                    faults.add(&field, FaultCode::Missing);
                }
                let number = one(faults, &field, given.number_id.as_deref(), &self.numbers);
                number.map_or(ShownNumber::Usual, ShownNumber::Fixed)
            }
        };
        let talk = given.talk_per_day_s.map(|talk| faults.count(&at("talk_per_day_s"), talk, TALK_PER_DAY_S));
        Allowance {
            trunks,
            shown,
            caps: caps(faults, &at("caps"), given.caps),
            talk_per_day: talk.map(|talk| Duration::from_secs(talk.into())),
            watched: given.watched,
            alarm: given.alarm.map(|given| alarm(faults, &at("alarm"), given)),
        }
    }

    fn ids_are_their_own(&self, rules: &[DestinationRule], faults: &mut Faults) {
        for (n, rule) in rules.iter().enumerate() {
            if rules.iter().take(n).any(|before| before.id == rule.id) {
                faults.add(&format!("rules.{n}.id"), FaultCode::Taken);
            }
        }
    }

    /// Of two rules that allow the same beginning to the same people, the second would never be asked.
    fn beginnings_differ(&self, rules: &[DestinationRule], faults: &mut Faults) {
        let meant: Vec<BTreeSet<AgentId>> = rules.iter().map(|rule| self.meant(&rule.whom)).collect();
        // Which rules allow a beginning: a long plan has tens of thousands.
        let mut taken: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (n, (rule, own)) in rules.iter().zip(&meant).enumerate() {
            if rule.says == Says::Deny {
                continue;
            }
            let before = rules.iter().zip(&meant).take(n).enumerate();
            let rivals: BTreeSet<usize> = before
                .filter(|(_, (other, theirs))| meet(&other.whom, &rule.whom) || !own.is_disjoint(theirs))
                .map(|(at, _)| at)
                .collect();
            let mut found: Vec<String> = Vec::new();
            for (m, prefix) in rule.prefixes.iter().enumerate() {
                let begins = beginnings(&self.before.home, prefix).unwrap_or_default();
                if begins.iter().filter_map(|one| taken.get(one)).flatten().any(|at| rivals.contains(at)) {
                    faults.add(&format!("rules.{n}.prefixes.{m}"), FaultCode::Taken);
                }
                found.extend(begins);
            }
            for begins in found {
                taken.entry(begins).or_default().push(n);
            }
        }
    }

    /// Agents a rule is for, by whatever it says of them.
    fn meant(&self, whom: &Whom) -> BTreeSet<AgentId> {
        let of_settings = self.people.iter().filter(|one| whom.is_for(one.id, one.role, one.team)).map(|one| one.id);
        of_settings.chain(whom.agents.iter().copied()).collect()
    }
}

/// Whether somebody may be meant by both, who need not be there yet.
fn meet(one: &Whom, other: &Whom) -> bool {
    let is_everybody = |whom: &Whom| *whom == Whom::default();
    is_everybody(one)
        || is_everybody(other)
        || one.roles.iter().any(|role| other.roles.contains(role))
        || one.teams.iter().any(|team| other.teams.contains(team))
}

/// A rule that denies says how nothing is called.
fn says_nothing_more(at: &impl Fn(&str) -> String, given: &OutboundRule, faults: &mut Faults) {
    faults.length(&at("trunk_ids"), given.trunk_ids.len(), 0, 0);
    let said = [
        ("number_id", given.number_id.is_some()),
        ("caps", given.caps != CallCaps::default()),
        ("talk_per_day_s", given.talk_per_day_s.is_some()),
        ("watched", given.watched),
        ("alarm", given.alarm.is_some()),
    ];
    for (field, _) in said.into_iter().filter(|(_, is_said)| *is_said) {
        faults.add_limit(&at(field), FaultCode::TooLarge, Some(0));
    }
}

fn one<T: FromStr + Ord>(faults: &mut Faults, field: &str, text: Option<&str>, known: &BTreeSet<T>) -> Option<T> {
    text.filter(|text| !text.is_empty()).and_then(|text| faults.id(field, text, |id| known.contains(id)))
}

fn caps(faults: &mut Faults, field: &str, given: CallCaps) -> Caps {
    let mut count =
        |name: &str, given: Option<i64>| given.map(|given| faults.count(&format!("{field}.{name}"), given, CALLS_CAP));
    Caps { per_minute: count("per_minute", given.per_minute), per_day: count("per_day", given.per_day) }
}

fn alarm(faults: &mut Faults, field: &str, given: CallAlarm) -> Alarm {
    let distinct = faults.count(&format!("{field}.distinct"), given.distinct, ALARM_DISTINCT);
    let within = faults.count(&format!("{field}.within_s"), given.within_s, ALARM_WITHIN_S);
    Alarm { distinct, within: Duration::from_secs(within.into()) }
}

fn rewrites(faults: &mut Faults, field: &str, given: &[NumberRewrite]) -> Vec<Rewrite> {
    faults.length(field, given.len(), 0, REWRITES_MAX);
    let mut rewrites: Vec<Rewrite> = Vec::new();
    for (n, NumberRewrite { begins, becomes }) in given.iter().enumerate() {
        let mut number = |name: &str, text: &str| {
            let at = format!("{field}.{n}.{name}");
            let text = faults.text(&at, text, 0, PREFIX_CHARS.1);
            faults.pattern(&at, &text, |text| {
                text.strip_prefix('+').unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit())
            });
            text
        };
        let rewrite = Rewrite { begins: number("begins", begins), becomes: number("becomes", becomes) };
        if rewrites.iter().any(|known| known.begins == rewrite.begins) {
            faults.add(&format!("{field}.{n}.begins"), FaultCode::Taken);
        }
        rewrites.push(rewrite);
    }
    rewrites
}
