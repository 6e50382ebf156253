//! Broken packets: whatever arrives on a media port is read or dropped (fuzz/README.md says how to search longer).

use media::{dtmf::TelephoneEvent, rtcp, rtp::RtpView};

#[test]
fn rtp() {
    fuzzing::replay("media/rtp", |bytes| {
        if let Ok(view) = RtpView::parse(bytes) {
            assert!(view.payload.len() <= bytes.len());
        }
    });
}

#[test]
fn rtcp() {
    fuzzing::replay("media/rtcp", |bytes| {
        let _ = rtcp::parse(bytes);
    });
}

#[test]
fn dtmf() {
    fuzzing::replay("media/dtmf", |bytes| {
        let _ = TelephoneEvent::parse(bytes);
    });
}
