//! The dialog of a leg: who the two sides are to each other and where requests go (RFC 3261 §12).

use std::sync::Arc;

use crate::config::Transport;
use crate::hop::Hop;
use crate::message::{Outgoing, Replaces, Request, Response, socket_of, split_address, values};

/// What every leg of an endpoint shares.
#[derive(Debug)]
pub(crate) struct Identity {
    contact: String,
    contact_tcp: String,
    contact_tls: String,
    /// Host and port of our Via, and of the addresses we appear under.
    pub(crate) sent_by: String,
    /// The same where TLS is served.
    sent_by_tls: String,
    /// The host alone, for the addresses we appear under.
    pub(crate) host: String,
}

impl Identity {
    /// A node reached at this host and port.
    pub(crate) fn new(node: u16, host: String, port: u16) -> Identity {
        let contact = format!("sip:n{node}@{host}:{port}");
        let sent_by = format!("{host}:{port}");
        Identity {
            contact_tcp: format!("{contact};transport=tcp"),
            contact_tls: format!("{contact};transport=tls"),
            contact,
            sent_by_tls: sent_by.clone(),
            sent_by,
            host,
        }
    }

    /// The same node, where TLS is served at a port of its own. Without one, peers reach us over the connections we open.
    pub(crate) fn with_tls(self, port: Option<u16>) -> Identity {
        let Some(port) = port else { return self };
        let user = self.contact.split('@').next().unwrap_or_default();
        let sent_by_tls = format!("{}:{port}", self.host);
        Identity { contact_tls: format!("{user}@{sent_by_tls};transport=tls"), sent_by_tls, ..self }
    }

    /// Host and port of our Via towards a peer of this transport.
    pub(crate) fn sent_by(&self, transport: Transport) -> &str {
        match transport {
            Transport::Udp | Transport::Tcp => &self.sent_by,
            Transport::Tls => &self.sent_by_tls,
        }
    }

    /// The Contact URI a carrier is to call this account at.
    pub(crate) fn contact_of(&self, user: &str, transport: Transport) -> String {
        match transport {
            Transport::Udp => format!("sip:{user}@{}", self.sent_by),
            Transport::Tcp => format!("sip:{user}@{};transport=tcp", self.sent_by),
            Transport::Tls => format!("sip:{user}@{};transport=tls", self.sent_by_tls),
        }
    }

    /// Our Contact URI towards a peer of this transport.
    pub(crate) fn contact(&self, transport: Transport) -> &str {
        match transport {
            Transport::Udp => &self.contact,
            Transport::Tcp => &self.contact_tcp,
            Transport::Tls => &self.contact_tls,
        }
    }
}

/// The state of RFC 3261 §12.1.
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
    /// Of the peer's last request; zero while it sent none.
    pub(crate) remote_cseq: u32,
    /// Where the peer speaks from.
    pub(crate) source: Hop,
    /// The peer's Contact leads nowhere: it sits behind NAT, or it is a device that is reached where it registered.
    is_pinned: bool,
    /// Tells dialogs of one leg apart.
    fork: usize,
}

/// What a request within the dialog carries.
#[derive(Clone, Copy)]
enum Content<'a> {
    Nothing,
    Report(&'a str),
    /// Target refreshes name our Contact, with a description or without.
    Refresh(Option<&'a str>),
}

/// A refresh of ours, to be sent.
pub(crate) struct Asked {
    pub(crate) to: Hop,
    pub(crate) request: Vec<u8>,
    pub(crate) cseq: u32,
    pub(crate) branch: String,
}

/// Our side of a call we begin, as its forks share it.
#[derive(Clone, Debug)]
pub(crate) struct OwnSide {
    pub(crate) identity: Arc<Identity>,
    pub(crate) tag: String,
    /// From, with the tag.
    pub(crate) from: String,
}

impl Dialog {
    /// From the INVITE that asks for it.
    pub(crate) fn new(identity: Arc<Identity>, invite: &Request, source: Hop, local_tag: String) -> Dialog {
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
            is_pinned: head.vias.len() == 1 && head.via().ip() != Some(source.ip()),
            fork: 0,
        }
    }

    /// From the response to an INVITE of ours that makes it; `target` is used when the response has no Contact.
    pub(crate) fn dialled(
        own: &OwnSide,
        response: &Response,
        target: &str,
        hop: Hop,
        is_pinned: bool,
        fork: usize,
    ) -> Dialog {
        let head = &response.head;
        Dialog {
            identity: own.identity.clone(),
            local: own.from.clone(),
            local_tag: own.tag.clone(),
            remote_tag: head.to_tag().unwrap_or_default().to_owned(),
            call_id: head.call_id.clone(),
            remote: head.to.clone(),
            target: response.contact.clone().unwrap_or_else(|| target.to_owned()),
            routes: response.routes.clone(),
            local_cseq: head.cseq,
            remote_cseq: 0,
            source: hop,
            is_pinned,
            fork,
        }
    }

    /// Whether a request with a To tag belongs here.
    pub(crate) fn owns(&self, request: &Request) -> bool {
        let head = &request.head;
        head.call_id == self.call_id
            && head.to_tag() == Some(self.local_tag.as_str())
            && head.sender_tag() == self.remote_tag
    }

    /// Whether it is the call that RFC 3891 names so.
    pub(crate) fn is_named(&self, name: &Replaces) -> bool {
        let is_tag = |tag: &String| name.tags.contains(tag);
        name.call_id == self.call_id && is_tag(&self.local_tag) && is_tag(&self.remote_tag)
    }

    /// A re-INVITE may move the peer (RFC 3261 §12.2.2), and comes on the connection that is open. A way that opens another connection when
    /// one has closed is kept.
    pub(crate) fn refresh(&mut self, request: &Request, source: Hop) {
        if let Some(contact) = &request.contact {
            self.target.clone_from(contact);
        }
        let heals = matches!(self.source, Hop::Connect(_) | Hop::ConnectTls(_));
        if !heals && (self.is_pinned || source.is_reliable()) {
            self.source = source;
        }
    }

    /// Our BYE and where it goes.
    pub(crate) fn bye(&mut self, q850: u8) -> (Hop, Vec<u8>) {
        self.local_cseq += 1;
        let branch = format!("{BRANCH_COOKIE}{}.{}.{}", self.local_tag, self.fork, self.local_cseq);
        self.request("BYE", &branch, self.local_cseq, &[("Reason", format!("Q.850;cause={q850}"))], Content::Nothing)
    }

    /// A report about a REFER, and where it goes (RFC 3515 §2.4.4).
    pub(crate) fn notify(&mut self, about: String, state: &str, sipfrag: &str) -> (Hop, Vec<u8>) {
        self.local_cseq += 1;
        let branch = format!("{BRANCH_COOKIE}{}.{}.{}", self.local_tag, self.fork, self.local_cseq);
        let extra = [("Event", about), ("Subscription-State", state.to_owned())];
        self.request("NOTIFY", &branch, self.local_cseq, &extra, Content::Report(sipfrag))
    }

    /// The ACK of a 200 to our INVITE, a transaction of its own (RFC 3261 §13.2.2.4).
    pub(crate) fn ack(&self) -> (Hop, Vec<u8>) {
        self.ack_of(self.local_cseq, None)
    }

    /// The ACK of the INVITE with this number: of a 200, or of a refusal, which has the INVITE's own branch (§17.1.1.3).
    pub(crate) fn ack_of(&self, cseq: u32, refused: Option<&String>) -> (Hop, Vec<u8>) {
        let own = || format!("{BRANCH_COOKIE}{}.{}.a{cseq}", self.local_tag, self.fork);
        let branch = refused.cloned().unwrap_or_else(own);
        self.request("ACK", &branch, cseq, &[], Content::Nothing)
    }

    /// An UPDATE or a re-INVITE of ours that refreshes the session.
    pub(crate) fn refresh_of_ours(&mut self, method: &str, extra: &[(&str, String)], sdp: Option<&str>) -> Asked {
        self.local_cseq += 1;
        let cseq = self.local_cseq;
        let branch = format!("{BRANCH_COOKIE}{}.{}.{cseq}", self.local_tag, self.fork);
        let (to, request) = self.request(method, &branch, cseq, extra, Content::Refresh(sdp));
        Asked { to, request, cseq, branch }
    }

    fn request(
        &self,
        method: &str,
        branch: &str,
        cseq: u32,
        extra: &[(&str, String)],
        content: Content<'_>,
    ) -> (Hop, Vec<u8>) {
        let hop = self.next_hop();
        let (sipfrag, sdp) = match content {
            Content::Nothing => (None, None),
            Content::Report(text) => (Some(text), None),
            Content::Refresh(sdp) => (None, sdp),
        };
        let request = Outgoing {
            method,
            target: &self.target,
            routes: &self.routes,
            transport: hop.transport(),
            sent_by: self.identity.sent_by(hop.transport()),
            branch,
            from: &self.local,
            to: &self.remote,
            call_id: &self.call_id,
            cseq,
            // A report may be the first thing the subscription of RFC 3515 sees of us.
            contact: (!matches!(content, Content::Nothing)).then(|| self.identity.contact(hop.transport())),
            extra,
            sdp,
            sipfrag,
        };
        (hop, request.encode())
    }

    /// The first route, else the target, where they are addresses. A name would need a look-up in mid-call, and the source
    /// of the INVITE is known to be the trunk.
    fn next_hop(&self) -> Hop {
        let uri = self.routes.first().map_or(self.target.as_str(), |route| split_address(route).0);
        let is_hidden = self.is_pinned && self.routes.is_empty();
        match socket_of(uri) {
            Some(address) if !(is_hidden || address.ip().is_unspecified()) => self.source.to(address),
            Some(_) | None => self.source,
        }
    }
}

/// RFC 3261 §8.1.1.7.
pub(crate) const BRANCH_COOKIE: &str = "z9hG4bK";

/// The tag of the leg whose request this branch belongs to.
pub(crate) fn tag_of_branch(branch: &str) -> Option<&str> {
    branch.strip_prefix(BRANCH_COOKIE)?.split_once('.').map(|(tag, _)| tag)
}
