//! Customers in a queue: music, order, and the end of patience.

use expect_test::expect;

use super::script::{check, check_ready};

#[test]
fn nobody_signed_in_then_somebody_ready() {
    check(
        "call c1 4002
         up c1
         page ann on
         phone ann on
         ann sign_in
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
                queued sales seg2 NobodySignedIn
            page ann on
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

#[test]
fn the_reasons_to_wait() {
    check(
        "call c1 4002
         up c1
         phone ann on
         ann sign_in
         call c2 4002
         up c2
         ann ready
         call c3 4002
         up c3",
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
            phone ann on
                ann device on
            ann sign_in
                ann signed in
                → ok
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
            ann ready
                ann ready
                → ok
                offered offer1 to ann OnlyEligible of 1 idle 0s
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
                queued sales seg6 NotFirst
        "#]],
    );
}

#[test]
fn two_callers_and_one_agent() {
    check_ready(
        "call c1 4002
         up c1
         call c2 4002
         up c2
         ann accept
         gone c1
         ann finish
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
                offered offer2 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer2 Accepted
                left queue seg4 Answered
                handling handling2 ann
                joined ann.on Agent
                → room2 v2: c2→ann.on ann.on→c2
                → ok
        "#]],
    );
}

#[test]
fn the_caller_hangs_up_while_waiting() {
    check(
        "call c1 4002
         up c1
         +7s
         gone c1",
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
            +7s
            gone c1
                left queue seg2 Abandoned
                left c1 by Customer HungUp
                → close room1
                ended by Customer HungUp
        "#]],
    );
}

#[test]
fn the_network_fails_while_waiting() {
    check(
        "call c1 4002
         up c1
         +7s
         gone c1 network",
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
            +7s
            gone c1 network
                left queue seg2 Failed
                place kept 300s
                left c1 by Network Timeout
                → close room1
                ended by Network Timeout
        "#]],
    );
}

#[test]
fn no_audio_arrives_while_waiting() {
    check(
        "call c1 4002
         up c1
         lost c1
         lost c1
         released c1",
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
            lost c1
                left queue seg2 Failed
                place kept 300s
                → release c1 Normal
                → close room1
            lost c1
            released c1
                left c1 by Network MediaLost
                ended by Network MediaLost
        "#]],
    );
}
