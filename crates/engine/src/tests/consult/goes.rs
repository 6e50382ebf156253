//! The colleague goes, and whoever asked goes on with the customer.

use expect_test::expect;

use super::after;

#[test]
fn all_three_talk_and_the_colleague_leaves() {
    after(
        "ann consult bob\nbob accept\nann join\nbob hang_up",
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
        bob hang_up
            handling over handling2 AgentHungUp
            left bob.on by Agent HungUp
            transfer ColleagueLeft
            → room1 v6: c1→ann.on ann.on→c1
            → ok
    "#]],
    );
}

#[test]
fn the_colleague_is_let_go() {
    after(
        "ann consult bob\nbob accept\nann drop\nann consult bob",
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
            ann drop
                handling over handling2 ConsultEnded
                left bob.on by Agent HungUp
                transfer Dropped
                resumed
                → room1 v5: c1→ann.on ann.on→c1
                → ok
            ann consult bob
                ann asks bob
                held
                → room1 v6: play4→c1 play5→ann.on play4[music ∞] play5[ringback-cn ∞]
                offered offer3 to bob Consulted of 1 idle 0s
                → ok
        "#]],
    );
}

#[test]
fn the_colleague_is_let_go_from_three() {
    after(
        "ann consult bob\nbob accept\nann join\nann drop",
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
            ann drop
                handling over handling2 ConsultEnded
                left bob.on by Agent HungUp
                transfer Dropped
                → room1 v6: c1→ann.on ann.on→c1
                → ok
        "#]],
    );
}

#[test]
fn the_colleague_hangs_up_in_private() {
    after(
        "ann consult bob\nbob accept\nbob hang_up",
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
        bob hang_up
            handling over handling2 AgentHungUp
            left bob.on by Agent HungUp
            transfer ColleagueLeft
            resumed
            → room1 v5: c1→ann.on ann.on→c1
            → ok
    "#]],
    );
}

#[test]
fn the_colleague_turns_it_down_and_stays_ready() {
    after(
        "bob ready\nann consult bob\nbob decline",
        expect![[r#"
        bob ready
            bob ready
            → ok
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        bob decline
            offer over offer2 Declined
            transfer Declined
            resumed
            → room1 v4: c1→ann.on ann.on→c1
            → ok
    "#]],
    );
}

#[test]
fn nobody_answers() {
    after(
        "ann consult bob\n+20s",
        expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        +20s
            (ring)
            offer over offer2 Unanswered
            transfer NoAnswer
            resumed
            → room1 v4: c1→ann.on ann.on→c1
    "#]],
    );
}

#[test]
fn the_question_is_taken_back() {
    after(
        "ann consult bob\nann drop",
        expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        ann drop
            offer over offer2 Withdrawn
            transfer Dropped
            resumed
            → room1 v4: c1→ann.on ann.on→c1
            → ok
    "#]],
    );
}

#[test]
fn the_call_is_ended_while_it_rings() {
    after(
        "ann consult bob\nann hang_up\nreleased c1",
        expect![[r#"
        ann consult bob
            ann asks bob
            held
            → room1 v3: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
            offered offer2 to bob Consulted of 1 idle 0s
            → ok
        ann hang_up
            offer over offer2 Withdrawn
            transfer Dropped
            handling over handling1 AgentHungUp
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
