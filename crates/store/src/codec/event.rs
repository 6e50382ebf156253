//! The fields of every event in the order they are written, in the newest version of its body.

use domain::Event;
use domain::outbound::MovedLeg;

use super::wire::{CodecError, Reader, Wire, Writer};

macro_rules! bodies {
    ($($number:literal $name:ident { $($field:ident),* $(,)? })+) => {
        pub(super) fn write(event: &Event, writer: &mut Writer) {
            match event {
                $(Event::$name { $($field),* } => { $($field.put(writer);)* })+
            }
        }

        pub(super) fn read(kind: u16, reader: &mut Reader<'_>) -> Result<Event, CodecError> {
            match kind {
                $($number => Ok(Event::$name { $($field: Wire::get(reader)?),* }),)+
                other => Err(CodecError::UnknownKind(other)),
            }
        }
    };
}

bodies! {
    1 ConversationStarted { conversation, channel, direction, number, from, to, language, site, parent }
    2 CustomerIdentified { conversation, customer }
    3 ConversationEnded { conversation, by, reason }
    10 LegJoined { conversation, leg, role, agent, trunk }
    11 LegAnswered { conversation, leg }
    12 LegLeft { conversation, leg, by, reason, quality }
    13 PeerHeld { conversation, leg, on }
    20 FlowNodeEntered { conversation, segment, flow, flow_version, node }
    21 FlowNodeLeft { conversation, segment, node, exit }
    22 HoursChecked { conversation, segment, node, calendar, open, why, exception }
    30 Queued { conversation, segment, queue, front, wait }
    31 LeftQueue { conversation, segment, queue, reason }
    32 AgentOffered { conversation, segment, queue, offer, agent, reason, eligible, idle, ring_timeout }
    33 OfferEnded { conversation, offer, agent, end }
    34 PlaceKept { conversation, segment, queue, keep }
    35 PlaceResumed { conversation, segment, queue, before, waited }
    36 OutboundStarted { conversation, segment, agent, route, device, task }
    37 OutboundRinging { conversation, segment, early_media }
    38 OutboundEnded { conversation, segment, agent, result, by, post_dial_delay }
    40 HandlingStarted { conversation, segment, queue, handling, agent }
    41 HandlingHeld { conversation, handling, agent, device_lost }
    42 HandlingResumed { conversation, handling, agent, device_back }
    43 HandlingMuted { conversation, handling, agent, on }
    44 HandlingEnded { conversation, handling, agent, end }
    45 WrapUpStarted { conversation, handling, agent, limit }
    46 WrapUpFinished { conversation, handling, agent, end }
    47 HandlingDisposed { conversation, handling, agent, disposition }
    48 TransferStarted { conversation, transfer, kind, handling, agent, target, reason, route }
    49 TransferEnded { conversation, transfer, end }
    50 RecordingStarted { conversation, recording, tracks }
    51 RecordingPaused { conversation, recording, reason, agent, limit }
    52 RecordingResumed { conversation, recording, agent, why }
    53 RecordingGap { conversation, recording, at, length, cause }
    54 RecordingSealed { conversation, recording, manifest }
    55 RecordingFailed { conversation, recording, fault }
    56 TransferJoined { conversation, transfer }
    57 Supervised { conversation, agent, what }
    60 AgentSignedIn { agent }
    61 AgentReady { agent }
    62 AgentNotReady { agent, reason, cause }
    63 AgentSignedOut { agent, cause }
    64 AgentDeviceChanged { agent, reachable }
    65 AgentTelephoneChanged { agent, device }
    70 VoicemailLeft { conversation, segment, task, recording, number, queue, cause, length }
    71 Screened { conversation, screening }
    72 VipRecognised { conversation, entry }
    81 OutboundStopped { conversation, stopped, by, alarm }
    82 OutboundReleased { stopped, by }
    83 TrunkFull { conversation, trunk, block }
    84 ConsentGiven { conversation, how, agent }
    85 ConsentRefused { conversation, how, agent }
    86 RecordingSwitched { conversation, agent, on }
    87 RecordingRuled { conversation, rule }
    88 RecordingErased { conversation, recording, cause }
    89 EarlyMediaStarted { conversation, leg }
    90 FloorStarted { epoch }
    91 OutboundRecognised { conversation, segment, agent, result, by }
    92 DeadAirFound { conversation, silence, step }
    94 LegDegraded { conversation, leg, on, mos_hundredths }
    95 LegRated { conversation, leg, quality }
    96 ConferenceChanged { conversation, transfer, by, what }
    97 MobileCalled { conversation, agent, device, leg, route }
    98 MobileEnded { conversation, agent, device, leg, end }
    99 OutboundRerouted { conversation, trunk, cause, route, mobile }
}

impl Wire for MovedLeg {
    fn put(&self, writer: &mut Writer) {
        let MovedLeg { from, to } = self;
        from.put(writer);
        to.put(writer);
    }
    fn get(reader: &mut Reader<'_>) -> Result<MovedLeg, CodecError> {
        Ok(MovedLeg { from: Wire::get(reader)?, to: Wire::get(reader)? })
    }
}
