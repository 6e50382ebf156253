//! A call whose trunk fails: the next one has it, once each; whoever is called fails on every trunk. And which trunk a call for help takes.

use std::sync::Arc;
use std::time::Duration;

use domain::outbound::{Block, Channels, OutboundTrunk, Says, ShownNumber};
use domain::settings::Mobile;
use domain::{DeviceId, Event, Input, Settings, SiteId, TrunkId};
use expect_test::expect;

use super::outbound::check;
use super::plans::{both, last, planned};
use super::script::{ANN, World, ready};
use crate::outbound::ChannelUse;

fn used(world: &World) -> [u32; 2] {
    [1, 2].map(|trunk| {
        let ChannelUse { outbound, .. } = world.floor.tolls.channels(TrunkId(trunk));
        outbound
    })
}

fn rerouted(world: &World) -> usize {
    world.ledger.iter().filter(|entry| matches!(entry.event, Event::OutboundRerouted { .. })).count()
}

#[test]
fn a_refusal_of_the_line_leads_to_the_next_trunk_and_the_far_side_rings_once() {
    check(
        both(),
        "ann dial 021\nrefused far.1 503 34\nrings far.2\nup far.2\ngone far.2",
        expect![[r#"
        ann dial 021
            started 4001 Zh
            ann calls carrier
            handling handling1 ann
            → resolve customer
            joined ann.on Agent
            → dial far.1 021 by carrier as 4001
            → ok
        refused far.1 503 34
            carrier failed by 503 Q.850 34, goes on through trunk1
            → dial far.2 021 by trunk1 as 4001
        rings far.2
            rings there
            → room1 v1: play1→ann.on play1[ringback-cn ∞]
        up far.2
            joined far.2 Customer
            answered far.2
            call over Answered
            → room1 v2: far.2→ann.on ann.on→far.2 listens to far.2 for tones for 20s
        gone far.2
            handling over handling1 CustomerHungUp
            left ann.on by Customer HungUp
            wrap-up 60s
            left far.2 by Customer HungUp
            → close room1
    "#]],
    );
}

#[test]
fn whoever_is_called_fails_on_every_trunk() {
    for script in [
        "gone far.1 busy",
        "gone far.1 no_answer",
        "gone far.1 declined",
        "refused far.1 404",
        "refused far.1 480",
        "refused far.1 486",
        "refused far.1 503 17",
        "rings far.1\nrefused far.1 503",
        "heard far.1\nrefused far.1 408",
    ] {
        let mut world = both();
        world.run("ann dial 021");
        world.run(script);
        assert_eq!(rerouted(&world), 0, "{script}");
        assert!(world.run("ann finish").ends_with("→ ok\n"), "{script}");
    }
}

#[test]
fn a_silent_trunk_is_passed_over_for_a_minute() {
    let mut world = both();
    let silent = world.run("ann dial 021\ngone far.1 unreachable");
    assert!(silent.contains("carrier failed, goes on through trunk1"), "{silent}");
    world.run("ann hang_up\nann finish");
    assert!(world.run("bob dial 022").contains("bob calls trunk1 past trunk 1 Unreachable"));
    world.run("bob hang_up\nbob finish\n+60s");
    assert!(world.run("bob dial 022").contains("bob calls carrier\n"), "it may be back");
    // Whoever says something is there.
    world.run("refused far.4 503\nbob hang_up\nbob finish");
    assert!(world.run("bob dial 022").contains("bob calls carrier\n"));
}

#[test]
fn a_talk_that_breaks_off_says_nothing_against_its_trunk() {
    let mut world = both();
    world.run("call c1 4002\nup c1\nann accept\nann consult 021\nup far.1\ngone far.1 unreachable");
    assert!(world.run("bob dial 022").contains("bob calls carrier\n"));
}

#[test]
fn a_trunk_that_brings_a_call_is_not_passed_over_any_more() {
    let mut world = both();
    world.run("ann dial 021\ngone far.1 unreachable\nann hang_up\nann finish");
    assert!(world.run("bob dial 022").contains("bob calls trunk1 past trunk 1 Unreachable"));
    world.run("bob hang_up\nbob finish\ncall c1 4002");
    assert!(world.run("bob dial 022").contains("bob calls carrier\n"));
}

#[test]
fn each_trunk_is_tried_once_and_the_call_counts_once_for_agent_and_rule() {
    let mut world = both();
    let tried = world.run("ann dial 021\nrefused far.1 503\nrefused far.2 503");
    assert_eq!((rerouted(&world), tried.matches("→ dial").count()), (1, 2), "{tried}");
    assert!(tried.contains("call over Congestion"), "{tried}");
    world.run("ann finish");
    for n in 1..=4 {
        world.run(&format!("ann dial 021\nrefused far.{} 503\nrefused far.{} 503\nann finish", 2 * n + 1, 2 * n + 2));
    }
    assert_eq!(rerouted(&world), 5);
    // The rule may be called by five times a minute.
    assert_eq!(last(&mut world, "ann dial 021"), "→ refused LimitReached");
}

#[test]
fn a_channel_is_held_on_the_trunk_that_has_the_call() {
    let mut world = both();
    world.run("ann dial 021");
    assert_eq!(used(&world), [1, 0]);
    world.run("refused far.1 503");
    assert_eq!(used(&world), [0, 1]);
    world.run("up far.2");
    assert_eq!(used(&world), [0, 1]);
    world.run("gone far.2");
    assert_eq!(used(&world), [0, 0]);
}

#[test]
fn a_call_goes_on_no_longer_than_it_may_ring() {
    let mut world = both();
    let long = world.run("ann dial 021\n+70s\nrefused far.1 408\n+5s");
    assert!(long.contains("→ dial far.2") && long.contains("call over NoAnswer"), "{long}");
}

#[test]
fn somebody_who_is_asked_is_reached_through_the_next_trunk() {
    let mut world = both();
    world.run("call c1 4002\nup c1\nann accept");
    let expected = expect![[r#"
        ann consult 021
            ann asks somebody outside
            held
            → dial far.1 021 by carrier as 4001
            → room1 v3: play2→c1 play2[music ∞]
            → ok
        refused far.1 503
            carrier failed by 503, goes on through trunk1
            → dial far.2 021 by trunk1 as 4001
        rings far.2
            → room1 v4: play2→c1 play3→ann.on play2[music ∞] play3[ringback-cn ∞]
        up far.2
            joined far.2 Outside
            answered far.2
            → room1 v5: play2→c1 ann.on→far.2 far.2→ann.on play2[music ∞]
        ann complete
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            transfer Completed
            → room1 v6: c1→far.2 far.2→c1
            wrap-up 30s
            → ok
    "#]];
    expected.assert_eq(&world.run("ann consult 021\nrefused far.1 503\nrings far.2\nup far.2\nann complete"));
    assert_eq!(used(&world), [0, 1]);
}

#[test]
fn a_customer_is_handed_over_through_the_next_trunk_and_comes_back_when_none_is_left() {
    let mut world = both();
    world.run("call c1 4002\nup c1\nann accept");
    let expected = expect![[r#"
        ann transfer 021
            ann hands over to somebody outside
            handling over handling1 Transferred
            left ann.on by Agent HungUp
            → room1 v3: play2→c1 play2[music ∞]
            → dial far.1 021 by carrier as 4001
            wrap-up 30s
            → ok
        gone far.1 unreachable
            carrier failed, goes on through trunk1
            → dial far.2 021 by trunk1 as 4001
        refused far.2 500
            transfer Unreachable
            wrap-up over CustomerBack
            offered offer2 to ann Returned of 1 idle 0s
    "#]];
    expected.assert_eq(&world.run("ann transfer 021\ngone far.1 unreachable\nrefused far.2 500"));
    assert_eq!(used(&world), [0, 0]);
}

/// Ann works with a number outside that both trunks reach; a customer waits for her.
fn at_home() -> World {
    let mut settings = planned();
    settings.mobiles = vec![Mobile { id: DeviceId(911), agent: ANN, number: "02161234567".to_owned() }];
    settings.outbound.trunks[0].channels = Channels::default();
    let mut world = World::new(settings);
    ready(&mut world, "bob");
    world.run("bob not_ready break\npage ann on\nann sign_in\nann use mobile\nann ready\ncall c1 4002\nup c1");
    world
}

#[test]
fn an_agents_number_outside_is_called_through_the_next_trunk() {
    let mut world = at_home();
    assert_eq!(used(&world), [1, 0]);
    let expected = expect![[r#"
        refused far.1 503 34
            carrier failed by 503 Q.850 34, goes on through trunk1
            → dial far.2 02161234567 by trunk1 as 4001
        rings far.2
        up far.2
            → room2 v1: play2→far.2 play2[take-call/Zh take-call/En ∞]
        key far.2 1
            → close room2
            offer over offer1 Accepted
            left queue seg2 Answered
            handling handling1 ann
            joined far.2 Agent
            → room1 v2: c1→far.2 far.2→c1
    "#]];
    expected.assert_eq(&world.run("refused far.1 503 34\nrings far.2\nup far.2\nkey far.2 1"));
    assert_eq!(used(&world), [0, 1]);
    world.run("gone far.2");
    assert_eq!(used(&world), [0, 0]);
}

#[test]
fn whoever_has_the_number_outside_fails_on_every_trunk() {
    for script in [
        "gone far.1 busy",
        "gone far.1 no_answer",
        "refused far.1 404",
        "refused far.1 480",
        "rings far.1\nrefused far.1 503",
        "heard far.1\nrefused far.1 503",
        "up far.1\ngone far.1 unreachable",
        "up far.1\nkey far.1 1\ngone far.1 unreachable",
    ] {
        let mut world = at_home();
        world.run(script);
        assert_eq!(rerouted(&world), 0, "{script}");
    }
}

#[test]
fn each_trunk_is_tried_once_for_a_number_outside_which_counts_once() {
    let mut world = at_home();
    for n in 0..5 {
        let tried = world.run(&format!("refused far.{} 503\nrefused far.{} 503", 2 * n + 1, 2 * n + 2));
        assert_eq!((rerouted(&world), tried.matches("→ dial").count()), (n + 1, 1), "{tried}");
        assert!(tried.contains("mobile over Unreachable"), "{tried}");
        // The rule may be called by five times a minute.
        let next = world.run("ann ready");
        assert_eq!(next.contains("mobile over LimitReached"), n == 4, "{next}");
    }
    assert_eq!(used(&world), [0, 0]);
}

#[test]
fn a_number_taken_away_meanwhile_ends_the_call_to_it() {
    let mut world = at_home();
    let without = Settings { mobiles: Vec::new(), version: 2, ..planned() };
    world.input(Input::SettingsChanged(Arc::new(without)));
    world.run("refused far.1 503");
    assert_eq!((rerouted(&world), used(&world)), (0, [0, 0]));
}

#[test]
fn a_number_outside_that_rings_shows_that_its_trunk_is_there() {
    for sign in ["rings far.1", "heard far.1", "up far.1", "refused far.1 503"] {
        let mut world = at_home();
        world.run("bob dial 022\ngone far.2 unreachable\nbob hang_up\nbob finish");
        let passed = world.run("bob dial 022\nbob hang_up\nbob finish");
        assert!(passed.contains("bob calls trunk1 past trunk 1 Unreachable"), "{passed}");
        world.run(sign);
        let taken = world.run("bob dial 022");
        assert!(taken.contains("bob calls carrier\n"), "{sign}: {taken}");
    }
    let mut world = at_home();
    assert!(world.run("gone far.1 unreachable").contains("carrier failed, goes on through trunk1"));
    assert!(world.run("bob dial 022").contains("bob calls trunk1 past trunk 1 Unreachable"));
}

#[test]
fn a_dialled_call_reaches_its_agent_through_the_next_trunk_first() {
    let mut world = at_home();
    world.run("rings far.1\ngone far.1 no_answer\ngone c1");
    let dialled = world.run("ann dial 022\nrefused far.2 503\nup far.3\nkey far.3 1");
    assert!(dialled.contains("→ dial far.3 02161234567 by trunk1"), "{dialled}");
    assert!(dialled.contains("→ dial far.4 022 by carrier"), "{dialled}");
}

/// Trunk 2 is the own line of ann's site; bob sits elsewhere.
fn with_sites() -> World {
    let mut settings: Settings = planned();
    settings.agents[1].site = SiteId(settings.agents[0].site.0 + 1);
    settings.outbound.trunks[1].site = Some(settings.agents[0].site);
    let mut world = World::new(settings);
    ready(&mut world, "ann");
    ready(&mut world, "bob");
    world
}

#[test]
fn a_call_for_help_takes_the_own_line_of_the_site_and_every_other_when_that_fails() {
    check(
        with_sites(),
        "ann dial 110\nrefused far.1 503\ngone far.2 unreachable",
        expect![[r#"
        ann dial 110
            started 4001 Zh
            ann calls trunk1
            handling handling1 ann
            → resolve customer
            joined ann.on Agent
            → dial far.1 110 by trunk1 as 4001
            → ok
        refused far.1 503
            trunk1 failed by 503, goes on through carrier
            → dial far.2 110 by carrier as 4001
        gone far.2 unreachable
            call over Unreachable
            handling over handling1 NotReached
            left ann.on by Network Unreachable
            wrap-up 60s
            → close room1
    "#]],
    );
    assert!(with_sites().run("bob dial 110").contains("110 by carrier"), "another site has no line of its own");
    let mut down = with_sites();
    let passed = down.run("trunk 2 off\nann dial 110");
    assert!(passed.contains("ann calls carrier past trunk 2 Unreachable"), "{passed}");
    let last = down.run("gone far.1 unreachable");
    assert!(last.contains("110 by trunk1"), "one that is said to be down is tried in the end: {last}");
}

#[test]
fn a_number_that_is_withheld_is_told_to_the_carrier() {
    let mut settings = planned();
    settings.outbound.trunks[0].withholds = true;
    if let Says::Allow(allowance) = &mut settings.outbound.rules[0].says {
        allowance.shown = ShownNumber::Withheld;
    }
    let mut world = World::new(settings);
    ready(&mut world, "ann");
    let dialled = world.run("ann dial 021");
    assert!(dialled.contains("→ dial far.1 021 by carrier as nobody, in truth 4001\n"), "{dialled}");
    // The other trunk lets no call through without a number.
    let next = world.run("refused far.1 503");
    assert!(next.contains("→ dial far.2 021 by trunk1 as 4001\n"), "{next}");
}

#[test]
fn a_trunk_that_is_full_is_passed_over_on_the_way_to_the_next() {
    let mut settings = planned();
    let third = OutboundTrunk::plain(TrunkId(3), "east".to_owned());
    settings.outbound.trunks.push(third);
    settings.outbound.trunks[1].channels.total = Some(1);
    if let Says::Allow(allowance) = &mut settings.outbound.rules[0].says {
        allowance.trunks.push(TrunkId(3));
    }
    let mut world = World::new(settings);
    ready(&mut world, "ann");
    ready(&mut world, "bob");
    world.run("ann dial 021\nrefused far.1 503\nbob dial 022\nrefused far.3 503");
    let passed = world.ledger.iter().rev().find_map(|entry| {
        let Event::OutboundRerouted { route, .. } = &entry.event else { return None };
        Some((route.trunk, route.passed.clone()))
    });
    let (trunk, passed) = passed.unwrap();
    assert_eq!((trunk, passed[0].trunk, passed[0].block), (TrunkId(3), TrunkId(2), Block::Full));
    world.restart(Duration::from_secs(1), planned());
    assert_eq!(used(&world), [0, 0], "calls die with the process");
}
