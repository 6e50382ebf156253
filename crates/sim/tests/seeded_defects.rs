//! A simulation that finds nothing proves nothing: each seeded fault is found, by the invariant that forbids it, on every seed.

use sim::{Defect, Scale, run};

fn check(defect: Defect, invariants: &[&str]) {
    for seed in 1..=5 {
        let scale = Scale { conversations: 500, restarts: 0, defect: Some(defect), ..Scale::FULL };
        let report = run(seed, scale);
        let found = report.violation.as_ref().map(|violation| violation.invariant);
        assert!(found.is_some_and(|found| invariants.contains(&found)), "{report}");
    }
}

#[test]
fn newest_idle() {
    check(Defect::NewestIdle, &["the longest-idle eligible agent is offered"]);
}

#[test]
fn offer_not_withdrawn_on_hang_up() {
    check(Defect::OfferNotWithdrawn, &["I1 (an agent holds at most one piece of live work)"]);
}

#[test]
fn wrap_up_deadline_ignored() {
    check(Defect::WrapUpDeadlineIgnored, &["deadlines are kept"]);
}

#[test]
fn a_panic_in_a_step() {
    check(Defect::PanicOnKey, &["events come in an order that makes sense"]);
}
