//! What may be called outside, by whom, how often, through which trunk, and which number of ours is shown.
//!
//! Nothing is allowed until a rule allows it. Of the rules whose beginning fits, the longest decides; of two that are as long, the one that
//! denies. Emergency numbers stand outside all of it.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::{AgentId, DestinationRuleId, LegId, NumberId, Role, SiteId, TeamId, TrunkId};

/// Calls a minute of one agent that nobody set otherwise: no hand dials every two seconds, a script does.
pub const AGENT_CALLS_PER_MINUTE: u32 = 30;

/// Calls a day of one agent that nobody set otherwise: three a minute for eleven hours.
pub const AGENT_CALLS_PER_DAY: u32 = 2_000;

/// Police, fire, ambulance and road accidents in China.
pub const EMERGENCY_CN: [&str; 4] = ["110", "119", "120", "122"];

/// Whether `name` could not be dialled as an extension or a phone: whoever dials it means those who help.
pub fn is_emergency_number(name: &str) -> bool {
    EMERGENCY_CN.contains(&name.trim())
}

/// Codes for a line outside that people dial before an emergency number, as they do at a switchboard, though ours needs none.
const EMERGENCY_ACCESS: [&str; 2] = ["9", "0"];

/// Service numbers in China that may be longer than the numbers of a town: how they begin, and their digits at most. 95 are those of companies,
/// 400 and 800 those whose price the company shares or pays. Ten digits that begin with 95 are a town of Ningxia without its zero.
const SERVICES_CN: [(&str, usize); 3] = [("400", 10), ("800", 10), ("95", 9)];

/// Digits a number has within the largest towns of China; more than 12345 or 10086 with what may stand behind.
const LOCAL_DIGITS_CN: usize = 8;

/// Digits with the 86 before them and no `+`: two of the country, then ten or eleven of a town or a mobile, with or without the zero of the town.
const WHOLE_DIGITS_CN: RangeInclusive<usize> = 12..=13;

/// Codes in China that choose a carrier, or a line of the house, before the number itself.
const ACCESS_CN: [&str; 11] =
    ["9", "17901", "17908", "17909", "17911", "17931", "17951", "17969", "12593", "10193", "11808"];

/// Everything outbound calls are decided by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundPlan {
    /// How numbers are spelled where the trunks are.
    pub home: Home,
    /// Numbers that everybody may always call: whole numbers, never beginnings.
    pub emergency: Vec<String>,
    /// Codes that may stand before an emergency number and are left out.
    pub emergency_access: Vec<String>,
    /// The trunks; an emergency call takes the first that works, those of the agent's site before the others, or the first when none seems to.
    pub trunks: Vec<OutboundTrunk>,
    /// What may be called, and what may not.
    pub rules: Vec<DestinationRule>,
    /// What each agent may at most.
    pub agent_caps: Caps,
    /// Stops an agent who calls too many different watched numbers.
    pub agent_alarm: Option<Alarm>,
    /// The number shown when a rule chooses none that there is; the first of all when this is none either.
    pub number: Option<NumberId>,
}

/// How numbers are spelled in a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Its code, digits alone.
    pub country: String,
    /// What stands before a number of another country, beside `+`.
    pub international: String,
    /// What stands before a number of another town.
    pub national: String,
    /// Codes that may stand before any number and lead to the same one.
    pub access: Vec<String>,
    /// Beginnings of numbers that are the same in the whole country and are dialled as they are.
    pub mobile: Vec<String>,
    /// Digits such a number has.
    pub mobile_digits: usize,
    /// Digits of a number that begins with the code of the country and nothing before it.
    pub whole_digits: RangeInclusive<usize>,
    /// Digits a number that is dialled as it is may have. Longer ones hide another number, such as one abroad without its `+`.
    pub local_digits: usize,
    /// Numbers that are dialled as they are and may be longer.
    pub services: Vec<Service>,
}

/// Service numbers that begin alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Their beginning.
    pub begins: String,
    /// Digits they may have.
    pub digits: usize,
}

/// A trunk as outbound calls see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundTrunk {
    /// Which.
    pub trunk: TrunkId,
    /// What people call it; empty for one that is not there any more.
    pub name: String,
    /// The site whose own line it is: emergency calls from there take it first.
    pub site: Option<SiteId>,
    /// Calls at once.
    pub channels: Channels,
    /// Calls in a time, outbound.
    pub caps: Caps,
    /// Whether a call without a number of ours goes through.
    pub withholds: bool,
    /// How its carrier wants numbers; the one with the longest beginning that fits is done. Without one the number is sent as it was dialled.
    pub rewrites: Vec<Rewrite>,
}

/// Calls at once; `None` is as many as there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Channels {
    /// In both directions together.
    pub total: Option<u32>,
    /// To the carrier.
    pub outbound: Option<u32>,
    /// From the carrier.
    pub inbound: Option<u32>,
}

/// The beginning of a number becomes another one. The number is the one that was judged and not the spelling that was dialled:
/// of `+86 021 …` a carrier would get `00 21 …`, which lies in Africa.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// `+` and the code of a country, or the digits of a number without one; empty fits every number.
    pub begins: String,
    /// What stands there instead.
    pub becomes: String,
}

/// Calls in a time; `None` is as many as anybody likes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caps {
    /// In any sixty seconds.
    pub per_minute: Option<u32>,
    /// On a day of the tenant.
    pub per_day: Option<u32>,
}

/// One rule about numbers that begin alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DestinationRule {
    /// Its id.
    pub id: DestinationRuleId,
    /// What people call it.
    pub name: String,
    /// Beginnings of numbers, in any spelling. One that cannot be read denies everything in a rule that denies, and allows nothing in one that allows.
    pub prefixes: Vec<String>,
    /// Whom it is for; for everybody else it is not there.
    pub whom: Whom,
    /// What it says.
    pub says: Says,
}

/// Agents a rule is for. Everybody while all three are empty, else whoever stands in one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whom {
    /// By role.
    pub roles: Vec<Role>,
    /// By team.
    pub teams: Vec<TeamId>,
    /// By name.
    pub agents: Vec<AgentId>,
}

/// What a rule says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// Not to be called.
    Deny,
    /// May be called.
    Allow(Allowance),
}

/// How numbers of a rule may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Trunks, the best first.
    pub trunks: Vec<TrunkId>,
    /// The number of ours that is shown.
    pub shown: ShownNumber,
    /// Calls of all agents together.
    pub caps: Caps,
    /// Talk of all agents together on a day of the tenant; calls that are up then go on.
    pub talk_per_day: Option<Duration>,
    /// Whether its numbers are dear enough to count for the alarm of the agent.
    pub watched: bool,
    /// Stops the rule when too many different numbers of it are called.
    pub alarm: Option<Alarm>,
}

/// Which number of ours the far side sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownNumber {
    /// The one of the plan.
    Usual,
    /// Always this one.
    Fixed(NumberId),
    /// The one the customer dialled; without a customer the one of the agent's site.
    Dialled,
    /// The one of the agent's site.
    Site,
    /// None, where the trunk lets it through; else the one of the agent's site.
    Withheld,
}

/// How a call went outside: what the ledger keeps of the guard's verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundRoute {
    /// The trunk it goes through.
    pub trunk: TrunkId,
    /// The rule that allowed it; `None` for an emergency number.
    pub rule: Option<DestinationRuleId>,
    /// Better trunks that could not be taken, in the order they were looked at.
    pub passed: Vec<Passed>,
}

/// A call to an agent's number outside that goes on through another trunk, which is another leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedLeg {
    /// The leg it was.
    pub from: LegId,
    /// The leg it becomes.
    pub to: LegId,
}

/// A trunk that could not be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Which.
    pub trunk: TrunkId,
    /// Why.
    pub block: Block,
}

/// Why a trunk cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// The plan does not know it.
    Unknown,
    /// It does not work.
    Unreachable,
    /// As many calls are up as may, in both directions together.
    Full,
    /// As many calls to the carrier are up as may.
    OutboundFull,
    /// As many calls from the carrier are up as may.
    InboundFull,
    /// As many calls were begun in the last minute as may.
    PerMinute,
    /// As many calls were begun today as may.
    PerDay,
}

/// Who, or what, is stopped by an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stopped {
    /// Every call of this agent.
    Agent(AgentId),
    /// Every call by this rule.
    Rule(DestinationRuleId),
}

/// More different numbers than `distinct` within `within` are an alarm: calls stop until a person releases them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Numbers that are still no alarm.
    pub distinct: u32,
    /// In which time.
    pub within: Duration,
}

impl Home {
    /// China.
    pub fn china() -> Home {
        Home {
            country: "86".to_owned(),
            international: "00".to_owned(),
            national: "0".to_owned(),
            access: ACCESS_CN.map(str::to_owned).to_vec(),
            mobile: ["13", "14", "15", "16", "17", "18", "19"].map(str::to_owned).to_vec(),
            mobile_digits: 11,
            whole_digits: WHOLE_DIGITS_CN,
            local_digits: LOCAL_DIGITS_CN,
            services: SERVICES_CN.map(|(begins, digits)| Service { begins: begins.to_owned(), digits }).to_vec(),
        }
    }
}

/// Nothing may be called but the emergency numbers of China, and those through no trunk.
impl Default for OutboundPlan {
    fn default() -> OutboundPlan {
        OutboundPlan {
            home: Home::china(),
            emergency: EMERGENCY_CN.map(str::to_owned).to_vec(),
            emergency_access: EMERGENCY_ACCESS.map(str::to_owned).to_vec(),
            trunks: Vec::new(),
            rules: Vec::new(),
            agent_caps: Caps { per_minute: Some(AGENT_CALLS_PER_MINUTE), per_day: Some(AGENT_CALLS_PER_DAY) },
            agent_alarm: None,
            number: None,
        }
    }
}

impl OutboundPlan {
    /// Whether the number is the one usually shown, or the one a rule shows.
    pub fn shows(&self, number: NumberId) -> bool {
        let is_fixed = |rule: &DestinationRule| match &rule.says {
            Says::Allow(allowance) => allowance.shown == ShownNumber::Fixed(number),
            Says::Deny => false,
        };
        self.number == Some(number) || self.rules.iter().any(is_fixed)
    }

    /// One rule for everybody through one trunk, without caps of its own, and without codes before a number: a 9 is a 9.
    pub fn with_one_rule(prefixes: Vec<String>, trunk: TrunkId, number: Option<NumberId>) -> OutboundPlan {
        let allowance = Allowance {
            trunks: vec![trunk],
            shown: ShownNumber::Usual,
            caps: Caps::default(),
            talk_per_day: None,
            watched: false,
            alarm: None,
        };
        OutboundPlan {
            home: Home { access: Vec::new(), ..Home::china() },
            trunks: vec![OutboundTrunk::plain(trunk, String::new())],
            rules: vec![DestinationRule {
                id: DestinationRuleId(1),
                name: String::new(),
                prefixes,
                whom: Whom::default(),
                says: Says::Allow(allowance),
            }],
            number,
            ..OutboundPlan::default()
        }
    }

    /// What a trunk is called.
    pub fn trunk_name(&self, id: TrunkId) -> Option<&str> {
        self.trunks.iter().find(|trunk| trunk.trunk == id).map(|trunk| trunk.name.as_str())
    }

    /// What a rule is called.
    pub fn rule_name(&self, id: DestinationRuleId) -> Option<&str> {
        self.rules.iter().find(|rule| rule.id == id).map(|rule| rule.name.as_str())
    }
}

impl OutboundTrunk {
    /// A trunk nobody said anything about: as many calls as there are, nothing rewritten.
    pub fn plain(trunk: TrunkId, name: String) -> OutboundTrunk {
        OutboundTrunk {
            trunk,
            name,
            site: None,
            channels: Channels::default(),
            caps: Caps::default(),
            withholds: false,
            rewrites: Vec::new(),
        }
    }
}

impl Whom {
    /// Whether it is for an agent of this role and team.
    pub fn is_for(&self, agent: AgentId, role: Role, team: Option<TeamId>) -> bool {
        let everybody = self.roles.is_empty() && self.teams.is_empty() && self.agents.is_empty();
        let in_team = team.is_some_and(|team| self.teams.contains(&team));
        everybody || in_team || self.roles.contains(&role) || self.agents.contains(&agent)
    }
}

impl Rewrite {
    /// The number as the carrier wants it; `None` when it begins otherwise, or nothing would be left.
    pub fn apply(&self, number: &str) -> Option<String> {
        let rest = number.strip_prefix(self.begins.as_str())?;
        let sent = format!("{}{rest}", self.becomes);
        (!sent.is_empty()).then_some(sent)
    }
}
