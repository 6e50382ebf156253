//! Which packets came already (RFC 3711 §3.3.1 and §3.3.2).

/// Packets behind the newest that can be told apart; at least 64 (§3.3.2). 128 of 20 ms are two seconds and a half.
const WINDOW: u64 = 128;

/// Where a packet stands to those that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// It has not come yet.
    New,
    /// It came, or is older than can be told.
    Seen,
}

/// The newest index of a source and which of those before it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Replay {
    newest: u64,
    /// Bit n: the packet n before the newest came.
    seen: u128,
}

impl Replay {
    /// Before the first packet, which has this index. RFC 4568 §6.4: a source begins with a roll-over counter of zero.
    pub(super) fn before(first: u64) -> Replay {
        Replay { newest: first, seen: 0 }
    }

    /// The index of a packet with this sequence number: the one closest to the newest (appendix A). None, when that was before the first.
    pub(super) fn index_of(&self, sequence: u16) -> Option<u64> {
        const HALF: u16 = 0x8000;
        let (roll_over, newest) = (self.newest >> 16, self.newest as u16);
        let roll_over = if newest < HALF && sequence > newest && sequence - newest > HALF {
            roll_over.checked_sub(1)?
        } else if newest >= HALF && newest - HALF > sequence {
            roll_over + 1
        } else {
            roll_over
        };
        Some((roll_over << 16) | u64::from(sequence))
    }

    /// The newest index.
    pub(super) fn newest(&self) -> u64 {
        self.newest
    }

    /// Whether a packet is new.
    pub(super) fn judge(&self, index: u64) -> Position {
        match self.newest.checked_sub(index) {
            None => Position::New,
            Some(behind) if behind < WINDOW && self.seen & (1 << behind) == 0 => Position::New,
            Some(_) => Position::Seen,
        }
    }

    /// After a packet that was believed.
    pub(super) fn with(self, index: u64) -> Replay {
        match self.newest.checked_sub(index) {
            Some(behind) if behind < WINDOW => Replay { seen: self.seen | (1 << behind), ..self },
            Some(_) => self,
            None => {
                let ahead = index - self.newest;
                let moved = if ahead < WINDOW { self.seen << ahead } else { 0 };
                Replay { newest: index, seen: moved | 1 }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_comes_once_whatever_the_order() {
        let mut replay = Replay::before(1_000);
        for index in [1_000, 1_002, 1_001, 1_130] {
            assert_eq!(replay.judge(index), Position::New, "{index}");
            replay = replay.with(index);
            assert_eq!(replay.judge(index), Position::Seen, "{index}");
        }
        // 128 behind the newest cannot be told from one that came.
        for (index, position) in
            [(1_002, Position::Seen), (1_003, Position::New), (1_129, Position::New), (900, Position::Seen)]
        {
            assert_eq!(replay.judge(index), position, "{index}");
        }
        replay = replay.with(5_000);
        assert_eq!((replay.judge(4_999), replay.judge(1_130)), (Position::New, Position::Seen));
    }

    #[test]
    fn sequence_numbers_roll_over_forwards_and_late_ones_back() {
        let near = |newest| Replay::before(newest);
        for (newest, sequence, index) in [
            (65_535, 0, Some(65_536)),
            (65_536, 65_535, Some(65_535)),
            (0, 65_535, None),
            (0x0001_0005, 0xFFF0, Some(0xFFF0)),
            (0x0001_9000, 0x0100, Some(0x0002_0100)),
            (0x0001_9000, 0x2000, Some(0x0001_2000)),
            (10, 20, Some(20)),
        ] {
            assert_eq!(near(newest).index_of(sequence), index, "{newest} {sequence}");
        }
    }
}
