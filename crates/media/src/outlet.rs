//! What a destination gets to see: one SSRC whose sequence and timestamps run on, whatever feeds it.
//!
//! Sequence and timestamp of a relayed source are carried over as steps, so that loss and order stay visible to the receiver;
//! at a change of feed the sequence goes on by one and the timestamp by the last packet's length, or by the wall clock when the
//! pause was longer than [`PAUSE`]. Source timestamps never pass through.

use std::time::Duration;

use domain::Mono;

use crate::codec::{CLOCK_HZ, SLOT_SAMPLES};
use crate::feedback::Departed;

/// Up to this pause a receiver does not notice a change of feed when the timestamp just goes on.
pub const PAUSE: Duration = Duration::from_millis(100);
/// How far a source's clock may run ahead of ours between two packets before it counts as having jumped.
const AHEAD_TICKS: i64 = 1_600;
/// A source that stood still for longer, clock and all, has paused; for less, the network held it up and the rest comes in a burst.
const HALT_TICKS: i64 = 8_000;
/// How much sound may be under way to a destination beyond what time has passed, 400 ms: a burst after a halt that silence has
/// already filled would otherwise stay in its buffer as delay for the rest of the call.
const LEAD_MAX_TICKS: i64 = 3_200;
/// What of the lead is forgiven besides the time that passes, so that a clock running fast by less than 1 % never reaches the limit.
const FORGIVE_PER_TICK: i64 = 100;
/// A step of the source's sequence beyond this is a jump.
const STEP_MAX: i32 = 100;
/// Late packets older than this are dropped.
const LATE_MAX: i32 = 50;

/// Sequence and timestamp of one packet out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Unwrapped; the low 16 bits go on the wire.
    pub sequence: u64,
    /// On the wire as it is.
    pub timestamp: u32,
    /// Sound begins again after a pause.
    pub marker: bool,
}

/// Which feed a packet comes from; another number is another feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedKey(pub u64);

#[derive(Clone, Copy, Debug)]
struct Carried {
    feed: FeedKey,
    /// Sequence and timestamp of the newest packet in, and what they became.
    sequence_in: u16,
    timestamp_in: u32,
    sequence_out: u64,
    timestamp_out: u32,
    /// Nothing at or below this may be sent for this feed: it was given to another one.
    floor: u64,
}

#[derive(Clone, Copy, Debug)]
struct Event {
    feed: FeedKey,
    timestamp_in: u32,
    timestamp_out: u32,
}

/// Where the stream stood when a key began.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    at: Mono,
    timestamp: u32,
}

/// The outgoing stream of one leg.
#[derive(Debug)]
pub struct Outlet {
    ssrc: u32,
    /// The first number, and the next one.
    first: u64,
    sequence: u64,
    /// When the next sample is due, in the stream's own time.
    next_timestamp: u32,
    last_at: Option<Mono>,
    carried: Option<Carried>,
    event: Option<Event>,
    /// Since a key took the place of sound and until sound goes on, the clock says from here where that is.
    anchor: Option<Anchor>,
    /// The last packet was a frame of ours, and nothing has changed since.
    own_run: bool,
    /// Ticks the stream's time is ahead of the time that passed.
    lead: i64,
    packets: u64,
    octets: u64,
}

impl Outlet {
    /// A stream that begins at `sequence` (16 bits) and `timestamp`.
    pub fn new(ssrc: u32, sequence: u16, timestamp: u32) -> Outlet {
        // The first packet carries the number itself.
        let first = u64::from(sequence & 0x7FFF);
        Outlet {
            ssrc,
            first,
            sequence: first,
            next_timestamp: timestamp,
            last_at: None,
            carried: None,
            event: None,
            anchor: None,
            own_run: false,
            lead: 0,
            packets: 0,
            octets: 0,
        }
    }

    /// The SSRC, for the life of the leg.
    pub fn ssrc(&self) -> u32 {
        self.ssrc
    }

    /// When something was last sent.
    pub fn last_at(&self) -> Option<Mono> {
        self.last_at
    }

    /// Whether frames of ours are going out, and not a feed's packets.
    pub fn is_own_run(&self) -> bool {
        self.own_run
    }

    /// Packets and payload bytes sent.
    pub fn sent(&self) -> (u64, u64) {
        (self.packets, self.octets)
    }

    /// Packets sent, and numbers left out between them.
    pub fn departed(&self) -> Departed {
        Departed { sent: self.packets, left_out: (self.sequence - self.first).saturating_sub(self.packets) }
    }

    /// The stream's time at `now`, for a sender report.
    pub fn timestamp_at(&self, now: Mono) -> u32 {
        let since = self.last_at.map_or(0, |at| elapsed_ticks(now, at));
        self.next_timestamp.wrapping_sub(SLOT_SAMPLES as u32).wrapping_add(since as u32)
    }

    /// A frame that we made.
    pub fn stamp_own(&mut self, now: Mono, samples: usize) -> Stamp {
        let stamp = self.go_on(now);
        self.carried = None;
        self.finish(now, stamp, samples);
        self.own_run = true;
        stamp
    }

    /// A packet of `feed` passed on; `None` when it comes too late to be placed, or is more than the destination can play.
    pub fn stamp_relay(
        &mut self,
        now: Mono,
        feed: FeedKey,
        sequence: u16,
        timestamp: u32,
        samples: usize,
    ) -> Option<Stamp> {
        if self.lead_at(now) > LEAD_MAX_TICKS {
            self.withhold(feed, sequence);
            return None;
        }
        let last_at = self.last_at.unwrap_or(now);
        if let Some(carried) = self.carried.filter(|c| c.feed == feed) {
            let step = i32::from(sequence.wrapping_sub(carried.sequence_in) as i16);
            let ticks = i64::from(timestamp.wrapping_sub(carried.timestamp_in) as i32);
            if step <= 0 {
                return self.stamp_late(carried, step, ticks);
            }
            let wall = elapsed_ticks(now, last_at);
            let in_time =
                ticks >= 0 && ticks <= wall + AHEAD_TICKS && (wall <= HALT_TICKS || ticks + HALT_TICKS >= wall);
            if step <= STEP_MAX && in_time {
                let stamp = Stamp {
                    sequence: carried.sequence_out + step as u64,
                    timestamp: carried.timestamp_out.wrapping_add(ticks as u32),
                    marker: false,
                };
                self.carry(feed, sequence, timestamp, stamp, carried.floor);
                self.finish(now, stamp, samples);
                return Some(stamp);
            }
        }
        let stamp = self.go_on(now);
        let floor = self.sequence;
        self.carry(feed, sequence, timestamp, stamp, floor);
        self.finish(now, stamp, samples);
        Some(stamp)
    }

    /// What fed the stream so far does so no more: when it comes back, what it sent meanwhile was not lost on the way.
    pub fn cut(&mut self) {
        self.carried = None;
        self.own_run = false;
    }

    /// A packet of `feed` is held back: the receiver shall not take it for lost.
    pub fn withhold(&mut self, feed: FeedKey, sequence: u16) {
        if let Some(carried) = self.carried.as_mut().filter(|c| c.feed == feed)
            && sequence.wrapping_sub(carried.sequence_in) < STEP_MAX as u16
        {
            carried.sequence_in = carried.sequence_in.wrapping_add(1);
            // What comes late from before it would get a number that is taken.
            carried.floor = carried.floor.max(carried.sequence_out + 1);
        }
    }

    /// A packet of a telephone event placed among frames of ours: every packet of the event carries the time it began
    /// (RFC 4733 §2.1).
    pub fn stamp_event(&mut self, now: Mono, feed: FeedKey, timestamp: u32) -> Stamp {
        let fresh = self.go_on(now);
        let known = self.event.filter(|event| event.feed == feed && event.timestamp_in == timestamp);
        let timestamp_out = known.map_or(fresh.timestamp, |event| event.timestamp_out);
        self.event = Some(Event { feed, timestamp_in: timestamp, timestamp_out });
        let stamp = Stamp { timestamp: timestamp_out, marker: known.is_none(), ..fresh };
        self.carried = None;
        self.sequence = stamp.sequence + 1;
        self.packets += 1;
        stamp
    }

    /// A packet of a key that we send in the place of sound, `at` its slot: all of a key carry the time it began (RFC 4733 §2.1), and
    /// the stream's own time goes on meanwhile.
    pub fn stamp_digit(&mut self, at: Mono, is_first: bool) -> Stamp {
        let fresh = self.go_on(at);
        // Two keys of one time would be one key: somebody else's may have begun since the last frame.
        let taken = self.event.is_some_and(|event| event.timestamp_out == fresh.timestamp);
        let timestamp = fresh.timestamp.wrapping_add(if taken { SLOT_SAMPLES as u32 } else { 0 });
        let anchor = self.anchor.filter(|_| !is_first).unwrap_or(Anchor { at, timestamp });
        self.anchor = Some(anchor);
        self.cut();
        let next_timestamp = anchor.timestamp.wrapping_add(slot_ticks(at, anchor.at)).wrapping_add(SLOT_SAMPLES as u32);
        self.pass(at, fresh.sequence, next_timestamp);
        Stamp { timestamp: anchor.timestamp, marker: is_first, ..fresh }
    }

    /// Counts payload bytes of a packet that was stamped.
    pub fn count_octets(&mut self, octets: usize) {
        self.octets += octets as u64;
    }

    fn stamp_late(&mut self, carried: Carried, step: i32, ticks: i64) -> Option<Stamp> {
        let sequence = carried.sequence_out.checked_add_signed(i64::from(step))?;
        if step == 0 || step < -LATE_MAX || sequence < carried.floor {
            return None;
        }
        self.packets += 1;
        Some(Stamp { sequence, timestamp: carried.timestamp_out.wrapping_add(ticks as u32), marker: false })
    }

    fn go_on(&self, now: Mono) -> Stamp {
        let pause = self.last_at.map(|at| now.since(at));
        let skipped = match pause {
            Some(pause) if pause >= PAUSE => {
                elapsed_ticks(now, now - pause).max(SLOT_SAMPLES as i64) as u32 - SLOT_SAMPLES as u32
            }
            Some(_) | None => 0,
        };
        let timestamp = match self.anchor {
            Some(anchor) => anchor.timestamp.wrapping_add(slot_ticks(now, anchor.at)),
            None => self.next_timestamp.wrapping_add(skipped),
        };
        Stamp { sequence: self.sequence, timestamp, marker: pause.is_none_or(|pause| pause >= PAUSE) }
    }

    fn carry(&mut self, feed: FeedKey, sequence_in: u16, timestamp_in: u32, stamp: Stamp, floor: u64) {
        self.carried = Some(Carried {
            feed,
            sequence_in,
            timestamp_in,
            sequence_out: stamp.sequence,
            timestamp_out: stamp.timestamp,
            floor,
        });
    }

    fn lead_at(&self, now: Mono) -> i64 {
        let passed = self.last_at.map_or(0, |at| elapsed_ticks(now, at));
        self.lead - passed - passed / FORGIVE_PER_TICK
    }

    fn finish(&mut self, now: Mono, stamp: Stamp, samples: usize) {
        // Packets of an event that is passed on have no length; the time of all of them is its beginning.
        let begun = self.anchor.filter(|anchor| anchor.timestamp == stamp.timestamp);
        self.anchor = (samples == 0).then(|| begun.unwrap_or(Anchor { at: now, timestamp: stamp.timestamp }));
        self.own_run = false;
        self.pass(now, stamp.sequence, stamp.timestamp.wrapping_add(samples as u32));
    }

    fn pass(&mut self, now: Mono, sequence: u64, next_timestamp: u32) {
        let ahead = self.lead_at(now) + i64::from(next_timestamp.wrapping_sub(self.next_timestamp) as i32);
        self.lead = ahead.max(0);
        self.sequence = sequence + 1;
        self.next_timestamp = next_timestamp;
        self.last_at = Some(now);
        self.packets += 1;
    }
}

fn elapsed_ticks(now: Mono, earlier: Mono) -> i64 {
    (now.since(earlier).as_micros() * u128::from(CLOCK_HZ) / 1_000_000) as i64
}

/// Time in whole slots, the nearest: a packet that comes a little early or late still has its place.
fn slot_ticks(now: Mono, earlier: Mono) -> u32 {
    let half = SLOT_SAMPLES as i64 / 2;
    let slots = (elapsed_ticks(now, earlier) + half) / SLOT_SAMPLES as i64;
    (slots * SLOT_SAMPLES as i64) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: FeedKey = FeedKey(1);
    const B: FeedKey = FeedKey(2);

    fn at(ms: u64) -> Mono {
        Mono(ms * 1_000_000)
    }

    fn outlet() -> Outlet {
        Outlet::new(7, 100, 1_000)
    }

    fn relay(outlet: &mut Outlet, ms: u64, feed: FeedKey, sequence: u16, timestamp: u32) -> Option<(u64, u32)> {
        outlet.stamp_relay(at(ms), feed, sequence, timestamp, 160).map(|s| (s.sequence, s.timestamp))
    }

    #[test]
    fn loss_and_order_of_the_source_stay_visible() {
        let mut o = outlet();
        assert_eq!(relay(&mut o, 0, A, 65_535, 4_000_000_000), Some((100, 1_000)));
        assert_eq!(relay(&mut o, 20, A, 0, 4_000_000_160), Some((101, 1_160)));
        assert_eq!(relay(&mut o, 60, A, 2, 4_000_000_480), Some((103, 1_480)));
        assert_eq!(o.departed(), Departed { sent: 3, left_out: 1 });
        assert_eq!(relay(&mut o, 61, A, 1, 4_000_000_320), Some((102, 1_320)));
        assert_eq!(relay(&mut o, 80, A, 3, 4_000_000_640), Some((104, 1_640)));
        assert_eq!(relay(&mut o, 81, A, 3, 4_000_000_640), None);
        assert_eq!(o.departed(), Departed { sent: 5, left_out: 0 });
    }

    #[test]
    fn a_change_of_feed_goes_on_where_the_last_stopped() {
        let mut o = outlet();
        relay(&mut o, 0, A, 10, 50_000);
        assert_eq!(relay(&mut o, 15, B, 900, 7), Some((101, 1_160)));
        let own = o.stamp_own(at(40), 160);
        assert_eq!((own.sequence, own.timestamp, own.marker), (102, 1_320, false));
        assert_eq!(relay(&mut o, 50, B, 901, 167), Some((103, 1_480)));
        assert_eq!(relay(&mut o, 51, B, 899, 7), None, "before the change there is no place for it");
    }

    #[test]
    fn after_a_pause_the_wall_clock_says_where_to_go_on() {
        let mut o = outlet();
        relay(&mut o, 0, A, 10, 50_000);
        let stamp = o.stamp_relay(at(1_000), B, 1, 1, 160).unwrap();
        assert_eq!((stamp.sequence, stamp.timestamp, stamp.marker), (101, 1_000 + 8_000, true));
        let mut short = outlet();
        relay(&mut short, 0, A, 10, 50_000);
        assert_eq!(relay(&mut short, 99, B, 1, 1), Some((101, 1_160)));
    }

    #[test]
    fn a_source_that_jumps_in_time_does_not_take_us_along() {
        let mut o = outlet();
        relay(&mut o, 0, A, 10, 50_000);
        assert_eq!(relay(&mut o, 20, A, 11, 9_000_000), Some((101, 1_160)));
        assert_eq!(relay(&mut o, 40, A, 12, 9_000_160), Some((102, 1_320)));
        assert_eq!(relay(&mut o, 60, A, 13, 12), Some((103, 1_480)));
        assert_eq!(relay(&mut o, 80, A, 30_000, 172), Some((104, 1_640)));
    }

    #[test]
    fn a_source_whose_clock_stands_still_in_silence_is_put_right() {
        let mut o = outlet();
        relay(&mut o, 0, A, 10, 50_000);
        assert_eq!(relay(&mut o, 2_000, A, 11, 50_160), Some((101, 1_000 + 16_000)));
        let mut kept = outlet();
        relay(&mut kept, 0, A, 10, 50_000);
        assert_eq!(relay(&mut kept, 2_000, A, 11, 66_000), Some((101, 17_000)));
    }

    #[test]
    fn what_was_sent_while_cut_off_is_not_lost() {
        let mut o = outlet();
        relay(&mut o, 0, A, 10, 0);
        o.cut();
        assert_eq!(relay(&mut o, 60, A, 13, 480), Some((101, 1_160)));
    }

    #[test]
    fn a_burst_after_a_halt_comes_through_and_a_flood_does_not() {
        let mut o = outlet();
        relay(&mut o, 0, A, 10, 0);
        for n in 0..15u16 {
            assert_eq!(
                relay(&mut o, 300, A, 11 + n, 160 + 160 * u32::from(n)),
                Some((101 + u64::from(n), 1_160 + 160 * u32::from(n)))
            );
        }
        let mut flooded = outlet();
        let passed = (0..1_000u16).filter(|n| relay(&mut flooded, u64::from(*n), A, *n, 160 * u32::from(*n)).is_some());
        let passed = passed.count();
        assert!((60..=80).contains(&passed), "{passed} packets in a second");
    }

    #[test]
    fn a_clock_that_runs_half_a_percent_fast_loses_nothing() {
        let mut o = outlet();
        for n in 0..20_000u32 {
            let ms = u64::from(n) * 199 / 10;
            assert!(o.stamp_relay(at(ms), A, n as u16, n * 160, 160).is_some(), "packet {n}");
        }
    }

    #[test]
    fn packets_held_back_leave_no_gap() {
        let mut o = outlet();
        relay(&mut o, 0, A, 10, 0);
        o.withhold(A, 11);
        o.withhold(A, 12);
        assert_eq!(relay(&mut o, 60, A, 13, 480), Some((101, 1_480)));
    }

    #[test]
    fn a_packet_late_from_before_one_held_back_gets_no_number_twice() {
        let mut o = outlet();
        let first = relay(&mut o, 0, A, 10, 0);
        o.withhold(A, 12);
        let next = relay(&mut o, 60, A, 13, 480);
        assert_eq!((first.map(|sent| sent.0), next.map(|sent| sent.0)), (Some(100), Some(102)));
        assert_eq!(relay(&mut o, 70, A, 11, 160), None);
    }

    #[test]
    fn an_event_keeps_the_time_it_began() {
        let mut o = outlet();
        o.stamp_own(at(0), 160);
        let first = o.stamp_event(at(5), A, 77);
        o.stamp_own(at(20), 160);
        let second = o.stamp_event(at(25), A, 77);
        assert_eq!((first.timestamp, first.marker), (1_160, true));
        assert_eq!((second.timestamp, second.marker), (1_160, false));
        assert_eq!((first.sequence, second.sequence), (101, 103));
        assert_eq!(o.sent().0, 4);
    }

    #[test]
    fn a_key_takes_the_place_of_sound_and_the_clock_goes_on() {
        let mut o = outlet();
        relay(&mut o, 0, A, 10, 50_000);
        let digits: Vec<Stamp> = (0..7).map(|n| o.stamp_digit(at(20 + n * 20), n == 0)).collect();
        assert!(digits.iter().all(|stamp| stamp.timestamp == 1_160));
        assert_eq!(digits.iter().map(|stamp| stamp.sequence).collect::<Vec<_>>(), (101..108).collect::<Vec<_>>());
        assert_eq!(digits.iter().filter(|stamp| stamp.marker).count(), 1);
        assert_eq!(o.timestamp_at(at(140)), 1_000 + 140 * 8);
        // The source's next packet comes 4 ms early; the one after it is a step further again.
        assert_eq!(relay(&mut o, 156, A, 18, 51_280), Some((108, 1_000 + 160 * 8)));
        assert_eq!(relay(&mut o, 181, A, 19, 51_440), Some((109, 1_000 + 180 * 8)));
        assert_eq!(relay(&mut o, 182, A, 17, 51_120), None, "before the key's end there is no place for it");
    }

    #[test]
    fn two_keys_never_have_one_time() {
        let mut relayed = outlet();
        relay(&mut relayed, 0, A, 10, 50_000);
        for n in 1..4u16 {
            let stamp = relayed.stamp_relay(at(u64::from(n) * 20), A, 10 + n, 50_160, 0).unwrap();
            assert_eq!(stamp.timestamp, 1_160);
        }
        assert_eq!(relayed.stamp_digit(at(80), true).timestamp, 1_000 + 80 * 8);
        let mut mixed = outlet();
        mixed.stamp_own(at(0), 160);
        assert_eq!(mixed.stamp_event(at(5), A, 77).timestamp, 1_160);
        assert_eq!(mixed.stamp_digit(at(20), true).timestamp, 1_320);
        assert_eq!(mixed.stamp_digit(at(40), false).timestamp, 1_320);
    }

    #[test]
    fn a_key_after_a_silent_pause_begins_where_the_clock_is() {
        let mut o = outlet();
        for n in 0..7 {
            o.stamp_digit(at(n * 20), n == 0);
        }
        assert_eq!(o.stamp_digit(at(180), true).timestamp, 1_000 + 180 * 8);
        assert_eq!(o.stamp_own(at(30_000), 160).timestamp, 1_000 + 30_000 * 8);
    }

    #[test]
    fn sequences_begin_below_the_first_rollover() {
        assert!(Outlet::new(1, u16::MAX, 0).stamp_own(at(0), 160).sequence < 0x8000);
    }
}
