//! How legs sounded, interval by interval: kept beside the ledger, behind the loop and never in its way.

use std::sync::Arc;

use domain::sound::Course;
use domain::{ConversationId, Now, TenantId};
use media::Stretch;
use store::{KeptCourse, Store};
use tokio::sync::mpsc;
use tracing::warn;

/// Courses waiting for the disk: as many as end when a busy node loses all its calls. Each has at most 360 samples, 12 KiB.
///
/// Overflow: what comes then is not kept. The ledger has the sum all the same.
const WAITING_MAX: usize = 4_096;
/// Courses in one transaction.
const BATCH_MAX: usize = 256;

/// The way to the disk.
#[derive(Clone, Debug)]
pub(crate) struct CourseKeeper {
    waiting: mpsc::Sender<KeptCourse>,
}

impl CourseKeeper {
    /// Starts the task that writes; it ends with the last keeper.
    pub(crate) fn start(store: Arc<Store>) -> CourseKeeper {
        let (waiting, courses) = mpsc::channel(WAITING_MAX);
        tokio::spawn(write(store, courses));
        CourseKeeper { waiting }
    }

    /// Keeps the course of a leg that left a conversation. Never waits.
    pub(crate) fn keep(&self, tenant: TenantId, conversation: ConversationId, course: Course) {
        if !course.samples.is_empty() && self.waiting.try_send(KeptCourse { tenant, conversation, course }).is_err() {
            warn!(%conversation, "how a leg sounded is not kept: the disk does not keep up");
        }
    }
}

async fn write(store: Arc<Store>, mut courses: mpsc::Receiver<KeptCourse>) {
    let mut batch = Vec::new();
    while courses.recv_many(&mut batch, BATCH_MAX).await > 0 {
        if let Err(error) = store.keep_courses(&batch).await {
            warn!(%error, legs = batch.len(), "how legs sounded could not be kept");
        }
        batch.clear();
    }
}

/// What media says of a leg, in civil time.
pub(crate) fn course_of(stretch: &Stretch, now: Now) -> Course {
    let ago = i64::try_from(now.mono.since(stretch.began).as_micros()).unwrap_or(i64::MAX);
    Course {
        leg: stretch.leg,
        began: domain::Utc(now.utc.0.saturating_sub(ago)),
        interval: stretch.interval,
        samples: stretch.samples.clone(),
        mean_hundredths: stretch.quality.mos_hundredths,
        least_hundredths: stretch.quality.mos_hundredths_min,
    }
}
