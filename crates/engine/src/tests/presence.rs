//! Signing in and out, ready and not ready.

use expect_test::expect;

use super::script::{check, check_ready};

#[test]
fn asking_for_what_is_so_changes_nothing() {
    check_ready(
        "ann sign_in
         ann ready
         ann not_ready break
         ann not_ready break
         ann not_ready
         ann sign_out
         ann sign_out",
        expect![[r#"
            ann sign_in
                → ok
            ann ready
                → ok
            ann not_ready break
                ann not ready Self_ break
                → ok
            ann not_ready break
                → ok
            ann not_ready
                ann not ready Self_
                → ok
            ann sign_out
                ann signed out Self_
                → ok
            ann sign_out
                → ok
        "#]],
    );
}

#[test]
fn refusals() {
    check(
        "ann ready
         ann not_ready
         ann sign_in
         ann ready
         ann not_ready nonsense
         ann accept
         ann decline
         ann hold
         ann finish",
        expect![[r#"
            ann ready
                → refused NotSignedIn
            ann not_ready
                → refused NotSignedIn
            ann sign_in
                ann signed in
                → ok
            ann ready
                → refused NoDevice
            ann not_ready nonsense
                → refused UnknownReference
            ann accept
                → refused OfferOver
            ann decline
                → refused OfferOver
            ann hold
                → refused HandlingOver
            ann finish
                → refused HandlingOver
        "#]],
    );
}

#[test]
fn no_sign_out_with_work_in_hand() {
    check_ready(
        "call c1 4002
         up c1
         ann sign_out
         ann accept
         ann sign_out
         gone c1
         ann sign_out",
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
            ann sign_out
                → refused WorkInHand
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            ann sign_out
                → refused WorkInHand
            gone c1
                handling over handling1 CustomerHungUp
                left ann.on by Customer HungUp
                wrap-up 30s
                left c1 by Customer HungUp
                → close room1
            ann sign_out
                wrap-up over SignedOut
                ended by Customer HungUp
                ann signed out Self_
                → ok
        "#]],
    );
}

#[test]
fn ready_and_not_ready_in_wrap_up_count_from_its_end() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         gone c1
         ann not_ready break
         ann ready
         +31s
         +5s
         call c2 4002
         up c2",
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
            ann not_ready break
                ann not ready Self_ break
                → ok
            ann ready
                ann ready
                → ok
            +31s
                (wrap_up)
                wrap-up over DeadlinePassed
                ended by Customer HungUp
            +5s
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
                offered offer2 to ann OnlyEligible of 1 idle 6s
        "#]],
    );
}
