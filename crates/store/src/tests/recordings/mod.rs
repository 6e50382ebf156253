//! Recordings on a disk that can lose power, with real keys and a real ledger.

mod erase;
mod keys;
mod opus;
mod play;
mod power;
mod retention;
mod tamper;

use std::collections::HashMap;

use domain::recording::{ErasureCause, GapCause, Manifest, Tracks};
use domain::room::PortRole;
use media::codec::Codec;

use super::*;
use crate::recordings::power_loss::{Dice, PowerLossDisk};
use crate::recordings::*;

/// Store, disks and what was opened on them.
struct World {
    store: Arc<Store>,
    _dir: TempDir,
    centre: Centre,
    epoch: u64,
    segments: Arc<PowerLossDisk>,
    objects_disk: Arc<PowerLossDisk>,
    objects: Arc<FsObjectStore>,
    recordings: Arc<Recordings>,
    writer: RecordingWriter,
    left: Vec<Left>,
    conversations: HashMap<RecordingId, ConversationId>,
}

impl World {
    async fn new() -> World {
        let (store, dir) = open().await;
        let centre = centre(&store, "north").await;
        let epoch = leased(&store, &centre).await;
        World::on(store, dir, centre, epoch).await
    }

    async fn on(store: Arc<Store>, dir: TempDir, centre: Centre, epoch: u64) -> World {
        let (segments, objects_disk) = (Arc::new(PowerLossDisk::default()), Arc::new(PowerLossDisk::default()));
        let objects = Arc::new(FsObjectStore::on(objects_disk.clone()));
        let opened = Recordings::open(store.clone(), objects.clone(), segments.clone()).await.unwrap();
        let Opened { recordings, writer, left } = opened;
        World {
            store,
            _dir: dir,
            centre,
            epoch,
            segments,
            objects_disk,
            objects,
            recordings,
            writer,
            left,
            conversations: HashMap::new(),
        }
    }

    /// The node starts again on what the disks hold.
    async fn restart(&mut self) {
        let (store, objects) = (self.store.clone(), self.objects.clone());
        let opened = Recordings::open(store, objects, self.segments.clone()).await.unwrap();
        (self.recordings, self.writer, self.left) = (opened.recordings, opened.writer, opened.left);
    }

    async fn begin(&mut self) -> RecordingId {
        let conversation = self.store.mint(at(5));
        self.begin_in(conversation).await
    }

    async fn begin_in(&mut self, conversation: ConversationId) -> RecordingId {
        let recording = self.store.mint(at(5));
        let tenant = self.centre.tenant.id;
        let key = self.store.create_recording(tenant, conversation, recording, at(5)).await.unwrap();
        self.writer.begin(key);
        self.conversations.insert(recording, conversation);
        recording
    }

    /// The ledger says that a recording was sealed.
    async fn record_seal(&mut self, recording: RecordingId, manifest: &Manifest) {
        let conversation = self.conversations[&recording];
        self.record(&[Event::RecordingSealed { conversation, recording, manifest: *manifest }]).await;
        self.recordings.settled(recording);
    }

    /// Puts events into the ledger and the lists.
    async fn record(&self, events: &[Event]) {
        let head = self.store.head(self.centre.tenant.partition).await.unwrap().seq;
        let entries = entries(&self.centre, self.epoch, head, at(20), events);
        self.store.append(&batch(&self.centre, self.epoch, entries.clone(), vec![])).await.unwrap();
        self.store.project(&entries).await.unwrap();
    }

    /// The wrapped key of a recording, as it stands in `keys.db`.
    async fn wrapped_key(&self, recording: RecordingId) -> Option<Vec<u8>> {
        let row = sqlx::query("SELECT wrapped FROM recording_key WHERE recording_id = $1").bind(recording.0);
        sqlx::Row::get(&row.fetch_one(self.store.keys.readers()).await.unwrap(), 0)
    }

    /// Closed, sealed, in the ledger.
    async fn finish(&mut self, recording: RecordingId) -> Manifest {
        self.writer.close(recording).unwrap();
        let manifest = self.recordings.seal(recording).await.unwrap();
        self.record_seal(recording, &manifest).await;
        manifest
    }

    async fn reader(&self, recording: RecordingId) -> Result<RecordingReader, RecordingError> {
        self.recordings.reader(&self.centre.scope, recording).await
    }

    async fn verify(&self) -> RecordingsReport {
        self.store.verify_recordings(&*self.objects, self.segments.clone()).await.unwrap()
    }

    /// One tone on the left, another on the right, a second each.
    async fn small_recording(&mut self, seconds: u64) -> RecordingId {
        let recording = self.begin().await;
        self.fill(recording, seconds);
        recording
    }

    fn fill(&mut self, recording: RecordingId, seconds: u64) {
        for second in 0..seconds {
            self.writer.append(recording, &sound(0, PortRole::Customer, second * 8_000, &tone(7, 8_000))).unwrap();
            self.writer.append(recording, &sound(1, PortRole::Agent, second * 8_000, &tone(11, 8_000))).unwrap();
        }
        self.writer.sync().unwrap();
    }

    /// A sealed recording of a call that is in the lists.
    async fn listed(&mut self, tracks: Tracks) -> RecordingId {
        let call = stored_call(&self.store, &self.centre, self.epoch, at(3), "13800138000").await;
        let recording = self.begin_in(call.conversation).await;
        self.record(&[Event::RecordingStarted { conversation: call.conversation, recording, tracks }]).await;
        self.fill(recording, 1);
        self.finish(recording).await;
        recording
    }
}

fn sound<'a>(track: u16, role: PortRole, first_sample: u64, bytes: &'a [u8]) -> NewChunk<'a> {
    NewChunk { track, role, first_sample, content: Content::Sound { codec: Codec::Pcma, bytes } }
}

/// A sound that is nowhere silent, different for each seed.
fn tone(seed: u64, samples: usize) -> Vec<u8> {
    let mut dice = Dice(seed);
    (0..samples).map(|_| (dice.next() >> 17) as u8).collect()
}

async fn whole_wav(reader: &mut RecordingReader) -> Vec<u8> {
    let mut bytes = Vec::new();
    while (bytes.len() as u64) < reader.wav_bytes() {
        let piece = reader.wav_range(bytes.len() as u64, WAV_RANGE_MAX).await.unwrap();
        assert!(!piece.is_empty());
        bytes.extend(piece);
    }
    bytes
}

/// The samples of one side (0 left, 1 right) of a WAV.
fn side(wav: &[u8], side: usize) -> Vec<i16> {
    wav[44..].chunks_exact(4).map(|f| i16::from_le_bytes([f[side * 2], f[side * 2 + 1]])).collect()
}

fn decoded(bytes: &[u8]) -> Vec<i16> {
    bytes.iter().map(|byte| Codec::Pcma.decode(*byte)).collect()
}
