//! RTCP of telephone legs (RFC 3550 §6).

use domain::Utc;
use media::rtcp::{self, Compound, SenderInfo};
use media::{Codec, Input};

use crate::link::Link;
use crate::phone::Phone;
use crate::world::World;

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap())
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
    let (_, middle) = rtcp::parse(&peer).unwrap().sender.unwrap();
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
    world.input(Input::CloseLeg(a));
    let quality = world.events.iter().find_map(|(_, event)| {
        let media::MediaEvent::LegGone { quality, .. } = event else { return None };
        Some(*quality)
    });
    let quality = quality.unwrap();
    let all = quality.packets_received + quality.packets_lost;
    let percent = quality.packets_lost * 100 / all;
    assert!((15..=25).contains(&percent), "{percent} % lost");
    assert!((1_400..=1_600).contains(&quality.packets_sent));
    let fraction = world.phones[&a].reports.iter().map(|report| word(report, 32) >> 24).max().unwrap();
    assert!((20..=110).contains(&fraction), "{fraction}/256");
}
