//! The 49 messages of RFC 4475, each rebuilt around the trait the RFC describes, with the verdict it deserves from a user agent:
//! read, refused with exactly this code, or passed over. They are named as in the RFC.

mod application;
mod invalid;
mod valid;

use super::*;

/// What becomes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Understood; what is answered is then up to the method and the caller.
    Read,
    /// Refused by reading alone.
    Refused(u16),
    /// Not answered: a response, or an ACK.
    PassedOver,
}

/// One message.
#[derive(Debug)]
pub(crate) struct Torture {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) verdict: Verdict,
    /// The first status code a trunk hears for it; `None`: silence.
    pub(crate) heard: Option<u16>,
}

/// Written with bare newlines; the wire has CRLF.
fn read(name: &'static str, text: &str, heard: u16) -> Torture {
    torture(name, text, Verdict::Read, Some(heard))
}

fn refused(name: &'static str, text: &str, code: u16) -> Torture {
    torture(name, text, Verdict::Refused(code), Some(code))
}

fn passed_over(name: &'static str, text: &str) -> Torture {
    torture(name, text, Verdict::PassedOver, None)
}

fn torture(name: &'static str, text: &str, verdict: Verdict, heard: Option<u16>) -> Torture {
    Torture { name, bytes: text.trim_start().replace('\n', "\r\n").into_bytes(), verdict, heard }
}

/// The headers every message has, of this method and number of call.
fn head(method: &str, call: &str) -> String {
    format!(
        "To: <sip:bob@example.com>\nFrom: <sip:alice@example.org>;tag=torture\nCall-ID: {call}@192.0.2.30\nCSeq: 7 {method}\n\
         Via: SIP/2.0/UDP 192.0.2.30;branch=z9hG4bK{call}\nMax-Forwards: 70\n"
    )
}

/// A description that can be answered.
const SDP: &str =
    "v=0\no=alice 2890844526 2890844526 IN IP4 192.0.2.30\ns=-\nc=IN IP4 192.0.2.30\nt=0 0\nm=audio 49172 RTP/AVP 8\n";

/// A body with its headers.
fn with_sdp() -> String {
    format!(
        "Contact: <sip:alice@192.0.2.30>\nContent-Type: application/sdp\nContent-Length: {}\n\n{SDP}",
        SDP.len() + SDP.lines().count()
    )
}

/// All of them, in the RFC's order.
pub(crate) fn all() -> Vec<Torture> {
    let mut all = valid::all();
    all.extend(invalid::all());
    all.extend(application::all());
    all
}

#[test]
fn each_of_the_49_gets_its_verdict() {
    let all = all();
    assert_eq!(all.len(), 49);
    let wrong: Vec<String> = all
        .iter()
        .filter_map(|torture| {
            let found = match parse(&torture.bytes) {
                Parsed::Request(_) => Verdict::Read,
                Parsed::Reject(reject) => Verdict::Refused(reject.code),
                Parsed::Response(_) if torture.verdict == Verdict::Read => Verdict::Read,
                Parsed::Response(_) | Parsed::Nothing => Verdict::PassedOver,
            };
            (found != torture.verdict).then(|| format!("{}: {found:?} instead of {:?}", torture.name, torture.verdict))
        })
        .collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn what_is_read_is_read_right() {
    let all = all();
    let request = |name: &str| {
        let torture = all.iter().find(|torture| torture.name == name).unwrap();
        let Parsed::Request(request) = parse(&torture.bytes) else { panic!("{name}") };
        *request
    };
    let tortuous = request("wsinv");
    assert_eq!((tortuous.head.cseq, tortuous.head.to_tag()), (9, Some("1918181833n")));
    assert_eq!((tortuous.head.vias.len(), tortuous.head.via().branch), (2, "390skdjuw"));
    assert_eq!(request("esc01").called, "sips:user@example.com");
    assert_eq!(request("escnull").contacts, ["<sip:%00@host5.example.com>", "<sip:%00%00@host5.example.com>"]);
    assert_eq!(request("semiuri").called, "user");
    assert_eq!(request("transports").head.vias.len(), 5);
    assert_eq!(request("longreq").head.vias.len(), 34);
    assert_eq!(request("inv2543").method, Method::Invite);
    assert_eq!(request("regescrt").contacts, ["<sip:bob@192.0.2.30?Route=%3Csip:sip.example.com%3E>"]);
}
