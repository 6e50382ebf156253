//! Sites: what is taken and refused, what belongs to one, and how its link stands.

use domain::room::PortRole;
use domain::{EndReason, EndedBy, Event, LegId, Utc};
use serde_json::{Value, json};

use super::call::Call;
use super::house::*;
use crate::port::{PhoneStanding, RefusedTelephone};

const SITES: &str = "/api/v1/sites";
/// As people write them; IPv4 as IPv6 is IPv4.
const MIXED_RANGES: [&str; 5] = ["10.8.0.7/24", "2001:db8::/48", "::ffff:10.9.0.0/120", "::ffff:10.8.1.7", "::/0"];

#[tokio::test]
async fn a_site_is_made_changed_and_removed() {
    let house = House::build().await;
    let token = &house.centre.admin_token;
    let wanted = json!({
        "name": " Dealer Pudong ", "time_zone": "Asia/Shanghai", "address_ranges": MIXED_RANGES,
        "calls_max": 30, "codecs": ["g722", "pcmu", "pcma", "opus"],
    });
    let made = house.ask(token, "POST", SITES, wanted).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let mut site = made.json();
    let path = format!("{SITES}/{}", site["id"].as_str().unwrap());
    assert_eq!(made.header("location"), path);
    let expected = json!({
        "id": site["id"], "name": "Dealer Pudong", "time_zone": "Asia/Shanghai",
        "address_ranges": ["10.8.0.0/24", "2001:db8::/48", "10.9.0.0/24", "10.8.1.7/32", "::/0"],
        "calls_max": 30, "codecs": ["g722", "pcmu", "pcma", "opus"],
        "devices": 0, "users": 0, "numbers": 0, "version": 1,
    });
    assert_eq!(site, expected);
    let change = json!({ "version": 1, "name": "Dealer", "time_zone": "UTC", "address_ranges": [], "calls_max": null,
        "codecs": ["pcma"] });
    site = house.ask(token, "PUT", &path, change.clone()).await.json();
    assert_eq!((&site["name"], &site["calls_max"], &site["version"]), (&json!("Dealer"), &Value::Null, &json!(2)));
    assert_eq!(house.ask(token, "PUT", &path, change).await.problem(), (409, "conflict".to_owned()));
    let number = format!("/api/v1/numbers/{}/site", house.centre.number.id);
    let moved = house.ask(token, "PUT", &number, json!({ "site_id": site["id"] })).await.json();
    assert_eq!(moved["site_id"], site["id"]);
    let phone = json!({ "name": "d", "username": "dd", "site_id": site["id"] });
    let phone = house.ask(token, "POST", "/api/v1/devices", phone).await.json();
    let counted = house.get(token, &path).await.json();
    assert_eq!((&counted["devices"], &counted["users"], &counted["numbers"]), (&json!(1), &json!(0), &json!(1)));
    assert_eq!(house.ask(token, "DELETE", &path, Value::Null).await.problem(), (409, "in_use".to_owned()));
    let back = json!({ "site_id": house.centre.site.id.to_string() });
    assert_eq!(house.ask(token, "PUT", &number, back).await.status, 200);
    let phone = format!("/api/v1/devices/{}", phone["device"]["id"].as_str().unwrap());
    assert_eq!(house.ask(token, "DELETE", &phone, Value::Null).await.status, 204);
    assert_eq!(house.ask(token, "DELETE", &path, Value::Null).await.status, 204);
    assert_eq!(house.get(token, &path).await.problem(), (404, "not_found".to_owned()));
    let trail = house.get(token, "/api/v1/audit?action=site.").await.json();
    let actions: Vec<&Value> = trail["items"].as_array().unwrap().iter().map(|row| &row["action"]).collect();
    assert_eq!(actions[..3], [&json!("site.removed"), &json!("site.updated"), &json!("site.created")]);
}

#[tokio::test]
async fn every_fault_of_a_site_names_its_field() {
    let house = House::build().await;
    let faulty = json!({
        "name": "north site", "time_zone": "Mars/Base", "calls_max": 0,
        "address_ranges": ["10.8.0.0/24", "10.8.0.0/33", "everywhere", "::ffff:10.8.0.9/120"],
        "codecs": ["pcma", "g729"],
    });
    let answer = house.ask(&house.centre.admin_token, "POST", SITES, faulty).await.json();
    let faults: Vec<(&str, &str)> = answer["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| (fault["field"].as_str().unwrap(), fault["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        faults,
        [
            ("name", "taken"),
            ("time_zone", "unknown_time_zone"),
            ("address_ranges.1", "malformed"),
            ("address_ranges.2", "malformed"),
            ("address_ranges.3", "taken"),
            ("calls_max", "too_small"),
            ("codecs.1", "malformed"),
        ]
    );
    let many: Vec<String> = (0..33).map(|n| format!("10.{n}.0.0/16")).collect();
    let many = json!({ "name": "x", "address_ranges": many, "codecs": [] });
    let answer = house.ask(&house.centre.admin_token, "POST", SITES, many).await.json();
    assert_eq!(answer["fields"][0], json!({ "field": "address_ranges", "code": "too_large", "limit": 32 }));
    assert_eq!(answer["fields"][1], json!({ "field": "codecs", "code": "missing" }));
}

#[tokio::test]
async fn whoever_does_not_run_the_centre_can_be_kept_to_a_site() {
    let house = House::build().await;
    let token = &house.centre.admin_token;
    let path = |id: &dyn std::fmt::Display| format!("/api/v1/agents/{id}");
    let (lead, agent) = (path(&house.centre.supervisor), path(&house.centre.agent));
    assert_eq!(house.get(token, &lead).await.json()["reach"], "tenant");
    let change = json!({ "version": 1, "reach": "site" });
    assert_eq!(house.ask(token, "PATCH", &lead, change.clone()).await.json()["reach"], "site");
    assert_eq!(house.ask(token, "PATCH", &agent, change).await.json()["reach"], "site");
    let promoted = json!({ "version": 2, "role": "administrator" });
    let refused = house.ask(token, "PATCH", &lead, promoted).await.json();
    assert_eq!(refused["fields"], json!([{ "field": "reach", "code": "malformed" }]));
}

#[tokio::test]
async fn a_customer_belongs_to_the_site_of_whoever_makes_it_and_the_head_office_moves_it() {
    let house = House::build().await;
    let (admin, east, west) = (&house.centre.admin_token, house.site("east").await, house.site("west").await);
    let lead = &east.supervisor_token;
    let new = |name: &str, site: Option<&str>| {
        let mut body = json!({ "name": name, "numbers": [{ "number": "13900001111" }] });
        if let Some(site) = site {
            body["site_id"] = json!(site);
        }
        body
    };
    let (east_id, west_id) = (east.site.id.to_string(), west.site.id.to_string());
    let made = house.ask(lead, "POST", "/api/v1/customers", new("a", None)).await.json();
    assert_eq!(made["site_id"], east_id.as_str());
    for foreign in [west_id.as_str(), "", "7"] {
        let refused = house.ask(lead, "POST", "/api/v1/customers", new("b", Some(foreign))).await;
        assert_eq!(refused.problem().0, 422, "{foreign:?}");
    }
    let mine = house.ask(admin, "POST", "/api/v1/customers", new("c", None)).await.json();
    assert_eq!(mine["site_id"], house.centre.site.id.to_string());
    let path = format!("/api/v1/customers/{}", mine["id"].as_str().unwrap());
    assert_eq!(house.get(lead, &path).await.status, 404, "the head office's");
    let moved = json!({ "version": 1, "site_id": "" });
    assert_eq!(house.ask(admin, "PATCH", &path, moved).await.json().get("site_id"), None, "shared by all");
    let shared = house.get(lead, &path).await.json();
    let taken = json!({ "version": shared["version"], "site_id": east_id });
    assert_eq!(house.ask(lead, "PATCH", &path, taken.clone()).await.problem().0, 422, "not theirs to take");
    assert_eq!(house.ask(admin, "PATCH", &path, taken).await.json()["site_id"], east_id.as_str());
    assert_eq!(house.get(&west.supervisor_token, &path).await.status, 404);
    let list = house.get(lead, "/api/v1/customers").await.json();
    let names: Vec<&str> = list["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"a") && names.contains(&"c") && !names.contains(&"west 李华"), "{names:?}");
}

#[tokio::test]
async fn a_site_sees_another_sites_customer_who_speaks_with_it_and_an_agent_of_it_nothing_else() {
    let house = House::build().await;
    let (admin, head) = (&house.centre.admin_token, &house.centre);
    // Whoever calls the dealer is a customer of the head office.
    let east = Centre { customer: head.customer.clone(), ..house.site("east").await };
    let change = json!({ "version": 1, "reach": "site" });
    assert_eq!(house.ask(admin, "PATCH", &format!("/api/v1/agents/{}", east.agent), change).await.status, 200);
    let token = &east.agent_token;
    let customer = json!({ "version": 1, "site_id": head.site.id.to_string() });
    let path = format!("/api/v1/customers/{}", head.customer.id);
    assert_eq!(house.ask(admin, "PATCH", &path, customer).await.status, 200);

    let theirs = Call::new(&house, head);
    theirs.queued(&house, head).await;
    theirs.offered(&house, head).await;
    theirs.answered(&house, head).await;
    let conversation = format!("/api/v1/conversations/{}", theirs.conversation);
    for hidden in [&path, &conversation] {
        assert_eq!(house.get(token, hidden).await.status, 404, "{hidden}");
    }
    let note = house.ask(token, "PUT", &format!("{conversation}/note"), json!({ "text": "x" })).await;
    assert_eq!(note.status, 404);
    let pick_up = house.ask(token, "POST", &format!("{conversation}/pick-up"), json!({})).await;
    assert_eq!(pick_up.status, 404);

    let call = Call::new(&house, &east);
    call.queued(&house, &east).await;
    assert_eq!(house.get(token, &path).await.json()["name"], "north 王小明", "who speaks with the site is known to it");
    let note = json!({ "version": house.get(token, &path).await.json()["version"], "note": "wants a call on Friday" });
    assert_eq!(house.ask(token, "PATCH", &path, note).await.status, 200);
}

#[tokio::test]
async fn the_floor_tells_how_the_link_of_a_site_stands() {
    let house = House::build().await;
    let (token, head) = (&house.centre.admin_token, house.centre.site.id);
    assert_eq!(house.get(token, "/api/v1/floor").await.json()["sites"], json!([]));
    let east = house.site("east").await;
    let phone = json!({ "name": "d", "username": "dd", "site_id": east.site.id.to_string() });
    let phone = house.ask(token, "POST", "/api/v1/devices", phone).await.json()["device"]["id"].clone();
    let device = phone.as_str().unwrap().parse().unwrap();
    let row = |link: &str, since: Value, registered: u32| {
        json!({ "id": east.site.id.to_string(), "name": "east", "link": link, "since_at_us": since,
            "registered": registered, "devices": 1, "calls": 0, "calls_max": null })
    };
    let floor = house.get(token, "/api/v1/floor").await.json();
    assert_eq!(floor["sites"][0], row("none", Value::Null, 0));
    assert_eq!((&floor["sites"][1]["id"], &floor["sites"][1]["link"]), (&json!(head.to_string()), &json!("none")));
    for (reachable, since, expected) in [(true, 5, row("up", json!(5), 1)), (false, 9, row("down", json!(9), 0))] {
        house.floor.phones.lock().unwrap().insert(device, PhoneStanding { reachable, since: Utc(since) });
        assert_eq!(house.get(token, "/api/v1/floor").await.json()["sites"][0], expected);
    }
    let refused = RefusedTelephone {
        device,
        address: "198.51.100.4:5062".parse().unwrap(),
        ago: std::time::Duration::from_secs(1),
    };
    house.floor.refused.lock().unwrap().push(refused);
    let shown = house.get(token, &format!("/api/v1/devices/{}", phone.as_str().unwrap())).await.json();
    let at = house.clock.utc().0 - 1_000_000;
    assert_eq!(shown["refused"], json!({ "address": "198.51.100.4:5062", "at_us": at }));
}

#[tokio::test]
async fn an_agent_who_is_rung_or_talks_by_the_browser_counts_for_their_site() {
    let house = House::build().await;
    let token = &house.centre.admin_token;
    house.site("east").await;
    let head = json!(house.centre.site.id.to_string());
    let calls = async || {
        let floor = house.get(token, "/api/v1/floor").await.json();
        let rows = floor["sites"].as_array().unwrap().clone();
        rows.iter().map(|row| (row["id"] == head, row["calls"].as_u64().unwrap())).collect::<Vec<_>>()
    };
    Call::agent_ready(&house, &house.centre).await;
    let call = Call::new(&house, &house.centre);
    call.queued(&house, &house.centre).await;
    call.offered(&house, &house.centre).await;
    assert_eq!(calls().await, [(false, 0), (true, 1)], "the desk rings");
    call.answered(&house, &house.centre).await;
    assert_eq!(
        calls().await,
        [(false, 0), (true, 0)],
        "the customer is at no site, and the desk is silent until the browser is in"
    );
    let (conversation, leg) = (call.conversation, house.store.mint::<LegId>(house.clock.utc()));
    let agent = Some(house.centre.agent);
    let joined = Event::LegJoined { conversation, leg, role: PortRole::Agent, agent, trunk: None };
    call.commit(&house, vec![joined], vec![]).await;
    assert_eq!(calls().await, [(false, 0), (true, 1)]);
    let (by, reason) = (EndedBy::Customer, EndReason::HungUp);
    call.commit(&house, vec![Event::LegLeft { conversation, leg, by, reason, quality: None }], vec![]).await;
    assert_eq!(calls().await, [(false, 0), (true, 0)]);
}
