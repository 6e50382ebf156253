//! Playing a recording, live or sealed: a virtual WAV of constant rate, of which any range of bytes can be asked for.
//!
//! Byte → sample → chunk: only the chunks that are heard in the range are read and opened.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use domain::RecordingId;
use domain::recording::{GapCause, Manifest};
use domain::room::PortRole;

use super::chunk::{ChunkCipher, Kind, MARK_TRACKS};
use super::disk::blocking;
use super::live::{ChunkRef, LiveRecording};
use super::object::{Entry, Index, PEAK_SAMPLES, PEAKS_PER_CHUNK, object_key};
use super::seal::{duration_of, frame};
use super::wav::{FRAME_BYTES, Mix, Side, WAV_HEADER_BYTES, header, peaks_of, side_of, wav_bytes};
use super::{RecordingError, Recordings};
use crate::store::lock;
use crate::{ObjectKey, ObjectStore, Reach, Scope, StoreError};

/// Bytes of the WAV one call gives at most: half a minute.
pub const WAV_RANGE_MAX: usize = 1024 * 1024;

/// Points of a waveform at most.
pub const PEAKS_MAX: usize = 8_000;

/// What is known of a recording without listening to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordingInfo {
    /// Whether it is not sealed yet; then it may grow.
    pub live: bool,
    /// Whether an earlier run died over it.
    pub recovered: bool,
    /// How long it plays.
    pub duration: Duration,
    /// Its tracks, by number.
    pub tracks: Vec<TrackInfo>,
    /// Stretches where something is missing or was not kept on purpose, in order.
    pub gaps: Vec<GapSpan>,
}

/// One track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrackInfo {
    /// Its number.
    pub number: u16,
    /// Whose sound it is.
    pub role: PortRole,
}

/// A stretch of one track that cannot be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GapSpan {
    /// Whose sound it would be.
    pub role: PortRole,
    /// Where it begins.
    pub at: Duration,
    /// How long it is; zero where nobody can say how much was lost.
    pub length: Duration,
    /// Why; `None` when it was paused.
    pub cause: Option<GapCause>,
}

/// The waveform of both sides, loudest sample of each point, 0–255.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peaks {
    /// The customer.
    pub left: Vec<u8>,
    /// Agents and what was played.
    pub right: Vec<u8>,
}

enum Source {
    Live(Vec<ChunkRef>),
    Object(ObjectKey),
}

/// Reads one recording as it is at one moment.
pub struct RecordingReader {
    recordings: Arc<Recordings>,
    cipher: ChunkCipher,
    source: Source,
    entries: Vec<Entry>,
    info: RecordingInfo,
    samples: u64,
    with_supervisor: bool,
}

impl std::fmt::Debug for RecordingReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecordingReader").field("info", &self.info).finish_non_exhaustive()
    }
}

impl Recordings {
    /// Opens a recording for a person.
    ///
    /// # Errors
    /// `NotFound` out of the scope's reach; `KeyDestroyed`; `Truncated` and `Altered` when what is stored is not what the ledger
    /// says was sealed.
    pub async fn reader(
        self: &Arc<Self>,
        scope: &Scope,
        recording: RecordingId,
    ) -> Result<RecordingReader, RecordingError> {
        let row = self.within_reach(scope, recording).await?;
        // From the moment an erasure is noted, however far it has come.
        if self.store.erasure(row.tenant, recording).await?.is_some() {
            return Err(RecordingError::KeyDestroyed);
        }
        let cipher = self.store.recording_cipher(recording).await?;
        let manifest = self.store.recording_manifest(row.tenant, row.conversation, recording).await?;
        if let Some(manifest) = manifest {
            let key = object_key(row.tenant, recording)?;
            let index = sealed_index(&*self.objects, &key, &manifest, &cipher, recording).await?;
            return Ok(RecordingReader::new(self, cipher, Source::Object(key), index, false));
        }
        let live = lock(&self.live).recordings.get(&recording).cloned();
        // A key without a chunk: the recording has just begun, or everything of it is gone.
        let live = live.ok_or_else(|| RecordingError::Truncated("nothing of it is on the disk".to_owned()))?;
        Ok(RecordingReader::of_live(self, cipher, live))
    }

    pub(super) async fn within_reach(
        &self,
        scope: &Scope,
        recording: RecordingId,
    ) -> Result<super::keys::KeyRow, RecordingError> {
        let row = self.store.recording_row(recording).await?.filter(|row| row.tenant == scope.tenant);
        let row = row.ok_or(RecordingError::NotFound)?;
        if scope.reach != Reach::Tenant {
            self.store.conversation(scope, row.conversation).await?;
        }
        Ok(row)
    }
}

/// The index of an object that is as long as the ledger says and holds what it says.
pub(super) async fn sealed_index(
    objects: &dyn ObjectStore,
    key: &ObjectKey,
    manifest: &Manifest,
    cipher: &ChunkCipher,
    recording: RecordingId,
) -> Result<Index, RecordingError> {
    let size = objects.size(key).await?;
    let size = size.ok_or_else(|| RecordingError::Truncated("its object is missing".to_owned()))?;
    if size < manifest.bytes {
        return Err(RecordingError::Truncated(format!("{size} bytes of {} are there", manifest.bytes)));
    }
    if size > manifest.bytes {
        return Err(RecordingError::Altered(format!("it has {size} bytes instead of {}", manifest.bytes)));
    }
    let index = Index::load(objects, key, size, cipher, recording).await?;
    let says = (index.chunks(), index.gaps(), duration_of(index.samples()));
    if says != (manifest.chunks, manifest.gaps, manifest.duration) {
        return Err(RecordingError::Altered("its index is of another recording or seal".to_owned()));
    }
    Ok(index)
}

impl RecordingReader {
    fn new(
        recordings: &Arc<Recordings>,
        cipher: ChunkCipher,
        source: Source,
        index: Index,
        live: bool,
    ) -> RecordingReader {
        let samples = index.samples();
        let info = info(&index, live);
        let entries = index.entries;
        let recordings = Arc::clone(recordings);
        RecordingReader { recordings, cipher, source, entries, info, samples, with_supervisor: false }
    }

    fn of_live(recordings: &Arc<Recordings>, cipher: ChunkCipher, live: LiveRecording) -> RecordingReader {
        let mut chunks: Vec<ChunkRef> = live.chunks;
        chunks.retain(|chunk| chunk.header.track < MARK_TRACKS);
        chunks.sort_by_key(|chunk| (chunk.header.first_sample, chunk.header.track));
        let entry = |chunk: &ChunkRef| Entry { header: chunk.header, offset: 0, peaks: [0; PEAKS_PER_CHUNK] };
        let index = Index { recovered: false, entries: chunks.iter().map(entry).collect() };
        RecordingReader::new(recordings, cipher, Source::Live(chunks), index, true)
    }

    /// Adds the supervisor's track to the right side; without this it is never heard.
    #[must_use]
    pub fn with_supervisor(self) -> RecordingReader {
        RecordingReader { with_supervisor: true, ..self }
    }

    /// What is known of it.
    pub fn info(&self) -> &RecordingInfo {
        &self.info
    }

    /// Samples of each side.
    pub(super) fn samples(&self) -> u64 {
        self.samples
    }

    /// Both sides interleaved.
    pub(super) async fn both_sides(&self, samples: Range<u64>) -> Result<Vec<i16>, RecordingError> {
        Ok(self.mix(samples).await?.samples().collect())
    }

    /// How long the WAV is.
    pub fn wav_bytes(&self) -> u64 {
        wav_bytes(self.samples)
    }

    /// Up to `length` (at most [`WAV_RANGE_MAX`]) bytes of the WAV from `from`; fewer only at its end.
    ///
    /// # Errors
    /// `Altered` names the first chunk in the range that does not open.
    pub async fn wav_range(&mut self, from: u64, length: usize) -> Result<Vec<u8>, RecordingError> {
        let to = from.saturating_add(length.min(WAV_RANGE_MAX) as u64).min(self.wav_bytes());
        if from >= to {
            return Ok(Vec::new());
        }
        let head = WAV_HEADER_BYTES as u64;
        let header = header(self.samples);
        let mut bytes = header[from.min(head) as usize..to.min(head) as usize].to_vec();
        if to > head {
            let (from, to) = (from.max(head) - head, to - head);
            let samples = from / FRAME_BYTES..to.div_ceil(FRAME_BYTES);
            let sound = self.mix(samples.clone()).await?.bytes();
            let skip = (from - samples.start * FRAME_BYTES) as usize;
            bytes.extend(&sound[skip..skip + (to - from) as usize]);
        }
        Ok(bytes)
    }

    /// The waveform in `points` (1 to [`PEAKS_MAX`]) equal parts. Of a sealed recording it costs no decryption; of a live one all of it.
    ///
    /// # Errors
    /// `Altered` names the first chunk of a live recording that does not open.
    pub async fn peaks(&mut self, points: usize) -> Result<Peaks, RecordingError> {
        let points = points.clamp(1, PEAKS_MAX);
        let mut peaks = Peaks { left: vec![0; points], right: vec![0; points] };
        let point_of = |sample: u64| {
            let point = u128::from(sample) * points as u128 / u128::from(self.samples.max(1));
            usize::try_from(point).unwrap_or(points).min(points - 1)
        };
        for number in 0..self.entries.len() {
            let entry = self.entries[number];
            let Some(side) = side_of(entry.header.role, self.with_supervisor) else { continue };
            let found = match &self.source {
                Source::Live(_) => peaks_of(entry.header.kind, &self.open(number).await?),
                Source::Object(_) => entry.peaks,
            };
            let side = match side {
                Side::Left => &mut peaks.left,
                Side::Right => &mut peaks.right,
            };
            for (peak, nth) in found.into_iter().zip(0u64..) {
                let first = entry.header.first_sample + nth * u64::from(PEAK_SAMPLES);
                let last = (first + u64::from(PEAK_SAMPLES)).min(entry.header.end());
                if first < last {
                    side[point_of(first)..=point_of(last - 1)].iter_mut().for_each(|point| *point = peak.max(*point));
                }
            }
        }
        Ok(peaks)
    }

    async fn mix(&self, samples: Range<u64>) -> Result<Mix, RecordingError> {
        let mut mix = Mix::of(samples.clone());
        // Entries are in order of their beginning and none is longer than a second, gaps aside.
        let from = samples.start.saturating_sub(u64::from(super::CHUNK_SAMPLES_MAX));
        let first = self.entries.partition_point(|entry| entry.header.first_sample < from);
        for number in first..self.entries.len() {
            let header = self.entries[number].header;
            if header.first_sample >= samples.end {
                break;
            }
            let Some(side) = side_of(header.role, self.with_supervisor) else { continue };
            if header.end() > samples.start && matches!(header.kind, Kind::Sound(_)) {
                mix.add(side, header.kind, header.first_sample, &self.open(number).await?);
            }
        }
        Ok(mix)
    }

    /// What a chunk holds.
    async fn open(&self, number: usize) -> Result<Vec<u8>, RecordingError> {
        let entry = self.entries[number];
        let length = usize::try_from(entry.header.frame_bytes()).unwrap_or(usize::MAX);
        let bytes = match &self.source {
            Source::Object(key) => self.recordings.objects.read(key, entry.offset, length).await?,
            Source::Live(chunks) => {
                let (disk, chunk) = (Arc::clone(&self.recordings.disk), chunks[number]);
                Some(blocking(move || frame(&*disk, &chunk)).await.map_err(StoreError::disk)?)
            }
        };
        let gone = || RecordingError::Truncated(format!("{} is missing", entry.header.place()));
        let bytes = bytes.filter(|bytes| bytes.len() == length).ok_or_else(gone)?;
        match self.cipher.open(&bytes) {
            Some((header, plain)) if header == entry.header => Ok(plain),
            Some(_) | None => Err(RecordingError::Altered(format!("{} does not open", entry.header.place()))),
        }
    }
}

fn info(index: &Index, live: bool) -> RecordingInfo {
    let mut tracks: Vec<TrackInfo> = Vec::new();
    let mut gaps = Vec::new();
    for entry in &index.entries {
        let header = entry.header;
        let number = u16::try_from(header.track).unwrap_or(u16::MAX);
        if !tracks.iter().any(|track| track.number == number) {
            tracks.push(TrackInfo { number, role: header.role });
        }
        let cause = match header.kind {
            Kind::Gap(cause) => Some(cause),
            Kind::Paused => None,
            Kind::Sound(_) | Kind::End | Kind::Index => continue,
        };
        let (at, length) = (duration_of(header.first_sample), duration_of(u64::from(header.samples)));
        gaps.push(GapSpan { role: header.role, at, length, cause });
    }
    tracks.sort_by_key(|track| track.number);
    RecordingInfo { live, recovered: index.recovered, duration: duration_of(index.samples()), tracks, gaps }
}
