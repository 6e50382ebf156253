//! Plugs the runtime into the API. The two rooms do not see each other; here their types meet.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use api::port::{
    AskError, Census, FloorPort, Health, PhoneAnswer, PhoneError, PhoneStanding, RefusedTelephone, Registrar, Screened,
    SipTransport, Telephone, TrunkStanding,
};
use api::vitals::{
    AddressVitals, CallVitals, DiskVitals, LedgerVitals, MediaVitals, ProcessVitals, Reach, Registration, SetUpVitals,
    SignallingVitals, SoundVitals, TrunkVitals, Vitals,
};
use async_trait::async_trait;
use domain::input::AgentAction;
use domain::site::VoiceCodec;
use domain::sound::Course;
use domain::{AgentId, DeviceId, LedgerEntry, LegId, TenantId, TrunkId};
use reporting::LiveFloor;
use runtime::RuntimeHandle;
use runtime::channels::voice::{self, set_up};
use store::{Scope, Store};
use tokio::sync::broadcast;

use crate::vitals::Machine;

/// The runtime, as the API wants it.
pub struct Floor {
    /// The loop.
    pub runtime: RuntimeHandle,
    /// Where settings are loaded from.
    pub store: Arc<Store>,
    /// Where SIP phones register.
    pub registrar: Registrar,
    /// The process and its disk.
    pub machine: Arc<Machine>,
    /// What the carriers are called, and whose they are.
    pub trunks: HashMap<TrunkId, (TenantId, String)>,
}

/// How long the disk may take to say how full it is.
const DISK_ANSWER_MAX: Duration = Duration::from_millis(500);

#[async_trait]
impl FloorPort for Floor {
    async fn ask(&self, tenant: TenantId, agent: AgentId, action: AgentAction) -> Result<u64, AskError> {
        self.runtime.ask(tenant, agent, action).await.map_err(|error| match error {
            runtime::AskError::Refused(refusal) => AskError::Refused(refusal),
            runtime::AskError::Unavailable => AskError::Unavailable,
        })
    }

    fn live(&self, tenant: TenantId) -> Option<Arc<LiveFloor>> {
        self.runtime.live(tenant)
    }

    fn subscribe(&self, tenant: TenantId) -> Option<broadcast::Receiver<Arc<[LedgerEntry]>>> {
        self.runtime.subscribe(tenant)
    }

    fn stream_opened(&self, tenant: TenantId, agent: AgentId) {
        self.runtime.stream(tenant, agent, true);
    }

    fn stream_closed(&self, tenant: TenantId, agent: AgentId) {
        self.runtime.stream(tenant, agent, false);
    }

    async fn attach_phone(&self, tenant: TenantId, agent: AgentId, offer: String) -> Result<PhoneAnswer, PhoneError> {
        answer(self.runtime.attach_phone(tenant, agent, offer).await)
    }

    async fn detach_phone(&self, tenant: TenantId, agent: AgentId, leg: LegId) {
        self.runtime.detach_phone(tenant, agent, leg).await;
    }

    async fn visitor_call(&self, tenant: TenantId, number: String, offer: String) -> Result<PhoneAnswer, PhoneError> {
        answer(self.runtime.visitor_call(tenant, number, offer).await)
    }

    async fn visitor_hang_up(&self, tenant: TenantId, leg: LegId) {
        self.runtime.visitor_hang_up(tenant, leg).await;
    }

    fn registrar(&self) -> Registrar {
        self.registrar.clone()
    }

    async fn telephones(&self) -> Vec<Telephone> {
        let contacts = self.runtime.contacts().await.into_iter();
        let shown = contacts.map(|contact| Telephone {
            device: contact.device,
            address: contact.address,
            transport: match contact.transport {
                sip::Transport::Udp => SipTransport::Udp,
                sip::Transport::Tcp => SipTransport::Tcp,
                sip::Transport::Tls => SipTransport::Tls,
            },
            user_agent: contact.user_agent,
            expires_in: contact.expires_in,
            reachable: contact.reachable,
        });
        shown.collect()
    }

    async fn refused_telephones(&self) -> Vec<RefusedTelephone> {
        let shown = self.runtime.refusals().await.into_iter().map(|refused| RefusedTelephone {
            device: refused.device,
            address: refused.address,
            ago: refused.ago,
        });
        shown.collect()
    }

    async fn screen(&self, tenant: TenantId, number: String) -> Option<Screened> {
        let judged = self.runtime.screen(tenant, number).await?;
        Some(Screened { screening: judged.screening, entry: judged.entry, vip: judged.vip })
    }

    fn keep_recordings(&self, tenant: TenantId) {
        self.runtime.keep_recordings(tenant);
    }

    async fn courses(&self, legs: Vec<LegId>) -> Vec<Course> {
        self.runtime.courses(legs).await
    }

    async fn scores(&self) -> Vec<(LegId, u16)> {
        self.runtime.scores().await
    }

    async fn settings_changed(&self, tenant: TenantId) {
        match self.store.load_settings(&Scope::system(tenant)).await {
            Ok(settings) => self.runtime.settings_changed(Arc::new(settings)).await,
            Err(error) => {
                tracing::error!(%error, "settings were written but cannot be read; the floor keeps the old ones")
            }
        }
        match devices(&self.store, &self.registrar.realm).await {
            Ok(devices) => self.runtime.devices_changed(devices).await,
            Err(error) => {
                tracing::error!(%error, "phones were written but cannot be read; signalling keeps the old ones")
            }
        }
    }

    fn trunk(&self, trunk: TrunkId) -> Option<TrunkStanding> {
        let voice::TrunkStanding { working, since, registration } = self.runtime.trunk(trunk)?;
        let registration = registration.map(|known| (registration_of(known.state), known.since));
        Some(TrunkStanding { working, since, registration })
    }

    fn phones(&self) -> BTreeMap<DeviceId, PhoneStanding> {
        let shown = |phone: voice::PhoneStanding| PhoneStanding { reachable: phone.reachable, since: phone.since };
        self.runtime.phones().into_iter().map(|(device, phone)| (device, shown(phone))).collect()
    }

    fn health(&self) -> Health {
        let runtime::Health { ledger_ok, draining, recordings, recordings_missing } = self.runtime.health();
        Health { ledger_ok, draining, recordings_ok: recordings.is_none(), recordings_missing }
    }

    async fn vitals(&self) -> Vitals {
        let figures = self.runtime.figures().await;
        let machine = Arc::clone(&self.machine);
        let disk = tokio::task::spawn_blocking(move || (machine.process(), machine.disk()));
        let (process, disk) = match tokio::time::timeout(DISK_ANSWER_MAX, disk).await {
            Ok(Ok((process, disk))) => (process, disk),
            // A disk that does not answer is told by the ledger; the rest is told without it.
            Ok(Err(_)) | Err(_) => (self.machine.process(), None),
        };
        let stops = self.runtime.outbound_stops();
        let outbound_stops = stops.into_iter().map(|(tenant, stops)| (tenant, stops as u64)).collect();
        Vitals { outbound_stops, ..vitals(figures, &self.trunks, process, disk) }
    }

    async fn census(&self) -> Census {
        let held = self.runtime.census().await;
        let counts = [
            ("conversations", held.conversations),
            ("timers", held.timers),
            ("held_back", held.held_back),
            ("uncommitted", held.uncommitted),
            ("recordings", held.recordings),
            ("telephone_legs", held.telephone_legs),
            ("visitor_legs", held.visitor_legs),
            ("agent_legs", held.agent_legs),
            ("dialogs", held.dialogs),
            ("transactions", held.transactions),
            ("media_legs", held.media.legs),
            ("rtp_sockets", held.media.rtp_sockets),
            ("rooms", held.media.rooms),
            ("plays", held.media.plays),
            ("tasks", tokio::runtime::Handle::current().metrics().num_alive_tasks()),
        ];
        let counts: BTreeMap<_, _> = counts.into_iter().map(|(name, n)| (name.to_owned(), n as u64)).collect();
        Census { counts }
    }
}

/// The SIP phones of all tenants, as signalling wants them.
///
/// # Errors
/// When the store cannot be read.
pub async fn devices(store: &Store, realm: &str) -> Result<Vec<(TenantId, sip::DeviceAccount)>, store::StoreError> {
    let secrets = store.device_secrets(realm).await?.into_iter();
    let accounts = secrets.map(|secret| {
        let ha1 = sip::Ha1 { md5: secret.ha1_md5, sha256: secret.ha1_sha256 };
        let account = sip::DeviceAccount {
            device: secret.device,
            username: secret.username,
            ha1,
            encryption: secret.encryption,
            address_ranges: secret.address_ranges,
            codecs: secret.codecs.into_iter().map(codec).collect(),
        };
        (secret.tenant, account)
    });
    Ok(accounts.collect())
}

/// A codec as signalling names it.
pub const fn codec(codec: VoiceCodec) -> sip::Codec {
    match codec {
        VoiceCodec::Pcma => sip::Codec::Pcma,
        VoiceCodec::Pcmu => sip::Codec::Pcmu,
        VoiceCodec::G722 => sip::Codec::G722,
        VoiceCodec::Opus => sip::Codec::Opus,
    }
}

fn vitals(
    figures: runtime::Figures,
    names: &HashMap<TrunkId, (TenantId, String)>,
    process: ProcessVitals,
    disk: Option<DiskVitals>,
) -> Vitals {
    let trunks =
        figures.sip.iter().flat_map(|sip| &sip.trunks).filter_map(|trunk| trunk_vitals(trunk, names)).collect();
    Vitals {
        ledger: LedgerVitals {
            uncommitted: figures.backlog.events as u64,
            oldest: figures.backlog.age,
            commit_p99: figures.commit_p99,
            commit_bounds: runtime::timings::BOUNDS_MS.map(Duration::from_millis).to_vec(),
            commit_counts: figures.commits.counts.to_vec(),
            commit_sum: figures.commits.sum,
        },
        calls: CallVitals {
            telephone: figures.legs.telephone as u64,
            visitor: figures.legs.visitor as u64,
            agent: figures.legs.agent as u64,
            conversations: figures.conversations as u64,
        },
        set_ups: SetUpVitals {
            bounds: set_up::BOUNDS_MS.map(Duration::from_millis).to_vec(),
            answered: figures.set_ups.answered.counts.to_vec(),
            answered_sum: figures.set_ups.answered.sum,
            rang: figures.set_ups.rang.counts.to_vec(),
            rang_sum: figures.set_ups.rang.sum,
        },
        floor_seen: figures.floor_seen,
        media: figures.media.map(|media| {
            let dropped = media.dropped;
            MediaVitals {
                received: media.received,
                sent: media.sent,
                dropped: BTreeMap::from([
                    ("unsent", media.unsent),
                    ("malformed", dropped.malformed),
                    ("foreign", dropped.foreign),
                    ("doubled", dropped.doubled),
                    ("unbelieved", dropped.unbelieved),
                    ("unclaimed", dropped.unclaimed),
                    ("digits", dropped.digits),
                ]),
                sound: SoundVitals {
                    bad_legs: media.quality.bad_legs as u64,
                    fell: media.quality.fell,
                    score_bounds_hundredths: runtime::media::SCORE_BOUNDS_HUNDREDTHS.to_vec(),
                    scores: media.quality.scores.to_vec(),
                    scores_sum_hundredths: media.quality.scores_sum_hundredths,
                },
            }
        }),
        signalling: figures.sip.map(|sip| SignallingVitals {
            invites: sip.invites,
            options: sip.options,
            refused: sip.refused,
            others: sip.others,
            dropped: sip.dropped,
            coded_legs: sip.coded_legs as u64,
            uncoded: sip.uncoded,
        }),
        trunks,
        // Of the ledger, as the rest is not.
        outbound_stops: BTreeMap::new(),
        disk,
        process,
    }
}

fn trunk_vitals(trunk: &sip::TrunkFigures, names: &HashMap<TrunkId, (TenantId, String)>) -> Option<TrunkVitals> {
    let (tenant, name) = names.get(&trunk.id)?.clone();
    let addresses = trunk.targets.iter().map(|at| AddressVitals {
        address: at.target.address,
        reach: at.reach.map(|reach| match reach {
            sip::Reach::Untried => Reach::Untried,
            sip::Reach::Up => Reach::Up,
            sip::Reach::Down => Reach::Down,
        }),
    });
    let registration = trunk.registration.map(registration_of);
    let (heard, is_silent, no_codec) = (trunk.heard, trunk.is_silent, trunk.no_codec);
    Some(TrunkVitals { tenant, name, heard, is_silent, no_codec, addresses: addresses.collect(), registration })
}

fn registration_of(state: sip::RegistrationState) -> Registration {
    match state {
        sip::RegistrationState::Asking => Registration::Asking,
        sip::RegistrationState::Registered => Registration::Registered,
        sip::RegistrationState::Refused { .. } => Registration::Refused,
        sip::RegistrationState::Unreachable { .. } => Registration::Unreachable,
    }
}

fn answer(result: Result<runtime::PhoneAnswer, runtime::PhoneError>) -> Result<PhoneAnswer, PhoneError> {
    match result {
        Ok(phone) => Ok(PhoneAnswer { leg: phone.leg, sdp: phone.sdp }),
        Err(runtime::PhoneError::BadOffer) => Err(PhoneError::BadSdp),
        Err(runtime::PhoneError::UnknownNumber) => Err(PhoneError::UnknownNumber),
        Err(runtime::PhoneError::Overload) => Err(PhoneError::Overload),
        Err(runtime::PhoneError::Unavailable) => Err(PhoneError::Unavailable),
    }
}
