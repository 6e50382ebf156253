//! Numbers and addresses of callers never stand in the log above DEBUG. Alone in its program, because a log has one subscriber.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]

mod support;

use std::io::Write;
use std::sync::{Arc, Mutex};

use domain::Cause;
use sip::SipEvent;
use support::{Centre, Raw};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;

    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_of_calls_names_no_caller() {
    let log = Log::default();
    tracing_subscriber::fmt().with_max_level(tracing::Level::INFO).with_writer(log.clone()).init();
    let mut centre = Centre::with(1, |_| {}).await;
    let raw = Raw::new(&centre).await;
    let (leg, tag) = raw.establish(&mut centre).await;
    raw.send(&raw.request("MESSAGE", 2, "m", Some(&tag), "", "")).await;
    raw.expect("SIP/2.0 405").await;
    centre.sip.release(leg, Cause::Normal);
    raw.expect("BYE ").await;
    assert!(matches!(centre.event().await, SipEvent::Ended { .. }));
    raw.send(&raw.invite(7, "x").replacen("v=0", "v=9", 1)).await;
    raw.expect("SIP/2.0 400").await;
    let stranger = Raw::from("127.0.0.2:0", &centre).await;
    stranger.send(&stranger.invite(1, "x")).await;
    stranger.expect("SIP/2.0 403").await;
    centre.sip.clone().stop().await;
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("SIP is listening") && text.contains("SIP has stopped"), "{text}");
    for secret in ["13800138000", "4008001234", "127.0.0.2", "peer"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}
