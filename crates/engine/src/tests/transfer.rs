//! Blind transfers: to a colleague, a queue and a flow; taken, turned down, unanswered, given back, torn off.

use std::time::Duration;

use domain::Event;
use expect_test::{Expect, expect};

use super::script::{World, settings, with_ready};

/// What happens after Ann has taken a call of the sales queue, with Bob at work and not ready.
pub(super) fn ann_talks() -> World {
    let mut world = with_ready(&["ann", "bob"]);
    world.run("bob not_ready\ncall c1 4002\nup c1\nann accept");
    world
}

fn after(script: &str, expect: Expect) {
    expect.assert_eq(&ann_talks().run(script));
}

#[test]
fn a_colleague_takes_the_customer() {
    after(
        "ann transfer bob\n+3s\nbob accept\nbob hang_up\nreleased c1",
        expect![[r#"
        ann transfer bob
            ann hands over to bob
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            offered offer2 to bob Transferred of 1 idle 0s
            wrap-up 30s
            → ok
        +3s
        bob accept
            offer over offer2 Accepted
            transfer Completed
            handling handling2 bob
            joined bob.on Agent
            → room1 v4: c1→bob.on bob.on→c1
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
fn the_music_of_a_hold_goes_on() {
    after(
        "ann hold\nann transfer bob",
        expect![[r#"
        ann hold
            held
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        ann transfer bob
            ann hands over to bob
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v4: play2→c1 play2[music ∞]
            offered offer2 to bob Transferred of 1 idle 0s
            wrap-up 30s
            → ok
    "#]],
    );
}

#[test]
fn nobody_answers_and_the_sender_has_the_customer_back() {
    after(
        "ann transfer bob\n+20s\nann accept",
        expect![[r#"
        ann transfer bob
            ann hands over to bob
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            offered offer2 to bob Transferred of 1 idle 0s
            wrap-up 30s
            → ok
        +20s
            (ring)
            offer over offer2 Unanswered
            transfer NoAnswer
            wrap-up over CustomerBack
            offered offer3 to ann Returned of 1 idle 0s
        ann accept
            offer over offer3 Accepted
            handling handling2 ann
            joined ann.on Agent
            → room1 v4: c1→ann.on ann.on→c1
            → ok
    "#]],
    );
}

#[test]
fn turned_down_by_everybody_the_customer_waits_in_front_and_only_the_sender_is_less_ready() {
    after(
        "ann ready\nann transfer bob\nbob decline\nann decline",
        expect![[r#"
            ann ready
                → ok
            ann transfer bob
                ann hands over to bob
                handling over handling1 Transferred
                left ann.on by Agent HungUp
                → room1 v3: play2→c1 play2[music ∞]
                offered offer2 to bob Transferred of 1 idle 0s
                wrap-up 30s
                → ok
            bob decline
                offer over offer2 Declined
                transfer Declined
                wrap-up over CustomerBack
                offered offer3 to ann Returned of 1 idle 0s
                → ok
            ann decline
                offer over offer3 Declined
                ann not ready OfferDeclined
                → room1 v4: play3→c1 play3[music ∞]
                queued sales seg2 front NobodyReady
                → ok
        "#]],
    );
}

#[test]
fn a_sender_who_has_left_is_not_rung() {
    after(
        "ann transfer bob\nann sign_out\nbob decline",
        expect![[r#"
        ann transfer bob
            ann hands over to bob
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            offered offer2 to bob Transferred of 1 idle 0s
            wrap-up 30s
            → ok
        ann sign_out
            wrap-up over SignedOut
            ann signed out Self_
            → ok
        bob decline
            offer over offer2 Declined
            transfer Declined
            → room1 v4: play3→c1 play3[music ∞]
            queued sales seg2 front NobodyReady
            → ok
    "#]],
    );
}

#[test]
fn the_customer_leaves_while_the_colleague_is_rung() {
    after(
        "ann transfer bob\ngone c1",
        expect![[r#"
        ann transfer bob
            ann hands over to bob
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            offered offer2 to bob Transferred of 1 idle 0s
            wrap-up 30s
            → ok
        gone c1
            offer over offer2 CustomerLeft
            transfer CustomerLeft
            left c1 by Customer HungUp
            → close room1
    "#]],
    );
}

#[test]
fn the_phone_of_the_colleague_vanishes_while_it_rings() {
    after(
        "ann transfer bob\nphone bob off",
        expect![[r#"
        ann transfer bob
            ann hands over to bob
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            offered offer2 to bob Transferred of 1 idle 0s
            wrap-up 30s
            → ok
        phone bob off
            bob device off
            offer over offer2 DeviceLost
            transfer Unreachable
            wrap-up over CustomerBack
            offered offer3 to ann Returned of 1 idle 0s
    "#]],
    );
}

#[test]
fn to_a_queue_and_the_sender_wraps_up() {
    after(
        "ann transfer help",
        expect![[r#"
        ann transfer help
            ann hands over to help
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            transfer Completed
            → room1 v3: play2→c1 play2[music ∞]
            queued help seg3 AllBusy
            wrap-up 30s
            → ok
    "#]],
    );
}

#[test]
fn to_a_flow() {
    after(
        "ann transfer flow",
        expect![[r#"
        ann transfer flow
            ann hands over to flow 601
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            transfer Completed
            → room1 v3: silence
            node 0 in seg3
            office open Weekly
            node 0 exit Open
            node 1 in seg3
            → room1 v4: play2→c1 play2[welcome/Zh]
            wrap-up 30s
            → ok
    "#]],
    );
}

#[test]
fn whom_a_customer_cannot_be_handed_to() {
    after(
        "ann transfer ann
         page bob off
         ann transfer bob
         page bob on
         phone bob off
         ann transfer bob
         phone bob 2
         bob sign_out
         ann transfer bob
         ann hang_up
         ann transfer help",
        expect![[r#"
            ann transfer ann
                → refused UnknownReference
            page bob off
            ann transfer bob
                → refused CalleeUnavailable
            page bob on
            phone bob off
                bob device off
            ann transfer bob
                → refused CalleeUnavailable
            phone bob 2
                bob device on
            bob sign_out
                bob signed out Self_
                → ok
            ann transfer bob
                → refused CalleeUnavailable
            ann hang_up
                handling over handling1 AgentHungUp
                left ann.on by Agent HungUp
                → release c1 Normal
                → close room1
                wrap-up 30s
                → ok
            ann transfer help
                → refused WrongState
        "#]],
    );
}

#[test]
fn a_colleague_with_work_in_hand_is_not_rung() {
    let mut world = with_ready(&["ann", "bob"]);
    world.run("call c1 4002\nup c1\nann accept\ncall c2 4002\nup c2");
    expect![[r#"
        ann transfer bob
            → refused CalleeUnavailable
        bob accept
            offer over offer2 Accepted
            left queue seg4 Answered
            handling handling2 bob
            joined bob.on Agent
            → room2 v2: c2→bob.on bob.on→c2
            → ok
        ann transfer bob
            → refused CalleeUnavailable
    "#]]
    .assert_eq(&world.run("ann transfer bob\nbob accept\nann transfer bob"));
}

#[test]
fn somebody_who_was_called_is_handed_over_and_let_go_when_nobody_takes_them() {
    let mut world = with_ready(&["ann", "bob"]);
    world.run("bob not_ready\nann dial 021\nup far.1");
    expect![[r#"
        ann transfer bob
            ann hands over to bob
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v2: play1→far.1 play1[music ∞] listens to far.1 for tones for 20s
            offered offer1 to bob Transferred of 1 idle 0s
            wrap-up 60s
            → ok
        ann sign_out
            wrap-up over SignedOut
            ann signed out Self_
            → ok
        +20s
            (ring)
            offer over offer1 Unanswered
            transfer NoAnswer
            → release far.1 Normal
            → close room1
    "#]]
    .assert_eq(&world.run("ann transfer bob\nann sign_out\n+20s"));
}

#[test]
fn a_sip_phone_is_rung_for_a_customer_who_is_handed_over() {
    let mut world = ann_talks();
    world.run("sip bobs on\nbob use bobs");
    expect![[r#"
        ann transfer bob
            ann hands over to bob
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            offered offer2 to bob Transferred of 1 idle 0s
            → dial bobs.1 bobs as 13800138000
            wrap-up 30s
            → ok
        up bobs.1
            offer over offer2 Accepted
            transfer Completed
            handling handling2 bob
            joined bobs.1 Agent
            → room1 v4: c1→bobs.1 bobs.1→c1
    "#]]
    .assert_eq(&world.run("ann transfer bob\nup bobs.1"));
}

#[test]
fn a_restart_in_the_middle_ends_transfer_and_offer() {
    let mut world = ann_talks();
    world.run("ann transfer bob");
    expect![[r#"
        (restart)
            floor started epoch 2
            offer over offer2 NodeRestarted
            wrap-up over NodeRestarted
            transfer NodeRestarted
            left c1 by System NodeRestarted
            ended by System NodeRestarted
            ann device off
            bob device off
    "#]]
    .assert_eq(&world.restart(Duration::from_secs(3), settings()));
    let open = world.ledger.iter().filter(|entry| matches!(entry.event, Event::TransferStarted { .. })).count();
    let over = world.ledger.iter().filter(|entry| matches!(entry.event, Event::TransferEnded { .. })).count();
    assert_eq!(open, over);
}
