//! Sound: RTP and browser legs, keys, jitter, mixing, plays and rooms, without a socket, a clock or a thread.
//!
//! [`MediaPlane`] is the machine: datagrams, plans and time go in, datagrams and [`MediaEvent`]s come out. It makes the value
//! [`domain::RoomPlan`] so and knows nothing of conversations, agents or signalling. Whether a destination is relayed or mixed
//! is decided in [`feed`]; codecs other than G.711 are turned into it at a leg's edge, in `coder.rs`; what it gets to see is kept
//! continuous in [`outlet`]; whose packets are believed is in [`latch`].
//! What is recorded, and where it is placed, is in [`tap`]; how keys are sent to telephones is in `digits.rs`, keys that come as
//! sound are found in `key_tones`. Tones of networks are told apart in [`tones`]. How a leg sounds is counted
//! in [`reception`] and [`feedback`], rated in [`e_model`] and kept in [`course`]. Start with `plane/mod.rs`.

pub mod codec;
mod coder;
#[cfg(test)]
mod coder_fuzz;
mod conceal;
pub mod course;
mod digits;
pub mod dtmf;
pub mod e_model;
mod echo;
pub mod feed;
pub mod feedback;
pub mod g722;
pub mod jitter;
mod key_tones;
pub mod latch;
mod leg;
mod listening;
#[cfg(test)]
mod made_sounds;
pub mod outlet;
mod plane;
pub mod play;
pub mod reception;
mod room;
pub mod rtcp;
pub mod rtp;
mod silence;
mod srtp;
pub mod tap;
pub mod tones;

use std::fmt;
use std::time::Duration;

use domain::input::Quality;
use domain::room::PlayEnd;
use domain::{CallTone, Key, LegId, Mono, PlayId, RoomId};

pub use codec::{Codec, Wide};
pub use course::Sample;
pub use digits::DIGITS_MAX;
pub use leg::RtpParams;
pub use plane::{Counters, Input, MediaPlane, Output, PlaneConfig, QualityFigures, SCORE_BOUNDS_HUNDREDTHS, Slot, Via};
pub use play::Sounds;
pub use room::LoadedPlan;
pub use tap::TapPacket;

/// How a leg sounded while it was in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Which leg.
    pub leg: LegId,
    /// In which room.
    pub room: RoomId,
    /// When it came in, or its sound began.
    pub began: Mono,
    /// How much time each sample but the last stands for.
    pub interval: Duration,
    /// Interval by interval, oldest first; at most [`course::SAMPLES_MAX`].
    pub samples: Vec<Sample>,
    /// In sum.
    pub quality: Quality,
}

/// What the media plane tells.
#[derive(Clone, Debug, PartialEq)]
pub enum MediaEvent {
    /// Sound can flow.
    LegUp {
        /// Which leg.
        leg: LegId,
    },
    /// The leg is over; comes exactly once for every leg that was reserved or opened.
    LegGone {
        /// Which leg.
        leg: LegId,
        /// What its audio was like.
        quality: Quality,
    },
    /// A key was pressed; told with its first packet, of a key that comes as sound once it is certain (some 40 ms).
    Digit {
        /// By whom.
        leg: LegId,
        /// Which.
        key: Key,
    },
    /// A play is over; comes exactly once for every play of a plan.
    PlayEnded {
        /// In which room.
        room: RoomId,
        /// Which.
        play: PlayId,
        /// How.
        end: PlayEnd,
    },
    /// Nothing but silence came for as long as the plan said; told once, until there is a sound again.
    SilenceHeard {
        /// From which leg.
        leg: LegId,
    },
    /// A leg that the plan listens to is heard: told once.
    SoundHeard {
        /// Which leg.
        leg: LegId,
    },
    /// A tone of the network is heard on a leg that the plan listens to; each is told once.
    ToneHeard {
        /// Which leg.
        leg: LegId,
        /// Which tone.
        tone: CallTone,
    },
    /// No audio arrives any more, though it should.
    MediaLost {
        /// Which leg.
        leg: LegId,
    },
    /// Audio is bad, in one direction or both; told once, until it is good again or the leg comes into another room.
    QualityFell {
        /// Which leg.
        leg: LegId,
        /// The room it is in.
        room: Option<RoomId>,
        /// The estimated opinion score of the interval, 100–450.
        mos_hundredths: u16,
    },
    /// Audio was bad and is good again.
    QualityRose {
        /// Which leg.
        leg: LegId,
        /// The room it is in.
        room: Option<RoomId>,
        /// The estimated opinion score of the interval, 100–450.
        mos_hundredths: u16,
    },
    /// A leg whose sound could flow left its room, or is over; after the [`MediaEvent::LegGone`] of one that is.
    StretchOver(Box<Stretch>),
    /// A room was closed; nothing about it follows.
    RoomGone {
        /// Which.
        room: RoomId,
    },
}

/// Why a leg could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaError {
    /// At the limit of legs, or of commands in waiting.
    Overload,
    /// No free port, or no usable address.
    NoPort,
    /// The offer cannot be read or used.
    BadSdp,
    /// The offer has no codec that can be used.
    NoCodec,
    /// There is such a leg already.
    LegExists,
    /// The media plane has stopped.
    Stopped,
}

impl fmt::Display for MediaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MediaError::Overload => "the media plane is at its limit",
            MediaError::NoPort => "there is no free media port",
            MediaError::BadSdp => "the offer cannot be used",
            MediaError::NoCodec => "the offer has no codec in common with us",
            MediaError::LegExists => "the leg exists already",
            MediaError::Stopped => "the media plane has stopped",
        })
    }
}

impl std::error::Error for MediaError {}

/// What the media plane holds; all zero when nothing is going on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MediaCensus {
    /// Legs, reserved ones included.
    pub legs: usize,
    /// Ports of telephone legs in use.
    pub rtp_sockets: usize,
    /// Rooms with a plan.
    pub rooms: usize,
    /// Plays that are not over.
    pub plays: usize,
}
