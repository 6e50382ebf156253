//! Audio that stops arriving is told once, and so is audio that never came once the call was answered; what is not expected is not missed.

use media::rtcp::Compound;
use media::{Codec, Input, MediaEvent};

use crate::phone::Phone;
use crate::world::World;

fn losses(world: &World) -> usize {
    world.events.iter().filter(|(_, event)| matches!(event, MediaEvent::MediaLost { .. })).count()
}

#[test]
fn thirty_seconds_without_a_packet_are_told_once() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    world.run(1_000);
    world.phone(a).talking = false;
    world.run(29_900);
    assert_eq!(losses(&world), 0);
    world.run(30_000);
    assert_eq!(losses(&world), 1);
    world.phone(a).talking = true;
    world.run(100);
    world.phone(a).talking = false;
    world.run(31_000);
    assert_eq!(losses(&world), 2);
}

#[test]
fn a_peer_that_holds_us_is_not_missed() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    world.input(Input::Answered(a));
    world.run(1_000);
    let params = world.phones[&a].params();
    world.input(Input::OpenRtp { leg: a, params: media::RtpParams { receives: false, ..params.clone() } });
    world.phone(a).talking = false;
    world.run(70_000);
    assert_eq!(losses(&world), 0);
    world.input(Input::OpenRtp { leg: a, params });
    world.run(29_000);
    assert_eq!(losses(&world), 0);
    world.run(2_000);
    assert_eq!(losses(&world), 1);
}

fn silent(number: u8) -> Phone {
    let mut phone = Phone::new(number, Codec::Pcma, 900);
    phone.talking = false;
    phone
}

#[test]
fn a_peer_that_never_spoke_is_missed_a_minute_after_the_answer() {
    let mut world = World::new();
    let a = world.add_phone(1, silent(1));
    // It rings for longer than the limit.
    world.run(90_000);
    assert_eq!(losses(&world), 0);
    world.input(Input::Answered(a));
    world.run(59_900);
    assert_eq!(losses(&world), 0);
    world.run(200);
    assert_eq!(losses(&world), 1);
    world.run(90_000);
    assert_eq!(losses(&world), 1, "told once");
}

#[test]
fn a_peer_that_holds_us_from_the_answer_on_has_a_minute_from_the_end_of_that() {
    let mut world = World::new();
    let a = world.add_phone(1, silent(1));
    let params = world.phones[&a].params();
    world.input(Input::OpenRtp { leg: a, params: media::RtpParams { receives: false, ..params.clone() } });
    world.input(Input::Answered(a));
    world.run(120_000);
    assert_eq!(losses(&world), 0);
    world.input(Input::OpenRtp { leg: a, params });
    world.run(59_900);
    assert_eq!(losses(&world), 0);
    world.run(200);
    assert_eq!(losses(&world), 1);
}

#[test]
fn a_first_packet_late_in_the_minute_leaves_the_usual_time() {
    let mut world = World::new();
    let a = world.add_phone(1, silent(1));
    world.input(Input::Answered(a));
    world.run(55_000);
    world.phone(a).talking = true;
    world.run(100);
    world.phone(a).talking = false;
    world.run(29_800);
    assert_eq!(losses(&world), 0);
    world.run(300);
    assert_eq!(losses(&world), 1);
}

#[test]
fn reports_of_a_peer_that_was_heard_before_are_a_sign_of_life_after_a_renegotiation_too() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    world.run(1_000);
    world.phone(a).talking = false;
    let (params, slot, ssrc) = (world.phones[&a].params(), world.slots[&a], world.phones[&a].ssrc);
    world.input(Input::OpenRtp { leg: a, params });
    let mut report = Vec::new();
    Compound { ssrc, sender: None, block: None, name: "peer", goodbye: false }.write(&mut report);
    for _ in 0..12 {
        world.run(5_000);
        world.input(Input::Rtcp { slot, from: "198.51.100.1:4001".parse().unwrap(), bytes: &report });
    }
    assert_eq!(losses(&world), 0);
    world.run(30_100);
    assert_eq!(losses(&world), 1);
}
