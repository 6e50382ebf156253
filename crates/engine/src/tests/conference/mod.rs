//! Conferences: more than three talk; who is added, muted, let go.

mod ends;

use domain::Settings;
use expect_test::{Expect, expect};

use super::centre::agent;
use super::run::ready;
use super::script::{CAT, DAN, SALES, World, settings};

pub(super) fn settings_of_four() -> Settings {
    let mut settings = settings();
    settings.agents.extend([agent(CAT, "cat", &[SALES], &[]), agent(DAN, "dan", &[SALES], &[])]);
    settings
}

/// Ann talks with a customer; three others are there and take nothing of the queue.
pub(super) fn ann_talks_among_four() -> World {
    let mut world = World::new(settings_of_four());
    for name in ["ann", "bob", "cat", "dan"] {
        ready(&mut world, name);
        if name != "ann" {
            world.run(&format!("{name} not_ready"));
        }
    }
    world.run("call c1 4002\nup c1\nann accept");
    world
}

/// The same once bob and cat are in.
pub(super) fn four_talk() -> World {
    let mut world = ann_talks_among_four();
    world.run("ann add bob\nbob accept\nann add cat\ncat accept");
    world
}

pub(super) fn of_four(script: &str, expect: Expect) {
    expect.assert_eq(&four_talk().run(script));
}

#[test]
fn everybody_talks_on_while_somebody_is_rung() {
    let mut world = ann_talks_among_four();
    expect![[r#"
        ann add bob
            ann adds bob
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        ann hold
            → refused WrongState
        bob accept
            offer over offer2 Accepted
            handling handling2 bob
            joined bob.on Agent
            party1 takes part
            → room1 v3: c1→bob.on c1→ann.on bob.on→c1 bob.on→ann.on ann.on→c1 ann.on→bob.on
            → ok
        ann add 021
            ann adds somebody outside
            → dial far.1 021 by carrier as 4002
            → ok
        heard far.1
        +21s
        up far.1
            joined far.1 Outside
            answered far.1
            party2 takes part
            → room1 v4: c1→bob.on c1→far.1 c1→ann.on bob.on→c1 bob.on→far.1 bob.on→ann.on far.1→c1 far.1→bob.on far.1→ann.on ann.on→c1 ann.on→bob.on ann.on→far.1
        gone far.1
            left far.1 by Outside HungUp
            party2 out HungUp
            → room1 v5: c1→bob.on c1→ann.on bob.on→c1 bob.on→ann.on ann.on→c1 ann.on→bob.on
    "#]].assert_eq(&world.run("ann add bob\nann hold\nbob accept\nann add 021\nheard far.1\n+21s\nup far.1\ngone far.1"));
}

#[test]
fn a_third_who_was_asked_first_makes_room() {
    let mut world = ann_talks_among_four();
    expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        bob accept
            offer over offer2 Accepted
            handling handling2 bob
            joined bob.on Agent
            → room1 v4: play2→c1 ann.on→bob.on bob.on→ann.on play2[music ∞]
            → ok
        ann join
            resumed
            all three talk
            → room1 v5: c1→ann.on c1→bob.on ann.on→c1 ann.on→bob.on bob.on→c1 bob.on→ann.on
            → ok
        ann consult cat
            party1 takes part
            ann asks agent1
            held
            → room1 v6: play4→ann.on c1→bob.on bob.on→c1 play4[ringback-cn ∞]
            offered offer3 to agent1 Consulted of 1 idle 0s
            → ok
        cat accept
            offer over offer3 Accepted
            handling handling3 agent1
            joined cat.on Agent
            → room1 v7: c1→bob.on bob.on→c1 ann.on→cat.on cat.on→ann.on
            → ok
        ann complete
            → refused WrongState
        ann join
            resumed
            all three talk
            party2 takes part
            → room1 v8: c1→bob.on c1→cat.on c1→ann.on bob.on→c1 bob.on→cat.on bob.on→ann.on cat.on→c1 cat.on→bob.on cat.on→ann.on ann.on→c1 ann.on→bob.on ann.on→cat.on
            → ok
    "#]].assert_eq(&world.run("ann consult bob\nbob accept\nann join\nann consult cat\ncat accept\nann complete\nann join"));
}

#[test]
fn who_is_asked_in_private_is_heard_by_nobody_else() {
    of_four(
        "ann consult dan\ndan accept\nann drop",
        expect![[r#"
        ann consult dan
            ann asks agent2
            held
            → room1 v5: play2→ann.on c1→bob.on c1→cat.on bob.on→c1 bob.on→cat.on cat.on→c1 cat.on→bob.on play2[ringback-cn ∞]
            offered offer4 to agent2 Consulted of 1 idle 0s
            → ok
        dan accept
            offer over offer4 Accepted
            handling handling4 agent2
            joined dan.on Agent
            → room1 v6: c1→bob.on c1→cat.on bob.on→c1 bob.on→cat.on cat.on→c1 cat.on→bob.on ann.on→dan.on dan.on→ann.on
            → ok
        ann drop
            handling over handling4 ConsultEnded
            left dan.on by Agent HungUp
            transfer Dropped
            resumed
            → room1 v7: c1→bob.on c1→cat.on c1→ann.on bob.on→c1 bob.on→cat.on bob.on→ann.on cat.on→c1 cat.on→bob.on cat.on→ann.on ann.on→c1 ann.on→bob.on ann.on→cat.on
            → ok
    "#]],
    );
}

#[test]
fn whoever_leads_steps_out_and_the_others_go_on() {
    of_four(
        "ann hold\nann resume",
        expect![[r#"
        ann hold
            held
            → room1 v5: c1→bob.on c1→cat.on bob.on→c1 bob.on→cat.on cat.on→c1 cat.on→bob.on
            → ok
        ann resume
            resumed
            → room1 v6: c1→bob.on c1→cat.on c1→ann.on bob.on→c1 bob.on→cat.on bob.on→ann.on cat.on→c1 cat.on→bob.on cat.on→ann.on ann.on→c1 ann.on→bob.on ann.on→cat.on
            → ok
    "#]],
    );
}

#[test]
fn one_is_muted_and_heard_again() {
    of_four(
        "ann silence 1\nbob mute\nann unsilence 1\nbob unmute\nbob silence 2\nann silence 7",
        expect![[r#"
        ann silence 1
            party1 silenced
            → room1 v5: c1→bob.on c1→cat.on c1→ann.on cat.on→c1 cat.on→bob.on cat.on→ann.on ann.on→c1 ann.on→bob.on ann.on→cat.on
            → ok
        bob mute
            muted true
            → ok
        ann unsilence 1
            party1 not silenced
            → ok
        bob unmute
            muted false
            → room1 v6: c1→bob.on c1→cat.on c1→ann.on bob.on→c1 bob.on→cat.on bob.on→ann.on cat.on→c1 cat.on→bob.on cat.on→ann.on ann.on→c1 ann.on→bob.on ann.on→cat.on
            → ok
        bob silence 2
            → refused WrongState
        ann silence 7
            → refused WrongState
    "#]],
    );
}

#[test]
fn one_is_let_go() {
    of_four(
        "ann throw_out 1\nann throw_out 1\nann throw_out 1",
        expect![[r#"
        ann throw_out 1
            party1 out Dropped
            handling over handling2 ConsultEnded
            left bob.on by Agent HungUp
            → room1 v5: c1→cat.on c1→ann.on cat.on→c1 cat.on→ann.on ann.on→c1 ann.on→cat.on
            → ok
        ann throw_out 1
            party2 out Dropped
            handling over handling3 ConsultEnded
            left cat.on by Agent HungUp
            → room1 v6: c1→ann.on ann.on→c1
            → ok
        ann throw_out 1
            → refused WrongState
    "#]],
    );
}

#[test]
fn one_leaves_and_wraps_nothing_up() {
    of_four(
        "bob hang_up\ncat hang_up\nann hang_up",
        expect![[r#"
        bob hang_up
            party1 out HungUp
            handling over handling2 AgentHungUp
            left bob.on by Agent HungUp
            → room1 v5: c1→cat.on c1→ann.on cat.on→c1 cat.on→ann.on ann.on→c1 ann.on→cat.on
            → ok
        cat hang_up
            party2 out HungUp
            handling over handling3 AgentHungUp
            left cat.on by Agent HungUp
            → room1 v6: c1→ann.on ann.on→c1
            → ok
        ann hang_up
            handling over handling1 AgentHungUp
            left ann.on by Agent HungUp
            → release c1 Normal
            → close room1
            wrap-up 30s
            → ok
    "#]],
    );
}
