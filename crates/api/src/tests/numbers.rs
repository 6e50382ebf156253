//! Numbers customers dial: made, changed, removed; every fault has its field.

use serde_json::{Value, json};

use super::call::Call;
use super::house::*;

const NUMBERS: &str = "/api/v1/numbers";

fn wanted(house: &House, number: &str) -> Value {
    json!({ "number": number, "name": " Sales ", "flow_id": house.centre.flow.id.to_string(), "language": "en" })
}

#[tokio::test]
async fn a_number_is_made_changed_and_removed_and_the_floor_hears_of_each() {
    let house = House::build().await;
    let (token, changed) = (&house.centre.admin_token, format!("settings changed {}", house.tenant()));
    house.floor.take_notes();
    let made = house.ask(token, "POST", NUMBERS, wanted(&house, "(0755) 8888-6666")).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let number = made.json();
    let flow = house.centre.flow.id.to_string();
    let expected = json!({
        "id": number["id"], "number": "075588886666", "name": "Sales", "flow_id": flow, "language": "en",
        "answer": "at_once", "calendar_id": null, "site_id": house.centre.site.id.to_string(), "version": 1,
    });
    assert_eq!(number, expected);
    assert_eq!(house.floor.take_notes(), vec![changed.clone()]);
    let listed = house.get(token, NUMBERS).await.json();
    assert_eq!(listed["items"][1], number);

    let path = format!("{NUMBERS}/{}", number["id"].as_str().unwrap());
    let change = json!({ "version": 1, "name": "Service", "language": "zh" });
    let after = house.ask(token, "PATCH", &path, change.clone()).await.json();
    assert_eq!((&after["name"], &after["language"], &after["version"]), (&json!("Service"), &json!("zh"), &json!(2)));
    assert_eq!(after["flow_id"], flow);
    assert_eq!(house.ask(token, "PATCH", &path, change).await.problem(), (409, "conflict".to_owned()));
    assert_eq!(house.floor.take_notes(), vec![changed.clone()], "what was refused changes nothing");

    assert_eq!(house.ask(token, "DELETE", &path, Value::Null).await.status, 204);
    assert_eq!(house.floor.take_notes(), vec![changed]);
    assert_eq!(house.ask(token, "DELETE", &path, Value::Null).await.problem(), (404, "not_found".to_owned()));
    let trail = house.get(token, "/api/v1/audit?action=number.").await.json();
    let actions: Vec<&Value> = trail["items"].as_array().unwrap().iter().map(|row| &row["action"]).collect();
    assert_eq!(actions[..3], [&json!("number.removed"), &json!("number.updated"), &json!("number.created")]);
}

#[tokio::test]
async fn a_number_with_a_call_on_it_stays() {
    let house = House::build().await;
    let token = &house.centre.admin_token;
    let path = format!("{NUMBERS}/{}", house.centre.number.id);
    let call = Call::new(&house, &house.centre);
    call.queued(&house, &house.centre).await;
    assert_eq!(house.ask(token, "DELETE", &path, Value::Null).await.problem(), (409, "in_use".to_owned()));
    call.offered(&house, &house.centre).await;
    call.answered(&house, &house.centre).await;
    call.hung_up(&house, &house.centre).await;
    call.ended(&house, &house.centre).await;
    assert_eq!(house.ask(token, "DELETE", &path, Value::Null).await.status, 204);
    let conversation = format!("/api/v1/conversations/{}", call.conversation);
    assert_eq!(house.get(token, &conversation).await.status, 200, "what happened on it stays");
}

#[tokio::test]
async fn every_fault_of_a_number_names_its_field() {
    let house = House::build().await;
    let token = &house.centre.admin_token;
    let faults = async |body: Value| {
        let answer = house.ask(token, "POST", NUMBERS, body).await;
        assert_eq!(answer.problem(), (422, "validation".to_owned()));
        answer.json()["fields"].clone()
    };
    let fault = |field: &str, code: &str| json!([{ "field": field, "code": code }]);
    for (typed, code) in
        [("", "missing"), ("400 and 8", "malformed"), ("+86-x", "malformed"), ("119", "emergency_number")]
    {
        assert_eq!(faults(wanted(&house, typed)).await, fault("number", code), "{typed}");
    }
    let taken = house.centre.number.number.clone();
    assert_eq!(faults(wanted(&house, &taken)).await, fault("number", "taken"));
    let longest = faults(wanted(&house, &"4".repeat(61))).await;
    assert_eq!(longest, json!([{ "field": "number", "code": "too_large", "limit": 60 }]));
    let other = house.second_centre().await;
    let foreign = json!({ "number": "5", "name": " ", "flow_id": other.flow.id.to_string(), "language": "en",
        "calendar_id": "cal_x", "site_id": other.site.id.to_string() });
    let fields: Vec<Value> =
        faults(foreign).await.as_array().unwrap().iter().map(|fault| fault["field"].clone()).collect();
    assert_eq!(fields, ["name", "flow_id", "calendar_id", "site_id"]);
    let path = format!("{NUMBERS}/{}", house.centre.number.id);
    let change = json!({ "version": 1, "flow_id": other.flow.id.to_string() });
    assert_eq!(house.ask(token, "PATCH", &path, change).await.problem().0, 422);
    let digits = json!({ "version": 1, "number": "5" });
    assert_eq!(house.ask(token, "PATCH", &path, digits).await.json()["fields"], fault("number", "unknown"));
}
