//! The box one connection finds its batches in.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::LedgerEntry;
use tokio::sync::Notify;

/// Batches a slow connection may fall behind before it reads from the ledger: two seconds of a busy centre.
const BATCHES_MAX: usize = 256;

/// A box with a bell.
#[derive(Default)]
pub struct Mailbox {
    mail: Mutex<Mail>,
    bell: Notify,
}

#[derive(Default)]
struct Mail {
    batches: VecDeque<Arc<[LedgerEntry]>>,
    missed: bool,
    closed: bool,
}

/// What the bell rang for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rung {
    /// Batches are in the box.
    Mail,
    /// Some were lost.
    Missed,
    /// Nothing comes any more.
    Closed,
}

impl Mailbox {
    /// Lays a batch in; a full box is emptied, and its owner reads from the ledger.
    pub fn put(&self, batch: Arc<[LedgerEntry]>) {
        let mut mail = self.mail();
        if mail.batches.len() >= BATCHES_MAX {
            mail.batches.clear();
            mail.missed = true;
        } else {
            mail.batches.push_back(batch);
        }
        drop(mail);
        self.bell.notify_one();
    }

    /// Batches were lost on the way here.
    pub fn miss(&self) {
        self.mail().missed = true;
        self.bell.notify_one();
    }

    /// Nothing comes any more.
    pub fn close(&self) {
        self.mail().closed = true;
        self.bell.notify_one();
    }

    /// Everything in the box; `None` when some were lost and nobody has been told yet, because the rest would hide the gap.
    pub fn take(&self) -> Option<VecDeque<Arc<[LedgerEntry]>>> {
        let mut mail = self.mail();
        (!mail.missed).then(|| std::mem::take(&mut mail.batches))
    }

    /// Waits for the bell.
    pub async fn rung(&self) -> Rung {
        loop {
            {
                let mut mail = self.mail();
                if std::mem::take(&mut mail.missed) {
                    return Rung::Missed;
                }
                if !mail.batches.is_empty() {
                    return Rung::Mail;
                }
                if mail.closed {
                    return Rung::Closed;
                }
            }
            self.bell.notified().await;
        }
    }

    fn mail(&self) -> MutexGuard<'_, Mail> {
        self.mail.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_full_box_is_emptied_and_says_so_and_a_closed_one_is_still_read() {
        let mailbox = Mailbox::default();
        for _ in 0..=BATCHES_MAX {
            mailbox.put(Arc::new([]));
        }
        mailbox.put(Arc::new([]));
        assert!(mailbox.take().is_none(), "what came after the gap would hide it");
        assert_eq!(mailbox.rung().await, Rung::Missed);
        assert_eq!(mailbox.take().unwrap().len(), 1);
        mailbox.put(Arc::new([]));
        mailbox.close();
        assert_eq!(mailbox.rung().await, Rung::Mail);
        assert_eq!(mailbox.take().unwrap().len(), 1);
        assert_eq!(mailbox.rung().await, Rung::Closed);
    }
}
