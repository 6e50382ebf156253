//! Refreshes and their absence, in virtual time.

use std::time::Duration;

use super::super::tests::{Bench, SDP, message, source};
use super::*;
use crate::event::SipEvent;
use crate::leg::LegInput;
use crate::message::{Parsed, parse};

const SECOND: Duration = Duration::from_secs(1);
const BY_PEER: &str = "Supported: timer\r\nSession-Expires: 600;refresher=uac\r\n";
const BY_US: &str = "Supported: timer\r\nSession-Expires: 600;refresher=uas\r\nAllow: INVITE, UPDATE\r\n";
const BY_US_WITHOUT_UPDATE: &str = "Supported: timer\r\nSession-Expires: 600;refresher=uas\r\nAllow: INVITE\r\n";

/// A call that stands, whose INVITE had these lines.
fn talk(lines: &str) -> Bench {
    let kind = "Content-Type: application/sdp\r\n";
    let mut bench = Bench::by(EndedBy::Customer, &message("INVITE", 1, false, &format!("{lines}{kind}"), SDP));
    bench.stand();
    bench
}

/// The answer to the request we sent last.
fn answer(bench: &Bench, code: u16, lines: &str, sdp: &str) -> Response {
    let (_, request) = bench.sent.iter().rfind(|(_, text)| !text.starts_with("ACK")).unwrap();
    let kept = |name: &str| request.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    let (via, from, to, call, cseq) = (kept("Via"), kept("From"), kept("To"), kept("Call-ID"), kept("CSeq"));
    let kind = if sdp.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
    let text = format!(
        "SIP/2.0 {code} X\r\n{via}\r\n{from}\r\n{to}\r\n{call}\r\n{cseq}\r\n{lines}{kind}Content-Length: {}\r\n\r\n{sdp}",
        sdp.len()
    );
    let Parsed::Response(response) = parse(text.as_bytes()) else { panic!("{text}") };
    *response
}

fn sent_last(bench: &Bench) -> &str {
    bench.sent.last().map_or("", |(_, text)| text)
}

#[test]
fn a_call_that_asks_for_nothing_has_no_timer() {
    let mut bench = talk("Supported: timer\r\n");
    assert!(!bench.sent.iter().any(|(_, text)| text.contains("Session-Expires")));
    bench.said();
    bench.pass(SECOND * 90_000);
    assert_eq!(bench.said(), []);
}

#[test]
fn a_peer_that_refreshes_keeps_its_call_and_one_that_stops_is_hung_up() {
    let mut bench = talk(BY_PEER);
    let ok = &bench.sent.iter().find(|(_, text)| text.starts_with("SIP/2.0 200")).unwrap().1;
    assert!(ok.contains("Session-Expires: 600;refresher=uac\r\nRequire: timer\r\n"), "{ok}");
    for n in 0..5 {
        bench.pass(SECOND * 300);
        let refresh = message("UPDATE", 2 + n, true, BY_PEER, "");
        bench.input(LegInput::InDialog(&refresh, source()));
        assert!(sent_last(&bench).starts_with("SIP/2.0 200"), "{}", sent_last(&bench));
        assert!(sent_last(&bench).contains("Session-Expires: 600;refresher=uac\r\n"));
        let copy = sent_last(&bench).to_owned();
        bench.input(LegInput::InDialog(&refresh, source()));
        assert_eq!(sent_last(&bench), copy, "a copy of the request gets a copy of the answer");
    }
    bench.said();
    bench.pass(SECOND * 567);
    assert_eq!(bench.said(), []);
    bench.pass(SECOND);
    assert!(sent_last(&bench).starts_with("BYE "));
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Timeout)]);
    bench.pass(SECOND * 60);
    assert!(bench.leg.inspect().is_gone);
}

#[test]
fn we_refresh_by_update_as_long_as_it_is_answered() {
    let mut bench = talk(BY_US);
    bench.said();
    for _ in 0..3 {
        bench.pass(SECOND * 300);
        assert!(sent_last(&bench).starts_with("UPDATE sip:peer@192.0.2.1 "), "{}", sent_last(&bench));
        assert!(sent_last(&bench).contains("Session-Expires: 600;refresher=uac\r\n"));
        assert!(sent_last(&bench).contains("Contact: <sip:n0@"));
        let answer = answer(&bench, 200, "Session-Expires: 600;refresher=uac\r\n", "");
        bench.input(LegInput::Response(&answer, source()));
    }
    assert_eq!(bench.said().len(), 3, "answered, so sent once each");
    bench.pass(SECOND * 300);
    bench.pass(SECOND * 32);
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Timeout)], "not answered");
}

#[test]
fn without_update_we_refresh_by_a_reinvite_that_changes_nothing() {
    let mut bench = talk(BY_US_WITHOUT_UPDATE);
    let version = |text: &str| text.lines().find(|line| line.starts_with("o=")).map(str::to_owned);
    let ok = bench.sent.iter().find_map(|(_, text)| text.starts_with("SIP/2.0 200").then(|| version(text))).unwrap();
    bench.said();
    bench.pass(SECOND * 300);
    assert!(sent_last(&bench).starts_with("INVITE sip:peer@192.0.2.1 "), "{}", sent_last(&bench));
    assert_eq!(version(sent_last(&bench)), ok);
    // Theirs crosses it (RFC 3261 §14.2).
    let theirs = message("INVITE", 2, true, "Content-Type: application/sdp\r\n", SDP);
    let asked = answer(&bench, 200, "Session-Expires: 600;refresher=uac\r\n", SDP);
    bench.input(LegInput::InDialog(&theirs, source()));
    assert!(sent_last(&bench).starts_with("SIP/2.0 491"));
    let events = bench.events.len();
    bench.input(LegInput::Response(&asked, source()));
    assert!(sent_last(&bench).starts_with("ACK sip:peer@192.0.2.1 "));
    let acks = |bench: &Bench| bench.sent.iter().filter(|(_, text)| text.starts_with("ACK")).count();
    assert_eq!(acks(&bench), 1);
    bench.input(LegInput::Response(&asked, source()));
    assert_eq!(acks(&bench), 2, "a copy of the answer gets the ACK again");
    assert_eq!(bench.events.len(), events, "nothing has changed");
    let theirs = message("INVITE", 3, true, "Content-Type: application/sdp\r\n", SDP);
    bench.input(LegInput::InDialog(&theirs, source()));
    assert!(sent_last(&bench).starts_with("SIP/2.0 200"), "our offer is out no more");
}

#[test]
fn a_refused_update_is_followed_by_a_reinvite_and_a_call_the_peer_does_not_know_is_over() {
    let mut bench = talk(BY_US);
    bench.pass(SECOND * 300);
    let refused = answer(&bench, 405, "", "");
    bench.input(LegInput::Response(&refused, source()));
    assert!(sent_last(&bench).starts_with("INVITE "));
    let busy = answer(&bench, 491, "", "");
    bench.input(LegInput::Response(&busy, source()));
    assert!(sent_last(&bench).starts_with("ACK "));
    bench.pass(SECOND * 3);
    assert!(sent_last(&bench).starts_with("INVITE "), "once more");
    let unknown = answer(&bench, 481, "", "");
    bench.input(LegInput::Response(&unknown, source()));
    assert!(sent_last(&bench).starts_with("BYE "));
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Timeout)]);
}

#[test]
fn a_challenged_refresh_does_not_end_a_call_that_stands() {
    let mut bench = talk(BY_US);
    bench.pass(SECOND * 300);
    let challenge = answer(&bench, 407, "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n", "");
    bench.input(LegInput::Response(&challenge, source()));
    bench.said();
    bench.pass(SECOND * 3_600);
    assert_eq!(bench.said(), []);
    assert_eq!(bench.ended(), []);
}

#[test]
fn longer_sessions_are_granted_once_and_briefer_ones_refused() {
    let mut bench = talk(BY_US);
    bench.pass(SECOND * 300);
    for (least, expected) in [(1_200, Some("Session-Expires: 1200;refresher=uac\r\n")), (2_400, None)] {
        bench.said();
        let longer = answer_of(&mut bench, least);
        bench.input(LegInput::Response(&longer, source()));
        match expected {
            Some(header) => assert!(sent_last(&bench).contains(header), "{}", sent_last(&bench)),
            None => assert_eq!(bench.said(), []),
        }
    }
    let brief = message("UPDATE", 2, true, "Supported: timer\r\nSession-Expires: 60\r\n", "");
    bench.input(LegInput::InDialog(&brief, source()));
    assert!(sent_last(&bench).starts_with("SIP/2.0 422") && sent_last(&bench).contains("Min-SE: 90\r\n"));
}

/// A 422 to the refresh that is under way, which `said` may have taken away.
fn answer_of(bench: &mut Bench, least: u32) -> Response {
    let refresh = bench.leg.refreshing.request.as_ref().unwrap();
    bench.sent.push((bench.now, String::from_utf8(refresh.request.request.clone()).unwrap()));
    let response = answer(bench, 422, &format!("Min-SE: {least}\r\n"), "");
    bench.sent.clear();
    response
}

#[test]
fn an_update_carries_a_hold_and_its_end() {
    let mut bench = talk("");
    let hold = SDP.replace("RTP/AVP 8\r\n", "RTP/AVP 8\r\na=sendonly\r\n");
    for (n, sdp, on) in [(2, hold.as_str(), true), (3, SDP, false)] {
        bench.events.clear();
        let update = message("UPDATE", n, true, "Content-Type: application/sdp\r\n", sdp);
        bench.input(LegInput::InDialog(&update, source()));
        assert!(sent_last(&bench).starts_with("SIP/2.0 200") && sent_last(&bench).contains("m=audio 40000 "));
        assert!(bench.events.iter().any(|event| matches!(event, SipEvent::PeerHold { on: told, .. } if *told == on)));
    }
    let broken = message("UPDATE", 4, true, "Content-Type: application/sdp\r\n", "v=1\r\n");
    bench.input(LegInput::InDialog(&broken, source()));
    assert!(sent_last(&bench).starts_with("SIP/2.0 488"));
    let late = message("UPDATE", 1, true, "", "");
    bench.input(LegInput::InDialog(&late, source()));
    assert!(sent_last(&bench).starts_with("SIP/2.0 500"));
}
