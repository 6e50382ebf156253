//! Outputs in few words, with names instead of ids.

use std::collections::BTreeMap;

use domain::outbound::OutboundRoute;
use domain::recording_policy::PauseEnd;
use domain::room::{Listening, PortId, Recorder, RoomPlan, Tones};
use domain::screening::{DeadAirStep, ScreenAction, ScreenReason};
use domain::{
    ClearingCause, Command, ConferenceChange, DialTarget, Event, KnownBy, Refusal, Supervision, TransferEnd,
    TransferId, TransferKind, TransferTarget,
};

use crate::output::Output;

/// Short names for ids, given in the order of appearance.
#[derive(Default)]
pub(crate) struct Names {
    /// Whether recording is told; most scripts are about something else.
    pub recording: bool,
    names: BTreeMap<i64, String>,
    counts: BTreeMap<&'static str, u32>,
}

impl Names {
    pub(crate) fn set(&mut self, id: i64, name: &str) {
        self.names.insert(id, name.to_owned());
    }

    fn of(&mut self, id: i64, prefix: &'static str) -> String {
        if let Some(name) = self.names.get(&id) {
            return name.clone();
        }
        let count = self.counts.entry(prefix).or_default();
        *count += 1;
        let name = format!("{prefix}{count}");
        self.names.insert(id, name.clone());
        name
    }

    pub(crate) fn output(&mut self, output: &Output) -> Option<String> {
        match output {
            Output::Party(_) => None,
            Output::Event(event) => self.recording(event).unwrap_or_else(|| Some(self.event(event))),
            Output::Command(command) => Some(format!("→ {}", self.command(command))),
        }
    }

    /// What is said of recording, when it is; `None` for events about something else.
    #[allow(clippy::wildcard_enum_match_arm, reason = "the rest is put into words by `event`")]
    fn recording(&mut self, event: &Event) -> Option<Option<String>> {
        let words = match event {
            Event::RecordingStarted { recording, tracks, .. } => {
                format!("recording {} {tracks:?}", self.of(recording.0, "rec"))
            }
            Event::RecordingPaused { recording, reason, .. } => {
                format!("paused {} {reason:?}", self.of(recording.0, "rec"))
            }
            Event::RecordingResumed { recording, agent, why, .. } => {
                let by = match (agent, why) {
                    (Some(_), _) => "agent",
                    (None, PauseEnd::Time) => "time",
                    (None, PauseEnd::Asked | PauseEnd::TalkOver) => "end of talk",
                };
                format!("resumed {} by {by}", self.of(recording.0, "rec"))
            }
            Event::RecordingGap { recording, cause, .. } => format!("gap {} {cause:?}", self.of(recording.0, "rec")),
            Event::RecordingSealed { recording, manifest, .. } => {
                let how = if manifest.recovered { " recovered" } else { "" };
                format!("sealed {}{how}", self.of(recording.0, "rec"))
            }
            Event::RecordingFailed { recording, fault, .. } => {
                format!("failed {} {fault:?}", self.of(recording.0, "rec"))
            }
            Event::ConsentGiven { how, .. } => format!("consent given {how:?}"),
            Event::ConsentRefused { how, .. } => format!("consent refused {how:?}"),
            Event::RecordingSwitched { on, agent, .. } => format!(
                "switched {} by {}",
                if *on { "on" } else { "off" },
                if agent.is_some() { "agent" } else { "end of talk" }
            ),
            Event::RecordingRuled { rule, .. } => {
                let drawn = if rule.drawn { "" } else { " not drawn" };
                let consent = if rule.consent_required { " with consent" } else { "" };
                format!("rule {:?}{drawn}{consent}", rule.mode)
            }
            Event::RecordingErased { recording, cause, .. } => {
                format!("erased {} {cause:?}", self.of(recording.0, "rec"))
            }
            _ => return None,
        };
        Some(self.recording.then_some(words))
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "recording has words of its own")]
    fn event(&mut self, event: &Event) -> String {
        match event {
            Event::ConversationStarted { number, language, .. } => match number {
                Some(number) => format!("started {} {language:?}", self.of(number.0, "number")),
                None => "started unknown number".to_owned(),
            },
            Event::CustomerIdentified { customer, .. } => format!("customer {}", customer.0),
            Event::ConversationEnded { by, reason, .. } => format!("ended by {by:?} {reason:?}"),
            Event::LegJoined { leg, role, .. } => format!("joined {} {role:?}", self.of(leg.0, "leg")),
            Event::EarlyMediaStarted { leg, .. } => format!("{} hears us unanswered", self.of(leg.0, "leg")),
            Event::LegAnswered { leg, .. } => format!("answered {}", self.of(leg.0, "leg")),
            Event::LegLeft { leg, by, reason, .. } => format!("left {} by {by:?} {reason:?}", self.of(leg.0, "leg")),
            Event::LegDegraded { leg, on, mos_hundredths, .. } => {
                let how = if *on { "bad" } else { "good again" };
                format!("{} {how} {mos_hundredths}", self.of(leg.0, "leg"))
            }
            Event::LegRated { leg, quality, .. } => {
                format!("{} sounded {:?}", self.of(leg.0, "leg"), quality.mos_hundredths)
            }
            Event::PeerHeld { on, .. } => format!("peer held {on}"),
            Event::FlowNodeEntered { segment, node, .. } => format!("node {node} in {}", self.of(segment.0, "seg")),
            Event::FlowNodeLeft { node, exit, .. } => format!("node {node} exit {exit:?}"),
            Event::HoursChecked { calendar, open, why, exception, .. } => format!(
                "{} {} {why:?}{}",
                calendar.map_or("no calendar".to_owned(), |calendar| self.of(calendar.0, "calendar")),
                if *open { "open" } else { "closed" },
                exception.map(|exception| format!(" {}", exception.0)).unwrap_or_default()
            ),
            Event::Queued { segment, queue, front, wait, .. } => format!(
                "queued {} {}{}{}",
                self.of(queue.0, "queue"),
                self.of(segment.0, "seg"),
                if *front { " front" } else { "" },
                wait.map(|wait| format!(" {wait:?}")).unwrap_or_default()
            ),
            Event::LeftQueue { segment, reason, .. } => format!("left queue {} {reason:?}", self.of(segment.0, "seg")),
            Event::PlaceKept { keep, .. } => format!("place kept {}s", keep.as_secs()),
            Event::PlaceResumed { segment, waited, .. } => {
                format!("place resumed {} waited {}s", self.of(segment.0, "seg"), waited.as_secs())
            }
            Event::AgentOffered { offer, agent, reason, eligible, idle, .. } => format!(
                "offered {} to {} {reason:?} of {eligible} idle {}s",
                self.of(offer.0, "offer"),
                self.of(agent.0, "agent"),
                idle.as_secs()
            ),
            Event::OfferEnded { offer, end, .. } => format!("offer over {} {end:?}", self.of(offer.0, "offer")),
            Event::OutboundStarted { agent, route, device, .. } => format!(
                "{} calls {}{}",
                self.of(agent.0, "agent"),
                match (route, device) {
                    (Some(route), _) => self.of(route.trunk.0, "trunk"),
                    (None, Some(device)) => self.of(device.0, "device"),
                    (None, None) => "nobody".to_owned(),
                },
                passed_over(route.as_ref())
            ),
            Event::OutboundRerouted { trunk, cause, route, .. } => format!(
                "{} failed{}, goes on through {}{}",
                self.of(trunk.0, "trunk"),
                known_by(cause.map(KnownBy::Cause)),
                self.of(route.trunk.0, "trunk"),
                passed_over(Some(route))
            ),
            Event::OutboundRinging { early_media, .. } => {
                format!("rings there{}", if *early_media { " and is heard" } else { "" })
            }
            Event::OutboundEnded { result, by, .. } => format!("call over {result:?}{}", known_by(*by)),
            Event::OutboundRecognised { result, by, .. } => format!("is in truth {result:?}{}", known_by(Some(*by))),
            other => self.work(other),
        }
    }

    /// What agents do, and what is left when everybody has gone.
    #[allow(clippy::wildcard_enum_match_arm, reason = "`event` has already put the others into words")]
    fn work(&mut self, event: &Event) -> String {
        match event {
            Event::HandlingStarted { handling, agent, .. } => {
                format!("handling {} {}", self.of(handling.0, "handling"), self.of(agent.0, "agent"))
            }
            Event::HandlingHeld { device_lost, .. } => {
                format!("held{}", if *device_lost { " device lost" } else { "" })
            }
            Event::HandlingResumed { device_back, .. } => {
                format!("resumed{}", if *device_back { " device back" } else { "" })
            }
            Event::HandlingMuted { on, .. } => format!("muted {on}"),
            Event::HandlingEnded { handling, end, .. } => {
                format!("handling over {} {end:?}", self.of(handling.0, "handling"))
            }
            Event::TransferStarted { kind, agent, target, reason, route, .. } => format!(
                "{} {} {}{}{}",
                self.of(agent.0, "agent"),
                match kind {
                    TransferKind::Blind => "hands over to",
                    TransferKind::Consult => "asks",
                    TransferKind::Conference => "adds",
                    TransferKind::Park => "parks the customer for",
                    TransferKind::Loan => "lends the customer to",
                },
                self.target(target),
                reason.map(|reason| format!(" {reason:?}")).unwrap_or_default(),
                passed_over(route.as_ref())
            ),
            Event::Supervised { agent, what, .. } => {
                let who = self.of(agent.0, "agent");
                match what {
                    Supervision::Began { target, mode } => {
                        format!("{who} supervises {} {mode:?}", self.of(target.0, "agent"))
                    }
                    Supervision::Changed { mode } => format!("{who} supervises {mode:?}"),
                    Supervision::Ended { end } => format!("{who} supervises no more {end:?}"),
                }
            }
            Event::TransferJoined { .. } => "all three talk".to_owned(),
            Event::ConferenceChanged { transfer, what, .. } => self.conference(*transfer, *what),
            Event::TransferEnded { transfer, end, .. } => self.transfer_over(*transfer, *end),
            Event::WrapUpStarted { limit, .. } => format!("wrap-up {}s", limit.as_secs()),
            Event::WrapUpFinished { end, .. } => format!("wrap-up over {end:?}"),
            Event::HandlingDisposed { disposition, .. } => {
                format!("disposed {}", self.of(disposition.0, "disposition"))
            }
            Event::AgentSignedIn { agent } => format!("{} signed in", self.of(agent.0, "agent")),
            Event::AgentReady { agent } => format!("{} ready", self.of(agent.0, "agent")),
            Event::AgentNotReady { agent, reason, cause } => format!(
                "{} not ready {cause:?}{}",
                self.of(agent.0, "agent"),
                reason.map(|reason| format!(" {}", self.of(reason.0, "reason"))).unwrap_or_default()
            ),
            Event::AgentSignedOut { agent, cause } => format!("{} signed out {cause:?}", self.of(agent.0, "agent")),
            Event::AgentDeviceChanged { agent, reachable } => {
                format!("{} device {}", self.of(agent.0, "agent"), if *reachable { "on" } else { "off" })
            }
            Event::AgentTelephoneChanged { agent, device } => format!(
                "{} works with {}",
                self.of(agent.0, "agent"),
                device.map_or("the browser".to_owned(), |device| self.of(device.0, "device"))
            ),
            Event::VoicemailLeft { queue, cause, length, .. } => {
                let queue = queue.map_or(String::new(), |queue| format!(" from {}", self.of(queue.0, "queue")));
                format!("message of {length:?} {cause:?}{queue}")
            }
            Event::FloorStarted { epoch } => format!("floor started epoch {epoch}"),
            other => self.kept(other),
        }
    }

    /// Who is kept out or goes first, calls outside that are stopped, and calls from a full trunk.
    #[allow(clippy::wildcard_enum_match_arm, reason = "`event` has already put the others into words")]
    fn kept(&mut self, event: &Event) -> String {
        match event {
            Event::Screened { screening, .. } => format!(
                "screened {}: {}",
                match screening.reason {
                    ScreenReason::BlockList(entry) => format!("blocked by {}", entry.0),
                    ScreenReason::AllowList(entry) => format!("allowed by {}", entry.0),
                    ScreenReason::BlockArea(entry) => format!("blocked by area {}", entry.0),
                    ScreenReason::AllowArea(entry) => format!("allowed by area {}", entry.0),
                    other => format!("{other:?}"),
                },
                match screening.action {
                    ScreenAction::Diverted(flow) => format!("flow {}", flow.0),
                    other => format!("{other:?}"),
                }
            ),
            Event::VipRecognised { entry, .. } => format!("VIP by {}", entry.0),
            Event::OutboundStopped { stopped, by, .. } => {
                format!("calls stopped {stopped:?} by {}", self.of(by.0, "agent"))
            }
            Event::OutboundReleased { stopped, by } => {
                format!("calls released {stopped:?} by {}", self.of(by.0, "agent"))
            }
            Event::DeadAirFound { silence, step, .. } => {
                let step = match step {
                    DeadAirStep::Told(agent) => format!("told {}", self.of(agent.0, "agent")),
                    DeadAirStep::Diverted(flow) => format!("flow {}", flow.0),
                    other => format!("{other:?}"),
                };
                format!("dead air of {silence:?}: {step}")
            }
            Event::MobileCalled { agent, device, route, .. } => format!(
                "{} called at {} by {}{}",
                self.of(agent.0, "agent"),
                self.of(device.0, "device"),
                self.of(route.trunk.0, "trunk"),
                passed_over(Some(route))
            ),
            Event::MobileEnded { device, end, .. } => format!("{} over {end:?}", self.of(device.0, "device")),
            Event::TrunkFull { trunk, block, .. } => format!("{} full {block:?}", self.of(trunk.0, "trunk")),
            other => format!("{other:?}"),
        }
    }

    fn transfer_over(&mut self, transfer: TransferId, end: TransferEnd) -> String {
        if end == TransferEnd::Conferenced {
            return format!("{} takes part", self.of(transfer.0, "party"));
        }
        format!("transfer {end:?}")
    }

    fn conference(&mut self, transfer: TransferId, what: ConferenceChange) -> String {
        let who = self.of(transfer.0, "party");
        match what {
            ConferenceChange::Muted => format!("{who} silenced"),
            ConferenceChange::Unmuted => format!("{who} not silenced"),
            ConferenceChange::Leads => format!("{who} leads"),
            ConferenceChange::Left { end } => format!("{who} out {end:?}"),
        }
    }

    fn target(&mut self, target: &TransferTarget) -> String {
        match target {
            TransferTarget::Agent(agent) => self.of(agent.0, "agent"),
            TransferTarget::Queue(queue) => self.of(queue.0, "queue"),
            TransferTarget::Flow(flow) => format!("flow {}", flow.0),
            TransferTarget::Park => "anybody".to_owned(),
            TransferTarget::Outside(_) => "somebody outside".to_owned(),
        }
    }

    fn command(&mut self, command: &Command) -> String {
        match command {
            Command::Proceed { leg, early_media } => {
                format!("proceed {}{}", self.of(leg.0, "leg"), if *early_media { " to be heard" } else { "" })
            }
            Command::Dial { leg, target, caller, withheld, auto_answer } => format!(
                "dial {} {} as {caller}{}{}",
                self.of(leg.0, "leg"),
                match target {
                    DialTarget::Device(device) => self.of(device.0, "device"),
                    DialTarget::Trunk { trunk, number } => format!("{number} by {}", self.of(trunk.0, "trunk")),
                },
                withheld.as_ref().map(|number| format!("nobody, in truth {number}")).unwrap_or_default(),
                if *auto_answer { " to answer itself" } else { "" }
            ),
            Command::Answer { leg } => format!("answer {}", self.of(leg.0, "leg")),
            Command::Refuse { leg, cause } => format!("refuse {} {cause:?}", self.of(leg.0, "leg")),
            Command::Release { leg, cause } => format!("release {} {cause:?}", self.of(leg.0, "leg")),
            Command::RefuseRefer { leg, why } => format!("not moved {} {why:?}", self.of(leg.0, "leg")),
            Command::SendDigits { leg, keys } => {
                let keys: String = keys.iter().map(|key| key.as_char()).collect();
                format!("press {keys} at {}", self.of(leg.0, "leg"))
            }
            Command::SetRoom(plan) => self.plan(plan),
            Command::BeginRecording(plan) => format!("{} after commit", self.plan(plan)),
            Command::CloseRoom { room } => format!("close {}", self.of(room.0, "room")),
            Command::ResolveCustomer { .. } => "resolve customer".to_owned(),
            Command::RecallCallers { among } => format!("recall {} callers", among.len()),
            Command::RecogniseCaller { among, .. } => format!("recognise among {}", among.len()),
            Command::Reply { result, .. } => match result {
                Ok(()) => "ok".to_owned(),
                Err(Refusal::LimitReached { .. }) => "refused LimitReached".to_owned(),
                Err(refusal) => format!("refused {refusal:?}"),
            },
        }
    }

    fn port(&mut self, id: PortId) -> String {
        match id {
            PortId::Leg(leg) => self.of(leg.0, "leg"),
            PortId::Play(play) => self.of(play.0, "play"),
        }
    }

    fn plan(&mut self, plan: &RoomPlan) -> String {
        let mut words = format!("{} v{}:", self.of(plan.room.0, "room"), plan.version);
        for hear in &plan.hears {
            let (from, to) = (self.port(hear.from), self.port(hear.to));
            words += &format!(" {from}→{to}");
        }
        if plan.hears.is_empty() {
            words += " silence";
        }
        for play in &plan.plays {
            let sounds: Vec<String> = play
                .sounds
                .iter()
                .map(|sound| match sound.language {
                    Some(language) => format!("{}/{language:?}", sound.name),
                    None => sound.name.clone(),
                })
                .collect();
            let name = self.of(play.id.0, "play");
            words += &format!(" {name}[{}{}]", sounds.join(" "), if play.repeat { " ∞" } else { "" });
        }
        if let Some(silence) = plan.silence {
            words += &format!(" silence of {} after {:?}", self.of(silence.leg.0, "leg"), silence.after);
        }
        if let Some(Listening { leg, tones }) = plan.listening {
            let leg = self.of(leg.0, "leg");
            words += &match tones {
                Tones::Off => format!(" listens to {leg}"),
                Tones::On => format!(" listens to {leg} for tones"),
                Tones::For(time) => format!(" listens to {leg} for tones for {time:?}"),
            };
        }
        match plan.recorder {
            _ if !self.recording => {}
            Recorder::Off => words += " off",
            Recorder::On { recording, .. } => words += &format!(" on {}", self.of(recording.0, "rec")),
            Recorder::Paused { recording, reasons } => {
                words += &format!(" paused {} {reasons:?}", self.of(recording.0, "rec"));
            }
        }
        words
    }
}

fn known_by(by: Option<KnownBy>) -> String {
    match by {
        None => String::new(),
        Some(KnownBy::Cause(ClearingCause { status, q850 })) => {
            format!(" by {status}{}", q850.map(|cause| format!(" Q.850 {cause}")).unwrap_or_default())
        }
        Some(KnownBy::Tone(tone)) => format!(" by tone {tone:?}"),
        Some(KnownBy::Silence) => " by silence".to_owned(),
    }
}

fn passed_over(route: Option<&OutboundRoute>) -> String {
    let passed = route.map(|route| route.passed.as_slice()).unwrap_or_default();
    passed.iter().map(|passed| format!(" past trunk {} {:?}", passed.trunk.0, passed.block)).collect()
}
