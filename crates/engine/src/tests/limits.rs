//! Limits, and the rules callers of the floor must keep.

use std::sync::Arc;

use domain::input::{AgentAction, LegSource};
use domain::recording::Tracks;
use domain::room::{Digits, PortId, PortRole, Recorder};
use domain::{Cause, Command, EndReason, Event, Input, Key, KeySet, LegId, Mono, Now, Refusal, RequestId, TrunkId};

use super::script::{ANN, MONDAY_TEN, SALES, config, settings, with_ready};
use crate::floor::Floor;
use crate::limits::{CONVERSATIONS_MAX, KEYS_BUFFERED_MAX, PARTY_CHARS_MAX, WAITING_PER_QUEUE_MAX};
use crate::output::Output;

fn now() -> Now {
    Now { mono: Mono(1), utc: MONDAY_TEN }
}

fn floor() -> Floor {
    let mut floor = Floor::new(config(), Arc::new(settings()), now());
    drain(&mut floor);
    floor
}

fn drain(floor: &mut Floor) -> Vec<Output> {
    std::iter::from_fn(|| floor.poll_output()).collect()
}

fn arrive(floor: &mut Floor, leg: i64, calling: &str) -> Vec<Output> {
    let source = LegSource::Trunk(TrunkId(1));
    let (called, calling) = ("4002".to_owned(), calling.to_owned());
    let input =
        Input::LegArrived { leg: LegId(leg), source, called, known: calling.clone(), calling, area: String::new() };
    floor.handle(now(), input);
    drain(floor)
}

fn ended(outputs: &[Output]) -> Option<EndReason> {
    outputs.iter().find_map(|output| match output {
        Output::Event(Event::ConversationEnded { reason, .. }) => Some(*reason),
        Output::Event(_) | Output::Command(_) | Output::Party(_) => None,
    })
}

#[test]
#[should_panic(expected = "not drained")]
fn a_second_input_with_undrained_output_panics() {
    let mut floor = Floor::new(config(), Arc::new(settings()), now());
    floor.handle(now(), Input::Tick);
}

#[test]
fn beyond_the_limit_of_conversations_legs_are_refused_and_forgotten() {
    let mut floor = floor();
    for leg in 0..CONVERSATIONS_MAX as i64 {
        assert!(ended(&arrive(&mut floor, leg, "")).is_none());
    }
    let outputs = arrive(&mut floor, 1_000_000, "");
    assert!(outputs.contains(&Output::Command(Command::Refuse { leg: LegId(1_000_000), cause: Cause::Overload })));
    assert_eq!(ended(&outputs), Some(EndReason::Overload));
    assert_eq!(floor.inspect().conversation_count(), CONVERSATIONS_MAX);
    // Nobody of ours calls outside then, but for help.
    floor.handle(now(), Input::DeviceChanged { agent: ANN, leg: Some(LegId(2_000_000)) });
    drain(&mut floor);
    let mut ask = |action| {
        floor.handle(now(), Input::AgentAsked { request: RequestId(1), agent: ANN, action });
        drain(&mut floor).into_iter().find_map(|output| match output {
            Output::Command(Command::Reply { result, .. }) => Some(result),
            Output::Command(_) | Output::Event(_) | Output::Party(_) => None,
        })
    };
    assert_eq!(ask(AgentAction::SignIn), Some(Ok(())));
    assert_eq!(ask(AgentAction::Dial { to: "021".to_owned(), task: None }), Some(Err(Refusal::Overload)));
    assert_eq!(ask(AgentAction::Dial { to: "110".to_owned(), task: None }), Some(Ok(())));
}

#[test]
fn beyond_the_limit_of_a_queue_the_call_ends() {
    let mut floor = floor();
    for leg in 0..=WAITING_PER_QUEUE_MAX as i64 {
        arrive(&mut floor, leg, "");
        floor.handle(now(), Input::LegAnswered { leg: LegId(leg) });
        let outputs = drain(&mut floor);
        let released = Output::Command(Command::Release { leg: LegId(leg), cause: Cause::Overload });
        assert_eq!(outputs.contains(&released), leg == WAITING_PER_QUEUE_MAX as i64);
    }
    assert_eq!(floor.inspect().waiting(SALES).len(), WAITING_PER_QUEUE_MAX);
    assert_eq!(floor.inspect().check(), Ok(()));
}

#[test]
fn long_addresses_are_cut() {
    let mut floor = floor();
    let outputs = arrive(&mut floor, 1, &"9".repeat(10_000));
    let parties = outputs.iter().filter_map(|output| match output {
        Output::Party(party) => Some(party.raw.len()),
        Output::Event(_) | Output::Command(_) => None,
    });
    assert_eq!(parties.collect::<Vec<_>>(), [PARTY_CHARS_MAX, 4]);
    assert!(matches!(outputs.first(), Some(Output::Party(_))), "a party comes before the event that names it");
}

#[test]
fn keys_ahead_are_kept_up_to_the_limit() {
    let mut keys = crate::flow::KeyBuffer::default();
    let key = Key::from_char('1').unwrap();
    for _ in 0..KEYS_BUFFERED_MAX + 5 {
        keys.push(key);
    }
    assert!(keys.would_stop(KeySet::ALL));
    assert_eq!(std::iter::from_fn(|| keys.take()).count(), KEYS_BUFFERED_MAX);
}

#[test]
fn the_plan_of_a_talk_has_both_ports_and_is_recorded() {
    let mut world = with_ready(&["ann"]);
    world.run("call c1 4002\nup c1");
    let (customer, agent) = (world.leg("c1"), world.leg("ann.on"));
    let offers = world.floor.inspect().records().conversations.values().find_map(|record| record.offer);
    let action = domain::input::AgentAction::Accept { offer: offers.unwrap().0 };
    let request = domain::RequestId(77);
    world.floor.handle(world.now, Input::AgentAsked { request, agent: super::script::ANN, action });
    let plan = drain(&mut world.floor).into_iter().find_map(|output| match output {
        Output::Command(Command::SetRoom(plan)) => Some(plan),
        Output::Command(_) | Output::Event(_) | Output::Party(_) => None,
    });
    let plan = plan.unwrap();
    let ports: Vec<_> = plan.ports.iter().map(|port| (port.id, port.role, port.digits)).collect();
    assert_eq!(
        ports,
        [
            (PortId::Leg(customer), PortRole::Customer, Digits::Report),
            (PortId::Leg(agent), PortRole::Agent, Digits::Report)
        ]
    );
    assert!(plan.hears.iter().all(|hear| hear.gain_db == 0.0));
    assert!(matches!(plan.recorder, Recorder::On { tracks: Tracks::Heard, .. }));
    assert!(plan.plays.is_empty());
}

#[test]
fn time_that_steps_back_is_not_believed() {
    let mut floor = floor();
    floor.handle(Now { mono: Mono(1_000), utc: MONDAY_TEN }, Input::Tick);
    floor.handle(Now { mono: Mono(10), utc: MONDAY_TEN }, Input::Tick);
    assert!(drain(&mut floor).is_empty());
}
