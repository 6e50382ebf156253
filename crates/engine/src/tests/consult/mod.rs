//! Consults: a colleague is asked, joins, takes over, goes.

mod away;
mod goes;
mod lost;

use expect_test::{Expect, expect};

use super::script::{World, ready, settings};
use super::transfer::ann_talks;

pub(super) fn after(script: &str, expect: Expect) {
    expect.assert_eq(&ann_talks().run(script));
}

#[test]
fn the_customer_hears_music_while_the_two_talk() {
    after(
        "ann consult bob\nbob accept\nann mute\nbob mute",
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
        ann mute
            muted true
            → room1 v5: play2→c1 bob.on→ann.on play2[music ∞]
            → ok
        bob mute
            muted true
            → room1 v6: play2→c1 play2[music ∞]
            → ok
    "#]],
    );
}

#[test]
fn the_colleague_takes_the_customer() {
    after(
        "ann consult bob\nbob accept\nann complete\nbob hang_up\nreleased c1",
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
        ann complete
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            transfer Completed
            → room1 v5: c1→bob.on bob.on→c1
            wrap-up 30s
            → ok
        bob hang_up
            handling over handling2 AgentHungUp
            left bob.on by Agent HungUp
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
fn all_three_talk_and_whoever_asked_leaves() {
    after(
        "ann consult bob\nbob accept\nann join\nann hang_up\ngone c1",
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
        ann hang_up
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            transfer Completed
            → room1 v6: c1→bob.on bob.on→c1
            wrap-up 30s
            → ok
        gone c1
            handling over handling2 CustomerHungUp
            left bob.on by Customer HungUp
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
    "#]],
    );
}

#[test]
fn whoever_hangs_up_in_private_leaves_the_customer_to_the_other() {
    after(
        "ann consult bob\nbob accept\nann hang_up",
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
        ann hang_up
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            transfer Completed
            → room1 v5: c1→bob.on bob.on→c1
            wrap-up 30s
            → ok
    "#]],
    );
}

#[test]
fn a_customer_on_hold_stays_so_after_the_consult() {
    after(
        "ann hold\nann consult bob\nbob accept\nann drop\nann resume",
        expect![[r#"
            ann hold
                held
                → room1 v3: play2→c1 play2[music ∞]
                → ok
            ann consult bob
                ann asks bob
                → room1 v4: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
                offered offer2 to bob Consulted of 1 idle 0s
                → ok
            bob accept
                offer over offer2 Accepted
                handling handling2 bob
                joined bob.on Agent
                → room1 v5: play2→c1 ann.on→bob.on bob.on→ann.on play2[music ∞]
                → ok
            ann drop
                handling over handling2 ConsultEnded
                left bob.on by Agent HungUp
                transfer Dropped
                → room1 v6: play2→c1 play2[music ∞]
                → ok
            ann resume
                resumed
                → room1 v7: c1→ann.on ann.on→c1
                → ok
        "#]],
    );
}

#[test]
fn what_is_refused_meanwhile() {
    after(
        "ann consult bob\nann consult bob\nann join\nann complete\nann resume\nann transfer sales\nbob accept\nbob hold\nbob drop\nbob complete\nbob transfer sales\nann resume\nann join\nann hold\nann join",
        expect![[r#"
            ann consult bob
                ann asks bob
                held
                → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
                offered offer2 to bob Consulted of 1 idle 0s
                → ok
            ann consult bob
                → refused WrongState
            ann join
                → refused WrongState
            ann complete
                → refused WrongState
            ann resume
                → refused WrongState
            ann transfer sales
                → refused WrongState
            bob accept
                offer over offer2 Accepted
                handling handling2 bob
                joined bob.on Agent
                → room1 v4: play2→c1 ann.on→bob.on bob.on→ann.on play2[music ∞]
                → ok
            bob hold
                → refused WrongState
            bob drop
                → refused WrongState
            bob complete
                → refused WrongState
            bob transfer sales
                → refused WrongState
            ann resume
                → refused WrongState
            ann join
                resumed
                all three talk
                → room1 v5: c1→ann.on c1→bob.on ann.on→c1 ann.on→bob.on bob.on→c1 bob.on→ann.on
                → ok
            ann hold
                → refused WrongState
            ann join
                → refused WrongState
        "#]],
    );
}

#[test]
fn who_cannot_be_asked() {
    after(
        "ann consult ann\nbob sign_out\nann consult bob\nann drop\nann join\nann complete",
        expect![[r#"
        ann consult ann
            → refused UnknownReference
        bob sign_out
            bob signed out Self_
            → ok
        ann consult bob
            → refused CalleeUnavailable
        ann drop
            → refused WrongState
        ann join
            → refused WrongState
        ann complete
            → refused WrongState
    "#]],
    );
}

/// Ann works with her desk phone.
fn by_telephone(script: &str, expect: Expect) {
    let mut world = World::new(settings());
    world.run("page ann on\nsip desk on\nann use desk\nann sign_in\nann ready");
    ready(&mut world, "bob");
    world.run("bob not_ready\ncall c1 4002\nup c1\nann accept\nup desk.2");
    expect.assert_eq(&world.run(script));
}

#[test]
fn a_telephone_that_hangs_up_leaves_the_customer_to_the_colleague() {
    by_telephone(
        "ann consult bob\nbob accept\ngone desk.2 colleague",
        expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→desk.2 play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        bob accept
            offer over offer2 Accepted
            handling handling2 bob
            joined bob.on Agent
            → room1 v4: play2→c1 desk.2→bob.on bob.on→desk.2 play2[music ∞]
            → ok
        gone desk.2 colleague
            handling over handling1 Transferred
            left desk.2 by Agent HungUp
            transfer Completed
            → room1 v5: c1→bob.on bob.on→c1
            wrap-up 30s
    "#]],
    );
}

#[test]
fn a_customer_stays_on_hold_when_the_telephone_holds_by_its_key() {
    by_telephone(
        "ann consult bob\nbob accept\npeer_hold desk.2 on\nann join\nbob hang_up\npeer_hold desk.2 off",
        expect![[r#"
            ann consult bob
                ann asks bob
                held
                → room1 v3: play2→c1 play3→desk.2 play2[music ∞] play3[ringback-cn ∞]
                offered offer2 to bob Consulted of 1 idle 0s
                → ok
            bob accept
                offer over offer2 Accepted
                handling handling2 bob
                joined bob.on Agent
                → room1 v4: play2→c1 desk.2→bob.on bob.on→desk.2 play2[music ∞]
                → ok
            peer_hold desk.2 on
            ann join
                → refused AtPhone
            bob hang_up
                handling over handling2 AgentHungUp
                left bob.on by Agent HungUp
                transfer ColleagueLeft
                → room1 v5: play2→c1 play2[music ∞]
                → ok
            peer_hold desk.2 off
                resumed
                → room1 v6: c1→desk.2 desk.2→c1
        "#]],
    );
}

#[test]
fn a_telephone_is_rung_about_a_customer_and_hangs_up() {
    let mut world = ann_talks();
    world.run("bob use bobs\nsip bobs on");
    let script = "ann consult bob\nup bobs.1\npeer_hold bobs.1 on\npeer_hold bobs.1 off\ngone bobs.1 colleague";
    expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → dial bobs.1 bobs as 101
            → ok
        up bobs.1
            offer over offer2 Accepted
            handling handling2 bob
            joined bobs.1 Agent
            → room1 v4: play2→c1 ann.on→bobs.1 bobs.1→ann.on play2[music ∞]
        peer_hold bobs.1 on
        peer_hold bobs.1 off
        gone bobs.1 colleague
            handling over handling2 AgentHungUp
            left bobs.1 by Agent HungUp
            transfer ColleagueLeft
            resumed
            → room1 v5: c1→ann.on ann.on→c1
    "#]]
    .assert_eq(&world.run(script));
}

#[test]
fn a_customer_hears_music_when_the_colleague_who_takes_over_holds_by_the_key() {
    let mut world = ann_talks();
    world.run("bob use bobs\nsip bobs on\nann consult bob\nup bobs.1\nann join");
    let script = "peer_hold bobs.1 on\nann complete\npeer_hold bobs.1 off";
    expect![[r#"
        peer_hold bobs.1 on
        ann complete
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            transfer Completed
            held
            → room1 v6: play4→c1 play4[music ∞]
            wrap-up 30s
            → ok
        peer_hold bobs.1 off
            resumed
            → room1 v7: c1→bobs.1 bobs.1→c1
    "#]]
    .assert_eq(&world.run(script));
}

#[test]
fn whoever_asked_holds_by_the_key_among_three_and_the_colleague_goes() {
    by_telephone(
        "ann consult bob\nbob accept\nann join\npeer_hold desk.2 on\nbob leave\npeer_hold desk.2 off",
        expect![[r#"
            ann consult bob
                ann asks bob
                held
                → room1 v3: play2→c1 play3→desk.2 play2[music ∞] play3[ringback-cn ∞]
                offered offer2 to bob Consulted of 1 idle 0s
                → ok
            bob accept
                offer over offer2 Accepted
                handling handling2 bob
                joined bob.on Agent
                → room1 v4: play2→c1 desk.2→bob.on bob.on→desk.2 play2[music ∞]
                → ok
            ann join
                resumed
                all three talk
                → room1 v5: c1→desk.2 c1→bob.on desk.2→c1 desk.2→bob.on bob.on→c1 bob.on→desk.2
                → ok
            peer_hold desk.2 on
                → room1 v6: c1→bob.on bob.on→c1
            bob leave
                handling over handling2 AgentHungUp
                left bob.on by Agent HungUp
                transfer ColleagueLeft
                held
                → room1 v7: play4→c1 play4[music ∞]
                → ok
            peer_hold desk.2 off
                resumed
                → room1 v8: c1→desk.2 desk.2→c1
        "#]],
    );
}

#[test]
fn a_colleague_who_wants_to_leave_does_not_hang_up_on_a_customer_who_has_just_become_theirs() {
    after(
        "ann consult bob\nbob accept\nann leave\nann complete\nbob leave",
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
        ann leave
            → refused WrongState
        ann complete
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            transfer Completed
            → room1 v5: c1→bob.on bob.on→c1
            wrap-up 30s
            → ok
        bob leave
            → refused WrongState
    "#]],
    );
}

#[test]
fn the_pause_of_a_recording_ends_when_the_colleague_takes_over() {
    let mut world = ann_talks();
    world.names.recording = true;
    let script = "ann pause card\nann consult bob\nbob accept\nann complete";
    expect![[r#"
        ann pause card
            paused rec1 CardData
            → room1 v3: c1→ann.on ann.on→c1 paused rec1 {CardData}
            → ok
        ann consult bob
            ann asks bob
            held
            → room1 v4: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞] paused rec1 {CardData}
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        bob accept
            offer over offer2 Accepted
            handling handling2 bob
            joined bob.on Agent
            → room1 v5: play2→c1 ann.on→bob.on bob.on→ann.on play2[music ∞] paused rec1 {CardData}
            → ok
        ann complete
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            transfer Completed
            resumed rec1 by end of talk
            → room1 v6: c1→bob.on bob.on→c1 on rec1
            wrap-up 30s
            → ok
    "#]]
    .assert_eq(&world.run(script));
}
