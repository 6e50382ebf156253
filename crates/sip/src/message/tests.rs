//! What is relied on in the stack, and what is done about its known gaps. When the stack is replaced by another version, a
//! failure here says which code of ours has become needless or wrong.

use rsipstack::sip::message::{HasHeaders, HeadersExt};
use rsipstack::sip::{Method as StackMethod, SipMessage};

use super::*;
use crate::config::Transport;
use crate::hop::{ConnectionId, Hop};

const HEADERS: &str = "Via: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKa, SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKb\r\n\
                       Via: SIP/2.0/UDP 192.0.2.3;branch=z9hG4bKc\r\nFrom: <sip:138@192.0.2.1>;tag=f\r\n\
                       To: <sip:400@192.0.2.7>\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n";

fn stack(text: &str) -> rsipstack::sip::Request {
    match SipMessage::try_from(text.as_bytes()) {
        Ok(SipMessage::Request(request)) => request,
        other => panic!("{other:?}"),
    }
}

fn ours(bytes: &[u8]) -> Parsed {
    parse(bytes)
}

fn request(text: &str) -> Request {
    let parsed = ours(text.as_bytes());
    let Parsed::Request(request) = parsed else { panic!("{parsed:?}") };
    *request
}

fn rejected(text: &str) -> u16 {
    let parsed = ours(text.as_bytes());
    let Parsed::Reject(reject) = parsed else { panic!("{parsed:?}") };
    reject.code
}

#[test]
fn relied_on_headers_come_in_order_with_long_names_and_joined_lines() {
    let compact = "INVITE sip:400@h SIP/2.0\r\nv: SIP/2.0/UDP h;branch=z9hG4bKa\r\nf: <sip:a@h>;tag=f\r\nt: <sip:b@h>\r\n\
                   i: c\r\nCSeq: 1\r\n INVITE\r\nm: <sip:a@h>\r\nX-Any: one\r\n\ttwo\r\nRequire: a\r\nrequire: b\r\n\r\n";
    let request = stack(compact);
    let found: Vec<(String, String)> =
        request.headers().iter().map(|h| (h.name().to_owned(), h.value().to_owned())).collect();
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Via", "From", "To", "Call-ID", "CSeq", "Contact", "X-Any", "Require", "Require"]);
    assert_eq!((found[4].1.as_str(), found[6].1.as_str()), ("1 INVITE", "one two"));
    assert_eq!(request.method, StackMethod::Invite);
    assert!(request.header_value("x-any").is_some());
}

#[test]
fn relied_on_a_request_without_host_or_uri_is_unreadable() {
    for line in ["INVITE  SIP/2.0", "INVITE sip: SIP/2.0", "INVITE sip:bob@ SIP/2.0"] {
        assert!(SipMessage::try_from(format!("{line}\r\n{HEADERS}\r\n").as_str()).is_err(), "{line}");
    }
}

#[test]
fn gap_headers_end_at_a_line_that_is_not_utf_8() {
    let bytes = [b"INVITE sip:400@h SIP/2.0\r\nSubject: \xd5\xc5\r\n".as_slice(), HEADERS.as_bytes(), b"\r\n"].concat();
    let SipMessage::Request(request) = SipMessage::try_from(bytes.as_slice()).unwrap() else { panic!() };
    assert!(request.via_header().is_err());
    let Parsed::Request(request) = ours(&bytes) else { panic!() };
    assert_eq!(request.head.call_id, "c");
}

#[test]
fn gap_a_body_without_content_length_is_dropped() {
    let text = format!("INVITE sip:400@h SIP/2.0\r\n{HEADERS}Content-Type: application/sdp\r\n\r\nv=0\r\n");
    assert!(stack(&text).body.is_empty());
    assert_eq!(request(&text).sdp.as_deref(), Some(b"v=0\r\n".as_slice()));
}

#[test]
fn gap_a_content_length_beyond_the_datagram_is_not_noticed() {
    let text = format!(
        "INVITE sip:400@h SIP/2.0\r\n{HEADERS}Content-Type: application/sdp\r\nContent-Length: 99\r\n\r\nv=0\r\n"
    );
    assert_eq!(stack(&text).body.len(), 5);
    assert_eq!(rejected(&text), 400);
}

#[test]
fn gap_users_with_parameters_are_lost() {
    let text = format!("INVITE sip:400;cpc=ordinary@h SIP/2.0\r\n{HEADERS}\r\n");
    assert_eq!(stack(&text).uri.user(), None);
    assert_eq!(request(&text).called, "400");
}

#[test]
fn gap_unknown_methods_are_unreadable_and_case_is_folded() {
    let text = format!("FOO sip:400@h SIP/2.0\r\n{}\r\n", HEADERS.replace("1 INVITE", "1 FOO"));
    assert!(SipMessage::try_from(text.as_str()).is_err());
    assert_eq!(rejected(&text), 405);
    let text = format!("invite sip:400@h SIP/2.0\r\n{HEADERS}\r\n");
    assert_eq!(stack(&text).method, StackMethod::Invite);
    assert_eq!(request(&text).method, Method::Other);
}

#[test]
fn gap_other_versions_are_taken() {
    let text = format!("INVITE sip:400@h SIP/7.0\r\n{HEADERS}\r\n");
    stack(&text);
    assert_eq!(rejected(&text), 505);
}

#[test]
fn gap_missing_headers_are_not_noticed() {
    let text = "INVITE sip:400@h SIP/2.0\r\nCall-ID: c\r\n\r\n";
    stack(text);
    assert!(matches!(ours(text.as_bytes()), Parsed::Nothing));
    let text = text.replace("Call-ID: c", "Via: SIP/2.0/UDP h;branch=z9hG4bKa");
    assert_eq!(rejected(&text), 400);
}

#[test]
fn replies_repeat_what_they_must_and_say_where_the_request_came_from() {
    let request = request(&format!("OPTIONS sip:400@h SIP/2.0\r\n{}\r\n", HEADERS.replace("INVITE", "OPTIONS")));
    let source = Hop::Udp("198.51.100.4:5099".parse().unwrap());
    let reply = Reply { to_tag: Some("t"), ..Reply::new(200, &request.head, source) };
    let expected = "SIP/2.0 200 OK\r\n\
        Via: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKa;received=198.51.100.4, SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKb\r\n\
        Via: SIP/2.0/UDP 192.0.2.3;branch=z9hG4bKc\r\nFrom: <sip:138@192.0.2.1>;tag=f\r\nTo: <sip:400@192.0.2.7>;tag=t\r\n\
        Call-ID: c\r\nCSeq: 1 OPTIONS\r\nServer: Callisto\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(String::from_utf8(reply.encode()).unwrap(), expected);
    // RFC 3261 §18.2.2: to the port of Via, at the address the packet came from.
    assert_eq!(reply_hop(&request.head, source), Hop::Udp("198.51.100.4:5070".parse().unwrap()));
    let connection = Hop::Tcp(ConnectionId(1), "198.51.100.4:5099".parse().unwrap());
    assert_eq!(reply_hop(&request.head, connection), connection);
}

#[test]
fn rport_is_filled_in_and_a_forged_received_removed() {
    let headers = HEADERS.replacen(";branch=z9hG4bKa", ";rport;received=203.0.113.9;branch=z9hG4bKa", 1);
    let request = request(&format!("INVITE sip:400@h SIP/2.0\r\n{headers}\r\n"));
    let source = Hop::Udp("198.51.100.4:5099".parse().unwrap());
    let reply = String::from_utf8(Reply::new(100, &request.head, source).encode()).unwrap();
    let via = "Via: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKa;received=198.51.100.4;rport=5099, SIP/2.0/UDP 192.0.2.2";
    assert!(reply.contains(via), "{reply}");
    assert_eq!(reply_hop(&request.head, source), source);
}

#[test]
fn a_strict_route_takes_the_request_line() {
    let bye = |routes: &[String]| {
        let bye = Outgoing {
            method: "BYE",
            target: "sip:peer@192.0.2.1",
            routes,
            transport: Transport::Udp,
            sent_by: "192.0.2.7:5060",
            branch: "z9hG4bKx.1",
            from: "<sip:us>;tag=a",
            to: "<sip:them>;tag=b",
            call_id: "c",
            cseq: 1,
            contact: None,
            extra: &[("Reason", "Q.850;cause=16".to_owned())],
            sdp: None,
            sipfrag: None,
        };
        String::from_utf8(bye.encode()).unwrap()
    };
    let loose = bye(&["<sip:192.0.2.8;lr>".to_owned()]);
    assert!(
        loose.starts_with("BYE sip:peer@192.0.2.1 SIP/2.0\r\n") && loose.contains("\r\nRoute: <sip:192.0.2.8;lr>\r\n")
    );
    let strict = bye(&["<sip:192.0.2.8>".to_owned(), "<sip:192.0.2.9>".to_owned()]);
    assert!(strict.starts_with("BYE sip:192.0.2.8 SIP/2.0\r\n"), "{strict}");
    assert!(strict.contains("\r\nRoute: <sip:192.0.2.9>\r\nRoute: <sip:peer@192.0.2.1>\r\n"), "{strict}");
}
