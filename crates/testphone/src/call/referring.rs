//! The phone's transfer key: REFER, perhaps with the phone's other call, and what the server reports about it (RFC 3515, RFC 3891).

use std::net::SocketAddr;

use super::EventKind;
use super::actor::Actor;
use crate::message::{Message, tag_of};

impl Actor {
    /// Asks for the call to be moved; `replaces` names the other call as [`Actor::name`] gives it.
    pub(super) fn refer(&mut self, to: &str, replaces: Option<&str>) {
        self.dialog.cseq += 1;
        let target = match replaces {
            Some(other) => format!("<{to}?Replaces={}>", escaped(other)),
            None => format!("<{to}>"),
        };
        let refer = self.dialog.request(&self.shared, "REFER", self.dialog.cseq, &self.shared.branch());
        self.send_repeated(refer.with("Refer-To", target));
    }

    /// This call as its other side knows it.
    pub(super) fn name(&self) -> String {
        let theirs = tag_of(&self.dialog.remote).unwrap_or_default();
        format!("{};to-tag={theirs};from-tag={}", self.dialog.call_id, self.dialog.local_tag())
    }

    /// A report about a REFER.
    pub(super) fn notified(&mut self, request: &Message, from: SocketAddr) {
        let code = request.body.strip_prefix("SIP/2.0 ").and_then(|rest| rest.get(..3)?.parse().ok());
        let Some(code) = code.filter(|_| request.header("Event").is_some_and(|event| event.starts_with("refer")))
        else {
            return self.reply(request, 489, "Bad Event", from);
        };
        self.reply(request, 200, "OK", from);
        self.tell(EventKind::ReferReport { code });
    }
}

/// RFC 3261 §19.1.1: what may not stand bare in a header of a URI.
fn escaped(text: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || "-_.!~*'()".contains(c);
    text.chars().map(|c| if is_bare(c) { c.to_string() } else { format!("%{:02X}", u32::from(c)) }).collect()
}
