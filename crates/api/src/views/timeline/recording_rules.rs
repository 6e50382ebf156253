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

#[allow(clippy::wildcard_enum_match_arm, reason = "each function shows the events of its subject; a test shows all")]
pub(super) fn recording(data: &mut Data, event: &Event) {
    let recording = match event {
        Event::RecordingStarted { recording, tracks, .. } => {
            data.code("tracks", codes::RecordingTracks::from(*tracks));
            recording
        }
        Event::RecordingPaused { recording, reason, agent, limit, .. } => {
            data.code("reason", codes::PauseReason::from(*reason));
            if let Some(limit) = limit {
                data.ms("limit_ms", *limit);
            }
            agent.iter().for_each(|agent| data.agent(*agent));
            recording
        }
        Event::RecordingResumed { recording, agent, why, .. } => {
            data.code("why", codes::PauseEnd::from(*why));
            agent.iter().for_each(|agent| data.agent(*agent));
            recording
        }
        Event::RecordingGap { recording, at, length, cause, .. } => {
            data.ms("from_ms", *at);
            data.ms("length_ms", *length);
            data.code("cause", codes::GapCause::from(*cause));
            recording
        }
        Event::RecordingSealed { recording, manifest, .. } => {
            data.put("chunks", manifest.chunks);
            data.put("bytes", manifest.bytes);
            data.ms("duration_ms", manifest.duration);
            data.put("gaps", manifest.gaps);
            data.put("sha256", manifest.digest.to_string());
            data.put("recovered", manifest.recovered);
            recording
        }
        Event::RecordingFailed { recording, fault, .. } => {
            data.code("fault", codes::RecordingFault::from(*fault));
            recording
        }
        Event::RecordingErased { recording, cause, .. } => {
            data.code("cause", codes::ErasureCause::from(*cause));
            recording
        }
        _ => return,
    };
    data.id("recording_id", recording);
}
