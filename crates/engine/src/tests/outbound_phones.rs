//! Calls agents make by a SIP phone, and to SIP phones.

use expect_test::expect;

use super::outbound::{browser, check};
use super::script::{World, settings};

/// Ann with her SIP phone, signed in.
fn telephone() -> World {
    let mut world = World::new(settings());
    world.run("sip desk on\npage ann on\nann sign_in\nann use desk");
    world
}

#[test]
fn a_sip_phone_is_called_first_and_then_the_far_side() {
    check(
        telephone(),
        "ann dial 021\nup desk.1\nrings far.1\nup far.1\ngone desk.1\nreleased far.1",
        expect![[r#"
            ann dial 021
                started 4002 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                → dial desk.1 desk as 021 to answer itself
                → ok
            up desk.1
                joined desk.1 Agent
                → dial far.1 021 by carrier as 4002
            rings far.1
                rings there
                → room1 v1: play1→desk.1 play1[ringback-cn ∞]
            up far.1
                joined far.1 Customer
                answered far.1
                call over Answered
                → room1 v2: far.1→desk.1 desk.1→far.1 listens to far.1 for tones for 20s
            gone desk.1
                handling over handling1 AgentHungUp
                left desk.1 by Agent HungUp
                → release far.1 Normal
                → close room1
                wrap-up 60s
            released far.1
                left far.1 by Agent HungUp
        "#]],
    );
}

#[test]
fn a_sip_phone_that_is_not_picked_up_ends_the_attempt_before_anybody_was_called() {
    check(
        telephone(),
        "ann dial 021\ngone desk.1 declined",
        expect![[r#"
        ann dial 021
            started 4002 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            → dial desk.1 desk as 021 to answer itself
            → ok
        gone desk.1 declined
            call over AgentUnavailable
            handling over handling1 AgentLost
            → close room1
            ended by Agent NoAnswer
    "#]],
    );
    check(
        telephone(),
        "ann dial 021\n+75s",
        expect![[r#"
        ann dial 021
            started 4002 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            → dial desk.1 desk as 021 to answer itself
            → ok
        +75s
            (dial)
            call over AgentUnavailable
            handling over handling1 AgentLost
            → release desk.1 Normal
            → close room1
            ended by Agent NoAnswer
    "#]],
    );
}

#[test]
fn a_sip_phone_hung_up_while_it_rings_there_cancels() {
    check(
        telephone(),
        "ann dial 021\nup desk.1\nrings far.1\ngone desk.1\ngone far.1 no_answer",
        expect![[r#"
        ann dial 021
            started 4002 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            → dial desk.1 desk as 021 to answer itself
            → ok
        up desk.1
            joined desk.1 Agent
            → dial far.1 021 by carrier as 4002
        rings far.1
            rings there
            → room1 v1: play1→desk.1 play1[ringback-cn ∞]
        gone desk.1
            call over Cancelled
            handling over handling1 AgentHungUp
            left desk.1 by Agent Cancelled
            wrap-up 60s
            → release far.1 Normal
            → close room1
        gone far.1 no_answer
    "#]],
    );
}

#[test]
fn a_colleague_is_called_by_extension_and_is_offered_nothing_meanwhile() {
    let mut world = browser();
    world.run("sip bobs on\npage bob on\nbob sign_in\nbob use bobs\nbob ready");
    check(
        world,
        "ann dial 102\nrings bobs.1\ncall c1 4002\nup c1\nup bobs.1\nann hang_up\ngone bobs.1",
        expect![[r#"
        ann dial 102
            started unknown number
            ann calls bobs
            handling handling1 ann
            joined ann.on Agent
            → dial bobs.1 bobs as 101
            → ok
        rings bobs.1
            rings there
            → room1 v1: play1→ann.on play1[ringback-cn ∞]
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            node 0 exit Next
            → room2 v1: play2→c1 play2[music ∞]
            queued sales seg2 AllBusy
        up bobs.1
            joined bobs.1 Customer
            answered bobs.1
            call over Answered
            → room1 v2: bobs.1→ann.on ann.on→bobs.1
        ann hang_up
            handling over handling1 AgentHungUp
            left ann.on by Agent HungUp
            → release bobs.1 Normal
            → close room1
            wrap-up 60s
            → ok
        gone bobs.1
            left bobs.1 by Agent HungUp
            offered offer1 to bob OnlyEligible of 1 idle 0s
            → dial bobs.2 bobs as 13800138000
    "#]],
    );
}

#[test]
fn a_phone_without_an_agent_is_called_by_its_name() {
    let mut world = browser();
    let mut changed = settings();
    changed.version = 2;
    changed.devices[2].username = "8100".to_owned();
    world.input(domain::Input::SettingsChanged(std::sync::Arc::new(changed)));
    check(
        world,
        "sip lobby on\nann dial 8100\nup lobby.1\ngone lobby.1 colleague",
        expect![[r#"
        sip lobby on
        ann dial 8100
            started unknown number
            ann calls lobby
            handling handling1 ann
            joined ann.on Agent
            → dial lobby.1 lobby as 101
            → ok
        up lobby.1
            joined lobby.1 Customer
            answered lobby.1
            call over Answered
            → room1 v1: lobby.1→ann.on ann.on→lobby.1
        gone lobby.1 colleague
            handling over handling1 CustomerHungUp
            left ann.on by Customer HungUp
            wrap-up 60s
            left lobby.1 by Customer HungUp
            → close room1
    "#]],
    );
}
