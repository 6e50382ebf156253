//! The dialog of a leg: who the two sides are to each other and where requests go (RFC 3261 §12).

use std::net::SocketAddr;
use std::sync::Arc;

use crate::message::{Bye, Request, socket_of, split_address, values};

/// What every leg of an endpoint shares.
#[derive(Debug)]
pub(crate) struct Identity {
    /// Our Contact URI.
    pub(crate) contact: String,
    /// Host and port of our Via.
    pub(crate) sent_by: String,
}

/// The state of RFC 3261 §12.1.1.
#[derive(Debug)]
pub(crate) struct Dialog {
    pub(crate) identity: Arc<Identity>,
    pub(crate) local_tag: String,
    pub(crate) remote_tag: String,
    pub(crate) call_id: String,
    local: String,
    remote: String,
    target: String,
    routes: Vec<String>,
    local_cseq: u32,
    pub(crate) remote_cseq: u32,
    /// Where the INVITE came from.
    source: SocketAddr,
    /// The peer's Via names another host than its packets: it sits behind NAT and its Contact leads nowhere.
    behind_nat: bool,
}

impl Dialog {
    /// From the INVITE that asks for it.
    pub(crate) fn new(identity: Arc<Identity>, invite: &Request, source: SocketAddr, local_tag: String) -> Dialog {
        let head = &invite.head;
        let target = invite.contact.clone().unwrap_or_else(|| split_address(&head.from).0.to_owned());
        Dialog {
            identity,
            local: format!("{};tag={local_tag}", head.to),
            local_tag,
            remote_tag: head.sender_tag().to_owned(),
            call_id: head.call_id.clone(),
            remote: head.from.clone(),
            target,
            routes: head.record_routes.iter().flat_map(|header| values(header)).collect(),
            local_cseq: 0,
            remote_cseq: head.cseq,
            source,
            behind_nat: head.vias.len() == 1 && head.via().ip() != Some(source.ip().to_canonical()),
        }
    }

    /// Whether a request with a To tag belongs here.
    pub(crate) fn owns(&self, request: &Request) -> bool {
        let head = &request.head;
        head.call_id == self.call_id
            && head.to_tag() == Some(self.local_tag.as_str())
            && head.sender_tag() == self.remote_tag
    }

    /// A re-INVITE may move the peer (RFC 3261 §12.2.2).
    pub(crate) fn refresh(&mut self, request: &Request) {
        if let Some(contact) = &request.contact {
            self.target.clone_from(contact);
        }
    }

    /// Our BYE and where it goes.
    pub(crate) fn bye(&mut self, q850: u8) -> (SocketAddr, Vec<u8>) {
        self.local_cseq += 1;
        let bye = Bye {
            target: &self.target,
            routes: &self.routes,
            sent_by: &self.identity.sent_by,
            branch: &format!("{}{}.{}", BRANCH_COOKIE, self.local_tag, self.local_cseq),
            from: &self.local,
            to: &self.remote,
            call_id: &self.call_id,
            cseq: self.local_cseq,
            q850,
        };
        (self.next_hop(), bye.encode())
    }

    /// The first route, else the target, where they are addresses. A name would need a look-up in mid-call, and the source
    /// of the INVITE is known to be the trunk.
    fn next_hop(&self) -> SocketAddr {
        let uri = self.routes.first().map_or(self.target.as_str(), |route| split_address(route).0);
        let is_hidden = self.behind_nat && self.routes.is_empty();
        match socket_of(uri) {
            Some(address) if !(is_hidden || address.ip().is_unspecified()) => address,
            Some(_) | None => self.source,
        }
    }
}

/// RFC 3261 §8.1.1.7.
const BRANCH_COOKIE: &str = "z9hG4bK";

/// The tag of the leg whose request this branch belongs to.
pub(crate) fn tag_of_branch(branch: &str) -> Option<&str> {
    branch.strip_prefix(BRANCH_COOKIE)?.split_once('.').map(|(tag, _)| tag)
}
