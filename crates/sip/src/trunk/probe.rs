//! Asking one address of a carrier whether it is there (RFC 3261 §11).

use std::collections::VecDeque;
use std::net::IpAddr;
use std::time::Duration;

use domain::{Mono, TrunkId};

use super::TrunkOutput;
use crate::config::Target;
use crate::event::{Reach, SipEvent};
use crate::hop::Hop;
use crate::leg::timers::Due;
use crate::leg::{ClientRequest, Identity};
use crate::message::Response;
use crate::probing::{Probing, Question};

/// How long a question may go unanswered: three copies over UDP, and eight round trips to the other side of the world.
const ANSWER_MAX: Duration = Duration::from_secs(4);
/// Questions in a row that must fail before an address is down. One is lost now and then, three are not.
const MISSES_MAX: u32 = 3;
/// How soon an address is asked again after it missed a question and is not down yet, so that an outage is known within
/// `every` and a quarter of a minute.
const AGAIN: Duration = Duration::from_secs(2);

/// One address.
pub(super) struct Probe {
    trunk: TrunkId,
    target: Target,
    /// Calls go there; else it is asked to keep the way open, and nothing is told.
    is_called: bool,
    every: Duration,
    /// Names our questions; nobody else can guess it.
    tag: String,
    asked: u32,
    misses: u32,
    reach: Reach,
    probing: Probing,
}

impl Probe {
    /// Asked at once, and then as often as `every`.
    pub(super) fn new(now: Mono, trunk: TrunkId, target: Target, every: Duration, tag: String) -> Probe {
        let every = every.max(EVERY_MIN);
        let (reach, probing) = (Reach::Untried, Probing::Waiting(now));
        Probe { trunk, target, is_called: true, every, tag, asked: 0, misses: 0, reach, probing }
    }

    /// The same for a registrar that is not called: its calls come to us through the routers on the way (RFC 5626 §4.4).
    pub(super) fn uncalled(self) -> Probe {
        Probe { is_called: false, ..self }
    }

    pub(super) fn tick(&mut self, now: Mono, identity: &Identity, out: &mut VecDeque<TrunkOutput>) {
        match self.probing.due(now) {
            Due::Nothing => {}
            Due::SendAgain => {
                if let Probing::Waiting(_) = self.probing {
                    self.ask(now, identity);
                }
                if let Probing::Asked(request) = &self.probing {
                    out.push_back(TrunkOutput::Send(request.to, request.request.clone()));
                }
            }
            Due::GiveUp => {
                out.push_back(TrunkOutput::Doubt(self.target.hop(), ANSWER_MAX));
                self.missed(now, out);
            }
        }
    }

    /// Whoever answers is there, but for 408 and 503: a proxy that says so has nobody behind it, or wants no calls.
    pub(super) fn answered(&mut self, now: Mono, from: IpAddr, response: &Response, out: &mut VecDeque<TrunkOutput>) {
        if !self.probing.is_asked_by(&response.branch) || from != self.target.hop().ip() {
            return;
        }
        match response.code {
            100..200 => {}
            408 | 503 => self.missed(now, out),
            _ => {
                self.misses = 0;
                self.probing = Probing::Waiting(now + self.every);
                self.turn(Reach::Up, out);
            }
        }
    }

    pub(super) fn gone(&mut self, now: Mono, hop: Hop, out: &mut VecDeque<TrunkOutput>) {
        if matches!(&self.probing, Probing::Asked(request) if request.to == hop) {
            self.missed(now, out);
        }
    }

    pub(super) fn deadline(&self) -> Mono {
        self.probing.deadline()
    }

    pub(super) fn target(&self) -> Target {
        self.target
    }

    pub(super) fn reach(&self) -> Reach {
        self.reach
    }

    pub(super) fn is_down(&self) -> bool {
        self.reach == Reach::Down
    }

    fn ask(&mut self, now: Mono, identity: &Identity) {
        self.asked = self.asked.wrapping_add(1) & CSEQ_MASK;
        let (tag, hop) = (&self.tag, self.target.hop());
        let question = Question {
            identity,
            uri: &format!("sip:{}", hop.address()),
            hop,
            branch: &format!("{BRANCH}{tag}.{:x}", self.asked),
            tag,
            call_id: &format!("probe-{tag}@{}", identity.host),
            cseq: self.asked,
        };
        self.probing = Probing::Asked(ClientRequest::within(now, hop, question.encode(), ANSWER_MAX));
    }

    fn missed(&mut self, now: Mono, out: &mut VecDeque<TrunkOutput>) {
        self.misses = self.misses.saturating_add(1);
        let is_down = self.misses >= MISSES_MAX;
        let pause = if is_down { self.every } else { self.every.min(AGAIN) };
        self.probing = Probing::Waiting(now + pause);
        if is_down {
            self.turn(Reach::Down, out);
        }
    }

    fn turn(&mut self, reach: Reach, out: &mut VecDeque<TrunkOutput>) {
        if self.reach != reach {
            self.reach = reach;
            if !self.is_called {
                return;
            }
            let (trunk, target) = (self.trunk, self.target);
            out.push_back(TrunkOutput::Event(SipEvent::TargetChanged { trunk, target, reach }));
        }
    }
}

/// Asking more often than this would be a flood.
const EVERY_MIN: Duration = Duration::from_millis(20);
/// RFC 3261 §8.1.1.5: a sequence number has 31 bits.
const CSEQ_MASK: u32 = 0x7fff_ffff;
/// Magic cookie and a word no leg's tag begins with.
const BRANCH: &str = "z9hG4bKprobe-";
