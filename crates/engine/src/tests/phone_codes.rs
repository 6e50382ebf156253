//! What a SIP phone dials, or moves its call to, in order to park a customer and to pick one up.

use expect_test::{Expect, expect};

use super::centre::agent;
use super::script::{BOB, SALES, World, ready, settings};
use super::telephone::talking;

/// Ann's phone has parked its customer; Bob works with a SIP phone and is not ready.
fn parked() -> World {
    let mut world = talking();
    world.run("sip bobs on\npage bob on\nbob sign_in\nbob use bobs\nrefers desk.1 *68\nreleased desk.1");
    world
}

fn check(mut world: World, script: &str, expect: Expect) {
    expect.assert_eq(&world.run(script));
}

#[test]
fn the_transfer_key_parks_and_a_call_of_a_colleagues_phone_picks_up() {
    let mut world = talking();
    world.run("sip bobs on\npage bob on\nbob sign_in\nbob use bobs");
    check(
        world,
        "refers desk.1 *68\nreleased desk.1\ncalls p1 bobs *88\nup p1\ngone p1 colleague",
        expect![[r#"
        refers desk.1 *68
            ann parks the customer for anybody
            handling over handling1 Transferred
            left desk.1 by Agent HungUp
            → release desk.1 Moved
            → room1 v3: play2→c1 play2[music ∞]
            wrap-up 30s
        released desk.1
        calls p1 bobs *88
            offered offer2 to bob PickedUp of 1 idle 1000s
            → answer p1
        up p1
            offer over offer2 Accepted
            transfer Completed
            handling handling2 bob
            joined p1 Agent
            → room1 v4: c1→p1 p1→c1
        gone p1 colleague
            handling over handling2 AgentHungUp
            left p1 by Agent HungUp
            → release c1 Normal
            → close room1
            wrap-up 30s
    "#]],
    );
}

#[test]
fn whoever_parked_picks_up_out_of_the_wrap_up_by_the_own_agent_id() {
    check(
        parked(),
        "calls p1 desk *88101\nup p1\ngone c1",
        expect![[r#"
        calls p1 desk *88101
            wrap-up over CustomerBack
            offered offer2 to ann PickedUp of 1 idle 0s
            → answer p1
        up p1
            offer over offer2 Accepted
            transfer Completed
            handling handling2 ann
            joined p1 Agent
            → room1 v4: c1→p1 p1→c1
        gone c1
            handling over handling2 CustomerHungUp
            left p1 by Customer HungUp
            → release p1 Normal
            wrap-up 30s
            left c1 by Customer HungUp
            → close room1
    "#]],
    );
}

#[test]
fn the_longest_parked_comes_first_unless_a_colleague_is_named() {
    let mut world = parked();
    world.run("+10s\ncall c2 4002\nup c2\nbob ready\nup bobs.1\nrefers bobs.1 *68\nreleased bobs.1\nbob finish");
    check(
        world,
        "calls p1 bobs *88102\nup p1\ngone p1 colleague\nbob finish\ncalls p2 bobs *88\nup p2",
        expect![[r#"
        calls p1 bobs *88102
            offered offer3 to bob PickedUp of 1 idle 0s
            → answer p1
        up p1
            offer over offer3 Accepted
            transfer Completed
            handling handling3 bob
            joined p1 Agent
            → room2 v4: c2→p1 p1→c2
        gone p1 colleague
            handling over handling3 AgentHungUp
            left p1 by Agent HungUp
            → release c2 Normal
            → close room2
            wrap-up 30s
        bob finish
            wrap-up over Finished
            → ok
        calls p2 bobs *88
            offered offer4 to bob PickedUp of 1 idle 0s
            → answer p2
        up p2
            offer over offer4 Accepted
            transfer Completed
            handling handling4 bob
            joined p2 Agent
            → room1 v4: c1→p2 p2→c1
    "#]],
    );
}

#[test]
fn nobody_is_picked_up_where_nobody_is_parked_or_by_whoever_has_work() {
    check(
        parked(),
        "calls p1 bobs *88102\ncalls p2 bobs *88999\ncalls p3 bobs *88x\ncalls p4 bobs *88\ncalls p5 desk *88\nup p4\ncalls p6 bobs *88",
        expect![[r#"
            calls p1 bobs *88102
                → refuse p1 UnknownNumber
            calls p2 bobs *88999
                → refuse p2 UnknownNumber
            calls p3 bobs *88x
                → refuse p3 UnknownNumber
            calls p4 bobs *88
                offered offer2 to bob PickedUp of 1 idle 1000s
                → answer p4
            calls p5 desk *88
                → refuse p5 UnknownNumber
            up p4
                offer over offer2 Accepted
                transfer Completed
                handling handling2 bob
                joined p4 Agent
                → room1 v4: c1→p4 p4→c1
            calls p6 bobs *88
                → refuse p6 Busy
        "#]],
    );
}

#[test]
fn a_phone_that_gives_up_before_the_answer_leaves_the_customer_parked() {
    check(
        parked(),
        "calls p1 bobs *88\ngone p1 cancelled\ncalls p2 bobs *88\nup p2",
        expect![[r#"
        calls p1 bobs *88
            offered offer2 to bob PickedUp of 1 idle 1000s
            → answer p1
        gone p1 cancelled
            offer over offer2 Declined
        calls p2 bobs *88
            offered offer3 to bob PickedUp of 1 idle 1000s
            → answer p2
        up p2
            offer over offer3 Accepted
            transfer Completed
            handling handling2 bob
            joined p2 Agent
            → room1 v4: c1→p2 p2→c1
    "#]],
    );
}

#[test]
fn a_phone_is_not_given_customers_of_another_site() {
    let mut apart = settings();
    apart.agents.retain(|other| other.id != BOB);
    apart.agents.push(domain::settings::Agent { site: domain::SiteId(2), ..agent(BOB, "bob", &[SALES], &[]) });
    let mut world = World::new(apart);
    ready(&mut world, "ann");
    world
        .run("sip bobs on\npage bob on\nbob sign_in\nbob use bobs\ncall c1 4002\nup c1\nann accept\nann transfer park");
    check(
        world,
        "calls p1 bobs *88\ncalls p2 bobs *88101\nbob pick_up c1",
        expect![[r#"
        calls p1 bobs *88
            → refuse p1 UnknownNumber
        calls p2 bobs *88101
            → refuse p2 UnknownNumber
        bob pick_up c1
            offered offer2 to bob PickedUp of 1 idle 1000s
            → dial bobs.1 bobs as 13800138000
            → ok
    "#]],
    );
}

#[test]
fn a_second_line_neither_parks_nor_picks_up() {
    check(
        talking(),
        "peer_hold desk.1 on\ncalls p1 desk *88\ncalls p2 desk *68",
        expect![[r#"
        peer_hold desk.1 on
            held
            → room1 v3: play2→c1 play2[music ∞]
        calls p1 desk *88
            → refuse p1 Busy
        calls p2 desk *68
            → refuse p2 UnknownNumber
    "#]],
    );
}
