//! A panic in a step condemns the conversation it worked on and nothing else.

use expect_test::expect;

use super::script::{World, ready, settings};
use crate::floor::Defect;

fn world() -> World {
    let mut world = World::new(settings()).with_defect(Defect::PanicOnKey);
    ready(&mut world, "ann");
    world
}

#[test]
fn while_it_rings_the_agent_is_offered_the_next_customer() {
    let written = world().run("call c1 4002\nup c1\ncall c2 4002\nup c2\nkey c1 1\nreleased c1\nann accept");
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
        call c2 4002
            started 4002 Zh
            joined c2 Customer
            → answer c2
            → resolve customer
        up c2
            answered c2
            node 0 in seg3
            node 0 exit Next
            → room2 v1: play2→c2 play2[music ∞]
            queued sales seg4 AllBusy
        key c1 1
            → release c1 InternalFault
            → close room1
            offer over offer1 CustomerLeft
            left queue seg2 Failed
            place kept 300s
            left c1 by System InternalFault
            ended by System InternalFault
            offered offer2 to ann OnlyEligible of 1 idle 0s
        released c1
        ann accept
            offer over offer2 Accepted
            left queue seg4 Answered
            handling handling1 ann
            joined ann.on Agent
            → room2 v2: c2→ann.on ann.on→c2
            → ok
    "#]]
    .assert_eq(&written);
}

#[test]
fn in_talk_the_agent_is_free_without_wrap_up() {
    let mut world = world();
    world.run("call c1 4002\nup c1\nann accept");
    expect![[r#"
        key c1 1
            → release c1 InternalFault
            → close room1
            handling over handling1 InternalFault
            left ann.on by System InternalFault
            left c1 by System InternalFault
            ended by System InternalFault
        released c1
        ann finish
            → refused HandlingOver
        call c3 4002
            started 4002 Zh
            joined c3 Customer
            → answer c3
            → resolve customer
        up c3
            answered c3
            node 0 in seg3
            node 0 exit Next
            → room2 v1: play2→c3 play2[music ∞]
            queued sales seg4
            offered offer2 to ann OnlyEligible of 1 idle 0s
    "#]]
    .assert_eq(&world.run("key c1 1\nreleased c1\nann finish\ncall c3 4002\nup c3"));
}

#[test]
fn in_the_flow() {
    let mut world = World::new(settings()).with_defect(Defect::PanicOnKey);
    expect![[r#"
        call c1 4001
            started 4001 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        up c1
            answered c1
            node 0 in seg1
            office open Weekly
            node 0 exit Open
            node 1 in seg1
            → room1 v1: play1→c1 play1[welcome/Zh]
        key c1 1
            → release c1 InternalFault
            → close room1
            node 1 exit Failed
            left c1 by System InternalFault
            ended by System InternalFault
        +60s
    "#]]
    .assert_eq(&world.run("call c1 4001\nup c1\nkey c1 1\n+60s"));
    assert_eq!(world.floor.inspect().timer_count(), 0);
    assert_eq!(world.floor.inspect().room_count(), 0);
}
