//! Legs and rooms come and go in any order.

use domain::{LegId, RoomId};
use media::{Codec, Input, MediaCensus, MediaError, MediaEvent};

use crate::phone::Phone;
use crate::world::{World, leg, play, play_port};

fn gone(world: &World, of: LegId) -> usize {
    world.events.iter().filter(|(_, event)| matches!(event, MediaEvent::LegGone { leg, .. } if *leg == of)).count()
}

#[test]
fn a_leg_that_comes_later_takes_its_place_in_the_plan() {
    let mut world = World::new();
    world.talk(LegId(1), LegId(2));
    world.run(100);
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    world.run(500);
    let b = world.add_browser(2, 2, 900);
    world.run(1_200);
    assert_eq!((world.heard_by(a, &[500, 900]), world.heard_by(b, &[500, 900])), (vec![900], vec![500]));
    world.input(Input::CloseLeg(b));
    world.run(1_500);
    assert_eq!(world.heard_by(a, &[500, 900]), []);
    assert_eq!((gone(&world, a), gone(&world, b)), (0, 1));
}

#[test]
fn a_leg_stands_in_one_room_and_the_later_plan_has_it() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    let c = world.add_phone(3, Phone::new(3, Codec::Pcma, 1_300));
    world.talk(a, b);
    let mut other = world.plan(&[(leg(b), c), (leg(c), b)], Vec::new());
    other.room = RoomId(5);
    world.set(other);
    world.run(1_500);
    let all = [500, 900, 1_300];
    assert_eq!([a, b, c].map(|ear| world.heard_by(ear, &all)), [vec![], vec![1_300], vec![900]]);
    world.input(Input::CloseRoom(RoomId(5)));
    world.talk(a, b);
    world.run(1_500);
    assert_eq!([a, b, c].map(|ear| world.heard_by(ear, &all)), [vec![900], vec![500], vec![]]);
}

#[test]
fn plans_at_or_below_the_version_in_force_are_ignored() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    let old = world.plan(&[], Vec::new());
    world.talk(a, b);
    let mut same = world.plan(&[], Vec::new());
    same.version -= 1;
    world.set(old);
    world.set(same);
    world.run(1_500);
    assert_eq!(world.heard_by(a, &[500, 900]), [900]);
    assert_eq!(world.plane.counters().stale_plans, 2);
}

#[test]
fn every_leg_goes_once_and_nothing_is_left() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_browser(2, 2, 900);
    let reserved = LegId(3);
    world.plane.reserve_rtp(reserved).unwrap();
    assert_eq!(world.plane.reserve_rtp(reserved), Err(MediaError::LegExists));
    world.hear(&[(leg(a), b), (play_port(1), a)], vec![play(1, &["hum440"], true)]);
    world.run(300);
    assert_eq!(world.plane.census(), MediaCensus { legs: 3, rtp_sockets: 2, rooms: 1, plays: 1 });
    for id in [a, b, reserved, a, b, reserved, LegId(99)] {
        world.input(Input::CloseLeg(id));
    }
    world.input(Input::CloseRoom(crate::world::ROOM));
    world.run(2_000);
    assert_eq!([a, b, reserved].map(|id| gone(&world, id)), [1, 1, 1]);
    assert!(world.browsers[&b].closed);
    assert_eq!(world.plane.census(), MediaCensus::default());
    assert_eq!(world.plane.poll_timeout(), None);
}

#[test]
fn a_slot_given_again_has_nothing_of_its_predecessor() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    world.talk(a, b);
    world.run(500);
    world.input(Input::CloseLeg(a));
    world.phones.remove(&a);
    let c = world.add_phone(3, Phone::new(3, Codec::Pcma, 1_300));
    assert_eq!(world.slots[&a], world.slots[&c]);
    world.run(1_500);
    assert_eq!(world.heard_by(b, &[500, 900, 1_300]), []);
    assert_eq!(world.heard_by(c, &[500, 900, 1_300]), []);
}

#[test]
fn what_can_be_refused_is_refused_with_its_reason() {
    let mut world = World::new();
    let now = world.now().mono;
    let mut open = |offer: &str| world.plane.open_web(now, LegId(1), offer).unwrap_err();
    assert_eq!(open(""), MediaError::NoCodec);
    assert_eq!(open("a=rtpmap:8 PCMA/8000\r\n"), MediaError::BadSdp);
    assert_eq!(open(&"a=rtpmap:8 PCMA/8000\r\n".repeat(10_000)), MediaError::BadSdp);
    let opus = crate::browser::Browser::new(now, 9, 500).offer().replace("PCMA", "opus");
    assert_eq!(open(&opus), MediaError::NoCodec);
    assert_eq!(world.plane.census(), MediaCensus::default());
}
