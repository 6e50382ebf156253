//! Whoever of the three is lost in the middle of a consult.

use std::time::Duration;

use expect_test::expect;

use super::super::script::settings;
use super::super::transfer::ann_talks;
use super::after;

#[test]
fn the_customer_leaves_while_it_rings() {
    after(
        "ann consult bob\ngone c1",
        expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        gone c1
            offer over offer2 CustomerLeft
            transfer CustomerLeft
            handling over handling1 CustomerHungUp
            left ann.on by Customer HungUp
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
    "#]],
    );
}

#[test]
fn the_customer_leaves_while_the_two_talk() {
    after(
        "ann consult bob\nbob accept\ngone c1",
        expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        bob accept
            offer over offer2 Accepted
            handling handling2 bob
            joined bob.on Agent
            → room1 v4: play2→c1 ann.on→bob.on bob.on→ann.on play2[music ∞]
            → ok
        gone c1
            handling over handling2 CustomerHungUp
            left bob.on by Customer HungUp
            transfer CustomerLeft
            handling over handling1 CustomerHungUp
            left ann.on by Customer HungUp
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
    "#]],
    );
}

#[test]
fn the_customer_leaves_three() {
    after(
        "ann consult bob\nbob accept\nann join\ngone c1",
        expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        bob accept
            offer over offer2 Accepted
            handling handling2 bob
            joined bob.on Agent
            → room1 v4: play2→c1 ann.on→bob.on bob.on→ann.on play2[music ∞]
            → ok
        ann join
            resumed
            all three talk
            → room1 v5: c1→ann.on c1→bob.on ann.on→c1 ann.on→bob.on bob.on→c1 bob.on→ann.on
            → ok
        gone c1
            handling over handling2 CustomerHungUp
            left bob.on by Customer HungUp
            transfer CustomerLeft
            handling over handling1 CustomerHungUp
            left ann.on by Customer HungUp
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
    "#]],
    );
}

#[test]
fn whoever_asked_is_lost_and_the_colleague_has_the_customer() {
    after(
        "ann consult bob\nbob accept\nphone ann off\n+30s",
        expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        bob accept
            offer over offer2 Accepted
            handling handling2 bob
            joined bob.on Agent
            → room1 v4: play2→c1 ann.on→bob.on bob.on→ann.on play2[music ∞]
            → ok
        phone ann off
            ann device off
            left ann.on by Network Unreachable
            → room1 v5: play2→c1 play2[music ∞]
        +30s
            (agent_grace)
            handling over handling1 AgentLost
            ann signed out GraceExpired
            transfer AgentLost
            → room1 v6: c1→bob.on bob.on→c1
    "#]],
    );
}

#[test]
fn whoever_asked_is_lost_among_three() {
    after(
        "ann consult bob\nbob accept\nann join\nphone ann off\n+30s",
        expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        bob accept
            offer over offer2 Accepted
            handling handling2 bob
            joined bob.on Agent
            → room1 v4: play2→c1 ann.on→bob.on bob.on→ann.on play2[music ∞]
            → ok
        ann join
            resumed
            all three talk
            → room1 v5: c1→ann.on c1→bob.on ann.on→c1 ann.on→bob.on bob.on→c1 bob.on→ann.on
            → ok
        phone ann off
            ann device off
            left ann.on by Network Unreachable
            → room1 v6: c1→bob.on bob.on→c1
        +30s
            (agent_grace)
            handling over handling1 AgentLost
            ann signed out GraceExpired
            transfer AgentLost
            → room1 v7: c1→bob.on bob.on→c1
    "#]],
    );
}

#[test]
fn whoever_asked_is_lost_while_it_rings() {
    // The absence counts from the page.
    after(
        "page ann off\n+25s\nann consult bob\nphone ann off\n+5s",
        expect![[r#"
        page ann off
        +25s
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 25s
            → ok
        phone ann off
            ann device off
            left ann.on by Network Unreachable
            → room1 v4: play2→c1 play2[music ∞]
        +5s
            (agent_grace)
            handling over handling1 AgentLost
            ann signed out GraceExpired
            offer over offer2 Withdrawn
            transfer Dropped
            → room1 v5: play2→c1 play2[music ∞]
            queued sales seg2 front NobodyReady
    "#]],
    );
}

#[test]
fn the_colleague_is_lost() {
    after(
        "ann consult bob\nbob accept\nphone bob off\n+30s",
        expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        bob accept
            offer over offer2 Accepted
            handling handling2 bob
            joined bob.on Agent
            → room1 v4: play2→c1 ann.on→bob.on bob.on→ann.on play2[music ∞]
            → ok
        phone bob off
            bob device off
            left bob.on by Network Unreachable
            → room1 v5: play2→c1 play2[music ∞]
        +30s
            (agent_grace)
            handling over handling2 AgentLost
            bob signed out GraceExpired
            transfer Unreachable
            resumed
            → room1 v6: c1→ann.on ann.on→c1
    "#]],
    );
}

#[test]
fn both_are_lost_and_the_customer_waits_in_front() {
    after(
        "ann consult bob\nbob accept\nphone ann off\n+5s\nphone bob off\n+25s\n+5s",
        expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        bob accept
            offer over offer2 Accepted
            handling handling2 bob
            joined bob.on Agent
            → room1 v4: play2→c1 ann.on→bob.on bob.on→ann.on play2[music ∞]
            → ok
        phone ann off
            ann device off
            left ann.on by Network Unreachable
            → room1 v5: play2→c1 play2[music ∞]
        +5s
        phone bob off
            bob device off
            left bob.on by Network Unreachable
            → room1 v6: play2→c1 play2[music ∞]
        +25s
            (agent_grace)
            handling over handling1 AgentLost
            ann signed out GraceExpired
            transfer AgentLost
            held device lost
            → room1 v7: play2→c1 play2[music ∞]
        +5s
            (agent_grace)
            handling over handling2 AgentLost
            bob signed out GraceExpired
            → room1 v8: play2→c1 play2[music ∞]
            queued sales seg2 front NobodySignedIn
    "#]],
    );
}

#[test]
fn a_phone_that_rings_vanishes() {
    after(
        "ann consult bob\nphone bob off",
        expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        phone bob off
            bob device off
            offer over offer2 DeviceLost
            transfer Unreachable
            resumed
            → room1 v4: c1→ann.on ann.on→c1
    "#]],
    );
}

#[test]
fn a_restart_ends_everything() {
    let mut world = ann_talks();
    world.run("ann consult bob\nbob accept");
    let end = world.restart(Duration::from_secs(2), settings());
    expect![[r#"
        (restart)
            floor started epoch 2
            handling over handling1 NodeRestarted
            handling over handling2 NodeRestarted
            transfer NodeRestarted
            left ann.on by System NodeRestarted
            left bob.on by System NodeRestarted
            left c1 by System NodeRestarted
            ended by System NodeRestarted
            ann device off
            bob device off
    "#]]
    .assert_eq(&end);
}
