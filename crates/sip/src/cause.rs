//! The table between causes, SIP codes and reasons.

use domain::{Cause, EndReason, EndedBy};

/// How a leg that was not answered is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// SIP status code.
    pub code: u16,
    /// Seconds to wait before another attempt, where the code asks for it.
    pub retry_after_s: Option<u32>,
    /// What is reported in `Ended`.
    pub reason: EndReason,
}

/// How an answered leg is hung up: the Reason header of our BYE (RFC 3326) and what is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HangUp {
    /// Q.850 cause value.
    pub q850: u8,
    /// What is reported in `Ended`.
    pub reason: EndReason,
}

/// Seconds a peer is asked to wait when the centre as a whole is at a limit.
const OVERLOAD_RETRY_AFTER_S: u32 = 5;

/// The row of a cause for a leg before its answer.
pub const fn refusal_of(cause: Cause) -> Refusal {
    let (code, reason) = match cause {
        Cause::Normal | Cause::Moved => (480, EndReason::HungUp),
        Cause::UnknownNumber => (404, EndReason::UnknownNumber),
        Cause::Forbidden => (403, EndReason::Forbidden),
        Cause::NotAcceptable => (488, EndReason::NoCodec),
        Cause::Overload => (503, EndReason::Overload),
        Cause::Busy => (486, EndReason::Busy),
        Cause::Declined => (603, EndReason::Declined),
        Cause::Unavailable => (480, EndReason::NoAnswer),
        Cause::InternalFault => (500, EndReason::InternalFault),
    };
    let retry_after_s = if code == 503 { Some(OVERLOAD_RETRY_AFTER_S) } else { None };
    Refusal { code, retry_after_s, reason }
}

/// The row of a cause for a leg after its answer.
pub const fn hang_up_of(cause: Cause) -> HangUp {
    let (q850, reason) = match cause {
        Cause::Normal | Cause::Moved => (16, EndReason::HungUp),
        Cause::UnknownNumber => (1, EndReason::UnknownNumber),
        Cause::Forbidden => (21, EndReason::Forbidden),
        Cause::NotAcceptable => (88, EndReason::NoCodec),
        Cause::Overload => (42, EndReason::Overload),
        Cause::Busy => (17, EndReason::Busy),
        Cause::Declined => (21, EndReason::Declined),
        Cause::Unavailable => (19, EndReason::NoAnswer),
        Cause::InternalFault => (41, EndReason::InternalFault),
    };
    HangUp { q850, reason }
}

/// Who ended it and how, when the peer sent BYE with this Q.850 cause in its Reason header.
///
/// Only causes that say the network failed count as such; everything else is the customer hanging up.
pub const fn peer_ending(q850: Option<u16>) -> (EndedBy, EndReason) {
    match q850 {
        // 27 out of order, 34 no circuit, 38 network out of order, 41 temporary failure, 42 congestion, 44 channel, 47 resource.
        Some(27 | 34 | 38 | 41 | 42 | 44 | 47) => (EndedBy::Network, EndReason::Unreachable),
        // 102 recovery on timer expiry: a session or signalling timer of the carrier.
        Some(102) => (EndedBy::Network, EndReason::Timeout),
        Some(_) | None => (EndedBy::Customer, EndReason::HungUp),
    }
}

/// The phrase of a status code we send.
pub(crate) const fn phrase(code: u16) -> &'static str {
    match code {
        100 => "Trying",
        180 => "Ringing",
        183 => "Session Progress",
        200 => "OK",
        202 => "Accepted",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        415 => "Unsupported Media Type",
        416 => "Unsupported URI Scheme",
        420 => "Bad Extension",
        422 => "Session Interval Too Small",
        423 => "Interval Too Brief",
        480 => "Temporarily Unavailable",
        481 => "Call/Transaction Does Not Exist",
        482 => "Loop Detected",
        486 => "Busy Here",
        487 => "Request Terminated",
        488 => "Not Acceptable Here",
        491 => "Request Pending",
        503 => "Service Unavailable",
        505 => "Version Not Supported",
        513 => "Message Too Large",
        603 => "Decline",
        _ => "Server Internal Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_its_code_and_reason() {
        let rows = [
            (Cause::Normal, 480, None, EndReason::HungUp, 16, EndReason::HungUp),
            (Cause::UnknownNumber, 404, None, EndReason::UnknownNumber, 1, EndReason::UnknownNumber),
            (Cause::Forbidden, 403, None, EndReason::Forbidden, 21, EndReason::Forbidden),
            (Cause::NotAcceptable, 488, None, EndReason::NoCodec, 88, EndReason::NoCodec),
            (Cause::Overload, 503, Some(5), EndReason::Overload, 42, EndReason::Overload),
            (Cause::Busy, 486, None, EndReason::Busy, 17, EndReason::Busy),
            (Cause::Declined, 603, None, EndReason::Declined, 21, EndReason::Declined),
            (Cause::Unavailable, 480, None, EndReason::NoAnswer, 19, EndReason::NoAnswer),
            (Cause::InternalFault, 500, None, EndReason::InternalFault, 41, EndReason::InternalFault),
        ];
        for (cause, code, retry_after_s, refused, q850, hung_up) in rows {
            assert_eq!(refusal_of(cause), Refusal { code, retry_after_s, reason: refused }, "{cause:?}");
            assert_eq!(hang_up_of(cause), HangUp { q850, reason: hung_up }, "{cause:?}");
            assert_ne!(phrase(code), "", "{cause:?}");
        }
    }

    #[test]
    fn only_failures_of_the_network_are_put_down_to_it() {
        let customer = (EndedBy::Customer, EndReason::HungUp);
        let network = (EndedBy::Network, EndReason::Unreachable);
        let rows = [
            (None, customer),
            (Some(16), customer),
            (Some(31), customer),
            (Some(17), customer),
            (Some(27), network),
            (Some(34), network),
            (Some(38), network),
            (Some(41), network),
            (Some(42), network),
            (Some(44), network),
            (Some(47), network),
            (Some(102), (EndedBy::Network, EndReason::Timeout)),
        ];
        for (q850, expected) in rows {
            assert_eq!(peer_ending(q850), expected, "{q850:?}");
        }
    }
}
