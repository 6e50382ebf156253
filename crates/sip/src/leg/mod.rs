//! One call as a pure machine: RFC 3261 §13 (UAS), §14, §15, with time as an argument.
//!
//! ```text
//! Early ──183, heard──▶ Early
//! Early ──answer──▶ Answered ──ACK──▶ Talking ──BYE, either side──▶ Over ──lingered──▶ Gone
//!   │                   │ CANCEL that crossed the 200: Crossed after the ACK
//!   └── refuse, CANCEL ─┴──────────────────────────────────────────▶ Over
//! ```

mod commands;
mod dialog;
mod refer;
mod refresh;
mod requests;
mod session;
pub(crate) mod session_timer;
pub(crate) mod timers;
mod transaction;

use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use domain::{Cause, EndReason, EndedBy, LegId, Mono};

pub(crate) use dialog::{BRANCH_COOKIE, Identity, OwnSide, tag_of_branch};

use crate::event::SipEvent;
use crate::hop::{Hop, Lesson};
use crate::message::{Refer, Replaces, Reply, Request, Response, Terms, reply_hop};
use crate::sdp::{MediaOffer, Offer};
pub(crate) use dialog::Dialog;
use refer::Referring;
use refresh::Refreshing;
pub(crate) use session::{MediaSession, MediaTerms};
use timers::{Due, LINGER, REMIND, T2, UNANSWERED_MAX};
pub(crate) use transaction::ClientRequest;
use transaction::ServerInvite;

/// Everything that can happen to a leg.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LegInput<'a> {
    /// A copy of the INVITE that made this leg.
    InviteAgain,
    /// CANCEL of that INVITE.
    Cancel(&'a Request, Hop),
    /// An ACK of the INVITE, with or without dialog.
    Ack(&'a Request),
    /// Another request within the dialog: re-INVITE or BYE.
    InDialog(&'a Request, Hop),
    /// An answer to a request of ours.
    Response(&'a Response, Hop),
    /// A way we sent something is closed: nothing will come back.
    Unreached(Hop),
    /// Ring.
    Proceed,
    /// Let the caller hear us before the answer, receiving RTP at this address.
    PlayEarly(SocketAddr),
    /// Answer, receiving RTP at this address.
    Answer(SocketAddr),
    /// End it, whatever its state.
    Hangup(Cause),
    /// What the phone asked for by REFER is refused, with this code.
    ReferOver(u16),
    /// The endpoint stops.
    Stop,
    /// A deadline may have come.
    Tick,
}

/// Everything a leg asks for.
#[derive(Debug)]
pub(crate) enum LegOutput {
    Send(Hop, Vec<u8>),
    Event(SipEvent),
    /// The phone asks to move its call.
    Refer(Refer),
    /// Something about the way a call of ours went.
    Learned(Hop, Lesson),
}

#[derive(Debug)]
enum Stage {
    /// No final reply yet.
    Early { ringing: bool, remind: Mono, pause: Duration, give_up: Mono },
    /// 200 sent, not acknowledged.
    Answered(AfterAck),
    /// Established.
    Talking,
    /// The caller cancelled while our 200 was under way, and acknowledged it: its BYE is expected.
    Crossed { bye_at: Mono },
    /// Finished; answers copies until then.
    Over { until: Mono },
    /// To be forgotten.
    Gone,
}

/// What happens when the ACK comes; RFC 3261 §15 forbids our BYE before it.
#[derive(Clone, Copy, Debug)]
enum AfterAck {
    Talk,
    HangUp { q850: u8 },
    Crossed,
}

/// How much of a leg is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LegView {
    /// Its end has not been reported.
    pub(crate) is_live: bool,
    /// The peer still owes a message.
    pub(crate) has_dialog: bool,
    /// Nothing is left; forget it.
    pub(crate) is_gone: bool,
    /// It lives, and its codec has to be coded; while a call of ours rings, it may come to that.
    pub(crate) is_coded: bool,
}

/// An INVITE that makes a leg.
pub(crate) struct Arrival<'a> {
    pub(crate) leg: LegId,
    /// Who the peer is in the books.
    pub(crate) peer: EndedBy,
    pub(crate) identity: Arc<Identity>,
    pub(crate) invite: &'a Request,
    pub(crate) source: Hop,
    pub(crate) srtp: MediaTerms,
}

/// A leg.
#[derive(Debug)]
pub(crate) struct LegMachine {
    leg: LegId,
    /// Who the peer is in the books: a customer, or an agent's telephone.
    peer: EndedBy,
    dialog: Dialog,
    /// The INVITE that made this leg; none when it was ours.
    invite: Option<ServerInvite>,
    reinvite: Option<ServerInvite>,
    /// The last re-INVITE that was refused, or UPDATE, and how: its copies get the same.
    replied: Option<(String, Vec<u8>)>,
    bye: Option<ClientRequest>,
    referring: Referring,
    refreshing: Refreshing,
    /// What the INVITE said of the session's life, until it is answered.
    terms: Terms,
    session: MediaSession,
    stage: Stage,
    ended: bool,
    outputs: VecDeque<LegOutput>,
}

impl LegMachine {
    /// A call that came in: sends 100.
    pub(crate) fn new(now: Mono, arrival: Arrival<'_>, offer: Option<Offer>, tag: String) -> LegMachine {
        let Arrival { leg, peer, identity, invite, source, srtp } = arrival;
        let mut machine = LegMachine {
            leg,
            peer,
            dialog: Dialog::new(identity, invite, source, tag),
            invite: Some(ServerInvite::new(invite.head.clone(), source)),
            reinvite: None,
            replied: None,
            bye: None,
            referring: Referring::default(),
            refreshing: Refreshing::default(),
            terms: invite.terms,
            session: MediaSession::new(offer, leg.0.unsigned_abs(), srtp),
            stage: Stage::Early { ringing: false, remind: now + REMIND, pause: REMIND, give_up: now + UNANSWERED_MAX },
            ended: false,
            outputs: VecDeque::new(),
        };
        machine.provisional(100);
        machine
    }

    /// A call of ours that was answered and acknowledged: tells what was agreed.
    pub(crate) fn dialled(
        now: Mono,
        (leg, peer): (LegId, EndedBy),
        dialog: Dialog,
        session: MediaSession,
        terms: &Terms,
    ) -> LegMachine {
        let mut machine = LegMachine {
            leg,
            peer,
            dialog,
            invite: None,
            reinvite: None,
            replied: None,
            bye: None,
            referring: Referring::default(),
            refreshing: Refreshing::answered(now, terms),
            terms: *terms,
            session,
            stage: Stage::Talking,
            ended: false,
            outputs: VecDeque::new(),
        };
        machine.event(SipEvent::MediaChanged { leg, offer: machine.session.in_force.clone() });
        machine.event(SipEvent::Answered { leg });
        machine.report_media(false);
        machine
    }

    /// The only way in.
    pub(crate) fn handle(&mut self, now: Mono, input: LegInput<'_>) {
        match input {
            LegInput::InviteAgain => self.send_copy(now),
            LegInput::Cancel(request, source) => self.cancel(now, request, source),
            LegInput::Ack(request) => self.ack(now, request),
            LegInput::InDialog(request, source) => self.in_dialog(now, request, source),
            LegInput::Response(response, _) => self.answered_by_peer(now, response),
            // A dialog outlives its connection: the peer may come back on another.
            LegInput::Unreached(_) => {}
            LegInput::Proceed => self.proceed(),
            LegInput::PlayEarly(rtp) => self.play_early(now, rtp),
            LegInput::Answer(rtp) => self.answer(now, rtp),
            LegInput::Hangup(cause) => self.hang_up(now, cause),
            LegInput::ReferOver(code) => self.refer_over(now, code),
            LegInput::Stop => self.stop(now),
            LegInput::Tick => self.tick(now),
        }
    }

    /// Drain until `None`.
    pub(crate) fn poll_output(&mut self) -> Option<LegOutput> {
        let output = self.outputs.pop_front();
        if output.is_none() {
            // Thousands of idle legs should not each keep a buffer.
            self.outputs = VecDeque::new();
        }
        output
    }

    /// When to tick next, and why.
    pub(crate) fn poll_timeout(&self) -> Option<(Mono, &'static str)> {
        let transactions = [
            self.invite.as_ref().and_then(ServerInvite::deadline),
            self.reinvite.as_ref().and_then(ServerInvite::deadline),
            self.bye.as_ref().map(|bye| (bye.deadline(), "repeat or give up our BYE")),
            self.referring.report.as_ref().map(|report| (report.deadline(), "repeat or give up a report")),
            self.refreshing.deadline(),
        ];
        let stage = match self.stage {
            Stage::Early { remind, give_up, .. } => {
                Some((remind.min(give_up), "repeat a provisional reply or give up"))
            }
            Stage::Crossed { bye_at } => Some((bye_at, "hang up after a crossed CANCEL")),
            Stage::Over { until } if !self.is_owed_anything() => Some((until, "forget a finished leg")),
            Stage::Answered(_) | Stage::Talking | Stage::Over { .. } | Stage::Gone => None,
        };
        transactions.into_iter().chain([stage]).flatten().min()
    }

    /// How much is left.
    pub(crate) fn inspect(&self) -> LegView {
        let established = matches!(self.stage, Stage::Answered(_) | Stage::Talking | Stage::Crossed { .. });
        LegView {
            is_live: !self.ended,
            has_dialog: established || self.bye.is_some(),
            is_gone: matches!(self.stage, Stage::Gone),
            is_coded: !self.ended && !self.session.in_force.codec.is_law(),
        }
    }

    /// What the caller offered, or what is in force.
    pub(crate) fn media(&self) -> MediaOffer {
        self.session.in_force.clone()
    }

    /// The key of the INVITE's transaction.
    pub(crate) fn invite_key(&self) -> Option<String> {
        self.invite.as_ref().map(|invite| invite.head.transaction_key())
    }

    /// CSeq number of the INVITE, for telling a new attempt from a merged request.
    pub(crate) fn invite_cseq(&self) -> Option<u32> {
        self.invite.as_ref().map(|invite| invite.head.cseq)
    }

    /// The address the peer speaks from.
    pub(crate) fn peer_ip(&self) -> IpAddr {
        self.dialog.source.ip()
    }

    /// Whether the other side speaks over a way that nobody else can read.
    pub(crate) fn is_private(&self) -> bool {
        self.dialog.source.is_private()
    }

    /// Whether a request with a To tag belongs here.
    pub(crate) fn owns(&self, request: &Request) -> bool {
        self.dialog.owns(request)
    }

    /// Whether it is the call that RFC 3891 names so.
    pub(crate) fn is_named(&self, name: &Replaces) -> bool {
        !self.ended && self.dialog.is_named(name)
    }

    fn tick(&mut self, now: Mono) {
        match self.invite.as_mut().map_or(Due::Nothing, |invite| invite.due(now)) {
            Due::Nothing => {}
            Due::SendAgain => self.send_invite_reply(),
            Due::GiveUp => {
                self.stop_invite();
                self.unacknowledged(now);
            }
        }
        match self.reinvite.as_mut().map_or(Due::Nothing, |reinvite| reinvite.due(now)) {
            Due::Nothing => {}
            Due::SendAgain => self.send_reinvite_reply(),
            Due::GiveUp => {
                self.reinvite = None;
                self.unacknowledged(now);
            }
        }
        match self.bye.as_mut().map_or(Due::Nothing, |bye| bye.due(now)) {
            Due::Nothing => {}
            Due::SendAgain => self.send_bye_again(),
            Due::GiveUp => self.bye = None,
        }
        match self.referring.report.as_mut().map_or(Due::Nothing, |report| report.due(now)) {
            Due::Nothing => {}
            Due::SendAgain => self.send_report_again(),
            Due::GiveUp => self.referring.report = None,
        }
        self.tick_refreshing(now);
        self.tick_stage(now);
    }

    fn tick_stage(&mut self, now: Mono) {
        match self.stage {
            Stage::Early { give_up, .. } if now >= give_up => self.hang_up(now, Cause::Unavailable),
            Stage::Early { ringing, remind, pause, give_up } if now >= remind => {
                let pause = if pause < T2 { pause * 2 } else { REMIND };
                self.stage = Stage::Early { ringing, remind: now + pause, pause, give_up };
                self.send_invite_reply();
            }
            Stage::Crossed { bye_at } if now >= bye_at => {
                self.send_bye(now, 16);
                self.end(EndedBy::Customer, EndReason::Cancelled);
            }
            Stage::Over { until } if now >= until && !self.is_owed_anything() => self.stage = Stage::Gone,
            Stage::Early { .. }
            | Stage::Answered(_)
            | Stage::Talking
            | Stage::Crossed { .. }
            | Stage::Over { .. }
            | Stage::Gone => {}
        }
    }

    /// RFC 3261 §13.3.1.4 and §14.2: without an ACK the session is ended by BYE.
    fn unacknowledged(&mut self, now: Mono) {
        match self.stage {
            Stage::Answered(_) | Stage::Talking | Stage::Crossed { .. } => {
                self.send_bye(now, 102);
                self.end(EndedBy::Network, EndReason::Timeout);
            }
            Stage::Early { .. } | Stage::Over { .. } | Stage::Gone => {}
        }
    }

    fn is_owed_anything(&self) -> bool {
        let awaits_ack = |invite: &Option<ServerInvite>| invite.as_ref().is_some_and(ServerInvite::awaits_ack);
        awaits_ack(&self.invite) || awaits_ack(&self.reinvite) || self.bye.is_some()
    }

    /// Reports the end, once.
    fn end(&mut self, by: EndedBy, reason: EndReason) {
        if !self.ended {
            self.ended = true;
            self.refreshing = Refreshing::default();
            let by = if by == EndedBy::Customer { self.peer } else { by };
            self.event(SipEvent::Ended { leg: self.leg, by, reason, cause: None });
        }
    }

    /// Ends the copies of our final reply, if the INVITE was theirs.
    fn stop_invite(&mut self) {
        if let Some(invite) = &mut self.invite {
            invite.stop();
        }
    }

    fn over(&mut self, now: Mono) {
        self.stage = Stage::Over { until: now + LINGER };
    }

    fn event(&mut self, event: SipEvent) {
        self.outputs.push_back(LegOutput::Event(event));
    }

    fn reply(&mut self, reply: &Reply<'_>) {
        let to = reply_hop(reply.head, reply.source);
        self.outputs.push_back(LegOutput::Send(to, reply.encode()));
    }
}

#[cfg(test)]
mod early_tests;
#[cfg(test)]
mod tests;
