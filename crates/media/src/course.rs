//! How the sound of a leg was from interval to interval, both ways, and in sum.
//!
//! An interval is [`INTERVAL`] long. A leg keeps at most [`SAMPLES_MAX`] samples: when there are as many, each two become one, so that a
//! call of any length is there as a whole. A leg that comes into a room begins afresh: an agent's browser has many talks, and each has its
//! own course; only the sum goes on. Each direction is rated by itself with the E-model; the leg is as good as the worse of both.

use std::time::Duration;

use domain::Mono;
pub use domain::sound::Sample;

use crate::codec::SLOT;
use crate::e_model::{Conditions, G711, score_hundredths};
use crate::feedback::Heard;

/// Long enough for two reports of the peer and five hundred packets, short enough to see a bad stretch of a talk.
pub const INTERVAL: Duration = Duration::from_secs(10);
/// An hour at ten seconds each; beyond it they stand for twice the time.
pub const SAMPLES_MAX: usize = 360;
const _: () = assert!(SAMPLES_MAX.is_multiple_of(2), "two become one without a rest");
/// Fewer packets than make a second of sound say nothing: two keys and one of them lost would be half of everything.
const PACKETS_LEAST: u64 = 50;
/// Below it many people are dissatisfied (G.107 Annex B, table B.1: a rating of 70).
pub const BAD_HUNDREDTHS: u16 = 360;
/// A leg that was bad is so until it is clearly better, so that one on the border is told of once.
const GOOD_HUNDREDTHS: u16 = 380;
/// What a listener's buffer adds at least and at most: what our own begins with, and where it ends.
const BUFFER_LEAST: Duration = SLOT.saturating_mul(2);
const BUFFER_MOST: Duration = SLOT.saturating_mul(8);

/// Where a leg stands: what was counted since it began, and what is known at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Packets that came.
    pub received: u64,
    /// Packets that did not.
    pub lost: u64,
    /// Gaps they make, each of one packet or more in a row.
    pub gaps: u64,
    /// Interarrival jitter, microseconds.
    pub jitter_us: u32,
    /// How ours arrive, as of the peer's last report.
    pub heard: Option<Heard>,
    /// The last round trip, microseconds.
    pub round_trip_us: Option<u32>,
    /// Sound in one packet, milliseconds.
    pub packet_ms: u8,
}

fn both(first: Sample, second: Sample) -> Sample {
    Sample {
        expected: first.expected.saturating_add(second.expected),
        lost: first.lost.saturating_add(second.lost),
        jitter_us: first.jitter_us.max(second.jitter_us),
        peer_expected: first.peer_expected.saturating_add(second.peer_expected),
        peer_lost: first.peer_lost.saturating_add(second.peer_lost),
        peer_jitter_us: first.peer_jitter_us.max(second.peer_jitter_us),
        round_trip_us: first.round_trip_us.max(second.round_trip_us),
        mos_hundredths: [first.mos_hundredths, second.mos_hundredths].into_iter().flatten().min(),
    }
}

/// What the end of an interval brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The score of the interval, where there is one.
    pub mos_hundredths: Option<u16>,
    /// The leg has become bad with it; told once until it is good again.
    pub fell: bool,
    /// The leg was bad and is good again with it.
    pub rose: bool,
}

/// Scores of intervals, summed up.
#[derive(Clone, Copy, Debug, Default)]
struct Scores {
    count: u64,
    sum: u64,
    least: Option<u16>,
}

impl Scores {
    fn add(&mut self, score: u16) {
        self.count += 1;
        self.sum += u64::from(score);
        self.least = Some(self.least.map_or(score, |least| least.min(score)));
    }

    fn mean(&self) -> Option<u16> {
        (self.sum + self.count / 2).checked_div(self.count).map(|mean| mean as u16)
    }
}

/// The intervals of one leg.
#[derive(Debug)]
pub struct Course {
    /// When the running interval ends; `None` until sound can flow.
    due: Option<Mono>,
    before: Standing,
    /// Since when samples are kept; `None` until sound can flow.
    since: Option<Mono>,
    samples: Vec<Sample>,
    /// Intervals in each sample, and in the last one so far.
    span: u32,
    in_last: u32,
    /// Of all intervals, and of those since the leg came where it is.
    all: Scores,
    here: Scores,
    /// Of the last interval here that could be rated.
    score: Option<u16>,
    bad: bool,
}

impl Default for Course {
    fn default() -> Self {
        Course {
            due: None,
            before: Standing::default(),
            since: None,
            samples: Vec::new(),
            span: 1,
            in_last: 0,
            all: Scores::default(),
            here: Scores::default(),
            score: None,
            bad: false,
        }
    }
}

impl Course {
    /// Sound can flow: the first interval begins.
    pub fn begin(&mut self, now: Mono) {
        self.due.get_or_insert(now + INTERVAL);
        self.since.get_or_insert(now);
    }

    /// The leg comes into a room: what was before is in the sum alone, and a leg that is bad is told of again. The caller has ended the
    /// running interval.
    pub fn begin_afresh(&mut self, now: Mono) {
        self.since = self.due.map(|_| now);
        self.samples = Vec::new();
        (self.span, self.in_last) = (1, 0);
        self.here = Scores::default();
        self.score = None;
        self.bad = false;
    }

    /// Whether an interval is over.
    pub fn is_due(&self, now: Mono) -> bool {
        self.due.is_some_and(|due| now >= due)
    }

    /// Ends the running interval, whether it is over or not, and begins the next.
    pub fn turn(&mut self, now: Mono, standing: Standing) -> Turn {
        self.due = Some(now + INTERVAL);
        let sample = sample(&self.before, &standing);
        self.before = standing;
        self.keep(sample);
        let Some(score) = sample.mos_hundredths else {
            return Turn { mos_hundredths: None, fell: false, rose: false };
        };
        self.all.add(score);
        self.here.add(score);
        self.score = Some(score);
        let was_bad = self.bad;
        self.bad = score < if was_bad { GOOD_HUNDREDTHS } else { BAD_HUNDREDTHS };
        Turn { mos_hundredths: Some(score), fell: self.bad && !was_bad, rose: was_bad && !self.bad }
    }

    /// Whether the leg is bad, as of the last interval that could be rated.
    pub fn is_bad(&self) -> bool {
        self.bad
    }

    /// The score of the last interval in this room that could be rated, hundredths.
    pub fn score(&self) -> Option<u16> {
        self.score
    }

    /// The mean and the least score of all intervals that could be rated, hundredths.
    pub fn scores(&self) -> (Option<u16>, Option<u16>) {
        (self.all.mean(), self.all.least)
    }

    /// The same of those since the leg came into its room.
    pub fn scores_here(&self) -> (Option<u16>, Option<u16>) {
        (self.here.mean(), self.here.least)
    }

    /// The whole course since the leg came into its room, oldest first, and how much time each sample but the last stands for.
    pub fn samples(&self) -> (&[Sample], Duration) {
        (&self.samples, INTERVAL * self.span)
    }

    /// Since when samples are kept; `None` until sound can flow.
    pub fn since(&self) -> Option<Mono> {
        self.since
    }

    fn keep(&mut self, sample: Sample) {
        if self.in_last == self.span && self.samples.len() == SAMPLES_MAX {
            self.samples = self.samples.chunks_exact(2).map(|pair| both(pair[0], pair[1])).collect();
            self.span = self.span.saturating_mul(2);
            self.in_last = self.span;
        }
        match self.samples.last_mut() {
            Some(last) if self.in_last < self.span => {
                *last = both(*last, sample);
                self.in_last += 1;
            }
            Some(_) | None => {
                self.samples.push(sample);
                self.in_last = 1;
            }
        }
    }
}

fn sample(before: &Standing, after: &Standing) -> Sample {
    let received = after.received.saturating_sub(before.received);
    // A late packet fills a gap of the interval before: it is none of this one's.
    let lost = after.lost.saturating_sub(before.lost);
    let gaps = after.gaps.saturating_sub(before.gaps);
    let expected = received.saturating_add(lost);
    let half_way = Duration::from_micros(u64::from(after.round_trip_us.unwrap_or(0)) / 2);
    let delay = |jitter_us| half_way + buffer(jitter_us) + Duration::from_millis(u64::from(after.packet_ms));
    let here = score(expected, lost, burst_ratio(expected, lost, gaps), delay(after.jitter_us));
    let (had, heard) = (before.heard.unwrap_or_default(), after.heard.unwrap_or_default());
    let peer_expected = heard.sent.saturating_sub(had.sent);
    let peer_lost = heard.lost.saturating_sub(had.lost).min(peer_expected);
    // A receiver report says how many, not how many in a row.
    let there = score(peer_expected, peer_lost, 1.0, delay(heard.jitter_us));
    Sample {
        expected: whole(expected),
        lost: whole(lost),
        jitter_us: after.jitter_us,
        peer_expected: whole(peer_expected),
        peer_lost: whole(peer_lost),
        peer_jitter_us: heard.jitter_us,
        round_trip_us: after.round_trip_us,
        mos_hundredths: [here, there].into_iter().flatten().min(),
    }
}

fn score(expected: u64, lost: u64, burst_ratio: f64, delay: Duration) -> Option<u16> {
    let loss = lost as f64 / expected as f64;
    (expected >= PACKETS_LEAST).then(|| score_hundredths(&Conditions { loss, burst_ratio, delay, coding: G711 }))
}

/// BurstR of G.107: the mean length of the gaps, by the mean length 1 / (1 − loss) of gaps at random.
fn burst_ratio(expected: u64, lost: u64, gaps: u64) -> f64 {
    if gaps == 0 || lost == 0 {
        return 1.0;
    }
    let arrived = (expected - lost) as f64 / expected as f64;
    (lost as f64 / gaps as f64 * arrived).max(1.0)
}

/// What a listener's buffer holds back, twice the jitter within its bounds, much as the desk in the browser reckons.
fn buffer(jitter_us: u32) -> Duration {
    Duration::from_micros(2 * u64::from(jitter_us)).clamp(BUFFER_LEAST, BUFFER_MOST)
}

fn whole(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
