//! Messages: what leads to one, and every way one can end.

use std::time::Duration;

use domain::recording::{Digest, Manifest, RecorderReport};
use domain::settings::{FlowNode, FlowNodeKind, HoursOf};
use domain::{CalendarId, Input, Key, KeySet};
use expect_test::{Expect, expect};

use super::centre::{choice, node, words};
use super::script::{SALES, World, settings};

/// Six in the evening of the same Monday: closed.
const EVENING: Duration = Duration::from_secs(9 * 3_600);

/// Hours → a choice (1 a queue, 2 a message) → message → thanks; a full queue and one that takes too long lead to the message too.
pub(super) fn message_flow() -> Vec<FlowNode> {
    let menu = FlowNodeKind::Menu {
        sounds: Vec::new(),
        choices: vec![choice('1', 2), choice('2', 3)],
        timeout: Duration::from_secs(5),
        attempts: 1,
        invalid_sounds: Vec::new(),
        timeout_sounds: Vec::new(),
        on_invalid: 3,
        on_timeout: 3,
    };
    let message = FlowNodeKind::Voicemail {
        greeting: words(&["leave"]),
        length_max: Duration::from_secs(60),
        silence_max: Duration::from_secs(4),
        end_keys: KeySet::NONE.with(Key::from_char('#').unwrap()),
        next: 4,
        on_nothing: 5,
    };
    vec![
        node("hours", FlowNodeKind::Hours { calendar: HoursOf::Calendar(CalendarId(401)), open: 1, closed: 3 }),
        node("menu", menu),
        node("sales", FlowNodeKind::Enqueue { queue: SALES, on_timeout: 3, on_full: Some(3) }),
        node("message", message),
        node("thanks", FlowNodeKind::Play { sounds: words(&["saved"]), stop_on: KeySet::NONE, next: 5 }),
        node("bye", FlowNodeKind::HangUp { closed: false }),
    ]
}

fn at_night(script: &str, expect: Expect) {
    let mut world = World::new(settings());
    world.pass(EVENING);
    expect.assert_eq(&world.run(script));
}

/// What a script leads to after the tone has ended.
fn after_the_tone(script: &str, expect: Expect) {
    let mut world = World::new(settings());
    world.pass(EVENING);
    world.run("call c1 4005\nup c1\nplayed c1\nplayed c1");
    expect.assert_eq(&world.run(script));
}

#[test]
fn a_caller_out_of_hours_leaves_a_message_and_ends_it_by_key() {
    at_night(
        "call c1 4005
         up c1
         played c1
         played c1
         +7s
         key c1 1
         key c1 #
         played c1
         released c1",
        expect![[r#"
            call c1 4005
                started 4005 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                office closed Weekly
                node 0 exit Closed
                node 3 in seg1
                → room1 v1: play1→c1 play1[leave/Zh]
            played c1
                → room1 v2: play2→c1 play2[beep]
            played c1
                → room1 v3: silence silence of c1 after 4s
            +7s
            key c1 1
            key c1 #
                → room1 v4: silence
                message of 7s Closed
                node 3 exit Next
                node 4 in seg1
                → room1 v5: play3→c1 play3[saved/Zh]
            played c1
                node 4 exit Next
                node 5 in seg1
                node 5 exit Next
                → release c1 Normal
                → close room1
            released c1
                left c1 by System FlowEnded
                ended by System FlowEnded
        "#]],
    );
}

#[test]
fn silence_ends_a_message_and_is_no_part_of_it() {
    after_the_tone(
        "+10s\nsilent c1\nplayed c1",
        expect![[r#"
        +10s
        silent c1
            → room1 v4: silence
            message of 6s Closed
            node 3 exit Next
            node 4 in seg1
            → room1 v5: play3→c1 play3[saved/Zh]
        played c1
            node 4 exit Next
            node 5 in seg1
            node 5 exit Next
            → release c1 Normal
            → close room1
    "#]],
    );
}

#[test]
fn nothing_but_silence_leaves_nothing() {
    after_the_tone(
        "+4.2s\nsilent c1",
        expect![[r#"
        +4.2s
        silent c1
            → room1 v4: silence
            node 3 exit Nothing
            node 5 in seg1
            node 5 exit Next
            → release c1 Normal
            → close room1
    "#]],
    );
}

#[test]
fn the_limit_ends_a_message() {
    after_the_tone(
        "+70s\nsilent c1",
        expect![[r#"
        +70s
            (message)
            → room1 v4: silence
            message of 60s Closed
            node 3 exit Next
            node 4 in seg1
            → room1 v5: play3→c1 play3[saved/Zh]
        silent c1
    "#]],
    );
}

#[test]
fn a_hang_up_ends_a_message_and_keeps_it() {
    after_the_tone(
        "+3s\ngone c1",
        expect![[r#"
        +3s
        gone c1
            message of 3s Closed
            node 3 exit CustomerLeft
            left c1 by Customer HungUp
            → close room1
            ended by Customer HungUp
    "#]],
    );
}

#[test]
fn a_hang_up_at_once_leaves_nothing() {
    after_the_tone(
        "+0.9s\ngone c1",
        expect![[r#"
        +0.9s
        gone c1
            node 3 exit CustomerLeft
            left c1 by Customer HungUp
            → close room1
            ended by Customer HungUp
    "#]],
    );
}

#[test]
fn a_line_that_breaks_keeps_what_was_said() {
    after_the_tone(
        "+5s\nlost c1\nreleased c1",
        expect![[r#"
        +5s
        lost c1
            message of 5s Closed
            node 3 exit CustomerLeft
            → release c1 Normal
            → close room1
        released c1
            left c1 by Network MediaLost
            ended by Network MediaLost
    "#]],
    );
}

#[test]
fn a_key_at_once_leaves_nothing() {
    after_the_tone(
        "+0.5s\nkey c1 #",
        expect![[r#"
        +0.5s
        key c1 #
            → room1 v4: silence
            node 3 exit Nothing
            node 5 in seg1
            node 5 exit Next
            → release c1 Normal
            → close room1
    "#]],
    );
}

#[test]
fn the_end_key_skips_the_greeting_but_not_the_tone() {
    at_night(
        "call c1 4005
         up c1
         key c1 #
         played c1
         key c1 #
         gone c1",
        expect![[r#"
            call c1 4005
                started 4005 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                office closed Weekly
                node 0 exit Closed
                node 3 in seg1
                → room1 v1: play1→c1 play1[leave/Zh]
            key c1 #
                → room1 v2: play2→c1 play2[beep]
            played c1
                → room1 v3: silence silence of c1 after 4s
            key c1 #
                → room1 v4: silence
                node 3 exit Nothing
                node 5 in seg1
                node 5 exit Next
                → release c1 Normal
                → close room1
            gone c1
                left c1 by System FlowEnded
                ended by System FlowEnded
        "#]],
    );
}

#[test]
fn silence_told_late_or_of_somebody_else_changes_nothing() {
    at_night(
        "call c1 4005
         up c1
         silent c1
         silent c2
         played c1
         silent c1",
        expect![[r#"
            call c1 4005
                started 4005 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                office closed Weekly
                node 0 exit Closed
                node 3 in seg1
                → room1 v1: play1→c1 play1[leave/Zh]
            silent c1
            silent c2
            played c1
                → room1 v2: play2→c1 play2[beep]
            silent c1
        "#]],
    );
}

#[test]
fn a_full_queue_leads_to_a_message() {
    let mut settings = settings();
    let sales = settings.queues.iter_mut().find(|queue| queue.id == SALES).unwrap();
    sales.waiting_max = Some(1);
    let mut world = World::new(settings);
    world.run("call c1 4002\nup c1\ncall c2 4005\nup c2");
    expect![[r#"
        key c2 1
            node 1 exit Choice(0)
            node 2 in seg3
            node 2 exit Full
            node 3 in seg3
            → room2 v2: play2→c2 play2[leave/Zh]
        played c2
            → room2 v3: play3→c2 play3[beep]
        played c2
            → room2 v4: silence silence of c2 after 4s
        +6s
        gone c2
            message of 6s QueueFull from sales
            node 3 exit CustomerLeft
            left c2 by Customer HungUp
            → close room2
            ended by Customer HungUp
    "#]]
    .assert_eq(&world.run("key c2 1\nplayed c2\nplayed c2\n+6s\ngone c2"));
    // A place that comes free is given again.
    world.run("gone c1");
    expect![[r#"
        call c3 4005
            started 4005 Zh
            joined c3 Customer
            → answer c3
            → resolve customer
        up c3
            answered c3
            node 0 in seg4
            office open Weekly
            node 0 exit Open
            node 1 in seg4
            → room3 v1: silence
        key c3 1
            node 1 exit Choice(0)
            node 2 in seg4
            node 2 exit Next
            → room3 v2: play4→c3 play4[music ∞]
            queued sales seg5 NobodySignedIn
    "#]]
    .assert_eq(&world.run("call c3 4005\nup c3\nkey c3 1"));
}

#[test]
fn a_queue_that_takes_too_long_leads_to_a_message() {
    let mut settings = settings();
    let sales = settings.queues.iter_mut().find(|queue| queue.id == SALES).unwrap();
    sales.wait_max = Some(Duration::from_secs(30));
    let mut world = World::new(settings);
    world.run("call c1 4005\nup c1\nkey c1 1");
    expect![[r#"
        +30s
            (queue_wait)
            left queue seg2 TimedOut
            node 3 in seg3
            → room1 v3: play2→c1 play2[leave/Zh]
        played c1
            → room1 v4: play3→c1 play3[beep]
        played c1
            → room1 v5: silence silence of c1 after 4s
        +2s
        gone c1
            message of 2s WaitTimeout from sales
            node 3 exit CustomerLeft
            left c1 by Customer HungUp
            → close room1
            ended by Customer HungUp
    "#]]
    .assert_eq(&world.run("+30s\nplayed c1\nplayed c1\n+2s\ngone c1"));
}

#[test]
fn a_key_leads_to_a_message() {
    let mut world = World::new(settings());
    world.run("call c1 4005\nup c1");
    expect![[r#"
        key c1 2
            node 1 exit Choice(1)
            node 3 in seg1
            → room1 v2: play1→c1 play1[leave/Zh]
        played c1
            → room1 v3: play2→c1 play2[beep]
        played c1
            → room1 v4: silence silence of c1 after 4s
        +2s
        key c1 #
            → room1 v5: silence
            message of 2s Key
            node 3 exit Next
            node 4 in seg1
            → room1 v6: play3→c1 play3[saved/Zh]
    "#]]
    .assert_eq(&world.run("key c1 2\nplayed c1\nplayed c1\n+2s\nkey c1 #"));
    // A caller who presses nothing comes there too, but not by a key.
    world.run("call c2 4005\nup c2\n+5s\nplayed c2\nplayed c2");
    expect![[r#"
        +2s
        gone c2
            message of 2s Flow
            node 3 exit CustomerLeft
            left c2 by Customer HungUp
            → close room2
            ended by Customer HungUp
    "#]]
    .assert_eq(&world.run("+2s\ngone c2"));
}

/// What `recorder` says of the only recording of a message that is not over.
fn saved(world: &mut World, length: Duration) -> String {
    let recording = *world.floor.inspect().records().recordings.keys().next_back().unwrap();
    let manifest =
        Manifest { chunks: 1, bytes: 9, duration: length, gaps: 0, digest: Digest([0; 32]), recovered: true };
    world.input(Input::RecorderReport { recording, report: RecorderReport::Sealed(manifest) });
    world.run("").trim().to_owned()
}

fn in_a_message() -> World {
    let mut world = World::new(settings());
    world.pass(EVENING);
    world.run("call c1 4005\nup c1\nplayed c1\nplayed c1\n+7s");
    world
}

#[test]
fn what_a_restart_saves_of_a_message_becomes_a_task_with_the_length_that_was_saved() {
    let mut world = in_a_message();
    world.restart(Duration::from_secs(3), settings());
    // The seal may come from a later run still.
    world.restart(Duration::from_secs(3), settings());
    assert_eq!(saved(&mut world, Duration::from_secs(6)), "message of 6s Closed");
    world.restart(Duration::from_secs(3), settings());
    assert!(world.floor.inspect().records().messages.is_empty());
}

#[test]
fn too_little_saved_of_a_message_is_no_task() {
    let mut world = in_a_message();
    world.restart(Duration::from_secs(3), settings());
    assert_eq!(saved(&mut world, Duration::from_millis(900)), "");
}

#[test]
fn a_message_that_was_written_down_is_not_written_down_again_when_it_is_sealed() {
    let mut world = in_a_message();
    world.run("gone c1");
    assert_eq!(saved(&mut world, Duration::from_secs(7)), "");
}
