//! Folds of the ledger: the live floor, queue figures, the detail of one conversation.
//!
//! Pure: a fold sees ledger entries in order and nothing else, so the same entries always give the same figures, live,
//! after a restart and in a report. It refuses to know settings (names, targets), SQL and JSON. Start with [`live`].

pub mod call_detail;
pub mod figures;
pub mod live;
mod live_fold;
pub mod live_lines;
mod live_recording;
mod live_supervision;
mod live_transfer;

pub use call_detail::{CallDetail, Outcome};
pub use figures::{QueueBucket, QueueFigures};
pub use live::{
    AgentState, HandlingState, LiveAgent, LiveConversation, LiveFloor, LiveForward, LiveHandling, LiveLeg, LiveOffer,
    LiveOutbound, LiveStop, LiveTransfer, PathStep, Presence, QueueVisit, Stage,
};
pub use live_lines::LiveLines;
pub use live_supervision::Silence;
