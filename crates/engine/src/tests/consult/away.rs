//! Browsers that go and come back in the middle of a consult.

use expect_test::expect;

use super::after;

#[test]
fn a_browser_that_reloads_keeps_its_part_in_private() {
    after(
        "ann consult bob\nbob accept\nphone ann off\nphone ann 2\nphone bob off\nphone bob 2",
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
        phone ann off
            ann device off
            left ann.on by Network Unreachable
            → room1 v5: play2→c1 play2[music ∞]
        phone ann 2
            ann device on
            joined ann.2 Agent
            → room1 v6: play2→c1 ann.2→bob.on bob.on→ann.2 play2[music ∞]
        phone bob off
            bob device off
            left bob.on by Network Unreachable
            → room1 v7: play2→c1 play2[music ∞]
        phone bob 2
            bob device on
            joined bob.2 Agent
            → room1 v8: play2→c1 ann.2→bob.2 bob.2→ann.2 play2[music ∞]
    "#]],
    );
}

#[test]
fn a_browser_that_reloads_keeps_its_part_among_three() {
    after(
        "ann consult bob\nbob accept\nann join\nphone ann off\nphone ann 2\nphone bob off\nphone bob 2",
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
            phone ann off
                ann device off
                left ann.on by Network Unreachable
                → room1 v6: c1→bob.on bob.on→c1
            phone ann 2
                ann device on
                joined ann.2 Agent
                → room1 v7: c1→ann.2 c1→bob.on ann.2→c1 ann.2→bob.on bob.on→c1 bob.on→ann.2
            phone bob off
                bob device off
                left bob.on by Network Unreachable
                → room1 v8: c1→ann.2 ann.2→c1
            phone bob 2
                bob device on
                joined bob.2 Agent
                → room1 v9: c1→ann.2 c1→bob.2 ann.2→c1 ann.2→bob.2 bob.2→c1 bob.2→ann.2
        "#]],
    );
}

#[test]
fn both_are_away_among_three_and_the_customer_hears_music() {
    after(
        "ann consult bob\nbob accept\nann join\nphone ann off\nphone bob off\nphone bob 2",
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
        phone ann off
            ann device off
            left ann.on by Network Unreachable
            → room1 v6: c1→bob.on bob.on→c1
        phone bob off
            bob device off
            left bob.on by Network Unreachable
            → room1 v7: play4→c1 play4[music ∞]
        phone bob 2
            bob device on
            joined bob.2 Agent
            → room1 v8: c1→bob.2 bob.2→c1
    "#]],
    );
}

#[test]
fn nobody_is_brought_together_with_a_colleague_who_is_away() {
    after(
        "ann consult bob\nbob accept\nphone bob off\nann join\nann complete\nphone bob 2\nann complete",
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
            phone bob off
                bob device off
                left bob.on by Network Unreachable
                → room1 v5: play2→c1 play2[music ∞]
            ann join
                → refused NoDevice
            ann complete
                → refused NoDevice
            phone bob 2
                bob device on
                joined bob.2 Agent
                → room1 v6: play2→c1 ann.on→bob.2 bob.2→ann.on play2[music ∞]
            ann complete
                handling over handling1 Transferred
                left ann.on by Agent HungUp
                transfer Completed
                → room1 v7: c1→bob.2 bob.2→c1
                wrap-up 30s
                → ok
        "#]],
    );
}

#[test]
fn whoever_asked_is_away_when_the_colleague_goes() {
    after(
        "ann consult bob\nbob accept\nphone ann off\nbob leave\nphone ann 2",
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
        phone ann off
            ann device off
            left ann.on by Network Unreachable
            → room1 v5: play2→c1 play2[music ∞]
        bob leave
            handling over handling2 AgentHungUp
            left bob.on by Agent HungUp
            transfer ColleagueLeft
            held device lost
            → room1 v6: play2→c1 play2[music ∞]
            → ok
        phone ann 2
            ann device on
            joined ann.2 Agent
            resumed device back
            → room1 v7: c1→ann.2 ann.2→c1
    "#]],
    );
}
