//! Keys of telephones that agreed on no events: found in their sound while they are waited for, and then only.

use domain::LegId;
use domain::room::{Digits, PlayEnd};
use media::{Codec, Input, MediaEvent, RtpParams, Wide};

use crate::phone::{DTMF, Phone};
use crate::world::{World, leg, play, play_port};

/// A phone without events, or with them.
fn phone(world: &mut World, events: Option<u8>) -> LegId {
    opened(world, Phone::new(1, Codec::Pcmu, 500), events)
}

fn opened(world: &mut World, phone: Phone, events: Option<u8>) -> LegId {
    let leg = world.add_phone(1, phone);
    let params = RtpParams { dtmf_payload_type: events, ..world.phones[&leg].params() };
    world.input(Input::OpenRtp { leg, params });
    leg
}

/// It hears a play that any key stops; what becomes of its keys.
fn hears_a_prompt(world: &mut World, caller: LegId, digits: Digits) {
    let mut plan = world.plan(&[(play_port(1), caller)], vec![play(1, &["hum2300"], true)]);
    plan.ports.iter_mut().filter(|port| port.id == leg(caller)).for_each(|port| port.digits = digits);
    world.set(plan);
}

#[test]
fn a_key_that_is_waited_for_is_told_once_and_stops_the_prompt() {
    let mut world = World::new();
    let caller = phone(&mut world, None);
    hears_a_prompt(&mut world, caller, Digits::Collect);
    world.run(500);
    world.phone(caller).sound('1');
    world.run(100);
    assert_eq!(world.digits(caller), "1");
    assert!(world.events.iter().any(|(_, event)| matches!(event, MediaEvent::PlayEnded { end: PlayEnd::Barged, .. })));
    // The next plan goes on listening, also in the middle of a press.
    world.phone(caller).sound('2');
    world.run(70);
    hears_a_prompt(&mut world, caller, Digits::Collect);
    world.run(500);
    assert_eq!(world.digits(caller), "12");
}

#[test]
fn nobody_listens_where_no_key_is_waited_for_or_events_were_agreed_on() {
    for (digits, events) in [(Digits::Report, None), (Digits::Collect, Some(DTMF))] {
        let mut world = World::new();
        let caller = phone(&mut world, events);
        hears_a_prompt(&mut world, caller, digits);
        world.run(500);
        world.phone(caller).sound('1');
        world.run(500);
        assert_eq!(world.digits(caller), "", "{digits:?} {events:?}");
    }
    // Once somebody talks with the caller, the tones are theirs.
    let mut world = World::new();
    let caller = phone(&mut world, None);
    let agent = world.add_phone(2, Phone::new(2, Codec::Pcma, 600));
    hears_a_prompt(&mut world, caller, Digits::Collect);
    world.run(300);
    world.talk(caller, agent);
    world.run(300);
    world.phone(caller).sound('1');
    world.run(300);
    assert_eq!(world.digits(caller), "");
}

#[test]
fn what_is_agreed_on_later_decides() {
    let mut world = World::new();
    let caller = phone(&mut world, Some(DTMF));
    hears_a_prompt(&mut world, caller, Digits::Collect);
    let params = world.phones[&caller].params();
    for (events, expected) in [(None, "1"), (Some(DTMF), "1"), (None, "11")] {
        world.input(Input::OpenRtp { leg: caller, params: RtpParams { dtmf_payload_type: events, ..params.clone() } });
        world.run(300);
        world.phone(caller).sound('1');
        world.run(300);
        assert_eq!(world.digits(caller), expected, "{events:?}");
    }
}

#[test]
fn keys_are_found_in_the_sound_of_every_codec() {
    for wide in [Wide::G722, Wide::Opus] {
        let mut world = World::new();
        let caller = opened(&mut world, Phone::wide(1, wide, 500), None);
        hears_a_prompt(&mut world, caller, Digits::Collect);
        world.run(500);
        world.phone(caller).sound('7');
        world.run(300);
        assert_eq!(world.digits(caller), "7", "{wide:?}");
    }
}
