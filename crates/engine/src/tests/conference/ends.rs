//! Who leaves a conference, is lost, or ends it, and who has the customer then.

use std::time::Duration;

use expect_test::expect;

use super::{ann_talks_among_four, four_talk, of_four, settings_of_four};

#[test]
fn whoever_leads_leaves_and_the_longest_there_leads() {
    of_four(
        "ann hang_up\nbob add dan\ndan accept\nbob throw_out 1",
        expect![[r#"
        ann hang_up
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            party1 leads
            → room1 v5: c1→cat.on c1→bob.on cat.on→c1 cat.on→bob.on bob.on→c1 bob.on→cat.on
            wrap-up 30s
            → ok
        bob add dan
            bob adds agent2
            offered offer4 to agent2 Consulted of 1 idle 0s
            → ok
        dan accept
            offer over offer4 Accepted
            handling handling4 agent2
            joined dan.on Agent
            party3 takes part
            → room1 v6: c1→cat.on c1→dan.on c1→bob.on cat.on→c1 cat.on→dan.on cat.on→bob.on dan.on→c1 dan.on→cat.on dan.on→bob.on bob.on→c1 bob.on→cat.on bob.on→dan.on
            → ok
        bob throw_out 1
            party2 out Dropped
            handling over handling3 ConsultEnded
            left cat.on by Agent HungUp
            → room1 v7: c1→dan.on c1→bob.on dan.on→c1 dan.on→bob.on bob.on→c1 bob.on→dan.on
            → ok
    "#]],
    );
}

#[test]
fn the_customer_leaves_and_all_agents_wrap_up() {
    of_four(
        "ann add 021\nup far.1\ngone c1",
        expect![[r#"
        ann add 021
            ann adds somebody outside
            → dial far.1 021 by carrier as 4002
            → ok
        up far.1
            joined far.1 Outside
            answered far.1
            party3 takes part
            → room1 v5: c1→bob.on c1→cat.on c1→far.1 c1→ann.on bob.on→c1 bob.on→cat.on bob.on→far.1 bob.on→ann.on cat.on→c1 cat.on→bob.on cat.on→far.1 cat.on→ann.on far.1→c1 far.1→bob.on far.1→cat.on far.1→ann.on ann.on→c1 ann.on→bob.on ann.on→cat.on ann.on→far.1
        gone c1
            party1 out TalkOver
            handling over handling2 CustomerHungUp
            left bob.on by Customer HungUp
            wrap-up 30s
            party2 out TalkOver
            handling over handling3 CustomerHungUp
            left cat.on by Customer HungUp
            wrap-up 30s
            party3 out TalkOver
            left far.1 by Customer HungUp
            → release far.1 Normal
            handling over handling1 CustomerHungUp
            left ann.on by Customer HungUp
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
    "#]],
    );
}

#[test]
fn whoever_is_lost_is_out() {
    of_four(
        "phone bob off\npage bob off\n+31s\nphone cat off\nphone cat 2",
        expect![[r#"
        phone bob off
            bob device off
            left bob.on by Network Unreachable
            → room1 v5: c1→cat.on c1→ann.on cat.on→c1 cat.on→ann.on ann.on→c1 ann.on→cat.on
        page bob off
        +31s
            (agent_grace)
            handling over handling2 AgentLost
            bob signed out GraceExpired
            party1 out Unreachable
        phone cat off
            agent1 device off
            left cat.on by Network Unreachable
            → room1 v6: c1→ann.on ann.on→c1
        phone cat 2
            agent1 device on
            joined cat.2 Agent
            → room1 v7: c1→cat.2 c1→ann.on cat.2→c1 cat.2→ann.on ann.on→c1 ann.on→cat.2
    "#]],
    );
}

#[test]
fn whoever_hears_somebody_who_is_lost_is_out_of_the_room() {
    let mut world = four_talk();
    let script = "phone bob off\npage bob off\ndan supervise bob barge\n+31s\ndan supervise ann listen";
    expect![[r#"
        phone bob off
            bob device off
            left bob.on by Network Unreachable
            → room1 v5: c1→cat.on c1→ann.on cat.on→c1 cat.on→ann.on ann.on→c1 ann.on→cat.on
        page bob off
        dan supervise bob barge
            agent2 supervises bob Barge
            joined dan.on Supervisor
            → room1 v6: c1→cat.on c1→ann.on cat.on→c1 cat.on→ann.on ann.on→c1 ann.on→cat.on c1→dan.on cat.on→dan.on ann.on→dan.on dan.on→c1 dan.on→cat.on dan.on→ann.on
            → ok
        +31s
            (agent_grace)
            handling over handling2 AgentLost
            left dan.on by Agent HungUp
            agent2 supervises no more TalkOver
            bob signed out GraceExpired
            party1 out Unreachable
            → room1 v7: c1→cat.on c1→ann.on cat.on→c1 cat.on→ann.on ann.on→c1 ann.on→cat.on
        dan supervise ann listen
            agent2 supervises ann Listen
            joined dan.on Supervisor
            → room1 v8: c1→cat.on c1→ann.on cat.on→c1 cat.on→ann.on ann.on→c1 ann.on→cat.on c1→dan.on cat.on→dan.on ann.on→dan.on
            → ok
    "#]].assert_eq(&world.run(script));
}

#[test]
fn whoever_leads_is_lost_and_the_next_leads() {
    of_four(
        "phone ann off\npage ann off\n+31s",
        expect![[r#"
        phone ann off
            ann device off
            left ann.on by Network Unreachable
            → room1 v5: c1→bob.on c1→cat.on bob.on→c1 bob.on→cat.on cat.on→c1 cat.on→bob.on
        page ann off
        +31s
            (agent_grace)
            handling over handling1 AgentLost
            ann signed out GraceExpired
            party1 leads
            → room1 v6: c1→cat.on c1→bob.on cat.on→c1 cat.on→bob.on bob.on→c1 bob.on→cat.on
    "#]],
    );
}

#[test]
fn two_outside_do_not_keep_the_customer() {
    let mut world = ann_talks_among_four();
    world.run("ann add 021\nup far.1\nann add 022\nup far.2");
    expect![[r#"
        ann hang_up
            party1 out TalkOver
            left far.1 by Agent HungUp
            → release far.1 Normal
            party2 out TalkOver
            left far.2 by Agent HungUp
            → release far.2 Normal
            handling over handling1 AgentHungUp
            left ann.on by Agent HungUp
            → release c1 Normal
            → close room1
            wrap-up 30s
            → ok
    "#]]
    .assert_eq(&world.run("ann hang_up"));
}

#[test]
fn one_outside_keeps_the_customer() {
    let mut world = ann_talks_among_four();
    world.run("ann add 021\nup far.1");
    expect![[r#"
        ann hang_up
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            party1 leads
            → room1 v4: c1→far.1 far.1→c1
            wrap-up 30s
            → ok
        gone far.1
            left far.1 by Outside HungUp
            → release c1 Normal
            → close room1
    "#]]
    .assert_eq(&world.run("ann hang_up\ngone far.1"));
}

#[test]
fn a_colleague_who_was_asked_leads_when_only_numbers_outside_are_left() {
    for gone in ["ann hang_up", "phone ann off\npage ann off\n+31s"] {
        let mut world = ann_talks_among_four();
        world.run("ann add 021\nup far.1\nann add 022\nup far.2\nann consult bob\nbob accept");
        let told = world.run(gone);
        assert!(told.contains("takes part") && told.contains("leads"), "{told}");
        assert!(!told.contains("left bob.on") && !told.contains("→ release"), "{told}");
        let told = world.run("bob hold\nbob resume");
        assert_eq!(told.matches("→ ok").count(), 2, "{told}");
    }
}

#[test]
fn nobody_answers() {
    let mut world = ann_talks_among_four();
    expect![[r#"
        ann add bob
            ann adds bob
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        ann throw_out 1
            offer over offer2 Withdrawn
            transfer Dropped
            → ok
        ann add cat
            ann adds agent1
            offered offer3 to agent1 Consulted of 1 idle 0s
            → ok
        cat decline
            offer over offer3 Declined
            transfer Declined
            → ok
        ann add 021
            ann adds somebody outside
            → dial far.1 021 by carrier as 4002
            → ok
        gone far.1 busy
            transfer Busy
    "#]]
    .assert_eq(&world.run("ann add bob\nann throw_out 1\nann add cat\ncat decline\nann add 021\ngone far.1 busy"));
}

#[test]
fn what_is_refused() {
    of_four(
        "ann transfer sales\nann add ann\nann add bob\nann add sales\nann consult dan\nann add 021\nbob add 021\nbob hold\nbob transfer sales\nbob throw_out 1",
        expect![[r#"
        ann transfer sales
            → refused WrongState
        ann add ann
            → refused UnknownReference
        ann add bob
            → refused CalleeUnavailable
        ann add sales
            → refused BadNumber
        ann consult dan
            ann asks agent2
            held
            → room1 v5: play2→ann.on c1→bob.on c1→cat.on bob.on→c1 bob.on→cat.on cat.on→c1 cat.on→bob.on play2[ringback-cn ∞]
            offered offer4 to agent2 Consulted of 1 idle 0s
            → ok
        ann add 021
            → refused WrongState
        bob add 021
            → refused WrongState
        bob hold
            → refused WrongState
        bob transfer sales
            → refused WrongState
        bob throw_out 1
            → refused WrongState
    "#]],
    );
}

#[test]
fn a_supervisor_takes_the_lead() {
    of_four(
        "dan take_over ann",
        expect![[r#"
        dan take_over ann
            handling over handling1 TakenOver
            left ann.on by System HungUp
            handling handling4 agent2
            joined dan.on Agent
            → room1 v5: c1→bob.on c1→cat.on c1→dan.on bob.on→c1 bob.on→cat.on bob.on→dan.on cat.on→c1 cat.on→bob.on cat.on→dan.on dan.on→c1 dan.on→bob.on dan.on→cat.on
            wrap-up 30s
            → ok
    "#]],
    );
}

#[test]
fn a_supervisor_ends_it_for_all() {
    of_four(
        "dan release ann",
        expect![[r#"
        dan release ann
            party1 out TalkOver
            handling over handling2 Released
            left bob.on by System HungUp
            wrap-up 30s
            party2 out TalkOver
            handling over handling3 Released
            left cat.on by System HungUp
            wrap-up 30s
            handling over handling1 Released
            left ann.on by System HungUp
            → release c1 Normal
            → close room1
            wrap-up 30s
            → ok
    "#]],
    );
}

#[test]
fn who_supervises_one_aside_hears_those_aside() {
    of_four(
        "dan supervise ann whisper\nann hold\nann resume",
        expect![[r#"
        dan supervise ann whisper
            agent2 supervises ann Whisper
            joined dan.on Supervisor
            → room1 v5: c1→bob.on c1→cat.on c1→ann.on bob.on→c1 bob.on→cat.on bob.on→ann.on cat.on→c1 cat.on→bob.on cat.on→ann.on ann.on→c1 ann.on→bob.on ann.on→cat.on c1→dan.on bob.on→dan.on cat.on→dan.on ann.on→dan.on dan.on→ann.on
            → ok
        ann hold
            held
            → room1 v6: c1→bob.on c1→cat.on bob.on→c1 bob.on→cat.on cat.on→c1 cat.on→bob.on ann.on→dan.on dan.on→ann.on
            → ok
        ann resume
            resumed
            → room1 v7: c1→bob.on c1→cat.on c1→ann.on bob.on→c1 bob.on→cat.on bob.on→ann.on cat.on→c1 cat.on→bob.on cat.on→ann.on ann.on→c1 ann.on→bob.on ann.on→cat.on c1→dan.on bob.on→dan.on cat.on→dan.on ann.on→dan.on dan.on→ann.on
            → ok
    "#]],
    );
}

#[test]
fn nine_are_too_many() {
    let mut world = four_talk();
    for number in 1..5 {
        world.run(&format!("ann add 02{number}\nup far.{number}"));
    }
    let refused = "ann add dan\n    → refused Overload\n";
    assert_eq!(world.run("ann add dan"), refused);
    assert_eq!(world.run("ann consult dan"), refused.replace("add", "consult"));
    world.run("gone far.1");
    assert!(world.run("ann add dan").ends_with("→ ok\n"));
}

#[test]
fn a_restart_ends_it_for_all() {
    let mut world = four_talk();
    world.run("ann add 021\nup far.1\nann add dan");
    expect![[r#"
        (restart)
            floor started epoch 2
            offer over offer4 NodeRestarted
            handling over handling1 NodeRestarted
            handling over handling2 NodeRestarted
            handling over handling3 NodeRestarted
            transfer NodeRestarted
            party1 out NodeRestarted
            party2 out NodeRestarted
            party3 out NodeRestarted
            left ann.on by System NodeRestarted
            left bob.on by System NodeRestarted
            left cat.on by System NodeRestarted
            left c1 by System NodeRestarted
            left far.1 by System NodeRestarted
            ended by System NodeRestarted
            ann device off
            bob device off
            agent1 device off
            agent2 device off
    "#]]
    .assert_eq(&world.restart(Duration::from_secs(2), settings_of_four()));
}
