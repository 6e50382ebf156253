//! Refreshes of a session, theirs and ours (RFC 4028): UPDATE, and re-INVITE where the peer takes no UPDATE.

use domain::{Cause, EndReason, EndedBy, Mono};

use super::session_timer::{SessionTimer, Turn, is_too_brief};
use super::timers::Due;
use super::transaction::ClientRequest;
use super::{LegMachine, LegOutput, Stage};
use crate::hop::Hop;
use crate::message::{Reply, Request, Response, Terms, reply_hop};

/// The agreement of a leg, and a refresh of ours that is under way.
#[derive(Debug, Default)]
pub(super) struct Refreshing {
    timer: Option<SessionTimer>,
    /// The peer said that it takes UPDATE, and has not refused one.
    by_update: bool,
    request: Option<Refresh>,
    /// The ACK of our last re-INVITE, for copies of its answer.
    acknowledged: Option<Acknowledged>,
}

#[derive(Debug)]
struct Refresh {
    request: ClientRequest,
    cseq: u32,
    branch: String,
    is_invite: bool,
}

#[derive(Debug)]
struct Acknowledged {
    cseq: u32,
    to: Hop,
    ack: Vec<u8>,
}

impl Refreshing {
    /// What was agreed by an answer to an INVITE of ours.
    pub(super) fn answered(now: Mono, terms: &Terms) -> Refreshing {
        let timer = SessionTimer::answered(now, terms);
        Refreshing { timer, by_update: terms.takes_update, ..Refreshing::default() }
    }

    /// When there is something to do.
    pub(super) fn deadline(&self) -> Option<(Mono, &'static str)> {
        let timer = self.timer.as_ref().map(|timer| (timer.deadline(), "refresh the session, or end it"));
        let request = self.request.as_ref().map(|refresh| (refresh.request.deadline(), "repeat or give up a refresh"));
        [timer, request].into_iter().flatten().min()
    }
}

impl LegMachine {
    /// Takes what a request of the peer says; the headers of our 200 to it.
    pub(super) fn agree(&mut self, now: Mono, terms: &Terms) -> Vec<(&'static str, String)> {
        self.refreshing.timer = SessionTimer::asked(now, terms);
        self.refreshing.by_update |= terms.takes_update;
        self.refreshing.timer.as_ref().map(|timer| timer.reply_headers(terms)).unwrap_or_default()
    }

    /// UPDATE from the peer (RFC 3311): a refresh, with a new offer or without.
    pub(super) fn update(&mut self, now: Mono, request: &Request, source: Hop) {
        let key = request.head.transaction_key();
        if let Some((answered, reply)) = &self.replied
            && *answered == key
        {
            let output = LegOutput::Send(reply_hop(&request.head, source), reply.clone());
            return self.outputs.push_back(output);
        }
        if request.head.cseq <= self.dialog.remote_cseq {
            return self.refuse(500, request, source);
        }
        if self.ended || !matches!(self.stage, Stage::Early { .. } | Stage::Answered(_) | Stage::Talking) {
            return self.refuse(481, request, source);
        }
        self.dialog.remote_cseq = request.head.cseq;
        if is_too_brief(&request.terms) {
            return self.refuse(422, request, source);
        }
        let (sdp, changed) = match request.sdp.as_deref() {
            None => (None, false),
            // RFC 3311 §5.2: an offer of theirs waits for its answer, or one of ours is out.
            Some(_) if matches!(self.stage, Stage::Early { .. }) => return self.refuse(500, request, source),
            Some(_) if self.session.offering => return self.refuse(491, request, source),
            Some(description) => match self.session.accept(description) {
                Ok((answer, changed)) => (Some(answer), changed),
                Err(_) => return self.refuse(488, request, source),
            },
        };
        self.dialog.refresh(request, source);
        let extra = if let Stage::Early { .. } = self.stage {
            // It holds from our answer on.
            self.terms = request.terms;
            Vec::new()
        } else {
            self.agree(now, &request.terms)
        };
        let (identity, tag) = (self.dialog.identity.clone(), self.dialog.local_tag.clone());
        let mut reply = Reply::new(200, &request.head, source);
        reply.to_tag = Some(&tag);
        reply.contact = Some(identity.contact(source.transport()));
        reply.extra = extra;
        reply.sdp = sdp.as_deref();
        let encoded = reply.encode();
        self.replied = Some((key, encoded.clone()));
        self.outputs.push_back(LegOutput::Send(reply_hop(&request.head, source), encoded));
        self.report_media(changed);
    }

    /// What time brings.
    pub(super) fn tick_refreshing(&mut self, now: Mono) {
        if self.ended {
            self.refreshing = Refreshing::default();
            return;
        }
        match self.refreshing.request.as_mut().map_or(Due::Nothing, |refresh| refresh.request.due(now)) {
            Due::Nothing => {}
            Due::SendAgain => {
                let again = self.refreshing.request.as_ref().map(|r| (r.request.to, r.request.request.clone()));
                self.outputs.extend(again.map(|(to, request)| LegOutput::Send(to, request)));
            }
            // §10: as if it had been answered 408.
            Due::GiveUp => return self.died(now),
        }
        match self.refreshing.timer.as_mut().map_or(Turn::Nothing, |timer| timer.turn(now)) {
            Turn::Nothing => {}
            Turn::Refresh if self.session.offering || !matches!(self.stage, Stage::Talking) => self.refresh_later(now),
            Turn::Refresh => self.send_refresh(now),
            Turn::Expired => self.died(now),
        }
    }

    fn send_refresh(&mut self, now: Mono) {
        let Some(timer) = &self.refreshing.timer else { return };
        let headers = timer.refresh_headers();
        let is_invite = !self.refreshing.by_update;
        let sdp = is_invite.then(|| self.session.offer_again());
        let method = if is_invite { "INVITE" } else { "UPDATE" };
        let asked = self.dialog.refresh_of_ours(method, &headers, sdp.as_deref());
        self.outputs.push_back(LegOutput::Send(asked.to, asked.request.clone()));
        let request = ClientRequest::start(now, asked.to, asked.request);
        self.refreshing.request = Some(Refresh { request, cseq: asked.cseq, branch: asked.branch, is_invite });
    }

    /// An answer to a refresh of ours, or to a copy of it.
    pub(super) fn refresh_answered(&mut self, now: Mono, response: &Response) {
        if let Some(done) = self.refreshing.acknowledged.as_ref().filter(|done| done.cseq == response.head.cseq) {
            return self.outputs.push_back(LegOutput::Send(done.to, done.ack.clone()));
        }
        let Some(refresh) = self.refreshing.request.take_if(|refresh| refresh.branch == response.branch) else {
            return;
        };
        if refresh.is_invite {
            let (to, ack) = self.dialog.ack_of(refresh.cseq, (response.code >= 300).then_some(&refresh.branch));
            self.outputs.push_back(LegOutput::Send(to, ack.clone()));
            self.refreshing.acknowledged = Some(Acknowledged { cseq: refresh.cseq, to, ack });
        }
        match response.code {
            200..300 => self.refreshed(now, response, refresh.is_invite),
            code => {
                self.session.offering &= !refresh.is_invite;
                self.refresh_refused(now, code, response, refresh.is_invite);
            }
        }
    }

    fn refreshed(&mut self, now: Mono, response: &Response, is_invite: bool) {
        self.refreshing.timer = SessionTimer::answered(now, &response.terms);
        if !is_invite {
            return;
        }
        match self.session.answered(response.sdp.as_deref()) {
            Ok(changed) => self.report_media(changed),
            Err(_) => self.hang_up(now, Cause::NotAcceptable),
        }
    }

    /// §7.4 and §10: a call that the peer does not know is over; another refusal leaves it until its time is up. A challenge within a call is
    /// answered by nobody here: it proves that the peer is there, and whether to end the call is left to it.
    fn refresh_refused(&mut self, now: Mono, code: u16, response: &Response, is_invite: bool) {
        let longer = |timer: &mut SessionTimer| code == 422 && timer.lengthen(response.terms.least_s);
        match code {
            408 | 481 => self.died(now),
            401 | 407 => self.refreshing.timer = None,
            _ if self.refreshing.timer.as_mut().is_some_and(longer) => self.send_refresh(now),
            405 | 501 if !is_invite => {
                self.refreshing.by_update = false;
                self.send_refresh(now);
            }
            _ => self.refresh_later(now),
        }
    }

    fn refresh_later(&mut self, now: Mono) {
        if let Some(timer) = &mut self.refreshing.timer {
            timer.again(now);
        }
    }

    /// Nobody is there any more.
    fn died(&mut self, now: Mono) {
        self.refreshing = Refreshing::default();
        self.send_bye(now, 102);
        self.end(EndedBy::Network, EndReason::Timeout);
    }
}

#[cfg(test)]
#[path = "refresh_tests.rs"]
mod tests;
