//! When a mix takes its slots: just after its voices have come, so that the one that waits longest waits least. See docs/decisions/0134.

use std::time::Duration;

use crate::codec::{SLOT, SLOT_SAMPLES};
use crate::plane::TICK;

/// How much earlier than its slot the latest packet of a voice should come, samples: 5 ms, of which the buffer needs 3.
const LEAD_BEST: i64 = 40;
/// A gain below this is not worth moving (3 ms).
const GAIN_LEAST: i64 = 24;

/// By how much later slots are best taken; `leads` says of each voice how much earlier than its slot its latest packet comes, samples.
pub(crate) fn delay(leads: &[i64]) -> Duration {
    let wait = |step: u32| {
        let by = samples(step);
        leads.iter().map(|lead| (lead - LEAD_BEST + by).rem_euclid(SLOT_SAMPLES as i64)).max().unwrap_or(0)
    };
    let steps = 0..(SLOT.as_nanos() / TICK.as_nanos()) as u32;
    match steps.map(|step| (wait(step), step)).min() {
        Some((least, step)) if wait(0) - least >= GAIN_LEAST => TICK * step,
        Some(_) | None => Duration::ZERO,
    }
}

fn samples(steps: u32) -> i64 {
    i64::from(steps) * SLOT_SAMPLES as i64 * TICK.as_nanos() as i64 / SLOT.as_nanos() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: i64 = 8;

    /// How long the voices wait when slots are taken so much later, milliseconds.
    fn waits(leads_ms: &[i64], by: Duration) -> Vec<i64> {
        let by = by.as_millis() as i64;
        leads_ms.iter().map(|lead| (lead - 3 + by).rem_euclid(20) + 3).collect()
    }

    #[test]
    fn three_voices_wherever_they_come_wait_less_than_a_slot_and_the_least_reserve() {
        for second in 3..23 {
            for third in 3..23 {
                let leads = [22, second, third];
                let by = delay(&leads.map(|lead| lead * MS));
                let longest = waits(&leads, by).into_iter().max().unwrap();
                // Three voices leave a gap of a third of a slot at least; a tick and what is not worth moving come on top.
                assert!(longest <= 22, "{leads:?}: {longest} ms");
                assert!(longest <= 22.min(waits(&leads, Duration::ZERO).into_iter().max().unwrap()));
            }
        }
    }

    #[test]
    fn voices_that_come_together_are_taken_soon_after_and_not_just_in_time() {
        let leads = [21, 20, 19];
        let by = delay(&leads.map(|lead| lead * MS));
        assert_eq!(by, Duration::from_millis(10));
        assert_eq!(waits(&leads, by), [11, 10, 9]);
    }

    #[test]
    fn a_room_that_is_well_placed_is_left_alone() {
        assert_eq!(delay(&[7 * MS, 12 * MS, 9 * MS]), Duration::ZERO);
        assert_eq!(delay(&[]), Duration::ZERO);
    }
}
