//! The disk of a world that fails: commits take time, some take seconds, and what was not committed is lost with the process.
//!
//! What a promise rests on is remembered (I3): an answer to a caller, a reply to a person, a ring at a desk. When the node is killed, the
//! ledger that is left must hold all of it.

use std::collections::VecDeque;

use domain::{Command, Event, Gate};

use crate::agenda::Happening;
use crate::model::I3;
use crate::world::{SECOND, World};
use crate::{Sabotage, Violation};

const MS: u64 = 1_000;
/// Age of the oldest event not yet committed beyond which signalling turns new calls away.
const AGE_MAX: u64 = 2 * SECOND;

/// Commits in progress and what waits for them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Disk {
    /// Events on the disk.
    committed: u64,
    /// Events of the commit in progress.
    writing: Option<u64>,
    /// When the oldest event not yet committed was made.
    oldest: Option<u64>,
    /// Events the world outside rests on.
    promised: u64,
    /// Kill the node in the middle of the next commit.
    kill: bool,
    gated: VecDeque<(u64, Command)>,
    told: VecDeque<Event>,
}

impl Disk {
    /// A disk that holds this many events.
    pub(crate) fn holding(events: u64) -> Disk {
        Disk { committed: events, promised: events, ..Disk::default() }
    }

    pub(crate) fn kill_in_commit(&mut self) {
        self.kill = true;
    }

    fn is_behind(&self, t: u64) -> bool {
        self.oldest.is_some_and(|oldest| t > oldest + AGE_MAX)
    }
}

impl World {
    /// Whether signalling turns a new call away, as the real one does when the ledger does not take events in time.
    pub(crate) fn turns_calls_away(&mut self) -> bool {
        let behind = self.scale.faults && self.disk.is_behind(self.t);
        if behind {
            self.watch.count("turned away by a slow disk");
        }
        behind
    }

    /// An event is told to the people when it is committed.
    pub(crate) fn event_made(&mut self, event: Event) {
        if !self.scale.faults {
            return self.agents_react(&event);
        }
        self.disk.told.push_back(event);
        self.disk.oldest.get_or_insert(self.t);
        if self.disk.writing.is_none() {
            self.begin_commit();
        }
    }

    /// A command leaves at its gate.
    pub(crate) fn command_made(&mut self, command: Command) {
        if !self.scale.faults {
            return self.callers_react(command);
        }
        if let Command::Release { leg, .. } | Command::Refuse { leg, .. } = &command {
            self.disk.gated.retain(|(_, held)| held.leg() != Some(*leg));
        }
        let gated = std::mem::take(&mut self.disk.gated);
        let (first, rest): (VecDeque<_>, VecDeque<_>) =
            gated.into_iter().partition(|(_, held)| held.goes_before(&command));
        self.disk.gated = rest;
        first.into_iter().for_each(|(_, held)| self.callers_react(held));
        let seq = self.watch.ledger.len() as u64;
        let promise = matches!(command, Command::Answer { .. } | Command::Reply { result: Ok(()), .. });
        let early = self.scale.sabotage == Some(Sabotage::PromiseBeforeCommit);
        if command.gate() == Gate::AfterCommit && self.disk.committed < seq && !early {
            self.disk.gated.push_back((seq, command));
        } else {
            if promise {
                self.disk.promised = self.disk.promised.max(seq);
            }
            self.callers_react(command);
        }
    }

    fn begin_commit(&mut self) {
        let took = match self.random.below(1_000) {
            0..950 => self.random.between(3 * MS, 40 * MS),
            950..995 => self.random.between(100 * MS, 800 * MS),
            _ => {
                self.watch.count("stalled commits");
                self.random.between(SECOND, 5 * SECOND)
            }
        };
        let events = self.watch.ledger.len() as u64;
        self.disk.writing = Some(events);
        self.plan(took, Happening::CommitEnds(events));
        if std::mem::take(&mut self.disk.kill) {
            self.plan(took / 2, Happening::Killed);
        }
        if self.scale.sabotage == Some(Sabotage::CommitReportedEarly) {
            self.report(events);
        }
    }

    pub(crate) fn commit_ends(&mut self, events: u64) {
        if self.disk.writing != Some(events) {
            return;
        }
        self.disk.writing = None;
        self.disk.committed = events;
        let behind = self.watch.ledger.len() as u64 > events;
        self.disk.oldest = behind.then_some(self.t);
        self.report(events);
        if behind && self.disk.writing.is_none() {
            self.begin_commit();
        }
    }

    /// What waited for these events may leave, and people see them.
    fn report(&mut self, events: u64) {
        self.disk.promised = self.disk.promised.max(events);
        while let Some((seq, _)) = self.disk.gated.front() {
            if *seq > events {
                break;
            }
            if let Some((_, command)) = self.disk.gated.pop_front() {
                self.callers_react(command);
            }
        }
        let untold = self.watch.ledger.len() as u64 - events;
        while self.disk.told.len() as u64 > untold {
            if let Some(event) = self.disk.told.pop_front() {
                self.agents_react(&event);
            }
        }
    }

    /// The process dies: gives how many events the disk does not have. A commit in progress may have come to its end unseen.
    pub(crate) fn disk_crash(&mut self) -> Result<u64, Violation> {
        let written = match self.disk.writing {
            Some(events) if self.random.percent(50) => events,
            Some(_) | None => self.disk.committed,
        };
        let promised = self.disk.promised;
        if promised > written {
            return Err(self.watch.violation(I3, format!("{promised} events were promised, the disk has {written}")));
        }
        let lost = self.watch.ledger.len() as u64 - written;
        if lost > 0 {
            self.watch.count("kills that lost events");
        }
        self.disk = Disk::holding(written);
        Ok(lost)
    }
}
