//! What recordings get: who is heard, in the codec of the wire, each packet in its place, and nothing of a pause.

use domain::recording::{PauseReason, PauseReasons, Tracks};
use domain::room::{PortId, PortRole, Recorder};
use domain::{LegId, RecordingId};
use media::{Codec, TapPacket};

use crate::link::Link;
use crate::phone::Phone;
use crate::tones;
use crate::world::{World, leg, play, play_port};

const ALL: [u32; 3] = [500, 800, 440];
const ON: Recorder = Recorder::On { recording: RecordingId(9), tracks: Tracks::Heard };

fn pair() -> (World, LegId, LegId) {
    let mut world = World::new();
    let customer = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let agent = world.add_phone(2, Phone::new(2, Codec::Pcmu, 800));
    // They begin to send when they are opened.
    world.run(200);
    world.recorder = ON;
    (world, customer, agent)
}

/// The tracks as they would be played, from the beginning of the recording.
fn track(taps: &[TapPacket], port: PortId) -> Vec<i16> {
    let mut samples = Vec::new();
    for packet in taps.iter().filter(|packet| packet.port == port) {
        let (from, to) = (packet.at as usize, packet.at as usize + packet.samples.len());
        if samples.len() < to {
            samples.resize(to, 0);
        }
        for (place, byte) in samples[from..to].iter_mut().zip(&packet.samples) {
            *place = packet.codec.decode(*byte);
        }
    }
    samples
}

fn second(samples: &[i16], n: usize) -> Vec<i16> {
    samples.iter().skip(n * 8_000).take(8_000).copied().collect()
}

#[test]
fn both_sides_of_a_talk_each_on_its_own_track_and_relayed_as_before() {
    let (mut world, customer, agent) = pair();
    world.talk(customer, agent);
    world.run(3_000);
    for (port, hz, codec) in [(leg(customer), 500, Codec::Pcma), (leg(agent), 800, Codec::Pcmu)] {
        let track = track(&world.taps, port);
        assert!((23_600..=24_160).contains(&track.len()), "{port:?} has {} samples", track.len());
        assert_eq!(tones::heard(&second(&track, 1), &ALL), [hz]);
        assert!(world.taps.iter().filter(|packet| packet.port == port).all(|packet| packet.codec == codec));
    }
    // The recorder changes nothing of what is passed on.
    assert!(world.phones[&agent].steps().iter().skip(60).all(|step| *step == (1, 160)));
    assert_eq!(world.heard_by(agent, &ALL), [500]);
    assert_eq!(world.heard_by(customer, &ALL), [800]);
}

#[test]
fn who_is_not_heard_is_not_kept() {
    let (mut world, customer, agent) = pair();
    world.talk(customer, agent);
    world.run(1_000);
    world.hear(&[(leg(customer), agent)], Vec::new());
    let muted_at = world.taps.len();
    world.run(1_000);
    assert!(world.taps[muted_at..].iter().all(|packet| packet.port == leg(customer)));
    assert!(world.taps.len() > muted_at + 40);
    // Nobody is there to hear either of them.
    let alone = world.taps.len();
    world.hear(&[(leg(agent), LegId(99))], Vec::new());
    world.run(500);
    assert_eq!(world.taps.len(), alone);
}

#[test]
fn what_is_played_is_kept_while_somebody_hears_it() {
    let (mut world, customer, agent) = pair();
    world.hear(&[(play_port(1), customer)], vec![play(1, &["hum440"], false)]);
    world.run(1_500);
    let kept = track(&world.taps, play_port(1));
    assert!((8_000..=8_160).contains(&kept.len()));
    assert_eq!(tones::heard(&second(&kept, 0), &ALL), [440]);
    assert!(world.taps.iter().all(|packet| packet.role == PortRole::Media));
    // Hold: music to the customer, nothing of either side.
    let before = world.taps.len();
    world.hear(&[(play_port(2), customer)], vec![play(2, &["hum440"], true)]);
    let _ = agent;
    world.run(500);
    assert!(world.taps[before..].iter().all(|packet| packet.port == play_port(2)));
}

#[test]
fn nothing_is_kept_in_a_pause_and_what_follows_is_in_its_place() {
    let (mut world, customer, agent) = pair();
    world.talk(customer, agent);
    world.run(1_000);
    world.recorder =
        Recorder::Paused { recording: RecordingId(9), reasons: PauseReasons::NONE.with(PauseReason::CardData) };
    world.talk(customer, agent);
    let paused = world.taps.len();
    world.run(2_000);
    assert_eq!(world.taps.len(), paused);
    world.recorder = ON;
    world.talk(customer, agent);
    world.run(1_000);
    let next = world.taps[paused..].iter().find(|packet| packet.port == leg(customer)).unwrap();
    assert!((23_840..=24_320).contains(&next.at), "goes on at {}", next.at);
    assert!(next.version > world.taps[paused - 1].version);
    let kept = track(&world.taps, leg(customer));
    assert_eq!(tones::heard(&second(&kept, 0), &ALL), [500]);
    assert!(kept[8_200..23_800].iter().all(|sample| *sample == 0));
    assert_eq!(tones::heard(&second(&kept, 3), &ALL), [500]);
    // Another recording begins at its own zero.
    world.recorder = Recorder::On { recording: RecordingId(10), tracks: Tracks::Heard };
    let other = world.taps.len();
    world.talk(customer, agent);
    world.run(100);
    assert!(world.taps[other..].iter().all(|packet| packet.recording == RecordingId(10) && packet.at < 1_000));
}

#[test]
fn a_message_is_kept_though_nobody_hears_it() {
    let (mut world, customer, _) = pair();
    world.recorder = Recorder::On { recording: RecordingId(9), tracks: Tracks::Customer };
    world.hear(&[(play_port(1), customer)], vec![play(1, &["hum440"], true)]);
    world.run(2_000);
    assert!(world.taps.iter().all(|packet| packet.port == leg(customer) && packet.role == PortRole::Customer));
    assert_eq!(tones::heard(&second(&track(&world.taps, leg(customer)), 1), &ALL), [500]);
}

#[test]
fn loss_and_disorder_leave_the_rest_in_its_place() {
    let (mut world, customer, agent) = pair();
    world.talk(customer, agent);
    world.run(1_000);
    world.link = Link { loss: 10, jitter_ms: 60, ..Link::good() };
    world.run(10_000);
    let mut places: Vec<u64> =
        world.taps.iter().filter(|packet| packet.port == leg(customer)).map(|packet| packet.at).collect();
    let arrived = places.len();
    let disordered = places.windows(2).filter(|pair| pair[1] < pair[0]).count();
    places.sort_unstable();
    places.dedup();
    assert!(disordered > 10 && arrived < 530 && arrived > 400, "{disordered} of {arrived}");
    // One packet after another, and holes of whole packets.
    assert_eq!(places.len(), arrived);
    assert!(places.windows(2).all(|pair| (pair[1] - pair[0]).is_multiple_of(160)), "{places:?}");
    let span = places.last().unwrap() - places.first().unwrap();
    assert!((86_000..=88_400).contains(&span), "{span}");
}

#[test]
fn a_browser_is_kept_like_a_telephone() {
    let mut world = World::new();
    let customer = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let agent = world.add_browser(2, 2, 800);
    world.recorder = ON;
    world.talk(customer, agent);
    world.run(2_000);
    assert_eq!(tones::heard(&second(&track(&world.taps, leg(agent)), 1), &ALL), [800]);
    assert_eq!(tones::heard(&second(&track(&world.taps, leg(customer)), 1), &ALL), [500]);
}
