//! Folds of single conversations.

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
    Event::HandlingStarted { conversation: ID, segment: SEGMENT, queue: Some(QUEUE), handling: HANDLING, agent: AGENT }
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
fn whoever_is_given_somebody_a_colleague_called_talks_at_once() {
    let (conversation, segment, agent) = (ID, SEGMENT, AGENT);
    let mut start = started();
    if let Event::ConversationStarted { direction, .. } = &mut start {
        *direction = Direction::Outbound;
    }
    let begun = |handling, agent| Event::HandlingStarted { conversation, segment, queue: None, handling, agent };
    let ended = |handling, agent| Event::HandlingEnded { conversation, handling, agent, end: HandlingEnd::AgentHungUp };
    let result = OutboundResult::Answered;
    let (other, theirs) = (AgentId(8), HandlingId(9));
    let entries = [
        entry(1, 0, 0, start),
        entry(1, 0, 0, begun(HANDLING, agent)),
        entry(
            1,
            4_000,
            4_000,
            Event::OutboundEnded { conversation, segment, agent, result, by: None, post_dial_delay: None },
        ),
        entry(1, 10_000, 10_000, ended(HANDLING, agent)),
        entry(1, 12_000, 12_000, begun(theirs, other)),
        entry(1, 32_000, 32_000, ended(theirs, other)),
    ];
    let detail = CallDetail::fold(&entries).unwrap();
    assert_eq!((detail.talk, detail.agent), (Some(Duration::from_secs(26)), Some(other)));
    assert_eq!(detail.answered_at, Some(Utc(4_000_000)));
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
