//! How things end and why decisions were made: always codes, put into words by the client.

use crate::Utc;

/// Who ended something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EndedBy {
    /// The customer.
    Customer,
    /// The agent.
    Agent,
    /// Callisto itself.
    System,
    /// The network, the carrier or a device that vanished.
    Network,
    /// Whoever was called outside for the customer.
    Outside,
}

/// How a conversation or a leg ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EndReason {
    /// A party hung up after an answer.
    HungUp,
    /// The caller gave up before an answer (CANCEL).
    Cancelled,
    /// The flow came to its end.
    FlowEnded,
    /// Outside opening hours.
    Closed,
    /// The number is not ours.
    UnknownNumber,
    /// The source is not trusted.
    Forbidden,
    /// No codec in common.
    NoCodec,
    /// The centre is at a limit or cannot write.
    Overload,
    /// The device was busy.
    Busy,
    /// Nobody answered in time.
    NoAnswer,
    /// The device refused.
    Declined,
    /// The device cannot be reached.
    Unreachable,
    /// A signalling deadline passed (RFC 3261 timers B, F, H).
    Timeout,
    /// Audio stopped arriving.
    MediaLost,
    /// The node stopped or was restarted.
    NodeRestarted,
    /// The peer broke the protocol.
    ProtocolError,
    /// A flow could not go on.
    FlowFailed,
    /// A fault of ours, confined to this conversation.
    InternalFault,
    /// The caller is kept out: by the block list, for a withheld number, or for too many short calls.
    Screened,
    /// No channel of the trunk was free; the carrier was told busy.
    TrunkFull,
    /// There is no such number.
    InvalidNumber,
    /// The network outside was full or out of order.
    Congestion,
    /// Nothing was heard of the caller.
    DeadAir,
}

/// Why a command or refusal towards a telephone is sent; `sip` has the table cause → SIP code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// Ordinary end of a call.
    Normal,
    /// The phone asked for its call to be moved (REFER), and it was.
    Moved,
    /// Number not found (404).
    UnknownNumber,
    /// Source not trusted (403).
    Forbidden,
    /// No codec in common (488).
    NotAcceptable,
    /// At a limit, or the ledger cannot be written (503).
    Overload,
    /// Busy (486).
    Busy,
    /// Declined (603).
    Declined,
    /// Nobody there (480).
    Unavailable,
    /// Fault of ours (500).
    InternalFault,
}

/// How an offer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OfferEnd {
    /// The agent took it.
    Accepted,
    /// The agent turned it down.
    Declined,
    /// The ring deadline passed.
    Unanswered,
    /// The customer left while it rang.
    CustomerLeft,
    /// The agent's device vanished while it rang.
    DeviceLost,
    /// The node was restarted.
    NodeRestarted,
    /// Whoever asked for the agent does not want them any more.
    Withdrawn,
    /// The agent's SIP phone said that it is busy, and did not ring.
    Busy,
}

/// What became of a call to the number outside that an agent works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MobileEnd {
    /// The agent had taken it; it is over.
    Over,
    /// We let go of it before the agent took it.
    Withdrawn,
    /// It was turned down, or hung up before the key.
    Declined,
    /// It is busy.
    Busy,
    /// Nobody answered.
    Unanswered,
    /// Whoever answered did not press the key: a mailbox never does.
    NoKey,
    /// The carrier knows no such number.
    InvalidNumber,
    /// The carrier has no way to it.
    Unreachable,
    /// The rule for calls outside does not allow the number.
    NotAllowed,
    /// A limit of calls outside is reached.
    LimitReached,
    /// Calls outside are stopped.
    CallsStopped,
    /// No trunk has a line left.
    LinesBusy,
}

/// How a queue segment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LeaveReason {
    /// An agent answered.
    Answered,
    /// The customer hung up while waiting.
    Abandoned,
    /// The queue's limit on waiting time passed.
    TimedOut,
    /// A failure of ours.
    Failed,
    /// Nobody at work served the queue, and the customer, who had been called, went back to whoever handed them over.
    Unserved,
}

/// Why an agent was chosen, or why the customer waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RouteReason {
    /// The only eligible agent.
    OnlyEligible,
    /// The longest idle of several eligible agents.
    LongestIdle,
    /// A colleague hands the customer over to this agent.
    Transferred,
    /// Nobody took the customer whom this agent handed over.
    Returned,
    /// A colleague asks this agent about a customer.
    Consulted,
    /// This agent picks up a customer who was parked.
    PickedUp,
    /// A supervisor chose this agent for a customer who waited.
    Assigned,
    /// The flow this agent lent the customer to is over.
    CameBack,
}

/// Why nobody could be offered a waiting conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WaitReason {
    /// No agent of the queue is signed in.
    NobodySignedIn,
    /// Agents are signed in, none is ready.
    NobodyReady,
    /// Ready agents lack a skill the queue asks for.
    NoSkill,
    /// All eligible agents are busy.
    AllBusy,
    /// Others wait longer.
    NotFirst,
}

/// What led a customer to leave a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VoicemailCause {
    /// The flow leads everybody there.
    Flow,
    /// Outside opening hours.
    Closed,
    /// The queue took nobody more.
    QueueFull,
    /// The queue's limit on waiting time passed.
    WaitTimeout,
    /// A key of a menu.
    Key,
}

/// How a handling ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HandlingEnd {
    /// The customer hung up.
    CustomerHungUp,
    /// The agent hung up.
    AgentHungUp,
    /// The agent's browser or phone stayed away past the grace.
    AgentLost,
    /// A network failure of the customer's leg.
    NetworkFailed,
    /// The node was restarted.
    NodeRestarted,
    /// A fault of ours.
    InternalFault,
    /// Whoever was called did not answer.
    NotReached,
    /// The agent handed the customer over.
    Transferred,
    /// The agent was asked by a colleague, who let them go.
    ConsultEnded,
    /// A supervisor took the customer over.
    TakenOver,
    /// A supervisor ended the call.
    Released,
    /// Nothing was heard of the caller.
    DeadAir,
}

/// Why a customer is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

/// How a customer is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TransferKind {
    /// Without a word to whoever takes them.
    Blind,
    /// A colleague or somebody outside is asked first while the customer hears music.
    Consult,
    /// The customer hears music until any agent picks them up.
    Park,
    /// A colleague or somebody outside is rung and takes part as soon as they answer; nobody waits for them.
    Conference,
    /// Lent to a flow: when it is over the customer comes back to the agent who sent them.
    Loan,
}

/// How a transfer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TransferEnd {
    /// The customer is with whom, or where, they were handed over to.
    Completed,
    /// Whoever was rung turned it down.
    Declined,
    /// Whoever was rung did not answer in time.
    NoAnswer,
    /// The phone that was rung cannot be reached, or whoever was asked was lost.
    Unreachable,
    /// The customer left while it rang, or while somebody was asked.
    CustomerLeft,
    /// A fault of ours.
    Failed,
    /// The node was restarted.
    NodeRestarted,
    /// The agent who asked ended the consult, or left before there was an answer; or a supervisor ended the call.
    Dropped,
    /// Whoever was asked hung up: the colleague, or somebody outside.
    ColleagueLeft,
    /// The agent who asked was lost; whoever was asked has the customer.
    AgentLost,
    /// The number outside, or the SIP phone of whoever was asked, was busy.
    Busy,
    /// There is no such number outside.
    InvalidNumber,
    /// Whoever was asked or rung takes part in a conference from here on.
    Conferenced,
    /// The flow the customer was lent to is over; they come back to the agent who sent them.
    Returned,
}

/// What became of somebody in a conference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ConferenceChange {
    /// Whoever leads lets nobody hear them.
    Muted,
    /// They are heard again.
    Unmuted,
    /// They have the customer: whoever led is gone.
    Leads,
    /// They take no part any more.
    Left {
        /// Why.
        end: ConferenceEnd,
    },
}

/// Why somebody takes no part in a conference any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ConferenceEnd {
    /// They hung up.
    HungUp,
    /// Whoever leads let them go.
    Dropped,
    /// Their phone or their line was lost.
    Unreachable,
    /// The talk is over for all.
    TalkOver,
    /// A fault of ours.
    Failed,
    /// The node was restarted.
    NodeRestarted,
}

/// How a supervisor takes part in a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SupervisionMode {
    /// Hears everybody, is heard by nobody.
    Listen,
    /// Is heard by the agent alone.
    Whisper,
    /// Is heard by everybody.
    Barge,
}

/// How a supervision ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SupervisionEnd {
    /// The supervisor asked, or hung up.
    Stopped,
    /// The agent's talk is over.
    TalkOver,
    /// The supervisor has the customer.
    TookOver,
    /// The supervisor's phone stayed away.
    Unreachable,
    /// A fault of ours.
    Failed,
    /// The node was restarted.
    NodeRestarted,
}

/// How wrap-up ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WrapUpEnd {
    /// The agent finished.
    Finished,
    /// The deadline passed.
    DeadlinePassed,
    /// The agent signed out or was lost.
    SignedOut,
    /// The node was restarted.
    NodeRestarted,
    /// The customer who was handed over came back.
    CustomerBack,
}

/// Why an agent stopped being ready or was signed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PresenceCause {
    /// The agent asked.
    Self_,
    /// An offer was not answered.
    OfferUnanswered,
    /// An offer was declined.
    OfferDeclined,
    /// The device went away.
    DeviceLost,
    /// The browser stayed away past the grace.
    GraceExpired,
    /// An administrator disabled the agent.
    Administrator,
    /// A supervisor decided so.
    Supervisor,
    /// The SIP phone was busy when an offer was to ring at it.
    PhoneBusy,
}

/// Why a request of a person or program was refused by the floor; the API maps each to a problem code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Refusal {
    /// The agent is not signed in.
    NotSignedIn,
    /// The agent has no connected device.
    NoDevice,
    /// The offer is over (accepted elsewhere, withdrawn or past its deadline).
    OfferOver,
    /// The handling is over or is not this agent's.
    HandlingOver,
    /// The action does not fit the present state.
    WrongState,
    /// Signing out with live work.
    WorkInHand,
    /// The reason, disposition or other reference does not exist.
    UnknownReference,
    /// The floor is at a limit.
    Overload,
    /// It has to be done at the agent's SIP phone.
    AtPhone,
    /// What was typed is no number.
    BadNumber,
    /// The number may not be dialled.
    NotAllowed,
    /// The colleague or phone cannot be reached, or is busy.
    CalleeUnavailable,
    /// As many wait in the queue as may.
    QueueFull,
    /// Nobody at work serves the queue, and the customer, who was called, has no flow to go back to.
    QueueUnserved,
    /// As many calls were begun, or as long was talked, as may be in a time.
    LimitReached {
        /// When the next one may be begun, as far as nobody else calls until then.
        until: Utc,
    },
    /// Calls of the agent, or by the rule, are stopped until a person releases them.
    CallsStopped,
    /// Every trunk that may be taken is at a limit.
    LinesBusy,
    /// As many calls of the site are up as may be.
    SiteFull,
    /// A rule says what is recorded here, not the agent.
    RecordingRuled,
    /// The customer has not said whether they agree to be recorded.
    ConsentMissing,
    /// The customer refused to be recorded.
    ConsentRefused,
}

/// How an attempt to call somebody ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OutboundResult {
    /// The far side answered.
    Answered,
    /// It was busy.
    Busy,
    /// Nobody answered in time.
    NoAnswer,
    /// It was refused there.
    Declined,
    /// It could not be reached: switched off, out of coverage, or nothing came back.
    Unreachable,
    /// The agent gave up.
    Cancelled,
    /// The agent's own phone was not picked up.
    AgentUnavailable,
    /// The node was restarted.
    NodeRestarted,
    /// A fault of ours.
    InternalFault,
    /// There is no such number.
    InvalidNumber,
    /// The network was full or out of order.
    Congestion,
    /// It was refused for a reason that says nothing about whoever was called.
    Failed,
}

impl OutboundResult {
    /// How a conversation ends that never came to a talk; `None` when it did.
    pub const fn ending(self) -> Option<(EndedBy, EndReason)> {
        match self {
            OutboundResult::Answered => None,
            OutboundResult::Busy => Some((EndedBy::Customer, EndReason::Busy)),
            OutboundResult::NoAnswer => Some((EndedBy::System, EndReason::NoAnswer)),
            OutboundResult::Declined => Some((EndedBy::Customer, EndReason::Declined)),
            OutboundResult::Unreachable => Some((EndedBy::Network, EndReason::Unreachable)),
            OutboundResult::Cancelled => Some((EndedBy::Agent, EndReason::Cancelled)),
            OutboundResult::AgentUnavailable => Some((EndedBy::Agent, EndReason::NoAnswer)),
            OutboundResult::NodeRestarted => Some((EndedBy::System, EndReason::NodeRestarted)),
            OutboundResult::InternalFault => Some((EndedBy::System, EndReason::InternalFault)),
            OutboundResult::InvalidNumber => Some((EndedBy::Network, EndReason::InvalidNumber)),
            OutboundResult::Congestion => Some((EndedBy::Network, EndReason::Congestion)),
            OutboundResult::Failed => Some((EndedBy::Network, EndReason::ProtocolError)),
        }
    }
}
