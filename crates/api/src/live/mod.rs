//! The live stream: one WebSocket, several topics. Each update is the whole state of its topic and the events that led to it.
//!
//! `socket.rs` has the loop and the limits, `follow.rs` what is followed and what was told, `hub.rs` to whom what happens can matter,
//! `feed.rs` how it comes in and how gaps are filled from the ledger, `topic.rs` which events belong to which topic,
//! `resting.rs` which desks have nothing to be told. Nothing is lost because a state is
//! whole, nothing is doubled because each topic knows the position it was told up to.

mod connections;
mod feed;
mod follow;
mod hub;
mod mailbox;
mod resting;
mod socket;
mod topic;

pub use connections::Connections;
pub use hub::Hub;
pub use socket::serve;
#[cfg(test)]
pub use topic::Topic;
