//! Who gets in and what the rest hear: strangers, broken messages, limits (RFC 3261 §8.2, RFC 4475).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]

mod support;

use std::time::Duration;

use domain::{Cause, EndReason};
use sip::{SipCensus, SipEvent};
use support::{Centre, RTP, Raw, SOON, header, offer};

#[tokio::test]
async fn strangers_are_refused_without_an_event_or_a_trace() {
    let mut centre = Centre::start().await;
    let stranger = Raw::from("127.0.0.2:0", &centre).await;
    let requests = ["INVITE", "OPTIONS", "REGISTER", "MESSAGE", "SUBSCRIBE", "BYE", "CANCEL", "FOO"];
    for method in requests {
        stranger.send(&stranger.request(method, 1, method, None, "", &offer(stranger.local(), ""))).await;
        let refused = stranger.receive().await;
        assert!(refused.starts_with("SIP/2.0 403 Forbidden\r\n"), "{method}: {refused}");
    }
    stranger.send(&stranger.request("ACK", 1, "INVITE", Some("x"), "", "")).await;
    stranger.send("hello\r\n\r\n").await;
    stranger.silence().await;
    centre.no_event().await;
    assert_eq!(centre.sip.census().await, SipCensus::default());
}

#[tokio::test]
async fn a_strangers_flood_gets_few_replies_and_does_not_disturb_a_trunk() {
    let mut centre = Centre::with(16, |config| config.limits.stranger_replies_per_second = 10).await;
    let stranger = Raw::from("127.0.0.2:0", &centre).await;
    for n in 0..500 {
        stranger.send(&stranger.invite(n, &n.to_string())).await;
    }
    let raw = Raw::new(&centre).await;
    raw.send(&raw.invite(1, "first")).await;
    raw.expect("SIP/2.0 100").await;
    centre.arrival().await;
    let mut replies = 0;
    while stranger.receive_within(Duration::from_millis(150)).await.is_some() {
        replies += 1;
    }
    assert!((1..60).contains(&replies), "{replies}");
}

#[tokio::test]
async fn requests_that_belong_to_no_call_are_told_so() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    let sdp = offer(raw.local(), "");
    for (method, to_tag, body) in [
        ("BYE", Some("gone"), ""),
        ("BYE", None, ""),
        ("INVITE", Some("gone"), sdp.as_str()),
        ("OPTIONS", Some("gone"), ""),
        ("CANCEL", None, ""),
    ] {
        raw.send(&raw.request(method, 9, "x", to_tag, "", body)).await;
        let refused = raw.receive().await;
        assert!(refused.starts_with("SIP/2.0 481"), "{method}: {refused}");
    }
    raw.send(&raw.request("ACK", 9, "x", Some("gone"), "", "")).await;
    raw.silence().await;
    centre.no_event().await;
}

#[tokio::test]
async fn other_methods_are_405_with_allow() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    for method in ["REGISTER", "MESSAGE", "SUBSCRIBE", "PUBLISH", "NOTIFY", "REFER", "INFO", "PRACK", "FOO"] {
        raw.send(&raw.request(method, 1, method, None, "", "")).await;
        let refused = raw.receive().await;
        assert!(refused.starts_with("SIP/2.0 405"), "{method}: {refused}");
        assert_eq!(
            header(&refused, "Allow"),
            Some("INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, REFER, UPDATE"),
            "{method}"
        );
        assert!(header(&refused, "To").unwrap().contains(";tag="), "{method}");
    }
    centre.no_event().await;
}

#[tokio::test]
async fn options_tell_the_truth() {
    let centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    raw.send(&raw.request("OPTIONS", 1, "a", None, "", "")).await;
    let ok = raw.expect("SIP/2.0 200").await;
    assert_eq!(header(&ok, "Accept"), Some("application/sdp"));
    centre.sip.set_admission(sip::Admission::Refuse503 { retry_after_s: 3 });
    centre.sip.census().await;
    raw.send(&raw.request("OPTIONS", 2, "b", None, "", "")).await;
    assert_eq!(header(&raw.expect("SIP/2.0 503").await, "Retry-After"), Some("3"));
}

#[tokio::test]
async fn broken_requests_get_the_code_they_deserve() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    let good = raw.invite(1, "x");
    let rows: Vec<(&str, String, &str)> = vec![
        ("another version", good.replacen(" SIP/2.0", " SIP/7.0", 1), "505"),
        ("no version", good.replacen(" SIP/2.0", "", 1), "400"),
        ("two spaces", good.replacen("INVITE sip", "INVITE  sip", 1), "400"),
        ("a method that differs from CSeq", good.replacen("CSeq: 1 INVITE", "CSeq: 1 BYE", 1), "400"),
        ("a number too large", good.replacen("CSeq: 1 ", "CSeq: 4294967296 ", 1), "400"),
        ("a body shorter than told", good.replacen("Content-Length: ", "Content-Length: 9", 1), "400"),
        ("a negative length", good.replacen("Content-Length: ", "Content-Length: -", 1), "400"),
        ("another scheme", good.replacen("INVITE sip:", "INVITE http:", 1), "416"),
        ("an unknown scheme", good.replacen("INVITE sip:4008001234@", "INVITE soap.beep://", 1), "416"),
        ("an extension", good.replacen("Max-Forwards", "Require: 100rel, frobnicate\r\nMax-Forwards", 1), "420"),
        ("another body", good.replacen("application/sdp", "text/plain", 1), "415"),
        ("a packed body", good.replacen("Max-Forwards", "Content-Encoding: gzip\r\nMax-Forwards", 1), "415"),
        ("a broken description", good.replacen("v=0", "v=9", 1), "400"),
        ("no codec in common", good.replace("RTP/AVP 8 ", "RTP/AVP 3 "), "488"),
        ("encrypted media only", good.replace("RTP/AVP 8 101", "RTP/SAVP 8 10"), "488"),
        ("nobody dialled", good.replacen("sip:4008001234@", "sip:", 1), "404"),
        (
            "much too long",
            good.replacen("Max-Forwards", &format!("X: {}\r\nMax-Forwards", "y".repeat(17_000)), 1),
            "513",
        ),
    ];
    for (what, request, code) in rows {
        raw.send(&request).await;
        let reply = raw.receive().await;
        assert!(reply.starts_with(&format!("SIP/2.0 {code} ")), "{what}: {reply}");
        match code {
            "420" => assert_eq!(header(&reply, "Unsupported"), Some("100rel, frobnicate")),
            "415" => assert_eq!(header(&reply, "Accept"), Some("application/sdp")),
            _ => {}
        }
    }
    centre.no_event().await;
    assert_eq!(centre.sip.census().await, SipCensus::default());
}

#[tokio::test]
async fn what_cannot_be_answered_is_passed_over() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    let good = raw.invite(1, "x");
    let without = |header: &str| {
        let at = good.find(&format!("\r\n{header}: ")).unwrap();
        let end = at + 2 + good[at + 2..].find("\r\n").unwrap();
        format!("{}{}", &good[..at], &good[end..])
    };
    // RFC 4475 §3.3.1: whoever can be told is told, with what there is.
    for missing in ["From", "To", "Call-ID", "CSeq"] {
        raw.send(&without(missing)).await;
        let refused = raw.expect("SIP/2.0 400").await;
        assert_eq!(header(&refused, missing), None);
    }
    raw.send(&without("Via")).await;
    for noise in ["\r\n\r\n", "\0\0\0\0", "SIP/2.0 200 OK\r\n\r\n", "INVITE", " \r\n"] {
        raw.send(noise).await;
    }
    raw.send_bytes(&[0xff; 3_000]).await;
    raw.silence().await;
    centre.no_event().await;
}

/// RFC 4475 §3.1.1.1, the "tortuous" INVITE; the stack by itself leaves it without an answer.
#[tokio::test]
async fn a_tortuous_invite_is_understood() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    let (local, body) = (raw.local(), offer(raw.local(), ""));
    let message = format!(
        "INVITE sip:4008001234@127.0.0.1;unknownparam SIP/2.0\r\n\
         TO :\r\n sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n\r\n\
         from   : \"J Rosenberg \\\\\\\"\"       <sip:jdrosen@example.com>\r\n  ;\r\n  tag = 98asjd8\r\n\
         MaX-fOrWaRdS: 0068\r\nCall-ID: wsinv.ndaksdj@192.0.2.1\r\nContent-Length   : {}\r\n\
         cseq: 0009\r\n  INVITE\r\nVia  : SIP  /   2.0\r\n /UDP\r\n    {local};branch=390skdjuw;rport\r\ns :\r\n\
         NewFangledHeader:   newfangled value\r\n continued newfangled value\r\n\
         UnknownHeaderWithUnusualValue: ;;,,;;,;\r\nContent-Type: application/sdp\r\n\
         Route:\r\n <sip:services.example.com;lr;unknownwith=value;unknown-no-value>\r\n\
         m:\"Quoted string \\\"\\\"\" <sip:jdrosen@example.com> ; newparam =\r\n      newvalue ;\r\n  secondparam ; q = 0.33\r\n\
         \r\n{body}",
        body.len()
    );
    // It has a To tag, so it belongs to no call of ours; without the tag it is one.
    raw.send(&message).await;
    raw.expect("SIP/2.0 481").await;
    raw.send(&message.replacen(" ;   tag    = 1918181833n", "", 1)).await;
    raw.expect("SIP/2.0 100").await;
    let SipEvent::Arrived { called, calling, .. } = centre.event().await else { panic!() };
    assert_eq!((called.as_str(), calling.as_str()), ("4008001234", "jdrosen"));
}

#[tokio::test]
async fn the_caller_is_read_from_where_the_trunk_asserts_it() {
    let mut centre = Centre::start().await;
    let rows: Vec<(&str, Vec<u8>)> = vec![
        ("13900139000", b"P-Asserted-Identity: \"x\" <sip:13900139000@c>, <tel:+1>\r\n".to_vec()),
        ("+8613900139000", b"P-Asserted-Identity: <tel:+8613900139000>\r\n".to_vec()),
        ("13900139000", b"P-Asserted-Identity: <sip:13900139000;cpc=ordinary@c;user=phone>\r\n".to_vec()),
        ("", b"P-Asserted-Identity: <sip:13900139000@c>\r\nPrivacy: id;critical\r\n".to_vec()),
        ("13800138000", b"Privacy: none\r\n".to_vec()),
        // A display name in GBK: the stack by itself stops reading headers there.
        ("13800138000", b"Subject: \xd5\xc5\xc8\xfd\r\n".to_vec()),
    ];
    for (n, (expected, headers)) in rows.into_iter().enumerate() {
        let raw = Raw::new(&centre).await;
        let invite = raw.invite(1, &n.to_string());
        let at = invite.find("Max-Forwards").unwrap();
        let message = [&invite.as_bytes()[..at], &headers, &invite.as_bytes()[at..]].concat();
        raw.send_bytes(&message).await;
        let SipEvent::Arrived { leg, calling, .. } = centre.event().await else { panic!() };
        assert_eq!(calling, expected, "row {n}");
        centre.sip.refuse(leg, Cause::Busy);
        centre.event().await;
    }
    for from in [
        "<sip:anonymous@anonymous.invalid>",
        "\"Anonymous\" <sip:x@anonymous.invalid>",
        "<sip:Restricted@c>",
        "<sip:unavailable@c>",
        "<sip:Unknown@c>",
        "\"Anonymous\" <sip:13800138000@c>",
        "<sip:c>",
    ] {
        let raw = Raw::new(&centre).await;
        let own = format!("<sip:13800138000@{}>", raw.local());
        raw.send(&raw.invite(1, "x").replacen(&own, from, 1)).await;
        let SipEvent::Arrived { calling, .. } = centre.event().await else { panic!() };
        assert_eq!(calling, "", "{from}");
    }
}

#[tokio::test]
async fn who_withholds_the_number_is_known_where_the_trunk_tells_it_and_shown_to_nobody() {
    let mut centre = Centre::start().await;
    let asserted = "P-Asserted-Identity: <sip:13900139000@c>\r\n";
    let rows = [
        ("<sip:anonymous@anonymous.invalid>", format!("{asserted}Privacy: id\r\n"), "", "13900139000"),
        ("<sip:anonymous@anonymous.invalid>", asserted.to_owned(), "", "13900139000"),
        ("<sip:13800138000@c>", format!("{asserted}Privacy: user; id\r\n"), "", "13900139000"),
        ("<sip:13800138000@c>", "Privacy: id\r\n".to_owned(), "", "13800138000"),
        ("<sip:anonymous@anonymous.invalid>", String::new(), "", ""),
        ("<sip:13800138000@c>", asserted.to_owned(), "13900139000", "13900139000"),
        ("\"Unknown\" <sip:13800138000@c>", String::new(), "13800138000", "13800138000"),
        ("<sip:13800138000@c>", "P-Asserted-Identity: <sip:anonymous@anonymous.invalid>\r\n".into(), "", "13800138000"),
    ];
    for (n, (from, headers, shown, told)) in rows.into_iter().enumerate() {
        let raw = Raw::new(&centre).await;
        let own = format!("<sip:13800138000@{}>", raw.local());
        let invite = raw.invite(1, &n.to_string()).replacen(&own, from, 1);
        let at = invite.find("Max-Forwards").unwrap();
        raw.send(&[&invite[..at], &headers, &invite[at..]].concat()).await;
        let SipEvent::Arrived { leg, calling, known, .. } = centre.event().await else { panic!() };
        assert_eq!((calling.as_str(), known.as_str()), (shown, told), "row {n}");
        centre.sip.refuse(leg, Cause::Busy);
        centre.event().await;
    }
}

#[tokio::test]
async fn bodies_are_found_however_they_are_wrapped() {
    let mut centre = Centre::start().await;
    let raw = Raw::new(&centre).await;
    let sdp = offer(raw.local(), "");
    let parts = format!(
        "--b1\r\nContent-Type: application/ISUP\r\n\r\n\x01\x02\r\n--b1\r\nContent-Type: application/sdp\r\n\r\n{sdp}\r\n--b1--\r\n"
    );
    let multipart = raw.request("INVITE", 1, "a", None, "", &parts).replacen(
        "Content-Type: application/sdp\r\nContent",
        "Content-Type: multipart/mixed;boundary=\"b1\"\r\nContent",
        1,
    );
    let length = format!("Content-Length: {}\r\n", sdp.len());
    let without_length = raw.invite(2, "b").replacen(&length, "", 1);
    for message in [multipart, without_length] {
        raw.send(&message).await;
        let SipEvent::Arrived { leg, offer, .. } = centre.event().await else { panic!() };
        assert_eq!(offer.remote, raw.local());
        centre.sip.refuse(leg, Cause::Busy);
        centre.event().await;
    }
}

#[tokio::test]
async fn calls_beyond_the_limits_get_503_and_leave_nothing() {
    let mut centre = Centre::with(64, |config| {
        config.limits.legs_max = 2;
        config.limits.invites_burst = 4;
        config.limits.invites_per_second = 1;
    })
    .await;
    let mut codes = Vec::new();
    for _ in 0..3 {
        let raw = Raw::new(&centre).await;
        raw.send(&raw.invite(1, "x")).await;
        codes.push(raw.receive().await.lines().next().unwrap().to_owned());
    }
    assert_eq!(codes, ["SIP/2.0 100 Trying", "SIP/2.0 100 Trying", "SIP/2.0 503 Service Unavailable"]);
    assert_eq!(centre.sip.census().await.legs, 2);
    centre.arrival().await;
    centre.arrival().await;
    centre.no_event().await;
}

#[tokio::test]
async fn a_reader_that_stalls_loses_no_event_and_stops_new_calls() {
    let mut centre = Centre::with(1, |_| {}).await;
    let mut raws = Vec::new();
    // Arrived fills the channel; the second waits; from then on calls are refused.
    for expected in ["SIP/2.0 100", "SIP/2.0 100", "SIP/2.0 503", "SIP/2.0 503"] {
        let raw = Raw::new(&centre).await;
        raw.send(&raw.invite(1, "x")).await;
        let reply = raw.receive().await;
        assert!(reply.starts_with(expected), "{expected}: {reply}");
        raws.push(raw);
    }
    for raw in &raws[..2] {
        raw.send(&raw.request("CANCEL", 1, "x", None, "", "")).await;
        raw.expect("SIP/2.0 487").await;
    }
    let census = centre.sip.census().await;
    assert_eq!((census.legs, census.events_waiting), (0, 3));
    let first = centre.arrival().await;
    let second = centre.arrival().await;
    for leg in [first, second] {
        let event = centre.event().await;
        assert!(matches!(event, SipEvent::Ended { leg: l, reason: EndReason::Cancelled, .. } if l == leg), "{event:?}");
    }
    let raw = Raw::new(&centre).await;
    raw.send(&raw.invite(1, "x")).await;
    raw.expect("SIP/2.0 100").await;
    centre.arrival().await;
}

#[tokio::test]
async fn five_hundred_calls_at_two_hundred_a_second_all_succeed_and_leave_nothing() {
    let mut centre = Centre::start().await;
    let phone = testphone::Phone::start("127.0.0.1:0".parse().unwrap(), None).await.unwrap();
    let uri = centre.uri("4008001234");
    let sip = centre.sip.clone();
    let floor = tokio::spawn(async move {
        let mut ended = 0;
        while ended < 500 {
            match centre.event().await {
                SipEvent::Arrived { leg, .. } => {
                    centre.sip.proceed(leg);
                    centre.sip.answer(leg, RTP.parse().unwrap());
                }
                SipEvent::Ended { .. } => ended += 1,
                SipEvent::Answered { .. }
                | SipEvent::MediaChanged { .. }
                | SipEvent::PeerHold { .. }
                | SipEvent::Digit { .. }
                | SipEvent::Referred { .. }
                | SipEvent::Progress { .. }
                | SipEvent::DeviceChanged { .. }
                | SipEvent::BindingsChanged { .. }
                | SipEvent::TargetChanged { .. }
                | SipEvent::RegistrationChanged { .. }
                | SipEvent::ChallengeUnanswered { .. }
                | SipEvent::Banned { .. } => {}
            }
        }
        centre
    });
    let mut pace = tokio::time::interval(Duration::from_millis(5));
    let mut calls = Vec::new();
    for n in 0..500u64 {
        pace.tick().await;
        let mut call = phone.call(testphone::CallPlan::new(&uri, &(13_800_000_000 + n).to_string())).await.unwrap();
        calls.push(tokio::spawn(async move {
            call.wait(SOON, |kind| *kind == testphone::EventKind::Answered).await.expect("answered");
            call.control().bye().await.unwrap();
            call.wait(SOON, |kind| matches!(kind, testphone::EventKind::Ended { .. })).await.expect("ended");
        }));
    }
    for call in calls {
        call.await.unwrap();
    }
    let centre = floor.await.unwrap();
    let census = centre.quiet().await;
    assert_eq!((census.legs, census.dialogs, census.events_waiting), (0, 0, 0));
    drop(sip);
}

#[tokio::test]
async fn the_operators_question_is_answered_and_counted() {
    let centre = Centre::start().await;
    let ask = async || {
        let peer = centre.sip.local_addr();
        tokio::task::spawn_blocking(move || sip::ask_options(peer, SOON)).await.unwrap().unwrap()
    };
    assert_eq!(ask().await, 200);
    centre.sip.set_admission(sip::Admission::Refuse503 { retry_after_s: 9 });
    assert_eq!(ask().await, 503);
    let figures = centre.sip.figures().await.unwrap();
    assert_eq!((figures.options, figures.refused), (2, [(503, 1)].into()));
    assert!(figures.trunks.iter().any(|trunk| trunk.heard.is_some() && !trunk.is_silent));
}
