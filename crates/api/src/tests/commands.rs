//! The agent's own commands, and idempotency keys.

use axum::http::StatusCode;
use domain::input::AgentAction;
use domain::recording::PauseReason;
use domain::{DeviceId, HandlingId, OfferId, Refusal, TaskId, Utc};
use serde_json::{Value, json};

use super::house::*;
use crate::port::AskError;

#[tokio::test]
async fn commands_reach_the_floor_as_the_callers_own_agent() {
    let house = House::build().await;
    let (token, agent) = (&house.centre.agent_token, house.centre.agent);
    let (offer, handling) = (OfferId(11), HandlingId(12));
    let (reason, disposition) = (house.centre.reason.id, house.centre.disposition.id);
    let state = |body| ("PUT", "/api/v1/me/agent/state".to_owned(), body);
    let control = |verb: &str| ("POST", format!("/api/v1/handlings/{handling}/{verb}"), Value::Null);
    let cases = [
        (state(json!({ "state": "signed_in" })), AgentAction::SignIn),
        (state(json!({ "state": "ready" })), AgentAction::Ready),
        (state(json!({ "state": "not_ready" })), AgentAction::NotReady { reason: None }),
        (
            state(json!({ "state": "not_ready", "reason_id": reason.to_string() })),
            AgentAction::NotReady { reason: Some(reason) },
        ),
        (state(json!({ "state": "signed_out" })), AgentAction::SignOut),
        (("POST", format!("/api/v1/offers/{offer}/accept"), Value::Null), AgentAction::Accept { offer }),
        (("POST", format!("/api/v1/offers/{offer}/decline"), Value::Null), AgentAction::Decline { offer }),
        (
            ("POST", "/api/v1/calls".to_owned(), json!({ "to": " 021 6123-4567 ", "task_id": TaskId(14).to_string() })),
            AgentAction::Dial { to: "021 6123-4567".to_owned(), task: Some(TaskId(14)) },
        ),
        (
            ("PUT", "/api/v1/me/agent/phone".to_owned(), json!({ "device_id": DeviceId(13).to_string() })),
            AgentAction::UsePhone { device: Some(DeviceId(13)) },
        ),
        (("PUT", "/api/v1/me/agent/phone".to_owned(), json!({})), AgentAction::UsePhone { device: None }),
        (control("hold"), AgentAction::Hold { handling }),
        (control("resume"), AgentAction::Resume { handling }),
        (control("mute"), AgentAction::Mute { handling, on: true }),
        (control("unmute"), AgentAction::Mute { handling, on: false }),
        (control("hang-up"), AgentAction::HangUp { handling }),
        (
            ("POST", format!("/api/v1/handlings/{handling}/pause-recording"), json!({ "reason": "card_data" })),
            AgentAction::PauseRecording { handling, reason: PauseReason::CardData },
        ),
        (control("resume-recording"), AgentAction::ResumeRecording { handling }),
        (control("start-recording"), AgentAction::StartRecording { handling }),
        (control("stop-recording"), AgentAction::StopRecording { handling }),
        (
            ("POST", format!("/api/v1/handlings/{handling}/consent"), json!({ "given": false })),
            AgentAction::NoteConsent { handling, given: false },
        ),
        (control("finish-wrap-up"), AgentAction::FinishWrapUp { handling }),
        (
            (
                "PUT",
                format!("/api/v1/handlings/{handling}/disposition"),
                json!({ "disposition_id": disposition.to_string() }),
            ),
            AgentAction::Dispose { handling, disposition },
        ),
    ];
    for ((method, path, body), action) in cases {
        let answer = house.ask(token, method, &path, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        let cursor = answer.json()["cursor"].as_str().unwrap().to_owned();
        assert_eq!(house.app.seals.open_ledger_cursor(house.centre.tenant.partition, &cursor), Some(7));
        assert_eq!(house.floor.asked.lock().unwrap().pop(), Some((house.tenant(), agent, action)));
    }
}

#[tokio::test]
async fn every_refusal_has_its_code() {
    let house = House::build().await;
    let path = format!("/api/v1/offers/{}/accept", OfferId(11));
    for (error, expected) in [
        (AskError::Refused(Refusal::NotSignedIn), (409, "not_signed_in")),
        (AskError::Refused(Refusal::NoDevice), (409, "no_device")),
        (AskError::Refused(Refusal::OfferOver), (409, "offer_over")),
        (AskError::Refused(Refusal::HandlingOver), (409, "handling_over")),
        (AskError::Refused(Refusal::WrongState), (409, "wrong_state")),
        (AskError::Refused(Refusal::WorkInHand), (409, "work_in_hand")),
        (AskError::Refused(Refusal::UnknownReference), (422, "unknown_reference")),
        (AskError::Refused(Refusal::AtPhone), (409, "at_phone")),
        (AskError::Refused(Refusal::BadNumber), (422, "bad_number")),
        (AskError::Refused(Refusal::NotAllowed), (422, "number_not_allowed")),
        (AskError::Refused(Refusal::CalleeUnavailable), (409, "callee_unavailable")),
        (AskError::Refused(Refusal::QueueUnserved), (409, "queue_unserved")),
        (AskError::Refused(Refusal::QueueFull), (409, "queue_full")),
        (AskError::Refused(Refusal::LimitReached { until: Utc(5) }), (409, "limit_reached")),
        (AskError::Refused(Refusal::CallsStopped), (409, "calls_stopped")),
        (AskError::Refused(Refusal::LinesBusy), (409, "lines_busy")),
        (AskError::Refused(Refusal::RecordingRuled), (409, "recording_ruled")),
        (AskError::Refused(Refusal::ConsentMissing), (409, "consent_missing")),
        (AskError::Refused(Refusal::ConsentRefused), (409, "consent_refused")),
        (AskError::Refused(Refusal::Overload), (503, "overload")),
        (AskError::Unavailable, (503, "unavailable")),
    ] {
        *house.floor.answer.lock().unwrap() = Err(error);
        let answer = house.ask(&house.centre.agent_token, "POST", &path, Value::Null).await;
        assert_eq!(answer.problem(), (expected.0, expected.1.to_owned()));
        assert_eq!(answer.header("retry-after").is_empty(), expected.0 != 503);
        let until = (expected.1 == "limit_reached").then_some(5);
        assert_eq!(answer.json()["until_us"].as_i64(), until, "when a limit ends");
    }
}

async fn keyed(house: &House, token: &str, path: &str, key: &str, body: &Value) -> Answer {
    let mut request = request(token, "POST", path, body);
    request.headers_mut().insert("Idempotency-Key", key.parse().unwrap());
    house.send(request).await
}

#[tokio::test]
async fn the_same_key_and_request_is_answered_the_same_and_done_once() {
    let house = House::build().await;
    let token = &house.centre.agent_token;
    let body = json!({ "name": "李雷", "numbers": [{ "number": "13900139000" }] });
    let first = keyed(&house, token, "/api/v1/customers", "k1", &body).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    let second = keyed(&house, token, "/api/v1/customers", "k1", &body).await;
    assert_eq!((second.status, &second.text), (first.status, &first.text));
    assert_eq!(second.header("location"), first.header("location"));
    assert_eq!((first.header("idempotency-replayed"), second.header("idempotency-replayed")), ("", "true"));
    assert_eq!(
        house.get(token, "/api/v1/customers?number=13900139000").await.json()["items"].as_array().unwrap().len(),
        1
    );

    let other = keyed(&house, token, "/api/v1/customers", "k1", &json!({ "name": "韩梅梅" })).await;
    assert_eq!(other.problem(), (409, "conflict".to_owned()));
    let elsewhere = keyed(&house, token, &format!("/api/v1/offers/{}/accept", OfferId(1)), "k1", &Value::Null).await;
    assert_eq!(elsewhere.problem(), (409, "conflict".to_owned()));
    let of_another = keyed(&house, &house.centre.supervisor_token, "/api/v1/customers", "k1", &body).await;
    assert_eq!(of_another.header("idempotency-replayed"), "", "keys belong to their account");
}

#[tokio::test]
async fn two_at_the_same_time_are_done_once() {
    let house = House::build().await;
    let path = format!("/api/v1/offers/{}/accept", OfferId(1));
    let token = &house.centre.agent_token;
    let both =
        tokio::join!(keyed(&house, token, &path, "k", &Value::Null), keyed(&house, token, &path, "k", &Value::Null));
    assert_eq!(both.0.text, both.1.text);
    assert_eq!(house.floor.asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_refused_command_may_be_tried_again_with_its_key() {
    let house = House::build().await;
    let path = format!("/api/v1/offers/{}/accept", OfferId(1));
    *house.floor.answer.lock().unwrap() = Err(AskError::Refused(Refusal::NoDevice));
    assert_eq!(keyed(&house, &house.centre.agent_token, &path, "k", &Value::Null).await.problem().1, "no_device");
    *house.floor.answer.lock().unwrap() = Ok(9);
    assert_eq!(keyed(&house, &house.centre.agent_token, &path, "k", &Value::Null).await.status, StatusCode::OK);
    for bad in ["", "a b", &"x".repeat(129)] {
        let answer = keyed(&house, &house.centre.agent_token, &path, bad, &Value::Null).await;
        assert_eq!(answer.problem(), (422, "validation".to_owned()));
    }
}
