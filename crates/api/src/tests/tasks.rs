//! Tasks: what an agent sees of them, takes, closes and gives back, and how the desk learns of new ones.

use axum::http::StatusCode;
use domain::{Event, TaskId, VoicemailCause};
use serde_json::{Value, json};
use std::time::Duration;

use super::call::Call;
use super::house::*;
use super::live::connect;

/// A customer leaves a message in a centre, and the job makes a task of it.
async fn left(house: &House, centre: &Centre) -> TaskId {
    let call = Call::new(house, centre);
    call.queued(house, centre).await;
    let at = house.clock.pass(Duration::from_secs(1));
    let (task, recording, segment) = (house.store.mint(at), house.store.mint(at), house.store.mint(at));
    let left = Event::VoicemailLeft {
        conversation: call.conversation,
        segment,
        task,
        recording,
        number: Some(centre.number.id),
        queue: Some(centre.queue),
        cause: VoicemailCause::WaitTimeout,
        length: Duration::from_millis(8_250),
    };
    house.floor.commit(centre.tenant.id, at, vec![left], vec![]).await;
    assert_eq!(house.store.tasks_from_ledger(centre.tenant.partition).await.unwrap(), 1);
    task
}

fn ids(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|task| task["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_message_is_listed_taken_closed_and_given_back() {
    let house = House::build().await;
    let id = left(&house, &house.centre).await.to_string();
    let (token, lead) = (&house.centre.agent_token, &house.centre.supervisor_token);
    let open = house.get(token, "/api/v1/tasks?state=pending&owner=me_or_nobody").await.json();
    assert_eq!(open["items"][0]["from"], "13800138000");
    snapshot("tasks", &open);
    let path = format!("/api/v1/tasks/{id}");
    let taken = house.ask(token, "POST", &format!("{path}/take"), Value::Null).await.json();
    assert_eq!((&taken["state"], &taken["owner"]["name"]), (&json!("assigned"), &json!("Name of north.agent")));
    let late = house.ask(lead, "POST", &format!("{path}/take"), Value::Null).await;
    assert_eq!(late.problem(), (409, "conflict".to_owned()));
    assert!(ids(&house.get(lead, "/api/v1/tasks?state=pending&owner=me_or_nobody").await.json()).is_empty());
    assert_eq!(ids(&house.get(lead, "/api/v1/tasks?state=pending").await.json()), [id.as_str()]);
    assert_eq!(ids(&house.get(token, "/api/v1/tasks?owner=me&kind=voicemail").await.json()), [id.as_str()]);
    let noted = house.ask(token, "PUT", &format!("{path}/note"), json!({ "text": " wants an offer " })).await.json();
    assert_eq!(noted["note"], "wants an offer");
    let closing = json!({ "result": "reached", "note": "sent" });
    let closed = house.ask(token, "POST", &format!("{path}/close"), closing).await.json();
    snapshot("task_closed", &closed);
    assert_eq!(house.get(token, &path).await.json(), closed);
    assert_eq!(ids(&house.get(token, "/api/v1/tasks?state=done").await.json()), [id.as_str()]);
    let again = house.ask(lead, "POST", &format!("{path}/reopen"), Value::Null).await.json();
    assert_eq!((&again["state"], &again["owner"], &again["note"]), (&json!("open"), &Value::Null, &json!("sent")));
}

#[tokio::test]
async fn wrong_words_are_named_and_other_centres_see_nothing() {
    let house = House::build().await;
    let south = house.second_centre().await;
    let id = left(&house, &house.centre).await;
    let token = &house.centre.agent_token;
    let wrong = house.get(token, "/api/v1/tasks?state=old&kind=letter&owner=you").await.json();
    let named: Vec<_> = wrong["fields"].as_array().unwrap().iter().map(|fault| &fault["field"]).collect();
    assert_eq!(named, ["state", "kind", "owner"]);
    let path = format!("/api/v1/tasks/{id}");
    let long = json!({ "result": "reached", "note": "x".repeat(4_001) });
    assert_eq!(house.ask(token, "POST", &format!("{path}/close"), long).await.json()["fields"][0]["field"], "note");
    let unknown = json!({ "result": "forgotten" });
    let answer = house.ask(token, "POST", &format!("{path}/close"), unknown).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.get(&south.admin_token, &path).await.problem(), (404, "not_found".to_owned()));
    for step in ["take", "reopen"] {
        let answer = house.ask(&south.admin_token, "POST", &format!("{path}/{step}"), Value::Null).await;
        assert_eq!(answer.problem(), (404, "not_found".to_owned()), "{step}");
    }
    assert!(ids(&house.get(&south.admin_token, "/api/v1/tasks").await.json()).is_empty());
}

#[tokio::test]
async fn the_desk_is_told_of_every_change_at_once() {
    let house = House::build().await;
    let south = house.second_centre().await;
    let address = house.listen().await;
    let bearer = format!("Bearer {}", house.centre.agent_token);
    let mut desk = connect(address, "/api/v1/live", &[("authorization", &bearer)]).await.unwrap();
    desk.say(json!({ "op": "subscribe", "topics": ["tasks"] })).await;
    let first = desk.hear().await;
    assert_eq!((&first["state"]["open"], &first["state"]["mine"]), (&json!(0), &json!(0)));
    let id = left(&house, &house.centre).await;
    let told = desk.hear().await;
    assert_eq!((&told["topic"], &told["state"]["open"], &told["events"]), (&json!("tasks"), &json!(1), &json!([])));
    house.ask(&house.centre.agent_token, "POST", &format!("/api/v1/tasks/{id}/take"), Value::Null).await;
    let told = desk.hear().await;
    assert_eq!((&told["state"]["open"], &told["state"]["mine"]), (&json!(0), &json!(1)));
    // A task of another centre changes no count here.
    left(&house, &south).await;
    let told = desk.hear().await;
    assert_eq!((&told["state"]["open"], &told["state"]["mine"]), (&json!(0), &json!(1)));
}
