//! Talk: hold, mute, hang-ups, lost audio, and the far end.

use expect_test::expect;

use super::script::check_ready;

#[test]
fn hold_and_resume() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         ann hold
         ann hold
         ann resume
         ann resume",
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
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            ann hold
                held
                → room1 v3: play2→c1 play2[music ∞]
                → ok
            ann hold
                → ok
            ann resume
                resumed
                → room1 v4: c1→ann.on ann.on→c1
                → ok
            ann resume
                → ok
        "#]],
    );
}

#[test]
fn mute_survives_hold() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         ann mute
         ann mute
         ann hold
         ann resume
         ann unmute",
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
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            ann mute
                muted true
                → room1 v3: c1→ann.on
                → ok
            ann mute
                → ok
            ann hold
                held
                → room1 v4: play2→c1 play2[music ∞]
                → ok
            ann resume
                resumed
                → room1 v5: c1→ann.on
                → ok
            ann unmute
                muted false
                → room1 v6: c1→ann.on ann.on→c1
                → ok
        "#]],
    );
}

#[test]
fn the_far_end_holds() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         peer_hold c1 on
         peer_hold c1 off",
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
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            peer_hold c1 on
                peer held true
            peer_hold c1 off
                peer held false
        "#]],
    );
}

#[test]
fn no_audio_arrives_from_the_customer() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         lost c1
         released c1
         ann finish",
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
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            lost c1
                handling over handling1 NetworkFailed
                left ann.on by Network MediaLost
                wrap-up 30s
                → release c1 Normal
                → close room1
            released c1
                left c1 by Network MediaLost
            ann finish
                wrap-up over Finished
                ended by Network MediaLost
                → ok
        "#]],
    );
}

#[test]
fn no_audio_from_an_agent_is_not_the_floors_business() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         lost ann.on",
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
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            lost ann.on
        "#]],
    );
}

#[test]
fn both_hang_up_at_once() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         ann hang_up
         gone c1
         ann hang_up
         ann hold",
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
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            ann hang_up
                handling over handling1 AgentHungUp
                left ann.on by Agent HungUp
                → release c1 Normal
                → close room1
                wrap-up 30s
                → ok
            gone c1
                left c1 by Agent HungUp
            ann hang_up
                → refused WrongState
            ann hold
                → refused WrongState
        "#]],
    );
}

#[test]
fn the_agent_hangs_up_on_hold() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         ann hold
         ann hang_up
         released c1",
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
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            ann hold
                held
                → room1 v3: play2→c1 play2[music ∞]
                → ok
            ann hang_up
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

#[test]
fn the_network_fails_in_mid_call() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         gone c1 network",
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
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            gone c1 network
                handling over handling1 NetworkFailed
                left ann.on by Network Timeout
                wrap-up 30s
                left c1 by Network Timeout
                → close room1
        "#]],
    );
}
