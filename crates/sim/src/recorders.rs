//! The writer of recordings, as the floor sees it: it reports the end of every recording some time after the plan that ended it, now and
//! then a gap, a failure or the same thing twice, and after a restart what the disk still had.
//!
//! Chance comes from a stream of its own, so that it changes nothing of what callers and agents do.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::input::AgentAction;
use domain::recording::{Digest, ErasureCause, GapCause, Manifest, PauseReason, RecorderReport, RecordingFault};
use domain::{AgentId, Command, ConversationId, Event, HandlingId, Input, RecordingId, RoomId};

use crate::Violation;
use crate::agenda::Happening;
use crate::random::Random;
use crate::world::{SECOND, World};

const MS: u64 = 1_000;
/// One recording of so many is erased, so long after its seal.
const ONE_IN_ERASED: i64 = 8;
const ERASED_AFTER: u64 = 20 * SECOND;

/// What is being recorded.
#[derive(Debug)]
pub(crate) struct Recorders {
    random: Random,
    rooms: BTreeMap<RoomId, RecordingId>,
}

impl Recorders {
    pub(crate) fn new(seed: u64) -> Recorders {
        Recorders { random: Random::new(seed ^ 0x5245_434F_5244), rooms: BTreeMap::new() }
    }
}

impl World {
    /// Follows the plans: what a plan leaves out is over.
    #[allow(clippy::wildcard_enum_match_arm, reason = "only plans say what is recorded")]
    pub(crate) fn recorder_takes(&mut self, command: &Command) {
        let (room, next) = match command {
            Command::SetRoom(plan) | Command::BeginRecording(plan) => (plan.room, plan.recorder.recording()),
            Command::CloseRoom { room } => (*room, None),
            _ => return,
        };
        let before = match next {
            Some(next) => self.recorders.rooms.insert(room, next),
            None => self.recorders.rooms.remove(&room),
        };
        if let Some(over) = before.filter(|before| Some(*before) != next) {
            let after = self.recorders.random.between(20 * MS, 2 * SECOND);
            if self.recorders.random.percent(4) {
                self.plan(after / 2, Happening::RecordingGap(over));
            }
            self.plan(after, Happening::RecordingOver { recording: over, recovered: false });
            if self.recorders.random.percent(3) {
                self.plan(after + SECOND, Happening::RecordingOver { recording: over, recovered: false });
            }
        }
    }

    /// Some agents pause, some forget to go on. Some start and stop, where that is up to them, and some note what their customer says of it.
    /// Some recordings are erased.
    pub(crate) fn recording_is_paused(&mut self, event: &Event) {
        if let Event::RecordingSealed { conversation, recording, .. } = event
            && recording.0 % ONE_IN_ERASED == 0
        {
            self.plan(ERASED_AFTER, Happening::RecordingErased(*conversation, *recording));
        }
        let Event::HandlingStarted { agent, handling, .. } = event else { return };
        let (agent, handling) = (*agent, *handling);
        if self.recorders.random.percent(15) {
            let pause = self.recorders.random.around(30 * SECOND);
            let resume = pause + self.recorders.random.around(15 * SECOND);
            self.plan(pause, Happening::RecordingPauses(agent, handling));
            if self.recorders.random.percent(70) {
                self.plan(resume, Happening::RecordingResumes(agent, handling));
            }
        }
        if self.recorders.random.percent(30) {
            let start = self.recorders.random.around(10 * SECOND);
            let stop = start + self.recorders.random.around(40 * SECOND);
            self.plan(start, Happening::RecordingSwitches(agent, handling, true));
            self.plan(stop, Happening::RecordingSwitches(agent, handling, false));
        }
        if self.recorders.random.percent(8) {
            let given = self.recorders.random.percent(60);
            let after = self.recorders.random.around(20 * SECOND);
            self.plan(after, Happening::ConsentIsNoted(agent, handling, given));
        }
    }

    pub(crate) fn switch_happens(&mut self, agent: AgentId, handling: HandlingId, on: bool) -> Result<(), Violation> {
        let request = self.request();
        let action = match on {
            true => AgentAction::StartRecording { handling },
            false => AgentAction::StopRecording { handling },
        };
        self.feed(Input::AgentAsked { request, agent, action })
    }

    pub(crate) fn consent_happens(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        given: bool,
    ) -> Result<(), Violation> {
        let request = self.request();
        let action = AgentAction::NoteConsent { handling, given };
        self.feed(Input::AgentAsked { request, agent, action })
    }

    /// A sealed recording is erased. Who and when is no chance, so that it changes nothing of the rest.
    pub(crate) fn erasure_happens(
        &mut self,
        conversation: ConversationId,
        recording: RecordingId,
    ) -> Result<(), Violation> {
        self.feed(Input::RecordingErased { conversation, recording, cause: ErasureCause::Request })
    }

    pub(crate) fn pause_happens(&mut self, agent: AgentId, handling: HandlingId, on: bool) -> Result<(), Violation> {
        let request = self.request();
        let reason = PauseReason::ALL[self.recorders.random.below(PauseReason::ALL.len() as u64) as usize];
        let action = match on {
            true => AgentAction::PauseRecording { handling, reason },
            false => AgentAction::ResumeRecording { handling },
        };
        self.feed(Input::AgentAsked { request, agent, action })
    }

    pub(crate) fn gap_happens(&mut self, recording: RecordingId) -> Result<(), Violation> {
        let report = RecorderReport::Gap {
            at: Duration::from_secs(1),
            length: Duration::from_millis(40),
            cause: GapCause::Overflow,
        };
        self.feed(Input::RecorderReport { recording, report })
    }

    pub(crate) fn recording_is_over(&mut self, recording: RecordingId, recovered: bool) -> Result<(), Violation> {
        let report = match self.recorders.random.below(100) {
            0 => RecorderReport::Failed(RecordingFault::NoKey),
            1 if recovered => RecorderReport::Failed(RecordingFault::Lost),
            _ => RecorderReport::Sealed(Manifest {
                chunks: 3,
                bytes: 24_000,
                duration: Duration::from_secs(2),
                gaps: 0,
                digest: Digest([7; 32]),
                recovered,
            }),
        };
        self.feed(Input::RecorderReport { recording, report })
    }

    /// The process died: whatever the ledger holds open is looked for on the disk, and told one by one.
    pub(crate) fn recover_recordings(&mut self) {
        self.recorders.rooms.clear();
        let open: Vec<RecordingId> = self.floor.inspect().records().recordings.keys().copied().collect();
        for recording in open {
            let after = self.recorders.random.between(100 * MS, 8 * SECOND);
            self.plan(after, Happening::RecordingOver { recording, recovered: true });
        }
    }
}
