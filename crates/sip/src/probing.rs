//! Asking one place now and then whether it is there (RFC 3261 §11). Pure.

use domain::Mono;

use crate::hop::Hop;
use crate::leg::timers::Due;
use crate::leg::{ClientRequest, Identity};
use crate::message::Outgoing;

/// Where the asking stands.
#[derive(Debug)]
pub(crate) enum Probing {
    /// The next OPTIONS is due then.
    Waiting(Mono),
    /// An OPTIONS is out.
    Asked(ClientRequest),
}

impl Probing {
    /// When `due` is to be asked next.
    pub(crate) fn deadline(&self) -> Mono {
        match self {
            Probing::Waiting(at) => *at,
            Probing::Asked(request) => request.deadline(),
        }
    }

    /// What is due: while waiting, `SendAgain` asks for a fresh question.
    pub(crate) fn due(&mut self, now: Mono) -> Due {
        match self {
            Probing::Waiting(at) if now >= *at => Due::SendAgain,
            Probing::Waiting(_) => Due::Nothing,
            Probing::Asked(request) => request.due(now),
        }
    }

    /// Whether a response with this branch answers the question that is out.
    pub(crate) fn is_asked_by(&self, branch: &str) -> bool {
        matches!(self, Probing::Asked(request) if request.is_branch(branch))
    }
}

/// One question.
pub(crate) struct Question<'a> {
    pub(crate) identity: &'a Identity,
    pub(crate) uri: &'a str,
    pub(crate) hop: Hop,
    pub(crate) branch: &'a str,
    pub(crate) tag: &'a str,
    pub(crate) call_id: &'a str,
    pub(crate) cseq: u32,
}

impl Question<'_> {
    /// The OPTIONS in its wire form.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let Question { identity, uri, hop, branch, tag, call_id, cseq } = *self;
        let request = Outgoing {
            method: "OPTIONS",
            target: uri,
            routes: &[],
            transport: hop.transport(),
            sent_by: identity.sent_by(hop.transport()),
            branch,
            from: &format!("<sip:callisto@{}>;tag={tag}", identity.sent_by),
            to: &format!("<{uri}>"),
            call_id,
            cseq,
            contact: Some(identity.contact(hop.transport())),
            extra: &[],
            sdp: None,
            sipfrag: None,
        };
        request.encode()
    }
}
