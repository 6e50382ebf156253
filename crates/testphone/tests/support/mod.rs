//! Waiting, written once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]
#![allow(dead_code, reason = "every test file takes what it needs")]

use std::time::Duration;

/// How long anything on loopback may take, on a busy machine.
pub const SOON: Duration = Duration::from_secs(5);

/// Lets a window of sound pass.
pub async fn hear(window: Duration) {
    tokio::time::sleep(window).await;
}

/// Waits until `holds`, in a test without a runtime.
pub fn until_blocking(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..100 {
        std::thread::sleep(Duration::from_millis(50));
        if holds() {
            return;
        }
    }
    panic!("{what} did not come");
}

/// Waits until a tone stands 25 dB above everything else for `window`. A busy machine may stall packets for a while.
pub async fn until_heard(call: &testphone::CallControl, hz: f64, window: Duration) -> testphone::Heard {
    let deadline = tokio::time::Instant::now() + SOON;
    loop {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let heard = call.listen(window, Some(hz)).await.unwrap();
        if heard.snr_db > 25.0 {
            return heard;
        }
        assert!(tokio::time::Instant::now() < deadline, "{hz} Hz: {heard:?}");
    }
}

/// Waits until `holds`.
pub async fn until(what: &str, holds: impl Fn() -> bool) {
    let deadline = tokio::time::Instant::now() + SOON;
    while !holds() {
        assert!(tokio::time::Instant::now() < deadline, "{what} did not come");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
