//! Prompts and music, and keys that cut them short.

use domain::room::PlayEnd;
use domain::{KeySet, PlayId};
use media::{Codec, MediaEvent};

use crate::phone::Phone;
use crate::tones;
use crate::world::{ROOM, World, leg, play, play_port};

fn ended(play: i64, end: PlayEnd) -> MediaEvent {
    MediaEvent::PlayEnded { room: ROOM, play: PlayId(play), end }
}

fn ends(world: &World) -> Vec<MediaEvent> {
    let is_end = |event: &MediaEvent| matches!(event, MediaEvent::PlayEnded { .. });
    world.events.iter().map(|(_, event)| event.clone()).filter(is_end).collect()
}

#[test]
fn the_first_packet_of_a_key_silences_the_prompt() {
    for codec in [Codec::Pcma, Codec::Pcmu] {
        let mut world = World::new();
        let a = world.add_phone(1, Phone::new(1, codec, 500));
        world.hear(&[(play_port(1), a)], vec![play(1, &["hum440", "hum440", "hum440"], false)]);
        world.run(1_000);
        assert_eq!(world.heard_by(a, &[440, 500]), [440]);
        world.phone(a).press('1');
        let pressed_ms = world.now_ms;
        world.run(500);
        assert_eq!(ends(&world), [ended(1, PlayEnd::Barged)]);
        let (barged_ms, _) = world.events.iter().find(|(_, event)| *event == ended(1, PlayEnd::Barged)).unwrap();
        // 20 ms until the phone's next packet, 5 ms on the way.
        assert!(*barged_ms <= pressed_ms + 26);
        let loud = |got: &&crate::phone::Got| got.payload.iter().any(|byte| codec.decode(*byte).abs() > 200);
        let last_loud = world.phones[&a].got.iter().filter(loud).map(|got| got.at_ms).max().unwrap();
        assert!(last_loud <= barged_ms + 6, "sound {} ms after the key", last_loud - barged_ms);
        assert_eq!(world.digits(a), "1");
        assert!(world.phones[&a].steps().iter().all(|step| *step == (1, 160)));
    }
}

#[test]
fn only_the_keys_of_a_listener_that_are_armed_stop_it() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    let mut armed = play(1, &["hum440"], true);
    armed.stop_on = KeySet::NONE.with(domain::Key::from_char('1').unwrap());
    world.hear(&[(play_port(1), a), (leg(a), b)], vec![armed]);
    world.run(300);
    world.phone(b).press('1');
    world.phone(a).press('2');
    world.run(500);
    assert_eq!(ends(&world), []);
    assert_eq!((world.digits(a), world.digits(b)), ("2".into(), "1".into()));
    world.phone(a).press('1');
    world.run(300);
    assert_eq!(ends(&world), [ended(1, PlayEnd::Barged)]);
    assert_eq!(world.plane.census().plays, 0);
}

#[test]
fn sounds_follow_one_another_and_the_end_is_told_once() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    world.hear(&[(play_port(1), a)], vec![play(1, &["short440", "short660"], false)]);
    let start_ms = world.now_ms;
    world.run(1_000);
    assert_eq!(ends(&world), [ended(1, PlayEnd::Finished)]);
    let (at_ms, _) = world.events.iter().find(|(_, event)| *event == ended(1, PlayEnd::Finished)).unwrap();
    assert!((380..=420).contains(&(at_ms - start_ms)), "{} ms for 400 ms of sound", at_ms - start_ms);
    let samples = world.phones[&a].ear(world.now_ms, 1_000);
    let middle = samples.len().min(3_400);
    assert!(tones::level_db(&samples[..middle], 440) > 30.0 && tones::level_db(&samples[..middle], 660) > 30.0);
    // The plan still names it; that does not begin it again.
    world.hear(&[(play_port(1), a)], vec![play(1, &["short440", "short660"], false)]);
    world.run(1_000);
    assert_eq!(ends(&world).len(), 1);
    assert_eq!(world.heard_by(a, &[440, 660]), []);
}

#[test]
fn a_play_goes_on_where_it_was_when_a_later_plan_names_it() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    for _ in 0..5 {
        world.hear(&[(play_port(1), a)], vec![play(1, &["hum440"], false)]);
        world.run(150);
    }
    assert_eq!(ends(&world), []);
    world.run(300);
    assert_eq!(ends(&world), [ended(1, PlayEnd::Finished)]);
}

#[test]
fn a_play_that_nobody_hears_waits() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    world.hear(&[(play_port(1), a)], vec![play(1, &["hum440"], false)]);
    world.run(500);
    world.hear(&[], vec![play(1, &["hum440"], false)]);
    world.run(5_000);
    assert_eq!(ends(&world), []);
    world.hear(&[(play_port(1), a)], vec![play(1, &["hum440"], false)]);
    world.run(450);
    assert_eq!(ends(&world), []);
    world.run(100);
    assert_eq!(ends(&world), [ended(1, PlayEnd::Finished)]);
}

#[test]
fn leaving_the_plan_stops_and_a_missing_sound_fails() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    world.hear(&[(play_port(1), a)], vec![play(1, &["hum440"], true), play(2, &["nothing"], true)]);
    world.run(100);
    assert_eq!(ends(&world), [ended(2, PlayEnd::Failed)]);
    world.hear(&[(play_port(3), a)], vec![play(3, &["hum440"], true)]);
    assert_eq!(ends(&world), [ended(2, PlayEnd::Failed), ended(1, PlayEnd::Stopped)]);
    world.input(media::Input::CloseRoom(ROOM));
    assert_eq!(ends(&world)[2..], [ended(3, PlayEnd::Stopped)]);
    assert_eq!(world.plane.census().rooms, 0);
}

#[test]
fn music_is_shared_by_those_who_hear_it() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_browser(2, 2, 900);
    world.hear(&[(play_port(1), a), (play_port(1), b)], vec![play(1, &["short440"], true)]);
    world.run(3_000);
    for ear in [a, b] {
        assert_eq!(world.heard_by(ear, &[440, 500, 900]), [440]);
    }
    assert_eq!(ends(&world), []);
}
