//! Agents who work with a number outside: called by leave of the guard, taken by a key, and every way it ends before.

use std::time::Duration;

use domain::outbound::{Alarm, Caps, Says};
use domain::settings::Mobile;
use domain::{DeviceId, Settings};
use expect_test::{Expect, expect};

use super::script::{ANN, World, settings};

/// Ann has a number in 021, which everybody may call.
fn with_mobile() -> Settings {
    let mobile = Mobile { id: DeviceId(911), agent: ANN, number: "02161234567".to_owned() };
    Settings { mobiles: vec![mobile], ..settings() }
}

/// The same with a rule that says more.
fn limited(change: impl FnOnce(&mut domain::outbound::OutboundPlan)) -> Settings {
    let mut settings = with_mobile();
    change(&mut settings.outbound);
    settings
}

fn at_home(settings: Settings) -> World {
    let mut world = World::new(settings);
    world.run("page ann on\nann sign_in\nann use mobile\nann ready");
    world
}

/// A caller whose offer rings at the number.
fn ringing() -> World {
    let mut world = at_home(with_mobile());
    world.run("call c1 4002\nup c1");
    world
}

fn talking() -> World {
    let mut world = ringing();
    world.run("up far.1\nkey far.1 1");
    world
}

fn check(mut world: World, script: &str, expect: Expect) {
    expect.assert_eq(&world.run(script));
}

#[test]
fn the_number_is_called_with_the_offer_and_the_key_takes_it() {
    check(
        at_home(with_mobile()),
        "call c1 4002\nup c1\nrings far.1\nup far.1\nkey far.1 7\nkey far.1 1\nann hold\nann resume\ngone c1",
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
                ann called at mobile by carrier
                → dial far.1 02161234567 by carrier as 4002
            rings far.1
            up far.1
                → room2 v1: play2→far.1 play2[take-call/Zh take-call/En ∞]
            key far.1 7
            key far.1 1
                → close room2
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined far.1 Agent
                → room1 v2: c1→far.1 far.1→c1
            ann hold
                held
                → room1 v3: play3→c1 play3[music ∞]
                → ok
            ann resume
                resumed
                → room1 v4: c1→far.1 far.1→c1
                → ok
            gone c1
                handling over handling1 CustomerHungUp
                left far.1 by Customer HungUp
                mobile over Over
                → release far.1 Normal
                wrap-up 30s
                left c1 by Customer HungUp
                → close room1
        "#]],
    );
}

#[test]
fn a_mailbox_never_presses_the_key_and_gets_nobody() {
    check(
        ringing(),
        "up far.1\n+10s\nkey far.1 1",
        expect![[r#"
        up far.1
            → room2 v1: play2→far.1 play2[take-call/Zh take-call/En ∞]
        +10s
            (mobile_key)
            → close room2
            mobile over NoKey
            → release far.1 Normal
            offer over offer1 Unanswered
            ann not ready OfferUnanswered
            queued sales seg2 front NobodyReady
        key far.1 1
    "#]],
    );
}

#[test]
fn who_picks_up_at_the_last_moment_has_time_for_the_key() {
    check(
        ringing(),
        "+19s\nup far.1\n+9s\nkey far.1 1",
        expect![[r#"
        +19s
        up far.1
            → room2 v1: play2→far.1 play2[take-call/Zh take-call/En ∞]
        +9s
        key far.1 1
            → close room2
            offer over offer1 Accepted
            left queue seg2 Answered
            handling handling1 ann
            joined far.1 Agent
            → room1 v2: c1→far.1 far.1→c1
    "#]],
    );
}

#[test]
fn a_busy_number_leaves_its_agent_not_ready() {
    check(
        ringing(),
        "heard far.1\ngone far.1 busy",
        expect![[r#"
        heard far.1
        gone far.1 busy
            mobile over Busy
            offer over offer1 Busy
            ann not ready PhoneBusy
            queued sales seg2 front NobodyReady
    "#]],
    );
}

#[test]
fn a_number_that_is_declined_unanswered_or_none_ends_the_offer_as_a_phone_does() {
    check(
        ringing(),
        "rings far.1\ngone far.1 busy",
        expect![[r#"
        rings far.1
        gone far.1 busy
            mobile over Declined
            offer over offer1 Declined
            ann not ready OfferDeclined
            queued sales seg2 front NobodyReady
    "#]],
    );
    check(
        ringing(),
        "rings far.1\ngone far.1 no_answer",
        expect![[r#"
        rings far.1
        gone far.1 no_answer
            mobile over Unanswered
            offer over offer1 Unanswered
            ann not ready OfferUnanswered
            queued sales seg2 front NobodyReady
    "#]],
    );
    check(
        ringing(),
        "refused far.1 404",
        expect![[r#"
        refused far.1 404
            mobile over InvalidNumber
            offer over offer1 DeviceLost
            ann not ready DeviceLost
            queued sales seg2 front NobodyReady
    "#]],
    );
    check(
        ringing(),
        "rings far.1\n+20s",
        expect![[r#"
        rings far.1
        +20s
            (ring)
            offer over offer1 Unanswered
            mobile over Withdrawn
            → release far.1 Normal
            ann not ready OfferUnanswered
            queued sales seg2 front NobodyReady
    "#]],
    );
}

#[test]
fn hanging_up_instead_of_pressing_the_key_declines() {
    check(
        ringing(),
        "up far.1\ngone far.1",
        expect![[r#"
        up far.1
            → room2 v1: play2→far.1 play2[take-call/Zh take-call/En ∞]
        gone far.1
            → close room2
            mobile over Declined
            offer over offer1 Declined
            ann not ready OfferDeclined
            queued sales seg2 front NobodyReady
    "#]],
    );
}

#[test]
fn a_customer_who_leaves_while_it_rings_or_asks_takes_the_call_back() {
    check(
        ringing(),
        "rings far.1\ngone c1",
        expect![[r#"
        rings far.1
        gone c1
            offer over offer1 CustomerLeft
            mobile over Withdrawn
            → release far.1 Normal
            left queue seg2 Abandoned
            left c1 by Customer HungUp
            → close room1
            ended by Customer HungUp
    "#]],
    );
    check(
        ringing(),
        "up far.1\ngone c1\nkey far.1 1",
        expect![[r#"
        up far.1
            → room2 v1: play2→far.1 play2[take-call/Zh take-call/En ∞]
        gone c1
            offer over offer1 CustomerLeft
            → close room2
            mobile over Withdrawn
            → release far.1 Normal
            left queue seg2 Abandoned
            left c1 by Customer HungUp
            → close room1
            ended by Customer HungUp
        key far.1 1
    "#]],
    );
}

#[test]
fn the_guard_refuses_an_offer_by_a_cap_and_the_customer_waits_on() {
    let mut world = at_home(limited(|plan| plan.agent_caps = Caps { per_minute: Some(1), per_day: None }));
    world.run("call c1 4002\nup c1\ngone far.1 no_answer\ngone c1\nann ready");
    check(
        world,
        "call c2 4002\nup c2",
        expect![[r#"
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
            offered offer2 to ann OnlyEligible of 1 idle 0s
            mobile over LimitReached
            offer over offer2 DeviceLost
            ann not ready DeviceLost
            queued sales seg4 front NobodyReady
    "#]],
    );
}

#[test]
fn a_number_no_rule_allows_cannot_be_chosen_nor_an_emergency_number() {
    for (number, says) in [("02161234567", "refused NotAllowed"), ("110", "refused NotAllowed"), ("12", "refused")] {
        let mut settings = limited(|plan| plan.rules.clear());
        settings.mobiles[0].number = number.to_owned();
        let mut world = World::new(settings);
        let said = world.run("page ann on\nann sign_in\nann use mobile");
        assert!(said.contains(says), "{number}: {said}");
    }
}

#[test]
fn a_stop_and_a_dead_trunk_take_the_number_away_and_give_it_back() {
    let mut world = at_home(limited(|plan| {
        for rule in &mut plan.rules {
            if let Says::Allow(allowance) = &mut rule.says {
                allowance.alarm = Some(Alarm { distinct: 1, within: Duration::from_secs(600) });
            }
        }
    }));
    world.run("page bob on\nphone bob on\nbob sign_in\nbob dial 0221\nbob hang_up\ngone far.1\nbob finish");
    check(
        world,
        "bob dial 0222\nann ready\nann unstop_rule 1\nann ready\ntrunk 1 off\ntrunk 1 on",
        expect![[r#"
        bob dial 0222
            calls stopped Rule(dsr_0000000000001) by bob
            → refused CallsStopped
            ann device off
            ann not ready DeviceLost
        ann ready
            → refused NoDevice
        ann unstop_rule 1
            calls released Rule(dsr_0000000000001) by ann
            → ok
            ann device on
        ann ready
            ann ready
            → ok
        trunk 1 off
            ann device off
            ann not ready DeviceLost
        trunk 1 on
            ann device on
    "#]],
    );
}

#[test]
fn another_phone_is_chosen_between_calls_and_not_in_one() {
    check(
        talking(),
        "ann use browser\ngone c1\nann use browser\nphone ann on\nann finish",
        expect![[r#"
        ann use browser
            → refused WorkInHand
        gone c1
            handling over handling1 CustomerHungUp
            left far.1 by Customer HungUp
            mobile over Over
            → release far.1 Normal
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
        ann use browser
            ann works with the browser
            ann device off
            ann not ready DeviceLost
            → ok
        phone ann on
            ann device on
        ann finish
            wrap-up over Finished
            ended by Customer HungUp
            → ok
    "#]],
    );
}

#[test]
fn a_click_calls_the_own_number_first_and_then_the_customer() {
    check(
        at_home(with_mobile()),
        "ann dial 0225551\nup far.1\nkey far.1 1\nrings far.2\nup far.2\ngone far.1",
        expect![[r#"
            ann dial 0225551
                started 4002 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                ann called at mobile by carrier
                → dial far.1 02161234567 by carrier as 4002
                → ok
            up far.1
                → room1 v1: play1→far.1 play1[take-call/Zh take-call/En ∞]
            key far.1 1
                → close room1
                joined far.1 Agent
                → dial far.2 0225551 by carrier as 4002
            rings far.2
                rings there
                → room2 v1: play2→far.1 play2[ringback-cn ∞]
            up far.2
                joined far.2 Customer
                answered far.2
                call over Answered
                → room2 v2: far.2→far.1 far.1→far.2 listens to far.2 for tones for 20s
            gone far.1
                mobile over Over
                handling over handling1 AgentHungUp
                left far.1 by Agent HungUp
                → release far.2 Normal
                → close room2
                wrap-up 60s
        "#]],
    );
    check(
        at_home(with_mobile()),
        "ann dial 0225551\ngone far.1 busy",
        expect![[r#"
        ann dial 0225551
            started 4002 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            ann called at mobile by carrier
            → dial far.1 02161234567 by carrier as 4002
            → ok
        gone far.1 busy
            mobile over Busy
            call over AgentUnavailable
            handling over handling1 AgentLost
            → close room1
            ended by Agent NoAnswer
    "#]],
    );
}

#[test]
fn a_call_that_dies_in_a_talk_is_made_again_and_the_key_brings_the_agent_back() {
    check(
        talking(),
        "gone far.1 network\nup far.2\nkey far.2 1\ngone far.2",
        expect![[r#"
        gone far.1 network
            mobile over Over
            held device lost
            left far.1 by Network Unreachable
            → room1 v3: play3→c1 play3[music ∞]
            ann called at mobile by carrier
            → dial far.2 02161234567 by carrier as 4002
        up far.2
            → room3 v1: play4→far.2 play4[take-call/Zh take-call/En ∞]
        key far.2 1
            → close room3
            joined far.2 Agent
            resumed device back
            → room1 v4: c1→far.2 far.2→c1
        gone far.2
            mobile over Over
            handling over handling1 AgentHungUp
            left far.2 by Agent HungUp
            → release c1 Normal
            → close room1
            wrap-up 30s
    "#]],
    );
}

#[test]
fn the_number_may_be_taken_away_in_a_talk_which_goes_on() {
    let mut world = talking();
    let without = Settings { version: 2, ..settings() };
    world.input(domain::Input::SettingsChanged(std::sync::Arc::new(without)));
    check(
        world,
        "gone far.1",
        expect![[r#"
            ann works with the browser
            ann device off
            ann not ready DeviceLost
        gone far.1
            mobile over Over
            handling over handling1 AgentHungUp
            left far.1 by Agent HungUp
            → release c1 Normal
            → close room1
            wrap-up 30s
    "#]],
    );
}

#[test]
fn a_restart_remembers_the_choice_and_needs_no_registration() {
    let mut world = talking();
    expect![[r#"
        (restart)
            floor started epoch 2
            handling over handling1 NodeRestarted
            left c1 by System NodeRestarted
            left far.1 by System NodeRestarted
            ended by System NodeRestarted
            ann device off
            ann device on
    "#]]
    .assert_eq(&world.restart(Duration::from_secs(2), with_mobile()));
    check(
        world,
        "page ann on",
        expect![[r#"
        page ann on
    "#]],
    );
}
