//! How a leg sounded, interval by interval.

use std::time::Duration;

use crate::{LegId, Utc};

/// What an interval was like, or several in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// Packets that should have come.
    pub expected: u32,
    /// Those of them that did not.
    pub lost: u32,
    /// Interarrival jitter at its end, microseconds; of several the greatest.
    pub jitter_us: u32,
    /// Packets we sent that the peer has reported on.
    pub peer_expected: u32,
    /// Those of them that got lost between us and the peer.
    pub peer_lost: u32,
    /// Interarrival jitter at the peer, microseconds; of several the greatest.
    pub peer_jitter_us: u32,
    /// There and back, microseconds, as last measured; of several the longest.
    pub round_trip_us: Option<u32>,
    /// The estimated opinion score, 100–450, of the worse direction and of several the worst; `None` when too little came to tell.
    pub mos_hundredths: Option<u16>,
}

/// How a leg sounded while it was in one conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Which leg.
    pub leg: LegId,
    /// When it came in, or its sound began.
    pub began: Utc,
    /// How much time each sample but the last stands for.
    pub interval: Duration,
    /// Oldest first.
    pub samples: Vec<Sample>,
    /// The mean score, hundredths; `None` when too little came to tell.
    pub mean_hundredths: Option<u16>,
    /// The worst score, hundredths.
    pub least_hundredths: Option<u16>,
}
