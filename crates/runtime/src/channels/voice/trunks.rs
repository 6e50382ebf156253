//! Which trunks work, as signalling says: for the floors, which pass over those that do not, and for whoever looks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{PartitionId, Settings, TrunkId, Utc};
use sip::{Reach, Target, TrustedTrunk};

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
}

#[derive(Clone, Debug)]
struct Watched {
    partition: PartitionId,
    /// The addresses its calls go to.
    targets: Vec<Target>,
    reaches: BTreeMap<usize, Reach>,
    standing: TrunkStanding,
}

impl TrunkWatch {
    /// The trunks of a configuration; of none it is known whether it works.
    pub fn new<'a>(trunks: impl IntoIterator<Item = (PartitionId, &'a TrustedTrunk)>) -> TrunkWatch {
        let watched = |(partition, trunk): (PartitionId, &TrustedTrunk)| {
            let targets = trunk.outbound.as_ref().map(|outbound| outbound.targets.clone()).unwrap_or_default();
            let (reaches, standing) = (BTreeMap::new(), TrunkStanding::default());
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
        let before = known.standing.working;
        if before == working {
            return None;
        }
        known.standing = TrunkStanding { working, since: working.map(|_| now) };
        // What nobody knows counts as working.
        let (was, is) = (before != Some(false), working != Some(false));
        (was != is).then_some((known.partition, is))
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
        let standing = |working, since| Some(TrunkStanding { working, since: Option::map(since, Utc) });
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
}
