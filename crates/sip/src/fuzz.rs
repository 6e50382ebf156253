//! Every parser of this crate against broken input (fuzz/README.md says how to search longer).

use crate::digest::{Challenge, Credentials};
use crate::message::{Parsed, Reply, parse, parts_of_address, session_description};
use crate::sdp::{Local, SrtpUse, parse_offer, write_answer};
use crate::stream::{Framed, Framing};

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn messages() {
    fuzzing::replay("sip/message", |bytes| match parse(bytes) {
        Parsed::Request(request) => {
            let from = crate::hop::Hop::Udp(([192, 0, 2, 1], 5_060).into());
            let reply = text(&Reply { to_tag: Some("t"), ..Reply::new(200, &request.head, from) }.encode());
            // What is repeated must not become a header or a message of its own.
            assert_eq!(reply.matches("\r\n\r\n").count(), 1, "{reply:?}");
            assert!(!request.called.contains(char::is_control) && !request.calling.contains(char::is_control));
            assert!(request.contact.iter().all(|uri| uri.bytes().all(|b| b.is_ascii_graphic())));
        }
        Parsed::Response(response) => {
            assert!((100..700).contains(&response.code));
            assert!(response.contact.iter().all(|uri| uri.bytes().all(|b| b.is_ascii_graphic())));
        }
        Parsed::Reject(reject) => assert!((400..600).contains(&reject.code)),
        Parsed::Nothing => {}
    });
}

#[test]
fn addresses() {
    fuzzing::replay("sip/address", |bytes| {
        let text = text(bytes);
        let parts = parts_of_address(&text);
        assert!(parts.iter().all(|part| part.len() <= text.len() * 3));
    });
}

#[test]
fn digests() {
    fuzzing::replay("sip/digest", |bytes| {
        let text = text(bytes);
        if let Some(credentials) = Credentials::read(&text) {
            assert!(credentials.nc > 0);
        }
        let _ = Challenge::pick(std::slice::from_ref(&text), "carrier");
        // It is written back between quotes.
        assert!(Challenge::realm_of(&[text]).is_none_or(|realm| !realm.contains(['"', '\\', '\r', '\n'])));
    });
}

#[test]
fn bodies_in_parts() {
    fuzzing::replay("sip/multipart", |bytes| {
        let end = bytes.windows(2).position(|two| two == b"\r\n").unwrap_or(bytes.len());
        let body = bytes.get(end + 2..).unwrap_or_default();
        let found = session_description(&text(&bytes[..end]), body);
        assert!(found.is_none_or(|found| found.len() <= body.len()));
    });
}

#[test]
fn descriptions() {
    fuzzing::replay("sip/sdp", |bytes| {
        let _ = parse_offer(bytes, SrtpUse::WhenOffered, &[]);
        if let Ok(offer) = parse_offer(bytes, SrtpUse::Never, &[]) {
            assert_eq!(offer.lines.iter().filter(|line| line.taken).count(), 1);
            let local = Local { rtp: ([192, 0, 2, 7], 40_000).into(), session: 1, version: 1, crypto: None };
            let answer = write_answer(&offer, local);
            assert_eq!(answer.matches("\r\nm=").count(), offer.lines.len(), "{answer:?}");
        }
    });
}

#[test]
fn streams() {
    fuzzing::replay("sip/stream", |bytes| {
        let mut framing = Framing::default();
        for piece in bytes.chunks(97) {
            framing.push(piece);
            loop {
                match framing.take() {
                    Framed::Message(message) => assert!(!message.is_empty() && message.len() <= 16 * 1_024),
                    Framed::Ping => {}
                    Framed::More => break,
                    Framed::Broken => return,
                }
            }
        }
    });
}
