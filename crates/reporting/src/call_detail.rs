//! The detail record of one conversation, as a fold of its events.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::{
    AgentId, Channel, ConferenceChange, ConversationId, CustomerId, Direction, DispositionId, EndReason, EndedBy,
    Event, Evidence, HandlingId, KnownBy, Language, LedgerEntry, NumberId, OutboundResult, PartitionId, PartyId,
    QueueId, SiteId, TenantId, TransferEnd, TransferId, TransferKind, TransferTarget, Utc,
};

/// What there is to say about one conversation in one row. Many fields, because a row has many columns.
#[derive(Clone, Debug, PartialEq)]
pub struct CallDetail {
    /// Which.
    pub id: ConversationId,
    /// Whose.
    pub tenant: TenantId,
    /// In which ledger chain.
    pub partition: PartitionId,
    /// By which channel.
    pub channel: Channel,
    /// Who opened it.
    pub direction: Direction,
    /// Language at the start.
    pub language: Language,
    /// Number dialled.
    pub number: Option<NumberId>,
    /// Who called.
    pub from: PartyId,
    /// What was dialled.
    pub to: PartyId,
    /// Site of the number.
    pub site: Option<SiteId>,
    /// An earlier conversation this one belongs to.
    pub parent: Option<ConversationId>,
    /// The record, once found.
    pub customer: Option<CustomerId>,
    /// The last queue.
    pub queue: Option<QueueId>,
    /// Agents who handled it, in the order of their first handling.
    pub agents: Vec<AgentId>,
    /// Who handled it last.
    pub agent: Option<AgentId>,
    /// When it began.
    pub started_at: Utc,
    /// When an agent first answered.
    pub answered_at: Option<Utc>,
    /// When it ended, by whom and how.
    pub ended: Option<(Utc, EndedBy, EndReason)>,
    /// Time in queues, summed when one is left.
    pub wait: Option<Duration>,
    /// Talk without holds, summed when a stretch of it is over.
    pub talk: Option<Duration>,
    /// Holds, summed when one is over.
    pub hold: Option<Duration>,
    /// After-call work, summed when one is over.
    pub wrap_up: Option<Duration>,
    /// The outcome recorded last.
    pub disposition: Option<DispositionId>,
    /// The caller went before others.
    pub is_vip: bool,
    /// What the call it began with has come to, when we called.
    pub outbound: Option<Outcome>,
    waiting_since: Option<Stamp>,
    handlings: BTreeMap<HandlingId, (Stretch, Stamp)>,
    /// The colleague who is asked, and their handling once they have answered.
    asked: Option<(AgentId, Option<HandlingId>)>,
    /// Colleagues in a conference, by the transfers they came by.
    members: BTreeMap<TransferId, (AgentId, HandlingId)>,
}

/// What a call of ours has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What.
    pub result: OutboundResult,
    /// How that is known; `None` when it is known by what we did ourselves.
    pub by: Option<Evidence>,
    /// From the call to the first ring or sound of the far side.
    pub post_dial_delay: Option<Duration>,
}

/// What a handling's clock is counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stretch {
    /// Somebody is being called; not counted.
    Dialling,
    /// Somebody is asked by the agent who has the customer; that agent's time is what counts.
    Asked,
    Talk,
    Hold,
    WrapUp,
}

/// A moment on both clocks. The monotonic one is compared only within one start of a node, in the whole microseconds the
/// ledger keeps, so that a fold of live events and one of stored events agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    epoch: u64,
    mono_us: u64,
    at: Utc,
}

impl Stamp {
    fn of(entry: &LedgerEntry) -> Stamp {
        Stamp { epoch: entry.epoch, mono_us: entry.mono.0 / 1_000, at: entry.at }
    }

    fn since(self, earlier: Stamp) -> Duration {
        if self.epoch == earlier.epoch {
            Duration::from_micros(self.mono_us.saturating_sub(earlier.mono_us))
        } else {
            self.at.since(earlier.at)
        }
    }
}

fn add(sum: &mut Option<Duration>, time: Duration) {
    *sum = Some(sum.unwrap_or_default() + time);
}

impl CallDetail {
    /// The record at the event that starts a conversation; `None` for any other event.
    pub fn begin(entry: &LedgerEntry) -> Option<CallDetail> {
        let Event::ConversationStarted { conversation, channel, direction, number, from, to, language, site, parent } =
            &entry.event
        else {
            return None;
        };
        Some(CallDetail {
            id: *conversation,
            tenant: entry.tenant,
            partition: entry.partition,
            channel: *channel,
            direction: *direction,
            language: *language,
            number: *number,
            from: *from,
            to: *to,
            site: *site,
            parent: *parent,
            customer: None,
            queue: None,
            agents: Vec::new(),
            agent: None,
            started_at: entry.at,
            answered_at: None,
            ended: None,
            wait: None,
            talk: None,
            hold: None,
            wrap_up: None,
            disposition: None,
            is_vip: false,
            outbound: None,
            waiting_since: None,
            handlings: BTreeMap::new(),
            asked: None,
            members: BTreeMap::new(),
        })
    }

    /// The record of a conversation from all its events in order; `None` when they do not begin with its start.
    pub fn fold<'a>(entries: impl IntoIterator<Item = &'a LedgerEntry>) -> Option<CallDetail> {
        let mut entries = entries.into_iter();
        let mut detail = CallDetail::begin(entries.next()?)?;
        for entry in entries {
            detail.apply(entry);
        }
        Some(detail)
    }

    fn begin_waiting(&mut self, queue: QueueId, now: Stamp) {
        self.stop_waiting(now);
        self.queue = Some(queue);
        self.waiting_since = Some(now);
    }

    /// Folds one later event of the conversation.
    pub fn apply(&mut self, entry: &LedgerEntry) {
        let now = Stamp::of(entry);
        match &entry.event {
            Event::CustomerIdentified { customer, .. } => self.customer = Some(*customer),
            Event::ConversationEnded { by, reason, .. } => self.end((entry.at, *by, *reason), now),
            Event::Queued { queue, .. } => self.begin_waiting(*queue, now),
            Event::LeftQueue { .. } => self.stop_waiting(now),
            Event::HandlingStarted { handling, agent, .. } => self.begin_handling(*handling, *agent, entry.at, now),
            Event::OutboundEnded { result, by, post_dial_delay, .. } => {
                self.end_outbound((*result, *by, *post_dial_delay), entry.at, now);
            }
            Event::OutboundRecognised { result, by, .. } => self.recognise(*result, *by),
            Event::HandlingHeld { handling, .. } => self.turn(*handling, Some(Stretch::Hold), now),
            Event::HandlingResumed { handling, .. } => self.turn(*handling, Some(Stretch::Talk), now),
            Event::WrapUpStarted { handling, .. } => self.turn(*handling, Some(Stretch::WrapUp), now),
            Event::HandlingEnded { handling, .. } | Event::WrapUpFinished { handling, .. } => {
                self.turn(*handling, None, now);
            }
            Event::TransferStarted { kind, target, .. } => self.ask(*kind, *target),
            Event::TransferEnded { transfer, end, .. } => self.end_consult(*transfer, *end, now),
            Event::ConferenceChanged { transfer, what, .. } => self.change_conference(*transfer, *what, now),
            Event::VipRecognised { .. } => self.is_vip = true,
            Event::HandlingDisposed { disposition, .. } => self.disposition = Some(*disposition),
            Event::ConversationStarted { .. }
            | Event::LegJoined { .. }
            | Event::LegAnswered { .. }
            | Event::EarlyMediaStarted { .. }
            | Event::LegLeft { .. }
            | Event::LegDegraded { .. }
            | Event::LegRated { .. }
            | Event::PeerHeld { .. }
            | Event::FlowNodeEntered { .. }
            | Event::FlowNodeLeft { .. }
            | Event::HoursChecked { .. }
            | Event::PlaceKept { .. }
            | Event::PlaceResumed { .. }
            | Event::AgentOffered { .. }
            | Event::OfferEnded { .. }
            | Event::OutboundStarted { .. }
            | Event::OutboundRinging { .. }
            | Event::OutboundRerouted { .. }
            | Event::DeadAirFound { .. }
            | Event::HandlingMuted { .. }
            | Event::TransferJoined { .. }
            | Event::Supervised { .. }
            | Event::OutboundStopped { .. }
            | Event::OutboundReleased { .. }
            | Event::TrunkFull { .. }
            | Event::MobileCalled { .. }
            | Event::MobileEnded { .. }
            | Event::RecordingStarted { .. }
            | Event::RecordingPaused { .. }
            | Event::RecordingResumed { .. }
            | Event::RecordingGap { .. }
            | Event::RecordingSealed { .. }
            | Event::RecordingFailed { .. }
            | Event::ConsentGiven { .. }
            | Event::ConsentRefused { .. }
            | Event::RecordingSwitched { .. }
            | Event::RecordingRuled { .. }
            | Event::RecordingErased { .. }
            | Event::AgentSignedIn { .. }
            | Event::AgentReady { .. }
            | Event::AgentNotReady { .. }
            | Event::AgentSignedOut { .. }
            | Event::AgentDeviceChanged { .. }
            | Event::AgentTelephoneChanged { .. }
            | Event::VoicemailLeft { .. }
            | Event::Screened { .. }
            | Event::FloorStarted { .. } => {}
        }
    }

    fn end(&mut self, how: (Utc, EndedBy, EndReason), now: Stamp) {
        self.stop_waiting(now);
        self.turn_all(None, now);
        self.ended = Some(how);
    }

    /// An answered call turned out to have come to something else.
    fn recognise(&mut self, result: OutboundResult, by: KnownBy) {
        let post_dial_delay = self.outbound.and_then(|outbound| outbound.post_dial_delay);
        self.outbound = Some(Outcome { result, by: Some(by.evidence()), post_dial_delay });
    }

    fn end_outbound(&mut self, told: (OutboundResult, Option<KnownBy>, Option<Duration>), at: Utc, now: Stamp) {
        let (result, by, post_dial_delay) = told;
        self.outbound = Some(Outcome { result, by: by.map(KnownBy::evidence), post_dial_delay });
        if result == OutboundResult::Answered {
            self.answered_at.get_or_insert(at);
            self.turn_all(Some(Stretch::Talk), now);
        }
    }

    /// The time of a colleague who is asked counts only once they have the customer.
    fn begin_handling(&mut self, handling: HandlingId, agent: AgentId, at: Utc, now: Stamp) {
        self.stop_waiting(now);
        // Whoever calls somebody talks when that somebody answers; whoever is given them later talks at once.
        let is_answered = self.outbound.is_some_and(|outcome| outcome.result == OutboundResult::Answered);
        let talks = self.direction == Direction::Inbound || is_answered;
        self.answered_at = self.answered_at.or(talks.then_some(at));
        if !self.agents.contains(&agent) {
            self.agents.push(agent);
        }
        if let Some((_, answered)) = self.asked.as_mut().filter(|(asked, _)| *asked == agent) {
            *answered = Some(handling);
            return self.turn(handling, Some(Stretch::Asked), now);
        }
        self.agent = Some(agent);
        self.turn(handling, Some(if talks { Stretch::Talk } else { Stretch::Dialling }), now);
    }

    fn ask(&mut self, kind: TransferKind, target: TransferTarget) {
        if let (TransferKind::Consult | TransferKind::Conference, TransferTarget::Agent(colleague)) = (kind, target) {
            self.asked = Some((colleague, None));
        }
    }

    fn end_consult(&mut self, transfer: TransferId, end: TransferEnd, now: Stamp) {
        let Some((colleague, Some(handling))) = self.asked.take() else { return };
        if end == TransferEnd::Conferenced {
            self.members.insert(transfer, (colleague, handling));
        }
        if matches!(end, TransferEnd::Completed | TransferEnd::AgentLost) {
            self.agent = Some(colleague);
            self.turn(handling, Some(Stretch::Talk), now);
        }
    }

    /// Of a conference one agent's time is talk: that of whoever has the customer.
    fn change_conference(&mut self, transfer: TransferId, what: ConferenceChange, now: Stamp) {
        match what {
            ConferenceChange::Muted | ConferenceChange::Unmuted => {}
            ConferenceChange::Left { .. } => drop(self.members.remove(&transfer)),
            ConferenceChange::Leads => {
                if let Some((colleague, handling)) = self.members.remove(&transfer) {
                    self.agent = Some(colleague);
                    self.turn(handling, Some(Stretch::Talk), now);
                }
            }
        }
    }

    fn stop_waiting(&mut self, now: Stamp) {
        if let Some(since) = self.waiting_since.take() {
            add(&mut self.wait, now.since(since));
        }
    }

    fn turn_all(&mut self, next: Option<Stretch>, now: Stamp) {
        for handling in self.handlings.keys().copied().collect::<Vec<_>>() {
            self.turn(handling, next, now);
        }
    }

    /// Ends what the handling's clock counts and lets it count `next`.
    fn turn(&mut self, handling: HandlingId, next: Option<Stretch>, now: Stamp) {
        let ended = match next {
            Some(stretch) => self.handlings.insert(handling, (stretch, now)),
            None => self.handlings.remove(&handling),
        };
        let Some((stretch, since)) = ended else { return };
        let sum = match stretch {
            Stretch::Dialling | Stretch::Asked => return,
            Stretch::Talk => &mut self.talk,
            Stretch::Hold => &mut self.hold,
            Stretch::WrapUp => &mut self.wrap_up,
        };
        add(sum, now.since(since));
    }
}

#[cfg(test)]
mod tests;
