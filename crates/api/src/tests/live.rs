//! The live stream on a real socket.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::call::Call;
use super::house::*;
use crate::limits::{
    LIVE_CONNECTIONS_PER_USER_MAX, LIVE_FRAME_BYTES_MAX, LIVE_MESSAGES_PER_SECOND_MAX, LIVE_TOPICS_MAX,
};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// One end of a live stream.
pub struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// Connects, or gives the status of the refusal.
pub async fn connect(address: SocketAddr, path: &str, headers: &[(&'static str, &str)]) -> Result<Client, u16> {
    let mut request = format!("ws://{address}{path}").into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    match tokio_tungstenite::connect_async(request).await {
        Ok((socket, _)) => Ok(Client(socket)),
        Err(Error::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

impl Client {
    pub async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    /// The next message; `{"closed": code}` when there is none any more.
    pub async fn hear(&mut self) -> Value {
        loop {
            match tokio::time::timeout(PATIENCE, self.0.next()).await.expect("nothing was said") {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).unwrap(),
                Some(Ok(Message::Close(frame))) => return json!({ "closed": frame.map(|f| u16::from(f.code)) }),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return json!({ "closed": null }),
            }
        }
    }

    /// Whether anything is said within `time`.
    async fn hears_within(&mut self, time: Duration) -> bool {
        tokio::time::timeout(time, self.hear()).await.is_ok()
    }
}

impl House {
    /// Serves on a free port.
    pub async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = self.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        address
    }

    async fn follow(&self, token: &str, topics: Value, cursor: Value) -> Client {
        let address = self.listen().await;
        let mut client =
            connect(address, "/api/v1/live", &[("authorization", &format!("Bearer {token}"))]).await.unwrap();
        client.say(json!({ "op": "subscribe", "topics": topics, "cursor": cursor })).await;
        client
    }
}

fn kinds(update: &Value) -> Vec<String> {
    update["events"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap().to_owned()).collect()
}

fn seqs(update: &Value) -> Vec<u64> {
    update["events"].as_array().unwrap().iter().map(|e| e["seq"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn the_desk_is_told_its_own_call_and_nothing_else() {
    let house = House::build().await;
    let centre = &house.centre;
    let mut desk = house.follow(&centre.agent_token, json!(["me"]), Value::Null).await;
    let first = desk.hear().await;
    assert_eq!((&first["type"], &first["state"]["agent"]["state"]), (&json!("update"), &json!("signed_out")));
    assert_eq!(house.floor.take_notes(), [format!("stream opened {}", centre.agent)]);
    Call::agent_ready(&house, centre).await;
    assert_eq!(kinds(&desk.hear().await), ["agent_signed_in", "agent_device_changed", "agent_ready"]);
    let call = Call::new(&house, centre);
    call.queued(&house, centre).await;
    call.offered(&house, centre).await;
    let ringing = desk.hear().await;
    assert_eq!(kinds(&ringing), ["agent_offered"], "what was before the offer is not this desk's");
    assert_eq!(ringing["state"]["offers"][0]["conversation"]["path"][1]["choice_label"], "Sales");
    call.answered(&house, centre).await;
    let talking = desk.hear().await;
    assert_eq!(kinds(&talking), ["offer_ended", "left_queue", "handling_started"]);
    assert_eq!(talking["state"]["handlings"][0]["id"], call.handling.to_string());
    call.hung_up(&house, centre).await;
    let told = ["leg_left", "handling_ended", "wrap_up_started", "recording_gap", "recording_sealed"];
    assert_eq!(kinds(&desk.hear().await), told);
    call.ended(&house, centre).await;
    assert_eq!(kinds(&desk.hear().await)[..2], ["handling_disposed", "wrap_up_finished"]);
    desk.say(json!({ "op": "ping" })).await;
    assert_eq!(desk.hear().await["type"], "pong");
    desk.say(json!({ "op": "unsubscribe", "topics": ["me"] })).await;
    desk.say(json!({ "op": "ping" })).await;
    assert_eq!(desk.hear().await["type"], "pong");
    assert_eq!(house.floor.take_notes(), [format!("stream closed {}", centre.agent)]);
}

#[tokio::test]
async fn after_a_cut_nothing_is_lost_and_nothing_doubled() {
    let house = House::build().await;
    let centre = &house.centre;
    let topics = json!(["me", format!("queue:{}", centre.queue)]);
    let lead = house.store.agent(&store::Scope::system(house.tenant()), centre.agent).await.unwrap();
    let change = json!({ "version": lead.user.version, "role": "supervisor" });
    let path = format!("/api/v1/agents/{}", centre.agent);
    assert_eq!(house.ask(&centre.admin_token, "PATCH", &path, change).await.status.as_u16(), 200);

    let mut client = house.follow(&centre.agent_token, topics.clone(), Value::Null).await;
    let (_, _) = (client.hear().await, client.hear().await);
    let call = Call::new(&house, centre);
    call.queued(&house, centre).await;
    call.offered(&house, centre).await;
    let (mut told, mut cursor) = (std::collections::BTreeMap::<String, Vec<u64>>::new(), Value::Null);
    for _ in 0..3 {
        let update = client.hear().await;
        told.entry(update["topic"].as_str().unwrap().to_owned()).or_default().extend(seqs(&update));
        cursor = update["cursor"].clone();
    }
    drop(client);
    call.answered(&house, centre).await;
    call.held_and_resumed(&house, centre).await;
    let mut client = house.follow(&centre.agent_token, topics, cursor).await;
    for _ in 0..2 {
        let update = client.hear().await;
        told.entry(update["topic"].as_str().unwrap().to_owned()).or_default().extend(seqs(&update));
        if update["topic"] == "me" {
            assert_eq!(update["state"]["handlings"][0]["state"], "talking");
        }
    }
    let last = call.hung_up(&house, centre).await;
    let update = client.hear().await;
    told.get_mut("me").unwrap().extend(seqs(&update));
    // 1–11 arrival to queue, 12 offer, 13 its end, 14 out of the queue, 15 handling, 16 hold, 17 resume, 18–19 pause of the recording,
    // 20–24 hang-up.
    assert_eq!(last, 24);
    assert_eq!(told["me"], (12..=24).collect::<Vec<u64>>());
    assert_eq!(told[&format!("queue:{}", centre.queue)], (11..=14).collect::<Vec<u64>>());
}

#[tokio::test]
async fn who_cannot_keep_up_is_told_from_the_ledger() {
    let house = House::build().await;
    let centre = &house.centre;
    let mut desk = house.follow(&centre.agent_token, json!(["me"]), Value::Null).await;
    desk.hear().await;
    let call = Call::new(&house, centre);
    house.floor.hush(true);
    Call::agent_ready(&house, centre).await;
    call.queued(&house, centre).await;
    call.offered(&house, centre).await;
    house.floor.hush(false);
    house.floor.flood(house.tenant());
    let update = desk.hear().await;
    assert_eq!(kinds(&update), ["agent_signed_in", "agent_device_changed", "agent_ready", "agent_offered"]);
    assert_eq!(update["state"]["agent"]["state"], "ringing");
    house.floor.restart(house.tenant());
    call.answered(&house, centre).await;
    let update = desk.hear().await;
    assert_eq!(kinds(&update), ["offer_ended", "left_queue", "handling_started"]);
}

#[tokio::test]
async fn the_floor_is_told_at_most_once_a_second() {
    let house = House::build().await;
    let centre = &house.centre;
    let mut floor = house.follow(&centre.supervisor_token, json!(["floor"]), Value::Null).await;
    let start = now();
    assert_eq!(floor.hear().await["topic"], "floor");
    let (mut events, mut updates) = (0, 0);
    for _ in 0..2 {
        Call::whole(&house, centre).await;
    }
    while events < 2 * 27 {
        events += floor.hear().await["events"].as_array().unwrap().len();
        updates += 1;
    }
    assert_eq!(events, 2 * 27);
    let seconds = start.elapsed().as_secs() + 1;
    assert!(updates <= seconds, "{updates} updates in {seconds} s");
    assert!(!floor.hears_within(Duration::from_millis(2_500)).await, "what does not change is not told");
}

#[allow(clippy::disallowed_methods, reason = "a test of pace measures real time")]
fn now() -> Instant {
    Instant::now()
}

#[tokio::test]
async fn a_session_that_ends_closes_its_streams() {
    let house = House::build().await;
    let (cookie, csrf) = house.sign_in("north.agent").await;
    let address = house.listen().await;
    let origin = format!("http://{address}");
    for origin in [None, Some("http://evil.example"), Some("null"), Some("")] {
        let mut headers = vec![("cookie", cookie.as_str())];
        headers.extend(origin.map(|origin| ("origin", origin)));
        assert_eq!(connect(address, "/api/v1/live", &headers).await.err(), Some(403), "{origin:?}");
    }
    let headers = [("cookie", cookie.as_str()), ("origin", origin.as_str())];
    let mut client = connect(address, "/api/v1/live", &headers).await.unwrap();
    client.say(json!({ "op": "subscribe", "topics": ["me"] })).await;
    assert_eq!(client.hear().await["topic"], "me");
    let mut request = request("", "DELETE", "/api/v1/session", &Value::Null);
    request.headers_mut().insert("cookie", cookie.parse().unwrap());
    request.headers_mut().insert("x-csrf-token", csrf.parse().unwrap());
    assert_eq!(house.send(request).await.status.as_u16(), 204);
    assert_eq!(client.hear().await, json!({ "closed": 4401 }));
    until(|| house.app.connections.count() == 0).await;
    let agent = house.centre.agent;
    assert_eq!(house.floor.take_notes(), [format!("stream opened {agent}"), format!("stream closed {agent}")]);
}

#[tokio::test]
async fn a_permission_that_is_taken_ends_its_topics() {
    let house = House::build().await;
    let centre = &house.centre;
    let mut lead = house.follow(&centre.supervisor_token, json!(["floor", "me"]), Value::Null).await;
    let (_, _) = (lead.hear().await, lead.hear().await);
    let path = format!("/api/v1/agents/{}", centre.supervisor);
    let version = house.get(&centre.admin_token, &path).await.json()["version"].clone();
    let change = json!({ "version": version, "role": "agent" });
    assert_eq!(house.ask(&centre.admin_token, "PATCH", &path, change).await.status.as_u16(), 200);
    loop {
        let heard = lead.hear().await;
        if heard["type"] == "error" {
            assert_eq!(heard, json!({ "type": "error", "code": "forbidden", "topic": "floor" }));
            break;
        }
    }
}

#[tokio::test]
async fn every_limit_of_a_stream_holds() {
    let house = House::build().await;
    let token = &house.centre.supervisor_token;
    let mut many = house.follow(token, json!(["me"]), Value::Null).await;
    many.hear().await;
    many.say(json!({ "op": "dance" })).await;
    assert_eq!(many.hear().await, json!({ "type": "error", "code": "validation" }));
    for _ in 0..=LIVE_MESSAGES_PER_SECOND_MAX {
        many.say(json!({ "op": "unsubscribe", "topics": [] })).await;
    }
    assert_eq!(many.hear().await, json!({ "closed": 1008 }));

    let mut big = house.follow(token, json!([]), Value::Null).await;
    let _ = big.0.send(Message::text("x".repeat(LIVE_FRAME_BYTES_MAX + 1))).await;
    assert!(big.hear().await["closed"] != json!(1000));

    let mut binary = house.follow(token, json!([]), Value::Null).await;
    binary.0.send(Message::binary(vec![1, 2, 3])).await.unwrap();
    assert_eq!(binary.hear().await, json!({ "closed": 1008 }));

    let queues: Vec<String> = (0..=LIVE_TOPICS_MAX).map(|n| format!("queue:{}", domain::QueueId(n as i64))).collect();
    let mut wide = house.follow(token, json!(queues[..50]), Value::Null).await;
    assert_eq!(wide.hear().await["code"], "not_found", "topics that are refused take no place");

    until(|| house.app.connections.count() == 1).await;
    let address = house.listen().await;
    let bearer = format!("Bearer {token}");
    let mut held = Vec::new();
    for _ in 1..LIVE_CONNECTIONS_PER_USER_MAX {
        held.push(connect(address, "/api/v1/live", &[("authorization", &bearer)]).await.unwrap());
    }
    assert_eq!(connect(address, "/api/v1/live", &[("authorization", &bearer)]).await.err(), Some(429));
    house.stop.send(true).unwrap();
    for mut client in held {
        assert_eq!(client.hear().await, json!({ "closed": 1001 }));
    }
}

/// Waits until something that happens by itself has happened.
async fn until(is_so: impl Fn() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.expect("it did not happen");
}
