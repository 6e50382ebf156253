//! Ending without cutting anybody off: no new calls, and those there are go on to their end.

use std::time::Duration;

use crate::RuntimeHandle;
use crate::floor_loop::Message;

/// How often it is looked whether the last call is over.
const LOOK: Duration = Duration::from_millis(100);

/// How a drain ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drained {
    /// Nobody is on the line.
    Empty,
    /// The time is over and so many are still on the line.
    TimeOver {
        /// Calls in progress, waiting ones included.
        calls: usize,
    },
}

impl RuntimeHandle {
    /// Takes no new calls from now on and waits until the last customer has gone, at most for `limit`. Cancelled, it goes on refusing.
    pub async fn drain(&self, limit: Duration) -> Drained {
        self.pulse.set_draining();
        let _ = self.send(Message::Drain).await;
        let empty = async {
            // The loop answers after it took the order: whoever arrives later is refused.
            while self.calls().await > 0 {
                tokio::time::sleep(LOOK).await;
            }
        };
        match tokio::time::timeout(limit, empty).await {
            Ok(()) => Drained::Empty,
            Err(_) => Drained::TimeOver { calls: self.calls().await },
        }
    }

    /// Customers on the line, however they came.
    pub async fn calls(&self) -> usize {
        let legs = self.legs().await;
        legs.telephone + legs.visitor
    }
}
