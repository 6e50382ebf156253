//! Replies to devices' requests that were carried out, for copies of those requests: a nonce's count is good only once, so a
//! copy could not be judged again.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::time::Duration;

use domain::Mono;

use crate::message::Head;

/// A peer repeats for 64 × T1 (RFC 3261 §17.1.2.2, timer F).
const KEEP: Duration = Duration::from_secs(32);
/// At a hundred registrations a second, what `KEEP` needs. Beyond it the oldest go, and a copy costs its sender a round trip.
const REPLIES_MAX: usize = 4_096;

type Key = (SocketAddr, String);

/// The latest replies.
#[derive(Default)]
pub(super) struct Replies {
    by_key: HashMap<Key, (Mono, Vec<u8>)>,
    order: VecDeque<(Mono, Key)>,
}

impl Replies {
    pub(super) fn keep(&mut self, now: Mono, source: SocketAddr, head: &Head, reply: &[u8]) {
        self.forget(now);
        let key = key(source, head);
        self.order.push_back((now, key.clone()));
        self.by_key.insert(key, (now, reply.to_vec()));
    }

    pub(super) fn find(&mut self, now: Mono, source: SocketAddr, head: &Head) -> Option<Vec<u8>> {
        self.forget(now);
        self.by_key.get(&key(source, head)).map(|(_, reply)| reply.clone())
    }

    fn forget(&mut self, now: Mono) {
        while let Some((at, _)) = self.order.front()
            && (now.since(*at) > KEEP || self.order.len() >= REPLIES_MAX)
        {
            if let Some((at, key)) = self.order.pop_front()
                && self.by_key.get(&key).is_some_and(|(kept, _)| *kept == at)
            {
                self.by_key.remove(&key);
            }
        }
    }
}

fn key(source: SocketAddr, head: &Head) -> Key {
    (source, format!("{}|{}", head.method, head.transaction_key()))
}
