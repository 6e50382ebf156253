//! The slow parts of a recording's life, away from every loop: its key before the first chunk, its object after the last.

use std::time::Duration;

use domain::recording::{RecorderReport, RecordingFault};
use domain::{ConversationId, Event, RecordingId, TenantId};
use store::recordings::{Left, RecordingError, RecordingKey, Recordings};
use store::{Scope, Store, StoreError};
use tracing::{error, warn};

use crate::clock;

/// Pause before a failed attempt is repeated.
const RETRY: Duration = Duration::from_millis(500);
/// Attempts to keep a key: a minute. A talk that is recorded in memory alone for longer has gaps anyway.
const KEY_ATTEMPTS_MAX: u32 = 120;
/// Pause before a seal that failed for want of a disk is tried again.
const SEAL_RETRY: Duration = Duration::from_secs(5);

/// Makes the key of a recording durable; `None` when that cannot be done.
pub(super) async fn make_key(
    store: &Store,
    tenant: TenantId,
    conversation: ConversationId,
    recording: RecordingId,
) -> Option<RecordingKey> {
    for _ in 0..KEY_ATTEMPTS_MAX {
        match store.create_recording(tenant, conversation, recording, clock::now().utc).await {
            Ok(key) => return Some(key),
            Err(StoreError::Conflict(_)) => break,
            Err(fault) => warn!(%recording, error = %fault, "the key of a recording cannot be kept yet"),
        }
        tokio::time::sleep(RETRY).await;
    }
    error!(%recording, "the key of a recording could not be kept; it is lost");
    None
}

/// Puts the object together, however long the disk takes, and gives what the ledger must say.
pub(super) async fn seal(recordings: &Recordings, recording: RecordingId) -> RecorderReport {
    loop {
        match recordings.seal(recording).await {
            Ok(manifest) => return RecorderReport::Sealed(manifest),
            Err(RecordingError::Unavailable(fault)) => {
                warn!(%recording, error = %fault, "a recording cannot be sealed yet");
            }
            Err(RecordingError::StillLive | RecordingError::OnHold) => {
                warn!(%recording, "a recording is to be sealed while it is written")
            }
            Err(RecordingError::NotFound) => return RecorderReport::Failed(RecordingFault::Lost),
            Err(RecordingError::KeyDestroyed) => return RecorderReport::Failed(RecordingFault::NoKey),
            Err(fault @ (RecordingError::Truncated(_) | RecordingError::Altered(_))) => {
                error!(%recording, error = %fault, "what was written of a recording cannot be read");
                return RecorderReport::Failed(RecordingFault::Unreadable);
            }
        }
        tokio::time::sleep(SEAL_RETRY).await;
    }
}

/// A recording on disk that no seal is awaited of: forgotten when the ledger knows its end, discarded when it never knew its beginning.
pub(super) async fn tidy_up(store: &Store, recordings: &Recordings, tenant: TenantId, left: Left) {
    let began =
        |event: &Event| matches!(event, Event::RecordingStarted { recording, .. } if *recording == left.recording);
    match store.conversation_events(&Scope::system(tenant), left.conversation).await {
        Ok(events) if events.iter().any(|entry| began(&entry.event)) => recordings.settled(left.recording),
        Ok(_) | Err(StoreError::NotFound(_)) => {
            if let Err(fault) = recordings.discard(left.recording, clock::now().utc).await {
                warn!(recording = %left.recording, error = %fault, "a recording nobody knows of cannot be discarded");
            }
        }
        Err(fault) => {
            warn!(recording = %left.recording, error = %fault, "the ledger cannot be asked about a recording")
        }
    }
}
