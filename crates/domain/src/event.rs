//! What happened, as the ledger keeps it. Facts of the business only: no name, number, address or digit.

mod catalogue;
mod entry;
mod fact;
pub use entry::{FlowExit, LedgerEntry, Party, Supervision, TransferTarget};
pub use fact::Event;

use std::time::Duration;

use crate::input::Quality;
use crate::outbound::{Alarm, Block, OutboundRoute, Stopped};
use crate::reason::*;
use crate::recording::{ErasureCause, GapCause, Manifest, PauseReason, RecordingFault, Tracks};
use crate::recording_policy::{ConsentHow, PauseEnd, RecordingRule};
use crate::screening::{DeadAirStep, Screening};
use crate::*;
