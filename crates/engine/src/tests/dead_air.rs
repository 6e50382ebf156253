//! Callers of whom nothing is heard, from the answer to the end.

use std::time::Duration;

use domain::screening::*;
use domain::settings::Settings;
use domain::{FlowId, ListEntryId};
use expect_test::{Expect, expect};

use super::script::{World, settings};

/// After twenty seconds; 13900 is allowed, 137 goes first.
fn watched(action: DeadAirAction) -> Settings {
    let entry = |id, list, spelling: &str| ListEntry {
        id: ListEntryId(id),
        list,
        covers: Covers::Number,
        spellings: vec![spelling.to_owned()],
        expires: None,
    };
    let entries = vec![entry(3, NumberList::Allow, "13900"), entry(4, NumberList::Vip, "137")];
    let dead_air = DeadAirRule { on: true, after: Duration::from_secs(20), action };
    let policy = ScreeningPolicy { dead_air, ..ScreeningPolicy::default() };
    Settings { screening: ScreeningRules { entries, policy }, ..settings() }
}

/// Ann is ready for whoever comes.
fn talker(settings: Settings) -> World {
    let mut world = World::new(settings);
    world.run("page ann on\nphone ann on\nann sign_in\nann ready");
    world
}

fn check(mut world: World, script: &str, expect: Expect) {
    expect.assert_eq(&world.run(script));
}

#[test]
fn a_silent_caller_in_a_flow_is_let_go() {
    check(
        World::new(watched(DeadAirAction::End)),
        "call c1 4001\nup c1\n+20s\nreleased c1",
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
            → room1 v1: play1→c1 play1[welcome/Zh] listens to c1
        +20s
            (dead_air)
            dead air of 20s: Ended
            node 1 exit Timeout
            → release c1 Normal
            → close room1
        released c1
            left c1 by System DeadAir
            ended by System DeadAir
    "#]],
    );
}

#[test]
fn a_sound_ends_the_watch_for_good() {
    check(
        World::new(watched(DeadAirAction::End)),
        "call c1 4001\nup c1\n+15s\nspeaks c1\n+60s",
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
            → room1 v1: play1→c1 play1[welcome/Zh] listens to c1
        +15s
        speaks c1
        +60s
    "#]],
    );
}

#[test]
fn a_key_ends_the_watch_for_good() {
    check(
        World::new(watched(DeadAirAction::End)),
        "call c1 4001\nup c1\n+19s\nkey c1 9\n+4s",
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
            → room1 v1: play1→c1 play1[welcome/Zh] listens to c1
        +19s
        key c1 9
            node 1 exit Next
            node 2 in seg1
            node 2 exit Choice(3)
            node 8 in seg1
            → room1 v2: play2→c1 play2[second/Zh]
        +4s
    "#]],
    );
}

#[test]
fn whoever_is_allowed_goes_first_or_comes_by_the_page_is_not_watched() {
    check(
        World::new(watched(DeadAirAction::End)),
        "call c1 4001 13900\nup c1\ncall c2 4001 137\nup c2\ncall c3 4001 visitor\nup c3\n+60s",
        expect![[r#"
            call c1 4001 13900
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
            call c2 4001 137
                started 4001 Zh
                VIP by 4
                joined c2 Customer
                → answer c2
                → resolve customer
            up c2
                answered c2
                node 0 in seg2
                office open Weekly
                node 0 exit Open
                node 1 in seg2
                → room2 v1: play2→c2 play2[welcome/Zh]
            call c3 4001 visitor
                started 4001 Zh
                joined c3 Customer
                → answer c3
            up c3
                answered c3
                node 0 in seg3
                office open Weekly
                node 0 exit Open
                node 1 in seg3
                → room3 v1: play3→c3 play3[welcome/Zh]
            +60s
        "#]],
    );
}

#[test]
fn in_a_talk_the_agent_is_told_first_and_neither_the_queue_nor_a_hold_counts() {
    check(
        talker(watched(DeadAirAction::End)),
        "call c1 4002\nup c1\n+15s\nann accept\n+10s\nann hold\n+60s\nann resume\n+10s\nann mute\n+60s\nann unmute\n+20s\nreleased c1",
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
                → room1 v1: play1→c1 play1[music ∞] listens to c1
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            +15s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1 listens to c1
                → ok
            +10s
            ann hold
                held
                → room1 v3: play2→c1 play2[music ∞] listens to c1
                → ok
            +60s
            ann resume
                resumed
                → room1 v4: c1→ann.on ann.on→c1 listens to c1
                → ok
            +10s
                (dead_air)
                dead air of 20s: told ann
            ann mute
                muted true
                → room1 v5: c1→ann.on listens to c1
                → ok
            +60s
            ann unmute
                muted false
                → room1 v6: c1→ann.on ann.on→c1 listens to c1
                → ok
            +20s
                (dead_air)
                dead air of 40s: Ended
                handling over handling1 DeadAir
                left ann.on by System DeadAir
                wrap-up 30s
                → release c1 Normal
                → close room1
            released c1
                left c1 by System DeadAir
        "#]],
    );
}

#[test]
fn an_agent_who_was_told_is_told_when_somebody_is_heard_after_all() {
    check(
        talker(watched(DeadAirAction::End)),
        "call c1 4002\nup c1\nann accept\n+20s\n+5s\nspeaks c1\n+60s",
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
                → room1 v1: play1→c1 play1[music ∞] listens to c1
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1 listens to c1
                → ok
            +20s
                (dead_air)
                dead air of 20s: told ann
            +5s
            speaks c1
                dead air of 25s: Over
            +60s
        "#]],
    );
}

#[test]
fn a_silent_caller_goes_through_the_flow_of_the_rule_and_is_not_watched_there() {
    check(
        World::new(watched(DeadAirAction::Flow(FlowId(601)))),
        "call c1 4001\nup c1\n+20s\n+60s",
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
            → room1 v1: play1→c1 play1[welcome/Zh] listens to c1
        +20s
            (dead_air)
            dead air of 20s: flow 601
            node 1 exit Timeout
            → room1 v2: silence
            node 0 in seg2
            office open Weekly
            node 0 exit Open
            node 1 in seg2
            → room1 v3: play2→c1 play2[welcome/Zh]
        +60s
    "#]],
    );
}

#[test]
fn a_silent_caller_of_a_talk_goes_through_the_flow_of_the_rule() {
    check(
        talker(watched(DeadAirAction::Flow(FlowId(605)))),
        "call c1 4002\nup c1\nann accept\n+20s\n+20s\nann finish",
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
                → room1 v1: play1→c1 play1[music ∞] listens to c1
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1 listens to c1
                → ok
            +20s
                (dead_air)
                dead air of 20s: told ann
            +20s
                (dead_air)
                dead air of 40s: flow 605
                handling over handling1 DeadAir
                left ann.on by System DeadAir
                wrap-up 30s
                → room1 v3: silence
                node 0 in seg3
                office open Weekly
                node 0 exit Open
                node 1 in seg3
            ann finish
                wrap-up over Finished
                → ok
        "#]],
    );
}

#[test]
fn a_flow_that_is_gone_ends_the_call() {
    check(
        World::new(watched(DeadAirAction::Flow(FlowId(9)))),
        "call c1 4001\nup c1\n+20s\nreleased c1",
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
            → room1 v1: play1→c1 play1[welcome/Zh] listens to c1
        +20s
            (dead_air)
            dead air of 20s: Ended
            node 1 exit Timeout
            → release c1 Normal
            → close room1
        released c1
            left c1 by System DeadAir
            ended by System DeadAir
    "#]],
    );
}

#[test]
fn a_pause_of_the_recording_ends_before_the_flow() {
    let mut world = talker(watched(DeadAirAction::Flow(FlowId(601))));
    world.names.recording = true;
    world.run("call c1 4002\nup c1\nann accept\nann pause\n+20s");
    let told = world.run("+20s");
    assert!(told.contains("resumed rec1") && told.contains(" on rec1"), "{told}");
    assert!(!told.contains(" paused rec1"), "{told}");
}

#[test]
fn an_agent_who_took_the_customer_over_is_told_before_the_end() {
    let mut world = talker(watched(DeadAirAction::End));
    world.run("page bob on\nphone bob on\nbob sign_in\nbob ready\nbob not_ready");
    world.run("call c1 4002\nup c1\nann accept\n+20s\nann transfer bob\nbob accept");
    let told = world.run("+20s");
    assert!(told.contains("dead air of 40s: told bob"), "{told}");
    let ended = world.run("+20s");
    assert!(ended.contains("dead air of 60s: Ended"), "{ended}");
}
