//! How the result of a call is known, and callers of whom nothing is heard.

use domain::screening::DeadAirStep;
use domain::{ClearingCause, Event, KnownBy};

use super::{Data, codes};

pub(super) fn known_by(data: &mut Data, by: KnownBy) {
    data.code("by", codes::Evidence::from(by.evidence()));
    match by {
        KnownBy::Cause(ClearingCause { status, q850 }) => {
            data.put("status", status);
            data.maybe("q850", q850);
        }
        KnownBy::Tone(tone) => data.code("tone", codes::CallTone::from(tone)),
        KnownBy::Silence => {}
    }
}

pub(super) fn dead_air(data: &mut Data, event: &Event) {
    let Event::DeadAirFound { silence, step, .. } = event else { return };
    data.ms("silence_ms", *silence);
    match *step {
        DeadAirStep::Told(agent) => {
            data.put("step", "told");
            data.agent(agent);
        }
        DeadAirStep::Over => data.put("step", "over"),
        DeadAirStep::Ended => data.put("step", "ended"),
        DeadAirStep::Diverted(flow) => {
            data.put("step", "diverted");
            data.id("flow_id", flow);
            if let Some(known) = data.names.settings.flows.iter().find(|known| known.id == flow) {
                data.put("flow_name", known.name.clone());
            }
        }
    }
}
