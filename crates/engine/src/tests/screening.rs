//! Callers nobody wants, and those who go first, from the arrival to the end.

use std::time::Duration;

use domain::screening::*;
use domain::settings::Settings;
use domain::{Event, FlowId, Input, ListEntryId, PartyId, Utc};
use expect_test::{Expect, expect};

use super::script::{MONDAY_TEN, World, settings, with_ready};

fn entry(id: i64, list: NumberList, covers: Covers, spelling: &str, expires: Option<Utc>) -> ListEntry {
    ListEntry { id: ListEntryId(id), list, covers, spellings: vec![spelling.to_owned()], expires }
}

/// 138… is blocked for an hour, 13900 let in although 139 is blocked, 137 goes first.
fn lists() -> Settings {
    let hour = Some(Utc(MONDAY_TEN.0 + 3_600_000_000));
    let entries = vec![
        entry(1, NumberList::Block, Covers::Number, "138", hour),
        entry(2, NumberList::Block, Covers::Prefix, "139", None),
        entry(3, NumberList::Allow, Covers::Number, "13900", None),
        entry(4, NumberList::Vip, Covers::Number, "137", None),
    ];
    Settings { screening: ScreeningRules { entries, policy: ScreeningPolicy::default() }, ..settings() }
}

fn with_policy(policy: ScreeningPolicy) -> Settings {
    let lists = lists();
    Settings { screening: ScreeningRules { policy, ..lists.screening }, ..lists }
}

fn check(world: &mut World, script: &str, expect: Expect) {
    expect.assert_eq(&world.run(script));
}

fn adopt(world: &mut World, settings: Settings) {
    world.input(Input::SettingsChanged(settings.into()));
}

/// Who called, by the ledger.
fn callers(world: &World) -> Vec<(PartyId, String)> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "one kind of event is looked for")]
    let from = |event: &Event| match event {
        Event::ConversationStarted { from, .. } => Some((*from, "131".to_owned())),
        _ => None,
    };
    world.ledger.iter().filter_map(|entry| from(&entry.event)).collect()
}

#[test]
fn a_blocked_caller_is_refused_before_an_answer_and_the_book_is_closed() {
    let mut world = World::new(lists());
    check(
        &mut world,
        "call c1 4002 138\nreleased c1\ncall c2 4002 13900\n+3600s\ncall c3 4002 138",
        expect![[r#"
            call c1 4002 138
                started 4002 Zh
                screened blocked by 1: Refused
                → refuse c1 Declined
            released c1
                ended by System Screened
            call c2 4002 13900
                started 4002 Zh
                screened allowed by 3: LetIn
                joined c2 Customer
                → answer c2
                → resolve customer
            +3600s
            call c3 4002 138
                started 4002 Zh
                joined c3 Customer
                → answer c3
                → resolve customer
        "#]],
    );
}

#[test]
fn a_caller_from_a_blocked_city_is_refused_and_a_number_of_it_is_let_in() {
    let entries = vec![
        entry(1, NumberList::Block, Covers::Area, "CN/广东/深圳", None),
        entry(2, NumberList::Allow, Covers::Number, "139", None),
    ];
    let mut world = World::new(Settings {
        screening: ScreeningRules { entries, policy: ScreeningPolicy::default() },
        ..settings()
    });
    // The third withholds the number, the fourth is from the next city, of the fifth nobody knows where it is from.
    check(
        &mut world,
        "call c1 4002 138@CN/广东/深圳\nreleased c1\ncall c2 4002 139@CN/广东/深圳\ncall c3 4002 -137@CN/广东/深圳\n\
         call c4 4002 136@CN/广东/广州\ncall c5 4002 135",
        expect![[r#"
            call c1 4002 138@CN/广东/深圳
                started 4002 Zh
                screened blocked by area 1: Refused
                → refuse c1 Declined
            released c1
                ended by System Screened
            call c2 4002 139@CN/广东/深圳
                started 4002 Zh
                screened allowed by 2: LetIn
                joined c2 Customer
                → answer c2
                → resolve customer
            call c3 4002 -137@CN/广东/深圳
                started 4002 Zh
                screened blocked by 1: Refused
                → refuse c3 Declined
            call c4 4002 136@CN/广东/广州
                started 4002 Zh
                joined c4 Customer
                → answer c4
                → resolve customer
            call c5 4002 135
                started 4002 Zh
                joined c5 Customer
                → answer c5
                → resolve customer
        "#]],
    );
}

#[test]
fn a_withheld_number_goes_through_the_flow_that_is_there_for_it() {
    let anonymous = Some(Diversion::Flow(FlowId(605)));
    let mut world = World::new(with_policy(ScreeningPolicy { anonymous, ..ScreeningPolicy::default() }));
    // The carrier tells who the second is, and that one is let in; the third is a browser.
    check(
        &mut world,
        "call c1 4002 -\nup c1\ncall c2 4002 -13900\ncall c3 4002 visitor",
        expect![[r#"
            call c1 4002 -
                started 4002 Zh
                screened Anonymous: flow 605
                joined c1 Customer
                → answer c1
            up c1
                answered c1
                node 0 in seg1
                office open Weekly
                node 0 exit Open
                node 1 in seg1
                → room1 v1: silence
            call c2 4002 -13900
                started 4002 Zh
                screened allowed by 3: LetIn
                joined c2 Customer
                → answer c2
            call c3 4002 visitor
                started 4002 Zh
                joined c3 Customer
                → answer c3
        "#]],
    );
}

#[test]
fn a_flow_that_is_gone_keeps_out() {
    let block = Diversion::Flow(FlowId(699));
    let mut world = World::new(with_policy(ScreeningPolicy { block, ..ScreeningPolicy::default() }));
    check(
        &mut world,
        "call c1 4002 138",
        expect![[r#"
        call c1 4002 138
            started 4002 Zh
            screened blocked by 1: Refused
            → refuse c1 Declined
    "#]],
    );
}

#[test]
fn a_kept_place_is_not_given_to_whoever_was_blocked_meanwhile() {
    let mut world = with_ready(&["ann"]);
    world.run("ann not_ready break\ncall c1 4002 138\nup c1\n+60s\ngone c1 network");
    adopt(&mut world, Settings { version: 2, ..with_policy(ScreeningPolicy::default()) });
    check(
        &mut world,
        "call c2 4002 138",
        expect![[r#"
        call c2 4002 138
            started 4002 Zh
            screened blocked by 1: Refused
            → refuse c2 Declined
    "#]],
    );
    // Sent through a flow they are not asked after either.
    let block = Diversion::Flow(FlowId(602));
    adopt(&mut world, Settings { version: 3, ..with_policy(ScreeningPolicy { block, ..ScreeningPolicy::default() }) });
    check(
        &mut world,
        "call c3 4002 138\nup c3",
        expect![[r#"
        call c3 4002 138
            started 4002 Zh
            screened blocked by 1: flow 602
            joined c3 Customer
            → answer c3
            → resolve customer
        up c3
            answered c3
            node 0 in seg3
            node 0 exit Next
            → room2 v1: play2→c3 play2[music ∞]
            queued sales seg4 NobodyReady
    "#]],
    );
}

#[test]
fn whoever_goes_first_is_served_before_those_who_came_earlier() {
    let mut world = World::new(lists());
    world.run("page ann on\nphone ann 1\nann sign_in");
    check(
        &mut world,
        "call c1 4002 131\nup c1\n+60s\ncall c2 4002 137\nup c2\n+1s\ncall c3 4002 132\nup c3\nann ready",
        expect![[r#"
            call c1 4002 131
                started 4002 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                node 0 exit Next
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2 NobodyReady
            +60s
            call c2 4002 137
                started 4002 Zh
                VIP by 4
                joined c2 Customer
                → answer c2
                → resolve customer
            up c2
                answered c2
                node 0 in seg3
                node 0 exit Next
                → room2 v1: play2→c2 play2[music ∞]
                queued sales seg4 NobodyReady
            +1s
            call c3 4002 132
                started 4002 Zh
                joined c3 Customer
                → answer c3
                → resolve customer
            up c3
                answered c3
                node 0 in seg5
                node 0 exit Next
                → room3 v1: play3→c3 play3[music ∞]
                queued sales seg6 NobodyReady
            ann ready
                ann ready
                → ok
                offered offer1 to ann OnlyEligible of 1 idle 0s
        "#]],
    );
    // And stays in front when the desk was not answered.
    check(
        &mut world,
        "+20s\nann ready",
        expect![[r#"
        +20s
            (ring)
            offer over offer1 Unanswered
            ann not ready OfferUnanswered
            queued sales seg4 front NobodyReady
        ann ready
            ann ready
            → ok
            offered offer2 to ann OnlyEligible of 1 idle 0s
    "#]],
    );
}

#[test]
fn short_calls_again_and_again_are_kept_out_and_a_restart_does_not_forgive() {
    let nuisance = NuisanceRule { on: true, calls: 2, ..NuisanceRule::default() };
    let policy = with_policy(ScreeningPolicy { nuisance, ..ScreeningPolicy::default() });
    let mut world = World::new(policy.clone());
    world.run("call c1 4002 131\ngone c1 cancelled\n+60s\ncall c2 4002 131\nup c2\n+5s\ngone c2");
    check(
        &mut world,
        "call c3 4002 131\nreleased c3",
        expect![[r#"
        call c3 4002 131
            started 4002 Zh
            screened Nuisance: Refused
            → refuse c3 Declined
        released c3
            ended by System Screened
    "#]],
    );
    let mut written = world.restart(Duration::from_secs(3), policy);
    let callers = callers(&world);
    world.input(Input::CallersRecalled { callers });
    written += &world.run("call c4 4002 131\nreleased c4\n+3600s\ncall c5 4002 131");
    expect![[r#"
        (restart)
            floor started epoch 2
            → recall 2 callers
        call c4 4002 131
            started 4002 Zh
            screened Nuisance: Refused
            → refuse c4 Declined
        released c4
            ended by System Screened
        +3600s
        call c5 4002 131
            started 4002 Zh
            joined c5 Customer
            → answer c5
            → resolve customer
    "#]]
    .assert_eq(&written);
}
