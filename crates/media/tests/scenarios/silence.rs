//! Who hears nobody: a telephone gets codec silence, a browser gets nothing.

use media::Codec;

use crate::phone::Phone;
use crate::world::{World, leg};

#[test]
fn a_telephone_gets_silence_from_the_beginning_and_at_an_even_pace() {
    for codec in [Codec::Pcma, Codec::Pcmu] {
        let mut world = World::new();
        let a = world.add_phone(1, Phone::new(1, codec, 500));
        world.run(2_000);
        let phone = &world.phones[&a];
        assert!((98..=101).contains(&phone.got.len()), "{}", phone.got.len());
        assert!(phone.got.iter().all(|got| got.payload == [codec.silence(); 160]));
        assert!(phone.steps().iter().all(|step| *step == (1, 160)));
    }
}

#[test]
fn an_idle_browser_gets_nothing() {
    let mut world = World::new();
    let b = world.add_browser(2, 2, 900);
    world.run(5_000);
    assert_eq!(world.browsers[&b].got.len(), 0);
}

#[test]
fn when_the_source_pauses_silence_takes_its_place_and_gives_it_back() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_browser(2, 2, 900);
    world.hear(&[(leg(a), b), (leg(b), a)], Vec::new());
    world.run(1_000);
    world.browser(b).talking = false;
    world.run(2_000);
    assert_eq!(world.heard_by(a, &[500, 900]), []);
    let before = world.phones[&a].got.len();
    world.run(1_000);
    let packets = world.phones[&a].got.len() - before;
    assert!((48..=51).contains(&packets), "{packets} packets in a second of silence");
    world.browser(b).talking = true;
    world.run(1_500);
    assert_eq!(world.heard_by(a, &[500, 900]), [900]);
    assert!(world.phones[&a].steps().iter().all(|(sequence, _)| *sequence == 1));
}

#[test]
fn nothing_is_sent_to_a_peer_that_wants_nothing() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    world.talk(a, b);
    world.run(500);
    let mut held = world.phones[&a].params();
    (held.sends, held.receives) = (false, false);
    world.input(media::Input::OpenRtp { leg: a, params: held });
    world.run(100);
    let before = world.phones[&a].got.len();
    world.run(2_000);
    assert_eq!(world.phones[&a].got.len(), before);
    assert_eq!(world.heard_by(b, &[500, 900]), []);
    let params = world.phones[&a].params();
    world.input(media::Input::OpenRtp { leg: a, params });
    world.run(1_500);
    assert_eq!((world.heard_by(a, &[500, 900]), world.heard_by(b, &[500, 900])), (vec![900], vec![500]));
    assert!(world.phones[&a].steps().iter().all(|(sequence, _)| *sequence == 1), "what was not wanted was not lost");
}
