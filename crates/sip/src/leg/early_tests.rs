//! A caller who hears us before the answer.

use std::time::Duration;

use domain::{EndReason, EndedBy};

use super::tests::{Bench, message, request, source};
use super::*;
use crate::event::Progress;

fn rtp() -> SocketAddr {
    "198.51.100.7:40000".parse().unwrap()
}

/// A caller who hears us.
fn early() -> Bench {
    let mut bench = Bench::new();
    bench.input(LegInput::PlayEarly(rtp()));
    bench
}

/// The description of a message.
fn described(text: &str) -> &str {
    text.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

#[test]
fn early_media_is_a_183_with_the_description_that_the_200_repeats() {
    let mut bench = early();
    assert_eq!(bench.events, [SipEvent::Progress { leg: LegId(1), progress: Progress::Early }]);
    let first = bench.sent.last().unwrap().1.clone();
    assert!(first.starts_with("SIP/2.0 183 Session Progress\r\n"), "{first}");
    assert!(first.contains(";tag=ours\r\n") && first.contains("\r\nContact: <sip:"), "{first}");
    assert!(described(&first).contains("m=audio 40000 RTP/AVP 8\r\n"), "{first}");
    bench.input(LegInput::Answer(rtp()));
    let answer = bench.sent.last().unwrap().1.clone();
    assert!(answer.starts_with("SIP/2.0 200 OK\r\n"), "{answer}");
    assert_eq!(described(&answer), described(&first));
    bench.input(LegInput::Ack(&request("ACK", 1, true, "")));
    assert_eq!(bench.events.last(), Some(&SipEvent::Answered { leg: LegId(1) }));
    assert_eq!(bench.events.len(), 2, "nothing has changed: {:?}", bench.events);
}

#[test]
fn early_media_is_said_again_soon_then_every_minute_and_no_180_takes_it_back() {
    let mut bench = early();
    bench.said();
    bench.input(LegInput::Proceed);
    bench.input(LegInput::PlayEarly(rtp()));
    assert_eq!(bench.events.len(), 1);
    bench.pass(Duration::from_secs(179));
    let said = bench.said();
    let line = "SIP/2.0 183 Session Progress".to_owned();
    let at = [500, 1_500, 3_500, 7_500, 67_500, 127_500];
    assert_eq!(said, at.map(|ms| (ms, line.clone())));
    // Copies of the INVITE get the same.
    bench.input(LegInput::InviteAgain);
    assert!(bench.sent.last().unwrap().1.starts_with("SIP/2.0 183 "));
}

fn key_by_info(cseq: u32) -> Request {
    message("INFO", cseq, true, "Content-Type: application/dtmf\r\n", "5")
}

#[test]
fn a_key_by_info_before_the_answer_ends_nobodys_call() {
    let mut bench = early();
    bench.said();
    bench.input(LegInput::InDialog(&key_by_info(2), source()));
    assert_eq!(bench.said(), [(0, "SIP/2.0 200 OK".to_owned())]);
    bench.input(LegInput::Answer(rtp()));
    bench.said();
    bench.input(LegInput::InDialog(&key_by_info(3), source()));
    assert_eq!(bench.said(), [(0, "SIP/2.0 200 OK".to_owned())]);
    assert!(!bench.events.iter().any(|event| matches!(event, SipEvent::Digit { .. })), "{:?}", bench.events);
}

#[test]
fn a_caller_who_gives_up_in_early_media_has_cancelled() {
    let mut bench = early();
    bench.said();
    bench.input(LegInput::Cancel(&request("CANCEL", 1, false, ""), source()));
    let said: Vec<String> = bench.said().into_iter().map(|(_, line)| line).collect();
    assert_eq!(said, ["SIP/2.0 200 OK", "SIP/2.0 487 Request Terminated"]);
    assert_eq!(bench.ended(), [(EndedBy::Customer, EndReason::Cancelled)]);
    bench.input(LegInput::Answer(rtp()));
    assert_eq!(bench.said(), []);
}

#[test]
fn whoever_is_let_go_in_early_media_is_refused() {
    let mut bench = early();
    bench.said();
    bench.input(LegInput::Hangup(Cause::Normal));
    assert_eq!(bench.said(), [(0, "SIP/2.0 480 Temporarily Unavailable".to_owned())]);
}

#[test]
fn without_an_offer_there_is_nothing_to_hear_before_the_answer() {
    let mut bench = Bench::called("");
    bench.input(LegInput::PlayEarly(rtp()));
    let answer = &bench.sent.last().unwrap().1;
    assert!(answer.starts_with("SIP/2.0 200 OK\r\n") && answer.contains("m=audio 40000 "), "{answer}");
    assert_eq!(bench.events, []);
}
