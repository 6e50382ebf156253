//! Whatever feeds a destination, it sees one stream: SSRC, sequence and timestamp run on (RFC 3550 §5.1).

use media::Codec;

use crate::phone::{DTMF, Phone};
use crate::world::{World, leg, play, play_port};

#[test]
fn relayed_packets_are_untouched_but_for_the_header() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    world.phone(b).talking = false;
    world.talk(a, b);
    world.run(60);
    world.phone(b).got.clear();
    world.run(2_000);
    let original: Vec<u8> = (0..20_000).map(|n| Codec::Pcma.encode(crate::tones::sample(500, n))).collect();
    let got = &world.phones[&b].got;
    assert_eq!(got.len(), 100);
    assert!(got.iter().all(|got| original.chunks_exact(160).any(|chunk| chunk == got.payload)));
    assert!(got.iter().all(|packet| packet.ssrc == got[0].ssrc && packet.ssrc != 0x1001 && packet.payload_type == 8));
}

#[test]
fn one_stream_through_forty_changes_of_feed() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcmu, 900));
    let c = world.add_browser(3, 3, 1_300);
    for round in 0..10 {
        world.talk(a, b);
        world.run(313);
        world.hear(&[(play_port(round), a), (leg(a), c)], vec![play(round, &["hum2300"], true)]);
        world.run(287);
        world.hear(&[(leg(b), a), (leg(c), a), (leg(a), c), (leg(b), c)], Vec::new());
        world.run(299);
        world.hear(&[(leg(c), a), (leg(a), c)], Vec::new());
        world.run(301);
    }
    let phone = &world.phones[&a];
    assert!(phone.got.iter().all(|got| got.ssrc == phone.got[0].ssrc));
    let odd: Vec<_> = phone.steps().into_iter().filter(|step| *step != (1, 160)).collect();
    assert!(odd.is_empty(), "{odd:?}");
    // As many packets as time allows: nothing was sent twice or left out for long.
    assert!((590..=680).contains(&phone.got.len()), "{} packets", phone.got.len());
    let got = &world.browsers[&c].got;
    let steps: Vec<_> = got.windows(2).map(|pair| pair[1].sequence.wrapping_sub(pair[0].sequence)).collect();
    assert!(steps.iter().all(|step| *step == 1), "{steps:?}");
}

#[test]
fn a_pause_is_wall_clock() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let c = world.add_browser(3, 3, 1_300);
    world.talk(a, c);
    world.run(1_000);
    world.hear(&[], Vec::new());
    world.run(60_000);
    world.talk(a, c);
    world.run(1_000);
    let got = &world.browsers[&c].got;
    let gap = got.windows(2).map(|pair| pair[1].timestamp.wrapping_sub(pair[0].timestamp)).max().unwrap();
    assert!((480_000..=481_000).contains(&gap), "{gap} ticks in a pause of a minute");
    assert!(got.windows(2).all(|pair| pair[1].sequence.wrapping_sub(pair[0].sequence) == 1));
}

#[test]
fn keys_are_passed_on_in_the_destinations_own_time() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    let c = world.add_phone(3, Phone::new(3, Codec::Pcma, 1_300));
    for edges in [vec![(leg(a), b)], vec![(leg(a), b), (leg(c), b)]] {
        world.hear(&edges, Vec::new());
        world.run(500);
        world.phone(b).got.clear();
        world.phone(a).press('7');
        world.run(500);
        let events: Vec<_> = world.phones[&b].got.iter().filter(|got| got.payload_type == DTMF).cloned().collect();
        assert_eq!(events.len(), 8, "{edges:?}");
        assert!(events.iter().all(|event| event.timestamp == events[0].timestamp && event.payload[0] == 7));
        assert_eq!(events.iter().filter(|event| event.marker).count(), 1);
        assert!(events[0].marker);
        let all = &world.phones[&b].got;
        assert!(all.windows(2).all(|pair| pair[1].sequence.wrapping_sub(pair[0].sequence) == 1));
    }
}

#[test]
fn keys_are_kept_from_those_who_did_not_agree_on_them_and_from_all_when_secret() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    let mut params = world.phones[&b].params();
    params.dtmf_payload_type = None;
    world.input(media::Input::OpenRtp { leg: b, params });
    world.hear(&[(leg(a), b)], Vec::new());
    world.run(300);
    world.phone(a).press('7');
    world.run(500);
    let got = &world.phones[&b].got;
    assert!(got.iter().all(|got| got.payload_type == 8));
    assert!(got.windows(2).all(|pair| pair[1].sequence.wrapping_sub(pair[0].sequence) == 1));

    let params = world.phones[&b].params();
    world.input(media::Input::OpenRtp { leg: b, params });
    let mut plan = world.plan(&[(leg(a), b)], Vec::new());
    plan.ports.iter_mut().for_each(|port| port.digits = domain::room::Digits::Secret);
    world.set(plan);
    world.run(300);
    world.phone(a).press('8');
    world.run(500);
    assert!(world.phones[&b].got.iter().all(|got| got.payload_type == 8));
    assert_eq!(world.digits(a), "78");
}
