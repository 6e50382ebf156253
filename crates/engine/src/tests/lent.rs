//! Customers who are lent to a flow: they come back, wait for a busy sender, or do not.

use expect_test::{Expect, expect};

use super::script::World;
use super::transfer::ann_talks;

fn after(script: &str, expect: Expect) {
    expect.assert_eq(&ann_talks().run(script));
}

/// What follows once the flow waits for a choice.
fn lent() -> World {
    let mut world = ann_talks();
    world.run("ann transfer lend\nplayed c1");
    world
}

#[test]
fn the_flow_is_over_and_the_sender_has_the_customer_back() {
    after("ann transfer lend\nplayed c1\nkey c1 5\nplayed c1\nkey c1 5\nann accept", expect![[r#""#]]);
}

#[test]
fn a_busy_sender_is_waited_for_and_comes_before_whoever_else_waits() {
    let mut world = lent();
    world.run("ann finish\nann ready\ncall c2 4002\nup c2\nann accept");
    expect![[r#""#]].assert_eq(
        &world.run("key c1 5\nplayed c1\nkey c1 5\ncall c3 4002\nup c3\nann hang_up\nann finish\nann accept"),
    );
}

#[test]
fn a_sender_who_stays_busy_is_not_waited_for_long() {
    let mut world = lent();
    world.run("ann finish\nann ready\ncall c2 4002\nup c2\nann accept\nkey c1 5\nplayed c1\nkey c1 5");
    expect![[r#""#]].assert_eq(&world.run("+60s"));
}

#[test]
fn a_sender_who_signs_out_is_not_waited_for() {
    let mut world = lent();
    world.run("ann finish\nann sign_out");
    expect![[r#""#]].assert_eq(&world.run("key c1 5\nplayed c1\nkey c1 5"));
}

#[test]
fn the_customer_hangs_up_in_the_flow_or_while_they_wait_for_the_sender() {
    expect![[r#""#]].assert_eq(&lent().run("gone c1"));
    let mut world = lent();
    world.run("ann finish\nann ready\ncall c2 4002\nup c2\nann accept\nkey c1 5\nplayed c1\nkey c1 5");
    expect![[r#""#]].assert_eq(&world.run("gone c1"));
}

#[test]
fn a_flow_that_joins_a_queue_keeps_the_customer() {
    after("ann transfer lend_sales", expect![[r#""#]]);
}

#[test]
fn a_flow_that_cannot_go_on_gives_the_customer_back() {
    after("ann transfer lend_spin\nann decline", expect![[r#""#]]);
}
