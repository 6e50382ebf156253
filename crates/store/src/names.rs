//! Stable names of codes that stand in columns.

use domain::recording::{ErasureCause, RecordingFault, Tracks};
use domain::settings::AnswerWhen;
use domain::{Channel, Direction, EndReason, EndedBy, Evidence, Language, OutboundResult, VoicemailCause};

use crate::{TaskKind, TaskResult, TaskState};

macro_rules! names {
    ($to:ident $from:ident $type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        pub(crate) const fn $to(value: $type) -> &'static str {
            match value { $($type::$variant => $name,)+ }
        }
        pub(crate) fn $from(name: &str) -> Option<$type> {
            match name {
                $($name => Some($type::$variant),)+
                _ => None,
            }
        }
    };
}

names! { channel channel_from_name Channel { Voice = "voice" } }
names! { direction direction_from_name Direction { Inbound = "inbound", Outbound = "outbound", Internal = "internal" } }
names! { language language_from_name Language { Zh = "zh", En = "en" } }
names! { answer_when answer_when_from_name AnswerWhen { AtOnce = "at_once", WithAgent = "with_agent" } }
names! { ended_by ended_by_from_name EndedBy {
    Customer = "customer", Agent = "agent", System = "system", Network = "network", Outside = "outside",
} }
names! { end_reason end_reason_from_name EndReason {
    HungUp = "hung_up", Cancelled = "cancelled", FlowEnded = "flow_ended", Closed = "closed",
    UnknownNumber = "unknown_number", Forbidden = "forbidden", NoCodec = "no_codec", Overload = "overload", Busy = "busy",
    NoAnswer = "no_answer", Declined = "declined", Unreachable = "unreachable", Timeout = "timeout",
    MediaLost = "media_lost", NodeRestarted = "node_restarted", ProtocolError = "protocol_error",
    FlowFailed = "flow_failed", InternalFault = "internal_fault", Screened = "screened", TrunkFull = "trunk_full",
    InvalidNumber = "invalid_number", Congestion = "congestion", DeadAir = "dead_air",
} }
names! { outbound_result outbound_result_from_name OutboundResult {
    Answered = "answered", Busy = "busy", NoAnswer = "no_answer", Declined = "declined", Unreachable = "unreachable",
    Cancelled = "cancelled", AgentUnavailable = "agent_unavailable", NodeRestarted = "node_restarted",
    InternalFault = "internal_fault", InvalidNumber = "invalid_number", Congestion = "congestion", Failed = "failed",
} }
names! { evidence evidence_from_name Evidence { Cause = "cause", Tone = "tone", Silence = "silence" } }
names! { task_kind task_kind_from_name TaskKind { Voicemail = "voicemail", Callback = "callback" } }
names! { task_state task_state_from_name TaskState { Open = "open", Assigned = "assigned", Done = "done" } }
names! { task_result task_result_from_name TaskResult {
    Reached = "reached", NotReached = "not_reached", NothingToDo = "nothing_to_do",
} }
names! { voicemail_cause voicemail_cause_from_name VoicemailCause {
    Flow = "flow", Closed = "closed", QueueFull = "queue_full", WaitTimeout = "wait_timeout", Key = "key",
} }
names! { tracks tracks_from_name Tracks { Heard = "heard", Customer = "customer" } }
names! { erasure_cause erasure_cause_from_name ErasureCause { Retention = "retention", Request = "request" } }
names! { recording_fault recording_fault_from_name RecordingFault {
    NoKey = "no_key", Lost = "lost", DiskFailed = "disk_failed", Unreadable = "unreadable",
} }
