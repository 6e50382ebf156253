//! What may be called outside: the plan, what it says of a number, and what it stopped.

use domain::outbound::{Alarm, Caps, Channels, DestinationRule, OutboundPlan as Plan, Rewrite, Says, ShownNumber};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::Named;
use super::codes::{RoleCode, TrunkBlock};

/// A field that must be there, though it may be null: what an older client does not know of is refused and not dropped.
fn there<'de, D: Deserializer<'de>, T: Deserialize<'de>>(given: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(given)
}

/// Everything outbound calls are decided by.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct OutboundPlan {
    /// To be handed back with a change; 0 while nobody ever set one.
    pub version: i64,
    /// Numbers everybody may always call; they cannot be changed.
    pub emergency: Vec<String>,
    /// The code of the country numbers are read in; it cannot be changed.
    pub country: String,
    /// What each agent may at most.
    pub agent_caps: CallCaps,
    /// Stops an agent who calls too many different watched numbers.
    #[schema(required = true)]
    pub agent_alarm: Option<CallAlarm>,
    /// The number that is shown when a rule chooses none; the first of all when it is null.
    #[schema(required = true)]
    pub number_id: Option<String>,
    /// Every trunk; an emergency call takes the first that works.
    pub trunks: Vec<OutboundTrunk>,
    /// What may be called, and what may not.
    pub rules: Vec<OutboundRule>,
}

/// A plan in place of the one before. A trunk that is left out keeps what was said of it, and a cap that is left out is none.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutboundPlanWanted {
    /// The version the change was made from; 0 for the first.
    pub version: i64,
    /// May be handed back as it was read, and be nothing else.
    pub emergency: Option<Vec<String>>,
    /// The same.
    pub country: Option<String>,
    /// What each agent may at most.
    pub agent_caps: CallCaps,
    /// Stops an agent.
    #[serde(deserialize_with = "there")]
    #[schema(required = true)]
    pub agent_alarm: Option<CallAlarm>,
    /// The number that is shown.
    #[serde(deserialize_with = "there")]
    #[schema(required = true)]
    pub number_id: Option<String>,
    /// The trunks, in the order emergency calls look for one.
    pub trunks: Vec<OutboundTrunk>,
    /// Up to 200 rules.
    pub rules: Vec<OutboundRule>,
}

/// A trunk as outbound calls see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutboundTrunk {
    /// Which.
    pub trunk_id: String,
    /// Its name; empty for one that is not there any more. Not looked at in a change.
    #[serde(default)]
    pub name: String,
    /// The site whose own line it is: emergency calls from there take it first. Null when it is nobody's.
    #[serde(default)]
    pub site_id: Option<String>,
    /// Calls at once.
    pub channels: CallChannels,
    /// Calls in a time, to the carrier.
    pub caps: CallCaps,
    /// Whether a call without a number of ours goes through.
    pub withholds: bool,
    /// How its carrier wants numbers; the longest beginning that fits is done, and without one the number is sent as it was dialled.
    pub rewrites: Vec<NumberRewrite>,
}

/// Calls at once; null is as many as there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallChannels {
    /// In both directions together.
    pub total: Option<i64>,
    /// To the carrier.
    pub outbound: Option<i64>,
    /// From the carrier; the next call is told busy.
    pub inbound: Option<i64>,
}

/// Calls in a time; null is as many as anybody likes. None at all is a rule that denies, not a cap of 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallCaps {
    /// In any sixty seconds.
    pub per_minute: Option<i64>,
    /// On a day of the centre.
    pub per_day: Option<i64>,
}

/// More different numbers in a time stop calls until a person releases them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallAlarm {
    /// Different numbers that are still no alarm.
    pub distinct: i64,
    /// In which time, seconds.
    pub within_s: i64,
}

/// The beginning of a number becomes another one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberRewrite {
    /// `+` and the code of a country, or digits; empty fits every number.
    pub begins: String,
    /// What stands there instead.
    pub becomes: String,
}

/// One rule about numbers that begin alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutboundRule {
    /// Its id; null or left out for a new one.
    pub id: Option<String>,
    /// What people call it.
    pub name: String,
    /// Beginnings of numbers, digits with a leading `+` where wanted. The longest that fits decides, of two as long the one that denies.
    pub prefixes: Vec<String>,
    /// Whom it is for.
    pub whom: RuleWhom,
    /// What it says.
    pub says: RuleSays,
    /// Trunks, the best first; none in a rule that denies.
    pub trunk_ids: Vec<String>,
    /// The number the far side sees.
    pub shown: ShownCode,
    /// Which, for `fixed`.
    #[serde(deserialize_with = "there")]
    #[schema(required = true)]
    pub number_id: Option<String>,
    /// Calls of all agents together.
    pub caps: CallCaps,
    /// Talk of all agents together on a day, seconds.
    #[serde(deserialize_with = "there")]
    #[schema(required = true)]
    pub talk_per_day_s: Option<i64>,
    /// Whether its numbers count for the alarm of the agent.
    pub watched: bool,
    /// Stops the rule.
    #[serde(deserialize_with = "there")]
    #[schema(required = true)]
    pub alarm: Option<CallAlarm>,
}

/// Agents a rule is for: everybody while all lists are empty, else whoever stands in one of them. What is not there any more stays in its
/// list and stands for nobody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleWhom {
    /// By role.
    pub roles: Vec<RoleCode>,
    /// By team.
    pub team_ids: Vec<String>,
    /// By name.
    pub agent_ids: Vec<String>,
}

/// What a rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleSays {
    /// May be called.
    Allow,
    /// Not to be called.
    Deny,
}

/// Which number of ours the far side sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShownCode {
    /// The one of the plan.
    Usual,
    /// Always the one of the rule.
    Fixed,
    /// The one the customer dialled.
    Dialled,
    /// The one of the agent's site.
    Site,
    /// None, where the trunk lets it through.
    Withheld,
}

/// A number to be tried; nothing is called and nothing is counted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutboundTry {
    /// As it would be dialled.
    pub number: String,
    /// By whom.
    pub agent_id: String,
    /// Judged by this plan instead of the one in force.
    pub plan: Option<OutboundPlanWanted>,
}

/// What a plan says of a number.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct OutboundTrial {
    /// Whether it may be called.
    pub allowed: bool,
    /// Why not.
    #[schema(required = true)]
    pub reason: Option<DenialCode>,
    /// The rule that decides; its id is empty while it has none.
    #[schema(required = true)]
    pub rule: Option<Named>,
    /// The trunk it would take.
    #[schema(required = true)]
    pub trunk: Option<Named>,
    /// The number as the carrier would get it.
    #[schema(required = true)]
    pub sent: Option<String>,
    /// The number that would be shown, masked when it is of a site the caller may not see; null when none is.
    #[schema(required = true)]
    pub shown: Option<String>,
    /// Whether it is an emergency number.
    pub emergency: bool,
    /// Better trunks that could not be taken.
    pub passed: Vec<PassedTrunk>,
}

/// A trunk that could not be taken.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PassedTrunk {
    /// Which.
    pub trunk: Named,
    /// Why.
    pub why: TrunkBlock,
}

/// Why a number may not be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DenialCode {
    /// It is none.
    Misspelt,
    /// Nobody knows the agent.
    UnknownAgent,
    /// No rule fits it.
    NoRule,
    /// Rules fit it, for other agents.
    NotForAgent,
    /// A rule denies it.
    DeniedByRule,
    /// The agent is stopped.
    AgentStopped,
    /// The rule is stopped.
    RuleStopped,
    /// The agent's cap of the minute.
    AgentPerMinute,
    /// The agent's cap of the day.
    AgentPerDay,
    /// The rule's cap of the minute.
    RulePerMinute,
    /// The rule's cap of the day.
    RulePerDay,
    /// The rule's talk of the day.
    RuleTalk,
    /// More agents or rules call than are counted.
    Uncounted,
    /// The rule has no trunk, or there is none for emergencies.
    NoTrunk,
    /// Every trunk is at a limit.
    TrunksFull,
}

/// A stop of calls outside.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct OutboundStop {
    /// Whose calls are stopped; the name is empty for one who is not there any more.
    #[schema(required = true)]
    pub agent: Option<Named>,
    /// Calls by which rule are stopped; the same.
    #[schema(required = true)]
    pub rule: Option<Named>,
    /// Since when, microseconds UTC.
    pub since: i64,
    /// Different numbers that were still no alarm.
    pub distinct: u32,
    /// In which time, seconds.
    pub within_s: i64,
}

/// Stops that nobody released yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutboundStops {
    /// All of them, the agents first.
    pub items: Vec<OutboundStop>,
}

/// A stop to be released: of one agent, or of one rule.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutboundRelease {
    /// Whose.
    pub agent_id: Option<String>,
    /// Of which rule.
    pub rule_id: Option<String>,
}

impl OutboundPlan {
    /// The plan as the public sees it.
    pub fn of(plan: &Plan, version: u64) -> OutboundPlan {
        OutboundPlan {
            version: i64::try_from(version).unwrap_or(i64::MAX),
            emergency: plan.emergency.clone(),
            country: plan.home.country.clone(),
            agent_caps: plan.agent_caps.into(),
            agent_alarm: plan.agent_alarm.map(CallAlarm::from),
            number_id: plan.number.map(|id| id.to_string()),
            trunks: plan.trunks.iter().map(OutboundTrunk::from).collect(),
            rules: plan.rules.iter().map(OutboundRule::from).collect(),
        }
    }
}

impl From<Caps> for CallCaps {
    fn from(caps: Caps) -> CallCaps {
        CallCaps { per_minute: caps.per_minute.map(i64::from), per_day: caps.per_day.map(i64::from) }
    }
}

impl From<Alarm> for CallAlarm {
    fn from(alarm: Alarm) -> CallAlarm {
        CallAlarm { distinct: i64::from(alarm.distinct), within_s: seconds(alarm.within) }
    }
}

impl From<&domain::outbound::OutboundTrunk> for OutboundTrunk {
    fn from(trunk: &domain::outbound::OutboundTrunk) -> OutboundTrunk {
        let Channels { total, outbound, inbound } = trunk.channels;
        let [total, outbound, inbound] = [total, outbound, inbound].map(|count| count.map(i64::from));
        let rewrite = |one: &Rewrite| NumberRewrite { begins: one.begins.clone(), becomes: one.becomes.clone() };
        OutboundTrunk {
            trunk_id: trunk.trunk.to_string(),
            name: trunk.name.clone(),
            site_id: trunk.site.map(|site| site.to_string()),
            channels: CallChannels { total, outbound, inbound },
            caps: trunk.caps.into(),
            withholds: trunk.withholds,
            rewrites: trunk.rewrites.iter().map(rewrite).collect(),
        }
    }
}

impl From<&DestinationRule> for OutboundRule {
    fn from(rule: &DestinationRule) -> OutboundRule {
        let bare = OutboundRule {
            id: Some(rule.id.to_string()),
            name: rule.name.clone(),
            prefixes: rule.prefixes.clone(),
            whom: RuleWhom {
                roles: rule.whom.roles.iter().map(|role| RoleCode::from(*role)).collect(),
                team_ids: rule.whom.teams.iter().map(ToString::to_string).collect(),
                agent_ids: rule.whom.agents.iter().map(ToString::to_string).collect(),
            },
            says: RuleSays::Deny,
            trunk_ids: Vec::new(),
            shown: ShownCode::Usual,
            number_id: None,
            caps: CallCaps::default(),
            talk_per_day_s: None,
            watched: false,
            alarm: None,
        };
        let Says::Allow(allowance) = &rule.says else { return bare };
        let (shown, number) = match allowance.shown {
            ShownNumber::Usual => (ShownCode::Usual, None),
            ShownNumber::Fixed(number) => (ShownCode::Fixed, Some(number)),
            ShownNumber::Dialled => (ShownCode::Dialled, None),
            ShownNumber::Site => (ShownCode::Site, None),
            ShownNumber::Withheld => (ShownCode::Withheld, None),
        };
        OutboundRule {
            says: RuleSays::Allow,
            trunk_ids: allowance.trunks.iter().map(ToString::to_string).collect(),
            shown,
            number_id: number.map(|number| number.to_string()),
            caps: allowance.caps.into(),
            talk_per_day_s: allowance.talk_per_day.map(seconds),
            watched: allowance.watched,
            alarm: allowance.alarm.map(CallAlarm::from),
            ..bare
        }
    }
}

/// Whole seconds.
pub fn seconds(duration: std::time::Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
