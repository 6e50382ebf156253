//! The loop: what happens next, what the floor makes of it, who reacts.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{
    AgentId, ConversationId, Input, LegId, Mono, Now, PartitionId, PartyId, RequestId, Settings, TenantId, Utc,
};
use engine::{Floor, FloorConfig, Output};

use crate::agenda::{Agenda, Happening};
use crate::agents::Robot;
use crate::callers::Caller;
use crate::disk::Disk;
use crate::outsiders::Outsiders;
use crate::random::Random;
use crate::recorders::Recorders;
use crate::watch::Watch;
use crate::{Report, Scale, Violation, centre};

const MS: u64 = 1_000;
/// One second on the agenda.
pub(crate) const SECOND: u64 = 1_000 * MS;
/// 2026-01-05 10:00 in Shanghai.
const BASE: i64 = 1_767_578_400_000_000;
/// A run that has not ended by then never will.
const STEPS_MAX: u64 = 5_000_000;
/// How many of the last events may be missing from the ledger after a crash: those whose commit had not ended.
const TAIL_LOST_MAX: u64 = 12;

/// Everything there is.
pub(crate) struct World {
    pub random: Random,
    pub agenda: Agenda,
    /// Microseconds since the start.
    pub t: u64,
    /// The monotonic clock of the process at the start of the run; every process has its own.
    origin: u64,
    epoch: u64,
    pub floor: Floor,
    pub settings: Arc<Settings>,
    pub watch: Watch,
    pub callers: BTreeMap<LegId, Caller>,
    pub outsiders: Outsiders,
    pub robots: BTreeMap<AgentId, Robot>,
    pub recorders: Recorders,
    pub disk: Disk,
    /// Look-ups of callers that will be answered.
    pub recognised: BTreeMap<ConversationId, Vec<PartyId>>,
    pub scale: Scale,
    pub arrived: u64,
    pub legs: i64,
    pub requests: i64,
    seed: u64,
}

impl World {
    pub(crate) fn new(seed: u64, scale: Scale) -> World {
        let mut random = Random::new(seed);
        let settings = Arc::new(centre::settings(&mut random, scale.agents));
        let origin = 1_000_000_000_000_000 + random.below(1_000) * 1_000_000;
        let now = Now { mono: Mono(origin), utc: Utc(BASE) };
        let config = config(1, 0);
        let floor = seeded(Floor::new(config, Arc::clone(&settings), now), scale);
        let robots = settings.agents.iter().map(|agent| (agent.id, Robot::default())).collect();
        let watch = Watch::new(&settings);
        World {
            random,
            agenda: Agenda::default(),
            t: 0,
            origin,
            epoch: 1,
            floor,
            settings,
            watch,
            callers: BTreeMap::new(),
            outsiders: Outsiders::new(),
            robots,
            recorders: Recorders::new(seed),
            disk: Disk::default(),
            recognised: BTreeMap::new(),
            scale,
            arrived: 0,
            legs: 0,
            requests: 0,
            seed,
        }
    }

    pub(crate) fn run(mut self) -> Report {
        let violation = self.live().err();
        Report {
            seed: self.seed,
            hash: self.watch.trace.value(),
            steps: self.watch.steps,
            events: self.watch.ledger.len() as u64,
            seconds: self.t / SECOND,
            counts: self.watch.counts.iter().map(|(what, count)| ((*what).to_owned(), *count)).collect(),
            violation,
        }
    }

    fn live(&mut self) -> Result<(), Violation> {
        self.drain()?;
        self.plan_the_day();
        while self.arrived < self.scale.conversations || self.is_anything_open() {
            let timer = self.floor.poll_timeout().map(|(at, _)| self.to_agenda(at));
            let late = if self.random.percent(10) { self.random.below(20 * MS) } else { 0 };
            let tick = timer.map(|at| at.max(self.t) + late);
            match (tick, self.agenda.next_at()) {
                (Some(tick), next) if next.is_none_or(|next| tick < next) => {
                    self.t = tick;
                    self.feed(Input::Tick)?;
                }
                (_, Some(_)) => {
                    if let Some((at, what)) = self.agenda.take() {
                        self.t = at.max(self.t);
                        self.happen(what)?;
                    }
                }
                (_, None) => break,
            }
            if self.watch.steps > STEPS_MAX {
                return Err(self.watch.violation("progress", "the run does not end".to_owned()));
            }
        }
        self.watch.at_the_end(&self.floor, self.now())
    }

    fn is_anything_open(&self) -> bool {
        let view = self.floor.inspect();
        view.conversation_count() > 0 || !view.records().recordings.is_empty()
    }

    fn plan_the_day(&mut self) {
        self.plan(0, Happening::CallArrives);
        let agents: Vec<AgentId> = self.robots.keys().copied().collect();
        for agent in agents {
            let (first, incident) = (self.random.below(300 * SECOND), self.random.around(self.scale.incident_mean()));
            self.plan(first, Happening::AgentReturns(agent));
            self.plan(first + incident, Happening::Incident(agent));
        }
        self.plan(30 * SECOND, Happening::Noise);
        self.plan_the_faults();
        // About three calls in ten seconds, see `callers.rs`.
        let day = self.scale.conversations * if self.scale.faults { 2 } else { 3 } * SECOND;
        for _ in 0..self.scale.restarts {
            let at = self.random.below(day);
            self.plan(at, Happening::Restart);
        }
        for _ in 0..4 {
            let at = self.random.below(day);
            self.plan(at, Happening::SettingsChange);
        }
    }

    /// Plans something for `after` from here.
    pub(crate) fn plan(&mut self, after: u64, what: Happening) {
        self.agenda.plan(self.t + after, what);
    }

    pub(crate) fn now(&self) -> Now {
        Now { mono: Mono(self.origin + self.t * 1_000), utc: Utc(BASE + self.t as i64) }
    }

    fn to_agenda(&self, at: Mono) -> u64 {
        at.0.saturating_sub(self.origin).div_ceil(1_000)
    }

    pub(crate) fn request(&mut self) -> RequestId {
        self.requests += 1;
        RequestId(self.requests)
    }

    /// One input, its outputs, and the verdict.
    pub(crate) fn feed(&mut self, input: Input) -> Result<(), Violation> {
        let now = self.now();
        // What was due comes first, as a step of its own: the second opinion must not know the input yet.
        if input != Input::Tick && self.floor.poll_timeout().is_some_and(|(at, _)| at <= now.mono) {
            self.feed(Input::Tick)?;
        }
        self.watch.input(self.t, &input, now)?;
        self.floor.handle(now, input);
        self.drain()
    }

    fn drain(&mut self) -> Result<(), Violation> {
        let now = self.now();
        while let Some(output) = self.floor.poll_output() {
            self.watch.output(self.t, self.epoch, &output, now)?;
            match output {
                Output::Party(_) => {}
                Output::Event(event) => {
                    self.recording_is_paused(&event);
                    self.sound_of(&event);
                    self.event_made(event);
                }
                Output::Command(command) => {
                    self.recorder_takes(&command);
                    self.outsiders_react(&command);
                    self.command_made(command);
                }
            }
        }
        self.watch.after_step(&self.floor, now)
    }

    fn happen(&mut self, what: Happening) -> Result<(), Violation> {
        match what {
            Happening::Restart if self.scale.faults && self.random.percent(70) => {
                self.disk.kill_in_commit();
                Ok(())
            }
            Happening::Restart | Happening::Killed => self.restart(),
            Happening::SettingsChange => self.change_settings(),
            Happening::Noise => self.noise(),
            Happening::RecordingPauses(agent, handling) => self.pause_happens(agent, handling, true),
            Happening::RecordingResumes(agent, handling) => self.pause_happens(agent, handling, false),
            Happening::RecordingSwitches(agent, handling, on) => self.switch_happens(agent, handling, on),
            Happening::ConsentIsNoted(agent, handling, given) => self.consent_happens(agent, handling, given),
            Happening::RecordingGap(recording) => self.gap_happens(recording),
            Happening::RecordingOver { recording, recovered } => self.recording_is_over(recording, recovered),
            Happening::RecordingErased(conversation, recording) => self.erasure_happens(conversation, recording),
            Happening::CommitEnds(events) => {
                self.commit_ends(events);
                Ok(())
            }
            Happening::CarrierFails => self.carrier_fails(),
            Happening::CallerDialsAgain(_) if self.turns_calls_away() => Ok(()),
            Happening::CallerDialsAgain(number) => self.calls(Some(number)),
            Happening::CallerKnown(conversation) => self.caller_known(conversation),
            Happening::CallArrives
            | Happening::CallIsUp(_)
            | Happening::CallerHearsUs(_)
            | Happening::CallerGoes(_)
            | Happening::NetworkDrops(_)
            | Happening::AudioStops(_)
            | Happening::LegIsOver(_)
            | Happening::CallerPresses(..)
            | Happening::CallerIsSilent(_)
            | Happening::PeerHolds(..)
            | Happening::PlayIsOver(..)
            | Happening::CustomerFound(..) => self.caller_happens(what),
            Happening::LegIsRated(conversation, leg) => self.leg_is_rated(conversation, leg),
            Happening::SoundTurns(conversation, leg, bad) => self.sound_turns(conversation, leg, bad),
            Happening::Outside(leg, step) => self.outside_happens(leg, step),
            Happening::AgentAnswers(..)
            | Happening::AgentDeclines(..)
            | Happening::AgentHolds(..)
            | Happening::AgentResumes(..)
            | Happening::AgentMutes(..)
            | Happening::AgentHangsUp(..)
            | Happening::AgentTransfers(..)
            | Happening::AgentConsults(..)
            | Happening::AgentChangesParty(..)
            | Happening::AgentPicksUp(..)
            | Happening::AgentPresses(..)
            | Happening::StopIsReleased(_)
            | Happening::AgentSupervises(_)
            | Happening::AgentDisposes(..)
            | Happening::AgentFinishes(..)
            | Happening::AgentIsReady(_)
            | Happening::Incident(_)
            | Happening::PhoneGoes(_)
            | Happening::AgentReturns(_) => self.agent_happens(what),
        }
    }

    /// The process dies with every leg and page; the next one folds what the disk has.
    fn restart(&mut self) -> Result<(), Violation> {
        self.watch.count("restarts");
        let lost = if self.scale.faults { self.disk_crash()? } else { self.random.below(TAIL_LOST_MAX) };
        self.everybody_lost_the_line();
        let greatest_id = self.watch.greatest_id();
        self.t += self.random.between(SECOND, 5 * SECOND);
        self.origin = 1_000_000_000_000_000 + self.random.below(1_000) * 1_000_000;
        self.epoch += 1;
        self.watch.crash(lost, self.now())?;
        self.agenda.forget(|what| {
            matches!(
                what,
                Happening::CallIsUp(_)
                    | Happening::CallerHearsUs(_)
                    | Happening::CallerGoes(_)
                    | Happening::NetworkDrops(_)
                    | Happening::AudioStops(_)
                    | Happening::LegIsOver(_)
                    | Happening::CallerPresses(..)
                    | Happening::CallerIsSilent(_)
                    | Happening::PeerHolds(..)
                    | Happening::LegIsRated(..)
                    | Happening::SoundTurns(..)
                    | Happening::PlayIsOver(..)
                    | Happening::Outside(..)
                    | Happening::CustomerFound(..)
                    | Happening::RecordingGap(_)
                    | Happening::RecordingOver { .. }
                    | Happening::RecordingErased(..)
                    | Happening::CallerKnown(_)
                    | Happening::CommitEnds(_)
                    | Happening::Killed
            )
        });
        self.callers.clear();
        self.outsiders.clear();
        let config = config(self.epoch, greatest_id);
        let history = self.watch.ledger.clone();
        let settings = Arc::clone(&self.settings);
        self.floor = match self.scale.defect {
            Some(defect) => Floor::restore_with_defect(config, settings, history, self.now(), defect),
            None => Floor::restore(config, settings, history, self.now()),
        };
        self.robots_lost_their_browsers();
        self.recover_recordings();
        self.drain()
    }

    /// An agent learns or forgets a skill, a queue changes its wrap-up.
    fn change_settings(&mut self) -> Result<(), Violation> {
        let mut settings = Settings::clone(&self.settings);
        settings.version += 1;
        let agents = settings.agents.len() as u64;
        for _ in 0..3 {
            let skill = settings.skills[self.random.below(settings.skills.len() as u64) as usize].id;
            let agent = &mut settings.agents[self.random.below(agents) as usize];
            if agent.skills.contains(&skill) {
                agent.skills.retain(|held| *held != skill);
            } else {
                agent.skills.push(skill);
            }
        }
        self.settings = Arc::new(settings);
        self.watch.count("settings changed");
        self.feed(Input::SettingsChanged(Arc::clone(&self.settings)))
    }
}

fn config(epoch: u64, greatest_id: i64) -> FloorConfig {
    FloorConfig { partition: PartitionId(1), tenant: TenantId(1), node: 7, epoch, greatest_id, seed: 7 }
}

fn seeded(floor: Floor, scale: Scale) -> Floor {
    match scale.defect {
        Some(defect) => floor.with_defect(defect),
        None => floor,
    }
}
