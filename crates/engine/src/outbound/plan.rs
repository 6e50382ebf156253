//! The plan with its beginnings in one spelling, and which rule decides about a number.

use domain::outbound::{Allowance, DestinationRule, OutboundPlan, OutboundTrunk, Says};
use domain::settings::{Agent, dialled};
use domain::{OutboundRuleId, TrunkId};

use super::spelling::{Misspelt, beginnings, canonical};
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
    pub rule: OutboundRuleId,
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

    /// The emergency number that was typed, as it is sent.
    pub(super) fn emergency(&self, typed: &str) -> Option<String> {
        dialled(typed).filter(|number| self.emergency.contains(number))
    }

    pub(super) fn canonical(&self, typed: &str) -> Result<String, Misspelt> {
        canonical(&self.plan.home, typed)
    }

    pub(super) fn trunk(&self, id: TrunkId) -> Option<&OutboundTrunk> {
        self.plan.trunks.iter().find(|trunk| trunk.trunk == id)
    }

    /// The longest beginning decides; of two as long, the rule that denies, then the one that stands first.
    pub(super) fn find(&self, agent: &Agent, number: String) -> Result<Granted<'_>, Denial> {
        let mut best: Option<(usize, &DestinationRule)> = None;
        let mut for_others = false;
        for (rule, beginnings) in self.plan.rules.iter().zip(&self.beginnings) {
            let fitting = beginnings.iter().filter(|begins| number.starts_with(begins.as_str()));
            let Some(length) = fitting.map(String::len).max() else { continue };
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
                Ok(Granted { number, rule: *id, allowance })
            }
            Some((_, DestinationRule { id, says: Says::Deny, .. })) => Err(Denial::DeniedByRule(*id)),
            None if for_others => Err(Denial::NotForAgent),
            None => Err(Denial::NoRule),
        }
    }
}

/// A beginning that cannot be read must not open anything, and must not fail to close: a rule that denies denies every number by it.
fn beginnings_of(plan: &OutboundPlan, rule: &DestinationRule) -> Vec<String> {
    let denies = rule.says == Says::Deny;
    let read = |prefix: &String| {
        beginnings(&plan.home, prefix).unwrap_or_else(|| if denies { vec![String::new()] } else { Vec::new() })
    };
    rule.prefixes.iter().flat_map(read).collect()
}

/// The number as the carrier of a trunk wants it; `None` when it wants what was dialled.
pub(super) fn rewritten(trunk: &OutboundTrunk, number: &str) -> Option<String> {
    let fitting = trunk.rewrites.iter().filter_map(|rewrite| Some((rewrite.begins.len(), rewrite.apply(number)?)));
    fitting.max_by_key(|(length, _)| *length).map(|(_, sent)| sent)
}
