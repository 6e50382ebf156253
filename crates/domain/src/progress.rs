//! How a call of ours is known to have come to nothing: what the network said, what it played, or that it played nothing.

use crate::OutboundResult;

/// How the result of a call is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KnownBy {
    /// The network refused the call and said why.
    Cause(ClearingCause),
    /// It played a tone.
    Tone(CallTone),
    /// It played nothing at all.
    Silence,
}

/// The same without what exactly was said or played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// What the network said.
    Cause,
    /// A tone it played.
    Tone,
    /// That nothing was heard.
    Silence,
}

impl KnownBy {
    /// Of which kind it is.
    pub const fn evidence(self) -> Evidence {
        match self {
            KnownBy::Cause(_) => Evidence::Cause,
            KnownBy::Tone(_) => Evidence::Tone,
            KnownBy::Silence => Evidence::Silence,
        }
    }
}

/// What the network said when it refused a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ClearingCause {
    /// The status code of the refusal, 300–699 (RFC 3261 §21).
    pub status: u16,
    /// The Q.850 cause value beside it, 1–127 (RFC 3326, RFC 6432).
    pub q850: Option<u8>,
}

/// A tone a network plays to whoever calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CallTone {
    /// Go on dialling.
    Dial,
    /// It rings there.
    Ringback,
    /// The line is busy.
    Busy,
    /// The network is.
    Congestion,
    /// There is no such number.
    Unobtainable,
    /// The number cannot be reached for another reason, which an announcement often says.
    Information,
}

impl CallTone {
    /// What a call has come to in which it is heard; `None` when the call goes on.
    pub const fn result(self) -> Option<OutboundResult> {
        match self {
            CallTone::Dial | CallTone::Ringback => None,
            CallTone::Busy => Some(OutboundResult::Busy),
            CallTone::Congestion => Some(OutboundResult::Congestion),
            CallTone::Unobtainable => Some(OutboundResult::InvalidNumber),
            CallTone::Information => Some(OutboundResult::Unreachable),
        }
    }
}
