//! SIP phones and what may be dialled outside.

use std::time::Duration;

use axum::http::StatusCode;
use domain::DeviceId;
use serde_json::{Value, json};

use super::house::*;
use crate::port::Telephone;

async fn make(house: &House, username: &str) -> Value {
    let agent = house.centre.agent.to_string();
    let new = json!({ "name": "Desk 12", "username": username, "agent_id": agent, "auto_answer": true });
    let made = house.ask(&house.centre.admin_token, "POST", "/api/v1/devices", new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    assert_eq!(made.header("location"), format!("/api/v1/devices/{}", made.json()["device"]["id"].as_str().unwrap()));
    made.json()
}

#[tokio::test]
async fn a_password_is_shown_once_and_never_again() {
    let house = House::build().await;
    let (admin, agent) = (&house.centre.admin_token, &house.centre.agent_token);
    let made = make(&house, "desk-12").await;
    let password = made["password"].as_str().unwrap().to_owned();
    assert!(password.len() >= 20, "{password}");
    assert_eq!((&made["realm"], &made["server"]), (&json!("callisto"), &json!("192.0.2.9:5060")));
    let path = format!("/api/v1/devices/{}", made["device"]["id"].as_str().unwrap());
    for seen in [house.get(agent, &path).await, house.get(admin, "/api/v1/devices").await] {
        assert_eq!(seen.status, StatusCode::OK);
        assert!(seen.text.contains("desk-12") && !seen.text.contains(&password) && !seen.text.contains("ha1"));
    }
    let again = house.ask(admin, "POST", &format!("{path}/password"), Value::Null).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.text);
    assert_ne!(again.json()["password"].as_str().unwrap(), password);
    assert_eq!(again.json()["device"]["version"], 2);
    let taken = json!({ "name": "Other", "username": "DESK-12" });
    let refused = house.ask(admin, "POST", "/api/v1/devices", taken).await;
    assert_eq!(refused.json()["fields"], json!([{ "field": "username", "code": "taken" }]));
}

#[tokio::test]
async fn a_phone_is_changed_and_forgotten_and_the_floor_is_told() {
    let house = House::build().await;
    let admin = &house.centre.admin_token;
    let path = format!("/api/v1/devices/{}", make(&house, "desk-12").await["device"]["id"].as_str().unwrap());
    house.floor.take_notes();
    let change = json!({ "version": 1, "name": "Desk 13", "agent_id": "" });
    let changed = house.ask(admin, "PATCH", &path, change.clone()).await.json();
    assert_eq!(
        (&changed["name"], changed.get("agent_id"), &changed["auto_answer"]),
        (&json!("Desk 13"), None, &json!(true))
    );
    assert_eq!(house.ask(admin, "PATCH", &path, change).await.problem(), (409, "conflict".to_owned()));
    assert_eq!(house.ask(admin, "DELETE", &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(house.get(admin, &path).await.problem(), (404, "not_found".to_owned()));
    let told = format!("settings changed {}", house.tenant());
    assert_eq!(house.floor.take_notes(), [told.clone(), told]);
}

#[tokio::test]
async fn a_phone_shows_where_it_is_registered_and_whether_it_answers() {
    let house = House::build().await;
    let made = make(&house, "desk-12").await;
    let device: DeviceId = made["device"]["id"].as_str().unwrap().parse().unwrap();
    let path = format!("/api/v1/devices/{device}");
    assert_eq!(house.get(&house.centre.admin_token, &path).await.json()["state"], "offline");
    let at = |reachable, is_stream| Telephone {
        device,
        address: ([198, 51, 100, 7], 5_062).into(),
        is_stream,
        user_agent: "Desk phone 4.2".to_owned(),
        expires_in: Duration::from_secs(90),
        reachable,
    };
    for (contacts, state) in [(vec![at(false, false)], "silent"), (vec![at(false, false), at(true, true)], "reachable")]
    {
        *house.floor.telephones.lock().unwrap() = contacts;
        assert_eq!(house.get(&house.centre.admin_token, &path).await.json()["state"], state);
    }
    let seen = house.get(&house.centre.admin_token, &path).await.json();
    let expected = json!({
        "address": "198.51.100.7:5062", "transport": "tcp", "user_agent": "Desk phone 4.2", "expires_in_ms": 90_000,
        "reachable": true,
    });
    assert_eq!(seen["contacts"][1], expected);
}
