//! The job over real encrypted files, with the time given and a stand-in for the floor loop.

use std::sync::Arc;

use domain::recording::{ErasureCause, Tracks};
use domain::retention::RetentionPolicy;
use domain::room::PortRole;
use domain::{ConversationId, Event, Input, LedgerEntry, Mono, RecordingId, Utc};
use media::Codec;
use store::recordings::{Content, FsDisk, NewChunk, RecordingWriter, Recordings};
use store::{AppendBatch, DatabaseKey, FsObjectStore, NewTenant, Scope, Store, StoreConfig, TenantRow};
use tempfile::TempDir;
use tokio::sync::{broadcast, mpsc};

use super::keeping::{Keeper, Keeping};
use crate::floor_loop::Message;

/// 2026-01-01T00:00:00Z.
const AT: Utc = Utc(1_767_225_600_000_000);
const DAY_US: i64 = 86_400_000_000;

struct World {
    keeper: Keeper,
    messages: Option<mpsc::Receiver<Message>>,
    writer: RecordingWriter,
    tenant: TenantRow,
    epoch: u64,
    _dir: TempDir,
}

/// Puts an event at the end of the ledger and into the lists.
async fn append(store: &Store, tenant: &TenantRow, epoch: u64, event: Event) -> Vec<LedgerEntry> {
    let entries = append_unlisted(store, tenant, epoch, event).await;
    store.project(&entries).await.unwrap();
    entries
}

async fn append_unlisted(store: &Store, tenant: &TenantRow, epoch: u64, event: Event) -> Vec<LedgerEntry> {
    let seq = store.head(tenant.partition).await.unwrap().seq + 1;
    let entry =
        LedgerEntry { partition: tenant.partition, seq, epoch, tenant: tenant.id, at: AT, mono: Mono(seq), event };
    let entries = vec![entry];
    let batch = AppendBatch {
        partition: tenant.partition,
        tenant: tenant.id,
        epoch,
        entries: entries.clone(),
        parties: vec![],
    };
    store.append(&batch).await.unwrap();
    entries
}

impl World {
    async fn new() -> World {
        let dir = tempfile::tempdir().unwrap();
        let config = StoreConfig { dir: dir.path().join("data"), key: DatabaseKey::from_bytes([7; 32]), node: 1 };
        let store = Store::open(config, AT).await.unwrap();
        let new = NewTenant { name: "north".into(), time_zone: "Asia/Shanghai".into(), region: "cn".into() };
        let tenant = store.create_tenant(AT, &new).await.unwrap();
        let epoch = store.acquire_lease(tenant.partition, AT).await.unwrap();
        let objects = Arc::new(FsObjectStore::open(dir.path().join("objects")).unwrap());
        let disk = Arc::new(FsDisk::open(dir.path().join("segments")).unwrap());
        let opened = Recordings::open(store.clone(), objects, disk).await.unwrap();
        let (loop_, messages) = mpsc::channel(100);
        let keeper = Keeper {
            store,
            recordings: opened.recordings,
            tenant: tenant.id,
            partition: tenant.partition,
            loop_,
            committed: broadcast::Sender::new(100),
            keeping: Arc::new(Keeping::default()),
        };
        World { keeper, messages: Some(messages), writer: opened.writer, tenant, epoch, _dir: dir }
    }

    /// A sealed recording that began at the first moment.
    async fn kept(&mut self) -> (ConversationId, RecordingId) {
        self.kept_in_folder_of(AT).await
    }

    /// The same, its object among those of another day.
    async fn kept_in_folder_of(&mut self, minted: Utc) -> (ConversationId, RecordingId) {
        let store = self.keeper.store.clone();
        let (conversation, recording) = (store.mint(minted), store.mint(minted));
        let started = Event::RecordingStarted { conversation, recording, tracks: Tracks::Heard };
        append(&store, &self.tenant, self.epoch, started).await;
        self.writer.begin(store.create_recording(self.tenant.id, conversation, recording, AT).await.unwrap());
        let content = Content::Sound { codec: Codec::Pcma, bytes: &[0x90; 8_000] };
        let chunk = NewChunk { track: 0, role: PortRole::Customer, first_sample: 0, content };
        self.writer.append(recording, &chunk).unwrap();
        self.writer.close(recording).unwrap();
        let manifest = self.keeper.recordings.seal(recording).await.unwrap();
        append(&store, &self.tenant, self.epoch, Event::RecordingSealed { conversation, recording, manifest }).await;
        self.keeper.recordings.settled(recording);
        (conversation, recording)
    }

    /// The floor at work: what it is told becomes an event. Counts what it wrote.
    fn work(&mut self) -> tokio::task::JoinHandle<usize> {
        let mut messages = self.messages.take().unwrap();
        let (store, tenant, epoch) = (self.keeper.store.clone(), self.tenant.clone(), self.epoch);
        let committed = self.keeper.committed.clone();
        tokio::spawn(async move {
            let mut written = 0;
            while let Some(message) = messages.recv().await {
                let Message::Input(_, Input::RecordingErased { conversation, recording, cause }) = message else {
                    panic!("something else was told")
                };
                let event = Event::RecordingErased { conversation, recording, cause };
                let entries = append(&store, &tenant, epoch, event).await;
                let _ = committed.send(entries.into());
                written += 1;
            }
            written
        })
    }

    async fn keep_for(&self, recordings_days: Option<u32>) {
        let scope = Scope::system(self.tenant.id);
        let version = self.keeper.store.retention_policy(&scope).await.unwrap().version;
        let policy = RetentionPolicy { recordings_days, messages_days: None };
        self.keeper.store.put_retention_policy(&scope, AT, version, &policy).await.unwrap();
    }

    async fn is_there(&self, recording: RecordingId) -> bool {
        self.keeper.recordings.reader(&Scope::system(self.tenant.id), recording).await.is_ok()
    }
}

fn day(days: i64) -> Utc {
    Utc(AT.0 + days * DAY_US)
}

#[tokio::test]
async fn what_is_due_is_erased_and_the_ledger_says_so_once() {
    let mut world = World::new().await;
    let (_, one) = world.kept().await;
    let floor = world.work();
    world.keep_for(Some(30)).await;
    world.keeper.keep(Utc(day(30).0 - 1)).await.unwrap();
    assert!(world.is_there(one).await, "one microsecond too early");
    world.keeper.keep(day(30)).await.unwrap();
    assert!(!world.is_there(one).await);
    assert_eq!(world.keeper.store.unfinished_erasures(world.tenant.id, None).await.unwrap(), []);
    world.keeper.keep(day(31)).await.unwrap();
    drop(world.keeper);
    assert_eq!(floor.await.unwrap(), 1);
}

#[tokio::test]
async fn a_shorter_policy_counts_for_what_exists_and_a_longer_one_keeps_the_rest() {
    let mut world = World::new().await;
    let (_, one) = world.kept().await;
    let _floor = world.work();
    world.keep_for(Some(30)).await;
    world.keeper.keep(day(20)).await.unwrap();
    world.keep_for(Some(60)).await;
    world.keeper.keep(day(40)).await.unwrap();
    assert!(world.is_there(one).await);
    world.keep_for(Some(10)).await;
    world.keeper.keep(day(40)).await.unwrap();
    assert!(!world.is_there(one).await);
}

#[tokio::test]
async fn what_a_kill_left_half_done_is_finished_at_the_start_and_told_once() {
    let mut world = World::new().await;
    let ((_, noted), (conversation, told)) = (world.kept().await, world.kept().await);
    let scope = Scope::system(world.tenant.id);
    for recording in [noted, told] {
        let erased = world.keeper.recordings.erase(&scope, day(1), recording, ErasureCause::Request, Some("x")).await;
        erased.unwrap();
    }
    // The ledger had said it of one when the process was killed.
    let event = Event::RecordingErased { conversation, recording: told, cause: ErasureCause::Request };
    append(&world.keeper.store, &world.tenant, world.epoch, event).await;
    assert_eq!(world.keeper.store.unfinished_erasures(world.tenant.id, None).await.unwrap().len(), 2);
    let floor = world.work();
    world.keeper.keep(day(2)).await.unwrap();
    assert_eq!(world.keeper.store.unfinished_erasures(world.tenant.id, None).await.unwrap(), []);
    drop(world.keeper);
    assert_eq!(floor.await.unwrap(), 1);
}

#[tokio::test]
async fn one_that_cannot_be_removed_stands_in_nobodys_way() {
    let mut world = World::new().await;
    let ((_, stuck), (_, other)) = (world.kept().await, world.kept_in_folder_of(day(1)).await);
    let folder = world._dir.path().join(format!("objects/{}/2026/01/01", world.tenant.id));
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "in the way").unwrap();
    let floor = world.work();
    world.keep_for(Some(30)).await;
    let unfinished = async |world: &World| {
        let erasures = world.keeper.store.unfinished_erasures(world.tenant.id, None).await.unwrap();
        erasures.iter().map(|erasure| erasure.recording).collect::<Vec<_>>()
    };
    world.keeper.keep(day(40)).await.unwrap();
    assert_eq!(unfinished(&world).await, [stuck]);
    assert!(!world.is_there(stuck).await && !world.is_there(other).await);
    std::fs::remove_file(&folder).unwrap();
    world.keeper.keep(day(41)).await.unwrap();
    assert_eq!(unfinished(&world).await, []);
    drop(world.keeper);
    assert_eq!(floor.await.unwrap(), 2);
}

#[tokio::test]
async fn the_policy_waits_for_lists_that_are_behind() {
    let mut world = World::new().await;
    let (_, one) = world.kept().await;
    let _floor = world.work();
    world.keep_for(Some(30)).await;
    let late = Event::FloorStarted { epoch: world.epoch };
    let late = append_unlisted(&world.keeper.store, &world.tenant, world.epoch, late).await;
    let catch_up = async {
        world.keeper.store.projection_wanted(world.keeper.partition).await;
        assert!(world.is_there(one).await, "the lists are behind");
        world.keeper.store.project(&late).await.unwrap();
    };
    let (kept, ()) = tokio::join!(world.keeper.keep(day(30)), catch_up);
    kept.unwrap();
    assert!(!world.is_there(one).await);
}

#[tokio::test]
async fn recordings_that_are_not_there_are_counted() {
    let mut world = World::new().await;
    world.kept().await;
    world.keeper.look(day(1)).await.unwrap();
    assert_eq!(world.keeper.keeping.missing(), 0);
    std::fs::remove_dir_all(world._dir.path().join("objects")).unwrap();
    world.keeper.look(day(1)).await.unwrap();
    assert_eq!(world.keeper.keeping.missing(), 1);
}
