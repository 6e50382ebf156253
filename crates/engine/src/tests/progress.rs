//! What calls of ours come to: by what the network says, plays, or does not play.

use expect_test::expect;

use super::outbound::{browser, check};
use super::transfer::ann_talks;

#[test]
fn a_number_that_does_not_exist_is_known_by_what_the_network_says() {
    check(
        browser(),
        "ann dial 021\n+1.5s\nrings far.1\ngone far.1 busy\nann finish\nann dial 021\nrefused far.2 404 1\nann finish\nann dial 021\nrefused far.3 503",
        expect![[r#"
            ann dial 021
                started 4002 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                joined ann.on Agent
                → dial far.1 021 by carrier as 4002
                → ok
            +1.5s
            rings far.1
                rings there
                → room1 v1: play1→ann.on play1[ringback-cn ∞]
            gone far.1 busy
                call over Busy
                handling over handling1 NotReached
                left ann.on by Customer Busy
                wrap-up 60s
                → close room1
            ann finish
                wrap-up over Finished
                ended by Customer Busy
                → ok
            ann dial 021
                started 4002 Zh
                ann calls carrier
                handling handling2 ann
                → resolve customer
                joined ann.on Agent
                → dial far.2 021 by carrier as 4002
                → ok
            refused far.2 404 1
                call over InvalidNumber by 404 Q.850 1
                handling over handling2 NotReached
                left ann.on by Network InvalidNumber
                wrap-up 60s
                → close room2
            ann finish
                wrap-up over Finished
                ended by Network InvalidNumber
                → ok
            ann dial 021
                started 4002 Zh
                ann calls carrier
                handling handling3 ann
                → resolve customer
                joined ann.on Agent
                → dial far.3 021 by carrier as 4002
                → ok
            refused far.3 503
                call over Congestion by 503
                handling over handling3 NotReached
                left ann.on by Network Congestion
                wrap-up 60s
                → close room3
        "#]],
    );
}

#[test]
fn an_unobtainable_tone_is_heard_for_a_moment_and_gives_the_call_up() {
    check(
        browser(),
        "ann dial 021\nheard far.1\n+4s\ntone far.1 unobtainable\ntone far.1 busy\n+2s\nreleased far.1",
        expect![[r#"
            ann dial 021
                started 4002 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                joined ann.on Agent
                → dial far.1 021 by carrier as 4002
                → ok
            heard far.1
                rings there and is heard
                → room1 v1: far.1→ann.on listens to far.1 for tones
            +4s
            tone far.1 unobtainable
            tone far.1 busy
            +2s
                (progress)
                call over InvalidNumber by tone Unobtainable
                handling over handling1 NotReached
                left ann.on by Network InvalidNumber
                wrap-up 60s
                → release far.1 Normal
                → close room1
            released far.1
        "#]],
    );
}

#[test]
fn the_tone_counts_when_the_refusal_after_it_says_less() {
    check(
        browser(),
        "ann dial 021\nheard far.1\ntone far.1 busy\nrefused far.1 480\nann finish\n\
         ann dial 021\nheard far.2\ntone far.2 busy\nrefused far.2 404",
        expect![[r#"
            ann dial 021
                started 4002 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                joined ann.on Agent
                → dial far.1 021 by carrier as 4002
                → ok
            heard far.1
                rings there and is heard
                → room1 v1: far.1→ann.on listens to far.1 for tones
            tone far.1 busy
            refused far.1 480
                call over Busy by tone Busy
                handling over handling1 NotReached
                left ann.on by Customer Busy
                wrap-up 60s
                → close room1
            ann finish
                wrap-up over Finished
                ended by Customer Busy
                → ok
            ann dial 021
                started 4002 Zh
                ann calls carrier
                handling handling2 ann
                → resolve customer
                joined ann.on Agent
                → dial far.2 021 by carrier as 4002
                → ok
            heard far.2
                rings there and is heard
                → room2 v1: far.2→ann.on listens to far.2 for tones
            tone far.2 busy
            refused far.2 404
                call over InvalidNumber by 404
                handling over handling2 NotReached
                left ann.on by Network InvalidNumber
                wrap-up 60s
                → close room2
        "#]],
    );
}

#[test]
fn ringback_goes_on_and_an_answer_forgets_what_was_heard_before() {
    check(
        browser(),
        "ann dial 021\nheard far.1\ntone far.1 ringback\n+30s\ntone far.1 busy\nup far.1\n+30s\nann hang_up",
        expect![[r#"
            ann dial 021
                started 4002 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                joined ann.on Agent
                → dial far.1 021 by carrier as 4002
                → ok
            heard far.1
                rings there and is heard
                → room1 v1: far.1→ann.on listens to far.1 for tones
            tone far.1 ringback
            +30s
            tone far.1 busy
            up far.1
                joined far.1 Customer
                answered far.1
                call over Answered
                → room1 v2: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s
            +30s
            ann hang_up
                handling over handling1 AgentHungUp
                left ann.on by Agent HungUp
                → release far.1 Normal
                → close room1
                wrap-up 60s
                → ok
        "#]],
    );
}

#[test]
fn early_media_without_a_sound_is_given_up_as_unreachable() {
    check(
        browser(),
        "ann dial 021\nheard far.1\n+19s\n+1s\nreleased far.1",
        expect![[r#"
        ann dial 021
            started 4002 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            joined ann.on Agent
            → dial far.1 021 by carrier as 4002
            → ok
        heard far.1
            rings there and is heard
            → room1 v1: far.1→ann.on listens to far.1 for tones
        +19s
        +1s
            (progress)
            call over Unreachable by silence
            handling over handling1 NotReached
            left ann.on by Network Unreachable
            wrap-up 60s
            → release far.1 Normal
            → close room1
        released far.1
    "#]],
    );
    check(
        browser(),
        "ann dial 021\nheard far.1\n+19s\nspeaks far.1\n+20s",
        expect![[r#"
        ann dial 021
            started 4002 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            joined ann.on Agent
            → dial far.1 021 by carrier as 4002
            → ok
        heard far.1
            rings there and is heard
            → room1 v1: far.1→ann.on listens to far.1 for tones
        +19s
        speaks far.1
        +20s
    "#]],
    );
}

#[test]
fn a_tone_after_an_answer_ends_the_talk_and_says_what_the_call_was() {
    check(
        browser(),
        "ann dial 021\nup far.1\n+3s\ntone far.1 unobtainable\n+2s\nreleased far.1\nann finish",
        expect![[r#"
            ann dial 021
                started 4002 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                joined ann.on Agent
                → dial far.1 021 by carrier as 4002
                → ok
            up far.1
                joined far.1 Customer
                answered far.1
                call over Answered
                → room1 v1: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s
            +3s
            tone far.1 unobtainable
            +2s
                (progress)
                is in truth InvalidNumber by tone Unobtainable
                handling over handling1 NotReached
                left ann.on by Network InvalidNumber
                wrap-up 60s
                → release far.1 Normal
                → close room1
            released far.1
                left far.1 by Network InvalidNumber
            ann finish
                wrap-up over Finished
                ended by Network InvalidNumber
                → ok
        "#]],
    );
}

#[test]
fn of_an_answered_call_that_is_silent_the_agent_is_told_and_decides() {
    check(
        browser(),
        "ann dial 021\nup far.1\n+20s\n+4s\nspeaks far.1\nspeaks far.1\nann hang_up",
        expect![[r#"
        ann dial 021
            started 4002 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            joined ann.on Agent
            → dial far.1 021 by carrier as 4002
            → ok
        up far.1
            joined far.1 Customer
            answered far.1
            call over Answered
            → room1 v1: far.1→ann.on ann.on→far.1 listens to far.1 for tones for 20s
        +20s
            (progress)
            dead air of 20s: told ann
        +4s
        speaks far.1
            dead air of 24s: Over
        speaks far.1
        ann hang_up
            handling over handling1 AgentHungUp
            left ann.on by Agent HungUp
            → release far.1 Normal
            → close room1
            wrap-up 60s
            → ok
    "#]],
    );
}

#[test]
fn a_tone_of_somebody_else_or_too_late_changes_nothing() {
    check(
        browser(),
        "ann dial 021\ntone far.1 busy\nrings far.1\ntone c9 busy\nspeaks c9\nann hang_up\ntone far.1 busy",
        expect![[r#"
            ann dial 021
                started 4002 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                joined ann.on Agent
                → dial far.1 021 by carrier as 4002
                → ok
            tone far.1 busy
            rings far.1
                rings there
                → room1 v1: play1→ann.on play1[ringback-cn ∞]
            tone c9 busy
            speaks c9
            ann hang_up
                call over Cancelled
                handling over handling1 AgentHungUp
                left ann.on by Agent Cancelled
                wrap-up 60s
                → release far.1 Normal
                → close room1
                → ok
            tone far.1 busy
        "#]],
    );
}

#[test]
fn where_it_rings_after_early_sound_silence_means_nothing() {
    let mut world = browser();
    world.run("ann dial 021\nheard far.1\n+5s\nrings far.1");
    assert_eq!(world.run("+21s"), "+21s\n");
    // A tone still does.
    let told = world.run("tone far.1 busy\n+2s");
    assert!(told.contains("call over Busy by tone Busy"), "{told}");
    let mut world = ann_talks();
    world.run("ann consult 021\nheard far.1\n+5s\nrings far.1");
    assert_eq!(world.run("+21s"), "+21s\n");
}

#[test]
fn a_silence_that_was_told_is_over_when_somebody_else_is_listened_to() {
    let mut world = browser();
    world.run("ann dial 021\nup far.1");
    let told = world.run("+20s");
    assert!(told.contains("dead air of 20s: told ann"), "{told}");
    let asked = world.run("ann consult 022\nheard far.2");
    assert!(asked.contains("dead air of 20s: Over"), "{asked}");
}
