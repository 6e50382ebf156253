//! Days on which the world fails: a slow disk, carriers that lose every call, dying telephones, a node killed eight times, callers who
//! dial again. Every invariant after every step.

use sim::{Scale, run};

#[test]
fn ten_bad_days() {
    for seed in 1..=10 {
        let report = run(seed, Scale::FAULTS);
        assert!(report.violation.is_none(), "{report}");
        // Two kills may fall into one commit.
        assert!(report.counts.get("restarts").is_some_and(|restarts| (7..=8).contains(restarts)), "{report}");
    }
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    assert_eq!(run(77, Scale::FAULTS), run(77, Scale::FAULTS));
    assert_ne!(run(77, Scale::FAULTS).hash, run(78, Scale::FAULTS).hash);
}

#[test]
fn everything_that_can_fail_does() {
    let mut counts = std::collections::BTreeMap::new();
    for seed in 1..=10 {
        for (what, count) in run(seed, Scale::FAULTS).counts {
            *counts.entry(what).or_insert(0) += count;
        }
    }
    let wanted = [
        "a carrier failed",
        "stalled commits",
        "turned away by a slow disk",
        "kills that lost events",
        "place kept",
        "place resumed",
        "device lost in talk",
        "device lost while ringing",
        "agent lost in talk",
        "network failed in talk",
        "failed in the queue",
        "no audio",
        "restarted in the flow",
        "restarted while ringing",
        "restarted in talk",
        "restarted in wrap-up",
    ];
    let missing: Vec<_> = wanted.into_iter().filter(|what| !counts.contains_key(*what)).collect();
    assert_eq!(missing, [""; 0]);
}
