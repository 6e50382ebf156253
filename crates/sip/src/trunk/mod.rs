//! Carriers as we reach them: which of their addresses answer (RFC 3261 §11), where we are registered (§10), and in which order
//! calls try the addresses (RFC 3263 §4.3). Pure.

mod probe;
mod registration;
mod way;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use domain::{Mono, TrunkId};

use crate::config::{Target, TrustedTrunk};
use crate::digest::Answers;
use crate::event::{RegistrationState, SipEvent};
use crate::figures::TargetFigures;
use crate::hop::{Hop, Lesson};
use crate::leg::Identity;
use crate::message::Response;
use crate::tokens::Tokens;
use probe::Probe;
use registration::Registration;
use way::Way;

/// What carriers are sent and what is told of them.
#[derive(Debug)]
pub(crate) enum TrunkOutput {
    Send(Hop, Vec<u8>),
    Event(SipEvent),
    /// A question went unanswered for so long: if nothing else came over that connection meanwhile, it is dead.
    Doubt(Hop, Duration),
}

/// How one call to a carrier is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WayOut {
    /// Where to, in this order.
    pub(crate) places: Vec<Place>,
    /// The host callers are shown under; ours, if not given.
    pub(crate) host: Option<String>,
}

/// One of the places a call to a carrier is tried at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) target: Target,
    /// It is down, or was silent or full a moment ago.
    pub(crate) is_doubtful: bool,
    /// What answers its challenges.
    pub(crate) answers: Answers,
}

/// All carriers. A handful: they are gone through one by one.
pub(crate) struct Trunks {
    identity: Arc<Identity>,
    ways: BTreeMap<TrunkId, Way>,
    outputs: VecDeque<TrunkOutput>,
}

impl Trunks {
    /// Carriers of which nothing is known; asking and registering begin at once.
    pub(crate) fn new(now: Mono, trunks: &[TrustedTrunk], identity: Arc<Identity>, tokens: &mut Tokens) -> Trunks {
        let ways = trunks.iter().filter_map(|trunk| Some((trunk.id, Way::new(now, trunk, tokens)?))).collect();
        Trunks { identity, ways, outputs: VecDeque::new() }
    }

    /// A deadline may have come.
    pub(crate) fn tick(&mut self, now: Mono) {
        let (identity, out) = (&self.identity, &mut self.outputs);
        for way in self.ways.values_mut() {
            way.probes.iter_mut().for_each(|probe| probe.tick(now, identity, out));
            way.registration.iter_mut().for_each(|registration| registration.tick(now, identity, out));
        }
    }

    /// An answer to OPTIONS or REGISTER. It must come from where the question went.
    pub(crate) fn answered(&mut self, now: Mono, from: Hop, response: &Response) {
        let (identity, out) = (&self.identity, &mut self.outputs);
        for way in self.ways.values_mut() {
            if response.head.method == "OPTIONS" {
                way.probes.iter_mut().for_each(|probe| probe.answered(now, from.ip(), response, out));
            } else if let Some(registration) = &mut way.registration {
                registration.answered(now, from.ip(), response, identity, out);
            }
        }
    }

    /// A connection closed, or could not be opened: nothing will come back over it.
    pub(crate) fn gone(&mut self, now: Mono, hop: Hop) {
        let out = &mut self.outputs;
        for way in self.ways.values_mut() {
            way.probes.iter_mut().for_each(|probe| probe.gone(now, hop, out));
            way.registration.iter_mut().for_each(|registration| registration.gone(now, hop, out));
        }
    }

    /// A call found something out about the way it went.
    pub(crate) fn learn(&mut self, now: Mono, hop: Hop, lesson: Lesson) {
        if let Lesson::Deaf(time) = lesson {
            return self.outputs.push_back(TrunkOutput::Doubt(hop, time));
        }
        let out = &mut self.outputs;
        self.ways.values_mut().for_each(|way| way.learn(now, hop, &lesson, out));
    }

    /// No new calls are wanted: registrations are taken back, and calls out go on.
    pub(crate) fn leave(&mut self, now: Mono) {
        let (identity, out) = (&self.identity, &mut self.outputs);
        for way in self.ways.values_mut() {
            way.registration.iter_mut().for_each(|registration| registration.stop(now, identity, out));
        }
    }

    /// The endpoint stops: nobody is asked any more, and registrations are taken back.
    pub(crate) fn stop(&mut self, now: Mono) {
        self.ways.values_mut().for_each(|way| way.probes.clear());
        self.leave(now);
    }

    /// Drain until `None`.
    pub(crate) fn poll_output(&mut self) -> Option<TrunkOutput> {
        self.outputs.pop_front()
    }

    /// When to tick next.
    pub(crate) fn poll_timeout(&self) -> Option<Mono> {
        let probes = self.ways.values().flat_map(|way| way.probes.iter().map(Probe::deadline));
        let registrations = self.ways.values().filter_map(|way| way.registration.as_ref()?.deadline());
        probes.chain(registrations).min()
    }

    /// Whether a registration is being taken back.
    pub(crate) fn is_leaving(&self) -> bool {
        self.ways.values().any(|way| way.registration.as_ref().is_some_and(Registration::is_leaving))
    }

    /// What is known of a carrier.
    pub(crate) fn inspect(&self, trunk: TrunkId) -> (Vec<TargetFigures>, Option<RegistrationState>) {
        let Some(way) = self.ways.get(&trunk) else { return (Vec::new(), None) };
        // One that was taken back is no longer wanted.
        let wanted = way.registration.as_ref().filter(|registration| !registration.is_over());
        (way.figures(), wanted.map(Registration::state))
    }

    /// Whether a carrier is told numbers that are withheld from whoever is called.
    pub(crate) fn is_trusted_with_identity(&self, trunk: TrunkId) -> bool {
        self.ways.get(&trunk).is_some_and(|way| way.is_trusted_with_identity)
    }

    /// How a carrier is called at this moment.
    pub(crate) fn way_out(&self, now: Mono, trunk: TrunkId) -> Option<WayOut> {
        Some(self.ways.get(&trunk)?.out(now))
    }
}

#[cfg(test)]
mod tests;
