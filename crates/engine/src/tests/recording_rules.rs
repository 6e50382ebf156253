//! What rules keep, where agents decide, and how long a pause lasts.

use std::time::Duration;

use domain::Event;
use domain::recording_policy::SharePercent;
use domain::settings::{RecordingMode, Settings};
use expect_test::{Expect, expect};

use super::recording::check_recorder;
use super::script::{World, config, ready, settings};
use crate::floor::{Floor, FloorConfig};

pub(super) fn world(change: impl FnOnce(&mut Settings)) -> World {
    let mut settings = settings();
    change(&mut settings);
    let mut world = World::new(settings);
    world.names.recording = true;
    ready(&mut world, "ann");
    world
}

pub(super) fn on_demand(settings: &mut Settings) {
    settings.queues[0].recording = RecordingMode::OnDemand;
}

pub(super) fn check(change: impl FnOnce(&mut Settings), script: &str, expect: Expect) {
    check_recorder(&mut world(change), script, expect);
}

#[test]
fn nothing_is_kept_before_a_queue_where_the_policy_says_so() {
    check(
        |settings| settings.recording.before_queue = false,
        "call c1 4001\nup c1\nplayed c1\nkey c1 1\nann accept\nann transfer 4001",
        expect![[r#"
            call c1 4001
            up c1
                rule None
                → room1 v1: play1→c1 play1[welcome/Zh] off
            played c1
                → room1 v2: play2→c1 play2[menu/Zh] off
            key c1 1
                rule All
                recording rec1 Heard
                → room1 v3: play3→c1 play3[music ∞] on rec1
            ann accept
                → room1 v4: c1→ann.on ann.on→c1 on rec1
            ann transfer 4001
                rule None
                → room1 v5: silence off
                → room1 v6: play4→c1 play4[welcome/Zh] off
        "#]],
    );
}

#[test]
fn what_agents_dial_is_kept_by_the_rule_for_it() {
    check(
        |settings| settings.recording.outbound = RecordingMode::None,
        "ann dial 021\nrings far.1\nup far.1\nann start\ngone far.1",
        expect![[r#"
            ann dial 021
            rings far.1
                → room1 v1: play1→ann.on play1[ringback-cn ∞] off
            up far.1
                rule None
                → room1 v2: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s off
            ann start
                → refused RecordingRuled
            gone far.1
        "#]],
    );
    check(
        |settings| settings.recording.outbound = RecordingMode::OnDemand,
        "ann dial 021\nann start\nup far.1\nann start\nann stop\ngone far.1",
        expect![[r#"
            ann dial 021
            ann start
                → refused WrongState
            up far.1
                rule OnDemand
                → room1 v1: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s off
            ann start
                switched on by agent
                recording rec1 Heard
                → room1 v2: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s on rec1
            ann stop
                switched off by agent
                → room1 v3: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s off
            gone far.1
        "#]],
    );
}

#[test]
fn on_demand_the_agent_starts_and_stops() {
    check(
        on_demand,
        "call c1 4002\nup c1\nann accept\nann stop\nann start\nann start\nann hold\nann resume\nann pause card\nann stop\nann start\ngone c1",
        expect![[r#"
            call c1 4002
            up c1
                rule OnDemand
                → room1 v1: play1→c1 play1[music ∞] off
            ann accept
                → room1 v2: c1→ann.on ann.on→c1 off
            ann stop
            ann start
                switched on by agent
                recording rec1 Heard
                → room1 v3: c1→ann.on ann.on→c1 on rec1
            ann start
            ann hold
                → room1 v4: play2→c1 play2[music ∞] on rec1
            ann resume
                → room1 v5: c1→ann.on ann.on→c1 on rec1
            ann pause card
                paused rec1 CardData
                → room1 v6: c1→ann.on ann.on→c1 paused rec1 {CardData}
            ann stop
                switched off by agent
                → room1 v7: c1→ann.on ann.on→c1 off
            ann start
                switched on by agent
                recording rec2 Heard
                → room1 v8: c1→ann.on ann.on→c1 on rec2
            gone c1
        "#]],
    );
}

#[test]
fn what_was_started_goes_on_with_a_colleague_and_not_in_another_queue() {
    let change = |settings: &mut Settings| {
        on_demand(settings);
        settings.queues[1].recording = RecordingMode::OnDemand;
    };
    let mut world = world(change);
    ready(&mut world, "bob");
    check_recorder(
        &mut world,
        "call c1 4002\nup c1\nann accept\nann start\nann transfer bob\nbob accept\nbob transfer help",
        expect![[r#"
            call c1 4002
            up c1
                rule OnDemand
                → room1 v1: play1→c1 play1[music ∞] off
            ann accept
                → room1 v2: c1→ann.on ann.on→c1 off
            ann start
                switched on by agent
                recording rec1 Heard
                → room1 v3: c1→ann.on ann.on→c1 on rec1
            ann transfer bob
                → room1 v4: play2→c1 play2[music ∞] on rec1
            bob accept
                → room1 v5: c1→bob.on bob.on→c1 on rec1
            bob transfer help
                switched off by end of talk
                → room1 v6: play3→c1 play3[music ∞] off
        "#]],
    );
}

#[test]
fn where_a_rule_says_what_is_kept_nobody_starts_or_stops() {
    for mode in [RecordingMode::All, RecordingMode::None, RecordingMode::Share(SharePercent::new(50).unwrap())] {
        let mut world = world(|settings| settings.queues[0].recording = mode);
        world.run("call c1 4002\nup c1\nann accept");
        for action in ["start", "stop"] {
            let told = world.run(&format!("ann {action}"));
            assert!(told.contains("RecordingRuled"), "{mode:?} {action}: {told}");
        }
    }
}

/// How many of a thousand calls to a queue are kept, of a run with this seed.
fn kept_of_a_thousand(percent: u8, seed: u64) -> usize {
    let mut settings = settings();
    settings.queues[0].recording = RecordingMode::Share(SharePercent::new(percent).unwrap());
    settings.recording.before_queue = false;
    let mut world = World::new(settings.clone());
    world.floor = Floor::new(FloorConfig { seed, ..config() }, std::sync::Arc::new(settings), world.now);
    world.ledger.clear();
    world.drain(false);
    for n in 0..1_000 {
        world.run(&format!("call c{n} 4002\nup c{n}\ngone c{n}"));
    }
    world.ledger.iter().filter(|entry| matches!(entry.event, Event::RecordingStarted { .. })).count()
}

#[test]
fn a_share_is_kept_of_all_conversations_whatever_the_seed() {
    for (percent, seed) in [(1, 7), (20, 7), (50, 1), (50, 7), (99, 7)] {
        let kept = kept_of_a_thousand(percent, seed);
        // Four standard deviations of the widest share, on either side.
        let wanted = usize::from(percent) * 10;
        assert!((1..1_000).contains(&kept) && wanted.abs_diff(kept) <= 63, "{percent} %, seed {seed}: {kept} of 1000");
    }
}

/// One lot for each conversation: the queue with the greater share keeps whoever the other keeps, and a visit that comes back is
/// judged the same.
#[test]
fn a_transfer_draws_by_the_share_of_the_other_queue() {
    let share = |percent| RecordingMode::Share(SharePercent::new(percent).unwrap());
    let mut seen = [0; 3];
    for seed in 0..60 {
        let mut settings = settings();
        (settings.queues[0].recording, settings.queues[1].recording) = (share(30), share(70));
        settings.recording.before_queue = false;
        let mut world = World::new(settings.clone());
        world.floor = Floor::new(FloorConfig { seed, ..config() }, std::sync::Arc::new(settings), world.now);
        world.ledger.clear();
        world.drain(false);
        ready(&mut world, "ann");
        world.run("call c1 4002\nup c1\nann accept\nann transfer help");
        let rules: Vec<bool> = world.ledger.iter().filter_map(|entry| drawn(&entry.event)).collect();
        let kept: Vec<bool> = rules.into_iter().skip(1).collect();
        match kept.as_slice() {
            [true, true] => seen[0] += 1,
            [false, true] => seen[1] += 1,
            [false, false] => seen[2] += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(seen.iter().all(|count| *count > 5), "{seen:?}");
}

fn drawn(event: &Event) -> Option<bool> {
    if let Event::RecordingRuled { rule, .. } = event { Some(rule.drawn) } else { None }
}

#[test]
fn a_pause_ends_by_itself_and_another_reason_makes_it_no_longer() {
    check(
        |settings| settings.recording.pause_max = Duration::from_secs(30),
        "call c1 4002\nup c1\nann accept\nann pause card\n+20s\nann pause\n+9s\n+2s\nann unpause\nann pause card\ngone c1\n+60s",
        expect![[r#"
            call c1 4002
            up c1
                recording rec1 Heard
                → room1 v1: play1→c1 play1[music ∞] on rec1
            ann accept
                → room1 v2: c1→ann.on ann.on→c1 on rec1
            ann pause card
                paused rec1 CardData
                → room1 v3: c1→ann.on ann.on→c1 paused rec1 {CardData}
            +20s
            ann pause
                paused rec1 Other
                → room1 v4: c1→ann.on ann.on→c1 paused rec1 {CardData, Other}
            +9s
            +2s
                resumed rec1 by time
                → room1 v5: c1→ann.on ann.on→c1 on rec1
            ann unpause
            ann pause card
                paused rec1 CardData
                → room1 v6: c1→ann.on ann.on→c1 paused rec1 {CardData}
            gone c1
            +60s
        "#]],
    );
}

#[test]
fn a_pause_ends_with_the_talk_that_is_handed_over() {
    let mut world = world(|_| ());
    ready(&mut world, "bob");
    check_recorder(
        &mut world,
        "call c1 4002\nup c1\nann accept\nann pause card\nann consult bob\nbob accept\nann complete",
        expect![[r#"
            call c1 4002
            up c1
                recording rec1 Heard
                → room1 v1: play1→c1 play1[music ∞] on rec1
            ann accept
                → room1 v2: c1→ann.on ann.on→c1 on rec1
            ann pause card
                paused rec1 CardData
                → room1 v3: c1→ann.on ann.on→c1 paused rec1 {CardData}
            ann consult bob
                → room1 v4: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞] paused rec1 {CardData}
            bob accept
                → room1 v5: play2→c1 ann.on→bob.on bob.on→ann.on play2[music ∞] paused rec1 {CardData}
            ann complete
                resumed rec1 by end of talk
                → room1 v6: c1→bob.on bob.on→c1 on rec1
        "#]],
    );
    check(
        |_| (),
        "call c1 4002\nup c1\nann accept\nann pause card\nann transfer help",
        expect![[r#"
            call c1 4002
            up c1
                recording rec1 Heard
                → room1 v1: play1→c1 play1[music ∞] on rec1
            ann accept
                → room1 v2: c1→ann.on ann.on→c1 on rec1
            ann pause card
                paused rec1 CardData
                → room1 v3: c1→ann.on ann.on→c1 paused rec1 {CardData}
            ann transfer help
                resumed rec1 by end of talk
                → room1 v4: play2→c1 play2[music ∞] on rec1
        "#]],
    );
}

#[test]
fn a_program_pauses_a_talk_and_nothing_else() {
    check(
        |_| (),
        "ann pause_talk ann\ncall c1 4002\nup c1\nann accept\nbob pause_talk ann\nann unpause\nbob pause_talk ann\nbob resume_talk ann\nbob resume_talk ann\ngone c1",
        expect![[r#"
            ann pause_talk ann
                → refused UnknownReference
            call c1 4002
            up c1
                recording rec1 Heard
                → room1 v1: play1→c1 play1[music ∞] on rec1
            ann accept
                → room1 v2: c1→ann.on ann.on→c1 on rec1
            bob pause_talk ann
                paused rec1 CardData
                → room1 v3: c1→ann.on ann.on→c1 paused rec1 {CardData}
            ann unpause
                resumed rec1 by agent
                → room1 v4: c1→ann.on ann.on→c1 on rec1
            bob pause_talk ann
                paused rec1 CardData
                → room1 v5: c1→ann.on ann.on→c1 paused rec1 {CardData}
            bob resume_talk ann
                resumed rec1 by agent
                → room1 v6: c1→ann.on ann.on→c1 on rec1
            bob resume_talk ann
            gone c1
        "#]],
    );
}

/// Keys in a talk lead to nothing at all: no event, no command, nothing that could keep them.
#[test]
fn keys_of_a_talk_are_kept_nowhere() {
    let mut world = world(|_| ());
    world.run("call c1 4002\nup c1\nann accept\nann pause card");
    let before = world.ledger.len();
    let told = world.run("key c1 4111111111111111");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert_eq!(world.ledger.len(), before);
}
