//! One byte for each code. A code's number is for ever: new ones are added at the end.

use domain::event::{FlowExit, TransferTarget};
use domain::input::Quality;
use domain::outbound::{Alarm, Block, OutboundRoute, Passed, Stopped};
use domain::recording::{Digest, ErasureCause, GapCause, Manifest, PauseReason, RecordingFault, Tracks};
use domain::recording_policy::{ConsentHow, PauseEnd, RecordingMode, RecordingRule, SharePercent};
use domain::room::PortRole;
use domain::screening::{DeadAirStep, ScreenAction, ScreenReason, Screening};
use domain::*;

use super::wire::{CodecError, Reader, Wire, Writer};

macro_rules! codes {
    ($($type:ident { $($variant:ident = $code:literal),+ $(,)? })+) => {$(
        impl Wire for $type {
            fn put(&self, writer: &mut Writer) {
                writer.byte(match self { $($type::$variant => $code,)+ });
            }
            fn get(reader: &mut Reader<'_>) -> Result<$type, CodecError> {
                match reader.byte()? {
                    $($code => Ok($type::$variant),)+
                    code => Err(CodecError::UnknownCode { what: stringify!($type), code }),
                }
            }
        }
    )+};
}

codes! {
    Channel { Voice = 0 }
    Direction { Inbound = 0, Outbound = 1, Internal = 2 }
    Language { Zh = 0, En = 1 }
    PortRole { Customer = 0, Agent = 1, Supervisor = 2, Media = 3, Outside = 4 }
    EndedBy { Customer = 0, Agent = 1, System = 2, Network = 3, Outside = 4 }
    EndReason {
        HungUp = 0, Cancelled = 1, FlowEnded = 2, Closed = 3, UnknownNumber = 4, Forbidden = 5, NoCodec = 6, Overload = 7,
        Busy = 8, NoAnswer = 9, Declined = 10, Unreachable = 11, Timeout = 12, MediaLost = 13, NodeRestarted = 14,
        ProtocolError = 15, FlowFailed = 16, InternalFault = 17, Screened = 18, TrunkFull = 19,
        InvalidNumber = 20, Congestion = 21, DeadAir = 22,
    }
    HoursReason { Weekly = 0, Holiday = 1, MakeUp = 2, Closure = 3, NoCalendar = 4 }
    OfferEnd {
        Accepted = 0, Declined = 1, Unanswered = 2, CustomerLeft = 3, DeviceLost = 4, NodeRestarted = 5, Withdrawn = 6, Busy = 7,
    }
    MobileEnd {
        Over = 0, Withdrawn = 1, Declined = 2, Busy = 3, Unanswered = 4, NoKey = 5, InvalidNumber = 6, Unreachable = 7,
        NotAllowed = 8, LimitReached = 9, CallsStopped = 10, LinesBusy = 11,
    }
    LeaveReason { Answered = 0, Abandoned = 1, TimedOut = 2, Failed = 3, Unserved = 4 }
    RouteReason {
        OnlyEligible = 0, LongestIdle = 1, Transferred = 2, Returned = 3, Consulted = 4, PickedUp = 5, Assigned = 6, CameBack = 7,
    }
    WaitReason { NobodySignedIn = 0, NobodyReady = 1, NoSkill = 2, AllBusy = 3, NotFirst = 4 }
    VoicemailCause { Flow = 0, Closed = 1, QueueFull = 2, WaitTimeout = 3, Key = 4 }
    HandlingEnd {
        CustomerHungUp = 0, AgentHungUp = 1, AgentLost = 2, NetworkFailed = 3, NodeRestarted = 4, InternalFault = 5,
        NotReached = 6, Transferred = 7, ConsultEnded = 8, TakenOver = 9, Released = 10, DeadAir = 11,
    }
    OutboundResult {
        Answered = 0, Busy = 1, NoAnswer = 2, Declined = 3, Unreachable = 4, Cancelled = 5, AgentUnavailable = 6,
        NodeRestarted = 7, InternalFault = 8, InvalidNumber = 9, Congestion = 10, Failed = 11,
    }
    WrapUpEnd { Finished = 0, DeadlinePassed = 1, SignedOut = 2, NodeRestarted = 3, CustomerBack = 4 }
    TransferReason { WrongPlace = 0, Specialist = 1, Escalation = 2, CustomerAsked = 3, Other = 4 }
    TransferKind { Blind = 0, Consult = 1, Park = 2, Conference = 3, Loan = 4 }
    SupervisionMode { Listen = 0, Whisper = 1, Barge = 2 }
    SupervisionEnd { Stopped = 0, TalkOver = 1, TookOver = 2, Unreachable = 3, Failed = 4, NodeRestarted = 5 }
    TransferEnd {
        Completed = 0, Declined = 1, NoAnswer = 2, Unreachable = 3, CustomerLeft = 4, Failed = 5, NodeRestarted = 6,
        Dropped = 7, ColleagueLeft = 8, AgentLost = 9, Busy = 10, InvalidNumber = 11, Conferenced = 12, Returned = 13,
    }
    ConferenceEnd { HungUp = 0, Dropped = 1, Unreachable = 2, TalkOver = 3, Failed = 4, NodeRestarted = 5 }
    PresenceCause {
        Self_ = 0, OfferUnanswered = 1, OfferDeclined = 2, DeviceLost = 3, GraceExpired = 4, Administrator = 5,
        Supervisor = 6, PhoneBusy = 7,
    }
    Block {
        Unknown = 0, Unreachable = 1, Full = 2, OutboundFull = 3, InboundFull = 4, PerMinute = 5, PerDay = 6,
    }
    CallTone { Dial = 0, Ringback = 1, Busy = 2, Congestion = 3, Unobtainable = 4, Information = 5 }
    Tracks { Heard = 0, Customer = 1 }
    ConsentHow { Key = 0, Spoken = 1 }
    PauseEnd { Asked = 0, TalkOver = 1, Time = 2 }
    PauseReason { CardData = 0, PersonalData = 1, Other = 2 }
    ErasureCause { Retention = 0, Request = 1 }
    GapCause { Overflow = 0, DiskFull = 1, DiskFailed = 2, TornOff = 3 }
    RecordingFault { NoKey = 0, Lost = 1, DiskFailed = 2, Unreadable = 3 }
}

macro_rules! ids {
    ($($type:ident)+) => {$(
        impl Wire for $type {
            fn put(&self, writer: &mut Writer) {
                writer.id(self.0);
            }
            fn get(reader: &mut Reader<'_>) -> Result<$type, CodecError> {
                reader.id().map($type)
            }
        }
    )+};
}

ids! {
    AgentId CalendarExceptionId CalendarId ConversationId CustomerId DestinationRuleId DeviceId DispositionId FlowId HandlingId LegId ListEntryId NotReadyReasonId NumberId OfferId PartyId
    QueueId RecordingId SegmentId SiteId TaskId TransferId TrunkId
}

impl Wire for Quality {
    fn put(&self, writer: &mut Writer) {
        self.packets_received.put(writer);
        self.packets_sent.put(writer);
        self.packets_lost.put(writer);
        self.jitter_us.put(writer);
        self.round_trip_us.put(writer);
        self.peer_packets_lost.put(writer);
        self.peer_jitter_us.put(writer);
        self.mos_hundredths.put(writer);
        self.mos_hundredths_min.put(writer);
    }
    fn get(reader: &mut Reader<'_>) -> Result<Quality, CodecError> {
        Ok(Quality {
            packets_received: Wire::get(reader)?,
            packets_sent: Wire::get(reader)?,
            packets_lost: Wire::get(reader)?,
            jitter_us: Wire::get(reader)?,
            round_trip_us: Wire::get(reader)?,
            peer_packets_lost: Wire::get(reader)?,
            peer_jitter_us: Wire::get(reader)?,
            mos_hundredths: Wire::get(reader)?,
            mos_hundredths_min: Wire::get(reader)?,
        })
    }
}

impl Wire for RecordingRule {
    fn put(&self, writer: &mut Writer) {
        let RecordingRule { mode, drawn, consent_required } = self;
        match mode {
            RecordingMode::All => writer.byte(0),
            RecordingMode::None => writer.byte(1),
            RecordingMode::Share(share) => {
                writer.byte(2);
                writer.byte(share.get());
            }
            RecordingMode::OnDemand => writer.byte(3),
        }
        drawn.put(writer);
        consent_required.put(writer);
    }
    fn get(reader: &mut Reader<'_>) -> Result<RecordingRule, CodecError> {
        let mode = match reader.byte()? {
            0 => RecordingMode::All,
            1 => RecordingMode::None,
            2 => {
                let code = reader.byte()?;
                let share = SharePercent::new(code).ok_or(CodecError::UnknownCode { what: "SharePercent", code })?;
                RecordingMode::Share(share)
            }
            3 => RecordingMode::OnDemand,
            code => return Err(CodecError::UnknownCode { what: "RecordingMode", code }),
        };
        Ok(RecordingRule { mode, drawn: Wire::get(reader)?, consent_required: Wire::get(reader)? })
    }
}

impl Wire for Digest {
    fn put(&self, writer: &mut Writer) {
        self.0.iter().for_each(|byte| writer.byte(*byte));
    }
    fn get(reader: &mut Reader<'_>) -> Result<Digest, CodecError> {
        let mut digest = [0; 32];
        for byte in &mut digest {
            *byte = reader.byte()?;
        }
        Ok(Digest(digest))
    }
}

impl Wire for Manifest {
    fn put(&self, writer: &mut Writer) {
        let Manifest { chunks, bytes, duration, gaps, digest, recovered } = self;
        chunks.put(writer);
        bytes.put(writer);
        duration.put(writer);
        gaps.put(writer);
        digest.put(writer);
        recovered.put(writer);
    }
    fn get(reader: &mut Reader<'_>) -> Result<Manifest, CodecError> {
        Ok(Manifest {
            chunks: Wire::get(reader)?,
            bytes: Wire::get(reader)?,
            duration: Wire::get(reader)?,
            gaps: Wire::get(reader)?,
            digest: Wire::get(reader)?,
            recovered: Wire::get(reader)?,
        })
    }
}

impl Wire for ConferenceChange {
    fn put(&self, writer: &mut Writer) {
        match self {
            ConferenceChange::Muted => writer.byte(0),
            ConferenceChange::Unmuted => writer.byte(1),
            ConferenceChange::Leads => writer.byte(2),
            ConferenceChange::Left { end } => {
                writer.byte(3);
                end.put(writer);
            }
        }
    }
    fn get(reader: &mut Reader<'_>) -> Result<ConferenceChange, CodecError> {
        match reader.byte()? {
            0 => Ok(ConferenceChange::Muted),
            1 => Ok(ConferenceChange::Unmuted),
            2 => Ok(ConferenceChange::Leads),
            3 => Ok(ConferenceChange::Left { end: Wire::get(reader)? }),
            code => Err(CodecError::UnknownCode { what: "ConferenceChange", code }),
        }
    }
}

impl Wire for Supervision {
    fn put(&self, writer: &mut Writer) {
        match self {
            Supervision::Began { target, mode } => {
                writer.byte(0);
                target.put(writer);
                mode.put(writer);
            }
            Supervision::Changed { mode } => {
                writer.byte(1);
                mode.put(writer);
            }
            Supervision::Ended { end } => {
                writer.byte(2);
                end.put(writer);
            }
        }
    }
    fn get(reader: &mut Reader<'_>) -> Result<Supervision, CodecError> {
        Ok(match reader.byte()? {
            0 => Supervision::Began { target: Wire::get(reader)?, mode: Wire::get(reader)? },
            1 => Supervision::Changed { mode: Wire::get(reader)? },
            2 => Supervision::Ended { end: Wire::get(reader)? },
            code => return Err(CodecError::UnknownCode { what: "Supervision", code }),
        })
    }
}

impl Wire for Screening {
    fn put(&self, writer: &mut Writer) {
        match self.reason {
            ScreenReason::BlockList(entry) => {
                writer.byte(0);
                entry.put(writer);
            }
            ScreenReason::Anonymous => writer.byte(1),
            ScreenReason::Nuisance => writer.byte(2),
            ScreenReason::AllowList(entry) => {
                writer.byte(3);
                entry.put(writer);
            }
            ScreenReason::BlockArea(entry) => {
                writer.byte(4);
                entry.put(writer);
            }
            ScreenReason::AllowArea(entry) => {
                writer.byte(5);
                entry.put(writer);
            }
        }
        match self.action {
            ScreenAction::Refused => writer.byte(0),
            ScreenAction::Diverted(flow) => {
                writer.byte(1);
                flow.put(writer);
            }
            ScreenAction::LetIn => writer.byte(2),
        }
    }
    fn get(reader: &mut Reader<'_>) -> Result<Screening, CodecError> {
        let reason = match reader.byte()? {
            0 => ScreenReason::BlockList(Wire::get(reader)?),
            1 => ScreenReason::Anonymous,
            2 => ScreenReason::Nuisance,
            3 => ScreenReason::AllowList(Wire::get(reader)?),
            4 => ScreenReason::BlockArea(Wire::get(reader)?),
            5 => ScreenReason::AllowArea(Wire::get(reader)?),
            code => return Err(CodecError::UnknownCode { what: "ScreenReason", code }),
        };
        let action = match reader.byte()? {
            0 => ScreenAction::Refused,
            1 => ScreenAction::Diverted(Wire::get(reader)?),
            2 => ScreenAction::LetIn,
            code => return Err(CodecError::UnknownCode { what: "ScreenAction", code }),
        };
        Ok(Screening { reason, action })
    }
}

impl Wire for DeadAirStep {
    fn put(&self, writer: &mut Writer) {
        match self {
            DeadAirStep::Told(agent) => {
                writer.byte(0);
                agent.put(writer);
            }
            DeadAirStep::Over => writer.byte(1),
            DeadAirStep::Ended => writer.byte(2),
            DeadAirStep::Diverted(flow) => {
                writer.byte(3);
                flow.put(writer);
            }
        }
    }
    fn get(reader: &mut Reader<'_>) -> Result<DeadAirStep, CodecError> {
        Ok(match reader.byte()? {
            0 => DeadAirStep::Told(Wire::get(reader)?),
            1 => DeadAirStep::Over,
            2 => DeadAirStep::Ended,
            3 => DeadAirStep::Diverted(Wire::get(reader)?),
            code => return Err(CodecError::UnknownCode { what: "DeadAirStep", code }),
        })
    }
}

impl Wire for ClearingCause {
    fn put(&self, writer: &mut Writer) {
        self.status.put(writer);
        self.q850.map(u16::from).put(writer);
    }
    fn get(reader: &mut Reader<'_>) -> Result<ClearingCause, CodecError> {
        let status = Wire::get(reader)?;
        let cause: Option<u16> = Wire::get(reader)?;
        // A cause has seven bits (Q.850 §2.2.5).
        Ok(ClearingCause { status, q850: cause.and_then(|cause| u8::try_from(cause).ok()) })
    }
}

impl Wire for KnownBy {
    fn put(&self, writer: &mut Writer) {
        match self {
            KnownBy::Cause(cause) => {
                writer.byte(0);
                cause.put(writer);
            }
            KnownBy::Tone(tone) => {
                writer.byte(1);
                tone.put(writer);
            }
            KnownBy::Silence => writer.byte(2),
        }
    }
    fn get(reader: &mut Reader<'_>) -> Result<KnownBy, CodecError> {
        Ok(match reader.byte()? {
            0 => KnownBy::Cause(Wire::get(reader)?),
            1 => KnownBy::Tone(Wire::get(reader)?),
            2 => KnownBy::Silence,
            code => return Err(CodecError::UnknownCode { what: "KnownBy", code }),
        })
    }
}

impl Wire for OutboundRoute {
    fn put(&self, writer: &mut Writer) {
        let OutboundRoute { trunk, rule, passed } = self;
        trunk.put(writer);
        rule.put(writer);
        passed.put(writer);
    }
    fn get(reader: &mut Reader<'_>) -> Result<OutboundRoute, CodecError> {
        Ok(OutboundRoute { trunk: Wire::get(reader)?, rule: Wire::get(reader)?, passed: Wire::get(reader)? })
    }
}

impl Wire for Passed {
    fn put(&self, writer: &mut Writer) {
        self.trunk.put(writer);
        self.block.put(writer);
    }
    fn get(reader: &mut Reader<'_>) -> Result<Passed, CodecError> {
        Ok(Passed { trunk: Wire::get(reader)?, block: Wire::get(reader)? })
    }
}

impl Wire for Alarm {
    fn put(&self, writer: &mut Writer) {
        self.distinct.put(writer);
        self.within.put(writer);
    }
    fn get(reader: &mut Reader<'_>) -> Result<Alarm, CodecError> {
        Ok(Alarm { distinct: Wire::get(reader)?, within: Wire::get(reader)? })
    }
}

impl Wire for Stopped {
    fn put(&self, writer: &mut Writer) {
        match self {
            Stopped::Agent(id) => {
                writer.byte(0);
                id.put(writer);
            }
            Stopped::Rule(id) => {
                writer.byte(1);
                id.put(writer);
            }
        }
    }
    fn get(reader: &mut Reader<'_>) -> Result<Stopped, CodecError> {
        Ok(match reader.byte()? {
            0 => Stopped::Agent(Wire::get(reader)?),
            1 => Stopped::Rule(Wire::get(reader)?),
            code => return Err(CodecError::UnknownCode { what: "Stopped", code }),
        })
    }
}

impl Wire for TransferTarget {
    fn put(&self, writer: &mut Writer) {
        match self {
            TransferTarget::Agent(id) => {
                writer.byte(0);
                id.put(writer);
            }
            TransferTarget::Queue(id) => {
                writer.byte(1);
                id.put(writer);
            }
            TransferTarget::Flow(id) => {
                writer.byte(2);
                id.put(writer);
            }
            TransferTarget::Park => writer.byte(3),
            TransferTarget::Outside(id) => {
                writer.byte(4);
                id.put(writer);
            }
        }
    }
    fn get(reader: &mut Reader<'_>) -> Result<TransferTarget, CodecError> {
        Ok(match reader.byte()? {
            0 => TransferTarget::Agent(Wire::get(reader)?),
            1 => TransferTarget::Queue(Wire::get(reader)?),
            2 => TransferTarget::Flow(Wire::get(reader)?),
            3 => TransferTarget::Park,
            4 => TransferTarget::Outside(Wire::get(reader)?),
            code => return Err(CodecError::UnknownCode { what: "TransferTarget", code }),
        })
    }
}

impl Wire for FlowExit {
    fn put(&self, writer: &mut Writer) {
        match self {
            FlowExit::Next => writer.byte(0),
            FlowExit::Choice(choice) => {
                writer.byte(1);
                choice.put(writer);
            }
            FlowExit::Invalid => writer.byte(2),
            FlowExit::Timeout => writer.byte(3),
            FlowExit::Open => writer.byte(4),
            FlowExit::Closed => writer.byte(5),
            FlowExit::CustomerLeft => writer.byte(6),
            FlowExit::Failed => writer.byte(7),
            FlowExit::NodeRestarted => writer.byte(8),
            FlowExit::Full => writer.byte(9),
            FlowExit::Nothing => writer.byte(10),
            FlowExit::Yes => writer.byte(11),
            FlowExit::No => writer.byte(12),
        }
    }
    fn get(reader: &mut Reader<'_>) -> Result<FlowExit, CodecError> {
        Ok(match reader.byte()? {
            0 => FlowExit::Next,
            1 => FlowExit::Choice(Wire::get(reader)?),
            2 => FlowExit::Invalid,
            3 => FlowExit::Timeout,
            4 => FlowExit::Open,
            5 => FlowExit::Closed,
            6 => FlowExit::CustomerLeft,
            7 => FlowExit::Failed,
            8 => FlowExit::NodeRestarted,
            9 => FlowExit::Full,
            10 => FlowExit::Nothing,
            11 => FlowExit::Yes,
            12 => FlowExit::No,
            code => return Err(CodecError::UnknownCode { what: "FlowExit", code }),
        })
    }
}
