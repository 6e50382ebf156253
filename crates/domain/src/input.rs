//! Everything that can happen to a floor. There is no other way in.

use std::sync::Arc;
use std::time::Duration;

use crate::outbound::Stopped;
use crate::reason::*;
use crate::recording::{ErasureCause, PauseReason, RecorderReport};
use crate::room::PlayEnd;
use crate::*;

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
    /// A call we dialled is being delivered.
    LegProgress {
        /// Which leg.
        leg: LegId,
        /// The far side is already heard.
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

/// What an agent can ask of the floor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgentAction {
    /// Begin work, not ready.
    SignIn,
    /// End work. Refused with `WorkInHand` while ringing or talking; ends wrap-up.
    SignOut,
    /// Take offers. During wrap-up or talk: from its end on.
    Ready,
    /// Take none.
    NotReady {
        /// Why.
        reason: Option<NotReadyReasonId>,
    },
    /// Work with another phone from now on.
    UsePhone {
        /// A SIP phone of the agent's; `None` is the browser.
        device: Option<DeviceId>,
    },
    /// Call somebody: a number outside, or an extension or phone of ours.
    Dial {
        /// What was typed.
        to: String,
        /// The task it is for.
        task: Option<TaskId>,
    },
    /// Take an offer.
    Accept {
        /// Which.
        offer: OfferId,
    },
    /// Turn an offer down.
    Decline {
        /// Which.
        offer: OfferId,
    },
    /// Customer hears music, agent nothing.
    Hold {
        /// Which handling.
        handling: HandlingId,
    },
    /// Back from hold.
    Resume {
        /// Which handling.
        handling: HandlingId,
    },
    /// The agent's outgoing audio.
    Mute {
        /// Which handling.
        handling: HandlingId,
        /// Off or on.
        on: bool,
    },
    /// Hand the customer over, without a word to whoever takes them.
    Transfer {
        /// Which handling.
        handling: HandlingId,
        /// To whom, or where.
        to: TransferTo,
        /// Why.
        reason: Option<TransferReason>,
    },
    /// Ask somebody while the customer hears music.
    Consult {
        /// Which handling.
        handling: HandlingId,
        /// Whom.
        whom: Consulted,
        /// Why.
        reason: Option<TransferReason>,
    },
    /// Let customer, agent and whoever is asked talk with each other.
    JoinConsult {
        /// The handling of the agent who asked.
        handling: HandlingId,
    },
    /// Leave the customer with whoever is asked.
    CompleteConsult {
        /// The handling of the agent who asked.
        handling: HandlingId,
    },
    /// Let whoever is asked go, or stop ringing them, and go on with the customer.
    DropConsult {
        /// The handling of the agent who asked.
        handling: HandlingId,
    },
    /// Leave a consult as the colleague who is asked.
    LeaveConsult {
        /// The handling of the colleague.
        handling: HandlingId,
    },
    /// Ring somebody who takes part in the talk as soon as they answer; everybody talks on meanwhile.
    AddParty {
        /// The handling of the agent who has the customer.
        handling: HandlingId,
        /// Whom.
        whom: Consulted,
    },
    /// Let nobody hear somebody who was added, or let them be heard again.
    MuteParty {
        /// The handling of the agent who has the customer.
        handling: HandlingId,
        /// By which transfer they came.
        party: TransferId,
        /// Whether nobody hears them.
        on: bool,
    },
    /// Let somebody who was added go, or stop ringing them.
    DropParty {
        /// The handling of the agent who has the customer.
        handling: HandlingId,
        /// By which transfer they came.
        party: TransferId,
    },
    /// Take a customer who is parked. The own phone has to be there, and no work in hand but the wrap-up of this customer.
    PickUp {
        /// Which customer.
        conversation: ConversationId,
    },
    /// Press keys for the machine at the far side: the customer's, or that of whoever outside is asked in private.
    SendDigits {
        /// Which handling.
        handling: HandlingId,
        /// At most [`DIGITS_PER_REQUEST_MAX`].
        keys: Vec<Key>,
    },
    /// Give a customer who waits in a queue to an agent out of turn; to oneself, at once.
    Assign {
        /// Which customer.
        conversation: ConversationId,
        /// To whom.
        to: AgentId,
    },
    /// Change whether another agent is at work and takes offers.
    ForceState {
        /// Whose.
        target: AgentId,
        /// To what.
        state: ForcedState,
    },
    /// Hear an agent's talk as a supervisor, or take part in it in another way.
    Supervise {
        /// Whose talk.
        target: AgentId,
        /// Which one: what is asked about one call must not be done to the next.
        conversation: ConversationId,
        /// Heard by whom.
        mode: SupervisionMode,
    },
    /// Hear it no more.
    StopSupervising,
    /// Take the customer of an agent's talk over.
    TakeOver {
        /// Whose customer.
        target: AgentId,
        /// Which one.
        conversation: ConversationId,
    },
    /// End an agent's call.
    Release {
        /// Whose.
        target: AgentId,
        /// Which one.
        conversation: ConversationId,
    },
    /// Let stopped calls go on.
    ReleaseOutbound {
        /// Whose, or of which rule; neither has to be there any more.
        stopped: Stopped,
    },
    /// End the talk; whoever is asked and on the line keeps the customer.
    HangUp {
        /// Which handling.
        handling: HandlingId,
    },
    /// Record an outcome; during talk or wrap-up.
    Dispose {
        /// Which handling.
        handling: HandlingId,
        /// The outcome.
        disposition: DispositionId,
    },
    /// End wrap-up.
    FinishWrapUp {
        /// Which handling.
        handling: HandlingId,
    },
    /// Keep nothing of the talk until it is resumed or over.
    PauseRecording {
        /// Which handling.
        handling: HandlingId,
        /// Why.
        reason: PauseReason,
    },
    /// Keep the talk again.
    ResumeRecording {
        /// Which handling.
        handling: HandlingId,
    },
    /// Begin to keep the talk, where the rule leaves it to the agent.
    StartRecording {
        /// Which handling.
        handling: HandlingId,
    },
    /// Keep the talk no longer, where the rule leaves it to the agent.
    StopRecording {
        /// Which handling.
        handling: HandlingId,
    },
    /// Note what the customer said about being recorded.
    NoteConsent {
        /// Which handling.
        handling: HandlingId,
        /// Agreed, or refused.
        given: bool,
    },
    /// Keep nothing of a talk that need not be one's own, until it is resumed or over.
    PauseTalk {
        /// Whose talk.
        conversation: ConversationId,
        /// Why.
        reason: PauseReason,
    },
    /// Keep it again.
    ResumeTalk {
        /// Whose talk.
        conversation: ConversationId,
    },
}

/// To whom, or where, an agent hands a customer over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransferTo {
    /// A colleague.
    Agent(AgentId),
    /// The end of a queue.
    Queue(QueueId),
    /// The beginning of a flow.
    Flow(FlowId),
    /// Whoever picks the customer up.
    Park,
    /// What was typed: an extension, a phone or a number of ours, or a number outside.
    Dialled(String),
}

/// Whom an agent asks about a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Consulted {
    /// A colleague.
    Agent(AgentId),
    /// What was typed: an extension or a phone of ours, or a number outside.
    Dialled(String),
}

/// What a supervisor can make of another agent's presence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForcedState {
    /// Takes offers.
    Ready,
    /// Takes none.
    NotReady {
        /// Why.
        reason: Option<NotReadyReasonId>,
    },
    /// Not at work. Refused with `WorkInHand` while ringing or talking.
    SignedOut,
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
