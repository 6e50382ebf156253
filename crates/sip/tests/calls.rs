//! Whole calls between the endpoint and the test phone, which shares no code with it (RFC 3261 §13, §15, §9).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]

mod support;

use domain::{Cause, EndReason, EndedBy, TrunkId};
use sip::{Admission, CallSource, Codec, Direction, SipEvent};
use support::{Centre, RTP, SOON};
use testphone::{Call, CallPlan, EventKind, HoldStyle, Phone};

async fn phone() -> Phone {
    Phone::start("127.0.0.1:0".parse().unwrap(), None).await.unwrap()
}

async fn ended(call: &mut Call, by_peer: bool) {
    call.wait(SOON, |kind| matches!(kind, EventKind::Ended { by_peer: by, .. } if *by == by_peer))
        .await
        .expect("ended");
}

#[tokio::test]
async fn a_call_rings_is_answered_and_hung_up_by_the_caller() {
    let (mut centre, phone) = (Centre::start().await, phone().await);
    let mut call = phone.call(CallPlan::new(&centre.uri("4008001234"), "13800138000")).await.unwrap();
    let SipEvent::Arrived { leg, source, called, calling, offer, .. } = centre.event().await else { panic!() };
    let trunk = CallSource::Trunk(TrunkId(7));
    assert_eq!((source, called.as_str(), calling.as_str()), (trunk, "4008001234", "13800138000"));
    assert_eq!((offer.codec, offer.dtmf_payload_type, offer.direction), (Codec::Pcma, Some(101), Direction::SendRecv));
    centre.sip.proceed(leg);
    call.wait(SOON, |kind| *kind == EventKind::Ringing { code: 180 }).await.expect("ringing");
    centre.sip.answer(leg, RTP.parse().unwrap());
    call.wait(SOON, |kind| *kind == EventKind::Answered).await.expect("answered");
    assert_eq!(centre.event().await, SipEvent::Answered { leg });
    call.control().bye().await.unwrap();
    ended(&mut call, false).await;
    assert_eq!(
        centre.event().await,
        SipEvent::Ended { leg, by: EndedBy::Customer, reason: EndReason::HungUp, cause: None }
    );
    centre.quiet().await;
}

#[tokio::test]
async fn we_hang_up_and_say_why() {
    let (mut centre, phone) = (Centre::start().await, phone().await);
    let mut call = phone.call(CallPlan::new(&centre.uri("4008001234"), "13800138000")).await.unwrap();
    let leg = centre.arrival().await;
    centre.sip.answer(leg, RTP.parse().unwrap());
    assert_eq!(centre.event().await, SipEvent::Answered { leg });
    centre.sip.release(leg, Cause::Normal);
    let reason = Some("Q.850;cause=16".to_owned());
    call.wait(SOON, |kind| *kind == EventKind::Ended { by_peer: true, reason: reason.clone() }).await.expect("BYE");
    assert_eq!(
        centre.event().await,
        SipEvent::Ended { leg, by: EndedBy::System, reason: EndReason::HungUp, cause: None }
    );
    centre.quiet().await;
}

#[tokio::test]
async fn a_refused_call_gets_its_code_and_ends_once() {
    let (mut centre, phone) = (Centre::start().await, phone().await);
    for (cause, expected, retry_after) in [
        (Cause::UnknownNumber, 404, None),
        (Cause::Busy, 486, None),
        (Cause::Overload, 503, Some("5".to_owned())),
        (Cause::InternalFault, 500, None),
    ] {
        let mut call = phone.call(CallPlan::new(&centre.uri("4008009999"), "13800138000")).await.unwrap();
        let leg = centre.arrival().await;
        centre.sip.refuse(leg, cause);
        centre.sip.refuse(leg, cause);
        centre.sip.release(leg, cause);
        let event = call.wait(SOON, |kind| matches!(kind, EventKind::Rejected { .. })).await.expect("rejected");
        assert_eq!(event.kind, EventKind::Rejected { code: expected, retry_after });
        assert!(matches!(centre.event().await, SipEvent::Ended { by: EndedBy::System, .. }));
        centre.no_event().await;
    }
    centre.quiet().await;
}

#[tokio::test]
async fn a_cancelled_call_ends_by_the_customer() {
    let (mut centre, phone) = (Centre::start().await, phone().await);
    let mut call = phone.call(CallPlan::new(&centre.uri("4008001234"), "13800138000")).await.unwrap();
    let leg = centre.arrival().await;
    centre.sip.proceed(leg);
    call.control().cancel().await.unwrap();
    call.wait(SOON, |kind| matches!(kind, EventKind::Rejected { code: 487, .. })).await.expect("487");
    assert_eq!(
        centre.event().await,
        SipEvent::Ended { leg, by: EndedBy::Customer, reason: EndReason::Cancelled, cause: None }
    );
    // An answer that comes too late changes nothing.
    centre.sip.answer(leg, RTP.parse().unwrap());
    centre.no_event().await;
    centre.quiet().await;
}

#[tokio::test]
async fn a_cancel_that_crosses_the_200_ends_the_call_once_by_ack_and_bye() {
    let (mut centre, phone) = (Centre::start().await, phone().await);
    for (well_behaved, copies) in [(true, 0), (false, 0), (true, 2)] {
        let mut plan = CallPlan::new(&centre.uri("4008001234"), "13800138000");
        plan.cancel_on_answer = true;
        plan.bye_after_crossing = well_behaved;
        plan.copies = copies;
        let mut call = phone.call(plan).await.unwrap();
        let leg = centre.arrival().await;
        centre.sip.answer(leg, RTP.parse().unwrap());
        ended(&mut call, !well_behaved).await;
        let end = SipEvent::Ended { leg, by: EndedBy::Customer, reason: EndReason::Cancelled, cause: None };
        assert_eq!(centre.event().await, end, "well behaved: {well_behaved}");
        centre.no_event().await;
        centre.quiet().await;
    }
}

#[tokio::test]
async fn every_message_twice_is_still_one_call() {
    let (mut centre, phone) = (Centre::start().await, phone().await);
    let mut plan = CallPlan::new(&centre.uri("4008001234"), "13800138000");
    plan.copies = 2;
    let mut call = phone.call(plan).await.unwrap();
    let leg = centre.arrival().await;
    centre.sip.proceed(leg);
    centre.sip.answer(leg, RTP.parse().unwrap());
    assert_eq!(centre.event().await, SipEvent::Answered { leg });
    call.control().hold(HoldStyle::Sendonly).await.unwrap();
    assert!(matches!(centre.event().await, SipEvent::MediaChanged { .. }));
    assert_eq!(centre.event().await, SipEvent::PeerHold { leg, on: true });
    call.control().bye().await.unwrap();
    ended(&mut call, false).await;
    assert!(matches!(centre.event().await, SipEvent::Ended { .. }));
    centre.no_event().await;
    assert_eq!(centre.quiet().await.transactions, 1);
}

#[tokio::test]
async fn a_late_ack_delays_the_answer_but_not_our_hang_up() {
    let (mut centre, phone) = (Centre::start().await, phone().await);
    let mut plan = CallPlan::new(&centre.uri("4008001234"), "13800138000");
    plan.ack_delay = std::time::Duration::from_millis(700);
    let mut call = phone.call(plan).await.unwrap();
    let leg = centre.arrival().await;
    centre.sip.answer(leg, RTP.parse().unwrap());
    centre.sip.release(leg, Cause::Normal);
    // The end is reported at once; RFC 3261 §15 lets the BYE go only after the ACK.
    assert_eq!(
        centre.event().await,
        SipEvent::Ended { leg, by: EndedBy::System, reason: EndReason::HungUp, cause: None }
    );
    call.wait(SOON, |kind| *kind == EventKind::Answered).await.expect("acknowledged");
    ended(&mut call, true).await;
    centre.no_event().await;
    centre.quiet().await;
}

#[tokio::test]
async fn hold_in_every_spelling_is_seen_and_answered_from_the_same_address() {
    let (mut centre, phone) = (Centre::start().await, phone().await);
    let mut call = phone.call(CallPlan::new(&centre.uri("4008001234"), "13800138000")).await.unwrap();
    let leg = centre.arrival().await;
    centre.sip.answer(leg, RTP.parse().unwrap());
    assert_eq!(centre.event().await, SipEvent::Answered { leg });
    for (style, answer, ours) in [
        (HoldStyle::Sendonly, "recvonly", Direction::RecvOnly),
        (HoldStyle::Inactive, "inactive", Direction::Inactive),
        (HoldStyle::Recvonly, "sendonly", Direction::SendOnly),
        (HoldStyle::Zero, "recvonly", Direction::RecvOnly),
    ] {
        call.control().hold(style).await.unwrap();
        let answered = EventKind::Renegotiated { direction: answer.to_owned(), remote: RTP.to_owned() };
        call.wait(SOON, |kind| *kind == answered).await.unwrap_or_else(|| panic!("{style:?}"));
        let SipEvent::MediaChanged { offer, .. } = centre.event().await else { panic!("{style:?}") };
        assert_eq!((offer.direction, offer.remote.ip().is_unspecified()), (ours, false), "{style:?}");
        assert_eq!(centre.event().await, SipEvent::PeerHold { leg, on: true }, "{style:?}");
        call.control().resume().await.unwrap();
        call.wait(SOON, |kind| matches!(kind, EventKind::Renegotiated { .. })).await.expect("resumed");
        assert!(matches!(centre.event().await, SipEvent::MediaChanged { .. }), "{style:?}");
        assert_eq!(centre.event().await, SipEvent::PeerHold { leg, on: false }, "{style:?}");
    }
    // Without a description the offer is ours, and nothing changes.
    call.control().reoffer().await.unwrap();
    call.wait(SOON, |kind| matches!(kind, EventKind::Renegotiated { .. })).await.expect("offered");
    centre.no_event().await;
    centre.sip.release(leg, Cause::Normal);
    ended(&mut call, true).await;
    centre.quiet().await;
}

#[tokio::test]
async fn an_invite_without_an_offer_is_answered_by_ours() {
    let (mut centre, phone) = (Centre::start().await, phone().await);
    let mut plan = CallPlan::new(&centre.uri("4008001234"), "13800138000");
    plan.offers = false;
    let mut call = phone.call(plan).await.unwrap();
    let SipEvent::Arrived { leg, offer, .. } = centre.event().await else { panic!() };
    assert!(offer.remote.ip().is_unspecified() && !offer.sends());
    centre.sip.answer(leg, RTP.parse().unwrap());
    assert_eq!(centre.event().await, SipEvent::Answered { leg });
    let SipEvent::MediaChanged { offer, .. } = centre.event().await else { panic!() };
    assert!(!offer.remote.ip().is_unspecified() && offer.sends());
    call.control().bye().await.unwrap();
    ended(&mut call, false).await;
    centre.quiet().await;
}

#[tokio::test]
async fn a_closed_gate_refuses_new_calls_and_leaves_the_others() {
    let (mut centre, phone) = (Centre::start().await, phone().await);
    let mut talking = phone.call(CallPlan::new(&centre.uri("4008001234"), "13800138000")).await.unwrap();
    let leg = centre.arrival().await;
    centre.sip.answer(leg, RTP.parse().unwrap());
    assert_eq!(centre.event().await, SipEvent::Answered { leg });
    centre.sip.set_admission(Admission::Refuse503 { retry_after_s: 7 });
    let mut refused = phone.call(CallPlan::new(&centre.uri("4008001234"), "13800138001")).await.unwrap();
    let event = refused.wait(SOON, |kind| matches!(kind, EventKind::Rejected { .. })).await.expect("rejected");
    assert_eq!(event.kind, EventKind::Rejected { code: 503, retry_after: Some("7".to_owned()) });
    centre.no_event().await;
    centre.sip.set_admission(Admission::Open);
    let _taken = phone.call(CallPlan::new(&centre.uri("4008001234"), "13800138002")).await.unwrap();
    let second = centre.arrival().await;
    centre.sip.refuse(second, Cause::Busy);
    talking.control().bye().await.unwrap();
    ended(&mut talking, false).await;
    centre.quiet().await;
}

#[tokio::test]
async fn stopping_ends_every_call_and_says_so() {
    let (mut centre, phone) = (Centre::start().await, phone().await);
    let mut talking = phone.call(CallPlan::new(&centre.uri("4008001234"), "13800138000")).await.unwrap();
    let first = centre.arrival().await;
    centre.sip.answer(first, RTP.parse().unwrap());
    assert_eq!(centre.event().await, SipEvent::Answered { leg: first });
    let mut ringing = phone.call(CallPlan::new(&centre.uri("4008001234"), "13800138001")).await.unwrap();
    centre.arrival().await;
    centre.sip.clone().stop().await;
    ended(&mut talking, true).await;
    ringing.wait(SOON, |kind| matches!(kind, EventKind::Rejected { code: 503, .. })).await.expect("503");
    for _ in 0..2 {
        let event = centre.event().await;
        assert!(
            matches!(event, SipEvent::Ended { by: EndedBy::System, reason: EndReason::NodeRestarted, .. }),
            "{event:?}"
        );
    }
    assert_eq!(centre.sip.census().await, sip::SipCensus::default());
}
