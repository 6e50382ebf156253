//! What is going to happen, in order of time.

use std::collections::BTreeMap;

use domain::room::PlayEnd;
use domain::{
    AgentId, ConversationId, CustomerId, HandlingId, Key, LegId, OfferId, PlayId, RecordingId, RoomId, TransferId,
};

use crate::outsiders::OutsideStep;

/// What an agent does about a consult.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ConsultStep {
    Ask,
    Join,
    Complete,
    Drop,
    /// Rings somebody else into the talk.
    Add,
}

/// What an agent does with somebody in a conference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PartyStep {
    Mute(bool),
    Drop,
}

/// One thing of the outside world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happening {
    CallArrives,
    CallIsUp(LegId),
    CallerHearsUs(LegId),
    /// The caller hangs up, cancels before the answer.
    CallerGoes(LegId),
    NetworkDrops(LegId),
    AudioStops(LegId),
    /// The telephone confirms that we let go.
    LegIsOver(LegId),
    CallerPresses(LegId, Key),
    /// The caller says nothing any more.
    CallerIsSilent(LegId),
    PeerHolds(LegId, bool),
    /// Media says how a leg that left has sounded.
    LegIsRated(ConversationId, LegId),
    /// A leg sounds bad, or good again.
    SoundTurns(ConversationId, LegId, bool),
    PlayIsOver(RoomId, PlayId, PlayEnd),
    CustomerFound(ConversationId, Option<CustomerId>),
    AgentAnswers(AgentId, OfferId),
    AgentDeclines(AgentId, OfferId),
    AgentHolds(AgentId, HandlingId),
    AgentResumes(AgentId, HandlingId),
    AgentMutes(AgentId, HandlingId, bool),
    AgentHangsUp(AgentId, HandlingId),
    AgentTransfers(AgentId, HandlingId),
    AgentConsults(AgentId, HandlingId, ConsultStep),
    AgentChangesParty(AgentId, HandlingId, TransferId, PartyStep),
    AgentPicksUp(AgentId, ConversationId),
    /// Somebody looked into it and lets an agent call outside again.
    StopIsReleased(AgentId),
    /// Somebody called for a customer.
    Outside(LegId, OutsideStep),
    /// Keys towards the customer.
    AgentPresses(AgentId, HandlingId),
    /// Whoever walks the floor does something about somebody's talk.
    AgentSupervises(AgentId),
    AgentDisposes(AgentId, HandlingId),
    AgentFinishes(AgentId, HandlingId),
    AgentIsReady(AgentId),
    /// Something befalls an agent: a break, a reload, a crash.
    Incident(AgentId),
    PhoneGoes(AgentId),
    /// The agent sees to it that page, phone and sign-in are there.
    AgentReturns(AgentId),
    RecordingPauses(AgentId, HandlingId),
    RecordingResumes(AgentId, HandlingId),
    RecordingSwitches(AgentId, HandlingId, bool),
    ConsentIsNoted(AgentId, HandlingId, bool),
    RecordingGap(RecordingId),
    /// The writer has nothing more to do for it.
    RecordingOver {
        recording: RecordingId,
        recovered: bool,
    },
    /// Somebody has it erased.
    RecordingErased(ConversationId, RecordingId),
    /// Inputs that make no sense, or are far too late.
    Noise,
    SettingsChange,
    /// A commit of this many events in all is on the disk.
    CommitEnds(u64),
    /// A carrier loses its calls.
    CarrierFails,
    /// Whoever lost the line dials again, with the number that ends so.
    CallerDialsAgain(u64),
    /// The look-up of a caller is answered.
    CallerKnown(ConversationId),
    Restart,
    /// The node is killed in the middle of a commit.
    Killed,
}

/// The agenda; things of the same instant happen in the order they were planned.
#[derive(Debug, Default)]
pub(crate) struct Agenda {
    items: BTreeMap<(u64, u64), Happening>,
    planned: u64,
}

impl Agenda {
    pub(crate) fn plan(&mut self, at: u64, what: Happening) {
        self.planned += 1;
        self.items.insert((at, self.planned), what);
    }

    pub(crate) fn next_at(&self) -> Option<u64> {
        self.items.first_key_value().map(|((at, _), _)| *at)
    }

    pub(crate) fn take(&mut self) -> Option<(u64, Happening)> {
        self.items.pop_first().map(|((at, _), what)| (at, what))
    }

    /// Forgets everything that `dies` with the process.
    pub(crate) fn forget(&mut self, dies: impl Fn(&Happening) -> bool) {
        self.items.retain(|_, what| !dies(what));
    }
}
