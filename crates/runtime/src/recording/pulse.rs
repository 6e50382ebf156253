//! How the writer is, for whoever asks without waiting for it.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::time::Duration;

use domain::Mono;

/// Longer without a sign of life, and the disk is holding the writer up.
const STALLED: Duration = Duration::from_secs(2);

/// What is wrong with recordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriterFault {
    /// The disk is full, or only what is kept for the ledger is left.
    DiskFull,
    /// The disk refuses to write.
    DiskFailed,
    /// The disk does not answer.
    Stalled,
    /// More sound came than the disk took.
    Overflow,
}

/// The writer's sign of life and its last fault.
#[derive(Debug, Default)]
pub(crate) struct Pulse {
    beat: AtomicU64,
    fault: AtomicU8,
}

impl Pulse {
    pub(super) fn beat(&self, now: Mono) {
        self.beat.store(now.0, Ordering::Relaxed);
    }

    /// What went wrong in the last second, if anything.
    pub(super) fn set(&self, fault: Option<WriterFault>) {
        let code = match fault {
            None | Some(WriterFault::Stalled) => 0,
            Some(WriterFault::DiskFull) => 1,
            Some(WriterFault::DiskFailed) => 2,
            Some(WriterFault::Overflow) => 3,
        };
        self.fault.store(code, Ordering::Relaxed);
    }

    /// What is wrong at this moment.
    pub(crate) fn fault(&self, now: Mono) -> Option<WriterFault> {
        let beat = self.beat.load(Ordering::Relaxed);
        if beat > 0 && now.since(Mono(beat)) > STALLED {
            return Some(WriterFault::Stalled);
        }
        match self.fault.load(Ordering::Relaxed) {
            1 => Some(WriterFault::DiskFull),
            2 => Some(WriterFault::DiskFailed),
            3 => Some(WriterFault::Overflow),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_that_does_not_move_is_stalled_and_recovers() {
        let pulse = Pulse::default();
        let at = |s: u64| Mono(s * 1_000_000_000);
        assert_eq!(pulse.fault(at(100)), None);
        pulse.beat(at(100));
        pulse.set(Some(WriterFault::DiskFull));
        assert_eq!(pulse.fault(at(101)), Some(WriterFault::DiskFull));
        assert_eq!(pulse.fault(at(103)), Some(WriterFault::Stalled));
        pulse.beat(at(103));
        pulse.set(None);
        assert_eq!(pulse.fault(at(104)), None);
    }
}
