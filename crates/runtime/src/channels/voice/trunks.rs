//! Which trunks work, as signalling says: for the floors, which pass over those that do not, and for whoever looks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{PartitionId, Settings, TrunkId, Utc};
use sip::{Reach, RegistrationState, Target, TrustedTrunk};

/// What is known of the trunks of a node. Cheap to clone; all clones are one.
#[derive(Clone, Debug, Default)]
pub struct TrunkWatch(Arc<Mutex<BTreeMap<TrunkId, Watched>>>);

/// How a trunk stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrunkStanding {
    /// Whether any of its addresses answers; `None` while nobody knows, or nobody asks.
    pub working: Option<bool>,
    /// Since when it is so; `None` while nothing is known.
    pub since: Option<Utc>,
    /// Our registration with the carrier; `None` when it wants none.
    pub registration: Option<RegistrationStanding>,
}

/// How our registration with a carrier stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegistrationStanding {
    /// How.
    pub state: RegistrationState,
    /// Since when; `None` until it has been asked for once.
    pub since: Option<Utc>,
}

#[derive(Clone, Debug)]
struct Watched {
    partition: PartitionId,
    /// The addresses its calls go to.
    targets: Vec<Target>,
    reaches: BTreeMap<usize, Reach>,
    standing: TrunkStanding,
}

impl TrunkStanding {
    /// Whether calls outside should take it: an address answers, and a carrier that wants a registration has it. What nobody knows counts as
    /// working.
    pub fn takes_calls(self) -> bool {
        let is_lost = |registration: RegistrationStanding| {
            matches!(registration.state, RegistrationState::Refused { .. } | RegistrationState::Unreachable { .. })
        };
        self.working != Some(false) && !self.registration.is_some_and(is_lost)
    }
}

impl Watched {
    /// Gives back whose trunk can be called, or no longer, when that changed.
    fn turn(&mut self, standing: TrunkStanding) -> Option<(PartitionId, bool)> {
        let (was, is) = (self.standing.takes_calls(), standing.takes_calls());
        self.standing = standing;
        (was != is).then_some((self.partition, is))
    }
}

impl TrunkWatch {
    /// The trunks of a configuration; of none it is known whether it works.
    pub fn new<'a>(trunks: impl IntoIterator<Item = (PartitionId, &'a TrustedTrunk)>) -> TrunkWatch {
        let watched = |(partition, trunk): (PartitionId, &TrustedTrunk)| {
            let targets = trunk.outbound.as_ref().map(|outbound| outbound.targets.clone()).unwrap_or_default();
            let asking = RegistrationStanding { state: RegistrationState::Asking, since: None };
            let standing =
                TrunkStanding { registration: trunk.register.as_ref().map(|_| asking), ..Default::default() };
            let reaches = BTreeMap::new();
            (trunk.id, Watched { partition, targets, reaches, standing })
        };
        TrunkWatch(Arc::new(Mutex::new(trunks.into_iter().map(watched).collect())))
    }

    /// Whose calls a trunk carries.
    pub fn partition(&self, trunk: TrunkId) -> Option<PartitionId> {
        self.trunks().get(&trunk).map(|known| known.partition)
    }

    /// How a trunk stands; `None` for one that is not configured.
    pub fn standing(&self, trunk: TrunkId) -> Option<TrunkStanding> {
        self.trunks().get(&trunk).map(|known| known.standing)
    }

    /// An address of a trunk answers, or no longer; gives back whose trunk can be called, or no longer, when that changed.
    pub fn reach_changed(&self, trunk: TrunkId, target: Target, reach: Reach, now: Utc) -> Option<(PartitionId, bool)> {
        let mut trunks = self.trunks();
        let known = trunks.get_mut(&trunk)?;
        let at = known.targets.iter().position(|known| *known == target)?;
        known.reaches.insert(at, reach);
        let is_any = |reach: Reach| known.reaches.values().any(|known| *known == reach);
        let is_down = known.reaches.len() == known.targets.len() && !is_any(Reach::Up) && !is_any(Reach::Untried);
        let working = if is_any(Reach::Up) { Some(true) } else { is_down.then_some(false) };
        if known.standing.working == working {
            return None;
        }
        known.turn(TrunkStanding { working, since: working.map(|_| now), ..known.standing })
    }

    /// Our registration with a carrier came about, was refused or was lost. A refusal for another reason goes on as the same. Gives back whose
    /// trunk can be called, or no longer, when that changed.
    pub fn registration_changed(
        &self,
        trunk: TrunkId,
        state: RegistrationState,
        now: Utc,
    ) -> Option<(PartitionId, bool)> {
        let mut trunks = self.trunks();
        let known = trunks.get_mut(&trunk)?;
        let before = known.standing.registration;
        let is_same =
            before.is_some_and(|before| std::mem::discriminant(&before.state) == std::mem::discriminant(&state));
        let since = before.filter(|_| is_same).and_then(|before| before.since).or(Some(now));
        known.turn(TrunkStanding { registration: Some(RegistrationStanding { state, since }), ..known.standing })
    }

    /// Takes trunks out of a plan that this node does not have: they were in the configuration once, and no call could go there.
    pub fn without_strangers(&self, settings: &mut Settings) {
        let known: BTreeSet<TrunkId> = self.trunks().keys().copied().collect();
        settings.outbound.trunks.retain(|trunk| known.contains(&trunk.trunk));
    }

    fn trunks(&self) -> MutexGuard<'_, BTreeMap<TrunkId, Watched>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use sip::{Outbound, Transport};

    use super::*;

    const TRUNK: TrunkId = TrunkId(7);
    const OURS: PartitionId = PartitionId(1);

    fn target(port: u16) -> Target {
        Target { address: ([127, 0, 0, 1], port).into(), transport: Transport::Udp }
    }

    #[test]
    fn a_trunk_is_down_when_all_its_addresses_are() {
        let outbound = Outbound { targets: vec![target(1), target(2)], login: None, probe: None };
        let trunk = TrustedTrunk { outbound: Some(outbound), ..TrustedTrunk::new(TRUNK, Vec::new()) };
        let watch = TrunkWatch::new([(OURS, &trunk)]);
        let standing =
            |working, since| Some(TrunkStanding { working, since: Option::map(since, Utc), registration: None });
        assert_eq!(watch.standing(TRUNK), standing(None, None));
        assert_eq!(watch.reach_changed(TRUNK, target(1), Reach::Down, Utc(1)), None, "the other may answer");
        assert_eq!(watch.standing(TRUNK), standing(None, None));
        assert_eq!(watch.reach_changed(TRUNK, target(2), Reach::Down, Utc(2)), Some((OURS, false)));
        assert_eq!(watch.standing(TRUNK), standing(Some(false), Some(2)));
        assert_eq!(watch.reach_changed(TRUNK, target(1), Reach::Up, Utc(3)), Some((OURS, true)));
        assert_eq!(watch.reach_changed(TRUNK, target(2), Reach::Up, Utc(4)), None);
        assert_eq!(watch.standing(TRUNK), standing(Some(true), Some(3)));
        assert_eq!(watch.reach_changed(TRUNK, target(9), Reach::Down, Utc(5)), None, "an address that is not called");
        assert_eq!(watch.standing(TrunkId(8)), None);
    }
    #[test]
    fn a_registration_is_told_since_when_it_stands_so() {
        let register = sip::RegisterAt {
            server: target(1),
            others: Vec::new(),
            username: "line".to_owned(),
            domain: None,
            realm: None,
            password: sip::Password::new("secret"),
            expires_s: 60,
        };
        let outbound = Some(Outbound { targets: vec![target(1)], login: None, probe: None });
        let trunk = TrustedTrunk { outbound, register: Some(register), ..TrustedTrunk::new(TRUNK, Vec::new()) };
        let watch = TrunkWatch::new([(OURS, &trunk)]);
        let now = || watch.standing(TRUNK).and_then(|standing| standing.registration);
        let is = |state, since: Option<i64>| Some(RegistrationStanding { state, since: since.map(Utc) });
        assert_eq!(now(), is(RegistrationState::Asking, None));
        let turns = |state, at| watch.registration_changed(TRUNK, state, Utc(at));
        assert_eq!(turns(RegistrationState::Refused { code: 403 }, 1), Some((OURS, false)), "no call should go there");
        assert_eq!(turns(RegistrationState::Refused { code: 401 }, 2), None);
        assert_eq!(now(), is(RegistrationState::Refused { code: 401 }, Some(1)));
        assert_eq!(watch.reach_changed(TRUNK, target(1), Reach::Up, Utc(3)), None, "it answers and does not let us in");
        assert_eq!(turns(RegistrationState::Registered, 3), Some((OURS, true)));
        assert_eq!(now(), is(RegistrationState::Registered, Some(3)));
        assert_eq!(turns(RegistrationState::Unreachable { code: None }, 4), Some((OURS, false)));
        assert_eq!(watch.reach_changed(TRUNK, target(1), Reach::Down, Utc(5)), None, "already passed over");
        assert_eq!(turns(RegistrationState::Registered, 6), None, "registered, and no address answers");
        assert_eq!(watch.reach_changed(TRUNK, target(1), Reach::Up, Utc(7)), Some((OURS, true)));
        assert_eq!(watch.registration_changed(TrunkId(8), RegistrationState::Registered, Utc(8)), None);
        assert_eq!(watch.standing(TrunkId(8)), None);
    }
}
