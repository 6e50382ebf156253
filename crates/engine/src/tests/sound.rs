//! How legs sounded: a sum for each that left without one, and a word when one is bad.

use expect_test::expect;

use super::script::with_ready;

const TALK: &str = "call c1 4002\nup c1\nbob accept";

#[test]
fn legs_that_we_let_go_are_summed_up_once_also_when_all_is_over() {
    let mut world = with_ready(&["bob"]);
    world.run(TALK);
    expect![[r#"
        rated 1 bob.on 430
        bob hang_up
            handling over handling1 AgentHungUp
            left bob.on by Agent HungUp
            → release c1 Normal
            → close room1
            wrap-up 30s
            → ok
        rated 1 bob.on 412
            bob.on sounded Some(412)
        rated 1 bob.on 412
        released c1
            left c1 by Agent HungUp
        bob finish
            wrap-up over Finished
            ended by Agent HungUp
            → ok
        rated 1 c1 398
            c1 sounded Some(398)
    "#]].assert_eq(&world.run(
        "rated 1 bob.on 430\nbob hang_up\nrated 1 bob.on 412\nrated 1 bob.on 412\nreleased c1\nbob finish\nrated 1 c1 398",
    ));
}

#[test]
fn a_leg_that_is_bad_is_told_of_while_it_is_there() {
    let mut world = with_ready(&["bob"]);
    world.run(TALK);
    expect![[r#"
        sounds 1 c1 bad 287
            c1 bad 287
        sounds 1 c1 good 401
            c1 good again 401
        sounds 1 bob.on bad 244
            bob.on bad 244
        bob hang_up
            handling over handling1 AgentHungUp
            left bob.on by Agent HungUp
            → release c1 Normal
            → close room1
            wrap-up 30s
            → ok
        sounds 1 bob.on bad 201
    "#]]
    .assert_eq(&world.run(
        "sounds 1 c1 bad 287\nsounds 1 c1 good 401\nsounds 1 bob.on bad 244\nbob hang_up\nsounds 1 bob.on bad 201",
    ));
}

#[test]
fn a_sum_that_comes_a_minute_late_is_of_no_use() {
    let mut world = with_ready(&["bob"]);
    world.run(TALK);
    world.run("bob hang_up\n+61s");
    expect![[r#"
        rated 1 bob.on 412
    "#]]
    .assert_eq(&world.run("rated 1 bob.on 412"));
}
