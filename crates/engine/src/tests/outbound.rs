//! Calls agents make: what may be dialled, what is heard, and how they end.

use expect_test::{Expect, expect};

use super::script::{World, settings};

/// Ann with her browser, signed in.
pub(super) fn browser() -> World {
    let mut world = World::new(settings());
    world.run("page ann on\nphone ann on\nann sign_in");
    world
}

pub(super) fn check(mut world: World, script: &str, expect: Expect) {
    expect.assert_eq(&world.run(script));
}

#[test]
fn a_call_outside_rings_is_answered_and_wrapped_up() {
    check(
        browser(),
        "ann dial 021 6123-4567\nrings far.1\nup far.1\nann hold\nann resume\nann hang_up\ngone far.1\nann finish",
        expect![[r#"
            ann dial 021 6123-4567
                started 4002 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                joined ann.on Agent
                → dial far.1 02161234567 by carrier as 4002
                → ok
            rings far.1
                rings there
                → room1 v1: play1→ann.on play1[ringback-cn ∞]
            up far.1
                joined far.1 Customer
                answered far.1
                call over Answered
                → room1 v2: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s
            ann hold
                held
                → room1 v3: play2→far.1 play2[music ∞] listens to far.1 for tones for 20s
                → ok
            ann resume
                resumed
                → room1 v4: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s
                → ok
            ann hang_up
                handling over handling1 AgentHungUp
                left ann.on by Agent HungUp
                → release far.1 Normal
                → close room1
                wrap-up 60s
                → ok
            gone far.1
                left far.1 by Agent HungUp
            ann finish
                wrap-up over Finished
                ended by Agent HungUp
                → ok
        "#]],
    );
}

#[test]
fn what_the_far_side_sends_before_it_answers_is_heard_instead_of_the_tone() {
    check(
        browser(),
        "ann dial 021\nrings far.1\nheard far.1\nrings far.1\nup far.1\ngone far.1",
        expect![[r#"
            ann dial 021
                started 4002 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                joined ann.on Agent
                → dial far.1 021 by carrier as 4002
                → ok
            rings far.1
                rings there
                → room1 v1: play1→ann.on play1[ringback-cn ∞]
            heard far.1
                rings there and is heard
                → room1 v2: far.1→ann.on listens to far.1 for tones
            rings far.1
            up far.1
                joined far.1 Customer
                answered far.1
                call over Answered
                → room1 v3: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s
            gone far.1
                handling over handling1 CustomerHungUp
                left ann.on by Customer HungUp
                wrap-up 60s
                left far.1 by Customer HungUp
                → close room1
        "#]],
    );
}

#[test]
fn busy_declined_and_unreachable_are_results_and_wrapped_up() {
    check(
        browser(),
        "ann dial 021\ngone far.1 busy\nann finish",
        expect![[r#"
        ann dial 021
            started 4002 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            joined ann.on Agent
            → dial far.1 021 by carrier as 4002
            → ok
        gone far.1 busy
            call over Busy
            handling over handling1 NotReached
            left ann.on by Customer Busy
            wrap-up 60s
            → close room1
        ann finish
            wrap-up over Finished
            ended by Customer Busy
            → ok
    "#]],
    );
    check(
        browser(),
        "ann dial 021\nrings far.1\ngone far.1 declined",
        expect![[r#"
        ann dial 021
            started 4002 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            joined ann.on Agent
            → dial far.1 021 by carrier as 4002
            → ok
        rings far.1
            rings there
            → room1 v1: play1→ann.on play1[ringback-cn ∞]
        gone far.1 declined
            call over Declined
            handling over handling1 NotReached
            left ann.on by Customer Declined
            wrap-up 60s
            → close room1
    "#]],
    );
    check(
        browser(),
        "ann dial 021\ngone far.1 unreachable",
        expect![[r#"
        ann dial 021
            started 4002 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            joined ann.on Agent
            → dial far.1 021 by carrier as 4002
            → ok
        gone far.1 unreachable
            call over Unreachable
            handling over handling1 NotReached
            left ann.on by Network Unreachable
            wrap-up 60s
            → close room1
    "#]],
    );
}

#[test]
fn nobody_answers_in_time() {
    check(
        browser(),
        "ann dial 021\nrings far.1\n+75s\nup far.1\ngone far.1",
        expect![[r#"
        ann dial 021
            started 4002 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            joined ann.on Agent
            → dial far.1 021 by carrier as 4002
            → ok
        rings far.1
            rings there
            → room1 v1: play1→ann.on play1[ringback-cn ∞]
        +75s
            (dial)
            call over NoAnswer
            handling over handling1 NotReached
            left ann.on by System NoAnswer
            wrap-up 60s
            → release far.1 Normal
            → close room1
        up far.1
        gone far.1
    "#]],
    );
}

#[test]
fn an_agent_who_gives_up_cancels_the_call() {
    check(
        browser(),
        "ann dial 021\nrings far.1\nann hold\nann hang_up\ngone far.1 no_answer",
        expect![[r#"
        ann dial 021
            started 4002 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            joined ann.on Agent
            → dial far.1 021 by carrier as 4002
            → ok
        rings far.1
            rings there
            → room1 v1: play1→ann.on play1[ringback-cn ∞]
        ann hold
            → refused WrongState
        ann hang_up
            call over Cancelled
            handling over handling1 AgentHungUp
            left ann.on by Agent Cancelled
            wrap-up 60s
            → release far.1 Normal
            → close room1
            → ok
        gone far.1 no_answer
    "#]],
    );
}

#[test]
fn what_may_not_be_dialled_is_refused_with_its_reason() {
    check(
        browser(),
        "ann dial 13800138000\nann dial call-me\nann dial 101\nann dial 102\nann dial lobby",
        expect![[r#"
            ann dial 13800138000
                → refused NotAllowed
            ann dial call-me
                → refused BadNumber
            ann dial 101
                → refused CalleeUnavailable
            ann dial 102
                → refused CalleeUnavailable
            ann dial lobby
                → refused BadNumber
        "#]],
    );
    let mut world = World::new(settings());
    world.run("page ann on\nann sign_in");
    check(
        world,
        "bob dial 021\nann dial 021",
        expect![[r#"
        bob dial 021
            → refused NotSignedIn
        ann dial 021
            → refused NoDevice
    "#]],
    );
}

#[test]
fn nobody_dials_with_work_in_hand() {
    check(
        browser(),
        "ann dial 021\nann dial 021\nup far.1\ngone far.1\nann dial 021",
        expect![[r#"
            ann dial 021
                started 4002 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                joined ann.on Agent
                → dial far.1 021 by carrier as 4002
                → ok
            ann dial 021
                → refused WorkInHand
            up far.1
                joined far.1 Customer
                answered far.1
                call over Answered
                → room1 v1: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s
            gone far.1
                handling over handling1 CustomerHungUp
                left ann.on by Customer HungUp
                wrap-up 60s
                left far.1 by Customer HungUp
                → close room1
            ann dial 021
                → refused WorkInHand
        "#]],
    );
}

#[test]
fn a_lost_browser_cancels_a_call_and_loses_a_talk_for_good() {
    check(
        browser(),
        "ann dial 021\nphone ann off\ngone far.1 no_answer",
        expect![[r#"
        ann dial 021
            started 4002 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            joined ann.on Agent
            → dial far.1 021 by carrier as 4002
            → ok
        phone ann off
            ann device off
            call over Cancelled
            handling over handling1 AgentHungUp
            left ann.on by Agent Cancelled
            wrap-up 60s
            → release far.1 Normal
            → close room1
        gone far.1 no_answer
    "#]],
    );
    check(
        browser(),
        "ann dial 021\nup far.1\nphone ann off\npage ann off\n+30s\nreleased far.1",
        expect![[r#"
            ann dial 021
                started 4002 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                joined ann.on Agent
                → dial far.1 021 by carrier as 4002
                → ok
            up far.1
                joined far.1 Customer
                answered far.1
                call over Answered
                → room1 v1: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s
            phone ann off
                ann device off
                held device lost
                left ann.on by Network Unreachable
                → room1 v2: play1→far.1 play1[music ∞] listens to far.1 for tones for 20s
            page ann off
            +30s
                (progress)
                dead air of 20s: told ann
                (agent_grace)
                handling over handling1 AgentLost
                ann signed out GraceExpired
                → release far.1 Normal
                → close room1
            released far.1
                left far.1 by Network Unreachable
                ended by Network Unreachable
        "#]],
    );
}

#[test]
fn a_restart_ends_an_attempt_in_the_books() {
    let mut world = browser();
    world.run("ann dial 021\nrings far.1");
    expect![[r#"
        (restart)
            floor started epoch 2
            call over NodeRestarted
            handling over handling1 NodeRestarted
            left ann.on by System NodeRestarted
            ended by System NodeRestarted
            ann device off
    "#]]
    .assert_eq(&world.restart(std::time::Duration::from_secs(1), settings()));
}
