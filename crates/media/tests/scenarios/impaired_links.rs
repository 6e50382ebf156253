//! Two endpoints and a link that loses, doubles and disorders.

use media::Codec;

use crate::link::Link;
use crate::phone::Phone;
use crate::world::{World, leg};

#[test]
fn each_key_is_told_once() {
    for seed in 1..6 {
        let mut world = World::new();
        world.link = Link { loss: 20, double: 10, ..Link::bad(seed) };
        let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
        world.run(500);
        let keys = "123456789*0#11223344";
        for key in keys.chars() {
            world.phone(a).press(key);
            world.run(400);
        }
        assert_eq!(world.digits(a), keys, "seed {seed}");
    }
}

#[test]
fn relay_keeps_order_visible_and_drops_doubles() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    world.talk(a, b);
    world.run(300);
    world.phone(b).got.clear();
    world.link = Link { double: 5, ..Link::bad(3) };
    world.run(20_000);
    world.link = Link::good();
    world.run(200);
    let got = &world.phones[&b].got;
    let mut sequences: Vec<u16> = got.iter().map(|got| got.sequence).collect();
    sequences.sort_unstable();
    sequences.dedup();
    // The way to the phone doubles 5 %; what the way from its peer doubled is not there a third time.
    assert!(got.len() - sequences.len() < got.len() / 10, "{} of {}", got.len() - sequences.len(), got.len());
    let first = got[0].clone();
    for got in got {
        let packets = i64::from(got.sequence.wrapping_sub(first.sequence) as i16);
        let ticks = i64::from(got.timestamp.wrapping_sub(first.timestamp) as i32);
        assert_eq!(ticks, packets * 160, "sequence and timestamp tell the same story");
    }
}

#[test]
fn a_mix_is_smooth_where_the_link_is_not() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    let c = world.add_phone(3, Phone::new(3, Codec::Pcma, 1_300));
    world.hear(&[(leg(a), c), (leg(b), c)], Vec::new());
    world.run(300);
    world.link = Link { loss: 0, double: 0, ..Link::bad(11) };
    world.run(10_000);
    world.link = Link::good();
    world.run(500);
    let samples = world.phones[&c].ear(world.now_ms, 8_000);
    let (voice, noise) = (crate::tones::level_db(&samples, 500), crate::tones::level_db(&samples, 700));
    assert!(voice > noise + 20.0, "500 Hz at {voice:.0} dB, what is between at {noise:.0} dB");
}

#[test]
fn a_stalled_link_does_not_delay_what_follows() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    world.hear(&[(leg(a), b)], Vec::new());
    world.run(1_000);
    for _ in 0..5 {
        world.stall(a, 600);
        world.run(2_000);
    }
    let got = &world.phones[&b].got;
    let (first, last) = (&got[10], &got[got.len() - 1]);
    let wall = (last.at_ms - first.at_ms) * 8;
    let sound = u64::from(last.timestamp.wrapping_sub(first.timestamp));
    assert!(sound <= wall + 3_600, "{} ms of sound too much", (sound - wall) / 8);
    assert_eq!(world.heard_by(b, &[500, 900]), [500]);
}

#[test]
fn browsers_connect_and_talk_over_a_bad_link() {
    let mut world = World::new();
    world.link = Link { loss: 2, ..Link::bad(5) };
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let mut browser = crate::browser::Browser::new(world.now().mono, 2, 900);
    let (offer, now) = (browser.offer(), world.now().mono);
    let answer = world.plane.open_web(now, domain::LegId(2), &offer).unwrap();
    browser.take_answer(&answer);
    world.browsers.insert(domain::LegId(2), browser);
    world.run(6_000);
    let b = domain::LegId(2);
    world.talk(a, b);
    world.run(3_000);
    assert_eq!((world.heard_by(a, &[500, 900]), world.heard_by(b, &[500, 900])), (vec![900], vec![500]));
}
