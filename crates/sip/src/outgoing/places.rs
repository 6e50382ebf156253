//! The places a call goes to: all at once, or one after the other (RFC 3263 §4.3).

use std::collections::VecDeque;
use std::time::Duration;

use domain::Mono;

use super::fork::{Callee, Unanswered};

/// How long a place may be silent before the next one is tried. A carrier says 100 within a round trip; at two seconds three
/// copies have gone, and the caller has the next place within four even when that one loses a datagram.
const SILENT_MAX: Duration = Duration::from_secs(2);
/// The same while the next place is doubtful: five copies have gone, so that the silence is no lost datagram, and the caller has
/// not yet hung up.
const SILENT_BEFORE_DOUBTFUL_MAX: Duration = Duration::from_secs(8);
/// How long a place that said 100 may say nothing more. Calls to mobiles ring within eight seconds.
const STUCK_MAX: Duration = Duration::from_secs(10);
/// The same while the next place is doubtful: who said 100 is at least there.
const STUCK_BEFORE_DOUBTFUL_MAX: Duration = Duration::from_secs(30);

/// How long the last place of a carrier may be silent: four copies have gone, and another carrier may be tried. One that says 100 has all the
/// time it takes.
const SILENT_LAST_MAX: Duration = Duration::from_secs(4);

/// Where a call goes.
#[derive(Debug)]
pub(crate) enum Places {
    /// Everywhere; the first to answer has it: the contacts of a device.
    Together(Vec<Callee>),
    /// To the first, and to the next when that one is silent or says that it cannot: the addresses of a trunk.
    InTurn(Vec<Callee>),
}

impl Places {
    /// Those that are called at once, and those that wait.
    pub(super) fn split(self) -> (Vec<Callee>, VecDeque<Callee>) {
        match self {
            Places::Together(callees) => (callees, VecDeque::new()),
            Places::InTurn(callees) => {
                let mut spare = VecDeque::from(callees);
                (spare.pop_front().into_iter().collect(), spare)
            }
        }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        let (Places::Together(callees) | Places::InTurn(callees)) = self;
        callees.is_empty()
    }
}

/// Places that were not tried, and what they will be sent.
#[derive(Debug)]
pub(super) struct Spare {
    pub(super) callees: VecDeque<Callee>,
    pub(super) offer: String,
    /// The places are called one after the other.
    pub(super) is_in_turn: bool,
}

impl Spare {
    /// Until when the place that is called may go on without an answer; for ever when there is no other and it said 100, or when all are called
    /// at once.
    pub(super) fn patience(&self, current: Unanswered) -> Option<Mono> {
        let Some(next) = self.callees.front() else {
            let is_left = self.is_in_turn && !current.is_heard;
            return is_left.then(|| current.since + SILENT_LAST_MAX);
        };
        // Among doubtful places none is better than the other.
        let is_worse = next.is_doubtful && !current.is_doubtful;
        let patience = match (current.is_heard, is_worse) {
            (false, false) => SILENT_MAX,
            (false, true) => SILENT_BEFORE_DOUBTFUL_MAX,
            (true, false) => STUCK_MAX,
            (true, true) => STUCK_BEFORE_DOUBTFUL_MAX,
        };
        Some(current.since + patience)
    }
}
