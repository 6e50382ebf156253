//! What calls find out about the addresses they try.

use super::*;

impl Bench {
    fn two() -> Bench {
        Bench::new(|trunk| {
            let targets = vec![target(0), target(1)];
            trunk.outbound = Some(Outbound { targets, login: None, probe: None });
        })
    }

    fn learn(&mut self, n: usize, lesson: Lesson) {
        self.trunks.learn(self.now, target(n).hop(), lesson);
        self.drain();
    }
}

#[test]
fn an_address_that_was_silent_or_full_is_tried_last_for_a_while() {
    let full = |retry_after_s| Lesson::Full { retry_after_s };
    for (lesson, lasts_s) in [
        (Lesson::Silent, 60),
        (full(None), 30),
        (full(Some(5)), 5),
        (full(Some(0)), 1),
        (full(Some(300)), 300),
        (full(Some(u32::MAX)), 600),
    ] {
        let mut bench = Bench::two();
        bench.learn(0, lesson.clone());
        assert_eq!(bench.order(), [target(1), target(0)], "{lesson:?}");
        let doubtful: Vec<bool> = bench.places().iter().map(|place| place.is_doubtful).collect();
        assert_eq!(doubtful, [false, true], "{lesson:?}");
        bench.pass(lasts_s * SECOND - SECOND / 10);
        assert_eq!(bench.order(), [target(1), target(0)], "{lesson:?}");
        bench.pass(SECOND / 10);
        assert_eq!(bench.order(), [target(0), target(1)], "{lesson:?}");
    }
}

#[test]
fn where_all_are_doubtful_the_order_is_the_given_one() {
    let mut bench = Bench::two();
    bench.learn(1, Lesson::Silent);
    bench.learn(0, Lesson::Silent);
    assert_eq!(bench.order(), [target(0), target(1)]);
    // A short wish does not end a longer silence of the other, and a stranger's silence is nobody's.
    bench.learn(7, Lesson::Silent);
    bench.pass(60 * SECOND);
    assert!(bench.places().iter().all(|place| !place.is_doubtful));
}

#[test]
fn calls_learn_a_realm_of_their_own_once_and_for_each_address() {
    let mut bench = Bench::registering(|_| {});
    bench.answer(0, 401, "WWW-Authenticate: Digest realm=\"registrar\", nonce=\"n\", qop=\"auth\"\r\n");
    bench.answer(0, 200, "");
    let of = |realm: &str| format!("Digest realm=\"{realm}\", nonce=\"n\", qop=\"auth\"");
    let realm = |bench: &Bench, of: String| bench.places()[0].answers.login(&[of]).map(|login| login.realm);
    assert_eq!(realm(&bench, of("registrar")).as_deref(), Some("registrar"));
    assert_eq!(realm(&bench, of("proxy")).as_deref(), Some("proxy"));
    bench.learn(0, Lesson::Proved { realm: "proxy".to_owned() });
    assert_eq!(realm(&bench, of("proxy")).as_deref(), Some("proxy"));
    assert_eq!(realm(&bench, of("registrar")).as_deref(), Some("registrar"));
    assert_eq!(realm(&bench, of("third")), None);
    // A realm of the configuration is the only one.
    let bench = Bench::registering(|at| at.realm = Some("given".to_owned()));
    assert_eq!(realm(&bench, of("given")).as_deref(), Some("given"));
    assert_eq!(realm(&bench, of("proxy")), None);
    // Without an account nothing is answered.
    assert_eq!(realm(&Bench::two(), of("proxy")), None);
}

#[test]
fn a_challenge_without_an_answer_is_told_once_for_each_address() {
    let mut bench = Bench::two();
    for n in [0, 0, 1, 0] {
        bench.learn(n, Lesson::Unproved { realm: Some("r".repeat(100)) });
    }
    let told =
        |n: usize| SipEvent::ChallengeUnanswered { trunk: TRUNK, target: target(n), realm: Some("r".repeat(64)) };
    assert_eq!(bench.events, [told(0), told(1)]);
}
