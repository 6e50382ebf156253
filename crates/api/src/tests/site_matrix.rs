//! Two sites of one centre: no route and no topic tells the supervisor of one anything of the other, and the head office sees both.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::outbound::{Alarm, Stopped};
use domain::room::PortRole;
use domain::{Event, Role, TransferKind, TransferTarget, VoicemailCause};
use serde_json::{Value, json};
use store::recordings::{Codec, Content, NewChunk};
use store::{Scope, TeamDraft};

use super::call::Call;
use super::house::*;
use super::live::connect;
use super::permissions::documented;
use super::quality::course;

const A_SECOND: Duration = Duration::from_secs(1);

/// A site and the ids of one of everything that belongs to it.
struct Place {
    centre: Centre,
    /// By kind.
    ids: BTreeMap<&'static str, String>,
}

impl Place {
    async fn make(house: &House, name: &str) -> Place {
        let centre = house.site(name).await;
        let (tenant, scope) = (centre.tenant.id, Scope::system(centre.tenant.id));
        let body = json!({ "name": format!("{name} desk"), "username": format!("{name}-desk"),
            "site_id": centre.site.id.to_string() });
        let device = house.ask(&centre.admin_token, "POST", "/api/v1/devices", body).await.json();
        let team = TeamDraft { site: centre.site.id, name: format!("{name} team") };
        let team = house.store.create_team(&scope, MORNING, &team).await.unwrap();
        let talk = talk(house, &centre).await;
        house.floor.courses.lock().unwrap().push(course(house, talk.leg, &[437]));
        let waiting = Call::new(house, &centre);
        waiting.queued(house, &centre).await;
        let parked = Call::new(house, &centre);
        parked.queued(house, &centre).await;
        parked.offered(house, &centre).await;
        parked.answered(house, &centre).await;
        let (at, agent) = (house.clock.pass(A_SECOND), centre.agent);
        let park = Event::TransferStarted {
            conversation: parked.conversation,
            transfer: house.store.mint(at),
            kind: TransferKind::Park,
            handling: parked.handling,
            agent,
            target: TransferTarget::Park,
            reason: None,
            route: None,
        };
        let alarm = Alarm { distinct: 3, within: A_SECOND };
        let stopped = Event::OutboundStopped { conversation: None, stopped: Stopped::Agent(agent), by: agent, alarm };
        house.floor.commit(tenant, at, vec![park, stopped], vec![]).await;
        let task = message(house, &centre, &talk).await;
        let ids = [
            ("agent", centre.agent.to_string()),
            ("conversation", talk.conversation.to_string()),
            ("waiting", waiting.conversation.to_string()),
            ("parked", parked.conversation.to_string()),
            ("customer", centre.customer.id.to_string()),
            ("device", device["device"]["id"].as_str().unwrap().to_owned()),
            ("number", centre.number.id.to_string()),
            ("queue", centre.queue.to_string()),
            ("recording", talk.recording.to_string()),
            ("site", centre.site.id.to_string()),
            ("supervisor", centre.supervisor.to_string()),
            ("task", task),
            ("team", team.id.to_string()),
        ];
        Place { ids: ids.into(), centre }
    }

    /// The line of the matrix, asked about what is of this place.
    async fn ask(&self, house: &House, token: &str, line: &Line) -> Answer {
        let id = line.kind.map(|kind| self.ids[kind].as_str()).unwrap_or_default();
        let (agent, talk) = (&self.ids["agent"], &self.ids["conversation"]);
        let body = match line.path.rsplit('/').next().unwrap() {
            "supervise" => json!({ "conversation_id": talk, "mode": "listen" }),
            "take-over" | "release" => json!({ "conversation_id": talk }),
            "state" if line.method == "PUT" => json!({ "state": "ready" }),
            "assign" => json!({ "agent_id": agent }),
            "note" => json!({ "text": "seen" }),
            "pause-recording" => json!({ "reason": "other" }),
            "download" => json!({ "format": "wav", "reason": "a complaint" }),
            "close" => json!({ "result": "reached" }),
            "block-caller" => json!({}),
            _ if line.method == "PATCH" => json!({ "version": 1, "name": "seen" }),
            _ => Value::Null,
        };
        house.ask(token, line.method, &line.path.replace("{id}", id), body).await
    }
}

/// A talk with a recording that can be heard.
async fn talk(house: &House, centre: &Centre) -> Call {
    let call = Call::new(house, centre);
    call.queued(house, centre).await;
    call.offered(house, centre).await;
    call.answered(house, centre).await;
    let at = house.clock.utc();
    let key = house.store.create_recording(centre.tenant.id, call.conversation, call.recording, at).await.unwrap();
    let mut writer = house.writer.lock().unwrap();
    writer.begin(key);
    let content = Content::Sound { codec: Codec::Pcma, bytes: &[0x90; 8_000] };
    writer.append(call.recording, &NewChunk { track: 1, role: PortRole::Customer, first_sample: 0, content }).unwrap();
    drop(writer);
    call
}

/// A message with its task.
async fn message(house: &House, centre: &Centre, call: &Call) -> String {
    let at = house.clock.pass(A_SECOND);
    let task: domain::TaskId = house.store.mint(at);
    let left = Event::VoicemailLeft {
        conversation: call.conversation,
        segment: house.store.mint(at),
        task,
        recording: call.recording,
        number: Some(centre.number.id),
        queue: Some(centre.queue),
        cause: VoicemailCause::WaitTimeout,
        length: A_SECOND,
    };
    house.floor.commit(centre.tenant.id, at, vec![left], vec![]).await;
    assert!(house.store.tasks_from_ledger(centre.tenant.partition).await.unwrap() >= 1);
    task.to_string()
}

/// One line of `site_matrix.txt`.
struct Line {
    /// `None` for a list.
    kind: Option<&'static str>,
    is_free: bool,
    method: &'static str,
    path: &'static str,
}

fn matrix() -> Vec<Line> {
    let lines = include_str!("site_matrix.txt").lines().filter(|line| !line.starts_with('#'));
    let read = lines.map(|line| {
        let (what, route) = line.split_once(": ").unwrap();
        let (method, path) = route.split_once(' ').unwrap();
        Line { kind: what.strip_prefix("item "), is_free: what.starts_with("free "), method, path }
    });
    read.collect()
}

#[test]
fn every_route_a_supervisor_may_use_stands_in_the_matrix_of_sites() {
    let mut declared: Vec<String> = documented()
        .into_iter()
        .filter(|route| route.permission.is_some_and(|permission| Role::Supervisor.can(permission)))
        .map(|route| format!("{} {}", route.method.to_uppercase(), route.path))
        .collect();
    let mut written: Vec<String> = matrix().iter().map(|line| format!("{} {}", line.method, line.path)).collect();
    declared.sort();
    written.sort();
    assert_eq!(declared, written, "site_matrix.txt says of every route what it has of a site");
}

#[tokio::test]
async fn no_list_tells_the_supervisor_of_a_site_anything_of_another() {
    let house = House::build().await;
    let (east, west) = (Place::make(&house, "east").await, Place::make(&house, "west").await);
    let shows = |text: &str, place: &Place| place.ids.values().any(|id| text.contains(id.as_str()));
    for line in matrix().iter().filter(|line| line.kind.is_none() && !line.is_free) {
        for (own, other) in [(&east, &west), (&west, &east)] {
            let answer = house.get(&own.centre.supervisor_token, line.path).await;
            assert_eq!(answer.status, 200, "{}", line.path);
            let names = other.ids.iter().filter(|(_, id)| answer.text.contains(id.as_str()));
            let leaked: Vec<_> = names.map(|(kind, _)| kind).collect();
            assert!(leaked.is_empty(), "{} shows {leaked:?} of another site: {}", line.path, answer.text);
            assert!(shows(&answer.text, own), "{} shows nothing of the own site: {}", line.path, answer.text);
        }
        let head = house.get(&house.centre.supervisor_token, line.path).await.text;
        assert!(shows(&head, &east) && shows(&head, &west), "{} hides a site from the head office", line.path);
    }
}

#[tokio::test]
async fn no_item_of_another_site_is_there_for_its_supervisor() {
    let house = House::build().await;
    let (east, west) = (Place::make(&house, "east").await, Place::make(&house, "west").await);
    for line in matrix().iter().filter(|line| line.kind.is_some()) {
        for (own, other) in [(&east, &west), (&west, &east)] {
            let token = &own.centre.supervisor_token;
            let refused = other.ask(&house, token, line).await;
            assert_eq!(refused.problem(), (404, "not_found".to_owned()), "{} {}", line.method, line.path);
            let given = own.ask(&house, token, line).await;
            assert!(![401, 403, 404].contains(&given.status.as_u16()), "{} {}: {}", line.method, line.path, given.text);
        }
        for place in [&east, &west] {
            let given = place.ask(&house, &house.centre.supervisor_token, line).await;
            assert!(![401, 403, 404].contains(&given.status.as_u16()), "{} {}: {}", line.method, line.path, given.text);
        }
    }
    let asked = house.floor.asked.lock().unwrap().len();
    assert!(asked > 0, "what is of the own site reaches the floor");
}

#[tokio::test]
async fn what_a_body_names_of_another_site_is_not_there_either() {
    let house = House::build().await;
    let (east, west) = (Place::make(&house, "east").await, Place::make(&house, "west").await);
    let token = &east.centre.supervisor_token;
    let assign = format!("/api/v1/conversations/{}/assign", east.ids["waiting"]);
    let answer = house.ask(token, "POST", &assign, json!({ "agent_id": west.ids["agent"] })).await;
    assert_eq!(answer.problem(), (404, "not_found".to_owned()));
    for (place, status) in [(&west, 404), (&east, 200)] {
        let body = json!({ "agent_id": place.ids["agent"] });
        let answer = house.ask(token, "POST", "/api/v1/outbound-stops/release", body).await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
    let body = json!({ "number": "02112345678", "agent_id": west.ids["agent"] });
    let tried = house.ask(token, "POST", "/api/v1/outbound-plan/try", body).await;
    assert_eq!(tried.problem().0, 422);
    let page = format!("/api/v1/conversations?agent_id={}", west.ids["agent"]);
    assert_eq!(house.get(token, &page).await.json()["items"], json!([]));
}

#[tokio::test]
async fn no_topic_tells_the_supervisor_of_a_site_anything_of_another() {
    let house = House::build().await;
    let (east, west) = (Place::make(&house, "east").await, Place::make(&house, "west").await);
    let address = house.listen().await;
    let cursor = house.app.seals.ledger_cursor(house.centre.tenant.partition, 0);
    let bearer = format!("Bearer {}", east.centre.supervisor_token);
    let mut lead = connect(address, "/api/v1/live", &[("authorization", &bearer)]).await.unwrap();
    let (own, other) = (format!("queue:{}", east.ids["queue"]), format!("queue:{}", west.ids["queue"]));
    let topics = [other.as_str(), "floor", "tasks", "me", own.as_str()];
    lead.say(json!({ "op": "subscribe", "topics": topics, "cursor": cursor })).await;
    assert_eq!(lead.hear().await, json!({ "type": "error", "code": "not_found", "topic": other }));
    let told = |text: &str| west.ids.iter().find(|(_, id)| text.contains(id.as_str())).map(|(kind, _)| *kind);
    for topic in &topics[1..] {
        let heard = lead.hear().await;
        assert_eq!(heard["topic"], *topic);
        assert_eq!(told(&heard.to_string()), None, "{heard}");
    }
    // Something happens at both; what is told is of the own site.
    Call::agent_ready(&house, &west.centre).await;
    let (there, here) = (Call::new(&house, &west.centre), Call::new(&house, &east.centre));
    there.queued(&house, &west.centre).await;
    here.queued(&house, &east.centre).await;
    let mut seen = false;
    while !seen {
        let heard = lead.hear().await;
        let text = heard.to_string();
        assert!(told(&text).is_none() && !text.contains(&there.conversation.to_string()), "{heard}");
        seen = heard["topic"] == "floor" && text.contains(&here.conversation.to_string());
    }
}
