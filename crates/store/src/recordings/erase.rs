//! Erasing recordings, so that a kill at any step ends, after a restart, in a recording that is whole or one that is gone.
//!
//! 1. The erasure is noted, with its audit row, if nothing holds the recording. From here on nobody hears it any more.
//! 2. Its key is destroyed. What was sealed under it is noise from here on, in whatever copy.
//! 3. Its object is removed, and its chunks in the segments are given up.
//! 4. The log of `keys.db` is folded into the file, so that no old page holds the wrapped key.
//! 5. The ledger says so; whoever owns the floor sees to that ([`crate::Store::unfinished_erasures`]), and notes that it is told.
//!
//! Steps 2 to 4 may be repeated, and are at the next start when they, or the fifth, did not come to their end.

use domain::recording::ErasureCause;
use domain::{Event, RecordingId, TenantId, Utc};
use tracing::warn;

use super::live::Progress;
use super::object::object_key;
use super::{RecordingError, Recordings};
use crate::business::Noted;
use crate::store::lock;
use crate::{Erasure, Scope, Store, StoreError};

impl Recordings {
    /// Erases a sealed recording: steps 1 to 4. May be repeated: it is noted and entered the first time only, and destroyed every time,
    /// so that a second try does what the first did not come to, and what was put back from a copy goes again.
    ///
    /// # Errors
    /// `NotFound` out of the scope's reach, `StillLive` before its seal is in the ledger, `OnHold` while it is held, `Unavailable`; then
    /// it is noted or not, and what was noted is finished at the next start.
    pub async fn erase(
        &self,
        scope: &Scope,
        now: Utc,
        recording: RecordingId,
        cause: ErasureCause,
        reason: Option<&str>,
    ) -> Result<(), RecordingError> {
        self.note_erasure(scope, now, recording, cause, reason).await?;
        self.shred(recording, now).await?;
        self.store.scrub_keys().await?;
        Ok(())
    }

    /// The first step; whether it was noted just now.
    pub(crate) async fn note_erasure(
        &self,
        scope: &Scope,
        now: Utc,
        recording: RecordingId,
        cause: ErasureCause,
        reason: Option<&str>,
    ) -> Result<bool, RecordingError> {
        let row = self.within_reach(scope, recording).await?;
        self.not_writing(recording)?;
        if self.store.recording_manifest(row.tenant, row.conversation, recording).await?.is_none() {
            return Err(RecordingError::StillLive);
        }
        match self.store.note_erasure(scope, now, (row.conversation, recording), cause, reason).await? {
            Noted::New => Ok(true),
            Noted::Before => Ok(false),
            Noted::Held => Err(RecordingError::OnHold),
        }
    }

    /// Does steps 2 to 4 again for erasures that were noted and may be half done; gives those that are done. What cannot be done at
    /// the moment stands in nobody's way.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn carry_out<'a>(&self, erasures: &'a [Erasure], now: Utc) -> Result<Vec<&'a Erasure>, RecordingError> {
        let mut done = Vec::with_capacity(erasures.len());
        for erasure in erasures {
            match self.shred(erasure.recording, now).await {
                // Without a key there is nothing to be destroyed.
                Ok(()) | Err(RecordingError::NotFound) => done.push(erasure),
                Err(error) => {
                    warn!(recording.id = %erasure.recording, %error, "an erasure cannot be finished at the moment");
                }
            }
        }
        if !erasures.is_empty() {
            self.store.scrub_keys().await?;
        }
        Ok(done)
    }

    pub(super) fn not_writing(&self, recording: RecordingId) -> Result<(), RecordingError> {
        match lock(&self.live).recordings.get(&recording).map(|live| live.progress) {
            Some(Progress::Writing) => Err(RecordingError::StillLive),
            Some(Progress::Closed | Progress::TornOff) | None => Ok(()),
        }
    }

    /// Steps 2 and 3.
    pub(super) async fn shred(&self, recording: RecordingId, now: Utc) -> Result<(), RecordingError> {
        // Nobody puts the object together meanwhile.
        let _sealing = self.sealing.lock().await;
        let row = self.store.recording_row(recording).await?.ok_or(RecordingError::NotFound)?;
        self.store.destroy_recording_key(recording, now).await?;
        self.objects.delete(&object_key(row.tenant, recording)?).await?;
        lock(&self.live).forget(recording);
        Ok(())
    }
}

impl Store {
    /// Whether the ledger says that the recording was erased.
    pub async fn is_erasure_told(&self, tenant: TenantId, erasure: &Erasure) -> Result<bool, StoreError> {
        let events = self.events_of(tenant, erasure.conversation).await?;
        let says = |event: &Event| matches!(event, Event::RecordingErased { recording, .. } if *recording == erasure.recording);
        Ok(events.iter().any(|entry| says(&entry.event)))
    }

    /// Folds the log of `keys.db` into the file. Freed bytes of that file are overwritten, so that afterwards no page holds a key
    /// that was destroyed before.
    pub(super) async fn scrub_keys(&self) -> Result<(), StoreError> {
        self.keys.fold_log().await
    }
}
