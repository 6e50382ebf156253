//! Two phones call each other: what one sends, the other must measure.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test's helpers fail by panicking")]

mod support;

use std::time::Duration;

use support::{SOON, hear, until, until_heard};
use testphone::{Answering, Call, CallPlan, Codec, EventKind, HoldStyle, Phone, Sound};

async fn pair(plan: impl FnOnce(&mut CallPlan)) -> (Phone, Phone, Call, Call) {
    let bind = "127.0.0.1:0".parse().unwrap();
    let mut callee =
        Phone::start(bind, Some(Answering { sound: Sound::Tone { hz: 1_000.0 }, by_hand: false })).await.unwrap();
    let caller = Phone::start(bind, None).await.unwrap();
    let mut out = CallPlan::new(&format!("sip:100@{}", callee.local_addr()), "13800138000");
    out.sound = Sound::Tone { hz: 800.0 };
    plan(&mut out);
    let mut a = caller.call(out).await.unwrap();
    let mut b = callee.incoming().await.unwrap();
    a.wait(SOON, |kind| *kind == EventKind::Answered).await.expect("answered");
    b.wait(SOON, |kind| *kind == EventKind::Answered).await.expect("acknowledged");
    (caller, callee, a, b)
}

#[tokio::test]
async fn each_hears_the_others_tone_and_nothing_else() {
    for codec in [Codec::Pcma, Codec::Pcmu] {
        let (_caller, _callee, a, b) = pair(|plan| plan.codec = codec).await;
        let window = Duration::from_millis(500);
        let at_a = until_heard(&a.control(), 1_000.0, window).await;
        let at_b = until_heard(&b.control(), 800.0, window).await;
        for (heard, hz) in [(&at_a, 1_000.0), (&at_b, 800.0)] {
            assert!((heard.dominant_hz.unwrap() - hz).abs() < 5.0, "{codec:?} {heard:?}");
        }
    }
}

#[tokio::test]
async fn digits_arrive_once_each_and_sound_goes_on() {
    let (_caller, _callee, mut a, mut b) = pair(|_| {}).await;
    until_heard(&b.control(), 800.0, Duration::from_millis(200)).await;
    for key in ['1', '#', 'D'] {
        a.control().digit(key, Duration::from_millis(100), Duration::from_millis(100)).await.unwrap();
        a.wait(SOON, |kind| matches!(kind, EventKind::DigitSent { .. })).await.expect("sent");
    }
    for key in ['1', '#', 'D'] {
        let heard = b.wait(SOON, |kind| matches!(kind, EventKind::DigitHeard { .. })).await.expect("heard");
        assert_eq!(heard.kind, EventKind::DigitHeard { key, length: Duration::from_millis(100) });
    }
    until_heard(&b.control(), 800.0, Duration::from_millis(100)).await;
    let (stats, keys) = b.control().stats().await.unwrap();
    assert_eq!(keys, ['1', '#', 'D']);
    // Each digit: four packets of 20 ms, the fifth three times.
    assert_eq!((stats.events_received, stats.lost, stats.ssrcs.len()), (21, 0, 1), "{stats:?}");
    let refused = a.control().digit('x', SOON, SOON).await;
    assert_eq!(refused, Err("'x' is not a key of a telephone".to_owned()));
}

#[tokio::test]
async fn silence_after_a_digit_is_measured_from_its_first_packet() {
    let (_caller, _callee, mut a, b) = pair(|_| {}).await;
    until_heard(&a.control(), 1_000.0, Duration::from_millis(200)).await;
    a.control().digit('1', Duration::from_millis(60), Duration::from_millis(100)).await.unwrap();
    hear(Duration::from_millis(150)).await;
    b.control().sound(Sound::Silence).await.unwrap();
    let event = a.wait(SOON, |kind| matches!(kind, EventKind::SilenceAfterDigit { .. })).await.unwrap();
    let EventKind::SilenceAfterDigit { after: Some(after), was_loud: true, .. } = event.kind else {
        panic!("{event:?}")
    };
    // Silence is ordered 150 ms after the digit; a busy machine may be late with either.
    assert!((100..2_000).contains(&after.as_millis()), "{after:?}");
}

#[tokio::test]
async fn hold_and_resume_are_negotiated_in_every_spelling() {
    let (_caller, _callee, mut a, mut b) = pair(|_| {}).await;
    for (style, direction) in [
        (HoldStyle::Sendonly, "sendonly"),
        (HoldStyle::Inactive, "inactive"),
        (HoldStyle::Recvonly, "recvonly"),
        (HoldStyle::Zero, "sendrecv"),
    ] {
        a.control().hold(style).await.unwrap();
        let seen = EventKind::PeerRenegotiated { direction: direction.to_owned() };
        b.wait(SOON, |kind| *kind == seen).await.expect(direction);
        a.wait(SOON, |kind| matches!(kind, EventKind::Renegotiated { .. })).await.expect(direction);
    }
    a.control().resume().await.unwrap();
    a.wait(SOON, |kind| matches!(kind, EventKind::Renegotiated { .. })).await.expect("resumed");
    until_heard(&a.control(), 1_000.0, Duration::from_millis(200)).await;
}

#[tokio::test]
async fn both_sides_see_one_end_and_the_record_can_be_saved() {
    let (caller, _callee, mut a, mut b) = pair(|_| {}).await;
    until_heard(&a.control(), 1_000.0, Duration::from_millis(200)).await;
    a.control().bye().await.unwrap();
    let ended = |by_peer| move |kind: &EventKind| *kind == EventKind::Ended { by_peer, reason: None };
    a.wait(SOON, ended(false)).await.expect("our BYE was answered");
    b.wait(SOON, ended(true)).await.expect("their BYE was seen");
    assert_eq!(a.control().bye().await, Err("the call is not answered".to_owned()));
    let path = std::env::temp_dir().join(format!("testphone-{}.wav", std::process::id()));
    a.control().save_wav(path.clone()).await.unwrap();
    let size = std::fs::metadata(&path).unwrap().len();
    std::fs::remove_file(&path).unwrap();
    assert!(size > 44 + 1_600, "{size}");
    drop(a);
    until("the end of a dropped call", || caller.calls() == 0).await;
}
