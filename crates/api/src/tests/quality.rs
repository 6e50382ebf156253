//! How legs sounded, as a conversation and the floor tell it.

use std::time::Duration;

use axum::http::StatusCode;
use domain::input::Quality;
use domain::room::PortRole;
use domain::sound::{Course, Sample};
use domain::{EndReason, EndedBy, Event, LegId};
use serde_json::json;
use store::KeptCourse;

use super::call::Call;
use super::house::*;

const OWN: LegId = LegId(8_001);
const HEARD_BY: LegId = LegId(8_002);

pub fn course(house: &House, leg: LegId, scores: &[u16]) -> Course {
    let sample = |mos: &u16| Sample {
        expected: 500,
        lost: 25,
        jitter_us: 3_450,
        peer_expected: 498,
        peer_lost: 0,
        peer_jitter_us: 1_000,
        round_trip_us: Some(41_000),
        mos_hundredths: Some(*mos),
    };
    let (mean_hundredths, least_hundredths) = (scores.first().copied(), scores.iter().min().copied());
    let (began, interval) = (house.clock.utc(), Duration::from_secs(10));
    Course { leg, began, interval, samples: scores.iter().map(sample).collect(), mean_hundredths, least_hundredths }
}

/// The agent talks, and a supervisor hears it.
async fn talk(house: &House) -> Call {
    let centre = &house.centre;
    let call = Call::new(house, centre);
    Call::agent_ready(house, centre).await;
    call.queued(house, centre).await;
    call.offered(house, centre).await;
    call.answered(house, centre).await;
    let joined = |leg, role, agent| Event::LegJoined {
        conversation: call.conversation,
        leg,
        role,
        agent: Some(agent),
        trunk: None,
    };
    let events =
        vec![joined(OWN, PortRole::Agent, centre.agent), joined(HEARD_BY, PortRole::Supervisor, centre.supervisor)];
    call.commit(house, events, vec![]).await;
    call
}

#[tokio::test]
async fn what_is_live_comes_from_the_floor_and_what_is_over_from_the_store() {
    let house = House::build().await;
    let centre = &house.centre;
    let call = talk(&house).await;
    let path = format!("/api/v1/conversations/{}/quality", call.conversation);
    let live =
        [course(&house, OWN, &[437, 287]), course(&house, HEARD_BY, &[437]), course(&house, LegId(9_999), &[100])];
    *house.floor.courses.lock().unwrap() = live.to_vec();
    let shown = house.get(&centre.agent_token, &path).await.json();
    let from_us = live[0].began.0;
    assert_eq!(
        shown,
        json!({ "legs": [{
            "leg_id": OWN.to_string(), "role": "agent",
            "agent": shown["legs"][0]["agent"], "from_us": from_us, "interval_s": 10,
            "samples": [
                { "at_us": from_us, "mos": 4.37, "loss_in": 0.05, "loss_out": 0.0, "jitter_ms": 3.4,
                  "jitter_out_ms": 1.0, "round_trip_ms": 41.0 },
                { "at_us": from_us + 10_000_000, "mos": 2.87, "loss_in": 0.05, "loss_out": 0.0, "jitter_ms": 3.4,
                  "jitter_out_ms": 1.0, "round_trip_ms": 41.0 },
            ],
            "mean": 4.37, "worst": 2.87, "live": true,
        }] }),
        "an agent is not told of the supervisor's leg"
    );
    assert_eq!(shown["legs"][0]["agent"]["id"], centre.agent.to_string());
    let shown = house.get(&centre.supervisor_token, &path).await.json();
    assert_eq!(shown["legs"].as_array().unwrap().len(), 2);

    let conversation = call.conversation;
    let gone = |leg| Event::LegLeft { conversation, leg, by: EndedBy::Agent, reason: EndReason::HungUp, quality: None };
    call.commit(&house, vec![gone(OWN), gone(HEARD_BY)], vec![]).await;
    let kept = live[..2].iter().cloned().map(|course| KeptCourse { tenant: house.tenant(), conversation, course });
    house.store.keep_courses(&kept.collect::<Vec<_>>()).await.unwrap();
    let shown = house.get(&centre.agent_token, &path).await.json();
    let legs = shown["legs"].as_array().unwrap();
    assert_eq!((legs.len(), &legs[0]["live"], &legs[0]["worst"]), (1, &json!(false), &json!(2.87)));
    let shown = house.get(&centre.supervisor_token, &path).await.json();
    assert_eq!(shown["legs"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_conversation_that_is_not_there_has_no_quality_and_one_of_which_nothing_was_kept_has_none_to_show() {
    let house = House::build().await;
    let token = &house.centre.agent_token;
    let unknown = house.get(token, "/api/v1/conversations/cnv_0000000000009/quality").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let call = talk(&house).await;
    let shown = house.get(token, &format!("/api/v1/conversations/{}/quality", call.conversation)).await;
    assert_eq!(shown.json(), json!({ "legs": [] }));
}

#[tokio::test]
async fn a_bad_leg_marks_the_agent_on_the_floor_and_stands_in_the_story() {
    let house = House::build().await;
    let centre = &house.centre;
    let call = talk(&house).await;
    let conversation = call.conversation;
    let turned = |leg, on, mos_hundredths| Event::LegDegraded { conversation, leg, on, mos_hundredths };
    let mark = async || {
        let floor = house.get(&centre.supervisor_token, "/api/v1/floor").await.json();
        let id = centre.agent.to_string();
        floor["agents"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap()["bad_sound"].clone()
    };
    assert_eq!(mark().await, json!(null));
    call.commit(&house, vec![turned(OWN, true, 287), turned(HEARD_BY, true, 101)], vec![]).await;
    assert_eq!(mark().await, json!(2.87), "the supervisor's leg is none of the talk");
    call.commit(&house, vec![turned(OWN, false, 402)], vec![]).await;
    assert_eq!(mark().await, json!(null));
    let rated = |leg| Event::LegRated {
        conversation,
        leg,
        quality: Quality { mos_hundredths: Some(412), ..Quality::default() },
    };
    let gone = |leg| Event::LegLeft { conversation, leg, by: EndedBy::Agent, reason: EndReason::HungUp, quality: None };
    call.commit(&house, vec![gone(HEARD_BY), rated(HEARD_BY), gone(OWN), rated(OWN)], vec![]).await;
    let told = async |token: &str| {
        let detail = house.get(token, &format!("/api/v1/conversations/{conversation}")).await.json();
        let events = detail["timeline"].as_array().unwrap().clone();
        let about = events.iter().filter(|one| ["leg_degraded", "leg_rated"].map(Some).contains(&one["kind"].as_str()));
        about.map(|one| one["data"].clone()).collect::<Vec<_>>()
    };
    let own = told(&centre.agent_token).await;
    let (leg, id) = (OWN.to_string(), conversation.to_string());
    let own: Vec<_> = own.iter().map(|data| (&data["leg_id"], &data["on"], &data["mos_hundredths"])).collect();
    assert_eq!(
        own,
        [
            (&json!(leg), &json!(true), &json!(287)),
            (&json!(leg), &json!(false), &json!(402)),
            (&json!(leg), &json!(null), &json!(412)),
        ],
        "{id}"
    );
    assert_eq!(told(&centre.supervisor_token).await.len(), 5);
}

#[tokio::test]
async fn the_floor_tells_the_scores_of_talks() {
    let house = House::build().await;
    let centre = &house.centre;
    let call = talk(&house).await;
    *house.floor.courses.lock().unwrap() = vec![course(&house, OWN, &[398])];
    let shown = house.get(&centre.supervisor_token, "/api/v1/floor/quality").await.json();
    let (agent, conversation) = (centre.agent.to_string(), call.conversation.to_string());
    let talk = json!({ "agent_id": agent, "conversation_id": conversation, "agent_mos": 3.98 });
    assert_eq!(shown, json!({ "agents": [talk] }));
    assert_eq!(house.get(&centre.agent_token, "/api/v1/floor/quality").await.status, StatusCode::FORBIDDEN);
}
