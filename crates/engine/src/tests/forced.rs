//! A supervisor decides about the presence of an agent.

use expect_test::{Expect, expect};

use super::script::with_ready;
use super::transfer::ann_talks;

#[test]
fn made_not_ready_with_a_reason_ready_again_and_signed_out() {
    let mut world = with_ready(&["ann", "bob"]);
    let expect: Expect = expect![[r#"
        bob force ann not_ready break
            ann not ready Supervisor break
            → ok
        bob force ann not_ready break
            → ok
        bob force ann ready
            ann ready
            → ok
        bob force ann sign_out
            ann signed out Supervisor
            → ok
        bob force ann ready
            → refused NotSignedIn
    "#]];
    expect.assert_eq(&world.run(
        "bob force ann not_ready break\nbob force ann not_ready break\nbob force ann ready\nbob force ann sign_out\nbob force ann ready",
    ));
}

#[test]
fn in_a_talk_not_ready_counts_from_its_end_and_nobody_is_signed_out() {
    let mut world = ann_talks();
    world.run("ann ready");
    let expect: Expect = expect![[r#"
        bob force ann not_ready
            ann not ready Supervisor
            → ok
        bob force ann sign_out
            → refused WorkInHand
        ann hang_up
            handling over handling1 AgentHungUp
            left ann.on by Agent HungUp
            → release c1 Normal
            → close room1
            wrap-up 30s
            → ok
        bob force ann sign_out
            wrap-up over SignedOut
            ann signed out Supervisor
            → ok
    "#]];
    expect
        .assert_eq(&world.run("bob force ann not_ready\nbob force ann sign_out\nann hang_up\nbob force ann sign_out"));
}

#[test]
fn nobody_forces_themselves_or_a_reason_that_is_not_there() {
    let mut world = with_ready(&["ann", "bob"]);
    let expect: Expect = expect![[r#"
        ann force ann not_ready
            → refused UnknownReference
    "#]];
    expect.assert_eq(&world.run("ann force ann not_ready"));
}
