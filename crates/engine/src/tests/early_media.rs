//! Callers who hear us before the answer.

use std::time::Duration;

use domain::screening::{DeadAirAction, DeadAirRule, ScreeningPolicy};
use domain::settings::{AnswerWhen, Settings};
use expect_test::{Expect, expect};

use super::script::{World, settings};

/// Every number is answered with the agent.
fn unanswered() -> Settings {
    let mut settings = settings();
    for number in &mut settings.numbers {
        number.answer = AnswerWhen::WithAgent;
    }
    settings
}

fn check(settings: Settings, script: &str, expect: Expect) {
    let mut world = World::new(settings);
    world.run("page ann on\nphone ann on\nann sign_in");
    expect.assert_eq(&world.run(script));
}

#[test]
fn a_caller_hears_the_queue_and_is_answered_with_the_agent() {
    check(
        unanswered(),
        "call c1 4002\nheard c1\nann ready\nann accept\nup c1\ngone c1",
        expect![[r#"
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → proceed c1 to be heard
            → resolve customer
        heard c1
            c1 hears us unanswered
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c1 play1[music ∞]
            queued sales seg2 NobodyReady
        ann ready
            ann ready
            → ok
            offered offer1 to ann OnlyEligible of 1 idle 0s
        ann accept
            offer over offer1 Accepted
            left queue seg2 Answered
            → answer c1
            handling handling1 ann
            joined ann.on Agent
            → room1 v2: c1→ann.on ann.on→c1
            → ok
        up c1
            answered c1
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
fn whoever_leaves_early_media_has_abandoned_the_queue() {
    check(
        unanswered(),
        "call c1 4002\nheard c1\n+20s\ngone c1 cancelled",
        expect![[r#"
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → proceed c1 to be heard
            → resolve customer
        heard c1
            c1 hears us unanswered
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c1 play1[music ∞]
            queued sales seg2 NobodyReady
        +20s
        gone c1 cancelled
            left queue seg2 Abandoned
            left c1 by Customer Cancelled
            → close room1
            ended by Customer Cancelled
    "#]],
    );
}

#[test]
fn a_greeting_is_heard_before_the_answer_and_a_menu_needs_it() {
    check(
        unanswered(),
        "call c1 4001\nheard c1\nplayed c1\nup c1\nkey c1 1",
        expect![[r#"
        call c1 4001
            started 4001 Zh
            joined c1 Customer
            → proceed c1 to be heard
            → resolve customer
        heard c1
            c1 hears us unanswered
            node 0 in seg1
            office open Weekly
            node 0 exit Open
            node 1 in seg1
            → room1 v1: play1→c1 play1[welcome/Zh]
        played c1
            node 1 exit Next
            node 2 in seg1
            → answer c1
            → room1 v2: play2→c1 play2[menu/Zh]
        up c1
            answered c1
        key c1 1
            node 2 exit Choice(0)
            node 3 in seg1
            node 3 exit Next
            → room1 v3: play3→c1 play3[music ∞]
            queued sales seg2 NobodyReady
    "#]],
    );
}

#[test]
fn a_message_needs_the_answer() {
    check(
        unanswered(),
        "call c1 4005\nheard c1\nup c1\ngone c1",
        expect![[r#"
        call c1 4005
            started 4005 Zh
            joined c1 Customer
            → proceed c1 to be heard
            → resolve customer
        heard c1
            c1 hears us unanswered
            node 0 in seg1
            office open Weekly
            node 0 exit Open
            node 1 in seg1
            → answer c1
            → room1 v1: silence
        up c1
            answered c1
        gone c1
            node 1 exit CustomerLeft
            left c1 by Customer HungUp
            → close room1
            ended by Customer HungUp
    "#]],
    );
}

#[test]
fn whoever_the_flow_lets_go_before_the_answer_is_refused() {
    let mut settings = unanswered();
    settings.calendars[0].weekly.clear();
    check(
        settings,
        "call c1 4001\nheard c1\nreleased c1",
        expect![[r#"
        call c1 4001
            started 4001 Zh
            joined c1 Customer
            → proceed c1 to be heard
            → resolve customer
        heard c1
            c1 hears us unanswered
            node 0 in seg1
            office closed Weekly
            node 0 exit Closed
            node 5 in seg1
            node 5 exit Next
            → refuse c1 Normal
            → close room1
        released c1
            left c1 by System Closed
            ended by System Closed
    "#]],
    );
}

#[test]
fn a_flow_that_is_missing_is_no_answer() {
    check(
        unanswered(),
        "call c1 4004\nheard c1\nreleased c1",
        expect![[r#"
        call c1 4004
            started 4004 Zh
            joined c1 Customer
            → proceed c1 to be heard
            → resolve customer
        heard c1
            c1 hears us unanswered
            → refuse c1 Unavailable
            → close room1
        released c1
            left c1 by System FlowFailed
            ended by System FlowFailed
    "#]],
    );
}

#[test]
fn a_full_queue_is_busy_and_no_reason_to_avoid_us() {
    let mut settings = unanswered();
    for queue in &mut settings.queues {
        queue.waiting_max = Some(1);
    }
    check(
        settings,
        "call c1 4002\nheard c1\ncall c2 4002\nheard c2\nreleased c2",
        expect![[r#"
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → proceed c1 to be heard
            → resolve customer
        heard c1
            c1 hears us unanswered
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c1 play1[music ∞]
            queued sales seg2 NobodyReady
        call c2 4002
            started 4002 Zh
            joined c2 Customer
            → proceed c2 to be heard
            → resolve customer
        heard c2
            c2 hears us unanswered
            node 0 in seg3
            node 0 exit Failed
            → refuse c2 Busy
            → close room2
        released c2
            left c2 by System Overload
            ended by System Overload
    "#]],
    );
}

#[test]
fn the_answer_comes_before_proxies_give_up() {
    check(
        unanswered(),
        "call c1 4002\nheard c1\n+169s\n+2s\nup c1\n+60s\nann ready\nann accept",
        expect![[r#"
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → proceed c1 to be heard
            → resolve customer
        heard c1
            c1 hears us unanswered
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c1 play1[music ∞]
            queued sales seg2 NobodyReady
        +169s
        +2s
            (early_media)
            → answer c1
        up c1
            answered c1
        +60s
        ann ready
            ann ready
            → ok
            offered offer1 to ann OnlyEligible of 1 idle 0s
        ann accept
            offer over offer1 Accepted
            left queue seg2 Answered
            handling handling1 ann
            joined ann.on Agent
            → room1 v2: c1→ann.on ann.on→c1
            → ok
    "#]],
    );
}

#[test]
fn a_caller_without_an_offer_is_answered_at_once() {
    check(
        unanswered(),
        "call c1 4002\nup c1\nann ready\nann accept",
        expect![[r#"
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → proceed c1 to be heard
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c1 play1[music ∞]
            queued sales seg2 NobodyReady
        ann ready
            ann ready
            → ok
            offered offer1 to ann OnlyEligible of 1 idle 0s
        ann accept
            offer over offer1 Accepted
            left queue seg2 Answered
            handling handling1 ann
            joined ann.on Agent
            → room1 v2: c1→ann.on ann.on→c1
            → ok
    "#]],
    );
}

#[test]
fn a_visitor_is_answered_at_once() {
    check(
        unanswered(),
        "call c1 4002 visitor",
        expect![[r#"
        call c1 4002 visitor
            started 4002 Zh
            joined c1 Customer
            → answer c1
    "#]],
    );
}

#[test]
fn nobody_has_to_be_heard_before_the_answer() {
    let rule = DeadAirRule { on: true, after: Duration::from_secs(10), action: DeadAirAction::End };
    let mut settings = unanswered();
    settings.screening.policy = ScreeningPolicy { dead_air: rule, ..ScreeningPolicy::default() };
    check(
        settings,
        "call c1 4001\nheard c1\n+30s\nlost c1\nplayed c1\nup c1\n+9s\n+2s",
        expect![[r#"
        call c1 4001
            started 4001 Zh
            joined c1 Customer
            → proceed c1 to be heard
            → resolve customer
        heard c1
            c1 hears us unanswered
            node 0 in seg1
            office open Weekly
            node 0 exit Open
            node 1 in seg1
            → room1 v1: play1→c1 play1[welcome/Zh] listens to c1
        +30s
        lost c1
        played c1
            node 1 exit Next
            node 2 in seg1
            → answer c1
            → room1 v2: play2→c1 play2[menu/Zh] listens to c1
        up c1
            answered c1
        +9s
        +2s
            (dead_air)
            dead air of 10s: Ended
            node 2 exit Timeout
            → release c1 Normal
            → close room1
    "#]],
    );
}

#[test]
fn what_comes_twice_or_late_changes_nothing() {
    check(
        unanswered(),
        "call c1 4002\nheard c1\nheard c1\nann ready\nann accept\nup c1\nup c1\nheard c1",
        expect![[r#"
            call c1 4002
                started 4002 Zh
                joined c1 Customer
                → proceed c1 to be heard
                → resolve customer
            heard c1
                c1 hears us unanswered
                node 0 in seg1
                node 0 exit Next
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2 NobodyReady
            heard c1
            ann ready
                ann ready
                → ok
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                → answer c1
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            up c1
                answered c1
            up c1
            heard c1
        "#]],
    );
}

#[test]
fn a_restart_ends_whoever_was_not_answered() {
    let mut world = World::new(unanswered());
    world.run("call c1 4002\nheard c1\n+20s");
    expect![[r#"
        (restart)
            floor started epoch 2
            left queue seg2 Failed
            place kept 300s
            left c1 by System NodeRestarted
            ended by System NodeRestarted
    "#]]
    .assert_eq(&world.restart(Duration::from_secs(5), unanswered()));
}
