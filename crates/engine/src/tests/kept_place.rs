//! The line of a waiting customer is lost, by the network or with the node; who calls again has the place and the waited time back.

use std::time::Duration;

use domain::Event;
use expect_test::expect;

use super::script::{World, settings, with_ready};

const DOWN: Duration = Duration::from_secs(3);

/// Ann takes a break, c1 waits for sales.
fn somebody_waits() -> World {
    let mut world = with_ready(&["ann"]);
    world.run("ann not_ready break\ncall c1 4002\nup c1\n+60s");
    world
}

/// How long a customer has waited by the ledger, for the last place taken up again.
#[allow(clippy::wildcard_enum_match_arm, reason = "one kind of event is looked for")]
fn waited(world: &World) -> Option<Duration> {
    world.ledger.iter().rev().find_map(|entry| match entry.event {
        Event::PlaceResumed { waited, .. } => Some(waited),
        _ => None,
    })
}

#[test]
fn a_redial_after_a_restart_is_in_front_of_whoever_came_later() {
    let mut world = somebody_waits();
    let mut written = world.restart(DOWN, settings());
    written += &world.run("call c2 4002\nup c2\n+10s\ncall c3 4002\nknown c3\nup c3\nphone ann 2\nann ready");
    expect![[r#"
        (restart)
            floor started epoch 2
            left queue seg2 Failed
            place kept 300s
            left c1 by System NodeRestarted
            ended by System NodeRestarted
            ann device off
        call c2 4002
            started 4002 Zh
            joined c2 Customer
            → answer c2
            → recognise among 1
            → resolve customer
        up c2
            answered c2
            node 0 in seg3
            node 0 exit Next
            → room2 v1: play2→c2 play2[music ∞]
            queued sales seg4 NobodyReady
        +10s
        call c3 4002
            started 4002 Zh
            joined c3 Customer
            → answer c3
            → recognise among 1
            → resolve customer
        known c3
        up c3
            answered c3
            node 0 in seg5
            node 0 exit Next
            → room3 v1: play3→c3 play3[music ∞]
            queued sales seg6 NobodyReady
            place resumed seg6 waited 73s
        phone ann 2
            ann device on
        ann ready
            ann ready
            → ok
            offered offer1 to ann OnlyEligible of 1 idle 0s
    "#]]
    .assert_eq(&written);
    assert_eq!(waited(&world), Some(Duration::from_secs(73)));
}

#[test]
fn a_line_lost_to_the_network_keeps_its_place_too() {
    let mut world = somebody_waits();
    expect![[r#"
        gone c1 network
            left queue seg2 Failed
            place kept 300s
            left c1 by Network Timeout
            → close room1
            ended by Network Timeout
        +20s
        call c2 4002
            started 4002 Zh
            joined c2 Customer
            → answer c2
            → recognise among 1
            → resolve customer
        known c2
        up c2
            answered c2
            node 0 in seg3
            node 0 exit Next
            → room2 v1: play2→c2 play2[music ∞]
            queued sales seg4 NobodyReady
            place resumed seg4 waited 80s
    "#]]
    .assert_eq(&world.run("gone c1 network\n+20s\ncall c2 4002\nknown c2\nup c2"));
}

#[test]
fn whoever_hangs_up_has_given_the_place_up() {
    let mut world = somebody_waits();
    expect![[r#"
        gone c1
            left queue seg2 Abandoned
            left c1 by Customer HungUp
            → close room1
            ended by Customer HungUp
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
            queued sales seg4 NobodyReady
    "#]]
    .assert_eq(&world.run("gone c1\ncall c2 4002\nup c2"));
}

#[test]
fn recognised_while_waiting_the_caller_moves_up() {
    let mut world = somebody_waits();
    world.restart(DOWN, settings());
    let written = world.run("call c2 4002\nup c2\n+5s\ncall c3 4002\nup c3\nknown c3\nphone ann 2\nann ready");
    expect![[r#"
        call c2 4002
            started 4002 Zh
            joined c2 Customer
            → answer c2
            → recognise among 1
            → resolve customer
        up c2
            answered c2
            node 0 in seg3
            node 0 exit Next
            → room2 v1: play2→c2 play2[music ∞]
            queued sales seg4 NobodyReady
        +5s
        call c3 4002
            started 4002 Zh
            joined c3 Customer
            → answer c3
            → recognise among 1
            → resolve customer
        up c3
            answered c3
            node 0 in seg5
            node 0 exit Next
            → room3 v1: play3→c3 play3[music ∞]
            queued sales seg6 NobodyReady
        known c3
            place resumed seg6 waited 68s
        phone ann 2
            ann device on
        ann ready
            ann ready
            → ok
            offered offer1 to ann OnlyEligible of 1 idle 0s
    "#]]
    .assert_eq(&written);
}

#[test]
fn recognised_while_it_rings_the_waited_time_counts_from_the_beginning() {
    let mut world = somebody_waits();
    world.restart(DOWN, settings());
    let written = world.run("phone ann 2\nann ready\ncall c2 4002\nup c2\nknown c2\ncall c3 4002\nup c3\nann decline");
    expect![[r#"
        phone ann 2
            ann device on
        ann ready
            ann ready
            → ok
        call c2 4002
            started 4002 Zh
            joined c2 Customer
            → answer c2
            → recognise among 1
            → resolve customer
        up c2
            answered c2
            node 0 in seg3
            node 0 exit Next
            → room2 v1: play2→c2 play2[music ∞]
            queued sales seg4
            offered offer1 to ann OnlyEligible of 1 idle 0s
        known c2
            place resumed seg4 waited 63s
        call c3 4002
            started 4002 Zh
            joined c3 Customer
            → answer c3
            → resolve customer
        up c3
            answered c3
            node 0 in seg5
            node 0 exit Next
            → room3 v1: play3→c3 play3[music ∞]
            queued sales seg6 AllBusy
        ann decline
            offer over offer1 Declined
            ann not ready OfferDeclined
            queued sales seg4 front NobodyReady
            → ok
    "#]]
    .assert_eq(&written);
}

#[test]
fn after_five_minutes_the_place_is_gone() {
    let mut world = somebody_waits();
    world.restart(DOWN, settings());
    expect![[r#"
        +301s
            (agent_grace)
            ann signed out GraceExpired
        call c2 4002
            started 4002 Zh
            joined c2 Customer
            → answer c2
            → resolve customer
        known c2
        up c2
            answered c2
            node 0 in seg3
            node 0 exit Next
            → room2 v1: play2→c2 play2[music ∞]
            queued sales seg4 NobodySignedIn
    "#]]
    .assert_eq(&world.run("+301s\ncall c2 4002\nknown c2\nup c2"));
}

#[test]
fn another_queue_is_another_place() {
    let mut world = somebody_waits();
    world.restart(DOWN, settings());
    expect![[r#"
        call c2 4001
            started 4001 Zh
            joined c2 Customer
            → answer c2
            → recognise among 1
            → resolve customer
        up c2
            answered c2
            node 0 in seg3
            office open Weekly
            node 0 exit Open
            node 1 in seg3
            → room2 v1: play2→c2 play2[welcome/Zh]
        known c2
        key c2 2
            node 1 exit Next
            node 2 in seg3
            node 2 exit Choice(1)
            node 4 in seg3
            node 4 exit Next
            → room2 v2: play3→c2 play3[music ∞]
            queued help seg4 NobodyReady
    "#]]
    .assert_eq(&world.run("call c2 4001\nup c2\nknown c2\nkey c2 2"));
}

#[test]
fn two_lines_of_one_number_are_two_places_given_back_in_order() {
    let mut world = somebody_waits();
    world.run("call c2 4002\nup c2\n+30s");
    world.restart(DOWN, settings());
    world.run("call c3 4002\nknown c3\nup c3");
    assert_eq!(waited(&world), Some(Duration::from_secs(93)));
    world.run("call c4 4002\nknown c4\nup c4");
    assert_eq!(waited(&world), Some(Duration::from_secs(33)));
    expect![[r#"
        call c5 4002
            started 4002 Zh
            joined c5 Customer
            → answer c5
            → resolve customer
        up c5
            answered c5
            node 0 in seg9
            node 0 exit Next
            → room5 v1: play5→c5 play5[music ∞]
            queued sales seg10 NobodyReady
    "#]]
    .assert_eq(&world.run("call c5 4002\nup c5"));
}

#[test]
fn lost_again_the_first_beginning_still_counts() {
    let mut world = somebody_waits();
    world.restart(DOWN, settings());
    world.run("call c2 4002\nknown c2\nup c2\n+10s\ngone c2 network\n+10s\ncall c3 4002\nknown c3\nup c3");
    assert_eq!(waited(&world), Some(Duration::from_secs(83)));
}

#[test]
fn the_limit_on_waiting_begins_anew() {
    let mut limited = settings();
    limited.queues[0].wait_max = Some(Duration::from_secs(100));
    let mut world = World::new(limited.clone());
    world.run("call c1 4002\nup c1\n+60s");
    world.restart(DOWN, limited);
    world.run("call c2 4002\nup c2\n+50s\nknown c2");
    assert_eq!(waited(&world), Some(Duration::from_secs(113)));
    expect![[r#"
        +49s
        +2s
            (queue_wait)
            left queue seg4 TimedOut
            node 1 in seg5
            node 1 exit Next
            → release c2 Normal
            → close room2
    "#]]
    .assert_eq(&world.run("+49s\n+2s"));
}
