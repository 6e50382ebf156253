//! Plans of outbound calls on the whole floor: trunks that fail or are full, caps and stops over a restart, and calls from a full trunk.

use std::time::Duration;

use domain::outbound::{
    Alarm, Allowance, Caps, Channels, DestinationRule, OutboundPlan, OutboundTrunk, Says, ShownNumber, Whom,
};
use domain::{DestinationRuleId, Settings, TrunkId};
use expect_test::expect;

use super::outbound::check;
use super::script::{World, ready, settings};

/// Trunk 1 carries one call each way, trunk 2 all there are; four different numbers in ten minutes are an alarm.
fn planned() -> Settings {
    let channels = Channels { outbound: Some(1), inbound: Some(1), total: None };
    let allowance = Allowance {
        trunks: vec![TrunkId(1), TrunkId(2)],
        shown: ShownNumber::Usual,
        caps: Caps { per_minute: Some(5), per_day: None },
        talk_per_day: None,
        watched: true,
        alarm: None,
    };
    let outbound = OutboundPlan {
        trunks: vec![
            OutboundTrunk { channels, ..OutboundTrunk::plain(TrunkId(1), "north".to_owned()) },
            OutboundTrunk::plain(TrunkId(2), "south".to_owned()),
        ],
        rules: vec![DestinationRule {
            id: DestinationRuleId(7),
            name: "home".to_owned(),
            prefixes: vec!["0".to_owned()],
            whom: Whom::default(),
            says: Says::Allow(allowance),
        }],
        agent_alarm: Some(Alarm { distinct: 3, within: Duration::from_secs(600) }),
        ..OutboundPlan::default()
    };
    Settings { outbound, ..settings() }
}

fn both() -> World {
    let mut world = World::new(planned());
    ready(&mut world, "ann");
    ready(&mut world, "bob");
    world
}

fn last(world: &mut World, script: &str) -> String {
    world.run(script).lines().last().unwrap_or_default().trim().to_owned()
}

#[test]
fn a_call_that_finds_no_channel_takes_the_next_trunk_and_the_ledger_says_why() {
    check(both(), "ann dial 021\nbob dial 022", expect![[r#""#]]);
}

#[test]
fn a_trunk_that_does_not_work_is_passed_over_and_tried_when_none_works() {
    check(
        both(),
        "trunk 1 off\nann dial 021\ngone far.1 busy\nann finish\ntrunk 2 off\nann dial 022",
        expect![[r#""#]],
    );
}

#[test]
fn a_call_from_a_full_trunk_is_told_busy_and_leaves_nothing_but_its_cause() {
    check(World::new(planned()), "call c1 4002\ncall c2 4002\nup c1\ngone c1\ncall c3 4002", expect![[r#""#]]);
}

#[test]
fn calls_of_a_rule_are_counted_over_a_restart() {
    let mut world = both();
    for n in 1..=5 {
        let who = if n % 2 == 0 { "ann" } else { "bob" };
        world.run(&format!("{who} dial 021\ngone far.{n} busy\n{who} finish"));
    }
    assert_eq!(last(&mut world, "ann dial 021"), "→ refused LimitReached");
    world.restart(Duration::from_secs(10), planned());
    world.run("page ann on\nphone ann on");
    assert_eq!(last(&mut world, "ann dial 021"), "→ refused LimitReached");
    world.run("+50s");
    assert_eq!(last(&mut world, "ann dial 021"), "→ ok");
}

#[test]
fn a_script_of_quick_calls_is_stopped_until_a_person_releases_it() {
    let mut world = both();
    for n in 1..=3 {
        world.run(&format!("ann dial 021{n}\ngone far.{n} busy\nann finish"));
    }
    let stopped = expect![[r#""#]];
    stopped.assert_eq(&world.run("ann dial 0214\nann dial 0211\nann dial 110\nann hang_up\nann finish\nbob dial 0214"));
    world.restart(Duration::from_secs(10), planned());
    world.run("page ann on\nphone ann on\npage bob on\nphone bob on");
    assert_eq!(last(&mut world, "ann dial 0211"), "→ refused CallsStopped", "a restart releases nobody");
    let released = expect![[r#""#]];
    released.assert_eq(&world.run("bob unstop ann\nbob unstop ann\nbob unstop_rule 7"));
    world.run("+60s");
    for n in 1..=3 {
        let far = world.run(&format!("ann dial 021{n}"));
        assert!(far.ends_with("→ ok\n"), "what was called before counts no more: {far}");
        world.run("ann hang_up\nann finish");
    }
    assert_eq!(last(&mut world, "ann dial 0214"), "→ refused CallsStopped");
}

#[test]
fn a_stop_belongs_to_the_customer_somebody_was_asked_about() {
    let mut world = both();
    world.run("call c1 4002\nup c1\nann accept");
    for n in 1..=3 {
        world.run(&format!("ann consult 021{n}\nann drop"));
    }
    let stopped = expect![[r#""#]];
    stopped.assert_eq(&world.run("ann consult 0214"));
    let told = world.ledger.iter().rev().find_map(|entry| match entry.event {
        domain::Event::OutboundStopped { conversation, .. } => Some(conversation),
        _ => None,
    });
    assert!(told.flatten().is_some());
}
