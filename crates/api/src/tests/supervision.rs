//! Supervisors: what they ask reaches the floor, stands in the audit trail, and is told to their desk and to nobody else's.

use axum::http::StatusCode;
use domain::input::{AgentAction, ForcedState};
use domain::{
    ConversationId, Event, HandlingId, NotReadyReasonId, Refusal, SegmentId, Supervision, SupervisionEnd,
    SupervisionMode, TransferId, TransferKind, TransferTarget,
};
use serde_json::{Value, json};

use super::call::Call;
use super::house::*;
use crate::port::AskError;

#[tokio::test]
async fn every_intrusion_reaches_the_floor_and_the_audit_trail() {
    let house = House::build().await;
    let centre = &house.centre;
    let target = centre.agent;
    let path = |verb: &str| format!("/api/v1/agents/{target}/{verb}");
    let conversation = ConversationId(77);
    let id = conversation.to_string();
    let (mode, reason) = (SupervisionMode::Whisper, NotReadyReasonId(78));
    let cases = [
        (
            path("supervise"),
            json!({ "conversation_id": id, "mode": "whisper" }),
            AgentAction::Supervise { target, conversation, mode },
        ),
        (path("take-over"), json!({ "conversation_id": id }), AgentAction::TakeOver { target, conversation }),
        (path("release"), json!({ "conversation_id": id }), AgentAction::Release { target, conversation }),
        (
            format!("/api/v1/conversations/{id}/assign"),
            json!({ "agent_id": target.to_string() }),
            AgentAction::Assign { conversation, to: target },
        ),
        (format!("/api/v1/conversations/{id}/end"), Value::Null, AgentAction::EndConversation { conversation }),
        (
            path("state"),
            json!({ "state": "not_ready", "reason_id": reason.to_string() }),
            AgentAction::ForceState { target, state: ForcedState::NotReady { reason: Some(reason) } },
        ),
        (
            path("state"),
            json!({ "state": "signed_out" }),
            AgentAction::ForceState { target, state: ForcedState::SignedOut },
        ),
    ];
    for (path, body, action) in cases {
        let method = if path.ends_with("state") { "PUT" } else { "POST" };
        let answer = house.ask(&centre.supervisor_token, method, &path, body.clone()).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        assert_eq!(house.floor.asked.lock().unwrap().pop(), Some((house.tenant(), centre.supervisor, action)));
        let refused = house.ask(&centre.agent_token, method, &path, body).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
    let rows = house.get(&centre.admin_token, "/api/v1/audit?limit=10&action=agent.").await.json();
    // The newest are on top, the making of the house below.
    let told: Vec<_> =
        rows["items"].as_array().unwrap().iter().take(6).map(|row| (&row["action"], &row["after"])).collect();
    let (whispered, meant) = (json!({ "conversation_id": id, "mode": "whisper" }), json!({ "conversation_id": id }));
    assert_eq!(
        told,
        [
            (&json!("agent.forced"), &json!({ "state": "signed_out" })),
            (&json!("agent.forced"), &json!({ "state": "not_ready", "reason_id": reason.to_string() })),
            (&json!("agent.assigned"), &meant),
            (&json!("agent.released"), &meant),
            (&json!("agent.taken_over"), &meant),
            (&json!("agent.supervised"), &whispered),
        ]
    );
    let ended = house.get(&centre.admin_token, "/api/v1/audit?limit=10&action=conversation.ended").await.json();
    assert_eq!((ended["items"].as_array().unwrap().len(), &ended["items"][0]["object_id"]), (1, &json!(id)));
    let stop = house.ask(&centre.agent_token, "POST", "/api/v1/me/stop-supervising", Value::Null).await;
    assert_eq!(stop.status, StatusCode::OK, "whoever listens may stop, whatever became of their role");
    let unknown = "/api/v1/agents/agt_0000000000001/release";
    let nobody = house.ask(&centre.supervisor_token, "POST", unknown, json!({ "conversation_id": id })).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_the_floor_refuses_or_does_not_answer_is_entered_once_more_with_its_outcome() {
    let house = House::build().await;
    let centre = &house.centre;
    let target = centre.agent;
    let id = ConversationId(77).to_string();
    let supervise = (format!("/api/v1/agents/{target}/supervise"), json!({ "conversation_id": id, "mode": "barge" }));
    let end = (format!("/api/v1/conversations/{id}/end"), Value::Null);
    let asked = async |error: AskError, (path, body): &(String, Value)| {
        *house.floor.answer.lock().unwrap() = Err(error);
        house.ask(&centre.supervisor_token, "POST", path, body.clone()).await.problem()
    };
    let refused = AskError::Refused(Refusal::WorkInHand);
    assert_eq!(asked(refused, &supervise).await, (409, "work_in_hand".to_owned()));
    assert_eq!(asked(AskError::Unavailable, &supervise).await, (503, "unavailable".to_owned()));
    assert_eq!(asked(AskError::Refused(Refusal::WrongState), &end).await, (409, "wrong_state".to_owned()));
    let told = async |action: &str| {
        let rows = house.get(&centre.admin_token, &format!("/api/v1/audit?limit=10&action={action}")).await.json();
        rows["items"].as_array().unwrap().iter().map(|row| row["after"].clone()).collect::<Vec<_>>()
    };
    let barge = json!({ "conversation_id": id, "mode": "barge" });
    let with = |outcome: Value| {
        let mut after = barge.clone();
        after.as_object_mut().unwrap().extend(outcome.as_object().unwrap().clone());
        after
    };
    assert_eq!(
        told("agent.supervised").await,
        [
            with(json!({ "outcome": "unanswered" })),
            barge.clone(),
            with(json!({ "outcome": "refused", "why": "work_in_hand" })),
            barge.clone(),
        ]
    );
    let ended = told("conversation.ended").await;
    assert_eq!(ended[0], json!({ "outcome": "refused", "why": "wrong_state" }));
    assert_eq!((ended.len(), ended[1].get("outcome")), (2, None), "when it is asked for nothing is known of it");
}

#[tokio::test]
async fn the_desk_of_a_supervisor_is_told_whose_talk_it_hears() {
    let house = House::build().await;
    let centre = &house.centre;
    Call::agent_ready(&house, centre).await;
    let call = Call::new(&house, centre);
    call.queued(&house, centre).await;
    let (conversation, agent, target) = (call.conversation, centre.supervisor, centre.agent);
    let (segment, handling) = (SegmentId(63), HandlingId(62));
    let begin = vec![
        Event::HandlingStarted { conversation, segment, queue: Some(centre.queue), handling, agent: target },
        Event::Supervised { conversation, agent, what: Supervision::Began { target, mode: SupervisionMode::Listen } },
    ];
    call.commit(&house, begin, vec![]).await;
    let state = async |token: &str| house.ask(token, "GET", "/api/v1/me/state", Value::Null).await.json();
    let told = state(&centre.supervisor_token).await;
    let heard = &told["supervision"];
    assert_eq!((&heard["of"]["id"], &heard["mode"]), (&json!(target.to_string()), &json!("listen")));
    assert_eq!(heard["conversation"]["id"], conversation.to_string());
    assert_eq!(told["agent"]["state"], "supervising");
    assert_eq!(state(&centre.agent_token).await.get("supervision"), None);
    let silent = async || state(&centre.supervisor_token).await["supervision"]["silent"].clone();
    assert_eq!(silent().await, Value::Null);
    let hold = Event::HandlingHeld { conversation, handling, agent: target, device_lost: false };
    call.commit(&house, vec![hold], vec![]).await;
    assert_eq!(silent().await, "held");
    let asks = Event::TransferStarted {
        conversation,
        transfer: TransferId(65),
        kind: TransferKind::Consult,
        handling,
        agent: target,
        target: TransferTarget::Agent(agent),
        reason: None,
        route: None,
    };
    call.commit(&house, vec![asks], vec![]).await;
    assert_eq!(silent().await, Value::Null, "whoever asks a colleague is heard");
    let change = Supervision::Changed { mode: SupervisionMode::Barge };
    call.commit(&house, vec![Event::Supervised { conversation, agent, what: change }], vec![]).await;
    assert_eq!(state(&centre.supervisor_token).await["supervision"]["mode"], "barge");
    let over = Supervision::Ended { end: SupervisionEnd::Stopped };
    call.commit(&house, vec![Event::Supervised { conversation, agent, what: over }], vec![]).await;
    assert_eq!(state(&centre.supervisor_token).await.get("supervision"), None);
    let shown = async |token: &str| {
        let detail = house.get(token, &format!("/api/v1/conversations/{conversation}")).await.json();
        detail["timeline"].as_array().unwrap().iter().filter(|row| row["kind"] == "supervised").count()
    };
    assert_eq!((shown(&centre.supervisor_token).await, shown(&centre.agent_token).await), (3, 0));
}

#[tokio::test]
async fn an_agent_sees_a_supervisor_only_as_the_policy_says() {
    let house = House::build().await;
    let centre = &house.centre;
    Call::agent_ready(&house, centre).await;
    let call = Call::new(&house, centre);
    call.queued(&house, centre).await;
    let (conversation, agent, target) = (call.conversation, centre.supervisor, centre.agent);
    let (segment, handling) = (SegmentId(63), HandlingId(62));
    let supervised = |what| Event::Supervised { conversation, agent, what };
    let begin = vec![
        Event::HandlingStarted { conversation, segment, queue: Some(centre.queue), handling, agent: target },
        supervised(Supervision::Began { target, mode: SupervisionMode::Listen }),
    ];
    call.commit(&house, begin, vec![]).await;
    let seen = async || {
        let told = house.ask(&centre.agent_token, "GET", "/api/v1/me/state", Value::Null).await.json();
        let modes = told["handlings"][0]["supervised_by"].as_array().cloned().unwrap_or_default();
        modes.iter().map(|one| one["mode"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let policy = |version: i64, listen: bool, whisper: bool, barge: bool| json!({ "version": version, "visible": { "listen": listen, "whisper": whisper, "barge": barge } });
    let path = "/api/v1/supervision-policy";
    let read = house.get(&centre.admin_token, path).await.json();
    assert_eq!(read, policy(0, false, true, true), "whoever only listens is hidden until somebody decides otherwise");
    let modes = [SupervisionMode::Whisper, SupervisionMode::Barge, SupervisionMode::Listen];
    let through = async |expected: [usize; 3]| {
        for (mode, shown) in modes.into_iter().zip(expected) {
            let change = supervised(Supervision::Changed { mode });
            call.commit(&house, vec![change], vec![]).await;
            assert_eq!(seen().await.len(), shown, "{mode:?}");
        }
    };
    assert_eq!(seen().await, Vec::<String>::new());
    through([1, 1, 0]).await;
    let put = house.ask(&centre.admin_token, "PUT", path, policy(0, true, false, false)).await;
    assert_eq!((put.status, put.json()), (StatusCode::OK, policy(1, true, false, false)));
    through([0, 0, 1]).await;
    let told = house.ask(&centre.agent_token, "GET", "/api/v1/me/state", Value::Null).await.json();
    let one = &told["handlings"][0]["supervised_by"][0];
    assert_eq!((one["mode"].as_str(), one["name"].is_string()), (Some("listen"), true));
    let stale = house.ask(&centre.admin_token, "PUT", path, policy(0, true, true, true)).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let refused = house.ask(&centre.agent_token, "PUT", path, policy(1, true, true, true)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let trail = house.get(&centre.admin_token, "/api/v1/audit?action=supervision_policy.updated").await.json();
    assert_eq!(trail["items"][0]["after"]["visible"]["listen"], json!(true));
}
