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
pub(super) fn planned() -> Settings {
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

pub(super) fn both() -> World {
    let mut world = World::new(planned());
    ready(&mut world, "ann");
    ready(&mut world, "bob");
    world
}

pub(super) fn last(world: &mut World, script: &str) -> String {
    world.run(script).lines().last().unwrap_or_default().trim().to_owned()
}

#[test]
fn a_call_that_finds_no_channel_takes_the_next_trunk_and_the_ledger_says_why() {
    check(
        both(),
        "ann dial 021\nbob dial 022",
        expect![[r#"
        ann dial 021
            started 4001 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            joined ann.on Agent
            → dial far.1 021 by carrier as 4001
            → ok
        bob dial 022
            started 4001 Zh
            bob calls trunk1 past trunk 1 OutboundFull
            handling handling2 bob
            → resolve customer
            joined bob.on Agent
            → dial far.2 022 by trunk1 as 4001
            → ok
    "#]],
    );
}

#[test]
fn a_trunk_that_does_not_work_is_passed_over_and_tried_when_none_works() {
    check(
        both(),
        "trunk 1 off\nann dial 021\ngone far.1 busy\nann finish\ntrunk 2 off\nann dial 022",
        expect![[r#"
            trunk 1 off
            ann dial 021
                started 4001 Zh
                ann calls trunk1 past trunk 1 Unreachable
                handling handling1 ann
                → resolve customer
                joined ann.on Agent
                → dial far.1 021 by trunk1 as 4001
                → ok
            gone far.1 busy
                call over Busy
                handling over handling1 NotReached
                left ann.on by Customer Busy
                wrap-up 60s
                → close room1
            ann finish
                wrap-up over Finished
                ended by Customer Busy
                → ok
            trunk 2 off
            ann dial 022
                started 4001 Zh
                ann calls carrier
                handling handling2 ann
                → resolve customer
                joined ann.on Agent
                → dial far.2 022 by carrier as 4001
                → ok
        "#]],
    );
}

#[test]
fn a_call_from_a_full_trunk_is_told_busy_and_leaves_nothing_but_its_cause() {
    check(
        World::new(planned()),
        "call c1 4002\ncall c2 4002\nup c1\ngone c1\ncall c3 4002",
        expect![[r#"
        call c1 4002
            started 4002 Zh
            joined c1 Customer
            → answer c1
            → resolve customer
        call c2 4002
            started 4002 Zh
            → refuse c2 Busy
            carrier full InboundFull
            ended by System TrunkFull
        up c1
            answered c1
            node 0 in seg1
            node 0 exit Next
            → room1 v1: play1→c1 play1[music ∞]
            queued sales seg2 NobodySignedIn
        gone c1
            left queue seg2 Abandoned
            left c1 by Customer HungUp
            → close room1
            ended by Customer HungUp
        call c3 4002
            started 4002 Zh
            joined c3 Customer
            → answer c3
            → resolve customer
    "#]],
    );
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
    let stopped = expect![[r#"
        ann dial 0214
            calls stopped Agent(agt_0000000000035) by ann
            → refused CallsStopped
        ann dial 0211
            → refused CallsStopped
        ann dial 110
            started 4001 Zh
            ann calls carrier
            handling handling4 ann
            → resolve customer
            joined ann.on Agent
            → dial far.4 110 by carrier as 4001
            → ok
        ann hang_up
            call over Cancelled
            handling over handling4 AgentHungUp
            left ann.on by Agent Cancelled
            wrap-up 60s
            → release far.4 Normal
            → close room4
            → ok
        ann finish
            wrap-up over Finished
            → ok
        bob dial 0214
            started 4001 Zh
            bob calls carrier
            handling handling5 bob
            → resolve customer
            joined bob.on Agent
            → dial far.5 0214 by carrier as 4001
            → ok
    "#]];
    stopped.assert_eq(&world.run("ann dial 0214\nann dial 0211\nann dial 110\nann hang_up\nann finish\nbob dial 0214"));
    world.restart(Duration::from_secs(10), planned());
    world.run("page ann on\nphone ann on\npage bob on\nphone bob on");
    assert_eq!(last(&mut world, "ann dial 0211"), "→ refused CallsStopped", "a restart releases nobody");
    let released = expect![[r#"
        bob unstop ann
            calls released Agent(agt_0000000000035) by bob
            → ok
        bob unstop ann
            → refused WrongState
        bob unstop_rule 7
            → refused WrongState
    "#]];
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
    let stopped = expect![[r#"
        ann consult 0214
            calls stopped Agent(agt_0000000000035) by ann
            → refused CallsStopped
    "#]];
    stopped.assert_eq(&world.run("ann consult 0214"));
    let is_told = |entry: &domain::LedgerEntry| {
        matches!(entry.event, domain::Event::OutboundStopped { conversation: Some(_), .. })
    };
    assert!(world.ledger.iter().any(is_told));
}
