//! Keys towards the customer: in a talk, not while the customer hears music. Keys of the customer: waited for in a flow alone.

use expect_test::{Expect, expect};

use super::conference::four_talk;
use super::script::{World, settings, with_ready};
use super::transfer::ann_talks;

fn after(script: &str, expect: Expect) {
    expect.assert_eq(&ann_talks().run(script));
}

#[test]
fn keys_go_to_the_customer_and_into_no_event() {
    after(
        "ann press 12*#",
        expect![[r#"
        ann press 12*#
            → press 12*# at c1
            → ok
    "#]],
    );
}

#[test]
fn not_while_the_customer_hears_music_or_is_gone() {
    after(
        "ann hold\nann press 1\nann resume\nann consult bob\nann press 1\nbob accept\nann press 1\nann join\nann press 1\nbob press 1\n\
         gone c1\nann press 1",
        expect![[r#"
            ann hold
                held
                → room1 v3: play2→c1 play2[music ∞]
                → ok
            ann press 1
                → refused WrongState
            ann resume
                resumed
                → room1 v4: c1→ann.on ann.on→c1
                → ok
            ann consult bob
                ann asks bob
                held
                → room1 v5: play3→c1 play4→ann.on play3[music ∞] play4[ringback-cn ∞]
                offered offer2 to bob Consulted of 1 idle 0s
                → ok
            ann press 1
                → refused WrongState
            bob accept
                offer over offer2 Accepted
                handling handling2 bob
                joined bob.on Agent
                → room1 v6: play3→c1 ann.on→bob.on bob.on→ann.on play3[music ∞]
                → ok
            ann press 1
                → refused WrongState
            ann join
                resumed
                all three talk
                → room1 v7: c1→ann.on c1→bob.on ann.on→c1 ann.on→bob.on bob.on→c1 bob.on→ann.on
                → ok
            ann press 1
                → press 1 at c1
                → ok
            bob press 1
                → press 1 at c1
                → ok
            gone c1
                handling over handling2 CustomerHungUp
                left bob.on by Customer HungUp
                transfer CustomerLeft
                handling over handling1 CustomerHungUp
                left ann.on by Customer HungUp
                wrap-up 30s
                left c1 by Customer HungUp
                → close room1
            ann press 1
                → refused WrongState
        "#]],
    );
}

#[test]
fn none_and_too_many_are_refused() {
    after(
        &format!("ann press x\nann press {}\nann press {}", "1".repeat(40), "1".repeat(41)),
        expect![[r#"
        ann press x
            → refused BadNumber
        ann press 1111111111111111111111111111111111111111
            → press 1111111111111111111111111111111111111111 at c1
            → ok
        ann press 11111111111111111111111111111111111111111
            → refused BadNumber
    "#]],
    );
}

#[test]
fn they_go_on_while_somebody_is_rung_to_take_part_or_asked_by_whoever_leads() {
    let mut world = ann_talks();
    let told = world.run("ann add 021\nann press 1");
    assert!(told.contains("→ press 1 at c1"), "{told}");
    let mut world = four_talk();
    for asks in ["ann consult dan", "dan accept"] {
        let told = world.run(&format!("{asks}\nbob press 1"));
        assert!(told.contains("→ press 1 at c1"), "{told}");
    }
    assert!(world.run("ann press 1").contains("→ refused WrongState"));
}

#[test]
fn keys_of_the_customer_are_waited_for_in_a_flow_and_neither_with_music_nor_in_a_talk_nor_in_a_pause() {
    let mut world = with_ready(&["ann"]);
    let customer = world.leg("c1");
    let steps = [
        ("call c1 4001\nup c1", true),
        ("played c1", true),
        ("played c1", true),
        ("key c1 1", false),
        ("ann accept", false),
        ("ann hold", false),
        ("ann resume", false),
        ("ann pause card", false),
        ("ann unpause", false),
    ];
    for (script, expected) in steps {
        world.run(script);
        assert_eq!(world.collected == [customer], expected, "after {script}");
    }
}

#[test]
fn keys_are_waited_for_where_nothing_was_played_and_in_a_message() {
    let mut world = World::new(settings());
    let customer = world.leg("c1");
    for script in ["call c1 4005\nup c1", "key c1 2", "played c1", "played c1"] {
        world.run(script);
        assert_eq!(world.collected, [customer], "after {script}");
    }
}
