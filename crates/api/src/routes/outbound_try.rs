//! What a plan says of a number, without a trace.

use std::collections::BTreeSet;

use domain::outbound::OutboundPlan;
use domain::settings::Number;
use domain::{AgentId, DestinationRuleId, Event, Now, NumberId, TrunkId};
use engine::outbound::{Asking, Denial, TollGuard, Verdict};

use crate::app::App;
use crate::auth::Caller;
use crate::error::Answer;
use crate::json::Named;
use crate::json::outbound::{DenialCode, OutboundTrial, PassedTrunk};
use crate::port::TrunkStanding;
use crate::views::mask::mask;

/// What is tried.
pub struct Tried {
    pub agent: AgentId,
    pub typed: String,
    pub plan: OutboundPlan,
    /// The numbers of ours the caller may see.
    pub visible: Vec<Number>,
}

/// Judges by a guard of its own, so that nothing of it is counted.
pub async fn judge(app: &App, caller: &Caller, tried: Tried) -> Answer<OutboundTrial> {
    let Tried { agent, typed, mut plan, visible } = tried;
    let settings = app.directory.settings(app, caller.tenant).await?;
    let names = plan.clone();
    // What is not in the configuration any more could not be called either.
    plan.trunks.retain(|trunk| app.floor.trunk(trunk.trunk).is_some());
    let does_work = |trunk: TrunkId| app.floor.trunk(trunk).is_none_or(TrunkStanding::takes_calls);
    let unreachable: BTreeSet<TrunkId> =
        plan.trunks.iter().map(|trunk| trunk.trunk).filter(|trunk| !does_work(*trunk)).collect();
    let now = app.clock.now();
    let mut guard = TollGuard::default();
    guard.adopt(plan, &settings.time_zone);
    let stops = app.floor.live(caller.tenant).map(|live| live.stops.clone()).unwrap_or_default();
    for (stopped, stop) in stops {
        let event = Event::OutboundStopped { conversation: None, stopped, by: stop.by, alarm: stop.alarm };
        guard.apply(&event, Now { utc: stop.since, ..now });
    }
    let agent = settings.agents.iter().find(|known| known.id == agent);
    let numbers = &settings.numbers;
    let emergency = guard.emergency_number(&typed).is_some();
    let asking = Asking { agent, typed: &typed, dialled: None, numbers, unreachable: &unreachable };
    let verdict = guard.judge(asking, now);
    let shown = |id: NumberId| {
        let number = numbers.iter().find(|number| number.id == id)?;
        let is_visible = visible.iter().any(|known| known.id == id);
        Some(if is_visible { number.number.clone() } else { mask(&number.number) })
    };
    let passed = |passed: &[domain::outbound::Passed]| {
        passed.iter().map(|one| PassedTrunk { trunk: trunk(&names, one.trunk), why: one.block.into() }).collect()
    };
    Ok(match verdict {
        Verdict::Allowed(passage) => OutboundTrial {
            allowed: true,
            reason: None,
            rule: passage.rule.map(|id| rule(&names, id)),
            trunk: Some(trunk(&names, passage.trunk)),
            shown: passage.shown.and_then(shown),
            emergency,
            passed: passed(&passage.passed),
            sent: Some(passage.sent),
        },
        Verdict::Denied { why, passed: tried } => {
            let (reason, by) = denial(why);
            OutboundTrial {
                allowed: false,
                reason: Some(reason),
                rule: by.map(|id| rule(&names, id)),
                trunk: None,
                sent: None,
                shown: None,
                emergency,
                passed: passed(&tried),
            }
        }
    })
}

/// A trunk with its name.
pub fn trunk(plan: &OutboundPlan, id: TrunkId) -> Named {
    Named { id: id.to_string(), name: plan.trunk_name(id).unwrap_or_default().to_owned() }
}

/// A rule with its name; one that is not kept yet has no id.
pub fn rule(plan: &OutboundPlan, id: DestinationRuleId) -> Named {
    let shown = if id.0 < 0 { String::new() } else { id.to_string() };
    Named { id: shown, name: plan.rule_name(id).unwrap_or_default().to_owned() }
}

/// The code of a denial, and the rule it comes from.
fn denial(why: Denial) -> (DenialCode, Option<DestinationRuleId>) {
    match why {
        Denial::Misspelt(_) => (DenialCode::Misspelt, None),
        Denial::UnknownAgent => (DenialCode::UnknownAgent, None),
        Denial::NoRule => (DenialCode::NoRule, None),
        Denial::NotForAgent => (DenialCode::NotForAgent, None),
        Denial::DeniedByRule(rule) => (DenialCode::DeniedByRule, Some(rule)),
        Denial::AgentStopped(_) => (DenialCode::AgentStopped, None),
        Denial::RuleStopped(rule, _) => (DenialCode::RuleStopped, Some(rule)),
        Denial::AgentPerMinute => (DenialCode::AgentPerMinute, None),
        Denial::AgentPerDay => (DenialCode::AgentPerDay, None),
        Denial::RulePerMinute(rule) => (DenialCode::RulePerMinute, Some(rule)),
        Denial::RulePerDay(rule) => (DenialCode::RulePerDay, Some(rule)),
        Denial::RuleTalk(rule) => (DenialCode::RuleTalk, Some(rule)),
        Denial::Uncounted => (DenialCode::Uncounted, None),
        Denial::NoTrunk => (DenialCode::NoTrunk, None),
        Denial::TrunksFull => (DenialCode::TrunksFull, None),
    }
}
