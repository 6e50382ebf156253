//! The thin shell around the pure machines: one loop that steps every floor, one committer, one media thread.
//!
//! ```text
//!  sip task ──SipEvent──┐                         ┌─► Command (Now) ──► channels/voice ─► sip, media
//!  media thread ─event──┤                         │
//!  api (RuntimeHandle) ─┼─► floor_loop: input → Floor::handle → outputs ─► Event ─► committer (one FULL transaction)
//!  enrich, settings ────┘        ▲                                            │
//!                                └──────── Committed ─────────────────────────┘
//!                                  │ live fold, subscribers, Command (AfterCommit), projector
//! ```
//!
//! Sound that is kept goes from the media thread to the writer thread of `recording`, which reports back to the loop.
//!
//! It decides nothing about customers or agents, knows no JSON and no SQL. Start with `floor_loop.rs`.

pub mod channels;
pub mod clock;
mod committer;
mod courses;
mod drain;
mod enrich;
mod figures;
mod floor_loop;
mod handle;
mod jobs;
pub mod media;
mod partition;
mod projector;
mod recording;
mod registrations;
pub mod sounds;
mod start;
pub mod timings;
mod warnings;

pub use channels::voice::LegCounts;
pub use committer::Backlog;
pub use drain::Drained;
pub use figures::{Figures, Pulse};
pub use handle::{AskError, Census, Health, PhoneAnswer, PhoneError, RuntimeHandle};
pub use recording::WriterFault;
pub use start::{Config, StartError, start};
