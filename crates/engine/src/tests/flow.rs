//! Callers in the flow: keys, prompts, hours, and every way out.

use expect_test::expect;

use super::script::{World, check, settings};

#[test]
fn a_key_in_the_greeting_is_kept_for_the_menu() {
    check(
        "call c1 4001
         up c1
         key c1 2",
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
        "#]],
    );
}

#[test]
fn the_report_of_the_stopped_greeting_comes_before_the_key() {
    check(
        "call c1 4001
         up c1
         played c1 barged
         key c1 2
         played c1 barged",
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
            played c1 barged
                node 1 exit Next
                node 2 in seg1
                → room1 v2: play2→c1 play2[menu/Zh]
            key c1 2
                node 2 exit Choice(1)
                node 4 in seg1
                node 4 exit Next
                → room1 v3: play3→c1 play3[music ∞]
                queued help seg2 NobodySignedIn
            played c1 barged
        "#]],
    );
}

#[test]
fn two_keys_typed_ahead_pass_two_menus() {
    check(
        "call c1 4001
         up c1
         key c1 91",
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
            key c1 91
                node 1 exit Next
                node 2 in seg1
                node 2 exit Choice(3)
                node 8 in seg1
                → room1 v2: play2→c1 play2[second/Zh]
                node 8 exit Choice(0)
                node 3 in seg1
                node 3 exit Next
                → room1 v3: play3→c1 play3[music ∞]
                queued sales seg2 NobodySignedIn
        "#]],
    );
}

#[test]
fn a_wrong_key_is_told_and_the_last_one_ends_the_call() {
    check(
        "call c1 4001
         up c1
         played c1
         key c1 7
         key c1 8
         released c1",
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
            played c1
                node 1 exit Next
                node 2 in seg1
                → room1 v2: play2→c1 play2[menu/Zh]
            key c1 7
                → room1 v3: play3→c1 play3[invalid/Zh menu/Zh]
            key c1 8
                node 2 exit Invalid
                node 7 in seg1
                node 7 exit Next
                → release c1 Normal
                → close room1
            released c1
                left c1 by System FlowEnded
                ended by System FlowEnded
        "#]],
    );
}

#[test]
fn a_time_out_is_told_and_the_last_one_has_its_own_way() {
    check(
        "call c1 4001
         up c1
         played c1
         played c1
         +5s
         played c1
         +5s",
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
            played c1
                node 1 exit Next
                node 2 in seg1
                → room1 v2: play2→c1 play2[menu/Zh]
            played c1
            +5s
                (menu)
                → room1 v3: play3→c1 play3[no_input/Zh menu/Zh]
            played c1
            +5s
                (menu)
                node 2 exit Timeout
                node 4 in seg1
                node 4 exit Next
                → room1 v4: play4→c1 play4[music ∞]
                queued help seg2 NobodySignedIn
        "#]],
    );
}

#[test]
fn a_prompt_stopped_by_a_lost_key_still_times_out() {
    check(
        "call c1 4001
         up c1
         played c1
         played c1 barged
         +5s",
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
            played c1
                node 1 exit Next
                node 2 in seg1
                → room1 v2: play2→c1 play2[menu/Zh]
            played c1 barged
            +5s
                (menu)
                → room1 v3: play3→c1 play3[no_input/Zh menu/Zh]
        "#]],
    );
}

#[test]
fn another_language_speaks_another_language() {
    check(
        "call c1 4001
         up c1
         played c1
         key c1 3",
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
            played c1
                node 1 exit Next
                node 2 in seg1
                → room1 v2: play2→c1 play2[menu/Zh]
            key c1 3
                node 2 exit Choice(2)
                node 6 in seg1
                node 6 exit Next
                node 2 in seg1
                → room1 v3: play3→c1 play3[menu/En]
        "#]],
    );
}

#[test]
fn a_flow_that_never_waits_is_stopped() {
    let written = World::new(settings()).run("call c1 4003\nup c1\nreleased c1");
    assert_eq!(written.matches("node 0 in").count(), 64);
    assert_eq!(written.matches("node 0 exit").count(), 64);
    assert!(written.ends_with("ended by System FlowFailed\n"), "{written}");
}

#[test]
fn a_missing_flow_ends_the_call() {
    check(
        "call c1 4004
         up c1
         released c1",
        expect![[r#"
            call c1 4004
                started 4004 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                → release c1 InternalFault
                → close room1
            released c1
                left c1 by System FlowFailed
                ended by System FlowFailed
        "#]],
    );
}

#[test]
fn an_unknown_number_is_refused() {
    check(
        "call c1 4999
         released c1",
        expect![[r#"
            call c1 4999
                started unknown number
                → refuse c1 UnknownNumber
            released c1
                ended by System UnknownNumber
        "#]],
    );
}

#[test]
fn the_caller_cancels_before_the_answer() {
    check(
        "call c1 4001
         gone c1 cancelled
         up c1
         gone c1",
        expect![[r#"
            call c1 4001
                started 4001 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            gone c1 cancelled
                left c1 by Customer Cancelled
                ended by Customer Cancelled
            up c1
            gone c1
        "#]],
    );
}

#[test]
fn the_caller_hangs_up_in_the_menu() {
    check(
        "call c1 4001
         up c1
         played c1
         played c1
         gone c1
         +60s",
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
            played c1
                node 1 exit Next
                node 2 in seg1
                → room1 v2: play2→c1 play2[menu/Zh]
            played c1
            gone c1
                node 2 exit CustomerLeft
                left c1 by Customer HungUp
                → close room1
                ended by Customer HungUp
            +60s
        "#]],
    );
}

#[test]
fn the_answer_crosses_the_hang_up_of_a_failed_leg() {
    check(
        "call c1 4001
         failed c1
         up c1
         released c1",
        expect![[r#"
            call c1 4001
                started 4001 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            failed c1
                → release c1 InternalFault
            up c1
            released c1
                left c1 by System Unreachable
                ended by System Unreachable
        "#]],
    );
}
