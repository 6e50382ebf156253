//! Plans of outbound calls: what is refused and where, what a trial says, and stops on the floor.

use axum::http::StatusCode;
use domain::input::AgentAction;
use domain::outbound::{Alarm, Block, OutboundRoute, Passed, Stopped};
use domain::{AgentId, ConversationId, DestinationRuleId, Event, SegmentId, TrunkId, Utc};
use serde_json::{Value, json};
use store::{Scope, TrunkDraft};

use super::house::*;
use crate::limits::{BODY_BYTES_MAX, OUTBOUND_PLAN_BYTES_MAX, OUTBOUND_RULES_MAX};
use crate::port::TrunkStanding;
use crate::vitals::Registration;

const PLAN: &str = "/api/v1/outbound-plan";
const TRY: &str = "/api/v1/outbound-plan/try";

impl House {
    /// A trunk of the configuration.
    async fn trunk(&self, name: &str) -> TrunkId {
        let scope = Scope::system(self.centre.tenant.id);
        let draft = TrunkDraft { name: name.to_owned(), addresses: vec!["10.0.0.1".parse().unwrap()], site: None };
        self.store.create_trunk(&scope, MORNING, &draft).await.unwrap().id
    }

    async fn put(&self, plan: &Value) -> Answer {
        self.ask(&self.centre.admin_token, "PUT", PLAN, plan.clone()).await
    }

    async fn tried(&self, number: &str, plan: Option<&Value>) -> Value {
        let agent_id = self.centre.agent.to_string();
        let mut body = json!({ "number": number, "agent_id": agent_id });
        if let Some(plan) = plan {
            body["plan"] = plan.clone();
        }
        let answer = self.ask(&self.centre.admin_token, "POST", TRY, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json()
    }
}

fn rule(name: &str, prefixes: &[&str], trunks: &[TrunkId]) -> Value {
    let trunk_ids: Vec<String> = trunks.iter().map(ToString::to_string).collect();
    json!({
        "name": name, "prefixes": prefixes, "whom": { "roles": [], "team_ids": [], "agent_ids": [] },
        "says": if trunks.is_empty() { "deny" } else { "allow" }, "trunk_ids": trunk_ids, "shown": "usual",
        "number_id": null, "caps": {}, "talk_per_day_s": null, "watched": false, "alarm": null,
    })
}

fn plan(version: i64, rules: &[Value]) -> Value {
    json!({
        "version": version, "agent_caps": { "per_minute": 30, "per_day": null }, "agent_alarm": null,
        "number_id": null, "trunks": [], "rules": rules,
    })
}

fn faults(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
    let fields = answer.json()["fields"].clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    fields.as_array().unwrap().iter().map(|fault| (text(&fault["field"]), text(&fault["code"]))).collect()
}

#[tokio::test]
async fn a_plan_that_was_read_can_be_handed_back() {
    let house = House::build().await;
    let (a, b) = (house.trunk("north").await, house.trunk("south").await);
    let read = house.get(&house.centre.admin_token, PLAN).await.json();
    assert_eq!((&read["version"], &read["country"]), (&json!(0), &json!("86")));
    assert_eq!(read["emergency"], json!(["110", "119", "120", "122"]));
    let names: Vec<_> = read["trunks"].as_array().unwrap().iter().map(|trunk| trunk["name"].clone()).collect();
    assert_eq!(names, ["north", "south"], "whatever anybody said of them");
    let mut wanted = plan(0, &[rule("home", &["021", " +86 ", "021"], &[b, a])]);
    wanted["trunks"] = json!([{
        "trunk_id": b.to_string(), "channels": { "total": 30 }, "caps": {}, "withholds": true,
        "rewrites": [{ "begins": "+86", "becomes": "0" }],
    }]);
    let put = house.put(&wanted).await.json();
    assert_eq!((&put["version"], &put["rules"][0]["prefixes"]), (&json!(1), &json!(["021", "+86"])));
    assert!(put["rules"][0]["id"].as_str().unwrap().starts_with("dsr_"), "{put}");
    let trunk =
        |plan: &Value, n: usize| (plan["trunks"][n]["name"].clone(), plan["trunks"][n]["channels"]["total"].clone());
    assert_eq!([trunk(&put, 0), trunk(&put, 1)], [(json!("south"), json!(30)), (json!("north"), Value::Null)]);
    let again = house.put(&put).await.json();
    assert_eq!((&again["version"], &again["rules"], &again["trunks"]), (&json!(2), &put["rules"], &put["trunks"]));
    assert_eq!(house.put(&put).await.problem(), (409, "conflict".to_owned()));
    let mut without_trunks = again.clone();
    without_trunks["trunks"] = json!([]);
    let kept = house.put(&without_trunks).await.json();
    assert_eq!(kept["trunks"], put["trunks"], "what is left out keeps what was said of it");
    let mut older_client = kept.clone();
    older_client.as_object_mut().unwrap().remove("agent_alarm");
    assert_eq!(faults(&house.put(&older_client).await), [("agent_alarm".to_owned(), "missing".to_owned())]);
}

#[tokio::test]
async fn every_fault_of_a_plan_is_told_with_its_place() {
    let house = House::build().await;
    let a = house.trunk("north").await;
    let mut dear = rule("dear", &["0", "x"], &[a]);
    (dear["caps"]["per_day"], dear["talk_per_day_s"]) = (json!(0), json!(0));
    (dear["shown"], dear["alarm"]) = (json!("fixed"), json!({ "distinct": 0, "within_s": 86_401 }));
    let mut denies = rule("denies", &["+"], &[]);
    (denies["trunk_ids"], denies["watched"]) = (json!([a.to_string()]), json!(true));
    let mut strange = rule("", &["+44"], &[a]);
    (strange["id"], strange["trunk_ids"]) = (json!("dsr_0000000000001"), json!([a.to_string(), a.to_string(), "x"]));
    strange["whom"]["team_ids"] = json!(["tem_0000000000001"]);
    let rules = [rule("home", &["021"], &[a]), rule("same", &["+86 21", "+8621"], &[a]), dear, denies, strange];
    let mut wanted = plan(0, &rules);
    wanted["agent_caps"]["per_minute"] = json!(0);
    wanted["number_id"] = json!("num_0000000000001");
    (wanted["emergency"], wanted["country"]) = (json!([]), json!("1"));
    wanted["trunks"] = json!([{
        "trunk_id": "trk_0000000000001", "channels": { "inbound": 0 }, "caps": {}, "withholds": false,
        "rewrites": [{ "begins": "86", "becomes": "0" }, { "begins": "86", "becomes": "w" }],
    }]);
    let told: Vec<String> = faults(&house.put(&wanted).await).into_iter().map(|(f, c)| format!("{f} {c}")).collect();
    let mut told: Vec<&str> = told.iter().map(String::as_str).collect();
    told.sort_unstable();
    let expected = [
        "agent_caps.per_minute too_small",
        "country unknown",
        "emergency unknown",
        "number_id unknown_reference",
        "rules.1.prefixes.0 malformed",
        "rules.1.prefixes.0 taken",
        "rules.1.prefixes.1 taken",
        "rules.2.alarm.distinct too_small",
        "rules.2.alarm.within_s too_large",
        "rules.2.caps.per_day too_small",
        "rules.2.number_id missing",
        "rules.2.prefixes.1 malformed",
        "rules.2.talk_per_day_s too_small",
        "rules.3.trunk_ids too_large",
        "rules.3.watched too_large",
        "rules.4.id unknown_reference",
        "rules.4.name missing",
        "rules.4.trunk_ids.1 taken",
        "rules.4.trunk_ids.2 unknown_reference",
        "rules.4.whom.team_ids.0 unknown_reference",
        "trunks.0.channels.inbound too_small",
        "trunks.0.rewrites.1.becomes malformed",
        "trunks.0.rewrites.1.begins taken",
        "trunks.0.trunk_id unknown_reference",
    ];
    assert_eq!(told, expected);
    let mut of_teams = rule("theirs", &["021"], &[a]);
    of_teams["whom"]["roles"] = json!(["supervisor"]);
    let mut of_others = rule("ours", &["021"], &[a]);
    of_others["whom"]["roles"] = json!(["agent"]);
    let two = plan(0, &[of_teams, of_others.clone()]);
    assert_eq!(house.put(&two).await.status, StatusCode::OK, "two groups, two trunks");
    let mut of_one = rule("hers", &["021"], &[a]);
    of_one["whom"]["agent_ids"] = json!([house.centre.agent.to_string()]);
    let refused = house.put(&plan(1, &[of_others, of_one])).await;
    assert_eq!(faults(&refused), [("rules.1.prefixes.0".to_owned(), "taken".to_owned())], "she has the role, too");
}

#[tokio::test]
async fn a_plan_of_as_many_rules_as_may_be_is_taken() {
    let house = House::build().await;
    let a = house.trunk("north").await;
    let rules: Vec<Value> = (0..OUTBOUND_RULES_MAX)
        .map(|n| {
            let prefixes: Vec<String> = (0..20).map(|m| format!("+4420{n:03}{m:02}")).collect();
            let mut rule = rule(&format!("rule {n}"), &[], &[a]);
            rule["prefixes"] = json!(prefixes);
            rule
        })
        .collect();
    let wanted = plan(0, &rules);
    assert!(wanted.to_string().len() > BODY_BYTES_MAX);
    assert_eq!(house.tried("+44 20 000 00 123", Some(&wanted)).await["rule"]["name"], "rule 0");
    let put = house.put(&wanted).await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.text);
    assert_eq!(put.json()["rules"].as_array().map(Vec::len), Some(OUTBOUND_RULES_MAX));
    let too_large = house.put(&json!("x".repeat(OUTBOUND_PLAN_BYTES_MAX))).await;
    assert_eq!(too_large.problem(), (413, "too_large".to_owned()));
}

#[tokio::test]
async fn a_trial_judges_and_leaves_no_trace() {
    let house = House::build().await;
    let (a, b) = (house.trunk("north").await, house.trunk("south").await);
    let mut home = rule("home", &["0"], &[a, b]);
    (home["watched"], home["alarm"]) = (json!(true), json!({ "distinct": 1, "within_s": 600 }));
    let kept = plan(0, &[home, rule("abroad", &["00"], &[])]);
    let unsaved = house.tried("021 6123 4567", Some(&kept)).await;
    assert_eq!((&unsaved["allowed"], &unsaved["rule"]), (&json!(true), &json!({ "id": "", "name": "home" })));
    assert_eq!(house.tried("021 6123 4567", None).await["reason"], "no_rule");
    let put = house.put(&kept).await.json();
    for n in 1..9 {
        let trial = house.tried(&format!("021 6123 456{n}"), None).await;
        let (trunk, id) = (json!({ "id": a.to_string(), "name": "north" }), &put["rules"][0]["id"]);
        assert_eq!((&trial["trunk"], &trial["rule"]["id"]), (&trunk, id), "{n}: nothing is counted");
        assert_eq!((&trial["sent"], &trial["shown"]), (&json!(format!("0216123456{n}")), &json!("40081")));
    }
    house
        .floor
        .trunks
        .lock()
        .unwrap()
        .insert(a, Some(TrunkStanding { working: Some(false), since: Some(MORNING), ..Default::default() }));
    let trial = house.tried("021 6123 4567", None).await;
    let north = json!({ "id": a.to_string(), "name": "north" });
    assert_eq!(
        (&trial["trunk"]["name"], &trial["passed"]),
        (&json!("south"), &json!([{ "trunk": north, "why": "unreachable" }]))
    );
    assert_eq!(house.tried("0044 20 7946 0000", None).await["reason"], "denied_by_rule");
    assert_eq!(house.tried("*72", None).await["reason"], "misspelt");
    let emergency = house.tried("9 110", None).await;
    assert_eq!((&emergency["emergency"], &emergency["sent"]), (&json!(true), &json!("110")));
    house.floor.trunks.lock().unwrap().insert(b, None);
    let trial = house.tried("021 6123 4567", None).await;
    assert_eq!(trial["trunk"]["name"], "north", "one that is in no configuration carries nothing");
    let wrong = json!({ "number": "021", "agent_id": "agt_0000000000001" });
    let refused = house.ask(&house.centre.admin_token, "POST", TRY, wrong).await;
    assert_eq!(faults(&refused), [("agent_id".to_owned(), "unknown_reference".to_owned())]);
    let body = json!({ "number": "021", "agent_id": house.centre.agent.to_string(), "plan": plan(0, &[rule("", &["1"], &[a])]) });
    let refused = house.ask(&house.centre.admin_token, "POST", TRY, body).await;
    assert_eq!(faults(&refused), [("plan.rules.0.name".to_owned(), "missing".to_owned())]);
}

#[tokio::test]
async fn stops_stand_on_the_floor_until_somebody_releases_them() {
    let house = House::build().await;
    let (centre, trunk) = (&house.centre, house.trunk("north").await);
    let standing = TrunkStanding {
        working: Some(true),
        since: Some(Utc(MORNING.0 + 1)),
        registration: Some((Registration::Refused, Some(Utc(MORNING.0 + 2)))),
    };
    house.floor.trunks.lock().unwrap().insert(trunk, Some(standing));
    let alarm = Alarm { distinct: 20, within: std::time::Duration::from_secs(600) };
    let gone = AgentId(99);
    let stopped = |stopped| Event::OutboundStopped { conversation: None, stopped, by: centre.agent, alarm };
    let rule = DestinationRuleId(98);
    let events =
        vec![stopped(Stopped::Agent(centre.agent)), stopped(Stopped::Agent(gone)), stopped(Stopped::Rule(rule))];
    house.floor.commit(centre.tenant.id, MORNING, events, vec![]).await;
    let (path, token) = ("/api/v1/outbound-stops", &centre.supervisor_token);
    let told = house.get(token, path).await.json();
    let name = "Name of north.agent";
    let row = |agent: Value, rule: Value| json!({ "agent": agent, "rule": rule, "since": MORNING.0, "distinct": 20, "within_s": 600 });
    let named = |id: String, name: &str| json!({ "id": id, "name": name });
    let mut expected = vec![
        row(named(gone.to_string(), ""), Value::Null),
        row(named(centre.agent.to_string(), name), Value::Null),
        row(Value::Null, named(rule.to_string(), "")),
    ];
    assert_eq!(told["items"], json!(expected));
    let floor = house.get(token, "/api/v1/floor").await.json();
    assert_eq!(floor["outbound_stops"], told["items"]);
    let figures = house.get(&centre.admin_token, "/metrics").await.text;
    assert!(figures.contains("callisto_outbound_stops 3\n"), "{figures}");
    let none = json!({ "total": null, "outbound": null, "inbound": null });
    let north = json!({
        "id": trunk.to_string(), "name": "north", "working": true, "since": MORNING.0 + 1,
        "registration": "refused", "registration_since": MORNING.0 + 2, "channels_in": 0, "channels_out": 0, "cap": none,
    });
    assert_eq!(floor["trunks"], json!([north]));
    let release = |body: Value| house.ask(token, "POST", "/api/v1/outbound-stops/release", body);
    let stopped = Stopped::Agent(gone);
    let answer = release(json!({ "agent_id": gone.to_string(), "rule_id": null })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let asked = house.floor.asked.lock().unwrap().pop();
    assert_eq!(asked, Some((centre.tenant.id, centre.supervisor, AgentAction::ReleaseOutbound { stopped })));
    for bad in [json!({}), json!({ "agent_id": "x" }), json!({ "agent_id": "a", "rule_id": "b" })] {
        assert_eq!(release(bad).await.problem().0, 422);
    }
    let released = vec![Event::OutboundReleased { stopped, by: centre.supervisor }];
    house.floor.commit(centre.tenant.id, MORNING, released, vec![]).await;
    expected.remove(0);
    assert_eq!(house.get(token, path).await.json()["items"], json!(expected));
    let trail = house.get(&centre.admin_token, "/api/v1/audit?limit=10&action=outbound.").await.json();
    assert_eq!(trail["items"][0]["object_id"], gone.to_string());
}

#[tokio::test]
async fn channels_of_a_trunk_are_those_of_the_ledger() {
    let house = House::build().await;
    let (centre, trunk) = (&house.centre, house.trunk("north").await);
    let conversation = ConversationId(71);
    let passed = vec![Passed { trunk: TrunkId(5), block: Block::Full }];
    let route = Some(OutboundRoute { trunk, rule: None, passed });
    let (segment, agent, device, task) = (SegmentId(72), centre.agent, None, None);
    let begun = Event::OutboundStarted { conversation, segment, agent, route, device, task };
    house.floor.commit(centre.tenant.id, MORNING, vec![begun], vec![]).await;
    let row = async || house.get(&centre.supervisor_token, "/api/v1/floor").await.json()["trunks"][0].clone();
    let found = row().await;
    assert_eq!((&found["channels_in"], &found["channels_out"]), (&json!(0), &json!(1)));
    let result = domain::OutboundResult::Busy;
    let ended = Event::OutboundEnded { conversation, segment, agent, result, by: None, post_dial_delay: None };
    house.floor.commit(centre.tenant.id, MORNING, vec![ended], vec![]).await;
    assert_eq!(row().await["channels_out"], 0);
}
