//! Agents with SIP phones: the offer at the phone, its own keys, and every race between them.

use expect_test::{Expect, expect};

use super::script::{World, settings};

/// Ann at work with her SIP phone, ready.
pub(super) fn at_desk() -> World {
    let mut world = World::new(settings());
    world.run("sip desk on\npage ann on\nann sign_in\nann use desk\nann ready");
    world
}

/// The same with a caller whose offer rings at the phone.
pub(super) fn ringing() -> World {
    let mut world = at_desk();
    world.run("call c1 4002\nup c1");
    world
}

pub(super) fn talking() -> World {
    let mut world = ringing();
    world.run("up desk.1");
    world
}

pub(super) fn check(mut world: World, script: &str, expect: Expect) {
    expect.assert_eq(&world.run(script));
}

#[test]
fn the_phone_rings_with_the_offer_and_answering_it_accepts() {
    check(
        at_desk(),
        "call c1 4002\nup c1\nrings desk.1\nup desk.1\ngone c1",
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
            → dial desk.1 desk as 13800138000
        rings desk.1
        up desk.1
            offer over offer1 Accepted
            left queue seg2 Answered
            handling handling1 ann
            joined desk.1 Agent
            → room1 v2: c1→desk.1 desk.1→c1
        gone c1
            handling over handling1 CustomerHungUp
            left desk.1 by Customer HungUp
            → release desk.1 Normal
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
    "#]],
    );
}

#[test]
fn declining_at_the_phone_declines_the_offer() {
    check(
        ringing(),
        "gone desk.1 declined",
        expect![[r#"
        gone desk.1 declined
            offer over offer1 Declined
            ann not ready OfferDeclined
            queued sales seg2 front NobodyReady
    "#]],
    );
    // A phone that rang and then says "busy" was declined by a key of its own.
    check(
        ringing(),
        "rings desk.1\ngone desk.1 busy",
        expect![[r#"
        rings desk.1
        gone desk.1 busy
            offer over offer1 Declined
            ann not ready OfferDeclined
            queued sales seg2 front NobodyReady
    "#]],
    );
}

#[test]
fn a_phone_that_is_busy_without_ringing_declines_nothing() {
    check(
        ringing(),
        "gone desk.1 busy",
        expect![[r#"
        gone desk.1 busy
            offer over offer1 Busy
            ann not ready PhoneBusy
            queued sales seg2 front NobodyReady
    "#]],
    );
}

#[test]
fn a_phone_that_says_nobody_is_there_counts_as_unanswered() {
    check(
        ringing(),
        "gone desk.1 no_answer",
        expect![[r#"
        gone desk.1 no_answer
            offer over offer1 Unanswered
            ann not ready OfferUnanswered
            queued sales seg2 front NobodyReady
    "#]],
    );
}

#[test]
fn a_phone_that_cannot_be_rung_is_lost_and_its_agent_not_ready() {
    check(
        ringing(),
        "gone desk.1 unreachable",
        expect![[r#"
        gone desk.1 unreachable
            offer over offer1 DeviceLost
            ann not ready DeviceLost
            queued sales seg2 front NobodyReady
    "#]],
    );
}

#[test]
fn the_ring_deadline_cancels_the_phone_and_a_late_answer_changes_nothing() {
    check(
        ringing(),
        "+20s\nup desk.1\ngone desk.1",
        expect![[r#"
        +20s
            (ring)
            offer over offer1 Unanswered
            → release desk.1 Normal
            ann not ready OfferUnanswered
            queued sales seg2 front NobodyReady
        up desk.1
        gone desk.1
    "#]],
    );
}

#[test]
fn a_customer_who_hangs_up_while_it_rings_silences_the_phone_and_a_crossing_answer_is_late() {
    check(
        ringing(),
        "gone c1\nup desk.1\ngone desk.1",
        expect![[r#"
        gone c1
            offer over offer1 CustomerLeft
            → release desk.1 Normal
            left queue seg2 Abandoned
            left c1 by Customer HungUp
            → close room1
            ended by Customer HungUp
        up desk.1
        gone desk.1
    "#]],
    );
}

#[test]
fn the_desks_button_makes_a_phone_that_can_answer_itself_and_asks_others_to_be_picked_up() {
    check(
        ringing(),
        "ann accept\nann accept\ngone desk.1 declined\nup desk.2",
        expect![[r#"
        ann accept
            → release desk.1 Normal
            → dial desk.2 desk as 13800138000 to answer itself
            → ok
        ann accept
            → ok
        gone desk.1 declined
        up desk.2
            offer over offer1 Accepted
            left queue seg2 Answered
            handling handling1 ann
            joined desk.2 Agent
            → room1 v2: c1→desk.2 desk.2→c1
    "#]],
    );
    let mut world = World::new(settings());
    world.run("sip bobs on\npage bob on\nbob sign_in\nbob use bobs\nbob ready\ncall c1 4002\nup c1");
    check(
        world,
        "bob accept\nup bobs.1",
        expect![[r#"
        bob accept
            → refused AtPhone
        up bobs.1
            offer over offer1 Accepted
            left queue seg2 Answered
            handling handling1 bob
            joined bobs.1 Agent
            → room1 v2: c1→bobs.1 bobs.1→c1
    "#]],
    );
}

#[test]
fn an_answer_that_crosses_the_desks_button_is_let_go_for_the_new_call() {
    check(
        ringing(),
        "ann accept\nup desk.1\nup desk.2",
        expect![[r#"
        ann accept
            → release desk.1 Normal
            → dial desk.2 desk as 13800138000 to answer itself
            → ok
        up desk.1
        up desk.2
            offer over offer1 Accepted
            left queue seg2 Answered
            handling handling1 ann
            joined desk.2 Agent
            → room1 v2: c1→desk.2 desk.2→c1
    "#]],
    );
}

#[test]
fn declining_at_the_desk_silences_the_phone() {
    check(
        ringing(),
        "ann decline",
        expect![[r#"
        ann decline
            offer over offer1 Declined
            → release desk.1 Normal
            ann not ready OfferDeclined
            queued sales seg2 front NobodyReady
            → ok
    "#]],
    );
}

#[test]
fn the_phones_own_hold_key_is_the_agents_hold() {
    check(
        talking(),
        "peer_hold desk.1 on\nann resume\npeer_hold desk.1 off",
        expect![[r#"
        peer_hold desk.1 on
            held
            → room1 v3: play2→c1 play2[music ∞]
        ann resume
            → refused AtPhone
        peer_hold desk.1 off
            resumed
            → room1 v4: c1→desk.1 desk.1→c1
    "#]],
    );
}

#[test]
fn hanging_up_the_phone_and_hanging_up_at_the_desk_are_the_same() {
    check(
        talking(),
        "gone desk.1\nreleased c1\nann finish",
        expect![[r#"
        gone desk.1
            handling over handling1 AgentHungUp
            left desk.1 by Agent HungUp
            → release c1 Normal
            → close room1
            wrap-up 30s
        released c1
            left c1 by Agent HungUp
        ann finish
            wrap-up over Finished
            ended by Agent HungUp
            → ok
    "#]],
    );
    check(
        talking(),
        "ann hang_up\nreleased c1\ngone desk.1\nann finish",
        expect![[r#"
        ann hang_up
            handling over handling1 AgentHungUp
            left desk.1 by Agent HungUp
            → release desk.1 Normal
            → release c1 Normal
            → close room1
            wrap-up 30s
            → ok
        released c1
            left c1 by Agent HungUp
        gone desk.1
        ann finish
            wrap-up over Finished
            ended by Agent HungUp
            → ok
    "#]],
    );
}

#[test]
fn the_choice_is_refused_while_working_and_for_somebody_elses_phone() {
    check(
        ringing(),
        "ann use browser\nann use bobs",
        expect![[r#"
        ann use browser
            → refused WorkInHand
        ann use bobs
            → refused UnknownReference
    "#]],
    );
    check(
        talking(),
        "ann use browser",
        expect![[r#"
        ann use browser
            → refused WorkInHand
    "#]],
    );
}
