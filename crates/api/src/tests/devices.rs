//! SIP phones and what may be dialled outside.

use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::http::StatusCode;
use domain::DeviceId;
use serde_json::{Value, json};

use super::house::*;
use crate::port::{SipTransport, Telephone};

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
async fn encryption_is_required_only_where_a_phone_could_comply() {
    let house = House::build().await;
    let admin = &house.centre.admin_token;
    let made = make(&house, "desk-12").await;
    assert_eq!(
        (&made["device"]["encryption"], &made["server_tls"]),
        (&json!("when_offered"), &json!("192.0.2.9:5061"))
    );
    let path = format!("/api/v1/devices/{}", made["device"]["id"].as_str().unwrap());
    let change = |version, encryption: &str| json!({ "version": version, "encryption": encryption });
    let changed = house.ask(admin, "PATCH", &path, change(1, "required")).await.json();
    assert_eq!(changed["encryption"], "required");
    // What is required already may be kept and the rest changed.
    house.floor.serves_tls.store(false, Ordering::Relaxed);
    let renamed = house.ask(admin, "PATCH", &path, json!({ "version": 2, "name": "Desk 14" })).await.json();
    assert_eq!((&renamed["name"], &renamed["encryption"]), (&json!("Desk 14"), &json!("required")));
    house.ask(admin, "PATCH", &path, change(3, "off")).await;
    let no_tls = json!([{ "field": "encryption", "code": "no_tls" }]);
    let refused = house.ask(admin, "PATCH", &path, change(4, "required")).await;
    assert_eq!(refused.json()["fields"], no_tls);
    let new = json!({ "name": "Other", "username": "desk-13", "encryption": "required" });
    assert_eq!(house.ask(admin, "POST", "/api/v1/devices", new).await.json()["fields"], no_tls);
    let new = json!({ "name": "Other", "username": "desk-13", "encryption": "perhaps" });
    assert_eq!(house.ask(admin, "POST", "/api/v1/devices", new).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_phone_shows_where_it_is_registered_and_whether_it_answers() {
    let house = House::build().await;
    let made = make(&house, "desk-12").await;
    let device: DeviceId = made["device"]["id"].as_str().unwrap().parse().unwrap();
    let path = format!("/api/v1/devices/{device}");
    assert_eq!(house.get(&house.centre.admin_token, &path).await.json()["state"], "offline");
    let at = |reachable, transport| Telephone {
        device,
        address: ([198, 51, 100, 7], 5_062).into(),
        transport,
        user_agent: "Desk phone 4.2".to_owned(),
        expires_in: Duration::from_secs(90),
        reachable,
    };
    let (udp, tls) = (at(false, SipTransport::Udp), at(true, SipTransport::Tls));
    for (contacts, state) in [(vec![udp.clone()], "silent"), (vec![udp, tls], "reachable")] {
        *house.floor.telephones.lock().unwrap() = contacts;
        assert_eq!(house.get(&house.centre.admin_token, &path).await.json()["state"], state);
    }
    let seen = house.get(&house.centre.admin_token, &path).await.json();
    let expected = json!({
        "address": "198.51.100.7:5062", "transport": "tls", "user_agent": "Desk phone 4.2", "expires_in_ms": 90_000,
        "reachable": true,
    });
    assert_eq!(seen["contacts"][1], expected);
}
