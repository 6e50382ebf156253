//! Telephones and browsers: which leg is what, and how a floor's commands reach `sip` and `media`.

mod keys;
mod legs;
mod rooms;
pub mod set_up;
mod translate;
mod trunks;

pub use translate::{ForFloor, LegCounts, Voice};
pub use trunks::{TrunkStanding, TrunkWatch};
