//! Re-INVITEs from either side, and the other requests of the peer.

use std::net::SocketAddr;

use super::EventKind;
use super::actor::{Actor, State};
use crate::message::{Message, uri_of};
use crate::sdp::{HoldStyle, Remote};

impl Actor {
    /// Sends a re-INVITE: with a new hold state, or without any description.
    pub(super) fn renegotiate(&mut self, hold: Option<Option<HoldStyle>>) -> Result<(), String> {
        if self.pending.iter().any(|p| p.message.method() == "INVITE") {
            return Err("another re-INVITE is under way".to_owned());
        }
        self.new_hold = hold;
        self.dialog.cseq += 1;
        let mut invite = self.dialog.request(&self.shared, "INVITE", self.dialog.cseq, &self.shared.branch());
        if let Some(hold) = hold {
            let mut offered = self.local;
            offered.hold = hold;
            offered.version += 1;
            invite = invite.with_sdp(self.description(&offered));
        }
        self.send_repeated(invite);
        Ok(())
    }

    /// The final answer to our re-INVITE.
    pub(super) fn renegotiated(&mut self, code: u16, invite: &Message, response: &Message) {
        if code >= 300 {
            self.ack_refusal(invite, response);
            return self.tell(EventKind::RenegotiationRefused { code });
        }
        if let Some(contact) = response.header("Contact") {
            uri_of(contact).clone_into(&mut self.dialog.target);
        }
        let cseq = invite.cseq().map(|(number, _)| number).unwrap_or(1);
        let mut ack = self.dialog.request(&self.shared, "ACK", cseq, &self.shared.branch());
        match self.new_hold {
            Some(hold) => {
                self.local.hold = hold;
                self.local.version += 1;
            }
            // Theirs was the offer: ours is the answer.
            None => ack = ack.with_sdp(self.description(&self.local)),
        }
        self.send(&ack);
        self.dialog.last_ack = Some(ack);
        match Remote::read(&response.body) {
            Some(remote) => {
                self.take_key(&response.body);
                self.apply(&remote);
                let (direction, address) = (remote.direction, remote.rtp.to_string());
                self.tell(EventKind::Renegotiated { direction, remote: address });
            }
            None => self.tell(EventKind::Failed { why: "the answer has no usable sound".to_owned() }),
        }
    }

    /// A request of the other side.
    pub(super) fn peer_request(&mut self, method: &str, request: &Message, from: SocketAddr) {
        match method {
            "ACK" => self.peer_ack(),
            "BYE" => {
                self.reply(request, 200, "OK", from);
                if self.state != State::Over {
                    let reason = request.header("Reason").map(str::to_owned);
                    self.over(EventKind::Ended { by_peer: true, reason });
                }
            }
            "OPTIONS" => self.reply(request, 200, "OK", from),
            "CANCEL" if self.state == State::Ringing => {
                self.reply(request, 200, "OK", from);
                self.cancelled();
            }
            "CANCEL" => self.reply(request, 200, "OK", from),
            "INVITE" => self.peer_renegotiates(request, from),
            "NOTIFY" => self.notified(request, from),
            _ => self.reply(request, 405, "Method Not Allowed", from),
        }
    }

    fn peer_ack(&mut self) {
        self.pending.retain(|p| !(p.message.method() == "INVITE" && is_response(&p.message)));
        if self.state == State::Answering {
            self.state = State::Talking;
            self.tell(EventKind::Answered);
        }
    }

    fn peer_renegotiates(&mut self, request: &Message, from: SocketAddr) {
        if self.state == State::Ringing {
            return self.ring();
        }
        if self.state == State::Answering {
            // A copy of the INVITE that began the call; our 200 is repeated by its timer.
            return;
        }
        if self.state != State::Talking {
            return self.reply(request, 481, "Call Does Not Exist", from);
        }
        // RFC 3261 §14.2: our own re-INVITE is under way.
        if self.pending.iter().any(|p| p.message.method() == "INVITE" && !is_response(&p.message)) {
            return self.reply(request, 491, "Request Pending", from);
        }
        let Some(remote) = Remote::read(&request.body) else {
            return self.reply(request, 488, "Not Acceptable Here", from);
        };
        if let Some(contact) = request.header("Contact") {
            uri_of(contact).clone_into(&mut self.dialog.target);
            self.dialog.follow_route();
        }
        self.local.version += 1;
        self.take_key(&request.body);
        self.apply(&remote);
        let ok = Message::response_to(request, 200, "OK", self.dialog.local_tag())
            .with("Contact", format!("<{}>", self.shared.contact()))
            .with_sdp(self.description(&self.local));
        self.send_repeated(ok);
        self.tell(EventKind::PeerRenegotiated { direction: remote.direction });
    }

    pub(super) fn reply(&self, request: &Message, code: u16, phrase: &str, from: SocketAddr) {
        let reply = Message::response_to(request, code, phrase, self.dialog.local_tag());
        self.shared.send(&reply.encode(), from);
    }
}

fn is_response(message: &Message) -> bool {
    matches!(message.start, crate::message::Start::Response { .. })
}
