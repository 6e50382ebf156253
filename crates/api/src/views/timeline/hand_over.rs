//! Transfers, and supervisors in talks.

use domain::{ConferenceChange, Event, Supervision, TransferTarget};

use super::Data;
use crate::json::codes;

#[allow(clippy::wildcard_enum_match_arm, reason = "each function shows the events of its subject; a test shows all")]
pub(super) fn transfer(data: &mut Data, event: &Event) {
    match event {
        Event::TransferStarted { transfer, kind, handling, agent, target, reason, route, .. } => {
            data.id("transfer_id", transfer);
            data.code("kind", codes::TransferKind::from(*kind));
            data.id("handling_id", handling);
            data.agent(*agent);
            let (place, to) = match target {
                TransferTarget::Agent(agent) => ("agent", Some(data.names.agent(*agent))),
                TransferTarget::Queue(queue) => ("queue", Some(data.names.queue(*queue))),
                TransferTarget::Flow(flow) => ("flow", Some(data.names.flow(*flow))),
                TransferTarget::Park => ("park", None),
                TransferTarget::Outside(_) => ("outside", None),
            };
            data.put("target", place);
            if let Some(to) = to {
                data.put("to_id", to.id);
                data.put("to_name", to.name);
            }
            if let TransferTarget::Outside(party) = target
                && let Some(number) = data.names.number_shown(*party, false)
            {
                data.put("to_name", number);
            }
            route.iter().for_each(|route| super::outside::route(data, route));
            if let Some(reason) = reason {
                data.code("reason", codes::TransferReason::from(*reason));
            }
        }
        Event::TransferJoined { transfer, .. } => data.id("transfer_id", transfer),
        Event::TransferEnded { transfer, end, .. } => {
            data.id("transfer_id", transfer);
            data.code("end", codes::TransferEnd::from(*end));
        }
        Event::ConferenceChanged { transfer, by, what, .. } => {
            data.id("transfer_id", transfer);
            by.iter().for_each(|by| data.agent(*by));
            let what = match what {
                ConferenceChange::Muted => "muted",
                ConferenceChange::Unmuted => "unmuted",
                ConferenceChange::Leads => "leads",
                ConferenceChange::Left { end } => {
                    data.code("end", codes::ConferenceEnd::from(*end));
                    "left"
                }
            };
            data.put("what", what);
        }
        _ => {}
    }
}

pub(super) fn supervision(data: &mut Data, event: &Event) {
    let Event::Supervised { agent, what, .. } = event else { return };
    data.agent(*agent);
    match what {
        Supervision::Began { target, mode } => {
            data.put("what", "began");
            let of = data.names.agent(*target);
            data.put("of_id", of.id);
            data.put("of_name", of.name);
            data.code("mode", codes::SupervisionMode::from(*mode));
        }
        Supervision::Changed { mode } => {
            data.put("what", "changed");
            data.code("mode", codes::SupervisionMode::from(*mode));
        }
        Supervision::Ended { end } => {
            data.put("what", "ended");
            data.code("end", codes::SupervisionEnd::from(*end));
        }
    }
}
