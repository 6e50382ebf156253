//! Numbers outside that agents work with: who gives them, who sees them, and how they are chosen.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::house::*;

fn path(house: &House) -> String {
    format!("/api/v1/agents/{}/mobiles", house.centre.agent)
}

async fn add(house: &House, number: &str) -> Answer {
    house.ask(&house.centre.admin_token, "POST", &path(house), json!({ "number": number })).await
}

#[tokio::test]
async fn a_number_is_given_seen_by_those_who_may_and_taken_away() {
    let house = House::build().await;
    house.floor.take_notes();
    let made = add(&house, "138-0013 8000").await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    assert_eq!(made.json()["number"], "13800138000");
    let told = format!("settings changed {}", house.tenant());
    assert_eq!(house.floor.take_notes(), std::slice::from_ref(&told));

    let listed = async |token: &str| house.get(token, &path(&house)).await.json()["items"][0]["number"].clone();
    assert_eq!(listed(&house.centre.admin_token).await, "13800138000");
    assert_eq!(listed(&house.centre.agent_token).await, "13800138000", "the own number is known");
    assert_eq!(listed(&house.centre.supervisor_token).await, "138****8000", "nobody else's business");
    let desk = house.get(&house.centre.agent_token, "/api/v1/me/state").await.json();
    let expected = json!({ "id": made.json()["id"], "kind": "mobile", "name": "13800138000", "auto_answer": false });
    assert_eq!(desk["agent"]["telephones"].as_array().unwrap().last(), Some(&expected));
    let floor = house.get(&house.centre.supervisor_token, "/api/v1/floor").await;
    assert!(floor.text.contains("phone_kind") && !floor.text.contains("13800138000"), "{}", floor.text);

    let own = format!("{}/{}", path(&house), made.json()["id"].as_str().unwrap());
    let admin = &house.centre.admin_token;
    assert_eq!(house.ask(admin, "DELETE", &own, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(house.ask(admin, "DELETE", &own, Value::Null).await.problem(), (404, "not_found".to_owned()));
    assert_eq!(house.floor.take_notes(), [told]);
    let trail = house.get(admin, "/api/v1/audit?action=mobile.").await.json();
    let actions: Vec<&Value> = trail["items"].as_array().unwrap().iter().map(|row| &row["action"]).collect();
    assert_eq!(actions, [&json!("mobile.removed"), &json!("mobile.added")]);
}

#[tokio::test]
async fn what_cannot_be_an_agents_number_is_refused_with_its_field() {
    let house = House::build().await;
    let own = house.centre.number.number.clone();
    for (number, code) in [
        ("", "missing"),
        ("ann", "malformed"),
        ("1 212 555 1234", "malformed"),
        ("110", "emergency_number"),
        ("9 120", "emergency_number"),
        (own.as_str(), "own_number"),
    ] {
        let refused = add(&house, number).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{number}: {}", refused.text);
        assert_eq!(refused.json()["fields"], json!([{ "field": "number", "code": code }]), "{number}");
    }
    for n in 0..4 {
        assert_eq!(add(&house, &format!("1380013800{n}")).await.status, StatusCode::CREATED);
    }
    for (number, code) in [("13800138000", "taken"), ("13800138009", "too_many")] {
        assert_eq!(add(&house, number).await.json()["fields"], json!([{ "field": "number", "code": code }]));
    }
}
