//! Which trunk a call takes, and whether there is one left.

use std::collections::BTreeSet;

use domain::outbound::{Block, Caps, Channels, OutboundTrunk, Passed, ShownNumber};
use domain::settings::dialled;
use domain::{Now, NumberId, TrunkId};

use super::meter::Reached;
use super::plan::{Granted, rewritten};
use super::shown::{Choice, shown};
use super::verdict::{Denial, Passage, Verdict};
use super::{Asking, TollGuard};

impl TollGuard {
    /// Why a call from a carrier finds no channel; `None` lets it in.
    pub fn inbound_block(&self, trunk: TrunkId) -> Option<Block> {
        let channels = self.plan.trunk(trunk)?.channels;
        if channels == Channels::default() {
            return None;
        }
        let used = self.lines.channels(trunk);
        if is_reached(used.inbound + used.outbound, channels.total) {
            Some(Block::Full)
        } else {
            is_reached(used.inbound, channels.inbound).then_some(Block::InboundFull)
        }
    }

    /// The first that works and is at no limit, but none of those that were tried. When none works, the first that is at no limit: whoever says
    /// that it does not work may be wrong.
    pub(super) fn take_trunk(&self, granted: Granted<'_>, asking: Asking<'_>, tried: &[TrunkId], now: Now) -> Verdict {
        let trunks = || granted.allowance.trunks.iter().filter(|id| !tried.contains(id));
        let works = |id: &TrunkId| self.plan.trunk(*id).is_some() && !asking.unreachable.contains(id);
        let nobody: BTreeSet<TrunkId> = BTreeSet::new();
        let unreachable = if trunks().any(works) { asking.unreachable } else { &nobody };
        let mut passed = Vec::new();
        for id in trunks() {
            let block = match self.plan.trunk(*id) {
                None => Some(Block::Unknown),
                Some(trunk) => self.outbound_block(trunk, unreachable, now),
            };
            let Some((trunk, None)) = self.plan.trunk(*id).map(|trunk| (trunk, block)) else {
                passed.extend(block.map(|block| Passed { trunk: *id, block }));
                continue;
            };
            let as_dialled = || dialled(asking.typed).unwrap_or_default();
            let sent = rewritten(trunk, &granted.number).unwrap_or_else(as_dialled);
            let (shown, withheld) = self.shown(granted.allowance.shown, trunk, asking);
            return Verdict::Allowed(Passage { trunk: *id, sent, shown, withheld, rule: Some(granted.rule), passed });
        }
        denied_by_trunks(passed)
    }

    /// Through the first trunk that works, those of the agent's site before the others; when none seems to, through the first, for whoever says
    /// so may be wrong.
    pub(super) fn emergency(&self, number: String, asking: Asking<'_>, tried: &[TrunkId]) -> Verdict {
        let site = asking.agent.map(|agent| agent.site);
        let trunks = self.plan.settings().trunks.iter().filter(|trunk| !tried.contains(&trunk.trunk));
        let mut trunks: Vec<&OutboundTrunk> = trunks.collect();
        trunks.sort_by_key(|trunk| trunk.site.is_none() || trunk.site != site);
        let works = trunks.iter().position(|trunk| !asking.unreachable.contains(&trunk.trunk)).unwrap_or(0);
        let Some(trunk) = trunks.get(works) else { return denied_by_trunks(Vec::new()) };
        let passed = |passed: &&OutboundTrunk| Passed { trunk: passed.trunk, block: Block::Unreachable };
        let passed = trunks.iter().take(works).map(passed).collect();
        // Whoever comes to help must find the place.
        let (shown, withheld) = self.shown(ShownNumber::Site, trunk, asking);
        Verdict::Allowed(Passage { trunk: trunk.trunk, sent: number, shown, withheld, rule: None, passed })
    }

    fn outbound_block(&self, trunk: &OutboundTrunk, unreachable: &BTreeSet<TrunkId>, now: Now) -> Option<Block> {
        if unreachable.contains(&trunk.trunk) {
            return Some(Block::Unreachable);
        }
        if trunk.channels != Channels::default() {
            let used = self.lines.channels(trunk.trunk);
            if is_reached(used.inbound + used.outbound, trunk.channels.total) {
                return Some(Block::Full);
            }
            if is_reached(used.outbound, trunk.channels.outbound) {
                return Some(Block::OutboundFull);
            }
        }
        if trunk.caps == Caps::default() {
            return None;
        }
        self.trunks.reached(trunk.trunk, trunk.caps, now, self.zone).map(|reached| match reached {
            Reached::Minute => Block::PerMinute,
            Reached::Day => Block::PerDay,
        })
    }

    /// The number that is shown; and when none is, the one that would be.
    fn shown(
        &self,
        how: ShownNumber,
        trunk: &OutboundTrunk,
        asking: Asking<'_>,
    ) -> (Option<NumberId>, Option<NumberId>) {
        let choice = Choice { numbers: asking.numbers, agent: asking.agent, dialled: asking.dialled };
        let shown_as = |how| shown(how, self.plan.settings(), trunk, choice);
        match shown_as(how) {
            Some(number) => (Some(number), None),
            None => (None, shown_as(ShownNumber::Site)),
        }
    }
}

fn is_reached(used: u32, cap: Option<u32>) -> bool {
    cap.is_some_and(|cap| used >= cap)
}

/// None was taken: there is none, or each is at a limit.
fn denied_by_trunks(passed: Vec<Passed>) -> Verdict {
    let is_known = |passed: &Passed| passed.block != Block::Unknown;
    let why = if passed.iter().any(is_known) { Denial::TrunksFull } else { Denial::NoTrunk };
    Verdict::Denied { why, passed }
}
