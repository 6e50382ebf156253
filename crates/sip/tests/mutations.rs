//! Ten thousand broken messages from a generator of ours against a running endpoint: nothing panics, memory stays flat, and
//! after every hundred a normal call goes through.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]

mod support;

use domain::{Cause, DeviceId};
use sip::{DeviceAccount, Ha1, SipEvent};
use support::{Centre, RTP, Raw, SOON, offer};
use testphone::{Call, CallPlan, EventKind, Phone};

const MESSAGES: u64 = 10_000;
const CALL_EVERY: u64 = 100;
/// Growth allowed from the first call after warming up to the last.
const GROWTH_MAX: usize = 16 * 1024 * 1024;
/// What the normal calls dial; the broken ones dial something else.
const NORMAL: &str = "4008001234";

/// A small generator, so that a failure can be repeated by its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }
}

/// What stands in for one element of the grammar.
fn anomaly(dice: &mut Dice) -> Vec<u8> {
    let power = 1usize << (1 + dice.roll(13));
    let long = power + dice.roll(3) - 1;
    match dice.roll(20) {
        0 => Vec::new(),
        1 => vec![b'a'; long],
        2 => vec![b'%'; long],
        3 => "%s%n%x".repeat(1 + dice.roll(50)).into_bytes(),
        4 => vec![0; 1 + dice.roll(8)],
        5 => vec![0xff; 1 + dice.roll(64)],
        6 => "\u{202e}\u{0}\u{feff}\u{1f4de}".repeat(1 + dice.roll(9)).into_bytes(),
        7 => b"-1".to_vec(),
        8 => b"4294967296".to_vec(),
        9 => b"18446744073709551616".to_vec(),
        10 => vec![b'9'; long],
        11 => "<".repeat(long).into_bytes(),
        12 => "\"".repeat(1 + dice.roll(9)).into_bytes(),
        13 => ";".repeat(long).into_bytes(),
        14 => ",".repeat(long).into_bytes(),
        15 => "\r\n ".repeat(1 + dice.roll(200)).into_bytes(),
        16 => "\r\n\r\n".to_owned().into_bytes(),
        17 => b"[::ffff:0.0.0.0]:99999".to_vec(),
        18 => "../".repeat(1 + dice.roll(30)).into_bytes(),
        _ => "\\\"<>;,=".repeat(1 + dice.roll(50)).into_bytes(),
    }
}

/// Replaces, doubles, drops or moves elements; elements are what stands between the grammar's separators.
fn mutated(message: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = message.to_vec();
    for _ in 0..=dice.roll(3) {
        let is_separator = |b: &u8| b" \r\n:;<>\"@,=/?&".contains(b);
        let starts: Vec<usize> = (1..bytes.len()).filter(|at| is_separator(&bytes[at - 1])).collect();
        if starts.is_empty() {
            return bytes;
        }
        let at = starts[dice.roll(starts.len())];
        let end = at + bytes[at..].iter().position(is_separator).unwrap_or(bytes.len() - at);
        match dice.roll(6) {
            0 | 1 => {
                bytes.splice(at..end, anomaly(dice));
            }
            2 => {
                let element = bytes[at..end].to_vec();
                bytes.splice(at..at, element);
            }
            3 => bytes.truncate(at),
            4 => bytes[at] = u8::try_from(dice.roll(256)).unwrap(),
            _ => {
                let line = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n + 1);
                let copy = bytes[at..line].to_vec();
                let to = starts[dice.roll(starts.len())];
                bytes.splice(to..to, copy);
            }
        }
    }
    bytes.truncate(60_000);
    bytes
}

fn originals(raw: &Raw) -> Vec<String> {
    let sdp = offer(raw.local(), "a=sendonly\r\n");
    let digest = "Authorization: Digest username=\"100\", realm=\"callisto\", nonce=\"00ff\", uri=\"sip:x\", response=\"00ff\", \
                  algorithm=SHA-256, cnonce=\"c\", qop=auth, nc=00000001\r\n";
    let of = |method: &str, tag: Option<&str>, more: &str, body: &str| {
        raw.request(method, 7, method, tag, more, body).replace(NORMAL, "4009999999")
    };
    let answer = of("OPTIONS", Some("x"), "", "");
    vec![
        of(
            "INVITE",
            None,
            "P-Asserted-Identity: \"x\" <sip:1@c>, <tel:+1>\r\nPrivacy: id\r\nRecord-Route: <sip:a;lr>, <sip:b>\r\n",
            &sdp,
        ),
        of("INVITE", Some("unknown"), "", &sdp),
        of("REGISTER", None, digest, ""),
        of("REGISTER", None, "Contact: *\r\nExpires: 0\r\n", ""),
        of("OPTIONS", None, "Accept: application/sdp\r\n", ""),
        of("BYE", Some("unknown"), "Reason: Q.850;cause=16\r\n", ""),
        of("CANCEL", None, "", ""),
        of("ACK", Some("unknown"), "", &sdp),
        of("MESSAGE", None, "", &sdp),
        answer.replacen(answer.lines().next().unwrap(), "SIP/2.0 200 OK", 1),
    ]
}

fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4_096
}

/// Answers normal calls and refuses the others until a normal one has ended.
async fn normal_call(centre: &mut Centre, phone: &Phone, after: u64) {
    let mut call: Call = phone.call(CallPlan::new(&centre.uri(NORMAL), "13800138000")).await.unwrap();
    let mut ours = None;
    let hang_up = call.control();
    let ended = async {
        call.wait(SOON, |kind| *kind == EventKind::Answered).await.unwrap_or_else(|| panic!("no answer after {after}"));
        hang_up.bye().await.unwrap();
        call.wait(SOON, |kind| matches!(kind, EventKind::Ended { .. }))
            .await
            .unwrap_or_else(|| panic!("no end after {after}"));
    };
    let floor = async {
        loop {
            let event = centre.event().await;
            if let SipEvent::Arrived { leg, called, .. } = &event {
                if called == NORMAL {
                    ours = Some(*leg);
                    centre.sip.answer(*leg, RTP.parse().unwrap());
                } else {
                    centre.sip.refuse(*leg, Cause::UnknownNumber);
                }
            }
            if let SipEvent::Ended { leg, .. } = event
                && ours == Some(leg)
            {
                return;
            }
        }
    };
    tokio::join!(ended, floor);
}

#[tokio::test]
async fn ten_thousand_broken_messages_do_no_harm() {
    let mut centre = Centre::with(4_096, |config| {
        // Everybody is read, or the guard would spare the parser.
        config.guard.address_faults_max = u32::MAX;
        config.limits.requests_per_second = 1_000_000;
        config.limits.stranger_replies_per_second = 1_000_000;
    })
    .await;
    let ha1 = Ha1::new("100", sip::DEFAULT_REALM, "secret");
    centre.sip.set_devices(vec![DeviceAccount {
        device: DeviceId(1),
        username: "100".to_owned(),
        ha1,
        encryption: domain::Encryption::WhenOffered,
        address_ranges: Vec::new(),
        codecs: Vec::new(),
    }]);
    let phone = Phone::start("127.0.0.1:0".parse().unwrap(), None).await.unwrap();
    let peers = [Raw::new(&centre).await, Raw::from("127.0.0.2:0", &centre).await];
    let originals: Vec<Vec<String>> = peers.iter().map(originals).collect();
    let mut dice = Dice(0x5eed_ca11_1570);
    let mut base = None;
    for n in 0..MESSAGES {
        let peer = dice.roll(2);
        let original = &originals[peer][dice.roll(originals[peer].len())];
        peers[peer].send_bytes(&mutated(original.as_bytes(), &mut dice)).await;
        if (n + 1) % CALL_EVERY == 0 {
            normal_call(&mut centre, &phone, n + 1).await;
            // Answers to the broken ones are not what is looked at.
            for peer in &peers {
                while peer.receive_within(std::time::Duration::ZERO).await.is_some() {}
            }
        }
        if n + 1 == MESSAGES / 10 {
            base = Some(resident());
        }
    }
    let growth = resident().saturating_sub(base.unwrap());
    assert!(growth <= GROWTH_MAX, "{growth} bytes more");
}

/// Thirty-two thousand requests from thirty-two addresses: all are banned soon, and nothing of them is kept.
#[tokio::test]
async fn a_flood_of_strangers_leaves_memory_flat_and_a_call_undisturbed() {
    let mut centre = Centre::with(4_096, |_| {}).await;
    let ha1 = Ha1::new("100", sip::DEFAULT_REALM, "secret");
    centre.sip.set_devices(vec![DeviceAccount {
        device: DeviceId(1),
        username: "100".to_owned(),
        ha1,
        encryption: domain::Encryption::WhenOffered,
        address_ranges: Vec::new(),
        codecs: Vec::new(),
    }]);
    let phone = Phone::start("127.0.0.1:0".parse().unwrap(), None).await.unwrap();
    normal_call(&mut centre, &phone, 0).await;
    let base = resident();
    let mut strangers = Vec::new();
    for n in 2..34 {
        strangers.push(Raw::from(&format!("127.0.0.{n}:0"), &centre).await);
    }
    for round in 0..1_000u32 {
        for stranger in &strangers {
            let method =
                ["REGISTER", "INVITE", "SUBSCRIBE", "OPTIONS", "MESSAGE", "NOTIFY", "PUBLISH"][round as usize % 7];
            stranger.send(&stranger.request(method, round + 1, &round.to_string(), None, "", "")).await;
        }
        if round % 250 == 0 {
            normal_call(&mut centre, &phone, u64::from(round)).await;
        }
    }
    normal_call(&mut centre, &phone, 32_000).await;
    let growth = resident().saturating_sub(base);
    assert!(growth <= GROWTH_MAX, "{growth} bytes more");
    let guard = centre.sip.guard().await;
    assert_eq!((guard.banned.len(), guard.bans), (32, 32));
}
