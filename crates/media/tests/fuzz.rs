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
        // The stream asked about is one of those the packet names, so that its blocks are read.
        let ssrc = bytes.get(8..12).and_then(|word| word.try_into().ok()).map_or(0, u32::from_be_bytes);
        let _ = rtcp::parse(bytes, ssrc);
    });
}

#[test]
fn dtmf() {
    fuzzing::replay("media/dtmf", |bytes| {
        let _ = TelephoneEvent::parse(bytes);
    });
}
