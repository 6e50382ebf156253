//! Without `personal_data.read` no route and no topic tells a customer's number.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::call::Call;
use super::house::*;
use super::live::connect;

/// The number of the customer and of the caller, and the part that masking hides.
const NUMBER: &str = "13800138000";
const HIDDEN: &str = "0013";

/// Whether a text tells the number, however it is spelled.
fn tells(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
    digits.contains(NUMBER) || digits.contains(&NUMBER[..7]) || digits.contains(&format!("138{HIDDEN}"))
}

/// A token that may read everything but personal data.
pub async fn short_sighted(house: &House) -> String {
    let all = domain::Permission::ALL.map(domain::Permission::name);
    let permissions: Vec<&str> = all.into_iter().filter(|name| *name != "personal_data.read").collect();
    let body = json!({ "name": "short-sighted", "permissions": permissions });
    let made = house.ask(&house.centre.admin_token, "POST", "/api/v1/tokens", body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    made.json()["secret"].as_str().unwrap().to_owned()
}

/// Every path that can be read, with ids of things that exist.
fn readable(house: &House, call: &Call) -> Vec<String> {
    let centre = &house.centre;
    let ids = [
        ("/api/v1/agents/{id}", centre.agent.to_string()),
        ("/api/v1/conversations/{id}", call.conversation.to_string()),
        ("/api/v1/customers/{id}", centre.customer.id.to_string()),
        ("/api/v1/flows/{id}", centre.flow.id.to_string()),
        ("/api/v1/queues/{id}", centre.queue.to_string()),
    ];
    let document: Value = serde_json::from_str(&crate::openapi_json()).unwrap();
    let paths = document["paths"].as_object().unwrap().iter().filter(|(_, item)| item.get("get").is_some());
    let with_id = |path: &String| {
        let known = ids.iter().find(|(pattern, _)| path.starts_with(pattern));
        path.replace("{id}", known.map_or("xyz_0000000000001", |(_, id)| id))
    };
    paths.map(|(path, _)| with_id(path)).collect()
}

#[tokio::test]
async fn no_route_tells_a_number_to_those_who_may_not_see_it() {
    let house = House::build().await;
    let call = Call::whole(&house, &house.centre).await;
    let live = Call::new(&house, &house.centre);
    live.queued(&house, &house.centre).await;
    let listed = json!({ "list": "block", "kind": "number", "value": "138-0013-8000" });
    let listed = house.ask(&house.centre.admin_token, "POST", "/api/v1/number-list", listed).await;
    assert_eq!(listed.status, StatusCode::CREATED, "{}", listed.text);
    let token = short_sighted(&house).await;
    let (mut read, mut told_to_others) = (0, 0);
    for path in readable(&house, &call) {
        if path == "/api/v1/live" {
            continue;
        }
        let answer = house.get(&token, &path).await;
        assert!(!tells(&answer.text), "{path} tells the number: {}", answer.text);
        read += usize::from(answer.status == StatusCode::OK);
        told_to_others += usize::from(tells(&house.get(&house.centre.admin_token, &path).await.text));
    }
    assert!(read >= 20, "only {read} routes were read");
    // Customers, the customer, conversations, the conversation, the audit trail.
    assert!(
        told_to_others >= 5,
        "only {told_to_others} routes tell the number to those who may see it: the walk is blind"
    );
    let change = json!({ "version": 1, "numbers": [] });
    let path = format!("/api/v1/customers/{}", house.centre.customer.id);
    let refused = house.ask(&token, "PATCH", &path, change).await;
    assert_eq!(refused.problem(), (403, "forbidden".to_owned()), "who cannot see numbers does not replace them");
}

#[tokio::test]
async fn no_topic_tells_a_number_to_those_who_may_not_see_it() {
    let house = House::build().await;
    let token = short_sighted(&house).await;
    let address = house.listen().await;
    let call = Call::new(&house, &house.centre);
    call.queued(&house, &house.centre).await;
    let bearer = format!("Bearer {token}");
    let mut client = connect(address, "/api/v1/live", &[("authorization", &bearer)]).await.unwrap();
    let topics = ["me".to_owned(), "floor".to_owned(), format!("queue:{}", house.centre.queue)];
    client.say(json!({ "op": "subscribe", "topics": topics })).await;
    for topic in &topics {
        let heard = client.hear().await;
        assert_eq!((&heard["topic"], &heard["type"]), (&json!(topic), &json!("update")), "{heard}");
        assert!(!tells(&heard.to_string()), "{topic} tells the number: {heard}");
    }
    call.offered(&house, &house.centre).await;
    for _ in 0..2 {
        let heard = client.hear().await;
        assert!(!tells(&heard.to_string()), "an update tells the number: {heard}");
    }
}
