//! A supervisor gives a waiting customer to somebody out of turn.

use expect_test::{Expect, expect};

use super::script::{World, settings, with_ready};

/// Two customers wait for sales; Ann and Bob are at work and not ready.
fn two_wait() -> World {
    let mut world = with_ready(&["ann", "bob"]);
    world.run("ann not_ready\nbob not_ready\ncall c1 4002\nup c1\ncall c2 4002\nup c2");
    world
}

fn check(mut world: World, script: &str, expect: Expect) {
    expect.assert_eq(&world.run(script));
}

#[test]
fn a_colleague_rings_out_of_turn_ready_or_not() {
    check(
        two_wait(),
        "ann assign c2 bob\nbob accept",
        expect![[r#"
        ann assign c2 bob
            offered offer1 to bob Assigned of 1 idle 0s
            → ok
        bob accept
            offer over offer1 Accepted
            left queue seg4 Answered
            handling handling1 bob
            joined bob.on Agent
            → room2 v2: c2→bob.on bob.on→c2
            → ok
    "#]],
    );
}

#[test]
fn turned_down_the_customer_has_the_old_place() {
    check(
        two_wait(),
        "ann assign c1 bob\nbob decline\nann ready",
        expect![[r#"
        ann assign c1 bob
            offered offer1 to bob Assigned of 1 idle 0s
            → ok
        bob decline
            offer over offer1 Declined
            queued sales seg2 front NobodyReady
            → ok
        ann ready
            ann ready
            → ok
            offered offer2 to ann OnlyEligible of 1 idle 0s
    "#]],
    );
}

#[test]
fn whoever_takes_one_for_themselves_talks_at_once() {
    check(
        two_wait(),
        "ann assign c2 ann\nann hang_up",
        expect![[r#"
        ann assign c2 ann
            offered offer1 to ann Assigned of 1 idle 0s
            offer over offer1 Accepted
            left queue seg4 Answered
            handling handling1 ann
            joined ann.on Agent
            → room2 v2: c2→ann.on ann.on→c2
            → ok
        ann hang_up
            handling over handling1 AgentHungUp
            left ann.on by Agent HungUp
            → release c2 Normal
            → close room2
            wrap-up 30s
            → ok
    "#]],
    );
}

#[test]
fn who_is_busy_gone_or_unknown_is_given_nobody() {
    check(
        two_wait(),
        "ann assign c1 ann\nbob assign c2 ann\nann assign c2 ann\nann assign c1 bob\nbob sign_out\nann assign c2 bob\ngone c2\n\
         bob assign c2 bob",
        expect![[r#"
            ann assign c1 ann
                offered offer1 to ann Assigned of 1 idle 0s
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            bob assign c2 ann
                → refused CalleeUnavailable
            ann assign c2 ann
                → refused WorkInHand
            ann assign c1 bob
                → refused OfferOver
            bob sign_out
                bob signed out Self_
                → ok
            ann assign c2 bob
                → refused CalleeUnavailable
            gone c2
                left queue seg4 Abandoned
                left c2 by Customer HungUp
                → close room2
                ended by Customer HungUp
            bob assign c2 bob
                → refused OfferOver
        "#]],
    );
}

#[test]
fn a_sip_phone_has_to_be_answered() {
    let mut world = World::new(settings());
    world.run("sip desk on\npage ann on\nann sign_in\nann use desk\ncall c1 4002\nup c1");
    check(
        world,
        "ann assign c1 ann\nup desk.1",
        expect![[r#"
        ann assign c1 ann
            offered offer1 to ann Assigned of 1 idle 1000s
            → dial desk.1 desk as 13800138000 to answer itself
            → ok
        up desk.1
            offer over offer1 Accepted
            left queue seg2 Answered
            handling handling1 ann
            joined desk.1 Agent
            → room1 v2: c1→desk.1 desk.1→c1
    "#]],
    );
}
