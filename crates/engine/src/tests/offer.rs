//! Offers: accepted, declined, unanswered, withdrawn, late.

use expect_test::expect;

use super::script::{check, check_ready, with_ready};

#[test]
fn unanswered_brings_the_customer_back_to_the_front() {
    check_ready(
        "call c1 4002
         up c1
         +1s
         call c2 4002
         up c2
         +20s
         ann ready",
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
            +1s
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
                queued sales seg4 AllBusy
            +20s
                (ring)
                offer over offer1 Unanswered
                ann not ready OfferUnanswered
                queued sales seg2 front NobodyReady
            ann ready
                ann ready
                → ok
                offered offer2 to ann OnlyEligible of 1 idle 0s
        "#]],
    );
}

#[test]
fn declined_goes_to_the_next_agent() {
    let mut world = with_ready(&["ann", "bob"]);
    let written = world.run(
        "call c1 4002
         up c1
         ann decline",
    );
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
            offered offer1 to ann LongestIdle of 2 idle 0s
        ann decline
            offer over offer1 Declined
            ann not ready OfferDeclined
            queued sales seg2 front
            → ok
            offered offer2 to bob OnlyEligible of 1 idle 0s
    "#]]
    .assert_eq(&written);
}

#[test]
fn the_customer_hangs_up_while_it_rings() {
    check_ready(
        "+10s
         call c1 4002
         up c1
         +5s
         gone c1
         call c2 4002
         up c2",
        expect![[r#"
            +10s
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
                offered offer1 to ann OnlyEligible of 1 idle 10s
            +5s
            gone c1
                offer over offer1 CustomerLeft
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
                queued sales seg4
                offered offer2 to ann OnlyEligible of 1 idle 15s
        "#]],
    );
}

#[test]
fn accept_after_the_deadline_is_too_late() {
    check_ready(
        "call c1 4002
         up c1
         +21s
         ann accept",
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
            +21s
                (ring)
                offer over offer1 Unanswered
                ann not ready OfferUnanswered
                queued sales seg2 front NobodyReady
            ann accept
                → refused OfferOver
        "#]],
    );
}

#[test]
fn accept_of_an_offer_to_somebody_else() {
    let mut world = with_ready(&["ann", "bob"]);
    let written = world.run(
        "call c1 4002
         up c1
         bob accept",
    );
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
            offered offer1 to ann LongestIdle of 2 idle 0s
        bob accept
            → refused OfferOver
    "#]]
    .assert_eq(&written);
}

#[test]
fn the_phone_vanishes_while_it_rings() {
    let mut world = with_ready(&["ann", "bob"]);
    let written = world.run(
        "call c1 4002
         up c1
         phone ann off
         phone ann 2",
    );
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
            offered offer1 to ann LongestIdle of 2 idle 0s
        phone ann off
            ann device off
            offer over offer1 DeviceLost
            queued sales seg2 front
            offered offer2 to bob OnlyEligible of 1 idle 0s
        phone ann 2
            ann device on
    "#]]
    .assert_eq(&written);
}

#[test]
fn not_ready_while_it_rings_keeps_the_offer() {
    check_ready(
        "call c1 4002
         up c1
         ann not_ready break
         ann accept
         gone c1
         ann finish",
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
            ann not_ready break
                ann not ready Self_ break
                → ok
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
            ann finish
                wrap-up over Finished
                ended by Customer HungUp
                → ok
        "#]],
    );
}

#[test]
fn the_longest_idle_is_chosen() {
    let mut world = with_ready(&["ann", "bob"]);
    let written = world.run(
        "+10s
         ann not_ready
         ann ready
         +5s
         call c1 4002
         up c1",
    );
    expect![[r#"
        +10s
        ann not_ready
            ann not ready Self_
            → ok
        ann ready
            ann ready
            → ok
        +5s
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
            offered offer1 to bob LongestIdle of 2 idle 15s
    "#]]
    .assert_eq(&written);
}

#[test]
fn a_freed_agent_takes_the_longest_waiting_across_queues() {
    check(
        "call c1 4001
         up c1
         key c1 2
         +1s
         call c2 4002
         up c2
         phone ann on
         ann sign_in
         ann ready",
        expect![[r#"
            call c1 4001
                started 4001 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                office open Weekly
                node 0 exit Open
                node 1 in seg1
                → room1 v1: play1→c1 play1[welcome/Zh]
            key c1 2
                node 1 exit Next
                node 2 in seg1
                node 2 exit Choice(1)
                node 4 in seg1
                node 4 exit Next
                → room1 v2: play2→c1 play2[music ∞]
                queued help seg2 NobodySignedIn
            +1s
            call c2 4002
                started 4002 Zh
                joined c2 Customer
                → answer c2
                → resolve customer
            up c2
                answered c2
                node 0 in seg3
                node 0 exit Next
                → room2 v1: play3→c2 play3[music ∞]
                queued sales seg4 NobodySignedIn
            phone ann on
                ann device on
            ann sign_in
                ann signed in
                → ok
            ann ready
                ann ready
                → ok
                offered offer1 to ann OnlyEligible of 1 idle 0s
        "#]],
    );
}
