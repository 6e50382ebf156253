//! Outcomes and reasons for not being ready: made, renamed, moved, put out of use.

use serde_json::{Value, json};

use super::house::*;

#[tokio::test]
async fn both_lists_grow_are_ordered_and_put_out_of_use() {
    let house = House::build().await;
    let (token, changed) = (&house.centre.admin_token, format!("settings changed {}", house.tenant()));
    for (path, first) in [("/api/v1/dispositions", "Solved"), ("/api/v1/not-ready-reasons", "Break")] {
        let names = async || {
            let items = house.get(&house.centre.agent_token, path).await.json()["items"].take();
            let rows = items.as_array().unwrap().iter();
            rows.map(|row| (row["name_en"].clone(), row["active"].clone())).collect::<Vec<_>>()
        };
        let row = |name: &str, active: bool| (json!(name), json!(active));
        house.floor.take_notes();
        let made = house.ask(token, "POST", path, json!({ "name_zh": " 其他 ", "name_en": "Other" })).await;
        assert_eq!(made.status, 201, "{}", made.text);
        let made = made.json();
        let whole = json!({ "id": made["id"], "name_zh": "其他", "name_en": "Other", "active": true, "version": 1 });
        assert_eq!(made, whole);
        assert_eq!(house.floor.take_notes(), vec![changed.clone()]);
        assert_eq!(names().await, [row(first, true), row("Other", true)]);

        let own = format!("{path}/{}", made["id"].as_str().unwrap());
        let change = json!({ "version": 1, "name_en": "Else", "place": 0 });
        let after = house.ask(token, "PATCH", &own, change.clone()).await.json();
        assert_eq!(
            (&after["name_zh"], &after["name_en"], &after["version"]),
            (&json!("其他"), &json!("Else"), &json!(2))
        );
        assert_eq!(names().await, [row("Else", true), row(first, true)]);
        assert_eq!(house.ask(token, "PATCH", &own, change).await.problem(), (409, "conflict".to_owned()));
        assert_eq!(house.ask(token, "PATCH", &own, json!({ "version": 2, "active": false })).await.status, 200);
        assert_eq!(names().await, [row("Else", false), row(first, true)]);
    }
    let trail = house.get(token, "/api/v1/audit?action=not_ready_reason.").await.json();
    assert_eq!(trail["items"][0]["action"], "not_ready_reason.updated");
}

#[tokio::test]
async fn a_name_that_another_has_is_taken_and_a_list_has_an_end() {
    let house = House::build().await;
    let token = &house.centre.admin_token;
    let path = "/api/v1/dispositions";
    let faults = async |method: &str, path: &str, body: Value| {
        let answer = house.ask(token, method, path, body).await;
        assert_eq!(answer.problem(), (422, "validation".to_owned()));
        answer.json()["fields"].clone()
    };
    let twice = faults("POST", path, json!({ "name_zh": "已解决", "name_en": "" })).await;
    assert_eq!(twice, json!([{ "field": "name_en", "code": "missing" }, { "field": "name_zh", "code": "taken" }]));
    let own = format!("{path}/{}", house.centre.disposition.id);
    assert_eq!(house.ask(token, "PATCH", &own, json!({ "version": 1, "name_en": "Solved" })).await.status, 200);
    assert_eq!(faults("PATCH", &own, json!({ "version": 2, "place": -1 })).await[0]["field"], "place");
    let other = house.second_centre().await;
    let foreign = format!("{path}/{}", other.disposition.id);
    assert_eq!(house.ask(token, "PATCH", &foreign, json!({ "version": 1 })).await.problem().0, 404);
    for n in 1..100 {
        let body = json!({ "name_zh": format!("第{n}"), "name_en": format!("no. {n}") });
        assert_eq!(house.ask(token, "POST", path, body).await.status, 201, "{n}");
    }
    let beyond = faults("POST", path, json!({ "name_zh": "再", "name_en": "more" })).await;
    assert_eq!(beyond, json!([{ "field": "", "code": "too_many", "limit": 100 }]));
}
