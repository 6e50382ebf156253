//! Putting a recording's object together: every chunk is tried, what does not open or is not there becomes a gap, the index is added.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use domain::RecordingId;
use domain::recording::{Digest, GapCause, Manifest};
use domain::room::PortRole;
use sha2::Digest as _;

use super::chunk::{ChunkCipher, HEADER_BYTES, Header, Kind, MARK_TRACKS, role_code, role_from_code};
use super::disk::{Disk, blocking};
use super::live::{ChunkRef, LiveRecording, Lost, Progress};
use super::object::{Entry, Index, PEAKS_PER_CHUNK, object_key};
use super::wav::peaks_of;
use super::{CHUNK_SAMPLES_MAX, RecordingError, Recordings, SAMPLES_PER_SECOND, segment};
use crate::kill::{KillPoint, reach};
use crate::store::lock;
use crate::{ObjectUpload, StoreError};

/// A chunk whose seal was tried, or a gap that must be made.
#[derive(Clone, Copy, Debug)]
enum Piece {
    Kept { chunk: ChunkRef, peaks: [u8; PEAKS_PER_CHUNK] },
    Missing(Lost),
}

impl Piece {
    fn order(&self) -> (u64, u32, u32) {
        match self {
            Piece::Kept { chunk, .. } => (chunk.header.first_sample, chunk.header.track, chunk.header.number),
            Piece::Missing(lost) => (lost.from, lost.track, u32::MAX),
        }
    }
}

/// How long so many samples are.
pub(super) fn duration_of(samples: u64) -> Duration {
    let rate = u64::from(SAMPLES_PER_SECOND);
    let nanos = (samples % rate) * (1_000_000_000 / rate);
    Duration::new(samples / rate, u32::try_from(nanos).unwrap_or(0))
}

impl Recordings {
    /// Puts the object of a recording together and gives what the ledger must say about it. The recording was closed, or is
    /// [`super::Left`]. Asked again, it gives the same answer until the recording is settled.
    ///
    /// # Errors
    /// `NotFound` when there is nothing of it on disk, `StillLive` while the writer has it, `KeyDestroyed`, `Unavailable` (worth another
    /// attempt).
    pub async fn seal(&self, recording: RecordingId) -> Result<Manifest, RecordingError> {
        let _one_at_a_time = self.sealing.lock().await;
        let live = lock(&self.live).recordings.get(&recording).cloned().ok_or(RecordingError::NotFound)?;
        match live.progress {
            Progress::Writing => return Err(RecordingError::StillLive),
            Progress::Closed | Progress::TornOff => {}
        }
        if let Some(manifest) = live.manifest {
            return Ok(manifest);
        }
        let cipher = self.store.recording_cipher(recording).await?;
        let epoch = self.store.raise_epoch(recording).await?;
        let (disk, opener, tried) = (Arc::clone(&self.disk), cipher.clone(), live.clone());
        let (pieces, recovered) =
            blocking(move || Ok(pieces(&*disk, &opener, &tried))).await.map_err(StoreError::disk)?;
        let mut upload = self.objects.begin(&object_key(live.tenant, recording)?).await?;
        let sealing = Sealing { recordings: self, recording, epoch, cipher };
        let manifest = sealing.copy(&mut *upload, &pieces, recovered).await?;
        upload.finish().await?;
        reach(KillPoint::RecordingPut);
        if let Some(live) = lock(&self.live).recordings.get_mut(&recording) {
            live.manifest = Some(manifest);
        }
        Ok(manifest)
    }
}

struct Sealing<'a> {
    recordings: &'a Recordings,
    recording: RecordingId,
    epoch: u32,
    cipher: ChunkCipher,
}

impl Sealing<'_> {
    async fn copy(
        &self,
        upload: &mut dyn ObjectUpload,
        pieces: &[Piece],
        recovered: bool,
    ) -> Result<Manifest, RecordingError> {
        let mut index = Index { recovered, entries: Vec::with_capacity(pieces.len()) };
        let (mut hash, mut offset) = (sha2::Sha256::new(), 0u64);
        let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
        for piece in pieces {
            let (header, frame, peaks) = match piece {
                Piece::Kept { chunk, peaks } => (chunk.header, self.kept(*chunk).await?, *peaks),
                Piece::Missing(lost) => {
                    let number = numbers.entry(lost.track).or_default();
                    let (header, frame) = self.gap(lost, *number)?;
                    *number += 1;
                    (header, frame, [0; PEAKS_PER_CHUNK])
                }
            };
            upload.write(&frame).await?;
            hash.update(&frame);
            index.entries.push(Entry { header, offset, peaks });
            offset += frame.len() as u64;
        }
        let tail = index.encode(&self.cipher, self.recording, self.epoch, offset)?;
        upload.write(&tail).await?;
        hash.update(&tail);
        Ok(Manifest {
            chunks: index.chunks(),
            bytes: offset + tail.len() as u64,
            duration: duration_of(index.samples()),
            gaps: index.gaps(),
            digest: Digest(hash.finalize().into()),
            recovered,
        })
    }

    async fn kept(&self, chunk: ChunkRef) -> Result<Vec<u8>, RecordingError> {
        let disk = Arc::clone(&self.recordings.disk);
        let frame = blocking(move || frame(&*disk, &chunk)).await.map_err(StoreError::disk)?;
        Ok(frame)
    }

    /// Gaps are numbered anew under an epoch of this attempt's own.
    fn gap(&self, lost: &Lost, number: u32) -> Result<(Header, Vec<u8>), StoreError> {
        let mut header = Header {
            recording: self.recording,
            kind: Kind::Gap(lost.cause),
            role: lost.role,
            epoch: self.epoch,
            track: lost.track,
            number,
            samples: u32::try_from(lost.to.saturating_sub(lost.from)).unwrap_or(u32::MAX),
            first_sample: lost.from,
            sealed_bytes: 0,
        };
        let frame = self.cipher.seal(&mut header, &[])?;
        Ok((header, frame))
    }
}

/// The bytes of a chunk as they are in its segment. Blocks.
pub(super) fn frame(disk: &dyn Disk, chunk: &ChunkRef) -> std::io::Result<Vec<u8>> {
    let length = HEADER_BYTES + chunk.header.sealed_bytes as usize;
    disk.read(&segment::name_of(chunk.segment), u64::from(chunk.offset), length)
}

/// How far a track was written: what must be there, if nothing was lost on the way to the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TrackEnd {
    pub track: u32,
    pub role: PortRole,
    /// The number after that of the last chunk written.
    pub written: u32,
    /// The first sample after it.
    pub end: u64,
}

const TRACK_END_BYTES: usize = 17;

impl TrackEnd {
    /// What the end mark holds.
    pub(super) fn encode(ends: &[TrackEnd]) -> Vec<u8> {
        let one = |end: &TrackEnd| {
            let mut bytes = [0; TRACK_END_BYTES];
            bytes[..4].copy_from_slice(&end.track.to_be_bytes());
            bytes[4..8].copy_from_slice(&end.written.to_be_bytes());
            bytes[8..16].copy_from_slice(&end.end.to_be_bytes());
            bytes[16] = role_code(end.role);
            bytes
        };
        ends.iter().flat_map(one).collect()
    }

    fn decode(plain: &[u8]) -> Vec<TrackEnd> {
        let one = |bytes: &[u8]| {
            let (track, rest) = bytes.split_first_chunk::<4>()?;
            let (written, rest) = rest.split_first_chunk::<4>()?;
            let (end, rest) = rest.split_first_chunk::<8>()?;
            Some(TrackEnd {
                track: u32::from_be_bytes(*track),
                role: role_from_code(*rest.first()?)?,
                written: u32::from_be_bytes(*written),
                end: u64::from_be_bytes(*end),
            })
        };
        plain.chunks_exact(TRACK_END_BYTES).filter_map(one).collect()
    }
}

/// A chunk that opens.
#[derive(Clone, Copy, Debug)]
struct Good {
    chunk: ChunkRef,
    /// Its number if nothing before it had failed: the numbers of failed attempts are not expected.
    follows: u32,
    peaks: [u8; PEAKS_PER_CHUNK],
}

/// Everything of a recording that opens, with gaps where something is missing, in the order it is heard; and whether an
/// earlier run died over it. Blocks.
fn pieces(disk: &dyn Disk, cipher: &ChunkCipher, live: &LiveRecording) -> (Vec<Piece>, bool) {
    let mut tracks: BTreeMap<u32, BTreeMap<u32, Good>> = BTreeMap::new();
    let mut ends = live.ends.clone();
    let mut is_torn = live.progress == Progress::TornOff;
    for chunk in &live.chunks {
        let opened = frame(disk, chunk).ok().and_then(|frame| cipher.open(&frame));
        let Some((header, plain)) = opened.filter(|(header, _)| *header == chunk.header) else { continue };
        if header.track >= MARK_TRACKS {
            if header.kind == Kind::End {
                is_torn = false;
                ends = TrackEnd::decode(&plain);
            }
            continue;
        }
        let follows = plain.first_chunk::<4>().map(|number| u32::from_be_bytes(*number));
        let follows = follows.filter(|_| matches!(header.kind, Kind::Gap(_))).unwrap_or(header.number);
        let good = Good { chunk: *chunk, follows, peaks: peaks_of(header.kind, &plain) };
        tracks.entry(header.track).or_default().insert(header.number, good);
    }
    let cause = if is_torn { GapCause::TornOff } else { GapCause::DiskFailed };
    let mut all: Vec<Piece> = live.lost.iter().map(|lost| Piece::Missing(*lost)).collect();
    for end in &ends {
        tracks.entry(end.track).or_default();
    }
    for (number, track) in tracks {
        let end = ends.iter().find(|end| end.track == number).copied();
        fill_track(track.into_values(), end, cause, &mut all);
    }
    if is_torn {
        let end = all.iter().map(end_of).max().unwrap_or(0);
        // How much was lost with the end nobody can say.
        all.push(Piece::Missing(Lost { track: 0, role: PortRole::Customer, from: end, to: end, cause }));
    }
    all.sort_by_key(Piece::order);
    (all, is_torn)
}

fn end_of(piece: &Piece) -> u64 {
    match piece {
        Piece::Kept { chunk, .. } => chunk.header.end(),
        Piece::Missing(lost) => lost.to,
    }
}

/// Adds the chunks of one track. A jump of the numbers is a chunk that did not come to the disk.
fn fill_track(track: impl Iterator<Item = Good>, known: Option<TrackEnd>, cause: GapCause, all: &mut Vec<Piece>) {
    let (mut expected, mut end) = (0, None);
    // Before the first chunk that is there nobody knows where the track began: at most a second for each that is missing.
    let begin = |end: Option<u64>, to: u64, missing: u32| {
        end.unwrap_or_else(|| to.saturating_sub(u64::from(missing) * u64::from(CHUNK_SAMPLES_MAX)))
    };
    for good in track {
        let header = good.chunk.header;
        if good.follows > expected {
            let (to, missing) = (header.first_sample, good.follows - expected);
            let from = begin(end, to, missing);
            all.push(Piece::Missing(Lost { track: header.track, role: header.role, from, to, cause }));
        }
        expected = header.number.saturating_add(1);
        end = Some(header.end());
        all.push(Piece::Kept { chunk: good.chunk, peaks: good.peaks });
    }
    if let Some(known) = known.filter(|known| known.written > expected) {
        let from = begin(end, known.end, known.written - expected);
        all.push(Piece::Missing(Lost { track: known.track, role: known.role, from, to: known.end, cause }));
    }
}
