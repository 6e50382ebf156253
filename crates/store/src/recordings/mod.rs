//! Recordings as they are kept on disk: chunks of one second, each sealed by itself, in segments while the talk goes on and in one object
//! each afterwards.
//!
//! # Who does what
//!
//! - [`Recordings::open`] once at the start. It gives the shared half, the [`RecordingWriter`] for the one plain thread that
//!   writes, and the recordings an earlier run left without a seal.
//! - A recording begins with [`crate::Store::create_recording`] (async; when it returns, the key is durable) and
//!   [`RecordingWriter::begin`]. Then [`RecordingWriter::append`] for every chunk, [`RecordingWriter::sync`] once a second for all
//!   recordings together, [`RecordingWriter::close`] when the recorder stops.
//! - [`Recordings::seal`] (async, away from the writer's thread) copies a closed or left-over recording to its object and gives
//!   what the ledger's `RecordingSealed` must say. When that event is durable, [`Recordings::settled`] lets the segments go.
//!   [`Recordings::discard`] for a left-over recording the ledger has never heard of.
//! - [`Recordings::reader`] plays a recording, live or sealed, as a WAV by byte range; [`OpusFile`] makes an Ogg Opus file of one.
//! - [`Recordings::erase`] for a person, [`Recordings::erase_due`] for the policy; [`Recordings::carry_out`] finishes what was interrupted.
//!
//! # Files
//!
//! `chunk.rs` one chunk and its header; `disk.rs` what is asked of a file system; `segment.rs` finding chunks in a segment again; `live.rs` the
//! index of what is not settled; `writer.rs`; `object.rs` the sealed object; `seal.rs`; `keys.rs` the keys; `erase.rs`, `retention.rs`; `reader.rs`, `wav.rs` playback; `opus.rs`, `ogg.rs` the file to take away.

mod chunk;
mod disk;
mod erase;
mod keys;
mod live;
mod object;
mod ogg;
mod opus;
#[cfg(test)]
pub(crate) mod power_loss;
mod reader;
mod retention;
mod seal;
mod segment;
mod verify;
mod wav;
mod writer;

pub(crate) use disk::blocking;
pub use disk::{Disk, FsDisk};
pub use keys::{RecordingKey, Rotation};
pub use live::{Left, Opened, Recordings};
pub use media::codec::Codec;
pub use opus::OpusFile;
pub use reader::{GapSpan, PEAKS_MAX, Peaks, RecordingInfo, RecordingReader, TrackInfo, WAV_RANGE_MAX};
pub use verify::{FaultKind, RecordingsReport, VerifyFault};
pub use writer::{Content, NewChunk, RecordingWriter, WriteError};

use crate::StoreError;

/// Samples a second of every track.
pub const SAMPLES_PER_SECOND: u32 = 8_000;

/// Samples of sound in one chunk at most: one second.
pub const CHUNK_SAMPLES_MAX: u32 = SAMPLES_PER_SECOND;

/// Tracks of one recording at most. A conversation has a handful of ports at a time; transfers and plays add to them.
pub const TRACKS_MAX: u16 = 4_096;

/// Why a recording cannot be read or sealed.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// There is none of this id within the caller's reach.
    #[error("no such recording")]
    NotFound,
    /// It was erased: its key is destroyed.
    #[error("the recording was erased")]
    KeyDestroyed,
    /// It ends before what the ledger says was sealed.
    #[error("the recording is truncated: {0}")]
    Truncated(String),
    /// It is not what was written; the text names the chunk.
    #[error("the recording was altered: {0}")]
    Altered(String),
    /// It is still being recorded, so that it cannot be sealed, erased or discarded.
    #[error("the recording is still being made")]
    StillLive,
    /// A hold stands against its erasure.
    #[error("the recording is held")]
    OnHold,
    /// The disk or the database does not do its work at the moment.
    #[error("recordings are unavailable")]
    Unavailable(#[source] StoreError),
}

impl From<StoreError> for RecordingError {
    fn from(error: StoreError) -> RecordingError {
        if matches!(error, StoreError::NotFound(_)) {
            RecordingError::NotFound
        } else {
            RecordingError::Unavailable(error)
        }
    }
}
