//! Handing a customer over: the targets, what the desk that rings is told, what is refused.

use axum::http::StatusCode;
use domain::{
    Event, HandlingEnd, HandlingId, RouteReason, SegmentId, TransferEnd, TransferId, TransferKind, TransferReason,
    TransferTarget,
};
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
        kind: TransferKind::Blind,
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
    assert_eq!((&offer["transfer"]["kind"], &offer["transfer"]["reason"]), (&json!("blind"), &json!("escalation")));
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

#[tokio::test]
async fn both_desks_of_a_consult_are_told_how_far_it_has_come() {
    let house = House::build().await;
    let centre = &house.centre;
    Call::agent_ready(&house, centre).await;
    let call = Call::new(&house, centre);
    call.queued(&house, centre).await;
    let (conversation, segment, asking, asked) = (call.conversation, SegmentId(63), HandlingId(62), HandlingId(64));
    let (transfer, asker, colleague) = (TransferId(61), centre.supervisor, centre.agent);
    let queue = Some(centre.queue);
    let begin = vec![
        Event::HandlingStarted { conversation, segment, queue, handling: asking, agent: asker },
        Event::TransferStarted {
            conversation,
            transfer,
            kind: TransferKind::Consult,
            handling: asking,
            agent: asker,
            target: TransferTarget::Agent(colleague),
            reason: Some(TransferReason::Specialist),
        },
    ];
    call.commit(&house, begin, vec![]).await;
    let consult = async |token: &str| {
        house.ask(token, "GET", "/api/v1/me/state", Value::Null).await.json()["handlings"][0]["consult"].clone()
    };
    let told = consult(&centre.supervisor_token).await;
    assert_eq!(
        (&told["state"], &told["asked"], &told["reason"]),
        (&json!("ringing"), &json!(true), &json!("specialist"))
    );
    assert_eq!(told["with"]["id"], colleague.to_string());
    let answered =
        Event::HandlingStarted { conversation, segment: SegmentId(65), queue: None, handling: asked, agent: colleague };
    call.commit(&house, vec![answered], vec![]).await;
    assert_eq!(consult(&centre.supervisor_token).await["state"], "private");
    let told = consult(&centre.agent_token).await;
    assert_eq!((&told["state"], &told["asked"]), (&json!("private"), &json!(false)));
    assert_eq!(told["with"]["id"], asker.to_string());
    call.commit(&house, vec![Event::TransferJoined { conversation, transfer }], vec![]).await;
    assert_eq!(consult(&centre.agent_token).await["state"], "joined");
    let over = vec![
        Event::HandlingEnded { conversation, handling: asking, agent: asker, end: HandlingEnd::Transferred },
        Event::TransferEnded { conversation, transfer, end: TransferEnd::Completed },
    ];
    call.commit(&house, over, vec![]).await;
    let handling =
        house.ask(&centre.agent_token, "GET", "/api/v1/me/state", Value::Null).await.json()["handlings"][0].clone();
    assert_eq!((handling.get("consult"), &handling["queue"]["id"]), (None, &json!(centre.queue.to_string())));
}
