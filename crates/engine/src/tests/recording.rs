//! What is recorded, what interrupts it, and what becomes of it.

use std::time::Duration;

use domain::recording::{Digest, ErasureCause, GapCause, Manifest, RecorderReport, RecordingFault};
use domain::settings::{FlowNodeKind, RecordingMode};
use domain::{Event, Input, RecordingId};
use expect_test::{Expect, expect};

use super::script::{SALES, World, ready, settings, with_ready};

fn world() -> World {
    let mut world = with_ready(&["ann"]);
    world.names.recording = true;
    world
}

fn check(script: &str, expect: Expect) {
    expect.assert_eq(&world().run(script));
}

/// Only what is said of recording: events, and the recorder of each plan.
pub(super) fn recorder_lines(text: &str) -> String {
    let told = [
        "recording ",
        "paused ",
        "resumed rec",
        "gap ",
        "sealed ",
        "failed ",
        "rule ",
        "consent ",
        "switched ",
        "→ refused",
        "→ no",
    ];
    let plan = |line: &&str| line.contains(" on rec") || line.contains(" paused rec") || line.ends_with(" off");
    let wanted = text.lines().filter(|line| {
        let bare = line.trim();
        !line.starts_with(' ')
            || told.iter().any(|word| bare.starts_with(word))
            || (bare.starts_with("→") && plan(&bare))
    });
    wanted.map(|line| format!("{line}\n")).collect()
}

pub(super) fn check_recorder(world: &mut World, script: &str, expect: Expect) {
    expect.assert_eq(&recorder_lines(&world.run(script)));
}

#[test]
fn one_recording_goes_from_the_answer_through_flow_queue_and_talk() {
    check_recorder(
        &mut world(),
        "call c1 4001\nup c1\nplayed c1\nkey c1 1\nann accept\nann hold\nann resume\nann mute\ngone c1",
        expect![[r#"
            call c1 4001
            up c1
                recording rec1 Heard
                → room1 v1: play1→c1 play1[welcome/Zh] on rec1
            played c1
                → room1 v2: play2→c1 play2[menu/Zh] on rec1
            key c1 1
                → room1 v3: play3→c1 play3[music ∞] on rec1
            ann accept
                → room1 v4: c1→ann.on ann.on→c1 on rec1
            ann hold
                → room1 v5: play4→c1 play4[music ∞] on rec1
            ann resume
                → room1 v6: c1→ann.on ann.on→c1 on rec1
            ann mute
                → room1 v7: c1→ann.on on rec1
            gone c1
        "#]],
    );
}

#[test]
fn a_queue_that_is_switched_off_is_not_recorded_and_what_comes_after_is_again() {
    let mut settings = settings();
    settings.queues[0].recording = RecordingMode::None;
    settings.queues[0].wait_max = Some(Duration::from_secs(10));
    // Whoever has waited too long hears a menu.
    settings.flows[0].nodes[3].kind = FlowNodeKind::Enqueue { queue: SALES, on_timeout: 8, on_full: None };
    let mut world = World::new(settings);
    world.names.recording = true;
    check_recorder(
        &mut world,
        "call c1 4001\nup c1\nplayed c1\nkey c1 1\n+11s",
        expect![[r#"
            call c1 4001
            up c1
                recording rec1 Heard
                → room1 v1: play1→c1 play1[welcome/Zh] on rec1
            played c1
                → room1 v2: play2→c1 play2[menu/Zh] on rec1
            key c1 1
                rule None
                → room1 v3: play3→c1 play3[music ∞] off
            +11s
                rule All
                recording rec2 Heard
                → room1 v4: play4→c1 play4[second/Zh] on rec2
        "#]],
    );
    ready(&mut world, "ann");
    check_recorder(
        &mut world,
        "call c2 4002\nup c2\nann accept\nann pause card\ngone c2",
        expect![[r#"
            call c2 4002
            up c2
                rule None
                → room2 v1: play5→c2 play5[music ∞] off
            ann accept
                → room2 v2: c2→ann.on ann.on→c2 off
            ann pause card
                → refused WrongState
            gone c2
        "#]],
    );
}

#[test]
fn a_pause_survives_hold_and_a_lost_device_and_ends_by_the_agent() {
    check_recorder(
        &mut world(),
        "call c1 4002\nup c1\nann accept\nann pause card\nann hold\nann resume\nphone ann off\nphone ann on\nann unpause",
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
            ann hold
                → room1 v4: play2→c1 play2[music ∞] paused rec1 {CardData}
            ann resume
                → room1 v5: c1→ann.on ann.on→c1 paused rec1 {CardData}
            phone ann off
                → room1 v6: play3→c1 play3[music ∞] paused rec1 {CardData}
            phone ann on
                → room1 v7: c1→ann.on ann.on→c1 paused rec1 {CardData}
            ann unpause
                resumed rec1 by agent
                → room1 v8: c1→ann.on ann.on→c1 on rec1
        "#]],
    );
}

#[test]
fn a_pause_ends_with_the_talk() {
    check_recorder(
        &mut world(),
        "call c1 4002\nup c1\nann accept\nann pause\npage ann off\nphone ann off\n+31s",
        expect![[r#"
            call c1 4002
            up c1
                recording rec1 Heard
                → room1 v1: play1→c1 play1[music ∞] on rec1
            ann accept
                → room1 v2: c1→ann.on ann.on→c1 on rec1
            ann pause
                paused rec1 Other
                → room1 v3: c1→ann.on ann.on→c1 paused rec1 {Other}
            page ann off
            phone ann off
                → room1 v4: play2→c1 play2[music ∞] paused rec1 {Other}
            +31s
                resumed rec1 by end of talk
                → room1 v5: play2→c1 play2[music ∞] on rec1
        "#]],
    );
    check_recorder(
        &mut world(),
        "call c1 4002\nup c1\nann accept\nann pause\nann hang_up",
        expect![[r#"
        call c1 4002
        up c1
            recording rec1 Heard
            → room1 v1: play1→c1 play1[music ∞] on rec1
        ann accept
            → room1 v2: c1→ann.on ann.on→c1 on rec1
        ann pause
            paused rec1 Other
            → room1 v3: c1→ann.on ann.on→c1 paused rec1 {Other}
        ann hang_up
    "#]],
    );
}

#[test]
fn reasons_add_up_and_the_same_again_changes_nothing() {
    check(
        "call c1 4002\nup c1\nann accept\nann unpause\nann pause card\nann pause card\nann pause\nann unpause\nann unpause",
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
                recording rec1 Heard
                → room1 v1: play1→c1 play1[music ∞] on rec1
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1 on rec1
                → ok
            ann unpause
                → ok
            ann pause card
                paused rec1 CardData
                → room1 v3: c1→ann.on ann.on→c1 paused rec1 {CardData}
                → ok
            ann pause card
                → ok
            ann pause
                paused rec1 Other
                → room1 v4: c1→ann.on ann.on→c1 paused rec1 {CardData, Other}
                → ok
            ann unpause
                resumed rec1 by agent
                → room1 v5: c1→ann.on ann.on→c1 on rec1
                → ok
            ann unpause
                → ok
        "#]],
    );
}

#[test]
fn a_pause_ends_in_media_though_the_talk_sounds_as_before() {
    let mut world = with_ready(&["ann"]);
    world.names.recording = true;
    world.run("call c1 4002\nup c1\nann accept\nann consult 021\nup far.1\nann join\nann pause");
    let away = world.run("phone ann off");
    assert!(away.contains("c1→far.1 far.1→c1 paused rec1"), "{away}");
    let lost = world.run("+35s");
    assert!(lost.contains("resumed rec1") && lost.contains("c1→far.1 far.1→c1 on rec1"), "{lost}");
}

#[test]
fn nothing_can_be_paused_outside_a_talk() {
    check_recorder(
        &mut world(),
        "ann pause\ncall c1 4002\nup c1\nann accept\ngone c1\nann pause\nann unpause",
        expect![[r#"
            ann pause
                → refused HandlingOver
            call c1 4002
            up c1
                recording rec1 Heard
                → room1 v1: play1→c1 play1[music ∞] on rec1
            ann accept
                → room1 v2: c1→ann.on ann.on→c1 on rec1
            gone c1
            ann pause
                → refused WrongState
            ann unpause
                → refused WrongState
        "#]],
    );
}

fn recording_of(world: &World) -> RecordingId {
    let open = &world.floor.inspect().records().recordings;
    open.keys().next().copied().unwrap()
}

fn report(world: &mut World, recording: RecordingId, report: RecorderReport) -> usize {
    told(world, Input::RecorderReport { recording, report })
}

/// How many events an input leads to.
fn told(world: &mut World, input: Input) -> usize {
    let before = world.ledger.len();
    world.input(input);
    world.ledger.len() - before
}

fn sealed(recovered: bool) -> RecorderReport {
    RecorderReport::Sealed(Manifest {
        chunks: 2,
        bytes: 16_000,
        duration: Duration::from_secs(1),
        gaps: 0,
        digest: Digest([1; 32]),
        recovered,
    })
}

#[test]
fn the_end_of_a_recording_is_told_once_however_late() {
    let mut world = world();
    world.run("call c1 4002\nup c1\nann accept");
    let recording = recording_of(&world);
    let gap = RecorderReport::Gap {
        at: Duration::from_secs(1),
        length: Duration::from_millis(20),
        cause: GapCause::DiskFull,
    };
    assert_eq!(report(&mut world, recording, gap), 1);
    world.run("gone c1\nann finish");
    assert_eq!(world.floor.inspect().conversation_count(), 0);
    assert_eq!(report(&mut world, recording, gap), 1);
    assert_eq!(report(&mut world, recording, sealed(false)), 1);
    assert_eq!(report(&mut world, recording, sealed(false)), 0);
    assert_eq!(report(&mut world, recording, RecorderReport::Failed(RecordingFault::Lost)), 0);
    assert_eq!(report(&mut world, RecordingId(77), sealed(false)), 0);
    assert!(world.floor.inspect().records().recordings.is_empty());
}

#[test]
fn after_a_restart_what_was_open_is_still_waited_for() {
    let mut world = world();
    world.run("call c1 4002\nup c1\nann accept");
    let recording = recording_of(&world);
    world.restart(Duration::from_secs(2), settings());
    assert_eq!(recording_of(&world), recording);
    assert_eq!(report(&mut world, recording, sealed(true)), 1);
    assert!(matches!(
        world.ledger.last().map(|entry| &entry.event),
        Some(Event::RecordingSealed { manifest: Manifest { recovered: true, .. }, .. })
    ));
    world.restart(Duration::from_secs(2), settings());
    assert!(world.floor.inspect().records().recordings.is_empty());
    assert_eq!(report(&mut world, recording, sealed(true)), 0);
}

#[test]
fn an_erasure_is_told_of_what_is_over_and_of_nothing_that_is_being_made() {
    let mut world = world();
    world.run("call c1 4002\nup c1\nann accept");
    let recording = recording_of(&world);
    let conversation = world.floor.inspect().records().recordings[&recording];
    let erased = Input::RecordingErased { conversation, recording, cause: ErasureCause::Request };
    assert_eq!(told(&mut world, erased.clone()), 0);
    world.run("gone c1\nann finish");
    assert_eq!(told(&mut world, erased.clone()), 0, "its end is not told yet");
    assert_eq!(report(&mut world, recording, sealed(false)), 1);
    assert_eq!(told(&mut world, erased), 1);
    let last = world.ledger.last().map(|entry| &entry.event);
    assert_eq!(last, Some(&Event::RecordingErased { conversation, recording, cause: ErasureCause::Request }));
}
