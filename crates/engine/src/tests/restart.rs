//! The node dies in every stage of a call; the next start closes what was live, exactly once.

use std::time::Duration;

use domain::Event;
use expect_test::{Expect, expect};

use super::script::{check_ready, settings, with_ready};

const DOWN: Duration = Duration::from_secs(3);

fn check(script: &str, expect: Expect) {
    let mut world = with_ready(&["ann"]);
    world.run(script);
    expect.assert_eq(&world.restart(DOWN, settings()));
    // Nothing is left, and a second start finds nothing to close.
    assert_eq!(world.floor.inspect().conversation_count(), 0);
    world.restart(DOWN, settings());
    let ended = world.ledger.iter().filter(|entry| matches!(entry.event, Event::ConversationEnded { .. })).count();
    let started = world.ledger.iter().filter(|entry| matches!(entry.event, Event::ConversationStarted { .. })).count();
    assert_eq!(ended, started);
}

#[test]
fn before_the_answer() {
    check(
        "call c1 4001",
        expect![[r#"
            (restart)
                floor started epoch 2
                left c1 by System NodeRestarted
                ended by System NodeRestarted
                ann device off
        "#]],
    );
}

#[test]
fn in_the_flow() {
    check(
        "call c1 4001\nup c1\nplayed c1",
        expect![[r#"
            (restart)
                floor started epoch 2
                node 2 exit NodeRestarted
                left c1 by System NodeRestarted
                ended by System NodeRestarted
                ann device off
        "#]],
    );
}

#[test]
fn in_the_queue() {
    check(
        "ann not_ready break\ncall c1 4002\nup c1",
        expect![[r#"
            (restart)
                floor started epoch 2
                left queue seg2 Failed
                place kept 300s
                left c1 by System NodeRestarted
                ended by System NodeRestarted
                ann device off
        "#]],
    );
}

#[test]
fn while_it_rings() {
    check(
        "call c1 4002\nup c1",
        expect![[r#"
            (restart)
                floor started epoch 2
                offer over offer1 NodeRestarted
                left queue seg2 Failed
                place kept 300s
                left c1 by System NodeRestarted
                ended by System NodeRestarted
                ann device off
        "#]],
    );
}

#[test]
fn in_talk() {
    check(
        "call c1 4002\nup c1\nann accept\nann hold",
        expect![[r#"
            (restart)
                floor started epoch 2
                handling over handling1 NodeRestarted
                left ann.on by System NodeRestarted
                left c1 by System NodeRestarted
                ended by System NodeRestarted
                ann device off
        "#]],
    );
}

#[test]
fn while_the_leg_is_being_released() {
    check(
        "call c1 4002\nup c1\nann accept\nann hang_up",
        expect![[r#"
            (restart)
                floor started epoch 2
                wrap-up over NodeRestarted
                left c1 by System NodeRestarted
                ended by System NodeRestarted
                ann device off
        "#]],
    );
}

#[test]
fn in_wrap_up() {
    check(
        "call c1 4002\nup c1\nann accept\ngone c1",
        expect![[r#"
            (restart)
                floor started epoch 2
                wrap-up over NodeRestarted
                ended by Customer HungUp
                ann device off
        "#]],
    );
}

#[test]
fn agents_come_back_or_are_signed_out() {
    let mut world = with_ready(&["ann", "bob"]);
    world.run("+10s\nbob not_ready break");
    let mut written = world.restart(DOWN, settings());
    written += &world.run(
        "+5s
         page ann on
         phone ann 2
         call c1 4002
         up c1
         page bob on
         +30s",
    );
    expect![[r#"
        (restart)
            floor started epoch 2
            ann device off
            bob device off
        +5s
        page ann on
        phone ann 2
            ann device on
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c1 play1[music ∞]
            queued sales seg2
            offered offer1 to ann OnlyEligible of 1 idle 18s
        page bob on
        +30s
            (ring)
            offer over offer1 Unanswered
            ann not ready OfferUnanswered
            queued sales seg2 front NobodyReady
            (agent_grace)
            bob signed out GraceExpired
    "#]]
    .assert_eq(&written);
}

#[test]
fn an_agent_without_a_phone_needs_none_after_the_restart() {
    let mut world = with_ready(&[]);
    world.run("page ann on\nann sign_in");
    let mut written = world.restart(DOWN, settings());
    written += &world.run("page ann on\n+60s");
    expect![[r#"
        (restart)
            floor started epoch 2
        page ann on
        +60s
    "#]]
    .assert_eq(&written);
}

#[test]
fn the_longest_idle_before_is_the_longest_idle_after() {
    let mut world = with_ready(&["bob"]);
    world.run("+5s\nphone ann on\nann sign_in\nann ready\n+5s");
    world.restart(DOWN, settings());
    let written = world.run("phone ann 2\nphone bob 2\ncall c1 4002\nup c1");
    expect![[r#"
        phone ann 2
            ann device on
        phone bob 2
            bob device on
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c1 play1[music ∞]
            queued sales seg2
            offered offer1 to bob LongestIdle of 2 idle 13s
    "#]]
    .assert_eq(&written);
}

#[test]
fn late_reports_about_legs_of_the_run_before_do_nothing() {
    let mut world = with_ready(&["ann"]);
    world.run("call c1 4002\nup c1\nann accept");
    world.restart(DOWN, settings());
    expect![[r#"
        gone c1
        key c1 1
        lost c1
        up c1
        ann hang_up
            → refused HandlingOver
        ann accept
            → refused OfferOver
    "#]]
    .assert_eq(&world.run("gone c1\nkey c1 1\nlost c1\nup c1\nann hang_up\nann accept"));
}

#[test]
fn a_restored_wrap_up_does_not_hold_the_agent() {
    let mut world = with_ready(&["ann"]);
    world.run("call c1 4002\nup c1\nann accept\ngone c1");
    world.restart(DOWN, settings());
    expect![[r#"
        phone ann 2
            ann device on
        call c2 4002
            started 4002 Zh
            joined c2 Customer
            → answer c2
            → resolve customer
        up c2
            answered c2
            node 0 in seg3
            node 0 exit Next
            → room2 v1: play2→c2 play2[music ∞]
            queued sales seg4
            offered offer2 to ann OnlyEligible of 1 idle 0s
    "#]]
    .assert_eq(&world.run("phone ann 2\ncall c2 4002\nup c2"));
}

#[test]
fn an_agent_who_is_no_longer_in_the_settings_is_signed_out() {
    let mut world = with_ready(&["ann", "bob"]);
    let mut fewer = settings();
    fewer.agents.truncate(1);
    expect![[r#"
        (restart)
            floor started epoch 2
            ann device off
            bob device off
            bob signed out Administrator
    "#]]
    .assert_eq(&world.restart(DOWN, fewer));
}

#[test]
fn the_same_call_without_a_restart_ends_otherwise() {
    check_ready(
        "call c1 4002\nup c1\nann accept\ngone c1\n+31s",
        expect![[r#"
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c1 play1[music ∞]
            queued sales seg2
            offered offer1 to ann OnlyEligible of 1 idle 0s
        ann accept
            offer over offer1 Accepted
            left queue seg2 Answered
            handling handling1 ann
            joined ann.on Agent
            → room1 v2: c1→ann.on ann.on→c1
            → ok
        gone c1
            handling over handling1 CustomerHungUp
            left ann.on by Customer HungUp
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
        +31s
            (wrap_up)
            wrap-up over DeadlinePassed
            ended by Customer HungUp
    "#]],
    );
}
