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
//! It decides nothing about customers or agents, knows no JSON and no SQL. Start with `floor_loop.rs`.

pub mod channels;
pub mod clock;
mod committer;
mod drain;
mod enrich;
mod figures;
mod floor_loop;
mod handle;
pub mod media;
mod partition;
mod projector;
pub mod sounds;
mod start;
pub mod timings;

pub use channels::voice::LegCounts;
pub use committer::Backlog;
pub use drain::Drained;
pub use figures::{Figures, Pulse};
pub use handle::{AskError, Census, Health, PhoneAnswer, PhoneError, RuntimeHandle};
pub use start::{Config, StartError, start};
