//! Writing: chunks of all recordings, in the order they come, to the end of one segment. Owned by one plain thread; blocks.
//!
//! A chunk that could not be written is lost but never silently: its stretch is remembered and written as a gap before the next
//! chunk of its track, or at the end.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::Arc;

use domain::RecordingId;
use domain::recording::GapCause;
use domain::room::PortRole;
use media::codec::Codec;

use super::chunk::{ChunkCipher, END_TRACK, Header, Kind};
use super::live::{ChunkRef, Lost, Progress};
use super::seal::TrackEnd;
use super::segment::{SEGMENT_BYTES_MAX, name_of};
use super::{CHUNK_SAMPLES_MAX, RecordingKey, Recordings, TRACKS_MAX};
use crate::kill::{KillPoint, reach};
use crate::store::lock;

/// What one chunk says.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// Sound, one byte a sample, 1 to [`CHUNK_SAMPLES_MAX`] of them; what the network lost is filled with the codec's silence.
    Sound {
        /// Codec of the wire.
        codec: Codec,
        /// The samples.
        bytes: &'a [u8],
    },
    /// Nothing is kept on purpose for this many samples.
    Paused {
        /// Length.
        samples: u32,
    },
    /// Something is missing.
    Gap {
        /// Length.
        samples: u32,
        /// Why.
        cause: GapCause,
    },
}

/// A piece of one track, to be added to it. Time between two chunks of a track is silence: nobody heard the port.
#[derive(Clone, Copy, Debug)]
pub struct NewChunk<'a> {
    /// Number of the track in its recording, below [`TRACKS_MAX`].
    pub track: u16,
    /// Whose sound it is.
    pub role: PortRole,
    /// When it begins: 8 kHz samples since the recording began, not before the end of the track's last chunk.
    pub first_sample: u64,
    /// What it says.
    pub content: Content<'a>,
}

/// Why a chunk was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The recording was not begun, or is closed.
    #[error("recording {0} is not being written")]
    Unknown(RecordingId),
    /// It begins before the end of the last chunk of its track, or its track or length is out of range.
    #[error("a chunk out of place or of a wrong length")]
    OutOfPlace,
    /// The disk is full, or only what is reserved for the ledger is left.
    #[error("the disk is full")]
    DiskFull,
    /// The disk does not take it.
    #[error("the disk cannot be written")]
    DiskFailed(#[source] io::Error),
}

impl WriteError {
    fn of(error: io::Error) -> WriteError {
        let is_full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        if is_full { WriteError::DiskFull } else { WriteError::DiskFailed(error) }
    }

    /// What a gap that came of it is put down to.
    pub const fn cause(&self) -> GapCause {
        match self {
            WriteError::DiskFull => GapCause::DiskFull,
            WriteError::Unknown(_) | WriteError::OutOfPlace | WriteError::DiskFailed(_) => GapCause::DiskFailed,
        }
    }
}

#[derive(Debug)]
struct Track {
    role: PortRole,
    next_number: u32,
    end: u64,
    lost: Option<Lost>,
    /// The number after, and the first sample after, the last chunk that was written.
    written: (u32, u64),
}

struct Writing {
    cipher: ChunkCipher,
    epoch: u32,
    tracks: BTreeMap<u16, Track>,
}

#[derive(Debug)]
struct Segment {
    number: u32,
    length: u64,
}

/// The one that writes.
pub struct RecordingWriter {
    shared: Arc<Recordings>,
    writing: HashMap<RecordingId, Writing>,
    active: Option<Segment>,
    next_segment: u32,
    /// Segments with something that is not durable yet, and whether their name is new. Two at most while syncs succeed.
    unsynced: BTreeMap<u32, bool>,
    is_full: bool,
}

impl std::fmt::Debug for RecordingWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecordingWriter").field("writing", &self.writing.len()).field("active", &self.active).finish()
    }
}

impl RecordingWriter {
    /// What recordings leave free on the disk, so that the ledger can go on. Below it every chunk is refused with `DiskFull`.
    pub const RESERVE_BYTES: u64 = 1024 * 1024 * 1024;

    pub(super) fn new(shared: Arc<Recordings>, next_segment: u32) -> RecordingWriter {
        let (writing, unsynced) = (HashMap::new(), BTreeMap::new());
        let mut writer = RecordingWriter { shared, writing, active: None, next_segment, unsynced, is_full: false };
        writer.look_at_space();
        writer
    }

    /// Begins a recording.
    pub fn begin(&mut self, key: RecordingKey) {
        lock(&self.shared.live).begin(&key);
        let writing = Writing { cipher: key.cipher, epoch: key.epoch, tracks: BTreeMap::new() };
        self.writing.insert(key.recording, writing);
    }

    /// Adds a chunk. It can be played at once and is durable after the next [`RecordingWriter::sync`].
    ///
    /// # Errors
    /// The chunk is lost; its stretch becomes a gap by itself. `Unknown` and `OutOfPlace` leave no gap.
    pub fn append(&mut self, recording: RecordingId, chunk: &NewChunk<'_>) -> Result<(), WriteError> {
        let (kind, samples, bytes) = read(chunk)?;
        let writing = self.writing.get_mut(&recording).ok_or(WriteError::Unknown(recording))?;
        let track = writing.tracks.entry(chunk.track).or_insert(Track {
            role: chunk.role,
            next_number: 0,
            end: 0,
            lost: None,
            written: (0, 0),
        });
        let end = chunk.first_sample.saturating_add(u64::from(samples));
        if chunk.first_sample < track.end {
            return Err(WriteError::OutOfPlace);
        }
        track.role = chunk.role;
        track.end = end;
        let written = self
            .write_lost(recording, chunk.track)
            .and_then(|()| self.write(recording, chunk.track, chunk.role, kind, (chunk.first_sample, samples), bytes));
        if let Err(error) = &written {
            let lost = Lost {
                track: u32::from(chunk.track),
                role: chunk.role,
                from: chunk.first_sample,
                to: end,
                cause: error.cause(),
            };
            self.lose(recording, chunk.track, lost);
        }
        written
    }

    /// Makes everything that was added durable, with one sync for all recordings; gives back space of settled ones. Call once a second.
    ///
    /// # Errors
    /// What was added since the last success may be lost with the power. It stays readable until then.
    pub fn sync(&mut self) -> Result<(), WriteError> {
        let mut failed = None;
        for (number, is_new) in std::mem::take(&mut self.unsynced) {
            let name = name_of(number);
            let synced = self
                .shared
                .disk
                .sync(&name)
                .and_then(|()| if is_new { self.shared.disk.sync_names(&name) } else { Ok(()) });
            if let Err(error) = synced {
                // After a failed sync nobody knows what is on the disk, and another one would not say: what follows goes elsewhere.
                self.active = self.active.take().filter(|active| active.number != number);
                failed = Some(error);
            }
        }
        reach(KillPoint::ChunksSynced);
        self.look_at_space();
        self.give_back();
        failed.map_or(Ok(()), |error| Err(WriteError::of(error)))
    }

    /// Ends a recording in order: marks what was lost, writes the end mark. [`Recordings::seal`] may follow whatever the answer.
    ///
    /// # Errors
    /// The end mark could not be written; only a restart before the seal would miss it.
    pub fn close(&mut self, recording: RecordingId) -> Result<(), WriteError> {
        let writing = self.writing.get(&recording).ok_or(WriteError::Unknown(recording))?;
        let tracks: Vec<u16> = writing.tracks.keys().copied().collect();
        let mut result = Ok(());
        for track in tracks {
            result = result.and(self.write_lost(recording, track));
        }
        let Some(writing) = self.writing.remove(&recording) else { return result };
        let end_of = |(track, state): (&u16, &Track)| {
            let (written, end) = state.written;
            TrackEnd { track: u32::from(*track), role: state.role, written, end }
        };
        let ends: Vec<TrackEnd> = writing.tracks.iter().map(end_of).collect();
        // An end mark says that everything is marked; without it a restart would say that the end is missing.
        if result.is_ok() && !ends.is_empty() {
            result = self.write_end(recording, &writing, &ends);
        }
        reach(KillPoint::RecordingClosed);
        let mut live = lock(&self.shared.live);
        if let Some(live) = live.recordings.get_mut(&recording) {
            live.progress = Progress::Closed;
            live.lost = writing.tracks.into_values().filter_map(|track| track.lost).collect();
            live.ends = ends;
        }
        result
    }

    /// Bytes the disk still takes.
    ///
    /// # Errors
    /// `DiskFailed` when it does not say.
    pub fn free_bytes(&self) -> Result<u64, WriteError> {
        self.shared.disk.free_bytes().map_err(WriteError::of)
    }

    /// Whether chunks are refused because only the reserve is left.
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    fn look_at_space(&mut self) {
        // A disk that does not say how full it is will say so by refusing.
        self.is_full = self.shared.disk.free_bytes().is_ok_and(|free| free < Self::RESERVE_BYTES);
    }

    fn lose(&mut self, recording: RecordingId, track: u16, lost: Lost) {
        let track = self.writing.get_mut(&recording).and_then(|writing| writing.tracks.get_mut(&track));
        if let Some(track) = track {
            let from = track.lost.map_or(lost.from, |before| before.from);
            track.lost = Some(Lost { from, ..lost });
        }
    }

    fn write_lost(&mut self, recording: RecordingId, track: u16) -> Result<(), WriteError> {
        let find = |writing: &Writing| writing.tracks.get(&track).and_then(|track| track.lost);
        let Some(lost) = self.writing.get(&recording).and_then(find) else { return Ok(()) };
        let samples = u32::try_from(lost.to.saturating_sub(lost.from)).unwrap_or(u32::MAX);
        self.write(recording, track, lost.role, Kind::Gap(lost.cause), (lost.from, samples), &[])?;
        if let Some(track) = self.writing.get_mut(&recording).and_then(|writing| writing.tracks.get_mut(&track)) {
            track.lost = None;
        }
        Ok(())
    }

    fn write(
        &mut self,
        recording: RecordingId,
        track: u16,
        role: PortRole,
        kind: Kind,
        (first_sample, samples): (u64, u32),
        plain: &[u8],
    ) -> Result<(), WriteError> {
        let unknown = || WriteError::Unknown(recording);
        let writing = self.writing.get_mut(&recording).ok_or_else(unknown)?;
        let state = writing.tracks.get_mut(&track).ok_or_else(unknown)?;
        // Counted before the attempt: a nonce that may have reached the disk is never used again.
        let number = state.next_number;
        state.next_number = number.checked_add(1).ok_or(WriteError::OutOfPlace)?;
        let epoch = writing.epoch;
        let mut header = Header {
            recording,
            kind,
            role,
            epoch,
            track: u32::from(track),
            number,
            samples,
            first_sample,
            sealed_bytes: 0,
        };
        // A gap names the number it would have had, so that failed attempts are not taken for lost chunks.
        let follows = state.written.0.to_be_bytes();
        let plain = if matches!(kind, Kind::Gap(_)) { follows.as_slice() } else { plain };
        let frame = writing.cipher.seal(&mut header, plain).map_err(|_| WriteError::OutOfPlace)?;
        self.write_frame(header, &frame)?;
        if let Some(state) = self.writing.get_mut(&recording).and_then(|writing| writing.tracks.get_mut(&track)) {
            state.written = (number + 1, header.end());
        }
        Ok(())
    }

    fn write_end(&mut self, recording: RecordingId, writing: &Writing, ends: &[TrackEnd]) -> Result<(), WriteError> {
        let mut header = Header {
            recording,
            kind: Kind::End,
            role: PortRole::Media,
            epoch: writing.epoch,
            track: END_TRACK,
            number: 0,
            samples: 0,
            first_sample: ends.iter().map(|end| end.end).max().unwrap_or(0),
            sealed_bytes: 0,
        };
        let frame = writing.cipher.seal(&mut header, &TrackEnd::encode(ends)).map_err(|_| WriteError::OutOfPlace)?;
        self.write_frame(header, &frame)
    }

    fn write_frame(&mut self, header: Header, frame: &[u8]) -> Result<(), WriteError> {
        if self.is_full {
            return Err(WriteError::DiskFull);
        }
        let length = frame.len() as u64;
        if self.active.as_ref().is_none_or(|active| active.length + length > SEGMENT_BYTES_MAX) {
            self.active = Some(Segment { number: self.next_segment, length: 0 });
            self.next_segment = self.next_segment.saturating_add(1);
        }
        let Some(active) = self.active.as_mut() else { return Err(WriteError::DiskFull) };
        let (number, offset) = (active.number, active.length);
        let name = name_of(number);
        self.unsynced.entry(number).or_insert(offset == 0);
        if let Err(error) = self.shared.disk.append(&name, frame) {
            // Half a chunk may be there. If it cannot be cut off, the segment is left and scanned over it later.
            if self.shared.disk.truncate(&name, offset).is_err() {
                self.active = None;
            }
            return Err(WriteError::of(error));
        }
        reach(KillPoint::ChunkWritten);
        active.length += length;
        let offset = u32::try_from(offset).map_err(|_| WriteError::OutOfPlace)?;
        lock(&self.shared.live).add(ChunkRef { header, segment: number, offset });
        Ok(())
    }

    fn give_back(&mut self) {
        let active = self.active.as_ref().map(|active| active.number);
        let free = lock(&self.shared.live).free(active);
        let mut last = None;
        for number in free {
            let name = name_of(number);
            self.unsynced.remove(&number);
            if let Err(error) = self.shared.disk.unlink(&name) {
                tracing::warn!(segment = name, error = &error as &dyn std::error::Error, "a segment cannot be removed");
            }
            last = Some(name);
        }
        // Not worth a failure: a name that comes back with the power holds only settled recordings.
        let _ = last.map(|name| self.shared.disk.sync_names(&name));
    }
}

fn read<'a>(chunk: &NewChunk<'a>) -> Result<(Kind, u32, &'a [u8]), WriteError> {
    let (kind, samples, bytes) = match chunk.content {
        Content::Sound { codec, bytes } => {
            let samples = u32::try_from(bytes.len()).map_err(|_| WriteError::OutOfPlace)?;
            if samples > CHUNK_SAMPLES_MAX {
                return Err(WriteError::OutOfPlace);
            }
            (Kind::Sound(codec), samples, bytes)
        }
        Content::Paused { samples } => (Kind::Paused, samples, [].as_slice()),
        Content::Gap { samples, cause } => (Kind::Gap(cause), samples, [].as_slice()),
    };
    if samples == 0 || chunk.track >= TRACKS_MAX {
        return Err(WriteError::OutOfPlace);
    }
    Ok((kind, samples, bytes))
}
