//! Recordings over HTTP: who may hear them, by which bytes, and what is said of those that cannot be heard.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::recording::Manifest;
use domain::room::PortRole;
use domain::{Event, RecordingId};
use serde_json::{Value, json};
use store::Page;
use store::recordings::{Codec, Content, NewChunk};

use super::call::Call;
use super::house::*;

/// A call whose recording has three seconds of the customer and one of the agent, and is being made.
pub(super) async fn recorded(house: &House) -> Call {
    let call = Call::new(house, &house.centre);
    call.queued(house, &house.centre).await;
    call.offered(house, &house.centre).await;
    call.answered(house, &house.centre).await;
    let at = house.clock.utc();
    let key = house.store.create_recording(house.tenant(), call.conversation, call.recording, at).await.unwrap();
    let mut writer = house.writer.lock().unwrap();
    writer.begin(key);
    for (track, role, second, byte) in
        [(1, PortRole::Customer, 0, 0x90), (1, PortRole::Customer, 1, 0x90), (2, PortRole::Agent, 1, 0xA0)]
    {
        let content = Content::Sound { codec: Codec::Pcma, bytes: &[byte; 8_000] };
        writer.append(call.recording, &NewChunk { track, role, first_sample: second * 8_000, content }).unwrap();
    }
    drop(writer);
    call
}

pub(super) async fn sealed(house: &House, call: &Call) -> Manifest {
    house.writer.lock().unwrap().close(call.recording).unwrap();
    let manifest = house.app.recordings.seal(call.recording).await.unwrap();
    let event = Event::RecordingSealed { conversation: call.conversation, recording: call.recording, manifest };
    house.floor.commit(house.tenant(), house.clock.utc(), vec![event], vec![]).await;
    house.app.recordings.settled(call.recording);
    manifest
}

async fn range(house: &House, token: &str, recording: RecordingId, range: &str) -> Answer {
    let request = Request::get(format!("/api/v1/recordings/{recording}/audio"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::RANGE, range);
    house.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_recording_is_heard_by_range_while_it_is_made_and_afterwards() {
    let house = House::build().await;
    let token = &house.centre.agent_token;
    let call = recorded(&house).await;
    for state in ["live", "sealed"] {
        if state == "sealed" {
            sealed(&house, &call).await;
        }
        let list = house.get(token, &format!("/api/v1/conversations/{}/recordings", call.conversation)).await.json();
        let item = &list["items"][0];
        assert_eq!(
            (&item["state"], &item["may_play"], &item["may_download"]),
            (&json!(state), &json!(true), &json!(false))
        );
        let part = range(&house, token, call.recording, "bytes=0-43").await;
        assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
        assert_eq!((part.header("content-length"), part.header("content-type")), ("44", "audio/wav"));
        assert_eq!(part.header("content-range"), "bytes 0-43/64044");
        assert!(part.text.starts_with("RIFF"));
        let beyond = range(&house, token, call.recording, "bytes=64044-").await;
        assert_eq!(beyond.problem(), (416, "range_not_satisfiable".to_owned()));
        let whole = house.get(token, &format!("/api/v1/recordings/{}/audio", call.recording)).await;
        assert_eq!((whole.status, whole.header("content-length")), (StatusCode::OK, "64044"));
        assert_eq!(whole.header("content-encoding"), "identity");
        let wave = house.get(token, &format!("/api/v1/recordings/{}/peaks?points=4", call.recording)).await.json();
        assert_eq!((&wave["live"], &wave["duration_ms"]), (&json!(state == "live"), &json!(2_000)));
        let loud = |side: &Value| side.as_array().unwrap().iter().map(|peak| *peak != 0).collect::<Vec<_>>();
        assert_eq!(loud(&wave["left"]), [true; 4]);
        assert_eq!(loud(&wave["right"]), [false, false, true, true]);
    }
}

#[tokio::test]
async fn agents_hear_their_own_conversations_and_whoever_listens_is_entered() {
    let house = House::build().await;
    let centre = &house.centre;
    let call = recorded(&house).await;
    sealed(&house, &call).await;
    // Two ranges of one listener are one line.
    range(&house, &centre.supervisor_token, call.recording, "bytes=0-9").await;
    range(&house, &centre.supervisor_token, call.recording, "bytes=10-19").await;
    let trail = house.store.audit_trail(&store::Scope::system(house.tenant()), Page::first(100)).await.unwrap();
    let count = |action: &str| trail.iter().filter(|row| row.action == action).count();
    assert_eq!(count("recording.played"), 1);

    // Somebody else's conversation: the list names the recording, its sound is not there.
    let other = Call::new(&house, centre);
    other.queued(&house, centre).await;
    let list =
        house.get(&centre.agent_token, &format!("/api/v1/conversations/{}/recordings", other.conversation)).await;
    assert_eq!(list.json()["items"][0]["may_play"], json!(false));
    let sound = range(&house, &centre.agent_token, other.recording, "bytes=0-9").await;
    assert_eq!(sound.problem(), (404, "not_found".to_owned()));
}

#[tokio::test]
async fn the_voice_of_a_supervisor_is_heard_by_whoever_supervises_and_asks() {
    let house = House::build().await;
    let centre = &house.centre;
    let call = recorded(&house).await;
    let content = Content::Sound { codec: Codec::Pcma, bytes: &[0x90; 8_000] };
    let chunk = NewChunk { track: 3, role: PortRole::Supervisor, first_sample: 0, content };
    house.writer.lock().unwrap().append(call.recording, &chunk).unwrap();
    let path = |what: &str| format!("/api/v1/recordings/{}/{what}", call.recording);
    let loud = async |token: &str, query: &str| {
        let wave = house.get(token, &path(&format!("peaks?points=4{query}"))).await;
        assert_eq!(wave.status, StatusCode::OK, "{}", wave.text);
        let wave = wave.json();
        let right: Vec<bool> = wave["right"].as_array().unwrap().iter().map(|peak| *peak != 0).collect();
        (right, wave["supervised"].clone())
    };
    let (own, with) = (vec![false, false, true, true], vec![true; 4]);
    assert_eq!(loud(&centre.agent_token, "").await, (own.clone(), Value::Null), "an agent is not told");
    assert_eq!(loud(&centre.supervisor_token, "").await, (own, json!(true)));
    assert_eq!(loud(&centre.supervisor_token, "&supervisor=true").await, (with, json!(true)));
    for query in ["peaks?supervisor=true", "audio?supervisor=true"] {
        assert_eq!(house.get(&centre.agent_token, &path(query)).await.status, 403, "{query}");
    }
    // Whoever heard it without the supervisor a moment ago is entered again, once.
    for _ in 0..2 {
        house.get(&centre.supervisor_token, &path("audio")).await;
        let heard = house.get(&centre.supervisor_token, &path("audio?supervisor=true")).await;
        assert_eq!((heard.status, heard.header("content-length")), (StatusCode::OK, "64044"));
    }
    let trail = house.get(&centre.admin_token, "/api/v1/audit?limit=10&action=recording.played").await.json();
    let played: Vec<&Value> = trail["items"].as_array().unwrap().iter().map(|row| &row["after"]).collect();
    assert_eq!(played, [&json!({ "supervisor": true }), &json!({ "supervisor": false })]);
    assert_eq!(house.get(&centre.supervisor_token, &path("audio?supervisor=1")).await.problem().0, 422);
}

#[tokio::test]
async fn whoever_may_work_on_a_task_hears_its_message_and_nothing_else_of_the_conversation() {
    let house = House::build().await;
    let token = &house.centre.agent_token;
    let call = Call::new(&house, &house.centre);
    call.queued(&house, &house.centre).await;
    let at = house.clock.utc();
    let (task, segment) = (house.store.mint::<domain::TaskId>(at), house.store.mint(at));
    let key = house.store.create_recording(house.tenant(), call.conversation, call.recording, at).await.unwrap();
    house.writer.lock().unwrap().begin(key);
    let content = Content::Sound { codec: Codec::Pcma, bytes: &[0x90; 8_000] };
    let chunk = NewChunk { track: 1, role: PortRole::Customer, first_sample: 0, content };
    house.writer.lock().unwrap().append(call.recording, &chunk).unwrap();
    let left = Event::VoicemailLeft {
        conversation: call.conversation,
        segment,
        task,
        recording: call.recording,
        number: Some(house.centre.number.id),
        queue: None,
        cause: domain::VoicemailCause::Key,
        length: std::time::Duration::from_secs(1),
    };
    house.floor.commit(house.tenant(), at, vec![left], vec![]).await;
    house.store.tasks_from_ledger(house.centre.tenant.partition).await.unwrap();
    let message = house.get(token, &format!("/api/v1/tasks/{task}/audio")).await;
    assert_eq!((message.status, message.header("content-length")), (StatusCode::OK, "32044"));
    let sound = range(&house, token, call.recording, "bytes=0-9").await;
    assert_eq!(sound.problem(), (404, "not_found".to_owned()));
    let elsewhere = house.second_centre().await;
    let foreign = house.get(&elsewhere.agent_token, &format!("/api/v1/tasks/{task}/audio")).await;
    assert_eq!(foreign.problem(), (404, "not_found".to_owned()));
}
