//! Named places at which a test can have this process killed, as the machine or the kernel would: without a word, in the middle.
//!
//! Reachable only through the server's test hook; a server without the hook never arms one, and passing one costs a load of a zero.
//! What must hold whichever it is: nothing acknowledged is lost, every conversation ends in the books exactly once, and the next start works.

use std::sync::atomic::{AtomicU64, Ordering};

/// During what a place is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The first start on an empty directory.
    FirstStart,
    /// The first call of a centre.
    FirstCall,
    /// Any start.
    Start,
    /// Calls and the work of people.
    Work,
    /// A stop in order.
    Stop,
}

macro_rules! places {
    ($($when:ident $place:ident $name:literal;)+) => {
        /// A place, named for what has just been done or is about to be.
        #[allow(missing_docs, reason = "the name says it")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum KillPoint { $($place),+ }

        impl KillPoint {
            /// Every place.
            pub const ALL: &'static [KillPoint] = &[$(KillPoint::$place),+];

            /// Its public name.
            pub const fn name(self) -> &'static str {
                match self { $(KillPoint::$place => $name),+ }
            }

            /// During what it is passed.
            pub const fn when(self) -> When {
                match self { $(KillPoint::$place => When::$when),+ }
            }
        }
    };
}

places! {
    FirstStart MigrationBegun "migration_begun";
    FirstStart MigrationWritten "migration_written";
    FirstStart MigrationCommitted "migration_committed";
    FirstStart ObjectWritten "object_written";
    FirstStart ObjectSynced "object_synced";
    FirstStart ObjectRenamed "object_renamed";
    FirstCall PartyKeyMade "party_key_made";
    FirstCall PartyKeyWritten "party_key_written";
    FirstCall PartyKeyCommitted "party_key_committed";
    Start LeaseTaken "lease_taken";
    Start LeaseCommitted "lease_committed";
    Start LedgerFolded "ledger_folded";
    Start FirstWordsSaid "first_words_said";
    Start ReportsCaughtUp "reports_caught_up";
    Work InputArrived "input_arrived";
    Work InputDecided "input_decided";
    Work EventsQueued "events_queued";
    Work EffectsLeft "effects_left";
    Work BatchTaken "batch_taken";
    Work PartiesSealed "parties_sealed";
    Work LedgerRowsWritten "ledger_rows_written";
    Work LedgerBeforeCommit "ledger_before_commit";
    Work LedgerCommitted "ledger_committed";
    Work BatchAppended "batch_appended";
    Work CommitTold "commit_told";
    Work EntriesPublished "entries_published";
    Work BeforeReply "before_reply";
    Work Replied "replied";
    Work LeaseRenewing "lease_renewing";
    Work LeaseRenewed "lease_renewed";
    Work ReportsBegun "reports_begun";
    Work ReportsRowsWritten "reports_rows_written";
    Work ReportsCursorMoved "reports_cursor_moved";
    Work ReportsCommitted "reports_committed";
    Work CheckpointBegun "checkpoint_begun";
    Work CheckpointOfLedgerDone "checkpoint_of_ledger_done";
    Work CheckpointDone "checkpoint_done";
    Work ChangeBegun "change_begun";
    Work ChangeVersioned "change_versioned";
    Work AuditRowWritten "audit_row_written";
    Work AuditPayloadWritten "audit_payload_written";
    Work ChangeCommitted "change_committed";
    Work ReplyKept "reply_kept";
    Work RecordingKeyWritten "recording_key_written";
    Work RecordingKeyCommitted "recording_key_committed";
    Work ChunkWritten "chunk_written";
    Work ChunksSynced "chunks_synced";
    Work RecordingClosed "recording_closed";
    Work RecordingPut "recording_put";
    Work SealCommitted "seal_committed";
    Stop StopAsked "stop_asked";
    Stop CallsReleased "calls_released";
    Stop BooksClosed "books_closed";
    Stop LeaseReleased "lease_released";
    Stop FilesClosing "files_closing";
    Stop LedgerClosed "ledger_closed";
}

impl KillPoint {
    /// The place of this name.
    pub fn named(name: &str) -> Option<KillPoint> {
        KillPoint::ALL.iter().copied().find(|place| place.name() == name)
    }
}

/// Zero, or the armed place (from 1) above how often it may still be passed.
static ARMED: AtomicU64 = AtomicU64::new(0);
const PASSES_BITS: u32 = 32;

/// Kills this process when it has passed `place` `passes` times and comes to it again. One place is armed at a time.
pub fn arm(place: KillPoint, passes: u32) {
    ARMED.store((place as u64 + 1) << PASSES_BITS | u64::from(passes), Ordering::SeqCst);
}

/// The process has come to a place.
pub fn reach(place: KillPoint) {
    if ARMED.load(Ordering::Relaxed) != 0 && is_struck(place) {
        die();
    }
}

#[cold]
fn is_struck(place: KillPoint) -> bool {
    let pass = |armed: u64| {
        let (is_here, passes) = (armed >> PASSES_BITS == place as u64 + 1, armed & u64::from(u32::MAX));
        is_here.then(|| if passes == 0 { armed } else { armed - 1 })
    };
    ARMED.fetch_update(Ordering::SeqCst, Ordering::SeqCst, pass).is_ok_and(|before| before & u64::from(u32::MAX) == 0)
}

/// No handler runs, nothing is flushed.
fn die() {
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    std::process::abort();
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_place_has_a_name_of_its_own() {
        let names: BTreeSet<&str> = KillPoint::ALL.iter().map(|place| place.name()).collect();
        assert_eq!(names.len(), KillPoint::ALL.len());
        assert!(KillPoint::ALL.iter().all(|place| KillPoint::named(place.name()) == Some(*place)));
        assert_eq!(KillPoint::named("nowhere"), None);
    }

    #[test]
    fn only_the_armed_place_strikes_and_only_after_its_passes() {
        arm(KillPoint::LedgerRowsWritten, 2);
        assert!(!is_struck(KillPoint::LedgerCommitted));
        assert!(!is_struck(KillPoint::LedgerRowsWritten));
        assert!(!is_struck(KillPoint::LedgerRowsWritten));
        assert!(is_struck(KillPoint::LedgerRowsWritten));
        ARMED.store(0, Ordering::SeqCst);
        assert!(!is_struck(KillPoint::LedgerRowsWritten));
    }
}
