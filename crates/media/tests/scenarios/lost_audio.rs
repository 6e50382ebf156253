//! Audio that stops arriving is told once; audio that never came, or is not expected, is not.

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
fn a_peer_that_holds_us_or_never_spoke_is_not_missed() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let mut silent = Phone::new(2, Codec::Pcma, 900);
    silent.talking = false;
    world.add_phone(2, silent);
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
