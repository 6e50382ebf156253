//! Two centres under one roof: no route and no topic crosses.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::call::Call;
use super::house::*;
use super::live::connect;

#[tokio::test]
async fn no_route_gives_or_takes_anything_of_another_centre() {
    let house = House::build().await;
    let (north, south) = (&house.centre, house.second_centre().await);
    let call = Call::whole(&house, north).await;
    let token = &south.admin_token;
    let conversation = format!("conversations/{}", call.conversation);
    let phone = json!({ "name": "north desk", "username": "north-desk" });
    let phone = house.ask(&north.admin_token, "POST", "/api/v1/devices", phone).await.json();
    let phone = format!("devices/{}", phone["device"]["id"].as_str().unwrap());
    let paths = [
        phone.clone(),
        format!("customers/{}", north.customer.id),
        format!("queues/{}", north.queue),
        format!("agents/{}", north.agent),
        format!("flows/{}", north.flow.id),
        conversation.clone(),
    ];
    for path in &paths {
        let path = format!("/api/v1/{path}");
        assert_eq!(house.get(&north.admin_token, &path).await.status, StatusCode::OK, "{path}");
        assert_eq!(house.get(token, &path).await.problem(), (404, "not_found".to_owned()), "{path}");
        if path.contains("flows") || path.contains("conversations") {
            continue;
        }
        let change = house.ask(token, "PATCH", &path, json!({ "version": 1, "name": "taken over" })).await;
        assert_eq!(change.problem(), (404, "not_found".to_owned()), "{path}");
    }
    for (method, part) in [("POST", "/password"), ("DELETE", "")] {
        let refused = house.ask(token, method, &format!("/api/v1/{phone}{part}"), Value::Null).await;
        assert_eq!(refused.problem(), (404, "not_found".to_owned()), "{method}");
    }
    let entry = json!({ "list": "block", "kind": "number", "value": "13900139000" });
    let entry = house.ask(&north.admin_token, "POST", "/api/v1/number-list", entry).await.json();
    let entry = format!("/api/v1/number-list/{}", entry["id"].as_str().unwrap());
    for (method, body) in [("PATCH", json!({ "note": "x" })), ("DELETE", Value::Null)] {
        assert_eq!(house.ask(token, method, &entry, body).await.problem(), (404, "not_found".to_owned()), "{method}");
    }
    let note = house.ask(token, "PUT", &format!("/api/v1/{conversation}/note"), json!({ "text": "seen" })).await;
    assert_eq!(note.problem(), (404, "not_found".to_owned()));

    let links = json!({
        "name": "theft", "agent_ids": [north.agent.to_string()], "skill_ids": [north.skill.id.to_string()],
        "site_id": north.site.id.to_string(),
    });
    let fields = house.ask(token, "POST", "/api/v1/queues", links).await.json()["fields"].clone();
    let named: Vec<_> = fields.as_array().unwrap().iter().map(|fault| fault["field"].as_str().unwrap()).collect();
    assert_eq!(named, ["skill_ids.0", "agent_ids.0", "site_id"]);
}

#[tokio::test]
async fn no_list_shows_anything_of_another_centre() {
    let house = House::build().await;
    let (north, south) = (&house.centre, house.second_centre().await);
    let call = Call::whole(&house, north).await;
    let waiting = Call::new(&house, north);
    waiting.queued(&house, north).await;
    let phone = json!({ "name": "north desk", "username": "north-desk" });
    assert_eq!(house.ask(&north.admin_token, "POST", "/api/v1/devices", phone).await.status, StatusCode::CREATED);
    let entry = json!({ "list": "block", "kind": "number", "value": "13800138000", "note": "north" });
    assert_eq!(house.ask(&north.admin_token, "POST", "/api/v1/number-list", entry).await.status, StatusCode::CREATED);
    let secrets = [
        north.customer.id.to_string(),
        north.queue.to_string(),
        north.agent.to_string(),
        north.flow.id.to_string(),
        north.number.id.to_string(),
        north.site.id.to_string(),
        north.skill.id.to_string(),
        north.tenant.id.to_string(),
        call.conversation.to_string(),
        waiting.conversation.to_string(),
        "north".to_owned(),
        "13800138000".to_owned(),
    ];
    for path in [
        "customers",
        "customers?number=13800138000",
        "queues",
        "agents",
        "devices",
        "number-list",
        "outbound-plan",
        "outbound-stops",
        "recording-policy",
        "screening-policy",
        "flows",
        "numbers",
        "sites",
        "teams",
        "skills",
        "dispositions",
        "not-ready-reasons",
        "conversations",
        "tasks",
        "floor",
        "me",
        "me/state",
    ] {
        let answer = house.get(&south.admin_token, &format!("/api/v1/{path}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let text =
            answer.text.replace("13800138000", if path.starts_with("customers") { "own" } else { "13800138000" });
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{path} shows {secret}");
        }
    }
}

#[tokio::test]
async fn no_topic_tells_anything_of_another_centre() {
    let house = House::build().await;
    let (north, south) = (&house.centre, house.second_centre().await);
    let address = house.listen().await;
    let bearer = format!("Bearer {}", south.admin_token);
    let mut stranger = connect(address, "/api/v1/live", &[("authorization", &bearer)]).await.unwrap();
    let queue = format!("queue:{}", north.queue);
    stranger.say(json!({ "op": "subscribe", "topics": [queue, "floor", "me"] })).await;
    assert_eq!(stranger.hear().await, json!({ "type": "error", "code": "not_found", "topic": queue }));
    for topic in ["floor", "me"] {
        let update = stranger.hear().await;
        assert_eq!((&update["topic"], update["events"].as_array().unwrap().len()), (&json!(topic), 0));
    }
    // A cursor of the other centre's ledger opens nothing.
    let cursor = house.app.seals.ledger_cursor(north.tenant.partition, 0);
    let call = Call::whole(&house, north).await;
    stranger.say(json!({ "op": "subscribe", "topics": ["floor"], "cursor": cursor })).await;
    let update = stranger.hear().await;
    assert_eq!(update["events"], json!([]));
    Call::agent_ready(&house, &south).await;
    let update = stranger.hear().await;
    let kinds: Vec<&Value> = update["events"].as_array().unwrap().iter().map(|event| &event["kind"]).collect();
    assert_eq!(kinds, ["agent_signed_in", "agent_device_changed", "agent_ready"]);
    assert!(!update.to_string().contains(&call.conversation.to_string()));
}
