//! An encrypted leg beside a plain one: what travels on which side, and what is dropped.

use std::sync::Arc;

use domain::room::{Digits, Hear, Port, PortId, PortRole, Recorder, SoundKey};
use domain::{MasterKey, Mono, RoomPlan, SrtpKeys, Utc};

use super::*;
use crate::rtp::RtpView;
use crate::srtp::Srtp;
use crate::{Codec, Sounds};

const SECURE: LegId = LegId(1);
const PLAIN: LegId = LegId(2);

struct Mute;

impl Sounds for Mute {
    fn alaw(&self, _: &SoundKey) -> Option<Arc<[u8]>> {
        None
    }
}

fn at(n: u8) -> SocketAddr {
    SocketAddr::from(([10, 0, 0, n], 4_000))
}

fn now(ms: u64) -> Now {
    Now { mono: Mono(ms * 1_000_000), utc: Utc(1_800_000_000_000_000 + ms as i64 * 1_000) }
}

fn key(byte: u8) -> MasterKey {
    MasterKey::new([byte; 30])
}

fn params(n: u8, srtp: Option<Arc<SrtpKeys>>) -> RtpParams {
    RtpParams {
        remote: at(n),
        codec: Codec::Pcma,
        wide: None,
        payload_type: 8,
        dtmf_payload_type: None,
        ptime_ms: 20,
        sends: true,
        receives: true,
        srtp,
    }
}

/// A plane whose legs 1 and 2 hear each other; the first is encrypted. And its phone.
fn talking() -> (MediaPlane, Srtp, Arc<SrtpKeys>) {
    #[allow(clippy::disallowed_methods, reason = "str0m cannot be given a fixed Instant")]
    let epoch = std::time::Instant::now();
    let mut plane = MediaPlane::new(PlaneConfig { epoch, candidates: vec![at(99)], seed: 1 }).unwrap();
    let keys = Arc::new(SrtpKeys { ours: key(1), theirs: key(2) });
    for (leg, params) in [(SECURE, params(1, Some(keys.clone()))), (PLAIN, params(2, None))] {
        plane.reserve_rtp(leg).unwrap();
        plane.handle(now(0), Input::OpenRtp { leg, params });
    }
    let port = |id| Port { id, role: PortRole::Customer, digits: Digits::Report };
    let hear = |from, to| Hear { from: PortId::Leg(from), to: PortId::Leg(to), gain_db: 0.0 };
    let plan = RoomPlan {
        room: RoomId(1),
        version: 1,
        ports: vec![port(PortId::Leg(SECURE)), port(PortId::Leg(PLAIN))],
        hears: vec![hear(SECURE, PLAIN), hear(PLAIN, SECURE)],
        plays: Vec::new(),
        silence: None,
        listening: None,
        recorder: Recorder::Off,
    };
    plane.handle(now(0), Input::SetRoom(LoadedPlan::load(plan, &Mute)));
    let phone = Srtp::new(Arc::new(SrtpKeys { ours: key(2), theirs: key(1) }));
    (plane, phone, keys)
}

fn packet(sequence: u16, byte: u8) -> Vec<u8> {
    let (payload, timestamp) = ([byte; 160], u32::from(sequence) * 160);
    let mut out = Vec::new();
    RtpView { marker: false, payload_type: 8, sequence, timestamp, ssrc: 7, payload: &payload }.write(&mut out);
    out
}

fn sealed(phone: &mut Srtp, sequence: u16, byte: u8) -> Vec<u8> {
    let mut bytes = packet(sequence, byte);
    phone.seal_rtp(&mut bytes, sequence.into()).unwrap();
    bytes
}

/// What leaves towards one leg by one of its ports.
fn sent(plane: &mut MediaPlane, wanted: Via) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    while let Some(output) = plane.poll_output() {
        if let Output::Transmit { via, bytes, .. } = output
            && via == wanted
        {
            found.push(bytes);
        }
    }
    found
}

/// Packets of both phones for a while, so that each leg believes its own.
fn begin(plane: &mut MediaPlane, phone: &mut Srtp) {
    for n in 1..=10u16 {
        let ms = u64::from(n) * 20;
        plane.handle(now(ms), Input::Rtp { slot: 0, from: at(1), bytes: &sealed(phone, n, 0xAA) });
        plane.handle(now(ms), Input::Rtp { slot: 1, from: at(2), bytes: &packet(n, 0xBB) });
    }
}

#[test]
fn sound_is_in_clear_on_one_side_and_sealed_on_the_other() {
    let (mut plane, mut phone, keys) = talking();
    begin(&mut plane, &mut phone);
    let mut seen = Vec::new();
    while let Some(output) = plane.poll_output() {
        if let Output::Transmit { via, bytes, .. } = output {
            seen.push((via, bytes));
        }
    }
    let to = |wanted| seen.iter().filter(|(via, _)| *via == wanted).map(|(_, bytes)| bytes).collect::<Vec<_>>();
    assert!(to(Via::Rtp(1)).iter().any(|bytes| RtpView::parse(bytes).unwrap().payload == [0xAA; 160]));
    let mut out = Vec::new();
    let mut heard = 0;
    for bytes in to(Via::Rtp(0)) {
        assert_ne!(RtpView::parse(bytes).unwrap().payload.get(..160), Some(&[0xBB; 160][..]), "in clear");
        phone.open_rtp(bytes, &mut out).unwrap();
        heard += usize::from(RtpView::parse(&out).unwrap().payload == [0xBB; 160]);
    }
    assert!(heard > 0);
    // Held and taken back with the same keys, and the stream goes on.
    plane.handle(
        now(210),
        Input::OpenRtp { leg: SECURE, params: RtpParams { sends: false, ..params(1, Some(keys.clone())) } },
    );
    plane.handle(now(220), Input::OpenRtp { leg: SECURE, params: params(1, Some(keys)) });
    plane.handle(now(230), Input::Rtp { slot: 1, from: at(2), bytes: &packet(11, 0xBC) });
    let after = sent(&mut plane, Via::Rtp(0));
    assert!(!after.is_empty() && after.iter().all(|bytes| phone.open_rtp(bytes, &mut out).is_ok()));
}

#[test]
fn what_is_altered_in_clear_or_comes_twice_is_dropped_and_counted() {
    let (mut plane, mut phone, _) = talking();
    begin(&mut plane, &mut phone);
    sent(&mut plane, Via::Rtp(1));
    let before = plane.counters();
    let good = sealed(&mut phone, 11, 0xAD);
    let mut bad = good.clone();
    bad[20] ^= 1;
    for bytes in [&bad, &packet(12, 0xAD)] {
        plane.handle(now(220), Input::Rtp { slot: 0, from: at(1), bytes });
    }
    assert_eq!(plane.counters().unbelieved, before.unbelieved + 2);
    assert_eq!(sent(&mut plane, Via::Rtp(1)), Vec::<Vec<u8>>::new());
    for _ in 0..2 {
        plane.handle(now(221), Input::Rtp { slot: 0, from: at(1), bytes: &good });
    }
    assert_eq!(plane.counters().doubled, before.doubled + 1);
    assert_eq!(sent(&mut plane, Via::Rtp(1)).len(), 1);
}

#[test]
fn reports_are_sealed_too_and_those_in_clear_say_nothing() {
    let (mut plane, mut phone, _) = talking();
    begin(&mut plane, &mut phone);
    sent(&mut plane, Via::Rtcp(0));
    let mut reports = Vec::new();
    for ms in (220..6_000).step_by(5) {
        plane.handle(now(ms), Input::Tick);
        reports.extend(sent(&mut plane, Via::Rtcp(0)));
    }
    let mut out = Vec::new();
    phone.open_rtcp(reports.first().expect("a report"), &mut out).unwrap();
    assert!(matches!(out[1], 200 | 201) && out.len() < reports[0].len());
    let before = plane.counters().unbelieved;
    plane.handle(now(6_000), Input::Rtcp { slot: 0, from: at(1), bytes: &out });
    assert_eq!(plane.counters().unbelieved, before + 1);
    phone.seal_rtcp(&mut out).unwrap();
    plane.handle(now(6_001), Input::Rtcp { slot: 0, from: at(1), bytes: &out });
    assert_eq!(plane.counters().unbelieved, before + 1);
}
