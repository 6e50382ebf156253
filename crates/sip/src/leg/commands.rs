//! What the other side of the house asks a leg to do.

use std::net::SocketAddr;

use domain::{Cause, EndReason, EndedBy, Mono};

use super::timers::{LINGER, T1};
use super::transaction::ClientRequest;
use super::{AfterAck, LegMachine, LegOutput, Stage};
use crate::cause::{hang_up_of, refusal_of};
use crate::event::{Progress, SipEvent};
use crate::hop::Hop;
use crate::message::{Head, Reply, reply_hop};

impl LegMachine {
    pub(super) fn proceed(&mut self) {
        if let Stage::Early { ringing, .. } = &mut self.stage
            && !*ringing
        {
            *ringing = true;
            self.provisional(180);
        }
    }

    /// Lets the caller hear us before the answer: 183 with the description that the 200 repeats (RFC 3960 §3, RFC 6337 §3.1.1). Where the
    /// INVITE had no offer, ours can go in the 200 alone (RFC 3261 §13.2.1), which is sent then. Over UDP the 183 is said again after 0.5, 1.5,
    /// 3.5 and 7.5 s, then every minute.
    pub(super) fn play_early(&mut self, now: Mono, rtp: SocketAddr) {
        let Stage::Early { ringing, remind, pause, .. } = &mut self.stage else { return };
        if self.session.is_early() {
            return;
        }
        if !self.session.has_offer() {
            return self.answer(now, rtp);
        }
        // A 180 must not take back what can be heard.
        *ringing = true;
        // Its description is all the caller has to go by, and nobody says that a datagram has come.
        if !self.dialog.source.is_reliable() {
            (*remind, *pause) = (now + T1, T1);
        }
        let sdp = self.session.open_early(rtp);
        self.describe(183, Some(&sdp));
        self.event(SipEvent::Progress { leg: self.leg, progress: Progress::Early });
    }

    pub(super) fn answer(&mut self, now: Mono, rtp: SocketAddr) {
        if !matches!(self.stage, Stage::Early { .. }) {
            return;
        }
        let sdp = self.session.open(rtp);
        self.stage = Stage::Answered(AfterAck::Talk);
        let terms = self.terms;
        let extra = self.agree(now, &terms);
        self.write_final_reply(now, 200, extra, Some(&sdp));
    }

    /// Refuses what is not answered, ends what is.
    pub(super) fn hang_up(&mut self, now: Mono, cause: Cause) {
        match self.stage {
            Stage::Early { .. } => {
                let refusal = refusal_of(cause);
                self.final_reply(now, refusal.code, refusal.retry_after_s);
                self.over(now);
                self.end(EndedBy::System, refusal.reason);
            }
            Stage::Answered(_) | Stage::Talking | Stage::Crossed { .. } => {
                if cause == Cause::Moved {
                    self.refer_over(now, 200);
                }
                let hang_up = hang_up_of(cause);
                self.close(now, hang_up.q850, hang_up.reason);
            }
            Stage::Over { .. } | Stage::Gone => {}
        }
    }

    pub(super) fn stop(&mut self, now: Mono) {
        match self.stage {
            Stage::Early { .. } => {
                self.final_reply(now, 503, None);
                self.over(now);
                self.end(EndedBy::System, EndReason::NodeRestarted);
            }
            Stage::Answered(_) | Stage::Talking | Stage::Crossed { .. } => {
                // 41: temporary failure. An unacknowledged 200 is not waited for: the process is about to end.
                self.stage = Stage::Talking;
                self.close(now, 41, EndReason::NodeRestarted);
            }
            Stage::Over { .. } | Stage::Gone => {}
        }
    }

    /// Ends an answered call from our side.
    fn close(&mut self, now: Mono, q850: u8, reason: EndReason) {
        if let Stage::Answered(_) = self.stage {
            self.stage = Stage::Answered(AfterAck::HangUp { q850 });
        } else {
            self.send_bye(now, q850);
        }
        self.end(EndedBy::System, reason);
    }

    /// Sends BYE; the call is over but for its answer.
    pub(super) fn send_bye(&mut self, now: Mono, q850: u8) {
        // Whoever asked to move the call and is let go for another reason is not told that it was moved.
        self.refer_over(now, 487);
        self.stop_invite();
        self.reinvite = None;
        let (to, request) = self.dialog.bye(q850);
        self.outputs.push_back(LegOutput::Send(to, request.clone()));
        self.bye = Some(ClientRequest::start(now, to, request));
        self.over(now);
    }

    pub(super) fn send_bye_again(&mut self) {
        if let Some(bye) = &self.bye {
            self.outputs.push_back(LegOutput::Send(bye.to, bye.request.clone()));
        }
    }

    /// 100 without and 180 with our tag and Contact.
    pub(super) fn provisional(&mut self, code: u16) {
        self.describe(code, None);
    }

    fn describe(&mut self, code: u16, sdp: Option<&str>) {
        let identity = self.dialog.identity.clone();
        let tag = self.dialog.local_tag.clone();
        self.write_invite_reply(|head, source| {
            let mut reply = Reply::new(code, head, source);
            if code != 100 {
                reply.to_tag = Some(&tag);
                reply.contact = Some(identity.contact(source.transport()));
            }
            reply.sdp = sdp;
            reply.encode()
        });
        self.send_invite_reply();
    }

    /// The final reply to the INVITE, repeated until its ACK.
    pub(super) fn final_reply(&mut self, now: Mono, code: u16, retry_after_s: Option<u32>) {
        let extra = retry_after_s.map(|s| ("Retry-After", s.to_string()));
        self.write_final_reply(now, code, extra.into_iter().collect(), None);
    }

    fn write_final_reply(&mut self, now: Mono, code: u16, extra: Vec<(&'static str, String)>, sdp: Option<&str>) {
        let identity = self.dialog.identity.clone();
        let tag = self.dialog.local_tag.clone();
        self.write_invite_reply(|head, source| {
            let mut reply = Reply::new(code, head, source);
            reply.to_tag = Some(&tag);
            reply.contact = (code == 200).then_some(identity.contact(source.transport()));
            reply.extra = extra;
            reply.sdp = sdp;
            reply.encode()
        });
        if let Some(invite) = &mut self.invite {
            invite.finish(now);
        }
        self.send_invite_reply();
    }

    fn write_invite_reply(&mut self, write: impl FnOnce(&Head, Hop) -> Vec<u8>) {
        if let Some(invite) = &mut self.invite {
            let encoded = write(&invite.head, invite.source);
            invite.note(encoded);
        }
    }

    pub(super) fn send_invite_reply(&mut self) {
        if let Some(invite) = &self.invite
            && let Some(copy) = invite.copy()
        {
            let to = reply_hop(&invite.head, invite.source);
            self.outputs.push_back(LegOutput::Send(to, copy.to_vec()));
        }
    }

    pub(super) fn send_reinvite_reply(&mut self) {
        if let Some(reinvite) = &self.reinvite
            && let Some(copy) = reinvite.copy()
        {
            let to = reply_hop(&reinvite.head, reinvite.source);
            self.outputs.push_back(LegOutput::Send(to, copy.to_vec()));
        }
    }

    /// A copy of the INVITE: the last reply again, and a finished leg lingers on.
    pub(super) fn send_copy(&mut self, now: Mono) {
        self.send_invite_reply();
        if let Stage::Over { until } = &mut self.stage {
            *until = now + LINGER;
        }
    }
}
