//! Every fact there is.

use super::*;
use crate::outbound::MovedLeg;

/// One fact. Each variant has a stable number ([`Event::number`]) that is never reused.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A conversation began.
    ConversationStarted {
        /// Which.
        conversation: ConversationId,
        /// By which channel.
        channel: Channel,
        /// Who opened it.
        direction: Direction,
        /// The number dialled, when it is one of ours.
        number: Option<NumberId>,
        /// Who called.
        from: PartyId,
        /// What was dialled.
        to: PartyId,
        /// Language at the start.
        language: Language,
        /// Site of the number.
        site: Option<SiteId>,
        /// An earlier conversation this one belongs to.
        parent: Option<ConversationId>,
    },
    /// The customer behind it was found.
    CustomerIdentified {
        /// Conversation.
        conversation: ConversationId,
        /// Who.
        customer: CustomerId,
    },
    /// Everybody is done.
    ConversationEnded {
        /// Conversation.
        conversation: ConversationId,
        /// By whom.
        by: EndedBy,
        /// How.
        reason: EndReason,
    },
    /// A device joined the conversation.
    LegJoined {
        /// Conversation.
        conversation: ConversationId,
        /// Leg.
        leg: LegId,
        /// As what.
        role: room::PortRole,
        /// The agent, for an agent's leg.
        agent: Option<AgentId>,
        /// The trunk, for a carrier's leg.
        trunk: Option<TrunkId>,
    },
    /// A caller hears us and has not been answered.
    EarlyMediaStarted {
        /// Conversation.
        conversation: ConversationId,
        /// Leg.
        leg: LegId,
    },
    /// A leg was answered.
    LegAnswered {
        /// Conversation.
        conversation: ConversationId,
        /// Leg.
        leg: LegId,
    },
    /// A device left the conversation. For an agent whose browser reloads this and the next `LegJoined` frame the gap.
    LegLeft {
        /// Conversation.
        conversation: ConversationId,
        /// Leg.
        leg: LegId,
        /// By whom.
        by: EndedBy,
        /// How.
        reason: EndReason,
        /// What its audio was like, where known; where not, `LegRated` says it when sound could flow.
        quality: Option<Quality>,
    },
    /// The sound of a leg became bad, or good again. Told once each; a leg that leaves is not bad any more.
    LegDegraded {
        /// Conversation.
        conversation: ConversationId,
        /// Leg.
        leg: LegId,
        /// Bad.
        on: bool,
        /// The estimated opinion score of the interval it became so with, 100–450.
        mos_hundredths: u16,
    },
    /// How a leg sounded while it was in the conversation, where its `LegLeft` could not say: the device goes on, or ended after it. May come
    /// after the conversation's end.
    LegRated {
        /// Conversation.
        conversation: ConversationId,
        /// Leg.
        leg: LegId,
        /// What its audio was like.
        quality: Quality,
    },
    /// The far end put us on hold, or took us back.
    PeerHeld {
        /// Conversation.
        conversation: ConversationId,
        /// Leg.
        leg: LegId,
        /// On hold.
        on: bool,
    },
    /// The customer came to a node of a flow.
    FlowNodeEntered {
        /// Conversation.
        conversation: ConversationId,
        /// Segment of kind flow.
        segment: SegmentId,
        /// Flow.
        flow: FlowId,
        /// Its version.
        flow_version: u32,
        /// Index of the node.
        node: u16,
    },
    /// The customer left a node of a flow.
    FlowNodeLeft {
        /// Conversation.
        conversation: ConversationId,
        /// Segment.
        segment: SegmentId,
        /// Index of the node.
        node: u16,
        /// By which exit.
        exit: FlowExit,
    },
    /// A node asked opening hours.
    HoursChecked {
        /// Conversation.
        conversation: ConversationId,
        /// Segment of kind flow.
        segment: SegmentId,
        /// Index of the node.
        node: u16,
        /// The calendar asked; `None` when the number has none and is always open.
        calendar: Option<CalendarId>,
        /// Open.
        open: bool,
        /// Why.
        why: HoursReason,
        /// The holiday, make-up workday or closure that says so.
        exception: Option<CalendarExceptionId>,
    },
    /// The customer joined a queue.
    Queued {
        /// Conversation.
        conversation: ConversationId,
        /// Segment of kind queue; the same when a customer comes back to the front.
        segment: SegmentId,
        /// Queue.
        queue: QueueId,
        /// Back at the front after an unanswered offer or a lost agent.
        front: bool,
        /// Why nobody could be offered at once, if so.
        wait: Option<WaitReason>,
    },
    /// The customer left the queue for good.
    LeftQueue {
        /// Conversation.
        conversation: ConversationId,
        /// Segment.
        segment: SegmentId,
        /// Queue.
        queue: QueueId,
        /// How.
        reason: LeaveReason,
    },
    /// The customer's line was lost in a queue; whoever calls again from the same number in time has the place back.
    PlaceKept {
        /// Conversation.
        conversation: ConversationId,
        /// Segment, left just before.
        segment: SegmentId,
        /// Queue.
        queue: QueueId,
        /// For how long.
        keep: Duration,
    },
    /// The customer called again and has the place of an earlier conversation.
    PlaceResumed {
        /// Conversation.
        conversation: ConversationId,
        /// Segment of kind queue, joined before.
        segment: SegmentId,
        /// Queue.
        queue: QueueId,
        /// The conversation whose line was lost.
        before: ConversationId,
        /// Since the customer first joined the queue.
        waited: Duration,
    },
    /// An agent's desk rings.
    AgentOffered {
        /// Conversation.
        conversation: ConversationId,
        /// Segment.
        segment: SegmentId,
        /// Queue; none for a customer handed over who came from none.
        queue: Option<QueueId>,
        /// Offer.
        offer: OfferId,
        /// To whom.
        agent: AgentId,
        /// Why this agent.
        reason: RouteReason,
        /// How many agents were eligible.
        eligible: u32,
        /// How long the chosen one had been idle.
        idle: Duration,
        /// How long it rings.
        ring_timeout: Duration,
    },
    /// An offer is over.
    OfferEnded {
        /// Conversation.
        conversation: ConversationId,
        /// Offer.
        offer: OfferId,
        /// To whom it was.
        agent: AgentId,
        /// How.
        end: OfferEnd,
    },
    /// An agent began to call somebody.
    OutboundStarted {
        /// Conversation.
        conversation: ConversationId,
        /// Segment of kind outbound.
        segment: SegmentId,
        /// Who calls.
        agent: AgentId,
        /// How it goes, for a number outside.
        route: Option<OutboundRoute>,
        /// The phone that is called, for one of ours.
        device: Option<DeviceId>,
        /// The task it is for.
        task: Option<TaskId>,
    },
    /// The far side rings.
    OutboundRinging {
        /// Conversation.
        conversation: ConversationId,
        /// Segment.
        segment: SegmentId,
        /// The far side is heard before it answers.
        early_media: bool,
    },
    /// A trunk failed before anybody was rung, and the call goes on through the next one.
    OutboundRerouted {
        /// Conversation.
        conversation: ConversationId,
        /// The trunk that failed.
        trunk: TrunkId,
        /// What the network said; `None` when nothing came back.
        cause: Option<ClearingCause>,
        /// How it goes on; `passed` are the trunks that could not be taken between the two.
        route: OutboundRoute,
        /// For a call to the number outside that an agent works with; `None` for one to a customer or somebody outside.
        mobile: Option<MovedLeg>,
    },
    /// The attempt is over: answered, or not.
    OutboundEnded {
        /// Conversation.
        conversation: ConversationId,
        /// Segment.
        segment: SegmentId,
        /// Who called.
        agent: AgentId,
        /// How.
        result: OutboundResult,
        /// How that is known; `None` when it is known by what we did ourselves.
        by: Option<KnownBy>,
        /// From the call to the first ring or the first sound of the far side; `None` when there was none.
        post_dial_delay: Option<Duration>,
    },
    /// An answered call turned out to have come to something else.
    OutboundRecognised {
        /// Conversation.
        conversation: ConversationId,
        /// Segment.
        segment: SegmentId,
        /// Who called.
        agent: AgentId,
        /// What.
        result: OutboundResult,
        /// How that is known.
        by: KnownBy,
    },
    /// An agent talks to the customer.
    HandlingStarted {
        /// Conversation.
        conversation: ConversationId,
        /// Segment.
        segment: SegmentId,
        /// Queue, when it came from one.
        queue: Option<QueueId>,
        /// Handling.
        handling: HandlingId,
        /// Who.
        agent: AgentId,
    },
    /// The customer hears music.
    HandlingHeld {
        /// Conversation.
        conversation: ConversationId,
        /// Handling.
        handling: HandlingId,
        /// The agent.
        agent: AgentId,
        /// `true` when the agent's device vanished, `false` when the agent asked.
        device_lost: bool,
    },
    /// Talk again.
    HandlingResumed {
        /// Conversation.
        conversation: ConversationId,
        /// Handling.
        handling: HandlingId,
        /// The agent.
        agent: AgentId,
        /// `true` when the agent's device is back.
        device_back: bool,
    },
    /// The agent's outgoing audio was cut or restored.
    HandlingMuted {
        /// Conversation.
        conversation: ConversationId,
        /// Handling.
        handling: HandlingId,
        /// The agent.
        agent: AgentId,
        /// Muted.
        on: bool,
    },
    /// Talk is over.
    HandlingEnded {
        /// Conversation.
        conversation: ConversationId,
        /// Handling.
        handling: HandlingId,
        /// The agent.
        agent: AgentId,
        /// How.
        end: HandlingEnd,
    },
    /// After-call work began.
    WrapUpStarted {
        /// Conversation.
        conversation: ConversationId,
        /// Handling.
        handling: HandlingId,
        /// The agent.
        agent: AgentId,
        /// How long it may last.
        limit: Duration,
    },
    /// After-call work is over.
    WrapUpFinished {
        /// Conversation.
        conversation: ConversationId,
        /// Handling.
        handling: HandlingId,
        /// The agent.
        agent: AgentId,
        /// How.
        end: WrapUpEnd,
    },
    /// An outcome was recorded.
    HandlingDisposed {
        /// Conversation.
        conversation: ConversationId,
        /// Handling.
        handling: HandlingId,
        /// The agent.
        agent: AgentId,
        /// The outcome.
        disposition: DispositionId,
    },
    /// The conversation is recorded from here on.
    RecordingStarted {
        /// Conversation.
        conversation: ConversationId,
        /// Recording.
        recording: RecordingId,
        /// Whose sound is kept.
        tracks: Tracks,
    },
    /// Nothing is kept until it is resumed or over.
    RecordingPaused {
        /// Conversation.
        conversation: ConversationId,
        /// Recording.
        recording: RecordingId,
        /// Why.
        reason: PauseReason,
        /// Who asked; `None` when a rule did.
        agent: Option<AgentId>,
        /// After how long it ends by itself; `None` is never.
        limit: Option<Duration>,
    },
    /// Sound is kept again.
    RecordingResumed {
        /// Conversation.
        conversation: ConversationId,
        /// Recording.
        recording: RecordingId,
        /// Who asked, if anybody did.
        agent: Option<AgentId>,
        /// What ended the pause.
        why: PauseEnd,
    },
    /// A stretch that should have been kept is missing.
    RecordingGap {
        /// Conversation.
        conversation: ConversationId,
        /// Recording.
        recording: RecordingId,
        /// Where it begins, from the beginning of the recording.
        at: Duration,
        /// How long it is.
        length: Duration,
        /// Why.
        cause: GapCause,
    },
    /// The recording is whole on disk and will not change.
    RecordingSealed {
        /// Conversation.
        conversation: ConversationId,
        /// Recording.
        recording: RecordingId,
        /// What it is held against.
        manifest: Manifest,
    },
    /// The recording cannot be heard.
    RecordingFailed {
        /// Conversation.
        conversation: ConversationId,
        /// Recording.
        recording: RecordingId,
        /// Why.
        fault: RecordingFault,
    },
    /// The recording's key was destroyed and its sound removed; who asked is in the audit trail.
    RecordingErased {
        /// Conversation.
        conversation: ConversationId,
        /// Recording.
        recording: RecordingId,
        /// Why.
        cause: ErasureCause,
    },
    /// An agent began work (not ready).
    AgentSignedIn {
        /// Who.
        agent: AgentId,
    },
    /// An agent takes offers.
    AgentReady {
        /// Who.
        agent: AgentId,
    },
    /// An agent takes none.
    AgentNotReady {
        /// Who.
        agent: AgentId,
        /// The stated reason.
        reason: Option<NotReadyReasonId>,
        /// What made it so.
        cause: PresenceCause,
    },
    /// An agent ended work.
    AgentSignedOut {
        /// Who.
        agent: AgentId,
        /// What made it so.
        cause: PresenceCause,
    },
    /// An agent's device came or went.
    AgentDeviceChanged {
        /// Who.
        agent: AgentId,
        /// Reachable.
        reachable: bool,
    },
    /// An agent works with another phone from now on.
    AgentTelephoneChanged {
        /// Who.
        agent: AgentId,
        /// The SIP phone; `None` is the browser.
        device: Option<DeviceId>,
    },
    /// The number outside that an agent works with is called for them.
    MobileCalled {
        /// For which conversation.
        conversation: ConversationId,
        /// Who.
        agent: AgentId,
        /// Which of the agent's numbers.
        device: DeviceId,
        /// The leg it becomes once it is answered and its key pressed.
        leg: LegId,
        /// How it goes.
        route: OutboundRoute,
    },
    /// A call to the number outside that an agent works with is over, or was not allowed and never began.
    MobileEnded {
        /// For which conversation.
        conversation: ConversationId,
        /// Who.
        agent: AgentId,
        /// Which of the agent's numbers.
        device: DeviceId,
        /// The leg it was, or would have been.
        leg: LegId,
        /// What became of it.
        end: MobileEnd,
    },
    /// An agent hands the customer over, or asks somebody first.
    TransferStarted {
        /// Conversation.
        conversation: ConversationId,
        /// Which transfer.
        transfer: TransferId,
        /// Blind, or after a consult.
        kind: TransferKind,
        /// The handling it comes from.
        handling: HandlingId,
        /// Who hands over.
        agent: AgentId,
        /// To whom, or where.
        target: TransferTarget,
        /// Why, when said.
        reason: Option<TransferReason>,
        /// How it goes, for a number outside.
        route: Option<OutboundRoute>,
    },
    /// Customer, agent and whoever was asked talk with each other.
    TransferJoined {
        /// Conversation.
        conversation: ConversationId,
        /// Which transfer.
        transfer: TransferId,
    },
    /// A transfer is over.
    TransferEnded {
        /// Conversation.
        conversation: ConversationId,
        /// Which transfer.
        transfer: TransferId,
        /// How.
        end: TransferEnd,
    },
    /// Somebody in a conference was muted, leads it, or left it.
    ConferenceChanged {
        /// Conversation.
        conversation: ConversationId,
        /// By which transfer they came.
        transfer: TransferId,
        /// The agent who did it, when it was not they themselves.
        by: Option<AgentId>,
        /// What.
        what: ConferenceChange,
    },
    /// A supervisor began to hear a talk, takes part in another way, or is done.
    Supervised {
        /// Conversation.
        conversation: ConversationId,
        /// The supervisor.
        agent: AgentId,
        /// What.
        what: Supervision,
    },
    /// The customer left a message, and a task for whoever listens to it.
    VoicemailLeft {
        /// Conversation.
        conversation: ConversationId,
        /// Segment of kind flow.
        segment: SegmentId,
        /// The task it becomes.
        task: TaskId,
        /// Where it is heard.
        recording: RecordingId,
        /// The number dialled, when it is one of ours.
        number: Option<NumberId>,
        /// The queue that was full or took too long.
        queue: Option<QueueId>,
        /// What led there.
        cause: VoicemailCause,
        /// How long the message is.
        length: Duration,
    },
    /// A caller was kept out, or let in against what else is said of them.
    Screened {
        /// Conversation.
        conversation: ConversationId,
        /// Why, and what was done.
        screening: Screening,
    },
    /// The caller goes before others in every queue.
    VipRecognised {
        /// Conversation.
        conversation: ConversationId,
        /// The entry of the list that says so.
        entry: ListEntryId,
    },
    /// Too many different numbers were called: calls are stopped until a person releases them.
    OutboundStopped {
        /// The conversation in the agent's hand, for a customer who was to be handed over or asked about.
        conversation: Option<ConversationId>,
        /// Who, or what, is stopped.
        stopped: Stopped,
        /// Whose call it was.
        by: AgentId,
        /// What was exceeded.
        alarm: Alarm,
    },
    /// A person let stopped calls go on.
    OutboundReleased {
        /// Who, or what, was stopped.
        stopped: Stopped,
        /// Who let it go on.
        by: AgentId,
    },
    /// A call from a carrier found no channel and was told busy.
    TrunkFull {
        /// Conversation; it ends with this.
        conversation: ConversationId,
        /// Of which trunk.
        trunk: TrunkId,
        /// Which cap was reached.
        block: Block,
    },
    /// The customer agreed to be recorded.
    ConsentGiven {
        /// Conversation.
        conversation: ConversationId,
        /// How they said so.
        how: ConsentHow,
        /// Who noted it, when it was spoken.
        agent: Option<AgentId>,
    },
    /// The customer refused to be recorded: nothing is kept of the conversation from here on.
    ConsentRefused {
        /// Conversation.
        conversation: ConversationId,
        /// How they said so.
        how: ConsentHow,
        /// Who noted it, when it was spoken.
        agent: Option<AgentId>,
    },
    /// The recording was started or stopped by hand, where the rule leaves that to the agent.
    RecordingSwitched {
        /// Conversation.
        conversation: ConversationId,
        /// Who did; `None` when it ended with the talk.
        agent: Option<AgentId>,
        /// Started, or stopped.
        on: bool,
    },
    /// What is kept from here on follows another rule. Until the first of these everything is kept without a question.
    RecordingRuled {
        /// Conversation.
        conversation: ConversationId,
        /// The rule.
        rule: RecordingRule,
    },
    /// Nothing has been heard of a caller since the answer.
    DeadAirFound {
        /// Conversation.
        conversation: ConversationId,
        /// How long it was silent while that counts: in a flow, or in a talk.
        silence: Duration,
        /// What was done.
        step: DeadAirStep,
    },
    /// The node started and owns the partition; live voice conversations before this ended `NodeRestarted`.
    FloorStarted {
        /// The lease epoch.
        epoch: u64,
    },
}
