//! Keys in RTP (RFC 4733): each key is reported once, with the first packet of it that arrives.

use domain::{Key, Mono};
use std::time::Duration;

/// A payload is four bytes (RFC 4733 §2.3).
const PAYLOAD: usize = 4;
/// The longest duration one segment can carry (RFC 4733 §2.5.1.3).
const SEGMENT_MAX: u16 = u16::MAX;
/// After this long without an event, an older timestamp is a restarted clock and not a late packet.
const FORGET_AFTER: Duration = Duration::from_secs(2);

/// One telephone-event payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TelephoneEvent {
    /// Event code; 0–15 are keys.
    pub code: u8,
    /// Last of its event.
    pub end: bool,
    /// Power, 0–63, in −dBm0.
    pub volume: u8,
    /// Ticks since the packet's timestamp.
    pub duration: u16,
}

impl TelephoneEvent {
    /// Reads a payload; `None` when too short.
    pub fn parse(payload: &[u8]) -> Option<TelephoneEvent> {
        let bytes = payload.first_chunk::<PAYLOAD>()?;
        Some(TelephoneEvent {
            code: bytes[0],
            end: bytes[1] & 0x80 != 0,
            volume: bytes[1] & 0x3F,
            duration: u16::from_be_bytes([bytes[2], bytes[3]]),
        })
    }

    /// The payload on the wire.
    pub fn bytes(&self) -> [u8; PAYLOAD] {
        let duration = self.duration.to_be_bytes();
        [self.code, (u8::from(self.end) << 7) | (self.volume & 0x3F), duration[0], duration[1]]
    }
}

#[derive(Clone, Copy, Debug)]
struct Heard {
    code: u8,
    timestamp: u32,
    duration: u16,
    ended: bool,
    at: Mono,
}

/// Finds the keys in one source's events.
#[derive(Debug, Default)]
pub struct KeyReceiver {
    last: Option<Heard>,
}

impl KeyReceiver {
    /// Takes one event packet; gives the key when this packet is the first of it.
    ///
    /// Updates and repeated ends carry the timestamp of their start, so they are told from another press of the same key by it
    /// even when the end, or the start, was lost (RFC 4733 §2.5.1.2, §2.5.2.2).
    pub fn receive(&mut self, now: Mono, timestamp: u32, event: TelephoneEvent) -> Option<Key> {
        let heard = Heard { code: event.code, timestamp, duration: event.duration, ended: event.end, at: now };
        let fresh = match self.last {
            None => true,
            Some(last) if last.timestamp == timestamp => {
                let longest = last.duration.max(event.duration);
                let ended = last.ended || event.end;
                self.last = Some(Heard { duration: longest, ended, at: now, ..last });
                return None;
            }
            Some(last) if continues(&last, timestamp, event) => false,
            // Older than what is known: a late packet of an earlier key, unless the source began anew.
            Some(last) => {
                let newer = timestamp.wrapping_sub(last.timestamp) as i32 > 0;
                if !newer && now.since(last.at) < FORGET_AFTER {
                    return None;
                }
                true
            }
        };
        self.last = Some(heard);
        if fresh { Key::from_event(event.code) } else { None }
    }

    /// The source changed: timestamps of the old one mean nothing any more.
    pub fn reset(&mut self) {
        self.last = None;
    }
}

/// RFC 4733 §2.5.1.3: a key held longer than a segment goes on in another one, which starts where the last stopped.
fn continues(last: &Heard, timestamp: u32, event: TelephoneEvent) -> bool {
    !last.ended
        && last.code == event.code
        && last.duration == SEGMENT_MAX
        && timestamp == last.timestamp.wrapping_add(u32::from(SEGMENT_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(timestamp, code, end, duration)` of each packet, 20 ms apart; the keys reported, in order, with the packet's index.
    fn check(packets: &[(u32, u8, bool, u16)], expected: &[(usize, char)]) {
        let mut receiver = KeyReceiver::default();
        let mut seen = Vec::new();
        for (index, (timestamp, code, end, duration)) in packets.iter().enumerate() {
            let now = Mono(index as u64 * 20_000_000);
            let event = TelephoneEvent { code: *code, end: *end, volume: 10, duration: *duration };
            if let Some(key) = receiver.receive(now, *timestamp, event) {
                seen.push((index, key.as_char()));
            }
        }
        assert_eq!(seen, expected, "{packets:?}");
    }

    #[test]
    fn a_press_is_one_key_at_its_first_packet() {
        check(&[(100, 5, false, 160), (100, 5, false, 320), (100, 5, true, 480), (100, 5, true, 480)], &[(0, '5')]);
    }

    #[test]
    fn lost_starts_and_lost_ends() {
        check(&[(100, 5, false, 320), (100, 5, true, 480)], &[(0, '5')]);
        check(&[(100, 5, true, 480), (100, 5, true, 480)], &[(0, '5')]);
        check(&[(100, 5, false, 160), (900, 5, false, 160), (1700, 11, false, 160)], &[(0, '5'), (1, '5'), (2, '#')]);
    }

    #[test]
    fn late_and_doubled_packets_are_not_another_press() {
        check(
            &[(100, 1, false, 160), (900, 2, false, 160), (100, 1, true, 480), (900, 2, true, 320)],
            &[(0, '1'), (1, '2')],
        );
    }

    #[test]
    fn a_long_press_in_segments_is_one_key() {
        check(
            &[(0, 3, false, 160), (0, 3, false, 65_535), (65_535, 3, false, 160), (65_535, 3, true, 400)],
            &[(0, '3')],
        );
    }

    #[test]
    fn timestamps_wrap() {
        check(&[(u32::MAX - 10, 1, true, 160), (1_000, 2, true, 160)], &[(0, '1'), (1, '2')]);
    }

    #[test]
    fn events_that_are_no_keys_are_silent() {
        check(&[(100, 16, false, 160), (900, 32, true, 160)], &[]);
    }

    #[test]
    fn a_restarted_clock_is_believed_after_a_pause() {
        let mut receiver = KeyReceiver::default();
        let event = TelephoneEvent { code: 1, end: true, volume: 0, duration: 400 };
        assert!(receiver.receive(Mono(0), 1_000_000, event).is_some());
        assert!(receiver.receive(Mono(1_000_000_000), 500, event).is_none());
        assert!(receiver.receive(Mono(4_000_000_000), 900, event).is_some());
    }

    #[test]
    fn payload_round_trips() {
        let event = TelephoneEvent { code: 11, end: true, volume: 10, duration: 1_280 };
        assert_eq!(TelephoneEvent::parse(&event.bytes()), Some(event));
        assert_eq!(TelephoneEvent::parse(&[1, 2, 3]), None);
    }
}
