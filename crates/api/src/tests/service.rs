//! What holds for every answer: headers, files of the client, faults of ours, TLS, stopping.

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use tokio::sync::watch;

use super::house::*;
use crate::config::ServeError;
use crate::{ApiConfig, Listening, TlsConfig};

/// A certificate for `localhost` and its key, made for these tests and of no use elsewhere.
pub fn fixture(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "src", "tests", "fixtures", name].iter().collect()
}

#[tokio::test]
async fn health_is_told_to_everybody_and_tells_nothing_else() {
    let house = House::build().await;
    let answer = house.get("", "/healthz").await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, r#"{"status":"ok"}"#));
    assert_eq!(answer.header("server"), "");
}

#[tokio::test]
async fn a_panic_ends_its_request_only() {
    let house = House::build().await;
    house.floor.panics.store(true, Ordering::SeqCst);
    assert_eq!(house.get("", "/healthz").await.problem(), (500, "internal".to_owned()));
    assert_eq!(house.get("", "/healthz").await.status.as_u16(), 200);
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect() {
    let house = House::build().await;
    for path in ["/healthz", "/api/v1/me", "/api/nothing", "/nowhere.js"] {
        let answer = house.get("", path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(policy.contains("connect-src 'self';") && !policy.contains("unsafe-eval"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
    }
    assert_eq!(house.get("", "/api/nothing").await.problem(), (404, "not_found".to_owned()));
    assert_eq!(house.get("", "/api/nothing").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_client_is_served_from_its_directory() {
    let dir = tempfile::tempdir().unwrap();
    let web = dir.path().join("web");
    std::fs::create_dir_all(web.join("assets")).unwrap();
    std::fs::write(web.join("index.html"), "<!doctype html>the page").unwrap();
    std::fs::write(web.join("assets/app-1a2b.js"), format!("let a = 1; // {}", "x".repeat(4_000))).unwrap();
    std::fs::write(dir.path().join("secret.txt"), "secret").unwrap();
    let house = House::with(|config| config.web_dir = Some(web)).await;
    let page = house.get("", "/").await;
    assert_eq!(
        (page.text.as_str(), page.header("content-type")),
        ("<!doctype html>the page", "text/html; charset=utf-8")
    );
    assert_eq!(page.header("cache-control"), "no-cache");
    for place in ["/conversations/cnv_0000000000001", "/desk", "/settings/queues"] {
        assert_eq!(house.get("", place).await.text, page.text, "{place}");
    }
    let script = house.get("", "/assets/app-1a2b.js").await;
    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    for missing in
        ["/missing.js", "/assets/missing.css", "/../secret.txt", "/assets/..%2F..%2Fsecret.txt", "//etc/passwd.txt"]
    {
        let answer = house.get("", missing).await;
        assert!(answer.status.as_u16() == 404 && !answer.text.contains("secret"), "{missing} {}", answer.text);
    }
    assert_eq!(house.ask("", "POST", "/", json!({})).await.status.as_u16(), 405);
    let mut again = request("", "GET", "/assets/app-1a2b.js", &Value::Null);
    again.headers_mut().insert("if-none-match", script.header("etag").parse().unwrap());
    assert_eq!(house.send(again).await.status.as_u16(), 304);
    let mut packed = request("", "GET", "/assets/app-1a2b.js", &Value::Null);
    packed.headers_mut().insert("accept-encoding", "gzip".parse().unwrap());
    assert_eq!(house.send(packed).await.header("content-encoding"), "gzip");
}

#[tokio::test]
async fn test_hooks_answer_only_when_they_are_on() {
    let house = House::build().await;
    let census = house.get(&house.centre.admin_token, "/api/v1/test/census").await;
    assert_eq!(census.json(), json!({ "counts": { "legs": 0, "live_connections": 0 } }));
    let closed = House::with(|config| config.test_hooks = false).await;
    let census = closed.get(&closed.centre.admin_token, "/api/v1/test/census").await;
    assert_eq!(census.problem(), (404, "not_found".to_owned()));
}

pub fn given(certificate: &str) -> TlsConfig {
    TlsConfig::Given { certificate: fixture(certificate), key: fixture("localhost.key") }
}

pub fn open(house: &House, tls: TlsConfig) -> Result<(Listening, watch::Sender<bool>), ServeError> {
    let (stop, stopping) = watch::channel(false);
    let config = ApiConfig { tls, ..config() };
    let listening = Listening::open(
        config,
        house.store.clone(),
        house.app.recordings.clone(),
        house.floor.clone(),
        house.clock.clone(),
        stopping,
    )?;
    Ok((listening, stop))
}

#[tokio::test]
async fn what_stands_against_serving_is_named() {
    let house = House::build().await;
    let missing = open(&house, given("missing.pem")).err().unwrap();
    assert!(missing.to_string().ends_with("missing.pem cannot be used for TLS"), "{missing}");
    let (listening, _stop) = open(&house, TlsConfig::Off).unwrap();
    let config = ApiConfig { bind: listening.address().unwrap(), ..config() };
    let (_, stopping) = watch::channel(false);
    let busy = Listening::open(
        config,
        house.store.clone(),
        house.app.recordings.clone(),
        house.floor.clone(),
        house.clock.clone(),
        stopping,
    );
    assert!(matches!(busy.err().unwrap(), ServeError::Listen { .. }));
}
