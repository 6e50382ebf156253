//! A whole centre in virtual time: the real floor, callers who give up, agents who do not answer, browsers that vanish, a node that is
//! restarted, all from one seed. With [`Scale::FAULTS`] the disk is slow, carriers fail, telephones die, the node is killed again and
//! again, and callers dial again.
//!
//! After every step the invariants are checked against [`model`], a small second opinion that knows only inputs and events and
//! shares no code with the engine, and against the fold the screens live by. The same seed gives the same trace hash.
//!
//! Start with [`run`]; `world.rs` is the loop, `callers.rs` and `agents.rs` are the people, `watch.rs` is the referee.

mod agenda;
mod agents;
mod agree;
mod callers;
mod centre;
mod commands;
mod disk;
mod faults;
mod floor_rate;
mod floor_walk;
pub mod model;
mod outsiders;
mod random;
mod recorders;
mod recordings;
mod sound;
mod trace;
mod watch;
mod world;

use std::fmt;

pub use engine::Defect;
pub use floor_rate::FloorRate;

/// How big a centre, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// Agents.
    pub agents: usize,
    /// Conversations.
    pub conversations: u64,
    /// Restarts of the node on the way.
    pub restarts: u32,
    /// The world fails too: the disk, carriers, telephones.
    pub faults: bool,
    /// A fault to seed, which must be found.
    pub defect: Option<Defect>,
    /// A fault to seed in the disk, which must be found.
    pub sabotage: Option<Sabotage>,
}

/// Faults of the shell around the floor, seeded to prove that they would be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sabotage {
    /// Promises leave before the commit.
    PromiseBeforeCommit,
    /// A commit is reported that the disk has not made.
    CommitReportedEarly,
}

impl Scale {
    /// The scale every change is tested at: 5 queues, 50 agents, 2,000 conversations.
    pub const FULL: Scale = Scale { agents: 50, conversations: 2_000, restarts: 3, ..Scale::NOTHING };

    /// A smaller centre in a world that fails: 20 agents, 300 conversations, 8 kills of the node.
    pub const FAULTS: Scale = Scale { agents: 20, conversations: 300, restarts: 8, faults: true, ..Scale::NOTHING };

    const NOTHING: Scale =
        Scale { agents: 0, conversations: 0, restarts: 0, faults: false, defect: None, sabotage: None };
}

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// Hash of every input and output in order.
    pub hash: u64,
    /// Inputs.
    pub steps: u64,
    /// Events.
    pub events: u64,
    /// Virtual time, whole seconds.
    pub seconds: u64,
    /// How often each kind of thing happened, by name: what a run has covered.
    pub counts: std::collections::BTreeMap<String, u64>,
    /// The first invariant that did not hold.
    pub violation: Option<Violation>,
}

/// An invariant that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which one.
    pub invariant: &'static str,
    /// After which step.
    pub step: u64,
    /// What was seen.
    pub detail: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} does not hold after step {}: {}", self.invariant, self.step, self.detail)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {} trace {:016x}", self.seed, self.hash)?;
        writeln!(f, "{} steps, {} events, {} s of the centre's time", self.steps, self.events, self.seconds)?;
        for (what, count) in &self.counts {
            writeln!(f, "  {count:>7} {what}")?;
        }
        match &self.violation {
            Some(violation) => write!(f, "VIOLATED {violation}"),
            None => f.write_str("every invariant held after every step"),
        }
    }
}

/// Runs a centre from a seed until its last conversation has ended or an invariant does not hold.
pub fn run(seed: u64, scale: Scale) -> Report {
    world::World::new(seed, scale).run()
}
