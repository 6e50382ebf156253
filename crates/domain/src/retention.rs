//! For how long recordings are kept.

use std::time::Duration;

use crate::Utc;
use crate::recording::Tracks;

/// Fewest and most days that can be asked for; ten years.
pub const RETENTION_DAYS: (u32, u32) = (1, 3_650);

const DAY: Duration = Duration::from_secs(86_400);

/// How long a centre keeps what it records, in days of 24 hours; `None` is for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RetentionPolicy {
    /// Recordings of calls.
    pub recordings_days: Option<u32>,
    /// Messages callers left.
    pub messages_days: Option<u32>,
}

impl RetentionPolicy {
    /// When a recording falls due: its beginning and so many days. The days of its queue, where it has any, stand in place of
    /// the centre's; a message has no queue of its own. `None` is never.
    pub fn expiry(&self, started_at: Utc, tracks: Tracks, queue_days: Option<u32>) -> Option<Utc> {
        let days = match tracks {
            Tracks::Heard => queue_days.or(self.recordings_days),
            Tracks::Customer => self.messages_days,
        }?;
        let kept = i64::try_from((DAY * days).as_micros()).unwrap_or(i64::MAX);
        Some(Utc(started_at.0.saturating_add(kept)))
    }

    /// The fewest days anything is kept, queues with days of their own included; `None` when everything is kept for ever.
    pub fn shortest(&self, queues: impl IntoIterator<Item = u32>) -> Option<u32> {
        queues.into_iter().chain(self.recordings_days).chain(self.messages_days).min()
    }
}

/// The moment so many days before `now`: what began after it cannot be due.
pub fn days_before(now: Utc, days: u32) -> Utc {
    Utc(now.0.saturating_sub(i64::try_from((DAY * days).as_micros()).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-02-28T23:30:00Z.
    const BEGAN: Utc = Utc(1_772_321_400_000_000);
    const DAY_US: i64 = 86_400_000_000;

    #[test]
    fn a_recording_falls_due_after_the_days_of_its_queue_or_its_centre() {
        let policy = |recordings_days, messages_days| RetentionPolicy { recordings_days, messages_days };
        for (policy, tracks, queue, days) in [
            (policy(None, None), Tracks::Heard, None, None),
            (policy(None, None), Tracks::Customer, None, None),
            (policy(Some(30), None), Tracks::Heard, None, Some(30)),
            (policy(Some(30), None), Tracks::Customer, None, None),
            (policy(Some(30), Some(7)), Tracks::Customer, None, Some(7)),
            (policy(None, Some(7)), Tracks::Heard, None, None),
            // A queue keeps shorter, longer, or alone.
            (policy(Some(30), None), Tracks::Heard, Some(1), Some(1)),
            (policy(Some(30), None), Tracks::Heard, Some(3_650), Some(3_650)),
            (policy(None, None), Tracks::Heard, Some(90), Some(90)),
            // What a queue says is not meant for messages.
            (policy(Some(30), Some(7)), Tracks::Customer, Some(90), Some(7)),
            (policy(Some(30), None), Tracks::Customer, Some(90), None),
        ] {
            let due = policy.expiry(BEGAN, tracks, queue);
            assert_eq!(due, days.map(|days: i64| Utc(BEGAN.0 + days * DAY_US)), "{policy:?} {tracks:?} {queue:?}");
        }
    }

    #[test]
    fn what_began_within_the_shortest_time_is_not_due() {
        let policy = RetentionPolicy { recordings_days: Some(30), messages_days: Some(7) };
        assert_eq!(policy.shortest([]), Some(7));
        assert_eq!(policy.shortest([90, 2]), Some(2));
        assert_eq!(RetentionPolicy::default().shortest([]), None);
        assert_eq!(days_before(Utc(BEGAN.0 + 2 * DAY_US), 2), BEGAN);
        assert_eq!(days_before(Utc(i64::MIN), 3_650), Utc(i64::MIN));
    }
}
