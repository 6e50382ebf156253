//! After-call work.

use expect_test::expect;

use super::script::check_ready;

#[test]
fn a_disposition_in_talk_and_again_in_wrap_up() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         ann dispose solved
         gone c1
         ann dispose solved
         ann dispose nonsense
         ann finish
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
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            ann dispose solved
                disposed solved
                → ok
            gone c1
                handling over handling1 CustomerHungUp
                left ann.on by Customer HungUp
                wrap-up 30s
                left c1 by Customer HungUp
                → close room1
            ann dispose solved
                disposed solved
                → ok
            ann dispose nonsense
                → refused UnknownReference
            ann finish
                wrap-up over Finished
                ended by Customer HungUp
                → ok
            ann dispose solved
                → refused HandlingOver
            ann finish
                → refused HandlingOver
        "#]],
    );
}

#[test]
fn what_does_not_fit_wrap_up() {
    check_ready(
        "call c1 4002
         up c1
         ann finish
         ann accept
         ann finish
         gone c1
         ann hold
         ann resume
         ann mute
         ann hang_up",
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
            ann finish
                → refused HandlingOver
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            ann finish
                → refused WrongState
            gone c1
                handling over handling1 CustomerHungUp
                left ann.on by Customer HungUp
                wrap-up 30s
                left c1 by Customer HungUp
                → close room1
            ann hold
                → refused WrongState
            ann resume
                → refused WrongState
            ann mute
                → refused WrongState
            ann hang_up
                → refused WrongState
        "#]],
    );
}

#[test]
fn the_agent_is_free_at_the_deadline() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         gone c1
         call c2 4002
         up c2
         +30s",
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
            +30s
                (wrap_up)
                wrap-up over DeadlinePassed
                ended by Customer HungUp
                offered offer2 to ann OnlyEligible of 1 idle 0s
        "#]],
    );
}
