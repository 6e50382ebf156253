//! Who may come in, and how fast. Pure: time is an argument.

use std::collections::HashMap;
use std::net::IpAddr;

use domain::{Mono, TrunkId};

use crate::config::{SipLimits, TrustedTrunk};

/// Whether new calls are taken at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Admission {
    /// New calls are taken.
    #[default]
    Open,
    /// New calls and OPTIONS get 503; calls in progress go on.
    Refuse503 {
        /// Seconds a peer is asked to wait.
        retry_after_s: u32,
    },
}

/// A token bucket in whole nanoseconds of credit.
#[derive(Clone, Debug)]
pub(crate) struct Bucket {
    cost: u64,
    full: u64,
    credit: u64,
    at: Mono,
}

impl Bucket {
    /// `per_second` sustained, `burst` at once; a rate of zero lets nothing through.
    pub(crate) fn new(per_second: u32, burst: u32, now: Mono) -> Bucket {
        let cost = 1_000_000_000u64.checked_div(u64::from(per_second)).unwrap_or(u64::MAX);
        let full = cost.saturating_mul(u64::from(burst.max(1)));
        Bucket { cost, full, credit: if per_second == 0 { 0 } else { full }, at: now }
    }

    pub(crate) fn take(&mut self, now: Mono) -> bool {
        let earned = u64::try_from(now.since(self.at).as_nanos()).unwrap_or(u64::MAX);
        self.at = self.at.max(now);
        self.credit = self.credit.saturating_add(earned).min(self.full);
        let enough = self.credit >= self.cost && self.cost != u64::MAX;
        if enough {
            self.credit -= self.cost;
        }
        enough
    }
}

/// What a trusted address may do.
struct Source {
    trunk: TrunkId,
    datagrams: Bucket,
    invites: Bucket,
}

/// The gate. Its memory is fixed by the configuration: strangers share one bucket.
pub(crate) struct Gate {
    sources: HashMap<IpAddr, Source>,
    strangers: Bucket,
    admission: Admission,
}

/// What becomes of a datagram before anybody reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Knock {
    /// From a trunk.
    Trusted(TrunkId),
    /// From somebody else: a device of ours or a stranger.
    Other,
    /// Too much from there.
    Drop,
}

/// Why a new call is refused at the gate: seconds to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Full {
    /// Value of Retry-After.
    pub(crate) retry_after_s: u32,
}

/// One second is enough for a bucket to fill again.
const RATE_RETRY_AFTER_S: u32 = 1;

impl Gate {
    /// A gate for these trunks.
    pub(crate) fn new(trunks: &[TrustedTrunk], limits: &SipLimits, now: Mono) -> Gate {
        let mut sources = HashMap::new();
        // Whom we call may call us: its answers come from there. Where a trunk says that its calls come from counts before it.
        let called = trunks.iter().flat_map(|trunk| {
            let targets = trunk.outbound.iter().flat_map(|outbound| &outbound.targets);
            let server =
                trunk.register.iter().flat_map(|register| std::iter::once(&register.server).chain(&register.others));
            targets.chain(server).map(|target| (trunk.id, target.address.ip()))
        });
        let calling = trunks.iter().flat_map(|trunk| trunk.addresses.iter().map(|address| (trunk.id, *address)));
        for (trunk, address) in called.chain(calling) {
            let datagrams = Bucket::new(limits.datagrams_per_second, limits.datagrams_per_second, now);
            let invites = Bucket::new(limits.invites_per_second, limits.invites_burst, now);
            sources.insert(address.to_canonical(), Source { trunk, datagrams, invites });
        }
        let rate = limits.stranger_replies_per_second;
        Gate { sources, strangers: Bucket::new(rate, rate, now), admission: Admission::Open }
    }

    /// Opens or closes the gate for new calls.
    pub(crate) fn set(&mut self, admission: Admission) {
        self.admission = admission;
    }

    /// Whether new calls are taken at all.
    pub(crate) fn admission(&self) -> Admission {
        self.admission
    }

    /// Judges a datagram by its source.
    pub(crate) fn knock(&mut self, now: Mono, from: IpAddr) -> Knock {
        match self.sources.get_mut(&from.to_canonical()) {
            Some(source) => {
                if source.datagrams.take(now) {
                    Knock::Trusted(source.trunk)
                } else {
                    Knock::Drop
                }
            }
            None => Knock::Other,
        }
    }

    /// Whether one more stranger gets a reply.
    pub(crate) fn has_reply_for_stranger(&mut self, now: Mono) -> bool {
        self.strangers.take(now)
    }

    /// Judges a new call from a trunk, by its rate, or from a device, whose rate the guard has judged.
    pub(crate) fn new_call(&mut self, now: Mono, from: IpAddr) -> Result<(), Full> {
        if let Admission::Refuse503 { retry_after_s } = self.admission {
            return Err(Full { retry_after_s });
        }
        let is_within = self.sources.get_mut(&from.to_canonical()).is_none_or(|source| source.invites.take(now));
        if is_within { Ok(()) } else { Err(Full { retry_after_s: RATE_RETRY_AFTER_S }) }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::time::Duration;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const TRUNK: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    const OTHER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 9));

    fn gate(limits: &SipLimits) -> Gate {
        Gate::new(&[TrustedTrunk::new(TrunkId(7), vec![TRUNK])], limits, Mono(0))
    }

    #[test]
    fn a_trunk_is_known_by_its_address_in_either_form() {
        let mut gate = gate(&SipLimits::default());
        assert_eq!(gate.knock(Mono(0), TRUNK), Knock::Trusted(TrunkId(7)));
        let mapped = IpAddr::V6(Ipv4Addr::new(192, 0, 2, 1).to_ipv6_mapped());
        assert_eq!(gate.knock(Mono(0), mapped), Knock::Trusted(TrunkId(7)));
        assert_eq!(gate.knock(Mono(0), OTHER), Knock::Other);
    }

    #[test]
    fn strangers_share_one_bucket_that_refills() {
        let mut gate = gate(&SipLimits { stranger_replies_per_second: 2, ..SipLimits::default() });
        let mut takes = |at| gate.has_reply_for_stranger(at);
        assert_eq!([takes(Mono(0)), takes(Mono(0)), takes(Mono(0))], [true, true, false]);
        assert_eq!([takes(Mono(0) + SECOND / 2), takes(Mono(0) + SECOND / 2)], [true, false]);
    }

    #[test]
    fn calls_beyond_the_rate_are_refused_and_the_flow_goes_on() {
        let limits = SipLimits { invites_per_second: 10, invites_burst: 3, ..SipLimits::default() };
        let mut gate = gate(&limits);
        let taken = (0..10).filter(|_| gate.new_call(Mono(0), TRUNK).is_ok()).count();
        assert_eq!(taken, 3);
        let taken = (0..100u64).filter(|i| gate.new_call(Mono(i * 10_000_000), TRUNK).is_ok()).count();
        assert!((9..=10).contains(&taken), "{taken}");
    }

    #[test]
    fn a_closed_gate_says_how_long() {
        let mut gate = gate(&SipLimits::default());
        gate.set(Admission::Refuse503 { retry_after_s: 9 });
        assert_eq!(gate.new_call(Mono(0), TRUNK), Err(Full { retry_after_s: 9 }));
        gate.set(Admission::Open);
        assert_eq!(gate.new_call(Mono(0), TRUNK), Ok(()));
    }

    #[test]
    fn a_rate_of_zero_lets_nothing_through() {
        let mut gate = gate(&SipLimits { stranger_replies_per_second: 0, ..SipLimits::default() });
        assert!(!gate.has_reply_for_stranger(Mono(u64::MAX)));
    }
}
