//! The timers of a leg, by their letters in RFC 3261 §17, and how long things take.

use std::time::Duration;

use domain::Mono;

/// T1: the round trip assumed.
pub(crate) const T1: Duration = Duration::from_millis(500);
/// T2: the longest pause between copies of one message.
pub(crate) const T2: Duration = Duration::from_secs(4);
/// Timers B, F, H: 64 × T1.
pub(crate) const GIVE_UP: Duration = Duration::from_secs(32);
/// How long a finished leg still answers copies of old messages, counted from the last one. A peer that missed our answer
/// repeats within T2, so two and a half times that is enough; counting anew from each copy makes 64 × T1 (timer J) needless.
pub const LINGER: Duration = Duration::from_secs(10);
/// How long a caller may wait for an answer. Proxies give up after timer C, three minutes.
pub(crate) const UNANSWERED_MAX: Duration = Duration::from_secs(180);
/// RFC 3261 §13.3.1.1: a provisional answer is repeated every minute, or proxies give up.
pub(crate) const REMIND: Duration = Duration::from_secs(60);
/// A caller whose CANCEL crossed our 200 sends BYE after its ACK; when it does not within this time, we do.
pub(crate) const CROSSED_GRACE: Duration = T1;

/// Repeats of one message: T1, doubling to T2, until 64 × T1 (timers E and F, G and H).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Repeats {
    next: Mono,
    pause: Duration,
    give_up: Mono,
}

/// What a timer wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    Nothing,
    SendAgain,
    GiveUp,
}

impl Repeats {
    /// Starts when the first copy is sent.
    pub(crate) fn start(now: Mono) -> Repeats {
        Repeats::within(now, GIVE_UP)
    }

    /// The same, given up after `time`.
    pub(crate) fn within(now: Mono, time: Duration) -> Repeats {
        Repeats { next: now + T1, pause: T1, give_up: now + time }
    }

    /// What is due; a late caller gets one copy, not all it missed.
    pub(crate) fn due(&mut self, now: Mono) -> Due {
        if now >= self.give_up {
            return Due::GiveUp;
        }
        if now < self.next {
            return Due::Nothing;
        }
        self.pause = (self.pause * 2).min(T2);
        self.next = now + self.pause;
        Due::SendAgain
    }

    /// When `due` is to be asked next.
    pub(crate) fn deadline(&self) -> Mono {
        self.next.min(self.give_up)
    }
}
