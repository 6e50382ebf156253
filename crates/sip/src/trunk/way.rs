//! One carrier: where it is called, in which order, and with what its challenges are answered.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

use domain::{Mono, TrunkId};

use super::probe::Probe;
use super::registration::Registration;
use super::{Place, TrunkOutput, WayOut};
use crate::config::{GatewayLogin, Outbound, RegisterAt, Target, Transport, TrustedTrunk};
use crate::digest::Answers;
use crate::event::SipEvent;
use crate::figures::TargetFigures;
use crate::hop::{Hop, Lesson};
use crate::tokens::Tokens;

/// RFC 3261 §19.1.2.
const DEFAULT_PORT: u16 = 5_060;
/// How long a place that was silent is tried last (RFC 3263 §4.3). Every call that tries it costs its caller two seconds; an
/// outage that is over is noticed after a minute.
const SILENT_LAST: Duration = Duration::from_secs(60);
/// The same for one that said 503 and not for how long.
const FULL_LAST_S: u32 = 30;
/// The shortest and the longest time a 503 may ask for (RFC 3261 §21.5.4).
const RETRY_AFTER_S: std::ops::RangeInclusive<u32> = 1..=600;
/// A realm is shown this far.
const REALM_CHARS_MAX: usize = 64;

/// One place a carrier is called at, and what calls found out about it.
struct Spot {
    target: Target,
    /// Tried last until then.
    last_until: Mono,
    /// The realm of its challenges, once it took a proof for it.
    realm: Option<String>,
    /// That a challenge is without an answer is told.
    is_told: bool,
}

/// One carrier.
pub(super) struct Way {
    trunk: TrunkId,
    spots: Vec<Spot>,
    login: Option<GatewayLogin>,
    /// One for each place and for the registrar, or none at all.
    pub(super) probes: Vec<Probe>,
    pub(super) registration: Option<Registration>,
    /// It is told numbers that are withheld from whoever is called.
    pub(super) is_trusted_with_identity: bool,
}

impl Way {
    /// A carrier from its configuration; none when it can neither be called nor registered at.
    pub(super) fn new(now: Mono, trunk: &TrustedTrunk, tokens: &mut Tokens) -> Option<Way> {
        let servers: Vec<Target> = trunk.register.iter().flat_map(RegisterAt::servers).collect();
        let first = trunk.addresses.first().map(|ip| SocketAddr::new(*ip, DEFAULT_PORT));
        let default = first.map(|address| Target { address, transport: Transport::Udp });
        let default = if servers.is_empty() { default.into_iter().collect() } else { servers.clone() };
        let plain = (!default.is_empty()).then_some(Outbound { targets: default, login: None, probe: None });
        let Outbound { targets, login, probe } = trunk.outbound.clone().or(plain)?;
        let mut ask = |every, target| Probe::new(now, trunk.id, target, every, tokens.tag());
        let mut probes = Vec::new();
        if let Some(every) = probe {
            probes.extend(targets.iter().map(|target| ask(every, *target)));
            let is_uncalled = |server: &&Target| targets.iter().all(|target| target.hop() != server.hop());
            probes.extend(servers.iter().filter(is_uncalled).map(|server| ask(every, *server).uncalled()));
        }
        let registration = trunk.register.clone().map(|at| Registration::new(now, trunk.id, at, tokens.tag()));
        let spot = |target| Spot { target, last_until: now, realm: None, is_told: false };
        let spots = targets.into_iter().map(spot).collect();
        let is_trusted_with_identity = trunk.is_trusted_with_identity;
        Some(Way { trunk: trunk.id, spots, login, probes, registration, is_trusted_with_identity })
    }

    /// A call found something out about the way there.
    pub(super) fn learn(&mut self, now: Mono, hop: Hop, lesson: &Lesson, out: &mut VecDeque<TrunkOutput>) {
        let trunk = self.trunk;
        for spot in self.spots.iter_mut().filter(|spot| spot.target.hop() == hop) {
            match lesson {
                Lesson::Silent => spot.last_until = spot.last_until.max(now + SILENT_LAST),
                Lesson::Full { retry_after_s } => {
                    let (shortest, longest) = (*RETRY_AFTER_S.start(), *RETRY_AFTER_S.end());
                    let seconds = retry_after_s.unwrap_or(FULL_LAST_S).clamp(shortest, longest);
                    spot.last_until = now + Duration::from_secs(seconds.into());
                }
                Lesson::Proved { realm } => spot.realm = Some(realm.clone()),
                Lesson::Unproved { realm } if !spot.is_told => {
                    spot.is_told = true;
                    let realm = realm.as_ref().map(|realm| realm.chars().take(REALM_CHARS_MAX).collect());
                    let event = SipEvent::ChallengeUnanswered { trunk, target: spot.target, realm };
                    out.push_back(TrunkOutput::Event(event));
                }
                Lesson::Unproved { .. } | Lesson::Deaf(_) => {}
            }
        }
    }

    /// How it is reached.
    pub(super) fn figures(&self) -> Vec<TargetFigures> {
        let reach = |target| self.probes.iter().find(|probe| probe.target() == target).map(Probe::reach);
        self.spots.iter().map(|spot| TargetFigures { target: spot.target, reach: reach(spot.target) }).collect()
    }

    /// How it is called at this moment. Places that are down or were silent come last and are tried all the same, because who
    /// said so may be wrong.
    pub(super) fn out(&self, now: Mono) -> WayOut {
        let mut places: Vec<Place> = self.spots.iter().map(|spot| self.place(now, spot)).collect();
        places.sort_by_key(|place| place.is_doubtful);
        WayOut { places, host: self.registration.as_ref().map(|registration| registration.domain().to_owned()) }
    }

    fn place(&self, now: Mono, spot: &Spot) -> Place {
        let is_down = self.probes.iter().any(|probe| probe.target() == spot.target && probe.is_down());
        let is_doubtful = is_down || now < spot.last_until;
        Place { target: spot.target, is_doubtful, answers: self.answers(spot) }
    }

    /// Calls may be challenged for another realm than registrations: whoever took a proof for it once, is answered.
    fn answers(&self, spot: &Spot) -> Answers {
        let account = self.registration.as_ref().filter(|_| self.login.is_none());
        let Some(registration) = account else { return Answers::only(self.login.clone()) };
        if registration.has_given_realm() {
            return Answers::only(registration.login());
        }
        let account = registration.account();
        let of_calls = spot.realm.as_ref().map(|realm| account.at(realm));
        let learning = of_calls.is_none().then_some(account);
        Answers { known: registration.login().into_iter().chain(of_calls).collect(), learning }
    }
}
