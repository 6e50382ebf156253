//! Who hears whom, as one value. The media plane makes it so; nothing else tells it what to play or to whom.

use std::time::Duration;

use crate::recording::{PauseReasons, Tracks};
use crate::{KeySet, Language, LegId, PlayId, RecordingId, RoomId};

/// The whole truth about one room. Applied as a whole; a version at or below the one in force is ignored.
#[derive(Clone, Debug, PartialEq)]
pub struct RoomPlan {
    /// The room.
    pub room: RoomId,
    /// Grows with every change of this room.
    pub version: u64,
    /// Who and what is in the room. A leg stands in at most one room.
    pub ports: Vec<Port>,
    /// The edges: absence is silence.
    pub hears: Vec<Hear>,
    /// What plays.
    pub plays: Vec<Play>,
    /// Whether and how the room is recorded.
    pub recorder: Recorder,
    /// Whose silence is to be told.
    pub silence: Option<SilenceWatch>,
    /// Whose first sound, and which tones, are to be told.
    pub listening: Option<Listening>,
}

/// A leg that is listened to: its first sound is told as `Input::SoundHeard`, tones of the network as `Input::ToneHeard`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listening {
    /// Which leg.
    pub leg: LegId,
    /// Whether tones are told, too.
    pub tones: Tones,
}

/// How long tones are listened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tones {
    /// Not at all.
    Off,
    /// As long as plans say so.
    On,
    /// For so long from the first plan that says so.
    For(Duration),
}

/// A leg whose silence is told, once, as `Input::SilenceHeard`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SilenceWatch {
    /// Which leg.
    pub leg: LegId,
    /// After how long without a sound.
    pub after: Duration,
}

/// A source or destination of sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PortId {
    /// A device.
    Leg(LegId),
    /// A play of this room, prompts or music: a source only.
    Play(PlayId),
}

/// What a port is in the room, for recording tracks and figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PortRole {
    /// The customer.
    Customer,
    /// An agent.
    Agent,
    /// A supervisor.
    Supervisor,
    /// Prompts or music.
    Media,
    /// Whoever was called outside for the customer.
    Outside,
}

/// What becomes of digits a port sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Digits {
    /// Reported to the engine and passed on.
    Report,
    /// Waited for. As with `Report`; of a telephone that can send them as sound only, the sound is listened to as well.
    Collect,
    /// Reported to the collector only; stripped towards everyone else.
    Secret,
}

/// One port of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Port {
    /// Which.
    pub id: PortId,
    /// As what.
    pub role: PortRole,
    /// How its digits are treated.
    pub digits: Digits,
}

/// `to` hears `from`. A leg that hears itself hears only what it sent half a second before: an echo, to try the way there and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hear {
    /// The source.
    pub from: PortId,
    /// The destination; always a leg.
    pub to: PortId,
    /// Gain in decibels; 0 passes packets untouched where possible.
    pub gain_db: f32,
}

/// A piece of sound kept in the object store.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SoundKey {
    /// Name without extension, e.g. `welcome`; tones and music live without a language.
    pub name: String,
    /// The language, for speech.
    pub language: Option<Language>,
}

/// One playing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Play {
    /// The play; the same id in a later version goes on where it was.
    pub id: PlayId,
    /// Sounds one after another.
    pub sounds: Vec<SoundKey>,
    /// Starts again after the last sound.
    pub repeat: bool,
    /// Keys that stop it (barge-in), executed by media without asking.
    pub stop_on: KeySet,
}

/// Recording of a room. Another recording in a later plan ends the one before and begins the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorder {
    /// Not recorded.
    Off,
    /// Sound is kept.
    On {
        /// In which recording.
        recording: RecordingId,
        /// Whose sound.
        tracks: Tracks,
    },
    /// The recording goes on, but nothing is kept.
    Paused {
        /// Which recording.
        recording: RecordingId,
        /// Why; never empty.
        reasons: PauseReasons,
    },
}

impl Recorder {
    /// The recording, paused or not.
    pub const fn recording(self) -> Option<RecordingId> {
        match self {
            Recorder::Off => None,
            Recorder::On { recording, .. } | Recorder::Paused { recording, .. } => Some(recording),
        }
    }
}

/// How a play ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlayEnd {
    /// Played to its end.
    Finished,
    /// A key of `stop_on` stopped it.
    Barged,
    /// A later plan left it out, or the room closed.
    Stopped,
    /// A sound was missing or unreadable.
    Failed,
}
