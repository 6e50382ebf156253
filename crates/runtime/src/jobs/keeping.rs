//! Recordings are erased when the policy or a person says so, and looked after. What is noted in the store is carried out here and told to
//! the floor, which writes it into the ledger; so a kill in the middle only delays it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::{Event, Input, LedgerEntry, PartitionId, RecordingId, TenantId, Utc};
use store::recordings::{RecordingError, Recordings};
use store::{Erasure, Scope, Store, StoreError};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Notify, broadcast, mpsc};
use tracing::{info, warn};

use crate::clock;
use crate::floor_loop::Message;

/// How often the policy is applied and all objects are looked at.
const EVERY: Duration = Duration::from_secs(3_600);
/// How long the ledger may take to say that something was erased, before it is asked again at the next turn.
const TOLD_MAX: Duration = Duration::from_secs(10);
/// How long the lists may take to come to the end of the ledger. The policy is applied to no older state than that: somebody may have
/// moved a conversation to a queue that keeps longer.
const LISTED_MAX: Duration = Duration::from_secs(60);
/// Pause before what could not be done is tried again.
const RETRY: Duration = Duration::from_secs(30);

/// What others know of the job, and how they wake it.
#[derive(Debug, Default)]
pub(crate) struct Keeping {
    wake: Notify,
    missing: AtomicU64,
}

impl Keeping {
    /// Something was noted, or the policy changed.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    /// How many recordings are missing, as of the last look.
    pub(crate) fn missing(&self) -> u64 {
        self.missing.load(Ordering::Relaxed)
    }
}

/// The job of one tenant.
pub(crate) struct Keeper {
    pub(crate) store: Arc<Store>,
    pub(crate) recordings: Arc<Recordings>,
    pub(crate) tenant: TenantId,
    pub(crate) partition: PartitionId,
    pub(crate) loop_: mpsc::Sender<Message>,
    pub(crate) committed: broadcast::Sender<Arc<[LedgerEntry]>>,
    pub(crate) keeping: Arc<Keeping>,
}

impl Keeper {
    /// Works for ever: at the start, every hour, and when it is woken.
    pub(crate) async fn run(self) {
        let mut looked_at = None;
        while !self.loop_.is_closed() {
            let now = clock::now();
            let is_due = looked_at.is_none_or(|before| now.mono.since(before) >= EVERY);
            let done = match self.keep(now.utc).await {
                Ok(()) if is_due => self.look(now.utc).await,
                done => done,
            };
            let pause = match done {
                Ok(()) => {
                    looked_at = if is_due { Some(now.mono) } else { looked_at };
                    EVERY
                }
                Err(error) => {
                    warn!(%error, "recordings cannot be looked after at the moment");
                    RETRY
                }
            };
            let _ = tokio::time::timeout(pause, self.keeping.wake.notified()).await;
        }
    }

    /// Finishes erasures that were noted, then erases what is due.
    pub(crate) async fn keep(&self, now: Utc) -> Result<(), RecordingError> {
        self.finish(now).await?;
        let head = self.store.head(self.partition).await?.seq;
        if !self.store.wait_projected(self.partition, head, LISTED_MAX).await? {
            return Err(StoreError::Behind.into());
        }
        let erased = self.recordings.erase_due(self.tenant, now).await?;
        if erased > 0 {
            info!(erased, "recordings were kept for as long as the policy says");
            self.finish(now).await?;
        }
        Ok(())
    }

    /// Looks for recordings that should be there, and removes what is over.
    pub(crate) async fn look(&self, now: Utc) -> Result<(), RecordingError> {
        let missing = self.recordings.look_for_missing(self.tenant, now).await?;
        let before = self.keeping.missing.swap(missing, Ordering::Relaxed);
        if missing > before {
            warn!(missing, "recordings are missing");
        }
        self.store.purge_expired(&Scope::system(self.tenant), now).await?;
        Ok(())
    }

    async fn finish(&self, now: Utc) -> Result<(), RecordingError> {
        let mut after = None;
        loop {
            let erasures = self.store.unfinished_erasures(self.tenant, after).await?;
            let Some(last) = erasures.last() else { return Ok(()) };
            after = Some(last.recording);
            let mut is_all_told = true;
            for erasure in self.recordings.carry_out(&erasures, now).await? {
                if self.is_told(erasure).await? {
                    self.store.erasure_told(self.tenant, erasure.recording).await?;
                } else {
                    is_all_told = false;
                }
            }
            if !is_all_told {
                warn!("the ledger has not said yet that recordings were erased");
                return Ok(());
            }
        }
    }

    /// Has the ledger say it, unless it does already; whether it does.
    async fn is_told(&self, erasure: &Erasure) -> Result<bool, RecordingError> {
        if self.store.is_erasure_told(self.tenant, erasure).await? {
            return Ok(true);
        }
        let committed = self.committed.subscribe();
        let Erasure { conversation, recording, cause, .. } = *erasure;
        let input = Input::RecordingErased { conversation, recording, cause };
        if self.loop_.send(Message::Input(self.partition, input)).await.is_err() {
            return Ok(false);
        }
        let heard = tokio::time::timeout(TOLD_MAX, hears(committed, recording)).await;
        match heard {
            Ok(true) => Ok(true),
            Ok(false) | Err(_) => Ok(self.store.is_erasure_told(self.tenant, erasure).await?),
        }
    }
}

/// Waits until the erasure is committed; `false` when that may have been missed.
async fn hears(mut committed: broadcast::Receiver<Arc<[LedgerEntry]>>, erased: RecordingId) -> bool {
    let says =
        |entry: &LedgerEntry| matches!(&entry.event, Event::RecordingErased { recording, .. } if *recording == erased);
    loop {
        match committed.recv().await {
            Ok(entries) if entries.iter().any(says) => return true,
            Ok(_) => {}
            Err(RecvError::Lagged(_) | RecvError::Closed) => return false,
        }
    }
}
