//! Parking: music until somebody picks the customer up, back to whoever parked them when nobody does.

use expect_test::{Expect, expect};

use super::script::{World, settings};
use super::transfer::ann_talks;

/// Ann has parked the customer; Bob is at work and not ready.
fn parked() -> World {
    let mut world = ann_talks();
    world.run("ann transfer park");
    world
}

fn check(mut world: World, script: &str, expect: Expect) {
    expect.assert_eq(&world.run(script));
}

#[test]
fn a_colleague_picks_the_customer_up() {
    check(
        ann_talks(),
        "ann transfer park\n+30s\nbob pick_up c1\nbob hang_up\nreleased c1",
        expect![[r#"
        ann transfer park
            ann parks the customer for anybody
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            wrap-up 30s
            → ok
        +30s
            (wrap_up)
            wrap-up over DeadlinePassed
        bob pick_up c1
            offered offer2 to bob PickedUp of 1 idle 30s
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
fn whoever_parked_may_pick_up_out_of_the_wrap_up() {
    check(
        parked(),
        "ann pick_up c1\ngone c1",
        expect![[r#"
        ann pick_up c1
            wrap-up over CustomerBack
            offered offer2 to ann PickedUp of 1 idle 0s
            offer over offer2 Accepted
            transfer Completed
            handling handling2 ann
            joined ann.on Agent
            → room1 v4: c1→ann.on ann.on→c1
            → ok
        gone c1
            handling over handling2 CustomerHungUp
            left ann.on by Customer HungUp
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
    "#]],
    );
}

#[test]
fn two_want_the_customer_and_the_second_is_told() {
    check(
        parked(),
        "bob pick_up c1\nann pick_up c1\nann pick_up c9",
        expect![[r#"
        bob pick_up c1
            offered offer2 to bob PickedUp of 1 idle 0s
            offer over offer2 Accepted
            transfer Completed
            handling handling2 bob
            joined bob.on Agent
            → room1 v4: c1→bob.on bob.on→c1
            → ok
        ann pick_up c1
            → refused OfferOver
        ann pick_up c9
            → refused OfferOver
    "#]],
    );
}

#[test]
fn nobody_comes_and_the_customer_is_back_with_whoever_parked_them() {
    check(
        parked(),
        "+120s\nann accept",
        expect![[r#"
        +120s
            (wrap_up)
            wrap-up over DeadlinePassed
            (park)
            transfer NoAnswer
            offered offer2 to ann Returned of 1 idle 90s
        ann accept
            offer over offer2 Accepted
            handling handling2 ann
            joined ann.on Agent
            → room1 v4: c1→ann.on ann.on→c1
            → ok
    "#]],
    );
}

#[test]
fn nobody_comes_and_the_one_who_parked_has_left_so_the_customer_waits_in_front() {
    check(
        parked(),
        "ann sign_out\n+120s",
        expect![[r#"
        ann sign_out
            wrap-up over SignedOut
            ann signed out Self_
            → ok
        +120s
            (park)
            transfer NoAnswer
            → room1 v4: play3→c1 play3[music ∞]
            queued sales seg2 front NobodyReady
    "#]],
    );
}

#[test]
fn the_customer_leaves_while_parked() {
    check(
        parked(),
        "gone c1\nbob pick_up c1\n+120s",
        expect![[r#"
        gone c1
            transfer CustomerLeft
            left c1 by Customer HungUp
            → close room1
        bob pick_up c1
            → refused OfferOver
        +120s
            (wrap_up)
            wrap-up over DeadlinePassed
            ended by Customer HungUp
    "#]],
    );
}

#[test]
fn whoever_is_busy_or_away_picks_nobody_up() {
    check(
        parked(),
        "bob sign_out\nbob pick_up c1\nbob sign_in\nphone bob off\nbob pick_up c1\nphone bob on\ncall c2 4002\nup c2\nann finish\n\
         ann ready\nann accept\nann pick_up c1",
        expect![[r#"
            bob sign_out
                bob signed out Self_
                → ok
            bob pick_up c1
                → refused NotSignedIn
            bob sign_in
                bob signed in
                → ok
            phone bob off
                bob device off
            bob pick_up c1
                → refused NoDevice
            phone bob on
                bob device on
            call c2 4002
                started 4002 Zh
                joined c2 Customer
                → answer c2
                → resolve customer
            up c2
                answered c2
                node 0 in seg3
                node 0 exit Next
                → room2 v1: play3→c2 play3[music ∞]
                queued sales seg4 AllBusy
            ann finish
                wrap-up over Finished
                → ok
                offered offer2 to ann OnlyEligible of 1 idle 0s
            ann ready
                → ok
            ann accept
                offer over offer2 Accepted
                left queue seg4 Answered
                handling handling2 ann
                joined ann.on Agent
                → room2 v2: c2→ann.on ann.on→c2
                → ok
            ann pick_up c1
                → refused WorkInHand
        "#]],
    );
}

#[test]
fn a_sip_phone_rings_and_a_customer_it_does_not_take_stays_parked_for_the_time_that_is_left() {
    let mut world = World::new(settings());
    super::script::ready(&mut world, "ann");
    world
        .run("sip bobs on\npage bob on\nbob sign_in\nbob use bobs\ncall c1 4002\nup c1\nann accept\nann transfer park");
    check(
        world,
        "+30s\nbob pick_up c1\nrings bobs.1\ngone bobs.1 declined\n+90s",
        expect![[r#"
        +30s
            (wrap_up)
            wrap-up over DeadlinePassed
        bob pick_up c1
            offered offer2 to bob PickedUp of 1 idle 1030s
            → dial bobs.1 bobs as 13800138000
            → ok
        rings bobs.1
        gone bobs.1 declined
            offer over offer2 Declined
        +90s
            (park)
            transfer NoAnswer
            offered offer3 to ann Returned of 1 idle 90s
    "#]],
    );
}

#[test]
fn a_sip_phone_that_rings_past_the_end_of_parking_gives_the_customer_to_whoever_parked_them() {
    let mut world = World::new(settings());
    super::script::ready(&mut world, "ann");
    world
        .run("sip bobs on\npage bob on\nbob sign_in\nbob use bobs\ncall c1 4002\nup c1\nann accept\nann transfer park");
    check(
        world,
        "+110s\nbob pick_up c1\n+20s",
        expect![[r#"
        +110s
            (wrap_up)
            wrap-up over DeadlinePassed
        bob pick_up c1
            offered offer2 to bob PickedUp of 1 idle 1110s
            → dial bobs.1 bobs as 13800138000
            → ok
        +20s
            (ring)
            offer over offer2 Unanswered
            → release bobs.1 Normal
            transfer NoAnswer
            offered offer3 to ann Returned of 1 idle 100s
    "#]],
    );
}

#[test]
fn a_called_customer_who_is_parked_and_forgotten_is_let_go_when_nobody_is_there() {
    let mut world = World::new(settings());
    super::script::ready(&mut world, "ann");
    world.run("ann dial 02112345678\nup far.1\nann transfer park\nann sign_out");
    check(
        world,
        "+120s",
        expect![[r#"
            +120s
                (progress)
                (park)
                transfer NoAnswer
                → release far.1 Normal
                → close room1
        "#]],
    );
}

#[test]
fn a_restart_ends_it_in_the_books() {
    let mut world = parked();
    let restarted = world.restart(std::time::Duration::from_secs(5), settings());
    expect![[r#"
        (restart)
            floor started epoch 2
            wrap-up over NodeRestarted
            transfer NodeRestarted
            left c1 by System NodeRestarted
            ended by System NodeRestarted
            ann device off
            bob device off
    "#]]
    .assert_eq(&restarted);
}

#[test]
fn a_fault_lets_go_of_everything() {
    check(
        parked(),
        "failed c1\n+120s",
        expect![[r#"
        failed c1
            transfer Failed
            → release c1 InternalFault
            → close room1
        +120s
            (wrap_up)
            wrap-up over DeadlinePassed
    "#]],
    );
}
