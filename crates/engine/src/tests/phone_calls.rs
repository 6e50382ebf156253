//! Calls begun at a SIP phone: somebody is called, a colleague is asked about the customer, and the phone's transfer key joins the two.

use expect_test::{Expect, expect};

use super::script::{World, ready};
use super::telephone::{at_desk, talking};

/// Ann talks by her SIP phone, which holds the customer; Bob is at work and not ready.
fn on_hold() -> World {
    let mut world = talking();
    ready(&mut world, "bob");
    world.run("bob not_ready\npeer_hold desk.1 on");
    world
}

/// Ann's phone asks Bob by a second call.
fn asking() -> World {
    let mut world = on_hold();
    world.run("calls p2 desk 102\nup p2");
    world
}

/// Bob has answered.
fn private() -> World {
    let mut world = asking();
    world.run("bob accept");
    world
}

fn check(mut world: World, script: &str, expect: Expect) {
    expect.assert_eq(&world.run(script));
}

#[test]
fn a_number_outside_is_called() {
    check(
        at_desk(),
        "calls p1 desk 02112345678\nup p1\nrings far.1\nup far.1\ngone p1 colleague",
        expect![[r#"
            calls p1 desk 02112345678
                started 4002 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                → answer p1
            up p1
                joined p1 Agent
                → dial far.1 02112345678 by carrier as 4002
            rings far.1
                rings there
                → room1 v1: play1→p1 play1[ringback-cn ∞]
            up far.1
                joined far.1 Customer
                answered far.1
                call over Answered
                → room1 v2: far.1→p1 p1→far.1 listens to far.1 for tones for 20s
            gone p1 colleague
                handling over handling1 AgentHungUp
                left p1 by Agent HungUp
                → release far.1 Normal
                → close room1
                wrap-up 60s
        "#]],
    );
}

#[test]
fn what_leads_nowhere_is_refused_and_forgotten() {
    let mut world = at_desk();
    world.run("sip bobs on\nsip lobby on");
    check(
        world,
        "calls p1 desk 0190\ncalls p2 desk x\ncalls p3 bobs 101\ncalls p4 lobby 101\nann sign_out\ncalls p5 desk 02112345678\n\
         gone p1 colleague",
        expect![[r#"
            calls p1 desk 0190
                → refuse p1 Forbidden
            calls p2 desk x
                → refuse p2 UnknownNumber
            calls p3 bobs 101
                → refuse p3 Forbidden
            calls p4 lobby 101
                → refuse p4 Forbidden
            ann sign_out
                ann signed out Self_
                → ok
            calls p5 desk 02112345678
                → refuse p5 Forbidden
            gone p1 colleague
        "#]],
    );
}

#[test]
fn a_phone_that_hangs_up_before_it_is_connected_calls_nobody() {
    check(
        at_desk(),
        "calls p1 desk 02112345678\ngone p1 cancelled",
        expect![[r#"
        calls p1 desk 02112345678
            started 4002 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            → answer p1
        gone p1 cancelled
            call over Cancelled
            handling over handling1 AgentHungUp
            wrap-up 60s
            → close room1
    "#]],
    );
}

#[test]
fn a_colleague_is_asked_and_takes_the_customer_by_the_transfer_key() {
    check(
        on_hold(),
        "calls p2 desk 102\nup p2\nbob accept\njoins desk.1 p2",
        expect![[r#"
            calls p2 desk 102
                ann asks bob
                → room1 v4: play2→c1 play3→desk.1 play2[music ∞] play3[ringback-cn ∞]
                offered offer2 to bob Consulted of 1 idle 0s
                → answer p2
            up p2
                joined p2 Agent
                → room1 v5: play2→c1 play3→p2 play2[music ∞] play3[ringback-cn ∞]
            bob accept
                offer over offer2 Accepted
                handling handling2 bob
                joined bob.on Agent
                → room1 v6: play2→c1 p2→bob.on bob.on→p2 play2[music ∞]
                → ok
            joins desk.1 p2
                handling over handling1 Transferred
                left desk.1 by Agent HungUp
                → release desk.1 Moved
                left p2 by Agent HungUp
                → release p2 Normal
                transfer Completed
                → room1 v7: c1→bob.on bob.on→c1
                wrap-up 30s
        "#]],
    );
}

#[test]
fn the_other_way_round_and_before_the_colleague_answers() {
    check(
        asking(),
        "joins p2 desk.1\nbob accept",
        expect![[r#"
            joins p2 desk.1
                offer over offer2 Withdrawn
                left p2 by Agent HungUp
                → release p2 Moved
                transfer Dropped
                → room1 v6: play2→c1 play2[music ∞]
                ann hands over to bob
                handling over handling1 Transferred
                left desk.1 by Agent HungUp
                → release desk.1 Normal
                → room1 v7: play2→c1 play2[music ∞]
                offered offer3 to bob Transferred of 1 idle 0s
                wrap-up 30s
            bob accept
                offer over offer3 Accepted
                transfer Completed
                handling handling2 bob
                joined bob.on Agent
                → room1 v8: c1→bob.on bob.on→c1
                → ok
        "#]],
    );
}

#[test]
fn hanging_up_the_second_call_lets_the_colleague_go() {
    check(
        private(),
        "gone p2 colleague\npeer_hold desk.1 off",
        expect![[r#"
            gone p2 colleague
                left p2 by Agent HungUp
                handling over handling2 ConsultEnded
                left bob.on by Agent HungUp
                transfer Dropped
                → room1 v7: play2→c1 play2[music ∞]
            peer_hold desk.1 off
                resumed
                → room1 v8: c1→desk.1 desk.1→c1
        "#]],
    );
}

#[test]
fn the_colleague_hangs_up_and_the_customer_is_still_on_hold() {
    check(
        private(),
        "bob hang_up\npeer_hold desk.1 off",
        expect![[r#"
        bob hang_up
            handling over handling2 AgentHungUp
            left bob.on by Agent HungUp
            left p2 by Agent HungUp
            → release p2 Normal
            transfer ColleagueLeft
            → room1 v7: play2→c1 play2[music ∞]
            → ok
        peer_hold desk.1 off
            resumed
            → room1 v8: c1→desk.1 desk.1→c1
    "#]],
    );
}

#[test]
fn all_three_by_the_desk_and_the_second_call_ends() {
    check(
        private(),
        "ann resume\npeer_hold desk.1 off\nann join\ngone p2 colleague",
        expect![[r#"
            ann resume
                → refused WrongState
            peer_hold desk.1 off
                resumed
                → room1 v7: c1→desk.1 desk.1→c1
            ann join
                all three talk
                → room1 v8: c1→p2 c1→bob.on p2→c1 p2→bob.on bob.on→c1 bob.on→p2
                → ok
            gone p2 colleague
                left p2 by Agent HungUp
                → room1 v9: c1→desk.1 c1→bob.on desk.1→c1 desk.1→bob.on bob.on→c1 bob.on→desk.1
        "#]],
    );
}

#[test]
fn the_customer_leaves_and_both_calls_of_the_phone_end() {
    check(
        private(),
        "gone c1",
        expect![[r#"
        gone c1
            handling over handling2 CustomerHungUp
            left bob.on by Customer HungUp
            left p2 by Agent HungUp
            → release p2 Normal
            transfer CustomerLeft
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
fn the_first_call_is_hung_up_and_the_colleague_has_the_customer() {
    check(
        private(),
        "gone desk.1 colleague",
        expect![[r#"
        gone desk.1 colleague
            handling over handling1 Transferred
            left desk.1 by Agent HungUp
            left p2 by Agent HungUp
            → release p2 Normal
            transfer Completed
            → room1 v7: c1→bob.on bob.on→c1
            wrap-up 30s
    "#]],
    );
}

#[test]
fn a_third_call_and_calls_that_are_not_the_phones_join_nothing() {
    check(
        private(),
        "calls p3 desk 102\njoins desk.1 c1\njoins c1 p2\nrefers desk.1 102",
        expect![[r#"
            calls p3 desk 102
                → refuse p3 Busy
            joins desk.1 c1
                → not moved desk.1 WrongState
            joins c1 p2
                → not moved c1 NotAllowed
            refers desk.1 102
                handling over handling1 Transferred
                left desk.1 by Agent HungUp
                → release desk.1 Moved
                left p2 by Agent HungUp
                → release p2 Normal
                transfer Completed
                → room1 v7: c1→bob.on bob.on→c1
                wrap-up 30s
        "#]],
    );
}

#[test]
fn a_fault_ends_both_calls() {
    check(
        private(),
        "failed c1",
        expect![[r#"
        failed c1
            handling over handling2 InternalFault
            left bob.on by System Unreachable
            left p2 by Agent HungUp
            → release p2 Normal
            transfer Failed
            handling over handling1 InternalFault
            left desk.1 by System Unreachable
            → release desk.1 Normal
            wrap-up 30s
            → release c1 InternalFault
            → close room1
    "#]],
    );
}

#[test]
fn the_phone_goes_back_and_forth_between_its_two_calls() {
    check(
        private(),
        "peer_hold p2 on\npeer_hold desk.1 off\npeer_hold desk.1 on\npeer_hold p2 off\nbob hang_up\npeer_hold desk.1 off",
        expect![[r#"
            peer_hold p2 on
                → room1 v7: play2→c1 desk.1→bob.on bob.on→desk.1 play2[music ∞]
            peer_hold desk.1 off
                resumed
                → room1 v8: c1→desk.1 desk.1→c1
            peer_hold desk.1 on
                held
                → room1 v9: play4→c1 desk.1→bob.on bob.on→desk.1 play4[music ∞]
            peer_hold p2 off
                → room1 v10: play4→c1 p2→bob.on bob.on→p2 play4[music ∞]
            bob hang_up
                handling over handling2 AgentHungUp
                left bob.on by Agent HungUp
                left p2 by Agent HungUp
                → release p2 Normal
                transfer ColleagueLeft
                → room1 v11: play4→c1 play4[music ∞]
                → ok
            peer_hold desk.1 off
                resumed
                → room1 v12: c1→desk.1 desk.1→c1
        "#]],
    );
}

#[test]
fn back_with_the_customer_the_colleague_goes_and_the_talk_goes_on() {
    check(
        private(),
        "peer_hold p2 on\npeer_hold desk.1 off\nbob hang_up",
        expect![[r#"
        peer_hold p2 on
            → room1 v7: play2→c1 desk.1→bob.on bob.on→desk.1 play2[music ∞]
        peer_hold desk.1 off
            resumed
            → room1 v8: c1→desk.1 desk.1→c1
        bob hang_up
            handling over handling2 AgentHungUp
            left bob.on by Agent HungUp
            left p2 by Agent HungUp
            → release p2 Normal
            transfer ColleagueLeft
            → ok
    "#]],
    );
}

#[test]
fn a_call_the_phone_holds_may_be_silent() {
    check(
        private(),
        "lost desk.1\n+40s\njoins desk.1 p2",
        expect![[r#"
        lost desk.1
        +40s
        joins desk.1 p2
            handling over handling1 Transferred
            left desk.1 by Agent HungUp
            → release desk.1 Moved
            left p2 by Agent HungUp
            → release p2 Normal
            transfer Completed
            → room1 v7: c1→bob.on bob.on→c1
            wrap-up 30s
    "#]],
    );
}

#[test]
fn all_three_by_the_second_call_and_what_the_first_plays_is_not_heard() {
    check(
        private(),
        "ann join\ngone p2 colleague\npeer_hold desk.1 off",
        expect![[r#"
            ann join
                resumed
                all three talk
                → room1 v7: c1→p2 c1→bob.on p2→c1 p2→bob.on bob.on→c1 bob.on→p2
                → ok
            gone p2 colleague
                left p2 by Agent HungUp
                → room1 v8: c1→bob.on bob.on→c1
            peer_hold desk.1 off
                → room1 v9: c1→desk.1 c1→bob.on desk.1→c1 desk.1→bob.on bob.on→c1 bob.on→desk.1
        "#]],
    );
}

#[test]
fn a_colleague_who_went_away_while_it_rang_is_not_handed_the_customer() {
    check(
        asking(),
        "page bob off\njoins p2 desk.1\nrefers desk.1 102",
        expect![[r#"
        page bob off
        joins p2 desk.1
            → not moved p2 CalleeUnavailable
        refers desk.1 102
            → not moved desk.1 CalleeUnavailable
    "#]],
    );
}

#[test]
fn the_key_without_the_second_call_hands_over_to_whoever_is_asked() {
    check(
        private(),
        "refers desk.1 102",
        expect![[r#"
        refers desk.1 102
            handling over handling1 Transferred
            left desk.1 by Agent HungUp
            → release desk.1 Moved
            left p2 by Agent HungUp
            → release p2 Normal
            transfer Completed
            → room1 v7: c1→bob.on bob.on→c1
            wrap-up 30s
    "#]],
    );
}
