//! Signing in, sessions, tokens and the CSRF header.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::house::*;
use crate::limits::{SESSION_LIFETIME, SIGN_IN_BURST, SIGN_IN_REFILL};

fn with_cookie(method: &str, path: &str, cookie: &str, csrf: Option<&str>) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path).header(header::COOKIE, cookie);
    if let Some(csrf) = csrf {
        request = request.header("X-CSRF-Token", csrf);
    }
    request.body(Body::empty()).unwrap()
}

#[tokio::test]
async fn a_person_signs_in_is_known_and_signs_out() {
    let house = House::build().await;
    let body = json!({ "username": " North.Agent ", "password": PASSWORD });
    let answer = house.ask("", "POST", "/api/v1/session", body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let cookie = answer.header("set-cookie").to_owned();
    assert!(cookie.starts_with("callisto_session="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap();
    let mut me = answer.json();
    let csrf = me["csrf_token"].as_str().unwrap().to_owned();
    me["csrf_token"] = Value::from("…");
    snapshot("me", &me);

    let again = house.send(with_cookie("GET", "/api/v1/me", cookie, None)).await;
    assert_eq!(again.json()["csrf_token"], csrf, "a reload gets the same token");
    assert_eq!(again.header("cache-control"), "no-store");

    let out = house.send(with_cookie("DELETE", "/api/v1/session", cookie, Some(&csrf))).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    let gone = house.send(with_cookie("GET", "/api/v1/me", cookie, None)).await;
    assert_eq!(gone.problem(), (401, "unauthenticated".to_owned()));
}

#[tokio::test]
async fn unknown_name_wrong_password_and_disabled_account_are_one_answer() {
    let house = House::build().await;
    let agent = house.store.agent(&store::Scope::system(house.tenant()), house.centre.agent).await.unwrap();
    let body = json!({ "version": agent.user.version, "enabled": false });
    let path = format!("/api/v1/agents/{}", house.centre.agent);
    assert_eq!(house.ask(&house.centre.admin_token, "PATCH", &path, body).await.status, StatusCode::OK);
    let mut texts = Vec::new();
    for (username, password) in [("nobody", PASSWORD), ("north.lead", "wrong password"), ("north.agent", PASSWORD)] {
        let answer =
            house.ask("", "POST", "/api/v1/session", json!({ "username": username, "password": password })).await;
        assert_eq!(answer.problem(), (401, "wrong_credentials".to_owned()));
        assert_eq!(answer.header("set-cookie"), "");
        texts.push(answer.text);
    }
    assert!(texts.iter().all(|text| *text == texts[0]));
}

#[tokio::test]
async fn guessing_is_slowed_down_and_signing_in_is_not() {
    let house = House::build().await;
    let guess =
        |n| json!({ "username": format!("nobody{n}"), "password": "a guess too long for a password".repeat(9) });
    for n in 0..SIGN_IN_BURST {
        let answer = house.ask("", "POST", "/api/v1/session", guess(n)).await;
        assert_eq!(answer.problem().1, "wrong_credentials");
    }
    let answer = house.ask("", "POST", "/api/v1/session", guess(0)).await;
    assert_eq!(answer.problem(), (429, "rate_limited".to_owned()));
    assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
    house.clock.pass(SIGN_IN_REFILL);
    house.sign_in("north.agent").await;
    house.sign_in("north.agent").await;
}

#[tokio::test]
async fn unsafe_requests_of_a_session_need_the_token_of_that_session() {
    let house = House::build().await;
    let (cookie, csrf) = house.sign_in("north.agent").await;
    let (_, other) = house.sign_in("north.lead").await;
    let path = "/api/v1/me/phone/leg_0000000000001";
    for token in [None, Some(""), Some("x"), Some(other.as_str())] {
        let answer = house.send(with_cookie("DELETE", path, &cookie, token)).await;
        assert_eq!(answer.problem(), (403, "csrf".to_owned()));
    }
    assert!(house.floor.take_notes().is_empty());
    let answer = house.send(with_cookie("DELETE", path, &cookie, Some(&csrf))).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let program = house.ask(&house.centre.agent_token, "DELETE", path, Value::Null).await;
    assert_eq!(program.status, StatusCode::NO_CONTENT, "programs bring no cookie and need none");
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let house = House::build().await;
    let (cookie, _) = house.sign_in("north.agent").await;
    house.clock.pass(SESSION_LIFETIME);
    let answer = house.send(with_cookie("GET", "/api/v1/me", &cookie, None)).await;
    assert_eq!(answer.problem(), (401, "unauthenticated".to_owned()));
}

#[tokio::test]
async fn a_new_password_ends_the_sessions_of_its_owner() {
    let house = House::build().await;
    let (cookie, _) = house.sign_in("north.agent").await;
    let path = format!("/api/v1/agents/{}", house.centre.agent);
    let version = house.get(&house.centre.admin_token, &path).await.json()["version"].clone();
    let body = json!({ "version": version, "password": "another fine password" });
    let answer = house.ask(&house.centre.admin_token, "PATCH", &path, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let gone = house.send(with_cookie("GET", "/api/v1/me", &cookie, None)).await;
    assert_eq!(gone.status, StatusCode::UNAUTHORIZED);
    let body = json!({ "username": "north.agent", "password": "another fine password" });
    assert_eq!(house.ask("", "POST", "/api/v1/session", body).await.status, StatusCode::OK);
}
