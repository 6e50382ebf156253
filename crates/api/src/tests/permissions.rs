//! Every route of the OpenAPI document: closed without credentials, closed without its permission.

use axum::http::StatusCode;
use domain::{Permission, Role};
use serde_json::{Value, json};

use super::house::House;
use super::live::connect;

/// What anybody may do. Nothing else, ever.
const OPEN: [(&str, &str); 4] = [
    ("post", "/api/v1/session"),
    ("post", "/api/v1/visitor/calls"),
    ("delete", "/api/v1/visitor/calls/{call_id}"),
    ("get", "/healthz"),
];

struct Route {
    method: String,
    path: String,
    permission: Option<Permission>,
}

fn documented() -> Vec<Route> {
    let document: Value = serde_json::from_str(&crate::openapi_json()).unwrap();
    let mut routes = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["x-permission"].as_str();
            let permission = name.map(|name| *Permission::ALL.iter().find(|p| p.name() == name).unwrap());
            assert_eq!(
                operation["security"],
                if name.is_some() { json!([{"session": []}, {"token": []}]) } else { json!([]) }
            );
            routes.push(Route { method: method.clone(), path: path.clone(), permission });
        }
    }
    assert!(routes.len() > 40, "the walk must see all routes");
    routes
}

fn concrete(path: &str) -> String {
    path.replace("{id}", "xyz_0000000000001").replace("{leg_id}", "leg_0000000000001").replace("{call_id}", "x")
}

#[tokio::test]
async fn every_route_without_credentials_is_401_but_the_open_ones() {
    let house = House::build().await;
    for route in documented() {
        let is_open = OPEN.contains(&(route.method.as_str(), route.path.as_str()));
        assert_eq!(route.permission.is_none(), is_open, "{} {}", route.method, route.path);
        for token in ["", "no such token"] {
            let method = route.method.to_uppercase();
            let answer = house.ask(token, &method, &concrete(&route.path), Value::Null).await;
            let is_refused = answer.status == StatusCode::UNAUTHORIZED;
            assert_eq!(is_refused, !is_open, "{} {} {}", route.method, route.path, answer.status);
            if is_refused {
                assert_eq!(answer.problem().1, "unauthenticated");
            }
        }
    }
}

#[tokio::test]
async fn every_route_is_403_without_its_permission() {
    let house = House::build().await;
    let accounts = [
        (Role::Agent, &house.centre.agent_token),
        (Role::Supervisor, &house.centre.supervisor_token),
        (Role::Administrator, &house.centre.admin_token),
    ];
    for route in documented() {
        let Some(permission) = route.permission else { continue };
        for (role, token) in accounts {
            let method = route.method.to_uppercase();
            let answer = house.ask(token, &method, &concrete(&route.path), Value::Null).await;
            let may = role.can(permission);
            assert_eq!(
                answer.status != StatusCode::FORBIDDEN,
                may,
                "{role:?} {method} {} {}",
                route.path,
                answer.status
            );
            assert_ne!(answer.status, StatusCode::UNAUTHORIZED);
        }
    }
    assert!(house.floor.asked.lock().unwrap().is_empty(), "ids of another kind never reach the floor");
}

#[tokio::test]
async fn no_topic_is_told_without_credentials_or_its_permission() {
    let house = House::build().await;
    let address = house.listen().await;
    for path in ["/api/v1/live", "/api/v1/live?token=x"] {
        let refused = connect(address, path, &[]).await.err().unwrap();
        assert_eq!(refused, 401);
    }
    let bearer = format!("Bearer {}", house.centre.agent_token);
    let mut agent = connect(address, "/api/v1/live", &[("authorization", &bearer)]).await.unwrap();
    let queue = format!("queue:{}", house.centre.queue);
    agent.say(json!({ "op": "subscribe", "topics": ["floor", queue, "me", "nonsense", "queue:que_0"] })).await;
    for (topic, code) in [("floor", "forbidden"), (queue.as_str(), "forbidden")] {
        assert_eq!(agent.hear().await, json!({ "type": "error", "topic": topic, "code": code }));
    }
    assert_eq!(agent.hear().await["topic"], "me");
    for topic in ["nonsense", "queue:que_0"] {
        assert_eq!(agent.hear().await, json!({ "type": "error", "topic": topic, "code": "not_found" }));
    }
}
