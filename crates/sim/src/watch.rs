//! The referee: ledger, folds, trace and verdicts.

use std::collections::{BTreeMap, BTreeSet};

use domain::event::FlowExit;
use domain::recording::Manifest;
use domain::recording_policy::{PauseEnd, RecordingMode, RecordingRule};
use domain::room::PortRole;
use domain::screening::ScreenReason;
use domain::{
    AgentId, Command, ConferenceChange, ConferenceEnd, ConversationId, EndReason, EndedBy, Event, HandlingEnd, Input,
    LeaveReason, LedgerEntry, Now, OfferEnd, PartitionId, PartyId, PresenceCause, QueueId, RouteReason, Settings,
    Supervision, SupervisionEnd, TenantId, TransferEnd, TransferKind, Utc, VoicemailCause, WrapUpEnd,
};
use engine::{Floor, Output, Records};
use reporting::LiveFloor;

use crate::commands::Commands;
use crate::model::{I6, I8, Model, ORDER, Verdict};
use crate::recordings::Recordings;
use crate::trace::Trace;
use crate::{Violation, agree};

/// How many events pass between two comparisons of everything.
const FULL_CHECK_EVERY: u64 = 1_000;

/// Everything that watches.
pub(crate) struct Watch {
    pub ledger: Vec<LedgerEntry>,
    pub trace: Trace,
    pub steps: u64,
    pub counts: BTreeMap<&'static str, u64>,
    /// What the parties stand for.
    pub numbers: BTreeMap<PartyId, String>,
    settings: Settings,
    model: Model,
    live: LiveFloor,
    commands: Commands,
    recordings: Recordings,
    conversations: BTreeSet<ConversationId>,
    agents: BTreeSet<AgentId>,
    queues: BTreeSet<QueueId>,
    checked_at: u64,
    greatest_id: i64,
}

impl Watch {
    pub(crate) fn new(settings: &Settings) -> Watch {
        Watch {
            ledger: Vec::new(),
            trace: Trace::new(),
            steps: 0,
            counts: BTreeMap::new(),
            numbers: BTreeMap::new(),
            settings: settings.clone(),
            model: Model::new(settings),
            live: LiveFloor::default(),
            commands: Commands::default(),
            recordings: Recordings::default(),
            conversations: BTreeSet::new(),
            agents: BTreeSet::new(),
            queues: BTreeSet::new(),
            checked_at: 0,
            greatest_id: 0,
        }
    }

    pub(crate) fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    pub(crate) fn violation(&self, invariant: &'static str, detail: String) -> Violation {
        Violation { invariant, step: self.steps, detail }
    }

    fn judge(&self, verdict: Verdict) -> Result<(), Violation> {
        verdict.map_err(|(invariant, detail)| self.violation(invariant, detail))
    }

    pub(crate) fn input(&mut self, t: u64, input: &Input, now: Now) -> Result<(), Violation> {
        self.steps += 1;
        if let Input::SettingsChanged(settings) = input {
            self.settings = Settings::clone(settings);
            self.trace.add(t, &settings.version);
        } else {
            self.trace.add(t, input);
        }
        if let Input::DeviceChanged { agent, .. } = input {
            self.agents.insert(*agent);
        }
        let verdict = self.commands.input(input);
        self.judge(verdict)?;
        self.model.input(input, now.utc);
        Ok(())
    }

    pub(crate) fn output(&mut self, t: u64, epoch: u64, output: &Output, now: Now) -> Result<(), Violation> {
        self.trace.add(t, output);
        match output {
            Output::Party(party) => {
                self.greatest_id = self.greatest_id.max(party.id.0);
                self.numbers.insert(party.id, party.raw.clone());
                Ok(())
            }
            Output::Command(command) => {
                let verdict = self.commands.command(command);
                self.judge(verdict)?;
                if let Command::SetRoom(plan) | Command::BeginRecording(plan) = command {
                    self.judge(self.model.judge_room(plan))?;
                    self.judge(self.model.judge_ears(plan))?;
                }
                let verdict = self.recordings.command(command);
                self.judge(verdict)
            }
            Output::Event(event) => self.event(epoch, event, now),
        }
    }

    fn event(&mut self, epoch: u64, event: &Event, now: Now) -> Result<(), Violation> {
        let entry = LedgerEntry {
            partition: PartitionId(1),
            seq: self.ledger.len() as u64 + 1,
            epoch,
            tenant: TenantId(1),
            at: now.utc,
            mono: now.mono,
            event: event.clone(),
        };
        self.note(event);
        self.live.apply(&entry);
        self.ledger.push(entry);
        let verdict = self.model.event(event, now.utc);
        self.judge(verdict)?;
        let verdict = self.recordings.event(event);
        self.judge(verdict)?;
        if let Event::ConversationEnded { reason: EndReason::InternalFault, conversation, .. } = event {
            return Err(self.violation(ORDER, format!("a step panicked and condemned {conversation}")));
        }
        Ok(())
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "only some events carry an id of their own")]
    fn note(&mut self, event: &Event) {
        self.conversations.extend(event.conversation());
        self.agents.extend(event.agent());
        if let Event::Queued { queue, .. }
        | Event::LeftQueue { queue, .. }
        | Event::AgentOffered { queue: Some(queue), .. } = event
        {
            self.queues.insert(*queue);
        }
        self.count(event.name());
        if let Some(how) = covered(event) {
            self.count(how);
        }
        let ids = match event {
            Event::ConversationStarted { conversation, .. } => conversation.0,
            Event::Queued { segment, .. } | Event::FlowNodeEntered { segment, .. } => segment.0,
            Event::AgentOffered { offer, .. } => offer.0,
            Event::HandlingStarted { handling, .. } => handling.0,
            Event::VoicemailLeft { task, .. } => task.0,
            Event::RecordingStarted { recording, .. } => recording.0,
            _ => 0,
        };
        self.greatest_id = self.greatest_id.max(ids);
    }

    /// The greatest id the disk has seen, and what rooms and plays may have used since.
    pub(crate) fn greatest_id(&self) -> i64 {
        self.greatest_id
    }

    pub(crate) fn after_step(&mut self, floor: &Floor, now: Now) -> Result<(), Violation> {
        self.judge(self.commands.answered_all())?;
        self.judge(self.recordings.after_step())?;
        let verdict = self.model.after_step(now.utc);
        self.judge(verdict)?;
        let view = floor.inspect();
        let (conversations, agents) = (std::mem::take(&mut self.conversations), std::mem::take(&mut self.agents));
        for id in conversations {
            let verdict = agree::conversation(view, &self.live, id, now);
            verdict.map_err(|detail| self.violation(I8, detail))?;
        }
        for id in agents {
            agree::agent(view, &self.live, id).map_err(|detail| self.violation(I8, detail))?;
        }
        for queue in std::mem::take(&mut self.queues) {
            agree::order(view, &self.live, queue).map_err(|detail| self.violation(I8, detail))?;
        }
        if self.ledger.len() as u64 >= self.checked_at + FULL_CHECK_EVERY {
            self.checked_at = self.ledger.len() as u64;
            self.check_everything(floor, now)?;
        }
        Ok(())
    }

    fn check_everything(&self, floor: &Floor, now: Now) -> Result<(), Violation> {
        let queues: Vec<QueueId> = self.settings.queues.iter().map(|queue| queue.id).collect();
        let verdict = agree::everything(floor.inspect(), &self.live, &queues, now);
        verdict.map_err(|detail| self.violation(I8, detail))
    }

    /// The process dies; the last `lost` events never reached the disk. Whoever folds what is left must come to the same state.
    pub(crate) fn crash(&mut self, lost: u64, now: Now) -> Result<(), Violation> {
        // Ids the ledger lost may be in a log or at a telephone; the next process begins above them all the same.
        let keep = self.ledger.len().saturating_sub(lost as usize);
        self.ledger.truncate(keep);
        self.checked_at = self.checked_at.min(keep as u64);
        self.live = LiveFloor::default();
        for entry in &self.ledger {
            self.live.apply(entry);
        }
        let events = self.ledger.iter().map(|entry| (&entry.event, entry.at));
        self.model = Model::restart(&self.settings, events, now.utc);
        self.commands.crash();
        self.recordings = Recordings::restart(self.ledger.iter().map(|entry| &entry.event));
        self.conversations.extend(self.live.conversations.keys());
        self.agents.extend(self.live.agents.keys());
        Ok(())
    }

    pub(crate) fn at_the_end(&self, floor: &Floor, now: Now) -> Result<(), Violation> {
        self.judge(self.model.at_the_end())?;
        self.judge(self.commands.at_the_end())?;
        self.judge(self.recordings.at_the_end())?;
        self.check_everything(floor, now)?;
        let view = floor.inspect();
        let left =
            (view.room_count(), view.leg_count(), view.timers().filter(|(_, name)| *name != "agent_grace").count());
        if left != (0, 0, 0) {
            return Err(self.violation(I6, format!("rooms, legs, timers left over: {left:?}")));
        }
        if &Records::fold(self.ledger.iter().cloned(), now) != view.records() {
            return Err(self.violation(I8, "the restart fold differs from the live records".to_owned()));
        }
        self.ends_exactly_once()
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "only the beginning and the end count")]
    /// Counted once more over the whole ledger, whatever the second opinion thinks.
    fn ends_exactly_once(&self) -> Result<(), Violation> {
        let mut open: BTreeMap<ConversationId, (Utc, u32)> = BTreeMap::new();
        let mut last = Utc(0);
        for entry in &self.ledger {
            if entry.at < last {
                return Err(self.violation(ORDER, format!("entry {} goes back in time", entry.seq)));
            }
            last = entry.at;
            match entry.event {
                Event::ConversationStarted { conversation, .. } => {
                    open.insert(conversation, (entry.at, 0));
                }
                Event::ConversationEnded { conversation, .. } => {
                    open.entry(conversation).or_default().1 += 1;
                }
                _ => {}
            }
        }
        match open.iter().find(|(_, (_, ends))| *ends != 1) {
            Some((id, (_, ends))) => Err(self.violation(I6, format!("{id} has {ends} ends"))),
            None => Ok(()),
        }
    }
}

/// How things ended: what a run must have seen to be worth anything.
#[allow(clippy::wildcard_enum_match_arm, reason = "only the ways that tests ask for are counted")]
fn covered(event: &Event) -> Option<&'static str> {
    Some(match event {
        Event::FlowNodeLeft { exit: FlowExit::CustomerLeft, .. } => "lost in the flow",
        Event::FlowNodeLeft { exit: FlowExit::Invalid, .. } => "last wrong key",
        Event::FlowNodeLeft { exit: FlowExit::Timeout, .. } => "last time-out",
        Event::FlowNodeLeft { exit: FlowExit::NodeRestarted, .. } => "restarted in the flow",
        Event::FlowNodeLeft { exit: FlowExit::Full, .. } => "queue full",
        Event::FlowNodeLeft { exit: FlowExit::Nothing, .. } => "no message",
        Event::VoicemailLeft { cause, .. } => match cause {
            VoicemailCause::QueueFull => "message of a full queue",
            VoicemailCause::WaitTimeout => "message after a long wait",
            VoicemailCause::Key => "message by key",
            VoicemailCause::Flow | VoicemailCause::Closed => "message of the flow",
        },
        Event::OfferEnded { end: OfferEnd::Declined, .. } => "offer declined",
        Event::OfferEnded { end: OfferEnd::Unanswered, .. } => "offer unanswered",
        Event::OfferEnded { end: OfferEnd::CustomerLeft, .. } => "lost while ringing",
        Event::OfferEnded { end: OfferEnd::DeviceLost, .. } => "device lost while ringing",
        Event::OfferEnded { end: OfferEnd::NodeRestarted, .. } => "restarted while ringing",
        Event::LeftQueue { reason: LeaveReason::Abandoned, .. } => "abandoned",
        Event::LeftQueue { reason: LeaveReason::TimedOut, .. } => "waited too long",
        Event::LeftQueue { reason: LeaveReason::Failed, .. } => "failed in the queue",
        Event::LeftQueue { reason: LeaveReason::Unserved, .. } => "called, and the queue was not served",
        Event::Screened { screening, .. } => match screening.reason {
            ScreenReason::BlockList(_) => "kept out",
            ScreenReason::BlockArea(_) => "kept out by area",
            ScreenReason::AllowList(_) | ScreenReason::AllowArea(_) => "let in against the block",
            ScreenReason::Anonymous => "withheld",
            ScreenReason::Nuisance => "nuisance",
        },
        Event::PlaceKept { .. } => "place kept",
        Event::PlaceResumed { .. } => "place resumed",
        Event::Queued { front: true, .. } => "back to the front",
        Event::Queued { wait: Some(_), .. } => "had to wait",
        Event::HandlingHeld { device_lost: true, .. } => "device lost in talk",
        Event::HandlingResumed { device_back: true, .. } => "device back in talk",
        Event::HandlingEnded { end: HandlingEnd::AgentLost, .. } => "agent lost in talk",
        Event::HandlingEnded { end: HandlingEnd::NetworkFailed, .. } => "network failed in talk",
        Event::HandlingEnded { end: HandlingEnd::NodeRestarted, .. } => "restarted in talk",
        Event::HandlingEnded { end: HandlingEnd::AgentHungUp, .. } => "agent hung up",
        Event::HandlingEnded { end: HandlingEnd::CustomerHungUp, .. } => "customer hung up in talk",
        Event::AgentOffered { reason: RouteReason::Returned, .. } => "transfer returned",
        Event::WrapUpFinished { end: WrapUpEnd::CustomerBack, .. } => "customer back in wrap-up",
        Event::WrapUpFinished { end: WrapUpEnd::DeadlinePassed, .. } => "wrap-up ran out",
        Event::WrapUpFinished { end: WrapUpEnd::SignedOut, .. } => "signed out in wrap-up",
        Event::WrapUpFinished { end: WrapUpEnd::NodeRestarted, .. } => "restarted in wrap-up",
        Event::AgentSignedOut { cause: PresenceCause::GraceExpired, .. } => "grace expired",
        Event::RecordingSealed { manifest: Manifest { recovered: true, .. }, .. } => "recording recovered",
        Event::RecordingSealed { manifest: Manifest { recovered: false, .. }, .. } => "recording sealed",
        Event::RecordingResumed { why: PauseEnd::TalkOver, .. } => "pause ended with the talk",
        Event::RecordingResumed { why: PauseEnd::Time, .. } => "pause ended by itself",
        Event::RecordingRuled { rule: RecordingRule { mode: RecordingMode::Share(_), drawn: false, .. }, .. } => {
            "not in the share"
        }
        Event::ConversationEnded { reason: EndReason::MediaLost, .. } => "no audio",
        Event::ConversationEnded { reason: EndReason::UnknownNumber, .. } => "wrong number",
        Event::ConversationEnded { reason: EndReason::Cancelled, .. } => "cancelled",
        _ => return handed_over(event),
    })
}

/// The same of transfers, of whoever is asked, and of supervisors.
#[allow(clippy::wildcard_enum_match_arm, reason = "what is counted by itself")]
fn handed_over(event: &Event) -> Option<&'static str> {
    Some(match event {
        Event::LegJoined { role: PortRole::Outside, .. } => "somebody outside answered",
        Event::OutboundStopped { .. } => "calls outside stopped",
        Event::OutboundReleased { .. } => "calls outside released",
        Event::TrunkFull { .. } => "carrier told busy",
        Event::OutboundRerouted { .. } => "another trunk taken",
        Event::TransferEnded { end: TransferEnd::Busy, .. } => "busy outside",
        Event::ConversationEnded { by: EndedBy::Outside, .. } => "somebody outside hung up",
        Event::TransferEnded { end: TransferEnd::Completed, .. } => "transfer completed",
        Event::TransferEnded { end: TransferEnd::NoAnswer, .. } => "transfer unanswered",
        Event::TransferEnded { end: TransferEnd::CustomerLeft, .. } => "lost while handed over",
        Event::TransferStarted { kind: TransferKind::Consult, .. } => "colleague asked",
        Event::TransferStarted { kind: TransferKind::Park, .. } => "parked",
        Event::TransferStarted { kind: TransferKind::Loan, .. } => "lent to a flow",
        Event::TransferEnded { end: TransferEnd::Returned, .. } => "back from a flow",
        Event::AgentOffered { reason: RouteReason::CameBack, .. } => "offered back",
        Event::AgentOffered { reason: RouteReason::PickedUp, .. } => "picked up",
        Event::AgentOffered { reason: RouteReason::Assigned, .. } => "assigned",
        Event::AgentNotReady { cause: PresenceCause::Supervisor, .. } => "made not ready",
        Event::AgentSignedOut { cause: PresenceCause::Supervisor, .. } => "made to sign out",
        Event::TransferJoined { .. } => "three talked",
        Event::TransferStarted { kind: TransferKind::Conference, .. } => "rung to take part",
        Event::TransferEnded { end: TransferEnd::Conferenced, .. } => "took part",
        Event::ConferenceChanged { what, .. } => match what {
            ConferenceChange::Muted => "muted in a conference",
            ConferenceChange::Unmuted => "heard again in a conference",
            ConferenceChange::Leads => "leads the conference",
            ConferenceChange::Left { end: ConferenceEnd::Dropped } => "dropped out of a conference",
            ConferenceChange::Left { end: ConferenceEnd::TalkOver } => "conference over",
            ConferenceChange::Left { .. } => "left a conference",
        },
        Event::Supervised { what, .. } => match what {
            Supervision::Began { .. } => "supervised",
            Supervision::Changed { .. } => "supervised in another way",
            Supervision::Ended { end: SupervisionEnd::TalkOver } => "talk over while supervised",
            Supervision::Ended { end: SupervisionEnd::TookOver } => "taken over",
            Supervision::Ended { end: SupervisionEnd::Unreachable } => "supervisor lost",
            Supervision::Ended { .. } => "supervised no more",
        },
        Event::HandlingEnded { end: HandlingEnd::Released, .. } => "released",
        Event::TransferEnded { end: TransferEnd::Dropped, .. } => "consult dropped",
        Event::TransferEnded { end: TransferEnd::ColleagueLeft, .. } => "colleague left",
        Event::TransferEnded { end: TransferEnd::AgentLost, .. } => "colleague kept the customer",
        Event::OfferEnded { end: OfferEnd::Withdrawn, .. } => "question taken back",
        _ => return None,
    })
}
