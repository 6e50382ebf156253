//! Keeping recordings over HTTP: holds, erasures, the policy, the list of all, downloads for a reason.

use axum::http::StatusCode;
use domain::recording::{ErasureCause, RecordingFault};
use domain::{Event, RecordingId};
use serde_json::{Value, json};
use store::{Page, Scope};

use super::call::Call;
use super::house::*;
use super::recordings::{recorded, sealed};

async fn listed(house: &House, token: &str, query: &str) -> Vec<Value> {
    let answer = house.get(token, &format!("/api/v1/recordings?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()["items"].as_array().unwrap().clone()
}

async fn reasons(house: &House, action: &str) -> Vec<Value> {
    let trail = house.store.audit_trail(&Scope::system(house.tenant()), Page::first(100)).await.unwrap();
    let rows = trail.into_iter().filter(|row| row.action == action);
    rows.map(|row| row.payload.unwrap()["after"].clone()).collect()
}

fn path(recording: RecordingId, what: &str) -> String {
    format!("/api/v1/recordings/{recording}/{what}")
}

#[tokio::test]
async fn a_hold_stands_against_erasing_until_it_is_lifted() {
    let house = House::build().await;
    let (admin, supervisor) = (&house.centre.admin_token, &house.centre.supervisor_token);
    let call = recorded(&house).await;
    let (hold, erase) = (path(call.recording, "hold"), path(call.recording, "erase"));
    let live = house.ask(admin, "POST", &erase, json!({ "reason": "asked" })).await;
    assert_eq!(live.problem(), (409, "wrong_state".to_owned()));
    sealed(&house, &call).await;
    for wrong in [json!({ "reason": " " }), json!({ "reason": "x".repeat(501) })] {
        for (method, path) in [("PUT", &hold), ("DELETE", &hold), ("POST", &erase)] {
            let refused = house.ask(admin, method, path, wrong.clone()).await;
            assert_eq!(refused.problem(), (422, "validation".to_owned()), "{method} {path}");
        }
    }
    let held = house.ask(admin, "PUT", &hold, json!({ "reason": "lawsuit" })).await.json();
    assert_eq!(
        (&held["hold"]["reason"], &held["may_erase"], &held["may_hold"]),
        (&json!("lawsuit"), &json!(false), &json!(true))
    );
    assert!(held["hold"]["by"]["name"].as_str().is_some_and(|name| !name.is_empty()), "{held}");
    let refused = house.ask(admin, "POST", &erase, json!({ "reason": "asked" })).await;
    assert_eq!(refused.problem(), (409, "on_hold".to_owned()));
    assert_eq!(listed(&house, supervisor, "state=held").await.len(), 1);
    let agents = listed(&house, &house.centre.agent_token, "state=held").await;
    assert_eq!(agents, Vec::<Value>::new(), "nor that it is held");
    let seen = &listed(&house, supervisor, "state=sealed").await[0];
    assert_eq!(
        (&seen["hold"]["reason"], &seen["may_hold"], &seen["may_erase"]),
        (&json!("lawsuit"), &json!(false), &json!(false))
    );
    let seen = &listed(&house, &house.centre.agent_token, "").await[0];
    assert_eq!(
        (&seen["hold"], &seen["id"]),
        (&Value::Null, &json!(call.recording.to_string())),
        "no business of the agent"
    );

    let conversation = format!("/api/v1/conversations/{}/hold", call.conversation);
    let whole = house.ask(admin, "PUT", &conversation, json!({ "reason": "the whole" })).await.json();
    assert_eq!(whole["hold"]["reason"], "the whole");
    let page = format!("/api/v1/conversations/{}", call.conversation);
    let told = async |token: &str| house.get(token, &page).await.json()["recordings_hold"].clone();
    assert_eq!(told(admin).await, whole["hold"]);
    assert_eq!(told(supervisor).await, whole["hold"]);
    assert_eq!(told(&house.centre.agent_token).await, Value::Null, "no business of the agent");
    let lifted = house.ask(admin, "DELETE", &hold, json!({ "reason": "over" })).await.json();
    assert_eq!(lifted["hold"]["reason"], "the whole");
    let refused = house.ask(admin, "DELETE", &hold, json!({ "reason": "over" })).await;
    assert_eq!(refused.problem(), (409, "on_hold".to_owned()), "it is held with its conversation");
    let lifted = house.ask(admin, "DELETE", &conversation, json!({ "reason": "over" })).await;
    assert_eq!((lifted.status, &lifted.json()["hold"]), (StatusCode::OK, &Value::Null));
    assert_eq!(told(admin).await, Value::Null);
    let none = house.ask(admin, "DELETE", &hold, json!({ "reason": "over" })).await;
    assert_eq!(none.problem(), (404, "not_found".to_owned()));
    assert_eq!(listed(&house, supervisor, "state=held").await.len(), 0);
    assert_eq!(reasons(&house, "recording.hold_lifted").await, [json!({ "reason": "over" })]);
}

#[tokio::test]
async fn an_erased_recording_says_so_and_is_heard_by_nobody() {
    let house = House::build().await;
    let (admin, agent) = (&house.centre.admin_token, &house.centre.agent_token);
    let call = recorded(&house).await;
    sealed(&house, &call).await;
    let erased =
        house.ask(admin, "POST", &path(call.recording, "erase"), json!({ "reason": "the caller asked" })).await;
    assert_eq!(erased.status, StatusCode::OK, "{}", erased.text);
    let erased = erased.json();
    assert_eq!((&erased["state"], &erased["erased"]["cause"]), (&json!("erased"), &json!("request")));
    assert_eq!((&erased["erased"]["reason"], &erased["may_play"]), (&json!("the caller asked"), &json!(false)));
    assert!(
        house.floor.take_notes().contains(&format!("keep recordings {}", house.tenant())),
        "and the ledger is to say it"
    );
    let sound = house.get(agent, &path(call.recording, "audio")).await;
    assert_eq!(sound.problem(), (410, "recording_erased".to_owned()));
    let order = json!({ "format": "wav", "reason": "x" });
    let taken = house.ask(&house.centre.supervisor_token, "POST", &path(call.recording, "download"), order).await;
    assert_eq!(taken.problem(), (410, "recording_erased".to_owned()));
    let held = house.ask(admin, "PUT", &path(call.recording, "hold"), json!({ "reason": "late" })).await;
    assert_eq!(held.problem(), (410, "recording_erased".to_owned()));
    let Call { conversation, recording, .. } = call;
    let fact = Event::RecordingErased { conversation, recording, cause: ErasureCause::Request };
    house.floor.commit(house.tenant(), house.clock.utc(), vec![fact], vec![]).await;
    let seen = &listed(&house, agent, "state=erased").await[0];
    assert_eq!((&seen["erased"]["cause"], &seen["erased"]["reason"]), (&json!("request"), &Value::Null));
    assert_eq!(seen["conversation"]["id"], conversation.to_string());
    let detail = house.get(agent, &format!("/api/v1/conversations/{conversation}")).await.json();
    let told = detail["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!((&told["kind"], &told["data"]["cause"]), (&json!("recording_erased"), &json!("request")));
}

#[tokio::test]
async fn the_policy_says_when_a_recording_falls_due() {
    let house = House::build().await;
    let admin = &house.centre.admin_token;
    let call = recorded(&house).await;
    sealed(&house, &call).await;
    let first = house.get(admin, "/api/v1/retention-policy").await.json();
    assert_eq!(first, json!({ "version": 0, "recordings_days": null, "messages_days": null }));
    assert_eq!(listed(&house, admin, "").await[0]["expires_at_us"], Value::Null);
    let put = async |body: Value| house.ask(admin, "PUT", "/api/v1/retention-policy", body).await;
    let wrong = put(json!({ "version": 0, "recordings_days": 0, "messages_days": 3_651 })).await;
    assert_eq!(wrong.json()["fields"].as_array().unwrap().len(), 2, "{}", wrong.text);
    let set = put(json!({ "version": 0, "recordings_days": 30, "messages_days": null })).await;
    assert_eq!(set.json(), json!({ "version": 1, "recordings_days": 30, "messages_days": null }));
    let stale = put(json!({ "version": 0, "recordings_days": 1, "messages_days": null })).await;
    assert_eq!(stale.problem(), (409, "conflict".to_owned()));
    let seen = listed(&house, admin, "").await[0].clone();
    let kept = |seen: &Value| seen["expires_at_us"].as_i64().unwrap() - seen["started_at_us"].as_i64().unwrap();
    assert_eq!(kept(&seen), 30 * 86_400_000_000);

    let queue_path = format!("/api/v1/queues/{}", house.centre.queue);
    let queue = house.get(admin, &queue_path).await.json();
    assert_eq!(queue["retention_days"], Value::Null);
    let change = async |body: Value| house.ask(admin, "PATCH", &queue_path, body).await;
    let short = change(json!({ "version": queue["version"], "retention_days": 2 })).await.json();
    assert_eq!(short["retention_days"], 2, "{short}");
    assert_eq!(kept(&listed(&house, admin, "").await[0]), 2 * 86_400_000_000);
    let same = change(json!({ "version": short["version"], "name": "renamed" })).await.json();
    assert_eq!(same["retention_days"], 2, "what is left out stays");
    let wrong = change(json!({ "version": same["version"], "retention_days": 0 })).await;
    assert_eq!(wrong.problem(), (422, "validation".to_owned()));
    let none = change(json!({ "version": same["version"], "retention_days": null })).await.json();
    assert_eq!(none["retention_days"], Value::Null);
    assert_eq!(kept(&listed(&house, admin, "").await[0]), 30 * 86_400_000_000);
}

#[tokio::test]
async fn a_download_has_a_format_and_a_reason_and_is_entered() {
    let house = House::build().await;
    let (agent, supervisor) = (&house.centre.agent_token, &house.centre.supervisor_token);
    let call = recorded(&house).await;
    let download = path(call.recording, "download");
    let order = |format: &str, reason: &str| json!({ "format": format, "reason": reason });
    let live = house.ask(supervisor, "POST", &download, order("wav", "claim")).await;
    assert_eq!(live.problem(), (409, "wrong_state".to_owned()));
    let digest = sealed(&house, &call).await.digest.to_string();
    assert_eq!(
        house.ask(agent, "POST", &download, order("wav", "claim")).await.problem(),
        (403, "forbidden".to_owned())
    );
    for wrong in [order("mp3", "claim"), order("wav", ""), order("wav", &"x".repeat(501))] {
        assert_eq!(house.ask(supervisor, "POST", &download, wrong).await.problem(), (422, "validation".to_owned()));
    }
    assert_eq!(reasons(&house, "recording.downloaded").await, Vec::<Value>::new());
    for (format, kind, magic) in [("wav", "audio/wav", "RIFF"), ("opus", "audio/ogg", "OggS")] {
        let taken = house.ask(supervisor, "POST", &download, order(format, " claim 12 ")).await;
        assert_eq!((taken.status, taken.header("content-type")), (StatusCode::OK, kind), "{}", taken.text);
        assert!(taken.text.starts_with(magic));
        let name = taken.header("content-disposition");
        assert!(name.starts_with("attachment; filename=\"recording-2"), "{name}");
        assert!(name.ends_with(&format!("Z-{}.{format}\"", call.recording)), "{name}");
    }
    let with = json!({ "format": "wav", "supervisor": true, "reason": "claim 12" });
    assert_eq!(house.ask(agent, "POST", &download, with.clone()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.ask(supervisor, "POST", &download, with).await.status, StatusCode::OK);
    let entered = |format: &str, supervisor: bool| json!({ "format": format, "supervisor": supervisor, "reason": "claim 12", "sha256": digest });
    let trail = [entered("wav", true), entered("opus", false), entered("wav", false)];
    assert_eq!(reasons(&house, "recording.downloaded").await, trail);
}

#[tokio::test]
async fn what_failed_or_is_missing_is_listed_within_reach() {
    let house = House::build().await;
    let (admin, agent) = (&house.centre.admin_token, &house.centre.agent_token);
    let call = recorded(&house).await;
    house.writer.lock().unwrap().close(call.recording).unwrap();
    let fact = Event::RecordingFailed {
        conversation: call.conversation,
        recording: call.recording,
        fault: RecordingFault::DiskFailed,
    };
    house.floor.commit(house.tenant(), house.clock.utc(), vec![fact], vec![]).await;
    house.clock.pass(std::time::Duration::from_secs(60));
    let whole = recorded(&house).await;
    sealed(&house, &whole).await;
    let failed = listed(&house, admin, "state=failed").await;
    assert_eq!((failed.len(), &failed[0]["fault"]), (1, &json!("disk_failed")));
    assert_eq!(failed[0]["conversation"]["queue"]["id"], house.centre.queue.to_string());
    let refused = house.ask(admin, "POST", &path(call.recording, "erase"), json!({ "reason": "x" })).await;
    assert_eq!(refused.problem(), (409, "wrong_state".to_owned()));
    assert_eq!(listed(&house, admin, "state=missing").await, Vec::<Value>::new());
    let looked = house.app.recordings.look_for_missing(house.tenant(), house.clock.utc()).await.unwrap();
    assert_eq!(looked, 0);

    let page = house.get(admin, "/api/v1/recordings?limit=1").await.json();
    assert_eq!(page["items"][0]["id"], whole.recording.to_string(), "the newest first");
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = listed(&house, admin, &format!("limit=1&cursor={cursor}")).await;
    assert_eq!(rest[0]["id"], call.recording.to_string());
    let began = rest[0]["started_at_us"].as_i64().unwrap();
    assert_eq!(listed(&house, admin, &format!("from_us={}", began + 1)).await.len(), 1);
    assert_eq!(listed(&house, admin, &format!("to_us={}", began + 1)).await.len(), 1);
    for wrong in ["state=lost", "from_us=x", "to_us=1.5", "color=red"] {
        let refused = house.get(admin, &format!("/api/v1/recordings?{wrong}")).await;
        assert_eq!(refused.problem(), (422, "validation".to_owned()), "{wrong}");
    }
    assert_eq!(listed(&house, agent, "").await.len(), 2, "the agent had both");
    let other = house.second_centre().await;
    assert_eq!(listed(&house, &other.admin_token, "").await, Vec::<Value>::new());
    for what in ["erase", "download"] {
        let foreign = json!({ "reason": "x", "format": "wav" });
        let body = if what == "erase" { json!({ "reason": "x" }) } else { foreign };
        let refused = house.ask(&other.admin_token, "POST", &path(whole.recording, what), body).await;
        assert_eq!(refused.problem(), (404, "not_found".to_owned()), "{what}");
    }
    let refused = house.ask(&other.admin_token, "PUT", &path(whole.recording, "hold"), json!({ "reason": "x" })).await;
    assert_eq!(refused.problem(), (404, "not_found".to_owned()));
}
