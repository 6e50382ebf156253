//! Nonces that need no memory until somebody proved to know a password.
//!
//! A nonce says when it was made and carries a MAC over that and the address it was given to. So a flood of requests costs
//! nothing, a nonce is worth nothing elsewhere, and old ones are told from forged ones.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use domain::Mono;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::{hex, unhex};

/// How long a nonce may be used. Phones register every minute to every hour: most requests take one more round trip.
pub(super) const NONCE_LIFE: Duration = Duration::from_secs(300);
/// Nonces in use whose counts are remembered. Beyond it the oldest become stale, which costs their owners one round trip.
const COUNTED_MAX: usize = 16_384;
const MAC_BYTES: usize = 16;

/// What a nonce is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// Ours, fresh, for this address.
    Good(u64),
    /// Ours, for this address, but old.
    Stale,
    /// Made by somebody else, or for another address.
    Forged,
}

/// Maker and judge of nonces.
pub(super) struct Nonces {
    key: [u8; 32],
    made: u64,
    /// Nonces before this one are stale.
    floor: u64,
    counts: BTreeMap<u64, Count>,
}

/// The counts seen with one nonce: the highest, and which of the 64 before it.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    highest: u32,
    seen: u64,
    made_at: Mono,
}

impl Nonces {
    pub(super) fn new(key: [u8; 32]) -> Nonces {
        Nonces { key, made: 0, floor: 0, counts: BTreeMap::new() }
    }

    /// A nonce for this address.
    pub(super) fn make(&mut self, now: Mono, to: IpAddr) -> String {
        self.made += 1;
        let mut bytes = [now.0.to_be_bytes(), self.made.to_be_bytes()].concat();
        let mac = self.mac(&bytes, to);
        bytes.extend(mac);
        hex(&bytes)
    }

    /// What a nonce is worth when this address shows it.
    pub(super) fn judge(&self, now: Mono, nonce: &str, from: IpAddr) -> Worth {
        let Some(bytes) = unhex(nonce).filter(|bytes| bytes.len() == 16 + MAC_BYTES) else { return Worth::Forged };
        let (said, mac) = bytes.split_at(16);
        if !bool::from(self.mac(said, from).ct_eq(mac)) {
            return Worth::Forged;
        }
        let number = |part: &[u8]| part.try_into().map(u64::from_be_bytes).unwrap_or_default();
        let (at, serial) = (Mono(number(&said[..8])), number(&said[8..]));
        if now.since(at) > NONCE_LIFE || serial < self.floor { Worth::Stale } else { Worth::Good(serial) }
    }

    /// Notes a use that was proved; `false` when this count was used before (a replay).
    pub(super) fn count(&mut self, now: Mono, serial: u64, nc: u32) -> bool {
        if !self.counts.contains_key(&serial) {
            self.make_room(now);
        }
        let count = self.counts.entry(serial).or_insert(Count { made_at: now, ..Count::default() });
        if nc > count.highest {
            let ahead = nc - count.highest;
            count.seen = if ahead >= 64 { 0 } else { count.seen << ahead };
            count.seen |= 1;
            count.highest = nc;
            return true;
        }
        let behind = count.highest - nc;
        let bit = 1u64.checked_shl(behind).unwrap_or(0);
        let is_fresh = bit != 0 && count.seen & bit == 0;
        count.seen |= bit;
        is_fresh
    }

    /// Nonces are numbered as they are made, so the first in order is the oldest.
    fn make_room(&mut self, now: Mono) {
        while let Some(first) = self.counts.first_entry() {
            let is_over = now.since(first.get().made_at) > NONCE_LIFE;
            if !is_over && self.counts.len() < COUNTED_MAX {
                break;
            }
            if let Some((serial, _)) = self.counts.pop_first() {
                // A nonce whose counts are forgotten must not be used again.
                self.floor = self.floor.max(serial + 1);
            }
        }
    }

    /// Nonces whose counts are remembered.
    #[cfg(test)]
    pub(super) fn counted(&self) -> usize {
        self.counts.len()
    }

    fn mac(&self, said: &[u8], address: IpAddr) -> [u8; MAC_BYTES] {
        let mut short = [0; MAC_BYTES];
        // A MAC takes a key of any length.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) {
            mac.update(said);
            match address.to_canonical() {
                IpAddr::V4(ip) => mac.update(&ip.octets()),
                IpAddr::V6(ip) => mac.update(&ip.octets()),
            }
            short.copy_from_slice(&mac.finalize().into_bytes()[..MAC_BYTES]);
        }
        short
    }
}
