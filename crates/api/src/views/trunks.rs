//! Trunks on the live floor, and stops of calls outside.

use domain::TrunkId;
use domain::outbound::Stopped;
use reporting::{LiveFloor, LiveStop};

use crate::directory::Names;
use crate::json::Named;
use crate::json::floor::TrunkRow;
use crate::json::outbound::{OutboundStop, OutboundTrunk, seconds};
use crate::port::{FloorPort, TrunkStanding};

/// The trunks that are configured, in the order of the plan, and how each stands.
pub type Standings = Vec<(TrunkId, TrunkStanding)>;

/// How the trunks of a centre stand at this moment.
pub fn standings(floor: &dyn FloorPort, plan: &domain::outbound::OutboundPlan) -> Standings {
    plan.trunks.iter().filter_map(|trunk| Some((trunk.trunk, floor.trunk(trunk.trunk)?))).collect()
}

/// One trunk.
pub fn row(live: &LiveFloor, names: &Names, id: TrunkId, standing: TrunkStanding) -> Option<TrunkRow> {
    let trunk = names.settings.outbound.trunks.iter().find(|trunk| trunk.trunk == id)?;
    let OutboundTrunk { trunk_id, name, channels, .. } = trunk.into();
    let (channels_in, channels_out) = live.lines.of(id);
    let TrunkStanding { working, since, registration } = standing;
    Some(TrunkRow {
        id: trunk_id,
        name,
        working,
        since: since.map(|since| since.0),
        registration: registration.map(|(state, _)| state.into()),
        registration_since: registration.and_then(|(_, since)| since).map(|since| since.0),
        channels_in,
        channels_out,
        cap: channels,
    })
}

/// One stop.
pub fn stop(names: &Names, stopped: Stopped, stop: LiveStop) -> OutboundStop {
    let (agent, rule) = match stopped {
        Stopped::Agent(agent) => (Some(names.agent(agent)), None),
        Stopped::Rule(rule) => {
            let name = names.settings.outbound.rule_name(rule).unwrap_or_default().to_owned();
            (None, Some(Named { id: rule.to_string(), name }))
        }
    };
    let (distinct, within_s) = (stop.alarm.distinct, seconds(stop.alarm.within));
    OutboundStop { agent, rule, since: stop.since.0, distinct, within_s }
}
