//! Places in turn: a dead one, one that cannot, one that answers late (RFC 3263 §4.3). The floor sees one leg.

use super::*;

pub(super) fn answered(bench: &Bench) -> usize {
    bench.events.iter().filter(|event| matches!(event, SipEvent::Answered { .. })).count()
}

/// When the first INVITE went to each place, in milliseconds.
pub(super) fn begun(bench: &Bench) -> Vec<(Hop, u64)> {
    let mut begun: Vec<(Hop, u64)> = Vec::new();
    for (at, to, text) in &bench.sent {
        if text.starts_with("INVITE ") && begun.iter().all(|(hop, _)| hop != to) {
            begun.push((*to, *at));
        }
    }
    begun
}

#[test]
fn a_dead_place_is_left_after_two_seconds_and_the_next_has_the_call() {
    let mut bench = Bench::in_turn(3);
    bench.pass(3 * SECOND);
    assert_eq!(begun(&bench), [(hop(0), 0), (hop(1), 2_000)]);
    let call_id = |text: String| text.lines().find(|line| line.starts_with("Call-ID")).unwrap().to_owned();
    assert_ne!(call_id(bench.last("INVITE", 0)), call_id(bench.last("INVITE", 1)));
    bench.answer(1, "INVITE", 180, "", "");
    bench.answer(1, "INVITE", 200, "", SDP);
    bench.pass(60 * SECOND);
    assert_eq!((begun(&bench).len(), answered(&bench)), (2, 1));
    let to_the_dead = bench.sent.iter().filter(|(_, to, _)| *to == hop(0)).count();
    assert_eq!(to_the_dead, 3, "at 0, 500 and 1,500 ms, and no more once it is left");
    assert_eq!(bench.events[0], SipEvent::Progress { leg: LegId(1), progress: Progress::Ringing });
    bench.input(LegInput::Hangup(Cause::Normal));
    bench.answer(1, "BYE", 200, "", "");
    bench.is_forgotten();
}

#[test]
fn a_place_that_cannot_is_left_at_once_and_one_that_will_not_is_not() {
    for (code, goes_on) in
        [(500, true), (503, true), (504, true), (404, false), (408, false), (486, false), (603, false)]
    {
        let mut bench = Bench::in_turn(2);
        bench.answer(0, "INVITE", 100, "", "");
        bench.answer(0, "INVITE", code, "", "");
        assert_eq!(begun(&bench).len(), if goes_on { 2 } else { 1 }, "{code}");
        assert_eq!(bench.ended().is_empty(), goes_on, "{code}");
        assert!(bench.last("ACK", 0).contains("CSeq: 1 ACK"), "{code}");
        if goes_on {
            bench.answer(1, "INVITE", 200, "", SDP);
            assert_eq!(answered(&bench), 1, "{code}");
            bench.input(LegInput::Hangup(Cause::Normal));
        }
        bench.is_forgotten();
    }
}

#[test]
fn the_last_place_may_be_silent_for_four_seconds_and_the_most_telling_refusal_is_the_end() {
    for (count, last) in [(1, 0), (2, 2)] {
        let mut bench = Bench::in_turn(count);
        bench.pass((last + 4) * SECOND - Duration::from_millis(1));
        assert_eq!(bench.ended(), [], "{count}");
        bench.pass(Duration::from_millis(1));
        assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Unreachable)], "{count}");
        assert!(bench.lessons.contains(&(hop(count - 1), Lesson::Silent)), "{count}");
        let copies = bench.sent.iter().filter(|(_, to, _)| *to == hop(count - 1)).count();
        bench.is_forgotten();
        assert_eq!(bench.sent.iter().filter(|(_, to, _)| *to == hop(count - 1)).count(), copies, "no more copies");
    }
    let mut bench = Bench::in_turn(1);
    bench.answer(0, "INVITE", 100, "", "");
    bench.pass(60 * SECOND);
    assert_eq!(bench.ended(), [], "who said 100 has its time");
    bench.input(LegInput::Hangup(Cause::Normal));
    bench.is_forgotten();
    let mut bench = Bench::in_turn(2);
    bench.answer(0, "INVITE", 503, "", "");
    bench.pass(4 * SECOND);
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Congestion)]);
    bench.is_forgotten();
    let mut bench = Bench::in_turn(2);
    bench.answer(0, "INVITE", 503, "", "");
    bench.answer(1, "INVITE", 404, "", "");
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::InvalidNumber)]);
    bench.is_forgotten();
}

#[test]
fn a_place_that_answers_after_it_was_left_is_hung_up() {
    for (is_up, code) in [(false, 200), (true, 200), (false, 486), (false, 503), (false, 603)] {
        let mut bench = Bench::in_turn(2);
        bench.pass(2 * SECOND);
        let late = bench.last("INVITE", 0);
        if is_up {
            bench.answer(1, "INVITE", 200, "", SDP);
        }
        bench.said();
        bench.answer_to(&late, hop(0), 0, code, "", if code == 200 { SDP } else { "" });
        let said: Vec<String> = bench.said().into_iter().map(|(_, line)| line).collect();
        let expected: &[&str] = if code == 200 { &["ACK", "BYE"] } else { &["ACK"] };
        assert_eq!(said, expected, "{code}");
        assert_eq!((answered(&bench), bench.ended().len()), (usize::from(is_up), 0), "{code}");
        if !is_up {
            bench.pass(SECOND / 2);
            bench.answer(1, "INVITE", 200, "", SDP);
            assert_eq!(answered(&bench), 1, "{code}");
        }
        bench.input(LegInput::Hangup(Cause::Normal));
        bench.is_forgotten();
    }
}

#[test]
fn a_place_that_wakes_up_late_is_cancelled() {
    let mut bench = Bench::in_turn(2);
    bench.pass(2 * SECOND);
    let (late, second) = (bench.last("INVITE", 0), bench.last("INVITE", 1));
    bench.said();
    bench.answer_to(&late, hop(0), 0, 183, "", SDP);
    let cancel = bench.last("CANCEL", 0);
    assert_eq!(bench.said(), [(2_000, "CANCEL".to_owned())]);
    assert_eq!(bench.events, [], "its sound is nobody's");
    bench.answer_to(&late, hop(0), 0, 487, "", "");
    bench.answer_to(&cancel, hop(0), 0, 200, "", "");
    bench.answer_to(&second, hop(1), 1, 486, "", "");
    assert_eq!(bench.ended(), [(EndedBy::Agent, EndReason::Busy)]);
    bench.is_forgotten();
}

#[test]
fn nobody_is_rung_twice() {
    let mut bench = Bench::in_turn(2);
    bench.answer(0, "INVITE", 180, "", "");
    bench.pass(10 * SECOND);
    bench.answer(0, "INVITE", 503, "", "");
    assert_eq!(begun(&bench).len(), 1);
    assert_eq!(bench.ended(), [(EndedBy::Network, EndReason::Congestion)]);
    bench.is_forgotten();
}

#[test]
fn a_closed_way_is_left_at_once_and_a_hang_up_leaves_no_place_to_try() {
    let mut bench = Bench::in_turn(3);
    bench.input(LegInput::Unreached(hop(0)));
    assert_eq!(begun(&bench), [(hop(0), 0), (hop(1), 0)]);
    bench.input(LegInput::Hangup(Cause::Normal));
    assert_eq!(bench.ended().len(), 1);
    bench.pass(20 * SECOND);
    assert_eq!(begun(&bench).len(), 2);
    bench.is_forgotten();
}
