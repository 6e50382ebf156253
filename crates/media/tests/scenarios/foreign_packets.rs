//! Strangers on a telephone leg's port: four ways to be found × four moments. None of their packets is ever relayed, none of ours goes
//! to them, and the leg's own source is heard throughout.

use domain::LegId;
use media::rtp::RtpView;
use media::{Codec, Input};

use crate::phone::Phone;
use crate::world::{World, leg};

const STRANGER: &str = "203.0.113.250:6666";
const ATTACK_HZ: u32 = 2_700;

/// How the peer's packets come in relation to its SDP.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Situation {
    AsAnnounced,
    OtherPort,
    BehindNat,
    Silent,
}

/// When the stranger sends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Moment {
    BeforeTheFirstPacket,
    InTalk,
    OnHold,
    AfterRenegotiation,
}

fn attack(world: &mut World, target: LegId, packets: u16) {
    let sound: Vec<u8> = (0..160).map(|n| Codec::Pcma.encode(crate::tones::sample(ATTACK_HZ, n))).collect();
    for n in 0..packets {
        // It even knows the SSRC.
        let ssrc = world.phones[&target].ssrc;
        let timestamp = u32::from(n) * 160;
        let view =
            RtpView { marker: false, payload_type: 8, sequence: n.wrapping_mul(31), timestamp, ssrc, payload: &sound };
        let mut bytes = Vec::new();
        view.write(&mut bytes);
        world.inject(target, STRANGER, &bytes);
        world.run(10);
    }
}

fn scene(situation: Situation, moment: Moment) {
    let mut world = World::new();
    let mut phone = Phone::new(1, Codec::Pcma, 500);
    let mut params = phone.params();
    match situation {
        Situation::AsAnnounced | Situation::Silent => {}
        Situation::OtherPort => params.remote.set_port(params.remote.port() + 2),
        Situation::BehindNat => params.remote = "192.168.7.7:4000".parse().unwrap(),
    }
    phone.talking = false;
    let a = world.add_phone(1, phone);
    world.input(Input::OpenRtp { leg: a, params: params.clone() });
    let b = world.add_phone(2, Phone::new(2, Codec::Pcma, 900));
    world.hear(&[(leg(a), b), (leg(b), a)], Vec::new());
    if moment == Moment::BeforeTheFirstPacket {
        attack(&mut world, a, 100);
    }
    world.phone(a).talking = situation != Situation::Silent;
    world.run(500);
    if moment == Moment::OnHold {
        world.input(Input::OpenRtp {
            leg: a,
            params: media::RtpParams { sends: true, receives: false, ..params.clone() },
        });
    }
    if matches!(moment, Moment::OnHold | Moment::AfterRenegotiation) {
        world.run(100);
        world.input(Input::OpenRtp { leg: a, params });
        world.run(200);
    }
    attack(&mut world, a, 100);
    world.run(300);

    let heard = crate::tones::level_db(&world.phones[&b].ear(world.now_ms, 4_000), ATTACK_HZ);
    assert!(heard < 20.0, "{situation:?} {moment:?}: the stranger is heard at {heard:.0} dB");
    let counters = world.plane.counters();
    let strange = if moment == Moment::BeforeTheFirstPacket { 200 } else { 100 };
    assert!(counters.foreign + counters.learning >= strange, "{situation:?} {moment:?}: {counters:?}");
    if situation != Situation::Silent {
        assert_eq!(world.heard_by(b, &[500, ATTACK_HZ]), [500], "{situation:?} {moment:?}");
        assert_eq!(world.heard_by(a, &[900, ATTACK_HZ]), [900], "{situation:?} {moment:?}: our packets find the peer");
    }
}

#[test]
fn strangers_are_never_heard() {
    use Moment::*;
    use Situation::*;
    for situation in [AsAnnounced, OtherPort, BehindNat, Silent] {
        for moment in [BeforeTheFirstPacket, InTalk, OnHold, AfterRenegotiation] {
            scene(situation, moment);
        }
    }
}

#[test]
fn at_most_four_packets_are_spent_on_learning_and_none_of_them_is_played() {
    let mut world = World::new();
    let phone = Phone::new(1, Codec::Pcma, 500);
    let params = media::RtpParams { remote: "10.0.0.9:4000".parse().unwrap(), ..phone.params() };
    let a = world.add_phone(1, phone);
    world.input(Input::OpenRtp { leg: a, params });
    world.run(1_000);
    assert_eq!((world.plane.counters().learning, world.plane.counters().foreign), (4, 0));
    assert!(world.phones[&a].got.len() > 40, "our packets go to where the peer's come from");
}

#[test]
fn garbage_is_counted_and_harmless() {
    let mut world = World::new();
    let a = world.add_phone(1, Phone::new(1, Codec::Pcma, 500));
    let b = world.add_browser(2, 2, 900);
    world.talk(a, b);
    let mut state = 7u64;
    for round in 0..3_000usize {
        let mut bytes = vec![0u8; round % 200];
        for byte in &mut bytes {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (state >> 56) as u8;
        }
        if let Some(first) = bytes.first_mut() {
            // RTP, STUN and DTLS in turn.
            *first = [0x80, 0, 22][round % 3];
        }
        let from = if round % 2 == 0 { world.browsers[&b].address } else { STRANGER.parse().unwrap() };
        world.input(Input::Web { candidate: crate::world::web_candidate(), from, bytes: &bytes });
        world.inject(a, STRANGER, &bytes);
        world.run(1);
    }
    world.run(1_500);
    assert_eq!((world.heard_by(a, &[500, 900]), world.heard_by(b, &[500, 900])), (vec![900], vec![500]));
    assert!(world.plane.counters().unclaimed > 1_000);
}
