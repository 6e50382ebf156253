//! Browsers on the one port: they stay apart, come back, and are missed when they vanish.

use domain::LegId;
use media::{Codec, MediaEvent};

use crate::phone::Phone;
use crate::world::{World, leg};

fn gone_at(world: &World, of: LegId) -> Option<u64> {
    let is_gone = |event: &MediaEvent| matches!(event, MediaEvent::LegGone { leg, .. } if *leg == of);
    world.events.iter().find(|(_, event)| is_gone(event)).map(|(at, _)| *at)
}

#[test]
fn two_browsers_stay_apart_and_talk_to_each_other() {
    let mut world = World::new();
    let a = world.add_browser(1, 1, 500);
    let b = world.add_browser(2, 2, 900);
    world.talk(a, b);
    world.run(1_500);
    assert_eq!((world.heard_by(a, &[500, 900]), world.heard_by(b, &[500, 900])), (vec![900], vec![500]));
}

#[test]
fn a_reloaded_page_has_another_leg_and_audio_goes_on() {
    let mut world = World::new();
    let customer = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let old = world.add_browser(2, 2, 900);
    world.talk(customer, old);
    world.run(1_000);
    world.browser(old).close();
    world.run(50);
    assert!(gone_at(&world, old).is_some(), "closing is seen at once");
    let new = world.add_browser(3, 3, 1_300);
    world.talk(customer, new);
    world.run(1_200);
    assert_eq!(world.heard_by(customer, &[500, 900, 1_300]), [1_300]);
    assert_eq!(world.heard_by(new, &[500, 900, 1_300]), [500]);
}

#[test]
fn a_browser_that_vanishes_is_missed_within_twenty_seconds() {
    let mut world = World::new();
    let a = world.add_browser(1, 1, 500);
    world.browser(a).dead = true;
    let died = world.now_ms;
    world.run(25_000);
    let gone = gone_at(&world, a).expect("it is still there after 25 s");
    assert!(gone - died <= 20_000, "{} ms", gone - died);
    assert_eq!(world.plane.census().legs, 0);
}

#[test]
fn a_browser_that_never_connects_is_given_up() {
    let mut world = World::new();
    let browser = crate::browser::Browser::new(world.now().mono, 1, 500);
    let now = world.now().mono;
    world.plane.open_web(now, LegId(1), &browser.offer()).unwrap();
    world.run(25_000);
    assert!(gone_at(&world, LegId(1)).is_some());
    assert!(!world.has(&MediaEvent::LegUp { leg: LegId(1) }));
}

#[test]
fn keys_of_a_browser_are_told_once() {
    let mut world = World::new();
    let a = world.add_browser(1, 1, 500);
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    world.hear(&[(leg(a), b)], Vec::new());
    for key in ['1', '#', '#'] {
        world.browser(a).press(key);
        world.run(400);
    }
    assert_eq!(world.digits(a), "1##");
}

#[test]
fn an_idle_browser_lives_on_and_is_heard_at_once() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_browser(2, 2, 900);
    world.browser(b).talking = false;
    world.run(120_000);
    assert_eq!(gone_at(&world, b), None);
    world.browser(b).talking = true;
    world.talk(a, b);
    world.run(1_100);
    assert_eq!((world.heard_by(a, &[500, 900]), world.heard_by(b, &[500, 900])), (vec![900], vec![500]));
}

#[test]
fn broken_offers_never_panic() {
    let mut world = World::new();
    let now = world.now().mono;
    let offer = crate::browser::Browser::new(now, 1, 500).offer().into_bytes();
    let mut state = 99u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    for round in 0..300 {
        let mut bytes = offer.clone();
        for _ in 0..1 + next() % 4 {
            let at = next() % bytes.len();
            match next() % 3 {
                0 => bytes[at] = (next() % 128) as u8,
                1 => drop(bytes.drain(at..bytes.len().min(at + 1 + next() % 30))),
                _ => bytes.insert(at, b"\r\n:= 0az/"[next() % 9]),
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        let leg = LegId(1_000 + round);
        if world.plane.open_web(now, leg, &text).is_ok() {
            world.input(media::Input::CloseLeg(leg));
        }
    }
    assert_eq!(world.plane.census().legs, 0);
}
