//! Agents hear themselves: by the browser, by a SIP phone, until they have had enough or work comes.

use expect_test::expect;

use super::run::{check, check_ready};
use super::telephone::at_desk;

#[test]
fn an_agent_hears_themselves_until_they_stop_it_or_for_half_a_minute() {
    check_ready(
        "ann echo\nann no_echo\nann no_echo\nann echo\n+30s",
        expect![[r#"
        ann echo
            → room1 v1: ann.on→ann.on
            → ok
        ann no_echo
            → close room1
            → ok
        ann no_echo
            → ok
        ann echo
            → room2 v1: ann.on→ann.on
            → ok
        +30s
            (echo)
            → close room2
    "#]],
    );
}

#[test]
fn an_offer_ends_it() {
    check_ready(
        "ann echo\ncall c1 4002\nup c1\nann accept",
        expect![[r#"
        ann echo
            → room1 v1: ann.on→ann.on
            → ok
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            node 0 exit Next
            → room2 v1: play1→c1 play1[music ∞]
            queued sales seg2
            → close room1
            offered offer1 to ann OnlyEligible of 1 idle 0s
        ann accept
            offer over offer1 Accepted
            left queue seg2 Answered
            handling handling1 ann
            joined ann.on Agent
            → room2 v2: c1→ann.on ann.on→c1
            → ok
    "#]],
    );
}

#[test]
fn nobody_tries_the_sound_in_a_call_and_everybody_may_in_the_wrap_up() {
    check_ready(
        "call c1 4002\nup c1\nann echo\nann accept\nann echo\nann hang_up\nann echo",
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
        ann echo
            → refused WorkInHand
        ann accept
            offer over offer1 Accepted
            left queue seg2 Answered
            handling handling1 ann
            joined ann.on Agent
            → room1 v2: c1→ann.on ann.on→c1
            → ok
        ann echo
            → refused WorkInHand
        ann hang_up
            handling over handling1 AgentHungUp
            left ann.on by Agent HungUp
            → release c1 Normal
            → close room1
            wrap-up 30s
            → ok
        ann echo
            → room2 v1: ann.on→ann.on
            → ok
    "#]],
    );
}

#[test]
fn a_sip_phone_is_rung_for_it_and_its_hanging_up_ends_it() {
    let mut world = at_desk();
    expect![[r#"
        ann echo
            → dial desk.1 desk as 101 to answer itself
            → ok
        up desk.1
            → room1 v1: desk.1→desk.1
        gone desk.1
            → close room1
        ann echo
            → dial desk.2 desk as 101 to answer itself
            → ok
        up desk.2
            → room2 v1: desk.2→desk.2
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            node 0 exit Next
            → room3 v1: play1→c1 play1[music ∞]
            queued sales seg2
            → close room2
            → release desk.2 Normal
            offered offer1 to ann OnlyEligible of 1 idle 0s
            → dial desk.3 desk as 13800138000
    "#]]
    .assert_eq(&world.run("ann echo\nup desk.1\ngone desk.1\nann echo\nup desk.2\ncall c1 4002\nup c1"));
}

#[test]
fn without_a_phone_nothing_is_heard() {
    check(
        "page ann on\nann sign_in\nann echo",
        expect![[r#"
        page ann on
        ann sign_in
            ann signed in
            → ok
        ann echo
            → refused NoDevice
    "#]],
    );
    check_ready(
        "ann echo\nphone ann off",
        expect![[r#"
        ann echo
            → room1 v1: ann.on→ann.on
            → ok
        phone ann off
            → close room1
            ann device off
    "#]],
    );
}
