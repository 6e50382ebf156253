//! A small centre and the language of the scripts.
//!
//! ```text
//! call c1 4001        a leg arrives        phone ann on|off|2   ann's browser phone
//! up c1               it is answered       page ann on|off      ann's page
//! key c1 2            a key                ann ready            whatever ann asks; offers and handlings are the live ones
//! played c1           its play ends        +5s                  time passes, timers fire at their instant
//! gone c1             it hangs up          lost c1              no audio any more
//! sip desk on|off     a SIP phone          ann use desk         ann works with it; desk.1 is our first call to it
//! ann dial 021        ann calls            rings far.1          the far side rings
//! rated 1 bob.on 412  how a leg sounded in the first conversation; sounds 1 c1 bad|good 287 is how it does
//! known c1            the number is that of everybody whose place is kept
//! silent c1           it says nothing any more
//! call c1 4001 139    a leg arrives from 139; from - it withholds its number, from visitor it is a browser
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

pub(crate) use super::centre::settings;
use super::run::{agent_named, device_named};
pub(crate) use super::run::{check, check_ready, ready, with_ready};
use super::words::Names;
use crate::floor::{Defect, Floor, FloorConfig};
use crate::output::Output;
use domain::input::{FailedCommand, LegSource, Quality};
use domain::room::PlayEnd;
use domain::settings::*;
use domain::*;

pub(crate) const ANN: AgentId = AgentId(101);
pub(crate) const BOB: AgentId = AgentId(102);
/// Two more, where more than two are needed.
pub(crate) const CAT: AgentId = AgentId(103);
pub(crate) const DAN: AgentId = AgentId(104);
pub(crate) const SALES: QueueId = QueueId(201);
pub(crate) const HELP: QueueId = QueueId(202);
pub(crate) const VIP: SkillId = SkillId(301);

/// 2026-01-05 is a Monday; 10:00 in Shanghai.
pub(crate) const MONDAY_TEN: Utc = Utc(1_767_578_400_000_000);

pub(crate) fn config() -> FloorConfig {
    FloorConfig { partition: PartitionId(1), tenant: TenantId(1), node: 1, epoch: 1, greatest_id: 0, seed: 0 }
}

pub(crate) struct World {
    pub floor: Floor,
    pub now: Now,
    pub names: Names,
    pub ledger: Vec<LedgerEntry>,
    legs: BTreeMap<String, LegId>,
    dialled: BTreeMap<String, u32>,
    plays: BTreeMap<LegId, (RoomId, PlayId)>,
    /// Whose keys the latest plan waits for.
    pub(super) collected: Vec<LegId>,
    defect: bool,
    written: String,
    pub(super) requests: i64,
    replies: i64,
}

impl World {
    pub(crate) fn new(settings: Settings) -> World {
        World::at(settings, MONDAY_TEN)
    }

    pub(crate) fn at(settings: Settings, utc: Utc) -> World {
        let now = Now { mono: Mono(1_000_000_000_000), utc };
        let floor = Floor::new(config(), Arc::new(settings.clone()), now);
        let mut names = Names::default();
        let known = [
            (101, "ann"),
            (102, "bob"),
            (201, "sales"),
            (401, "office"),
            (202, "help"),
            (701, "break"),
            (801, "solved"),
        ];
        let phones = [(901, "desk"), (902, "bobs"), (903, "lobby"), (911, "mobile"), (1, "carrier")];
        for (id, name) in known.into_iter().chain(phones).chain([
            (501, "4001"),
            (502, "4002"),
            (503, "4003"),
            (504, "4004"),
            (505, "4005"),
        ]) {
            names.set(id, name);
        }
        let mut world = World {
            floor,
            now,
            names,
            ledger: Vec::new(),
            legs: BTreeMap::new(),
            dialled: BTreeMap::new(),
            plays: BTreeMap::new(),
            collected: Vec::new(),
            defect: false,
            written: String::new(),
            requests: 0,
            replies: 0,
        };
        world.drain(false);
        world
    }

    pub(crate) fn with_defect(mut self, defect: Defect) -> World {
        self.floor = self.floor.with_defect(defect);
        self.defect = true;
        self
    }

    /// The process dies; another one folds the ledger. `down` passes meanwhile. Gives back what the start leads to.
    pub(crate) fn restart(&mut self, down: Duration, settings: Settings) -> String {
        self.advance(self.now.mono + down);
        self.written += "(restart)\n";
        let config = FloorConfig { epoch: 2, greatest_id: self.floor.ids.greatest(), ..config() };
        self.floor = Floor::restore(config, Arc::new(settings), self.ledger.clone(), self.now);
        self.drain(true);
        std::mem::take(&mut self.written)
    }

    pub(crate) fn leg(&mut self, name: &str) -> LegId {
        let next = LegId(9_000 + i64::try_from(self.legs.len()).unwrap());
        let leg = *self.legs.entry(name.to_owned()).or_insert(next);
        self.names.set(leg.0, name);
        leg
    }

    pub(crate) fn input(&mut self, input: Input) {
        self.floor.handle(self.now, input);
        self.drain(true);
    }

    pub(crate) fn drain(&mut self, write: bool) {
        while let Some(output) = self.floor.poll_output() {
            if let Output::Command(Command::Dial { leg, target, .. }) = &output {
                self.name_dialled(*leg, target);
            }
            if write && let Some(line) = self.names.output(&output) {
                self.written += &format!("    {line}\n");
            }
            match output {
                Output::Event(event) => {
                    let fault = matches!(event, Event::ConversationEnded { reason: EndReason::InternalFault, .. });
                    assert!(!fault || self.defect, "a step panicked");
                    self.record(event);
                }
                Output::Command(Command::SetRoom(plan) | Command::BeginRecording(plan)) => self.note_plan(&plan),
                Output::Command(Command::Reply { .. }) => self.replies += 1,
                Output::Command(_) | Output::Party(_) => {}
            }
        }
        crate::tests::consistent::check(&self.floor, &self.ledger, self.now);
    }

    fn name_dialled(&mut self, leg: LegId, target: &DialTarget) {
        let to = match target {
            DialTarget::Device(DeviceId(901)) => "desk",
            DialTarget::Device(DeviceId(902)) => "bobs",
            DialTarget::Device(_) => "lobby",
            DialTarget::Trunk { .. } => "far",
        };
        let count = self.dialled.entry(to.to_owned()).or_default();
        *count += 1;
        self.names.set(leg.0, &format!("{to}.{count}"));
        self.legs.insert(format!("{to}.{count}"), leg);
    }

    fn record(&mut self, event: Event) {
        let (seq, partition, tenant) = (self.ledger.len() as u64 + 1, PartitionId(1), TenantId(1));
        self.ledger.push(LedgerEntry {
            partition,
            seq,
            epoch: 1,
            tenant,
            at: self.now.utc,
            mono: self.now.mono,
            event,
        });
    }

    fn note_plan(&mut self, plan: &RoomPlan) {
        let waited_for = |port: &room::Port| match port.id {
            room::PortId::Leg(leg) => (port.digits == room::Digits::Collect).then_some(leg),
            room::PortId::Play(_) => None,
        };
        self.collected = plan.ports.iter().filter_map(waited_for).collect();
        for hear in &plan.hears {
            if let (room::PortId::Play(play), room::PortId::Leg(leg)) = (hear.from, hear.to) {
                self.plays.insert(leg, (plan.room, play));
            }
        }
    }

    pub(crate) fn pass(&mut self, time: Duration) {
        let until = self.now.mono + time;
        while let Some((at, name)) = self.floor.poll_timeout().filter(|(at, _)| *at <= until) {
            self.advance(at.max(self.now.mono));
            self.written += &format!("    ({name})\n");
            self.input(Input::Tick);
        }
        self.advance(until);
    }

    pub(crate) fn advance(&mut self, to: Mono) {
        let step = to.since(self.now.mono);
        self.now = Now { mono: to, utc: Utc(self.now.utc.0 + i64::try_from(step.as_micros()).unwrap()) };
    }

    /// Runs a script; gives back each line with what it led to.
    pub(crate) fn run(&mut self, script: &str) -> String {
        for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.written += &format!("{line}\n");
            self.line(line);
        }
        assert_eq!(self.requests, self.replies, "every request gets exactly one reply");
        std::mem::take(&mut self.written)
    }

    fn line(&mut self, line: &str) {
        let parts: Vec<&str> = line.split_whitespace().collect();
        match parts.as_slice() {
            [time] if time.starts_with('+') => {
                let seconds: f64 = time.trim_matches(['+', 's']).parse().unwrap();
                self.pass(Duration::from_secs_f64(seconds));
            }
            ["call", leg, number] => self.call(leg, number, "13800138000"),
            ["call", leg, number, calling] => self.call(leg, number, calling),
            ["page", agent, on] => {
                let agent = agent_named(agent);
                self.input(Input::AgentConnected { agent, connected: *on == "on" });
            }
            ["phone", agent, which] => {
                let leg = if *which == "off" { None } else { Some(self.leg(&format!("{agent}.{which}"))) };
                self.input(Input::DeviceChanged { agent: agent_named(agent), leg });
            }
            ["sip", device, on] => {
                let device = device_named(device);
                self.input(Input::TelephoneChanged { device, reachable: *on == "on" });
            }
            ["key", leg, keys] => {
                for key in keys.chars() {
                    let (leg, key) = (self.leg(leg), Key::from_char(key).unwrap());
                    self.input(Input::Digit { leg, key });
                }
            }
            ["rated", conversation, leg, mos] => {
                let (conversation, leg) = (self.started(conversation), self.leg(leg));
                let quality = Quality { mos_hundredths: Some(mos.parse().unwrap()), ..Quality::default() };
                self.input(Input::LegRated { conversation, leg, quality });
            }
            ["sounds", conversation, leg, how, mos] => {
                let (conversation, leg) = (self.started(conversation), self.leg(leg));
                let (bad, mos_hundredths) = (*how == "bad", mos.parse().unwrap());
                self.input(Input::SoundTurned { conversation, leg, bad, mos_hundredths });
            }
            ["trunk", trunk, working] => {
                let trunk = TrunkId(trunk.parse().unwrap());
                self.input(Input::TrunkChanged { trunk, working: *working == "on" });
            }
            [agent, action, rest @ ..] if ["ann", "bob", "cat", "dan"].contains(agent) => {
                self.ask(agent_named(agent), action, rest)
            }
            [verb, leg, rest @ ..] => {
                let leg = self.leg(leg);
                self.leg_line(verb, leg, rest);
            }
            _ => panic!("no such line: {line}"),
        }
    }

    /// The conversation that began as the first, second and so on.
    fn started(&self, number: &str) -> ConversationId {
        let number: usize = number.parse().unwrap();
        let is_start = |event: &Event| matches!(event, Event::ConversationStarted { .. });
        let started = self.ledger.iter().filter(|entry| is_start(&entry.event));
        started.filter_map(|entry| entry.event.conversation()).nth(number - 1).unwrap()
    }

    /// `-` withholds the number, `-138…` from us but not from the carrier, `visitor` is a browser; `138@CN/广东` is from there.
    fn call(&mut self, leg: &str, number: &str, calling: &str) {
        let leg = self.leg(leg);
        let is_visitor = calling == "visitor";
        let source = if is_visitor { LegSource::Visitor } else { LegSource::Trunk(TrunkId(1)) };
        let (calling, area) = calling.split_once('@').unwrap_or((calling, ""));
        let known = if is_visitor { "" } else { calling.trim_start_matches('-') }.to_owned();
        let shown = if calling.starts_with('-') { "" } else { known.as_str() }.to_owned();
        self.input(Input::LegArrived {
            leg,
            source,
            called: number.to_owned(),
            calling: shown,
            known,
            area: area.to_owned(),
        });
    }

    fn leg_line(&mut self, verb: &str, leg: LegId, rest: &[&str]) {
        let (quality, cause) = (None, None);
        let input = match (verb, rest) {
            ("up", []) => Input::LegAnswered { leg },
            ("gone", []) => Input::LegEnded { leg, by: EndedBy::Customer, reason: EndReason::HungUp, cause, quality },
            ("gone", ["cancelled"]) => {
                Input::LegEnded { leg, by: EndedBy::Customer, reason: EndReason::Cancelled, cause, quality }
            }
            ("rings", []) => Input::LegProgress { leg, early_media: false },
            ("heard", []) => Input::LegProgress { leg, early_media: true },
            ("gone", [why @ ("busy" | "declined" | "no_answer" | "unreachable")]) => {
                let reason = match *why {
                    "busy" => EndReason::Busy,
                    "declined" => EndReason::Declined,
                    "no_answer" => EndReason::NoAnswer,
                    _ => EndReason::Unreachable,
                };
                Input::LegEnded { leg, by: EndedBy::Network, reason, cause, quality }
            }
            ("gone", ["colleague"]) => {
                Input::LegEnded { leg, by: EndedBy::Agent, reason: EndReason::HungUp, cause, quality }
            }
            ("gone", ["network"]) => {
                Input::LegEnded { leg, by: EndedBy::Network, reason: EndReason::Timeout, cause, quality }
            }
            ("released", []) => Input::LegEnded { leg, by: EndedBy::System, reason: EndReason::HungUp, cause, quality },
            ("lost", []) => Input::MediaLost { leg },
            // The look-up says that the caller is the one of all the calls before.
            ("known", []) => return self.recognise(leg),
            ("silent", []) => Input::SilenceHeard { leg },
            ("speaks", []) => Input::SoundHeard { leg },
            ("tone", [tone]) => Input::ToneHeard { leg, tone: tone_named(tone) },
            // `refused 404` or `refused 480 1`, as the table of the signalling side has it.
            ("refused", [status, q850 @ ..]) => {
                let (status, q850) = (status.parse().unwrap(), q850.first().map(|cause| cause.parse().unwrap()));
                let (by, reason) = (EndedBy::Network, reason_of(status));
                Input::LegEnded { leg, by, reason, cause: Some(ClearingCause { status, q850 }), quality }
            }
            ("calls", [device, to]) => {
                Input::PhoneCalled { leg, device: device_named(device), called: (*to).to_owned() }
            }
            ("refers", [to]) => Input::PeerReferred { leg, to: (*to).to_owned(), replaces: None },
            ("joins", [other]) => {
                let replaces = Some(self.leg(other));
                Input::PeerReferred { leg, to: "102".to_owned(), replaces }
            }
            ("info", [key]) => Input::InfoKey { leg, key: key.chars().next().and_then(Key::from_char).unwrap() },
            ("peer_hold", [on]) => Input::PeerHold { leg, on: *on == "on" },
            ("failed", []) => Input::CommandFailed { what: FailedCommand::Leg(leg), why: EndReason::Unreachable },
            ("played", rest) => {
                let end = match rest {
                    ["barged"] => PlayEnd::Barged,
                    ["failed"] => PlayEnd::Failed,
                    _ => PlayEnd::Finished,
                };
                let (room, play) = self.plays[&leg];
                Input::PlayEnded { room, play, end }
            }
            _ => panic!("no such verb: {verb}"),
        };
        self.input(input);
    }

    fn recognise(&mut self, leg: LegId) {
        let view = self.floor.inspect();
        let conversation = view.conversations().find(|view| view.leg == leg).map(|view| view.id).unwrap();
        let parties = view.records().kept.values().map(|place| place.party).collect();
        self.input(Input::CallerRecognised { conversation, parties });
    }
}

fn tone_named(name: &str) -> CallTone {
    match name {
        "dial" => CallTone::Dial,
        "ringback" => CallTone::Ringback,
        "busy" => CallTone::Busy,
        "congestion" => CallTone::Congestion,
        "unobtainable" => CallTone::Unobtainable,
        "information" => CallTone::Information,
        other => panic!("no such tone: {other}"),
    }
}

/// How signalling reports these.
fn reason_of(status: u16) -> EndReason {
    match status {
        404 | 484 => EndReason::InvalidNumber,
        486 => EndReason::Busy,
        408 | 480 => EndReason::Unreachable,
        503 => EndReason::Congestion,
        _ => EndReason::ProtocolError,
    }
}
