//! Who hears themselves: half a second later, whatever they speak, and nobody else.

use media::Codec;

use crate::phone::Phone;
use crate::world::{World, leg};

#[test]
fn a_telephone_hears_itself_until_the_plan_says_otherwise() {
    for codec in [Codec::Pcma, Codec::Pcmu] {
        let mut world = World::new();
        let a = world.add_phone(1, Phone::new(1, codec, 500));
        world.run(1_000);
        assert_eq!(world.heard_by(a, &[500]), []);
        world.hear(&[(leg(a), a)], Vec::new());
        world.run(2_000);
        assert_eq!(world.heard_by(a, &[500]), [500]);
        world.hear(&[], Vec::new());
        world.run(1_500);
        assert_eq!(world.heard_by(a, &[500]), []);
        assert!(world.phones[&a].steps().iter().all(|step| *step == (1, 160)), "one stream through it all");
    }
}

#[test]
fn a_browser_hears_itself_half_a_second_later() {
    let mut world = World::new();
    let b = world.add_browser(2, 2, 900);
    world.run(2_000);
    world.hear(&[(leg(b), b)], Vec::new());
    world.run(2_500);
    assert_eq!(world.heard_by(b, &[500, 900]), [900]);
    world.browser(b).talking = false;
    world.run(2_500);
    assert_eq!(world.heard_by(b, &[500, 900]), []);
}

#[test]
fn nobody_else_is_heard_beside_it() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    world.hear(&[(leg(a), a), (leg(b), a)], Vec::new());
    world.run(2_500);
    assert_eq!(world.heard_by(a, &[500, 900]), [500]);
    assert_eq!(world.heard_by(b, &[500, 900]), []);
}
