//! Whose packets a leg believes, and where its own go (symmetric RTP, with the door closed behind the first guest).
//!
//! The address of the SDP is believed at once. Another address is learned only where address translation explains it, from
//! [`LEARN_PACKETS`] packets in a row of one source, none of which is played to anybody; then the leg is locked to address, port and
//! SSRC. Only a renegotiation opens it again. See docs/decisions/0021.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use domain::Mono;

/// Packets in a row that make an unannounced source the leg's own.
pub const LEARN_PACKETS: u8 = 5;
/// Sources that may try at the same time; further ones are strangers.
const CANDIDATES_MAX: usize = 4;
/// How long the locked SSRC must be silent before the same address and port may go on with another one: carriers switch
/// from an announcement to the called party without saying so.
pub const SSRC_SILENCE: Duration = Duration::from_millis(500);

/// What becomes of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// From the leg's source.
    Ours,
    /// From the leg's source, which has just been found or has changed: what was known of its sequence is void.
    OursAnew,
    /// From a source that is being learned: counted, not played.
    Learning,
    /// From somebody else.
    Foreign,
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    from: SocketAddr,
    ssrc: u32,
    next_sequence: u16,
    packets: u8,
}

#[derive(Clone, Copy, Debug)]
struct Locked {
    from: SocketAddr,
    ssrc: u32,
    last_at: Mono,
}

/// The lock of one leg.
#[derive(Debug)]
pub struct Latch {
    announced: SocketAddr,
    target: SocketAddr,
    locked: Option<Locked>,
    candidates: Vec<Candidate>,
}

impl Latch {
    /// Open, for the address in the peer's SDP.
    pub fn new(announced: SocketAddr) -> Latch {
        Latch { announced, target: announced, locked: None, candidates: Vec::new() }
    }

    /// The peer negotiated again. What is sent goes on to a learned address until the next lock when the announced one is as before.
    pub fn renegotiated(&mut self, announced: SocketAddr) {
        if announced != self.announced {
            self.target = announced;
        }
        self.announced = announced;
        self.locked = None;
        self.candidates.clear();
    }

    /// Judges a packet.
    pub fn judge(&mut self, now: Mono, from: SocketAddr, ssrc: u32, sequence: u16) -> Verdict {
        let Some(locked) = self.locked.as_mut() else { return self.judge_open(now, from, ssrc, sequence) };
        if from != locked.from {
            // Whoever got in by learning gives way to the address that was announced.
            return if from == self.announced { self.lock(now, from, ssrc) } else { Verdict::Foreign };
        }
        if ssrc == locked.ssrc {
            locked.last_at = now;
            return Verdict::Ours;
        }
        if now.since(locked.last_at) < SSRC_SILENCE {
            return Verdict::Foreign;
        }
        *locked = Locked { from, ssrc, last_at: now };
        Verdict::OursAnew
    }

    /// Where the leg's own packets go.
    pub fn target(&self) -> SocketAddr {
        self.target
    }

    /// The source in force: its address and SSRC.
    pub fn source(&self) -> Option<(SocketAddr, u32)> {
        self.locked.map(|locked| (locked.from, locked.ssrc))
    }

    fn judge_open(&mut self, now: Mono, from: SocketAddr, ssrc: u32, sequence: u16) -> Verdict {
        if from == self.announced {
            return self.lock(now, from, ssrc);
        }
        if !translated(self.announced, from) {
            return Verdict::Foreign;
        }
        let full = self.candidates.len() >= CANDIDATES_MAX;
        let packets = match self.candidates.iter_mut().find(|c| c.from == from && c.ssrc == ssrc) {
            Some(candidate) => {
                // Guessing sequence numbers blindly does not add up to a source.
                candidate.packets = if sequence == candidate.next_sequence { candidate.packets + 1 } else { 1 };
                candidate.next_sequence = sequence.wrapping_add(1);
                candidate.packets
            }
            None if full => return Verdict::Foreign,
            None => {
                self.candidates.push(Candidate { from, ssrc, next_sequence: sequence.wrapping_add(1), packets: 1 });
                1
            }
        };
        if packets >= LEARN_PACKETS { self.lock(now, from, ssrc) } else { Verdict::Learning }
    }

    fn lock(&mut self, now: Mono, from: SocketAddr, ssrc: u32) -> Verdict {
        self.locked = Some(Locked { from, ssrc, last_at: now });
        self.target = from;
        self.candidates = Vec::new();
        Verdict::OursAnew
    }
}

/// Whether address translation explains packets from `from` where `announced` was said: the announced address is one that
/// the public network cannot reach, or only the port differs. Whoever speaks from a loopback address is on this very machine.
fn translated(announced: SocketAddr, from: SocketAddr) -> bool {
    announced.ip() == from.ip() || is_private(announced.ip()) || from.ip().is_loopback()
}

fn is_private(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            ip.is_private() || ip.is_link_local() || ip.is_loopback() || ip.is_unspecified() || is_carrier_grade(ip)
        }
        IpAddr::V6(ip) => ip.is_unique_local() || ip.is_unicast_link_local() || ip.is_loopback() || ip.is_unspecified(),
    }
}

/// 100.64.0.0/10 (RFC 6598).
fn is_carrier_grade(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    a == 100 && b & 0xC0 == 64
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::*;

    const PUBLIC: &str = "198.51.100.7:4000";
    const PRIVATE: &str = "192.168.1.20:4000";
    const NAT: &str = "203.0.113.9:61000";
    const STRANGER: &str = "203.0.113.66:4000";

    fn at(ms: u64) -> Mono {
        Mono(ms * 1_000_000)
    }

    fn addr(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    /// `(from, ssrc, sequence)`, 20 ms apart.
    fn verdicts(latch: &mut Latch, start_ms: u64, packets: &[(&str, u32, u16)]) -> Vec<Verdict> {
        let judge = |(n, (from, ssrc, sequence)): (usize, &(&str, u32, u16))| {
            latch.judge(at(start_ms + n as u64 * 20), addr(from), *ssrc, *sequence)
        };
        packets.iter().enumerate().map(judge).collect()
    }

    #[test]
    fn the_announced_address_is_believed_at_once_and_then_alone() {
        let mut latch = Latch::new(addr(PUBLIC));
        let seen = verdicts(
            &mut latch,
            0,
            &[(PUBLIC, 1, 5), (PUBLIC, 1, 6), (STRANGER, 1, 7), (PUBLIC, 2, 1), (PUBLIC, 1, 7)],
        );
        assert_eq!(seen, [OursAnew, Ours, Foreign, Foreign, Ours]);
        assert_eq!(latch.target(), addr(PUBLIC));
    }

    #[test]
    fn a_public_announcement_is_never_replaced_by_another_host() {
        let mut latch = Latch::new(addr(PUBLIC));
        let packets: Vec<_> = (0..50).map(|n| (STRANGER, 9, n)).collect();
        assert!(verdicts(&mut latch, 0, &packets).iter().all(|v| *v == Foreign));
        assert_eq!(latch.target(), addr(PUBLIC));
    }

    #[test]
    fn behind_translation_five_packets_in_a_row_lock() {
        let mut latch = Latch::new(addr(PRIVATE));
        let packets: Vec<_> = (10..16).map(|n| (NAT, 1, n)).collect();
        assert_eq!(verdicts(&mut latch, 0, &packets), [Learning, Learning, Learning, Learning, OursAnew, Ours]);
        assert_eq!((latch.target(), latch.source()), (addr(NAT), Some((addr(NAT), 1))));
        assert_eq!(verdicts(&mut latch, 200, &[(STRANGER, 1, 16), ("192.168.1.20:4002", 1, 17)]), [Foreign, Foreign]);
    }

    #[test]
    fn the_announced_address_takes_its_place_from_whoever_was_learned() {
        let mut latch = Latch::new(addr(PRIVATE));
        verdicts(&mut latch, 0, &(0..5).map(|n| (STRANGER, 1, n)).collect::<Vec<_>>());
        assert_eq!(latch.target(), addr(STRANGER));
        assert_eq!(
            verdicts(&mut latch, 100, &[(PRIVATE, 2, 9), (PRIVATE, 2, 10), (STRANGER, 1, 6)]),
            [OursAnew, Ours, Foreign]
        );
        assert_eq!(latch.target(), addr(PRIVATE));
    }

    #[test]
    fn a_moved_port_counts_as_translation() {
        let mut latch = Latch::new(addr(PUBLIC));
        let packets: Vec<_> = (0..5).map(|n| ("198.51.100.7:5555", 1, n)).collect();
        assert_eq!(verdicts(&mut latch, 0, &packets).last(), Some(&OursAnew));
    }

    #[test]
    fn blind_sequence_numbers_and_crowds_do_not_lock() {
        let mut latch = Latch::new(addr(PRIVATE));
        let guesses: Vec<_> = (0..40u16).map(|n| (STRANGER, 1, n.wrapping_mul(7_919))).collect();
        assert!(verdicts(&mut latch, 0, &guesses).iter().all(|v| *v == Learning));
        let crowd: Vec<_> = (2..40).map(|ssrc| (STRANGER, ssrc, 1)).collect();
        assert!(verdicts(&mut latch, 800, &crowd)[CANDIDATES_MAX..].iter().all(|v| *v == Foreign));
        assert_eq!(verdicts(&mut latch, 2_000, &[(PRIVATE, 7, 1)]), [OursAnew]);
    }

    #[test]
    fn only_a_renegotiation_opens_the_lock() {
        let mut latch = Latch::new(addr(PRIVATE));
        verdicts(&mut latch, 0, &(0..5).map(|n| (NAT, 1, n)).collect::<Vec<_>>());
        assert_eq!(latch.judge(at(60_000), addr(STRANGER), 1, 6), Foreign);
        latch.renegotiated(addr(PRIVATE));
        assert_eq!(latch.target(), addr(NAT));
        latch.renegotiated(addr(PUBLIC));
        assert_eq!(latch.target(), addr(PUBLIC));
        assert_eq!(latch.judge(at(60_100), addr(PUBLIC), 4, 6), OursAnew);
    }

    #[test]
    fn the_same_peer_may_change_its_ssrc_after_silence() {
        let mut latch = Latch::new(addr(PUBLIC));
        verdicts(&mut latch, 0, &[(PUBLIC, 1, 5)]);
        assert_eq!(latch.judge(at(499), addr(PUBLIC), 2, 1), Foreign);
        assert_eq!(latch.judge(at(501), addr(PUBLIC), 2, 2), OursAnew);
        assert_eq!(latch.judge(at(502), addr(PUBLIC), 1, 6), Foreign);
    }
}
