//! Who must be encrypted: what is refused, how, and that nothing falls back to what everybody can read.

use domain::{Encryption, MasterKey};

use super::devices::{DEVICE, Office};
use super::*;
use crate::config::{CallerId, DeviceAccount, DialTarget, Outbound, Target, Transport};
use crate::digest::Ha1;

const KEY: &str = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n";

fn sdp(profile: &str, lines: &str) -> String {
    format!(
        "v=0\r\no=- 1 1 IN IP4 10.0.0.2\r\ns=-\r\nc=IN IP4 10.0.0.2\r\nt=0 0\r\nm=audio 3000 {profile} 8\r\n{lines}"
    )
}

fn plain() -> Hop {
    Hop::Udp("203.0.113.5:5062".parse().unwrap())
}

fn over_tls() -> Hop {
    Hop::Tls(ConnectionId(9), "203.0.113.5:40000".parse().unwrap())
}

fn office(encryption: Encryption) -> Office {
    let mut office = Office::new();
    office.core.draw_keys_with(|| Some(MasterKey::new([3; 30])));
    want(&mut office, encryption);
    office
}

fn want(office: &mut Office, encryption: Encryption) {
    let ha1 = Ha1::new("100", "callisto", "secret");
    office.input(Input::Devices(vec![DeviceAccount {
        device: DEVICE,
        username: "100".to_owned(),
        ha1,
        encryption,
        address_ranges: Vec::new(),
        codecs: Vec::new(),
    }]));
}

fn answer_to(office: &mut Office, from: Hop, method: &str, body: &str) -> String {
    let (_, request) = office.proved(from, method, "100", "secret", body);
    office.ask(from, &request)
}

#[test]
fn what_is_required_of_a_phone_is_refused_with_a_reason_when_it_is_not_so() {
    let secure = sdp("RTP/SAVP", KEY);
    let clear = sdp("RTP/AVP", "");
    for (encryption, from, method, body, answer) in [
        (Encryption::Required, plain(), "REGISTER", "", "SIP/2.0 403 "),
        (Encryption::Required, plain(), "INVITE", secure.as_str(), "SIP/2.0 403 "),
        (Encryption::Required, over_tls(), "REGISTER", "", "SIP/2.0 200 "),
        (Encryption::Required, over_tls(), "INVITE", clear.as_str(), "SIP/2.0 488 "),
        (Encryption::Required, over_tls(), "INVITE", secure.as_str(), "SIP/2.0 100 "),
        (Encryption::WhenOffered, over_tls(), "INVITE", secure.as_str(), "SIP/2.0 100 "),
        (Encryption::WhenOffered, over_tls(), "INVITE", clear.as_str(), "SIP/2.0 100 "),
        (Encryption::WhenOffered, plain(), "INVITE", clear.as_str(), "SIP/2.0 100 "),
        // Keys that everybody on the way has read are none.
        (Encryption::WhenOffered, plain(), "INVITE", secure.as_str(), "SIP/2.0 488 "),
        (Encryption::Off, over_tls(), "INVITE", secure.as_str(), "SIP/2.0 488 "),
        (Encryption::Off, over_tls(), "REGISTER", "", "SIP/2.0 200 "),
    ] {
        let mut office = office(encryption);
        let heard = answer_to(&mut office, from, method, body);
        assert!(heard.starts_with(answer), "{encryption:?} {from:?} {method} {body}: {heard}");
        if answer.contains("403") {
            assert!(heard.contains("Warning: 399 callisto \"TLS is required\"\r\n"), "{heard}");
        }
        let keys = office.events.iter().find_map(|event| {
            if let SipEvent::Arrived { offer, .. } = event { Some(offer.srtp.is_some()) } else { None }
        });
        assert_eq!(keys, answer.contains("100").then_some(body == secure), "{encryption:?} {from:?} {body}");
    }
}

#[test]
fn without_a_source_of_keys_nothing_is_encrypted_and_nothing_falls_back() {
    let mut office = office(Encryption::Required);
    office.core.draw_keys_with(|| None);
    let heard = answer_to(&mut office, over_tls(), "INVITE", &sdp("RTP/SAVP", KEY));
    assert!(heard.starts_with("SIP/2.0 500 "), "{heard}");
}

#[test]
fn the_answer_carries_our_key_and_a_plain_message_within_the_call_is_nobodys() {
    let mut office = office(Encryption::Required);
    answer_to(&mut office, over_tls(), "INVITE", &sdp("RTP/SAVP", KEY));
    office.sent.clear();
    office.input(Input::Leg(LegId(1), LegCommand::Answer("192.0.2.7:40000".parse().unwrap())));
    let (to, ok) = office.sent.last().cloned().unwrap();
    assert_eq!(to, over_tls());
    assert!(ok.contains("m=audio 40000 RTP/SAVP 8\r\n"), "{ok}");
    assert!(
        ok.contains("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMD\r\n"),
        "{ok}"
    );
    let line = |name: &str| ok.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    let bye = format!(
        "BYE sip:400@192.0.2.7 SIP/2.0\r\nVia: SIP/2.0/UDP 203.0.113.5;branch=z9hG4bKbye;rport\r\n{}\r\n{}\r\n{}\r\n\
         CSeq: 99 BYE\r\nContent-Length: 0\r\n\r\n",
        line("From: "),
        line("To: "),
        line("Call-ID: ")
    );
    let heard = office.ask(plain(), &bye);
    assert!(!heard.starts_with("SIP/2.0 200 "), "{heard}");
    assert!(office.ask(over_tls(), &bye).starts_with("SIP/2.0 200 "));
}

#[test]
fn a_phone_that_registered_in_clear_before_that_was_forbidden_is_not_called() {
    let mut office = office(Encryption::WhenOffered);
    answer_to(&mut office, plain(), "REGISTER", "");
    office.events.clear();
    want(&mut office, Encryption::Required);
    assert_eq!(office.events, [SipEvent::DeviceChanged { device: DEVICE, reachable: false }]);
    answer_to(&mut office, over_tls(), "REGISTER", "");
    office.sent.clear();
    let (target, caller) = (DialTarget::Device(DEVICE), CallerId::default());
    let call = Dial { target, caller, local_rtp: "0.0.0.0:41000".parse().unwrap(), auto_answer: false };
    office.input(Input::Dial(LegId(77), &call));
    let (to, invite) = office.sent.last().cloned().unwrap();
    assert_eq!(to, over_tls());
    assert!(
        invite.contains("SIP/2.0/TLS ") && invite.contains(" RTP/SAVP ") && invite.contains("a=crypto:1 "),
        "{invite}"
    );
}

#[test]
fn a_trunk_that_must_be_encrypted_is_heard_and_called_over_tls_alone() {
    let mut office = Office::with(|config| {
        let at = |n: u8, transport| Target { address: format!("192.0.2.1:506{n}").parse().unwrap(), transport };
        let targets = vec![at(0, Transport::Udp), at(1, Transport::Tls)];
        config.trunks[0].outbound = Some(Outbound { targets, login: None, probe: None });
        config.trunks[0].encryption = Encryption::Required;
    });
    office.core.draw_keys_with(|| Some(MasterKey::new([3; 30])));
    let secured = Hop::Tls(ConnectionId(4), "192.0.2.1:50000".parse().unwrap());
    for (from, body, answer) in [
        (Hop::Udp(peer()), sdp("RTP/SAVP", KEY), "SIP/2.0 403 "),
        (secured, sdp("RTP/AVP", ""), "SIP/2.0 488 "),
        (secured, sdp("RTP/SAVP", KEY), "SIP/2.0 100 "),
    ] {
        let invite = office.request("INVITE", "138", "", &body);
        let heard = office.ask(from, &invite);
        assert!(heard.starts_with(answer), "{from:?}: {heard}");
    }
    office.sent.clear();
    let target = DialTarget::Trunk { trunk: TrunkId(1), number: "10086".to_owned() };
    let call =
        Dial { target, caller: CallerId::default(), local_rtp: "0.0.0.0:41000".parse().unwrap(), auto_answer: false };
    office.input(Input::Dial(LegId(77), &call));
    let (to, invite) = office.sent.last().cloned().unwrap();
    assert_eq!(to, Hop::ConnectTls("192.0.2.1:5061".parse().unwrap()));
    assert!(invite.contains(" RTP/SAVP "), "{invite}");
}
