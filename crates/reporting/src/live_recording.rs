//! What each event does to what is known of the recording of a live conversation.

use std::time::Duration;

use domain::recording_policy::{RecordingMode, RecordingRule};
use domain::{Event, Utc};

use crate::live::{LiveConversation, LiveFloor, LiveRecording};

impl LiveFloor {
    #[allow(clippy::wildcard_enum_match_arm, reason = "`apply` has already sorted the events by subject")]
    pub(crate) fn apply_recording(&mut self, at: Utc, event: &Event) {
        let Some(live) = event.conversation().and_then(|id| self.conversations.get_mut(&id)) else { return };
        match event {
            Event::RecordingStarted { recording, .. } => {
                live.recording =
                    Some(LiveRecording { id: *recording, paused: None, paused_since: None, pause_ends: None });
            }
            Event::RecordingPaused { reason, limit, .. } => live.recording.iter_mut().for_each(|recording| {
                recording.paused = Some(*reason);
                recording.paused_since = recording.paused_since.or(Some(at));
                recording.pause_ends = limit.map(|limit| later(at, limit));
            }),
            Event::RecordingResumed { .. } => live.recording.iter_mut().for_each(|recording| {
                (recording.paused, recording.paused_since, recording.pause_ends) = (None, None, None);
            }),
            // The report on one may come when the next has begun.
            Event::RecordingSealed { recording, .. } | Event::RecordingFailed { recording, .. } => {
                live.recording = live.recording.filter(|kept| kept.id != *recording);
            }
            Event::ConsentGiven { .. } => live.consent = Some(true),
            Event::ConsentRefused { .. } => {
                live.consent = Some(false);
                live.recording = None;
            }
            Event::RecordingSwitched { on: false, .. } => live.recording = None,
            Event::RecordingRuled { rule, .. } => live.follow(*rule),
            _ => {}
        }
    }
}

fn later(at: Utc, by: Duration) -> Utc {
    Utc(at.0.saturating_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
}

impl LiveConversation {
    /// What goes on under the new rule is the same recording; what does not is over before its end is reported.
    fn follow(&mut self, rule: RecordingRule) {
        let by_hand = rule.mode == RecordingMode::OnDemand && self.rule.mode != RecordingMode::OnDemand;
        self.rule = rule;
        if by_hand || !rule.may_keep() || self.waits_for_consent() {
            self.recording = None;
        }
    }

    /// Whether something would be kept if the customer agreed.
    pub fn waits_for_consent(&self) -> bool {
        self.rule.may_keep() && self.rule.consent_required && self.consent.is_none()
    }
}
