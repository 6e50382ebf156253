//! What stands between a wrong password and the next: waits that double, then a lock, by account and by address.
//!
//! Every attempt counts as failed until its password was right, so that attempts at the same time do not slip through
//! together. Names nobody has are counted like all others. An address from which an account was signed in to before has
//! a count of its own for that account: strangers who guess lock themselves out of it, not its owner.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::Mono;
use sha2::{Digest, Sha256};

use crate::limits::{
    LOCKOUT_ENTRIES_MAX, LOCKOUT_TIME, SIGN_IN_ADDRESS_FAILURES_MAX, SIGN_IN_ADDRESS_WINDOW,
    SIGN_IN_FAILURES_FORGOTTEN, SIGN_IN_FAILURES_FREE, SIGN_IN_FAILURES_MAX,
};
use crate::rate::network;

/// A user name as it is compared, hashed: what people type into the field is sometimes a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NameHash([u8; 32]);

impl NameHash {
    /// Of a name as typed.
    pub fn of(username: &str) -> NameHash {
        NameHash(Sha256::digest(username.trim().to_lowercase()).into())
    }
}

/// What failures are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// An account, from addresses it does not know.
    Name(NameHash),
    /// An account, from an address it was signed in to from before.
    NameAt(NameHash, IpAddr),
    /// An address, whatever the account.
    Address(IpAddr),
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    failed: u32,
    since: Mono,
    last: Mono,
    barred_until: Mono,
}

/// Failures by account and address.
#[derive(Default)]
pub struct Lockout(Mutex<Table>);

#[derive(Default)]
struct Table {
    tries: HashMap<Key, Tries>,
    known: HashSet<(NameHash, IpAddr)>,
}

/// An attempt whose password is being checked.
#[derive(Debug)]
pub struct Attempt {
    name: NameHash,
    address: IpAddr,
    keys: [Key; 2],
    /// Until when the account or the address is locked if the password is wrong, for the audit trail.
    pub locks_until: Option<Mono>,
}

impl Lockout {
    /// Begins an attempt; otherwise after how long the next one is allowed.
    pub fn begin(&self, name: NameHash, address: IpAddr, now: Mono) -> Result<Attempt, Duration> {
        let address = network(address);
        let mut table = self.table();
        let of_name = if table.known.contains(&(name, address)) { Key::NameAt(name, address) } else { Key::Name(name) };
        let keys = [of_name, Key::Address(address)];
        let barred_until = keys.iter().filter_map(|key| table.tries.get(key)).map(|tries| tries.barred_until).max();
        if let Some(until) = barred_until.filter(|until| *until > now) {
            return Err(until.since(now));
        }
        table.make_room(now);
        let mut locks_until = None;
        for key in keys {
            let tries = key.failed_again(table.tries.get(&key).copied(), now);
            if key.is_lock(tries.failed) {
                locks_until = locks_until.max(Some(tries.barred_until));
            }
            table.tries.insert(key, tries);
        }
        Ok(Attempt { name, address, keys, locks_until })
    }

    /// The password was right: the account begins anew, the address has one failure less, and the two know each other.
    pub fn succeeded(&self, attempt: &Attempt) {
        let mut table = self.table();
        table.tries.remove(&Key::Name(attempt.name));
        table.tries.remove(&Key::NameAt(attempt.name, attempt.address));
        table.uncount(Key::Address(attempt.address));
        if table.known.len() >= LOCKOUT_ENTRIES_MAX {
            table.known.clear();
        }
        table.known.insert((attempt.name, attempt.address));
    }

    /// The password was never looked at.
    pub fn withdrawn(&self, attempt: &Attempt) {
        let mut table = self.table();
        attempt.keys.into_iter().for_each(|key| table.uncount(key));
    }

    /// How much longer an account is locked, for strangers or for an address it knows.
    pub fn locked_for(&self, name: NameHash, now: Mono) -> Option<Duration> {
        let table = self.table();
        let locks = table.tries.iter().filter(|(key, tries)| key.is_of(name) && key.is_lock(tries.failed));
        let until = locks.map(|(_, tries)| tries.barred_until).max()?;
        (until > now).then(|| until.since(now))
    }

    /// Takes every count of an account away, and the locks of addresses that stand with it.
    pub fn unlock(&self, name: NameHash) {
        let mut table = self.table();
        let addresses: HashSet<IpAddr> =
            table.known.iter().filter(|(known, _)| *known == name).map(|(_, address)| *address).collect();
        table.tries.retain(|key, _| match key {
            Key::Name(of) | Key::NameAt(of, _) => *of != name,
            Key::Address(address) => !addresses.contains(address),
        });
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Key {
    fn is_of(&self, name: NameHash) -> bool {
        match self {
            Key::Name(of) | Key::NameAt(of, _) => *of == name,
            Key::Address(_) => false,
        }
    }

    fn is_lock(&self, failed: u32) -> bool {
        match self {
            Key::Name(_) | Key::NameAt(..) => failed >= SIGN_IN_FAILURES_MAX,
            Key::Address(_) => failed >= SIGN_IN_ADDRESS_FAILURES_MAX,
        }
    }

    fn failed_again(&self, before: Option<Tries>, now: Mono) -> Tries {
        let fresh = Tries { failed: 0, since: now, last: now, barred_until: now };
        let is_over = |tries: &Tries| match self {
            Key::Name(_) | Key::NameAt(..) => now.since(tries.last) >= SIGN_IN_FAILURES_FORGOTTEN,
            Key::Address(_) => now.since(tries.since) >= SIGN_IN_ADDRESS_WINDOW,
        };
        let tries = before.filter(|tries| !is_over(tries)).unwrap_or(fresh);
        let failed = tries.failed.saturating_add(1);
        Tries { failed, since: tries.since, last: now, barred_until: now + self.bar(failed) }
    }

    /// Nothing for the first few, then a second that doubles, then the lock. Addresses have a rate limit for the waits.
    fn bar(&self, failed: u32) -> Duration {
        match self {
            _ if self.is_lock(failed) => LOCKOUT_TIME,
            Key::Name(_) | Key::NameAt(..) if failed >= SIGN_IN_FAILURES_FREE => {
                Duration::from_secs(1 << (failed - SIGN_IN_FAILURES_FREE).min(10))
            }
            Key::Name(_) | Key::NameAt(..) | Key::Address(_) => Duration::ZERO,
        }
    }
}

impl Table {
    /// Takes one failure back.
    fn uncount(&mut self, key: Key) {
        let Some(tries) = self.tries.get_mut(&key) else { return };
        tries.failed = tries.failed.saturating_sub(1);
        tries.barred_until = tries.last + key.bar(tries.failed);
        if tries.failed == 0 {
            self.tries.remove(&key);
        }
    }

    /// Room for two more: those that are forgotten go first, then those that bar least, so that a flood of names does
    /// not wash a lock away.
    fn make_room(&mut self, now: Mono) {
        if self.tries.len() + 2 <= LOCKOUT_ENTRIES_MAX {
            return;
        }
        self.tries.retain(|_, tries| tries.barred_until > now || now.since(tries.last) < SIGN_IN_FAILURES_FORGOTTEN);
        while self.tries.len() + 2 > LOCKOUT_ENTRIES_MAX {
            let least = self.tries.iter().min_by_key(|(_, tries)| (tries.barred_until, tries.failed));
            let Some(key) = least.map(|(key, _)| *key) else { return };
            self.tries.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Mono = Mono(1_000_000_000_000);

    fn home() -> IpAddr {
        "192.0.2.1".parse().unwrap()
    }

    fn stranger() -> IpAddr {
        "198.51.100.7".parse().unwrap()
    }

    /// Fails as often as it may until locked; gives the waits in seconds.
    fn fail_until_locked(lockout: &Lockout, name: NameHash, address: IpAddr, mut now: Mono) -> (Vec<u64>, Mono) {
        let mut waits = Vec::new();
        loop {
            match lockout.begin(name, address, now) {
                Ok(attempt) => {
                    if attempt.locks_until.is_some() {
                        return (waits, now);
                    }
                }
                Err(wait) => {
                    waits.push(wait.as_secs());
                    now = now + wait;
                }
            }
        }
    }

    #[test]
    fn waits_double_and_end_in_a_lock() {
        let (lockout, name) = (Lockout::default(), NameHash::of("ann"));
        let (waits, locked_at) = fail_until_locked(&lockout, name, home(), START);
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64]);
        assert_eq!(lockout.begin(name, home(), locked_at).unwrap_err(), LOCKOUT_TIME);
        assert_eq!(lockout.locked_for(name, locked_at), Some(LOCKOUT_TIME));
        assert_eq!(lockout.locked_for(NameHash::of("bob"), locked_at), None);
        let over = locked_at + LOCKOUT_TIME;
        let attempt = lockout.begin(NameHash::of(" ANN "), home(), over).unwrap();
        assert!(attempt.locks_until.is_some(), "one more wrong guess locks again");
        lockout.succeeded(&attempt);
        assert!(lockout.begin(name, home(), over).unwrap().locks_until.is_none(), "a right one begins anew");
        let forgotten = over + SIGN_IN_FAILURES_FORGOTTEN;
        assert!(lockout.begin(name, home(), forgotten).is_ok());
    }

    #[test]
    fn strangers_do_not_lock_the_owner_out_of_a_known_address() {
        let (lockout, name) = (Lockout::default(), NameHash::of("ann"));
        lockout.succeeded(&lockout.begin(name, home(), START).unwrap());
        let (_, now) = fail_until_locked(&lockout, name, stranger(), START);
        assert!(lockout.begin(name, stranger(), now).is_err());
        assert!(lockout.begin(name, "203.0.113.5".parse().unwrap(), now).is_err(), "nor any other stranger");
        let own = lockout.begin(name, home(), now).unwrap();
        lockout.withdrawn(&own);
        let (_, now) = fail_until_locked(&lockout, name, home(), now);
        assert!(lockout.begin(name, home(), now).is_err(), "whoever sits there has limits too");
        lockout.unlock(name);
        assert!(lockout.begin(name, home(), now).is_ok());
        assert_eq!(lockout.locked_for(name, now), None);
    }

    #[test]
    fn attempts_at_the_same_time_count_each() {
        let (lockout, name) = (Lockout::default(), NameHash::of("ann"));
        let begun = (0..20).filter(|_| lockout.begin(name, home(), START).is_ok()).count();
        assert_eq!(begun, SIGN_IN_FAILURES_FREE as usize);
    }

    #[test]
    fn a_flood_of_names_is_bounded_and_washes_no_lock_away() {
        let (lockout, name) = (Lockout::default(), NameHash::of("ann"));
        let (_, now) = fail_until_locked(&lockout, name, home(), START);
        for n in 0..LOCKOUT_ENTRIES_MAX as u32 / 2 + 50 {
            let _ = lockout.begin(NameHash::of(&n.to_string()), IpAddr::V4(n.into()), now);
        }
        assert!(lockout.table().tries.len() <= LOCKOUT_ENTRIES_MAX);
        assert!(lockout.begin(name, stranger(), now).is_err());
    }

    #[test]
    fn an_address_that_tries_many_names_is_locked() {
        let (lockout, mut now) = (Lockout::default(), START);
        for n in 0..SIGN_IN_ADDRESS_FAILURES_MAX {
            assert!(lockout.begin(NameHash::of(&n.to_string()), stranger(), now).is_ok(), "{n}");
            now = now + Duration::from_secs(3);
        }
        assert!(lockout.begin(NameHash::of("fresh"), stranger(), now).is_err());
        assert!(lockout.begin(NameHash::of("fresh"), home(), now).is_ok());
    }
}
