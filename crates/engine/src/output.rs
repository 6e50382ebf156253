//! Everything a floor gives out.

use domain::{Command, Event, Party};

/// One thing that leaves the floor, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// A number or address to be sealed; comes before the first event that names it.
    Party(Party),
    /// A fact for the ledger.
    Event(Event),
    /// An effect; `Command::gate` says when it may leave.
    Command(Command),
}

/// Why an input had no effect. Late and illegal inputs are ordinary: the outside world is not synchronised with the floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ignored {
    /// It names a leg the floor does not know, or has let go.
    UnknownLeg,
    /// It names a conversation that is over.
    UnknownConversation,
    /// It names a room that is closed.
    UnknownRoom,
    /// It names a recording that is sealed, has failed, or never was.
    UnknownRecording,
    /// It names an agent who is not in the settings.
    UnknownAgent,
    /// It came too late: what it is about has moved on.
    Late,
    /// It says what is already known.
    Duplicate,
    /// A key nobody waits for.
    UnwantedKey,
    /// Settings older than those in force.
    OldSettings,
    /// Settings of another tenant.
    ForeignSettings,
}
