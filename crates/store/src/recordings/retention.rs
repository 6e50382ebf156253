//! What the policy says of all recordings, and whether all are still there: looked at by a job, page by page.

use std::collections::HashMap;

use domain::recording::ErasureCause;
use domain::retention::{RetentionPolicy, days_before};
use domain::{QueueId, RecordingId, TenantId, Utc};
use tracing::warn;

use super::object::object_key;
use super::{RecordingError, Recordings};
use crate::{RecordingPlace, RecordingRow, Scope, StoreError};

/// A recording whose conversation has been over for so long and whose end nobody told is missing: one day.
const END_OVERDUE_DAYS: u32 = 1;

/// What is said at this moment of how long recordings are kept.
struct Keeps {
    policy: RetentionPolicy,
    queues: HashMap<QueueId, u32>,
}

impl Keeps {
    fn is_due(&self, now: Utc, row: &RecordingRow, queue: Option<QueueId>) -> bool {
        let queue_days = queue.and_then(|queue| self.queues.get(&queue).copied());
        self.policy.expiry(row.started_at, row.tracks, queue_days).is_some_and(|due| due <= now)
    }
}

impl Recordings {
    /// Erases what has been kept for as long as the policy in force says; gives how many. A recording that is held stays; one
    /// that cannot be erased at the moment stands in nobody's way.
    ///
    /// # Errors
    /// `Unavailable`; what was done until then stays done.
    pub async fn erase_due(&self, tenant: TenantId, now: Utc) -> Result<u64, RecordingError> {
        let scope = Scope::system(tenant);
        let (mut erased, mut failed, mut after) = (0, false, None);
        loop {
            let keeps = self.keeps(&scope).await?;
            let Some(days) = keeps.policy.shortest(keeps.queues.values().copied()) else { break };
            let rows = self.store.sealed_recordings_before(tenant, days_before(now, days), after).await?;
            let Some((last, _)) = rows.last() else { break };
            after = Some(RecordingPlace { started_at: last.started_at, id: last.id });
            for (row, queue) in &rows {
                // Asked again before each: what is erased does not come back when the policy was just made longer.
                if !keeps.is_due(now, row, *queue) || !self.keeps(&scope).await?.is_due(now, row, *queue) {
                    continue;
                }
                match self.erase_one(&scope, now, row.id).await {
                    Ok(is_erased) => erased += u64::from(is_erased),
                    Err(error) => {
                        warn!(recording.id = %row.id, %error, "a recording that is due cannot be erased at the moment");
                        failed = true;
                    }
                }
            }
        }
        if erased > 0 || failed {
            self.store.scrub_keys().await?;
        }
        Ok(erased)
    }

    async fn keeps(&self, scope: &Scope) -> Result<Keeps, StoreError> {
        let policy = self.store.retention_policy(scope).await?.policy;
        Ok(Keeps { policy, queues: self.store.queue_retention(scope).await? })
    }

    async fn erase_one(&self, scope: &Scope, now: Utc, recording: RecordingId) -> Result<bool, RecordingError> {
        match self.note_erasure(scope, now, recording, ErasureCause::Retention, None).await {
            Ok(true) => self.shred(recording, now).await.map(|()| true),
            // Noted before, held, or a row without a key: nothing of it is ours to erase.
            Ok(false) | Err(RecordingError::OnHold | RecordingError::StillLive | RecordingError::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Looks whether the objects of sealed recordings are there and as long as the ledger says, and whether recordings of
    /// conversations that are over have an end; notes it in their rows and gives how many are missing. Only sizes are asked for: whether
    /// the bytes are those that were sealed is what `callisto verify` finds out.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn look_for_missing(&self, tenant: TenantId, now: Utc) -> Result<u64, RecordingError> {
        let mut after = None;
        loop {
            let rows = self.store.sealed_recordings_before(tenant, Utc(i64::MAX), after).await?;
            let Some((last, _)) = rows.last() else { break };
            after = Some(RecordingPlace { started_at: last.started_at, id: last.id });
            let (mut missing, mut found) = (Vec::new(), Vec::new());
            for (row, _) in &rows {
                let is_there = self.is_whole(tenant, row).await?;
                match (is_there, row.missing_since) {
                    (false, None) => missing.push(row.id),
                    (true, Some(_)) => found.push(row.id),
                    (true, None) | (false, Some(_)) => {}
                }
            }
            self.store.note_missing(tenant, &missing, Some(now)).await?;
            self.store.note_missing(tenant, &found, None).await?;
        }
        self.store.note_endless(tenant, days_before(now, END_OVERDUE_DAYS), now).await?;
        Ok(self.store.missing_count(tenant).await?)
    }

    async fn is_whole(&self, tenant: TenantId, row: &RecordingRow) -> Result<bool, StoreError> {
        let size = self.objects.size(&object_key(tenant, row.id)?).await?;
        if size.is_some_and(|size| row.bytes.is_none_or(|bytes| size >= bytes)) {
            return Ok(true);
        }
        // Its object may be gone because somebody has just had it erased.
        Ok(self.store.erasure(tenant, row.id).await?.is_some())
    }
}
