//! A SIP phone's own keys: moving the call, and keys by INFO.

use expect_test::expect;

use super::script::ready;
use super::telephone::{check, talking};

#[test]
fn the_transfer_key_hands_over_to_a_colleague_and_lets_the_phone_go() {
    let mut world = talking();
    ready(&mut world, "bob");
    world.run("bob not_ready");
    check(
        world,
        "peer_hold desk.1 on\nrefers desk.1 102\nbob accept",
        expect![[r#"
            peer_hold desk.1 on
                held
                → room1 v3: play2→c1 play2[music ∞]
            refers desk.1 102
                ann hands over to bob
                handling over handling1 Transferred
                left desk.1 by Agent HungUp
                → release desk.1 Moved
                → room1 v4: play2→c1 play2[music ∞]
                offered offer2 to bob Transferred of 1 idle 0s
                wrap-up 30s
            bob accept
                offer over offer2 Accepted
                transfer Completed
                handling handling2 bob
                joined bob.on Agent
                → room1 v5: c1→bob.on bob.on→c1
                → ok
        "#]],
    );
}

#[test]
fn a_number_of_ours_leads_into_its_flow() {
    check(
        talking(),
        "refers desk.1 4002",
        expect![[r#"
            refers desk.1 4002
                ann hands over to flow 602
                handling over handling1 Transferred
                left desk.1 by Agent HungUp
                → release desk.1 Moved
                transfer Completed
                → room1 v3: silence
                node 0 in seg3
                node 0 exit Next
                → room1 v4: play2→c1 play2[music ∞]
                queued sales seg4 AllBusy
                wrap-up 30s
        "#]],
    );
}

#[test]
fn nobody_else_is_reached_and_the_talk_goes_on() {
    check(
        talking(),
        "refers desk.1 102\nrefers desk.1 13800138000\nrefers desk.1 x\nrefers desk.1 101\nrefers c1 102\nrefers gone.9 102",
        expect![[r#"
            refers desk.1 102
                → not moved desk.1 CalleeUnavailable
            refers desk.1 13800138000
                → not moved desk.1 NotAllowed
            refers desk.1 x
                → not moved desk.1 BadNumber
            refers desk.1 101
                → not moved desk.1 UnknownReference
            refers c1 102
                → not moved c1 NotAllowed
            refers gone.9 102
                → not moved gone.9 NotAllowed
        "#]],
    );
}

#[test]
fn keys_by_info_reach_the_customer_or_the_menu() {
    check(
        talking(),
        "info desk.1 5\npeer_hold desk.1 on\ninfo desk.1 6\ncall c2 4001\nup c2\ninfo c2 1",
        expect![[r#"
            info desk.1 5
                → press 5 at c1
            peer_hold desk.1 on
                held
                → room1 v3: play2→c1 play2[music ∞]
            info desk.1 6
            call c2 4001
                started 4001 Zh
                joined c2 Customer
                → answer c2
                → resolve customer
            up c2
                answered c2
                node 0 in seg3
                office open Weekly
                node 0 exit Open
                node 1 in seg3
                → room2 v1: play3→c2 play3[welcome/Zh]
            info c2 1
                node 1 exit Next
                node 2 in seg3
                node 2 exit Choice(0)
                node 3 in seg3
                node 3 exit Next
                → room2 v2: play4→c2 play4[music ∞]
                queued sales seg4 AllBusy
        "#]],
    );
}
