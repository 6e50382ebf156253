//! Every route of the OpenAPI document: closed without credentials, closed without its permission.

use axum::http::StatusCode;
use domain::input::AgentAction;
use domain::{Permission, Role};
use serde_json::{Value, json};

use super::house::House;
use super::live::connect;
use crate::live::Topic;

/// What anybody may do. Nothing else, ever.
const OPEN: [(&str, &str); 4] = [
    ("post", "/api/v1/session"),
    ("post", "/api/v1/visitor/calls"),
    ("delete", "/api/v1/visitor/calls/{call_id}"),
    ("get", "/healthz"),
];

pub struct Route {
    pub method: String,
    pub path: String,
    pub permission: Option<Permission>,
}

pub fn documented() -> Vec<Route> {
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
    path.replace("{id}", "xyz_0000000000001")
        .replace("{leg_id}", "leg_0000000000001")
        .replace("{party}", "tfr_0000000000001")
        .replace("{call_id}", "x")
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

/// The columns of the matrix: which roles hold a permission.
fn columns(permission: Option<Permission>) -> String {
    let Some(permission) = permission else { return "open".to_owned() };
    let of = |role: Role, letter: &str| if role.can(permission) { letter.to_owned() } else { " ".to_owned() };
    let cells = [of(Role::Agent, "A"), of(Role::Supervisor, "S"), of(Role::Administrator, "M")];
    format!("{} ", cells.concat())
}

fn topics(queue: &str) -> [(Topic, String); 3] {
    let queue = Topic::Queue(queue.parse().unwrap());
    [(Topic::Floor, "floor".to_owned()), (Topic::Me, "me".to_owned()), (queue, "queue:{id}".to_owned())]
}

/// The declarations as lines of the matrix.
fn declared_matrix() -> Vec<String> {
    let mut routes = documented();
    routes.sort_by(|a, b| (&a.path, &a.method).cmp(&(&b.path, &b.method)));
    let of_routes = routes
        .iter()
        .map(|route| format!("{} {} {}", columns(route.permission), route.method.to_uppercase(), route.path));
    let of_topics =
        topics("que_0000000000001").map(|(topic, name)| format!("{} topic {name}", columns(Some(topic.permission()))));
    of_routes.chain(of_topics).collect()
}

#[test]
fn the_declarations_are_those_of_the_matrix_written_by_hand() {
    let matrix = include_str!("permission_matrix.txt");
    let written: Vec<&str> = matrix.lines().filter(|line| !line.starts_with('#')).collect();
    let declared = declared_matrix();
    let only = |these: &[String], those: &[String]| {
        these.iter().filter(|line| !those.contains(line)).cloned().collect::<Vec<_>>()
    };
    let written: Vec<String> = written.into_iter().map(str::to_owned).collect();
    let (new, gone) = (only(&declared, &written), only(&written, &declared));
    assert!(
        new.is_empty() && gone.is_empty(),
        "permission_matrix.txt differs from the routes.\nDeclared and not written:\n{}\nWritten and not declared:\n{}",
        new.join("\n"),
        gone.join("\n"),
    );
    assert_eq!(declared.len(), written.len(), "no line twice");
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
    let mut asked = house.floor.asked.lock().unwrap();
    // Commands that name nothing.
    let nameless = [AgentAction::StopSupervising, AgentAction::StartEcho, AgentAction::StopEcho];
    asked.retain(|(.., action)| !nameless.contains(action));
    assert!(asked.is_empty(), "ids of another kind never reach the floor");
}

#[tokio::test]
async fn every_topic_is_told_to_the_roles_of_the_matrix_and_to_no_other() {
    let house = House::build().await;
    let address = house.listen().await;
    for (role, token) in [
        (Role::Agent, &house.centre.agent_token),
        (Role::Supervisor, &house.centre.supervisor_token),
        (Role::Administrator, &house.centre.admin_token),
    ] {
        let bearer = format!("Bearer {token}");
        let mut client = connect(address, "/api/v1/live", &[("authorization", &bearer)]).await.unwrap();
        for (topic, _) in topics(&house.centre.queue.to_string()) {
            client.say(json!({ "op": "subscribe", "topics": [topic.to_string()] })).await;
            let told = loop {
                let heard = client.hear().await;
                if heard["topic"] == topic.to_string() {
                    break heard;
                }
            };
            let is_told = told["type"] != "error";
            assert_eq!(is_told, role.can(topic.permission()), "{role:?} {topic}: {told}");
            assert!(is_told || told["code"] == "forbidden");
        }
    }
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
