//! Closed code lists. Each mirrors a list of `domain` or `reporting`; the match is exhaustive, so a new code there lists its work here.

use domain::Event;
use domain::event::FlowExit;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! mirror {
    ($($(#[$doc:meta])* $name:ident = $source:path { $($variant:ident $(= $origin:ident)?),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($variant),+ }

        impl From<$source> for $name {
            fn from(code: $source) -> $name {
                type Source = $source;
                match code { $(mirror!(@origin Source $variant $($origin)?) => $name::$variant),+ }
            }
        }
    )+};
    (@origin $source:ident $variant:ident) => { $source::$variant };
    (@origin $source:ident $variant:ident $origin:ident) => { $source::$origin };
}

mirror! {
    /// The channel a conversation came in by.
    Channel = domain::Channel { Voice }
    /// Who opened a conversation.
    Direction = domain::Direction { Inbound, Outbound, Internal }
    /// A language.
    Language = domain::Language { Zh, En }
    /// When a call that comes in through a carrier is answered, and begins to cost the caller: at once, or when an agent takes it.
    AnswerWhen = domain::settings::AnswerWhen { AtOnce, WithAgent }
    /// What an account may be.
    RoleCode = domain::Role { Agent, Supervisor, Administrator }
    /// How far a person sees: the whole centre, or the own site.
    ReachCode = store::UserReach { Tenant, Site }
    /// Who ended something.
    EndedBy = domain::EndedBy { Customer, Agent, System, Network, Outside }
    /// How a conversation or a leg ended.
    EndReason = domain::EndReason {
        HungUp, Cancelled, FlowEnded, Closed, UnknownNumber, Forbidden, NoCodec, Overload, Busy, NoAnswer, Declined,
        Unreachable, Timeout, MediaLost, NodeRestarted, ProtocolError, FlowFailed, InternalFault, Screened, TrunkFull,
        InvalidNumber, Congestion, DeadAir,
    }
    /// Why a trunk could not be taken.
    TrunkBlock = domain::outbound::Block { Unknown, Unreachable, Full, OutboundFull, InboundFull, PerMinute, PerDay }
    /// How an offer ended.
    OfferEnd = domain::OfferEnd { Accepted, Declined, Unanswered, CustomerLeft, DeviceLost, NodeRestarted, Withdrawn, Busy }
    /// How a customer left a queue for good.
    LeaveReason = domain::LeaveReason { Answered, Abandoned, TimedOut, Failed, Unserved }
    /// Why an agent was chosen.
    RouteReason = domain::RouteReason {
        OnlyEligible, LongestIdle, Transferred, Returned, Consulted, PickedUp, Assigned, CameBack,
    }
    /// Why nobody could be offered at once.
    WaitReason = domain::WaitReason { NobodySignedIn, NobodyReady, NoSkill, AllBusy, NotFirst }
    /// Why opening hours are open or closed.
    HoursReasonCode = domain::HoursReason { Weekly, Holiday, MakeUp, Closure, NoCalendar }
    /// How a handling ended.
    HandlingEnd = domain::HandlingEnd {
        CustomerHungUp, AgentHungUp, AgentLost, NetworkFailed, NodeRestarted, InternalFault, NotReached,
        Transferred, ConsultEnded, TakenOver, Released, DeadAir,
    }
    /// How an attempt to call somebody ended.
    OutboundResult = domain::OutboundResult {
        Answered, Busy, NoAnswer, Declined, Unreachable, Cancelled, AgentUnavailable, NodeRestarted, InternalFault,
        InvalidNumber, Congestion, Failed,
    }
    /// What became of a call to the number outside that an agent works with.
    MobileEnd = domain::MobileEnd {
        Over, Withdrawn, Declined, Busy, Unanswered, NoKey, InvalidNumber, Unreachable, NotAllowed, LimitReached,
        CallsStopped, LinesBusy,
    }
    /// How the result of a call is known: by what the network said, by a tone it played, or by nothing at all.
    Evidence = domain::Evidence { Cause, Tone, Silence }
    /// A tone a network plays to whoever calls.
    CallTone = domain::CallTone { Dial, Ringback, Busy, Congestion, Unobtainable, Information }
    /// What led a customer to leave a message.
    VoicemailCause = domain::VoicemailCause { Flow, Closed, QueueFull, WaitTimeout, Key }
    /// What a task asks for.
    TaskKind = store::TaskKind { Voicemail, Callback }
    /// How far a task is.
    TaskState = store::TaskState { Open, Assigned, Done }
    /// How wrap-up ended.
    WrapUpEnd = domain::WrapUpEnd { Finished, DeadlinePassed, SignedOut, NodeRestarted, CustomerBack }
    /// How a customer is handed over: without a word, or after somebody was asked.
    TransferKind = domain::TransferKind { Blind, Consult, Park, Conference, Loan }
    /// How a transfer ended.
    TransferEnd = domain::TransferEnd {
        Completed, Declined, NoAnswer, Unreachable, CustomerLeft, Failed, NodeRestarted, Dropped, ColleagueLeft, AgentLost,
        Busy, InvalidNumber, Conferenced, Returned,
    }
    /// Why somebody takes no part in a conference any more.
    ConferenceEnd = domain::ConferenceEnd { HungUp, Dropped, Unreachable, TalkOver, Failed, NodeRestarted }
    /// How a supervision ended.
    SupervisionEnd = domain::SupervisionEnd { Stopped, TalkOver, TookOver, Unreachable, Failed, NodeRestarted }
    /// Why a supervisor hears nothing, and is not heard, at this moment: the recording is paused, or the customer is on hold.
    SupervisionSilence = reporting::Silence { Paused, Held }
    /// Why an agent stopped being ready or was signed out.
    PresenceCause = domain::PresenceCause {
        Asked = Self_, OfferUnanswered, OfferDeclined, DeviceLost, GraceExpired, Administrator, Supervisor,
        PhoneBusy,
    }
    /// What a leg is in a conversation.
    LegRole = domain::room::PortRole { Customer, Agent, Supervisor, Media, Outside }
    /// Whose sound a recording keeps: all that is heard, or the customer alone.
    RecordingTracks = domain::recording::Tracks { Heard, Customer }
    /// How a customer said whether they agree to be recorded.
    ConsentHow = domain::recording_policy::ConsentHow { Key, Spoken }
    /// What ended a pause of a recording.
    PauseEnd = domain::recording_policy::PauseEnd { Asked, TalkOver, Time }
    /// What became of a recording.
    RecordingStateCode = store::RecordingState { Live, Sealed, Failed, Erased }
    /// Why a stretch is missing in a recording.
    GapCause = domain::recording::GapCause { Overflow, DiskFull, DiskFailed, TornOff }
    /// Why a recording cannot be heard.
    RecordingFault = domain::recording::RecordingFault { NoKey, Lost, DiskFailed, Unreadable }
    /// Why a recording was erased.
    ErasureCause = domain::recording::ErasureCause { Retention, Request }
    /// Whether an agent is at work and takes offers.
    Presence = reporting::Presence { SignedOut, NotReady, Ready }
    /// What an agent does.
    AgentStateCode = reporting::AgentState { SignedOut, NotReady, Ready, Ringing, Talking, Held, WrapUp, Supervising }
}

macro_rules! event_kinds {
    ($($variant:ident),+ $(,)?) => {
        /// What happened; the catalogue of events says each in a sentence.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum EventKind { $($variant),+ }

        impl From<&Event> for EventKind {
            fn from(event: &Event) -> EventKind {
                match event { $(Event::$variant { .. } => EventKind::$variant),+ }
            }
        }
    };
}

event_kinds! {
    ConversationStarted, CustomerIdentified, ConversationEnded, LegJoined, LegAnswered, LegLeft, LegDegraded, LegRated, PeerHeld,
    EarlyMediaStarted,
    FlowNodeEntered, FlowNodeLeft, HoursChecked, Queued, LeftQueue, AgentOffered, OfferEnded, PlaceKept, PlaceResumed, OutboundStarted,
    OutboundRinging, OutboundRerouted, OutboundEnded, OutboundRecognised, HandlingStarted, HandlingHeld,
    HandlingResumed, HandlingMuted, HandlingEnded, WrapUpStarted, WrapUpFinished, HandlingDisposed, TransferStarted, TransferJoined, TransferEnded, ConferenceChanged, Supervised, RecordingStarted,
    RecordingPaused, RecordingResumed, RecordingGap, RecordingSealed, RecordingFailed, RecordingErased, AgentSignedIn,
    AgentReady, AgentNotReady, AgentSignedOut, AgentDeviceChanged, AgentTelephoneChanged, VoicemailLeft, Screened, VipRecognised,
    OutboundStopped, OutboundReleased, TrunkFull, ConsentGiven, ConsentRefused, RecordingSwitched, RecordingRuled, DeadAirFound, FloorStarted,
    MobileCalled, MobileEnded,
}

/// By which way a customer left a node of a flow; `choice` comes with `choice` (from 0) and `choice_label`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlowExitCode {
    /// The one way on.
    Next,
    /// A choice of a menu.
    Choice,
    /// The last wrong key.
    Invalid,
    /// The last time-out.
    Timeout,
    /// Within opening hours.
    Open,
    /// Outside them.
    Closed,
    /// The queue took nobody more.
    Full,
    /// No message was left.
    Nothing,
    /// The customer agreed.
    Yes,
    /// The customer refused.
    No,
    /// The customer hung up here.
    CustomerLeft,
    /// The node could not be carried out.
    Failed,
    /// The server was restarted.
    NodeRestarted,
}

impl From<FlowExit> for FlowExitCode {
    fn from(exit: FlowExit) -> FlowExitCode {
        match exit {
            FlowExit::Next => FlowExitCode::Next,
            FlowExit::Choice(_) => FlowExitCode::Choice,
            FlowExit::Invalid => FlowExitCode::Invalid,
            FlowExit::Timeout => FlowExitCode::Timeout,
            FlowExit::Open => FlowExitCode::Open,
            FlowExit::Closed => FlowExitCode::Closed,
            FlowExit::Full => FlowExitCode::Full,
            FlowExit::Nothing => FlowExitCode::Nothing,
            FlowExit::Yes => FlowExitCode::Yes,
            FlowExit::No => FlowExitCode::No,
            FlowExit::CustomerLeft => FlowExitCode::CustomerLeft,
            FlowExit::Failed => FlowExitCode::Failed,
            FlowExit::NodeRestarted => FlowExitCode::NodeRestarted,
        }
    }
}

/// What an agent's part in a conversation is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HandlingStateCode {
    /// Talking.
    Talking,
    /// The customer hears music.
    Held,
    /// After-call work.
    WrapUp,
}

/// Whether a conversation goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConversationState {
    /// It goes on.
    Live,
    /// Everybody is done.
    Ended,
}

/// Standing of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CustomerLevel {
    /// Ordinary.
    Standard,
    /// Very important.
    Vip,
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaskResult {
    /// The customer was spoken to.
    Reached,
    /// The customer was tried in vain.
    NotReached,
    /// There was nothing to be done.
    NothingToDo,
}

/// What an agent asks to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WantedPresence {
    /// At work, not ready.
    SignedIn,
    /// Takes offers.
    Ready,
    /// Takes none.
    NotReady,
    /// Not at work.
    SignedOut,
}

/// Why a customer is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransferReason {
    /// The customer came to the wrong place.
    WrongPlace,
    /// It needs somebody who knows more about it.
    Specialist,
    /// It needs somebody who may decide.
    Escalation,
    /// The customer asked for somebody.
    CustomerAsked,
    /// Another one.
    Other,
}

impl From<domain::TransferReason> for TransferReason {
    fn from(reason: domain::TransferReason) -> TransferReason {
        match reason {
            domain::TransferReason::WrongPlace => TransferReason::WrongPlace,
            domain::TransferReason::Specialist => TransferReason::Specialist,
            domain::TransferReason::Escalation => TransferReason::Escalation,
            domain::TransferReason::CustomerAsked => TransferReason::CustomerAsked,
            domain::TransferReason::Other => TransferReason::Other,
        }
    }
}

impl From<TransferReason> for domain::TransferReason {
    fn from(reason: TransferReason) -> domain::TransferReason {
        match reason {
            TransferReason::WrongPlace => domain::TransferReason::WrongPlace,
            TransferReason::Specialist => domain::TransferReason::Specialist,
            TransferReason::Escalation => domain::TransferReason::Escalation,
            TransferReason::CustomerAsked => domain::TransferReason::CustomerAsked,
            TransferReason::Other => domain::TransferReason::Other,
        }
    }
}

/// Why a recording is paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// The customer gives payment card data.
    CardData,
    /// The customer gives personal data that must not be kept.
    PersonalData,
    /// Another one.
    Other,
}

impl From<domain::recording::PauseReason> for PauseReason {
    fn from(reason: domain::recording::PauseReason) -> PauseReason {
        match reason {
            domain::recording::PauseReason::CardData => PauseReason::CardData,
            domain::recording::PauseReason::PersonalData => PauseReason::PersonalData,
            domain::recording::PauseReason::Other => PauseReason::Other,
        }
    }
}

impl From<PauseReason> for domain::recording::PauseReason {
    fn from(reason: PauseReason) -> domain::recording::PauseReason {
        match reason {
            PauseReason::CardData => domain::recording::PauseReason::CardData,
            PauseReason::PersonalData => domain::recording::PauseReason::PersonalData,
            PauseReason::Other => domain::recording::PauseReason::Other,
        }
    }
}

impl From<store::CustomerLevel> for CustomerLevel {
    fn from(level: store::CustomerLevel) -> CustomerLevel {
        match level {
            store::CustomerLevel::Standard => CustomerLevel::Standard,
            store::CustomerLevel::Vip => CustomerLevel::Vip,
        }
    }
}

impl From<CustomerLevel> for store::CustomerLevel {
    fn from(level: CustomerLevel) -> store::CustomerLevel {
        match level {
            CustomerLevel::Standard => store::CustomerLevel::Standard,
            CustomerLevel::Vip => store::CustomerLevel::Vip,
        }
    }
}

impl From<store::ConversationState> for ConversationState {
    fn from(state: store::ConversationState) -> ConversationState {
        match state {
            store::ConversationState::Live => ConversationState::Live,
            store::ConversationState::Ended => ConversationState::Ended,
        }
    }
}

impl From<RoleCode> for domain::Role {
    fn from(role: RoleCode) -> domain::Role {
        match role {
            RoleCode::Agent => domain::Role::Agent,
            RoleCode::Supervisor => domain::Role::Supervisor,
            RoleCode::Administrator => domain::Role::Administrator,
        }
    }
}

impl From<store::TaskResult> for TaskResult {
    fn from(result: store::TaskResult) -> TaskResult {
        match result {
            store::TaskResult::Reached => TaskResult::Reached,
            store::TaskResult::NotReached => TaskResult::NotReached,
            store::TaskResult::NothingToDo => TaskResult::NothingToDo,
        }
    }
}

impl From<TaskResult> for store::TaskResult {
    fn from(result: TaskResult) -> store::TaskResult {
        match result {
            TaskResult::Reached => store::TaskResult::Reached,
            TaskResult::NotReached => store::TaskResult::NotReached,
            TaskResult::NothingToDo => store::TaskResult::NothingToDo,
        }
    }
}

/// How a supervisor takes part in a talk: unheard, heard by the agent alone, or heard by everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SupervisionMode {
    /// Hears everybody, is heard by nobody.
    Listen,
    /// Is heard by the agent alone.
    Whisper,
    /// Is heard by everybody.
    Barge,
}

impl From<domain::SupervisionMode> for SupervisionMode {
    fn from(mode: domain::SupervisionMode) -> SupervisionMode {
        match mode {
            domain::SupervisionMode::Listen => SupervisionMode::Listen,
            domain::SupervisionMode::Whisper => SupervisionMode::Whisper,
            domain::SupervisionMode::Barge => SupervisionMode::Barge,
        }
    }
}

impl From<SupervisionMode> for domain::SupervisionMode {
    fn from(mode: SupervisionMode) -> domain::SupervisionMode {
        match mode {
            SupervisionMode::Listen => domain::SupervisionMode::Listen,
            SupervisionMode::Whisper => domain::SupervisionMode::Whisper,
            SupervisionMode::Barge => domain::SupervisionMode::Barge,
        }
    }
}
