//! Carriers as we reach them: which of their addresses answer (RFC 3261 §11), where we are registered (§10), and in which order
//! calls try the addresses (RFC 3263 §4.3). Pure.

mod probe;
mod registration;

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;

use domain::{Mono, TrunkId};

use crate::config::{GatewayLogin, Outbound, Target, Transport, TrustedTrunk};
use crate::event::{RegistrationState, SipEvent};
use crate::figures::TargetFigures;
use crate::hop::Hop;
use crate::leg::Identity;
use crate::message::Response;
use crate::tokens::Tokens;
use probe::Probe;
use registration::Registration;

/// RFC 3261 §19.1.2.
const DEFAULT_PORT: u16 = 5_060;

/// What carriers are sent and what is told of them.
#[derive(Debug)]
pub(crate) enum TrunkOutput {
    Send(Hop, Vec<u8>),
    Event(SipEvent),
}

/// How one call to a carrier is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WayOut {
    /// Where to, in this order.
    pub(crate) targets: Vec<Target>,
    /// What answers its challenges.
    pub(crate) login: Option<GatewayLogin>,
    /// The host callers are shown under; ours, if not given.
    pub(crate) host: Option<String>,
}

/// One carrier.
struct Way {
    targets: Vec<Target>,
    login: Option<GatewayLogin>,
    /// One for each target, or none at all.
    probes: Vec<Probe>,
    registration: Option<Registration>,
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
        let ways = trunks.iter().filter_map(|trunk| Some((trunk.id, way(now, trunk, tokens)?))).collect();
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

    /// The endpoint stops: nobody is asked any more, and registrations are taken back.
    pub(crate) fn stop(&mut self, now: Mono) {
        let (identity, out) = (&self.identity, &mut self.outputs);
        for way in self.ways.values_mut() {
            way.probes.clear();
            way.registration.iter_mut().for_each(|registration| registration.stop(now, identity, out));
        }
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
        let reach = |target| way.probes.iter().find(|probe| probe.target() == target).map(Probe::reach);
        let targets = way.targets.iter().map(|target| TargetFigures { target: *target, reach: reach(*target) });
        (targets.collect(), way.registration.as_ref().map(Registration::state))
    }

    /// How a carrier is called at this moment: targets that are down come last, because the asking may be wrong.
    pub(crate) fn way_out(&self, trunk: TrunkId) -> Option<WayOut> {
        let way = self.ways.get(&trunk)?;
        let is_down = |target: &Target| way.probes.iter().any(|probe| probe.target() == *target && probe.is_down());
        let (down, up): (Vec<Target>, Vec<Target>) = way.targets.iter().partition(|target| is_down(target));
        let registration = way.registration.as_ref();
        Some(WayOut {
            targets: [up, down].concat(),
            login: way.login.clone().or_else(|| registration?.login()),
            host: registration.map(|registration| registration.domain().to_owned()),
        })
    }
}

/// A carrier from its configuration; none when it can neither be called nor registered at.
fn way(now: Mono, trunk: &TrustedTrunk, tokens: &mut Tokens) -> Option<Way> {
    let server = trunk.register.as_ref().map(|register| register.server);
    let first = trunk.addresses.first().map(|ip| SocketAddr::new(*ip, DEFAULT_PORT));
    let default = server.or(first.map(|address| Target { address, transport: Transport::Udp }));
    let plain = default.map(|target| Outbound::to(target.address, target.transport));
    let Outbound { targets, login, probe } = trunk.outbound.clone().or(plain)?;
    let probes = probe.iter().flat_map(|every| targets.iter().map(move |target| (*every, *target)));
    let probes = probes.map(|(every, target)| Probe::new(now, trunk.id, target, every, tokens.tag())).collect();
    let registration = trunk.register.clone().map(|at| Registration::new(now, trunk.id, at, tokens.tag()));
    Some(Way { targets, login, probes, registration })
}

#[cfg(test)]
mod tests;
