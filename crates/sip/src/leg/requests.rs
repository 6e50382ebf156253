//! What the peer asks of a leg: CANCEL, ACK, BYE and re-INVITE.

use domain::{Cause, EndReason, EndedBy, Mono};

use super::session_timer::{is_too_brief, least_header};
use super::timers::CROSSED_GRACE;
use super::transaction::ServerInvite;
use super::{AfterAck, LegMachine, LegOutput, Stage};
use crate::cause::peer_ending;
use crate::event::SipEvent;
use crate::hop::Hop;
use crate::message::{Method, Reply, Request, Response, reply_hop};
use crate::sdp::SdpError;

impl LegMachine {
    /// RFC 3261 §9.2.
    pub(super) fn cancel(&mut self, now: Mono, request: &Request, source: Hop) {
        let tag = self.dialog.local_tag.clone();
        self.reply(&Reply { to_tag: Some(&tag), ..Reply::new(200, &request.head, source) });
        match self.stage {
            Stage::Early { .. } => {
                self.final_reply(now, 487, None);
                self.over(now);
                self.end(EndedBy::Customer, EndReason::Cancelled);
            }
            // Our 200 and the CANCEL crossed: the call is established by its ACK and ended by BYE.
            Stage::Answered(AfterAck::Talk) => self.stage = Stage::Answered(AfterAck::Crossed),
            Stage::Over { .. } => self.over(now),
            Stage::Answered(_) | Stage::Talking | Stage::Crossed { .. } | Stage::Gone => {}
        }
    }

    pub(super) fn ack(&mut self, now: Mono, request: &Request) {
        let cseq = request.head.cseq;
        if self.invite_cseq() == Some(cseq) {
            if self.invite.as_ref().is_some_and(ServerInvite::awaits_ack) {
                self.stop_invite();
                self.acknowledged(now, request);
            }
        } else if self.reinvite.as_ref().is_some_and(|reinvite| reinvite.head.cseq == cseq && reinvite.awaits_ack()) {
            if let Some(reinvite) = &mut self.reinvite {
                reinvite.stop();
            }
            if self.session.offering
                && let Ok(changed) = self.session.answered(request.sdp.as_deref())
            {
                self.report_media(changed);
            }
        }
    }

    /// The first ACK of the first INVITE.
    fn acknowledged(&mut self, now: Mono, request: &Request) {
        let Stage::Answered(then) = self.stage else {
            // Of a refusal: linger from here.
            if let Stage::Over { .. } = self.stage {
                self.over(now);
            }
            return;
        };
        let late = if self.session.offering { self.session.answered(request.sdp.as_deref()) } else { Ok(false) };
        match (then, late) {
            (AfterAck::Talk, Ok(changed)) => {
                self.stage = Stage::Talking;
                self.event(SipEvent::Answered { leg: self.leg });
                self.report_media(changed);
            }
            (AfterAck::Talk, Err(SdpError::NothingInCommon | SdpError::Unreadable)) => {
                self.stage = Stage::Talking;
                self.hang_up(now, Cause::NotAcceptable);
            }
            (AfterAck::HangUp { q850 }, _) => self.send_bye(now, q850),
            (AfterAck::Crossed, _) => self.stage = Stage::Crossed { bye_at: now + CROSSED_GRACE },
        }
    }

    /// An answer to our BYE, to a report or to a refresh of ours.
    pub(super) fn answered_by_peer(&mut self, now: Mono, response: &Response) {
        match response.head.method.as_str() {
            _ if response.code < 200 => {}
            "INVITE" | "UPDATE" => self.refresh_answered(now, response),
            "BYE" => self.bye = None,
            "NOTIFY" if self.referring.report.as_ref().is_some_and(|report| report.is_branch(&response.branch)) => {
                self.referring.report = None;
            }
            _ => {}
        }
    }

    /// A key, from peers that know no RFC 4733; what else INFO carries is taken and left.
    fn info(&mut self, request: &Request, source: Hop) {
        let talks = matches!(self.stage, Stage::Talking);
        // Before the answer no key is waited for; but 481 would have the peer end its call (RFC 3261 §12.2.1.2).
        let stands = !self.ended && (talks || matches!(self.stage, Stage::Early { .. } | Stage::Answered(_)));
        self.reply(&Reply::new(if stands { 200 } else { 481 }, &request.head, source));
        // A copy has the number of the request before it.
        if let Some(key) = request.key.filter(|_| stands && talks && request.head.cseq > self.dialog.remote_cseq) {
            self.dialog.remote_cseq = request.head.cseq;
            self.event(SipEvent::Digit { leg: self.leg, key });
        }
    }

    pub(super) fn in_dialog(&mut self, now: Mono, request: &Request, source: Hop) {
        match request.method {
            Method::Bye => self.bye_from_peer(now, request, source),
            Method::Invite => self.reinvite(now, request, source),
            Method::Refer => self.refer(now, request, source),
            Method::Info => self.info(request, source),
            Method::Update => self.update(now, request, source),
            Method::Options => self.reply(&Reply::new(if self.ended { 481 } else { 200 }, &request.head, source)),
            // The stack would leave its confirmed state over some of these; here they are refused before it matters.
            Method::Cancel | Method::Ack | Method::Register | Method::Other => {
                self.reply(&Reply::new(405, &request.head, source))
            }
        }
    }

    fn bye_from_peer(&mut self, now: Mono, request: &Request, source: Hop) {
        if request.head.cseq < self.dialog.remote_cseq {
            // RFC 3261 §12.2.2: out of order.
            return self.reply(&Reply::new(500, &request.head, source));
        }
        self.dialog.remote_cseq = request.head.cseq;
        self.reply(&Reply::new(200, &request.head, source));
        let (by, reason) = match self.stage {
            // RFC 3261 §15.1.2: a pending INVITE is answered 487.
            Stage::Early { .. } => {
                self.final_reply(now, 487, None);
                (EndedBy::Customer, EndReason::Cancelled)
            }
            Stage::Answered(AfterAck::Crossed) | Stage::Crossed { .. } => {
                self.stop_invite();
                (EndedBy::Customer, EndReason::Cancelled)
            }
            Stage::Answered(AfterAck::Talk | AfterAck::HangUp { .. }) | Stage::Talking => {
                self.stop_invite();
                peer_ending(request.q850)
            }
            Stage::Over { .. } | Stage::Gone => return self.over(now),
        };
        self.reinvite = None;
        self.over(now);
        self.end(by, reason);
    }

    /// RFC 3261 §14.2.
    fn reinvite(&mut self, now: Mono, request: &Request, source: Hop) {
        let key = request.head.transaction_key();
        if self.reinvite.as_ref().is_some_and(|reinvite| reinvite.head.transaction_key() == key) {
            return self.send_reinvite_reply();
        }
        if let Some((answered, reply)) = &self.replied
            && *answered == key
        {
            let output = LegOutput::Send(reply_hop(&request.head, source), reply.clone());
            return self.outputs.push_back(output);
        }
        let established = matches!(self.stage, Stage::Answered(_) | Stage::Talking | Stage::Crossed { .. });
        if matches!(self.stage, Stage::Early { .. }) || request.head.cseq <= self.dialog.remote_cseq {
            return self.refuse(500, request, source);
        }
        if !established || self.ended {
            return self.refuse(481, request, source);
        }
        self.dialog.remote_cseq = request.head.cseq;
        if is_too_brief(&request.terms) {
            return self.refuse(422, request, source);
        }
        // RFC 5407 §3.1.5 and RFC 6337: our own offer is out until its ACK, so another one is glare.
        if self.session.offering {
            return self.refuse(491, request, source);
        }
        let (sdp, changed) = match request.sdp.as_deref() {
            None => (self.session.offer(), false),
            Some(description) => match self.session.accept(description) {
                Ok(accepted) => accepted,
                // RFC 3261 §14.2: the session stays as it was.
                Err(SdpError::NothingInCommon) => return self.refuse(488, request, source),
                Err(SdpError::Unreadable) => return self.refuse(400, request, source),
            },
        };
        self.dialog.refresh(request, source);
        let extra = self.agree(now, &request.terms);
        let identity = self.dialog.identity.clone();
        let mut reply = Reply::new(200, &request.head, source);
        reply.contact = Some(identity.contact(source.transport()));
        reply.extra = extra;
        reply.sdp = Some(&sdp);
        let mut transaction = ServerInvite::new(request.head.clone(), source);
        transaction.note(reply.encode());
        transaction.finish(now);
        self.reinvite = Some(transaction);
        self.send_reinvite_reply();
        self.report_media(changed);
    }

    /// Refuses a re-INVITE or an UPDATE. It is not repeated by timer: without a provisional reply the peer repeats it until it hears us.
    pub(super) fn refuse(&mut self, code: u16, request: &Request, source: Hop) {
        // RFC 3261 §14.2: between 0 and 10 seconds, not the same for everybody.
        let retry_after = (self.dialog.remote_cseq % 10 + 1).to_string();
        let mut reply = Reply::new(code, &request.head, source);
        reply.extra.extend((code == 500).then_some(("Retry-After", retry_after)));
        reply.extra.extend((code == 422).then(least_header));
        let encoded = reply.encode();
        self.replied = Some((request.head.transaction_key(), encoded.clone()));
        self.outputs.push_back(LegOutput::Send(reply_hop(&request.head, source), encoded));
    }

    /// Reports what is in force, once the call stands.
    pub(super) fn report_media(&mut self, changed: bool) {
        if self.ended {
            return;
        }
        if changed {
            self.event(SipEvent::MediaChanged { leg: self.leg, offer: self.session.in_force.clone() });
        }
        let held = self.session.in_force.is_hold();
        if matches!(self.stage, Stage::Talking) && held != self.session.held {
            self.session.held = held;
            self.event(SipEvent::PeerHold { leg: self.leg, on: held });
        }
    }
}
