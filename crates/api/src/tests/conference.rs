//! Conferences: who takes part, as each desk is told, and what reaches the floor.

use axum::http::StatusCode;
use domain::input::AgentAction;
use domain::room::PortRole;
use domain::{
    AgentId, ConferenceChange, ConferenceEnd, Event, HandlingEnd, HandlingId, LegId, Party, PartyId, SegmentId,
    TransferEnd, TransferId, TransferKind, TransferTarget,
};
use serde_json::{Value, json};

use super::call::Call;
use super::house::*;

#[tokio::test]
async fn what_is_done_to_a_party_reaches_the_floor() {
    let house = House::build().await;
    let (handling, party) = (HandlingId(12), TransferId(13));
    let cases = [
        ("mute", AgentAction::MuteParty { handling, party, on: true }),
        ("unmute", AgentAction::MuteParty { handling, party, on: false }),
        ("drop", AgentAction::DropParty { handling, party }),
    ];
    for (verb, action) in cases {
        let path = format!("/api/v1/handlings/{handling}/parties/{party}/{verb}");
        let answer = house.ask(&house.centre.agent_token, "POST", &path, Value::Null).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        assert_eq!(house.floor.asked.lock().unwrap().pop(), Some((house.tenant(), house.centre.agent, action)));
        let path = format!("/api/v1/handlings/{handling}/parties/nobody/{verb}");
        let answer = house.ask(&house.centre.agent_token, "POST", &path, Value::Null).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

const LEADING: HandlingId = HandlingId(62);
const ADDED: HandlingId = HandlingId(64);
const FIRST: TransferId = TransferId(61);
const SECOND: TransferId = TransferId(71);
const NUMBER: PartyId = PartyId(66);

fn added(call: &Call, agent: AgentId, transfer: TransferId, target: TransferTarget) -> Event {
    let (conversation, kind, handling) = (call.conversation, TransferKind::Conference, LEADING);
    Event::TransferStarted { conversation, transfer, kind, handling, agent, target, reason: None, route: None }
}

/// The supervisor's talk, to which the agent is rung.
async fn somebody_is_rung(house: &House) -> Call {
    let centre = &house.centre;
    Call::agent_ready(house, centre).await;
    let call = Call::new(house, centre);
    call.queued(house, centre).await;
    let (conversation, agent, queue) = (call.conversation, centre.supervisor, Some(centre.queue));
    let talk = Event::HandlingStarted { conversation, segment: SegmentId(63), queue, handling: LEADING, agent };
    let rung = added(&call, agent, FIRST, TransferTarget::Agent(centre.agent));
    call.commit(house, vec![talk, rung], vec![]).await;
    call
}

/// The agent answered, and somebody outside did after them, who is muted.
async fn four_talk(house: &House, call: &Call) {
    let centre = &house.centre;
    let (conversation, leader) = (call.conversation, centre.supervisor);
    let joined = |transfer| Event::TransferEnded { conversation, transfer, end: TransferEnd::Conferenced };
    let (segment, queue, handling, agent) = (SegmentId(65), None, ADDED, centre.agent);
    let (leg, role, trunk) = (LegId(67), PortRole::Outside, None);
    let events = vec![
        Event::HandlingStarted { conversation, segment, queue, handling, agent },
        joined(FIRST),
        added(call, leader, SECOND, TransferTarget::Outside(NUMBER)),
        Event::LegJoined { conversation, leg, role, agent: None, trunk },
        joined(SECOND),
        changed(call, SECOND, Some(leader), ConferenceChange::Muted),
    ];
    call.commit(house, events, vec![Party { id: NUMBER, raw: "02161234567".to_owned() }]).await;
}

fn changed(call: &Call, transfer: TransferId, by: Option<AgentId>, what: ConferenceChange) -> Event {
    Event::ConferenceChanged { conversation: call.conversation, transfer, by, what }
}

async fn parties(house: &House, token: &str) -> Value {
    let told = house.ask(token, "GET", "/api/v1/me/state", Value::Null).await.json();
    told["handlings"][0].get("parties").cloned().unwrap_or(Value::Null)
}

fn short(party: &Value) -> Value {
    json!([party["id"], party["kind"], party["state"], party["leads"], party["may_mute"], party["may_drop"]])
}

#[tokio::test]
async fn each_desk_is_told_who_else_takes_part_and_what_it_may_do() {
    let house = House::build().await;
    let centre = &house.centre;
    let call = somebody_is_rung(&house).await;
    let told = parties(&house, &centre.supervisor_token).await;
    assert_eq!(short(&told[0]), json!([FIRST.to_string(), "agent", "ringing", false, false, true]));
    four_talk(&house, &call).await;
    let told = parties(&house, &centre.supervisor_token).await;
    assert_eq!(short(&told[0]), json!([FIRST.to_string(), "agent", "talking", false, true, true]));
    assert_eq!(short(&told[1]), json!([SECOND.to_string(), "outside", "muted", false, true, true]));
    assert_eq!(told[1]["number"], "02161234567", "they may see numbers");
    let told = parties(&house, &centre.agent_token).await;
    assert_eq!(short(&told[0]), json!([LEADING.to_string(), "agent", "talking", true, false, false]), "who leads");
    assert_eq!(short(&told[1]), json!([SECOND.to_string(), "outside", "muted", false, false, false]));
}

#[tokio::test]
async fn whoever_leads_next_may_do_what_the_one_before_could() {
    let house = House::build().await;
    let centre = &house.centre;
    let call = somebody_is_rung(&house).await;
    four_talk(&house, &call).await;
    let (conversation, handling, agent) = (call.conversation, LEADING, centre.supervisor);
    let gone = Event::HandlingEnded { conversation, handling, agent, end: HandlingEnd::Transferred };
    call.commit(&house, vec![gone, changed(&call, FIRST, Some(agent), ConferenceChange::Leads)], vec![]).await;
    let told = parties(&house, &centre.agent_token).await;
    assert_eq!(told.as_array().unwrap().len(), 1);
    assert_eq!(short(&told[0]), json!([SECOND.to_string(), "outside", "muted", false, true, true]));
    let left = ConferenceChange::Left { end: ConferenceEnd::HungUp };
    call.commit(&house, vec![changed(&call, SECOND, None, left)], vec![]).await;
    assert_eq!(parties(&house, &centre.agent_token).await, Value::Null, "two talk");
    let path = format!("/api/v1/conversations/{conversation}");
    let timeline = house.ask(&centre.agent_token, "GET", &path, Value::Null).await.json()["timeline"].clone();
    let changes = timeline.as_array().unwrap().iter().filter(|row| row["kind"] == "conference_changed");
    let what: Vec<_> = changes.map(|row| (row["data"]["what"].clone(), row["data"]["end"].clone())).collect();
    assert_eq!(what, [(json!("muted"), Value::Null), (json!("leads"), Value::Null), (json!("left"), json!("hung_up"))]);
}
