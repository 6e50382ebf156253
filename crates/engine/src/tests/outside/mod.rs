//! Customers handed over to somebody outside: they answer, do not, hang up, are lost.

mod asked;
mod by_phone;
mod torn_off;

use expect_test::{Expect, expect};

use super::transfer::ann_talks;

fn after(script: &str, expect: Expect) {
    expect.assert_eq(&ann_talks().run(script));
}

#[test]
fn the_far_side_answers_and_the_two_talk_when_the_agent_is_long_done() {
    after(
        "ann transfer 021\nrings far.1\nup far.1\nann finish\ngone c1",
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
        up far.1
            joined far.1 Outside
            answered far.1
            transfer Completed
            → room1 v4: c1→far.1 far.1→c1
        ann finish
            wrap-up over Finished
            → ok
        gone c1
            left far.1 by Customer HungUp
            → release far.1 Normal
            left c1 by Customer HungUp
            → close room1
            ended by Customer HungUp
    "#]],
    );
}

#[test]
fn the_far_side_hangs_up_and_the_customer_is_let_go() {
    after(
        "ann transfer 021\nup far.1\ngone far.1\nreleased c1\nann finish",
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
        gone far.1
            left far.1 by Outside HungUp
            → release c1 Normal
            → close room1
        released c1
            left c1 by Outside HungUp
        ann finish
            wrap-up over Finished
            ended by Outside HungUp
            → ok
    "#]],
    );
}

#[test]
fn what_the_far_side_sends_before_it_answers_does_not_stop_the_music() {
    after(
        "ann hold\nann transfer 021\nheard far.1\nup far.1",
        expect![[r#"
        ann hold
            held
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        ann transfer 021
            ann hands over to somebody outside
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v4: play2→c1 play2[music ∞]
            → dial far.1 021 by carrier as 4002
            wrap-up 30s
            → ok
        heard far.1
        up far.1
            joined far.1 Outside
            answered far.1
            transfer Completed
            → room1 v5: c1→far.1 far.1→c1
    "#]],
    );
}

#[test]
fn busy_declined_and_unreachable_give_the_customer_back_to_the_sender() {
    after(
        "ann transfer 021\ngone far.1 busy\nann accept",
        expect![[r#"
        ann transfer 021
            ann hands over to somebody outside
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            → dial far.1 021 by carrier as 4002
            wrap-up 30s
            → ok
        gone far.1 busy
            transfer Busy
            wrap-up over CustomerBack
            offered offer2 to ann Returned of 1 idle 0s
        ann accept
            offer over offer2 Accepted
            handling handling2 ann
            joined ann.on Agent
            → room1 v4: c1→ann.on ann.on→c1
            → ok
    "#]],
    );
    after(
        "ann transfer 021\ngone far.1 declined",
        expect![[r#"
        ann transfer 021
            ann hands over to somebody outside
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            → dial far.1 021 by carrier as 4002
            wrap-up 30s
            → ok
        gone far.1 declined
            transfer Declined
            wrap-up over CustomerBack
            offered offer2 to ann Returned of 1 idle 0s
    "#]],
    );
    after(
        "ann transfer 021\nfailed far.1",
        expect![[r#"
        ann transfer 021
            ann hands over to somebody outside
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            → dial far.1 021 by carrier as 4002
            wrap-up 30s
            → ok
        failed far.1
            transfer Unreachable
            wrap-up over CustomerBack
            offered offer2 to ann Returned of 1 idle 0s
    "#]],
    );
}

#[test]
fn nobody_answers_in_time_and_the_sender_is_away() {
    after(
        "ann transfer 021\nphone ann off\n+75s\nup far.1\ngone far.1",
        expect![[r#"
        ann transfer 021
            ann hands over to somebody outside
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            → dial far.1 021 by carrier as 4002
            wrap-up 30s
            → ok
        phone ann off
            ann device off
        +75s
            (wrap_up)
            wrap-up over DeadlinePassed
            ann signed out GraceExpired
            (dial)
            → release far.1 Normal
            transfer NoAnswer
            → room1 v4: play3→c1 play3[music ∞]
            queued sales seg2 front NobodyReady
        up far.1
        gone far.1
    "#]],
    );
}

#[test]
fn the_customer_leaves_while_it_rings() {
    after(
        "ann transfer 021\nrings far.1\ngone c1\nup far.1\ngone far.1",
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
        gone c1
            → release far.1 Normal
            transfer CustomerLeft
            left c1 by Customer HungUp
            → close room1
        up far.1
        gone far.1
    "#]],
    );
}

#[test]
fn what_is_typed_may_be_a_colleague_or_a_number_of_ours() {
    after(
        "ann transfer 102",
        expect![[r#"
        ann transfer 102
            ann hands over to bob
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            offered offer2 to bob Transferred of 1 idle 0s
            wrap-up 30s
            → ok
    "#]],
    );
    after(
        "ann transfer 4002",
        expect![[r#"
        ann transfer 4002
            ann hands over to flow 602
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            transfer Completed
            → room1 v3: silence
            node 0 in seg3
            node 0 exit Next
            → room1 v4: play2→c1 play2[music ∞]
            queued sales seg4 AllBusy
            wrap-up 30s
            → ok
    "#]],
    );
}

#[test]
fn what_may_not_be_dialled_is_refused_and_nothing_happens() {
    after(
        "ann transfer 13800138000\nann transfer call-me\nann transfer 101\nann consult 4003\nann consult 101",
        expect![[r#"
        ann transfer 13800138000
            → refused NotAllowed
        ann transfer call-me
            → refused BadNumber
        ann transfer 101
            → refused UnknownReference
        ann consult 4003
            → refused NotAllowed
        ann consult 101
            → refused UnknownReference
    "#]],
    );
}

#[test]
fn no_sound_from_outside_ends_the_call_for_both() {
    after(
        "ann transfer 021\nup far.1\nlost far.1\nreleased far.1\nreleased c1",
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
        lost far.1
            left far.1 by Network MediaLost
            → release far.1 Normal
            → release c1 Normal
            → close room1
        released far.1
        released c1
            left c1 by Network MediaLost
    "#]],
    );
}

#[test]
fn the_customers_line_is_lost_while_the_two_talk() {
    after(
        "ann transfer 021\nup far.1\nlost c1\nreleased far.1\nreleased c1",
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
        lost c1
            left far.1 by Network MediaLost
            → release far.1 Normal
            → release c1 Normal
            → close room1
        released far.1
        released c1
            left c1 by Network MediaLost
    "#]],
    );
}

#[test]
fn the_far_side_holds_and_comes_back() {
    after(
        "ann transfer 021\npeer_hold far.1 on\nup far.1\npeer_hold far.1 on\npeer_hold far.1 off\nup far.1",
        expect![[r#"
        ann transfer 021
            ann hands over to somebody outside
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            → dial far.1 021 by carrier as 4002
            wrap-up 30s
            → ok
        peer_hold far.1 on
        up far.1
            joined far.1 Outside
            answered far.1
            transfer Completed
            → room1 v4: c1→far.1 far.1→c1
        peer_hold far.1 on
            peer held true
        peer_hold far.1 off
            peer held false
        up far.1
    "#]],
    );
}

#[test]
fn two_who_forgot_to_hang_up_are_let_go_after_hours() {
    after(
        "ann transfer 021\nup far.1\nann finish\n+14400s\nreleased far.1\nreleased c1",
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
        +14400s
            (forward)
            left far.1 by System HungUp
            → release far.1 Normal
            → release c1 Normal
            → close room1
        released far.1
        released c1
            left c1 by System HungUp
            ended by System HungUp
    "#]],
    );
}

#[test]
fn a_line_that_says_a_sentence_and_then_rings_goes_on_ringing() {
    after(
        "ann transfer 021\nheard far.1\nlost far.1\nup far.1",
        expect![[r#"
        ann transfer 021
            ann hands over to somebody outside
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            → dial far.1 021 by carrier as 4002
            wrap-up 30s
            → ok
        heard far.1
        lost far.1
        up far.1
            joined far.1 Outside
            answered far.1
            transfer Completed
            → room1 v4: c1→far.1 far.1→c1
    "#]],
    );
}
