//! SIP phones that unregister, die, come back, are taken away, and outlive a restart.

use expect_test::expect;

use super::script::settings;
use super::telephone::{at_desk, check, ringing, talking};

#[test]
fn an_unregistered_phone_makes_its_agent_not_ready_and_says_why() {
    check(
        at_desk(),
        "sip desk off\nann ready\nsip desk on\nann ready",
        expect![[r#"
        sip desk off
            ann device off
            ann not ready DeviceLost
        ann ready
            → refused NoDevice
        sip desk on
            ann device on
        ann ready
            ann ready
            → ok
    "#]],
    );
}

#[test]
fn an_offer_at_a_phone_that_unregisters_goes_back() {
    check(
        ringing(),
        "sip desk off",
        expect![[r#"
        sip desk off
            ann device off
            ann not ready DeviceLost
            offer over offer1 DeviceLost
            → release desk.1 Normal
            queued sales seg2 front NobodyReady
    "#]],
    );
}

#[test]
fn a_talk_goes_on_while_its_leg_lives_though_the_phone_unregisters() {
    check(
        talking(),
        "sip desk off\nann hold\nann resume\ngone c1",
        expect![[r#"
        sip desk off
            ann device off
            ann not ready DeviceLost
        ann hold
            held
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        ann resume
            resumed
            → room1 v4: c1→desk.1 desk.1→c1
            → ok
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
fn a_phone_that_dies_in_a_talk_is_rung_again_when_it_comes_back() {
    check(
        talking(),
        "sip desk off\nlost desk.1\n+5s\nsip desk on\nup desk.2\nann hang_up",
        expect![[r#"
        sip desk off
            ann device off
            ann not ready DeviceLost
        lost desk.1
            → release desk.1 Normal
            held device lost
            left desk.1 by Network Unreachable
            → room1 v3: play2→c1 play2[music ∞]
        +5s
        sip desk on
            ann device on
            → dial desk.2 desk as 13800138000 to answer itself
        up desk.2
            joined desk.2 Agent
            resumed device back
            → room1 v4: c1→desk.2 desk.2→c1
        ann hang_up
            handling over handling1 AgentHungUp
            left desk.2 by Agent HungUp
            → release desk.2 Normal
            → release c1 Normal
            → close room1
            wrap-up 30s
            → ok
    "#]],
    );
}

#[test]
fn a_phone_that_only_lost_the_call_is_rung_again_at_once() {
    check(
        talking(),
        "gone desk.1 network\nup desk.2",
        expect![[r#"
        gone desk.1 network
            held device lost
            left desk.1 by Network Unreachable
            → room1 v3: play2→c1 play2[music ∞]
            → dial desk.2 desk as 13800138000 to answer itself
        up desk.2
            joined desk.2 Agent
            resumed device back
            → room1 v4: c1→desk.2 desk.2→c1
    "#]],
    );
}

#[test]
fn a_phone_that_came_back_and_is_not_heard_either_is_not_rung_a_third_time() {
    check(
        talking(),
        "gone desk.1 network\nup desk.2\nlost desk.2\n+30s",
        expect![[r#"
        gone desk.1 network
            held device lost
            left desk.1 by Network Unreachable
            → room1 v3: play2→c1 play2[music ∞]
            → dial desk.2 desk as 13800138000 to answer itself
        up desk.2
            joined desk.2 Agent
            resumed device back
            → room1 v4: c1→desk.2 desk.2→c1
        lost desk.2
            → release desk.2 Normal
            held device lost
            left desk.2 by Network Unreachable
            → room1 v5: play3→c1 play3[music ∞]
        +30s
            (agent_grace)
            handling over handling1 AgentLost
            ann not ready DeviceLost
            → room1 v6: play3→c1 play3[music ∞]
            queued sales seg2 front NobodyReady
    "#]],
    );
}

#[test]
fn a_phone_that_stays_dead_gives_the_customer_back_and_its_agent_stays_signed_in() {
    check(
        talking(),
        "sip desk off\ngone desk.1 network\n+30s",
        expect![[r#"
        sip desk off
            ann device off
            ann not ready DeviceLost
        gone desk.1 network
            held device lost
            left desk.1 by Network Unreachable
            → room1 v3: play2→c1 play2[music ∞]
        +30s
            (agent_grace)
            handling over handling1 AgentLost
            → room1 v4: play2→c1 play2[music ∞]
            queued sales seg2 front NobodyReady
    "#]],
    );
}

#[test]
fn the_browser_takes_over_a_talk_whose_phone_died() {
    check(
        talking(),
        "sip desk off\ngone desk.1 network\nphone ann on\nann use browser\ngone c1",
        expect![[r#"
        sip desk off
            ann device off
            ann not ready DeviceLost
        gone desk.1 network
            held device lost
            left desk.1 by Network Unreachable
            → room1 v3: play2→c1 play2[music ∞]
        phone ann on
        ann use browser
            ann works with the browser
            ann device on
            joined ann.on Agent
            resumed device back
            → room1 v4: c1→ann.on ann.on→c1
            → ok
        gone c1
            handling over handling1 CustomerHungUp
            left ann.on by Customer HungUp
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
    "#]],
    );
}

#[test]
fn the_choice_is_remembered_by_the_ledger_and_the_phone_has_the_grace_to_register_again() {
    let mut world = at_desk();
    let down = std::time::Duration::from_secs(3);
    expect![[r#"
        (restart)
            floor started epoch 2
            ann device off
    "#]]
    .assert_eq(&world.restart(down, settings()));
    check(
        world,
        "page ann on\n+20s\nsip desk on\ncall c2 4002\nup c2",
        expect![[r#"
        page ann on
        +20s
        sip desk on
            ann device on
        call c2 4002
            started 4002 Zh
            joined c2 Customer
            → answer c2
            → resolve customer
        up c2
            answered c2
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c2 play1[music ∞]
            queued sales seg2
            offered offer1 to ann OnlyEligible of 1 idle 23s
            → dial desk.1 desk as 13800138000
    "#]],
    );
    let mut world = at_desk();
    world.restart(down, settings());
    check(
        world,
        "page ann on\n+30s",
        expect![[r#"
        page ann on
        +30s
            (agent_grace)
            ann not ready DeviceLost
    "#]],
    );
}

#[test]
fn a_restart_in_the_middle_of_a_talk_ends_the_phones_leg_in_the_books() {
    let mut world = talking();
    expect![[r#"
        (restart)
            floor started epoch 2
            handling over handling1 NodeRestarted
            left c1 by System NodeRestarted
            left desk.1 by System NodeRestarted
            ended by System NodeRestarted
            ann device off
    "#]]
    .assert_eq(&world.restart(std::time::Duration::from_secs(1), settings()));
}

#[test]
fn a_phone_taken_away_in_the_settings_leaves_the_agent_with_the_browser() {
    let mut world = at_desk();
    let mut changed = settings();
    changed.version = 2;
    changed.devices.retain(|device| device.name != "desk");
    world.input(domain::Input::SettingsChanged(std::sync::Arc::new(changed)));
    check(
        world,
        "ann ready\nphone ann on\nann ready",
        expect![[r#"
            ann works with the browser
            ann device off
            ann not ready DeviceLost
        ann ready
            → refused NoDevice
        phone ann on
            ann device on
        ann ready
            ann ready
            → ok
    "#]],
    );
}

#[test]
fn the_agents_page_may_close_during_a_talk_by_phone_and_the_agent_leaves_with_it() {
    check(
        talking(),
        "page ann off\n+40s\ngone c1\n+30s",
        expect![[r#"
        page ann off
        +40s
            (agent_grace)
        gone c1
            handling over handling1 CustomerHungUp
            left desk.1 by Customer HungUp
            → release desk.1 Normal
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
        +30s
            (wrap_up)
            wrap-up over DeadlinePassed
            ann signed out GraceExpired
            ended by Customer HungUp
    "#]],
    );
}
