//! One group commit for the ledger file: events of all floors that came since the last commit become durable together.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::{LedgerEntry, Mono, PartitionId, Party, TenantId};
use store::kill::{KillPoint, reach};
use store::{AppendBatch, Store};
use tokio::sync::{Notify, mpsc};
use tracing::{error, warn};

use crate::clock;
use crate::floor_loop::Message;
use crate::timings::Timings;

/// Uncommitted events beyond which new calls are refused; about a minute of a thousand-seat centre.
pub const UNCOMMITTED_MAX: usize = 65_536;
/// Age of the oldest uncommitted event beyond which new calls are refused.
pub const UNCOMMITTED_AGE_MAX: Duration = Duration::from_secs(2);
/// Two commits start at least this apart: a busy centre gathers what several calls did into one sync, and nobody notices the wait. After a
/// pause the next commit starts at once.
const SPACING_MIN: Duration = Duration::from_millis(5);
/// Two commits start at least min(2 × mean commit, this) apart, so that a poor disk gathers larger groups.
const SPACING_MAX: Duration = Duration::from_millis(8);
/// Pause before a failed commit is tried again.
const RETRY: Duration = Duration::from_millis(250);
/// Weight of the newest commit in the running mean.
const MEAN_WEIGHT: f64 = 0.1;

/// Where the floor loop leaves its events, and what the committer says of its health.
#[derive(Clone)]
pub struct Committer {
    shared: Arc<Shared>,
}

struct Shared {
    queue: Mutex<Queue>,
    wake: Notify,
}

#[derive(Default)]
struct Queue {
    batches: BTreeMap<PartitionId, AppendBatch>,
    uncommitted: usize,
    oldest: Option<Mono>,
    failing: bool,
    timings: Timings,
}

/// What is waiting to become durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// Events not yet durable.
    pub events: usize,
    /// Age of the oldest.
    pub age: Duration,
    /// The last attempt failed.
    pub failing: bool,
}

impl Backlog {
    /// Whether new calls must be refused.
    pub fn is_overload(&self) -> bool {
        self.failing || self.events >= UNCOMMITTED_MAX || self.age > UNCOMMITTED_AGE_MAX
    }
}

impl Committer {
    /// Starts the committing task; every success is told to the floor loop as `Message::Committed`.
    pub fn start(store: Arc<Store>, floor: mpsc::Sender<Message>) -> Committer {
        let shared = Arc::new(Shared { queue: Mutex::default(), wake: Notify::new() });
        tokio::spawn(run(Arc::clone(&shared), store, floor));
        Committer { shared }
    }

    /// Adds events of one floor, in order.
    pub fn push(
        &self,
        partition: PartitionId,
        tenant: TenantId,
        epoch: u64,
        entries: Vec<LedgerEntry>,
        parties: Vec<Party>,
        now: Mono,
    ) {
        if entries.is_empty() && parties.is_empty() {
            return;
        }
        let mut queue = lock(&self.shared.queue);
        queue.uncommitted += entries.len();
        queue.oldest.get_or_insert(now);
        let batch = queue.batches.entry(partition).or_insert_with(|| AppendBatch {
            partition,
            tenant,
            epoch,
            entries: Vec::new(),
            parties: Vec::new(),
        });
        batch.entries.extend(entries);
        batch.parties.extend(parties);
        drop(queue);
        self.shared.wake.notify_one();
    }

    /// What is waiting.
    pub fn backlog(&self, now: Mono) -> Backlog {
        let queue = lock(&self.shared.queue);
        let age = queue.oldest.map_or(Duration::ZERO, |oldest| now.since(oldest));
        Backlog { events: queue.uncommitted, age, failing: queue.failing }
    }

    /// How long commits took.
    pub fn timings(&self) -> Timings {
        lock(&self.shared.queue).timings.clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn run(shared: Arc<Shared>, store: Arc<Store>, floor: mpsc::Sender<Message>) {
    let mut mean = Duration::ZERO;
    let mut last_start = Mono(0);
    loop {
        let batches = std::mem::take(&mut lock(&shared.queue).batches);
        if batches.is_empty() {
            shared.wake.notified().await;
            let wait = (last_start + (2 * mean).clamp(SPACING_MIN, SPACING_MAX)).since(clock::mono());
            if !wait.is_zero() {
                tokio::time::sleep(wait).await;
            }
            continue;
        }
        let started = clock::mono();
        last_start = started;
        reach(KillPoint::BatchTaken);
        for (_, batch) in batches {
            if !commit(&shared, &store, &floor, batch).await {
                return;
            }
        }
        let took = clock::mono().since(started);
        mean = mean.mul_f64(1.0 - MEAN_WEIGHT) + took.mul_f64(MEAN_WEIGHT);
        let mut queue = lock(&shared.queue);
        queue.timings.record(started + took, took);
        queue.oldest = (queue.uncommitted > 0).then_some(started);
    }
}

/// Commits one batch, however often it takes. `false` when the loop is gone or the partition belongs to another node.
async fn commit(shared: &Shared, store: &Store, floor: &mpsc::Sender<Message>, batch: AppendBatch) -> bool {
    loop {
        match store.append(&batch).await {
            Ok(()) => break,
            Err(store::StoreError::Fenced(_)) => {
                error!(partition = %batch.partition, "another node owns the partition; this one stops deciding");
                // They are nobody's any more; the calls of other partitions go on.
                settle(shared, batch.entries.len());
                let _ = floor.send(Message::Fenced(batch.partition)).await;
                return true;
            }
            Err(fault) => {
                let first = !std::mem::replace(&mut lock(&shared.queue).failing, true);
                if first {
                    warn!(error = %fault, "the ledger cannot be written: new calls are refused until it can");
                }
                tokio::time::sleep(RETRY).await;
            }
        }
    }
    reach(KillPoint::BatchAppended);
    settle(shared, batch.entries.len());
    let told = floor.send(Message::Committed { partition: batch.partition, entries: batch.entries }).await.is_ok();
    reach(KillPoint::CommitTold);
    told
}

/// So many events wait no more.
fn settle(shared: &Shared, events: usize) {
    let mut queue = lock(&shared.queue);
    queue.failing = false;
    queue.uncommitted = queue.uncommitted.saturating_sub(events);
}
