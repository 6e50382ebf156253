//! Everything that can happen to a floor. There is no other way in.

mod action;

use std::sync::Arc;
use std::time::Duration;

use crate::outbound::Stopped;
use crate::reason::*;
use crate::recording::{ErasureCause, PauseReason, RecorderReport};
use crate::room::PlayEnd;
use crate::*;

pub use action::{AgentAction, Consulted, ForcedState, TransferTo};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// New settings are in force.
    SettingsChanged(Arc<Settings>),
    /// A deadline of `poll_timeout` may have come.
    Tick,
    /// A device called us.
    LegArrived {
        /// The new leg.
        leg: LegId,
        /// Where from.
        source: LegSource,
        /// What was dialled, as presented.
        called: String,
        /// Who calls, as presented; empty when withheld.
        calling: String,
        /// Who calls in the one spelling that lists are kept in, also when it is withheld and the carrier tells it to us alone; empty when nobody
        /// knows. Shown to nobody.
        known: String,
        /// Where `known` was given out, as lists name areas (`CN/广东/深圳`); empty when nobody knows. It is as secret as `known`.
        area: String,
    },
    /// The customer behind a conversation was found, or was not.
    CustomerResolved {
        /// The conversation.
        conversation: ConversationId,
        /// The record, if there is one.
        customer: Option<CustomerId>,
    },
    /// Whose earlier calls a caller's number was found in.
    CallerRecognised {
        /// The conversation.
        conversation: ConversationId,
        /// Those of the parties asked about that stand for the same number.
        parties: Vec<PartyId>,
    },
    /// What the numbers of callers of the run before are, in the spelling of `LegArrived`'s `known`.
    CallersRecalled {
        /// Those that could be found.
        callers: Vec<(PartyId, String)>,
    },
    /// A call we dialled is being delivered, or a caller hears us before the answer.
    LegProgress {
        /// Which leg.
        leg: LegId,
        /// The far side is already heard, or hears us.
        early_media: bool,
    },
    /// Our answer was confirmed (ACK, or the browser's media is up), or a call we dialled was answered.
    LegAnswered {
        /// Which leg.
        leg: LegId,
    },
    /// A leg is over; comes exactly once for every leg that arrived or was dialled.
    LegEnded {
        /// Which leg.
        leg: LegId,
        /// By whom.
        by: EndedBy,
        /// How.
        reason: EndReason,
        /// What the network said, of a call of ours that it refused.
        cause: Option<ClearingCause>,
        /// What its audio was like, where known.
        quality: Option<Quality>,
    },
    /// A leg left the room of a conversation, or is over: how it sounded meanwhile.
    LegRated {
        /// Which conversation.
        conversation: ConversationId,
        /// Which leg.
        leg: LegId,
        /// How it sounded.
        quality: Quality,
    },
    /// The sound of a leg became bad, or good again.
    SoundTurned {
        /// In which conversation.
        conversation: ConversationId,
        /// Which leg.
        leg: LegId,
        /// Bad.
        bad: bool,
        /// The estimated opinion score, 100–450.
        mos_hundredths: u16,
    },
    /// The far end put us on hold or took us back.
    PeerHold {
        /// Which leg.
        leg: LegId,
        /// On hold.
        on: bool,
    },
    /// A key was pressed.
    Digit {
        /// Which leg.
        leg: LegId,
        /// Which key.
        key: Key,
    },
    /// A key came by signalling (INFO), not in the audio.
    InfoKey {
        /// Which leg.
        leg: LegId,
        /// Which key.
        key: Key,
    },
    /// A phone of ours calls. Answered by `Command::Answer` or `Refuse`.
    PhoneCalled {
        /// The new leg.
        leg: LegId,
        /// Which phone.
        device: DeviceId,
        /// What was dialled.
        called: String,
    },
    /// A phone of ours asks to move its call (REFER); refused by `Command::RefuseRefer`, else let go once it is moved.
    PeerReferred {
        /// Which leg.
        leg: LegId,
        /// To whom, as dialled.
        to: String,
        /// The phone's other call, which this one is to be joined with.
        replaces: Option<LegId>,
    },
    /// No audio arrives any more.
    MediaLost {
        /// Which leg.
        leg: LegId,
    },
    /// Nothing but silence came for as long as the room's plan said.
    SilenceHeard {
        /// Which leg.
        leg: LegId,
    },
    /// The first sound came of a leg that the room's plan listens to.
    SoundHeard {
        /// Which leg.
        leg: LegId,
    },
    /// A tone of the network was heard; each is told once.
    ToneHeard {
        /// On which leg.
        leg: LegId,
        /// Which.
        tone: CallTone,
    },
    /// A play is over.
    PlayEnded {
        /// In which room.
        room: RoomId,
        /// Which.
        play: PlayId,
        /// How.
        end: PlayEnd,
    },
    /// An agent's device came or went, or has another leg. A second browser that takes over comes as one input with the new leg.
    DeviceChanged {
        /// Whose device.
        agent: AgentId,
        /// The nailed-up leg, when reachable.
        leg: Option<LegId>,
    },
    /// A SIP phone can be rung, or no longer; all begin unreachable.
    TelephoneChanged {
        /// Which phone.
        device: DeviceId,
        /// Registered and answering.
        reachable: bool,
    },
    /// A trunk can be called, or no longer; all begin working.
    TrunkChanged {
        /// Which.
        trunk: TrunkId,
        /// Whether any of its addresses answers.
        working: bool,
    },
    /// An agent's event stream (the open page) came or went.
    AgentConnected {
        /// Whose.
        agent: AgentId,
        /// Whether at least one is open.
        connected: bool,
    },
    /// A person or program asks for something.
    AgentAsked {
        /// Answered by `Command::Reply` with the same id.
        request: RequestId,
        /// On whose behalf.
        agent: AgentId,
        /// What.
        action: AgentAction,
    },
    /// What became of a recording, however long after its conversation.
    RecorderReport {
        /// Which.
        recording: RecordingId,
        /// What.
        report: RecorderReport,
    },
    /// A recording that is over was erased.
    RecordingErased {
        /// Of which conversation; it may be long over.
        conversation: ConversationId,
        /// Which.
        recording: RecordingId,
        /// Why.
        cause: ErasureCause,
    },
    /// A command could not be carried out.
    CommandFailed {
        /// What failed.
        what: FailedCommand,
        /// Why.
        why: EndReason,
    },
}

/// Where a leg came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LegSource {
    /// A carrier.
    Trunk(TrunkId),
    /// A visitor's browser.
    Visitor,
}

/// How long a parked customer is left to music before they go back to whoever parked them: time to walk over and ask, less than patience.
pub const PARK_MAX: Duration = Duration::from_secs(2 * 60);

/// Keys of one [`AgentAction::SendDigits`]: twice the longest card number. Beyond: refused with `BadNumber`.
pub const DIGITS_PER_REQUEST_MAX: usize = 40;

/// Which command failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailedCommand {
    /// Answer or release of a leg.
    Leg(LegId),
    /// A room plan.
    Room(RoomId),
}

/// What a leg's audio was like over its life (RFC 3550 §6.4.1 for the figures). Whole numbers only, since it is kept in an event. What is
/// optional is not there when the far end never reported, or too little was said to judge by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quality {
    /// Packets received.
    pub packets_received: u64,
    /// Packets sent.
    pub packets_sent: u64,
    /// Packets missing from what was received.
    pub packets_lost: u64,
    /// Interarrival jitter, microseconds, as last estimated.
    pub jitter_us: u32,
    /// There and back to the device, microseconds, at most ten seconds: the mean of what was measured.
    pub round_trip_us: Option<u32>,
    /// Packets that got lost between us and the far end, as it last reported.
    pub peer_packets_lost: Option<u64>,
    /// Interarrival jitter at the far end, microseconds, as it last reported.
    pub peer_jitter_us: Option<u32>,
    /// Mean opinion score as the E-model estimates it (ITU-T G.107), in hundredths, 100–450: the mean of all intervals of ten seconds, each
    /// by its worse direction.
    pub mos_hundredths: Option<u16>,
    /// The same of the worst interval.
    pub mos_hundredths_min: Option<u16>,
}
