//! One leg in virtual time.

use std::time::Duration;

use super::*;
use crate::message::{Parsed, parse};
use crate::sdp::{SrtpUse, parse_offer};
use domain::{EndReason, EndedBy};

const SECOND: Duration = Duration::from_secs(1);
pub(super) const SDP: &str =
    "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 30000 RTP/AVP 8\r\n";

/// A leg with its clock and everything it said.
pub(super) struct Bench {
    pub(super) leg: LegMachine,
    pub(super) now: Mono,
    pub(super) sent: Vec<(Mono, String)>,
    pub(super) events: Vec<SipEvent>,
    pub(super) referred: Vec<Refer>,
}

pub(super) fn source() -> Hop {
    Hop::Udp("192.0.2.1:5060".parse().unwrap())
}

pub(super) fn request(method: &str, cseq: u32, with_tag: bool, sdp: &str) -> Request {
    let kind = if sdp.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
    message(method, cseq, with_tag, kind, sdp)
}

/// One with more header lines and a body.
pub(super) fn message(method: &str, cseq: u32, with_tag: bool, lines: &str, body: &str) -> Request {
    let tag = if with_tag { ";tag=ours" } else { "" };
    let text = format!(
        "{method} sip:400@198.51.100.7 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK{method}{cseq}\r\n\
         From: <sip:138@192.0.2.1>;tag=peer\r\nTo: <sip:400@198.51.100.7>{tag}\r\nCall-ID: c\r\nCSeq: {cseq} {method}\r\n\
         Contact: <sip:peer@192.0.2.1>\r\n{lines}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let Parsed::Request(request) = parse(text.as_bytes()) else { panic!("{text}") };
    *request
}

fn answer_to_bye() -> Response {
    let text = "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bKours.0.1\r\nFrom: <sip:400@h>;tag=ours\r\n\
                To: <sip:138@h>;tag=peer\r\nCall-ID: c\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n";
    let Parsed::Response(response) = parse(text.as_bytes()) else { panic!("{text}") };
    *response
}

impl Bench {
    pub(super) fn new() -> Bench {
        Bench::called(SDP)
    }

    pub(super) fn called(sdp: &str) -> Bench {
        Bench::with(EndedBy::Customer, sdp)
    }

    fn with(peer: EndedBy, sdp: &str) -> Bench {
        Bench::by(peer, &request("INVITE", 1, false, sdp))
    }

    /// A leg that this INVITE makes.
    pub(super) fn by(peer: EndedBy, invite: &Request) -> Bench {
        let identity = Arc::new(Identity::new(0, "198.51.100.7".to_owned(), 5_060));
        let offer = invite.sdp.as_deref().map(|sdp| parse_offer(sdp, SrtpUse::Never, &[]).unwrap());
        let arrival = Arrival { leg: LegId(1), peer, identity, invite, source: source(), srtp: MediaTerms::default() };
        let leg = LegMachine::new(Mono(0), arrival, offer, "ours".to_owned());
        let mut bench = Bench { leg, now: Mono(0), sent: Vec::new(), events: Vec::new(), referred: Vec::new() };
        bench.drain();
        bench
    }

    fn talking() -> Bench {
        Bench::in_talk(EndedBy::Customer)
    }

    /// Established, with a customer or with a phone of ours.
    pub(super) fn in_talk(peer: EndedBy) -> Bench {
        let mut bench = Bench::with(peer, SDP);
        bench.stand();
        bench
    }

    /// Answers it, and the peer acknowledges.
    pub(super) fn stand(&mut self) {
        self.input(LegInput::Answer("198.51.100.7:40000".parse().unwrap()));
        self.input(LegInput::Ack(&request("ACK", 1, true, "")));
    }

    pub(super) fn input(&mut self, input: LegInput<'_>) {
        self.leg.handle(self.now, input);
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(output) = self.leg.poll_output() {
            match output {
                LegOutput::Send(to, bytes) => {
                    assert_eq!(to, source());
                    self.sent.push((self.now, String::from_utf8(bytes).unwrap()));
                }
                LegOutput::Event(event) => self.events.push(event),
                LegOutput::Refer(refer) => self.referred.push(refer),
                LegOutput::Learned(hop, lesson) => panic!("no call of ours: {hop:?} {lesson:?}"),
            }
        }
    }

    /// Lets time pass, from deadline to deadline.
    pub(super) fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some((at, _)) = self.leg.poll_timeout().filter(|(at, _)| *at <= until) {
            assert!(at >= self.now, "a deadline in the past");
            self.now = at;
            self.input(LegInput::Tick);
        }
        self.now = until;
    }

    /// First lines sent since the last call, each with its time in milliseconds.
    pub(super) fn said(&mut self) -> Vec<(u64, String)> {
        let said = self.sent.drain(..);
        said.map(|(at, text)| (at.0 / 1_000_000, text.lines().next().unwrap().to_owned())).collect()
    }

    pub(super) fn ended(&self) -> Vec<(EndedBy, EndReason)> {
        let ends = self.events.iter().filter_map(|event| match event {
            SipEvent::Ended { by, reason, .. } => Some((*by, *reason)),
            SipEvent::Arrived { .. }
            | SipEvent::Answered { .. }
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
            | SipEvent::Banned { .. } => None,
        });
        ends.collect()
    }
}

#[test]
fn an_answer_without_ack_is_repeated_by_timer_g_and_ended_by_bye() {
    let mut bench = Bench::new();
    bench.input(LegInput::Answer("198.51.100.7:40000".parse().unwrap()));
    bench.said();
    bench.pass(40 * SECOND);
    let said = bench.said();
    let copies: Vec<u64> = said.iter().filter(|(_, line)| line == "SIP/2.0 200 OK").map(|(at, _)| *at).collect();
    assert_eq!(copies, [500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    assert!(said.iter().any(|(at, line)| *at == 32_000 && line.starts_with("BYE sip:peer@192.0.2.1 ")), "{said:?}");
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Timeout)]);
    bench.pass(60 * SECOND);
    assert!(bench.leg.inspect().is_gone);
}

#[test]
fn a_refusal_without_ack_is_repeated_and_given_up() {
    let mut bench = Bench::new();
    bench.input(LegInput::Hangup(Cause::Busy));
    assert_eq!(bench.ended(), [(EndedBy::System, EndReason::Busy)]);
    bench.said();
    bench.pass(33 * SECOND);
    assert_eq!(bench.said().len(), 10);
    bench.pass(LINGER);
    assert!(bench.leg.inspect().is_gone);
    assert_eq!(bench.ended().len(), 1);
}

#[test]
fn our_bye_without_answer_is_given_up_after_64_t1() {
    let mut bench = Bench::talking();
    bench.said();
    bench.input(LegInput::Hangup(Cause::Normal));
    assert!(bench.leg.inspect().has_dialog);
    bench.pass(31 * SECOND);
    assert_eq!(bench.said().len(), 10);
    assert!(bench.leg.inspect().has_dialog);
    bench.pass(SECOND);
    assert!(!bench.leg.inspect().has_dialog);
    bench.pass(SECOND);
    assert!(bench.leg.inspect().is_gone);
}

#[test]
fn a_caller_is_reminded_every_minute_and_let_go_after_three() {
    let mut bench = Bench::new();
    bench.input(LegInput::Proceed);
    bench.input(LegInput::Proceed);
    assert_eq!(bench.said().len(), 2);
    bench.pass(Duration::from_secs(179));
    let expected = [(60_000, "SIP/2.0 180 Ringing".to_owned()), (120_000, "SIP/2.0 180 Ringing".to_owned())];
    assert_eq!(bench.said(), expected);
    bench.pass(SECOND);
    assert_eq!(bench.said(), [(180_000, "SIP/2.0 480 Temporarily Unavailable".to_owned())]);
    assert_eq!(bench.ended(), [(EndedBy::System, EndReason::NoAnswer)]);
}

#[test]
fn a_crossed_cancel_gives_the_peer_a_moment_for_its_bye() {
    let mut bench = Bench::new();
    bench.input(LegInput::Answer("198.51.100.7:40000".parse().unwrap()));
    bench.input(LegInput::Cancel(&request("CANCEL", 1, false, ""), source()));
    bench.input(LegInput::Cancel(&request("CANCEL", 1, false, ""), source()));
    assert_eq!(bench.ended(), []);
    bench.input(LegInput::Ack(&request("ACK", 1, true, "")));
    assert!(!bench.events.contains(&SipEvent::Answered { leg: LegId(1) }));
    bench.said();
    bench.pass(Duration::from_millis(499));
    assert_eq!(bench.said(), []);
    bench.pass(Duration::from_millis(1));
    assert!(bench.said()[0].1.starts_with("BYE "));
    assert_eq!(bench.ended(), [(EndedBy::Customer, EndReason::Cancelled)]);
    bench.input(LegInput::InDialog(&request("BYE", 2, true, ""), source()));
    bench.input(LegInput::Response(&answer_to_bye(), source()));
    assert_eq!(bench.ended().len(), 1);
}

#[test]
fn a_crossed_cancel_without_any_ack_still_ends() {
    let mut bench = Bench::new();
    bench.input(LegInput::Answer("198.51.100.7:40000".parse().unwrap()));
    bench.input(LegInput::Cancel(&request("CANCEL", 1, false, ""), source()));
    bench.pass(90 * SECOND);
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Timeout)]);
    assert!(bench.leg.inspect().is_gone);
}

#[test]
fn a_reinvite_without_ack_ends_the_call() {
    let mut bench = Bench::talking();
    bench.input(LegInput::InDialog(&request("INVITE", 2, true, SDP), source()));
    bench.pass(31 * SECOND);
    assert_eq!(bench.ended(), []);
    bench.pass(SECOND);
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Timeout)]);
}

#[test]
fn a_reinvite_that_overtakes_the_ack_is_answered() {
    let mut bench = Bench::new();
    bench.input(LegInput::Answer("198.51.100.7:40000".parse().unwrap()));
    bench.said();
    let hold = format!("{SDP}a=sendonly\r\n");
    bench.input(LegInput::InDialog(&request("INVITE", 2, true, &hold), source()));
    assert_eq!(bench.said().len(), 1);
    bench.input(LegInput::Ack(&request("ACK", 1, true, "")));
    let held = SipEvent::PeerHold { leg: LegId(1), on: true };
    assert_eq!(bench.events.last(), Some(&held));
    assert_eq!(bench.events.iter().filter(|event| **event == held).count(), 1);
}

#[test]
fn an_answer_that_cannot_be_used_ends_a_call_without_offer() {
    let mut bench = Bench::called("");
    bench.input(LegInput::Answer("198.51.100.7:40000".parse().unwrap()));
    bench.input(LegInput::Ack(&request("ACK", 1, true, "")));
    assert_eq!(bench.ended(), [(EndedBy::System, EndReason::NoCodec)]);
    assert!(bench.sent.last().unwrap().1.starts_with("BYE "));
}

#[test]
fn a_held_call_may_begin_held() {
    let mut bench = Bench::called(&format!("{SDP}a=inactive\r\n"));
    bench.input(LegInput::Answer("198.51.100.7:40000".parse().unwrap()));
    bench.input(LegInput::Ack(&request("ACK", 1, true, "")));
    let leg = LegId(1);
    assert_eq!(bench.events, [SipEvent::Answered { leg }, SipEvent::PeerHold { leg, on: true }]);
}

#[test]
fn a_finished_leg_lingers_from_the_last_copy() {
    let mut bench = Bench::talking();
    bench.input(LegInput::InDialog(&request("BYE", 2, true, ""), source()));
    bench.pass(LINGER - SECOND);
    bench.input(LegInput::InDialog(&request("BYE", 2, true, ""), source()));
    bench.pass(LINGER - SECOND);
    assert!(!bench.leg.inspect().is_gone);
    bench.pass(SECOND);
    assert!(bench.leg.inspect().is_gone);
    assert_eq!(bench.ended(), [(EndedBy::Customer, EndReason::HungUp)]);
}

#[test]
fn an_established_call_needs_no_timer() {
    assert_eq!(Bench::talking().leg.poll_timeout(), None);
}

#[test]
fn commands_that_come_late_or_twice_do_nothing() {
    let mut bench = Bench::talking();
    bench.said();
    bench.input(LegInput::Proceed);
    bench.input(LegInput::Answer("198.51.100.7:40002".parse().unwrap()));
    assert_eq!(bench.said(), []);
    bench.input(LegInput::Hangup(Cause::Normal));
    bench.input(LegInput::Hangup(Cause::Busy));
    bench.input(LegInput::Stop);
    assert_eq!(bench.said().len(), 1);
    assert_eq!(bench.ended(), [(EndedBy::System, EndReason::HungUp)]);
}
