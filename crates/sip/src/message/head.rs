//! The headers a reply must repeat, kept as the text that arrived.

use std::net::IpAddr;

use super::address::{first_value, param, split_address};

/// Headers of a request that its replies copy (RFC 3261 §8.2.6.2), untouched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) method: String,
    pub(crate) vias: Vec<String>,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) call_id: String,
    pub(crate) cseq: u32,
    pub(crate) cseq_method: String,
    pub(crate) record_routes: Vec<String>,
}

impl Head {
    /// Reads what a refusal needs from a request that may be broken elsewhere. `None` when it cannot be answered: no Via, or
    /// not a request. What else is missing is left out of the answer.
    pub(crate) fn scan(text: &str) -> Option<Head> {
        let end = text.find("\r\n\r\n").unwrap_or(text.len());
        let (start, fields) = fields(&text[..end])?;
        let method = start.split([' ', '\t']).next()?.to_owned();
        if method.is_empty() || method.starts_with("SIP/") || !method.bytes().all(|b| b.is_ascii_graphic()) {
            return None;
        }
        let mut head = Head { method, ..Head::default() };
        for (name, value) in fields {
            head.take(name, &value);
        }
        (!head.vias.is_empty()).then_some(head)
    }

    /// Notes one header, by its long or compact name.
    pub(crate) fn take(&mut self, name: &str, value: &str) {
        let is = |long: &str, short: &str| name.eq_ignore_ascii_case(long) || name.eq_ignore_ascii_case(short);
        if is("Via", "v") {
            self.vias.push(value.to_owned());
        } else if is("From", "f") {
            self.from = value.to_owned();
        } else if is("To", "t") {
            self.to = value.to_owned();
        } else if is("Call-ID", "i") {
            self.call_id = value.to_owned();
        } else if is("CSeq", "CSeq") {
            let (number, method) = value.split_once([' ', '\t']).unwrap_or((value, ""));
            self.cseq = number.trim().parse().unwrap_or(u32::MAX);
            self.cseq_method = method.trim().to_owned();
        } else if is("Record-Route", "Record-Route") {
            self.record_routes.push(value.to_owned());
        }
    }

    /// Whether every header is there that a request must have.
    pub(crate) fn is_complete(&self) -> bool {
        !self.vias.is_empty()
            && ![&self.from, &self.to, &self.call_id, &self.cseq_method].into_iter().any(String::is_empty)
    }

    /// The tag of From; empty for peers older than RFC 3261.
    pub(crate) fn sender_tag(&self) -> &str {
        param(split_address(&self.from).1, "tag").unwrap_or_default()
    }

    /// The tag of To, if there is one.
    pub(crate) fn to_tag(&self) -> Option<&str> {
        param(split_address(&self.to).1, "tag")
    }

    /// The top Via.
    pub(crate) fn via(&self) -> Via<'_> {
        Via::read(self.vias.first().map(String::as_str).unwrap_or_default())
    }

    /// What identifies the transaction: the branch with its sender (RFC 3261 §17.2.3); Call-ID and CSeq number make it right
    /// for peers whose branch is not unique (RFC 2543). An ACK to a refusal and a CANCEL have the key of their INVITE.
    pub(crate) fn transaction_key(&self) -> String {
        let via = self.via();
        format!("{}|{}|{}|{}", via.branch, via.sent_by, self.call_id, self.cseq)
    }
}

/// The parts of a top Via.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Via<'a> {
    /// The whole first value, for rewriting.
    pub(crate) text: &'a str,
    pub(crate) sent_by: &'a str,
    pub(crate) branch: &'a str,
    /// RFC 3581: the client asks to be answered at the port it sent from.
    pub(crate) rport: bool,
}

impl<'a> Via<'a> {
    fn read(value: &'a str) -> Via<'a> {
        let text = first_value(value);
        let (sent, params) = text.find(';').map_or((text, ""), |at| (&text[..at], &text[at..]));
        let sent_by = sent.trim().rsplit([' ', '\t']).next().unwrap_or_default();
        let branch = param(params, "branch").unwrap_or_default();
        Via { text, sent_by, branch, rport: param(params, "rport").is_some() }
    }

    /// The port of sent-by, 5060 when absent.
    pub(crate) fn port(&self) -> u16 {
        let after_host = self.sent_by.rsplit_once(']').map_or(self.sent_by, |(_, rest)| rest);
        after_host.rsplit_once(':').and_then(|(_, port)| port.parse().ok()).unwrap_or(5060)
    }

    /// The host of sent-by, when it is an IP address.
    pub(crate) fn ip(&self) -> Option<IpAddr> {
        let host = match self.sent_by.strip_prefix('[') {
            Some(inner) => inner.split(']').next()?,
            None => self.sent_by.split(':').next()?,
        };
        host.parse().ok()
    }
}

/// The start line and the headers in order, compact names spelled out where they matter to us. Lines without a colon are
/// passed over. `None` without any line.
pub(super) fn fields(head: &str) -> Option<(String, Vec<(&'static str, String)>)> {
    let mut lines = unfolded(head).into_iter();
    let start = lines.next()?;
    let fields = lines.filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((long_name(name.trim()), value.trim().to_owned()))
    });
    Some((start, fields.collect()))
}

/// Names that matter to us; all others are one.
fn long_name(name: &str) -> &'static str {
    NAMES
        .iter()
        .find(|(long, short)| {
            name.eq_ignore_ascii_case(long) || (!short.is_empty() && name.eq_ignore_ascii_case(short))
        })
        .map_or(OTHER, |(long, _)| long)
}

const OTHER: &str = "X-Other";
const NAMES: [(&str, &str); 28] = [
    ("Via", "v"),
    ("From", "f"),
    ("To", "t"),
    ("Call-ID", "i"),
    ("CSeq", ""),
    ("Contact", "m"),
    ("Record-Route", ""),
    ("Route", ""),
    ("Content-Type", "c"),
    ("Content-Length", "l"),
    ("Content-Encoding", "e"),
    ("Max-Forwards", ""),
    ("Expires", ""),
    ("Min-Expires", ""),
    ("Accept", ""),
    ("Authorization", ""),
    ("Proxy-Authorization", ""),
    ("WWW-Authenticate", ""),
    ("Proxy-Authenticate", ""),
    ("User-Agent", ""),
    ("Retry-After", ""),
    ("Reason", ""),
    ("Date", ""),
    ("Session-Expires", "x"),
    ("Min-SE", ""),
    ("Supported", "k"),
    ("Require", ""),
    ("Allow", ""),
];

/// Header lines with their continuations joined (RFC 3261 §7.3.1).
fn unfolded(head: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in head.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)) {
        match lines.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            Some(_) | None => lines.push(line.to_owned()),
        }
    }
    lines
}
