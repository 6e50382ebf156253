//! Telephones and browsers: which leg is what, and how a floor's commands reach `sip` and `media`.

mod callers;
mod codes;
mod keys;
mod legs;
mod phones;
mod rooms;
pub mod set_up;
mod translate;
mod trunks;

pub use phones::{PhoneStanding, PhoneWatch};
pub use translate::{ForFloor, LegCounts, Voice};
pub use trunks::{RegistrationStanding, TrunkStanding, TrunkWatch};
