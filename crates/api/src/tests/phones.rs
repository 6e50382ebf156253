//! Browser phones and visitors' calls.

use axum::http::StatusCode;
use domain::LegId;
use serde_json::{Value, json};

use super::house::*;
use crate::limits::{BODY_BYTES_MAX, SDP_BYTES_MAX, VISITOR_CALL_BURST};

#[tokio::test]
async fn a_phone_is_one_offer_in_and_one_answer_out() {
    let house = House::build().await;
    let (token, agent) = (&house.centre.agent_token, house.centre.agent);
    let offer = json!({ "sdp": "v=0\r\nm=audio 9" });
    let answer = house.ask(token, "POST", "/api/v1/me/phone", offer).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    assert_eq!(answer.json(), json!({ "leg_id": LegId(4_711).to_string(), "sdp": "v=0\r\nanswer" }));
    let location = answer.header("location").to_owned();
    assert_eq!(location, format!("/api/v1/me/phone/{}", LegId(4_711)));
    assert_eq!(house.ask(token, "DELETE", &location, Value::Null).await.status, StatusCode::NO_CONTENT);
    let notes = house.floor.take_notes();
    assert_eq!(notes, [format!("attach {agent}"), format!("detach {agent} {}", LegId(4_711))]);
}

#[tokio::test]
async fn what_is_no_session_description_is_refused() {
    let house = House::build().await;
    let token = &house.centre.agent_token;
    for sdp in ["", "hello", "v=0\r\nno audio", &format!("v=0{}", " ".repeat(SDP_BYTES_MAX))] {
        let answer = house.ask(token, "POST", "/api/v1/me/phone", json!({ "sdp": sdp })).await;
        assert_eq!(answer.problem(), (422, "bad_sdp".to_owned()));
    }
    let answer = house.ask(token, "POST", "/api/v1/me/phone", json!({ "sdp": "x".repeat(BODY_BYTES_MAX) })).await;
    assert_eq!(answer.problem(), (413, "too_large".to_owned()));
}

#[tokio::test]
async fn a_visitor_calls_the_first_number_and_hangs_up() {
    let house = House::build().await;
    let answer = house.ask("", "POST", "/api/v1/visitor/calls", json!({ "sdp": "v=0" })).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    assert_eq!(answer.json()["sdp"], "v=0\r\nanswer");
    let location = answer.header("location").to_owned();
    assert!(location.ends_with(answer.json()["call_id"].as_str().unwrap()));
    let forged = format!("/api/v1/visitor/calls/{}", LegId(4_711));
    assert_eq!(house.ask("", "DELETE", &forged, Value::Null).await.problem(), (404, "not_found".to_owned()));
    assert_eq!(house.ask("", "DELETE", &location, Value::Null).await.status, StatusCode::NO_CONTENT);
    let unknown = house.ask("", "POST", "/api/v1/visitor/calls", json!({ "sdp": "v=0", "number": "0000" })).await;
    assert_eq!(unknown.problem(), (422, "unknown_reference".to_owned()));
    let notes = house.floor.take_notes();
    let hung_up = format!("visitor hangs up {}", LegId(4_711));
    assert_eq!(notes, ["visitor calls 40081", hung_up.as_str(), "visitor calls 0000"]);
}

#[tokio::test]
async fn visitors_calls_are_limited_by_address_and_closed_outside_the_demo() {
    let house = House::build().await;
    for _ in 0..VISITOR_CALL_BURST {
        let answer = house.ask("", "POST", "/api/v1/visitor/calls", json!({ "sdp": "v=0" })).await;
        assert_eq!(answer.status, StatusCode::CREATED);
    }
    let answer = house.ask("", "POST", "/api/v1/visitor/calls", json!({ "sdp": "v=0" })).await;
    assert_eq!(answer.problem(), (429, "rate_limited".to_owned()));

    let closed = House::with(|config| config.visitor = None).await;
    let answer = closed.ask("", "POST", "/api/v1/visitor/calls", json!({ "sdp": "v=0" })).await;
    assert_eq!(answer.problem(), (404, "not_found".to_owned()));
    assert_eq!(closed.get(&closed.centre.agent_token, "/api/v1/me").await.json()["demo"], false);
}
