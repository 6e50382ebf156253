//! What the peer says of our stream: how much of it never arrived, how unevenly it comes, and how long there and back takes
//! (RFC 3550 §6.4.1).
//!
//! Nothing of it is believed beyond what can be: nobody misses more than was sent, and a round trip is measured only against a report
//! that we remember having sent, on our own clock.

use std::time::Duration;

use domain::Mono;

use crate::codec::CLOCK_HZ;
use crate::rtcp::ReportBlock;

/// Sender reports remembered. The peer answers the newest it has; two more may be under way, and one is for a peer that is late.
const SENT_MAX: usize = 4;
/// No network keeps a packet for longer: what claims more is a peer that does not know how long it waited.
const ROUND_TRIP_MAX: Duration = Duration::from_secs(10);
/// How much longer than possible a peer may say it waited, so that a near one whose clock runs fast is still taken for near: a thousandth
/// of the time between two reports.
const CLOCK_TOLERANCE: Duration = Duration::from_millis(5);
/// A minute: more than any network makes, so that what is kept stays believable.
const JITTER_US_MAX: u32 = 60_000_000;

/// What left towards the peer until a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Departed {
    /// Packets.
    pub sent: u64,
    /// Numbers of the sequence that were left out, because a source that is passed on had lost the packet before it came to us.
    pub left_out: u64,
}

/// What a peer says, in whichever way it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Packets it misses since it began.
    pub lost: u32,
    /// The highest number it has seen.
    pub highest: u32,
    /// Interarrival jitter in ticks.
    pub jitter: u32,
}

/// How our stream arrives, as of the peer's last report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Packets we had sent by then.
    pub sent: u64,
    /// Those of them that got lost between us and the peer, at most `sent`.
    pub lost: u64,
    /// Interarrival jitter there, microseconds.
    pub jitter_us: u32,
}

/// All that the peer of one leg said.
#[derive(Debug, Default)]
pub struct Feedback {
    /// The middle 32 bits of the clock in our sender reports, and when they left.
    reports: [Option<(u32, Mono)>; SENT_MAX],
    next: usize,
    last: Option<(Remark, Departed)>,
    heard: Option<Heard>,
    /// Packets missed less numbers left out. Below zero while the peer has not yet told of what was left out.
    balance: i64,
    round_trip_us: Option<u32>,
    round_trips: u64,
    round_trips_sum_us: u64,
}

impl Feedback {
    /// A sender report left whose clock the peer will name.
    pub fn report_sent(&mut self, now: Mono, clock: u32) {
        self.reports[self.next] = Some((clock, now));
        self.next = (self.next + 1) % SENT_MAX;
    }

    /// A peer's report block about our stream came.
    pub fn receive(&mut self, now: Mono, block: &ReportBlock, departed: Departed) {
        if let Some(round_trip) = self.round_trip(now, block) {
            self.take_round_trip(round_trip);
        }
        let report = block.report;
        self.take_remark(Remark { lost: report.lost, highest: report.highest, jitter: report.jitter }, departed);
    }

    /// A round trip was measured; one longer than any network's is no measurement.
    pub fn take_round_trip(&mut self, round_trip: Duration) {
        if round_trip > ROUND_TRIP_MAX {
            return;
        }
        let us = round_trip.as_micros() as u32;
        self.round_trip_us = Some(us);
        self.round_trips += 1;
        self.round_trips_sum_us += u64::from(us);
    }

    /// The peer says how our stream arrives; the same remark again is none.
    pub fn take_remark(&mut self, remark: Remark, departed: Departed) {
        let (before, had) = self.last.unwrap_or((Remark { lost: 0, highest: 0, jitter: 0 }, Departed::default()));
        if self.last.is_some() && remark.highest == before.highest {
            return;
        }
        self.last = Some((remark, departed));
        // Counts that fall are late packets that filled a gap, here and there, or a peer that begins anew.
        let missed = i64::from(remark.lost.saturating_sub(before.lost));
        let left_out = signed(departed.left_out.saturating_sub(had.left_out));
        self.balance = self.balance.saturating_add(missed).saturating_sub(left_out).min(signed(departed.sent));
        let lost = self.balance.max(0) as u64;
        let jitter_us = u64::from(remark.jitter) * 1_000_000 / u64::from(CLOCK_HZ);
        let jitter_us = u32::try_from(jitter_us).unwrap_or(u32::MAX).min(JITTER_US_MAX);
        self.heard = Some(Heard { sent: departed.sent, lost, jitter_us });
    }

    /// As of the last report; `None` when there was none.
    pub fn heard(&self) -> Option<Heard> {
        self.heard
    }

    /// The last measurement, microseconds, at most ten seconds.
    pub fn round_trip_us(&self) -> Option<u32> {
        self.round_trip_us
    }

    /// The mean of all measurements, microseconds.
    pub fn round_trip_mean_us(&self) -> Option<u32> {
        self.round_trips_sum_us.checked_div(self.round_trips).map(|us| us as u32)
    }

    /// RFC 3550 §6.4.1: what passed since our report left, less what the peer kept it.
    fn round_trip(&self, now: Mono, block: &ReportBlock) -> Option<Duration> {
        let (_, sent_at) = self.reports.iter().flatten().find(|(clock, _)| *clock == block.last_sender_report)?;
        let kept = Duration::from_nanos(u64::from(block.delay) * 1_000_000_000 / 65_536);
        let passed = now.since(*sent_at);
        (kept <= passed + CLOCK_TOLERANCE).then(|| passed.saturating_sub(kept))
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reception::Report;

    const CLOCK: u32 = 0xAABB_CCDD;

    fn at(ms: u64) -> Mono {
        Mono(ms * 1_000_000)
    }

    fn block(clock: u32, kept_ms: u32) -> ReportBlock {
        let delay = (u64::from(kept_ms) * 65_536 / 1_000) as u32;
        ReportBlock { ssrc: 1, report: Report::default(), last_sender_report: clock, delay }
    }

    fn remark(lost: u32, highest: u32) -> Remark {
        Remark { lost, highest, jitter: 80 }
    }

    fn departed(sent: u64, left_out: u64) -> Departed {
        Departed { sent, left_out }
    }

    #[test]
    fn a_round_trip_is_what_passed_less_what_the_peer_kept() {
        let mut feedback = Feedback::default();
        feedback.report_sent(at(1_000), CLOCK);
        feedback.receive(at(4_080), &block(CLOCK, 3_000), departed(1, 0));
        assert!(feedback.round_trip_us().unwrap().abs_diff(80_000) < 100, "{:?}", feedback.round_trip_us());
        feedback.receive(at(6_040), &block(CLOCK, 5_000), departed(2, 0));
        assert!(feedback.round_trip_us().unwrap().abs_diff(40_000) < 100);
        assert!(feedback.round_trip_mean_us().unwrap().abs_diff(60_000) < 100);
    }

    #[test]
    fn a_peer_next_door_whose_clock_runs_fast_is_near() {
        let mut feedback = Feedback::default();
        feedback.report_sent(at(0), CLOCK);
        feedback.receive(at(3_000), &block(CLOCK, 3_002), departed(1, 0));
        assert_eq!(feedback.round_trip_us(), Some(0));
    }

    #[test]
    fn what_cannot_be_a_round_trip_is_none() {
        let mut feedback = Feedback::default();
        for (clock, kept_ms, at_ms) in [(0, 0, 10), (CLOCK, 0, 10)] {
            feedback.receive(at(at_ms), &block(clock, kept_ms), departed(1, 0));
        }
        feedback.report_sent(at(0), CLOCK);
        for (clock, kept_ms, at_ms) in [(CLOCK + 1, 0, 10), (CLOCK, 900, 100), (CLOCK, 0, 10_001), (CLOCK, 60_000, 0)] {
            feedback.receive(at(at_ms), &block(clock, kept_ms), departed(1, 0));
        }
        assert_eq!((feedback.round_trip_us(), feedback.round_trip_mean_us()), (None, None));
    }

    #[test]
    fn reports_that_are_long_gone_are_forgotten() {
        let mut feedback = Feedback::default();
        for n in 0..=SENT_MAX as u32 {
            feedback.report_sent(at(u64::from(n) * 5_000), 100 + n);
        }
        let now = at(SENT_MAX as u64 * 5_000 + 30);
        feedback.receive(now, &block(100, 0), departed(1, 0));
        assert_eq!(feedback.round_trip_us(), None);
        feedback.receive(now, &block(101, 15_000), departed(1, 0));
        assert!(feedback.round_trip_us().unwrap().abs_diff(30_000) < 100);
    }

    #[test]
    fn what_was_lost_before_it_came_to_us_is_not_lost_on_this_leg() {
        let mut feedback = Feedback::default();
        feedback.take_remark(remark(7, 250), departed(243, 5));
        assert_eq!(feedback.heard(), Some(Heard { sent: 243, lost: 2, jitter_us: 10_000 }));
        feedback.take_remark(remark(17, 500), departed(485, 15));
        assert_eq!(feedback.heard().unwrap().lost, 2);
        feedback.take_remark(remark(27, 750), departed(735, 15));
        assert_eq!(feedback.heard().unwrap().lost, 12);
    }

    #[test]
    fn what_the_peer_has_yet_to_tell_is_not_charged_later() {
        let mut feedback = Feedback::default();
        feedback.take_remark(remark(0, 100), departed(200, 40));
        feedback.take_remark(remark(41, 300), departed(360, 40));
        assert_eq!(feedback.heard().unwrap().lost, 1);
    }

    #[test]
    fn a_remark_is_taken_once_and_a_peer_that_begins_anew_takes_nothing_back() {
        let mut feedback = Feedback::default();
        feedback.take_remark(remark(7, 250), departed(250, 0));
        feedback.take_remark(remark(9, 250), departed(300, 0));
        assert_eq!(feedback.heard().unwrap().sent, 250);
        feedback.take_remark(remark(0, 60), departed(310, 0));
        feedback.take_remark(remark(3, 300), departed(550, 0));
        assert_eq!(feedback.heard().unwrap(), Heard { sent: 550, lost: 10, jitter_us: 10_000 });
    }

    #[test]
    fn nobody_misses_more_than_was_sent_whatever_they_say() {
        let mut feedback = Feedback::default();
        for n in 0..1_000u32 {
            let lost = if n % 2 == 0 { u32::MAX } else { 0 };
            feedback.take_remark(Remark { lost, highest: n, jitter: u32::MAX }, departed(100, 0));
        }
        assert_eq!(feedback.heard(), Some(Heard { sent: 100, lost: 100, jitter_us: JITTER_US_MAX }));
    }
}
