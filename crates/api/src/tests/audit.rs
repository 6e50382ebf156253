//! The audit trail over HTTP: refusals are in it, a flood of them is counted, it is searched, and it shows nobody what
//! they may not see. Tokens that may less than their maker.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::house::*;
use super::live::connect;
use crate::auth::denials;
use crate::limits::{DENIALS_AUDITED_MAX, DENIALS_WINDOW};

/// Rows that pass a filter, the newest first.
async fn rows(house: &House, filter: &str) -> Vec<Value> {
    let answer = house.get(&house.centre.admin_token, &format!("/api/v1/audit?limit=200&{filter}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_refusal_is_in_the_trail_with_who_what_and_which_permission() {
    let house = House::build().await;
    let customer = house.centre.customer.id;
    let denied = house.get(&house.centre.agent_token, "/api/v1/floor").await;
    assert_eq!(denied.problem(), (403, "forbidden".to_owned()));
    let change = json!({ "version": 1, "role": "administrator" });
    let path = format!("/api/v1/agents/{}", house.centre.agent);
    house.ask(&house.centre.supervisor_token, "PATCH", &path, change).await;
    let address = house.listen().await;
    let bearer = format!("Bearer {}", house.centre.agent_token);
    let mut client = connect(address, "/api/v1/live", &[("authorization", &bearer)]).await.unwrap();
    client.say(json!({ "op": "subscribe", "topics": ["floor"] })).await;
    assert_eq!(client.hear().await["code"], "forbidden");
    // What is no refusal for want of a permission leaves no row.
    house.get("no such token", "/api/v1/floor").await;
    house.get(&house.centre.agent_token, &format!("/api/v1/customers/{customer}")).await;
    let seen: Vec<String> = rows(&house, "action=access.").await.iter().map(in_a_line).collect();
    assert_eq!(
        seen,
        [
            "Name of north.agent access.denied topic floor floor.read",
            "Name of north.lead access.denied PATCH /api/v1/agents/{id} settings.write",
            "Name of north.agent access.denied GET /api/v1/floor floor.read",
        ]
    );
    let scope = store::Scope::system(house.tenant());
    assert_eq!(house.store.verify_audit(&scope).await.unwrap().fault, None);
}

fn in_a_line(row: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (actor, action) = (text(&row["actor"]["name"]), text(&row["action"]));
    format!("{actor} {action} {} {}", text(&row["after"]["what"]), text(&row["after"]["permission"]))
}

#[tokio::test]
async fn a_second_permission_that_a_route_asks_for_is_in_the_trail_too() {
    let house = House::build().await;
    let narrow = token(&house, &["settings.read", "settings.write"]).await;
    let change = json!({ "version": 1, "password": "a new fine password" });
    let path = format!("/api/v1/agents/{}", house.centre.agent);
    assert_eq!(house.ask(&narrow, "PATCH", &path, change).await.problem(), (403, "forbidden".to_owned()));
    let row = &rows(&house, "action=access.denied").await[0];
    assert_eq!(row["after"]["permission"], "users.write");
}

#[tokio::test]
async fn a_flood_of_refusals_is_a_few_rows_and_a_count() {
    let house = House::build().await;
    let flood = u64::from(DENIALS_AUDITED_MAX) + 30;
    for _ in 0..flood {
        house.get(&house.centre.agent_token, "/api/v1/audit").await;
    }
    house.get(&house.centre.supervisor_token, "/api/v1/audit").await;
    assert_eq!(rows(&house, "action=access.denied").await.len(), DENIALS_AUDITED_MAX as usize + 1, "each by account");
    assert_eq!(rows(&house, "action=access.denied_more").await.len(), 0);
    house.clock.pass(DENIALS_WINDOW);
    house.get(&house.centre.agent_token, "/api/v1/audit").await;
    let counted = rows(&house, "action=access.denied_more").await;
    assert_eq!((counted.len(), &counted[0]["after"]), (1, &json!({ "count": 30 })));
    assert_eq!(counted[0]["actor"]["name"], "Name of north.agent");
    assert_eq!(rows(&house, "action=access.denied").await.len(), DENIALS_AUDITED_MAX as usize + 2, "a new window");
    for _ in 0..flood {
        house.get(&house.centre.agent_token, "/api/v1/audit").await;
    }
    house.stop.send(true).unwrap();
    denials::sweep(house.app.clone()).await;
    let counted = rows(&house, "action=access.denied_more").await;
    assert_eq!((counted.len(), &counted[0]["after"]), (2, &json!({ "count": 31 })), "what was counted is not lost");
}

/// A token of the administrator that may only this.
async fn token(house: &House, permissions: &[&str]) -> String {
    let body = json!({ "name": "narrow", "permissions": permissions });
    let made = house.ask(&house.centre.admin_token, "POST", "/api/v1/tokens", body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    made.json()["secret"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_token_may_less_than_its_maker_and_makes_none_that_may_more() {
    let house = House::build().await;
    let narrow = token(&house, &["self.read", "customers.read", "users.write"]).await;
    let me = house.get(&narrow, "/api/v1/me").await.json();
    assert_eq!(me["permissions"], json!(["self.read", "customers.read", "users.write"]));
    assert_eq!(house.get(&narrow, "/api/v1/customers").await.status, StatusCode::OK);
    assert_eq!(house.get(&narrow, "/api/v1/queues").await.problem(), (403, "forbidden".to_owned()));
    let wider = json!({ "name": "wider", "permissions": ["self.read", "audit.read", "fly"] });
    let refused = house.ask(&narrow, "POST", "/api/v1/tokens", wider).await;
    let unknown = |n: u32| json!({ "field": format!("permissions.{n}"), "code": "unknown_reference" });
    assert_eq!(refused.json()["fields"], json!([unknown(1), unknown(2)]));
    let same = house.ask(&narrow, "POST", "/api/v1/tokens", json!({ "name": "same" })).await.json();
    assert_eq!(same["permissions"], me["permissions"], "what is left out is what the maker may");
    let listed = house.get(&house.centre.admin_token, "/api/v1/tokens").await;
    assert!(!listed.text.contains(&narrow), "the secret is shown once");
    let path = format!("/api/v1/tokens/{}", listed.json()["items"][1]["id"].as_str().unwrap());
    assert_eq!(house.ask(&house.centre.admin_token, "DELETE", &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(house.get(&narrow, "/api/v1/me").await.problem(), (401, "unauthenticated".to_owned()));
}

#[tokio::test]
async fn the_trail_is_searched_and_read_to_its_end() {
    let house = House::build().await;
    let path = format!("/api/v1/customers/{}", house.centre.customer.id);
    let change = json!({ "version": 1, "name": "王大明" });
    assert_eq!(house.ask(&house.centre.agent_token, "PATCH", &path, change).await.status, StatusCode::OK);
    let of_customer = rows(&house, &format!("object_id={}", house.centre.customer.id)).await;
    assert_eq!(of_customer.len(), 2);
    let (before, after) = (&of_customer[0]["before"]["name"], &of_customer[0]["after"]["name"]);
    assert_eq!((before, after), (&json!("north 王小明"), &json!("王大明")));
    let me = house.get(&house.centre.agent_token, "/api/v1/me").await.json();
    let by_agent = rows(&house, &format!("actor_id={}", me["user"]["id"].as_str().unwrap())).await;
    assert_eq!(by_agent.len(), 1);
    assert_eq!(rows(&house, &format!("until_at_us={}", MORNING.0)).await.len(), 0);
    assert_eq!(rows(&house, "action=queue.").await.len(), 1);
    let first = house.get(&house.centre.admin_token, "/api/v1/audit?limit=3").await.json();
    let next = first["next_cursor"].as_str().unwrap();
    let second = house.get(&house.centre.admin_token, &format!("/api/v1/audit?limit=3&cursor={next}")).await.json();
    let seqs =
        |page: &Value| page["items"].as_array().unwrap().iter().map(|r| r["seq"].as_u64().unwrap()).collect::<Vec<_>>();
    let (first, second) = (seqs(&first), seqs(&second));
    assert_eq!([first.clone(), second].concat(), (0..6).map(|n| first[0] - n).collect::<Vec<_>>());
    let bad = house.get(&house.centre.admin_token, "/api/v1/audit?actor_id=x&from_at_us=noon").await.json();
    let fields: Vec<&Value> = bad["fields"].as_array().unwrap().iter().map(|fault| &fault["field"]).collect();
    assert_eq!(fields, [&json!("actor_id"), &json!("from_at_us")]);
}
