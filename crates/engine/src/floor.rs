//! The Floor: its state, the four verbs, and the way every input takes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use domain::{
    AgentId, Command, ConversationId, DeviceId, Event, HandlingId, IdMint, Input, LegId, Mono, Now, OfferId,
    PartitionId, RequestId, RoomId, SegmentId, Settings, SiteId, TenantId, TrunkId,
};
use routing::{AgentRule, QueueRule, Router};

use crate::agent::Desk;
use crate::catalog::Catalog;
use crate::conversation::{Calling, Conversation, CustomerStage};
use crate::outbound::TollGuard;
use crate::output::{Ignored, Output};
use crate::records::Records;
use crate::screening::Screen;
use crate::sound::Unrated;
use crate::timers::{Timer, Timers};
use crate::view::FloorView;

/// A deadline and the one that it may find to have passed: a wait that ended while the desk rang.
const DUE_PER_DEADLINE_MAX: usize = 2;

/// What a floor is told once.
#[derive(Clone, Copy, Debug)]
pub struct FloorConfig {
    /// The queues and agents it decides for.
    pub partition: PartitionId,
    /// Whose.
    pub tenant: TenantId,
    /// The node, part of every id it makes.
    pub node: u16,
    /// The lease epoch it owns the partition under.
    pub epoch: u64,
    /// The greatest id stored anywhere; ids begin above it.
    pub greatest_id: i64,
    /// Randomness of this run: lots are drawn from it, and nobody outside can know them beforehand.
    pub seed: u64,
}

/// One partition's conversations, agents and queues, and every decision about them.
///
/// More fields than usual: each is one primary map or one derived index, and splitting them would only hide who owns what.
pub struct Floor {
    /// The time of the input being handled.
    pub(crate) now: Now,
    pub(crate) ids: IdMint,
    /// What lots are drawn from.
    pub(crate) seed: u64,
    pub(crate) catalog: Catalog,
    pub(crate) conversations: BTreeMap<ConversationId, Conversation>,
    pub(crate) desks: BTreeMap<AgentId, Desk>,
    /// SIP phones that can be rung.
    pub(crate) telephones: BTreeSet<DeviceId>,
    /// The fold of every event emitted.
    pub(crate) records: Records,
    /// What may be called outside, and the fold of what was.
    pub(crate) tolls: TollGuard,
    /// Who is kept out, and the fold of short calls.
    pub(crate) screen: Screen,
    /// Trunks that do not work.
    pub(crate) unreachable: BTreeSet<TrunkId>,
    /// Whether numbers outside that agents work with may have come or gone in this step.
    pub(crate) mobiles_stale: bool,
    /// Trunks that were silent when they were called, and until when they are passed over.
    pub(crate) resting: BTreeMap<TrunkId, Mono>,
    /// Sites that take no further call, as routing was told.
    pub(crate) full_sites: BTreeSet<SiteId>,
    pub(crate) router: Router,
    pub(crate) index: Index,
    pub(crate) timers: Timers,
    /// Legs that left and whose sum is to come.
    pub(crate) unrated: Unrated,
    pub(crate) out: VecDeque<Output>,
    pub(crate) ignored: BTreeMap<Ignored, u64>,
    pub(crate) guard: Guard,
}

/// From the ids inputs carry to the conversation they concern.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    /// Customers' legs, until they end.
    pub legs: BTreeMap<LegId, ConversationId>,
    /// Our calls to agents' SIP phones, while the floor wants them.
    pub phones: BTreeMap<LegId, AgentId>,
    /// Legs to whoever is called outside for a customer, while the floor wants them.
    pub outsides: BTreeMap<LegId, ConversationId>,
    pub rooms: BTreeMap<RoomId, ConversationId>,
    pub offers: BTreeMap<OfferId, ConversationId>,
    pub handlings: BTreeMap<HandlingId, ConversationId>,
    /// Queue visits that wait or ring.
    pub segments: BTreeMap<SegmentId, ConversationId>,
    /// Customers who are back from a flow and wait for the agent who sent them there.
    pub returning: BTreeSet<ConversationId>,
    /// Customers who were called and wait in a queue, and perhaps some who no longer do.
    pub sent: BTreeSet<ConversationId>,
    /// Who was at work when these were last looked at; `None` when one of them has come since.
    pub sent_seen: Option<u64>,
}

/// What has to be known when a step panics.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guard {
    /// The conversation the step works on.
    pub subject: Option<ConversationId>,
    /// The request that still wants its reply.
    pub request: Option<RequestId>,
    /// The phone's call that the step moves as its phone asked.
    pub moving: Option<LegId>,
    #[cfg(any(test, feature = "defects"))]
    pub defect: Option<Defect>,
}

/// Faults the simulation seeds to prove that it would find them.
#[cfg(any(test, feature = "defects"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    /// The newest idle agent is offered instead of the longest idle.
    NewestIdle,
    /// A customer who hangs up leaves the desk ringing.
    OfferNotWithdrawn,
    /// Wrap-up lasts until the agent ends it.
    WrapUpDeadlineIgnored,
    /// A key makes the step panic.
    PanicOnKey,
    /// Who calls again after a lost line waits from the beginning.
    KeptPlaceForgotten,
    /// An agent whose telephone died stays in the books of routing.
    DeadPhoneKept,
    /// A start leaves one of the talks of the run before open.
    RestartForgetsTalk,
}

impl Floor {
    /// A floor without history.
    pub fn new(config: FloorConfig, settings: Arc<Settings>, now: Now) -> Floor {
        let mut floor = Floor::empty(config, settings, now);
        floor.emit(Event::FloorStarted { epoch: config.epoch });
        floor
    }

    pub(crate) fn empty(config: FloorConfig, settings: Arc<Settings>, now: Now) -> Floor {
        let mut floor = Floor {
            now,
            ids: IdMint::new(config.node, config.greatest_id),
            seed: config.seed,
            catalog: Catalog::new(settings),
            conversations: BTreeMap::new(),
            desks: BTreeMap::new(),
            telephones: BTreeSet::new(),
            records: Records::default(),
            tolls: TollGuard::default(),
            screen: Screen::default(),
            unreachable: BTreeSet::new(),
            mobiles_stale: false,
            resting: BTreeMap::new(),
            full_sites: BTreeSet::new(),
            router: Router::new(),
            index: Index::default(),
            timers: Timers::default(),
            unrated: Unrated::default(),
            out: VecDeque::new(),
            ignored: BTreeMap::new(),
            guard: Guard::default(),
        };
        floor.adopt_settings();
        floor
    }

    /// Takes one input. All outputs of the input before it must have been taken.
    pub fn handle(&mut self, now: Now, input: Input) {
        debug_assert!(self.out.is_empty(), "outputs of the input before were not drained with poll_output");
        self.now = Now { mono: now.mono.max(self.now.mono), utc: now.utc };
        // What was due is decided before what came after it, however late the clock was asked.
        for _ in 0..DUE_PER_DEADLINE_MAX * self.timers.due_count(self.now.mono) {
            if let Some(timer) = self.timers.take_due(self.now.mono) {
                self.step(|floor| floor.fire(timer));
            }
        }
        self.step(|floor| floor.dispatch(input));
    }

    /// The next effect or fact, in order; drain until `None`.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    /// When to call again with `Input::Tick` at the latest, and what for.
    pub fn poll_timeout(&self) -> Option<(Mono, &'static str)> {
        self.timers.next().map(|(at, timer)| (at, timer.name()))
    }

    /// A look inside, for tests and invariants.
    pub fn inspect(&self) -> FloorView<'_> {
        FloorView::new(self)
    }

    /// One guarded step, and the routing it makes possible.
    fn step(&mut self, work: impl FnOnce(&mut Floor)) {
        self.guarded(work);
        self.look_at_unserved();
        self.look_at_returning();
        self.watch_mobiles();
        self.watch_sites();
        while let Some(decision) = self.router.next(self.now.mono) {
            self.guarded(|floor| floor.begin_offer(decision));
            self.watch_mobiles();
            self.watch_sites();
        }
    }

    fn dispatch(&mut self, input: Input) {
        match input {
            Input::SettingsChanged(settings) => self.settings_changed(settings),
            Input::Tick => {}
            Input::LegArrived { leg, source, called, calling, known, area } => {
                self.leg_arrived(leg, source, called, Calling { shown: calling, known, area });
            }
            Input::CallersRecalled { callers } => self.screen.recalled(callers),
            Input::CustomerResolved { conversation, customer } => self.customer_resolved(conversation, customer),
            Input::LegProgress { leg, early_media } => self.leg_progress(leg, early_media),
            Input::LegAnswered { leg } => match self.index.phones.get(&leg).copied() {
                Some(agent) => self.telephone_answered(agent, leg),
                None => self.leg_answered(leg),
            },
            Input::LegEnded { leg, by, reason, cause, quality } => self.leg_ended(leg, by, reason, cause, quality),
            Input::LegRated { conversation, leg, quality } => self.leg_rated(conversation, leg, quality),
            Input::SoundTurned { conversation, leg, bad, mos_hundredths } => {
                self.sound_turned(conversation, leg, bad, mos_hundredths);
            }
            Input::PeerHold { leg, on } => self.peer_hold(leg, on),
            Input::Digit { leg, key } => match self.index.phones.get(&leg).copied() {
                Some(agent) => self.telephone_key(agent, leg, key),
                None => self.digit(leg, key),
            },
            Input::InfoKey { leg, key } => self.info_key(leg, key),
            Input::PhoneCalled { leg, device, called } => self.phone_called(leg, device, &called),
            Input::PeerReferred { leg, to, replaces } => self.peer_referred(leg, &to, replaces),
            Input::MediaLost { leg } => self.media_lost(leg),
            Input::CallerRecognised { conversation, parties } => self.caller_recognised(conversation, &parties),
            Input::SilenceHeard { leg } => self.silence_heard(leg),
            Input::SoundHeard { leg } => self.sound_heard(leg),
            Input::ToneHeard { leg, tone } => self.tone_heard(leg, tone),
            // However a play ended, its turn is over: a missing sound must not hold a caller.
            Input::PlayEnded { room, play, end: _ } => self.play_ended(room, play),
            Input::DeviceChanged { agent, leg } => self.device_changed(agent, leg),
            Input::TelephoneChanged { device, reachable } => self.telephone_changed(device, reachable),
            Input::TrunkChanged { trunk, working } => self.trunk_changed(trunk, working),
            Input::AgentConnected { agent, connected } => self.agent_connected(agent, connected),
            Input::AgentAsked { request, agent, action } => {
                self.guard.request = Some(request);
                let result = self.ask(agent, action);
                self.reply(result);
            }
            Input::RecorderReport { recording, report } => self.recorder_report(recording, report),
            Input::RecordingErased { conversation, recording, cause } => {
                self.recording_erased(conversation, recording, cause);
            }
            Input::CommandFailed { what, why } => self.command_failed(what, why),
        }
    }

    fn fire(&mut self, timer: Timer) {
        match timer {
            Timer::Ring(offer) => self.ring_over(offer),
            Timer::WrapUp(handling) => self.wrap_up_over(handling),
            Timer::Grace(agent) => self.grace_over(agent),
            Timer::Echo(agent) => self.end_echo(agent),
            Timer::Menu(conversation) => self.menu_timed_out(conversation),
            Timer::QueueWait(conversation) => self.queue_wait_over(conversation),
            Timer::Dial(conversation) => self.dial_timed_out(conversation),
            Timer::Message(conversation) => self.message_is_long(conversation),
            Timer::Park(conversation) => self.parked_too_long(conversation),
            Timer::Forward(conversation) => self.forwarded_too_long(conversation),
            Timer::Return(conversation) => self.returned_too_long(conversation),
            Timer::Pause(conversation) => self.pause_is_long(conversation),
            Timer::Progress(conversation) => self.progress_due(conversation),
            Timer::DeadAir(conversation) => self.dead_air_due(conversation),
            Timer::MobileKey(agent) => self.mobile_key_missing(agent),
            Timer::EarlyMedia(conversation) => self.early_media_is_long(conversation),
        }
    }

    /// Answers the request being handled, once.
    pub(crate) fn reply(&mut self, result: Result<(), domain::Refusal>) {
        if let Some(request) = self.guard.request.take() {
            self.command(Command::Reply { request, result });
        }
    }

    pub(crate) fn mint<T: From<i64>>(&mut self) -> T {
        self.ids.mint(self.now.utc)
    }

    pub(crate) fn emit(&mut self, event: Event) {
        self.records.apply(&event, self.now.mono);
        self.mobiles_stale |= matches!(event, Event::OutboundStopped { .. } | Event::OutboundReleased { .. });
        self.tolls.apply(&event, self.now);
        self.screen.apply(&event, self.now.utc);
        self.unrated.apply(&event, self.now.mono);
        self.out.push_back(Output::Event(event));
    }

    pub(crate) fn command(&mut self, command: Command) {
        self.out.push_back(Output::Command(command));
    }

    pub(crate) fn ignore(&mut self, why: Ignored) {
        *self.ignored.entry(why).or_default() += 1;
    }

    /// The conversation a customer's leg belongs to, and not one to somebody outside; notes it as the subject of the step.
    pub(crate) fn conversation_of_leg(&mut self, leg: LegId) -> Option<ConversationId> {
        let id = self.index.legs.get(&leg).copied();
        match id {
            Some(_) => self.guard.subject = id,
            None => self.ignore(Ignored::UnknownLeg),
        }
        id
    }

    pub(crate) fn set_stage(&mut self, id: ConversationId, stage: CustomerStage) {
        if let Some(conversation) = self.conversations.get_mut(&id) {
            conversation.stage = stage;
        }
        self.time_dead_air(id);
    }

    /// Puts queues and agents of the settings in force; gives back queue visits whose queue is gone.
    pub(crate) fn adopt_settings(&mut self) -> Vec<SegmentId> {
        let settings = self.catalog.settings();
        self.tolls.adopt(settings.outbound.clone(), &settings.time_zone);
        self.screen.adopt(&settings.screening);
        for agent in &settings.agents {
            self.desks.entry(agent.id).or_default();
        }
        let queues: Vec<QueueRule> = settings.queues.iter().map(QueueRule::from).collect();
        let agents: Vec<AgentRule> = settings.agents.iter().map(AgentRule::from).collect();
        self.router.configure(queues, agents)
    }

    #[cfg(any(test, feature = "defects"))]
    pub(crate) fn has_defect(&self, defect: Defect) -> bool {
        self.guard.defect == Some(defect)
    }

    /// Seeds a fault.
    #[cfg(any(test, feature = "defects"))]
    #[doc(hidden)]
    #[must_use]
    pub fn with_defect(mut self, defect: Defect) -> Floor {
        self.guard.defect = Some(defect);
        #[cfg(feature = "defects")]
        if defect == Defect::NewestIdle {
            self.router.seed_newest_idle();
        }
        self
    }
}
