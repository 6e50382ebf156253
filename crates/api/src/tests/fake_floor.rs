//! A floor that answers what it is told and commits what it is given.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::input::AgentAction;
use domain::sound::Course;
use domain::{AgentId, DeviceId, Event, LedgerEntry, LegId, Mono, PartitionId, Party, TenantId, TrunkId, Utc};
use reporting::LiveFloor;
use store::{AppendBatch, Store};
use tokio::sync::broadcast;

use crate::port::{
    AskError, Census, FloorPort, Health, PhoneAnswer, PhoneError, PhoneStanding, RefusedTelephone, Registrar, Screened,
    Telephone, TrunkStanding,
};
use crate::vitals::{MediaVitals, SignallingVitals, Vitals};

/// Few, so that a test can make a reader miss some.
const BATCHES_KEPT: usize = 4;

/// One centre's part of the fake.
struct Ledger {
    partition: PartitionId,
    epoch: u64,
    live: Arc<LiveFloor>,
    committed: broadcast::Sender<Arc<[LedgerEntry]>>,
}

/// The fake.
pub struct FakeFloor {
    store: Arc<Store>,
    ledgers: Mutex<HashMap<TenantId, Ledger>>,
    /// Every request, in order.
    pub asked: Mutex<Vec<(TenantId, AgentId, AgentAction)>>,
    /// What the next requests are answered.
    pub answer: Mutex<Result<u64, AskError>>,
    /// What happened beside requests, in order.
    pub notes: Mutex<Vec<String>>,
    /// Trunks that are in no configuration, or of which something is known; of all others nothing is.
    pub trunks: Mutex<HashMap<TrunkId, Option<TrunkStanding>>>,
    /// Where SIP phones are registered.
    pub telephones: Mutex<Vec<Telephone>>,
    /// Which of them spoke from where they may not.
    pub refused: Mutex<Vec<RefusedTelephone>>,
    /// Which answer.
    pub phones: Mutex<BTreeMap<DeviceId, PhoneStanding>>,
    /// SIP over TLS is served.
    pub serves_tls: AtomicBool,
    /// The ledger can be written.
    pub ledger_ok: AtomicBool,
    /// The node is about to end.
    pub draining: AtomicBool,
    pub recordings_missing: AtomicU64,
    /// What would become of the next calls.
    pub screened: Mutex<Screened>,
    /// What the node says of itself.
    pub vitals: Mutex<Vitals>,
    /// How live legs sound.
    pub courses: Mutex<Vec<Course>>,
    /// Nothing is broadcast.
    hushed: AtomicBool,
    /// The next look at its health ends in a panic.
    pub panics: AtomicBool,
}

impl FakeFloor {
    pub fn new(store: Arc<Store>) -> FakeFloor {
        FakeFloor {
            store,
            ledgers: Mutex::default(),
            asked: Mutex::default(),
            answer: Mutex::new(Ok(7)),
            notes: Mutex::default(),
            trunks: Mutex::default(),
            serves_tls: AtomicBool::new(true),
            telephones: Mutex::default(),
            refused: Mutex::default(),
            phones: Mutex::default(),
            ledger_ok: AtomicBool::new(true),
            draining: AtomicBool::new(false),
            recordings_missing: AtomicU64::new(0),
            screened: Mutex::default(),
            vitals: Mutex::new(Vitals {
                media: Some(MediaVitals::default()),
                signalling: Some(SignallingVitals::default()),
                ..Vitals::default()
            }),
            courses: Mutex::default(),
            hushed: AtomicBool::new(false),
            panics: AtomicBool::new(false),
        }
    }

    /// Takes the lease of a centre.
    pub async fn start(&self, tenant: TenantId, partition: PartitionId, now: Utc) {
        let epoch = self.store.acquire_lease(partition, now).await.unwrap();
        let (live, committed) = (Arc::default(), broadcast::Sender::new(BATCHES_KEPT));
        self.ledgers.lock().unwrap().insert(tenant, Ledger { partition, epoch, live, committed });
    }

    /// Makes events durable, folds and publishes them, as the runtime does. Gives the last position.
    pub async fn commit(&self, tenant: TenantId, at: Utc, events: Vec<Event>, parties: Vec<Party>) -> u64 {
        let (batch, committed) = {
            let ledgers = self.ledgers.lock().unwrap();
            let ledger = &ledgers[&tenant];
            let entries = events.into_iter().zip(ledger.live.seq + 1..).map(|(event, seq)| LedgerEntry {
                partition: ledger.partition,
                seq,
                epoch: ledger.epoch,
                tenant,
                at,
                mono: Mono(u64::try_from(at.0).unwrap() * 1_000),
                event,
            });
            let entries: Vec<LedgerEntry> = entries.collect();
            let batch = AppendBatch { partition: ledger.partition, tenant, epoch: ledger.epoch, entries, parties };
            (batch, ledger.committed.clone())
        };
        self.store.append(&batch).await.unwrap();
        self.store.project(&batch.entries).await.unwrap();
        let seq = {
            let mut ledgers = self.ledgers.lock().unwrap();
            let live = Arc::make_mut(&mut ledgers.get_mut(&tenant).unwrap().live);
            batch.entries.iter().for_each(|entry| live.apply(entry));
            live.seq
        };
        if !self.hushed.load(Ordering::SeqCst) {
            let _ = committed.send(batch.entries.into());
        }
        seq
    }

    /// Commits without a broadcast, or with one again.
    pub fn hush(&self, on: bool) {
        self.hushed.store(on, Ordering::SeqCst);
    }

    /// Broadcasts more than is kept, so that every reader learns it missed some.
    pub fn flood(&self, tenant: TenantId) {
        let ledgers = self.ledgers.lock().unwrap();
        for _ in 0..=BATCHES_KEPT * 2 {
            let _ = ledgers[&tenant].committed.send(Arc::new([]));
        }
    }

    /// Forgets the broadcast, as a floor that is started again does.
    pub fn restart(&self, tenant: TenantId) {
        self.ledgers.lock().unwrap().get_mut(&tenant).unwrap().committed = broadcast::Sender::new(BATCHES_KEPT);
    }

    fn note(&self, text: String) {
        self.notes.lock().unwrap().push(text);
    }

    /// The notes so far; they are forgotten.
    pub fn take_notes(&self) -> Vec<String> {
        std::mem::take(&mut self.notes.lock().unwrap())
    }
}

#[async_trait]
impl FloorPort for FakeFloor {
    async fn ask(&self, tenant: TenantId, agent: AgentId, action: AgentAction) -> Result<u64, AskError> {
        self.asked.lock().unwrap().push((tenant, agent, action));
        *self.answer.lock().unwrap()
    }

    fn live(&self, tenant: TenantId) -> Option<Arc<LiveFloor>> {
        self.ledgers.lock().unwrap().get(&tenant).map(|ledger| ledger.live.clone())
    }

    fn subscribe(&self, tenant: TenantId) -> Option<broadcast::Receiver<Arc<[LedgerEntry]>>> {
        self.ledgers.lock().unwrap().get(&tenant).map(|ledger| ledger.committed.subscribe())
    }

    fn stream_opened(&self, _: TenantId, agent: AgentId) {
        self.note(format!("stream opened {agent}"));
    }

    fn stream_closed(&self, _: TenantId, agent: AgentId) {
        self.note(format!("stream closed {agent}"));
    }

    async fn attach_phone(&self, _: TenantId, agent: AgentId, offer: String) -> Result<PhoneAnswer, PhoneError> {
        self.note(format!("attach {agent}"));
        if offer.contains("m=audio") { Ok(answer()) } else { Err(PhoneError::BadSdp) }
    }

    async fn detach_phone(&self, _: TenantId, agent: AgentId, leg: LegId) {
        self.note(format!("detach {agent} {leg}"));
    }

    async fn visitor_call(&self, _: TenantId, number: String, _: String) -> Result<PhoneAnswer, PhoneError> {
        self.note(format!("visitor calls {number}"));
        if number == "0000" { Err(PhoneError::UnknownNumber) } else { Ok(answer()) }
    }

    async fn visitor_hang_up(&self, _: TenantId, leg: LegId) {
        self.note(format!("visitor hangs up {leg}"));
    }

    fn registrar(&self) -> Registrar {
        let (address, tls) = (([192, 0, 2, 9], 5_060).into(), ([192, 0, 2, 9], 5_061).into());
        let is_served = self.serves_tls.load(Ordering::Relaxed);
        Registrar { address, tls_address: is_served.then_some(tls), realm: "callisto".to_owned() }
    }

    async fn telephones(&self) -> Vec<Telephone> {
        self.telephones.lock().unwrap().clone()
    }

    async fn refused_telephones(&self) -> Vec<RefusedTelephone> {
        self.refused.lock().unwrap().clone()
    }

    fn phones(&self) -> BTreeMap<DeviceId, PhoneStanding> {
        self.phones.lock().unwrap().clone()
    }

    async fn screen(&self, tenant: TenantId, number: String) -> Option<Screened> {
        self.note(format!("screen {number:?} {tenant}"));
        Some(*self.screened.lock().unwrap())
    }

    async fn courses(&self, legs: Vec<LegId>) -> Vec<Course> {
        let courses = self.courses.lock().unwrap().clone();
        courses.into_iter().filter(|course| legs.contains(&course.leg)).collect()
    }

    async fn scores(&self) -> Vec<(LegId, u16)> {
        let courses = self.courses.lock().unwrap().clone();
        courses.iter().filter_map(|course| Some((course.leg, course.least_hundredths?))).collect()
    }

    async fn settings_changed(&self, tenant: TenantId) {
        self.note(format!("settings changed {tenant}"));
    }

    fn keep_recordings(&self, tenant: TenantId) {
        self.note(format!("keep recordings {tenant}"));
    }

    fn trunk(&self, trunk: TrunkId) -> Option<TrunkStanding> {
        let known = self.trunks.lock().unwrap().get(&trunk).copied();
        known.unwrap_or(Some(TrunkStanding::default()))
    }

    fn health(&self) -> Health {
        assert!(!self.panics.swap(false, Ordering::SeqCst), "the health of the fake floor");
        Health {
            ledger_ok: self.ledger_ok.load(Ordering::SeqCst),
            draining: self.draining.load(Ordering::SeqCst),
            recordings_ok: true,
            recordings_missing: self.recordings_missing.load(Ordering::SeqCst),
        }
    }

    async fn vitals(&self) -> Vitals {
        self.vitals.lock().unwrap().clone()
    }

    async fn census(&self) -> Census {
        Census { counts: [("legs".to_owned(), 0)].into() }
    }
}

fn answer() -> PhoneAnswer {
    PhoneAnswer { leg: LegId(4_711), sdp: "v=0\r\nanswer".to_owned() }
}
