//! Intervals: how they are rated, kept and told of.

use super::*;

const GOOD: u64 = 500;

/// Goes on from `standing` by an interval in which so many of five hundred packets got lost, each by itself.
fn after(standing: Standing, lost: u64) -> Standing {
    Standing {
        received: standing.received + GOOD - lost,
        lost: standing.lost + lost,
        gaps: standing.gaps + lost,
        packet_ms: 20,
        ..standing
    }
}

fn at(interval: u64) -> Mono {
    Mono(0) + INTERVAL * interval as u32
}

fn run(course: &mut Course, losses: &[u64]) -> Vec<Turn> {
    let mut standing = course.before;
    let turns = losses.iter().enumerate().map(|(n, lost)| {
        standing = after(standing, *lost);
        course.turn(at(n as u64 + 1), standing)
    });
    turns.collect()
}

#[test]
fn an_interval_is_over_after_ten_seconds_and_none_before_sound_can_flow() {
    let mut course = Course::default();
    assert!(!course.is_due(at(9)));
    course.begin(at(0));
    course.begin(at(5));
    assert!(!course.is_due(Mono(at(1).0 - 1)) && course.is_due(at(1)));
    run(&mut course, &[0]);
    assert!(!course.is_due(at(1)) && course.is_due(at(2)));
}

#[test]
fn a_clean_leg_is_rated_by_its_delay_alone() {
    let mut course = Course::default();
    let turns = run(&mut course, &[0, 0, 0]);
    // 60 ms of buffer and packet: a rating of 91.5.
    assert_eq!(turns, [Turn { mos_hundredths: Some(437), fell: false, rose: false }; 3]);
    assert_eq!(course.scores(), (Some(437), Some(437)));
}

#[test]
fn a_bad_interval_is_told_once_until_the_leg_is_good_again() {
    let mut course = Course::default();
    // 10 % and 8 % are bad, 6 % is between, nothing is good.
    let turns = run(&mut course, &[0, 50, 40, 30, 0, 30, 50]);
    let fell: Vec<bool> = turns.iter().map(|turn| turn.fell).collect();
    assert_eq!(fell, [false, true, false, false, false, false, true]);
    assert!(course.is_bad());
    assert_eq!(course.scores().1, turns[1].mos_hundredths);
    assert!(course.scores().0 > course.scores().1);
}

#[test]
fn too_few_packets_are_no_talk() {
    let mut course = Course::default();
    let standing = Standing { received: 30, lost: 19, gaps: 1, packet_ms: 20, ..Standing::default() };
    assert_eq!(course.turn(at(1), standing), Turn { mos_hundredths: None, fell: false, rose: false });
    assert_eq!(course.turn(at(2), standing), Turn { mos_hundredths: None, fell: false, rose: false });
    assert_eq!(course.scores(), (None, None));
    assert_eq!(course.samples().0[0].lost, 19);
}

#[test]
fn loss_in_a_row_is_worse_than_one_by_one() {
    let mut scattered = Course::default();
    let mut together = Course::default();
    let standing = after(Standing::default(), 25);
    let one_by_one = scattered.turn(at(1), standing);
    let in_a_row = together.turn(at(1), Standing { gaps: 2, ..standing });
    assert!(in_a_row.mos_hundredths < one_by_one.mos_hundredths);
}

#[test]
fn the_worse_direction_is_the_legs() {
    let mut course = Course::default();
    let heard = |sent, lost| Some(Heard { sent, lost, jitter_us: 0 });
    let first = Standing { heard: heard(500, 50), ..after(Standing::default(), 0) };
    let bad = course.turn(at(1), first);
    assert!(bad.fell);
    // No report in this interval: only what we hear counts.
    let silent = course.turn(at(2), after(first, 0));
    assert_eq!(silent.mos_hundredths, Some(437));
    let (samples, _) = course.samples();
    assert_eq!((samples[0].peer_expected, samples[0].peer_lost, samples[1].peer_expected), (500, 50, 0));
}

#[test]
fn a_long_way_and_an_uneven_one_cost_delay() {
    let rated = |round_trip_ms: u32, jitter_ms: u32| {
        let round_trip_us = Some(round_trip_ms * 1_000);
        let standing = Standing { round_trip_us, jitter_us: jitter_ms * 1_000, ..after(Standing::default(), 0) };
        Course::default().turn(at(1), standing).mos_hundredths.unwrap()
    };
    assert!(rated(600, 0) < rated(300, 0) && rated(300, 0) < rated(0, 0));
    assert!(rated(0, 60) < rated(0, 30) && rated(0, 30) < rated(0, 10));
    assert_eq!((rated(0, 10), rated(0, 80)), (rated(0, 0), rated(0, 5_000)));
}

#[test]
fn a_call_of_any_length_is_there_as_a_whole() {
    let mut course = Course::default();
    let count = SAMPLES_MAX * 5 + 3;
    let losses: Vec<u64> = (0..count).map(|n| if n == 700 { 100 } else { 0 }).collect();
    run(&mut course, &losses);
    let (samples, each) = course.samples();
    assert_eq!(each, INTERVAL * 8);
    assert_eq!(samples.len(), count.div_ceil(8));
    assert_eq!(samples.iter().map(|sample| u64::from(sample.expected)).sum::<u64>(), count as u64 * GOOD);
    let worst: Vec<usize> = (0..samples.len()).filter(|n| samples[*n].lost > 0).collect();
    assert_eq!(worst, [700 / 8]);
    assert_eq!(samples[700 / 8].mos_hundredths, course.scores().1);
}

#[test]
fn no_count_makes_it_panic() {
    let mut course = Course::default();
    let most = Standing {
        received: u64::MAX,
        lost: u64::MAX,
        gaps: u64::MAX,
        jitter_us: u32::MAX,
        heard: Some(Heard { sent: u64::MAX, lost: u64::MAX, jitter_us: u32::MAX }),
        round_trip_us: Some(u32::MAX),
        packet_ms: u8::MAX,
    };
    for (n, standing) in [most, Standing::default(), most].into_iter().enumerate() {
        let score = course.turn(at(n as u64), standing).mos_hundredths;
        assert!(score.is_none_or(|score| (100..=450).contains(&score)));
    }
}
