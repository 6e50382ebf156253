//! The plan with its beginnings in one spelling, and which rule decides about a number.

use domain::outbound::{Allowance, DestinationRule, OutboundPlan, OutboundTrunk, Says};
use domain::settings::{Agent, dialled};
use domain::{DestinationRuleId, TrunkId};

use super::reading::{Reading, denied_beginnings, read};
use super::spelling::{Misspelt, beginnings, begins};
use super::verdict::Denial;

/// A plan that can be asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    plan: OutboundPlan,
    /// The beginnings of each rule, in the order of the rules.
    beginnings: Vec<Vec<String>>,
    emergency: Vec<String>,
}

/// The rule that allows a number.
#[derive(Clone, Debug)]
pub(super) struct Granted<'a> {
    /// In the one spelling.
    pub number: String,
    pub rule: DestinationRuleId,
    pub allowance: &'a Allowance,
}

impl Plan {
    pub(super) fn new(plan: OutboundPlan) -> Plan {
        let beginnings = plan.rules.iter().map(|rule| beginnings_of(&plan, rule)).collect();
        let emergency = plan.emergency.iter().filter_map(|number| dialled(number)).collect();
        Plan { plan, beginnings, emergency }
    }

    pub(super) fn settings(&self) -> &OutboundPlan {
        &self.plan
    }

    /// The emergency number that was typed, as it is sent: without the code for a line that may stand before it.
    pub(super) fn emergency(&self, typed: &str) -> Option<String> {
        let number = dialled(typed)?;
        let codes = self.plan.emergency_access.iter().filter_map(|code| begins(&number, code));
        let found = std::iter::once(number.as_str()).chain(codes).find(|known| self.is_emergency(known))?;
        Some(found.to_owned())
    }

    /// Whether it is an emergency number as it stands.
    fn is_emergency(&self, number: &str) -> bool {
        self.emergency.iter().any(|known| known == number)
    }

    pub(super) fn read(&self, typed: &str) -> Result<Reading, Misspelt> {
        read(&self.plan.home, typed)
    }

    pub(super) fn trunk(&self, id: TrunkId) -> Option<&OutboundTrunk> {
        self.plan.trunks.iter().find(|trunk| trunk.trunk == id)
    }

    /// The longest beginning decides; of two as long, the rule that denies, then the one that stands first. A rule that denies looks at every
    /// reading.
    pub(super) fn find(&self, agent: &Agent, reading: Reading) -> Result<Granted<'_>, Denial> {
        let mut best: Option<(usize, &DestinationRule)> = None;
        let mut for_others = false;
        for (rule, beginnings) in self.plan.rules.iter().zip(&self.beginnings) {
            let Some(length) = longest(rule, beginnings, &reading) else { continue };
            if !rule.whom.is_for(agent.id, agent.role, agent.team) {
                for_others |= rule.says != Says::Deny;
                continue;
            }
            let is_better = best.is_none_or(|(longest, known)| {
                length > longest || length == longest && rule.says == Says::Deny && known.says != Says::Deny
            });
            if is_better {
                best = Some((length, rule));
            }
        }
        match best {
            Some((_, DestinationRule { id, says: Says::Allow(allowance), .. })) => {
                Ok(Granted { number: reading.number, rule: *id, allowance })
            }
            Some((_, DestinationRule { id, says: Says::Deny, .. })) => Err(Denial::DeniedByRule(*id)),
            None if for_others => Err(Denial::NotForAgent),
            None => Err(Denial::NoRule),
        }
    }
}

/// Digits of the longest beginning that fits; `None` when none does.
fn longest(rule: &DestinationRule, beginnings: &[String], reading: &Reading) -> Option<usize> {
    let fits = |number: &str| {
        let fitting = beginnings.iter().filter(|begins| number.starts_with(begins.as_str()));
        fitting.map(|begins| digits(begins)).max()
    };
    let whole = fits(&reading.number);
    if rule.says != Says::Deny {
        return whole;
    }
    // A beginning that could not be read denies what is called, not what it could be.
    let others = reading.others.iter().filter_map(|other| Some((fits(&other.number)?, other.left_out)));
    let others = others.filter(|(length, _)| *length > 0).map(|(length, left_out)| length + left_out);
    whole.max(others.max())
}

fn digits(begins: &str) -> usize {
    begins.trim_start_matches('+').len()
}

/// A beginning that cannot be read must not open anything, and must not fail to close: a rule that denies denies every number by it.
fn beginnings_of(plan: &OutboundPlan, rule: &DestinationRule) -> Vec<String> {
    let denies = rule.says == Says::Deny;
    let read = |prefix: &String| {
        beginnings(&plan.home, prefix).unwrap_or_else(|| if denies { vec![String::new()] } else { Vec::new() })
    };
    let found = rule.prefixes.iter().flat_map(read).collect();
    if denies { denied_beginnings(&plan.home, found) } else { found }
}

/// The number as the carrier of a trunk wants it; `None` when it wants what was dialled.
pub(super) fn rewritten(trunk: &OutboundTrunk, number: &str) -> Option<String> {
    let fitting = trunk.rewrites.iter().filter_map(|rewrite| Some((rewrite.begins.len(), rewrite.apply(number)?)));
    fitting.max_by_key(|(length, _)| *length).map(|(_, sent)| sent)
}
