//! Handing a customer over: the targets, what the desk that rings is told, what is refused.

use axum::http::StatusCode;
use domain::{Event, HandlingId, RouteReason, SegmentId, TransferEnd, TransferId, TransferReason, TransferTarget};
use serde_json::{Value, json};

use super::call::Call;
use super::house::*;

#[tokio::test]
async fn targets_are_all_but_oneself_with_who_is_free() {
    let house = House::build().await;
    let centre = &house.centre;
    Call::agent_ready(&house, centre).await;
    let own = house.ask(&centre.agent_token, "GET", "/api/v1/transfer-targets", Value::Null).await.json();
    assert!(own["agents"].as_array().unwrap().iter().all(|agent| agent["id"] != centre.agent.to_string()));
    let theirs = house.ask(&centre.supervisor_token, "GET", "/api/v1/transfer-targets", Value::Null).await.json();
    let agents = theirs["agents"].as_array().unwrap();
    let agent = agents.iter().find(|agent| agent["id"] == centre.agent.to_string()).unwrap();
    assert_eq!((&agent["state"], &agent["available"]), (&json!("ready"), &json!(true)));
    let queue = theirs["queues"].as_array().unwrap().iter().find(|queue| queue["id"] == centre.queue.to_string());
    assert_eq!((&queue.unwrap()["waiting"], &queue.unwrap()["agents_ready"]), (&json!(0), &json!(1)));
    assert!(!theirs["flows"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn the_desk_that_rings_is_told_who_hands_over_and_why() {
    let house = House::build().await;
    let centre = &house.centre;
    Call::agent_ready(&house, centre).await;
    let call = Call::new(&house, centre);
    call.queued(&house, centre).await;
    let transfer = TransferId(61);
    let started = Event::TransferStarted {
        conversation: call.conversation,
        transfer,
        handling: HandlingId(62),
        agent: centre.supervisor,
        target: TransferTarget::Agent(centre.agent),
        reason: Some(TransferReason::Escalation),
    };
    let offered = |reason| Event::AgentOffered {
        conversation: call.conversation,
        segment: SegmentId(63),
        queue: None,
        offer: call.offer,
        agent: centre.agent,
        reason,
        eligible: 1,
        idle: Default::default(),
        ring_timeout: std::time::Duration::from_secs(20),
    };
    call.commit(&house, vec![started, offered(RouteReason::Transferred)], vec![]).await;
    let offer =
        house.ask(&centre.agent_token, "GET", "/api/v1/me/state", Value::Null).await.json()["offers"][0].clone();
    assert_eq!((&offer["reason"], offer.get("queue")), (&json!("transferred"), None));
    assert_eq!(offer["transfer"]["from"]["id"], centre.supervisor.to_string());
    assert_eq!(offer["transfer"]["reason"], "escalation");
    let ended = Event::TransferEnded { conversation: call.conversation, transfer, end: TransferEnd::NoAnswer };
    call.commit(&house, vec![ended, offered(RouteReason::Returned)], vec![]).await;
    let offer =
        house.ask(&centre.agent_token, "GET", "/api/v1/me/state", Value::Null).await.json()["offers"][0].clone();
    assert_eq!((&offer["reason"], offer.get("transfer")), (&json!("returned"), None));
}

#[tokio::test]
async fn exactly_one_target_has_to_be_given() {
    let house = House::build().await;
    let path = format!("/api/v1/handlings/{}/transfer", HandlingId(5));
    for body in [json!({}), json!({ "agent_id": "agt_x", "queue_id": "que_x" }), json!({ "reason": "other" })] {
        let answer = house.ask(&house.centre.agent_token, "POST", &path, body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
    }
    let answer = house.ask(&house.centre.agent_token, "POST", &path, json!({ "agent_id": "nobody" })).await;
    assert_eq!(answer.json()["code"], "unknown_reference");
}
