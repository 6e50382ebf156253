//! One recording that is being written: its tracks, what waits for its key, its pauses and gaps.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::recording::GapCause;
use domain::room::{PortId, PortRole};
use domain::{Mono, RecordingId};
use media::TapPacket;
use store::recordings::{Content, NewChunk, RecordingWriter, SAMPLES_PER_SECOND, TRACKS_MAX, WriteError};

use super::ring::Lost;
use super::track::{Chunk, Track};

/// Sound that waits for a recording's key: about a minute of two tracks. Beyond it chunks are left out and become a gap.
const KEYLESS_BYTES_MAX: usize = 1024 * 1024;
/// The track of marks, pauses and gaps of the recording as a whole; ports have the numbers after it.
const MARK_TRACK: u16 = 0;

/// A gap that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Where it begins.
    pub at: Duration,
    /// How much is missing.
    pub length: Duration,
    /// Why.
    pub cause: GapCause,
}

/// How far the key is.
#[derive(Debug)]
enum Key {
    /// It is being made durable; nothing may be written before.
    Waiting { held: Vec<(u16, PortRole, Chunk)>, bytes: usize },
    /// Chunks go to the disk.
    Ready,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Writing {
    recording: RecordingId,
    began: Mono,
    key: Key,
    tracks: BTreeMap<PortId, Track>,
    next_track: u16,
    /// What was kept under plans up to this version does not count.
    purged_to: u64,
    paused_at: Option<u64>,
    marked_to: u64,
    lost: Option<Lost>,
    /// When it is to be closed, once it has ended.
    pub closes_at: Option<Mono>,
}

/// Where a moment lies on the clock of a recording.
fn position(began: Mono, at: Mono) -> u64 {
    u64::try_from(at.since(began).as_nanos() * u128::from(SAMPLES_PER_SECOND) / 1_000_000_000).unwrap_or(u64::MAX)
}

fn time_of(samples: u64) -> Duration {
    Duration::from_micros(samples.saturating_mul(1_000_000) / u64::from(SAMPLES_PER_SECOND))
}

impl Writing {
    pub(super) fn new(recording: RecordingId, began: Mono) -> Writing {
        Writing {
            recording,
            began,
            key: Key::Waiting { held: Vec::new(), bytes: 0 },
            tracks: BTreeMap::new(),
            next_track: MARK_TRACK + 1,
            purged_to: 0,
            paused_at: None,
            marked_to: 0,
            lost: None,
            closes_at: None,
        }
    }

    pub(super) fn has_key(&self) -> bool {
        matches!(self.key, Key::Ready)
    }

    /// The key is durable: what waited for it is written. The caller has begun the recording on the disk.
    pub(super) fn unlock(&mut self, disk: &mut RecordingWriter) -> Result<(), WriteError> {
        let Key::Waiting { held, .. } = std::mem::replace(&mut self.key, Key::Ready) else { return Ok(()) };
        let mut result = Ok(());
        for (track, role, chunk) in held {
            result = self.write(disk, track, role, &chunk).and(result);
        }
        result
    }

    /// Sound of a port.
    pub(super) fn sound(&mut self, disk: &mut RecordingWriter, packet: &TapPacket) -> Result<(), WriteError> {
        if packet.version <= self.purged_to {
            return Ok(());
        }
        if !self.tracks.contains_key(&packet.port) {
            if self.next_track >= TRACKS_MAX {
                let to = packet.at.saturating_add(packet.samples.len() as u64);
                self.lose(Lost { from: packet.at, to, cause: GapCause::Overflow });
                return Ok(());
            }
            self.tracks.insert(packet.port, Track::new(self.next_track, packet));
            self.next_track += 1;
        }
        let mut chunks = Vec::new();
        let mut whose = (MARK_TRACK, packet.role);
        if let Some(track) = self.tracks.get_mut(&packet.port) {
            whose = (track.number, track.role);
            track.add(packet, &mut chunks);
        }
        self.put(disk, whose, &chunks)
    }

    /// A stretch that never came here.
    pub(super) fn lose(&mut self, lost: Lost) {
        self.lost = Some(self.lost.map_or(lost, |before| before.and(lost)));
    }

    /// Nothing is kept from here on, and what is on its way does not count.
    pub(super) fn pause(&mut self, disk: &mut RecordingWriter, version: u64, at: Mono) -> Result<(), WriteError> {
        self.purged_to = version;
        self.paused_at.get_or_insert(position(self.began, at));
        self.cut(disk)
    }

    /// Sound is kept again; the pause stands in the recording.
    pub(super) fn resume(&mut self, disk: &mut RecordingWriter, at: Mono) -> Result<(), WriteError> {
        let Some(from) = self.paused_at.take() else { return Ok(()) };
        let from = from.max(self.marked_to);
        let samples = samples_between(from, position(self.began, at));
        if samples == 0 || !self.has_key() {
            return Ok(());
        }
        self.mark(disk, from, Content::Paused { samples }, samples)
    }

    /// Gives a recording whatever its tracks have, as when a second has passed without a packet.
    pub(super) fn cut(&mut self, disk: &mut RecordingWriter) -> Result<(), WriteError> {
        self.flush_before(disk, u64::MAX)
    }

    /// The same for tracks that have been silent for a second.
    pub(super) fn cut_silent(&mut self, disk: &mut RecordingWriter, now: Mono) -> Result<(), WriteError> {
        let second_ago = position(self.began, now).saturating_sub(u64::from(SAMPLES_PER_SECOND));
        self.flush_before(disk, second_ago)
    }

    fn flush_before(&mut self, disk: &mut RecordingWriter, limit: u64) -> Result<(), WriteError> {
        let mut all = Vec::new();
        for track in self.tracks.values_mut().filter(|track| track.end() <= limit) {
            let mut chunks = Vec::new();
            track.flush(&mut chunks);
            if !chunks.is_empty() {
                all.push(((track.number, track.role), chunks));
            }
        }
        let mut result = Ok(());
        for (whose, chunks) in all {
            result = self.put(disk, whose, &chunks).and(result);
        }
        result
    }

    /// The last words: whatever there is, a pause that was not ended, a gap that was not closed.
    pub(super) fn finish(&mut self, disk: &mut RecordingWriter, at: Mono) -> Result<(), WriteError> {
        let cut = self.cut(disk);
        self.resume(disk, at).and(cut)
    }

    /// The gap that is over, if one is: nothing of it is missing any more.
    pub(super) fn close_gap(&mut self, disk: &mut RecordingWriter) -> Option<Gap> {
        let lost = self.lost.take()?;
        let from = lost.from.max(self.marked_to);
        let samples = samples_between(from, lost.to);
        // What the disk refused it marks by itself; the rest is marked here, if it can be.
        if lost.cause == GapCause::Overflow && samples > 0 && self.has_key() {
            let _ = self.mark(disk, from, Content::Gap { samples, cause: lost.cause }, samples);
        }
        let length = time_of(lost.to.saturating_sub(lost.from));
        Some(Gap { at: time_of(lost.from), length, cause: lost.cause })
    }

    fn put(
        &mut self,
        disk: &mut RecordingWriter,
        (track, role): (u16, PortRole),
        chunks: &[Chunk],
    ) -> Result<(), WriteError> {
        let mut result = Ok(());
        for chunk in chunks {
            result = self.write(disk, track, role, chunk).and(result);
        }
        result
    }

    fn write(
        &mut self,
        disk: &mut RecordingWriter,
        track: u16,
        role: PortRole,
        chunk: &Chunk,
    ) -> Result<(), WriteError> {
        let to = chunk.first_sample + chunk.bytes.len() as u64;
        if let Key::Waiting { held, bytes } = &mut self.key {
            if *bytes + chunk.bytes.len() <= KEYLESS_BYTES_MAX {
                *bytes += chunk.bytes.len();
                let kept = Chunk { bytes: chunk.bytes.clone(), ..*chunk };
                held.push((track, role, kept));
            } else {
                self.lose(Lost { from: chunk.first_sample, to, cause: GapCause::Overflow });
            }
            return Ok(());
        }
        let content = Content::Sound { codec: chunk.codec, bytes: &chunk.bytes };
        let new = NewChunk { track, role, first_sample: chunk.first_sample, content };
        let written = disk.append(self.recording, &new);
        if let Err(error) = &written {
            self.lose(Lost { from: chunk.first_sample, to, cause: error.cause() });
        }
        written
    }

    fn mark(
        &mut self,
        disk: &mut RecordingWriter,
        from: u64,
        content: Content<'_>,
        samples: u32,
    ) -> Result<(), WriteError> {
        self.marked_to = from.saturating_add(u64::from(samples));
        let mark = NewChunk { track: MARK_TRACK, role: PortRole::Media, first_sample: from, content };
        disk.append(self.recording, &mark)
    }
}

fn samples_between(from: u64, to: u64) -> u32 {
    u32::try_from(to.saturating_sub(from)).unwrap_or(u32::MAX)
}
