//! The writer's thread over real encrypted files: what goes in as packets comes out as a sealed recording.

use std::sync::mpsc::{Receiver, channel};

use domain::room::{PortId, PortRole};
use domain::{LegId, Mono, Utc};
use media::{Codec, TapPacket};
use store::recordings::{FsDisk, RecordingReader};
use store::{DatabaseKey, FsObjectStore, NewTenant, Scope, StoreConfig};
use tempfile::TempDir;

use super::*;

const AT: Utc = Utc(1_767_225_600_000_000);
const WAIT: std::time::Duration = std::time::Duration::from_secs(20);

struct World {
    store: Arc<Store>,
    recordings: Arc<Recordings>,
    ring: Arc<SoundRing>,
    told: Receiver<WriterReport>,
    tenant: TenantId,
    began: Mono,
    thread: JoinHandle<()>,
    _dir: TempDir,
}

impl World {
    async fn start() -> World {
        let dir = tempfile::tempdir().unwrap();
        let config = StoreConfig { dir: dir.path().join("data"), key: DatabaseKey::from_bytes([7; 32]), node: 1 };
        let store = Store::open(config, AT).await.unwrap();
        let new = NewTenant { name: "north".into(), time_zone: "Asia/Shanghai".into(), region: "cn".into() };
        let tenant = store.create_tenant(AT, &new).await.unwrap().id;
        let objects = Arc::new(FsObjectStore::open(dir.path().join("objects")).unwrap());
        let disk = Arc::new(FsDisk::open(dir.path().join("segments")).unwrap());
        let opened = Recordings::open(store.clone(), objects, disk).await.unwrap();
        let (ring, recordings) = (Arc::new(SoundRing::default()), opened.recordings);
        let (tell, told) = channel();
        let tell = move |report| tell.send(report).map_err(|error| error.0);
        let thread = writer::start(ring.clone(), opened.writer, Arc::default(), Box::new(tell)).unwrap();
        World { store, recordings, ring, told, tenant, began: clock::mono(), thread, _dir: dir }
    }

    fn begin(&self) -> RecordingId {
        let recording = self.store.mint(AT);
        self.ring.order(Order::Begin { recording, at: self.began });
        recording
    }

    async fn key(&self, recording: RecordingId) {
        let conversation = self.store.mint(AT);
        let key = seal::make_key(&self.store, self.tenant, conversation, recording).await;
        self.ring.order(Order::Key { recording, key: key.map(Box::new) });
    }

    /// A second of one value on a port, under a version of the plan.
    fn second(&self, recording: RecordingId, leg: i64, role: PortRole, second: u64, version: u64) {
        for n in 0..50 {
            self.ring.sound(TapPacket {
                recording,
                version,
                port: PortId::Leg(LegId(leg)),
                role,
                codec: Codec::Pcma,
                at: second * 8_000 + n * 160,
                samples: vec![if role == PortRole::Customer { 0x90 } else { 0xA0 }; 160],
            });
        }
    }

    fn report(&self) -> WriterReport {
        self.told.recv_timeout(WAIT).unwrap()
    }

    /// Seals what was closed and opens it.
    async fn sealed(&self, recording: RecordingId) -> RecordingReader {
        assert_eq!(self.report(), WriterReport::Closed(recording));
        let RecorderReport::Sealed(manifest) = seal::seal(&self.recordings, recording).await else {
            panic!("not sealed");
        };
        assert!(!manifest.recovered);
        self.recordings.reader(&Scope::system(self.tenant), recording).await.unwrap()
    }

    fn stop(self) {
        self.ring.order(Order::Stop);
        self.thread.join().unwrap();
    }
}

/// Left and right of the seconds of a recording, as the one value they hold.
async fn seconds(reader: &mut RecordingReader) -> Vec<(i16, i16)> {
    let length = usize::try_from(reader.wav_bytes()).unwrap();
    let wav = reader.wav_range(0, length).await.unwrap();
    let middle = |second: &[u8]| {
        let at = second.len() / 8 * 4;
        let value = |n: usize| i16::from_le_bytes([second[at + n], second[at + n + 1]]);
        (value(0), value(2))
    };
    wav[44..].chunks(32_000).filter(|second| second.len() > 8_000).map(middle).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn packets_become_a_sealed_recording_with_each_side_on_its_own() {
    let world = World::start().await;
    let recording = world.begin();
    // The key comes after the first sound.
    for second in 0..3 {
        world.second(recording, 1, PortRole::Customer, second, 1);
    }
    world.key(recording).await;
    world.second(recording, 2, PortRole::Agent, 1, 1);
    world.ring.order(Order::End { recording });
    let mut reader = world.sealed(recording).await;
    let (left, right) = (Codec::Pcma.decode(0x90), Codec::Pcma.decode(0xA0));
    assert_eq!(seconds(&mut reader).await, [(left, 0), (left, right), (left, 0)]);
    world.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_throws_away_what_is_on_its_way_and_stands_in_the_recording() {
    let world = World::start().await;
    let recording = world.begin();
    world.key(recording).await;
    world.second(recording, 1, PortRole::Customer, 0, 1);
    // Still on its way when the agent pauses under plan 2.
    world.ring.order(Order::Pause { recording, version: 2, at: world.began + std::time::Duration::from_secs(1) });
    world.second(recording, 1, PortRole::Customer, 1, 1);
    world.ring.order(Order::Resume { recording, at: world.began + std::time::Duration::from_secs(2) });
    world.second(recording, 1, PortRole::Customer, 2, 3);
    world.ring.order(Order::End { recording });
    let mut reader = world.sealed(recording).await;
    let paused: Vec<_> = reader.info().gaps.iter().filter(|gap| gap.cause.is_none()).map(|gap| gap.at).collect();
    assert_eq!(paused, [std::time::Duration::from_secs(1)]);
    let left = Codec::Pcma.decode(0x90);
    let heard = seconds(&mut reader).await;
    assert_eq!((heard[1], heard[2]), ((0, 0), (left, 0)));
    world.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_nothing_is_written_and_that_is_said() {
    let world = World::start().await;
    let recording = world.begin();
    world.second(recording, 1, PortRole::Customer, 0, 1);
    world.ring.order(Order::Key { recording, key: None });
    assert_eq!(world.report(), WriterReport::Failed(recording, RecordingFault::NoKey));
    world.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_closes_what_is_being_written() {
    let world = World::start().await;
    let recording = world.begin();
    world.key(recording).await;
    world.second(recording, 1, PortRole::Customer, 0, 1);
    world.ring.order(Order::Stop);
    assert_eq!(world.report(), WriterReport::Closed(recording));
    assert!(matches!(seal::seal(&world.recordings, recording).await, RecorderReport::Sealed(_)));
    world.thread.join().unwrap();
}
