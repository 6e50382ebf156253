//! By which rule a conversation is recorded, what its customer says of it, and what agents make of it by hand.

use domain::Event;

use super::Data;
use crate::json::codes;
use crate::json::recording_policy::RecordingRule;

#[allow(clippy::wildcard_enum_match_arm, reason = "each function shows the events of its subject; a test shows all")]
pub(super) fn rules(data: &mut Data, event: &Event) {
    match event {
        Event::ConsentGiven { how, agent, .. } | Event::ConsentRefused { how, agent, .. } => {
            data.code("how", codes::ConsentHow::from(*how));
            agent.iter().for_each(|agent| data.agent(*agent));
        }
        Event::RecordingSwitched { agent, on, .. } => {
            data.put("on", *on);
            agent.iter().for_each(|agent| data.agent(*agent));
        }
        Event::RecordingRuled { rule, .. } => {
            let RecordingRule { mode, share_percent } = rule.mode.into();
            data.code("mode", mode);
            data.maybe("share_percent", share_percent);
            data.put("drawn", rule.drawn);
            data.put("consent_required", rule.consent_required);
        }
        _ => {}
    }
}
