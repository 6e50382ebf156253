//! Messages we send, as text.

use std::net::SocketAddr;

use super::head::Head;
use crate::cause::phrase;
use crate::config::Transport;
use crate::hop::Hop;

/// The methods we take from everybody, though REFER leads to nothing from a trunk; REGISTER besides from devices.
const ALLOW: &str = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, REFER, UPDATE";
const PRODUCT: &str = "Callisto";

/// One reply.
pub(crate) struct Reply<'a> {
    pub(crate) code: u16,
    /// The request it answers.
    pub(crate) head: &'a Head,
    /// Where the request came from.
    pub(crate) source: Hop,
    /// Our tag; left out of 100 only.
    pub(crate) to_tag: Option<&'a str>,
    /// Our Contact, which also makes this a reply that forms or refreshes a dialog.
    pub(crate) contact: Option<&'a str>,
    /// More headers.
    pub(crate) extra: Vec<(&'a str, String)>,
    /// Session description.
    pub(crate) sdp: Option<&'a str>,
}

impl<'a> Reply<'a> {
    /// A reply with nothing but a code.
    pub(crate) fn new(code: u16, head: &'a Head, source: Hop) -> Reply<'a> {
        Reply { code, head, source, to_tag: None, contact: None, extra: Vec::new(), sdp: None }
    }

    /// The wire form (RFC 3261 §8.2.6).
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = String::with_capacity(768);
        line(&mut out, &["SIP/2.0 ", &self.code.to_string(), " ", phrase(self.code)]);
        for (at, via) in self.head.vias.iter().enumerate() {
            if at == 0 { self.top_via(&mut out, via) } else { line(&mut out, &["Via: ", via]) }
        }
        if self.contact.is_some() {
            // RFC 3261 §12.1.1: the route set is what the reply repeats.
            for route in &self.head.record_routes {
                line(&mut out, &["Record-Route: ", route]);
            }
        }
        self.identifiers(&mut out);
        if let Some(contact) = self.contact {
            line(&mut out, &["Contact: <", contact, ">"]);
        }
        if self.contact.is_some() || self.code == 405 {
            line(&mut out, &["Allow: ", ALLOW]);
        }
        for (name, value) in &self.extra {
            line(&mut out, &[name, ": ", value]);
        }
        line(&mut out, &["Server: ", PRODUCT]);
        body(&mut out, "application/sdp", self.sdp);
        out.into_bytes()
    }

    /// From, To, Call-ID and CSeq, as far as the request has them: one that lacks some is refused with the others.
    fn identifiers(&self, out: &mut String) {
        let head = self.head;
        if !head.from.is_empty() {
            line(out, &["From: ", &head.from]);
        }
        match self.to_tag {
            _ if head.to.is_empty() => {}
            Some(tag) if head.to_tag().is_none() => line(out, &["To: ", &head.to, ";tag=", tag]),
            Some(_) | None => line(out, &["To: ", &head.to]),
        }
        if !head.call_id.is_empty() {
            line(out, &["Call-ID: ", &head.call_id]);
        }
        if !head.cseq_method.is_empty() {
            line(out, &["CSeq: ", &head.cseq.to_string(), " ", &head.cseq_method]);
        }
    }

    /// RFC 3261 §18.2.1 and RFC 3581 §4: say where the request really came from.
    fn top_via(&self, out: &mut String, value: &str) {
        let via = self.head.via();
        let from = self.source.ip();
        let rest = value.trim_start().strip_prefix(via.text).unwrap_or_default();
        out.push_str("Via: ");
        if via.rport {
            let mut parts = via.text.split(';');
            out.push_str(parts.next().unwrap_or_default());
            for part in parts {
                let name = part.split('=').next().unwrap_or_default().trim();
                if !name.eq_ignore_ascii_case("rport") && !name.eq_ignore_ascii_case("received") {
                    out.push(';');
                    out.push_str(part);
                }
            }
            out.push_str(&format!(";received={from};rport={}", self.source.address().port()));
        } else {
            out.push_str(via.text);
            if via.ip() != Some(from) {
                out.push_str(&format!(";received={from}"));
            }
        }
        out.push_str(rest);
        out.push_str("\r\n");
    }
}

/// Where a reply goes: the connection the request came on; for datagrams the source address, at the source port when asked
/// (RFC 3581), else at the port of Via.
pub(crate) fn reply_hop(head: &Head, source: Hop) -> Hop {
    let via = head.via();
    match source {
        Hop::Udp(address) if !via.rport => Hop::Udp(SocketAddr::new(address.ip(), via.port())),
        Hop::Udp(_) | Hop::Tcp(..) | Hop::Tls(..) | Hop::Connect(_) | Hop::ConnectTls(_) => source,
    }
}

/// A request of ours.
pub(crate) struct Outgoing<'a> {
    pub(crate) method: &'a str,
    /// Request-URI, or the remote target within a dialog.
    pub(crate) target: &'a str,
    pub(crate) routes: &'a [String],
    pub(crate) transport: Transport,
    pub(crate) sent_by: &'a str,
    pub(crate) branch: &'a str,
    /// Our side, with tag.
    pub(crate) from: &'a str,
    /// Their side.
    pub(crate) to: &'a str,
    pub(crate) call_id: &'a str,
    pub(crate) cseq: u32,
    /// Our Contact.
    pub(crate) contact: Option<&'a str>,
    /// More headers.
    pub(crate) extra: &'a [(&'a str, String)],
    /// Session description.
    pub(crate) sdp: Option<&'a str>,
    /// The start of a response, for a report about a REFER; never beside a session description.
    pub(crate) sipfrag: Option<&'a str>,
}

impl Outgoing<'_> {
    /// The wire form.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = String::with_capacity(768);
        let is_strict = self.routes.first().is_some_and(|route| !is_loose(route));
        let (uri, routes) = if is_strict {
            // RFC 3261 §12.2.1.1: a strict router takes the Request-URI, the target goes to the end.
            let first = self.routes[0].trim().trim_start_matches('<').trim_end_matches('>');
            (first, [&self.routes[1..], &[format!("<{}>", self.target)]].concat())
        } else {
            (self.target, self.routes.to_vec())
        };
        let (method, protocol) = (self.method, self.transport.name());
        line(&mut out, &[method, " ", uri, " SIP/2.0"]);
        line(&mut out, &["Via: SIP/2.0/", protocol, " ", self.sent_by, ";branch=", self.branch, ";rport"]);
        line(&mut out, &["Max-Forwards: 70"]);
        for route in &routes {
            line(&mut out, &["Route: ", route]);
        }
        line(&mut out, &["From: ", self.from]);
        line(&mut out, &["To: ", self.to]);
        line(&mut out, &["Call-ID: ", self.call_id]);
        line(&mut out, &["CSeq: ", &self.cseq.to_string(), " ", method]);
        if let Some(contact) = self.contact {
            line(&mut out, &["Contact: <", contact, ">"]);
        }
        for (name, value) in self.extra {
            line(&mut out, &[name, ": ", value]);
        }
        if matches!(method, "INVITE" | "UPDATE") {
            line(&mut out, &["Allow: ", ALLOW]);
        }
        line(&mut out, &["User-Agent: ", PRODUCT]);
        match self.sipfrag {
            Some(text) => body(&mut out, "message/sipfrag;version=2.0", Some(text)),
            None => body(&mut out, "application/sdp", self.sdp),
        }
        out.into_bytes()
    }
}

fn is_loose(route: &str) -> bool {
    route.split([';', '>']).any(|part| part.trim().eq_ignore_ascii_case("lr") || part.trim().starts_with("lr="))
}

fn line(out: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| out.push_str(part));
    out.push_str("\r\n");
}

fn body(out: &mut String, kind: &str, text: Option<&str>) {
    if text.is_some() {
        line(out, &["Content-Type: ", kind]);
    }
    let text = text.unwrap_or_default();
    line(out, &["Content-Length: ", &text.len().to_string()]);
    out.push_str("\r\n");
    out.push_str(text);
}
