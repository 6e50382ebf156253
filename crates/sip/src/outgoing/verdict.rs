//! What a refused or unanswered INVITE means.

use domain::{ClearingCause, EndReason, EndedBy, OutboundResult};

use crate::clearing::result_of;

/// How one fork ended without an answer. The greater one tells more about the whole call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// Nothing came back, or the way there is closed.
    Silent,
    /// Refused for a reason that says nothing about the person: the network failed.
    Network(Refused),
    /// Refused about the call or its target.
    Refused(Refused),
    /// 486: somebody is there and talks.
    Busy(Refused),
    /// 6xx: for all of the callee's devices.
    Global(Refused),
}

/// A final response that is no 2xx.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Refused {
    code: u16,
    q850: Option<u8>,
    /// It rang before.
    rang: bool,
}

impl Verdict {
    /// Of a final response that is no 2xx, with its Q.850 cause.
    pub(crate) fn of(code: u16, q850: Option<u8>, rang: bool) -> Verdict {
        let refused = Refused { code, q850, rang };
        match code {
            486 => Verdict::Busy(refused),
            600.. => Verdict::Global(refused),
            500..600 => Verdict::Network(refused),
            _ => Verdict::Refused(refused),
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

    /// What the network said.
    pub(crate) fn cause(self) -> Option<ClearingCause> {
        let Refused { code: status, q850, .. } = self.refused()?;
        Some(ClearingCause { status, q850 })
    }

    fn refused(self) -> Option<Refused> {
        match self {
            Verdict::Silent => None,
            Verdict::Network(refused)
            | Verdict::Refused(refused)
            | Verdict::Busy(refused)
            | Verdict::Global(refused) => Some(refused),
        }
    }

    /// Who ended the call and how; `Customer` stands for the peer.
    pub(crate) fn ending(self) -> (EndedBy, EndReason) {
        let peer = EndedBy::Customer;
        let (Some(cause), Some(refused)) = (self.cause(), self.refused()) else {
            return (EndedBy::Network, EndReason::Unreachable);
        };
        let result = result_of(cause, refused.rang);
        if result == OutboundResult::NoAnswer {
            return (peer, EndReason::NoAnswer);
        }
        let failed = match refused.code {
            // A challenge we have no answer for, a barred number.
            401 | 402 | 403 | 407 => (EndedBy::Network, EndReason::Forbidden),
            406 | 415 | 488 | 606 => (EndedBy::System, EndReason::NoCodec),
            _ => (EndedBy::Network, EndReason::ProtocolError),
        };
        result.ending().filter(|_| result != OutboundResult::Failed).unwrap_or(failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: u16) -> Verdict {
        Verdict::of(code, None, false)
    }

    #[test]
    fn every_refusal_has_its_reason() {
        let rows = [
            (302, EndReason::Declined),
            (400, EndReason::ProtocolError),
            (401, EndReason::Forbidden),
            (403, EndReason::Forbidden),
            (404, EndReason::InvalidNumber),
            (408, EndReason::Unreachable),
            (480, EndReason::Unreachable),
            (484, EndReason::InvalidNumber),
            (486, EndReason::Busy),
            (488, EndReason::NoCodec),
            (503, EndReason::Congestion),
            (600, EndReason::Busy),
            (603, EndReason::Declined),
            (604, EndReason::InvalidNumber),
        ];
        for (code, reason) in rows {
            assert_eq!(of(code).ending().1, reason, "{code}");
        }
        assert_eq!(Verdict::of(480, None, true).ending().1, EndReason::NoAnswer);
        assert_eq!(Verdict::of(480, Some(1), true).ending().1, EndReason::InvalidNumber);
        assert_eq!(Verdict::Silent.ending(), (EndedBy::Network, EndReason::Unreachable));
        assert_eq!(Verdict::of(404, Some(1), false).cause(), Some(ClearingCause { status: 404, q850: Some(1) }));
        assert!(of(603) > of(486) && of(486) > of(480));
        assert!(of(480) > of(503) && of(503) > Verdict::Silent);
        for (code, another_way) in [(500, true), (503, true), (504, true), (408, false), (486, false), (603, false)] {
            assert_eq!(of(code).is_of_the_way(), another_way, "{code}");
        }
    }
}
