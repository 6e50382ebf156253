//! What the node tells of itself: to everybody codes, to those who may more, to nobody anything about a person.

use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::http::StatusCode;
use domain::{Permission, TenantId};
use serde_json::json;
use store::{NewApiToken, Page, Scope};

use super::house::*;
use crate::vitals::{AddressVitals, DiskVitals, Reach, Registration, TrunkVitals};

/// A second later, so that what was gathered before is old.
fn later(house: &House) {
    house.clock.pass(Duration::from_secs(2));
}

#[tokio::test]
async fn everybody_hears_codes_and_503_exactly_when_no_call_is_taken() {
    let house = House::build().await;
    {
        let mut vitals = house.floor.vitals.lock().unwrap();
        vitals.ledger.commit_p99 = Some(Duration::from_millis(300));
        vitals.disk = Some(DiskVitals { free_bytes: 1, total_bytes: 100, sync: None });
    }
    let degraded = house.get("", "/healthz").await;
    let expected = json!({ "status": "degraded", "codes": ["ledger_slow", "disk_low"] });
    assert_eq!((degraded.status, degraded.json()), (StatusCode::OK, expected));
    house.floor.ledger_ok.store(false, Ordering::SeqCst);
    let failing = house.get("", "/healthz").await;
    let expected = json!({ "status": "failing", "codes": ["ledger_unwritable", "disk_low"] });
    assert_eq!((failing.status, failing.json()), (StatusCode::SERVICE_UNAVAILABLE, expected));
    house.floor.ledger_ok.store(true, Ordering::SeqCst);
    house.floor.draining.store(true, Ordering::SeqCst);
    assert_eq!(house.get("", "/healthz").await.json()["codes"][0], "draining");
    house.floor.draining.store(false, Ordering::SeqCst);
    house.floor.vitals.lock().unwrap().media = None;
    assert_eq!(house.get("", "/healthz").await.status, StatusCode::OK, "gathered at most once a second");
    later(&house);
    assert_eq!(house.get("", "/healthz").await.json()["codes"][0], "media_stalled");
}

#[tokio::test]
async fn calls_that_are_stopped_in_another_centre_are_told_to_whoever_looks_after_the_node_alone() {
    let house = House::build().await;
    let south = house.second_centre().await;
    house.floor.vitals.lock().unwrap().outbound_stops.insert(south.tenant.id, 2);
    assert_eq!(house.get("", "/healthz").await.json()["codes"], json!(["calls_stopped"]));
    let path = "/api/v1/system/health";
    let own = house.get(&south.admin_token, path).await.json();
    assert_eq!((&own["status"], &own["codes"]), (&json!("degraded"), &json!(["calls_stopped"])));
    let other = house.get(&house.centre.admin_token, path).await.json();
    assert_eq!((&other["status"], &other["codes"]), (&json!("ok"), &json!([])));
}

#[tokio::test]
async fn an_administrator_sees_figures_and_only_the_own_carriers() {
    let house = House::build().await;
    let trunk = |tenant, name: &str| TrunkVitals {
        tenant,
        name: name.to_owned(),
        heard: Some(Duration::from_secs(5)),
        is_silent: true,
        no_codec: 3,
        addresses: Vec::new(),
        registration: None,
    };
    house.floor.vitals.lock().unwrap().trunks =
        vec![trunk(house.centre.tenant.id, "ours"), trunk(TenantId(99), "theirs")];
    let health = house.get(&house.centre.admin_token, "/api/v1/system/health").await.json();
    assert_eq!((&health["status"], &health["codes"]), (&json!("degraded"), &json!(["trunk_silent"])));
    let heard_at_us = MORNING.0 - 5_000_000;
    assert_eq!(
        health["trunks"],
        json!([{ "name": "ours", "heard_at_us": heard_at_us, "silent": true, "no_codec": 3 }])
    );
    let text = house.get(&house.centre.admin_token, "/metrics").await.text;
    assert!(text.contains("callisto_trunk_no_codec_total{trunk=\"ours\"} 3\n"), "{text}");
    assert!(text.contains("callisto_trunk_silent{trunk=\"ours\"} 1\n") && !text.contains("theirs"), "{text}");
}

#[tokio::test]
async fn how_carriers_are_reached_stands_in_health_and_in_figures() {
    let house = House::build().await;
    let at = |n: u8, reach| AddressVitals { address: ([198, 51, 100, n], 5060).into(), reach };
    house.floor.vitals.lock().unwrap().trunks = vec![TrunkVitals {
        tenant: house.centre.tenant.id,
        name: "ours".to_owned(),
        heard: None,
        is_silent: false,
        no_codec: 0,
        addresses: vec![at(1, Some(Reach::Down)), at(2, Some(Reach::Up)), at(3, Some(Reach::Untried)), at(4, None)],
        registration: Some(Registration::Refused),
    }];
    let health = house.get(&house.centre.admin_token, "/api/v1/system/health").await.json();
    assert_eq!(health["codes"], json!(["trunk_unregistered"]));
    let addresses = json!([
        { "address": "198.51.100.1:5060", "reach": "down" },
        { "address": "198.51.100.2:5060", "reach": "up" },
        { "address": "198.51.100.3:5060", "reach": "untried" },
        { "address": "198.51.100.4:5060" },
    ]);
    let expected = json!([{ "name": "ours", "silent": false, "addresses": addresses, "registration": "refused" }]);
    assert_eq!(health["trunks"], expected);
    let text = house.get(&house.centre.admin_token, "/metrics").await.text;
    for line in [
        "callisto_trunk_address_up{trunk=\"ours\",address=\"198.51.100.1:5060\"} 0\n",
        "callisto_trunk_address_up{trunk=\"ours\",address=\"198.51.100.2:5060\"} 1\n",
        "callisto_trunk_registered{trunk=\"ours\"} 0\n",
    ] {
        assert!(text.contains(line), "{line} is missing in {text}");
    }
    assert_eq!(text.matches("callisto_trunk_address_up{").count(), 2);
}

#[tokio::test]
async fn metrics_name_every_figure_and_no_person() {
    let house = House::build().await;
    house.get("", "/nothing.js").await;
    let answer = house.get(&house.centre.admin_token, "/metrics").await;
    assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    let queue = &house.store.load_settings(&Scope::system(house.centre.tenant.id)).await.unwrap().queues[0].name;
    for line in [
        "callisto_health 0",
        "callisto_draining 0",
        "callisto_legs{kind=\"telephone\"} 0",
        "callisto_conversations 0",
        "callisto_outbound_stops 0",
        "callisto_ledger_uncommitted_events 0",
        "callisto_ledger_commit_seconds_count 0",
        "callisto_call_set_up_seconds_count 0",
        "callisto_post_dial_delay_seconds_count 0",
        "callisto_legs_bad 0",
        "callisto_leg_mos_count 0",
        "callisto_http_requests_total{status=\"4xx\"} 1",
        "callisto_agents{state=\"signed_out\"}",
        &format!("callisto_queue_waiting{{queue=\"{queue}\"}} 0"),
        &format!("callisto_queue_visits_total{{queue=\"{queue}\",end=\"answered\"}} 0"),
        "process_open_fds",
        "callisto_sip_invites_total 0",
        "callisto_sip_coded_legs 0",
        "callisto_media_packets_total{direction=\"received\"} 0",
    ] {
        assert!(answer.text.contains(line), "{line} is missing in {}", answer.text);
    }
    // Every sample belongs to a family that was announced, and every family is announced once.
    let names: Vec<&str> =
        answer.text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    let once: std::collections::BTreeSet<&&str> = names.iter().collect();
    assert_eq!(once.len(), names.len());
    for line in answer.text.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split(['{', ' ']).next().unwrap();
        assert!(names.iter().any(|family| name.starts_with(family)), "{line}");
        assert!(line.rsplit(' ').next().unwrap().parse::<f64>().is_ok(), "{line}");
    }
    let people = house.store.users(&Scope::system(house.centre.tenant.id), Page::first(50)).await.unwrap();
    for private in people.iter().flat_map(|user| [&user.name, &user.username]).chain([&house.centre.customer.name]) {
        assert!(!answer.text.contains(private.as_str()), "{private} stands in {}", answer.text);
    }
}

#[tokio::test]
async fn a_token_may_be_good_for_metrics_alone() {
    let house = House::build().await;
    let scope = Scope::system(house.centre.tenant.id);
    let administrator = house.store.users(&scope, Page::first(50)).await.unwrap();
    let user = administrator.iter().find(|user| user.role == domain::Role::Administrator).unwrap().id;
    let token = crate::new_token().unwrap();
    let only = Some(vec![Permission::MetricsRead]);
    let token_hash = crate::token_hash(&token);
    let new = NewApiToken { user, name: "prometheus".into(), token_hash, expires_at: None, permissions: only };
    house.store.create_api_token(&scope, MORNING, &new).await.unwrap();
    assert_eq!(house.get(&token, "/metrics").await.status, StatusCode::OK);
    for path in ["/api/v1/me", "/api/v1/customers", "/api/v1/floor"] {
        assert_eq!(house.get(&token, path).await.problem(), (403, "forbidden".to_owned()), "{path}");
    }
    assert_eq!(house.get(&house.centre.supervisor_token, "/metrics").await.problem().0, 403);
    assert_eq!(house.get("", "/metrics").await.problem().0, 401);
}

#[tokio::test]
async fn desks_and_the_floor_say_that_the_node_is_about_to_end() {
    let house = House::build().await;
    assert_eq!(house.get(&house.centre.agent_token, "/api/v1/me/state").await.json()["draining"], false);
    house.floor.draining.store(true, Ordering::SeqCst);
    assert_eq!(house.get(&house.centre.agent_token, "/api/v1/me/state").await.json()["draining"], true);
    assert_eq!(house.get(&house.centre.supervisor_token, "/api/v1/floor").await.json()["draining"], true);
}
