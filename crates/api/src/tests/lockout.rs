//! Wrong passwords: waits, then a lock, the same for names that exist and names that do not; the trail says so; an
//! administrator unlocks.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::house::*;
use crate::limits::{LOCKOUT_TIME, SIGN_IN_FAILURES_MAX, SIGN_IN_REFILL};

const HOME: [u8; 4] = [192, 0, 2, 1];
const STRANGER: [u8; 4] = [198, 51, 100, 7];

async fn try_in(house: &House, address: [u8; 4], username: &str, password: &str) -> Answer {
    let body = json!({ "username": username, "password": password });
    house.send_from(address, request("", "POST", "/api/v1/session", &body)).await
}

/// Guesses as fast as the answers let it until the account is locked; gives every answer as code and wait.
async fn guess_until_locked(house: &House, address: [u8; 4], username: &str) -> Vec<String> {
    let mut answers = Vec::new();
    let mut wrong = 0;
    while wrong < SIGN_IN_FAILURES_MAX {
        let answer = try_in(house, address, username, "a wrong password").await;
        let wait = answer.header("retry-after").to_owned();
        answers.push(format!("{} {wait}", answer.problem().1));
        match answer.status {
            StatusCode::UNAUTHORIZED => wrong += 1,
            _ => drop(house.clock.pass(Duration::from_secs(wait.parse().unwrap()))),
        }
        house.clock.pass(SIGN_IN_REFILL / 8);
    }
    answers
}

async fn trail(house: &House, action: &str) -> Vec<Value> {
    let path = format!("/api/v1/audit?action={action}");
    house.get(&house.centre.admin_token, &path).await.json()["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn bad_passwords_lock_out_and_a_right_one_gets_the_same_answer() {
    let house = House::build().await;
    let known = guess_until_locked(&house, STRANGER, "north.agent").await;
    assert!(known.iter().any(|answer| answer.starts_with("locked_out 2")), "waits before the lock: {known:?}");
    let wrong = try_in(&house, STRANGER, "north.agent", "a wrong password").await;
    let right = try_in(&house, STRANGER, "north.agent", PASSWORD).await;
    assert_eq!(wrong.problem(), (429, "locked_out".to_owned()));
    assert_eq!((right.status, &right.text), (wrong.status, &wrong.text));
    assert_eq!(right.header("retry-after"), wrong.header("retry-after"));
    assert_eq!(right.header("set-cookie"), "");
    assert_eq!(
        try_in(&house, HOME, "North.Agent ", PASSWORD).await.problem().1,
        "locked_out",
        "from anywhere, however typed"
    );
    house.sign_in("north.lead").await;

    house.clock.pass(LOCKOUT_TIME);
    let signed_in = try_in(&house, STRANGER, "north.agent", PASSWORD).await;
    assert_eq!(signed_in.status, StatusCode::OK, "{}", signed_in.text);
    let after = try_in(&house, STRANGER, "north.agent", "a wrong password").await;
    assert_eq!(after.problem(), (401, "wrong_credentials".to_owned()), "a right password begins anew");
}

#[tokio::test]
async fn a_name_that_nobody_has_is_answered_like_one_that_somebody_has() {
    let (house, other) = (House::build().await, House::build().await);
    let known = guess_until_locked(&house, STRANGER, "north.agent").await;
    let unknown = guess_until_locked(&other, STRANGER, "nobody.at.all").await;
    assert_eq!(known, unknown);
    let answers = [
        try_in(&house, STRANGER, "north.agent", PASSWORD).await.text,
        try_in(&other, STRANGER, "nobody.at.all", PASSWORD).await.text,
    ];
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn a_lock_is_in_the_trail_and_an_administrator_takes_it_away() {
    let house = House::build().await;
    guess_until_locked(&house, STRANGER, "north.agent").await;
    let user = house.store.agent(&store::Scope::system(house.tenant()), house.centre.agent).await.unwrap().user.id;
    // Written beside the answer, so that its time tells nothing.
    let locked = loop {
        let rows = trail(&house, "sign_in.locked").await;
        if let Some(row) = rows.first() {
            break row.clone();
        }
        tokio::task::yield_now().await;
    };
    assert_eq!((&locked["object_id"], &locked["actor"]), (&json!(user.to_string()), &Value::Null));
    assert_eq!(locked["after"]["address"], "198.51.100.7");
    let path = format!("/api/v1/agents/{}", house.centre.agent);
    let shown = house.get(&house.centre.agent_token, &path).await.json();
    assert!(shown["locked_until_at_us"].as_i64().unwrap() > house.clock.utc().0);
    let listed = house.get(&house.centre.agent_token, "/api/v1/agents").await.json();
    assert_eq!(listed["items"].as_array().unwrap().iter().filter(|a| !a["locked_until_at_us"].is_null()).count(), 1);

    let unlock = format!("{path}/unlock");
    let refused = house.ask(&house.centre.supervisor_token, "POST", &unlock, Value::Null).await;
    assert_eq!(refused.problem(), (403, "forbidden".to_owned()));
    let unlocked = house.ask(&house.centre.admin_token, "POST", &unlock, Value::Null).await;
    assert_eq!(unlocked.status, StatusCode::NO_CONTENT);
    assert!(house.get(&house.centre.agent_token, &path).await.json()["locked_until_at_us"].is_null());
    assert_eq!(try_in(&house, STRANGER, "north.agent", PASSWORD).await.status, StatusCode::OK);
    assert_eq!(trail(&house, "sign_in.unlocked").await[0]["object_id"], json!(user.to_string()));
}

#[tokio::test]
async fn strangers_cannot_lock_somebody_out_of_the_place_they_work_at() {
    let house = House::build().await;
    house.sign_in("north.agent").await;
    guess_until_locked(&house, STRANGER, "north.agent").await;
    assert_eq!(try_in(&house, STRANGER, "north.agent", PASSWORD).await.problem().1, "locked_out");
    house.sign_in("north.agent").await;
}
