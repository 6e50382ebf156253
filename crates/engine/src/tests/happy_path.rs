//! From the dialled number to the end of wrap-up.

use expect_test::expect;

use super::script::{check, check_ready};

#[test]
fn from_sign_in_to_the_offer() {
    check(
        "page ann on
         phone ann on
         ann sign_in
         ann ready
         +60s
         call c1 4001
         up c1
         key c1 1",
        expect![[r#"
            page ann on
            phone ann on
                ann device on
            ann sign_in
                ann signed in
                → ok
            ann ready
                ann ready
                → ok
            +60s
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
            key c1 1
                node 1 exit Next
                node 2 in seg1
                node 2 exit Choice(0)
                node 3 in seg1
                node 3 exit Next
                → room1 v2: play2→c1 play2[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 60s
        "#]],
    );
}

#[test]
fn from_the_offer_to_the_end_of_wrap_up() {
    check_ready(
        "call c1 4002
         up c1
         +3s
         ann accept
         +10s
         gone c1
         ann dispose solved
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
            +3s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            +10s
            gone c1
                handling over handling1 CustomerHungUp
                left ann.on by Customer HungUp
                wrap-up 30s
                left c1 by Customer HungUp
                → close room1
            ann dispose solved
                disposed solved
                → ok
            ann finish
                wrap-up over Finished
                ended by Customer HungUp
                → ok
        "#]],
    );
}

#[test]
fn the_agent_hangs_up_and_wrap_up_runs_out() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         ann hang_up
         released c1
         +31s",
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
            ann hang_up
                handling over handling1 AgentHungUp
                left ann.on by Agent HungUp
                → release c1 Normal
                → close room1
                wrap-up 30s
                → ok
            released c1
                left c1 by Agent HungUp
            +31s
                (wrap_up)
                wrap-up over DeadlinePassed
                ended by Agent HungUp
        "#]],
    );
}
