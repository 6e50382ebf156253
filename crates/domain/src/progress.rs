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

impl ClearingCause {
    /// Whether the line failed, and not whoever is called: another carrier may do. A Q.850 cause that speaks of the person called counts more
    /// than the status. 401, 402, 403, 407: the carrier does not let us in, or not there.
    pub const fn is_of_line(self) -> bool {
        match self.q850 {
            // 3 no route; 34 no circuit, 38 network out of order, 41 temporary failure, 42 switching equipment, 43, 44, 46, 47 resources.
            Some(3 | 34 | 38 | 41..=44 | 46 | 47) => return true,
            // 1, 5, 22, 28 the number; 4, 17 to 21, 27 the person called; 88 what they can do.
            Some(1 | 4 | 5 | 17..=22 | 27 | 28 | 88) => return false,
            Some(_) | None => {}
        }
        matches!(self.status, 401..=403 | 407 | 408 | 500..=599)
    }
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

#[cfg(test)]
mod tests {
    use super::ClearingCause;

    #[test]
    fn a_line_fails_for_other_reasons_than_a_person() {
        let is_of_line = |status, q850| ClearingCause { status, q850 }.is_of_line();
        for status in [401, 402, 403, 407, 408, 500, 502, 503, 504] {
            assert!(is_of_line(status, None), "{status}");
        }
        for status in [302, 400, 404, 410, 480, 484, 486, 487, 488, 600, 603, 604] {
            assert!(!is_of_line(status, None), "{status}");
        }
        for (status, q850) in [(480, 34), (404, 3), (486, 47), (503, 41), (503, 16)] {
            assert!(is_of_line(status, Some(q850)), "{status} {q850}");
        }
        for (status, q850) in [(503, 17), (403, 21), (503, 28), (408, 18), (500, 19), (503, 88), (480, 16)] {
            assert!(!is_of_line(status, Some(q850)), "{status} {q850}");
        }
    }
}
