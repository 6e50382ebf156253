//! When a place is left and when it is not, what becomes of it when no other is better, and what is learned of it.

use super::in_turn::{answered, begun};
use super::*;

/// Places in turn, of which these are doubtful.
fn with_doubtful(count: usize, doubtful: &[usize]) -> Bench {
    let place = |n| Callee { is_doubtful: doubtful.contains(&n), ..callee(hop(n)) };
    Bench::at(Places::InTurn((0..count).map(place).collect()))
}

#[test]
fn a_place_that_was_only_silent_has_the_call_when_the_last_one_fails() {
    for is_refused in [true, false] {
        let mut bench = Bench::in_turn(2);
        bench.pass(5 * SECOND);
        let (first, second) = (bench.last("INVITE", 0), bench.last("INVITE", 1));
        bench.said();
        if is_refused {
            bench.answer_to(&second, hop(1), 1, 503, "", "");
        } else {
            bench.input(LegInput::Unreached(hop(1)));
        }
        assert_eq!(bench.ended(), [], "{is_refused}");
        bench.pass(Duration::ZERO);
        assert_eq!(bench.last("INVITE", 0), first, "asked again: {is_refused}");
        bench.answer_to(&first, hop(0), 0, 180, "", "");
        assert_eq!(bench.events, [SipEvent::Progress { leg: LegId(1), progress: Progress::Ringing }]);
        bench.answer_to(&first, hop(0), 0, 200, "", SDP);
        assert_eq!(answered(&bench), 1, "{is_refused}");
        bench.input(LegInput::Hangup(Cause::Normal));
        bench.is_forgotten();
    }
}

#[test]
fn a_place_that_was_taken_back_has_two_seconds_more() {
    let mut bench = Bench::in_turn(3);
    bench.pass(4 * SECOND);
    bench.answer(2, "INVITE", 503, "", "");
    assert_eq!(bench.ended(), []);
    bench.pass(SECOND);
    assert_eq!(bench.ended(), [], "both have a second left");
    bench.pass(SECOND);
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Congestion)]);
    bench.is_forgotten();
    // One that refuses for the callee has spoken, whoever else is silent.
    let mut bench = Bench::in_turn(2);
    bench.pass(3 * SECOND);
    bench.answer(1, "INVITE", 486, "", "");
    assert_eq!(bench.ended(), [(EndedBy::Agent, EndReason::Busy)]);
    bench.is_forgotten();
}

#[test]
fn a_place_is_left_later_for_one_that_is_doubtful() {
    for (doubtful, left_at_ms) in [(&[][..], 2_000), (&[1], 8_000), (&[0, 1], 2_000), (&[0], 2_000)] {
        let mut bench = with_doubtful(2, doubtful);
        bench.pass(20 * SECOND);
        assert_eq!(begun(&bench), [(hop(0), 0), (hop(1), left_at_ms)], "{doubtful:?}");
    }
}

#[test]
fn a_place_that_says_100_and_nothing_more_is_cancelled_and_left() {
    for (doubtful, left_at_ms) in [(&[][..], 10_000), (&[1], 30_000)] {
        let mut bench = with_doubtful(2, doubtful);
        bench.answer(0, "INVITE", 100, "", "");
        let first = bench.last("INVITE", 0);
        bench.pass(Duration::from_millis(left_at_ms - 1));
        assert_eq!(begun(&bench).len(), 1);
        bench.pass(SECOND);
        assert_eq!(begun(&bench), [(hop(0), 0), (hop(1), left_at_ms)]);
        assert!(bench.last("CANCEL", 0).contains("CSeq: 1 CANCEL"));
        assert!(bench.lessons.contains(&(hop(0), Lesson::Silent)));
        bench.answer(0, "CANCEL", 200, "", "");
        // Its answer crosses our CANCEL.
        bench.answer_to(&first, hop(0), 0, 200, "", SDP);
        bench.last("BYE", 0);
        bench.answer(0, "BYE", 200, "", "");
        assert_eq!(answered(&bench), 0);
        bench.answer(1, "INVITE", 200, "", SDP);
        assert_eq!(answered(&bench), 1);
        bench.input(LegInput::Hangup(Cause::Normal));
        bench.is_forgotten();
    }
}

#[test]
fn a_place_that_rings_or_is_the_only_one_is_not_left() {
    for (count, code) in [(2, 180), (2, 183), (1, 100)] {
        let mut bench = Bench::in_turn(count);
        bench.answer(0, "INVITE", code, "", "");
        bench.pass(170 * SECOND);
        assert_eq!((begun(&bench).len(), bench.ended().len()), (1, 0), "{code}");
    }
}

#[test]
fn what_a_call_finds_out_is_told() {
    let mut bench = Bench::in_turn(3);
    bench.pass(2 * SECOND);
    bench.answer(1, "INVITE", 503, "Retry-After: 7\r\n", "");
    let full = Lesson::Full { retry_after_s: Some(7) };
    assert_eq!(bench.lessons, [(hop(0), Lesson::Silent), (hop(1), full)]);
    bench.answer(2, "INVITE", 404, "", "");
    bench.lessons.clear();
    // The one that was left is waited for to its end, and so the way there is known to be deaf.
    bench.pass(31 * SECOND);
    assert_eq!(bench.lessons[0], (hop(0), Lesson::Deaf(32 * SECOND)));
    bench.is_forgotten();
    // Whoever hangs up early blames nobody.
    let mut bench = Bench::in_turn(1);
    bench.pass(SECOND);
    bench.input(LegInput::Hangup(Cause::Normal));
    bench.pass(SECOND);
    assert_eq!(bench.lessons, []);
}

fn challenge(realm: &str) -> String {
    format!("Proxy-Authenticate: Digest realm=\"{realm}\", nonce=\"n\", qop=\"auth\"\r\n")
}

fn learning() -> Bench {
    let account = Account { username: "acme".to_owned(), password: Password::new("pw") };
    let answers = Answers { known: Vec::new(), learning: Some(account) };
    Bench::at(Places::InTurn(vec![Callee { answers, is_pinned: false, ..callee(hop(0)) }]))
}

#[test]
fn a_realm_of_calls_is_learned_when_the_proof_is_taken() {
    for code in [180, 200] {
        let mut bench = learning();
        bench.answer(0, "INVITE", 407, &challenge("proxy"), "");
        assert!(bench.last("INVITE", 0).contains("Proxy-Authorization: Digest username=\"acme\", realm=\"proxy\""));
        bench.answer(0, "INVITE", 100, "", "");
        assert_eq!(bench.lessons, [], "100 proves nothing");
        bench.answer(0, "INVITE", code, "", if code == 200 { SDP } else { "" });
        assert_eq!(bench.lessons, [(hop(0), Lesson::Proved { realm: "proxy".to_owned() })]);
    }
    // A refusal proves nothing, and a second realm gets nothing.
    for (code, more) in [(403, String::new()), (407, challenge("proxy")), (407, challenge("other"))] {
        let mut bench = learning();
        bench.answer(0, "INVITE", 407, &challenge("proxy"), "");
        bench.answer(0, "INVITE", code, &more, "");
        assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Forbidden)]);
        assert!(bench.lessons.iter().all(|(_, lesson)| !matches!(lesson, Lesson::Proved { .. })));
        let is_told = bench.lessons.iter().any(|(_, lesson)| matches!(lesson, Lesson::Unproved { .. }));
        assert_eq!(is_told, code == 407);
    }
    // Nor is anything answered that is no challenge.
    let mut bench = learning();
    bench.answer(0, "INVITE", 403, &challenge("proxy"), "");
    assert!(bench.sent.iter().all(|(_, _, text)| !text.contains("Digest")));
}
