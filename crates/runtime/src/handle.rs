//! What others may ask of the loop. Cheap to clone; every call is bounded.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::input::AgentAction;
use domain::sound::Course;
use domain::{AgentId, DeviceId, LedgerEntry, LegId, Refusal, Settings, TenantId, TrunkId};
use engine::screening::Judgement;
use reporting::LiveFloor;
use sip::SipEndpoint;
use tokio::sync::{broadcast, mpsc, oneshot};

use crate::channels::voice::{LegCounts, PhoneStanding, PhoneWatch, TrunkStanding, TrunkWatch};
use crate::clock;
use crate::committer::Committer;
use crate::courses::course_of;
use crate::figures::{ANSWER_MAX, Figures, Pulse};
use crate::floor_loop::Message;
use crate::jobs::keeping::Keeping;
use crate::media::{MediaCensus, MediaHandle};
use crate::partition::Window;
use crate::recording::WriterFault;

/// How long a request may wait for its commit before the asker is told to try again.
const ASK_TIMEOUT: Duration = Duration::from_secs(10);

/// Why a request was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskError {
    /// The floor said no.
    Refused(Refusal),
    /// The floor does not answer: it is stopping, or the disk is.
    Unavailable,
}

/// A browser phone that is about to connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneAnswer {
    /// Its leg.
    pub leg: LegId,
    /// The SDP answer.
    pub sdp: String,
}

/// Why a browser phone could not be set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneError {
    /// The offer cannot be used; the browser must send another.
    BadOffer,
    /// No such number.
    UnknownNumber,
    /// At a limit, or the ledger cannot be written.
    Overload,
    /// Stopping.
    Unavailable,
}

/// What works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// The ledger takes events in time.
    pub ledger_ok: bool,
    /// No new calls are taken because the node is about to end.
    pub draining: bool,
    /// What is wrong with recordings; talk is unharmed by it.
    pub recordings: Option<WriterFault>,
    /// Sealed recordings that were not there, or not whole, when last looked for, of all tenants.
    pub recordings_missing: u64,
}

/// Everything that must return to zero when nobody calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Conversations the floors hold.
    pub conversations: usize,
    /// Timers the floors hold, those of signed-in agents aside.
    pub timers: usize,
    /// Effects and requests waiting for a commit.
    pub held_back: usize,
    /// Events not yet durable.
    pub uncommitted: usize,
    /// Recordings whose end is not in the ledger yet.
    pub recordings: usize,
    /// Telephone legs the voice channel knows.
    pub telephone_legs: usize,
    /// Browser legs of visitors.
    pub visitor_legs: usize,
    /// Browser legs of agents.
    pub agent_legs: usize,
    /// SIP dialogs.
    pub dialogs: usize,
    /// SIP transactions.
    pub transactions: usize,
    /// Media.
    pub media: MediaCensus,
}

/// The way in for everybody but the channels.
#[derive(Clone)]
pub struct RuntimeHandle {
    pub(crate) loop_: mpsc::Sender<Message>,
    pub(crate) media: MediaHandle,
    pub(crate) committer: Committer,
    pub(crate) recordings: Arc<crate::recording::Pulse>,
    pub(crate) windows: Arc<HashMap<TenantId, Arc<Window>>>,
    pub(crate) keeping: Arc<HashMap<TenantId, Arc<Keeping>>>,
    pub(crate) stopping: Arc<AtomicBool>,
    pub(crate) pulse: Arc<Pulse>,
    pub(crate) sip: SipEndpoint,
    pub(crate) trunks: TrunkWatch,
    pub(crate) phones: PhoneWatch,
}

impl RuntimeHandle {
    /// Asks the floor of `tenant` on behalf of `agent`; answers when it is durable, with the ledger position that holds it.
    ///
    /// # Errors
    /// [`AskError::Refused`] with the floor's reason; [`AskError::Unavailable`] when it does not answer in ten seconds.
    pub async fn ask(&self, tenant: TenantId, agent: AgentId, action: AgentAction) -> Result<u64, AskError> {
        let (answer, answered) = oneshot::channel();
        self.send(Message::Ask { tenant, agent, action, answer }).await.map_err(|()| AskError::Unavailable)?;
        match tokio::time::timeout(ASK_TIMEOUT, answered).await {
            Ok(Ok(result)) => result.map_err(AskError::Refused),
            Ok(Err(_)) | Err(_) => Err(AskError::Unavailable),
        }
    }

    /// The fold of everything committed; `None` for a tenant this node does not own.
    pub fn live(&self, tenant: TenantId) -> Option<Arc<LiveFloor>> {
        self.windows.get(&tenant).map(|window| window.live())
    }

    /// How a trunk stands; `None` for one this node does not have.
    pub fn trunk(&self, trunk: TrunkId) -> Option<TrunkStanding> {
        self.trunks.standing(trunk)
    }

    /// How many agents and rules of each tenant have their calls outside stopped; a tenant without any is not there. Cheap.
    pub fn outbound_stops(&self) -> BTreeMap<TenantId, usize> {
        let stops = self.windows.iter().map(|(tenant, window)| (*tenant, window.live().stops.len()));
        stops.filter(|(_, stops)| *stops > 0).collect()
    }

    /// Every SIP phone that answered since the start, and how it stands. Cheap.
    pub fn phones(&self) -> BTreeMap<DeviceId, PhoneStanding> {
        self.phones.standings()
    }

    /// Committed entries from this moment on.
    pub fn subscribe(&self, tenant: TenantId) -> Option<broadcast::Receiver<Arc<[LedgerEntry]>>> {
        self.windows.get(&tenant).map(|window| window.committed.subscribe())
    }

    /// An agent's event stream opened or closed. Never waits: the loop's queue is far longer than there are streams.
    pub fn stream(&self, tenant: TenantId, agent: AgentId, opened: bool) {
        if self.loop_.try_send(Message::Stream { tenant, agent, opened }).is_err() {
            tracing::error!(%agent, opened, "the floor loop does not keep up; an event stream was not counted");
        }
    }

    /// Connects an agent's browser; an earlier one of the same agent gives way when the new one is up.
    ///
    /// # Errors
    /// See [`PhoneError`].
    pub async fn attach_phone(
        &self,
        tenant: TenantId,
        agent: AgentId,
        offer: String,
    ) -> Result<PhoneAnswer, PhoneError> {
        let (answer, leg) = oneshot::channel();
        self.browser(Message::AgentPhone { tenant, agent, answer }, leg, offer).await
    }

    /// Disconnects an agent's browser; a leg that is not this agent's is left alone.
    pub async fn detach_phone(&self, tenant: TenantId, agent: AgentId, leg: LegId) {
        let _ = self.send(Message::BrowserGone { tenant, agent: Some(agent), leg }).await;
    }

    /// A visitor's browser calls `number`, or the tenant's first number when it is empty.
    ///
    /// # Errors
    /// See [`PhoneError`].
    pub async fn visitor_call(
        &self,
        tenant: TenantId,
        number: String,
        offer: String,
    ) -> Result<PhoneAnswer, PhoneError> {
        let is_ending = self.stopping.load(Ordering::Relaxed) || self.pulse.is_draining();
        if is_ending || self.committer.backlog(clock::mono()).is_overload() {
            return Err(PhoneError::Overload);
        }
        let (answer, leg) = oneshot::channel();
        self.browser(Message::VisitorPhone { tenant, number, answer }, leg, offer).await
    }

    /// A visitor hangs up; a leg that is not a visitor's of this tenant is left alone.
    pub async fn visitor_hang_up(&self, tenant: TenantId, leg: LegId) {
        let _ = self.send(Message::BrowserGone { tenant, agent: None, leg }).await;
    }

    async fn browser(
        &self,
        message: Message,
        leg: oneshot::Receiver<Result<LegId, PhoneError>>,
        offer: String,
    ) -> Result<PhoneAnswer, PhoneError> {
        self.send(message).await.map_err(|()| PhoneError::Unavailable)?;
        let leg = leg.await.map_err(|_| PhoneError::Unavailable)??;
        match self.media.open_webrtc(leg, offer).await {
            Ok(sdp) => Ok(PhoneAnswer { leg, sdp }),
            Err(error) => {
                tracing::debug!(%error, "a browser's offer was not taken");
                let _ = self.send(Message::BrowserFailed { leg }).await;
                Err(PhoneError::from(error))
            }
        }
    }

    /// What would become of a call from `number`, empty when withheld; `None` when the floor does not answer.
    pub async fn screen(&self, tenant: TenantId, number: String) -> Option<Judgement> {
        let (answer, judged) = oneshot::channel();
        self.send(Message::Screen { tenant, number, answer }).await.ok()?;
        judged.await.ok().flatten()
    }

    /// New settings are in force for `tenant`.
    pub async fn settings_changed(&self, mut settings: Arc<Settings>) {
        self.trunks.without_strangers(Arc::make_mut(&mut settings));
        let _ = self.send(Message::Settings(settings)).await;
    }

    /// A recording of `tenant` is to be erased, or its policy changed: seen to at once instead of within the hour.
    pub fn keep_recordings(&self, tenant: TenantId) {
        if let Some(keeping) = self.keeping.get(&tenant) {
            keeping.wake();
        }
    }

    /// The SIP phones of all tenants that may register; the list replaces the one before.
    pub async fn devices_changed(&self, devices: Vec<(TenantId, sip::DeviceAccount)>) {
        let _ = self.send(Message::Devices(devices)).await;
    }

    /// Where SIP phones are registered at this moment.
    pub async fn contacts(&self) -> Vec<sip::ContactView> {
        let (answer, contacts) = oneshot::channel();
        match self.send(Message::Contacts(answer)).await {
            Ok(()) => contacts.await.unwrap_or_default(),
            Err(()) => Vec::new(),
        }
    }

    /// Which SIP phones spoke from outside the addresses of their site, and have not registered since.
    pub async fn refusals(&self) -> Vec<sip::RefusedView> {
        let (answer, refusals) = oneshot::channel();
        match self.send(Message::Refusals(answer)).await {
            Ok(()) => refusals.await.unwrap_or_default(),
            Err(()) => Vec::new(),
        }
    }

    /// How legs sounded since each came into its conversation; nothing of those media does not know, or when it does not answer in time.
    pub async fn courses(&self, legs: Vec<LegId>) -> Vec<Course> {
        let stretches = tokio::time::timeout(ANSWER_MAX, self.media.stretches(legs)).await.unwrap_or_default();
        let now = clock::now();
        stretches.iter().map(|stretch| course_of(stretch, now)).collect()
    }

    /// The score of every leg of this node in the last interval that could be rated, hundredths.
    pub async fn scores(&self) -> Vec<(LegId, u16)> {
        tokio::time::timeout(ANSWER_MAX, self.media.scores()).await.unwrap_or_default()
    }

    /// What works.
    pub fn health(&self) -> Health {
        let now = clock::mono();
        Health {
            ledger_ok: !self.committer.backlog(now).is_overload(),
            draining: self.pulse.is_draining(),
            recordings: self.recordings.fault(now),
            recordings_missing: self.keeping.values().map(|keeping| keeping.missing()).sum(),
        }
    }

    /// Legs at this moment; none when the loop is gone.
    pub(crate) async fn legs(&self) -> LegCounts {
        let (answer, legs) = oneshot::channel();
        match self.send(Message::Legs(answer)).await {
            Ok(()) => legs.await.unwrap_or_default(),
            Err(()) => LegCounts::default(),
        }
    }

    /// Everything the node knows of itself. Waits for media and signalling, but not long.
    pub async fn figures(&self) -> Figures {
        let media = tokio::time::timeout(ANSWER_MAX, self.media.figures());
        let sip = tokio::time::timeout(ANSWER_MAX, self.sip.figures());
        let (media, sip) = tokio::join!(media, sip);
        let now = clock::mono();
        let commits = self.committer.timings();
        Figures {
            backlog: self.committer.backlog(now),
            commit_p99: commits.recent_p99(now),
            commits,
            legs: self.pulse.legs(),
            set_ups: self.pulse.set_ups(),
            conversations: self.pulse.conversations(),
            floor_seen: self.pulse.age(now),
            media: media.ok().flatten(),
            sip: sip.ok().flatten(),
            draining: self.pulse.is_draining(),
        }
    }

    /// Counts everything that must return to zero when nobody calls.
    pub async fn census(&self) -> Census {
        let (answer, census) = oneshot::channel();
        if self.send(Message::Census(answer)).await.is_err() {
            return Census::default();
        }
        let mut census = census.await.unwrap_or_default();
        census.media = self.media.census().await;
        census
    }

    /// Ends every call, waits for the books, releases the lease.
    pub async fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        let (answer, stopped) = oneshot::channel();
        if self.send(Message::Stop(answer)).await.is_ok() {
            let _ = stopped.await;
        }
        self.media.clone().stop();
    }

    pub(crate) async fn send(&self, message: Message) -> Result<(), ()> {
        self.loop_.send(message).await.map_err(|_| ())
    }
}

impl From<media::MediaError> for PhoneError {
    fn from(error: media::MediaError) -> PhoneError {
        match error {
            media::MediaError::BadSdp | media::MediaError::NoCodec => PhoneError::BadOffer,
            media::MediaError::Overload | media::MediaError::NoPort => PhoneError::Overload,
            media::MediaError::LegExists | media::MediaError::Stopped => PhoneError::Unavailable,
        }
    }
}
