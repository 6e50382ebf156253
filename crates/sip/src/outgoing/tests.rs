//! A call of ours in virtual time, against peers that answer early, late, twice and wrongly.

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::config::{GatewayLogin, Password};
use crate::digest::{Account, Answers, Ha1};
use crate::hop::{ConnectionId, Lesson};
use crate::leg::Identity;
use crate::message::{Parsed, parse};

const SECOND: Duration = Duration::from_secs(1);
const SDP: &str =
    "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 30000 RTP/AVP 8\r\n";

fn hop(n: usize) -> Hop {
    Hop::Udp(format!("192.0.2.{}:5060", n + 1).parse().unwrap())
}

fn callee(hop: Hop) -> Callee {
    let uri = format!("sip:100@{}", hop.address());
    let headers = vec![("Call-Info", "<sip:x>;answer-after=0".to_owned())];
    Callee { uri, hop, is_pinned: true, is_doubtful: false, answers: Answers::default(), headers }
}

struct Bench {
    leg: DialledLeg,
    now: Mono,
    sent: Vec<(u64, Hop, String)>,
    events: Vec<SipEvent>,
    lessons: Vec<(Hop, Lesson)>,
}

impl Bench {
    fn new(callees: Vec<Callee>) -> Bench {
        Bench::at(Places::Together(callees))
    }

    fn in_turn(count: usize) -> Bench {
        Bench::at(Places::InTurn((0..count).map(|n| callee(hop(n))).collect()))
    }

    fn at(places: Places) -> Bench {
        let identity = Arc::new(Identity::new(0, "198.51.100.7".to_owned(), 5_060));
        let own = OwnSide { identity, tag: "ours".to_owned(), from: "<sip:138@198.51.100.7>;tag=ours".to_owned() };
        let rtp = "198.51.100.7:40000".parse().unwrap();
        let leg = DialledLeg::new(Mono(0), LegId(1), EndedBy::Agent, own, places, (rtp, MediaTerms::default()));
        let mut bench = Bench { leg, now: Mono(0), sent: Vec::new(), events: Vec::new(), lessons: Vec::new() };
        bench.drain();
        bench
    }

    fn to(count: usize) -> Bench {
        Bench::new((0..count).map(|n| callee(hop(n))).collect())
    }

    fn input(&mut self, input: LegInput<'_>) {
        self.leg.handle(self.now, input);
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(output) = self.leg.poll_output() {
            match output {
                LegOutput::Send(to, bytes) => {
                    self.sent.push((self.now.0 / 1_000_000, to, String::from_utf8(bytes).unwrap()));
                }
                LegOutput::Event(event) => self.events.push(event),
                LegOutput::Learned(hop, lesson) => self.lessons.push((hop, lesson)),
                LegOutput::Refer(refer) => panic!("nobody asked to move the call to {}", refer.to),
            }
        }
    }

    fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some((at, _)) = self.leg.poll_timeout().filter(|(at, _)| *at <= until) {
            assert!(at >= self.now, "a deadline in the past");
            self.now = at;
            self.input(LegInput::Tick);
        }
        self.now = until;
    }

    /// The last request of this method that went to fork `n`.
    fn last(&self, method: &str, n: usize) -> String {
        let to = |(_, to, text): &&(u64, Hop, String)| *to == hop(n) && text.starts_with(&format!("{method} "));
        self.sent.iter().rev().find(to).unwrap_or_else(|| panic!("no {method} to {n}: {:?}", self.lines())).2.clone()
    }

    fn lines(&self) -> Vec<(u64, String)> {
        self.sent.iter().map(|(at, _, text)| (*at, text.split(' ').next().unwrap().to_owned())).collect()
    }

    fn said(&mut self) -> Vec<(u64, String)> {
        let lines = self.lines();
        self.sent.clear();
        lines
    }

    /// Fork `n` answers its last request of this method.
    fn answer(&mut self, n: usize, method: &str, code: u16, more: &str, sdp: &str) {
        let request = self.last(method, n);
        self.answer_to(&request, hop(n), n, code, more, sdp);
    }

    fn answer_to(&mut self, request: &str, from: Hop, n: usize, code: u16, more: &str, sdp: &str) {
        let of = |name: &str| request.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
        let kind = if sdp.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        let text = format!(
            "SIP/2.0 {code} X\r\n{}\r\n{}\r\n{};tag=theirs{n}\r\n{}\r\n{}\r\nContact: <sip:100@10.0.0.{n}>\r\n{more}{kind}Content-Length: {}\r\n\r\n{sdp}",
            of("Via: "),
            of("From: "),
            of("To: "),
            of("Call-ID: "),
            of("CSeq: "),
            sdp.len()
        );
        let Parsed::Response(response) = parse(text.as_bytes()) else { panic!("{text}") };
        self.input(LegInput::Response(&response, from));
    }

    fn ended(&self) -> Vec<(EndedBy, EndReason)> {
        let ends = self.events.iter().filter_map(|event| {
            let SipEvent::Ended { by, reason, .. } = event else { return None };
            Some((*by, *reason))
        });
        ends.collect()
    }

    fn has(&self, wanted: &SipEvent) -> bool {
        self.events.contains(wanted)
    }

    /// Nothing is left behind, however long it takes.
    fn is_forgotten(&mut self) {
        self.pass(200 * SECOND);
        assert!(self.leg.inspect().is_gone, "{:?}", self.leg);
        assert_eq!(self.leg.poll_timeout(), None);
        assert_eq!(self.ended().len(), 1);
    }
}

#[test]
fn it_rings_is_answered_and_hung_up_by_each_side() {
    for by_peer in [true, false] {
        let mut bench = Bench::to(1);
        let invite = bench.last("INVITE", 0);
        assert!(invite.contains("m=audio 40000 RTP/AVP 8 0 101\r\n") && invite.contains("answer-after=0"), "{invite}");
        bench.answer(0, "INVITE", 100, "", "");
        assert_eq!(bench.events, []);
        bench.answer(0, "INVITE", 180, "", "");
        bench.answer(0, "INVITE", 180, "", "");
        assert_eq!(bench.events, [SipEvent::Progress { leg: LegId(1), progress: Progress::Ringing }]);
        bench.answer(0, "INVITE", 200, "", SDP);
        let ack = bench.last("ACK", 0);
        assert!(
            ack.starts_with("ACK sip:100@10.0.0.0 SIP/2.0")
                && ack.contains("To: <sip:100@192.0.2.1:5060>;tag=theirs0\r\n"),
            "{ack}"
        );
        assert!(
            matches!(&bench.events[1], SipEvent::MediaChanged { offer, .. } if offer.remote == "192.0.2.1:30000".parse().unwrap())
        );
        assert_eq!(bench.events[2..], [SipEvent::Answered { leg: LegId(1) }]);
        assert!(bench.leg.inspect().has_dialog);
        if by_peer {
            let bye = "BYE sip:n0@198.51.100.7 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb\r\nFrom: <sip:100@192.0.2.1:5060>;tag=theirs0\r\nTo: <sip:138@198.51.100.7>;tag=ours\r\nCall-ID: ours-0@198.51.100.7\r\nCSeq: 1 BYE\r\n\r\n";
            let Parsed::Request(bye) = parse(bye.as_bytes()) else { panic!() };
            assert!(bench.leg.owns(&bye));
            bench.input(LegInput::InDialog(&bye, hop(0)));
            assert_eq!(bench.ended(), [(EndedBy::Agent, EndReason::HungUp)]);
        } else {
            bench.input(LegInput::Hangup(Cause::Normal));
            let bye = bench.last("BYE", 0);
            assert!(bye.contains("CSeq: 2 BYE\r\n") && bye.contains("Reason: Q.850;cause=16"), "{bye}");
            bench.answer(0, "BYE", 200, "", "");
            assert_eq!(bench.ended(), [(EndedBy::System, EndReason::HungUp)]);
        }
        bench.is_forgotten();
    }
}

#[test]
fn an_invite_nobody_hears_is_repeated_by_timer_a_and_given_up_by_timer_b() {
    let mut bench = Bench::to(1);
    bench.pass(31 * SECOND);
    let times: Vec<u64> = bench.said().into_iter().map(|(at, _)| at).collect();
    assert_eq!(times, [0, 500, 1_500, 3_500, 7_500, 15_500]);
    bench.pass(SECOND);
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Unreachable)]);
    assert_eq!(bench.said(), [(31_500, "INVITE".to_owned())], "no CANCEL to who never answered");
    bench.is_forgotten();
}

#[test]
fn a_provisional_answer_stops_the_copies_and_three_minutes_the_ringing() {
    let mut bench = Bench::to(1);
    bench.answer(0, "INVITE", 180, "", "");
    bench.said();
    bench.pass(179 * SECOND);
    assert_eq!(bench.said(), []);
    bench.answer_late_ring();
    bench.pass(SECOND);
    assert_eq!(bench.ended(), [(EndedBy::System, EndReason::NoAnswer)]);
    assert_eq!(bench.lines()[0].1, "CANCEL");
    bench.answer(0, "CANCEL", 200, "", "");
    bench.is_forgotten();
}

impl Bench {
    fn answer_late_ring(&mut self) {
        assert_eq!(self.events, [SipEvent::Progress { leg: LegId(1), progress: Progress::Ringing }]);
    }
}

#[test]
fn the_first_fork_to_answer_has_the_call() {
    let mut bench = Bench::to(3);
    let invites: Vec<String> = (0..3).map(|n| bench.last("INVITE", n)).collect();
    bench.answer(0, "INVITE", 180, "", "");
    bench.answer(1, "INVITE", 180, "", "");
    bench.said();
    bench.answer_to(&invites[1], hop(1), 1, 200, "", SDP);
    // The second has it; the first is cancelled, the third when it lets us.
    assert_eq!(bench.said(), [(0, "ACK".to_owned()), (0, "CANCEL".to_owned())]);
    bench.answer_to(&invites[2], hop(2), 2, 180, "", "");
    assert_eq!(bench.said(), [(0, "CANCEL".to_owned())]);
    bench.answer_to(&invites[0], hop(0), 0, 487, "", "");
    assert_eq!(bench.said(), [(0, "ACK".to_owned())]);
    // The third answered before it saw our CANCEL: it is acknowledged and hung up.
    bench.answer_to(&invites[2], hop(2), 2, 200, "", SDP);
    assert_eq!(bench.said(), [(0, "ACK".to_owned()), (0, "BYE".to_owned())]);
    bench.answer_to(&invites[2], hop(2), 2, 200, "", SDP);
    assert_eq!(bench.said(), [(0, "ACK".to_owned())], "a copy of the 200");
    assert_eq!(bench.ended(), []);
    assert_eq!(bench.events.iter().filter(|event| matches!(event, SipEvent::Answered { .. })).count(), 1);
    bench.pass(40 * SECOND);
    assert_eq!(bench.ended(), []);
    bench.input(LegInput::Hangup(Cause::Normal));
    bench.is_forgotten();
}

#[test]
fn a_copy_of_the_200_gets_the_same_ack() {
    let mut bench = Bench::to(1);
    let invite = bench.last("INVITE", 0);
    bench.answer_to(&invite, hop(0), 0, 200, "", SDP);
    let ack = bench.last("ACK", 0);
    bench.sent.clear();
    bench.answer_to(&invite, hop(0), 0, 200, "", SDP);
    assert_eq!(bench.last("ACK", 0), ack);
    assert_eq!(bench.sent.len(), 1);
}

#[test]
fn all_refusals_together_end_the_call_with_the_most_telling_one() {
    for (codes, expected) in [
        ([486, 480], (EndedBy::Agent, EndReason::Busy)),
        ([503, 480], (EndedBy::Agent, EndReason::NoAnswer)),
        ([302, 503], (EndedBy::Agent, EndReason::Declined)),
        ([404, 500], (EndedBy::Network, EndReason::InvalidNumber)),
        ([500, 503], (EndedBy::Network, EndReason::Congestion)),
        ([401, 503], (EndedBy::Network, EndReason::Forbidden)),
    ] {
        let mut bench = Bench::to(2);
        bench.answer(0, "INVITE", codes[0], "", "");
        assert_eq!(bench.ended(), [], "{codes:?}");
        bench.answer(1, "INVITE", codes[1], "", "");
        assert_eq!(bench.ended(), [expected], "{codes:?}");
        let acks = bench.lines().iter().filter(|(_, line)| line == "ACK").count();
        assert_eq!(acks, 2, "{codes:?}");
        bench.is_forgotten();
    }
}

#[test]
fn a_decline_on_one_phone_is_for_all() {
    let mut bench = Bench::to(2);
    bench.answer(1, "INVITE", 180, "", "");
    bench.answer(0, "INVITE", 603, "", "");
    assert_eq!(bench.ended(), [(EndedBy::Agent, EndReason::Declined)]);
    bench.last("CANCEL", 1);
    bench.is_forgotten();
}

#[test]
fn giving_up_cancels_and_an_answer_that_crosses_is_hung_up() {
    let mut bench = Bench::to(2);
    bench.answer(0, "INVITE", 180, "", "");
    bench.input(LegInput::Hangup(Cause::Unavailable));
    bench.input(LegInput::Hangup(Cause::Normal));
    assert_eq!(bench.ended(), [(EndedBy::System, EndReason::NoAnswer)]);
    let cancel = bench.last("CANCEL", 0);
    let invite = bench.last("INVITE", 0);
    let branch = |text: &str| text.lines().find(|line| line.starts_with("Via: ")).unwrap().to_owned();
    assert_eq!(branch(&cancel), branch(&invite));
    bench.said();
    bench.answer_to(&invite, hop(0), 0, 200, "", SDP);
    assert_eq!(bench.said().iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>(), ["ACK", "BYE"]);
    assert!(!bench.has(&SipEvent::Answered { leg: LegId(1) }));
    bench.is_forgotten();
}

#[test]
fn early_sound_is_told_before_the_answer() {
    let mut bench = Bench::to(1);
    bench.answer(0, "INVITE", 183, "", SDP);
    let leg = LegId(1);
    assert!(matches!(bench.events[0], SipEvent::MediaChanged { .. }));
    assert_eq!(bench.events[1..], [SipEvent::Progress { leg, progress: Progress::Early }]);
    // A 200 without a description keeps the early one.
    bench.answer(0, "INVITE", 200, "", "");
    assert!(bench.has(&SipEvent::Answered { leg }));
}

#[test]
fn an_answer_without_a_codec_in_common_is_hung_up() {
    for sdp in ["", "hello", &SDP.replace("AVP 8", "AVP 18")] {
        let mut bench = Bench::to(1);
        bench.answer(0, "INVITE", 200, "", sdp);
        assert_eq!(bench.ended(), [(EndedBy::System, EndReason::NoCodec)], "{sdp}");
        assert!(bench.last("BYE", 0).contains("cause=88"));
        bench.is_forgotten();
    }
}

#[test]
fn an_answer_from_somewhere_else_is_nobodys() {
    let mut bench = Bench::to(1);
    let invite = bench.last("INVITE", 0);
    bench.answer_to(&invite, hop(7), 0, 200, "", SDP);
    assert_eq!(bench.events, []);
}

fn gateway() -> Callee {
    let ha1 = Ha1::new("acme", "carrier", "pw");
    let login = GatewayLogin { username: "acme".to_owned(), realm: "carrier".to_owned(), ha1 };
    Callee { answers: Answers::only(Some(login)), is_pinned: false, ..callee(hop(0)) }
}

#[test]
fn a_challenge_is_answered_once_and_only_for_the_realm_it_is_for() {
    let challenge = |realm: &str, more: &str| {
        format!("Proxy-Authenticate: Digest realm=\"{realm}\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256{more}\r\n")
    };
    let mut bench = Bench::new(vec![gateway()]);
    bench.answer(0, "INVITE", 407, &challenge("carrier", ""), "");
    let second = bench.last("INVITE", 0);
    assert!(
        second.contains("CSeq: 2 INVITE\r\n") && second.contains("Proxy-Authorization: Digest username=\"acme\""),
        "{second}"
    );
    assert!(second.contains("z9hG4bKours.0.i2"), "{second}");
    bench.answer(0, "INVITE", 407, &challenge("carrier", ", stale=true"), "");
    assert!(bench.last("INVITE", 0).contains("CSeq: 3 INVITE\r\n"));
    bench.answer(0, "INVITE", 407, &challenge("carrier", ", stale=true"), "");
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Forbidden)]);
    bench.is_forgotten();
    // Another realm: somebody wants our digest for somebody else (ES2021-05).
    let mut bench = Bench::new(vec![gateway()]);
    bench.answer(0, "INVITE", 401, &challenge("other", "").replace("Proxy", "WWW"), "");
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Forbidden)]);
    assert!(bench.sent.iter().all(|(_, _, text)| !text.contains("Digest")));
    // A device's challenge is never answered.
    let mut bench = Bench::to(1);
    bench.answer(0, "INVITE", 407, &challenge("carrier", ""), "");
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Forbidden)]);
}

#[test]
fn over_a_connection_nothing_is_repeated_and_its_end_is_the_end() {
    let tcp = Hop::Tcp(ConnectionId(4), "192.0.2.1:40000".parse().unwrap());
    let mut bench = Bench::new(vec![callee(tcp)]);
    bench.pass(20 * SECOND);
    assert_eq!(bench.sent.len(), 1);
    assert!(bench.sent[0].2.contains("Via: SIP/2.0/TCP ") && bench.sent[0].2.contains(";transport=tcp>"));
    bench.input(LegInput::Unreached(Hop::Tcp(ConnectionId(5), "192.0.2.1:40001".parse().unwrap())));
    assert_eq!(bench.ended(), []);
    bench.input(LegInput::Unreached(tcp));
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Unreachable)]);
    bench.is_forgotten();
}

#[test]
fn a_stop_ends_it_in_every_state() {
    let mut ringing = Bench::to(2);
    ringing.answer(0, "INVITE", 180, "", "");
    ringing.input(LegInput::Stop);
    assert_eq!(ringing.ended(), [(EndedBy::System, EndReason::NodeRestarted)]);
    let mut talking = Bench::to(1);
    talking.answer(0, "INVITE", 200, "", SDP);
    talking.input(LegInput::Stop);
    assert_eq!(talking.ended(), [(EndedBy::System, EndReason::NodeRestarted)]);
    assert!(talking.last("BYE", 0).contains("cause=41"));
}

mod in_turn;
mod left;
mod timers;
