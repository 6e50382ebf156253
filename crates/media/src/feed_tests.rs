//! Five parties in one room: a customer, two agents, a supervisor and a play. Every telephone feature is a plain value of the plan.

use domain::room::{Digits, Hear, Play, Port, PortId, PortRole, Recorder};
use domain::{KeySet, PlayId, RoomId};

use super::*;
use crate::codec::{Codec, Wide};

const CUSTOMER: LegId = LegId(1);
const AGENT: LegId = LegId(2);
const SECOND: LegId = LegId(3);
const SUPERVISOR: LegId = LegId(4);
const MUSIC: PlayId = PlayId(5);

const ALAW: Format = Format { codec: Codec::Pcma, wide: None, ptime_ms: 20 };
const ULAW: Format = Format { codec: Codec::Pcmu, wide: None, ptime_ms: 20 };
const THIRTY: Format = Format { codec: Codec::Pcma, wide: None, ptime_ms: 30 };

fn leg(id: LegId) -> PortId {
    PortId::Leg(id)
}

fn music() -> PortId {
    PortId::Play(MUSIC)
}

fn port(id: PortId, role: PortRole) -> Port {
    Port { id, role, digits: Digits::Report }
}

/// The five ports and the given edges `(from, to)`.
fn room(edges: &[(PortId, LegId)]) -> RoomPlan {
    RoomPlan {
        room: RoomId(9),
        version: 1,
        ports: vec![
            port(leg(CUSTOMER), PortRole::Customer),
            port(leg(AGENT), PortRole::Agent),
            port(leg(SECOND), PortRole::Agent),
            port(leg(SUPERVISOR), PortRole::Supervisor),
            port(music(), PortRole::Media),
        ],
        hears: edges.iter().map(|(from, to)| Hear { from: *from, to: leg(*to), gain_db: 0.0 }).collect(),
        plays: vec![Play { id: MUSIC, sounds: Vec::new(), repeat: true, stop_on: KeySet::NONE }],
        recorder: Recorder::Off,
        silence: None,
        listening: None,
    }
}

/// What customer, agent, second agent and supervisor get, when all speak A-law.
fn check(edges: &[(PortId, LegId)], expected: [Feed; 4]) {
    let seen: Vec<Feed> = feeds(&room(edges), |_| Some(ALAW), |_| true).into_iter().map(|(_, feed, _)| feed).collect();
    assert_eq!(seen, expected, "{edges:?}");
}

fn relay(from: PortId) -> Feed {
    Feed::Relay { from }
}

#[test]
fn talk() {
    check(
        &[(leg(CUSTOMER), AGENT), (leg(AGENT), CUSTOMER)],
        [relay(leg(AGENT)), relay(leg(CUSTOMER)), Feed::Silence, Feed::Silence],
    );
}

#[test]
fn hold() {
    check(&[(music(), CUSTOMER)], [relay(music()), Feed::Silence, Feed::Silence, Feed::Silence]);
}

#[test]
fn mute_leaves_only_one_direction() {
    check(&[(leg(CUSTOMER), AGENT)], [Feed::Silence, relay(leg(CUSTOMER)), Feed::Silence, Feed::Silence]);
}

#[test]
fn consultation_beside_a_held_customer() {
    check(
        &[(music(), CUSTOMER), (leg(AGENT), SECOND), (leg(SECOND), AGENT)],
        [relay(music()), relay(leg(SECOND)), relay(leg(AGENT)), Feed::Silence],
    );
}

#[test]
fn three_way() {
    check(
        &[
            (leg(CUSTOMER), AGENT),
            (leg(CUSTOMER), SECOND),
            (leg(AGENT), CUSTOMER),
            (leg(AGENT), SECOND),
            (leg(SECOND), CUSTOMER),
            (leg(SECOND), AGENT),
        ],
        [Feed::Mix, Feed::Mix, Feed::Mix, Feed::Silence],
    );
}

const LISTEN: [(PortId, LegId); 4] = [
    (PortId::Leg(CUSTOMER), AGENT),
    (PortId::Leg(AGENT), CUSTOMER),
    (PortId::Leg(CUSTOMER), SUPERVISOR),
    (PortId::Leg(AGENT), SUPERVISOR),
];

#[test]
fn listen_mixes_for_the_supervisor_alone() {
    check(&LISTEN, [relay(leg(AGENT)), relay(leg(CUSTOMER)), Feed::Silence, Feed::Mix]);
}

#[test]
fn whisper_reaches_the_agent_and_nobody_else() {
    let mut edges = LISTEN.to_vec();
    edges.push((leg(SUPERVISOR), AGENT));
    check(&edges, [relay(leg(AGENT)), Feed::Mix, Feed::Silence, Feed::Mix]);
}

#[test]
fn barge() {
    let mut edges = LISTEN.to_vec();
    edges.extend([(leg(SUPERVISOR), AGENT), (leg(SUPERVISOR), CUSTOMER)]);
    check(&edges, [Feed::Mix, Feed::Mix, Feed::Silence, Feed::Mix]);
}

/// One destination's feed when one thing about its only source differs.
fn one_source(change: impl Fn(&mut RoomPlan), customer: Format, agent: Format) -> Feed {
    let mut plan = room(&[(leg(CUSTOMER), AGENT)]);
    change(&mut plan);
    let format_of = |id| Some(if id == CUSTOMER { customer } else { agent });
    let all = feeds(&plan, format_of, |_| true);
    all.iter().find(|(leg, ..)| *leg == AGENT).unwrap().1
}

#[test]
fn what_keeps_a_single_source_from_being_relayed() {
    assert_eq!(one_source(|_| (), ALAW, ALAW), relay(leg(CUSTOMER)));
    assert_eq!(one_source(|_| (), ALAW, ULAW), Feed::Translate { from: leg(CUSTOMER) });
    assert_eq!(one_source(|_| (), THIRTY, THIRTY), relay(leg(CUSTOMER)));
    assert_eq!(one_source(|_| (), THIRTY, ALAW), Feed::Mix);
    assert_eq!(one_source(|plan| plan.hears[0].gain_db = -6.0, ALAW, ALAW), Feed::Mix);
    assert_eq!(one_source(|plan| plan.ports[0].digits = Digits::Secret, ALAW, ALAW), Feed::Mix);
    assert_eq!(one_source(|plan| plan.ports[0].digits = Digits::Collect, ALAW, ALAW), relay(leg(CUSTOMER)));
}

#[test]
fn who_is_not_there_does_not_count() {
    let plan = room(&[(leg(CUSTOMER), AGENT), (leg(SECOND), AGENT), (music(), AGENT), (leg(AGENT), SECOND)]);
    let without_second = feeds(&plan, |id| (id != SECOND).then_some(ALAW), |_| false);
    let seen: Vec<_> = without_second.iter().map(|(leg, feed, _)| (*leg, *feed)).collect();
    assert_eq!(seen, [(CUSTOMER, Feed::Silence), (AGENT, relay(leg(CUSTOMER))), (SUPERVISOR, Feed::Silence)]);
}

#[test]
fn an_edge_said_twice_counts_once_and_one_to_oneself_is_an_echo() {
    check(
        &[(leg(CUSTOMER), AGENT), (leg(CUSTOMER), AGENT)],
        [Feed::Silence, relay(leg(CUSTOMER)), Feed::Silence, Feed::Silence],
    );
    check(&[(leg(AGENT), AGENT), (leg(CUSTOMER), AGENT)], [Feed::Silence, Feed::Echo, Feed::Silence, Feed::Silence]);
}

#[test]
fn other_codecs_are_relayed_among_themselves_and_coded_for_others() {
    let of = |wide, ptime_ms| Format { wide: Some(wide), ptime_ms, ..ALAW };
    let (g722, opus) = (of(Wide::G722, 20), of(Wide::Opus, 20));
    let feed = |from: Format, to: Format| {
        decide(&[Source { port: leg(CUSTOMER), format: from, gain_db: 0.0, digits: Digits::Report }], to)
    };
    let translate = Feed::Translate { from: leg(CUSTOMER) };
    for (from, to, expected) in [
        (g722, g722, relay(leg(CUSTOMER))),
        (opus, opus, relay(leg(CUSTOMER))),
        (of(Wide::Opus, 30), of(Wide::Opus, 30), relay(leg(CUSTOMER))),
        (ALAW, g722, translate),
        (ULAW, opus, translate),
        (g722, ALAW, translate),
        (opus, ULAW, translate),
        (opus, g722, translate),
        (THIRTY, of(Wide::G722, 30), translate),
        // Opus has no frame of 30 ms.
        (THIRTY, of(Wide::Opus, 30), Feed::Mix),
        (of(Wide::Opus, 30), THIRTY, translate),
        (ALAW, of(Wide::Opus, 40), Feed::Mix),
    ] {
        assert_eq!(feed(from, to), expected, "{from:?} to {to:?}");
    }
}
