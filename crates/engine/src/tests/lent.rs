//! Customers who are lent to a flow: they come back, wait for a busy sender, or do not.

use expect_test::{Expect, expect};

use super::script::World;
use super::transfer::ann_talks;

fn after(script: &str, expect: Expect) {
    expect.assert_eq(&ann_talks().run(script));
}

/// What follows once the flow waits for a choice.
fn lent() -> World {
    let mut world = ann_talks();
    world.run("ann transfer lend\nplayed c1");
    world
}

#[test]
fn the_flow_is_over_and_the_sender_has_the_customer_back() {
    after(
        "ann transfer lend\nplayed c1\nkey c1 5\nplayed c1\nkey c1 5\nann accept",
        expect![[r#"
        ann transfer lend
            ann lends the customer to flow 601
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: silence
            node 0 in seg3
            office open Weekly
            node 0 exit Open
            node 1 in seg3
            → room1 v4: play2→c1 play2[welcome/Zh]
            wrap-up 30s
            → ok
        played c1
            node 1 exit Next
            node 2 in seg3
            → room1 v5: play3→c1 play3[menu/Zh]
        key c1 5
            → room1 v6: play4→c1 play4[invalid/Zh menu/Zh]
        played c1
        key c1 5
            node 2 exit Invalid
            node 7 in seg3
            node 7 exit Next
            transfer Returned
            → room1 v7: play5→c1 play5[music ∞]
            wrap-up over CustomerBack
            offered offer2 to ann CameBack of 1 idle 0s
        ann accept
            offer over offer2 Accepted
            handling handling2 ann
            joined ann.on Agent
            → room1 v8: c1→ann.on ann.on→c1
            → ok
    "#]],
    );
}

#[test]
fn a_busy_sender_is_waited_for_and_comes_before_whoever_else_waits() {
    let mut world = lent();
    world.run("ann finish\nann ready\ncall c2 4002\nup c2\nann accept");
    expect![[r#"
        key c1 5
            → room1 v6: play5→c1 play5[invalid/Zh menu/Zh]
        played c1
        key c1 5
            node 2 exit Invalid
            node 7 in seg3
            node 7 exit Next
            transfer Returned
            → room1 v7: play6→c1 play6[music ∞]
        call c3 4002
            started 4002 Zh
            joined c3 Customer
            → answer c3
            → resolve customer
        up c3
            answered c3
            node 0 in seg6
            node 0 exit Next
            → room3 v1: play7→c3 play7[music ∞]
            queued sales seg7 AllBusy
        ann hang_up
            handling over handling2 AgentHungUp
            left ann.on by Agent HungUp
            → release c2 Normal
            → close room2
            wrap-up 30s
            → ok
        ann finish
            wrap-up over Finished
            → ok
            offered offer3 to ann CameBack of 1 idle 0s
        ann accept
            offer over offer3 Accepted
            handling handling3 ann
            joined ann.on Agent
            → room1 v8: c1→ann.on ann.on→c1
            → ok
    "#]]
    .assert_eq(&world.run("key c1 5\nplayed c1\nkey c1 5\ncall c3 4002\nup c3\nann hang_up\nann finish\nann accept"));
}

#[test]
fn a_sender_who_stays_busy_is_not_waited_for_long() {
    let mut world = lent();
    world.run("ann finish\nann ready\ncall c2 4002\nup c2\nann accept\nkey c1 5\nplayed c1\nkey c1 5");
    expect![[r#"
        +60s
            (return)
            → room1 v8: play7→c1 play7[music ∞]
            queued sales seg2 front AllBusy
    "#]]
    .assert_eq(&world.run("+60s"));
}

#[test]
fn a_sender_who_signs_out_is_not_waited_for() {
    let mut world = lent();
    world.run("ann finish\nann sign_out");
    expect![[r#"
        key c1 5
            → room1 v6: play4→c1 play4[invalid/Zh menu/Zh]
        played c1
        key c1 5
            node 2 exit Invalid
            node 7 in seg3
            node 7 exit Next
            transfer Returned
            → room1 v7: play5→c1 play5[music ∞]
            → room1 v8: play6→c1 play6[music ∞]
            queued sales seg2 front NobodyReady
    "#]]
    .assert_eq(&world.run("key c1 5\nplayed c1\nkey c1 5"));
}

#[test]
fn the_customer_hangs_up_in_the_flow_or_while_they_wait_for_the_sender() {
    expect![[r#"
        gone c1
            node 2 exit CustomerLeft
            transfer CustomerLeft
            left c1 by Customer HungUp
            → close room1
    "#]]
    .assert_eq(&lent().run("gone c1"));
    let mut world = lent();
    world.run("ann finish\nann ready\ncall c2 4002\nup c2\nann accept\nkey c1 5\nplayed c1\nkey c1 5");
    expect![[r#"
        gone c1
            left c1 by Customer HungUp
            → close room1
            ended by Customer HungUp
    "#]]
    .assert_eq(&world.run("gone c1"));
}

#[test]
fn a_flow_that_joins_a_queue_keeps_the_customer() {
    after(
        "ann transfer lend_sales",
        expect![[r#"
        ann transfer lend_sales
            ann lends the customer to flow 602
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: silence
            node 0 in seg3
            node 0 exit Next
            transfer Completed
            → room1 v4: play2→c1 play2[music ∞]
            queued sales seg4 AllBusy
            wrap-up 30s
            → ok
    "#]],
    );
}

#[test]
fn a_flow_that_cannot_go_on_gives_the_customer_back() {
    let told = ann_talks().run("ann transfer lend_spin\nann decline");
    // It goes round until it is stopped.
    let (rounds, rest): (Vec<&str>, Vec<&str>) = told.lines().partition(|line| line.contains("node 0 "));
    assert!(rounds.len() > 100, "{told}");
    expect![[r#"
        ann transfer lend_spin
            ann lends the customer to flow 603
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: silence
            transfer Returned
            → room1 v4: play2→c1 play2[music ∞]
            wrap-up over CustomerBack
            offered offer2 to ann CameBack of 1 idle 0s
            → ok
        ann decline
            offer over offer2 Declined
            ann not ready OfferDeclined
            → room1 v5: play3→c1 play3[music ∞]
            queued sales seg2 front NobodyReady
            → ok
    "#]]
    .assert_eq(&(rest.join("\n") + "\n"));
}
