//! The live state as the public sees it: pure functions of the live floor and of names, and what gathers both.

pub mod conversation;
pub mod discreet;
mod floor;
mod gather;
pub mod mask;
mod me;
pub mod node;
mod parties;
pub mod quality;
pub mod recording;
pub mod sight;
mod sites;
pub mod task;
pub mod timeline;
mod transfer;
mod trunks;

pub use floor::millis;
pub use gather::{Views, first_number, floor_now, floor_of, me_now, me_of, queue_of, transfer_targets};
