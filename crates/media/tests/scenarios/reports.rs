//! RTCP of telephone legs (RFC 3550 §6).

use domain::input::Quality;
use domain::{LegId, Utc};
use media::course::INTERVAL;
use media::reception::Report;
use media::rtcp::{self, Compound, ReportBlock, SenderInfo};
use media::{Codec, Input, MediaEvent, Stretch};

use crate::link::Link;
use crate::phone::Phone;
use crate::world::{ROOM, World};

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap())
}

fn close(world: &mut World, leg: LegId) -> Quality {
    world.input(Input::CloseLeg(leg));
    let gone = |event: &(u64, MediaEvent)| match event {
        (_, MediaEvent::LegGone { leg: gone, quality }) if *gone == leg => Some(*quality),
        _ => None,
    };
    world.events.iter().find_map(gone).unwrap()
}

fn told_bad(world: &World) -> usize {
    world.events.iter().filter(|(_, event)| matches!(event, MediaEvent::QualityFell { .. })).count()
}

#[test]
fn reports_come_every_five_seconds_and_say_what_is_so() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    world.run(5_200);
    let slot = world.slots[&a];
    let mut peer = Vec::new();
    let sender = SenderInfo { at: Utc(1_700_000_000_000_000), timestamp: 1, packets: 2, octets: 3 };
    let ssrc = world.phones[&a].ssrc;
    Compound { ssrc, sender: Some(sender), block: None, name: "peer", goodbye: false }.write(&mut peer);
    let from = "198.51.100.1:4001".parse().unwrap();
    world.input(Input::Rtcp { slot, from, bytes: &peer });
    world.run(5_000);
    let reports = &world.phones[&a].reports;
    assert_eq!(reports.len(), 2);
    for report in reports {
        assert_eq!((report[0], report[1]), (0x81, 200));
        assert_eq!(word(report, 4), world.phones[&a].got[0].ssrc);
        assert_eq!(word(report, 28), ssrc);
        assert_eq!(word(report, 32), 0, "nothing was lost");
    }
    assert!(word(&reports[1], 20) > word(&reports[0], 20), "packets sent grow");
    let (_, middle) = rtcp::parse(&peer, 0).unwrap().sender.unwrap();
    assert_eq!((word(&reports[0], 44), word(&reports[1], 44)), (0, middle));
    let delay_ms = u64::from(word(&reports[1], 48)) * 1_000 / 65_536;
    assert!((4_700..=5_000).contains(&delay_ms), "{delay_ms} ms since the peer's report");
    world.input(Input::CloseLeg(a));
    world.run(20);
    let last = world.phones[&a].reports.last().unwrap();
    assert_eq!(last[last.len() - 7], 203, "goodbye");
}

#[test]
fn reports_on_the_port_of_sound_are_no_sound() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    world.run(500);
    let mut peer = Vec::new();
    Compound { ssrc: world.phones[&a].ssrc, sender: None, block: None, name: "peer", goodbye: false }.write(&mut peer);
    for _ in 0..10 {
        world.inject(a, "198.51.100.1:4000", &peer);
        world.run(20);
    }
    assert_eq!(world.plane.counters(), media::Counters::default());
}

#[test]
fn loss_is_reported_and_counted() {
    let mut world = World::new();
    world.link = Link { loss: 20, ..Link::good() };
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    world.run(30_500);
    world.link = Link::good();
    let quality = close(&mut world, a);
    let all = quality.packets_received + quality.packets_lost;
    let percent = quality.packets_lost * 100 / all;
    assert!((15..=25).contains(&percent), "{percent} % lost");
    assert!((1_400..=1_600).contains(&quality.packets_sent));
    let fraction = world.phones[&a].reports.iter().map(|report| word(report, 32) >> 24).max().unwrap();
    assert!((20..=110).contains(&fraction), "{fraction}/256");
}

/// RFC 3550 §6.4.1: the peer names our report and says how long it kept it.
#[test]
fn a_peer_that_answers_tells_the_round_trip_and_what_it_misses() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    world.run(5_200);
    let ours = world.phones[&a].reports[0].clone();
    let block = ReportBlock {
        ssrc: word(&ours, 4),
        report: Report { fraction_lost: 12, lost: 12, highest: 40_000, jitter: 40 },
        last_sender_report: (word(&ours, 8) << 16) | (word(&ours, 12) >> 16),
        delay: 65_536 * 120 / 1_000,
    };
    let mut peer = Vec::new();
    let ssrc = world.phones[&a].ssrc;
    Compound { ssrc, sender: None, block: Some(block), name: "peer", goodbye: false }.write(&mut peer);
    let slot = world.slots[&a];
    // A stranger's answer counts for nothing.
    world.input(Input::Rtcp { slot, from: "198.51.100.9:4001".parse().unwrap(), bytes: &peer });
    world.run(10);
    world.input(Input::Rtcp { slot, from: "198.51.100.1:4001".parse().unwrap(), bytes: &peer });
    let quality = close(&mut world, a);
    // 210 ms after our report left, of which the peer kept it for 120.
    let round_trip_us = quality.round_trip_us.unwrap();
    assert!((84_000..=91_000).contains(&round_trip_us), "{round_trip_us} µs");
    assert_eq!((quality.peer_packets_lost, quality.peer_jitter_us), (Some(12), Some(5_000)));
    // Of some 260 packets twelve: worse than what came, which was whole.
    assert!(quality.mos_hundredths.unwrap() < 400 && quality.packets_lost == 0, "{quality:?}");
}

#[test]
fn a_browser_tells_the_round_trip_by_itself() {
    let mut world = World::new();
    let browser = world.add_browser(1, 1, 500);
    let phone = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    world.talk(browser, phone);
    world.run(16_000);
    let quality = close(&mut world, browser);
    let round_trip_us = quality.round_trip_us.unwrap();
    assert!((8_000..=20_000).contains(&round_trip_us), "{round_trip_us} µs");
    assert_eq!(quality.peer_packets_lost, Some(0));
    assert!(quality.mos_hundredths.unwrap() > 430, "{quality:?}");
}

#[test]
fn a_bad_leg_is_told_of_once_and_rated_interval_by_interval() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    world.run(10_500);
    assert_eq!((told_bad(&world), world.plane.quality().bad_legs), (0, 0));
    world.link = Link { loss: 20, ..Link::good() };
    world.run(20_000);
    assert_eq!((told_bad(&world), world.plane.quality().bad_legs), (1, 1));
    let (samples, each) = world.plane.course(a).unwrap();
    assert_eq!((samples.len(), each), (3, INTERVAL));
    assert_eq!(samples[0].lost, 0);
    assert!(samples[1].mos_hundredths < samples[0].mos_hundredths);
    let worst = samples.iter().filter_map(|sample| sample.mos_hundredths).min();
    let quality = close(&mut world, a);
    assert_eq!(quality.mos_hundredths_min, worst);
    assert!(quality.mos_hundredths > worst && worst < Some(300), "{quality:?}");
    let figures = world.plane.quality();
    assert_eq!((figures.bad_legs, figures.fell, figures.scores.iter().sum::<u64>()), (0, 1, 3));
    assert_eq!(world.plane.course(a), None);
}

/// What a source lost before it came to us is passed on as a gap, and is not the other leg's fault.
#[test]
fn loss_on_one_leg_is_not_charged_to_the_other() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_browser(2, 2, 900);
    world.talk(a, b);
    world.run(2_000);
    for _ in 0..14 {
        world.run(900);
        let phone = world.phone(a);
        phone.sequence = phone.sequence.wrapping_add(10);
    }
    let (on_a, on_b) = (close(&mut world, a), close(&mut world, b));
    assert!(on_a.packets_lost >= 130, "{on_a:?}");
    assert!(on_b.peer_packets_lost.unwrap() <= 10, "{on_b:?}");
    assert!(on_b.mos_hundredths.unwrap() > 430 && on_a.mos_hundredths.unwrap() < 400);
}

fn stretches(world: &World, leg: LegId) -> Vec<Stretch> {
    let of = |event: &MediaEvent| {
        let MediaEvent::StretchOver(stretch) = event else { return None };
        (stretch.leg == leg).then(|| Stretch::clone(stretch))
    };
    world.events.iter().filter_map(|(_, event)| of(event)).collect()
}

#[test]
fn each_stretch_in_a_room_is_summed_up_by_itself() {
    let mut world = World::new();
    let a = world.add_browser(1, 1, 500);
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    world.run(3_000);
    world.talk(a, b);
    let began = world.now().mono;
    world.link = Link { loss: 20, ..Link::good() };
    world.run(12_000);
    assert_eq!(world.plane.stretches(&[a, b, LegId(9)]).len(), 2);
    assert!(world.plane.scores().iter().any(|(leg, score)| *leg == b && *score < 300));
    world.link = Link::good();
    world.input(Input::CloseRoom(ROOM));
    assert!(matches!(world.events.last(), Some((_, MediaEvent::RoomGone { room: ROOM }))));
    let first = stretches(&world, b);
    assert_eq!((first.len(), first[0].room, first[0].began, first[0].samples.len()), (1, ROOM, began, 2));
    assert!(first[0].quality.mos_hundredths < Some(300), "{first:?}");
    assert!((550..=650).contains(&(first[0].quality.packets_received + first[0].quality.packets_lost)), "{first:?}");
    assert_eq!(stretches(&world, a).len(), 1);
    // Outside of rooms nobody asks.
    world.run(11_000);
    world.talk(a, b);
    world.run(10_500);
    let whole = close(&mut world, b);
    let both = stretches(&world, b);
    assert_eq!((both.len(), both[1].samples.len()), (2, 2));
    assert!(both[1].quality.mos_hundredths_min > Some(400) && both[1].quality.packets_lost == 0, "{both:?}");
    assert!(whole.mos_hundredths_min <= first[0].quality.mos_hundredths_min && whole.packets_lost > 0, "{whole:?}");
    let order = world.events.iter().map(|(_, event)| event);
    let gone = order.clone().position(|event| matches!(event, MediaEvent::LegGone { leg, .. } if *leg == b));
    let last = order.clone().rposition(|event| matches!(event, MediaEvent::StretchOver(one) if one.leg == b));
    assert!(gone < last, "the end of a leg comes before its sum: the floor knows who left");
}

#[test]
fn a_leg_that_is_bad_is_told_of_in_each_room_and_when_it_is_good_again() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    world.talk(a, b);
    world.link = Link { loss: 20, ..Link::good() };
    world.run(10_500);
    world.input(Input::CloseRoom(ROOM));
    world.talk(a, b);
    world.run(10_500);
    world.link = Link::good();
    let told = |world: &World, bad: bool| {
        let of_a = |event: &MediaEvent| {
            let fell = matches!(event, MediaEvent::QualityFell { leg, room: Some(ROOM), .. } if *leg == a);
            let rose = matches!(event, MediaEvent::QualityRose { leg, room: Some(ROOM), .. } if *leg == a);
            if bad { fell } else { rose }
        };
        world.events.iter().filter(|(_, event)| of_a(event)).count()
    };
    assert_eq!((told(&world, true), told(&world, false)), (2, 0));
    world.run(20_500);
    assert_eq!((told(&world, true), told(&world, false)), (2, 1));
}
