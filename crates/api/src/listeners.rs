//! Who has listened to what lately: a player asks for many ranges, the audit trail wants one line.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::{RecordingId, UserId, Utc};

/// One listener and recording, with the voice of a supervisor or without, are one line in the audit trail for so long.
const ONE_LINE: Duration = Duration::from_secs(3_600);

/// Pairs remembered: more than a centre listens to in an hour. Beyond it all are forgotten, and some have a second line.
const PAIRS_MAX: usize = 20_000;

/// A recording, and whether the voice of a supervisor is in what is heard of it.
type Heard = (RecordingId, bool);

/// The pairs of the last hour.
#[derive(Debug, Default)]
pub struct Listeners(Mutex<HashMap<(UserId, Heard), Utc>>);

impl Listeners {
    /// The line this listening is worth, if it has none yet. It counts as written once it is kept.
    pub fn new_line(&self, user: UserId, what: Heard, now: Utc) -> Option<Line<'_>> {
        self.is_new(user, what, now).then_some(Line { of: self, key: (user, what), kept: false })
    }

    fn is_new(&self, user: UserId, what: Heard, now: Utc) -> bool {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if heard.len() >= PAIRS_MAX {
            heard.retain(|_, at| now.since(*at) < ONE_LINE);
            if heard.len() >= PAIRS_MAX {
                heard.clear();
            }
        }
        match heard.get(&(user, what)) {
            Some(at) if now.since(*at) < ONE_LINE => false,
            _ => {
                heard.insert((user, what), now);
                true
            }
        }
    }
}

/// A line that is to be written. Dropped before, by an error or a client that went away, it is due again.
#[derive(Debug)]
pub struct Line<'a> {
    of: &'a Listeners,
    key: (UserId, Heard),
    kept: bool,
}

impl Line<'_> {
    /// It stands in the audit trail.
    pub fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        if !self.kept {
            self.of.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_for_each_listener_recording_and_hour() {
        let listeners = Listeners::default();
        let at = |seconds: i64| Utc(1_000_000_000_000 + seconds * 1_000_000);
        let (ann, bob, one, two) = (UserId(1), UserId(2), (RecordingId(11), false), (RecordingId(12), false));
        assert!(listeners.is_new(ann, one, at(0)));
        assert!(!listeners.is_new(ann, one, at(3_599)));
        assert!(listeners.is_new(bob, one, at(1)) && listeners.is_new(ann, two, at(1)));
        let with_supervisor = (RecordingId(11), true);
        assert!(listeners.is_new(ann, with_supervisor, at(2)) && !listeners.is_new(ann, with_supervisor, at(3)));
        assert!(listeners.is_new(ann, one, at(3_600)));
    }

    #[test]
    fn a_line_that_was_not_written_is_due_again() {
        let listeners = Listeners::default();
        let (ann, one, at) = (UserId(1), (RecordingId(11), false), Utc(1_000_000_000_000));
        drop(listeners.new_line(ann, one, at).unwrap());
        listeners.new_line(ann, one, at).unwrap().keep();
        assert!(listeners.new_line(ann, one, at).is_none());
    }
}
