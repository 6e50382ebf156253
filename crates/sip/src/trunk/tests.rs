//! Carriers in virtual time: dead and alive again, refusing, forgetting, asking for more.

use std::hash::RandomState;
use std::time::Duration;

use super::*;
use crate::config::{Outbound, Password, RegisterAt, Transport};
use crate::event::Reach;
use crate::message::{Parsed, parse};

const TRUNK: TrunkId = TrunkId(7);
const SECOND: Duration = Duration::from_secs(1);

fn target(n: usize) -> Target {
    Target { address: format!("192.0.2.{}:5060", n + 1).parse().unwrap(), transport: Transport::Udp }
}

struct Bench {
    trunks: Trunks,
    now: Mono,
    sent: Vec<(u64, Hop, String)>,
    events: Vec<SipEvent>,
    doubts: Vec<(Hop, Duration)>,
}

impl Bench {
    fn new(change: impl FnOnce(&mut TrustedTrunk)) -> Bench {
        let identity = Arc::new(Identity::new(0, "198.51.100.7".to_owned(), 5_060));
        let mut trunk = TrustedTrunk::new(TRUNK, vec![target(0).address.ip()]);
        change(&mut trunk);
        let trunks = Trunks::new(Mono(0), &[trunk], identity, &mut Tokens::new(RandomState::new()));
        let mut bench = Bench { trunks, now: Mono(0), sent: Vec::new(), events: Vec::new(), doubts: Vec::new() };
        bench.pass(Duration::ZERO);
        bench
    }

    /// Two addresses that are asked every half a minute.
    fn probed() -> Bench {
        Bench::new(|trunk| {
            let targets = vec![target(0), target(1)];
            trunk.outbound = Some(Outbound { targets, login: None, probe: Some(30 * SECOND) });
        })
    }

    fn registering(change: impl FnOnce(&mut RegisterAt)) -> Bench {
        let mut at = RegisterAt {
            server: target(0),
            others: Vec::new(),
            username: "8675512345".to_owned(),
            domain: Some("ims.example".to_owned()),
            realm: None,
            password: Password::new("secret"),
            expires_s: 300,
        };
        change(&mut at);
        Bench::new(|trunk| trunk.register = Some(at))
    }

    fn drain(&mut self) {
        while let Some(output) = self.trunks.poll_output() {
            match output {
                TrunkOutput::Send(to, bytes) => {
                    self.sent.push((self.now.0 / 1_000_000, to, String::from_utf8(bytes).unwrap()));
                }
                TrunkOutput::Event(event) => self.events.push(event),
                TrunkOutput::Doubt(hop, time) => self.doubts.push((hop, time)),
            }
        }
    }

    fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some(at) = self.trunks.poll_timeout().filter(|at| *at <= until) {
            assert!(at >= self.now, "a deadline in the past");
            self.now = at;
            self.trunks.tick(self.now);
            self.drain();
        }
        self.now = until;
    }

    /// The last request to this place.
    fn last(&self, n: usize) -> String {
        let found = self.sent.iter().rev().find(|(_, to, _)| *to == target(n).hop());
        found.unwrap_or_else(|| panic!("nothing was sent to {n}")).2.clone()
    }

    fn answer(&mut self, n: usize, code: u16, more: &str) {
        let request = self.last(n);
        self.answer_to(&request, target(n).hop(), code, more);
    }

    fn answer_to(&mut self, request: &str, from: Hop, code: u16, more: &str) {
        let of = |name: &str| request.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
        let heads = ["Via: ", "From: ", "To: ", "Call-ID: ", "CSeq: "].map(of).join("\r\n");
        let grants = code == 200 && more.is_empty() && request.starts_with("REGISTER ");
        let more = if grants { format!("{}\r\n", of("Contact: ")) } else { more.to_owned() };
        let text = format!("SIP/2.0 {code} X\r\n{heads}\r\n{more}Content-Length: 0\r\n\r\n");
        let Parsed::Response(response) = parse(text.as_bytes()) else { panic!("{text}") };
        self.trunks.answered(self.now, from, &response);
        self.drain();
    }

    /// When what was sent since the last time, in milliseconds.
    fn times(&mut self, n: usize) -> Vec<u64> {
        let sent = std::mem::take(&mut self.sent);
        sent.into_iter().filter(|(_, to, _)| *to == target(n).hop()).map(|(at, _, _)| at).collect()
    }

    fn order(&self) -> Vec<Target> {
        self.places().into_iter().map(|place| place.target).collect()
    }

    fn places(&self) -> Vec<Place> {
        self.trunks.way_out(self.now, TRUNK).unwrap().places
    }

    fn reaches(&mut self) -> Vec<(Target, Reach)> {
        let told = std::mem::take(&mut self.events).into_iter().map(|event| {
            let SipEvent::TargetChanged { trunk: TRUNK, target, reach } = event else { panic!("{event:?}") };
            (target, reach)
        });
        told.collect()
    }

    fn states(&mut self) -> Vec<RegistrationState> {
        let told = std::mem::take(&mut self.events).into_iter().map(|event| {
            let SipEvent::RegistrationChanged { trunk: TRUNK, registration } = event else { panic!("{event:?}") };
            registration
        });
        told.collect()
    }

    fn state(&self) -> RegistrationState {
        self.trunks.inspect(TRUNK).1.unwrap()
    }
}

#[test]
fn a_trunk_that_is_not_to_be_asked_is_left_alone() {
    let mut bench = Bench::new(|_| {});
    bench.pass(1_000 * SECOND);
    assert_eq!((bench.sent.len(), bench.trunks.poll_timeout()), (0, None));
    assert_eq!(bench.order(), [target(0)]);
    let figures = bench.trunks.inspect(TRUNK);
    assert_eq!(figures, (vec![TargetFigures { target: target(0), reach: None }], None));
}

#[test]
fn an_address_that_misses_three_questions_is_down_and_called_last_until_it_answers() {
    let mut bench = Bench::probed();
    assert!(bench.last(0).starts_with("OPTIONS sip:192.0.2.1:5060 SIP/2.0\r\n"), "{}", bench.last(0));
    assert_eq!(bench.order(), [target(0), target(1)], "nobody knows better yet");
    bench.answer(1, 200, "");
    assert_eq!(bench.reaches(), [(target(1), Reach::Up)]);
    bench.pass(15 * SECOND);
    assert_eq!(bench.events, [], "two questions are not enough");
    bench.pass(SECOND);
    assert_eq!(bench.reaches(), [(target(0), Reach::Down)]);
    assert_eq!(bench.order(), [target(1), target(0)]);
    // Questions at 0, 6 and 12 s, each with its copies.
    assert_eq!(bench.times(0), [0, 500, 1_500, 3_500, 6_000, 6_500, 7_500, 9_500, 12_000, 12_500, 13_500, 15_500]);
    bench.pass(14 * SECOND);
    bench.answer(1, 200, "");
    bench.pass(15 * SECOND);
    assert_eq!(bench.times(0), [], "one that is down is not asked more often");
    bench.pass(2 * SECOND);
    bench.answer(0, 100, "");
    assert_eq!(bench.events, []);
    bench.answer(0, 404, "");
    assert_eq!(bench.reaches(), [(target(0), Reach::Up)]);
    assert_eq!(bench.order(), [target(0), target(1)]);
}

#[test]
fn what_an_answer_to_options_means() {
    for (code, is_up) in [(200, true), (401, true), (404, true), (405, true), (483, true), (408, false), (503, false)] {
        let mut bench = Bench::probed();
        for _ in 0..3 {
            bench.answer(0, code, "");
            bench.answer(1, 200, "");
            bench.pass(31 * SECOND);
        }
        let expected = if is_up { Reach::Up } else { Reach::Down };
        let found = bench.trunks.inspect(TRUNK).0[0].reach;
        assert_eq!(found, Some(expected), "{code}");
    }
}

#[test]
fn one_lost_question_changes_nothing_and_a_foreign_answer_is_nobodys() {
    let mut bench = Bench::probed();
    let question = bench.last(0);
    bench.answer_to(&question, target(1).hop(), 200, "");
    bench.answer_to(&question.replace("probe-", "probe-0"), target(0).hop(), 200, "");
    assert_eq!(bench.events, []);
    bench.answer(0, 200, "");
    bench.answer(1, 200, "");
    bench.reaches();
    bench.pass(36 * SECOND);
    assert_eq!(bench.events, [], "missed at 30 s");
    bench.answer(0, 200, "");
    bench.answer(1, 200, "");
    bench.pass(34 * SECOND);
    assert_eq!(bench.events, [], "and the misses begin anew");
    // The same answer again is no answer to the next question.
    bench.answer_to(&question, target(0).hop(), 503, "");
    assert_eq!(bench.events, []);
}

#[test]
fn a_connection_that_closes_is_a_missed_question() {
    let tcp = Target { transport: Transport::Tcp, ..target(0) };
    let mut bench = Bench::new(|trunk| {
        trunk.outbound = Some(Outbound { probe: Some(30 * SECOND), ..Outbound::to(tcp.address, tcp.transport) });
    });
    for _ in 0..3 {
        assert_eq!(bench.events, []);
        bench.trunks.gone(bench.now, tcp.hop());
        bench.trunks.gone(bench.now, tcp.hop());
        bench.drain();
        bench.pass(2 * SECOND);
    }
    assert_eq!(bench.reaches(), [(tcp, Reach::Down)]);
    let times: Vec<u64> = bench.sent.iter().map(|(at, _, _)| *at).collect();
    assert_eq!(times, [0, 2_000, 4_000], "over a connection nothing is repeated");
}

#[test]
fn a_registration_is_proved_and_refreshed_before_it_ends() {
    for (header, algorithm) in [("WWW-Authenticate", "MD5"), ("Proxy-Authenticate", "SHA-256")] {
        let mut bench = Bench::registering(|_| {});
        let first = bench.last(0);
        for line in [
            "REGISTER sip:ims.example SIP/2.0",
            "To: <sip:8675512345@ims.example>",
            "Contact: <sip:8675512345@198.51.100.7:5060>",
            "Expires: 300",
            "CSeq: 1 REGISTER",
        ] {
            assert!(first.lines().any(|found| found == line), "{line} is missing in {first}");
        }
        assert_eq!((bench.state(), bench.places()[0].answers.known.len()), (RegistrationState::Asking, 0));
        let code = if header.starts_with("WWW") { 401 } else { 407 };
        let challenge = format!("{header}: Digest realm=\"ims\", nonce=\"n\", qop=\"auth\", algorithm={algorithm}\r\n");
        bench.answer(0, code, &challenge);
        let second = bench.last(0);
        let proof = if code == 401 { "Authorization: Digest" } else { "Proxy-Authorization: Digest" };
        assert!(second.contains(&format!("{proof} username=\"8675512345\", realm=\"ims\"")), "{second}");
        assert!(second.contains("CSeq: 2 REGISTER") && second.contains("uri=\"sip:ims.example\""), "{second}");
        let other = "Contact: <sip:other@203.0.113.1>;expires=9, <sip:8675512345@198.51.100.7:5060>;expires=100\r\n";
        bench.answer(0, 200, &format!("{other}Expires: 50\r\n"));
        assert_eq!(bench.states(), [RegistrationState::Registered]);
        bench.times(0);
        bench.pass(79 * SECOND);
        assert_eq!(bench.times(0), []);
        bench.pass(SECOND);
        assert!(bench.last(0).contains("CSeq: 3 REGISTER"), "{}", bench.last(0));
        // A call is challenged by the realm the registrar has named.
        let way = bench.trunks.way_out(bench.now, TRUNK).unwrap();
        assert_eq!(way.host.as_deref(), Some("ims.example"));
        assert_eq!((bench.order(), way.places[0].answers.knows("ims")), (vec![target(0)], true));
    }
}

#[test]
fn a_wrong_password_is_refused_once_and_tried_again_seldom() {
    let mut bench = Bench::registering(|at| at.realm = Some("ims".to_owned()));
    let challenge = "WWW-Authenticate: Digest realm=\"ims\", nonce=\"n\", qop=\"auth\"\r\n";
    for pause in [30, 60, 120, 240, 480, 600, 600] {
        bench.answer(0, 401, challenge);
        bench.answer(0, 401, challenge);
        assert_eq!(bench.state(), RegistrationState::Refused { code: 401 });
        bench.times(0);
        bench.pass(pause * SECOND - SECOND / 10);
        assert_eq!(bench.times(0), [], "{pause}");
        bench.pass(SECOND / 10);
        assert!(!bench.last(0).contains("Digest"), "{pause}");
    }
    assert_eq!(bench.states(), [RegistrationState::Refused { code: 401 }]);
    bench.answer(0, 200, "");
    assert_eq!(bench.states(), [RegistrationState::Registered]);
}

#[test]
fn another_realm_gets_no_proof() {
    let mut bench = Bench::registering(|at| at.realm = Some("ims".to_owned()));
    bench.answer(0, 401, "WWW-Authenticate: Digest realm=\"other\", nonce=\"n\", qop=\"auth\"\r\n");
    assert_eq!((bench.state(), bench.sent.len()), (RegistrationState::Refused { code: 401 }, 1));
    // Without a realm in the configuration the first one counts from then on.
    let mut bench = Bench::registering(|_| {});
    bench.answer(0, 401, "WWW-Authenticate: Digest realm=\"first\", nonce=\"n\", qop=\"auth\"\r\n");
    bench.answer(0, 200, "");
    bench.pass(240 * SECOND);
    bench.answer(0, 401, "WWW-Authenticate: Digest realm=\"second\", nonce=\"n\", qop=\"auth\"\r\n");
    assert_eq!(bench.state(), RegistrationState::Refused { code: 401 });
}

#[test]
fn a_stale_nonce_is_answered_once_more_and_never_without_end() {
    let mut bench = Bench::registering(|_| {});
    let stale = "WWW-Authenticate: Digest realm=\"ims\", nonce=\"n\", qop=\"auth\", stale=true\r\n";
    for _ in 0..3 {
        bench.answer(0, 401, stale);
    }
    assert_eq!((bench.state(), bench.sent.len()), (RegistrationState::Refused { code: 401 }, 3));
}

#[test]
fn a_registrar_that_wants_longer_registrations_gets_them() {
    let mut bench = Bench::registering(|_| {});
    bench.answer(0, 423, "Min-Expires: 600\r\n");
    assert!(bench.last(0).contains("Expires: 600\r\n"));
    bench.answer(0, 200, "");
    bench.times(0);
    bench.pass(479 * SECOND);
    assert_eq!(bench.times(0), []);
    bench.pass(SECOND);
    assert!(bench.last(0).contains("Expires: 600\r\n"));
    // One that is never content is left for a while.
    let mut bench = Bench::registering(|_| {});
    for seconds in 301..320 {
        if bench.state() == RegistrationState::Asking {
            bench.answer(0, 423, &format!("Min-Expires: {seconds}\r\n"));
        }
    }
    assert_eq!((bench.state(), bench.sent.len()), (RegistrationState::Refused { code: 423 }, 5));
}

#[test]
fn a_registration_is_lost_and_regained() {
    let mut bench = Bench::registering(|_| {});
    bench.answer(0, 200, "");
    assert_eq!(bench.states(), [RegistrationState::Registered]);
    bench.times(0);
    bench.pass(249 * SECOND);
    // At 240 s, with four copies, and given up at 248 s.
    assert_eq!(bench.times(0), [240_000, 240_500, 241_500, 243_500, 247_500]);
    assert_eq!(bench.states(), [RegistrationState::Unreachable { code: None }]);
    bench.pass(600 * SECOND);
    let times = bench.times(0);
    let is_first = |at: &&u64| times.contains(&(**at + 500)) && !times.contains(&(**at - 500));
    let begun: Vec<u64> = times.iter().filter(is_first).copied().collect();
    // After 2, 4, 8, 16, 32 and then every 60 seconds, and 8 seconds of patience each time.
    assert_eq!(begun[..7], [250_000, 262_000, 278_000, 302_000, 342_000, 410_000, 478_000]);
    assert_eq!(bench.events, [], "told once");
    bench.pass(40 * SECOND);
    bench.answer(0, 503, "Retry-After: 120 (soon);duration=5\r\n");
    bench.times(0);
    bench.pass(119 * SECOND);
    assert_eq!(bench.times(0), []);
    bench.pass(SECOND);
    bench.answer(0, 200, "");
    let unreachable = RegistrationState::Unreachable { code: Some(503) };
    assert_eq!(bench.states(), [unreachable, RegistrationState::Registered]);
    bench.pass(240 * SECOND);
    bench.answer(0, 500, "");
    bench.times(0);
    bench.pass(2 * SECOND);
    assert_eq!(bench.times(0).len(), 1, "the pauses begin anew");
}

#[test]
fn a_grant_of_nothing_does_not_make_a_flood() {
    let mut bench = Bench::registering(|_| {});
    for _ in 0..10 {
        bench.answer(0, 200, "Expires: 0\r\n");
        bench.pass(SECOND);
    }
    assert_eq!(bench.sent.len(), 3, "at 0, 2 and 6 seconds");
    assert_eq!(bench.states(), [RegistrationState::Unreachable { code: Some(200) }]);
}

#[test]
fn a_stop_takes_the_registration_back() {
    let mut bench = Bench::registering(|_| {});
    let challenge = "WWW-Authenticate: Digest realm=\"ims\", nonce=\"n\", qop=\"auth\"\r\n";
    bench.answer(0, 401, challenge);
    bench.answer(0, 200, "");
    bench.trunks.stop(bench.now);
    bench.drain();
    assert!(bench.trunks.is_leaving() && bench.last(0).contains("Expires: 0\r\n"));
    bench.answer(0, 401, challenge);
    assert!(bench.trunks.is_leaving() && bench.last(0).contains("Authorization: Digest"));
    assert!(bench.last(0).contains("Expires: 0\r\n"));
    bench.answer(0, 200, "");
    assert_eq!((bench.trunks.is_leaving(), bench.trunks.poll_timeout()), (false, None));
    // A registrar that does not answer is not waited for without end, and one that refused us is not asked.
    let mut bench = Bench::registering(|_| {});
    bench.trunks.stop(bench.now);
    bench.pass(9 * SECOND);
    assert_eq!((bench.trunks.is_leaving(), bench.trunks.poll_timeout()), (false, None));
    let mut bench = Bench::registering(|_| {});
    bench.answer(0, 403, "");
    bench.trunks.stop(bench.now);
    bench.drain();
    assert_eq!((bench.trunks.is_leaving(), bench.trunks.poll_timeout(), bench.sent.len()), (false, None, 1));
}

mod lessons;
mod terms;
