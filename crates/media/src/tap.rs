//! What recordings are made of: the packets of ports that are kept, each with its place on the recording's own clock.
//!
//! A recording has one clock, samples of 8 kHz since its first plan. Packets stay in the law of the wire, those of other codecs are in the law of
//! plays; what the network lost or mixed up is put right by their places alone. Nothing here changes how anybody is fed.

use domain::recording::Tracks;
use domain::room::{PortId, PortRole, Recorder};
use domain::{Mono, RecordingId, RoomPlan};

use crate::codec::{CLOCK_HZ, Codec};

/// A source whose packets come earlier than their timestamps say by more than this (240 ms) has jumped.
const EARLY_MAX: i64 = 1_920;
/// The same for packets that come late (2 s): a burst after a stall belongs where it was spoken.
const LATE_MAX: i64 = 16_000;
/// A spurt that begins later than this (40 ms) after where its timestamp puts it begins where it is heard.
const SPURT_LATE_MAX: i64 = 320;
/// Packets between two looks at whether the source's clock drifts: about 10 s.
const REVIEW_PACKETS: u32 = 500;
/// Drift that is put right at a review (20 ms).
const DRIFT_MAX: i64 = 160;

/// Sound of one port on its way to a recording.
#[derive(Debug)]
pub struct TapPacket {
    /// Which recording.
    pub recording: RecordingId,
    /// Version of the plan it was kept under.
    pub version: u64,
    /// Whose sound.
    pub port: PortId,
    /// As what it stands in the room.
    pub role: PortRole,
    /// What it is in.
    pub codec: Codec,
    /// Samples since the beginning of the recording.
    pub at: u64,
    /// One byte a sample. The buffer is given back with [`crate::MediaPlane::recycle`].
    pub samples: Vec<u8>,
}

/// What is being kept of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Keeping {
    pub(crate) recording: RecordingId,
    pub(crate) began: Mono,
    pub(crate) version: u64,
    /// `None` while paused.
    pub(crate) tracks: Option<Tracks>,
}

impl Keeping {
    /// What a plan keeps; a recording that goes on keeps its clock.
    pub(crate) fn of(plan: &RoomPlan, before: Option<Keeping>, now: Mono) -> Option<Keeping> {
        let (recording, tracks) = match plan.recorder {
            Recorder::Off => return None,
            Recorder::On { recording, tracks } => (recording, Some(tracks)),
            Recorder::Paused { recording, reasons: _ } => (recording, None),
        };
        let began = before.filter(|before| before.recording == recording).map_or(now, |before| before.began);
        Some(Keeping { recording, began, version: plan.version, tracks })
    }

    /// Samples from the beginning to `at`; 0 for what was before.
    pub(crate) fn position(&self, at: Mono) -> u64 {
        u64::try_from(at.since(self.began).as_nanos() * u128::from(CLOCK_HZ) / 1_000_000_000).unwrap_or(u64::MAX)
    }

    /// Whether a leg is kept.
    pub(crate) fn keeps_leg(&self, role: PortRole, is_heard: bool) -> bool {
        match self.tracks {
            Some(Tracks::Heard) => is_heard,
            Some(Tracks::Customer) => role == PortRole::Customer,
            None => false,
        }
    }

    /// Whether plays that are heard are kept.
    pub(crate) fn keeps_plays(&self) -> bool {
        match self.tracks {
            Some(Tracks::Heard) => true,
            Some(Tracks::Customer) | None => false,
        }
    }
}

/// A leg that is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LegTap {
    pub(crate) keeping: Keeping,
    pub(crate) role: PortRole,
    pub(crate) clock: SourceClock,
}

impl LegTap {
    /// The tap of a leg under a plan: it goes on with the clock it had, unless the recording is another.
    pub(crate) fn follow(before: Option<LegTap>, keeping: Keeping, role: PortRole) -> LegTap {
        let same = before.filter(|before| before.keeping.recording == keeping.recording);
        LegTap { keeping, role, clock: same.map(|before| before.clock).unwrap_or_default() }
    }
}

/// Places the packets of one source on the clock of a recording.
#[derive(Clone, Copy, Debug, Default)]
pub struct SourceClock {
    /// A timestamp and where it was placed.
    anchor: Option<(u32, i64)>,
    least_late: Option<i64>,
    seen: u32,
}

impl SourceClock {
    /// The place of a packet that arrived when the recording's clock stood at `arrived`; `marker` begins a spurt (RFC 3551 §4.1).
    pub fn place(&mut self, arrived: u64, timestamp: u32, marker: bool) -> u64 {
        let arrived = i64::try_from(arrived).unwrap_or(i64::MAX);
        let follows = |(known, place): (u32, i64)| place + i64::from(timestamp.wrapping_sub(known) as i32);
        let mut place = self.anchor.map_or(arrived, follows);
        let late = arrived - place;
        if !(-EARLY_MAX..=LATE_MAX).contains(&late) || (marker && late > SPURT_LATE_MAX) {
            place = arrived;
            *self = SourceClock::default();
        } else {
            self.least_late = Some(self.least_late.map_or(late, |least| least.min(late)));
            self.seen += 1;
        }
        if self.seen >= REVIEW_PACKETS {
            let drift = self.least_late.take().unwrap_or(0);
            self.seen = 0;
            if drift.abs() >= DRIFT_MAX {
                place += drift;
            }
        }
        self.anchor = Some((timestamp, place));
        u64::try_from(place).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKET: u64 = 160;

    /// Places packets of 20 ms; each is (number, arrival in packets).
    fn places(packets: &[(u32, u64)]) -> Vec<u64> {
        let mut clock = SourceClock::default();
        let start = u32::MAX - 300;
        packets.iter().map(|(n, at)| clock.place(at * PACKET, start.wrapping_add(n * 160), false) / PACKET).collect()
    }

    #[test]
    fn what_is_lost_or_mixed_up_leaves_everything_else_in_its_place() {
        assert_eq!(places(&[(0, 10), (1, 11), (4, 14), (3, 14), (5, 15)]), [10, 11, 14, 13, 15]);
    }

    #[test]
    fn a_burst_after_a_stall_goes_where_it_was_spoken() {
        assert_eq!(places(&[(0, 10), (1, 60), (2, 60), (3, 60), (51, 61)]), [10, 11, 12, 13, 61]);
    }

    #[test]
    fn a_source_that_jumps_goes_on_where_it_is_heard() {
        assert_eq!(places(&[(0, 10), (4_000, 11), (4_001, 12)]), [10, 11, 12]);
        assert_eq!(places(&[(0, 10), (1, 400), (2, 401)]), [10, 400, 401]);
    }

    #[test]
    fn a_spurt_after_silence_without_timestamps_begins_where_it_is_heard() {
        let mut clock = SourceClock::default();
        clock.place(1_600, 0, true);
        assert_eq!(clock.place(8_000, 160, true), 8_000);
        assert_eq!(clock.place(8_160, 320, false), 8_160);
        // Without a marker it may be a stall.
        assert_eq!(clock.place(12_000, 480, false), 8_320);
    }

    /// 200 ppm for an hour: never more than the drift that is allowed and its review away from the truth.
    #[test]
    fn a_clock_that_drifts_is_followed() {
        for ppm in [-200i64, 200] {
            let mut clock = SourceClock::default();
            for n in 0..180_000i64 {
                let arrived = n * 160 + n * 160 * ppm / 1_000_000;
                let place = clock.place(arrived as u64, (n * 160) as u32, false) as i64;
                assert!((place - arrived).abs() <= DRIFT_MAX + 32, "{ppm} ppm, packet {n}: {place} at {arrived}");
            }
        }
    }
}
