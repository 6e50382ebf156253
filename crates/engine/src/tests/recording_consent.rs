//! What customers say about being recorded, by key and in words, and what is kept then.

use std::time::Duration;

use domain::settings::{FlowNodeKind, Settings};
use domain::{Key, KeySet};
use expect_test::expect;

use super::centre::{node, words};
use super::recording::recorder_lines;
use super::recording_rules::{check, on_demand, world};
use super::script::SALES;

fn keys(text: &str) -> KeySet {
    text.chars().filter_map(Key::from_char).fold(KeySet::NONE, KeySet::with)
}

/// The question before the sales queue: 1 agrees, 2 refuses.
fn asks_first(settings: &mut Settings) {
    settings.recording.consent_required = true;
    let consent = FlowNodeKind::Consent {
        sounds: words(&["consent"]),
        yes: keys("1"),
        no: keys("2"),
        timeout: Duration::from_secs(5),
        attempts: 2,
        on_yes: 1,
        on_no: 1,
    };
    let queue = FlowNodeKind::Enqueue { queue: SALES, on_timeout: 2, on_full: None };
    let bye = FlowNodeKind::HangUp { closed: false };
    settings.flows[1].nodes = vec![node("consent", consent), node("sales", queue), node("bye", bye)];
}

#[test]
fn who_agrees_is_recorded_once_that_is_durable() {
    check(
        asks_first,
        "call c1 4002\nup c1\nkey c1 1\nann accept\ngone c1",
        expect![[r#"
        call c1 4002
        up c1
            rule All with consent
            → room1 v1: play1→c1 play1[consent/Zh] off
        key c1 1
            consent given Key
            → room1 v2: play2→c1 play2[music ∞] off
            recording rec1 Heard
            → room1 v3: play2→c1 play2[music ∞] on rec1 after commit
        ann accept
            → room1 v4: c1→ann.on ann.on→c1 on rec1
        gone c1
    "#]],
    );
}

#[test]
fn who_refuses_is_not_recorded_to_the_end_through_transfers_and_queues() {
    check(
        |settings| {
            asks_first(settings);
            on_demand(settings);
        },
        "call c1 4002\nup c1\nplayed c1\nkey c1 2\nann accept\nann start\nann consent yes\nann transfer help\nann finish\nann accept\nann start\nann transfer 4001\nplayed c1",
        expect![[r#"
            call c1 4002
            up c1
                rule All with consent
                → room1 v1: play1→c1 play1[consent/Zh] off
            played c1
            key c1 2
                consent refused Key
                → room1 v2: silence off
                rule OnDemand with consent
                → room1 v3: play2→c1 play2[music ∞] off
            ann accept
                → room1 v4: c1→ann.on ann.on→c1 off
            ann start
                → refused ConsentRefused
            ann consent yes
                → refused ConsentRefused
            ann transfer help
                rule All with consent
                → room1 v5: play3→c1 play3[music ∞] off
            ann finish
            ann accept
                → room1 v6: c1→ann.on ann.on→c1 off
            ann start
                → refused ConsentRefused
            ann transfer 4001
                → room1 v7: silence off
                → room1 v8: play4→c1 play4[welcome/Zh] off
            played c1
                → room1 v9: play5→c1 play5[menu/Zh] off
        "#]],
    );
}

#[test]
fn who_gives_no_answer_is_not_recorded_until_an_agent_asks() {
    check(
        asks_first,
        "call c1 4002\nup c1\nkey c1 9\nplayed c1\n+5s\nann accept\nann consent yes\nann consent yes\nann consent no\nann consent yes",
        expect![[r#"
            call c1 4002
            up c1
                rule All with consent
                → room1 v1: play1→c1 play1[consent/Zh] off
            key c1 9
                → room1 v2: play2→c1 play2[consent/Zh] off
            played c1
            +5s
                → room1 v3: play3→c1 play3[music ∞] off
            ann accept
                → room1 v4: c1→ann.on ann.on→c1 off
            ann consent yes
                consent given Spoken
                recording rec1 Heard
                → room1 v5: c1→ann.on ann.on→c1 on rec1 after commit
            ann consent yes
            ann consent no
                consent refused Spoken
                → room1 v6: c1→ann.on ann.on→c1 off
            ann consent yes
                → refused ConsentRefused
        "#]],
    );
}

#[test]
fn nobody_agrees_to_a_question_they_have_not_heard() {
    let mut world = world(|settings| {
        asks_first(settings);
        // A greeting that any key stops comes before the question.
        let play = FlowNodeKind::Play { sounds: words(&["welcome"]), stop_on: KeySet::ALL, next: 0 };
        settings.flows[1].nodes.push(node("welcome", play));
        settings.flows[1].entry = 3;
    });
    let told = world.run("call c1 4002\nup c1\nkey c1 1");
    assert!(told.contains("consent/Zh") && !told.contains("consent given"), "{told}");
    let told = world.run("key c1 1");
    assert!(told.contains("consent given Key"), "{told}");
}

#[test]
fn whoever_has_answered_is_not_asked_again() {
    let mut world = world(asks_first);
    world.run("call c1 4002\nup c1\nkey c1 1\nann accept");
    let told = world.run("ann transfer 4002");
    assert!(told.contains("node 0 exit Yes") && !told.contains("consent/Zh"), "{told}");
}

#[test]
fn on_demand_waits_for_consent_too() {
    check(
        |settings| {
            settings.recording.consent_required = true;
            on_demand(settings);
        },
        "call c1 4002\nup c1\nann accept\nann start\nann consent yes\nann start\nann stop",
        expect![[r#"
            call c1 4002
            up c1
                rule All with consent
                rule OnDemand with consent
                → room1 v1: play1→c1 play1[music ∞] off
            ann accept
                → room1 v2: c1→ann.on ann.on→c1 off
            ann start
                → refused ConsentMissing
            ann consent yes
                consent given Spoken
            ann start
                switched on by agent
                → room1 v3: c1→ann.on ann.on→c1 off
                recording rec1 Heard
                → room1 v4: c1→ann.on ann.on→c1 on rec1 after commit
            ann stop
                switched off by agent
                → room1 v5: c1→ann.on ann.on→c1 off
        "#]],
    );
}

#[test]
fn a_message_is_kept_where_rules_keep_nothing_but_not_after_a_refusal() {
    let mut agrees = world(|settings| settings.recording.before_queue = false);
    let lines = recorder_lines(&agrees.run("call c1 4005\nup c1\nkey c1 2\nplayed c1\nplayed c1\n+5s\ngone c1"));
    assert!(lines.contains("recording rec1 Customer"), "{lines}");
    let mut refuses = world(|settings| {
        asks_first(settings);
        settings.flows[1].nodes[1] = super::voicemail::message_flow()[3].clone();
        if let FlowNodeKind::Voicemail { next, on_nothing, .. } = &mut settings.flows[1].nodes[1].kind {
            (*next, *on_nothing) = (2, 2);
        }
    });
    let told = refuses.run("call c1 4002\nup c1\nkey c1 2\nplayed c1\nplayed c1");
    assert!(told.contains("node 1 exit Nothing") && !told.contains("recording rec"), "{told}");
}
