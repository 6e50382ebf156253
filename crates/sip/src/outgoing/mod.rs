//! A call of ours as a pure machine: RFC 3261 §13 (UAC), §9 (CANCEL), §17.1.1, and what a forking client must do with the
//! answers it did not want (§13.2.2.4).
//!
//! ```text
//! Calling ──200──▶ Talking (a leg like any other) ──BYE──▶ Gone
//!    │  every fork refused, given up, cancelled ──▶ Over ──▶ Gone
//! ```
//!
//! Places in turn are forks begun one after the other (RFC 3263 §4.3): the next one when the one before is silent, gets no
//! further than 100 or refuses for reasons of its own, as long as nobody was rung. When the last one refuses, those that were
//! only silent may still take the call; when it is silent, too, the call is given up. To the rest of the house it stays one leg.

mod fork;
mod places;
mod verdict;

use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};

use domain::{Cause, ClearingCause, EndReason, EndedBy, LegId, Mono};
use tracing::warn;

pub(crate) use fork::Callee;
use fork::{Fork, ForkOutput};
pub(crate) use places::Places;
use places::Spare;
use verdict::Verdict;

use crate::cause::refusal_of;
use crate::event::{Progress, SipEvent};
use crate::hop::Hop;
use crate::leg::timers::{LINGER, UNANSWERED_MAX};
use crate::leg::{Dialog, LegInput, LegMachine, LegOutput, LegView, MediaSession, MediaTerms, OwnSide};
use crate::message::{Replaces, Request, Response, Terms};

/// Where a dialled leg stands.
#[derive(Debug)]
enum Stage {
    /// No fork has answered.
    Calling { give_up: Mono },
    /// One has.
    Talking { fork: usize, leg: Box<LegMachine> },
    /// None will; late answers are still dealt with.
    Over { until: Mono },
    /// To be forgotten.
    Gone,
}

/// A leg of a call we began.
#[derive(Debug)]
pub(crate) struct DialledLeg {
    leg: LegId,
    /// Who the peer is in the books.
    peer: EndedBy,
    own: OwnSide,
    session: Option<MediaSession>,
    forks: Vec<Fork>,
    spare: Spare,
    stage: Stage,
    ended: bool,
    /// The most telling refusal so far.
    verdict: Option<Verdict>,
    /// What the network said, once it gave the call up.
    cause: Option<ClearingCause>,
    told: Option<Progress>,
    has_description: bool,
    outputs: VecDeque<LegOutput>,
}

impl DialledLeg {
    /// Begins a call to these places. `rtp` is where we receive.
    pub(crate) fn new(
        now: Mono,
        leg: LegId,
        peer: EndedBy,
        own: OwnSide,
        places: Places,
        (rtp, srtp): (SocketAddr, MediaTerms),
    ) -> DialledLeg {
        let mut session = MediaSession::new(None, leg.0.unsigned_abs(), srtp);
        let offer = session.open(rtp);
        let is_in_turn = matches!(places, Places::InTurn(_));
        let (first, callees) = places.split();
        let mut machine = DialledLeg {
            leg,
            peer,
            forks: Vec::new(),
            spare: Spare { callees, offer, is_in_turn },
            own,
            session: Some(session),
            stage: Stage::Calling { give_up: now + UNANSWERED_MAX },
            ended: false,
            verdict: None,
            cause: None,
            told: None,
            has_description: false,
            outputs: VecDeque::new(),
        };
        first.into_iter().for_each(|callee| machine.begin(now, callee));
        machine.after_forks(now);
        machine
    }

    /// The only way in.
    pub(crate) fn handle(&mut self, now: Mono, input: LegInput<'_>) {
        match input {
            LegInput::Response(response, from) => self.response(now, response, from),
            LegInput::Hangup(cause) if self.is_calling() => {
                self.give_up(now, EndedBy::System, refusal_of(cause).reason)
            }
            LegInput::Stop if self.is_calling() => self.give_up(now, EndedBy::System, EndReason::NodeRestarted),
            LegInput::Unreached(hop) => {
                self.forks.iter_mut().for_each(|fork| fork.unreached(now, hop));
                self.after_forks(now);
            }
            LegInput::Tick => {
                self.forks.iter_mut().for_each(|fork| fork.tick(now));
                self.after_forks(now);
                self.leave_the_unanswered(now);
                self.with_leg(now, LegInput::Tick);
                self.tick_stage(now);
            }
            LegInput::InviteAgain
            | LegInput::Cancel(..)
            | LegInput::Ack(_)
            | LegInput::InDialog(..)
            | LegInput::Proceed
            | LegInput::PlayEarly(_)
            | LegInput::Answer(_)
            | LegInput::Hangup(_)
            | LegInput::ReferOver(_)
            | LegInput::Stop => self.with_leg(now, input),
        }
        self.settle();
    }

    /// Drain until `None`.
    pub(crate) fn poll_output(&mut self) -> Option<LegOutput> {
        let output = self.outputs.pop_front();
        if output.is_none() {
            self.outputs = VecDeque::new();
        }
        output
    }

    /// When to tick next, and why.
    pub(crate) fn poll_timeout(&self) -> Option<(Mono, &'static str)> {
        let forks = self.forks.iter().filter_map(Fork::deadline).map(|at| (at, "repeat or give up a request of ours"));
        let stage = match &self.stage {
            Stage::Calling { give_up } => Some((*give_up, "give up ringing")),
            Stage::Talking { leg, .. } => leg.poll_timeout(),
            Stage::Over { until } => Some((*until, "forget a finished leg")),
            Stage::Gone => None,
        };
        let left = self.left_at().map(|at| (at, "leave a place that is silent"));
        forks.chain(stage).chain(left).min()
    }

    /// How much is left.
    pub(crate) fn inspect(&self) -> LegView {
        let owes = self.forks.iter().any(Fork::is_owed_a_bye);
        match &self.stage {
            Stage::Calling { .. } => {
                // Whoever rings may answer with any codec that was offered.
                let is_coded = !self.ended && self.session.as_ref().is_some_and(MediaSession::may_be_coded);
                LegView { is_live: !self.ended, has_dialog: owes, is_gone: false, is_coded }
            }
            Stage::Over { .. } => LegView { is_live: !self.ended, has_dialog: owes, is_gone: false, is_coded: false },
            Stage::Talking { leg, .. } => {
                let view = leg.inspect();
                LegView { has_dialog: view.has_dialog || owes, is_gone: false, ..view }
            }
            Stage::Gone => LegView { is_live: false, has_dialog: false, is_gone: true, is_coded: false },
        }
    }

    /// Whether the dialog that stands is the call that RFC 3891 names so.
    pub(crate) fn is_named(&self, name: &Replaces) -> bool {
        matches!(&self.stage, Stage::Talking { leg, .. } if leg.is_named(name))
    }

    /// Whether a request with a To tag belongs to the dialog that stands.
    pub(crate) fn owns(&self, request: &Request) -> bool {
        matches!(&self.stage, Stage::Talking { leg, .. } if leg.owns(request))
    }

    /// The address the peer speaks from, once there is one.
    pub(crate) fn peer_ip(&self) -> Option<IpAddr> {
        match &self.stage {
            Stage::Talking { leg, .. } => Some(leg.peer_ip()),
            Stage::Calling { .. } | Stage::Over { .. } | Stage::Gone => None,
        }
    }

    /// Whether the peer speaks over a way that nobody else can read.
    pub(crate) fn is_private(&self) -> bool {
        matches!(&self.stage, Stage::Talking { leg, .. } if leg.is_private())
    }

    fn is_calling(&self) -> bool {
        matches!(self.stage, Stage::Calling { .. })
    }

    fn begin(&mut self, now: Mono, callee: Callee) {
        let fork = Fork::new(now, self.forks.len(), callee, &self.own, self.spare.offer.clone());
        self.forks.push(fork);
    }

    /// When the place that is called is left, for another one or for good; only while nobody was rung.
    fn left_at(&self) -> Option<Mono> {
        let waits = self.is_calling() && self.told.is_none();
        let current = self.forks.last().filter(|_| waits)?;
        self.spare.patience(current.unanswered()?)
    }

    fn leave_the_unanswered(&mut self, now: Mono) {
        if self.left_at().is_none_or(|at| now < at) {
            return;
        }
        if let Some(current) = self.forks.last_mut() {
            current.abandon(now, &self.own);
        }
        match self.spare.callees.pop_front() {
            Some(next) => {
                self.begin(now, next);
                self.after_forks(now);
            }
            None => {
                let verdict = self.verdict.unwrap_or(Verdict::Silent);
                self.cause = verdict.cause();
                let (by, reason) = verdict.ending();
                self.give_up(now, by, reason);
            }
        }
    }

    fn with_leg(&mut self, now: Mono, input: LegInput<'_>) {
        if let Stage::Talking { leg, .. } = &mut self.stage {
            leg.handle(now, input);
        }
    }

    fn response(&mut self, now: Mono, response: &Response, from: Hop) {
        if response.head.method == "BYE" {
            self.forks.iter_mut().for_each(|fork| fork.bye_answered(response));
            return self.with_leg(now, LegInput::Response(response, from));
        }
        match self.forks.iter_mut().find(|fork| fork.is_asked_by(response, from)) {
            Some(fork) => fork.response(now, response, &self.own),
            // Of a report, or of a refresh.
            None => return self.with_leg(now, LegInput::Response(response, from)),
        }
        self.after_forks(now);
    }

    /// Takes what the forks have to say.
    fn after_forks(&mut self, now: Mono) {
        // A fork that failed may have begun another.
        let mut n = 0;
        while n < self.forks.len() {
            while let Some(output) = self.forks[n].poll_output() {
                match output {
                    ForkOutput::Send(hop, bytes) => self.outputs.push_back(LegOutput::Send(hop, bytes)),
                    ForkOutput::Rings(sdp) => self.rings(sdp),
                    ForkOutput::Answered { dialog, sdp, terms } => {
                        self.answered(now, n, *dialog, (sdp.as_deref(), &terms));
                    }
                    ForkOutput::Failed(verdict) => self.failed(now, n, verdict),
                    ForkOutput::Learned(hop, lesson) => self.outputs.push_back(LegOutput::Learned(hop, lesson)),
                }
            }
            n += 1;
        }
    }

    fn rings(&mut self, sdp: Option<Vec<u8>>) {
        if !self.is_calling() {
            return;
        }
        let changed = match (&mut self.session, sdp) {
            (Some(session), Some(sdp)) => session.preview(&sdp).ok().map(|_| session.in_force.clone()),
            (Some(_) | None, _) => None,
        };
        let is_early = changed.is_some();
        if let Some(offer) = changed {
            self.has_description = true;
            self.outputs.push_back(LegOutput::Event(SipEvent::MediaChanged { leg: self.leg, offer }));
        }
        let progress = if is_early { Progress::Early } else { Progress::Ringing };
        if self.told != Some(progress) {
            self.told = Some(progress);
            self.outputs.push_back(LegOutput::Event(SipEvent::Progress { leg: self.leg, progress }));
        }
    }

    /// A fork has a 200, and its ACK has gone. The first one wins, the others are hung up.
    fn answered(&mut self, now: Mono, n: usize, dialog: Dialog, (sdp, terms): (Option<&[u8]>, &Terms)) {
        let is_wanted = self.is_calling() && !self.forks[n].is_unwanted();
        let session = if is_wanted { self.session.take() } else { None };
        let Some(mut session) = session else { return self.forks[n].hang_up(now, dialog, Q850_NORMAL) };
        // Some peers repeat no description after an early one (RFC 6337 §3.1.1 would have them).
        let agreed = match sdp {
            None if self.has_description => {
                session.offering = false;
                Ok(true)
            }
            None | Some(_) => session.answered(sdp),
        };
        if agreed.is_err() {
            if session.is_strict() {
                warn!(leg.id = %self.leg, "a call of ours was answered without SRTP, which is required there; it is hung up");
            }
            self.forks[n].hang_up(now, dialog, Q850_INCOMPATIBLE);
            return self.give_up(now, EndedBy::System, EndReason::NoCodec);
        }
        let leg = Box::new(LegMachine::dialled(now, (self.leg, self.peer), dialog, session, terms));
        self.stage = Stage::Talking { fork: n, leg };
        self.settle();
        self.cancel_all_but(now, Some(n));
    }

    fn failed(&mut self, now: Mono, n: usize, verdict: Verdict) {
        if self.forks[n].is_unwanted() {
            return;
        }
        let worst = self.verdict.map_or(verdict, |known| known.max(verdict));
        self.verdict = Some(worst);
        if !self.is_calling() {
            return;
        }
        // Where it rang, the way was good: the same person is not rung twice.
        if verdict.is_of_the_way() && self.told.is_none() {
            match self.spare.callees.pop_front() {
                Some(next) => return self.begin(now, next),
                None => self.forks.iter_mut().for_each(|fork| fork.take_back(now)),
            }
        }
        // RFC 3261 §16.7 step 5: a 6xx speaks for all.
        if worst.is_global() || self.forks.iter().all(|fork| fork.is_decided() || fork.is_unwanted()) {
            let (by, reason) = worst.ending();
            self.cause = worst.cause();
            self.give_up(now, by, reason);
        }
    }

    /// Ends the attempt: whatever rings is cancelled, the end is told.
    fn give_up(&mut self, now: Mono, by: EndedBy, reason: EndReason) {
        self.stage = Stage::Over { until: now + LINGER };
        if !self.ended {
            self.ended = true;
            let by = if by == EndedBy::Customer { self.peer } else { by };
            self.outputs.push_back(LegOutput::Event(SipEvent::Ended { leg: self.leg, by, reason, cause: self.cause }));
        }
        self.cancel_all_but(now, None);
    }

    fn cancel_all_but(&mut self, now: Mono, kept: Option<usize>) {
        for (n, fork) in self.forks.iter_mut().enumerate() {
            if Some(n) != kept {
                fork.cancel(now, &self.own);
            }
        }
        self.after_forks(now);
    }

    fn tick_stage(&mut self, now: Mono) {
        match &self.stage {
            Stage::Calling { give_up } if now >= *give_up => {
                let reason = refusal_of(Cause::Unavailable).reason;
                self.give_up(now, EndedBy::System, reason);
            }
            Stage::Over { until } if now >= *until => {
                let busy = self.forks.iter().any(|fork| !fork.is_finished());
                self.stage = if busy { Stage::Over { until: now + LINGER } } else { Stage::Gone };
            }
            Stage::Calling { .. } | Stage::Talking { .. } | Stage::Over { .. } | Stage::Gone => {}
        }
    }

    /// Passes on what the established leg says, and ends with it.
    fn settle(&mut self) {
        let Stage::Talking { leg, fork } = &mut self.stage else { return };
        while let Some(output) = leg.poll_output() {
            self.outputs.push_back(output);
        }
        let view = leg.inspect();
        self.ended = !view.is_live;
        let winner = *fork;
        let is_wound_up = self.forks.iter().enumerate().all(|(n, fork)| n == winner || fork.is_finished());
        if view.is_gone && is_wound_up {
            self.stage = Stage::Gone;
        }
    }
}

/// Q.850: normal call clearing.
const Q850_NORMAL: u8 = 16;
/// Q.850: incompatible destination.
const Q850_INCOMPATIBLE: u8 = 88;

#[cfg(test)]
mod tests;
