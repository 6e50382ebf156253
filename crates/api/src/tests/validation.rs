//! Requests that break rules: all faults at once, each with its field.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};

use super::house::*;

async fn faults(house: &House, method: &str, path: &str, body: Value) -> Value {
    let answer = house.ask(&house.centre.admin_token, method, path, body).await;
    assert_eq!(answer.problem(), (422, "validation".to_owned()), "{path}");
    answer.json()["fields"].clone()
}

#[tokio::test]
async fn all_faults_are_told_at_once() {
    let house = House::build().await;
    let queue = json!({
        "name": " ", "ring_timeout_ms": 1, "wrap_up_ms": -1, "wait_max_ms": 90_000_000, "music": "../x",
        "service_level_target_ms": 0, "skill_ids": ["skl_0000000000001"], "agent_ids": ["nobody"], "site_id": "sit_x",
        "team_id": "tea_0000000000001", "entry_sounds": ["fine", "NOT FINE"],
    });
    let agent = json!({
        "username": "x y", "password": "short", "name": "", "extension": "12a", "role": "king",
        "queue_ids": ["que_0000000000001"], "skill_ids": ["x"],
    });
    let taken = json!({
        "username": "north.AGENT", "password": "long enough to be one", "name": "Second", "extension": "1001",
    });
    let emergency = json!({
        "username": "third", "password": "long enough to be one", "name": "Third", "extension": "110",
    });
    let customer = json!({
        "name": "x".repeat(101), "note": "n".repeat(4001), "custom": { "big": "c".repeat(17_000) },
        "numbers": [{ "number": "letters" }, { "number": "" }, { "number": "1380013800", "label": "l".repeat(41) }],
    });
    let seen = json!({
        "queue": faults(&house, "POST", "/api/v1/queues", queue).await,
        "queue_name_taken": faults(&house, "POST", "/api/v1/queues", json!({ "name": "north sales" })).await,
        "agent": faults(&house, "POST", "/api/v1/agents", agent).await,
        "agent_taken": faults(&house, "POST", "/api/v1/agents", taken).await,
        "agent_emergency": faults(&house, "POST", "/api/v1/agents", emergency).await,
        "device_emergency": faults(&house, "POST", "/api/v1/devices", json!({ "name": "x", "username": "119" })).await,
        "customer": faults(&house, "POST", "/api/v1/customers", customer).await,
        "filter": faults(&house, "GET", "/api/v1/conversations?state=x&queue_id=y&agent_id=z", Value::Null).await,
    });
    snapshot("faults", &seen);
    assert!(house.floor.take_notes().is_empty(), "nothing was written");
}

#[tokio::test]
async fn what_cannot_be_read_names_the_field() {
    let house = House::build().await;
    let field = |field: &str, code: &str| json!([{ "field": field, "code": code }]);
    let path = format!("/api/v1/queues/{}", house.centre.queue);
    for (body, expected) in [
        (json!({}), field("version", "missing")),
        (json!({ "version": 1, "colour": "red" }), field("colour", "unknown")),
        (json!({ "version": 1, "name": 5 }), field("name", "malformed")),
        (json!({ "version": "one" }), field("version", "malformed")),
        (json!([]), field("", "malformed")),
    ] {
        assert_eq!(faults(&house, "PATCH", &path, body).await, expected);
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded"] {
        let request = Request::builder().method("POST").uri("/api/v1/session").header(header::CONTENT_TYPE, kind);
        let answer = house.send(request.body(Body::from("{}")).unwrap()).await;
        assert_eq!(answer.problem(), (422, "validation".to_owned()), "a form of another page is no request");
    }
}

#[tokio::test]
async fn ids_that_name_nothing_are_404_whatever_they_look_like() {
    let house = House::build().await;
    let token = &house.centre.admin_token;
    for family in ["customers", "queues", "agents", "flows", "conversations"] {
        for id in
            ["x", "que_0000000000009", "agt_0000000000009", "cus_0000000000009", "cnv_0000000000009", "'%20OR%201=1"]
        {
            let answer = house.get(token, &format!("/api/v1/{family}/{id}")).await;
            assert_eq!(answer.problem(), (404, "not_found".to_owned()), "{family}/{id}");
        }
    }
}
