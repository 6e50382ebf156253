//! How long the session of a call of ours may live (RFC 4028).

use super::*;

#[test]
fn our_invite_offers_a_timer_and_lengthens_it_once() {
    let mut bench = Bench::to(1);
    let invite = bench.last("INVITE", 0);
    assert!(invite.contains("Supported: timer\r\nSession-Expires: 1800\r\nMin-SE: 90\r\n"), "{invite}");
    bench.answer(0, "INVITE", 422, "Min-SE: 3600\r\n", "");
    assert!(bench.last("INVITE", 0).contains("Session-Expires: 3600\r\n"));
    bench.answer(0, "INVITE", 422, "Min-SE: 7200\r\n", "");
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::ProtocolError)]);
    bench.is_forgotten();
}

#[test]
fn a_call_of_ours_is_refreshed_until_nobody_answers() {
    let mut bench = Bench::to(1);
    bench.answer(0, "INVITE", 200, "Require: timer\r\nSession-Expires: 90;refresher=uac\r\nAllow: UPDATE\r\n", SDP);
    for _ in 0..3 {
        bench.pass(46 * SECOND);
        bench.answer(0, "UPDATE", 200, "Session-Expires: 90;refresher=uac\r\n", "");
    }
    assert_eq!(bench.ended(), []);
    bench.pass(90 * SECOND);
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Timeout)]);
    bench.is_forgotten();
}
