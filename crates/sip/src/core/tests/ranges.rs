//! Telephones that may speak from certain addresses only, and in certain codecs.

use super::devices::{DEVICE, Office};
use super::*;
use crate::config::{CallerId, DeviceAccount, DialTarget};
use crate::digest::Ha1;
use crate::sdp::Codec;

fn want(office: &mut Office, ranges: &[&str], codecs: &[Codec]) {
    let account = DeviceAccount {
        device: DEVICE,
        username: "100".to_owned(),
        ha1: Ha1::new("100", "callisto", "secret"),
        encryption: domain::Encryption::WhenOffered,
        address_ranges: ranges.iter().map(|range| range.parse().unwrap()).collect(),
        codecs: codecs.to_vec(),
    };
    office.input(Input::Devices(vec![account]));
}

fn office(ranges: &[&str]) -> Office {
    let mut office = Office::new();
    want(&mut office, ranges, &[]);
    office
}

fn sdp(formats: &str) -> String {
    format!("v=0\r\no=- 1 1 IN IP4 10.8.0.2\r\ns=-\r\nc=IN IP4 10.8.0.2\r\nt=0 0\r\nm=audio 3000 RTP/AVP {formats}\r\n")
}

fn ways(address: &str) -> [Hop; 3] {
    let address = address.parse().unwrap();
    [Hop::Udp(address), Hop::Tcp(ConnectionId(9), address), Hop::Tls(ConnectionId(9), address)]
}

/// What a phone with the right password hears at last.
fn heard(office: &mut Office, from: Hop, method: &str, body: &str) -> String {
    let first = office.request(method, "100", "", body);
    let answer = office.ask(from, &first);
    if !answer.starts_with("SIP/2.0 401 ") {
        return answer;
    }
    let (_, request) = office.proved(from, method, "100", "secret", body);
    office.ask(from, &request)
}

#[test]
fn a_phone_registers_and_calls_from_its_ranges_alone_whatever_it_comes_over() {
    for (address, is_within) in [("10.8.0.2:5062", true), ("10.8.1.2:5062", false), ("[2001:db8::2]:5062", false)] {
        for from in ways(address) {
            let mut office = office(&["10.8.0.0/24", "2001:db8:1::/48"]);
            for (method, body, good) in [("REGISTER", String::new(), "200"), ("INVITE", sdp("8 0"), "100")] {
                let said = heard(&mut office, from, method, &body);
                let expected = if is_within { good } else { "401" };
                assert!(said.starts_with(&format!("SIP/2.0 {expected} ")), "{method} {from:?}: {said}");
            }
            assert_eq!(office.core.inspect_refusals(Mono(0)).len(), usize::from(!is_within));
            assert_eq!(office.events.is_empty(), !is_within, "{:?}", office.events);
        }
    }
}

#[test]
fn whoever_is_outside_does_not_learn_whether_a_password_is_right() {
    let mut office = office(&["10.8.0.0/24"]);
    let (inside, outside) = (ways("10.8.0.2:5062")[0], ways("198.51.100.4:5062")[0]);
    let mut answers = Vec::new();
    for password in ["secret", "guess"] {
        // The challenge of somebody inside, answered from outside.
        let (_, request) = office.proved(inside, "REGISTER", "100", password, "");
        answers.push(office.ask(outside, &request).lines().next().unwrap_or_default().to_owned());
    }
    assert_eq!(answers, ["SIP/2.0 401 Unauthorized", "SIP/2.0 401 Unauthorized"]);
    let refused = office.core.inspect_refusals(Mono(0));
    assert_eq!((refused[0].device, refused[0].address), (DEVICE, "198.51.100.4:5062".parse().unwrap()));
    // Once it registers where it may, nothing is left of it.
    heard(&mut office, inside, "REGISTER", "");
    assert!(office.core.inspect_refusals(Mono(0)).is_empty());
}

#[test]
fn a_registration_ends_when_its_address_is_outside_by_a_change() {
    let mut office = office(&[]);
    let from = ways("10.8.0.2:5062")[0];
    heard(&mut office, from, "REGISTER", "");
    assert_eq!(office.core.inspect_contacts(Mono(0)).len(), 1);
    want(&mut office, &["10.8.0.0/16"], &[]);
    assert_eq!(office.core.inspect_contacts(Mono(0)).len(), 1);
    want(&mut office, &["10.9.0.0/16"], &[]);
    assert!(office.core.inspect_contacts(Mono(0)).is_empty());
    assert_eq!(office.events.last(), Some(&SipEvent::DeviceChanged { device: DEVICE, reachable: false }));
}

#[test]
fn the_codecs_of_a_site_are_offered_and_answered_in_its_order_and_no_others() {
    use Codec::{G722, Opus, Pcma, Pcmu};
    for (codecs, offered, answered) in [
        (&[][..], "0 8", Some(0)),
        (&[Pcma, Pcmu], "0 8", Some(8)),
        (&[Pcmu, Pcma], "8 0", Some(0)),
        (&[Pcmu, Pcma], "8", Some(8)),
        (&[Pcmu], "8 0", Some(0)),
        (&[Pcmu], "8", None),
        (&[Pcma, Pcmu], "9", None),
        (&[Pcma, G722], "9 8", Some(8)),
        (&[G722, Pcma], "8 9", Some(9)),
    ] {
        let mut office = Office::new();
        want(&mut office, &[], codecs);
        let from = ways("10.8.0.2:5062")[0];
        let said = heard(&mut office, from, "INVITE", &sdp(offered));
        let code = if answered.is_some() { "100" } else { "488" };
        assert!(said.starts_with(&format!("SIP/2.0 {code} ")), "{codecs:?} {offered}: {said}");
        let taken = office.events.iter().find_map(|event| {
            if let SipEvent::Arrived { offer, .. } = event { Some(offer.payload_type) } else { None }
        });
        assert_eq!(taken, answered, "{codecs:?} {offered}");
    }
    for (codecs, offer) in [
        (&[][..], "RTP/AVP 8 0 101"),
        (&[Pcma, Pcmu], "RTP/AVP 8 0 101"),
        (&[Pcmu, Pcma], "RTP/AVP 0 8 101"),
        (&[Pcmu], "RTP/AVP 0 101"),
        (&[Pcma], "RTP/AVP 8 101"),
        (&[G722, Pcma], "RTP/AVP 9 8 101"),
        (&[Pcma, Pcmu, G722, Opus], "RTP/AVP 8 0 9 107 101"),
    ] {
        let mut office = Office::new();
        want(&mut office, &[], codecs);
        heard(&mut office, ways("10.8.0.2:5062")[0], "REGISTER", "");
        let local_rtp = "192.0.2.7:40000".parse().unwrap();
        let target = DialTarget::Device(DEVICE);
        office.sent.clear();
        let call = Dial { target, caller: CallerId::default(), local_rtp, auto_answer: false };
        office.input(Input::Dial(LegId(77), &call));
        let invite = &office.sent[0].1;
        assert!(invite.contains(&format!("m=audio 40000 {offer}\r\n")), "{codecs:?}: {invite}");
    }
}

#[test]
fn with_as_many_coded_legs_as_may_be_there_is_only_g711() {
    use Codec::{G722, Pcma};
    let mut office = Office::new();
    office.core.coded_legs_max = 1;
    want(&mut office, &[], &[G722, Pcma]);
    let from = ways("10.8.0.2:5062")[0];
    let plain = |office: &mut Office, formats: &str, code: &str, taken: Option<u8>| {
        office.events.clear();
        let said = heard(office, from, "INVITE", &sdp(formats));
        assert!(said.starts_with(&format!("SIP/2.0 {code} ")), "{formats}: {said}");
        let arrived = office.events.iter().find_map(|event| {
            if let SipEvent::Arrived { offer, .. } = event { Some(offer.payload_type) } else { None }
        });
        assert_eq!(arrived, taken, "{formats}");
    };
    plain(&mut office, "8", "100", Some(8));
    let figures = office.core.figures(Mono(0));
    assert_eq!((figures.coded_legs, figures.uncoded), (0, 0), "a law is not coded");
    plain(&mut office, "9 8", "100", Some(9));
    assert_eq!(office.core.figures(Mono(0)).coded_legs, 1);
    plain(&mut office, "9 8", "100", Some(8));
    plain(&mut office, "9", "488", None);
    let figures = office.core.figures(Mono(0));
    assert_eq!((figures.coded_legs, figures.uncoded), (1, 2));
}
