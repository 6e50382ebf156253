//! Numbers, names and subjects of the events.

use super::*;

macro_rules! catalogue {
    ($($number:literal $name:ident $doc:literal;)+) => {
        impl Event {
            /// The stable number of the variant.
            pub const fn number(&self) -> u16 {
                match self { $(Event::$name { .. } => $number,)+ }
            }
            /// The stable name of the variant.
            pub const fn name(&self) -> &'static str {
                match self { $(Event::$name { .. } => stringify!($name),)+ }
            }
            /// Number, name and sentence of every variant, for `docs/generated/events.md`.
            pub const CATALOGUE: &'static [(u16, &'static str, &'static str)] = &[$(($number, stringify!($name), $doc),)+];
        }
    };
}

catalogue! {
    1 ConversationStarted "A conversation began.";
    2 CustomerIdentified "The customer behind it was found.";
    3 ConversationEnded "Everybody is done.";
    10 LegJoined "A device joined the conversation.";
    11 LegAnswered "A leg was answered.";
    12 LegLeft "A device left the conversation.";
    13 PeerHeld "The far end put us on hold, or took us back.";
    20 FlowNodeEntered "The customer came to a node of a flow.";
    21 FlowNodeLeft "The customer left a node of a flow.";
    22 HoursChecked "Opening hours were asked.";
    30 Queued "The customer joined a queue.";
    31 LeftQueue "The customer left the queue for good.";
    32 AgentOffered "An agent's desk rings.";
    33 OfferEnded "An offer is over.";
    34 PlaceKept "The line was lost; the place in the queue is kept for a redial.";
    35 PlaceResumed "The customer called again and has the place in the queue back.";
    36 OutboundStarted "An agent began to call somebody.";
    37 OutboundRinging "The far side rings.";
    38 OutboundEnded "The attempt is over: answered, or not.";
    40 HandlingStarted "An agent talks to the customer.";
    41 HandlingHeld "The customer hears music.";
    42 HandlingResumed "Talk again.";
    43 HandlingMuted "The agent's outgoing audio was cut or restored.";
    44 HandlingEnded "Talk is over.";
    45 WrapUpStarted "After-call work began.";
    46 WrapUpFinished "After-call work is over.";
    47 HandlingDisposed "An outcome was recorded.";
    48 TransferStarted "An agent hands the customer over, or asks somebody first.";
    49 TransferEnded "A transfer is over.";
    50 RecordingStarted "The conversation is recorded from here on.";
    51 RecordingPaused "Nothing is kept until it is resumed or over.";
    52 RecordingResumed "Sound is kept again.";
    53 RecordingGap "A stretch that should have been kept is missing.";
    54 RecordingSealed "The recording is whole on disk and will not change.";
    55 RecordingFailed "The recording cannot be heard.";
    56 TransferJoined "Customer, agent and whoever was asked talk with each other.";
    57 Supervised "A supervisor began to hear a talk, takes part in another way, or is done.";
    60 AgentSignedIn "An agent began work, not ready.";
    61 AgentReady "An agent takes offers.";
    62 AgentNotReady "An agent takes none.";
    63 AgentSignedOut "An agent ended work.";
    64 AgentDeviceChanged "An agent's device came or went.";
    65 AgentTelephoneChanged "An agent works with another phone from now on.";
    70 VoicemailLeft "The customer left a message, and a task for whoever listens to it.";
    71 Screened "A caller was kept out, or let in against what else is said of them.";
    72 VipRecognised "The caller goes before others in every queue.";
    81 OutboundStopped "Too many different numbers were called: calls are stopped until a person releases them.";
    82 OutboundReleased "A person let stopped calls go on.";
    83 TrunkFull "A call from a carrier found no channel and was told busy.";
    84 ConsentGiven "The customer agreed to be recorded.";
    85 ConsentRefused "The customer refused to be recorded: nothing is kept from here on.";
    86 RecordingSwitched "The recording was started or stopped by hand.";
    87 RecordingRuled "What is kept from here on follows another rule.";
    88 RecordingErased "The recording was erased: its key is destroyed and its sound removed.";
    89 EarlyMediaStarted "The caller hears prompts and music and has not been answered: they do not pay yet.";
    90 FloorStarted "The node started and owns the partition.";
    91 OutboundRecognised "An answered call turned out to have come to something else.";
    92 DeadAirFound "Nothing has been heard of a caller since the answer.";
    94 LegDegraded "The sound of a leg became bad, or good again.";
    95 LegRated "How a leg that left sounded, in sum.";
    96 ConferenceChanged "Somebody in a conference was muted, leads it, or left it.";
    97 MobileCalled "The number outside that an agent works with is called for them.";
    98 MobileEnded "A call to the number outside that an agent works with is over, or was not allowed.";
    99 OutboundRerouted "A trunk failed before anybody was rung, and the call goes on through the next one.";
}

impl Event {
    /// The conversation the event belongs to, if any.
    pub const fn conversation(&self) -> Option<ConversationId> {
        match self {
            Event::ConversationStarted { conversation, .. }
            | Event::CustomerIdentified { conversation, .. }
            | Event::ConversationEnded { conversation, .. }
            | Event::LegJoined { conversation, .. }
            | Event::LegAnswered { conversation, .. }
            | Event::EarlyMediaStarted { conversation, .. }
            | Event::LegLeft { conversation, .. }
            | Event::LegDegraded { conversation, .. }
            | Event::LegRated { conversation, .. }
            | Event::PeerHeld { conversation, .. }
            | Event::FlowNodeEntered { conversation, .. }
            | Event::FlowNodeLeft { conversation, .. }
            | Event::HoursChecked { conversation, .. }
            | Event::Queued { conversation, .. }
            | Event::LeftQueue { conversation, .. }
            | Event::AgentOffered { conversation, .. }
            | Event::OfferEnded { conversation, .. }
            | Event::PlaceKept { conversation, .. }
            | Event::PlaceResumed { conversation, .. }
            | Event::OutboundStarted { conversation, .. }
            | Event::OutboundRinging { conversation, .. }
            | Event::OutboundRerouted { conversation, .. }
            | Event::OutboundEnded { conversation, .. }
            | Event::OutboundRecognised { conversation, .. }
            | Event::DeadAirFound { conversation, .. }
            | Event::HandlingStarted { conversation, .. }
            | Event::HandlingHeld { conversation, .. }
            | Event::HandlingResumed { conversation, .. }
            | Event::HandlingMuted { conversation, .. }
            | Event::HandlingEnded { conversation, .. }
            | Event::WrapUpStarted { conversation, .. }
            | Event::WrapUpFinished { conversation, .. }
            | Event::HandlingDisposed { conversation, .. }
            | Event::TransferStarted { conversation, .. }
            | Event::TransferJoined { conversation, .. }
            | Event::TransferEnded { conversation, .. }
            | Event::ConferenceChanged { conversation, .. }
            | Event::Supervised { conversation, .. }
            | Event::Screened { conversation, .. }
            | Event::VipRecognised { conversation, .. }
            | Event::VoicemailLeft { conversation, .. }
            | Event::MobileCalled { conversation, .. }
            | Event::MobileEnded { conversation, .. }
            | Event::TrunkFull { conversation, .. } => Some(*conversation),
            Event::OutboundStopped { conversation, .. } => *conversation,
            Event::RecordingStarted { conversation, .. }
            | Event::RecordingPaused { conversation, .. }
            | Event::RecordingResumed { conversation, .. }
            | Event::RecordingGap { conversation, .. }
            | Event::RecordingSealed { conversation, .. }
            | Event::RecordingFailed { conversation, .. }
            | Event::ConsentGiven { conversation, .. }
            | Event::ConsentRefused { conversation, .. }
            | Event::RecordingSwitched { conversation, .. }
            | Event::RecordingRuled { conversation, .. }
            | Event::RecordingErased { conversation, .. } => Some(*conversation),
            Event::AgentSignedIn { .. }
            | Event::AgentReady { .. }
            | Event::AgentNotReady { .. }
            | Event::AgentSignedOut { .. }
            | Event::AgentDeviceChanged { .. }
            | Event::AgentTelephoneChanged { .. }
            | Event::OutboundReleased { .. }
            | Event::FloorStarted { .. } => None,
        }
    }

    /// The agent the event concerns, if any.
    pub const fn agent(&self) -> Option<AgentId> {
        match self {
            Event::LegJoined { agent, .. }
            | Event::RecordingPaused { agent, .. }
            | Event::RecordingResumed { agent, .. }
            | Event::ConsentGiven { agent, .. }
            | Event::ConsentRefused { agent, .. }
            | Event::RecordingSwitched { agent, .. } => *agent,
            Event::AgentOffered { agent, .. }
            | Event::OfferEnded { agent, .. }
            | Event::OutboundStarted { agent, .. }
            | Event::OutboundEnded { agent, .. }
            | Event::OutboundRecognised { agent, .. }
            | Event::HandlingStarted { agent, .. }
            | Event::HandlingHeld { agent, .. }
            | Event::HandlingResumed { agent, .. }
            | Event::HandlingMuted { agent, .. }
            | Event::HandlingEnded { agent, .. }
            | Event::WrapUpStarted { agent, .. }
            | Event::WrapUpFinished { agent, .. }
            | Event::HandlingDisposed { agent, .. }
            | Event::TransferStarted { agent, .. }
            | Event::Supervised { agent, .. }
            | Event::MobileCalled { agent, .. }
            | Event::MobileEnded { agent, .. }
            | Event::AgentSignedIn { agent }
            | Event::AgentReady { agent }
            | Event::AgentNotReady { agent, .. }
            | Event::AgentSignedOut { agent, .. }
            | Event::AgentDeviceChanged { agent, .. }
            | Event::AgentTelephoneChanged { agent, .. } => Some(*agent),
            Event::OutboundStopped { stopped, by, .. } | Event::OutboundReleased { stopped, by } => match stopped {
                Stopped::Agent(agent) => Some(*agent),
                Stopped::Rule(_) => Some(*by),
            },
            Event::ConversationStarted { .. }
            | Event::CustomerIdentified { .. }
            | Event::ConversationEnded { .. }
            | Event::LegAnswered { .. }
            | Event::EarlyMediaStarted { .. }
            | Event::LegLeft { .. }
            | Event::LegDegraded { .. }
            | Event::LegRated { .. }
            | Event::PeerHeld { .. }
            | Event::FlowNodeEntered { .. }
            | Event::FlowNodeLeft { .. }
            | Event::HoursChecked { .. }
            | Event::Queued { .. }
            | Event::LeftQueue { .. }
            | Event::PlaceKept { .. }
            | Event::PlaceResumed { .. }
            | Event::OutboundRinging { .. }
            | Event::OutboundRerouted { .. }
            | Event::TransferJoined { .. }
            | Event::TransferEnded { .. }
            | Event::ConferenceChanged { .. }
            | Event::VoicemailLeft { .. }
            | Event::Screened { .. }
            | Event::VipRecognised { .. }
            | Event::DeadAirFound { .. }
            | Event::RecordingStarted { .. }
            | Event::RecordingRuled { .. }
            | Event::RecordingGap { .. }
            | Event::RecordingSealed { .. }
            | Event::RecordingFailed { .. }
            | Event::RecordingErased { .. }
            | Event::TrunkFull { .. }
            | Event::FloorStarted { .. } => None,
        }
    }
}
