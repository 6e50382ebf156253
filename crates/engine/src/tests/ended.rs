//! A supervisor ends a call that no agent is with.

use expect_test::{Expect, expect};

use super::script::{World, with_ready};
use super::transfer::ann_talks;

fn check(mut world: World, script: &str, expect: Expect) {
    expect.assert_eq(&world.run(script));
}

#[test]
fn with_somebody_outside_both_are_hung_up_on() {
    check(
        ann_talks(),
        "ann transfer 021\nup far.1\nann finish\nbob end c1\nreleased far.1\nreleased c1",
        expect![[r#"
            ann transfer 021
                ann hands over to somebody outside
                handling over handling1 Transferred
                left ann.on by Agent HungUp
                → room1 v3: play2→c1 play2[music ∞]
                → dial far.1 021 by carrier as 4002
                wrap-up 30s
                → ok
            up far.1
                joined far.1 Outside
                answered far.1
                transfer Completed
                → room1 v4: c1→far.1 far.1→c1
            ann finish
                wrap-up over Finished
                → ok
            bob end c1
                left far.1 by System HungUp
                → release far.1 Normal
                → release c1 Normal
                → close room1
                → ok
            released far.1
            released c1
                left c1 by System HungUp
                ended by System HungUp
        "#]],
    );
}

#[test]
fn while_the_number_outside_rings_it_is_hung_up_on_and_nobody_has_the_customer_back() {
    check(
        ann_talks(),
        "ann transfer 021\nrings far.1\nbob end c1\nreleased c1\nann finish",
        expect![[r#"
            ann transfer 021
                ann hands over to somebody outside
                handling over handling1 Transferred
                left ann.on by Agent HungUp
                → room1 v3: play2→c1 play2[music ∞]
                → dial far.1 021 by carrier as 4002
                wrap-up 30s
                → ok
            rings far.1
            bob end c1
                → release far.1 Normal
                transfer Dropped
                → release c1 Normal
                → close room1
                → ok
            released c1
                left c1 by System HungUp
            ann finish
                wrap-up over Finished
                ended by System HungUp
                → ok
        "#]],
    );
}

#[test]
fn parked_the_customer_is_let_go_and_nobody_picks_them_up() {
    check(
        ann_talks(),
        "ann transfer park\nbob end c1\nbob pick_up c1\nreleased c1\n+120s",
        expect![[r#"
            ann transfer park
                ann parks the customer for anybody
                handling over handling1 Transferred
                left ann.on by Agent HungUp
                → room1 v3: play2→c1 play2[music ∞]
                wrap-up 30s
                → ok
            bob end c1
                transfer Dropped
                → release c1 Normal
                → close room1
                → ok
            bob pick_up c1
                → refused OfferOver
            released c1
                left c1 by System HungUp
            +120s
                (wrap_up)
                wrap-up over DeadlinePassed
                ended by System HungUp
        "#]],
    );
}

#[test]
fn in_a_queue_and_in_a_flow_no_place_is_kept() {
    check(
        with_ready(&[]),
        "call c1 4002\nup c1\ncall c2 4001\nup c2\nann end c1\nreleased c1\nann end c2\nreleased c2",
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
                queued sales seg2 NobodySignedIn
            call c2 4001
                started 4001 Zh
                joined c2 Customer
                → answer c2
                → resolve customer
            up c2
                answered c2
                node 0 in seg3
                office open Weekly
                node 0 exit Open
                node 1 in seg3
                → room2 v1: play2→c2 play2[welcome/Zh]
            ann end c1
                left queue seg2 Failed
                → release c1 Normal
                → close room1
                → ok
            released c1
                left c1 by System HungUp
                ended by System HungUp
            ann end c2
                node 1 exit Failed
                → release c2 Normal
                → close room2
                → ok
            released c2
                left c2 by System HungUp
                ended by System HungUp
        "#]],
    );
}

#[test]
fn while_an_agent_talks_or_a_desk_rings_it_is_refused() {
    check(
        ann_talks(),
        "bob end c1\nann end c1\nann transfer bob\nbob end c1\nbob accept\nann end c1\nbob hang_up\nann end c1\nreleased c1\nann end c1",
        expect![[r#"
            bob end c1
                → refused WrongState
            ann end c1
                → refused WrongState
            ann transfer bob
                ann hands over to bob
                handling over handling1 Transferred
                left ann.on by Agent HungUp
                → room1 v3: play2→c1 play2[music ∞]
                offered offer2 to bob Transferred of 1 idle 0s
                wrap-up 30s
                → ok
            bob end c1
                → refused WrongState
            bob accept
                offer over offer2 Accepted
                transfer Completed
                handling handling2 bob
                joined bob.on Agent
                → room1 v4: c1→bob.on bob.on→c1
                → ok
            ann end c1
                → refused WrongState
            bob hang_up
                handling over handling2 AgentHungUp
                left bob.on by Agent HungUp
                → release c1 Normal
                → close room1
                wrap-up 30s
                → ok
            ann end c1
                → refused WrongState
            released c1
                left c1 by Agent HungUp
            ann end c1
                → refused WrongState
        "#]],
    );
}
