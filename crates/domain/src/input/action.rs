//! What agents and supervisors ask.

use super::*;

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
    /// Hear oneself half a second later, to try sound and network; without a call only.
    StartEcho,
    /// Hear oneself no more.
    StopEcho,
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
    /// End a call that no agent is with: in a flow, in a queue, parked, or with somebody outside. Refused with `WrongState` while a desk
    /// rings or an agent talks.
    EndConversation {
        /// Which.
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
    /// The same; the customer comes back to the agent when it is over.
    Loan(FlowId),
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
