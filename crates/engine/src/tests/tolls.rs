//! Every way out of the floor asks the same guard.

use std::time::Duration;

use domain::outbound::{AGENT_CALLS_PER_MINUTE, OutboundPlan};
use domain::{Settings, TrunkId};
use expect_test::expect;

use super::outbound::{browser, check};
use super::script::{World, ready, settings};
use super::transfer::ann_talks;
use crate::outbound::ChannelUse;

fn signed_in(settings: Settings) -> World {
    let mut world = World::new(settings);
    ready(&mut world, "ann");
    world
}

/// As many calls as an agent may begin in a minute, each busy.
fn dialled_to_the_cap(world: &mut World) {
    for n in 1..=AGENT_CALLS_PER_MINUTE {
        world.run(&format!("ann dial 021\ngone far.{n} busy\nann finish"));
    }
}

fn used(world: &World) -> (u32, u32) {
    let ChannelUse { inbound, outbound } = world.floor.tolls.channels(TrunkId(1));
    (inbound, outbound)
}

#[test]
fn an_emergency_number_needs_no_rule_and_is_nobodys_extension() {
    let mut own = settings();
    own.outbound.rules.clear();
    own.agents[1].extension = "110".to_owned();
    own.numbers[0].number = "120".to_owned();
    check(
        signed_in(own.clone()),
        "ann dial 021\nann dial 1-1-0",
        expect![[r#"
            ann dial 021
                → refused NotAllowed
            ann dial 1-1-0
                started 4001 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                joined ann.on Agent
                → dial far.1 110 by carrier as 120
                → ok
        "#]],
    );
    let mut world = signed_in(own.clone());
    world.run("call c1 4002\nup c1\nann accept");
    check(
        world,
        "ann consult 110\nann drop\nann transfer 120",
        expect![[r#"
            ann consult 110
                ann asks somebody outside
                held
                → dial far.1 110 by carrier as 120
                → room1 v3: play2→c1 play2[music ∞]
                → ok
            ann drop
                → release far.1 Normal
                transfer Dropped
                resumed
                → room1 v4: c1→ann.on ann.on→c1
                → ok
            ann transfer 120
                → refused NotAllowed
        "#]],
    );
    own.outbound = OutboundPlan::default();
    check(
        signed_in(own),
        "ann dial 110",
        expect![[r#"
            ann dial 110
                → refused CalleeUnavailable
        "#]],
    );
}

#[test]
fn another_spelling_of_an_allowed_number_is_allowed_and_sent_as_it_was_dialled() {
    check(
        browser(),
        "ann dial 021#\nann dial +86 00 21\nann dial 0044 20 7946 0000\nann dial +86 21 6123 4567",
        expect![[r#"
            ann dial 021#
                → refused BadNumber
            ann dial +86 00 21
                → refused BadNumber
            ann dial 0044 20 7946 0000
                → refused NotAllowed
            ann dial +86 21 6123 4567
                started 4002 Zh
                ann calls carrier
                handling handling1 ann
                → resolve customer
                joined ann.on Agent
                → dial far.1 +862161234567 by carrier as 4002
                → ok
        "#]],
    );
}

#[test]
fn whoever_dials_like_a_machine_is_refused_for_the_rest_of_the_minute_and_after_a_restart() {
    let mut world = browser();
    dialled_to_the_cap(&mut world);
    let refused = "ann dial 021\n    → refused LimitReached\n";
    assert_eq!(world.run("ann dial 021"), refused);
    world.restart(Duration::from_secs(10), settings());
    world.run("page ann on\nphone ann on");
    assert_eq!(world.run("ann dial 021"), refused);
    world.run("+50s");
    assert!(world.run("ann dial 021").ends_with("→ ok\n"));
}

#[test]
fn asking_and_handing_over_are_calls_like_any_other() {
    let mut world = ann_talks();
    for _ in 0..AGENT_CALLS_PER_MINUTE {
        world.run("ann consult 021\nann drop");
    }
    let refused = |script: &str| format!("{script}\n    → refused LimitReached\n");
    assert_eq!(world.run("ann consult 021"), refused("ann consult 021"));
    assert_eq!(world.run("ann transfer 021"), refused("ann transfer 021"));
    assert!(world.run("ann consult 110").ends_with("→ ok\n"));
}

#[test]
fn channels_of_a_trunk_are_counted_both_ways_and_come_free() {
    let mut world = ann_talks();
    assert_eq!(used(&world), (1, 0));
    world.run("ann consult 021");
    assert_eq!(used(&world), (1, 1), "while it rings");
    world.run("gone far.1 busy");
    assert_eq!(used(&world), (1, 0));
    world.run("ann transfer 021\nup far.2\nann finish");
    assert_eq!(used(&world), (1, 1));
    world.run("gone far.2\nreleased c1");
    assert_eq!(used(&world), (0, 0));
    world.run("ann dial 021\nup far.3");
    assert_eq!(used(&world), (0, 1));
    world.restart(Duration::from_secs(1), settings());
    assert_eq!(used(&world), (0, 0), "calls die with the process");
}
