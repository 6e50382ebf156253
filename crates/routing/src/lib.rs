//! The automatic call distributor: who gets which waiting customer, and why.
//!
//! Pure: it knows queues, skills, agents' standing and waiting work; it does not know legs, flows, timers or who asks. It never
//! calls back: the engine tells it what changed and then asks [`Router::next`] until there is nothing more to decide.
//!
//! One rule makes every decision: *the longest-waiting customer who can be served goes to the longest-idle agent who can
//! serve them.* Skills are a hard filter; priority comes before waiting time; ties go to the smaller id.
//!
//! Start with [`Router`]; `lane` explains the index that makes a decision cheap.

mod check;
mod index;
mod lane;
mod router;
mod rules;
mod work;

pub use router::{Decision, Router};
pub use rules::{AgentRule, Presence, QueueRule, Standing};
pub use work::{Position, WorkItem};

#[cfg(test)]
mod tests;
