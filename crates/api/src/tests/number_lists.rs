//! Lists of numbers over HTTP: put in, found, changed, tried, and the caller of a conversation who is blocked unseen.

use std::time::Duration;

use axum::http::StatusCode;
use domain::screening::{ScreenAction, ScreenReason, Screening};
use domain::{Event, FlowId, ListEntryId};
use serde_json::{Value, json};

use super::call::Call;
use super::house::*;
use crate::port::Screened;

const LIST: &str = "/api/v1/number-list";
const POLICY: &str = "/api/v1/screening-policy";

fn body(list: &str, kind: &str, value: &str) -> Value {
    json!({ "list": list, "kind": kind, "value": value, "note": "calls at night", "expires_at_us": null })
}

async fn add(house: &House, body: Value) -> Value {
    let made = house.ask(&house.centre.admin_token, "POST", LIST, body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    made.json()
}

fn faults(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.problem(), (422, "validation".to_owned()), "{}", answer.text);
    let fields = answer.json()["fields"].clone();
    let line = |fault: &Value| format!("{} {}", fault["field"].as_str().unwrap(), fault["code"].as_str().unwrap());
    fields.as_array().unwrap().iter().map(line).collect()
}

#[tokio::test]
async fn an_entry_is_put_in_listed_changed_and_taken_out() {
    let house = House::build().await;
    let admin = &house.centre.admin_token;
    house.floor.take_notes();
    let made = add(&house, body("block", "number", "0139-0013-9000")).await;
    let told = format!("settings changed {}", house.tenant());
    assert!(house.floor.take_notes().contains(&told), "the floor hears of it");
    assert_eq!(
        (&made["list"], &made["kind"], &made["value"]),
        (&json!("block"), &json!("number"), &json!("0139-0013-9000"))
    );
    assert_eq!((&made["created_at_us"], &made["expires_at_us"]), (&json!(house.clock.utc().0), &Value::Null));
    assert_eq!(made["created_by"]["name"], "Name of north.admin");
    add(&house, body("vip", "prefix", "021")).await;
    let list = house.get(admin, &format!("{LIST}?list=block&q=139")).await.json();
    assert_eq!((&list["items"], &list["next_cursor"]), (&json!([made]), &Value::Null));
    let page = house.get(admin, &format!("{LIST}?limit=1")).await.json();
    let next =
        house.get(admin, &format!("{LIST}?limit=1&cursor={}", page["next_cursor"].as_str().unwrap())).await.json();
    assert_eq!((&page["items"][0]["list"], &next["items"]), (&json!("vip"), &json!([made])));

    let path = format!("{LIST}/{}", made["id"].as_str().unwrap());
    let until = house.clock.utc().0 + 86_400_000_000;
    let change = json!({ "expires_at_us": until });
    let after = house.ask(admin, "PATCH", &path, change).await.json();
    assert_eq!((&after["expires_at_us"], &after["note"]), (&json!(until), &json!("calls at night")));
    let after =
        house.ask(admin, "PATCH", &path, json!({ "expires_at_us": null, "note": null, "list": "allow" })).await.json();
    assert_eq!(
        (&after["expires_at_us"], &after["note"], &after["list"]),
        (&Value::Null, &Value::Null, &json!("allow"))
    );
    add(&house, body("vip", "number", "0139-0013-9000")).await;
    assert_eq!(faults(&house.ask(admin, "PATCH", &path, json!({ "list": "vip" })).await), ["list taken"]);
    assert_eq!(house.ask(admin, "DELETE", &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(house.ask(admin, "DELETE", &path, Value::Null).await.problem().0, 404);
    let trail = house.get(admin, "/api/v1/audit?action=number_list.").await.json();
    assert_eq!(trail["items"].as_array().unwrap().len(), 6, "{trail}");
}

#[tokio::test]
async fn what_cannot_be_put_in_says_where_it_is_wrong() {
    let house = House::build().await;
    let admin = &house.centre.admin_token;
    let own = house.centre.number.number.clone();
    let rows: [(Value, &[&str]); 7] = [
        (body("block", "number", ""), &["value missing"]),
        (body("block", "number", "anonymous"), &["value malformed"]),
        (body("block", "number", "0110"), &["value emergency_number"]),
        (body("block", "number", &own), &["value own_number"]),
        (body("block", "prefix", "+86"), &["value malformed"]),
        (body("block", "prefix", "1"), &["value malformed"]),
        (
            json!({ "list": "block", "kind": "number", "value": "13900139000", "expires_at_us": 1_577_836_800_000_000_i64 }),
            &["expires_at_us too_small"],
        ),
    ];
    for (wanted, expected) in rows {
        assert_eq!(faults(&house.ask(admin, "POST", LIST, wanted.clone()).await), expected, "{wanted}");
    }
    add(&house, body("block", "number", "13900139000")).await;
    let again = house.ask(admin, "POST", LIST, body("block", "number", "+86 139 0013 9000")).await;
    assert_eq!(faults(&again), ["value taken"]);
    assert_eq!(faults(&house.get(admin, &format!("{LIST}?list=grey")).await), ["list malformed"]);
}

#[tokio::test]
async fn an_area_is_chosen_out_of_those_that_are_known_and_shown_by_its_name() {
    let house = House::build().await;
    let admin = &house.centre.admin_token;
    let areas = house.get(admin, &format!("{LIST}/areas")).await.json();
    let shenzhen = json!({ "zh": "广东深圳", "en": "Shenzhen, Guangdong" });
    let known = areas["items"].as_array().unwrap();
    assert!(known.contains(&json!({ "value": "CN/广东/深圳", "name": shenzhen })), "{}", known.len());
    let made = add(&house, body("block", "area", "CN/广东/深圳")).await;
    assert_eq!((&made["kind"], &made["value"], &made["area"]), (&json!("area"), &json!("CN/广东/深圳"), &shenzhen));
    let number = add(&house, body("allow", "number", "13510001234")).await;
    assert_eq!(number["area"], Value::Null);
    // An area is nobody's number: whoever may not see numbers sees it.
    let lead = house.get(&house.centre.supervisor_token, &format!("{LIST}?list=block&q=深圳")).await;
    assert_eq!(lead.json()["items"][0]["value"], "CN/广东/深圳", "{}", lead.text);
    for name in ["广东深圳", "shenzhen", "guangdong"] {
        let found = house.get(admin, &format!("{LIST}?q={name}")).await.json();
        assert_eq!(found["items"].as_array().unwrap().len(), 1, "{name}: {found}");
        assert_eq!(found["items"][0]["value"], "CN/广东/深圳");
    }
    assert_eq!(house.get(admin, &format!("{LIST}?q=Berlin")).await.json()["items"], json!([]));
    let rows: [(Value, &[&str]); 5] = [
        (body("block", "area", "CN/广东/深圳"), &["value taken"]),
        (body("block", "area", "CN"), &["value own_country"]),
        (body("block", "area", "CN/广东/长安"), &["value unknown_reference"]),
        (body("allow", "area", "86"), &["value malformed"]),
        (body("allow", "area", "CN/广东/"), &["value malformed"]),
    ];
    for (wanted, expected) in rows {
        assert_eq!(faults(&house.ask(admin, "POST", LIST, wanted.clone()).await), expected, "{wanted}");
    }
    let vip = add(&house, body("vip", "area", "CN")).await;
    let path = format!("{LIST}/{}", vip["id"].as_str().unwrap());
    assert_eq!(faults(&house.ask(admin, "PATCH", &path, json!({ "list": "block" })).await), ["value own_country"]);
}

#[tokio::test]
async fn the_timeline_names_the_area_and_no_more_than_that_once_the_entry_is_gone() {
    let house = House::build().await;
    let admin = &house.centre.admin_token;
    let made = add(&house, body("block", "area", "CN/广东/深圳")).await;
    let entry: ListEntryId = made["id"].as_str().unwrap().parse().unwrap();
    let call = Call::new(&house, &house.centre);
    let conversation = call.conversation;
    call.queued(&house, &house.centre).await;
    let screened = |reason, action| Event::Screened { conversation, screening: Screening { reason, action } };
    let events = vec![
        screened(ScreenReason::BlockArea(entry), ScreenAction::Refused),
        screened(ScreenReason::AllowArea(entry), ScreenAction::LetIn),
    ];
    house.floor.commit(house.tenant(), house.clock.utc(), events, vec![]).await;
    let told = async || {
        let path = format!("/api/v1/conversations/{conversation}");
        let shown = house.get(&house.centre.supervisor_token, &path).await.json();
        let told = shown["timeline"].as_array().unwrap().iter().filter(|event| event["kind"] == "screened");
        told.map(|event| event["data"].clone()).collect::<Vec<Value>>()
    };
    let id = conversation.to_string();
    let (zh, en) = ("广东深圳", "Shenzhen, Guangdong");
    let named = |reason: &str, action: &str| json!({ "conversation_id": id, "reason": reason, "action": action, "area_zh": zh, "area_en": en });
    assert_eq!(told().await, [named("block_area", "refused"), named("allow_area", "accepted")]);
    house.ask(admin, "DELETE", &format!("{LIST}/{entry}"), Value::Null).await;
    let bare = json!({ "conversation_id": id, "reason": "block_area", "action": "refused" });
    assert_eq!(told().await[0], bare);
}

#[tokio::test]
async fn the_policy_is_read_changed_once_and_checked() {
    let house = House::build().await;
    let admin = &house.centre.admin_token;
    let mut policy = house.get(admin, POLICY).await.json();
    assert_eq!(
        policy,
        json!({
            "version": 0,
            "block": { "action": "refuse", "flow_id": null },
            "anonymous": { "action": "accept", "flow_id": null },
            "nuisance": {
                "on": false, "calls": 5, "within_minutes": 10, "shorter_than_s": 10, "for_minutes": 60,
                "action": "refuse", "flow_id": null,
            },
            "dead_air": { "on": false, "after_s": 30, "action": "end", "flow_id": null },
        })
    );
    let flow = house.centre.flow.id.to_string();
    policy["anonymous"] = json!({ "action": "flow", "flow_id": flow });
    policy["nuisance"]["on"] = json!(true);
    policy["dead_air"] = json!({ "on": true, "after_s": 45, "action": "flow", "flow_id": flow });
    let mut expected = policy.clone();
    expected["version"] = json!(1);
    assert_eq!(house.ask(admin, "PUT", POLICY, policy.clone()).await.json(), expected);
    assert_eq!(house.get(admin, POLICY).await.json(), expected);
    assert_eq!(house.ask(admin, "PUT", POLICY, policy).await.problem(), (409, "conflict".to_owned()));
    let mut wrong = expected;
    wrong["block"] = json!({ "action": "flow", "flow_id": null });
    wrong["anonymous"] = json!({ "action": "flow", "flow_id": "flw_0000000000001" });
    wrong["dead_air"]["after_s"] = json!(5);
    wrong["nuisance"]["calls"] = json!(1);
    wrong["nuisance"]["for_minutes"] = json!(100_000);
    let answer = house.ask(admin, "PUT", POLICY, wrong).await;
    let mut found = faults(&answer);
    found.sort();
    let expected = [
        "anonymous.flow_id unknown_reference",
        "block.flow_id missing",
        "dead_air.after_s too_small",
        "nuisance.calls too_small",
        "nuisance.for_minutes too_large",
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_number_is_tried_against_the_floor_that_decides() {
    let house = House::build().await;
    let admin = &house.centre.admin_token;
    let entry = add(&house, body("block", "number", "13900139000")).await;
    let id: ListEntryId = entry["id"].as_str().unwrap().parse().unwrap();
    let try_it = async |number: &str, screened: Screened| {
        *house.floor.screened.lock().unwrap() = screened;
        house.ask(admin, "POST", &format!("{LIST}/check"), json!({ "number": number })).await.json()
    };
    let of = |reason, action| Screened { screening: Some(Screening { reason, action }), ..Screened::default() };
    let in_ = try_it("013800138000", Screened::default()).await;
    let expected =
        json!({ "normalised": "+8613800138000", "entry": null, "outcome": "accepted", "reason": null, "vip": false });
    assert_eq!(in_, expected);
    let blocked = Screened { entry: Some(id), ..of(ScreenReason::BlockList(id), ScreenAction::Refused) };
    let blocked = try_it("0139 0013 9000", blocked).await;
    assert_eq!(
        (&blocked["outcome"], &blocked["reason"], &blocked["entry"]),
        (&json!("refused"), &json!("block_list"), &entry)
    );
    let flow = ScreenAction::Diverted(FlowId(1));
    let anonymous = try_it("", of(ScreenReason::Anonymous, flow)).await;
    assert_eq!(
        (&anonymous["normalised"], &anonymous["outcome"], &anonymous["reason"]),
        (&json!(""), &json!("diverted"), &json!("anonymous"))
    );
    // Let in against a block, and first; an entry that is gone meanwhile is not shown.
    let gone = ListEntryId(1);
    let allowed = Screened { vip: Some(gone), ..of(ScreenReason::AllowList(gone), ScreenAction::LetIn) };
    let allowed = try_it("13900139000", allowed).await;
    assert_eq!(
        (&allowed["outcome"], &allowed["reason"], &allowed["vip"]),
        (&json!("accepted"), &Value::Null, &json!(true))
    );
    assert_eq!(allowed["entry"], Value::Null);
    let notes = house.floor.take_notes();
    assert!(notes.contains(&format!("screen \"\" {}", house.tenant())), "{notes:?}");
}

#[tokio::test]
async fn the_caller_of_a_conversation_is_blocked_without_being_seen_and_once() {
    let house = House::build().await;
    let call = Call::whole(&house, &house.centre).await;
    let path = format!("/api/v1/conversations/{}/block-caller", call.conversation);
    let lead = &house.centre.supervisor_token;
    let refused = house.ask(&house.centre.agent_token, "POST", &path, json!({ "note": null, "days": null })).await;
    assert_eq!(refused.problem(), (403, "forbidden".to_owned()));
    assert_eq!(faults(&house.ask(lead, "POST", &path, json!({ "note": "x", "days": 0 })).await), ["days too_small"]);
    let made = house.ask(lead, "POST", &path, json!({ "note": "shouts", "days": 7 })).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    assert_eq!((&made.json()["value"], &made.json()["note"]), (&json!("138****8000"), &json!("shouts")));
    let until = house.clock.utc().0 + i64::try_from(Duration::from_secs(7 * 86_400).as_micros()).unwrap();
    assert_eq!(made.json()["expires_at_us"], json!(until));
    let again = house.ask(lead, "POST", &path, json!({ "note": null, "days": null })).await;
    assert_eq!(again.problem(), (409, "conflict".to_owned()));
    let south = house.second_centre().await;
    let foreign = house.ask(&south.admin_token, "POST", &path, json!({ "note": null, "days": null })).await;
    assert_eq!(foreign.problem().0, 404);
}

#[tokio::test]
async fn a_caller_id_that_is_longer_than_an_entry_is_blocked_in_its_spelling() {
    let house = House::build().await;
    let mut call = Call::new(&house, &house.centre);
    call.caller = format!("13800138000{}", ";x".repeat(20));
    call.queued(&house, &house.centre).await;
    let path = format!("/api/v1/conversations/{}/block-caller", call.conversation);
    let made = house.ask(&house.centre.supervisor_token, "POST", &path, json!({ "note": null, "days": null })).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let list = house.get(&house.centre.admin_token, LIST).await.json();
    assert_eq!(list["items"][0]["value"], "+8613800138000");
}

#[tokio::test]
async fn a_repeated_request_with_its_key_puts_in_once() {
    let house = House::build().await;
    let wanted = body("block", "number", "13900139000");
    let ask = async || {
        let mut request = request(&house.centre.admin_token, "POST", LIST, &wanted);
        request.headers_mut().insert("Idempotency-Key", "k1".parse().unwrap());
        house.send(request).await
    };
    let (first, second) = (ask().await, ask().await);
    assert_eq!((first.status, &first.text), (second.status, &second.text));
    let list = house.get(&house.centre.admin_token, LIST).await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_timeline_says_why_and_the_list_who_goes_first() {
    let house = House::build().await;
    let call = Call::new(&house, &house.centre);
    let (conversation, entry) = (call.conversation, ListEntryId(7));
    call.queued(&house, &house.centre).await;
    let screening =
        Screening { reason: ScreenReason::BlockList(entry), action: ScreenAction::Diverted(house.centre.flow.id) };
    let events = vec![Event::Screened { conversation, screening }, Event::VipRecognised { conversation, entry }];
    house.floor.commit(house.tenant(), house.clock.utc(), events, vec![]).await;
    let path = format!("/api/v1/conversations/{conversation}");
    let shown = house.get(&house.centre.supervisor_token, &path).await.json();
    let told: Vec<&Value> =
        shown["timeline"].as_array().unwrap().iter().rev().take(2).map(|event| &event["data"]).collect();
    let id = conversation.to_string();
    let flow = house.centre.flow.id.to_string();
    assert_eq!(
        told[1],
        &json!({
            "conversation_id": id, "reason": "block_list", "action": "diverted",
            "flow_id": flow, "flow_name": "Hotline",
        })
    );
    assert_eq!(told[0], &json!({ "conversation_id": id }));
    assert_eq!(shown["vip"], json!(true));
}
