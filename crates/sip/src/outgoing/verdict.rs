//! What a refused or unanswered INVITE means.

use domain::{EndReason, EndedBy};

/// How one fork ended without an answer. The greater one tells more about the whole call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// Nothing came back, or the way there is closed.
    Silent,
    /// A status code of a class that says nothing about the person: the network failed.
    Network(u16),
    /// A status code about the call or its target.
    Refused(u16),
    /// 486: somebody is there and talks.
    Busy,
    /// 6xx: for all of the callee's devices.
    Global(u16),
}

impl Verdict {
    /// Of a final response that is no 2xx.
    pub(crate) fn of(code: u16) -> Verdict {
        match code {
            486 => Verdict::Busy,
            600.. => Verdict::Global(code),
            500..600 => Verdict::Network(code),
            _ => Verdict::Refused(code),
        }
    }

    /// Whether the other forks need not be waited for.
    pub(crate) fn is_global(self) -> bool {
        matches!(self, Verdict::Global(_))
    }

    /// Whether another way to the same callee may do better (RFC 3263 §4.3).
    pub(crate) fn is_of_the_way(self) -> bool {
        matches!(self, Verdict::Silent | Verdict::Network(_))
    }

    /// Who ended the call and how; `Customer` stands for the peer.
    pub(crate) fn ending(self) -> (EndedBy, EndReason) {
        let peer = EndedBy::Customer;
        match self {
            Verdict::Silent | Verdict::Network(_) => (EndedBy::Network, EndReason::Unreachable),
            Verdict::Busy | Verdict::Global(600) => (peer, EndReason::Busy),
            Verdict::Refused(code) | Verdict::Global(code) => match code {
                404 | 410 | 414 | 416 | 484 | 485 | 604 => (EndedBy::Network, EndReason::UnknownNumber),
                // A challenge we have no answer for, a barred number.
                401 | 402 | 403 | 407 => (EndedBy::Network, EndReason::Forbidden),
                406 | 415 | 488 | 606 => (EndedBy::System, EndReason::NoCodec),
                408 | 480 | 487 => (peer, EndReason::NoAnswer),
                // 3xx: a forwarding we do not follow (toll fraud would like us to).
                300..=399 | 603 | 607 | 608 => (peer, EndReason::Declined),
                _ => (EndedBy::Network, EndReason::ProtocolError),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_its_reason() {
        let rows = [
            (302, EndReason::Declined),
            (400, EndReason::ProtocolError),
            (401, EndReason::Forbidden),
            (403, EndReason::Forbidden),
            (404, EndReason::UnknownNumber),
            (408, EndReason::NoAnswer),
            (480, EndReason::NoAnswer),
            (484, EndReason::UnknownNumber),
            (486, EndReason::Busy),
            (488, EndReason::NoCodec),
            (503, EndReason::Unreachable),
            (600, EndReason::Busy),
            (603, EndReason::Declined),
            (604, EndReason::UnknownNumber),
        ];
        for (code, reason) in rows {
            assert_eq!(Verdict::of(code).ending().1, reason, "{code}");
        }
        assert!(Verdict::of(603) > Verdict::of(486) && Verdict::of(486) > Verdict::of(480));
        assert!(Verdict::of(480) > Verdict::of(503) && Verdict::of(503) > Verdict::Silent);
        for (code, another_way) in [(500, true), (503, true), (504, true), (408, false), (486, false), (603, false)] {
            assert_eq!(Verdict::of(code).is_of_the_way(), another_way, "{code}");
        }
    }
}
