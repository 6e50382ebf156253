//! What is kept of a conversation's sound: what the rule of the place says where the customer is, and nothing against their will.
//!
//! The recording follows the conversation and not its agents: one recording goes through flow, queue, talk, hold and a lost device as
//! long as the rules let it. It begins and ends with a room plan, so that no recording is begun that media never hears of. What agents
//! make of it stands in `recording_talk`, what customers say about it in `consent`. What becomes of a recording is reported long after
//! its conversation; `records` remembers it until then.

use domain::random::SplitMix64;
use domain::recording::{PauseReasons, RecorderReport, Tracks};
use domain::recording_policy::{Lot, PauseEnd, RecordingMode, RecordingRule};
use domain::room::Recorder;
use domain::{ConversationId, Event, QueueId, RecordingId};

use crate::floor::Floor;
use crate::output::Ignored;
use crate::timers::Timer;

/// What is kept of a room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keeping {
    /// The rule in force; none before somebody called has answered.
    pub(crate) rule: Option<RecordingRule>,
    /// What the customer said about being recorded.
    pub(crate) consent: Option<bool>,
    /// The consent is so new that it may not be durable.
    pub(crate) is_fresh: bool,
    /// The agent has started it, where the rule leaves that to the agent.
    pub(crate) switched_on: bool,
    /// The customer speaks a message, which is a recording of its own.
    pub(crate) message: bool,
    /// What the plan in force keeps.
    pub(crate) current: Option<(RecordingId, Tracks)>,
    pub(crate) paused: PauseReasons,
    /// Whether the plan in force says that nothing is kept for the moment.
    pub(crate) told_paused: bool,
}

impl Keeping {
    /// Whose sound shall be kept from the next plan on. Whoever speaks after the tone wants it kept, unless they refused before.
    fn wanted(&self) -> Option<Tracks> {
        if self.consent == Some(false) {
            return None;
        }
        if self.message {
            return Some(Tracks::Customer);
        }
        let rule = self.rule.filter(|rule| !rule.consent_required || self.consent.is_some())?;
        let kept = match rule.mode {
            RecordingMode::OnDemand => self.switched_on,
            RecordingMode::All | RecordingMode::None | RecordingMode::Share(_) => rule.may_keep(),
        };
        kept.then_some(Tracks::Heard)
    }

    /// Whether the plan in force keeps what shall be kept.
    pub(crate) fn is_settled(&self) -> bool {
        self.wanted() == self.current.map(|(_, tracks)| tracks)
    }

    /// Whether media knows all of it.
    pub(crate) fn is_told(&self) -> bool {
        self.is_settled() && self.told_paused == self.is_paused()
    }

    /// Whether a recording is about to begin that waits for the customer's word to be durable.
    pub(crate) fn waits_for_consent(&self) -> bool {
        self.is_fresh && self.current.is_none() && self.wanted().is_some()
    }

    /// Whether nothing is kept for the moment.
    pub(crate) fn is_paused(&self) -> bool {
        self.current.is_some() && !self.paused.is_empty()
    }

    /// What a plan says of it.
    pub(crate) fn recorder(&self) -> Recorder {
        match self.current {
            None => Recorder::Off,
            Some((recording, tracks)) if self.paused.is_empty() => Recorder::On { recording, tracks },
            Some((recording, _)) => Recorder::Paused { recording, reasons: self.paused },
        }
    }
}

impl Floor {
    /// From the next plan on the rule for flows counts, and for whatever else is before a queue.
    pub(crate) fn keep_before_queue(&mut self, id: ConversationId) {
        let kept = self.catalog.settings().recording.before_queue;
        self.switch_off(id);
        self.keep_by(id, if kept { RecordingMode::All } else { RecordingMode::None });
    }

    /// From the next plan on the rule of the queue counts; nobody has started anything there.
    pub(crate) fn keep_in_queue(&mut self, id: ConversationId, queue: QueueId) {
        self.switch_off(id);
        self.keep_in_talk(id, queue);
    }

    /// The same for an agent who takes the customer: what a colleague started goes on.
    pub(crate) fn keep_in_talk(&mut self, id: ConversationId, queue: QueueId) {
        let mode = self.catalog.queue(queue).map_or(RecordingMode::All, |queue| queue.recording);
        self.keep_by(id, mode);
    }

    /// From the next plan on the rule for calls that agents dial counts.
    pub(crate) fn keep_dialled(&mut self, id: ConversationId) {
        self.keep_by(id, self.catalog.settings().recording.outbound);
    }

    fn keep_by(&mut self, id: ConversationId, mode: RecordingMode) {
        let drawn = match mode {
            RecordingMode::Share(share) => share.takes(self.lot(id)),
            RecordingMode::All | RecordingMode::None | RecordingMode::OnDemand => true,
        };
        let rule = RecordingRule { mode, drawn, consent_required: self.catalog.settings().recording.consent_required };
        if mode != RecordingMode::OnDemand {
            self.switch_off(id);
        }
        let Some(keeping) = self.keeping_mut(id) else { return };
        let told = keeping.rule.replace(rule).unwrap_or(RecordingRule::ORDINARY);
        if told != rule {
            self.emit(Event::RecordingRuled { conversation: id, rule });
        }
    }

    /// A message of the customer is kept from the next plan on, or no longer.
    pub(crate) fn keep_message_spoken(&mut self, id: ConversationId, on: bool) {
        if let Some(keeping) = self.keeping_mut(id) {
            keeping.message = on;
        }
    }

    /// The lot of a conversation: the same however often it is asked for, and nothing like that of its neighbours.
    fn lot(&self, id: ConversationId) -> Lot {
        Lot::draw(SplitMix64(self.seed ^ id.0.unsigned_abs()).draw())
    }

    /// Called with every plan that is about to be sent: begins the recording that shall go with it.
    pub(crate) fn settle_recording(&mut self, id: ConversationId) {
        let Some(keeping) = self.keeping_mut(id).filter(|keeping| !keeping.is_settled()) else { return };
        let wanted = keeping.wanted();
        let current = wanted.map(|tracks| (self.mint::<RecordingId>(), tracks));
        if let Some(keeping) = self.keeping_mut(id) {
            keeping.current = current;
            keeping.paused = PauseReasons::NONE;
            keeping.is_fresh &= current.is_none();
        }
        self.timers.cancel(Timer::Pause(id));
        if let Some((recording, tracks)) = current {
            self.emit(Event::RecordingStarted { conversation: id, recording, tracks });
        }
    }

    /// What the plan in force keeps.
    pub(crate) fn recording_of(&self, id: ConversationId) -> Option<RecordingId> {
        self.conversations.get(&id)?.room.as_ref()?.keeping.current.map(|(recording, _)| recording)
    }

    /// The talk is over and the customer stays: nobody is left who could end the pause.
    pub(crate) fn end_recording_pause(&mut self, id: ConversationId) {
        self.end_pause(id, None, PauseEnd::TalkOver);
    }

    pub(crate) fn recorder_report(&mut self, recording: RecordingId, report: RecorderReport) {
        let Some(conversation) = self.records.recordings.get(&recording).copied() else {
            return self.ignore(Ignored::UnknownRecording);
        };
        match report {
            RecorderReport::Gap { at, length, cause } => {
                self.emit(Event::RecordingGap { conversation, recording, at, length, cause });
            }
            RecorderReport::Sealed(manifest) => {
                self.emit(Event::RecordingSealed { conversation, recording, manifest });
                self.leave_saved_messages();
            }
            RecorderReport::Failed(fault) => self.emit(Event::RecordingFailed { conversation, recording, fault }),
        }
    }

    pub(crate) fn keeping_mut(&mut self, id: ConversationId) -> Option<&mut Keeping> {
        Some(&mut self.conversations.get_mut(&id)?.room.as_mut()?.keeping)
    }
}
