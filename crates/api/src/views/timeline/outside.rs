//! By which rule and trunk a call went outside, and what was stopped or turned away.

use domain::outbound::{OutboundRoute, Passed, Stopped};
use domain::{ClearingCause, DestinationRuleId, Event, KnownBy, TrunkId};
use serde_json::json;

use super::Data;
use crate::json::codes::{MobileEnd, TrunkBlock};

/// The trunk, the rule unless it is an emergency, and better trunks that could not be taken.
pub(super) fn route(data: &mut Data, route: &OutboundRoute) {
    trunk(data, route.trunk);
    if let Some(id) = route.rule {
        rule(data, id);
    }
    let plan = &data.names.settings.outbound;
    let shown = |passed: &Passed| {
        let name = plan.trunk_name(passed.trunk).unwrap_or_default();
        json!({ "trunk_id": passed.trunk.to_string(), "trunk_name": name, "why": TrunkBlock::from(passed.block) })
    };
    let passed: Vec<_> = route.passed.iter().map(shown).collect();
    if !passed.is_empty() {
        data.put("passed", passed);
    }
}

/// The trunk that failed, what the network said, and how the call goes on.
pub(super) fn rerouted(data: &mut Data, failed: TrunkId, cause: Option<ClearingCause>, next: &OutboundRoute) {
    let name = data.names.settings.outbound.trunk_name(failed).unwrap_or_default().to_owned();
    data.id("failed_trunk_id", failed);
    data.put("failed_trunk_name", name);
    if let Some(cause) = cause {
        super::progress::known_by(data, KnownBy::Cause(cause));
    }
    route(data, next);
}

#[allow(clippy::wildcard_enum_match_arm, reason = "each function shows the events of its subject; a test shows all")]
pub(super) fn stops_and_trunks(data: &mut Data, event: &Event) {
    match event {
        Event::OutboundStopped { stopped, by, alarm, .. } => {
            who(data, *stopped);
            let by = data.names.agent(*by);
            data.put("by_id", by.id);
            data.put("by_name", by.name);
            data.put("distinct", alarm.distinct);
            data.ms("within_ms", alarm.within);
        }
        Event::OutboundReleased { stopped, by } => {
            who(data, *stopped);
            let by = data.names.agent(*by);
            data.put("by_id", by.id);
            data.put("by_name", by.name);
        }
        Event::MobileCalled { agent, leg, route: by, .. } => {
            data.agent(*agent);
            data.id("leg_id", leg);
            route(data, by);
        }
        Event::MobileEnded { agent, leg, end, .. } => {
            data.agent(*agent);
            data.id("leg_id", leg);
            data.code("end", MobileEnd::from(*end));
        }
        Event::TrunkFull { trunk: id, block, .. } => {
            trunk(data, *id);
            data.code("why", TrunkBlock::from(*block));
        }
        _ => {}
    }
}

fn who(data: &mut Data, stopped: Stopped) {
    match stopped {
        Stopped::Agent(agent) => data.agent(agent),
        Stopped::Rule(id) => rule(data, id),
    }
}

fn trunk(data: &mut Data, id: TrunkId) {
    let name = data.names.settings.outbound.trunk_name(id).unwrap_or_default().to_owned();
    data.id("trunk_id", id);
    data.put("trunk_name", name);
}

fn rule(data: &mut Data, id: DestinationRuleId) {
    let name = data.names.settings.outbound.rule_name(id).unwrap_or_default().to_owned();
    data.id("rule_id", id);
    data.put("rule_name", name);
}
