//! Supervision: who hears whom in every mode, and how it ends.

use std::time::Duration;

use expect_test::{Expect, expect};

use super::script::{World, settings, with_ready};

/// What happens after Bob has taken a call of the sales queue, with Ann at work and not ready.
fn bob_talks() -> World {
    let mut world = with_ready(&["ann", "bob"]);
    world.run("ann not_ready\ncall c1 4002\nup c1\nbob accept");
    world
}

fn after(script: &str, expect: Expect) {
    expect.assert_eq(&bob_talks().run(script));
}

#[test]
fn a_supervisor_listens_whispers_barges_in_and_leaves() {
    after(
        "ann supervise bob listen\nann supervise bob whisper\nann supervise bob barge\nann supervise bob barge\nann unsupervise",
        expect![[r#"
            ann supervise bob listen
                ann supervises bob Listen
                joined ann.on Supervisor
                → room1 v3: c1→bob.on bob.on→c1 c1→ann.on bob.on→ann.on
                → ok
            ann supervise bob whisper
                ann supervises Whisper
                → room1 v4: c1→bob.on bob.on→c1 c1→ann.on bob.on→ann.on ann.on→bob.on
                → ok
            ann supervise bob barge
                ann supervises Barge
                → room1 v5: c1→bob.on bob.on→c1 c1→ann.on bob.on→ann.on ann.on→c1 ann.on→bob.on
                → ok
            ann supervise bob barge
                → ok
            ann unsupervise
                left ann.on by Agent HungUp
                ann supervises no more Stopped
                → room1 v6: c1→bob.on bob.on→c1
                → ok
        "#]],
    );
}

#[test]
fn a_muted_agent_is_not_heard_by_the_supervisor_either() {
    after(
        "bob mute\nann supervise bob listen",
        expect![[r#"
        bob mute
            muted true
            → room1 v3: c1→bob.on
            → ok
        ann supervise bob listen
            ann supervises bob Listen
            joined ann.on Supervisor
            → room1 v4: c1→bob.on c1→ann.on
            → ok
    "#]],
    );
}

#[test]
fn nothing_is_overheard_while_the_customer_is_on_hold() {
    after(
        "ann supervise bob barge\nbob hold\nbob resume",
        expect![[r#"
        ann supervise bob barge
            ann supervises bob Barge
            joined ann.on Supervisor
            → room1 v3: c1→bob.on bob.on→c1 c1→ann.on bob.on→ann.on ann.on→c1 ann.on→bob.on
            → ok
        bob hold
            held
            → room1 v4: play2→c1 play2[music ∞]
            → ok
        bob resume
            resumed
            → room1 v5: c1→bob.on bob.on→c1 c1→ann.on bob.on→ann.on ann.on→c1 ann.on→bob.on
            → ok
    "#]],
    );
}

#[test]
fn nothing_is_overheard_while_the_recording_is_paused() {
    after(
        "ann supervise bob listen\nbob pause card\nbob unpause",
        expect![[r#"
        ann supervise bob listen
            ann supervises bob Listen
            joined ann.on Supervisor
            → room1 v3: c1→bob.on bob.on→c1 c1→ann.on bob.on→ann.on
            → ok
        bob pause card
            → room1 v4: c1→bob.on bob.on→c1
            → ok
        bob unpause
            → room1 v5: c1→bob.on bob.on→c1 c1→ann.on bob.on→ann.on
            → ok
    "#]],
    );
}

#[test]
fn the_talk_ends_and_the_supervisor_is_free() {
    after(
        "ann supervise bob listen\nbob hang_up\nreleased c1",
        expect![[r#"
        ann supervise bob listen
            ann supervises bob Listen
            joined ann.on Supervisor
            → room1 v3: c1→bob.on bob.on→c1 c1→ann.on bob.on→ann.on
            → ok
        bob hang_up
            handling over handling1 AgentHungUp
            left bob.on by Agent HungUp
            left ann.on by Agent HungUp
            ann supervises no more TalkOver
            → release c1 Normal
            → close room1
            wrap-up 30s
            → ok
        released c1
            left c1 by Agent HungUp
    "#]],
    );
}

#[test]
fn the_customer_leaves_and_the_supervisor_is_free() {
    after(
        "ann supervise bob barge\ngone c1",
        expect![[r#"
        ann supervise bob barge
            ann supervises bob Barge
            joined ann.on Supervisor
            → room1 v3: c1→bob.on bob.on→c1 c1→ann.on bob.on→ann.on ann.on→c1 ann.on→bob.on
            → ok
        gone c1
            handling over handling1 CustomerHungUp
            left bob.on by Customer HungUp
            left ann.on by Agent HungUp
            ann supervises no more TalkOver
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
    "#]],
    );
}

#[test]
fn a_supervisor_takes_the_customer_over() {
    after(
        "ann supervise bob listen\nann take_over bob\nann hang_up\nreleased c1",
        expect![[r#"
        ann supervise bob listen
            ann supervises bob Listen
            joined ann.on Supervisor
            → room1 v3: c1→bob.on bob.on→c1 c1→ann.on bob.on→ann.on
            → ok
        ann take_over bob
            left ann.on by Agent HungUp
            ann supervises no more TookOver
            handling over handling1 TakenOver
            left bob.on by System HungUp
            handling handling2 ann
            joined ann.on Agent
            → room1 v4: c1→ann.on ann.on→c1
            wrap-up 30s
            → ok
        ann hang_up
            handling over handling2 AgentHungUp
            left ann.on by Agent HungUp
            → release c1 Normal
            → close room1
            wrap-up 30s
            → ok
        released c1
            left c1 by Agent HungUp
    "#]],
    );
}

#[test]
fn a_supervisor_takes_over_without_having_listened() {
    after(
        "ann take_over bob",
        expect![[r#"
        ann take_over bob
            handling over handling1 TakenOver
            left bob.on by System HungUp
            handling handling2 ann
            joined ann.on Agent
            → room1 v3: c1→ann.on ann.on→c1
            wrap-up 30s
            → ok
    "#]],
    );
}

#[test]
fn a_supervisor_ends_the_call() {
    after(
        "ann release bob\nreleased c1",
        expect![[r#"
        ann release bob
            handling over handling1 Released
            left bob.on by System HungUp
            → release c1 Normal
            → close room1
            wrap-up 30s
            → ok
        released c1
            left c1 by System HungUp
    "#]],
    );
}

#[test]
fn a_browser_that_reloads_goes_on_listening() {
    after(
        "ann supervise bob listen\nphone ann off\nphone ann 2",
        expect![[r#"
        ann supervise bob listen
            ann supervises bob Listen
            joined ann.on Supervisor
            → room1 v3: c1→bob.on bob.on→c1 c1→ann.on bob.on→ann.on
            → ok
        phone ann off
            ann device off
            left ann.on by Network Unreachable
            → room1 v4: c1→bob.on bob.on→c1
        phone ann 2
            ann device on
            joined ann.2 Supervisor
            → room1 v5: c1→bob.on bob.on→c1 c1→ann.2 bob.on→ann.2
    "#]],
    );
}

#[test]
fn a_supervisor_who_is_lost_hears_no_more() {
    after(
        "ann supervise bob listen\nphone ann off\n+30s",
        expect![[r#"
            ann supervise bob listen
                ann supervises bob Listen
                joined ann.on Supervisor
                → room1 v3: c1→bob.on bob.on→c1 c1→ann.on bob.on→ann.on
                → ok
            phone ann off
                ann device off
                left ann.on by Network Unreachable
                → room1 v4: c1→bob.on bob.on→c1
            +30s
                (agent_grace)
                ann supervises no more Unreachable
                → room1 v5: c1→bob.on bob.on→c1
                ann signed out GraceExpired
        "#]],
    );
}

#[test]
fn what_a_supervisor_cannot_do() {
    after(
        "ann supervise ann listen\nann unsupervise\nbob supervise ann listen\nann supervise bob listen\nann dial 021\nann ready\nann sign_out\nann unsupervise\nbob hold\nann take_over ann",
        expect![[r#"
            ann supervise ann listen
                → refused WrongState
            ann unsupervise
                → refused WrongState
            bob supervise ann listen
                → refused WrongState
            ann supervise bob listen
                ann supervises bob Listen
                joined ann.on Supervisor
                → room1 v3: c1→bob.on bob.on→c1 c1→ann.on bob.on→ann.on
                → ok
            ann dial 021
                → refused WorkInHand
            ann ready
                ann ready
                → ok
            ann sign_out
                → refused WorkInHand
            ann unsupervise
                left ann.on by Agent HungUp
                ann supervises no more Stopped
                → room1 v4: c1→bob.on bob.on→c1
                → ok
            bob hold
                held
                → room1 v5: play2→c1 play2[music ∞]
                → ok
            ann take_over ann
                → refused WrongState
        "#]],
    );
}

#[test]
fn a_supervisor_who_listens_is_offered_nothing() {
    after(
        "ann ready\nann supervise bob listen\ncall c2 4002\nup c2\nann unsupervise",
        expect![[r#"
        ann ready
            ann ready
            → ok
        ann supervise bob listen
            ann supervises bob Listen
            joined ann.on Supervisor
            → room1 v3: c1→bob.on bob.on→c1 c1→ann.on bob.on→ann.on
            → ok
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
            queued sales seg4 AllBusy
        ann unsupervise
            left ann.on by Agent HungUp
            ann supervises no more Stopped
            → room1 v4: c1→bob.on bob.on→c1
            → ok
            offered offer2 to ann OnlyEligible of 1 idle 0s
    "#]],
    );
}

#[test]
fn a_restart_ends_it() {
    let mut world = bob_talks();
    world.run("ann supervise bob listen");
    expect![[r#"
        (restart)
            floor started epoch 2
            handling over handling1 NodeRestarted
            ann supervises no more NodeRestarted
            left ann.on by System NodeRestarted
            left bob.on by System NodeRestarted
            left c1 by System NodeRestarted
            ended by System NodeRestarted
            ann device off
            bob device off
    "#]]
    .assert_eq(&world.restart(Duration::from_secs(2), settings()));
}

#[test]
fn a_telephone_is_rung_to_listen_with_and_hangs_up() {
    let mut world = bob_talks();
    world.run("sip desk on\nann use desk");
    let script = "ann supervise bob listen\nup desk.1\nann supervise bob whisper\ngone desk.1 colleague";
    expect![[r#"
        ann supervise bob listen
            ann supervises bob Listen
            → dial desk.1 desk as 13800138000 to answer itself
            → ok
        up desk.1
            joined desk.1 Supervisor
            → room1 v3: c1→bob.on bob.on→c1 c1→desk.1 bob.on→desk.1
        ann supervise bob whisper
            ann supervises Whisper
            → room1 v4: c1→bob.on bob.on→c1 c1→desk.1 bob.on→desk.1 desk.1→bob.on
            → ok
        gone desk.1 colleague
            left desk.1 by Agent HungUp
            ann supervises no more Stopped
            → room1 v5: c1→bob.on bob.on→c1
    "#]]
    .assert_eq(&world.run(script));
}
