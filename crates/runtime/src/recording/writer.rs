//! The thread that writes recordings: takes what waits twenty times a second, makes it durable once a second, closes what has ended.
//!
//! It may be held up by the disk for as long as the disk likes: nobody waits for it. What it cannot write it counts as gaps.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use domain::recording::RecordingFault;
use domain::{Mono, RecordingId};
use store::recordings::{RecordingWriter, WriteError};

use super::pulse::{Pulse, WriterFault};
use super::ring::{Order, SoundRing, Taken};
use super::writing::{Gap, Writing};
use crate::clock;

/// How often sound is taken: what is kept in memory is this much, what a power cut costs is a second more.
const TURN: Duration = Duration::from_millis(50);
/// How often what was written is made durable.
const SYNC: Duration = Duration::from_secs(1);
/// How long after its end a recording takes packets that were on their way.
const LINGER: Duration = Duration::from_millis(200);
/// How long an ended recording waits for its key.
const KEY_WAIT: Duration = Duration::from_secs(10);

/// What the writer tells the floor loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriterReport {
    /// A stretch is missing.
    Gap(RecordingId, Gap),
    /// Nothing more is written of it; it can be sealed.
    Closed(RecordingId),
    /// Nothing was written of it.
    Failed(RecordingId, RecordingFault),
}

/// Passes a report on; gives it back when there is no room.
pub(super) type Tell = Box<dyn Fn(WriterReport) -> Result<(), WriterReport> + Send>;

/// Starts the thread. It ends with `Order::Stop`, when everything that has ended is closed.
pub(super) fn start(
    ring: Arc<SoundRing>,
    disk: RecordingWriter,
    pulse: Arc<Pulse>,
    tell: Tell,
) -> io::Result<JoinHandle<()>> {
    let writer = Writer {
        ring,
        disk,
        pulse,
        tell,
        writing: BTreeMap::new(),
        reports: VecDeque::new(),
        fault: None,
        next_sync: Mono(0),
    };
    thread::Builder::new().name("recordings".to_owned()).spawn(move || writer.run())
}

struct Writer {
    ring: Arc<SoundRing>,
    disk: RecordingWriter,
    pulse: Arc<Pulse>,
    tell: Tell,
    writing: BTreeMap<RecordingId, Writing>,
    /// Reports nobody took yet; bounded by the recordings there are and their gaps.
    reports: VecDeque<WriterReport>,
    /// What went wrong since the last sync.
    fault: Option<WriterFault>,
    next_sync: Mono,
}

impl Writer {
    fn run(mut self) {
        let mut taken = Taken::default();
        let mut stopping = false;
        while !stopping {
            self.ring.take(&mut taken, TURN);
            let now = clock::mono();
            for order in taken.orders.drain(..) {
                stopping |= matches!(order, Order::Stop);
                self.obey(now, order);
            }
            for packet in &taken.packets {
                if let Some(writing) = self.writing.get_mut(&packet.recording) {
                    let written = writing.sound(&mut self.disk, packet);
                    self.note(written);
                }
            }
            self.ring.give_back(taken.packets.drain(..).map(|packet| packet.samples));
            for (recording, lost) in std::mem::take(&mut taken.lost) {
                self.fault = Some(WriterFault::Overflow);
                if let Some(writing) = self.writing.get_mut(&recording) {
                    writing.lose(lost);
                }
            }
            if now >= self.next_sync || stopping {
                self.next_sync = now + SYNC;
                self.every_second(now);
            }
            self.close_due(now, stopping);
            self.report();
            self.pulse.beat(clock::mono());
        }
        self.ring.close();
    }

    fn obey(&mut self, now: Mono, order: Order) {
        match order {
            Order::Begin { recording, at } => {
                self.writing.entry(recording).or_insert_with(|| Writing::new(recording, at));
            }
            Order::Key { recording, key: Some(key) } => {
                let Some(writing) = self.writing.get_mut(&recording).filter(|writing| !writing.has_key()) else {
                    return;
                };
                self.disk.begin(*key);
                let written = writing.unlock(&mut self.disk);
                self.note(written);
            }
            Order::Key { recording, key: None } => {
                if self.writing.remove(&recording).is_some() {
                    self.reports.push_back(WriterReport::Failed(recording, RecordingFault::NoKey));
                }
            }
            Order::Pause { recording, version, at } => {
                let Some(writing) = self.writing.get_mut(&recording) else { return };
                let written = writing.pause(&mut self.disk, version, at);
                self.note(written);
            }
            Order::Resume { recording, at } => {
                let Some(writing) = self.writing.get_mut(&recording) else { return };
                let written = writing.resume(&mut self.disk, at);
                self.note(written);
            }
            Order::End { recording } => {
                if let Some(writing) = self.writing.get_mut(&recording) {
                    writing.closes_at.get_or_insert(now + LINGER);
                }
            }
            Order::Stop => {
                for writing in self.writing.values_mut() {
                    writing.closes_at = Some(now);
                }
            }
        }
    }

    /// Remembers what the disk said, for whoever asks how it is.
    fn note(&mut self, written: Result<(), WriteError>) {
        match written {
            Ok(()) | Err(WriteError::Unknown(_) | WriteError::OutOfPlace) => {}
            Err(WriteError::DiskFull) => self.fault = Some(WriterFault::DiskFull),
            Err(WriteError::DiskFailed(error)) => {
                if self.fault != Some(WriterFault::DiskFailed) {
                    tracing::warn!(%error, "recordings cannot be written; talk goes on without them");
                }
                self.fault = Some(WriterFault::DiskFailed);
            }
        }
    }

    fn every_second(&mut self, now: Mono) {
        let recordings: Vec<RecordingId> = self.writing.keys().copied().collect();
        for recording in recordings {
            let Some(writing) = self.writing.get_mut(&recording) else { continue };
            let written = writing.cut_silent(&mut self.disk, now);
            self.note(written);
        }
        let synced = self.disk.sync();
        self.note(synced);
        let fault = self.fault.take();
        self.pulse.set(fault);
        if fault.is_none() {
            for (recording, writing) in &mut self.writing {
                let gap = writing.close_gap(&mut self.disk);
                self.reports.extend(gap.map(|gap| WriterReport::Gap(*recording, gap)));
            }
        }
    }

    fn close_due(&mut self, now: Mono, stopping: bool) {
        let is_due = |writing: &Writing| writing.closes_at.is_some_and(|at| at <= now);
        let due: Vec<RecordingId> =
            self.writing.iter().filter(|(_, writing)| is_due(writing)).map(|(recording, _)| *recording).collect();
        for recording in due {
            let Some(writing) = self.writing.get_mut(&recording) else { continue };
            if !writing.has_key() {
                let until = writing.closes_at.map_or(now, |at| at + KEY_WAIT);
                if now < until && !stopping {
                    continue;
                }
                self.writing.remove(&recording);
                self.reports.push_back(WriterReport::Failed(recording, RecordingFault::NoKey));
                continue;
            }
            let written = writing.finish(&mut self.disk, now);
            let gap = writing.close_gap(&mut self.disk);
            self.note(written);
            self.reports.extend(gap.map(|gap| WriterReport::Gap(recording, gap)));
            let closed = self.disk.close(recording);
            self.note(closed);
            self.writing.remove(&recording);
            self.reports.push_back(WriterReport::Closed(recording));
        }
    }

    fn report(&mut self) {
        while let Some(report) = self.reports.pop_front() {
            if let Err(report) = (self.tell)(report) {
                self.reports.push_front(report);
                return;
            }
        }
    }
}
