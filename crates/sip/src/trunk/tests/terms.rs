//! What a registrar grants, whose realm it is, and what a stop takes back.

use super::*;

const CONTACT: &str = "<sip:8675512345@198.51.100.7:5060>";

fn challenge(realm: &str) -> String {
    format!("WWW-Authenticate: Digest realm=\"{realm}\", nonce=\"n\", qop=\"auth\"\r\n")
}

/// The realm of the last proof to the registrar, if there was one.
fn proved_for(bench: &Bench, realm: &str) -> bool {
    bench.last(0).contains(&format!("Digest username=\"8675512345\", realm=\"{realm}\""))
}

#[test]
fn a_realm_is_the_registrars_only_when_it_takes_the_proof() {
    let mut bench = Bench::registering(|_| {});
    // Somebody else's challenge, or that of a carrier in trouble: refused, and forgotten.
    bench.answer(0, 401, &challenge("first"));
    assert!(proved_for(&bench, "first"));
    bench.answer(0, 403, "");
    assert!(!bench.places()[0].answers.knows("first"));
    bench.pass(30 * SECOND);
    bench.answer(0, 401, &challenge("second"));
    assert!(proved_for(&bench, "second"));
    bench.answer(0, 200, "");
    assert!(bench.places()[0].answers.knows("second"));
    // From then on no other is answered, and that is told once.
    for pause in [240, 30, 60] {
        bench.pass(pause * SECOND);
        bench.answer(0, 401, &challenge("third"));
        assert!(!proved_for(&bench, "third"));
    }
    let told = bench.events.iter().filter(|event| matches!(event, SipEvent::ChallengeUnanswered { .. })).count();
    assert_eq!((told, bench.state()), (1, RegistrationState::Refused { code: 401 }));
    assert!(bench.places()[0].answers.knows("second"));
}

#[test]
fn a_realm_is_learned_from_401_and_407_alone() {
    for code in [200, 302, 403, 500] {
        let mut bench = Bench::registering(|_| {});
        let contact = if code == 200 { format!("Contact: {CONTACT}\r\n") } else { String::new() };
        bench.answer(0, code, &format!("{}{contact}", challenge("first")));
        assert_eq!(bench.sent.len(), 1, "{code}");
        assert!(bench.places()[0].answers.known.is_empty(), "{code}");
    }
}

#[test]
fn what_is_granted_counts_whatever_became_of_our_contact() {
    let rewritten = "Contact: <sip:8675512345@203.0.113.9:31000>";
    for (granted, refreshed_s) in [
        (format!("Contact: {CONTACT};expires=100\r\nExpires: 50\r\n"), Some(80)),
        (format!("Contact: {CONTACT}\r\nExpires: 50\r\n"), Some(40)),
        (format!("Contact: {CONTACT}\r\n"), Some(240)),
        (format!("{rewritten};expires=100\r\n"), Some(80)),
        (format!("{rewritten};expires=100\r\nContact: <sip:x@203.0.113.1>;expires=60\r\nExpires: 300\r\n"), Some(48)),
        (format!("{rewritten}\r\nExpires: 50\r\n"), Some(40)),
        ("Expires: 50\r\n".to_owned(), Some(40)),
        ("X-Nothing: 1\r\n".to_owned(), None),
        ("Expires: 0\r\n".to_owned(), None),
        (format!("Contact: {CONTACT};expires=0\r\n"), None),
        (format!("{rewritten};expires=0\r\n"), None),
    ] {
        let mut bench = Bench::registering(|_| {});
        bench.answer(0, 200, &granted);
        bench.times(0);
        let expected = match refreshed_s {
            Some(_) => RegistrationState::Registered,
            None => RegistrationState::Unreachable { code: Some(200) },
        };
        assert_eq!(bench.state(), expected, "{granted}");
        let pause = refreshed_s.unwrap_or(2);
        bench.pass(pause * SECOND - SECOND / 2);
        assert_eq!(bench.times(0), [], "{granted}");
        bench.pass(SECOND / 2);
        assert_eq!(bench.times(0), [u64::from(pause) * 1_000], "{granted}");
    }
}

#[test]
fn a_stop_takes_back_what_still_stands_whatever_the_last_refresh_met() {
    // Granted for 300 s at 0 and refreshed at 240; without an answer the fourth try after it is given up at 310.
    for (answered, waits_s, is_asked) in
        [(Some(500), 1, true), (Some(403), 1, true), (None, 9, true), (None, 80, false)]
    {
        let mut bench = Bench::registering(|_| {});
        bench.answer(0, 200, "");
        bench.pass(240 * SECOND);
        if let Some(code) = answered {
            bench.answer(0, code, "");
        }
        bench.pass(waits_s * SECOND);
        assert_ne!(bench.state(), RegistrationState::Registered);
        bench.trunks.stop(bench.now);
        bench.drain();
        assert_eq!(bench.trunks.is_leaving(), is_asked, "{answered:?} {waits_s}");
        assert_eq!(bench.last(0).contains("Expires: 0\r\n"), is_asked, "{answered:?} {waits_s}");
    }
}

#[test]
fn leaving_takes_registrations_back_and_goes_on_asking() {
    let mut bench = Bench::new(|trunk| {
        let at = RegisterAt {
            server: target(0),
            others: Vec::new(),
            username: "8675512345".to_owned(),
            domain: None,
            realm: None,
            password: Password::new("secret"),
            expires_s: 300,
        };
        let targets = vec![target(1)];
        trunk.outbound = Some(Outbound { targets, login: None, probe: Some(30 * SECOND) });
        trunk.register = Some(at);
    });
    bench.answer(0, 200, "");
    bench.answer(1, 200, "");
    bench.trunks.leave(bench.now);
    bench.trunks.leave(bench.now);
    bench.drain();
    assert!(bench.trunks.is_leaving() && bench.last(0).contains("Expires: 0\r\n"));
    bench.answer(0, 200, "");
    assert_eq!(bench.trunks.inspect(TRUNK).1, None);
    bench.sent.clear();
    bench.events.clear();
    bench.pass(300 * SECOND);
    assert!(bench.sent.iter().filter(|(_, to, _)| *to == target(1).hop()).count() > 5, "calls out go on");
    // The registrar is asked too, to keep the way to us open; nobody is told of it, because calls do not go there.
    assert!(bench.last(0).starts_with("OPTIONS "));
    assert_eq!(bench.reaches(), [(target(1), Reach::Down)]);
    assert_eq!(bench.trunks.inspect(TRUNK).0.len(), 1);
    assert_eq!(bench.order(), [target(1)]);
    bench.trunks.stop(bench.now);
    bench.drain();
    assert_eq!((bench.trunks.is_leaving(), bench.trunks.poll_timeout()), (false, None));
}

#[test]
fn a_connection_on_which_a_question_is_lost_is_doubted() {
    let tcp = |n| Target { transport: Transport::Tcp, ..target(n) };
    let mut bench = Bench::registering(|at| at.server = tcp(0));
    bench.pass(9 * SECOND);
    assert_eq!(bench.doubts, [(tcp(0).hop(), 8 * SECOND)]);
    let mut bench = Bench::new(|trunk| {
        let targets = vec![tcp(1)];
        trunk.outbound = Some(Outbound { targets, login: None, probe: Some(30 * SECOND) });
    });
    bench.pass(5 * SECOND);
    assert_eq!(bench.doubts, [(tcp(1).hop(), 4 * SECOND)]);
}

#[test]
fn the_next_registrar_is_asked_when_one_is_silent_or_cannot_and_then_has_the_registration() {
    for says in [None, Some(503), Some(403), Some(404)] {
        let mut bench = Bench::registering(|at| at.others = vec![target(1), target(2)]);
        if let Some(code) = says {
            bench.answer(0, code, "");
            bench.pass(Duration::ZERO);
        } else {
            bench.pass(4 * SECOND);
        }
        assert!(bench.last(1).starts_with("REGISTER sip:ims.example "), "{says:?}");
        assert_eq!(bench.states(), [], "one of three is not the carrier: {says:?}");
        bench.answer(1, 200, "");
        assert_eq!(bench.states(), [RegistrationState::Registered], "{says:?}");
        bench.sent.clear();
        bench.pass(241 * SECOND);
        assert!(bench.sent.iter().all(|(_, to, _)| *to == target(1).hop()), "it is renewed where it stands");
    }
}

#[test]
fn what_every_registrar_refuses_is_asked_for_again_after_longer_and_longer_pauses() {
    let mut bench = Bench::registering(|at| at.others = vec![target(1)]);
    bench.answer(0, 403, "");
    bench.pass(Duration::ZERO);
    assert_eq!(bench.states(), []);
    bench.answer(1, 404, "");
    assert_eq!(bench.states(), [RegistrationState::Refused { code: 404 }]);
    for pause_s in [30, 60, 120, 240, 480, 600, 600] {
        bench.sent.clear();
        bench.pass(pause_s * SECOND - Duration::from_millis(1));
        assert!(bench.sent.is_empty(), "{pause_s}");
        bench.pass(Duration::from_millis(1));
        bench.answer(0, 403, "");
        bench.pass(Duration::ZERO);
        bench.answer(1, 404, "");
        assert_eq!(bench.sent.len(), 2, "each once: {pause_s}");
    }
    assert_eq!(bench.states(), [], "it is refused as before");
    bench.pass(600 * SECOND);
    bench.answer(0, 403, "");
    bench.pass(Duration::ZERO);
    bench.answer(1, 200, "");
    assert_eq!(bench.states(), [RegistrationState::Registered], "the second lets us in by now");
    // When a refresh is refused there, the first is asked and what stands stays so.
    bench.pass(240 * SECOND);
    bench.answer(1, 403, "");
    bench.pass(Duration::ZERO);
    bench.answer(0, 200, "");
    assert_eq!(bench.states(), []);
}

#[test]
fn the_longest_pause_that_a_registrar_asks_for_holds_for_the_whole_round() {
    let mut bench = Bench::registering(|at| at.others = vec![target(1)]);
    bench.answer(0, 503, "Retry-After: 100\r\n");
    bench.pass(Duration::ZERO);
    bench.answer(1, 503, "");
    bench.sent.clear();
    bench.pass(100 * SECOND - Duration::from_millis(1));
    assert!(bench.sent.is_empty());
    bench.pass(Duration::from_millis(1));
    assert_eq!(bench.sent.len(), 1);
    // And not for the round after.
    bench.answer(0, 503, "");
    bench.pass(Duration::ZERO);
    bench.answer(1, 503, "");
    bench.sent.clear();
    bench.pass(60 * SECOND);
    assert!(!bench.sent.is_empty());
}

#[test]
fn a_refusal_is_told_whatever_the_other_registrars_say() {
    for refused_last in [false, true] {
        let mut bench = Bench::registering(|at| at.others = vec![target(1)]);
        let (first, second) = if refused_last { (503, 403) } else { (403, 503) };
        bench.answer(0, first, "");
        bench.pass(Duration::ZERO);
        bench.answer(1, second, "");
        assert_eq!(bench.states(), [RegistrationState::Refused { code: 403 }], "{refused_last}");
        bench.sent.clear();
        bench.pass(29 * SECOND);
        assert!(bench.sent.is_empty(), "{refused_last}");
        bench.pass(SECOND);
        bench.answer(0, 503, "");
        bench.pass(Duration::ZERO);
        bench.answer(1, 503, "");
        let unreachable = RegistrationState::Unreachable { code: Some(503) };
        assert_eq!(bench.states(), [unreachable], "that was the round before: {refused_last}");
    }
}

#[test]
fn a_registration_is_lost_once_every_registrar_was_asked_in_vain() {
    let mut bench = Bench::registering(|at| at.others = vec![target(1)]);
    bench.answer(0, 200, "");
    assert_eq!(bench.states(), [RegistrationState::Registered]);
    bench.pass(240 * SECOND);
    assert_eq!(bench.states(), [], "it is asked again");
    bench.pass(4 * SECOND);
    bench.answer(1, 200, "");
    assert_eq!(bench.states(), [], "the second has it, and nothing was lost");
    bench.pass(240 * SECOND);
    bench.pass(8 * SECOND);
    assert_eq!(bench.states(), [RegistrationState::Unreachable { code: None }]);
    bench.sent.clear();
    bench.pass(2 * SECOND);
    assert_eq!(bench.sent.len(), 1, "after a pause, from the one that comes next");
}
