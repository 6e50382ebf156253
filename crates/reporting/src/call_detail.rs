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
            Event::ConversationEnded { by, reason, .. } => {
                self.stop_waiting(now);
                self.turn_all(None, now);
                self.ended = Some((entry.at, *by, *reason));
            }
            Event::Queued { queue, .. } => self.begin_waiting(*queue, now),
            Event::LeftQueue { .. } => self.stop_waiting(now),
            Event::HandlingStarted { handling, agent, .. } => {
                self.stop_waiting(now);
                // Whoever calls somebody talks when that somebody answers.
                let talks = self.direction == Direction::Inbound;
                self.answered_at = self.answered_at.or(talks.then_some(entry.at));
                self.begin_handling(*handling, *agent, talks, now);
            }
            Event::OutboundEnded { result, by, post_dial_delay, .. } => {
                let by = by.map(KnownBy::evidence);
                self.outbound = Some(Outcome { result: *result, by, post_dial_delay: *post_dial_delay });
                if *result == OutboundResult::Answered {
                    self.answered_at.get_or_insert(entry.at);
                    self.turn_all(Some(Stretch::Talk), now);
                }
            }
            Event::OutboundRecognised { result, by, .. } => {
                let post_dial_delay = self.outbound.and_then(|outbound| outbound.post_dial_delay);
                self.outbound = Some(Outcome { result: *result, by: Some(by.evidence()), post_dial_delay });
            }
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
            | Event::DeadAirFound { .. }
            | Event::HandlingMuted { .. }
            | Event::TransferJoined { .. }
            | Event::Supervised { .. }
            | Event::OutboundStopped { .. }
            | Event::OutboundReleased { .. }
            | Event::TrunkFull { .. }
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

    /// The time of a colleague who is asked counts only once they have the customer.
    fn begin_handling(&mut self, handling: HandlingId, agent: AgentId, talks: bool, now: Stamp) {
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
mod tests {
    use domain::{Mono, SegmentId, reason::HandlingEnd};

    use super::*;

    const ID: ConversationId = ConversationId(1);
    const AGENT: AgentId = AgentId(2);
    const HANDLING: HandlingId = HandlingId(3);
    const QUEUE: QueueId = QueueId(4);
    const SEGMENT: SegmentId = SegmentId(5);

    fn entry(epoch: u64, mono_ms: u64, at_ms: i64, event: Event) -> LedgerEntry {
        LedgerEntry {
            partition: PartitionId(1),
            seq: 0,
            epoch,
            tenant: TenantId(1),
            at: Utc(at_ms * 1_000),
            mono: Mono(mono_ms * 1_000_000),
            event,
        }
    }

    fn started() -> Event {
        Event::ConversationStarted {
            conversation: ID,
            channel: Channel::Voice,
            direction: Direction::Inbound,
            number: None,
            from: PartyId(6),
            to: PartyId(7),
            language: Language::Zh,
            site: None,
            parent: None,
        }
    }

    fn queued() -> Event {
        Event::Queued { conversation: ID, segment: SEGMENT, queue: QUEUE, front: false, wait: None }
    }

    fn handled() -> Event {
        Event::HandlingStarted {
            conversation: ID,
            segment: SEGMENT,
            queue: Some(QUEUE),
            handling: HANDLING,
            agent: AGENT,
        }
    }

    #[test]
    fn a_call_with_a_hold_is_counted_in_its_stretches() {
        let (conversation, handling, agent) = (ID, HANDLING, AGENT);
        let events = [
            (0, started()),
            (1_000, queued()),
            (5_000, handled()),
            (15_000, Event::HandlingHeld { conversation, handling, agent, device_lost: false }),
            (18_000, Event::HandlingResumed { conversation, handling, agent, device_back: false }),
            (20_000, Event::HandlingEnded { conversation, handling, agent, end: HandlingEnd::CustomerHungUp }),
            (20_000, Event::WrapUpStarted { conversation, handling, agent, limit: Duration::from_secs(30) }),
            (27_000, Event::WrapUpFinished { conversation, handling, agent, end: domain::WrapUpEnd::Finished }),
            (27_000, Event::ConversationEnded { conversation, by: EndedBy::Customer, reason: EndReason::HungUp }),
        ];
        // The civil clock jumps back an hour in the middle; the figures do not care.
        let entries: Vec<_> = events
            .into_iter()
            .map(|(ms, event)| {
                let jump = if ms > 10_000 { -3_600_000 } else { 0 };
                entry(1, ms, 1_000_000_000 + ms as i64 + jump, event)
            })
            .collect();
        let detail = CallDetail::fold(&entries).unwrap();
        let sums = [detail.wait, detail.talk, detail.hold, detail.wrap_up].map(|d| d.map(|d| d.as_millis()));
        assert_eq!(sums, [Some(4_000), Some(12_000), Some(3_000), Some(7_000)]);
        assert_eq!((detail.agent, detail.queue), (Some(AGENT), Some(QUEUE)));
        assert!(detail.ended.is_some());
    }

    #[test]
    fn whoever_calls_somebody_talks_from_the_answer_on() {
        let (conversation, segment, handling, agent) = (ID, SEGMENT, HANDLING, AGENT);
        let call = |result: OutboundResult| {
            let mut start = started();
            if let Event::ConversationStarted { direction, .. } = &mut start {
                *direction = Direction::Outbound;
            }
            let end = HandlingEnd::AgentHungUp;
            let entries = [
                entry(1, 0, 0, start),
                entry(1, 0, 0, Event::HandlingStarted { conversation, segment, queue: None, handling, agent }),
                entry(
                    1,
                    9_000,
                    9_000,
                    Event::OutboundEnded { conversation, segment, agent, result, by: None, post_dial_delay: None },
                ),
                entry(1, 14_000, 14_000, Event::HandlingEnded { conversation, handling, agent, end }),
            ];
            let detail = CallDetail::fold(&entries).unwrap();
            (detail.answered_at, detail.talk, detail.agent)
        };
        assert_eq!(call(OutboundResult::Answered), (Some(Utc(9_000_000)), Some(Duration::from_secs(5)), Some(AGENT)));
        assert_eq!(call(OutboundResult::Busy), (None, None, Some(AGENT)));
    }

    #[test]
    fn a_restart_in_the_middle_is_counted_by_the_civil_clock() {
        let entries = [
            entry(1, 900_000, 10_000, started()),
            entry(1, 900_000, 10_000, queued()),
            entry(
                2,
                5,
                17_000,
                Event::ConversationEnded { conversation: ID, by: EndedBy::System, reason: EndReason::NodeRestarted },
            ),
        ];
        let detail = CallDetail::fold(&entries).unwrap();
        assert_eq!(detail.wait, Some(Duration::from_secs(7)));
        assert_eq!(detail.talk, None);
    }

    #[test]
    fn an_unclosed_talk_is_closed_by_the_end() {
        let end = Event::ConversationEnded { conversation: ID, by: EndedBy::System, reason: EndReason::InternalFault };
        let entries = [entry(1, 0, 0, started()), entry(1, 0, 0, handled()), entry(1, 1_500, 1_500, end)];
        assert_eq!(CallDetail::fold(&entries).unwrap().talk, Some(Duration::from_millis(1_500)));
        assert_eq!(CallDetail::fold(&entries[1..]), None);
    }

    /// Asked from second 10 to 16, in private; what comes then is the colleague's, when they take over.
    #[test]
    fn a_colleague_who_is_asked_counts_once_they_have_the_customer() {
        let (conversation, transfer, colleague, answered) = (ID, TransferId(9), AgentId(20), HandlingId(30));
        let record = |end: TransferEnd, rest: Vec<(u64, Event)>| {
            let asks = Event::TransferStarted {
                conversation,
                transfer,
                kind: TransferKind::Consult,
                handling: HANDLING,
                agent: AGENT,
                target: TransferTarget::Agent(colleague),
                reason: None,
                route: None,
            };
            let held = Event::HandlingHeld { conversation, handling: HANDLING, agent: AGENT, device_lost: false };
            let (segment, queue) = (SegmentId(6), None);
            let answers = Event::HandlingStarted { conversation, segment, queue, handling: answered, agent: colleague };
            let mut events = vec![(0, started()), (0, handled()), (10, asks), (10, held), (11, answers)];
            let (before, after) = rest.into_iter().partition::<Vec<_>, _>(|(at, _)| *at < 16);
            events.extend(before);
            events.push((16, Event::TransferEnded { conversation, transfer, end }));
            events.extend(after);
            let entries: Vec<_> = events
                .into_iter()
                .map(|(at, event)| entry(1, at * 1_000, i64::try_from(at * 1_000).unwrap(), event))
                .collect();
            let detail = CallDetail::fold(&entries).unwrap();
            (detail.agent, detail.agents, detail.talk.unwrap().as_secs(), detail.hold.unwrap().as_secs())
        };
        let ended = |handling, agent, end| Event::HandlingEnded { conversation, handling, agent, end };
        let taken = record(
            TransferEnd::Completed,
            vec![
                (15, ended(HANDLING, AGENT, HandlingEnd::Transferred)),
                (30, ended(answered, colleague, HandlingEnd::CustomerHungUp)),
            ],
        );
        assert_eq!(taken, (Some(colleague), vec![AGENT, colleague], 10 + 14, 5));
        let back = Event::HandlingResumed { conversation, handling: HANDLING, agent: AGENT, device_back: false };
        let dropped = record(
            TransferEnd::Dropped,
            vec![
                (15, ended(answered, colleague, HandlingEnd::ConsultEnded)),
                (16, back),
                (30, ended(HANDLING, AGENT, HandlingEnd::CustomerHungUp)),
            ],
        );
        assert_eq!(dropped, (Some(AGENT), vec![AGENT, colleague], 10 + 14, 6));
    }
}
