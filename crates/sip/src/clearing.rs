//! What a call of ours has come to, by what the network said: the status code of the refusal (RFC 3261 §21) and the Q.850 cause beside it
//! (RFC 3326, RFC 6432).
//!
//! The cause comes first where it says something: it was written by the exchange that gave the call up, the status code by whichever gateway
//! translated it, which throws several causes together (RFC 3398 §8.2.6.1). Where a code stands for two things, a ring before it tells them
//! apart: who was rung did not answer, who was not could not be reached.

use domain::{ClearingCause, OutboundResult};

/// The result of a call that was refused so; `rang` says whether it rang before.
pub const fn result_of(cause: ClearingCause, rang: bool) -> OutboundResult {
    match of_q850(cause.q850, rang) {
        Some(result) => result,
        None => of_status(cause.status, rang),
    }
}

/// Q.850 §2.2.7; `None` for causes that say nothing about whoever was called.
const fn of_q850(cause: Option<u8>, rang: bool) -> Option<OutboundResult> {
    let result = match cause {
        // 1 unallocated, 5 misdialled prefix, 22 number changed, 28 address incomplete.
        Some(1 | 5 | 22 | 28) => OutboundResult::InvalidNumber,
        Some(17) => OutboundResult::Busy,
        // 19: the phone was rung.
        Some(19) => OutboundResult::NoAnswer,
        // 18: nothing came back from the phone, which mobile networks say when paging finds nobody.
        Some(18) if rang => OutboundResult::NoAnswer,
        // 3 no route, 4 special information tone, 18, 20 subscriber absent, 27 out of order.
        Some(3 | 4 | 18 | 20 | 27) => OutboundResult::Unreachable,
        Some(21) => OutboundResult::Declined,
        // 34 no circuit, 38 network out of order, 41 temporary failure, 42 switching equipment, 43, 44, 46, 47 resources.
        Some(34 | 38 | 41..=44 | 46 | 47) => OutboundResult::Congestion,
        // Services and bearers that are not there or not paid for, messages that were not understood.
        Some(2 | 8 | 9 | 25 | 29 | 50..=101) => OutboundResult::Failed,
        Some(_) | None => return None,
    };
    Some(result)
}

const fn of_status(status: u16, rang: bool) -> OutboundResult {
    match status {
        404 | 410 | 484 | 485 | 604 => OutboundResult::InvalidNumber,
        486 | 600 => OutboundResult::Busy,
        // 487: the far side's network took the call back, we did not.
        408 | 480 | 487 | 504 if rang => OutboundResult::NoAnswer,
        408 | 480 | 487 | 504 => OutboundResult::Unreachable,
        // 3xx: a forwarding we do not follow (toll fraud would like us to). 607, 608: RFC 8197, RFC 8688.
        300..=399 | 433 | 603 | 607 | 608 => OutboundResult::Declined,
        500 | 502 | 503 => OutboundResult::Congestion,
        _ => OutboundResult::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use OutboundResult::*;

    /// Status, cause, the result without a ring before it, and after one.
    const ROWS: &[(u16, Option<u8>, OutboundResult, OutboundResult)] = &[
        (302, None, Declined, Declined),
        (400, None, Failed, Failed),
        (401, None, Failed, Failed),
        (402, None, Failed, Failed),
        (403, None, Failed, Failed),
        (404, None, InvalidNumber, InvalidNumber),
        (405, None, Failed, Failed),
        (406, None, Failed, Failed),
        (407, None, Failed, Failed),
        (408, None, Unreachable, NoAnswer),
        (410, None, InvalidNumber, InvalidNumber),
        (415, None, Failed, Failed),
        (420, None, Failed, Failed),
        (433, None, Declined, Declined),
        (480, None, Unreachable, NoAnswer),
        (484, None, InvalidNumber, InvalidNumber),
        (485, None, InvalidNumber, InvalidNumber),
        (486, None, Busy, Busy),
        (487, None, Unreachable, NoAnswer),
        (488, None, Failed, Failed),
        (500, None, Congestion, Congestion),
        (501, None, Failed, Failed),
        (502, None, Congestion, Congestion),
        (503, None, Congestion, Congestion),
        (504, None, Unreachable, NoAnswer),
        (513, None, Failed, Failed),
        (600, None, Busy, Busy),
        (603, None, Declined, Declined),
        (604, None, InvalidNumber, InvalidNumber),
        (606, None, Failed, Failed),
        (607, None, Declined, Declined),
        (608, None, Declined, Declined),
        (404, Some(1), InvalidNumber, InvalidNumber),
        (480, Some(1), InvalidNumber, InvalidNumber),
        (404, Some(2), Failed, Failed),
        (404, Some(3), Unreachable, Unreachable),
        (480, Some(4), Unreachable, Unreachable),
        (484, Some(5), InvalidNumber, InvalidNumber),
        (480, Some(16), Unreachable, NoAnswer),
        (486, Some(16), Busy, Busy),
        (480, Some(17), Busy, Busy),
        (503, Some(17), Busy, Busy),
        (480, Some(18), Unreachable, NoAnswer),
        (408, Some(18), Unreachable, NoAnswer),
        (480, Some(19), NoAnswer, NoAnswer),
        (480, Some(20), Unreachable, Unreachable),
        (403, Some(21), Declined, Declined),
        (480, Some(21), Declined, Declined),
        (410, Some(22), InvalidNumber, InvalidNumber),
        (404, Some(26), InvalidNumber, InvalidNumber),
        (502, Some(27), Unreachable, Unreachable),
        (484, Some(28), InvalidNumber, InvalidNumber),
        (503, Some(28), InvalidNumber, InvalidNumber),
        (501, Some(29), Failed, Failed),
        (480, Some(31), Unreachable, NoAnswer),
        (503, Some(34), Congestion, Congestion),
        (480, Some(34), Congestion, Congestion),
        (503, Some(38), Congestion, Congestion),
        (503, Some(41), Congestion, Congestion),
        (503, Some(42), Congestion, Congestion),
        (486, Some(47), Congestion, Congestion),
        (403, Some(57), Failed, Failed),
        (488, Some(88), Failed, Failed),
        (504, Some(102), Unreachable, NoAnswer),
        (500, Some(111), Congestion, Congestion),
        (500, Some(127), Congestion, Congestion),
        (404, Some(127), InvalidNumber, InvalidNumber),
    ];

    #[test]
    fn every_refusal_has_its_result() {
        for &(status, q850, silent, rung) in ROWS {
            let cause = ClearingCause { status, q850 };
            assert_eq!(result_of(cause, false), silent, "{status} {q850:?} without a ring");
            assert_eq!(result_of(cause, true), rung, "{status} {q850:?} after a ring");
        }
    }
}
