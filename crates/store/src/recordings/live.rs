//! What is on disk and not settled yet: recordings being made, closed ones that wait for their object or its event, and those an
//! earlier run left.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

use domain::recording::{GapCause, Manifest};
use domain::room::PortRole;
use domain::{ConversationId, RecordingId, TenantId, Utc};
use serde_json::{Value, json};

use super::chunk::Header;
use super::disk::{Disk, blocking};
use super::seal::TrackEnd;
use super::{RecordingError, RecordingKey, RecordingWriter, segment};
use crate::store::lock;
use crate::{ObjectStore, Scope, Store, StoreError};

/// All recordings of a node; shared.
#[derive(Debug)]
pub struct Recordings {
    pub(super) store: Arc<Store>,
    pub(super) objects: Arc<dyn ObjectStore>,
    pub(super) disk: Arc<dyn Disk>,
    pub(super) live: Mutex<Live>,
    /// One object is put together at a time, so that many ends at once leave the disk to the writer.
    pub(super) sealing: tokio::sync::Mutex<()>,
}

/// What [`Recordings::open`] gives.
#[derive(Debug)]
pub struct Opened {
    /// The shared half.
    pub recordings: Arc<Recordings>,
    /// For the one thread that writes.
    pub writer: RecordingWriter,
    /// Recordings that are on disk and have no seal in the ledger.
    pub left: Vec<Left>,
}

/// A recording an earlier run left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// Which.
    pub recording: RecordingId,
    /// Whose.
    pub tenant: TenantId,
    /// Of which conversation.
    pub conversation: ConversationId,
}

/// A chunk on disk. One a second and track is kept in memory, so it is small.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChunkRef {
    pub header: Header,
    pub segment: u32,
    pub offset: u32,
}

/// A stretch that could not be written and is not marked on disk yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lost {
    pub track: u32,
    pub role: PortRole,
    pub from: u64,
    pub to: u64,
    pub cause: GapCause,
}

/// How far a recording has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// The writer has it.
    Writing,
    /// It ended in order.
    Closed,
    /// An earlier run died while writing it.
    TornOff,
}

#[derive(Clone, Debug)]
pub(super) struct LiveRecording {
    pub tenant: TenantId,
    pub conversation: ConversationId,
    pub progress: Progress,
    pub chunks: Vec<ChunkRef>,
    pub lost: Vec<Lost>,
    /// How far each track was written; known once the writer closed it.
    pub ends: Vec<TrackEnd>,
    /// Of its object, once there is one: it must not be made again, because its event may be on its way.
    pub manifest: Option<Manifest>,
}

#[derive(Debug, Default)]
pub(super) struct Live {
    pub recordings: HashMap<RecordingId, LiveRecording>,
    /// Segments on disk, with the recordings in them that are not settled.
    pub segments: BTreeMap<u32, BTreeSet<RecordingId>>,
}

impl Live {
    pub(super) fn begin(&mut self, key: &RecordingKey) {
        let live = LiveRecording::new(key.tenant, key.conversation, Progress::Writing);
        self.recordings.insert(key.recording, live);
    }

    pub(super) fn add(&mut self, chunk: ChunkRef) {
        self.segments.entry(chunk.segment).or_default().insert(chunk.header.recording);
        if let Some(live) = self.recordings.get_mut(&chunk.header.recording) {
            live.chunks.push(chunk);
        }
    }

    pub(super) fn forget(&mut self, recording: RecordingId) {
        self.recordings.remove(&recording);
        for inside in self.segments.values_mut() {
            inside.remove(&recording);
        }
    }

    /// Segments nobody needs, except the one being written.
    pub(super) fn free(&mut self, active: Option<u32>) -> Vec<u32> {
        let free: Vec<u32> = self
            .segments
            .iter()
            .filter(|(number, inside)| inside.is_empty() && Some(**number) != active)
            .map(|(number, _)| *number)
            .collect();
        for number in &free {
            self.segments.remove(number);
        }
        free
    }
}

impl LiveRecording {
    fn new(tenant: TenantId, conversation: ConversationId, progress: Progress) -> LiveRecording {
        LiveRecording {
            tenant,
            conversation,
            progress,
            chunks: Vec::new(),
            lost: Vec::new(),
            ends: Vec::new(),
            manifest: None,
        }
    }
}

impl Recordings {
    /// Opens what is on `disk` (segments, a folder of their own) and in `objects` (sealed recordings). Finishes key rotations that
    /// were interrupted. Call once, before any recording begins.
    ///
    /// # Errors
    /// `Unavailable` when the disk or the databases cannot be read.
    pub async fn open(
        store: Arc<Store>,
        objects: Arc<dyn ObjectStore>,
        disk: Arc<dyn Disk>,
    ) -> Result<Opened, RecordingError> {
        for tenant in store.tenants().await? {
            store.finish_key_rotation(tenant.id).await?;
        }
        let scanned = Arc::clone(&disk);
        let segments = blocking(move || segment::scan_all(&*scanned)).await.map_err(StoreError::disk)?;
        let next = segments.iter().map(|(number, _)| *number).max().map_or(0, |greatest| greatest.saturating_add(1));
        let mut live = Live::default();
        let mut unsettled: HashMap<RecordingId, bool> = HashMap::new();
        for (segment, found) in segments {
            live.segments.entry(segment).or_default();
            for found in found {
                let id = found.header.recording;
                let is_unsettled = match unsettled.get(&id) {
                    Some(known) => *known,
                    None => {
                        let row = unsettled_row(&store, id).await?;
                        if let Some((tenant, conversation)) = row {
                            let left = LiveRecording::new(tenant, conversation, Progress::TornOff);
                            live.recordings.insert(id, left);
                        }
                        unsettled.insert(id, row.is_some());
                        row.is_some()
                    }
                };
                if is_unsettled {
                    live.add(ChunkRef { header: found.header, segment, offset: found.offset });
                }
            }
        }
        let left = live.recordings.iter().map(|(recording, live)| Left {
            recording: *recording,
            tenant: live.tenant,
            conversation: live.conversation,
        });
        let mut left: Vec<Left> = left.collect();
        left.sort_by_key(|left| left.recording);
        let recordings = Arc::new(Recordings {
            store,
            objects,
            disk,
            live: Mutex::new(live),
            sealing: tokio::sync::Mutex::default(),
        });
        let writer = RecordingWriter::new(Arc::clone(&recordings), next);
        Ok(Opened { recordings, writer, left })
    }

    /// The seal of a recording is durable in the ledger: its chunks in the segments may go. May be said again.
    pub fn settled(&self, recording: RecordingId) {
        lock(&self.live).forget(recording);
    }

    /// Removes a recording an earlier run left and the ledger never heard of: nobody was told that it exists.
    ///
    /// # Errors
    /// `StillLive` while the writer has it.
    pub async fn discard(&self, recording: RecordingId, now: Utc) -> Result<(), RecordingError> {
        self.not_writing(recording)?;
        self.shred(recording, now).await
    }

    /// Puts into the audit trail that a recording was taken out of the house: in which format, whether with the voice of a supervisor, why, and
    /// the SHA-256 of what is kept.
    ///
    /// # Errors
    /// `NotFound` out of the scope's reach.
    pub async fn note_download(
        &self,
        scope: &Scope,
        now: Utc,
        recording: RecordingId,
        (format, with_supervisor): (&str, bool),
        reason: &str,
    ) -> Result<(), RecordingError> {
        let row = self.within_reach(scope, recording).await?;
        let manifest = self.store.recording_manifest(row.tenant, row.conversation, recording).await?;
        let sha256 = manifest.map(|manifest| manifest.digest.to_string());
        Ok(self.store.audit_download(scope, now, recording, (format, with_supervisor, reason, sha256)).await?)
    }

    /// Puts into the audit trail that a recording was listened to, and whether the voice of a supervisor was in it.
    ///
    /// # Errors
    /// `NotFound` out of the scope's reach.
    pub async fn note_play(
        &self,
        scope: &Scope,
        now: Utc,
        recording: RecordingId,
        with_supervisor: bool,
    ) -> Result<(), RecordingError> {
        self.within_reach(scope, recording).await?;
        let after = json!({ "supervisor": with_supervisor });
        Ok(self.store.audit(scope, now, "recording.played", recording, Value::Null, after).await?)
    }
}

/// Tenant and conversation of a recording whose chunks are still needed.
async fn unsettled_row(
    store: &Store,
    recording: RecordingId,
) -> Result<Option<(TenantId, ConversationId)>, RecordingError> {
    // A mark in a damaged segment may give any number: what has no key is no recording.
    let Some(row) = store.recording_row(recording).await? else { return Ok(None) };
    if row.is_erased() || store.recording_manifest(row.tenant, row.conversation, recording).await?.is_some() {
        return Ok(None);
    }
    Ok(Some((row.tenant, row.conversation)))
}
