//! The floor, the desk and the timeline of one call, stage by stage.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use super::call::Call;
use super::house::*;

#[tokio::test]
async fn the_desk_and_the_floor_tell_one_call_stage_by_stage() {
    let house = House::build().await;
    let centre = &house.centre;
    let earlier = Call::whole(&house, centre).await;
    let call = Call::new(&house, centre);
    let mut desk = serde_json::Map::new();
    let mut floor = serde_json::Map::new();
    for stage in ["idle", "ready", "queued", "ringing", "talking", "paused", "wrap_up", "done"] {
        match stage {
            "ready" => Call::agent_ready(&house, centre).await,
            "queued" => drop(call.queued(&house, centre).await),
            "ringing" => drop(call.offered(&house, centre).await),
            "talking" => drop(call.answered(&house, centre).await),
            "paused" => call.recording_paused(&house, centre).await,
            "wrap_up" => drop(call.hung_up(&house, centre).await),
            "done" => drop(call.ended(&house, centre).await),
            _ => {}
        }
        desk.insert(stage.to_owned(), house.get(&centre.agent_token, "/api/v1/me/state").await.json());
        floor.insert(stage.to_owned(), house.get(&centre.supervisor_token, "/api/v1/floor").await.json());
    }
    assert_ne!(earlier.conversation, call.conversation);
    snapshot("desk", &Value::Object(desk));
    snapshot("floor", &Value::Object(floor));
}

#[tokio::test]
async fn the_whole_story_stands_on_the_conversation() {
    let house = House::build().await;
    let centre = &house.centre;
    let call = Call::whole(&house, centre).await;
    let path = format!("/api/v1/conversations/{}", call.conversation);
    let note =
        house.ask(&centre.agent_token, "PUT", &format!("{path}/note"), json!({ "text": "will call again\n" })).await;
    assert_eq!(note.status.as_u16(), 200, "{}", note.text);
    snapshot("conversation", &house.get(&centre.agent_token, &path).await.json());

    let list = house.get(&centre.agent_token, "/api/v1/conversations").await.json();
    let detail = house.get(&centre.agent_token, &path).await.json();
    for (key, value) in list["items"][0].as_object().unwrap() {
        assert_eq!(detail[key], *value, "the detail begins with the line of the list");
    }
    let empty = house.ask(&centre.agent_token, "PUT", &format!("{path}/note"), json!({ "text": " " })).await;
    assert_eq!(empty.status.as_u16(), 200);
    assert_eq!(house.get(&centre.agent_token, &path).await.json()["note"], Value::Null);
}

#[tokio::test]
async fn conversations_are_filtered_and_come_in_pages() {
    let house = House::build().await;
    let centre = &house.centre;
    let (first, second) = (Call::whole(&house, centre).await, Call::whole(&house, centre).await);
    let live = Call::new(&house, centre);
    live.queued(&house, centre).await;
    let (queue, agent, customer) = (centre.queue, centre.agent, centre.customer.id);
    let [first, second, live] = [&first, &second, &live].map(|call| call.conversation.to_string());
    let all = vec![live.clone(), second.clone(), first.clone()];
    for (query, expected) in [
        (String::new(), all.clone()),
        ("state=live".to_owned(), vec![live.clone()]),
        ("state=ended".to_owned(), vec![second.clone(), first.clone()]),
        (format!("queue_id={queue}"), all.clone()),
        (format!("agent_id={agent}"), vec![second.clone(), first.clone()]),
        (format!("customer_id={customer}&state=live"), vec![live.clone()]),
        (format!("agent_id={}", centre.supervisor), vec![]),
    ] {
        let list = house.get(&centre.agent_token, &format!("/api/v1/conversations?{query}")).await.json();
        assert_eq!(ids(&list), expected, "{query}");
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    for _ in 0..3 {
        let page = house.get(&centre.agent_token, &format!("/api/v1/conversations?limit=1{cursor}")).await.json();
        seen.extend(ids(&page));
        cursor = page["next_cursor"].as_str().map(|next| format!("&cursor={next}")).unwrap_or_default();
    }
    assert_eq!((seen, cursor.as_str()), (all, ""));
}

#[tokio::test]
async fn the_floor_says_when_the_ledger_cannot_be_written() {
    let house = House::build().await;
    let floor = |house: &House| house.floor.clone();
    assert_eq!(house.get(&house.centre.supervisor_token, "/api/v1/floor").await.json()["ledger_ok"], true);
    floor(&house).ledger_ok.store(false, Ordering::SeqCst);
    assert_eq!(house.get(&house.centre.supervisor_token, "/api/v1/floor").await.json()["ledger_ok"], false);
    let health = house.get("", "/healthz").await;
    assert_eq!(
        (health.status.as_u16(), health.json()),
        (503, json!({ "status": "failing", "codes": ["ledger_unwritable"] }))
    );
}

fn ids(list: &Value) -> Vec<String> {
    list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}
