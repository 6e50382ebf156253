//! Visits of queues in the live floor: lost, taken up again, begun in the same instant.

use domain::{
    Channel, Direction, EndReason, EndedBy, Language, Mono, PartitionId, PartyId, QueueId, SegmentId, TenantId,
};

use super::*;
use crate::figures::QueueBucket;

const QUEUE: QueueId = QueueId(4);
const MINUTE: i64 = 60_000_000;

fn floor(events: &[(i64, Event)]) -> LiveFloor {
    let mut floor = LiveFloor::default();
    for (seq, (minute, event)) in (1..).zip(events) {
        let (partition, tenant) = (PartitionId(1), TenantId(1));
        let at = Utc(minute * MINUTE);
        floor.apply(&LedgerEntry { partition, seq, epoch: 1, tenant, at, mono: Mono(0), event: event.clone() });
    }
    floor
}

fn started(conversation: ConversationId) -> Event {
    Event::ConversationStarted {
        conversation,
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

/// Waits from minute 1 on, loses the line at 10, calls again and waits at 14, is answered at 20.
fn lost_and_back() -> Vec<(i64, Event)> {
    let (lost, back) = (ConversationId(1), ConversationId(2));
    let queued =
        |conversation, segment| Event::Queued { conversation, segment, queue: QUEUE, front: false, wait: None };
    let (first, second, queue) = (SegmentId(11), SegmentId(12), QUEUE);
    let (failed, answered) = (LeaveReason::Failed, LeaveReason::Answered);
    vec![
        (0, started(lost)),
        (1, queued(lost, first)),
        (10, Event::LeftQueue { conversation: lost, segment: first, queue, reason: failed }),
        (10, Event::PlaceKept { conversation: lost, segment: first, queue, keep: Duration::from_secs(300) }),
        (10, Event::ConversationEnded { conversation: lost, by: EndedBy::Network, reason: EndReason::Timeout }),
        (13, started(back)),
        (14, queued(back, second)),
        (
            14,
            Event::PlaceResumed {
                conversation: back,
                segment: second,
                queue,
                before: lost,
                waited: Duration::from_secs(13 * 60),
            },
        ),
        (20, Event::LeftQueue { conversation: back, segment: second, queue, reason: answered }),
    ]
}

#[test]
fn a_place_taken_up_again_is_one_visit_from_the_first_join_on() {
    let events = lost_and_back();
    let waiting = floor(&events[..8]);
    let visit = waiting.conversations[&ConversationId(2)].visit.unwrap();
    assert_eq!((visit.queued_at, visit.waiting_since), (Utc(MINUTE), Utc(14 * MINUTE)));
    let mut sum = QueueBucket { offered: 1, ..QueueBucket::default() };
    assert_eq!(waiting.queues[&QUEUE].since(Utc(0)), sum);
    let wait = Duration::from_secs(19 * 60);
    sum.answered_by_second.insert(19 * 60, 1);
    (sum.answered_wait, sum.wait_max) = (wait, wait);
    assert_eq!(floor(&events).queues[&QUEUE].since(Utc(0)), sum);
}

#[test]
fn those_who_came_in_the_same_instant_wait_in_the_order_of_their_visits() {
    let (older, newer) = (ConversationId(1), ConversationId(2));
    let queued =
        |conversation, segment| Event::Queued { conversation, segment, queue: QUEUE, front: false, wait: None };
    let floor = floor(&[
        (0, started(older)),
        (0, started(newer)),
        (1, queued(newer, SegmentId(11))),
        (1, queued(older, SegmentId(12))),
    ]);
    let order: Vec<_> = floor.waiting(QUEUE).iter().map(|waiting| waiting.id).collect();
    assert_eq!(order, [newer, older]);
}

#[test]
fn a_place_nobody_comes_back_for_stays_lost() {
    let sum = floor(&lost_and_back()[..5]).queues[&QUEUE].since(Utc(0));
    assert_eq!((sum.offered, sum.failed, sum.abandoned), (1, 1, 0));
}
