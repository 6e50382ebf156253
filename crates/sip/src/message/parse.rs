//! From a datagram to a request we understand, or to the refusal it deserves. The only user of the SIP stack.

use domain::Key;
use rsipstack::sip::SipMessage;
use rsipstack::sip::headers::{Header, ToTypedHeader};
use rsipstack::sip::message::{HasHeaders, HeadersExt};

use super::address::{first_value, scheme_of, split_address, user_of, values};
use super::caller;
use super::grammar;
use super::head::Head;
use super::info;
use super::multipart::session_description;
use super::refer::{self, Refer};
use super::response::Response;
use super::terms::Terms;

/// The longest message taken. Telephone signalling stays far below; 16 KiB leaves room for SIP-I bodies and long Via lists.
const MESSAGE_MAX: usize = 16 * 1024;

/// What we do with a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Invite,
    Ack,
    Bye,
    Cancel,
    Options,
    Register,
    Refer,
    Info,
    Update,
    /// Refused with 405.
    Other,
}

/// A well-formed request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) head: Head,
    /// Request-URI, as written.
    pub(crate) uri: String,
    /// User part of the Request-URI.
    pub(crate) called: String,
    /// The caller as asserted by the trunk, or From; empty when withheld.
    pub(crate) calling: String,
    /// The same, and who withholds their number too, where the carrier tells us; shown to nobody.
    pub(crate) known: String,
    /// URI of Contact: where requests within the dialog go.
    pub(crate) contact: Option<String>,
    /// Every value of every Contact, as written: what REGISTER is about.
    pub(crate) contacts: Vec<String>,
    /// Seconds of Expires; the greatest number when there are too many digits.
    pub(crate) expires: Option<u32>,
    /// Values of Authorization and Proxy-Authorization.
    pub(crate) credentials: Vec<String>,
    /// What the sender calls itself.
    pub(crate) user_agent: String,
    /// The session description, if there is one.
    pub(crate) sdp: Option<Vec<u8>>,
    /// Q.850 cause of a Reason header.
    pub(crate) q850: Option<u16>,
    /// Where a REFER wants the call to go.
    pub(crate) refer: Option<Refer>,
    /// The key an INFO tells of.
    pub(crate) key: Option<Key>,
    /// How long the session may live.
    pub(crate) terms: Terms,
}

/// A request that is refused before anybody looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reject {
    pub(crate) code: u16,
    pub(crate) head: Head,
    /// One more header the code asks for.
    pub(crate) extra: Option<(&'static str, String)>,
}

/// What a datagram is.
#[derive(Clone, Debug)]
pub(crate) enum Parsed {
    Request(Box<Request>),
    Response(Box<Response>),
    Reject(Box<Reject>),
    /// A keep-alive, or nothing that can be answered.
    Nothing,
}

/// Reads one datagram.
pub(crate) fn parse(datagram: &[u8]) -> Parsed {
    if datagram.iter().all(u8::is_ascii_whitespace) {
        return Parsed::Nothing;
    }
    let (head_bytes, body) = split_head(datagram);
    // The stack stops reading headers at the first line that is not UTF-8 (display names in GBK).
    let text = String::from_utf8_lossy(head_bytes);
    if datagram.len() > MESSAGE_MAX {
        return reject(&text, 513, None);
    }
    // RFC 3261 §7.1: the version is fixed; the stack would echo another one.
    let start = text.split("\r\n").next().unwrap_or_default();
    if start.starts_with("SIP/") {
        return Response::read(&text, body).map_or(Parsed::Nothing, |response| Parsed::Response(Box::new(response)));
    }
    if !start.trim_end().to_ascii_uppercase().ends_with(" SIP/2.0") {
        let code = if start.to_ascii_uppercase().contains(" SIP/") { 505 } else { 400 };
        return reject(&text, code, None);
    }
    // What the stack lets through and should not (RFC 4475 §3.1.2).
    if grammar::is_broken(&text) {
        return reject(&text, 400, None);
    }
    match SipMessage::try_from(text.as_bytes()) {
        Ok(SipMessage::Request(request)) => check(&text, start, &request, body),
        Ok(SipMessage::Response(_)) => Parsed::Nothing,
        // The stack knows a closed list of methods and calls others unreadable.
        Err(_) if is_unknown_method(start) => reject(&text, 405, None),
        Err(_) => reject(&text, scheme_code(start), None),
    }
}

/// Headers with their empty line, and the body. Without an empty line everything is headers.
fn split_head(datagram: &[u8]) -> (&[u8], &[u8]) {
    match datagram.windows(4).position(|w| w == b"\r\n\r\n") {
        Some(at) => datagram.split_at(at + 4),
        None => (datagram, &[]),
    }
}

fn reject(text: &str, code: u16, extra: Option<(&'static str, String)>) -> Parsed {
    match Head::scan(text) {
        // RFC 3261 §17: an ACK is never answered.
        Some(head) if !head.method.eq_ignore_ascii_case("ACK") => {
            Parsed::Reject(Box::new(Reject { code, head, extra }))
        }
        Some(_) | None => Parsed::Nothing,
    }
}

fn is_unknown_method(start: &str) -> bool {
    let method = start.split(' ').next().unwrap_or_default();
    method.parse::<rsipstack::sip::Method>().is_err() && grammar::is_token(method)
}

/// RFC 3261 §8.2.2.1: 416 for a scheme we do not understand, else 400.
fn scheme_code(start: &str) -> u16 {
    let uri = start.split(' ').nth(1).unwrap_or_default();
    match scheme_of(uri).as_str() {
        "sip" | "sips" | "tel" | "" => 400,
        scheme if scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)) => 416,
        _ => 400,
    }
}

fn check(text: &str, start: &str, request: &rsipstack::sip::Request, body: &[u8]) -> Parsed {
    let mut head = Head { method: request.method.to_string(), ..Head::default() };
    for header in request.headers().iter() {
        head.take(header.name(), header.value());
    }
    if !head.is_complete() || head.cseq > i32::MAX as u32 || !head.cseq_method.eq_ignore_ascii_case(&head.method) {
        return reject(text, 400, None);
    }
    // Lower-case methods are other methods (RFC 3261 §7.1); the stack folds the case.
    let method = match start.split(' ').next().unwrap_or_default() {
        "INVITE" => Method::Invite,
        "ACK" => Method::Ack,
        "BYE" => Method::Bye,
        "CANCEL" => Method::Cancel,
        "OPTIONS" => Method::Options,
        "REGISTER" => Method::Register,
        "REFER" => Method::Refer,
        "UPDATE" => Method::Update,
        "INFO" => Method::Info,
        _ => Method::Other,
    };
    let uri = start.split(' ').nth(1).unwrap_or_default();
    if !matches!(scheme_of(uri).as_str(), "sip" | "sips" | "tel") {
        return reject(text, 416, None);
    }
    let Some(body) = body_within(request, body) else { return reject(text, 400, None) };
    let unsupported = required(request);
    // RFC 3261 §8.2.2.3: Require does not apply to ACK and CANCEL.
    if !unsupported.is_empty() && !matches!(method, Method::Ack | Method::Cancel) {
        return reject(text, 420, Some(("Unsupported", unsupported)));
    }
    let content_type = request.header_value("Content-Type").unwrap_or_default();
    let sdp = session_description(&content_type, body);
    if method == Method::Invite && (encoded(request) || (sdp.is_none() && !body.is_empty())) {
        return reject(text, 415, Some(("Accept", "application/sdp".to_owned())));
    }
    if method == Method::Invite && !grammar::accepts_descriptions(&all(request, "Accept")) {
        return reject(text, 406, None);
    }
    let credentials = [all(request, "Authorization"), all(request, "Proxy-Authorization")].concat();
    let callers = caller::read(request, &head);
    Parsed::Request(Box::new(Request {
        method,
        uri: uri.to_owned(),
        contacts: all(request, "Contact").iter().flat_map(|value| values(value)).collect(),
        expires: all(request, "Expires").first().map(|seconds| seconds.trim().parse().unwrap_or(u32::MAX)),
        user_agent: all(request, "User-Agent").into_iter().next().unwrap_or_default(),
        credentials,
        called: user_of(uri),
        calling: if callers.is_withheld { String::new() } else { callers.known.clone() },
        known: callers.known,
        contact: contact(request),
        sdp: sdp.filter(|sdp| !sdp.is_empty()).map(<[u8]>::to_vec),
        q850: q850(request),
        refer: refer::read(&[all(request, "Refer-To"), all(request, "r")].concat()),
        terms: Terms::read(|name| match name {
            "Session-Expires" => [all(request, name), all(request, "x")].concat(),
            "Supported" => [all(request, name), all(request, "k")].concat(),
            _ => all(request, name),
        }),
        key: (method == Method::Info).then(|| info::key(&content_type, body)).flatten(),
        head,
    }))
}

/// Every value of a header, in order.
fn all(request: &rsipstack::sip::Request, name: &str) -> Vec<String> {
    let found = request.headers().iter().filter(|header| header.name().eq_ignore_ascii_case(name));
    found.map(|header| header.value().to_owned()).collect()
}

/// RFC 3261 §18.3: Content-Length cuts the datagram; a longer one is an error; without one (the stack then takes nothing)
/// the body goes to the end.
fn body_within<'a>(request: &rsipstack::sip::Request, body: &'a [u8]) -> Option<&'a [u8]> {
    match request.header_value("Content-Length") {
        None => Some(body),
        Some(length) => length.trim().parse().ok().and_then(|length: usize| body.get(..length)),
    }
}

/// We support no extension that can be required.
fn required(request: &rsipstack::sip::Request) -> String {
    let mut tokens: Vec<&str> = Vec::new();
    for header in request.headers().iter() {
        if let Header::Require(value) = header {
            let asked = value.value().split(',').map(str::trim);
            tokens.extend(asked.filter(|token| !token.is_empty() && !token.eq_ignore_ascii_case("timer")));
        }
    }
    tokens.join(", ")
}

fn encoded(request: &rsipstack::sip::Request) -> bool {
    request.header_value("Content-Encoding").is_some_and(|e| !e.is_empty() && !e.eq_ignore_ascii_case("identity"))
}

fn contact(request: &rsipstack::sip::Request) -> Option<String> {
    let contact = request.contact_header().ok()?;
    let uri = split_address(first_value(contact.value())).0;
    // Written back into our Request-URI: it must be one word of one line.
    let is_word = !uri.is_empty() && uri.bytes().all(|b| b.is_ascii_graphic());
    (is_word && contact.clone().typed().is_ok()).then(|| uri.to_owned())
}

/// RFC 3326, RFC 6432: `Reason: Q.850;cause=16`.
fn q850(request: &rsipstack::sip::Request) -> Option<u16> {
    q850_cause(request.reason_header()?.value())
}

/// The cause of one Reason value, when it is of Q.850.
pub(super) fn q850_cause(reason: &str) -> Option<u16> {
    let (protocol, params) = reason.find(';').map(|at| reason.split_at(at))?;
    let cause = super::address::param(params, "cause")?;
    protocol.trim().eq_ignore_ascii_case("Q.850").then(|| cause.parse().ok()).flatten()
}
