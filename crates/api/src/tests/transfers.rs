//! Handing a customer over: the targets, what the desk that rings is told, what is refused.

use axum::http::StatusCode;
use domain::input::{AgentAction, Consulted, DIGITS_PER_REQUEST_MAX, PARK_MAX, TransferTo};
use domain::room::PortRole;
use domain::{
    AgentId, Event, FlowId, HandlingEnd, HandlingId, LegId, OfferEnd, Party, PartyId, QueueId, RouteReason, SegmentId,
    TransferEnd, TransferId, TransferKind, TransferReason, TransferTarget,
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
        route: None,
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
    let path = format!("/api/v1/handlings/{}/consult", HandlingId(5));
    let parties = format!("/api/v1/handlings/{}/parties", HandlingId(5));
    for body in [json!({}), json!({ "agent_id": "agt_x", "number": "021" }), json!({ "number": "1".repeat(65) })] {
        for path in [&path, &parties] {
            let answer = house.ask(&house.centre.agent_token, "POST", path, body.clone()).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
        }
    }
}

#[tokio::test]
async fn the_desk_is_told_how_far_somebody_outside_is_asked_and_the_timeline_masks_the_number() {
    let house = House::build().await;
    let centre = &house.centre;
    Call::agent_ready(&house, centre).await;
    let call = Call::new(&house, centre);
    call.queued(&house, centre).await;
    let (conversation, segment, handling, transfer) =
        (call.conversation, SegmentId(63), HandlingId(62), TransferId(61));
    let (agent, party, leg) = (centre.agent, PartyId(66), LegId(67));
    let (kind, target) = (TransferKind::Consult, TransferTarget::Outside(party));
    let begin = vec![
        Event::HandlingStarted { conversation, segment, queue: Some(centre.queue), handling, agent },
        Event::TransferStarted { conversation, transfer, kind, handling, agent, target, reason: None, route: None },
    ];
    call.commit(&house, begin, vec![Party { id: party, raw: "02161234567".to_owned() }]).await;
    let state = async |token: &str| house.ask(token, "GET", "/api/v1/me/state", Value::Null).await.json();
    let consult = async || state(&centre.agent_token).await["handlings"][0]["consult"].clone();
    let told = consult().await;
    assert_eq!((&told["state"], &told["asked"], told.get("with")), (&json!("ringing"), &json!(true), None));
    assert_eq!(told["number"], "02161234567", "the agent may see numbers");
    let (role, trunk) = (PortRole::Outside, None);
    call.commit(&house, vec![Event::LegJoined { conversation, leg, role, agent: None, trunk }], vec![]).await;
    assert_eq!(consult().await["state"], "private");
    call.commit(&house, vec![Event::TransferJoined { conversation, transfer }], vec![]).await;
    assert_eq!(consult().await["state"], "joined");
    let over = vec![
        Event::HandlingEnded { conversation, handling, agent, end: HandlingEnd::Transferred },
        Event::TransferEnded { conversation, transfer, end: TransferEnd::Completed },
    ];
    call.commit(&house, over, vec![]).await;
    let floor = house.get(&centre.supervisor_token, "/api/v1/floor").await.json();
    assert_eq!(floor["forwarded"], 1, "no agent is with them, and the floor says so");
    let row = &floor["forwarded_list"][0];
    assert_eq!((&row["conversation_id"], &row["to_label"]), (&json!(conversation.to_string()), &json!("021****4567")));
    assert_eq!((&row["by"]["id"], &floor["parked"]), (&json!(agent.to_string()), &json!([])));
    assert!(row["since_at_us"].as_i64().unwrap() > 0);
    let path = format!("/api/v1/conversations/{conversation}");
    let timeline = house.ask(&centre.supervisor_token, "GET", &path, Value::Null).await.json()["timeline"].clone();
    let started = timeline.as_array().unwrap().iter().find(|event| event["kind"] == "transfer_started").unwrap();
    assert_eq!((&started["data"]["target"], &started["data"]["to_name"]), (&json!("outside"), &json!("021****4567")));
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
            route: None,
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

#[tokio::test]
async fn a_parked_customer_is_told_to_every_desk_until_somebody_rings_for_them() {
    let house = House::build().await;
    let centre = &house.centre;
    Call::agent_ready(&house, centre).await;
    let call = Call::new(&house, centre);
    call.queued(&house, centre).await;
    let (conversation, handling, transfer) = (call.conversation, HandlingId(62), TransferId(61));
    let (agent, segment, queue) = (centre.supervisor, SegmentId(63), Some(centre.queue));
    let parked = async |token: &str| {
        house.ask(token, "GET", "/api/v1/me/state", Value::Null).await.json()["parked"].as_array().unwrap().clone()
    };
    let (kind, target, reason) = (TransferKind::Park, TransferTarget::Park, Some(TransferReason::Specialist));
    let park = vec![
        Event::HandlingStarted { conversation, segment, queue, handling, agent },
        Event::TransferStarted { conversation, transfer, kind, handling, agent, target, reason, route: None },
    ];
    call.commit(&house, park, vec![]).await;
    for token in [&centre.agent_token, &centre.supervisor_token] {
        let told = &parked(token).await[0];
        assert_eq!(
            (&told["conversation_id"], &told["reason"]),
            (&json!(conversation.to_string()), &json!("specialist"))
        );
        assert_eq!(told["by"]["id"], agent.to_string());
        let lasts = told["until_at_us"].as_i64().unwrap() - told["since_at_us"].as_i64().unwrap();
        assert_eq!(lasts, PARK_MAX.as_micros() as i64);
        assert_eq!(told["customer_label"], centre.customer.name);
    }
    let floor = house.get(&centre.supervisor_token, "/api/v1/floor").await.json();
    assert_eq!(floor["parked"], json!(parked(&centre.supervisor_token).await), "the floor lists them, too");
    let rings = Event::AgentOffered {
        conversation,
        segment: SegmentId(65),
        queue,
        offer: call.offer,
        agent: centre.agent,
        reason: RouteReason::PickedUp,
        eligible: 1,
        idle: Default::default(),
        ring_timeout: std::time::Duration::from_secs(20),
    };
    let declined = Event::OfferEnded { conversation, offer: call.offer, agent: centre.agent, end: OfferEnd::Declined };
    call.commit(&house, vec![rings], vec![]).await;
    assert_eq!(parked(&centre.agent_token).await, Vec::<Value>::new(), "somebody's phone rings for them");
    call.commit(&house, vec![declined], vec![]).await;
    assert_eq!(parked(&centre.agent_token).await.len(), 1, "and was not answered");
    let over = Event::TransferEnded { conversation, transfer, end: TransferEnd::NoAnswer };
    call.commit(&house, vec![over], vec![]).await;
    assert_eq!(parked(&centre.agent_token).await, Vec::<Value>::new(), "they are on the way back");
}

#[tokio::test]
async fn to_whom_a_customer_is_handed_over_or_who_is_asked_reaches_the_floor() {
    let house = House::build().await;
    let handling = HandlingId(12);
    let cases = [
        (
            ("transfer", json!({ "agent_id": AgentId(15).to_string(), "reason": "specialist" })),
            AgentAction::Transfer {
                handling,
                to: TransferTo::Agent(AgentId(15)),
                reason: Some(TransferReason::Specialist),
            },
        ),
        (
            ("transfer", json!({ "queue_id": QueueId(16).to_string() })),
            AgentAction::Transfer { handling, to: TransferTo::Queue(QueueId(16)), reason: None },
        ),
        (
            ("transfer", json!({ "flow_id": FlowId(17).to_string() })),
            AgentAction::Transfer { handling, to: TransferTo::Flow(FlowId(17)), reason: None },
        ),
        (
            ("transfer", json!({ "number": " 021 6123-4567 " })),
            AgentAction::Transfer { handling, to: TransferTo::Dialled("021 6123-4567".to_owned()), reason: None },
        ),
        (
            ("consult", json!({ "agent_id": AgentId(15).to_string() })),
            AgentAction::Consult { handling, whom: Consulted::Agent(AgentId(15)), reason: None },
        ),
        (
            ("consult", json!({ "number": "02161234567", "reason": "specialist" })),
            AgentAction::Consult {
                handling,
                whom: Consulted::Dialled("02161234567".to_owned()),
                reason: Some(TransferReason::Specialist),
            },
        ),
        (
            ("parties", json!({ "agent_id": AgentId(15).to_string() })),
            AgentAction::AddParty { handling, whom: Consulted::Agent(AgentId(15)) },
        ),
        (
            ("parties", json!({ "number": "02161234567" })),
            AgentAction::AddParty { handling, whom: Consulted::Dialled("02161234567".to_owned()) },
        ),
    ];
    for ((verb, body), action) in cases {
        let path = format!("/api/v1/handlings/{handling}/{verb}");
        let answer = house.ask(&house.centre.agent_token, "POST", &path, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        assert_eq!(house.floor.asked.lock().unwrap().pop(), Some((house.tenant(), house.centre.agent, action)));
    }
}

#[tokio::test]
async fn parking_picking_up_and_keys_reach_the_floor() {
    let house = House::build().await;
    let centre = &house.centre;
    let (handling, conversation) = (HandlingId(62), domain::ConversationId(77));
    let keys = |text: &str| text.chars().filter_map(domain::Key::from_char).collect::<Vec<_>>();
    let (to, reason) = (TransferTo::Park, Some(TransferReason::Other));
    let cases = [
        (
            format!("/api/v1/handlings/{handling}/park"),
            json!({ "reason": "other" }),
            AgentAction::Transfer { handling, to, reason },
        ),
        (format!("/api/v1/conversations/{conversation}/pick-up"), Value::Null, AgentAction::PickUp { conversation }),
        (
            format!("/api/v1/handlings/{handling}/digits"),
            json!({ "keys": "12*#" }),
            AgentAction::SendDigits { handling, keys: keys("12*#") },
        ),
    ];
    for (path, body, action) in cases {
        let answer = house.ask(&centre.agent_token, "POST", &path, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        assert_eq!(house.floor.asked.lock().unwrap().pop(), Some((house.tenant(), centre.agent, action)));
    }
    let path = format!("/api/v1/handlings/{handling}/digits");
    for wrong in ["", "12x", "1 2", &"1".repeat(DIGITS_PER_REQUEST_MAX + 1)] {
        let answer = house.ask(&centre.agent_token, "POST", &path, json!({ "keys": wrong })).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}: {}", answer.text);
    }
}
