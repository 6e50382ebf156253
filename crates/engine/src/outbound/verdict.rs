//! What the guard says of a number.

use domain::outbound::{Alarm, OutboundRoute, Passed, Stopped};
use domain::{AgentId, DestinationRuleId, NumberId, TrunkId, Utc};

use super::spelling::Misspelt;

/// Whether a number may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Allowed(Passage),
    /// It may not.
    Denied {
        /// Why.
        why: Denial,
        /// The trunks that were looked at in vain.
        passed: Vec<Passed>,
    },
}

/// How a number is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Through which trunk.
    pub trunk: TrunkId,
    /// The number as the carrier wants it.
    pub sent: String,
    /// The number of ours that is shown; `None` shows none.
    pub shown: Option<NumberId>,
    /// The number of ours that the carrier is told when none is shown.
    pub withheld: Option<NumberId>,
    /// The rule that allowed it; `None` for an emergency number.
    pub rule: Option<DestinationRuleId>,
    /// Better trunks that could not be taken.
    pub passed: Vec<Passed>,
}

/// Why a number may not be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// It is none.
    Misspelt(Misspelt),
    /// Nobody knows the agent.
    UnknownAgent,
    /// No rule fits it.
    NoRule,
    /// Rules fit it, for other agents.
    NotForAgent,
    /// A rule denies it.
    DeniedByRule(DestinationRuleId),
    /// The agent is stopped.
    AgentStopped(Stop),
    /// The rule is stopped.
    RuleStopped(DestinationRuleId, Stop),
    /// The agent began as many calls in the last minute as an agent may.
    AgentPerMinute,
    /// The agent began as many calls today as an agent may.
    AgentPerDay,
    /// As many calls were begun by the rule in the last minute as may.
    RulePerMinute(DestinationRuleId),
    /// As many calls were begun by the rule today as may.
    RulePerDay(DestinationRuleId),
    /// By the rule people talked as long today as they may.
    RuleTalk(DestinationRuleId),
    /// More agents or rules call than are counted.
    Uncounted,
    /// The rule has no trunk, or the plan none for emergencies.
    NoTrunk,
    /// Every trunk that works is at a limit; or none works, and each is at one.
    TrunksFull,
}

/// Since when, and by what, calls are stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Since when.
    pub since: Utc,
    /// What was exceeded.
    pub alarm: Alarm,
}

impl Passage {
    /// What the ledger keeps of it.
    pub fn route(&self) -> OutboundRoute {
        OutboundRoute { trunk: self.trunk, rule: self.rule, passed: self.passed.clone() }
    }
}

/// A stop that somebody has to be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raised {
    /// Who, or what, is stopped.
    pub stopped: Stopped,
    /// Whose call it was.
    pub by: AgentId,
    /// The stop.
    pub stop: Stop,
}
