//! Keys that are heard as RFC 4733 events: each once, with its length.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::rtp::{Packet, key_of};

/// Without another packet for this long, a key whose end was lost is over: ten packets.
const END_WAIT: Duration = Duration::from_millis(200);
/// Samples of the event clock in a millisecond.
const SAMPLES_PER_MS: u64 = 8;

/// A key that was heard to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeardKey {
    /// Which.
    pub key: char,
    /// How long, by its last packet.
    pub length: Duration,
}

/// The event that came last.
#[derive(Clone, Copy, Debug)]
struct Event {
    ssrc: u32,
    timestamp: u32,
    code: u8,
    duration: u16,
    at: Instant,
    is_told: bool,
}

/// Finds keys in the events of a stream.
#[derive(Debug, Default)]
pub struct Keys {
    last: Option<Event>,
    begun: Vec<char>,
    heard: VecDeque<HeardKey>,
}

impl Keys {
    /// Takes a packet of an event. All packets of one carry its timestamp (RFC 4733 §2.5.1.2).
    pub fn take(&mut self, at: Instant, packet: &Packet<'_>) {
        let Some(&[code, flags, high, low]) = packet.payload.first_chunk::<4>() else { return };
        let (ssrc, timestamp, duration) = (packet.ssrc, packet.timestamp, u16::from_be_bytes([high, low]));
        let known = self.last.filter(|last| last.ssrc == ssrc);
        if known.is_some_and(|last| (timestamp.wrapping_sub(last.timestamp) as i32) < 0) {
            // Late, of a key that is over.
            return;
        }
        match self.last.as_mut().filter(|last| (last.ssrc, last.timestamp) == (ssrc, timestamp)) {
            Some(last) => {
                last.duration = last.duration.max(duration);
                last.at = at;
            }
            None => {
                self.end();
                self.last = Some(Event { ssrc, timestamp, code, duration, at, is_told: false });
                self.begun.extend(key_of(code));
            }
        }
        if flags & 0x80 != 0 {
            self.end();
        }
    }

    /// The next key that was heard to its end, in order.
    pub fn next(&mut self, now: Instant) -> Option<HeardKey> {
        if self.last.is_some_and(|last| now.saturating_duration_since(last.at) >= END_WAIT) {
            self.end();
        }
        self.heard.pop_front()
    }

    /// All keys whose beginning was heard.
    pub fn begun(&self) -> &[char] {
        &self.begun
    }

    fn end(&mut self) {
        if let Some(last) = self.last.as_mut().filter(|last| !last.is_told) {
            last.is_told = true;
            let length = Duration::from_millis(u64::from(last.duration) / SAMPLES_PER_MS);
            self.heard.extend(key_of(last.code).map(|key| HeardKey { key, length }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(ms, timestamp, code, end, duration)` of each packet; the keys told, in order, with the time and the length in milliseconds.
    fn check(packets: &[(u64, u32, u8, bool, u16)], expected: &[(u64, char, u64)]) {
        let (mut keys, start) = (Keys::default(), Instant::now());
        let mut told = Vec::new();
        for ms in 0..1_000 {
            let now = start + Duration::from_millis(ms);
            for (_, timestamp, code, end, duration) in packets.iter().filter(|packet| packet.0 == ms) {
                let [high, low] = duration.to_be_bytes();
                let payload = [*code, (u8::from(*end) << 7) | 10, high, low];
                let (timestamp, marker) = (*timestamp, *duration == 160);
                keys.take(
                    now,
                    &Packet { marker, payload_type: 101, sequence: 0, timestamp, ssrc: 1, payload: &payload },
                );
            }
            told.extend(
                std::iter::from_fn(|| keys.next(now)).map(|heard| (ms, heard.key, heard.length.as_millis() as u64)),
            );
        }
        assert_eq!(told, expected, "{packets:?}");
    }

    #[test]
    fn a_key_is_told_once_with_its_end() {
        let end = (80, 900, 1, true, 800);
        check(
            &[
                (0, 900, 1, false, 160),
                (20, 900, 1, false, 320),
                end,
                (100, 900, 1, true, 800),
                (120, 900, 1, true, 800),
            ],
            &[(80, '1', 100)],
        );
    }

    #[test]
    fn a_lost_end_is_waited_for_and_told_with_what_came() {
        check(&[(0, 900, 11, false, 160), (20, 900, 11, false, 320)], &[(220, '#', 40)]);
        let next = [
            (0, 900, 1, false, 160),
            (60, 900, 1, false, 640),
            (180, 2_340, 1, false, 160),
            (260, 2_340, 1, true, 800),
        ];
        check(&next, &[(180, '1', 80), (260, '1', 100)]);
    }

    #[test]
    fn only_ends_and_late_packets_are_no_more_than_one_key() {
        check(&[(0, 900, 1, true, 800), (20, 900, 1, true, 800)], &[(0, '1', 100)]);
        let late =
            [(0, 900, 1, true, 800), (20, 2_340, 2, false, 160), (30, 900, 1, true, 800), (100, 2_340, 2, true, 800)];
        check(&late, &[(0, '1', 100), (100, '2', 100)]);
    }

    #[test]
    fn an_end_that_comes_after_it_was_given_up_is_not_another_key() {
        check(&[(0, 900, 1, false, 160), (300, 900, 1, true, 800)], &[(200, '1', 20)]);
    }

    #[test]
    fn timestamps_wrap_and_other_events_are_no_keys() {
        check(&[(0, u32::MAX - 5, 3, true, 800), (200, 1_000, 3, true, 400)], &[(0, '3', 100), (200, '3', 50)]);
        check(&[(0, 900, 16, true, 800)], &[]);
    }
}
