//! Copies, races and disorder on the wire, with a peer that writes its own messages (RFC 3261 §13, §14, §17).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]

mod support;

use std::time::Duration;

use domain::{Cause, EndReason, EndedBy};
use sip::SipEvent;
use support::{Centre, RTP, Raw, header, offer, tag};

#[tokio::test]
async fn a_copy_of_the_invite_gets_the_last_reply_again_and_makes_no_second_call() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    let invite = raw.invite(1, "first");
    for _ in 0..2 {
        raw.send(&invite).await;
        raw.expect("SIP/2.0 100").await;
    }
    let leg = centre.arrival().await;
    centre.sip.proceed(leg);
    let ringing = raw.expect("SIP/2.0 180").await;
    raw.send(&invite).await;
    assert_eq!(raw.receive().await, ringing);
    centre.sip.answer(leg, RTP.parse().unwrap());
    let ok = raw.expect("SIP/2.0 200").await;
    raw.send(&invite).await;
    assert_eq!(raw.receive().await, ok);
    assert_eq!(tag(&ringing), tag(&ok));
    centre.no_event().await;
}

#[tokio::test]
async fn our_200_is_repeated_until_its_ack_and_no_longer() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    raw.send(&raw.invite(1, "first")).await;
    let leg = centre.arrival().await;
    centre.sip.answer(leg, RTP.parse().unwrap());
    let ok = raw.expect("SIP/2.0 200").await;
    assert_eq!(raw.expect("SIP/2.0 200").await, ok);
    let ack = raw.request("ACK", 1, "ack", Some(&tag(&ok)), "", "");
    raw.send(&ack).await;
    raw.send(&ack).await;
    assert_eq!(centre.event().await, SipEvent::Answered { leg });
    assert!(raw.receive_within(Duration::from_millis(1_200)).await.is_none(), "a copy after the ACK");
    centre.no_event().await;
}

#[tokio::test]
async fn a_refusal_is_repeated_until_its_ack_and_lets_a_new_attempt_in() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    raw.send(&raw.invite(1, "first")).await;
    let leg = centre.arrival().await;
    centre.sip.refuse(leg, Cause::Busy);
    let busy = raw.expect("SIP/2.0 486").await;
    assert_eq!(raw.expect("SIP/2.0 486").await, busy);
    raw.send(&raw.request("ACK", 1, "first", Some(&tag(&busy)), "", "")).await;
    // The same Call-ID with a higher number is another attempt (RFC 3261 §8.1.3.5).
    raw.send(&raw.invite(2, "second")).await;
    assert!(matches!(centre.event().await, SipEvent::Ended { reason: EndReason::Busy, .. }));
    let second = centre.arrival().await;
    assert_ne!(leg, second);
    centre.sip.refuse(second, Cause::Busy);
}

#[tokio::test]
async fn one_request_on_two_paths_is_one_call() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    raw.send(&raw.invite(1, "first")).await;
    centre.arrival().await;
    raw.expect("SIP/2.0 100").await;
    raw.send(&raw.invite(1, "other-path")).await;
    raw.expect("SIP/2.0 482").await;
    centre.no_event().await;
}

#[tokio::test]
async fn a_bye_is_answered_as_often_as_it_comes() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    let (leg, tag) = raw.establish(&mut centre).await;
    let bye = raw.request("BYE", 2, "bye", Some(&tag), "", "");
    for _ in 0..3 {
        raw.send(&bye).await;
        raw.expect("SIP/2.0 200").await;
    }
    assert_eq!(
        centre.event().await,
        SipEvent::Ended { leg, by: EndedBy::Customer, reason: EndReason::HungUp, cause: None }
    );
    centre.no_event().await;
    centre.quiet().await;
}

#[tokio::test]
async fn our_bye_is_repeated_until_answered_and_crosses_theirs_without_harm() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    let (leg, tag) = raw.establish(&mut centre).await;
    centre.sip.release(leg, Cause::Normal);
    let bye = raw.expect("BYE ").await;
    assert_eq!(raw.expect("BYE ").await, bye);
    assert_eq!(centre.sip.census().await.dialogs, 1);
    raw.send(&raw.request("BYE", 2, "theirs", Some(&tag), "", "")).await;
    raw.expect("SIP/2.0 200").await;
    let via = header(&bye, "Via").unwrap();
    let (from, to) = (header(&bye, "From").unwrap(), header(&bye, "To").unwrap());
    let (call_id, cseq) = (header(&bye, "Call-ID").unwrap(), header(&bye, "CSeq").unwrap());
    raw.send(&format!(
        "SIP/2.0 200 OK\r\nVia: {via}\r\nFrom: {from}\r\nTo: {to}\r\nCall-ID: {call_id}\r\nCSeq: {cseq}\r\n\
         Content-Length: 0\r\n\r\n"
    ))
    .await;
    assert_eq!(
        centre.event().await,
        SipEvent::Ended { leg, by: EndedBy::System, reason: EndReason::HungUp, cause: None }
    );
    centre.no_event().await;
    centre.quiet().await;
}

#[tokio::test]
async fn a_bye_of_the_network_is_told_from_the_customers() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    let (leg, tag) = raw.establish(&mut centre).await;
    raw.send(&raw.request("BYE", 2, "bye", Some(&tag), "Reason: Q.850;cause=38;text=\"Network\"\r\n", "")).await;
    assert_eq!(
        centre.event().await,
        SipEvent::Ended { leg, by: EndedBy::Network, reason: EndReason::Unreachable, cause: None }
    );
}

#[tokio::test]
async fn a_bye_before_the_answer_ends_the_call_with_487() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    raw.send(&raw.invite(1, "first")).await;
    let leg = centre.arrival().await;
    centre.sip.proceed(leg);
    let tag = tag(&raw.expect("SIP/2.0 180").await);
    raw.send(&raw.request("BYE", 2, "bye", Some(&tag), "", "")).await;
    raw.expect("SIP/2.0 200").await;
    raw.expect("SIP/2.0 487").await;
    assert_eq!(
        centre.event().await,
        SipEvent::Ended { leg, by: EndedBy::Customer, reason: EndReason::Cancelled, cause: None }
    );
}

#[tokio::test]
async fn reinvites_are_refused_where_they_must_be_and_the_call_goes_on() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    raw.send(&raw.invite(1, "first")).await;
    let leg = centre.arrival().await;
    centre.sip.proceed(leg);
    let tag = tag(&raw.expect("SIP/2.0 180").await);
    let sdp = offer(raw.local(), "");
    // Before the first final answer.
    raw.send(&raw.request("INVITE", 2, "early", Some(&tag), "", &sdp)).await;
    let early = raw.expect("SIP/2.0 500").await;
    assert!((1..=10).contains(&header(&early, "Retry-After").unwrap().parse::<u32>().unwrap()));
    centre.sip.answer(leg, RTP.parse().unwrap());
    raw.expect("SIP/2.0 200").await;
    raw.send(&raw.request("ACK", 1, "ack", Some(&tag), "", "")).await;
    assert_eq!(centre.event().await, SipEvent::Answered { leg });
    // Out of order, and without anything in common.
    raw.send(&raw.request("INVITE", 1, "old", Some(&tag), "", &sdp)).await;
    raw.expect("SIP/2.0 500").await;
    let video = sdp.replace("m=audio", "m=video");
    let refused = raw.request("INVITE", 5, "video", Some(&tag), "", &video);
    for _ in 0..2 {
        raw.send(&refused).await;
        raw.expect("SIP/2.0 488").await;
    }
    raw.send(&raw.request("INVITE", 6, "broken", Some(&tag), "", "hello")).await;
    raw.expect("SIP/2.0 400").await;
    centre.no_event().await;
    raw.send(&raw.request("INVITE", 7, "good", Some(&tag), "", &offer(raw.local(), "a=sendonly\r\n"))).await;
    let ok = raw.expect("SIP/2.0 200").await;
    assert!(
        ok.contains("c=IN IP4 127.0.0.1\r\n") && ok.contains("m=audio 40000 ") && ok.contains("a=recvonly"),
        "{ok}"
    );
    assert!(matches!(centre.event().await, SipEvent::MediaChanged { .. }));
    assert_eq!(centre.event().await, SipEvent::PeerHold { leg, on: true });
}

#[tokio::test]
async fn glare_with_our_own_offer_is_491() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    let (_, tag) = raw.establish(&mut centre).await;
    raw.send(&raw.request("INVITE", 2, "empty", Some(&tag), "", "")).await;
    let ours = raw.expect("SIP/2.0 200").await;
    assert!(ours.contains("m=audio 40000 RTP/AVP 8 0 101\r\n"), "{ours}");
    let sdp = offer(raw.local(), "");
    raw.send(&raw.request("INVITE", 3, "glare", Some(&tag), "", &sdp)).await;
    raw.expect("SIP/2.0 491").await;
    raw.send(&raw.request("ACK", 2, "ack2", Some(&tag), "", &offer(raw.local(), "a=inactive\r\n"))).await;
    assert!(matches!(centre.event().await, SipEvent::MediaChanged { .. }));
    assert!(matches!(centre.event().await, SipEvent::PeerHold { on: true, .. }));
    raw.send(&raw.request("INVITE", 4, "later", Some(&tag), "", &sdp)).await;
    raw.expect("SIP/2.0 200").await;
}

#[tokio::test]
async fn the_ack_of_a_reinvite_does_not_answer_the_call_again() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    let (_, tag) = raw.establish(&mut centre).await;
    let reinvite = raw.request("INVITE", 2, "again", Some(&tag), "", &offer(raw.local(), ""));
    raw.send(&reinvite).await;
    let ok = raw.expect("SIP/2.0 200").await;
    raw.send(&reinvite).await;
    assert_eq!(raw.receive().await, ok);
    let ack = raw.request("ACK", 2, "ack2", Some(&tag), "", "");
    raw.send(&ack).await;
    raw.send(&ack).await;
    // A copy of the first ACK that was under way.
    raw.send(&raw.request("ACK", 1, "ack1", Some(&tag), "", "")).await;
    centre.no_event().await;
}

#[tokio::test]
async fn a_message_within_the_call_is_refused_and_leaves_it_whole() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    let (leg, tag) = raw.establish(&mut centre).await;
    for (cseq, method) in [(2, "MESSAGE"), (4, "PRACK")] {
        raw.send(&raw.request(method, cseq, method, Some(&tag), "", "")).await;
        let refused = raw.expect("SIP/2.0 405").await;
        assert_eq!(
            header(&refused, "Allow"),
            Some("INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, REFER, UPDATE"),
            "{method}"
        );
    }
    // Nobody's key is taken, and a carrier moves no call.
    raw.send(&raw.request("INFO", 5, "info", Some(&tag), "", "")).await;
    raw.expect("SIP/2.0 200").await;
    raw.send(&raw.request("REFER", 6, "refer", Some(&tag), "Refer-To: <sip:0190@127.0.0.1>\r\n", "")).await;
    raw.expect("SIP/2.0 603").await;
    raw.send(&raw.request("OPTIONS", 7, "options", Some(&tag), "", "")).await;
    raw.expect("SIP/2.0 200").await;
    centre.no_event().await;
    centre.sip.release(leg, Cause::Normal);
    raw.expect("BYE ").await;
}

#[tokio::test]
async fn our_bye_follows_the_route_and_the_contact() {
    let mut centre = Centre::start().await;
    let (raw, proxy) = (Raw::new(&centre).await, Raw::new(&centre).await);
    let routes = format!("Record-Route: <sip:{};lr>, <sip:inner.example;lr>\r\n", proxy.local());
    raw.send(&raw.request("INVITE", 1, "first", None, &routes, &offer(raw.local(), ""))).await;
    let leg = centre.arrival().await;
    centre.sip.answer(leg, RTP.parse().unwrap());
    let ok = raw.expect("SIP/2.0 200").await;
    assert!(ok.contains(&routes), "{ok}");
    raw.send(&raw.request("ACK", 1, "ack", Some(&tag(&ok)), "", "")).await;
    assert_eq!(centre.event().await, SipEvent::Answered { leg });
    centre.sip.release(leg, Cause::Normal);
    let bye = proxy.expect("BYE ").await;
    assert!(bye.starts_with(&format!("BYE sip:peer@{} SIP/2.0\r\n", raw.local())), "{bye}");
    assert!(bye.contains(&format!("Route: <sip:{};lr>\r\nRoute: <sip:inner.example;lr>\r\n", proxy.local())), "{bye}");
}

#[tokio::test]
async fn a_session_that_is_too_brief_is_422_and_one_that_is_not_is_agreed() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    let asking = |seconds: u32| format!("Supported: timer\r\nSession-Expires: {seconds}\r\n");
    raw.send(&raw.request("INVITE", 1, "brief", None, &asking(60), &offer(raw.local(), ""))).await;
    let refused = raw.expect("SIP/2.0 422").await;
    assert_eq!(header(&refused, "Min-SE"), Some("90"));
    centre.no_event().await;
    raw.send(&raw.request("INVITE", 2, "longer", None, &asking(90), &offer(raw.local(), ""))).await;
    let leg = centre.arrival().await;
    centre.sip.answer(leg, RTP.parse().unwrap());
    let ok = raw.expect("SIP/2.0 200").await;
    assert_eq!(header(&ok, "Session-Expires"), Some("90;refresher=uac"));
    assert_eq!(header(&ok, "Require"), Some("timer"));
}
