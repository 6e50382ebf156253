//! Telephones of ours end to end, over UDP and TCP, with a phone that shares no code with the server (RFC 3261 §10, §13, §22).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]

mod support;

use domain::{Cause, DeviceId, EndReason, EndedBy, LegId, TrunkId};
use sip::{
    CallSource, CallerId, DeviceAccount, Dial, DialTarget, GatewayLogin, Ha1, Outbound, Progress, SipEvent, Transport,
    TrustedTrunk,
};
use support::{Centre, RTP, SOON};
use testphone::{Algorithm, Answering, CallPlan, EventKind, HoldStyle, Phone, Registration, Sound};

const DEVICE: DeviceId = DeviceId(100);
const PASSWORD: &str = "correct horse";

/// A centre without trunks that knows one telephone, "100".
async fn office() -> Centre {
    office_within(&[]).await
}

/// Its telephone may speak from these ranges.
async fn office_within(ranges: &[&str]) -> Centre {
    let centre = Centre::with(1_024, |config| {
        config.trunks.clear();
        config.device_side = EndedBy::Agent;
    })
    .await;
    let ha1 = Ha1::new("100", sip::DEFAULT_REALM, PASSWORD);
    centre.sip.set_devices(vec![DeviceAccount {
        device: DEVICE,
        username: "100".to_owned(),
        ha1,
        encryption: domain::Encryption::WhenOffered,
        address_ranges: ranges.iter().map(|range| range.parse().unwrap()).collect(),
        codecs: Vec::new(),
    }]);
    centre
}

fn registration(centre: &Centre, transport: testphone::Transport, algorithm: Algorithm) -> Registration {
    Registration {
        registrar: centre.address(),
        username: "100".to_owned(),
        password: PASSWORD.to_owned(),
        transport,
        tls_ca: None,
        algorithm,
        expires_s: 300,
    }
}

/// Both transports, each with another algorithm.
const WAYS: [(testphone::Transport, Algorithm); 2] =
    [(testphone::Transport::Udp, Algorithm::Md5), (testphone::Transport::Tcp, Algorithm::Sha256)];

async fn registered(centre: &mut Centre, way: (testphone::Transport, Algorithm)) -> Phone {
    let ringing = Answering { sound: Sound::Silence, by_hand: true };
    let mut phone = Phone::start("127.0.0.1:0".parse().unwrap(), Some(ringing)).await.unwrap();
    phone.register(registration(centre, way.0, way.1)).await.unwrap();
    phone.set_answering(Some(ringing));
    if centre.sip.contacts().await.len() == 1 {
        assert_eq!(centre.event().await, SipEvent::DeviceChanged { device: DEVICE, reachable: true });
    }
    phone
}

fn dial(target: DialTarget) -> Dial {
    let caller = CallerId { number: "13800138000".to_owned(), name: "Li Ming".to_owned(), withheld: None };
    Dial { target, caller, local_rtp: RTP.parse().unwrap(), auto_answer: false }
}

#[tokio::test]
async fn a_phone_registers_over_udp_and_tcp_and_takes_it_back() {
    for way in WAYS {
        let mut centre = office().await;
        let mut phone = registered(&mut centre, way).await;
        let contacts = centre.sip.contacts().await;
        let transport = if way.0 == testphone::Transport::Tcp { Transport::Tcp } else { Transport::Udp };
        assert_eq!((contacts[0].device, contacts[0].transport, contacts[0].reachable), (DEVICE, transport, true));
        assert_eq!(contacts[0].user_agent, "testphone");
        phone.unregister().await.unwrap();
        assert_eq!(centre.event().await, SipEvent::DeviceChanged { device: DEVICE, reachable: false });
        assert_eq!(centre.sip.census().await.contacts, 0);
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_user_hear_the_same() {
    let mut centre = office().await;
    let mut phone = Phone::start("127.0.0.1:0".parse().unwrap(), None).await.unwrap();
    let right = registration(&centre, testphone::Transport::Udp, Algorithm::Sha256);
    let wrong = Registration { password: "wrong".to_owned(), ..right.clone() };
    let nobody = Registration { username: "nobody".to_owned(), ..right };
    assert_eq!(phone.register(wrong).await, phone.register(nobody).await);
    centre.no_event().await;
    assert_eq!(centre.sip.guard().await.failed, 1);
}

#[tokio::test]
async fn a_phone_outside_of_its_site_hears_what_an_unknown_user_hears() {
    let mut centre = office_within(&["10.8.0.0/24"]).await;
    let mut phone = Phone::start("127.0.0.1:0".parse().unwrap(), None).await.unwrap();
    let right = registration(&centre, testphone::Transport::Udp, Algorithm::Sha256);
    let nobody = Registration { username: "nobody".to_owned(), ..right.clone() };
    let outside = phone.register(right).await;
    let refused = centre.sip.guard().await.refused;
    assert_eq!(outside, phone.register(nobody).await);
    assert!(format!("{outside:?}").contains("401"), "{outside:?}");
    centre.no_event().await;
    let guard = centre.sip.guard().await;
    assert_eq!((guard.failed, guard.refused), (0, 2 * refused), "and counts as the same");
    assert_eq!(centre.sip.refusals().await.len(), 1);
}

#[tokio::test]
async fn a_connection_that_is_cut_makes_the_phone_unreachable() {
    let mut centre = office().await;
    let mut phone = registered(&mut centre, WAYS[1]).await;
    phone.stop_registering();
    assert_eq!(centre.event().await, SipEvent::DeviceChanged { device: DEVICE, reachable: false });
}

#[tokio::test]
async fn a_phone_calls_holds_by_its_own_key_and_hangs_up() {
    for way in WAYS {
        let mut centre = office().await;
        let phone = registered(&mut centre, way).await;
        let mut call = phone.call(CallPlan::new(&centre.uri("4008001234"), "somebody-else")).await.unwrap();
        let SipEvent::Arrived { leg, source, called, calling, .. } = centre.event().await else { panic!() };
        // Who it is comes from the digest, not from what it wrote.
        assert_eq!((source, called.as_str(), calling.as_str()), (CallSource::Device(DEVICE), "4008001234", "100"));
        centre.sip.proceed(leg);
        centre.sip.answer(leg, RTP.parse().unwrap());
        call.wait(SOON, |kind| *kind == EventKind::Answered).await.expect("answered");
        assert_eq!(centre.event().await, SipEvent::Answered { leg });
        call.control().hold(HoldStyle::Sendonly).await.unwrap();
        assert!(matches!(centre.event().await, SipEvent::MediaChanged { .. }));
        assert_eq!(centre.event().await, SipEvent::PeerHold { leg, on: true });
        call.wait(SOON, |kind| matches!(kind, EventKind::Renegotiated { .. })).await.expect("held");
        call.control().bye().await.unwrap();
        assert_eq!(
            centre.event().await,
            SipEvent::Ended { leg, by: EndedBy::Agent, reason: EndReason::HungUp, cause: None }
        );
        centre.quiet().await;
    }
}

#[tokio::test]
async fn a_phone_is_called_answers_holds_and_either_side_hangs_up() {
    for (way, by_phone) in [(WAYS[0], true), (WAYS[0], false), (WAYS[1], true), (WAYS[1], false)] {
        let mut centre = office().await;
        let mut phone = registered(&mut centre, way).await;
        let leg = LegId(900);
        centre.sip.dial(leg, dial(DialTarget::Device(DEVICE)));
        assert_eq!(centre.event().await, SipEvent::Progress { leg, progress: Progress::Ringing });
        let mut call = phone.incoming().await.unwrap();
        let offered = call.wait(SOON, |kind| matches!(kind, EventKind::Offered { .. })).await.expect("offered");
        let EventKind::Offered { from, auto_answer } = offered.kind else { panic!() };
        assert!(from.starts_with("\"Li Ming\" <sip:13800138000@127.0.0.1>;tag=") && !auto_answer, "{from}");
        call.control().answer().await.unwrap();
        let SipEvent::MediaChanged { offer, .. } = centre.event().await else { panic!() };
        assert!(offer.sends() && offer.receives() && offer.remote.port() != 0);
        assert_eq!(centre.event().await, SipEvent::Answered { leg });
        call.wait(SOON, |kind| *kind == EventKind::Answered).await.expect("acknowledged");
        call.control().hold(HoldStyle::Inactive).await.unwrap();
        assert!(matches!(centre.event().await, SipEvent::MediaChanged { .. }));
        assert_eq!(centre.event().await, SipEvent::PeerHold { leg, on: true });
        call.wait(SOON, |kind| matches!(kind, EventKind::Renegotiated { .. })).await.expect("held");
        if by_phone {
            call.control().bye().await.unwrap();
            assert_eq!(
                centre.event().await,
                SipEvent::Ended { leg, by: EndedBy::Agent, reason: EndReason::HungUp, cause: None }
            );
        } else {
            centre.sip.release(leg, Cause::Normal);
            call.wait(SOON, |kind| matches!(kind, EventKind::Ended { by_peer: true, .. })).await.expect("BYE");
            assert_eq!(
                centre.event().await,
                SipEvent::Ended { leg, by: EndedBy::System, reason: EndReason::HungUp, cause: None }
            );
        }
        centre.quiet().await;
    }
}

#[tokio::test]
async fn a_phone_refuses_and_a_call_is_given_up_before_the_answer() {
    for way in WAYS {
        let mut centre = office().await;
        let mut phone = registered(&mut centre, way).await;
        let (busy, late) = (LegId(901), LegId(902));
        centre.sip.dial(busy, dial(DialTarget::Device(DEVICE)));
        assert!(matches!(centre.event().await, SipEvent::Progress { .. }));
        let call = phone.incoming().await.unwrap();
        call.control().reject(486).await.unwrap();
        let cause = Some(domain::ClearingCause { status: 486, q850: None });
        assert_eq!(
            centre.event().await,
            SipEvent::Ended { leg: busy, by: EndedBy::Agent, reason: EndReason::Busy, cause }
        );
        centre.sip.dial(late, dial(DialTarget::Device(DEVICE)));
        assert!(matches!(centre.event().await, SipEvent::Progress { .. }));
        let mut call = phone.incoming().await.unwrap();
        centre.sip.release(late, Cause::Unavailable);
        assert_eq!(
            centre.event().await,
            SipEvent::Ended { leg: late, by: EndedBy::System, reason: EndReason::NoAnswer, cause: None }
        );
        call.wait(SOON, |kind| matches!(kind, EventKind::Ended { by_peer: true, .. })).await.expect("CANCEL");
        centre.quiet().await;
    }
}

#[tokio::test]
async fn a_phone_that_is_asked_to_answers_by_itself() {
    let mut centre = office().await;
    let _phone = registered(&mut centre, WAYS[0]).await;
    let leg = LegId(903);
    centre.sip.dial(leg, Dial { auto_answer: true, ..dial(DialTarget::Device(DEVICE)) });
    while centre.event().await != (SipEvent::Answered { leg }) {}
    centre.sip.release(leg, Cause::Normal);
    assert!(matches!(centre.event().await, SipEvent::Ended { .. }));
}

#[tokio::test]
async fn two_phones_of_one_account_ring_together_and_the_first_has_the_call() {
    let mut centre = office().await;
    let mut desk = registered(&mut centre, WAYS[0]).await;
    let mut home = registered(&mut centre, WAYS[1]).await;
    assert_eq!(centre.sip.census().await.contacts, 2);
    let leg = LegId(904);
    centre.sip.dial(leg, dial(DialTarget::Device(DEVICE)));
    let (mut at_desk, mut at_home) = (desk.incoming().await.unwrap(), home.incoming().await.unwrap());
    at_home.wait(SOON, |kind| matches!(kind, EventKind::Offered { .. })).await.expect("rings at home");
    at_desk.wait(SOON, |kind| matches!(kind, EventKind::Offered { .. })).await.expect("rings at the desk");
    at_home.control().answer().await.unwrap();
    at_home.wait(SOON, |kind| *kind == EventKind::Answered).await.expect("answered at home");
    at_desk.wait(SOON, |kind| matches!(kind, EventKind::Ended { by_peer: true, .. })).await.expect("stops at the desk");
    while centre.event().await != (SipEvent::Answered { leg }) {}
    centre.sip.release(leg, Cause::Normal);
    at_home.wait(SOON, |kind| matches!(kind, EventKind::Ended { by_peer: true, .. })).await.expect("BYE");
    centre.quiet().await;
}

#[tokio::test]
async fn a_number_is_called_through_a_trunk() {
    let answering = Answering { sound: Sound::Silence, by_hand: false };
    let mut carrier = Phone::start("127.0.0.1:0".parse().unwrap(), Some(answering)).await.unwrap();
    let address = carrier.local_addr();
    let mut centre = Centre::with(64, |config| {
        let outbound = Outbound::to(address, Transport::Udp);
        config.trunks = vec![TrustedTrunk { outbound: Some(outbound), ..TrustedTrunk::new(TrunkId(3), vec![]) }];
    })
    .await;
    let leg = LegId(905);
    centre.sip.dial(leg, dial(DialTarget::Trunk { trunk: TrunkId(3), number: "13900139000".to_owned() }));
    let mut call = carrier.incoming().await.unwrap();
    call.wait(SOON, |kind| *kind == EventKind::Answered).await.expect("answered");
    while centre.event().await != (SipEvent::Answered { leg }) {}
    call.control().bye().await.unwrap();
    assert_eq!(
        centre.event().await,
        SipEvent::Ended { leg, by: EndedBy::Customer, reason: EndReason::HungUp, cause: None }
    );
    centre.quiet().await;
}

/// Two of our own endpoints: one is the gateway that challenges, the other the customer that proves itself.
#[tokio::test]
async fn a_gateways_challenge_is_answered_with_its_credentials() {
    let mut gateway = office().await;
    let login = GatewayLogin {
        username: "100".to_owned(),
        realm: sip::DEFAULT_REALM.to_owned(),
        ha1: Ha1::new("100", sip::DEFAULT_REALM, PASSWORD),
    };
    for (login, ends) in [(Some(login), None), (None, Some(EndReason::Forbidden))] {
        for transport in [Transport::Udp, Transport::Tcp] {
            let outbound = Outbound { login: login.clone(), ..Outbound::to(gateway.address(), transport) };
            let mut centre = Centre::with(64, |config| {
                config.trunks =
                    vec![TrustedTrunk { outbound: Some(outbound), ..TrustedTrunk::new(TrunkId(3), vec![]) }];
            })
            .await;
            let leg = LegId(906);
            let mut call = dial(DialTarget::Trunk { trunk: TrunkId(3), number: "1".to_owned() });
            call.caller.number = "100".to_owned();
            centre.sip.dial(leg, call);
            if let Some(reason) = ends {
                let event = centre.event().await;
                assert!(
                    matches!(event, SipEvent::Ended { reason: found, by: EndedBy::Network, .. } if found == reason),
                    "{event:?}"
                );
                continue;
            }
            let SipEvent::Arrived { leg: there, source, .. } = gateway.event().await else { panic!() };
            assert_eq!(source, CallSource::Device(DEVICE));
            gateway.sip.answer(there, "127.0.0.1:41000".parse().unwrap());
            while centre.event().await != (SipEvent::Answered { leg }) {}
            assert_eq!(gateway.event().await, SipEvent::Answered { leg: there });
            gateway.sip.release(there, Cause::Normal);
            assert_eq!(
                centre.event().await,
                SipEvent::Ended { leg, by: EndedBy::Customer, reason: EndReason::HungUp, cause: None }
            );
            gateway.event().await;
            gateway.quiet().await;
        }
    }
}

#[tokio::test]
async fn a_phone_moves_a_call_and_joins_its_two_calls() {
    for way in WAYS {
        let mut centre = office().await;
        let phone = registered(&mut centre, way).await;
        let mut legs = Vec::new();
        let mut calls = Vec::new();
        for called in ["4008001234", "102"] {
            let mut call = phone.call(CallPlan::new(&centre.uri(called), "100")).await.unwrap();
            let leg = centre.arrival().await;
            centre.sip.answer(leg, RTP.parse().unwrap());
            call.wait(SOON, |kind| *kind == EventKind::Answered).await.expect("answered");
            assert_eq!(centre.event().await, SipEvent::Answered { leg });
            legs.push(leg);
            calls.push(call);
        }
        let (first, second) = (calls[0].control(), calls[1].control());
        let report = |code| move |kind: &EventKind| *kind == EventKind::ReferReport { code };
        first.refer(&centre.uri("0190"), None).await.unwrap();
        let to = "0190".to_owned();
        assert_eq!(centre.event().await, SipEvent::Referred { leg: legs[0], to, replaces: None });
        centre.sip.refuse_refer(legs[0], 403);
        calls[0].wait(SOON, report(100)).await.expect("thought about");
        calls[0].wait(SOON, report(403)).await.expect("refused");

        first.refer(&centre.uri("102"), Some(&second)).await.unwrap();
        let (to, replaces) = ("102".to_owned(), Some(legs[1]));
        assert_eq!(centre.event().await, SipEvent::Referred { leg: legs[0], to, replaces });
        centre.sip.release(legs[0], Cause::Moved);
        centre.sip.release(legs[1], Cause::Normal);
        calls[0].wait(SOON, report(200)).await.expect("done");
        for call in &mut calls {
            call.wait(SOON, |kind| matches!(kind, EventKind::Ended { by_peer: true, .. })).await.expect("BYE");
        }
        for _ in &legs {
            assert!(matches!(centre.event().await, SipEvent::Ended { by: EndedBy::System, .. }));
        }
        centre.quiet().await;
    }
}
