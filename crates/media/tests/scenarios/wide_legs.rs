//! Telephones that speak no G.711: relayed among each other, coded where the ends differ, and right wherever the house listens.

use domain::recording::Tracks;
use domain::room::{Recorder, SilenceWatch};
use domain::{LegId, RecordingId};
use media::{Codec, MediaEvent, Wide};

use crate::link::Link;
use crate::phone::{DTMF, Phone};
use crate::tones;
use crate::world::{World, leg, play, play_port};

const BOTH: [Wide; 2] = [Wide::G722, Wide::Opus];
const ALL: [u32; 4] = [500, 800, 1_100, 440];

fn pair(customer: Phone, agent: Phone) -> (World, LegId, LegId) {
    let mut world = World::new();
    let customer = world.add_phone(1, customer);
    let agent = world.add_phone(2, agent);
    world.run(200);
    (world, customer, agent)
}

#[test]
fn two_ends_of_one_codec_get_each_others_packets_as_they_are() {
    for wide in BOTH {
        let (mut world, a, b) = pair(Phone::wide(1, wide, 500), Phone::wide(2, wide, 800));
        world.talk(a, b);
        world.run(1_000);
        let mut said = Phone::wide(1, wide, 500);
        let original: Vec<Vec<u8>> = said.due(5_000).iter().map(|bytes| bytes[12..].to_vec()).collect();
        let ticks = said.ticks();
        let phone = world.phone(b);
        let got = &phone.got[phone.got.len() - 40..];
        assert!(got.iter().all(|got| original.contains(&got.payload)), "{wide:?}");
        assert!(phone.steps().iter().rev().take(39).all(|step| *step == (1, ticks)), "{wide:?} {:?}", phone.steps());
        assert_eq!(world.heard_by(b, &ALL), [500]);
        assert_eq!(world.heard_by(a, &ALL), [800]);
    }
}

#[test]
fn ends_that_differ_hear_each_other_packet_by_packet() {
    for wide in BOTH {
        for law in [Codec::Pcma, Codec::Pcmu] {
            let (mut world, a, b) = pair(Phone::new(1, law, 500), Phone::wide(2, wide, 800));
            world.talk(a, b);
            world.run(2_000);
            assert_eq!(world.heard_by(b, &ALL), [500], "{wide:?} {law:?}");
            assert_eq!(world.heard_by(a, &ALL), [800], "{wide:?} {law:?}");
            for at in [a, b] {
                let phone = &world.phones[&at];
                let (payload_type, ticks) = (phone.payload_type(), phone.ticks());
                assert!(phone.got.iter().all(|got| got.payload_type == payload_type), "{wide:?} {law:?}");
                assert!(phone.steps().iter().all(|step| *step == (1, ticks)), "{wide:?}: {:?}", phone.steps());
            }
        }
    }
    let (mut world, a, b) = pair(Phone::wide(1, Wide::Opus, 500), Phone::wide(2, Wide::G722, 800));
    world.talk(a, b);
    world.run(2_000);
    assert_eq!((world.heard_by(b, &ALL), world.heard_by(a, &ALL)), (vec![500], vec![800]));
}

#[test]
fn loss_is_passed_on_and_not_hidden_from_the_far_end() {
    let (mut world, a, b) = pair(Phone::new(1, Codec::Pcma, 500), Phone::wide(2, Wide::Opus, 800));
    world.talk(a, b);
    world.run(200);
    world.phone(a).sequence += 3;
    world.phone(a).timestamp += 480;
    world.run(200);
    let odd: Vec<_> = world.phones[&b].steps().into_iter().filter(|step| *step != (1, 960)).collect();
    assert_eq!(odd, [(4, 4 * 960)]);
}

#[test]
fn prompts_mixes_and_browsers_are_heard_and_hear() {
    for wide in BOTH {
        let (mut world, a, b) = pair(Phone::wide(1, wide, 500), Phone::new(2, Codec::Pcmu, 800));
        world.hear(&[(play_port(5), a)], vec![play(5, &["hum440"], true)]);
        world.run(2_000);
        assert_eq!(world.heard_by(a, &ALL), [440], "{wide:?}");
        let c = world.add_browser(3, 3, 1_100);
        let edges = [(leg(a), b), (leg(b), a), (leg(c), a), (leg(c), b), (leg(a), c), (leg(b), c)];
        world.hear(&edges, Vec::new());
        world.run(2_500);
        for (at, expected) in [(a, [800, 1_100]), (b, [500, 1_100]), (c, [500, 800])] {
            assert_eq!(world.heard_by(at, &ALL), expected, "{wide:?}");
        }
    }
}

#[test]
fn recordings_have_the_sound_and_not_the_packets() {
    for wide in BOTH {
        // Even where nothing is coded for the talk itself.
        for agent in [Phone::new(2, Codec::Pcma, 800), Phone::wide(2, wide, 800)] {
            let (mut world, a, b) = pair(Phone::wide(1, wide, 500), agent);
            world.recorder = Recorder::On { recording: RecordingId(9), tracks: Tracks::Heard };
            world.talk(a, b);
            world.run(3_000);
            for (port, hz) in [(leg(a), 500), (leg(b), 800)] {
                let mut track = vec![0i16; 26_000];
                for packet in world.taps.iter().filter(|packet| packet.port == port) {
                    for (n, byte) in packet.samples.iter().enumerate() {
                        track[packet.at as usize + n] = packet.codec.decode(*byte);
                    }
                }
                assert_eq!(tones::heard(&track[12_000..20_000], &ALL), [hz], "{wide:?}");
                assert_eq!(track[4_000..22_000].chunks(160).filter(|packet| packet.iter().all(|s| *s == 0)).count(), 0);
            }
        }
    }
}

#[test]
fn keys_go_both_ways_and_silence_is_heard() {
    for wide in BOTH {
        let (mut world, a, b) = pair(Phone::wide(1, wide, 500), Phone::new(2, Codec::Pcma, 800));
        let mut plan = world.plan(&[(leg(a), b), (leg(b), a)], Vec::new());
        plan.silence = Some(SilenceWatch { leg: a, after: std::time::Duration::from_secs(2) });
        world.set(plan);
        world.phone(a).press('7');
        world.phone(b).press('3');
        world.run(1_000);
        assert_eq!((world.digits(a), world.digits(b)), ("7".to_owned(), "3".to_owned()));
        for at in [a, b] {
            let events: Vec<_> = world.phones[&at].got.iter().filter(|got| got.payload_type == DTMF).collect();
            assert!(events.len() >= 8 && events.iter().all(|got| got.timestamp == events[0].timestamp), "{wide:?}");
        }
        assert!(!world.has(&MediaEvent::SilenceHeard { leg: a }));
        world.phone(a).hz = 0;
        world.run(3_000);
        assert!(world.has(&MediaEvent::SilenceHeard { leg: a }), "{wide:?}");
    }
}

/// A telephone that sends 30 ms, which Opus has no frame for.
#[test]
fn packets_that_do_not_fit_are_cut_anew() {
    let (mut world, a, b) = pair(Phone::new(1, Codec::Pcma, 500), Phone::wide(2, Wide::Opus, 800));
    world.talk(a, b);
    world.phone(a).packet_ms = 30;
    world.run(3_000);
    assert_eq!(world.heard_by(b, &ALL), [500]);
    assert_eq!(world.heard_by(a, &ALL), [800]);
}

#[test]
fn a_mix_over_a_bad_link_is_concealed() {
    for wide in BOTH {
        let (mut world, a, b) = pair(Phone::wide(1, wide, 500), Phone::new(2, Codec::Pcma, 800));
        let c = world.add_phone(3, Phone::new(3, Codec::Pcma, 1_100));
        world.phone(c).talking = false;
        let edges = [(leg(a), c), (leg(b), c), (leg(a), b), (leg(b), a)];
        world.hear(&edges, Vec::new());
        world.phone(b).talking = false;
        world.run(2_000);
        world.link = Link { loss: 5, ..Link::good() };
        world.run(4_000);
        let ear = world.phones[&c].ear(world.now_ms, 3_000);
        let all: f64 = ear.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / ear.len() as f64;
        let rms = all.sqrt();
        assert!(rms > 3_900.0, "{wide:?}: {rms} of 4243");
    }
}

#[test]
fn reports_are_on_the_clock_of_the_wire() {
    for wide in BOTH {
        let (mut world, a, b) = pair(Phone::new(1, Codec::Pcma, 500), Phone::wide(2, wide, 800));
        world.talk(a, b);
        world.run(8_000);
        let phone = &world.phones[&b];
        // RFC 3550 §6.4.1: the RTP timestamp of a sender report.
        let senders = phone.reports.iter().filter(|report| report[1] == 200);
        let times: Vec<u32> = senders.map(|report| u32::from_be_bytes(report[16..20].try_into().unwrap())).collect();
        assert!(!times.is_empty());
        for time in times {
            let nearest = phone.got.iter().map(|got| (got.timestamp.wrapping_sub(time) as i32).unsigned_abs()).min();
            assert!(nearest.unwrap() <= phone.ticks(), "{wide:?}: {nearest:?}");
        }
    }
}
