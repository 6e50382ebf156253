//! What arrives of one source: which packets are doubled, how many are missing, how uneven they come (RFC 3550 appendix A).

use domain::Mono;
use domain::input::Quality;

use crate::codec::CLOCK_HZ;

/// A step of the sequence beyond this is a source that began anew (RFC 3550 A.1, `MAX_DROPOUT`).
const DROPOUT_MAX: u16 = 3_000;
/// Packets kept in mind to tell late ones from doubled ones.
const WINDOW: u16 = 64;

/// What a packet is in its sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The next one, or one after a gap.
    Forward,
    /// It fills a gap.
    Late,
    /// It was here before, or is too old to tell.
    Doubled,
}

/// What a receiver report says of a source (RFC 3550 §6.4.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Lost since the report before, in 256ths.
    pub fraction_lost: u8,
    /// Lost since the beginning, at most 24 bits.
    pub lost: u32,
    /// Cycles and highest sequence number.
    pub highest: u32,
    /// Interarrival jitter in ticks.
    pub jitter: u32,
}

#[derive(Clone, Copy, Debug)]
struct Source {
    first: u32,
    highest: u32,
    window: u64,
    received: u64,
    transit: u32,
    reported_expected: u64,
    reported_received: u64,
}

/// The reception of one leg over its life, through changes of source.
#[derive(Debug, Default)]
pub struct Reception {
    source: Option<Source>,
    packets_before: u64,
    lost_before: u64,
    /// Steps of the sequence over one packet or more, in all.
    gaps: u64,
    /// RFC 3550 A.8: sixteen times the estimate.
    jitter_q4: u32,
}

impl Reception {
    /// Takes note of a packet of the one source in force.
    pub fn receive(&mut self, now: Mono, sequence: u16, timestamp: u32) -> Arrival {
        let transit = ticks(now).wrapping_sub(timestamp);
        let Some(source) = self.source.as_mut() else {
            self.begin(sequence, transit);
            return Arrival::Forward;
        };
        let step = sequence.wrapping_sub(source.highest as u16);
        if step == 0 {
            return Arrival::Doubled;
        }
        let arrival = if step < DROPOUT_MAX {
            source.highest = source.highest.wrapping_add(u32::from(step));
            source.window = if step < WINDOW { (source.window << step) | 1 } else { 1 };
            if step > 1 {
                self.gaps += 1;
            }
            Arrival::Forward
        } else {
            let behind = step.wrapping_neg();
            if behind >= DROPOUT_MAX {
                self.change_source();
                self.begin(sequence, transit);
                return Arrival::Forward;
            }
            let bit = 1u64.checked_shl(u32::from(behind)).unwrap_or(0);
            if behind >= WINDOW || source.window & bit != 0 {
                return Arrival::Doubled;
            }
            source.window |= bit;
            Arrival::Late
        };
        source.received += 1;
        let moved = i64::from(transit.wrapping_sub(source.transit) as i32).unsigned_abs();
        source.transit = transit;
        let sixteenth = (u64::from(self.jitter_q4) + 8) >> 4;
        self.jitter_q4 = u32::try_from(u64::from(self.jitter_q4) + moved - sixteenth).unwrap_or(u32::MAX);
        arrival
    }

    /// What follows is another source; what came before stays in the figures.
    pub fn change_source(&mut self) {
        if let Some(source) = self.source.take() {
            self.packets_before += source.received;
            self.lost_before += expected(&source).saturating_sub(source.received);
        }
    }

    /// Gaps in what came, over the leg's life, those filled later among them.
    pub fn gaps(&self) -> u64 {
        self.gaps
    }

    /// The figures of what came over the leg's life; those of the other direction are the caller's to fill in.
    pub fn quality(&self) -> Quality {
        let (received, lost) = match &self.source {
            Some(source) => (source.received, expected(source).saturating_sub(source.received)),
            None => (0, 0),
        };
        Quality {
            packets_received: self.packets_before + received,
            packets_lost: self.lost_before + lost,
            jitter_us: u32::try_from(u64::from(self.jitter_q4 >> 4) * 1_000_000 / u64::from(CLOCK_HZ))
                .unwrap_or(u32::MAX),
            ..Quality::default()
        }
    }

    /// The block of a report, since the report before; `None` when nothing came yet.
    pub fn report(&mut self) -> Option<Report> {
        let source = self.source.as_mut()?;
        let expected = expected(source);
        let expected_since = expected - source.reported_expected.min(expected);
        let received_since = source.received - source.reported_received;
        source.reported_expected = expected;
        source.reported_received = source.received;
        let lost_since = expected_since.saturating_sub(received_since);
        Some(Report {
            fraction_lost: (lost_since * 256).checked_div(expected_since).unwrap_or(0).min(255) as u8,
            lost: expected.saturating_sub(source.received).min(0x7F_FFFF) as u32,
            highest: source.highest,
            jitter: self.jitter_q4 >> 4,
        })
    }

    fn begin(&mut self, sequence: u16, transit: u32) {
        let first = u32::from(sequence);
        self.source = Some(Source {
            first,
            highest: first,
            window: 1,
            received: 1,
            transit,
            reported_expected: 0,
            reported_received: 0,
        });
    }
}

fn expected(source: &Source) -> u64 {
    u64::from(source.highest.wrapping_sub(source.first)) + 1
}

fn ticks(now: Mono) -> u32 {
    // Wraps as timestamps do.
    (u128::from(now.0) * u128::from(CLOCK_HZ) / 1_000_000_000) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Mono {
        Mono(ms * 1_000_000)
    }

    fn steady(reception: &mut Reception, sequences: impl IntoIterator<Item = u16>) -> Vec<Arrival> {
        let mut last = Vec::new();
        for (n, sequence) in sequences.into_iter().enumerate() {
            let n = n as u64;
            last.push(reception.receive(at(n * 20), sequence, (n * 160) as u32));
        }
        last
    }

    #[test]
    fn gaps_are_lost_until_filled() {
        let mut reception = Reception::default();
        let arrivals = steady(&mut reception, [65_534, 65_535, 1, 2, 0, 2]);
        use Arrival::*;
        assert_eq!(arrivals, [Forward, Forward, Forward, Forward, Late, Doubled]);
        let quality = reception.quality();
        assert_eq!((quality.packets_received, quality.packets_lost, reception.gaps()), (5, 0, 1));
        steady(&mut reception, [10]);
        assert_eq!((reception.quality().packets_lost, reception.gaps()), (7, 2));
    }

    #[test]
    fn a_jump_is_a_new_source_and_keeps_the_count() {
        let mut reception = Reception::default();
        steady(&mut reception, [1, 2, 4]);
        steady(&mut reception, [30_000, 30_001]);
        let quality = reception.quality();
        assert_eq!((quality.packets_received, quality.packets_lost), (5, 1));
    }

    #[test]
    fn jitter_is_zero_when_steady_and_near_the_spread_when_not() {
        let mut reception = Reception::default();
        steady(&mut reception, 0..500);
        assert_eq!(reception.quality().jitter_us, 0);
        let mut shaken = Reception::default();
        for n in 0..500u64 {
            let delay = if n % 2 == 0 { 0 } else { 10 };
            shaken.receive(at(n * 20 + delay), n as u16, (n * 160) as u32);
        }
        let jitter = shaken.quality().jitter_us;
        assert!((9_000..=10_500).contains(&jitter), "{jitter} µs");
    }

    #[test]
    fn reports_cover_the_time_since_the_last() {
        let mut reception = Reception::default();
        assert_eq!(reception.report(), None);
        steady(&mut reception, (0..100).filter(|n| n % 4 != 1));
        let first = reception.report().unwrap();
        assert_eq!((first.fraction_lost, first.lost, first.highest), (64, 25, 99));
        steady(&mut reception, 100..200);
        let second = reception.report().unwrap();
        assert_eq!((second.fraction_lost, second.lost), (0, 25));
    }
}
