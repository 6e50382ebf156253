//! The Floor: the one pure machine that decides everything about conversations, flows, offers, handlings and agents.
//!
//! It refuses to know SIP, JSON, SQL, sockets, files, clocks and chance. The only way in is [`domain::Input`]; the only ways
//! out are the events and commands of [`Output`]. Time and identity come in through the door: `Now` with every input, ids
//! minted from it.
//!
//! ```text
//! Input ─▶ Floor::handle ─▶ conversation/  one file per stage of the customer
//!                           flow/          the interpreter and one file per node
//!                           handling/      one file per state of an agent's part
//!                           agent/         presence, attendance, requests
//!                           outbound/      what may be called outside, how often and through which trunk
//!                           screening/     who is kept out, and who goes first
//!                           sites.rs       how many calls a site takes
//!                           recording_policy.rs  what is kept of the sound
//!                           recording_talk.rs  what agents make of it
//!                           consent.rs       what customers say about it
//!                           erasure.rs           what was erased
//!                           routing        who gets whom (another crate)
//!                        ─▶ poll_output    Party, Event, Command, in order
//! ```
//!
//! *Invariants.* Every event passes `Floor::emit`, which folds it into `records`; presence is read only from that
//! fold, so it cannot differ from the ledger. A conversation ends exactly once, when its customer is gone and every handling is
//! closed. An agent's nailed-up leg is never released by a conversation. Every request gets exactly one reply.
//!
//! Start with [`Floor`], then `conversation/mod.rs`.

mod agent;
mod catalog;
mod consent;
mod conversation;
mod erasure;
mod fault;
mod floor;
mod flow;
mod handling;
mod limits;
pub mod outbound;
mod output;
mod recording_policy;
mod recording_talk;
mod records;
mod restore;
mod rooms;
pub mod screening;
mod settings_change;
mod sites;
mod sound;
mod timers;
mod torn_message;
mod view;
mod view_check;

pub use floor::{Floor, FloorConfig};
pub use limits::*;
pub use output::{Ignored, Output};
pub use records::{AgentRecord, ConversationRecord, HandlingRecord, KeptPlace, PresenceRecord, Records};
pub use view::{AgentState, AgentView, ConversationView, FloorView, HandlingView, StageView};

#[cfg(feature = "defects")]
#[doc(hidden)]
pub use floor::Defect;

#[cfg(test)]
mod tests;
