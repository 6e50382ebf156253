//! A one-way link with a fixed delay, and whatever else is asked of it.

use std::net::SocketAddr;

/// What a link does to packets; probabilities in percent.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    pub delay_ms: u64,
    pub jitter_ms: u64,
    pub loss: u64,
    pub double: u64,
    pub state: u64,
}

/// A datagram under way.
#[derive(Clone, Debug)]
pub struct Flight {
    pub at_ms: u64,
    pub from: SocketAddr,
    pub to: SocketAddr,
    pub bytes: Vec<u8>,
}

impl Link {
    pub fn good() -> Link {
        Link { delay_ms: 5, jitter_ms: 0, loss: 0, double: 0, state: 0x5EED }
    }

    pub fn bad(seed: u64) -> Link {
        Link { delay_ms: 10, jitter_ms: 45, loss: 5, double: 3, state: seed }
    }

    /// The copies of a datagram that arrive.
    pub fn carry(&mut self, now_ms: u64, from: SocketAddr, to: SocketAddr, bytes: &[u8]) -> Vec<Flight> {
        if self.chance(self.loss) {
            return Vec::new();
        }
        let copies = if self.chance(self.double) { 2 } else { 1 };
        (0..copies)
            .map(|_| {
                let late = if self.jitter_ms == 0 { 0 } else { self.next() % self.jitter_ms };
                Flight { at_ms: now_ms + self.delay_ms + late, from, to, bytes: bytes.to_vec() }
            })
            .collect()
    }

    fn chance(&mut self, percent: u64) -> bool {
        percent > 0 && self.next() % 100 < percent
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.state >> 33
    }
}
