//! What is recorded, over HTTP: the policy, the modes of queues, the desk, the timeline, and programs that pause.

use std::time::Duration;

use axum::http::StatusCode;
use domain::input::AgentAction;
use domain::recording::{PauseReason, Tracks};
use domain::recording_policy::{ConsentHow, PauseEnd, RecordingMode, RecordingRule, SharePercent};
use domain::{ConversationId, Event};
use serde_json::{Value, json};

use super::call::Call;
use super::house::*;

const POLICY: &str = "/api/v1/recording-policy";

fn policy(version: i64) -> Value {
    json!({
        "version": version, "before_queue": false, "outbound": { "mode": "share", "share_percent": 25 },
        "pause_max_s": 45, "consent_required": true,
    })
}

fn faults(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.problem(), (422, "validation".to_owned()), "{}", answer.text);
    let fields = answer.json()["fields"].clone();
    let line = |fault: &Value| format!("{} {}", fault["field"].as_str().unwrap(), fault["code"].as_str().unwrap());
    fields.as_array().unwrap().iter().map(line).collect()
}

#[tokio::test]
async fn the_policy_is_read_and_changed_and_a_stale_change_is_a_conflict() {
    let house = House::build().await;
    let admin = &house.centre.admin_token;
    let first = json!({
        "version": 0, "before_queue": true, "outbound": { "mode": "all", "share_percent": null },
        "pause_max_s": 600, "consent_required": false,
    });
    assert_eq!(house.get(admin, POLICY).await.json(), first);
    house.floor.take_notes();
    let put = house.ask(admin, "PUT", POLICY, policy(0)).await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.text);
    assert_eq!(put.json(), policy(1));
    assert!(house.floor.take_notes().contains(&format!("settings changed {}", house.tenant())));
    assert_eq!(house.get(admin, POLICY).await.json(), policy(1));
    assert_eq!(house.ask(admin, "PUT", POLICY, policy(0)).await.status, StatusCode::CONFLICT);
    let trail = house.get(admin, "/api/v1/audit?limit=5").await.json();
    assert_eq!(trail["items"][0]["action"], "recording_policy.updated");
}

#[tokio::test]
async fn a_share_needs_its_percentage_and_nothing_else_has_one() {
    let house = House::build().await;
    let admin = &house.centre.admin_token;
    let cases = [
        (json!({ "mode": "share", "share_percent": null }), "missing"),
        (json!({ "mode": "share" }), "missing"),
        (json!({ "mode": "share", "share_percent": 0 }), "too_small"),
        (json!({ "mode": "share", "share_percent": 100 }), "too_large"),
        (json!({ "mode": "all", "share_percent": 50 }), "unknown"),
    ];
    let path = format!("/api/v1/queues/{}", house.centre.queue);
    for (rule, code) in cases {
        let mut wanted = policy(0);
        wanted["outbound"] = rule.clone();
        let told = faults(&house.ask(admin, "PUT", POLICY, wanted).await);
        assert_eq!(told, [format!("outbound.share_percent {code}")]);
        let told = faults(&house.ask(admin, "PATCH", &path, json!({ "version": 1, "recording": rule })).await);
        assert_eq!(told, [format!("recording.share_percent {code}")]);
    }
    for (seconds, code) in [(29, "too_small"), (3_601, "too_large")] {
        let mut wanted = policy(0);
        wanted["pause_max_s"] = json!(seconds);
        assert_eq!(faults(&house.ask(admin, "PUT", POLICY, wanted).await), [format!("pause_max_s {code}")]);
    }
    let version = house.get(admin, &path).await.json()["version"].clone();
    let rule = json!({ "mode": "share", "share_percent": 50 });
    let after = house.ask(admin, "PATCH", &path, json!({ "version": version, "recording": rule })).await;
    assert_eq!(after.json()["recording"], rule, "{}", after.text);
}

async fn commit(house: &House, events: Vec<Event>) {
    house.floor.commit(house.tenant(), house.clock.utc(), events, vec![]).await;
}

async fn desk(house: &House) -> Value {
    house.get(&house.centre.agent_token, "/api/v1/me/state").await.json()["handlings"][0]["recording"].clone()
}

fn ruled(conversation: ConversationId, mode: RecordingMode, drawn: bool, consent_required: bool) -> Event {
    Event::RecordingRuled { conversation, rule: RecordingRule { mode, drawn, consent_required } }
}

#[tokio::test]
async fn the_desk_is_told_what_is_kept_and_what_its_agent_may_do() {
    let house = House::build().await;
    let call = Call::new(&house, &house.centre);
    Call::agent_ready(&house, &house.centre).await;
    call.queued(&house, &house.centre).await;
    call.offered(&house, &house.centre).await;
    call.answered(&house, &house.centre).await;
    let (conversation, recording) = (call.conversation, call.recording);
    let (how, agent) = (ConsentHow::Spoken, Some(house.centre.agent));
    let told = |state: &str, may_start: bool, may_stop: bool| json!({ "state": state, "may_start": may_start, "may_stop": may_stop });

    commit(&house, vec![ruled(conversation, RecordingMode::OnDemand, true, true)]).await;
    assert_eq!(desk(&house).await, told("waiting_for_consent", false, false));
    commit(&house, vec![Event::ConsentGiven { conversation, how, agent }]).await;
    assert_eq!(desk(&house).await, told("off", true, false));
    let started = Event::RecordingStarted { conversation, recording, tracks: Tracks::Heard };
    commit(&house, vec![Event::RecordingSwitched { conversation, agent, on: true }, started]).await;
    assert_eq!(
        desk(&house).await,
        json!({ "state": "on", "id": recording.to_string(), "may_start": false, "may_stop": true })
    );
    let at = house.clock.utc().0;
    let (reason, limit) = (PauseReason::CardData, Some(Duration::from_secs(45)));
    commit(&house, vec![Event::RecordingPaused { conversation, recording, reason, agent, limit }]).await;
    assert_eq!(
        desk(&house).await,
        json!({
            "state": "paused", "id": recording.to_string(), "paused": "card_data", "paused_since_us": at,
            "pause_ends_at_us": at + 45_000_000, "may_start": false, "may_stop": true,
        })
    );
    let why = PauseEnd::Time;
    commit(&house, vec![Event::RecordingResumed { conversation, recording, agent: None, why }]).await;
    assert_eq!(desk(&house).await["state"], "on");
    commit(&house, vec![Event::ConsentRefused { conversation, how, agent }]).await;
    assert_eq!(desk(&house).await, told("refused", false, false));
}

#[tokio::test]
async fn the_timeline_says_by_which_rule_and_what_the_customer_said() {
    let house = House::build().await;
    let call = Call::new(&house, &house.centre);
    call.queued(&house, &house.centre).await;
    let (conversation, agent) = (call.conversation, house.centre.agent);
    let share = RecordingMode::Share(SharePercent::new(30).unwrap());
    let events = vec![
        ruled(conversation, share, false, true),
        Event::ConsentGiven { conversation, how: ConsentHow::Key, agent: None },
        Event::ConsentRefused { conversation, how: ConsentHow::Spoken, agent: Some(agent) },
        Event::RecordingSwitched { conversation, agent: None, on: false },
    ];
    commit(&house, events).await;
    let path = format!("/api/v1/conversations/{conversation}");
    let shown = house.get(&house.centre.supervisor_token, &path).await.json();
    let told: Vec<Value> = shown["timeline"].as_array().unwrap().iter().map(|event| event["data"].clone()).collect();
    let (id, name) = (conversation.to_string(), shown_name(&house).await);
    assert_eq!(
        told[told.len() - 4..],
        [
            json!({ "conversation_id": id, "mode": "share", "share_percent": 30, "drawn": false, "consent_required": true }),
            json!({ "conversation_id": id, "how": "key" }),
            json!({ "conversation_id": id, "how": "spoken", "agent_id": agent.to_string(), "agent_name": name }),
            json!({ "conversation_id": id, "on": false }),
        ]
    );
}

async fn shown_name(house: &House) -> String {
    let agent = house.get(&house.centre.admin_token, &format!("/api/v1/agents/{}", house.centre.agent)).await.json();
    agent["name"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_program_pauses_by_the_conversation() {
    let house = House::build().await;
    let call = Call::new(&house, &house.centre);
    let conversation = call.conversation;
    let path = format!("/api/v1/conversations/{conversation}");
    let admin = &house.centre.admin_token;
    let body = json!({ "reason": "card_data" });
    assert_eq!(house.ask(admin, "POST", &format!("{path}/pause-recording"), body).await.status, StatusCode::OK);
    assert_eq!(house.ask(admin, "POST", &format!("{path}/resume-recording"), Value::Null).await.status, StatusCode::OK);
    let asked = house.floor.asked.lock().unwrap();
    let asked: Vec<AgentAction> = asked.iter().map(|(_, _, action)| action.clone()).collect();
    let reason = PauseReason::CardData;
    assert_eq!(asked, [AgentAction::PauseTalk { conversation, reason }, AgentAction::ResumeTalk { conversation }]);
}
