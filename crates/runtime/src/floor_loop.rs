//! The one loop: whatever happens becomes an input of one floor; what the floor says goes to the committer, and what it asks
//! goes out at its gate.

mod message;

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use domain::input::AgentAction;
use domain::{AgentId, Command, Input, LedgerEntry, LegId, PartitionId, RequestId, Settings, TenantId};
use engine::screening::{Caller, Judgement};
use media::{MediaError, MediaEvent};
use numbering::Locations;
use sip::{Admission, SipEvent};
use store::Store;
use store::kill::{KillPoint, reach};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until};
use tracing::{error, info, warn};

use crate::channels::voice::{ForFloor, LegCounts, Voice};
use crate::committer::Committer;
use crate::courses::{CourseKeeper, course_of};
use crate::figures::Pulse;
use crate::handle::{Census, PhoneError};
use crate::partition::{Answer, Partition, Turn};
use crate::recording::{Recorder, WriterReport};
use crate::{clock, enrich};

pub use message::Message;

/// Messages waiting for the loop. Two thousand calls give far fewer than 30 messages each before the loop has seen one.
pub const LOOP_QUEUE_MAX: usize = 65_536;
/// How often admission and leases are looked after.
const HOUSEKEEPING: Duration = Duration::from_millis(200);
/// How often the lease is renewed.
const LEASE_RENEWAL: Duration = Duration::from_secs(1);
/// What a refused trunk is asked to wait.
const RETRY_AFTER_S: u32 = 5;
/// The same while the node waits for its last calls: it may take long, and the next node or a restart is better asked later than sooner.
const DRAIN_RETRY_AFTER_S: u32 = 30;
/// How long the books may take when the node stops.
const STOP_MAX: Duration = Duration::from_secs(5);

pub(crate) struct FloorLoop {
    store: Arc<Store>,
    locations: Arc<Locations>,
    to_self: mpsc::Sender<Message>,
    committer: Committer,
    voice: Voice,
    recorder: Recorder,
    courses: CourseKeeper,
    partitions: HashMap<PartitionId, Partition>,
    tenants: HashMap<TenantId, (PartitionId, Arc<Settings>)>,
    streams: HashMap<(PartitionId, AgentId), u32>,
    admission: Admission,
    pulse: Arc<Pulse>,
    lease_due: Instant,
}

impl FloorLoop {
    pub(crate) fn new(
        (store, locations): (Arc<Store>, Arc<Locations>),
        to_self: mpsc::Sender<Message>,
        committer: Committer,
        voice: Voice,
        recorder: Recorder,
        owned: Vec<(Partition, Arc<Settings>)>,
        pulse: Arc<Pulse>,
    ) -> FloorLoop {
        let mut partitions = HashMap::new();
        let mut tenants = HashMap::new();
        for (partition, settings) in owned {
            tenants.insert(partition.tenant, (partition.id, settings));
            partitions.insert(partition.id, partition);
        }
        let courses = CourseKeeper::start(Arc::clone(&store));
        FloorLoop {
            store,
            locations,
            to_self,
            committer,
            voice,
            recorder,
            courses,
            partitions,
            tenants,
            streams: HashMap::new(),
            admission: Admission::Open,
            pulse,
            lease_due: Instant::now(),
        }
    }

    pub(crate) async fn run(mut self, mut messages: mpsc::Receiver<Message>) {
        self.first_words();
        let mut housekeeping = tokio::time::interval(HOUSEKEEPING);
        loop {
            let deadline = self.next_deadline();
            tokio::select! {
                biased;
                message = messages.recv() => match message {
                    Some(Message::Stop(done)) => {
                        self.stop(&mut messages).await;
                        let _ = done.send(());
                        return;
                    }
                    Some(message) => self.on(message),
                    None => return,
                },
                () = sleep_until(deadline) => self.tick(),
                _ = housekeeping.tick() => self.keep_house(),
            }
        }
    }

    /// What the floors have to say about their start.
    fn first_words(&mut self) {
        let now = clock::now();
        let ids: Vec<_> = self.partitions.keys().copied().collect();
        for id in ids {
            if let Some(turn) = self.partitions.get_mut(&id).map(|p| p.drain(now)) {
                let mut follow = VecDeque::new();
                self.carry_out_turn(id, turn, &mut follow);
                self.work_off(follow);
                reach(KillPoint::FirstWordsSaid);
            }
        }
    }

    fn next_deadline(&self) -> Instant {
        let now = clock::mono();
        let earliest = self.partitions.values().filter_map(Partition::poll_timeout).min();
        let wait = earliest.map_or(Duration::from_secs(3_600), |at| at.since(now));
        Instant::now() + wait
    }

    fn tick(&mut self) {
        let now = clock::mono();
        let due: Vec<_> =
            self.partitions.values().filter(|p| p.poll_timeout().is_some_and(|at| at <= now)).map(|p| p.id).collect();
        for id in due {
            self.step(id, Input::Tick);
        }
    }

    fn on(&mut self, message: Message) {
        match message {
            Message::Sip(event) => {
                let overload = self.admission != Admission::Open || self.committer.backlog(clock::mono()).is_overload();
                let told = self.voice.on_sip(event, overload);
                self.tell(told.map(|(id, input)| (id, self.spelled(id, input))));
            }
            Message::Media(event) => {
                self.keep_course(&event);
                let told = self.voice.on_media(event);
                self.tell(told);
            }
            Message::Input(partition, input) => self.step(partition, input),
            Message::Recorder(report) => {
                let told = self.recorder.on_writer(report);
                self.tell(told);
            }
            Message::Reserved { leg, port } => {
                let told = self.voice.reserved(leg, port);
                self.tell(told);
            }
            Message::Ask { tenant, agent, action, answer } => self.ask(tenant, agent, action, answer),
            Message::Stream { tenant, agent, opened } => self.stream(tenant, agent, opened),
            Message::AgentPhone { tenant, agent, answer } => {
                let _ = answer.send(self.agent_phone(tenant, agent));
            }
            Message::VisitorPhone { tenant, number, answer } => {
                let _ = answer.send(self.visitor_phone(tenant, &number));
            }
            Message::BrowserFailed { leg } => self.voice.browser_failed(leg),
            Message::BrowserGone { tenant, agent, leg } => {
                if let Some((partition, _)) = self.tenants.get(&tenant) {
                    self.voice.browser_gone(*partition, agent, leg);
                }
            }
            Message::Settings(settings) => self.settings(settings),
            Message::Devices(devices) => self.devices(devices),
            Message::Contacts(answer) => {
                let sip = self.voice.sip().clone();
                tokio::spawn(async move { drop(answer.send(sip.contacts().await)) });
            }
            Message::Refusals(answer) => {
                let sip = self.voice.sip().clone();
                tokio::spawn(async move { drop(answer.send(sip.refusals().await)) });
            }
            Message::Committed { partition, entries } => self.committed(partition, entries),
            Message::Fenced(partition) => self.fenced(partition),
            Message::Screen { tenant, number, answer } => drop(answer.send(self.screen(tenant, &number))),
            Message::Census(answer) => self.census(answer),
            Message::Legs(answer) => drop(answer.send(self.voice.counts())),
            Message::Drain => {
                // Carriers send their calls elsewhere at once, instead of hearing 503 for each.
                self.voice.sip().leave();
                self.admit();
            }
            Message::Stop(done) => drop(done),
        }
    }

    /// A leg left a room: how it sounded there is kept.
    fn keep_course(&self, event: &MediaEvent) {
        let MediaEvent::StretchOver(stretch) = event else { return };
        let Some((partition, conversation)) = self.voice.rooms.conversation(stretch.room) else { return };
        let Some(tenant) = self.partitions.get(&partition).map(|partition| partition.tenant) else { return };
        self.courses.keep(tenant, conversation, course_of(stretch, clock::now()));
    }

    fn spelled(&self, id: PartitionId, input: Input) -> Input {
        match self.partitions.get(&id) {
            Some(partition) => enrich::spell(&self.store, &self.locations, partition.tenant, input),
            None => input,
        }
    }

    /// What would become of a call at this moment.
    fn screen(&self, tenant: TenantId, number: &str) -> Option<Judgement> {
        let (id, _) = self.tenants.get(&tenant)?;
        let (known, area) = enrich::compared(&self.store, &self.locations, tenant, number);
        let caller = Caller { known: &known, area: &area, is_withheld: number.trim().is_empty() };
        Some(self.partitions.get(id)?.floor().inspect().would_screen(caller, clock::now().utc))
    }

    fn tell(&mut self, told: ForFloor) {
        if let Some((partition, input)) = told {
            self.step(partition, input);
        }
    }

    fn step(&mut self, partition: PartitionId, input: Input) {
        self.work_off(VecDeque::from([(partition, input)]));
    }

    /// Steps until no command has an answer of its own left. Bounded: an answer to a command is never a command.
    fn work_off(&mut self, mut inputs: VecDeque<(PartitionId, Input)>) {
        while let Some((id, input)) = inputs.pop_front() {
            let now = clock::now();
            reach(KillPoint::InputArrived);
            let Some(turn) = self.partitions.get_mut(&id).map(|p| p.step(now, input)) else { continue };
            reach(KillPoint::InputDecided);
            self.carry_out_turn(id, turn, &mut inputs);
        }
    }

    fn carry_out_turn(&mut self, id: PartitionId, turn: Turn, inputs: &mut VecDeque<(PartitionId, Input)>) {
        let Some(partition) = self.partitions.get(&id) else { return };
        self.committer.push(id, partition.tenant, partition.epoch, turn.entries, turn.parties, clock::mono());
        reach(KillPoint::EventsQueued);
        for command in turn.commands {
            inputs.extend(self.carry_out(id, command));
            reach(KillPoint::EffectsLeft);
        }
    }

    fn carry_out(&mut self, id: PartitionId, command: Command) -> ForFloor {
        let (store, to_self, command) = (Arc::clone(&self.store), self.to_self.clone(), command.due());
        if let Command::ResolveCustomer { conversation, calling } = command {
            let tenant = self.partitions.get(&id)?.tenant;
            enrich::resolve(store, to_self, id, tenant, conversation, calling);
            return None;
        }
        if let Command::RecogniseCaller { conversation, calling, among } = command {
            let tenant = self.partitions.get(&id)?.tenant;
            enrich::recognise(store, to_self, (id, tenant), conversation, calling, among);
            return None;
        }
        if let Command::RecallCallers { among } = command {
            let tenant = self.partitions.get(&id)?.tenant;
            enrich::recall(store, to_self, (id, tenant), among);
            return None;
        }
        if let Some(partition) = self.partitions.get(&id) {
            if let Command::SetRoom(plan) = &command {
                let conversation = partition.floor().inspect().conversation_of_room(plan.room);
                self.voice.rooms.set(plan.room, id, conversation);
            }
            let records = partition.floor().inspect().records();
            let conversation_of = |recording| records.recordings.get(&recording).copied();
            self.recorder.follow(id, partition.tenant, conversation_of, &command);
        }
        self.voice.carry_out(id, command)
    }

    fn committed(&mut self, id: PartitionId, entries: Vec<LedgerEntry>) {
        crate::warnings::tell(&entries);
        self.recorder.committed(&entries);
        let Some(ready) = self.partitions.get_mut(&id).map(|p| p.committed(entries)) else { return };
        let mut inputs = VecDeque::new();
        for command in ready {
            inputs.extend(self.carry_out(id, command));
        }
        self.work_off(inputs);
    }

    fn ask(&mut self, tenant: TenantId, agent: AgentId, action: AgentAction, answer: Answer) {
        let Some(id) = self.tenants.get(&tenant).map(|(id, _)| *id) else { return };
        let request: RequestId = self.store.mint(clock::now().utc);
        if let Some(partition) = self.partitions.get_mut(&id) {
            partition.expect(request, answer);
            self.step(id, Input::AgentAsked { request, agent, action });
        }
    }

    fn stream(&mut self, tenant: TenantId, agent: AgentId, opened: bool) {
        let Some(id) = self.tenants.get(&tenant).map(|(id, _)| *id) else { return };
        let count = self.streams.entry((id, agent)).or_default();
        let before = *count;
        *count = if opened { before.saturating_add(1) } else { before.saturating_sub(1) };
        let (was, is) = (before > 0, *count > 0);
        if !is {
            self.streams.remove(&(id, agent));
        }
        if was != is {
            self.step(id, Input::AgentConnected { agent, connected: is });
        }
    }

    fn agent_phone(&mut self, tenant: TenantId, agent: AgentId) -> Result<LegId, PhoneError> {
        let (id, _) = self.tenants.get(&tenant).ok_or(PhoneError::Unavailable)?;
        let leg = self.store.mint(clock::now().utc);
        self.voice.expect_agent(leg, *id, agent);
        Ok(leg)
    }

    fn visitor_phone(&mut self, tenant: TenantId, number: &str) -> Result<LegId, PhoneError> {
        let (id, settings) = self.tenants.get(&tenant).ok_or(PhoneError::Unavailable)?;
        let known = settings.numbers.iter().find(|n| number.is_empty() || n.number == number);
        let number = known.ok_or(PhoneError::UnknownNumber)?.number.clone();
        let leg = self.store.mint(clock::now().utc);
        self.voice.expect_visitor(leg, *id, number);
        Ok(leg)
    }

    fn settings(&mut self, settings: Arc<Settings>) {
        let Some((id, known)) = self.tenants.get_mut(&settings.tenant) else { return };
        // Two writers may load in either order; the later version wins.
        if settings.version < known.version {
            return;
        }
        *known = Arc::clone(&settings);
        let id = *id;
        self.step(id, Input::SettingsChanged(settings));
    }

    fn devices(&mut self, devices: Vec<(TenantId, sip::DeviceAccount)>) {
        let owned = devices.into_iter().filter_map(|(tenant, account)| Some((self.tenants.get(&tenant)?.0, account)));
        self.voice.set_devices(owned.collect());
    }

    fn fenced(&mut self, id: PartitionId) {
        error!(partition = %id, "the partition was taken over by another node; its calls here are released");
        self.partitions.remove(&id);
        self.tenants.retain(|_, (owned, _)| *owned != id);
    }

    fn keep_house(&mut self) {
        self.admit();
        let conversations = self.partitions.values().map(|p| p.floor().inspect().conversations().count()).sum();
        self.pulse.beat(clock::mono(), self.voice.counts(), self.voice.set_ups(), conversations);
        if Instant::now() >= self.lease_due {
            self.lease_due = Instant::now() + LEASE_RENEWAL;
            self.renew_leases();
        }
    }

    /// Opens or closes the door for new calls, as it should stand.
    fn admit(&mut self) {
        let is_overload = self.committer.backlog(clock::mono()).is_overload();
        let wanted = if self.pulse.is_draining() {
            Admission::Refuse503 { retry_after_s: DRAIN_RETRY_AFTER_S }
        } else if is_overload || self.pulse.is_media_deaf() {
            Admission::Refuse503 { retry_after_s: RETRY_AFTER_S }
        } else {
            Admission::Open
        };
        if wanted == self.admission {
            return;
        }
        self.admission = wanted;
        match wanted {
            Admission::Open => info!("new calls are taken again"),
            Admission::Refuse503 { .. } if is_overload && !self.pulse.is_draining() => {
                warn!("new calls are refused: the ledger does not take events in time");
            }
            Admission::Refuse503 { .. } if self.pulse.is_draining() => {
                info!("new calls are refused: the node is about to end");
            }
            Admission::Refuse503 { .. } => error!("new calls are refused: the media thread does not answer"),
        }
        self.voice.sip().set_admission(wanted);
    }

    fn renew_leases(&self) {
        for (id, epoch) in self.partitions.values().map(|p| (p.id, p.epoch)) {
            let (store, to_self) = (Arc::clone(&self.store), self.to_self.clone());
            tokio::spawn(async move {
                if let Err(store::StoreError::Fenced(_)) = store.renew_lease(id, epoch, clock::now().utc).await {
                    let _ = to_self.send(Message::Fenced(id)).await;
                }
            });
        }
    }

    fn census(&self, answer: oneshot::Sender<Census>) {
        let counts = self.voice.counts();
        let mut census = Census {
            telephone_legs: counts.telephone,
            visitor_legs: counts.visitor,
            agent_legs: counts.agent,
            recordings: self.recorder.open_count(),
            uncommitted: self.committer.backlog(clock::mono()).events,
            ..Census::default()
        };
        for partition in self.partitions.values() {
            let view = partition.floor().inspect();
            census.conversations += view.conversations().count();
            census.timers += view.timers().count();
            census.held_back += partition.held_back();
        }
        let sip = self.voice.sip().clone();
        tokio::spawn(async move {
            let signalling = sip.census().await;
            census.dialogs = signalling.dialogs;
            census.transactions = signalling.transactions;
            let _ = answer.send(census);
        });
    }

    async fn stop(&mut self, messages: &mut mpsc::Receiver<Message>) {
        self.voice.sip().set_admission(Admission::Refuse503 { retry_after_s: RETRY_AFTER_S });
        reach(KillPoint::StopAsked);
        self.voice.release_all();
        reach(KillPoint::CallsReleased);
        let end = Instant::now() + STOP_MAX;
        loop {
            let calls = self.voice.counts();
            let open = calls.telephone + calls.visitor + self.recorder.open_count();
            let quiet = open == 0 && self.committer.backlog(clock::mono()).events == 0;
            if quiet || Instant::now() >= end {
                break;
            }
            let step = Instant::now() + Duration::from_millis(20);
            tokio::select! {
                Some(message) = messages.recv() => self.on(message),
                () = sleep_until(step) => self.tick(),
            }
        }
        self.recorder.stop();
        self.voice.write_registrations().await;
        reach(KillPoint::BooksClosed);
        for partition in self.partitions.values() {
            let _ = self.store.release_lease(partition.id, partition.epoch, clock::now().utc).await;
            reach(KillPoint::LeaseReleased);
        }
    }
}
