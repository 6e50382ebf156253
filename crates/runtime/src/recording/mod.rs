//! Recording: what the floor declares in its plans is written, sealed and reported back.
//!
//! ```text
//!  floor loop ──orders──► ring ──► writer thread ──► segments on disk
//!  media thread ─sound──►  │           │ reports
//!                                      ▼
//!              floor loop: Input::RecorderReport ◄── seal (task) ◄── closed
//! ```
//!
//! The floor loop says what begins, pauses and ends, because its word is never lost; the media thread only adds sound. A recording's
//! key is durable before its first chunk; until then chunks wait in memory. Start with [`Recorder`].

mod pulse;
mod ring;
mod seal;
mod track;
mod writer;
mod writing;

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;

use domain::recording::{RecorderReport, RecordingFault};
use domain::room::Recorder as Plan;
use domain::{Command, ConversationId, Event, Input, LedgerEntry, PartitionId, RecordingId, RoomId, TenantId};
use store::Store;
use store::kill::{KillPoint, reach};
use store::recordings::{Opened, Recordings};
use tokio::sync::mpsc;

use crate::channels::voice::ForFloor;
use crate::clock;
use crate::floor_loop::Message;

pub(crate) use pulse::Pulse;
pub use pulse::WriterFault;
pub(crate) use ring::SoundRing;
pub(crate) use writer::WriterReport;

use ring::Order;

/// Whose a recording is.
#[derive(Clone, Copy, Debug)]
struct Owner {
    partition: PartitionId,
    is_paused: bool,
}

/// The floor loop's side.
pub(crate) struct Recorder {
    store: Arc<Store>,
    recordings: Arc<Recordings>,
    ring: Arc<SoundRing>,
    pulse: Arc<Pulse>,
    loop_: mpsc::Sender<Message>,
    thread: Option<JoinHandle<()>>,
    /// What the plan in force of each room keeps.
    rooms: HashMap<RoomId, RecordingId>,
    /// Recordings whose end is not in the ledger yet.
    owners: HashMap<RecordingId, Owner>,
}

impl Recorder {
    /// Starts the writer.
    pub(crate) fn start(store: Arc<Store>, opened: Opened, loop_: mpsc::Sender<Message>) -> io::Result<Recorder> {
        let Opened { recordings, writer, left: _ } = opened;
        let (ring, pulse) = (Arc::new(SoundRing::default()), Arc::new(Pulse::default()));
        let told = loop_.clone();
        let tell = move |report| told.try_send(Message::Recorder(report)).map_err(|_| report);
        let thread = writer::start(Arc::clone(&ring), writer, Arc::clone(&pulse), Box::new(tell))?;
        Ok(Recorder {
            store,
            recordings,
            ring,
            pulse,
            loop_,
            thread: Some(thread),
            rooms: HashMap::new(),
            owners: HashMap::new(),
        })
    }

    /// Where the media thread leaves sound.
    pub(crate) fn ring(&self) -> Arc<SoundRing> {
        Arc::clone(&self.ring)
    }

    /// How the writer is.
    pub(crate) fn pulse(&self) -> Arc<Pulse> {
        Arc::clone(&self.pulse)
    }

    /// Recordings whose end is not in the ledger yet.
    pub(crate) fn open_count(&self) -> usize {
        self.owners.len()
    }

    /// Takes note of a command before media gets it.
    pub(crate) fn follow(
        &mut self,
        partition: PartitionId,
        tenant: TenantId,
        conversation_of: impl Fn(RecordingId) -> Option<ConversationId>,
        command: &Command,
    ) {
        let (room, plan, version) = match command {
            Command::SetRoom(plan) | Command::BeginRecording(plan) => (plan.room, plan.recorder, plan.version),
            Command::CloseRoom { room } => (*room, Plan::Off, 0),
            Command::Proceed { .. }
            | Command::Answer { .. }
            | Command::Refuse { .. }
            | Command::Release { .. }
            | Command::Dial { .. }
            | Command::ResolveCustomer { .. }
            | Command::SendDigits { .. }
            | Command::RefuseRefer { .. }
            | Command::RecogniseCaller { .. }
            | Command::RecallCallers { .. }
            | Command::Reply { .. } => return,
        };
        let next = plan.recording();
        let before = match next {
            Some(next) => self.rooms.insert(room, next),
            None => self.rooms.remove(&room),
        };
        if let Some(over) = before.filter(|over| Some(*over) != next) {
            self.ring.order(Order::End { recording: over });
        }
        let Some(recording) = next else { return };
        if before != next
            && let Some(conversation) = conversation_of(recording)
        {
            self.begin(partition, tenant, conversation, recording);
        }
        match plan {
            Plan::Off => {}
            Plan::On { .. } => self.turn(recording, None),
            Plan::Paused { .. } => self.turn(recording, Some(version)),
        }
    }

    fn begin(
        &mut self,
        partition: PartitionId,
        tenant: TenantId,
        conversation: ConversationId,
        recording: RecordingId,
    ) {
        self.owners.insert(recording, Owner { partition, is_paused: false });
        self.ring.order(Order::Begin { recording, at: clock::mono() });
        let (store, ring) = (Arc::clone(&self.store), Arc::clone(&self.ring));
        tokio::spawn(async move {
            let key = seal::make_key(&store, tenant, conversation, recording).await;
            ring.order(Order::Key { recording, key: key.map(Box::new) });
        });
    }

    /// Pauses under the plan of this version, or goes on.
    fn turn(&mut self, recording: RecordingId, paused: Option<u64>) {
        let Some(owner) = self.owners.get_mut(&recording) else { return };
        if owner.is_paused == paused.is_some() {
            return;
        }
        owner.is_paused = paused.is_some();
        let at = clock::mono();
        self.ring.order(match paused {
            Some(version) => Order::Pause { recording, version, at },
            None => Order::Resume { recording, at },
        });
    }

    /// What the writer says; what must be told at once is given back.
    pub(crate) fn on_writer(&mut self, report: WriterReport) -> ForFloor {
        match report {
            WriterReport::Gap(recording, gap) => {
                let report = RecorderReport::Gap { at: gap.at, length: gap.length, cause: gap.cause };
                self.report(recording, report)
            }
            WriterReport::Failed(recording, fault) => self.report(recording, RecorderReport::Failed(fault)),
            WriterReport::Closed(recording) => {
                if let Some(owner) = self.owners.get(&recording) {
                    self.seal(owner.partition, recording);
                }
                None
            }
        }
    }

    fn report(&self, recording: RecordingId, report: RecorderReport) -> ForFloor {
        let owner = self.owners.get(&recording)?;
        Some((owner.partition, Input::RecorderReport { recording, report }))
    }

    fn seal(&self, partition: PartitionId, recording: RecordingId) {
        let (recordings, loop_) = (Arc::clone(&self.recordings), self.loop_.clone());
        tokio::spawn(async move {
            let report = seal::seal(&recordings, recording).await;
            let input = Input::RecorderReport { recording, report };
            let _ = loop_.send(Message::Input(partition, input)).await;
        });
    }

    /// A recording an earlier run left: the ledger waits for its end, or does not know it.
    pub(crate) fn recover(
        &mut self,
        tenant: TenantId,
        partition: PartitionId,
        left: Vec<store::recordings::Left>,
        open: &std::collections::BTreeMap<RecordingId, ConversationId>,
    ) {
        for recording in open.keys() {
            self.owners.insert(*recording, Owner { partition, is_paused: false });
            if left.iter().any(|left| left.recording == *recording) {
                self.seal(partition, *recording);
            } else {
                let (loop_, recording) = (self.loop_.clone(), *recording);
                let report = RecorderReport::Failed(RecordingFault::Lost);
                tokio::spawn(async move {
                    let _ = loop_.send(Message::Input(partition, Input::RecorderReport { recording, report })).await;
                });
            }
        }
        for unknown in left.into_iter().filter(|left| !open.contains_key(&left.recording)) {
            let (store, recordings) = (Arc::clone(&self.store), Arc::clone(&self.recordings));
            tokio::spawn(async move { seal::tidy_up(&store, &recordings, tenant, unknown).await });
        }
    }

    /// Entries became durable: what the disk kept for a seal may go.
    #[allow(clippy::wildcard_enum_match_arm, reason = "only the end of a recording concerns the disk")]
    pub(crate) fn committed(&mut self, entries: &[LedgerEntry]) {
        for entry in entries {
            match &entry.event {
                Event::RecordingSealed { recording, .. } | Event::RecordingFailed { recording, .. } => {
                    reach(KillPoint::SealCommitted);
                    self.owners.remove(recording);
                    self.recordings.settled(*recording);
                }
                _ => {}
            }
        }
    }

    /// Ends the thread, which closes what is still being written.
    pub(crate) fn stop(&mut self) {
        self.ring.order(Order::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests;
