//! Start: take the leases, fold the ledgers, open signalling and sound, begin to loop.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use domain::TenantId;
use engine::{Floor, FloorConfig};
use numbering::Locations;
use reporting::LiveFloor;
use sip::{SipConfig, SipEndpoint, SipError, TrustedTrunk};
use store::kill::{KillPoint, reach};
use store::recordings::{Opened, Recordings};
use store::{Scope, Store, StoreError, TenantRow};
use tokio::sync::mpsc;
use tracing::info;

use crate::channels::voice::{TrunkWatch, Voice};
use crate::committer::Committer;
use crate::figures::Pulse;
use crate::floor_loop::{FloorLoop, LOOP_QUEUE_MAX, Message};
use crate::jobs::keeping::{Keeper, Keeping};
use crate::media::{MediaHandle, MediaThreadConfig};
use crate::partition::Partition;
use crate::recording::{Recorder, SoundRing};
use crate::registrations::{self, RegistrationKeeper};
use crate::{RuntimeHandle, clock, jobs, projector};

/// SIP events waiting to be read; when full, new INVITEs get 503 and the events of calls in progress are kept by `sip`.
const SIP_EVENTS_MAX: usize = 4_096;

/// The media thread is asked this often whether it lives, and may take as long to answer: longer than any load it carries makes it wait.
const MEDIA_ASKED_EVERY: Duration = Duration::from_secs(2);

/// Where to listen.
#[derive(Clone, Debug)]
pub struct Config {
    /// SIP over UDP.
    pub sip_bind: SocketAddr,
    /// Where SIP over TLS is served besides, and with which certificate.
    pub sip_tls: Option<sip::TlsDoor>,
    /// The address telephones are told.
    pub sip_advertised: IpAddr,
    /// Where RTP sockets are bound.
    pub media_bind: IpAddr,
    /// Addresses browsers are told.
    pub media_advertised: Vec<IpAddr>,
    /// Ports for RTP; the first is shared by all browsers.
    pub rtp_ports: RangeInclusive<u16>,
    /// Carriers, with the tenant each belongs to.
    pub trunks: Vec<(TenantId, TrustedTrunk)>,
    /// The realm phones' passwords are for.
    pub sip_realm: String,
    /// Challenges offer SHA-256 beside MD5.
    pub sip_sha256: bool,
    /// SIP phones that may register, with the tenant each belongs to.
    pub devices: Vec<(TenantId, sip::DeviceAccount)>,
    /// Where numbers are from: what lists that name areas are compared with.
    pub locations: Arc<Locations>,
}

/// Why the runtime could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store.
    #[error("the data cannot be read")]
    Store(#[from] StoreError),
    /// The SIP socket.
    #[error("telephone signalling cannot start")]
    Sip(#[from] SipError),
    /// The writer of recordings.
    #[error("the writer of recordings cannot start")]
    Writer(#[source] std::io::Error),
    /// The media sockets.
    #[error("the media ports cannot be opened")]
    Media(#[source] std::io::Error),
}

/// Starts everything for all tenants of the store.
///
/// # Errors
/// See [`StartError`]; nothing keeps running after an error.
pub async fn start(
    config: Config,
    store: Arc<Store>,
    sounds: Arc<dyn media::Sounds>,
    recordings: Opened,
) -> Result<RuntimeHandle, StartError> {
    let (loop_, messages) = mpsc::channel(LOOP_QUEUE_MAX);
    let committer = Committer::start(Arc::clone(&store), loop_.clone());
    let tenants = store.tenants().await?;
    let partition_of = |id: TenantId| tenants.iter().find(|tenant| tenant.id == id).map(|tenant| tenant.partition);
    let trunks = config.trunks.iter().filter_map(|(tenant, trunk)| Some((partition_of(*tenant)?, trunk)));
    let trunks = TrunkWatch::new(trunks);
    let mut owned = Vec::new();
    for tenant in &tenants {
        owned.push(own(&store, tenant, &trunks).await?);
    }
    let (left, kept) = (recordings.left.clone(), Arc::clone(&recordings.recordings));
    let mut recorder = Recorder::start(Arc::clone(&store), recordings, loop_.clone()).map_err(StartError::Writer)?;
    for (partition, _) in &owned {
        let left = left.iter().filter(|left| left.tenant == partition.tenant).copied().collect();
        recorder.recover(partition.tenant, partition.id, left, &partition.floor().inspect().records().recordings);
    }
    let media = start_media(&config, sounds, loop_.clone(), recorder.ring())?;
    let sip = start_sip(&config, &store, loop_.clone()).await?;
    let voice = open_voice(&config, &store, &sip, &media, &loop_, &trunks, &owned).await?;
    let phones = voice.phones();

    let windows: HashMap<_, _> = owned.iter().map(|(p, _)| (p.tenant, Arc::clone(&p.window))).collect();
    for (partition, _) in &owned {
        follow(&store, partition);
    }
    let keeping = start_keeping(&store, &kept, &owned, &loop_);
    let pulse = Arc::new(Pulse::default());
    let recordings = recorder.pulse();
    let floor_loop = FloorLoop::new(
        (store, config.locations),
        loop_.clone(),
        committer.clone(),
        voice,
        recorder,
        owned,
        Arc::clone(&pulse),
    );
    tokio::spawn(floor_loop.run(messages));
    tokio::spawn(listen_to_media(media.clone(), Arc::clone(&pulse), loop_.clone()));
    Ok(RuntimeHandle {
        loop_,
        media,
        committer,
        recordings,
        windows: Arc::new(windows),
        keeping: Arc::new(keeping),
        stopping: Arc::new(AtomicBool::new(false)),
        pulse,
        sip,
        trunks,
        phones,
    })
}

/// Starts looking after what the tenants keep.
fn start_keeping(
    store: &Arc<Store>,
    recordings: &Arc<Recordings>,
    owned: &[(Partition, Arc<domain::Settings>)],
    loop_: &mpsc::Sender<Message>,
) -> HashMap<TenantId, Arc<Keeping>> {
    let start = |(partition, _): &(Partition, Arc<domain::Settings>)| {
        let keeping = Arc::new(Keeping::default());
        let keeper = Keeper {
            store: Arc::clone(store),
            recordings: Arc::clone(recordings),
            tenant: partition.tenant,
            partition: partition.id,
            loop_: loop_.clone(),
            committed: partition.window.committed.clone(),
            keeping: Arc::clone(&keeping),
        };
        tokio::spawn(keeper.run());
        (partition.tenant, keeping)
    };
    owned.iter().map(start).collect()
}

/// Notices a media thread that no longer answers, for as long as the floor loop lives.
async fn listen_to_media(media: MediaHandle, pulse: Arc<Pulse>, loop_: mpsc::Sender<Message>) {
    while !loop_.is_closed() {
        tokio::time::sleep(MEDIA_ASKED_EVERY).await;
        let answer = tokio::time::timeout(MEDIA_ASKED_EVERY, media.figures()).await;
        pulse.set_media_deaf(!matches!(answer, Ok(Some(_))));
    }
}

/// Reads the settings of a tenant, takes the lease of its partition and folds its ledger: the same path after a clean stop, a crash and a take-over.
async fn own(
    store: &Store,
    tenant: &TenantRow,
    trunks: &TrunkWatch,
) -> Result<(Partition, Arc<domain::Settings>), StoreError> {
    let (id, tenant) = (tenant.partition, tenant.id);
    let mut settings = store.load_settings(&Scope::system(tenant)).await?;
    trunks.without_strangers(&mut settings);
    let settings = Arc::new(settings);
    let epoch = store.acquire_lease(id, clock::now().utc).await?;
    let history = store.history(id).await?;
    let mut live = LiveFloor::default();
    for entry in &history {
        live.apply(entry);
    }
    info!(partition = %id, epoch, events = history.len(), "the floor is rebuilt from the ledger");
    let config = FloorConfig {
        partition: id,
        tenant,
        node: store.node(),
        epoch,
        greatest_id: store.greatest_id().await?,
        seed: store::random_seed()?,
    };
    let floor = Floor::restore(config, Arc::clone(&settings), history, clock::now());
    reach(KillPoint::LedgerFolded);
    Ok((Partition::new(id, tenant, epoch, floor, live), settings))
}

fn start_media(
    config: &Config,
    sounds: Arc<dyn media::Sounds>,
    loop_: mpsc::Sender<Message>,
    ring: Arc<SoundRing>,
) -> Result<MediaHandle, StartError> {
    let thread = MediaThreadConfig {
        bind: config.media_bind,
        advertised: config.media_advertised.clone(),
        rtp_ports: config.rtp_ports.clone(),
    };
    let tell = move |event| {
        if let Err(lost) = loop_.try_send(Message::Media(event)) {
            let Message::Media(event) = lost.into_inner() else { return };
            tracing::error!(?event, "the floor loop does not keep up; a media event is lost");
        }
    };
    MediaHandle::start(thread, sounds, Box::new(tell), Box::new(move |packet| ring.sound(packet)))
        .map_err(StartError::Media)
}

/// Rows of the lists and tasks, made of what the ledger says from here on.
fn follow(store: &Arc<Store>, partition: &Partition) {
    tokio::spawn(projector::follow(Arc::clone(store), partition.id, partition.window.committed.subscribe()));
    tokio::spawn(jobs::tasks::follow(Arc::clone(store), partition.id, partition.window.committed.subscribe()));
}

/// The voice channel with its phones, which are asked again where the process before left them.
async fn open_voice(
    config: &Config,
    store: &Arc<Store>,
    sip: &SipEndpoint,
    media: &MediaHandle,
    loop_: &mpsc::Sender<Message>,
    trunks: &TrunkWatch,
    owned: &[(Partition, Arc<domain::Settings>)],
) -> Result<Voice, StartError> {
    let by_tenant: HashMap<_, _> = owned.iter().map(|(p, _)| (p.tenant, p.id)).collect();
    let keeper = RegistrationKeeper::start(Arc::clone(store));
    let mut voice =
        Voice::new(sip.clone(), media.clone(), loop_.clone(), config.sip_advertised, trunks.clone(), keeper);
    let devices = config.devices.iter().filter_map(|(tenant, phone)| Some((*by_tenant.get(tenant)?, phone.clone())));
    voice.set_devices(devices.collect());
    sip.restore(registrations::kept_before(store).await?);
    Ok(voice)
}

async fn start_sip(
    config: &Config,
    store: &Arc<Store>,
    loop_: mpsc::Sender<Message>,
) -> Result<SipEndpoint, StartError> {
    let mut sip = SipConfig::new(config.sip_bind, config.sip_advertised);
    // A telephone of ours is an agent's.
    sip.device_side = domain::EndedBy::Agent;
    sip.node = store.node();
    sip.realm.clone_from(&config.sip_realm);
    sip.tls.clone_from(&config.sip_tls);
    sip.offers_sha256 = config.sip_sha256;
    sip.trunks = config.trunks.iter().map(|(_, trunk)| trunk.clone()).collect();
    let (events, mut heard) = mpsc::channel(SIP_EVENTS_MAX);
    tokio::spawn(async move {
        while let Some(event) = heard.recv().await {
            if loop_.send(Message::Sip(event)).await.is_err() {
                return;
            }
        }
    });
    let minting = Arc::clone(store);
    let mint = Box::new(move || minting.mint(clock::now().utc));
    Ok(SipEndpoint::start(sip, mint, events).await?)
}
