//! Who is shut out for guessing or scanning. Pure; memory is bounded by configuration.
//!
//! * Faults are counted for each address and, where a password was wrong, for each account.
//! * An address behind which a device of ours is registered is never shut out: the datagrams of a forger carry any address,
//!   and one phone with a wrong password must not silence its office. Its rate is limited like everybody's.
//! * A locked account is answered as if the password were wrong; where it is registered already, it goes on.

use std::collections::{BTreeSet, HashMap};
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use domain::{DeviceId, Mono};

use crate::admission::Bucket;
use crate::config::{GuardLimits, SipLimits};
use crate::event::{Banned, GuardView, SipEvent};

/// Challenges without any proof that count as one fault each, beyond this many: a phone asks once or twice before it proves.
const CHALLENGES_FREE: u32 = 60;
/// How long former bans make the next one longer.
const MEMORY: Duration = Duration::from_secs(86_400);

/// One thing that should not happen often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A wrong digest for an account that exists.
    WrongDigest(DeviceId),
    /// A digest or request for nobody, a broken message, a method no phone uses unproved.
    Probing,
}

/// Faults within a window, and what came of them.
#[derive(Clone, Copy, Debug, Default)]
struct Record {
    faults: u32,
    since: Mono,
    banned_until: Option<Mono>,
    /// Bans so far, and when the last one began.
    bans: u32,
    last_ban: Mono,
}

impl Record {
    fn is_banned(&self, now: Mono) -> bool {
        self.banned_until.is_some_and(|until| until > now)
    }

    /// Counts a fault; gives the length of the ban it leads to.
    fn fault(&mut self, now: Mono, max: u32, limits: &GuardLimits) -> Option<Duration> {
        if now.since(self.since) > limits.window {
            (self.faults, self.since) = (0, now);
        }
        self.faults += 1;
        if self.faults < max || self.is_banned(now) {
            return None;
        }
        if now.since(self.last_ban) > MEMORY {
            self.bans = 0;
        }
        let lasts = limits.ban.saturating_mul(1 << self.bans.min(16)).min(limits.ban_max);
        self.bans += 1;
        (self.faults, self.last_ban, self.banned_until) = (0, now, Some(now + lasts));
        Some(lasts)
    }
}

/// An address that was heard.
struct Watched {
    record: Record,
    challenges: u32,
    rate: Bucket,
    heard: Mono,
}

/// The guard.
pub(crate) struct Guard {
    limits: GuardLimits,
    requests_per_second: u32,
    addresses: HashMap<IpAddr, Watched>,
    /// Least recently heard first.
    order: BTreeSet<(Mono, IpAddr)>,
    accounts: HashMap<DeviceId, Record>,
    counts: GuardView,
}

impl Guard {
    /// A guard that has seen nobody.
    pub(crate) fn new(limits: &GuardLimits, rates: &SipLimits) -> Guard {
        Guard {
            limits: limits.clone(),
            requests_per_second: rates.requests_per_second,
            addresses: HashMap::new(),
            order: BTreeSet::new(),
            accounts: HashMap::new(),
            counts: GuardView::default(),
        }
    }

    /// Whether anything from this address is read at all. Notes that it was heard.
    pub(crate) fn admit(&mut self, now: Mono, ip: IpAddr) -> bool {
        let watched = self.watch(now, ip);
        let is_let_in = !watched.record.is_banned(now) && watched.rate.take(now);
        if !is_let_in {
            self.counts.dropped += 1;
        }
        is_let_in
    }

    /// Whether this address is shut out; without noting anything.
    pub(crate) fn is_banned(&self, now: Mono, ip: IpAddr) -> bool {
        self.addresses.get(&network(ip)).is_some_and(|watched| watched.record.is_banned(now))
    }

    /// Whether this account is locked.
    pub(crate) fn is_locked(&self, now: Mono, device: DeviceId) -> bool {
        self.accounts.get(&device).is_some_and(|record| record.is_banned(now))
    }

    /// Notes a fault. `is_home`: a device of ours is registered from there.
    pub(crate) fn fault(&mut self, now: Mono, ip: IpAddr, is_home: bool, fault: Fault) -> Vec<SipEvent> {
        let mut events = Vec::new();
        match fault {
            Fault::WrongDigest(device) => {
                self.counts.failed += 1;
                let limits = &self.limits;
                let record = self.accounts.entry(device).or_default();
                if let Some(lasts) = record.fault(now, limits.account_faults_max, limits) {
                    events.push(SipEvent::Banned { whom: Banned::Account(device), lasts });
                }
            }
            Fault::Probing => self.counts.refused += 1,
        }
        if !is_home {
            events.extend(self.fault_of_address(now, ip));
        }
        self.counts.bans += events.len() as u64;
        events
    }

    fn fault_of_address(&mut self, now: Mono, ip: IpAddr) -> Option<SipEvent> {
        let limits = self.limits.clone();
        let watched = self.watch(now, ip);
        let lasts = watched.record.fault(now, limits.address_faults_max, &limits)?;
        Some(SipEvent::Banned { whom: Banned::Address(network(ip)), lasts })
    }

    /// A request was asked for its digest. Somebody who is asked again and again and never proves anything is at fault.
    pub(crate) fn challenged(&mut self, now: Mono, ip: IpAddr, is_home: bool) -> Option<SipEvent> {
        self.counts.challenged += 1;
        let watched = self.watch(now, ip);
        watched.challenges = watched.challenges.saturating_add(1);
        if is_home || watched.challenges <= CHALLENGES_FREE {
            return None;
        }
        let event = self.fault_of_address(now, ip);
        self.counts.bans += u64::from(event.is_some());
        event
    }

    /// A digest was right: its account and the challenges of its address start anew. Faults of the address stay, or one good
    /// account would wash away the guessing of others.
    pub(crate) fn proved(&mut self, now: Mono, ip: IpAddr, device: DeviceId) {
        self.watch(now, ip).challenges = 0;
        if !self.is_locked(now, device) {
            self.accounts.remove(&device);
        }
    }

    /// Lifts a ban and forgets what led to it.
    pub(crate) fn pardon(&mut self, whom: Banned) {
        match whom {
            Banned::Address(ip) => {
                if let Some(watched) = self.addresses.remove(&network(ip)) {
                    self.order.remove(&(watched.heard, network(ip)));
                }
            }
            Banned::Account(device) => {
                self.accounts.remove(&device);
            }
        }
    }

    /// Forgets accounts that exist no longer.
    pub(crate) fn keep_accounts(&mut self, exists: impl Fn(DeviceId) -> bool) {
        self.accounts.retain(|device, _| exists(*device));
    }

    /// Counters, and who is shut out.
    pub(crate) fn inspect(&self, now: Mono) -> GuardView {
        let left = |record: &Record| record.banned_until.filter(|until| *until > now).map(|until| until.since(now));
        let addresses = self.addresses.iter().filter_map(|(ip, w)| left(&w.record).map(|l| (Banned::Address(*ip), l)));
        let accounts = self.accounts.iter().filter_map(|(device, r)| left(r).map(|l| (Banned::Account(*device), l)));
        GuardView { banned: addresses.chain(accounts).collect(), ..self.counts.clone() }
    }

    /// Finds or begins the record of an address and moves it to the end of the order.
    fn watch(&mut self, now: Mono, ip: IpAddr) -> &mut Watched {
        let ip = network(ip);
        if let Some(known) = self.addresses.get(&ip) {
            self.order.remove(&(known.heard, ip));
        } else {
            self.make_room(now);
        }
        self.order.insert((now, ip));
        let rate = self.requests_per_second;
        let watched = self.addresses.entry(ip).or_insert_with(|| Watched {
            record: Record { since: now, ..Record::default() },
            challenges: 0,
            rate: Bucket::new(rate, rate.saturating_mul(2), now),
            heard: now,
        });
        watched.heard = now;
        watched
    }

    /// Forgets the address heard least recently, one that is not shut out if there is one among the first few.
    fn make_room(&mut self, now: Mono) {
        while self.addresses.len() >= self.limits.addresses_max.max(1) {
            let is_free =
                |entry: &&(Mono, IpAddr)| !self.addresses.get(&entry.1).is_some_and(|w| w.record.is_banned(now));
            let first = self.order.iter().take(FORGET_LOOK).find(is_free).or(self.order.first()).copied();
            let Some(entry) = first else { return };
            self.order.remove(&entry);
            self.addresses.remove(&entry.1);
        }
    }
}

/// How many addresses are looked at to find one that may be forgotten.
const FORGET_LOOK: usize = 16;

/// What counts as one address: IPv4 as it is, of IPv6 the /64, because one host has all of it.
fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V4(ip) => IpAddr::V4(ip),
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests;
