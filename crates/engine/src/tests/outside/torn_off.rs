//! Calls outside when the node restarts, and when a step of ours fails.

use std::time::Duration;

use expect_test::expect;

use crate::floor::Defect;
use crate::tests::script::{World, settings};
use crate::tests::transfer::ann_talks;

const DOWN: Duration = Duration::from_secs(3);

fn restarted(script: &str) -> String {
    let mut world = ann_talks();
    world.run(script);
    world.restart(DOWN, settings())
}

#[test]
fn a_restart_closes_what_was_live() {
    expect![[r#"
        (restart)
            floor started epoch 2
            transfer NodeRestarted
            left c1 by System NodeRestarted
            ended by System NodeRestarted
            ann device off
            bob device off
    "#]]
    .assert_eq(&restarted("ann transfer 021\nann finish"));
    expect![[r#"
        (restart)
            floor started epoch 2
            left c1 by System NodeRestarted
            left far.1 by System NodeRestarted
            ended by System NodeRestarted
            ann device off
            bob device off
    "#]]
    .assert_eq(&restarted("ann transfer 021\nup far.1\nann finish"));
    expect![[r#"
        (restart)
            floor started epoch 2
            handling over handling1 NodeRestarted
            transfer NodeRestarted
            left ann.on by System NodeRestarted
            left c1 by System NodeRestarted
            left far.1 by System NodeRestarted
            ended by System NodeRestarted
            ann device off
            bob device off
    "#]]
    .assert_eq(&restarted("ann consult 021\nup far.1\nann join"));
}

#[test]
fn a_fault_of_ours_lets_go_of_both() {
    let mut world = World::new(settings()).with_defect(Defect::PanicOnKey);
    world.run("page ann on\nphone ann on\nann sign_in\nann ready\ncall c1 4002\nup c1\nann accept\nann consult 021");
    expect![[r#"
        up far.1
            joined far.1 Outside
            answered far.1
            → room1 v4: play2→c1 ann.on→far.1 far.1→ann.on play2[music ∞]
        key c1 1
            → release c1 InternalFault
            → release far.1 InternalFault
            → close room1
            handling over handling1 InternalFault
            transfer Failed
            left ann.on by System InternalFault
            left c1 by System InternalFault
            left far.1 by System InternalFault
            ended by System InternalFault
        gone far.1
    "#]]
    .assert_eq(&world.run("up far.1\nkey c1 1\ngone far.1"));
}
