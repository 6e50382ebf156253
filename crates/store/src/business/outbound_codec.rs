//! A plan of outbound calls as JSON text, in the store's own spelling. New fields get a serde default, so that old rows are read for ever.
//!
//! What a plan names need not be there any more: it stays in the text until somebody takes it out, because a rule for a team that is gone
//! must not become one for everybody.

use std::time::Duration;

use domain::outbound::{
    Alarm, Allowance, Caps, Channels, DestinationRule, Home, OutboundPlan, OutboundTrunk, Rewrite, Says, ShownNumber,
    Whom,
};
use domain::{AgentId, DestinationRuleId, NumberId, Role, SiteId, TeamId, TrunkId};
use serde::{Deserialize, Serialize};

use crate::StoreError;

#[derive(Serialize, Deserialize)]
struct Body {
    /// Whether a code may stand before a number; plans that were once a single rule have none.
    #[serde(default = "yes")]
    codes: bool,
    number: Option<i64>,
    agent_caps: CapsBody,
    agent_alarm: Option<AlarmBody>,
    trunks: Vec<TrunkBody>,
    rules: Vec<RuleBody>,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
struct CapsBody {
    per_minute: Option<u32>,
    per_day: Option<u32>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct AlarmBody {
    distinct: u32,
    within_s: u64,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
struct ChannelsBody {
    total: Option<u32>,
    outbound: Option<u32>,
    inbound: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct TrunkBody {
    trunk: i64,
    #[serde(default)]
    site: Option<i64>,
    #[serde(default)]
    channels: ChannelsBody,
    #[serde(default)]
    caps: CapsBody,
    #[serde(default)]
    withholds: bool,
    #[serde(default)]
    rewrites: Vec<RewriteBody>,
}

#[derive(Serialize, Deserialize)]
struct RewriteBody {
    begins: String,
    becomes: String,
}

#[derive(Serialize, Deserialize)]
struct RuleBody {
    id: i64,
    name: String,
    prefixes: Vec<String>,
    #[serde(default)]
    roles: Vec<RoleBody>,
    #[serde(default)]
    teams: Vec<i64>,
    #[serde(default)]
    agents: Vec<i64>,
    /// Missing in a rule that denies.
    allow: Option<AllowBody>,
}

#[derive(Serialize, Deserialize)]
struct AllowBody {
    trunks: Vec<i64>,
    #[serde(default)]
    shown: ShownBody,
    #[serde(default)]
    caps: CapsBody,
    talk_s: Option<u64>,
    #[serde(default)]
    watched: bool,
    alarm: Option<AlarmBody>,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ShownBody {
    #[default]
    Usual,
    Fixed(i64),
    Dialled,
    Site,
    Withheld,
}

/// One that is not known makes the plan unreadable: left out, the rule would be for everybody.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RoleBody {
    Agent,
    Supervisor,
    Administrator,
}

fn yes() -> bool {
    true
}

/// The text of a plan. How numbers are spelled and what emergencies are is no setting and not in it.
pub(super) fn to_text(plan: &OutboundPlan) -> String {
    let body = Body {
        codes: !plan.home.access.is_empty(),
        number: plan.number.map(|id| id.0),
        agent_caps: plan.agent_caps.into(),
        agent_alarm: plan.agent_alarm.map(AlarmBody::from),
        trunks: plan.trunks.iter().map(TrunkBody::from).collect(),
        rules: plan.rules.iter().map(RuleBody::from).collect(),
    };
    serde_json::to_value(body).unwrap_or_default().to_string()
}

/// The plan of a text; trunks have no names yet.
pub(crate) fn from_text(text: &str) -> Result<OutboundPlan, StoreError> {
    let body: Body = serde_json::from_str(text).map_err(|_| StoreError::corrupt("a plan of outbound calls"))?;
    let china = Home::china();
    Ok(OutboundPlan {
        home: if body.codes { china } else { Home { access: Vec::new(), ..china } },
        trunks: body.trunks.into_iter().map(OutboundTrunk::from).collect(),
        rules: body.rules.into_iter().map(DestinationRule::from).collect(),
        agent_caps: body.agent_caps.into(),
        agent_alarm: body.agent_alarm.map(Alarm::from),
        number: body.number.map(NumberId),
        ..OutboundPlan::default()
    })
}

impl From<Role> for RoleBody {
    fn from(role: Role) -> RoleBody {
        match role {
            Role::Agent => RoleBody::Agent,
            Role::Supervisor => RoleBody::Supervisor,
            Role::Administrator => RoleBody::Administrator,
        }
    }
}

impl From<RoleBody> for Role {
    fn from(role: RoleBody) -> Role {
        match role {
            RoleBody::Agent => Role::Agent,
            RoleBody::Supervisor => Role::Supervisor,
            RoleBody::Administrator => Role::Administrator,
        }
    }
}

impl From<Caps> for CapsBody {
    fn from(caps: Caps) -> CapsBody {
        CapsBody { per_minute: caps.per_minute, per_day: caps.per_day }
    }
}

impl From<CapsBody> for Caps {
    fn from(caps: CapsBody) -> Caps {
        Caps { per_minute: caps.per_minute, per_day: caps.per_day }
    }
}

impl From<Alarm> for AlarmBody {
    fn from(alarm: Alarm) -> AlarmBody {
        AlarmBody { distinct: alarm.distinct, within_s: alarm.within.as_secs() }
    }
}

impl From<AlarmBody> for Alarm {
    fn from(alarm: AlarmBody) -> Alarm {
        Alarm { distinct: alarm.distinct, within: Duration::from_secs(alarm.within_s) }
    }
}

impl From<&OutboundTrunk> for TrunkBody {
    fn from(trunk: &OutboundTrunk) -> TrunkBody {
        let Channels { total, outbound, inbound } = trunk.channels;
        let rewrite = |one: &Rewrite| RewriteBody { begins: one.begins.clone(), becomes: one.becomes.clone() };
        TrunkBody {
            trunk: trunk.trunk.0,
            site: trunk.site.map(|site| site.0),
            channels: ChannelsBody { total, outbound, inbound },
            caps: trunk.caps.into(),
            withholds: trunk.withholds,
            rewrites: trunk.rewrites.iter().map(rewrite).collect(),
        }
    }
}

impl From<TrunkBody> for OutboundTrunk {
    fn from(body: TrunkBody) -> OutboundTrunk {
        let ChannelsBody { total, outbound, inbound } = body.channels;
        let rewrite = |one: RewriteBody| Rewrite { begins: one.begins, becomes: one.becomes };
        OutboundTrunk {
            site: body.site.map(SiteId),
            channels: Channels { total, outbound, inbound },
            caps: body.caps.into(),
            withholds: body.withholds,
            rewrites: body.rewrites.into_iter().map(rewrite).collect(),
            ..OutboundTrunk::plain(TrunkId(body.trunk), String::new())
        }
    }
}

impl From<&DestinationRule> for RuleBody {
    fn from(rule: &DestinationRule) -> RuleBody {
        RuleBody {
            id: rule.id.0,
            name: rule.name.clone(),
            prefixes: rule.prefixes.clone(),
            roles: rule.whom.roles.iter().map(|role| RoleBody::from(*role)).collect(),
            teams: rule.whom.teams.iter().map(|id| id.0).collect(),
            agents: rule.whom.agents.iter().map(|id| id.0).collect(),
            allow: match &rule.says {
                Says::Deny => None,
                Says::Allow(allowance) => Some(allowance.into()),
            },
        }
    }
}

impl From<RuleBody> for DestinationRule {
    fn from(body: RuleBody) -> DestinationRule {
        DestinationRule {
            id: DestinationRuleId(body.id),
            name: body.name,
            prefixes: body.prefixes,
            whom: Whom {
                roles: body.roles.into_iter().map(Role::from).collect(),
                teams: body.teams.into_iter().map(TeamId).collect(),
                agents: body.agents.into_iter().map(AgentId).collect(),
            },
            says: body.allow.map_or(Says::Deny, |allow| Says::Allow(allow.into())),
        }
    }
}

impl From<&Allowance> for AllowBody {
    fn from(allowance: &Allowance) -> AllowBody {
        AllowBody {
            trunks: allowance.trunks.iter().map(|id| id.0).collect(),
            shown: match allowance.shown {
                ShownNumber::Usual => ShownBody::Usual,
                ShownNumber::Fixed(number) => ShownBody::Fixed(number.0),
                ShownNumber::Dialled => ShownBody::Dialled,
                ShownNumber::Site => ShownBody::Site,
                ShownNumber::Withheld => ShownBody::Withheld,
            },
            caps: allowance.caps.into(),
            talk_s: allowance.talk_per_day.map(|talk| talk.as_secs()),
            watched: allowance.watched,
            alarm: allowance.alarm.map(AlarmBody::from),
        }
    }
}

impl From<AllowBody> for Allowance {
    fn from(body: AllowBody) -> Allowance {
        Allowance {
            trunks: body.trunks.into_iter().map(TrunkId).collect(),
            shown: match body.shown {
                ShownBody::Usual => ShownNumber::Usual,
                ShownBody::Fixed(number) => ShownNumber::Fixed(NumberId(number)),
                ShownBody::Dialled => ShownNumber::Dialled,
                ShownBody::Site => ShownNumber::Site,
                ShownBody::Withheld => ShownNumber::Withheld,
            },
            caps: body.caps.into(),
            talk_per_day: body.talk_s.map(Duration::from_secs),
            watched: body.watched,
            alarm: body.alarm.map(Alarm::from),
        }
    }
}
