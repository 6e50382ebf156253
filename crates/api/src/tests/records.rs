//! Customers, queues, agents and the settings that can be read.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::house::*;

#[tokio::test]
async fn settings_are_read() {
    let house = House::build().await;
    let token = &house.centre.agent_token;
    let mut read = serde_json::Map::new();
    for list in
        ["skills", "dispositions", "not-ready-reasons", "numbers", "flows", "sites", "teams", "queues", "agents"]
    {
        read.insert(list.to_owned(), house.get(token, &format!("/api/v1/{list}")).await.json());
    }
    read.insert("flow".to_owned(), house.get(token, &format!("/api/v1/flows/{}", house.centre.flow.id)).await.json());
    snapshot("settings", &Value::Object(read));
}

#[tokio::test]
async fn one_number_in_four_spellings_is_one_customer() {
    let house = House::build().await;
    let token = &house.centre.agent_token;
    for number in ["13800138000", "013800138000", "%2B8613800138000", "86-138-0013-8000"] {
        let found = house.get(token, &format!("/api/v1/customers?number={number}")).await.json();
        assert_eq!(found["items"][0]["id"], house.centre.customer.id.to_string(), "{number}");
    }
    snapshot("customers", &house.get(token, "/api/v1/customers?query=小明").await.json());
    let none = house.get(token, "/api/v1/customers?number=13900000000").await.json();
    assert_eq!(none, json!({ "items": [], "next_cursor": null }));
}

#[tokio::test]
async fn a_customer_is_created_and_changed_and_a_stale_change_is_a_conflict() {
    let house = House::build().await;
    let token = &house.centre.agent_token;
    let new = json!({
        "name": " 韩梅梅 ", "level": "vip", "company": "", "note": "calls in the morning",
        "numbers": [{ "number": "139 1234 5678", "label": "mobile" }, { "number": "0755-26001234" }],
        "custom": { "plate": "粤B88888" },
    });
    let made = house.ask(token, "POST", "/api/v1/customers", new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let location = made.header("location").to_owned();
    snapshot("customer", &made.json());
    assert_eq!(house.get(token, &location).await.json(), made.json());

    let change = json!({ "version": 1, "note": "", "name": "韩梅", "numbers": [] });
    let changed = house.ask(token, "PATCH", &location, change.clone()).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    let changed = changed.json();
    assert_eq!((&changed["name"], &changed["version"], &changed["numbers"]), (&json!("韩梅"), &json!(2), &json!([])));
    assert_eq!((changed.get("note"), &changed["level"]), (None, &json!("vip")));
    let stale = house.ask(token, "PATCH", &location, change).await;
    assert_eq!(stale.problem(), (409, "conflict".to_owned()));
}

#[tokio::test]
async fn lists_come_in_pages_and_cursors_cannot_be_made_up() {
    let house = House::build().await;
    let token = &house.centre.agent_token;
    for n in 0..7 {
        let body = json!({ "name": format!("customer {n}") });
        assert_eq!(house.ask(token, "POST", "/api/v1/customers", body).await.status, StatusCode::CREATED);
    }
    for (path, total) in [("/api/v1/customers", 8), ("/api/v1/agents", 3)] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = house.get(token, &format!("{path}?limit=3{cursor}")).await.json();
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= 3);
            seen.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let unique: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!((seen.len(), unique.len()), (total, total), "{path}");
    }
    let of_customers = house.get(token, "/api/v1/customers?limit=1").await.json()["next_cursor"].clone();
    let of_customers = of_customers.as_str().unwrap();
    for bad in ["x", "", &format!("{of_customers}x"), of_customers] {
        let answer = house.get(token, &format!("/api/v1/agents?cursor={bad}")).await;
        assert_eq!(answer.json()["fields"], json!([{ "field": "cursor", "code": "malformed" }]), "{bad}");
    }
    for (limit, code) in [("0", "too_small"), ("201", "too_large"), ("many", "malformed"), ("-1", "malformed")] {
        let answer = house.get(token, &format!("/api/v1/customers?limit={limit}")).await;
        assert_eq!(answer.json()["fields"][0]["code"], code);
    }
}

#[tokio::test]
async fn a_queue_is_created_and_changed_and_the_floor_is_told() {
    let house = House::build().await;
    let token = &house.centre.admin_token;
    let new = json!({ "name": "复购", "agent_ids": [house.centre.agent.to_string()], "wait_max_ms": 600_000, "waiting_max": 25 });
    let made = house.ask(token, "POST", "/api/v1/queues", new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    snapshot("queue", &made.json());
    let location = made.header("location").to_owned();
    let change = json!({
        "version": made.json()["version"], "ring_timeout_ms": 30_000, "wait_max_ms": 0, "agent_ids": [],
        "skill_ids": [house.centre.skill.id.to_string()],
    });
    let changed = house.ask(token, "PATCH", &location, change.clone()).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    let changed = changed.json();
    assert_eq!(
        (&changed["ring_timeout_ms"], changed.get("wait_max_ms"), &changed["agent_ids"]),
        (&json!(30_000), None, &json!([]))
    );
    assert_eq!(
        (&changed["name"], &changed["skill_ids"]),
        (&json!("复购"), &json!([house.centre.skill.id.to_string()]))
    );
    assert_eq!(house.ask(token, "PATCH", &location, change).await.problem(), (409, "conflict".to_owned()));
    let told = format!("settings changed {}", house.tenant());
    assert_eq!(house.floor.take_notes(), [told.clone(), told]);
    let floor = house.get(&house.centre.supervisor_token, "/api/v1/floor").await.json();
    assert_eq!(floor["queues"].as_array().unwrap().len(), 2, "names are read again at once");
}

#[tokio::test]
async fn an_agent_is_created_and_changed() {
    let house = House::build().await;
    let token = &house.centre.admin_token;
    let new = json!({
        "username": "Chen.Xiao", "password": "a good password", "name": "陈晓", "extension": "2001",
        "queue_ids": [house.centre.queue.to_string()], "skill_ids": [house.centre.skill.id.to_string()],
    });
    let made = house.ask(token, "POST", "/api/v1/agents", new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    snapshot("agent", &made.json());
    let location = made.header("location").to_owned();
    let change = json!({ "version": made.json()["version"], "name": "陈小", "role": "supervisor", "queue_ids": [] });
    let changed = house.ask(token, "PATCH", &location, change).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    let changed = changed.json();
    assert_eq!(
        (&changed["name"], &changed["role"], &changed["queue_ids"]),
        (&json!("陈小"), &json!("supervisor"), &json!([]))
    );
    assert_eq!(changed["extension"], "2001");

    let me = house.get(token, "/api/v1/me").await.json();
    let own = format!("/api/v1/agents/{}", me["user"]["agent_id"].as_str().unwrap());
    for change in [json!({ "version": 1, "enabled": false }), json!({ "version": 1, "role": "agent" })] {
        assert_eq!(house.ask(token, "PATCH", &own, change).await.problem(), (409, "wrong_state".to_owned()));
    }
}
