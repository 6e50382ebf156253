//! Token buckets by address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::Mono;

use crate::limits::ADDRESSES_MAX;

/// Lets each address do something `burst` times at once and once more per `refill`.
pub struct RateLimiter {
    burst: u32,
    refill: Duration,
    /// When each address's bucket is full again.
    full_at: Mutex<HashMap<IpAddr, Mono>>,
}

impl RateLimiter {
    /// A limiter nobody has used.
    pub fn new(burst: u32, refill: Duration) -> RateLimiter {
        RateLimiter { burst, refill, full_at: Mutex::default() }
    }

    /// Takes one; otherwise after how many seconds one is free.
    pub fn take(&self, address: IpAddr, now: Mono) -> Result<(), u64> {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let address = network(address);
        if !full_at.contains_key(&address) && full_at.len() >= ADDRESSES_MAX {
            make_room(&mut full_at, now);
        }
        let full = full_at.entry(address).or_insert(now);
        let after = (*full).max(now) + self.refill;
        let debt = after.since(now);
        let allowed = self.refill * self.burst;
        if debt > allowed {
            return Err((debt - allowed).as_secs() + 1);
        }
        *full = after;
        Ok(())
    }

    /// Gives one back.
    pub fn give_back(&self, address: IpAddr) {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(full) = full_at.get_mut(&network(address)) {
            *full = *full - self.refill;
        }
    }
}

/// An IPv6 subscriber has a whole /64 to choose addresses from.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
    }
}

fn make_room(full_at: &mut HashMap<IpAddr, Mono>, now: Mono) {
    full_at.retain(|_, full| *full > now);
    if full_at.len() >= ADDRESSES_MAX
        && let Some(soonest) = full_at.iter().min_by_key(|(_, full)| **full).map(|(address, _)| *address)
    {
        full_at.remove(&soonest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_one_per_refill() {
        let limiter = RateLimiter::new(3, Duration::from_secs(2));
        let home: IpAddr = "192.0.2.1".parse().unwrap();
        let start = Mono(1_000_000_000_000);
        for _ in 0..3 {
            assert_eq!(limiter.take(home, start), Ok(()));
        }
        assert_eq!(limiter.take(home, start), Err(3));
        assert_eq!(limiter.take("192.0.2.2".parse().unwrap(), start), Ok(()));
        assert_eq!(limiter.take(home, start + Duration::from_secs(2)), Ok(()));
        assert!(limiter.take(home, start + Duration::from_secs(2)).is_err());
        limiter.give_back(home);
        assert_eq!(limiter.take(home, start + Duration::from_secs(2)), Ok(()));
    }

    #[test]
    fn one_ipv6_network_is_one_address_and_the_table_is_bounded() {
        let limiter = RateLimiter::new(1, Duration::from_secs(2));
        assert_eq!(limiter.take("2001:db8::1".parse().unwrap(), Mono(0)), Ok(()));
        assert!(limiter.take("2001:db8::2".parse().unwrap(), Mono(0)).is_err());
        for n in 0..(ADDRESSES_MAX as u32 + 50) {
            let _ = limiter.take(IpAddr::V4(n.into()), Mono(0));
        }
        assert!(limiter.full_at.lock().unwrap().len() <= ADDRESSES_MAX);
    }
}
