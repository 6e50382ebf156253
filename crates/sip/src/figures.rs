//! What came in and how it was answered, counted. Numbers of messages only, nothing about anybody. Pure.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::{Mono, TrunkId};

use crate::config::Target;
use crate::event::{Reach, RegistrationState};

/// A trunk that keeps asking whether we are there has a rhythm once it asked so often.
const RHYTHM_ASKED_MIN: u32 = 3;
/// A trunk with a rhythm is silent when it missed so many beats …
const BEATS_MISSED_MAX: u32 = 3;
/// … and at least this long: a few lost datagrams of a quick rhythm are no outage.
const SILENCE_MIN: Duration = Duration::from_secs(60);

/// What came in and how it was answered since the start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SipFigures {
    /// New INVITEs of trunks and devices, those that were refused included; copies are not counted.
    pub invites: u64,
    /// OPTIONS of trunks.
    pub options: u64,
    /// Requests refused before they became a call, by status.
    pub refused: BTreeMap<u16, u64>,
    /// Messages from addresses that are no trunk's: of devices, and of strangers.
    pub others: u64,
    /// Datagrams dropped unread, because more came than anybody may send.
    pub dropped: u64,
    /// Live legs with a codec that has to be coded.
    pub coded_legs: usize,
    /// Times there were as many of them as may be, and nothing but G.711 was offered or taken.
    pub uncoded: u64,
    /// Each trunk.
    pub trunks: Vec<TrunkFigures>,
}

/// How a trunk makes itself heard, and how it is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrunkFigures {
    /// Which.
    pub id: TrunkId,
    /// How long ago the last datagram came; `None` when none ever did.
    pub heard: Option<Duration>,
    /// It used to ask whether we are there, and stopped.
    pub is_silent: bool,
    /// Calls of it that offered none of the codecs that are taken of it, and were refused.
    pub no_codec: u64,
    /// The places it is called at, the best first.
    pub targets: Vec<TargetFigures>,
    /// Our registration with it, where it wants one.
    pub registration: Option<RegistrationState>,
}

/// One place a trunk is called at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetFigures {
    /// Which.
    pub target: Target,
    /// Whether it answers; `None` when it is not asked.
    pub reach: Option<Reach>,
}

/// Counts for [`SipFigures`].
#[derive(Debug, Default)]
pub(crate) struct Tally {
    counted: SipFigures,
    trunks: BTreeMap<TrunkId, Heard>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Heard {
    last: Option<Mono>,
    asked: u32,
    asked_last: Option<Mono>,
    /// The longest gap between two of the questions.
    rhythm: Duration,
    /// The last gap was a pause.
    paused: bool,
    /// Calls without a codec in common.
    no_codec: u64,
}

impl Tally {
    /// Nothing yet, of these trunks.
    pub(crate) fn new(trunks: impl IntoIterator<Item = TrunkId>) -> Tally {
        let trunks = trunks.into_iter().map(|id| (id, Heard::default())).collect();
        Tally { counted: SipFigures::default(), trunks }
    }

    pub(crate) fn heard(&mut self, now: Mono, trunk: TrunkId) {
        self.trunks.entry(trunk).or_default().last = Some(now);
    }

    pub(crate) fn other(&mut self) {
        self.counted.others += 1;
    }

    pub(crate) fn dropped(&mut self) {
        self.counted.dropped += 1;
    }

    pub(crate) fn uncoded(&mut self) {
        self.counted.uncoded += 1;
    }

    pub(crate) fn no_codec(&mut self, trunk: TrunkId) {
        self.trunks.entry(trunk).or_default().no_codec += 1;
    }

    pub(crate) fn invite(&mut self) {
        self.counted.invites += 1;
    }

    pub(crate) fn asked(&mut self, now: Mono, trunk: TrunkId) {
        self.counted.options += 1;
        let heard = self.trunks.entry(trunk).or_default();
        let gap = heard.asked_last.map(|last| now.since(last)).unwrap_or_default();
        // One pause as long as a silence is an outage; two in a row are a slower rhythm.
        let is_pause = heard.asked >= RHYTHM_ASKED_MIN && gap > heard.patience();
        if !is_pause || heard.paused {
            heard.rhythm = heard.rhythm.max(gap);
        }
        heard.paused = is_pause;
        heard.asked = heard.asked.saturating_add(1);
        heard.asked_last = Some(now);
    }

    pub(crate) fn answered(&mut self, code: u16) {
        if code >= 300 {
            *self.counted.refused.entry(code).or_default() += 1;
        }
    }

    pub(crate) fn figures(&self, now: Mono) -> SipFigures {
        let trunks = self.trunks.iter().map(|(id, heard)| TrunkFigures {
            id: *id,
            heard: heard.last.map(|last| now.since(last)),
            is_silent: heard.is_silent_at(now),
            no_codec: heard.no_codec,
            targets: Vec::new(),
            registration: None,
        });
        SipFigures { trunks: trunks.collect(), ..self.counted.clone() }
    }
}

impl Heard {
    /// Any datagram breaks the silence, not only the next question.
    fn is_silent_at(&self, now: Mono) -> bool {
        self.asked >= RHYTHM_ASKED_MIN && self.last.is_some_and(|last| now.since(last) > self.patience())
    }

    fn patience(&self) -> Duration {
        (self.rhythm * BEATS_MISSED_MAX).max(SILENCE_MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUNK: TrunkId = TrunkId(7);

    fn at(seconds: u64) -> Mono {
        Mono(seconds * 1_000_000_000)
    }

    /// A trunk that asks at these seconds; whether it counts as silent at `now_s`.
    fn check(asked_s: &[u64], now_s: u64, silent: bool) {
        let mut tally = Tally::new([TRUNK]);
        for second in asked_s {
            tally.heard(at(*second), TRUNK);
            tally.asked(at(*second), TRUNK);
        }
        assert_eq!(tally.figures(at(now_s)).trunks[0].is_silent, silent, "{asked_s:?} at {now_s}");
    }

    #[test]
    fn a_trunk_is_silent_when_it_misses_its_own_rhythm() {
        check(&[], 100_000, false);
        check(&[0, 30], 100_000, false);
        check(&[0, 30, 60], 150, false);
        check(&[0, 30, 60], 151, true);
        check(&[0, 2, 4, 6], 60, false);
        check(&[0, 2, 4, 6], 67, true);
        check(&[0, 30, 60, 1_000, 1_030], 1_121, true);
        check(&[0, 30, 60, 360, 660], 1_500, false);
        check(&[0, 30, 60, 360, 660], 1_561, true);
    }

    #[test]
    fn a_call_breaks_the_silence() {
        let mut tally = Tally::new([TRUNK]);
        for second in [0, 30, 60] {
            tally.heard(at(second), TRUNK);
            tally.asked(at(second), TRUNK);
        }
        tally.heard(at(200), TRUNK);
        let trunk = tally.figures(at(220)).trunks.remove(0);
        assert_eq!((trunk.is_silent, trunk.heard), (false, Some(Duration::from_secs(20))));
    }

    #[test]
    fn refusals_are_counted_by_status_and_answers_are_not_refusals() {
        let mut tally = Tally::new([]);
        for code in [200, 503, 404, 503] {
            tally.answered(code);
        }
        assert_eq!(tally.figures(at(0)).refused, [(404, 1), (503, 2)].into());
    }
}
