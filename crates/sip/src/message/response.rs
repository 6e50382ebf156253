//! Answers to requests of ours, read by ourselves: the stack refuses phrases it does not like.

use super::address::{first_value, split_address, values};
use super::head::{Head, fields};
use super::multipart::session_description;
use super::parse::q850_cause;
use super::terms::Terms;

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Response {
    /// 100 to 699.
    pub(crate) code: u16,
    /// Its headers; `head.method` is that of the request.
    pub(crate) head: Head,
    /// Branch of the top Via.
    pub(crate) branch: String,
    /// URI of the first Contact.
    pub(crate) contact: Option<String>,
    /// Every value of every Contact, as written: what a registrar holds.
    pub(crate) contacts: Vec<String>,
    /// Seconds of Expires, of Min-Expires and of Retry-After, as far as they can be read.
    pub(crate) expires_s: Option<u32>,
    pub(crate) min_expires_s: Option<u32>,
    pub(crate) retry_after_s: Option<u32>,
    /// Cause of the first Reason header of protocol Q.850 (RFC 6432).
    pub(crate) q850: Option<u8>,
    /// Values of Record-Route, last first: our route set (RFC 3261 §12.1.2).
    pub(crate) routes: Vec<String>,
    /// WWW-Authenticate and Proxy-Authenticate.
    pub(crate) challenges: Vec<String>,
    /// How long the session may live.
    pub(crate) terms: Terms,
    /// The session description, if there is one.
    pub(crate) sdp: Option<Vec<u8>>,
}

impl Response {
    /// Reads headers and body. `None` for what cannot belong to a request of ours.
    pub(super) fn read(text: &str, body: &[u8]) -> Option<Response> {
        let end = text.find("\r\n\r\n").unwrap_or(text.len());
        let (start, fields) = fields(&text[..end])?;
        let code = code_of(&start)?;
        let mut head = Head::default();
        for (name, value) in &fields {
            head.take(name, value);
        }
        head.method.clone_from(&head.cseq_method);
        if !head.is_complete() || head.cseq > i32::MAX as u32 {
            return None;
        }
        let all = |wanted: &str| -> Vec<&str> {
            fields.iter().filter(|(name, _)| *name == wanted).map(|(_, value)| value.as_str()).collect()
        };
        let body = match all("Content-Length").as_slice() {
            [] => body,
            [length] => body.get(..length.parse().ok()?)?,
            _ => return None,
        };
        let kind = all("Content-Type").first().copied().unwrap_or_default().to_owned();
        let contact = all("Contact").first().map(|contact| split_address(first_value(contact)).0.to_owned());
        let seconds = |wanted: &str| {
            let value = all(wanted).first().copied().unwrap_or_default();
            // RFC 3261 §20.33: a comment or a parameter may follow.
            value.split([';', '(']).next().unwrap_or_default().trim().parse().ok()
        };
        // Written back into a Request-URI: it must be one word of one line.
        let is_word = |uri: &String| !uri.is_empty() && uri.bytes().all(|b| b.is_ascii_graphic());
        let mut routes: Vec<String> = head.record_routes.iter().flat_map(|value| values(value)).collect();
        routes.reverse();
        Some(Response {
            code,
            branch: head.via().branch.to_owned(),
            contact: contact.filter(is_word),
            contacts: all("Contact").into_iter().flat_map(values).collect(),
            expires_s: seconds("Expires"),
            min_expires_s: seconds("Min-Expires"),
            retry_after_s: seconds("Retry-After"),
            q850: all("Reason").into_iter().flat_map(values).find_map(|reason| q850_cause(&reason)?.try_into().ok()),
            routes,
            terms: Terms::read(|name| all(name).into_iter().map(str::to_owned).collect()),
            challenges: [all("WWW-Authenticate"), all("Proxy-Authenticate")]
                .concat()
                .into_iter()
                .map(str::to_owned)
                .collect(),
            sdp: session_description(&kind, body).filter(|sdp| !sdp.is_empty()).map(<[u8]>::to_vec),
            head,
        })
    }
}

/// Three digits after the version; the phrase may say anything or nothing.
fn code_of(start: &str) -> Option<u16> {
    let rest = start.strip_prefix("SIP/2.0 ")?;
    let digits = rest.split(' ').next().filter(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit()))?;
    digits.parse().ok().filter(|code| (100..700).contains(code))
}
