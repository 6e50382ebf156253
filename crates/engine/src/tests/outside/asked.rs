//! Somebody outside is asked about a customer.

use expect_test::expect;

use super::after;

#[test]
fn the_customer_hears_music_until_all_three_talk() {
    after(
        "ann consult 021\nrings far.1\nup far.1\nann join\nann hang_up\ngone far.1",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        rings far.1
            → room1 v4: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
        up far.1
            joined far.1 Outside
            answered far.1
            → room1 v5: play2→c1 ann.on→far.1 far.1→ann.on play2[music ∞]
        ann join
            resumed
            all three talk
            → room1 v6: c1→ann.on c1→far.1 ann.on→c1 ann.on→far.1 far.1→c1 far.1→ann.on
            → ok
        ann hang_up
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            transfer Completed
            → room1 v7: c1→far.1 far.1→c1
            wrap-up 30s
            → ok
        gone far.1
            left far.1 by Outside HungUp
            → release c1 Normal
            → close room1
    "#]],
    );
}

#[test]
fn the_agent_hears_what_the_far_side_sends_before_it_answers_and_is_not_heard() {
    after(
        "ann consult 021\nheard far.1\nheard far.1\nup far.1",
        expect![[r#"
            ann consult 021
                ann asks somebody outside
                held
                → dial far.1 021 by carrier as 4002
                → room1 v3: play2→c1 play2[music ∞]
                → ok
            heard far.1
                → room1 v4: play2→c1 far.1→ann.on play2[music ∞] listens to far.1 for tones
            heard far.1
            up far.1
                joined far.1 Outside
                answered far.1
                → room1 v5: play2→c1 ann.on→far.1 far.1→ann.on play2[music ∞]
        "#]],
    );
}

#[test]
fn the_far_side_takes_the_customer() {
    after(
        "ann consult 021\nann complete\nup far.1\nann complete\ngone c1",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        ann complete
            → refused WrongState
        up far.1
            joined far.1 Outside
            answered far.1
            → room1 v4: play2→c1 ann.on→far.1 far.1→ann.on play2[music ∞]
        ann complete
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            transfer Completed
            → room1 v5: c1→far.1 far.1→c1
            wrap-up 30s
            → ok
        gone c1
            left far.1 by Customer HungUp
            → release far.1 Normal
            left c1 by Customer HungUp
            → close room1
    "#]],
    );
}

#[test]
fn the_agent_goes_back_to_the_customer() {
    after(
        "ann consult 021\nup far.1\nann drop\nreleased far.1",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        up far.1
            joined far.1 Outside
            answered far.1
            → room1 v4: play2→c1 ann.on→far.1 far.1→ann.on play2[music ∞]
        ann drop
            left far.1 by Agent HungUp
            → release far.1 Normal
            transfer Dropped
            resumed
            → room1 v5: c1→ann.on ann.on→c1
            → ok
        released far.1
    "#]],
    );
    after(
        "ann consult 021\nann drop",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        ann drop
            → release far.1 Normal
            transfer Dropped
            resumed
            → room1 v4: c1→ann.on ann.on→c1
            → ok
    "#]],
    );
}

#[test]
fn the_far_side_hangs_up_or_does_not_answer() {
    after(
        "ann consult 021\nup far.1\ngone far.1",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        up far.1
            joined far.1 Outside
            answered far.1
            → room1 v4: play2→c1 ann.on→far.1 far.1→ann.on play2[music ∞]
        gone far.1
            left far.1 by Outside HungUp
            transfer ColleagueLeft
            resumed
            → room1 v5: c1→ann.on ann.on→c1
    "#]],
    );
    after(
        "ann consult 021\ngone far.1 busy",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        gone far.1 busy
            transfer Busy
            resumed
            → room1 v4: c1→ann.on ann.on→c1
    "#]],
    );
    after(
        "ann consult 021\n+75s",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        +75s
            (dial)
            → release far.1 Normal
            transfer NoAnswer
            resumed
            → room1 v4: c1→ann.on ann.on→c1
    "#]],
    );
}

#[test]
fn the_customer_leaves_while_somebody_is_asked() {
    after(
        "ann consult 021\nup far.1\ngone c1",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        up far.1
            joined far.1 Outside
            answered far.1
            → room1 v4: play2→c1 ann.on→far.1 far.1→ann.on play2[music ∞]
        gone c1
            left far.1 by Customer HungUp
            → release far.1 Normal
            transfer CustomerLeft
            handling over handling1 CustomerHungUp
            left ann.on by Customer HungUp
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
    "#]],
    );
    after(
        "ann consult 021\ngone c1",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        gone c1
            → release far.1 Normal
            transfer CustomerLeft
            handling over handling1 CustomerHungUp
            left ann.on by Customer HungUp
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
    "#]],
    );
}

#[test]
fn an_agent_who_hangs_up_before_the_far_side_answers_ends_the_call() {
    after(
        "ann consult 021\nann hang_up",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        ann hang_up
            → release far.1 Normal
            transfer Dropped
            handling over handling1 AgentHungUp
            left ann.on by Agent HungUp
            → release c1 Normal
            → close room1
            wrap-up 30s
            → ok
    "#]],
    );
}

#[test]
fn the_agent_is_lost() {
    after(
        "ann consult 021\nup far.1\nphone ann off\n+35s",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        up far.1
            joined far.1 Outside
            answered far.1
            → room1 v4: play2→c1 ann.on→far.1 far.1→ann.on play2[music ∞]
        phone ann off
            ann device off
            left ann.on by Network Unreachable
            → room1 v5: play2→c1 play2[music ∞]
        +35s
            (agent_grace)
            handling over handling1 AgentLost
            ann signed out GraceExpired
            left far.1 by Agent HungUp
            → release far.1 Normal
            transfer Dropped
            → room1 v6: play2→c1 play2[music ∞]
            queued sales seg2 front NobodyReady
    "#]],
    );
    after(
        "ann consult 021\nup far.1\nann join\nphone ann off\n+35s",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        up far.1
            joined far.1 Outside
            answered far.1
            → room1 v4: play2→c1 ann.on→far.1 far.1→ann.on play2[music ∞]
        ann join
            resumed
            all three talk
            → room1 v5: c1→ann.on c1→far.1 ann.on→c1 ann.on→far.1 far.1→c1 far.1→ann.on
            → ok
        phone ann off
            ann device off
            left ann.on by Network Unreachable
            → room1 v6: c1→far.1 far.1→c1
        +35s
            (agent_grace)
            handling over handling1 AgentLost
            ann signed out GraceExpired
            transfer AgentLost
    "#]],
    );
}

#[test]
fn one_is_asked_at_a_time_and_keys_are_for_whoever_the_agent_talks_with() {
    after(
        "ann consult 021\nann consult bob\nann transfer bob\nann hold\nann press 1\nup far.1\nann press 2\nann join\nann press 3",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        ann consult bob
            → refused WrongState
        ann transfer bob
            → refused WrongState
        ann hold
            → refused WrongState
        ann press 1
            → refused WrongState
        up far.1
            joined far.1 Outside
            answered far.1
            → room1 v4: play2→c1 ann.on→far.1 far.1→ann.on play2[music ∞]
        ann press 2
            → press 2 at far.1
            → ok
        ann join
            resumed
            all three talk
            → room1 v5: c1→ann.on c1→far.1 ann.on→c1 ann.on→far.1 far.1→c1 far.1→ann.on
            → ok
        ann press 3
            → press 3 at c1
            → ok
    "#]],
    );
}

#[test]
fn a_supervisor_takes_the_customer_over_and_the_far_side_goes() {
    after(
        "bob ready\nann consult 021\nup far.1\nbob take_over ann",
        expect![[r#"
        bob ready
            bob ready
            → ok
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        up far.1
            joined far.1 Outside
            answered far.1
            → room1 v4: play2→c1 ann.on→far.1 far.1→ann.on play2[music ∞]
        bob take_over ann
            left far.1 by Agent HungUp
            → release far.1 Normal
            transfer Dropped
            handling over handling1 TakenOver
            left ann.on by System HungUp
            handling handling2 bob
            joined bob.on Agent
            → room1 v5: c1→bob.on bob.on→c1
            wrap-up 30s
            → ok
    "#]],
    );
}

#[test]
fn a_barging_supervisor_is_not_heard_by_a_far_side_that_has_not_answered() {
    after(
        "bob ready\nbob supervise ann barge\nann consult 021\nheard far.1\nup far.1",
        expect![[r#"
            bob ready
                bob ready
                → ok
            bob supervise ann barge
                bob supervises ann Barge
                joined bob.on Supervisor
                → room1 v3: c1→ann.on ann.on→c1 c1→bob.on ann.on→bob.on bob.on→c1 bob.on→ann.on
                → ok
            ann consult 021
                ann asks somebody outside
                held
                → dial far.1 021 by carrier as 4002
                → room1 v4: play2→c1 ann.on→bob.on bob.on→ann.on play2[music ∞]
                → ok
            heard far.1
                → room1 v5: play2→c1 far.1→ann.on ann.on→bob.on far.1→bob.on bob.on→ann.on play2[music ∞] listens to far.1 for tones
            up far.1
                joined far.1 Outside
                answered far.1
                → room1 v6: play2→c1 ann.on→far.1 far.1→ann.on ann.on→bob.on far.1→bob.on bob.on→ann.on bob.on→far.1 play2[music ∞]
        "#]],
    );
}

#[test]
fn somebody_outside_who_is_lost_is_not_said_to_have_left() {
    after(
        "ann consult 021\nup far.1\nlost far.1",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        up far.1
            joined far.1 Outside
            answered far.1
            → room1 v4: play2→c1 ann.on→far.1 far.1→ann.on play2[music ∞]
        lost far.1
            left far.1 by Network MediaLost
            → release far.1 Normal
            transfer Unreachable
            resumed
            → room1 v5: c1→ann.on ann.on→c1
    "#]],
    );
}

#[test]
fn a_tone_of_whoever_is_asked_ends_the_consult_with_what_it_says() {
    after(
        "ann consult 021\nheard far.1\ntone far.1 unobtainable\n+2s\nreleased far.1",
        expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4002
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        heard far.1
            → room1 v4: play2→c1 far.1→ann.on play2[music ∞] listens to far.1 for tones
        tone far.1 unobtainable
        +2s
            (progress)
            → release far.1 Normal
            transfer InvalidNumber
            resumed
            → room1 v5: c1→ann.on ann.on→c1
        released far.1
    "#]],
    );
}
