//! Holding every recording against the ledger: what was sealed is there, whole and unchanged, and nothing is there that was not sealed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::chunk::{ChunkCipher, HEADER_BYTES, Header};
use super::disk::{Disk, blocking};
use super::object::{object_key, recording_of};
use super::{RecordingError, segment};
use crate::{ObjectKey, ObjectStore, Store, StoreError, TenantRow};
use domain::recording::{Digest, Manifest};
use domain::{ConversationId, Event, RecordingId, TenantId};
use sha2::Digest as _;

/// Bytes of an object read in one go.
const PIECE: usize = 1024 * 1024;

/// What is wrong with a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// It is not what was sealed.
    Altered,
    /// It was sealed and is gone.
    Missing,
    /// It ends too early.
    Truncated,
    /// It is there, but the ledger knows of no seal.
    NeverSealed,
    /// The ledger says that it was erased, and its key or its object is there.
    NotErased,
}

/// A recording that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyFault {
    /// What is wrong.
    pub kind: FaultKind,
    /// With which.
    pub recording: RecordingId,
    /// Where and how, in words.
    pub detail: String,
}

/// What [`Store::verify_recordings`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordingsReport {
    /// Sealed recordings that are whole and unchanged.
    pub good: u64,
    /// Recordings that were erased, as the ledger says.
    pub erased: u64,
    /// Recordings whose erasure was noted in the audit trail and is not finished; the next start finishes it.
    pub erasing: u64,
    /// Recordings in live segments that wait for their seal.
    pub waiting: u64,
    /// Chunks of those that open.
    pub waiting_chunks: u64,
    /// The first fault of each kind.
    pub faults: Vec<VerifyFault>,
}

impl RecordingsReport {
    fn fault(&mut self, kind: FaultKind, recording: RecordingId, detail: String) {
        if self.faults.iter().all(|fault| fault.kind != kind) {
            self.faults.push(VerifyFault { kind, recording, detail });
        }
    }
}

/// A recording the ledger says was sealed.
#[derive(Clone, Copy, Debug)]
struct Sealed {
    tenant: TenantId,
    manifest: Manifest,
    is_erased: bool,
}

fn sealed(event: &Event) -> Option<(RecordingId, Manifest)> {
    if let Event::RecordingSealed { recording, manifest, .. } = event { Some((*recording, *manifest)) } else { None }
}

impl Store {
    /// What the ledger says was sealed of a recording; `None` when it was not.
    pub(super) async fn recording_manifest(
        &self,
        tenant: TenantId,
        conversation: ConversationId,
        recording: RecordingId,
    ) -> Result<Option<Manifest>, StoreError> {
        let events = self.events_of(tenant, conversation).await?;
        let found = events.iter().filter_map(|entry| sealed(&entry.event)).find(|(id, _)| *id == recording);
        Ok(found.map(|(_, manifest)| manifest))
    }

    /// Checks every recording of every tenant: the sealed ones against the ledger, byte by byte, those in live segments chunk by chunk.
    /// May run beside a server that works.
    pub async fn verify_recordings(
        &self,
        objects: &dyn ObjectStore,
        disk: Arc<dyn Disk>,
    ) -> Result<RecordingsReport, StoreError> {
        let mut report = RecordingsReport::default();
        // Segments and objects are looked at before the ledger: what is sealed meanwhile is then known to it.
        let waiting = self.verify_segments(disk, &mut report).await?;
        let tenants = self.tenants().await?;
        let mut there = Vec::new();
        for tenant in &tenants {
            there.extend(objects.list(&format!("{}/", tenant.id)).await?);
        }
        let sealed = self.sealed_recordings(&tenants).await?;
        for (recording, sealed) in &sealed {
            self.verify_sealed(objects, *recording, sealed, &mut report).await?;
        }
        for (_, chunks) in waiting.iter().filter(|(recording, _)| !sealed.contains_key(recording)) {
            report.waiting += 1;
            report.waiting_chunks += chunks;
        }
        for key in there {
            let Some(recording) = recording_of(&key) else { continue };
            if !sealed.contains_key(&recording) && !waiting.contains_key(&recording) {
                report.fault(
                    FaultKind::NeverSealed,
                    recording,
                    format!("the ledger knows of no seal of {}", key.as_str()),
                );
            }
        }
        Ok(report)
    }

    async fn sealed_recordings(&self, tenants: &[TenantRow]) -> Result<BTreeMap<RecordingId, Sealed>, StoreError> {
        let mut all = BTreeMap::new();
        for tenant in tenants {
            let mut seq = 0;
            loop {
                let entries = self.entries_after(tenant.partition, seq).await?;
                let Some(last) = entries.last() else { break };
                seq = last.seq;
                for entry in &entries {
                    if let Some((recording, manifest)) = sealed(&entry.event) {
                        all.insert(recording, Sealed { tenant: entry.tenant, manifest, is_erased: false });
                    } else if let Event::RecordingErased { recording, .. } = &entry.event
                        && let Some(sealed) = all.get_mut(recording)
                    {
                        sealed.is_erased = true;
                    }
                }
            }
        }
        Ok(all)
    }

    async fn verify_sealed(
        &self,
        objects: &dyn ObjectStore,
        recording: RecordingId,
        sealed: &Sealed,
        report: &mut RecordingsReport,
    ) -> Result<(), StoreError> {
        let key = object_key(sealed.tenant, recording)?;
        let cipher = match self.recording_cipher(recording).await {
            Err(RecordingError::Unavailable(error @ (StoreError::Unavailable(_) | StoreError::Io { .. }))) => {
                return Err(error);
            }
            cipher => cipher,
        };
        if sealed.is_erased {
            if cipher.is_ok() {
                report.fault(FaultKind::NotErased, recording, "its key is there again".to_owned());
            } else if objects.size(&key).await?.is_some() {
                report.fault(FaultKind::NotErased, recording, format!("{} is there again", key.as_str()));
            } else {
                report.erased += 1;
            }
            return Ok(());
        }
        if self.erasure(sealed.tenant, recording).await?.is_some_and(|erasure| !erasure.is_told) {
            report.erasing += 1;
            return Ok(());
        }
        let cipher = match cipher {
            Ok(cipher) => cipher,
            Err(error) => {
                report.fault(FaultKind::Missing, recording, format!("its key is gone ({error})"));
                return Ok(());
            }
        };
        let manifest = &sealed.manifest;
        let Some(size) = objects.size(&key).await? else {
            report.fault(FaultKind::Missing, recording, format!("there is no object {}", key.as_str()));
            return Ok(());
        };
        let (digest, first_bad) = walk(objects, &key, size, &cipher).await?;
        if size < manifest.bytes {
            let detail = format!("{} has {size} bytes of {}", key.as_str(), manifest.bytes);
            report.fault(FaultKind::Truncated, recording, detail);
        } else if digest != manifest.digest {
            let place = first_bad.unwrap_or_else(|| "the whole, although every chunk opens".to_owned());
            report.fault(FaultKind::Altered, recording, format!("{place} in {}", key.as_str()));
        } else {
            report.good += 1;
        }
        Ok(())
    }

    /// Tries every chunk in the live segments; gives how many of each recording open.
    async fn verify_segments(
        &self,
        disk: Arc<dyn Disk>,
        report: &mut RecordingsReport,
    ) -> Result<HashMap<RecordingId, u64>, StoreError> {
        let listed = Arc::clone(&disk);
        let files = blocking(move || listed.list("")).await.map_err(StoreError::disk)?;
        let mut ciphers: HashMap<RecordingId, Option<ChunkCipher>> = HashMap::new();
        let mut waiting: HashMap<RecordingId, u64> = HashMap::new();
        for (name, size) in files.into_iter().filter(|(name, _)| segment::number_of(name).is_some()) {
            let (disk, file, length) = (Arc::clone(&disk), name.clone(), usize::try_from(size).unwrap_or(usize::MAX));
            let read = blocking(move || disk.read(&file, 0, length)).await;
            // A segment that was settled meanwhile is gone.
            let Ok(bytes) = read else { continue };
            let mut suspect: Option<(u64, RecordingId)> = None;
            for found in segment::scan(&bytes) {
                let id = found.header.recording;
                if let std::collections::hash_map::Entry::Vacant(empty) = ciphers.entry(id) {
                    empty.insert(self.recording_cipher(id).await.ok());
                }
                let Some(Some(cipher)) = ciphers.get(&id) else { continue };
                waiting.entry(id).or_default();
                let start = found.offset as usize;
                let end = start + HEADER_BYTES + found.header.sealed_bytes as usize;
                if bytes.get(start..end).and_then(|frame| cipher.open(frame)).is_none() {
                    suspect = suspect.or(Some((u64::from(found.offset), id)));
                    continue;
                }
                *waiting.entry(id).or_default() += 1;
                // What does not open at the end is a write the power or a kill cut short; before a chunk that opens it is not.
                if let Some((offset, id)) = suspect.take() {
                    report.fault(FaultKind::Altered, id, format!("the chunk at byte {offset} of segment {name}"));
                }
            }
        }
        Ok(waiting)
    }
}

/// The digest of an object, and the first place in it that does not open.
async fn walk(
    objects: &dyn ObjectStore,
    key: &ObjectKey,
    size: u64,
    cipher: &ChunkCipher,
) -> Result<(Digest, Option<String>), StoreError> {
    let mut hash = sha2::Sha256::new();
    let (mut pending, mut first_bad, mut is_lost): (Vec<u8>, Option<String>, bool) = (Vec::new(), None, false);
    let (mut at, mut seen) = (0, 0);
    while at < size {
        let piece = objects.read(key, at, PIECE).await?.unwrap_or_default();
        if piece.is_empty() {
            break;
        }
        hash.update(&piece);
        at += piece.len() as u64;
        if is_lost {
            continue;
        }
        pending.extend(piece);
        let mut rest = pending.as_slice();
        while let Some(header) = Header::decode(rest) {
            let length = HEADER_BYTES + header.sealed_bytes as usize;
            let Some((frame, after)) = rest.split_at_checked(length) else { break };
            if first_bad.is_none() && cipher.open(frame).is_none() {
                first_bad = Some(header.place());
            }
            (seen, rest) = (seen + length as u64, after);
        }
        // Neither a chunk nor the sixteen bytes at the end: a damaged header.
        if rest.len() > HEADER_BYTES && Header::decode(rest).is_none() {
            first_bad = first_bad.or_else(|| Some(format!("the header at byte {seen}")));
            is_lost = true;
        }
        pending = rest.to_vec();
    }
    Ok((Digest(hash.finalize().into()), first_bad))
}
