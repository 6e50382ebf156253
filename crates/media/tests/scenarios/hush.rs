//! Silence is told when a plan wants it, of telephones and browsers, and of nobody else.

use std::time::Duration;

use domain::LegId;
use domain::room::SilenceWatch;
use media::{Codec, MediaEvent};

use crate::phone::Phone;
use crate::world::{World, leg};

fn silences(world: &World, of: LegId) -> Vec<u64> {
    let silent = world.events.iter().filter(|(_, event)| *event == MediaEvent::SilenceHeard { leg: of });
    silent.map(|(at, _)| *at).collect()
}

fn watch(world: &mut World, a: LegId, b: LegId, watched: Option<LegId>) {
    let mut plan = world.plan(&[(leg(a), b), (leg(b), a)], Vec::new());
    plan.silence = watched.map(|leg| SilenceWatch { leg, after: Duration::from_secs(3) });
    world.set(plan);
}

#[test]
fn silence_is_told_after_the_last_sound_and_once() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcmu, 900));
    watch(&mut world, a, b, Some(a));
    world.run(10_000);
    assert_eq!(silences(&world, a), [0u64; 0]);
    // Packets that carry silence, then none at all, as phones with silence suppression do.
    world.phone(a).hz = 0;
    world.run(1_500);
    world.phone(a).talking = false;
    world.run(5_000);
    let told = silences(&world, a);
    assert!(matches!(told[..], [at] if (13_950..=14_100).contains(&at)), "{told:?}");
    world.phone(a).hz = 500;
    world.phone(a).talking = true;
    world.run(2_000);
    world.phone(a).talking = false;
    world.run(3_100);
    assert_eq!(silences(&world, a).len(), 2);
    assert_eq!(silences(&world, b), [0u64; 0]);
}

#[test]
fn a_later_plan_of_the_same_wish_does_not_begin_anew_and_one_without_ends_it() {
    let mut world = World::new();
    let mut quiet = Phone::new(1, Codec::Pcma, 500);
    quiet.talking = false;
    let a = world.add_phone(1, quiet);
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    watch(&mut world, a, b, Some(a));
    world.run(2_000);
    watch(&mut world, a, b, Some(a));
    world.run(1_100);
    assert_eq!(silences(&world, a).len(), 1);
    watch(&mut world, a, b, None);
    world.run(5_000);
    watch(&mut world, a, b, Some(a));
    world.run(2_900);
    assert_eq!(silences(&world, a).len(), 1, "listening began anew");
    world.run(200);
    assert_eq!(silences(&world, a).len(), 2);
}

#[test]
fn a_browser_that_says_nothing_is_silent_too() {
    let mut world = World::new();
    let a = world.add_browser(1, 1, 0);
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    watch(&mut world, a, b, Some(a));
    world.run(3_200);
    assert_eq!(silences(&world, a).len(), 1);
}
