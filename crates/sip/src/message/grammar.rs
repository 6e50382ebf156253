//! Rules of RFC 3261 §25 that the stack does not hold, each seen in a message of RFC 4475.

use super::address::{split_address, values};
use super::head::fields;

/// Headers that may stand once.
const SINGLE: [&str; 8] =
    ["From", "To", "Call-ID", "CSeq", "Content-Length", "Content-Type", "Max-Forwards", "Expires"];
/// Headers made of addresses.
const ADDRESSES: [&str; 5] = ["From", "To", "Contact", "Route", "Record-Route"];

/// Whether a request is broken in a way only 400 answers.
pub(super) fn is_broken(text: &str) -> bool {
    let end = text.find("\r\n\r\n").unwrap_or(text.len());
    let Some((_, fields)) = fields(&text[..end]) else { return true };
    // The line as it stands: unfolding would hide blanks at its end.
    let start = text.split("\r\n").next().unwrap_or_default();
    let all =
        |wanted: &'static str| fields.iter().filter(move |(name, _)| *name == wanted).map(|(_, value)| value.as_str());
    let method = start.split(' ').next().unwrap_or_default();
    // RFC 3261 §8.1.1.5. Of a method nobody knows too: the stack stops before it looks.
    let is_other = |cseq: &str| !cseq.split_whitespace().nth(1).is_some_and(|other| other.eq_ignore_ascii_case(method));
    is_broken_start(start)
        || all("CSeq").any(is_other)
        || SINGLE.iter().any(|name| all(name).nth(1).is_some())
        || all("Via").any(is_broken_via)
        || ADDRESSES.iter().any(|name| all(name).any(is_broken_address_list))
        || all("Content-Length").any(|length| !is_number(length))
        // RFC 3261 §20.22: 0 to 255.
        || all("Max-Forwards").any(|hops| !is_number(hops) || hops.trim_start_matches('0').len() > 3 || hops.parse::<u32>().is_ok_and(|n| n > 255))
}

/// `Method SP Request-URI SP Version`, one blank each.
fn is_broken_start(start: &str) -> bool {
    let words: Vec<&str> = start.split(' ').collect();
    let [method, uri, _version] = words.as_slice() else { return true };
    let is_sip = uri.get(..4).is_some_and(|s| s.eq_ignore_ascii_case("sip:"))
        || uri.get(..5).is_some_and(|s| s.eq_ignore_ascii_case("sips:"));
    !is_token(method)
        || uri.is_empty()
        || uri.bytes().any(|b| !b.is_ascii_graphic() || matches!(b, b'<' | b'>' | b'"'))
        // RFC 3261 §19.1.1: headers are not allowed in a Request-URI.
        || (is_sip && after_user(uri).contains('?'))
}

/// A URI from its host on; a `?` is allowed in a user part.
fn after_user(uri: &str) -> &str {
    uri.rsplit_once('@').map_or(uri, |(_, rest)| rest)
}

/// RFC 3261 §25.1, `token`.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&b))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Each value has a protocol, a host, and parameters that are not empty.
fn is_broken_via(value: &str) -> bool {
    let mut parts = value.split(',').peekable();
    parts.peek().is_none()
        || parts.any(|part| {
            let mut pieces = part.split(';');
            let sent = pieces.next().unwrap_or_default();
            let has_protocol = sent.matches('/').count() == 2;
            let has_host =
                sent.trim().rsplit([' ', '\t']).next().is_some_and(|host| !host.is_empty() && !host.contains('/'));
            !has_protocol || !has_host || pieces.any(|piece| piece.trim().is_empty())
        })
}

/// Quotes and brackets are closed; what needs brackets has them; no empty parameter but a last one.
fn is_broken_address_list(value: &str) -> bool {
    !is_closed(value)
        || values(value).iter().any(|one| {
            let (uri, params) = split_address(one);
            let has_brackets = one.contains('<');
            // RFC 3261 §20.10: a URI with a question mark, comma or semicolon must stand in brackets.
            let needs_brackets = !has_brackets && uri.contains('?');
            let pieces: Vec<&str> = params.split(';').skip(1).collect();
            let inner = pieces.split_last().map_or(&[][..], |(_, inner)| inner);
            needs_brackets || inner.iter().any(|piece| piece.trim().is_empty())
        })
}

fn is_closed(value: &str) -> bool {
    let (mut quoted, mut escaped, mut open) = (false, false, false);
    for c in value.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '<' if !quoted && open => return false,
            '<' if !quoted => open = true,
            '>' if !quoted && !open => return false,
            '>' if !quoted => open = false,
            _ => {}
        }
    }
    !quoted && !open
}

/// Whether the sender takes a session description in the answer (RFC 3261 §20.1: without Accept, it does).
pub(super) fn accepts_descriptions(accept: &[String]) -> bool {
    let types: Vec<String> = accept
        .iter()
        .flat_map(|value| value.split(','))
        .map(|one| one.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
        .collect();
    types.is_empty() || types.iter().any(|kind| matches!(kind.as_str(), "application/sdp" | "application/*" | "*/*"))
}
