//! Somebody outside is reached by the keys of an agent's SIP phone.

use expect_test::expect;

use crate::tests::script::ready;
use crate::tests::telephone::talking;

#[test]
fn a_sip_phone_asks_by_its_second_line_and_joins_the_two() {
    let mut world = talking();
    ready(&mut world, "bob");
    world.run("peer_hold desk.1 on");
    expect![[r#"
        calls p2 desk 021
            ann asks somebody outside
            → dial far.1 021 by carrier as 4002
            → room1 v4: play2→c1 play2[music ∞]
            → answer p2
        up p2
            joined p2 Agent
            → room1 v5: play2→c1 play2[music ∞]
        rings far.1
            → room1 v6: play2→c1 play3→p2 play2[music ∞] play3[ringback-cn ∞]
        up far.1
            joined far.1 Outside
            answered far.1
            → room1 v7: play2→c1 p2→far.1 far.1→p2 play2[music ∞]
        joins desk.1 p2
            handling over handling1 Transferred
            left desk.1 by Agent HungUp
            → release desk.1 Moved
            left p2 by Agent HungUp
            → release p2 Normal
            transfer Completed
            → room1 v8: c1→far.1 far.1→c1
            wrap-up 30s
    "#]]
    .assert_eq(&world.run("calls p2 desk 021\nup p2\nrings far.1\nup far.1\njoins desk.1 p2"));
}

#[test]
fn a_sip_phone_cannot_join_before_the_far_side_answers() {
    let mut world = talking();
    expect![[r#"
        peer_hold desk.1 on
            held
            → room1 v3: play2→c1 play2[music ∞]
        calls p2 desk 021
            ann asks somebody outside
            → dial far.1 021 by carrier as 4002
            → room1 v4: play2→c1 play2[music ∞]
            → answer p2
        up p2
            joined p2 Agent
            → room1 v5: play2→c1 play2[music ∞]
        joins desk.1 p2
            → not moved desk.1 WrongState
        gone p2
            left p2 by Customer HungUp
            → release far.1 Normal
            transfer Dropped
            → room1 v6: play2→c1 play2[music ∞]
    "#]]
    .assert_eq(&world.run("peer_hold desk.1 on\ncalls p2 desk 021\nup p2\njoins desk.1 p2\ngone p2"));
}

#[test]
fn a_sip_phone_hands_over_by_its_transfer_key() {
    let mut world = talking();
    expect![[r#"
        refers desk.1 021
            ann hands over to somebody outside
            handling over handling1 Transferred
            left desk.1 by Agent HungUp
            → release desk.1 Moved
            → room1 v3: play2→c1 play2[music ∞]
            → dial far.1 021 by carrier as 4002
            wrap-up 30s
        up far.1
            joined far.1 Outside
            answered far.1
            transfer Completed
            → room1 v4: c1→far.1 far.1→c1
        gone far.1
            left far.1 by Outside HungUp
            → release c1 Normal
            → close room1
    "#]]
    .assert_eq(&world.run("refers desk.1 021\nup far.1\ngone far.1"));
}

#[test]
fn the_transfer_key_after_the_second_line_joins_with_the_one_who_was_asked() {
    let mut world = talking();
    let script = "peer_hold desk.1 on\ncalls p2 desk 021\nup p2\nup far.1\nrefers desk.1 021\ngone p2";
    expect![[r#"
        peer_hold desk.1 on
            held
            → room1 v3: play2→c1 play2[music ∞]
        calls p2 desk 021
            ann asks somebody outside
            → dial far.1 021 by carrier as 4002
            → room1 v4: play2→c1 play2[music ∞]
            → answer p2
        up p2
            joined p2 Agent
            → room1 v5: play2→c1 play2[music ∞]
        up far.1
            joined far.1 Outside
            answered far.1
            → room1 v6: play2→c1 p2→far.1 far.1→p2 play2[music ∞]
        refers desk.1 021
            handling over handling1 Transferred
            left desk.1 by Agent HungUp
            → release desk.1 Moved
            left p2 by Agent HungUp
            → release p2 Normal
            transfer Completed
            → room1 v7: c1→far.1 far.1→c1
            wrap-up 30s
        gone p2
    "#]]
    .assert_eq(&world.run(script));
}
