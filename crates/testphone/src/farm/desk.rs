//! Agents of a farm who work in a browser: what is told of their desks, and what it says of the calls.

use std::collections::HashMap;

use tokio::time::Instant;

use super::signalling::Farm;
use crate::browsers::{Browsers, News, What};

/// The desks of agents in browsers.
pub(super) struct Desks {
    browsers: Browsers,
    /// By number of a customer, whose desk has the call.
    having: HashMap<String, usize>,
    /// By desk, since when the customer is gone while others waited.
    free_since: HashMap<usize, Instant>,
    pub(super) ring_ms: Vec<f64>,
    pub(super) free_ms: Vec<f64>,
}

impl Desks {
    pub(super) fn new(browsers: Browsers) -> Desks {
        Desks { browsers, having: HashMap::new(), free_since: HashMap::new(), ring_ms: Vec::new(), free_ms: Vec::new() }
    }

    pub(super) fn count(&self) -> usize {
        self.browsers.count
    }

    /// The caller of a number hangs up at this moment.
    pub(super) fn caller_leaves(&mut self, number: &str, now: Instant, somebody_waits: bool) {
        if let Some(desk) = self.having.remove(number).filter(|_| somebody_waits) {
            self.free_since.insert(desk, now);
        }
    }

    /// It rings at a desk, for somebody who could enter the queue at `entered`.
    fn rings(&mut self, desk: usize, number: String, at: Instant, entered: Option<Instant>) {
        let ms = |since: Instant| at.saturating_duration_since(since).as_secs_f64() * 1_000.0;
        self.ring_ms.extend(entered.map(ms));
        self.free_ms.extend(self.free_since.remove(&desk).map(ms));
        self.having.insert(number, desk);
    }
}

impl Farm {
    /// Takes what desks have told.
    pub(super) fn take_news(&mut self) {
        while let Some(News { desk, number, what }) =
            self.desks.as_mut().and_then(|desks| desks.browsers.news.try_recv().ok())
        {
            match what {
                What::Offered(at) => {
                    let entered = self.entered_queue(&number);
                    if let Some(desks) = self.desks.as_mut() {
                        desks.rings(desk, number, at, entered);
                    }
                }
                What::Taken => drop(self.bridged(&number)),
                What::Refused(why) => self.note_of(&number, &why),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;
    use tokio::task::JoinSet;
    use tokio::time::Duration;

    use super::*;

    #[test]
    fn a_desk_is_free_from_the_end_of_its_call_if_somebody_waits() {
        let (_tell, news) = mpsc::channel(1);
        let mut desks = Desks::new(Browsers { count: 2, news, _tasks: JoinSet::new() });
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        desks.rings(0, "1".to_owned(), at(5), Some(at(2)));
        desks.rings(1, "2".to_owned(), at(6), Some(at(4)));
        desks.caller_leaves("1", at(100), true);
        desks.caller_leaves("2", at(100), false);
        desks.rings(0, "3".to_owned(), at(107), Some(at(50)));
        desks.rings(1, "4".to_owned(), at(120), None);
        assert_eq!((desks.ring_ms, desks.free_ms), (vec![3.0, 2.0, 57.0], vec![7.0]));
    }
}
