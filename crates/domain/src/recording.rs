//! Recording: what is kept of a conversation's sound, what interrupts it, and how it ends.

use std::fmt;
use std::time::Duration;

/// Whose sound a recording keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tracks {
    /// Every port, legs and plays alike, while another leg hears it.
    Heard,
    /// The customer's leg alone, whether somebody hears it or not.
    Customer,
}

/// Why nothing is kept for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PauseReason {
    /// The customer gives payment card data.
    CardData,
    /// The customer gives personal data that must not be kept.
    PersonalData,
    /// Another one.
    Other,
}

impl PauseReason {
    /// All of them, in order.
    pub const ALL: [PauseReason; 3] = [PauseReason::CardData, PauseReason::PersonalData, PauseReason::Other];

    const fn bit(self) -> u8 {
        match self {
            PauseReason::CardData => 1,
            PauseReason::PersonalData => 2,
            PauseReason::Other => 4,
        }
    }
}

/// A set of reasons; a recording is paused while it is not empty.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct PauseReasons(u8);

impl PauseReasons {
    /// No reason.
    pub const NONE: PauseReasons = PauseReasons(0);

    /// The set with `reason` added.
    #[must_use]
    pub const fn with(self, reason: PauseReason) -> PauseReasons {
        PauseReasons(self.0 | reason.bit())
    }

    /// Whether `reason` is in the set.
    pub const fn contains(self, reason: PauseReason) -> bool {
        self.0 & reason.bit() != 0
    }

    /// Whether there is no reason.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The reasons, in order.
    pub fn iter(self) -> impl Iterator<Item = PauseReason> {
        PauseReason::ALL.into_iter().filter(move |reason| self.contains(*reason))
    }
}

impl fmt::Debug for PauseReasons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Why a stretch is missing in a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GapCause {
    /// More waited for the disk than may wait.
    Overflow,
    /// The disk was full.
    DiskFull,
    /// The disk refused to write.
    DiskFailed,
    /// The end of what a process that died had written could not be read.
    TornOff,
}

/// Why a recording cannot be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordingFault {
    /// Its key could not be kept, so nothing was written.
    NoKey,
    /// After a restart nothing of it was on disk.
    Lost,
    /// The disk did not take it.
    DiskFailed,
    /// What was written of it cannot be read.
    Unreadable,
}

/// Why a recording was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ErasureCause {
    /// It was kept for as long as the policy says.
    Retention,
    /// A person asked for it.
    Request,
}

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What became of a recording, or of a stretch of it. Every recording that was started ends with exactly one `Sealed` or `Failed`, be it
/// after a restart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecorderReport {
    /// A stretch is missing.
    Gap {
        /// Where it begins, from the beginning of the recording.
        at: Duration,
        /// How long it is.
        length: Duration,
        /// Why.
        cause: GapCause,
    },
    /// It is whole on disk.
    Sealed(Manifest),
    /// It cannot be heard.
    Failed(RecordingFault),
}

/// What a sealed recording is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// How many chunks it has.
    pub chunks: u64,
    /// Size of its object.
    pub bytes: u64,
    /// How long it plays.
    pub duration: Duration,
    /// Stretches that are missing in it.
    pub gaps: u32,
    /// SHA-256 of its object.
    pub digest: Digest,
    /// Put together after a restart.
    pub recovered: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_a_set() {
        let set = PauseReasons::NONE.with(PauseReason::Other).with(PauseReason::CardData).with(PauseReason::Other);
        assert_eq!(set.iter().collect::<Vec<_>>(), [PauseReason::CardData, PauseReason::Other]);
        assert!(!set.contains(PauseReason::PersonalData) && !set.is_empty() && PauseReasons::NONE.is_empty());
    }
}
