//! What the API needs from the floor. `server` plugs the runtime's handle in; tests plug a fake.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::input::AgentAction;
use domain::screening::Screening;
use domain::sound::Course;
use domain::{AgentId, DeviceId, LedgerEntry, LegId, ListEntryId, Refusal, TenantId, TrunkId, Utc};
use reporting::LiveFloor;
use tokio::sync::broadcast;

use crate::vitals::{Registration, Vitals};

/// The floor as the API sees it.
#[async_trait]
pub trait FloorPort: Send + Sync + 'static {
    /// Asks the floor on behalf of `agent`; answers with the ledger position that holds the outcome, when that is durable.
    async fn ask(&self, tenant: TenantId, agent: AgentId, action: AgentAction) -> Result<u64, AskError>;

    /// The fold of the committed events; `None` while the tenant's floor is not up.
    fn live(&self, tenant: TenantId) -> Option<Arc<LiveFloor>>;

    /// Committed batches, in order and without gaps from the moment of the call. A batch is published only after
    /// `live` shows it.
    fn subscribe(&self, tenant: TenantId) -> Option<broadcast::Receiver<Arc<[LedgerEntry]>>>;

    /// An agent's event stream was opened. Counted by the runtime.
    fn stream_opened(&self, tenant: TenantId, agent: AgentId);

    /// An agent's event stream is gone; comes exactly once for each `stream_opened`.
    fn stream_closed(&self, tenant: TenantId, agent: AgentId);

    /// Connects an agent's browser phone: SDP offer in, answer out. Takes the place of an earlier one.
    async fn attach_phone(
        &self,
        tenant: TenantId,
        agent: AgentId,
        offer_sdp: String,
    ) -> Result<PhoneAnswer, PhoneError>;

    /// Disconnects an agent's browser phone. A leg that is not this agent's is left alone.
    async fn detach_phone(&self, tenant: TenantId, agent: AgentId, leg: LegId);

    /// A visitor's browser calls one of our numbers.
    async fn visitor_call(
        &self,
        tenant: TenantId,
        number: String,
        offer_sdp: String,
    ) -> Result<PhoneAnswer, PhoneError>;

    /// A visitor hangs up.
    async fn visitor_hang_up(&self, tenant: TenantId, leg: LegId);

    /// Where SIP phones register, and for which realm.
    fn registrar(&self) -> Registrar;

    /// Where SIP phones are registered at this moment, those of all centres.
    async fn telephones(&self) -> Vec<Telephone>;

    /// Which SIP phones spoke last from outside the addresses of their site, those of all centres.
    async fn refused_telephones(&self) -> Vec<RefusedTelephone>;

    /// What would become of a call from `number` (empty: withheld) at this moment; `None` while the tenant's floor does not answer.
    async fn screen(&self, tenant: TenantId, number: String) -> Option<Screened>;

    /// How legs sounded since each came into its conversation, at this moment; nothing of those that are gone.
    async fn courses(&self, legs: Vec<LegId>) -> Vec<Course>;

    /// The score of every leg of this node in the last interval that could be rated, hundredths.
    async fn scores(&self) -> Vec<(LegId, u16)>;

    /// Settings were written, phones' passwords among them: load them again.
    async fn settings_changed(&self, tenant: TenantId);

    /// A recording is to be erased, or the retention policy changed: see to it soon. Cheap.
    fn keep_recordings(&self, tenant: TenantId);

    /// How a trunk stands; `None` for one that is not in the configuration. Cheap.
    fn trunk(&self, trunk: TrunkId) -> Option<TrunkStanding>;

    /// Every SIP phone that answered since the start, and how it stands; those of all centres. Cheap.
    fn phones(&self) -> BTreeMap<DeviceId, PhoneStanding>;

    /// What everybody is told at once. Cheap.
    fn health(&self) -> Health;

    /// What the node knows of itself.
    async fn vitals(&self) -> Vitals;

    /// How many of everything is held.
    async fn census(&self) -> Census;
}

/// What would become of a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Screened {
    /// Why it is not treated as every call, and how; `None` lets it in.
    pub screening: Option<Screening>,
    /// The entry of the block or the allow list that decides between the two.
    pub entry: Option<ListEntryId>,
    /// The entry of the VIP list.
    pub vip: Option<ListEntryId>,
}

/// Why the floor did not do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// The floor said no.
    #[error("the floor refused: {0:?}")]
    Refused(Refusal),
    /// The floor does not answer, or the ledger cannot be written.
    #[error("the floor does not answer")]
    Unavailable,
}

/// A connected browser leg.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneAnswer {
    /// The leg.
    pub leg: LegId,
    /// SDP answer.
    pub sdp: String,
}

/// Where SIP phones register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registrar {
    /// Address and port, the same for UDP and TCP.
    pub address: SocketAddr,
    /// The same for TLS, where it is served.
    pub tls_address: Option<SocketAddr>,
    /// The realm of the challenges.
    pub realm: String,
}

/// Whether a trunk works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrunkStanding {
    /// Whether any of its addresses answers; `None` while nobody knows, or nobody asks.
    pub working: Option<bool>,
    /// Since when it is so; `None` while nothing is known.
    pub since: Option<Utc>,
    /// Our registration with the carrier, and since when it stands so; `None` when it wants none.
    pub registration: Option<(Registration, Option<Utc>)>,
}

impl TrunkStanding {
    /// Whether calls outside should take it. What nobody knows counts as working.
    pub fn takes_calls(self) -> bool {
        let is_lost = |(state, _)| matches!(state, Registration::Refused | Registration::Unreachable);
        self.working != Some(false) && !self.registration.is_some_and(is_lost)
    }
}

/// Whether a SIP phone answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhoneStanding {
    /// It does.
    pub reachable: bool,
    /// Since when it is so.
    pub since: Utc,
}

/// One place a SIP phone is registered at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telephone {
    /// Which phone.
    pub device: DeviceId,
    /// Where its packets come from.
    pub address: SocketAddr,
    /// Over what.
    pub transport: SipTransport,
    /// What it calls itself; untrusted text.
    pub user_agent: String,
    /// Time left until the registration expires.
    pub expires_in: Duration,
    /// Whether it answers.
    pub reachable: bool,
}

/// A SIP phone that spoke from where it may not, and has not registered since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedTelephone {
    /// Which phone it said to be.
    pub device: DeviceId,
    /// From where.
    pub address: SocketAddr,
    /// How long ago.
    pub ago: Duration,
}

/// What a SIP phone's signalling goes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SipTransport {
    /// Datagrams.
    Udp,
    /// A connection.
    Tcp,
    /// A connection nobody on the way can read.
    Tls,
}

/// Why a browser leg was not connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// The offer cannot be used.
    #[error("the session description cannot be used")]
    BadSdp,
    /// The number is not ours.
    #[error("the number is not ours")]
    UnknownNumber,
    /// A limit is reached.
    #[error("the centre is at a limit")]
    Overload,
    /// The floor or the media plane does not answer.
    #[error("the floor or the media plane does not answer")]
    Unavailable,
}

/// What everybody is told at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// The ledger can be written.
    pub ledger_ok: bool,
    /// The node waits for its last calls; new ones are refused.
    pub draining: bool,
    /// Recordings are written as they should be.
    pub recordings_ok: bool,
    /// Sealed recordings that are not there, or not whole.
    pub recordings_missing: u64,
}

/// How many of everything is held, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Counts: `legs`, `ports`, `dialogs`, `rooms`, `timers`, `tasks` …
    pub counts: BTreeMap<String, u64>,
}
