//! Callers who hear us before the answer.

use std::time::Duration;

use domain::screening::{DeadAirAction, DeadAirRule, ScreeningPolicy};
use domain::settings::{AnswerWhen, Settings};
use expect_test::{Expect, expect};

use super::script::{World, settings};

/// Every number is answered with the agent.
fn unanswered() -> Settings {
    let mut settings = settings();
    for number in &mut settings.numbers {
        number.answer = AnswerWhen::WithAgent;
    }
    settings
}

fn check(settings: Settings, script: &str, expect: Expect) {
    let mut world = World::new(settings);
    world.run("page ann on\nphone ann on\nann sign_in");
    expect.assert_eq(&world.run(script));
}

#[test]
fn a_caller_hears_the_queue_and_is_answered_with_the_agent() {
    check(unanswered(), "call c1 4002\nheard c1\nann ready\nann accept\nup c1\ngone c1", expect![[""]]);
}

#[test]
fn whoever_leaves_early_media_has_abandoned_the_queue() {
    check(unanswered(), "call c1 4002\nheard c1\n+20s\ngone c1 cancelled", expect![[""]]);
}

#[test]
fn a_greeting_is_heard_before_the_answer_and_a_menu_needs_it() {
    check(unanswered(), "call c1 4001\nheard c1\nplayed c1\nup c1\nkey c1 1", expect![[""]]);
}

#[test]
fn a_message_needs_the_answer() {
    check(unanswered(), "call c1 4005\nheard c1\nup c1\ngone c1", expect![[""]]);
}

#[test]
fn whoever_the_flow_lets_go_before_the_answer_is_refused() {
    // Sunday, closed.
    let mut world = World::new(unanswered());
    world.run("call c1 4003\nheard c1");
    world.run("gone c1 cancelled");
    let text = world.run("call c2 4004\nheard c2\nreleased c2");
    expect![[""]].assert_eq(&text);
}

#[test]
fn the_answer_comes_before_proxies_give_up() {
    check(unanswered(), "call c1 4002\nheard c1\n+169s\n+2s\nup c1\n+60s\nann ready\nann accept", expect![[""]]);
}

#[test]
fn a_caller_without_an_offer_is_answered_at_once() {
    check(unanswered(), "call c1 4002\nup c1\nann ready\nann accept", expect![[""]]);
}

#[test]
fn a_visitor_is_answered_at_once() {
    check(unanswered(), "call c1 4002 visitor", expect![[""]]);
}

#[test]
fn nobody_has_to_be_heard_before_the_answer() {
    let rule = DeadAirRule { on: true, after: Duration::from_secs(10), action: DeadAirAction::End };
    let mut settings = unanswered();
    settings.screening.policy = ScreeningPolicy { dead_air: rule, ..ScreeningPolicy::default() };
    check(settings, "call c1 4001\nheard c1\n+30s\nlost c1\nplayed c1\nup c1\n+9s\n+2s", expect![[""]]);
}

#[test]
fn what_comes_twice_or_late_changes_nothing() {
    check(
        unanswered(),
        "call c1 4002\nheard c1\nheard c1\nann ready\nann accept\nup c1\nup c1\nheard c1",
        expect![[""]],
    );
}

#[test]
fn a_restart_ends_whoever_was_not_answered() {
    let mut world = World::new(unanswered());
    world.run("call c1 4002\nheard c1\n+20s");
    expect![[""]].assert_eq(&world.restart(Duration::from_secs(5), unanswered()));
}
