//! How long a session lives without a refresh, and who refreshes it (RFC 4028).

use std::time::Duration;

use domain::Mono;

use crate::message::{Refresher, Terms};

/// What we ask for in calls of ours (§4 recommends it).
pub(crate) const EXPIRES: Duration = Duration::from_secs(1_800);
/// The shortest session there is (§4).
pub(crate) const EXPIRES_LEAST: Duration = Duration::from_secs(90);
/// A longer one is as good as none, and would be dropped anyway: no call of ours lasts a day.
pub(crate) const EXPIRES_MOST: Duration = Duration::from_secs(24 * 3_600);
/// The side that does not refresh hangs up this long before the end, or a third of the time before it (§10).
const EARLY_MOST: Duration = Duration::from_secs(32);
/// After a refresh that was refused for the moment; RFC 3261 §14.1 wants at most four seconds from the side that did not begin the call.
const AGAIN: Duration = Duration::from_secs(3);

/// An agreement that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SessionTimer {
    expires: Duration,
    /// We send the refreshes.
    is_ours: bool,
    ends: Mono,
    next: Mono,
    /// The peer has had it lengthened.
    is_longer: bool,
}

/// What its time brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Nothing,
    /// Send a refresh.
    Refresh,
    /// Nobody has refreshed: the call is dead.
    Expired,
}

impl SessionTimer {
    /// What holds after a request of the peer, an INVITE or a refresh, that we take (§9). `None` when it asks for nothing.
    pub(crate) fn asked(now: Mono, terms: &Terms) -> Option<SessionTimer> {
        let expires = within_bounds(terms.expires_s?);
        // A peer that knows no timers got the header from a proxy, and will not refresh.
        let is_ours = !terms.knows_timers || terms.refresher == Some(Refresher::Uas);
        Some(SessionTimer::begin(now, expires, is_ours))
    }

    /// What holds after the answer to a request of ours (§7.2, §7.4). `None` when the peer has not agreed.
    pub(crate) fn answered(now: Mono, terms: &Terms) -> Option<SessionTimer> {
        let expires = within_bounds(terms.expires_s?);
        Some(SessionTimer::begin(now, expires, terms.refresher != Some(Refresher::Uas)))
    }

    fn begin(now: Mono, expires: Duration, is_ours: bool) -> SessionTimer {
        let ends = now + expires;
        let next = if is_ours { now + expires / 2 } else { now + (expires - EARLY_MOST.min(expires / 3)) };
        SessionTimer { expires, is_ours, ends, next, is_longer: false }
    }

    /// The headers of our reply to a request that it was agreed by.
    pub(crate) fn reply_headers(&self, terms: &Terms) -> Vec<(&'static str, String)> {
        let refresher = if self.is_ours { Refresher::Uas } else { Refresher::Uac };
        let mut headers = vec![("Session-Expires", self.header(refresher))];
        // §9, table 2: what is required of a peer is known to it.
        headers.extend(terms.knows_timers.then(|| ("Require", "timer".to_owned())));
        headers
    }

    /// The headers of a refresh of ours.
    pub(crate) fn refresh_headers(&self) -> Vec<(&'static str, String)> {
        let expires = self.header(Refresher::Uac);
        offer_headers(expires)
    }

    fn header(&self, refresher: Refresher) -> String {
        format!("{};refresher={}", self.expires.as_secs(), refresher.word())
    }

    /// When `turn` is to be asked.
    pub(crate) fn deadline(&self) -> Mono {
        self.next
    }

    /// What is due. After `Refresh` it is due again only by `again` or a new agreement.
    pub(crate) fn turn(&mut self, now: Mono) -> Turn {
        if now < self.next {
            return Turn::Nothing;
        }
        if !self.is_ours || now >= self.ends {
            return Turn::Expired;
        }
        self.next = self.ends;
        Turn::Refresh
    }

    /// A refresh was refused for the moment.
    pub(crate) fn again(&mut self, now: Mono) {
        self.next = (now + AGAIN).min(self.ends);
    }

    /// The peer wants longer sessions (§7.4). `false` when it has had that already, or asks for nothing that can be done.
    pub(crate) fn lengthen(&mut self, least_s: Option<u32>) -> bool {
        let longer = longer_than(self.expires, least_s).filter(|_| !self.is_longer);
        let Some(longer) = longer else { return false };
        self.expires = longer;
        self.is_longer = true;
        true
    }
}

/// The headers of an INVITE of ours that asks for sessions of this length.
pub(crate) fn invite_headers(expires: Duration) -> Vec<(&'static str, String)> {
    offer_headers(expires.as_secs().to_string())
}

fn offer_headers(expires: String) -> Vec<(&'static str, String)> {
    vec![("Supported", "timer".to_owned()), ("Session-Expires", expires), least_header()]
}

/// The header of a 422.
pub(crate) fn least_header() -> (&'static str, String) {
    ("Min-SE", EXPIRES_LEAST.as_secs().to_string())
}

/// Whether a request asks for less than there is, and can be told so (§9).
pub(crate) fn is_too_brief(terms: &Terms) -> bool {
    terms.knows_timers && terms.expires_s.is_some_and(|s| Duration::from_secs(s.into()) < EXPIRES_LEAST)
}

/// What a 422 asks for, when it is more than was asked and within our bounds.
pub(crate) fn longer_than(expires: Duration, least_s: Option<u32>) -> Option<Duration> {
    let least = Duration::from_secs(least_s?.into());
    (least > expires && least <= EXPIRES_MOST).then_some(least)
}

fn within_bounds(seconds: u32) -> Duration {
    Duration::from_secs(seconds.into()).clamp(EXPIRES_LEAST, EXPIRES_MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(expires_s: Option<u32>, refresher: Option<Refresher>, knows_timers: bool) -> Terms {
        Terms { expires_s, refresher, knows_timers, ..Terms::default() }
    }

    fn seconds(at: Mono) -> u64 {
        at.0 / 1_000_000_000
    }

    #[test]
    fn who_refreshes_is_what_the_table_says() {
        // RFC 4028 table 2, and a peer that knows no timers.
        let rows = [
            (None, true, false, "uac"),
            (Some(Refresher::Uac), true, false, "uac"),
            (Some(Refresher::Uas), true, true, "uas"),
            (None, false, true, "uas"),
        ];
        for (refresher, knows, ours, word) in rows {
            let terms = terms(Some(600), refresher, knows);
            let timer = SessionTimer::asked(Mono(0), &terms).unwrap();
            assert_eq!(seconds(timer.deadline()), if ours { 300 } else { 568 }, "{refresher:?} {knows}");
            let headers = timer.reply_headers(&terms);
            assert_eq!(headers[0], ("Session-Expires", format!("600;refresher={word}")));
            assert_eq!(headers.len(), if knows { 2 } else { 1 });
        }
        assert_eq!(SessionTimer::asked(Mono(0), &terms(None, None, true)), None);
        assert_eq!(SessionTimer::answered(Mono(0), &terms(None, None, true)), None);
        let theirs = SessionTimer::answered(Mono(0), &terms(Some(90), Some(Refresher::Uas), true)).unwrap();
        assert_eq!(seconds(theirs.deadline()), 60, "a third of a short session");
    }

    #[test]
    fn no_length_is_outside_the_bounds() {
        for (asked, held) in [(0, 90), (30, 90), (90, 90), (u32::MAX, 86_400)] {
            let timer = SessionTimer::asked(Mono(0), &terms(Some(asked), None, false)).unwrap();
            assert_eq!(seconds(timer.ends), held, "{asked}");
        }
        assert!(is_too_brief(&terms(Some(89), None, true)));
        assert!(!is_too_brief(&terms(Some(89), None, false)) && !is_too_brief(&terms(Some(90), None, true)));
        assert_eq!(longer_than(EXPIRES, Some(1_800)), None);
        assert_eq!(longer_than(EXPIRES, Some(90_000)), None);
        assert_eq!(longer_than(EXPIRES, Some(3_600)), Some(Duration::from_secs(3_600)));
    }

    #[test]
    fn a_refresh_that_never_succeeds_ends_with_the_session() {
        let mut timer = SessionTimer::answered(Mono(0), &terms(Some(90), None, true)).unwrap();
        assert_eq!(timer.turn(Mono(0)), Turn::Nothing);
        let mut refreshes = 0;
        loop {
            let now = timer.deadline();
            match timer.turn(now) {
                Turn::Refresh => timer.again(now),
                Turn::Expired => break assert_eq!(seconds(now), 90),
                Turn::Nothing => panic!("its own deadline is too early"),
            }
            refreshes += 1;
        }
        assert_eq!(refreshes, 15);
    }
}
