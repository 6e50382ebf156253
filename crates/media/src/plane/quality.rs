//! How legs sound: rated leg by leg when an interval ends, counted for all.

use std::time::Duration;

use domain::{LegId, Mono};

use super::{MediaPlane, Slot};
use crate::MediaEvent;
use crate::course::{Sample, Turn};

/// Scores between which the user's satisfaction has another name (G.107 Annex B, table B.1: ratings of 50, 60, 70, 80 and 90).
pub const SCORE_BOUNDS_HUNDREDTHS: [u16; 5] = [258, 310, 360, 403, 434];

/// How legs sound, for the operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QualityFigures {
    /// Legs that are bad at this moment.
    pub bad_legs: usize,
    /// Times a leg became bad.
    pub fell: u64,
    /// Intervals rated so far: how many scores lie within each of [`SCORE_BOUNDS_HUNDREDTHS`] and not within the one before, and how many
    /// beyond them all.
    pub scores: [u64; SCORE_BOUNDS_HUNDREDTHS.len() + 1],
    /// All scores together, hundredths.
    pub scores_sum_hundredths: u64,
}

/// What was rated so far, of legs that are gone too.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rated {
    fell: u64,
    scores: [u64; SCORE_BOUNDS_HUNDREDTHS.len() + 1],
    sum_hundredths: u64,
}

impl Rated {
    fn count(&mut self, turn: Turn) {
        let Some(score) = turn.mos_hundredths else { return };
        let bucket = SCORE_BOUNDS_HUNDREDTHS.iter().position(|bound| score <= *bound);
        self.scores[bucket.unwrap_or(SCORE_BOUNDS_HUNDREDTHS.len())] += 1;
        self.sum_hundredths += u64::from(score);
        self.fell += u64::from(turn.fell);
    }
}

impl MediaPlane {
    /// How legs sound.
    pub fn quality(&self) -> QualityFigures {
        QualityFigures {
            bad_legs: self.legs.iter().flatten().filter(|leg| leg.course.is_bad()).count(),
            fell: self.rated.fell,
            scores: self.rated.scores,
            scores_sum_hundredths: self.rated.sum_hundredths,
        }
    }

    /// How one leg sounded so far, oldest first, and how much time each sample but the last stands for; `None` for a leg that is not there.
    pub fn course(&self, leg: LegId) -> Option<(&[Sample], Duration)> {
        Some(self.leg(*self.slot_of.get(&leg)?)?.course.samples())
    }

    /// Ends the running interval of a leg.
    pub(super) fn rate(&mut self, now: Mono, slot: Slot) {
        let Some(leg) = self.leg_mut(slot) else { return };
        let (id, turn) = (leg.id, leg.turn(now));
        self.rated.count(turn);
        if let Turn { mos_hundredths: Some(mos_hundredths), fell: true } = turn {
            self.emit(MediaEvent::QualityFell { leg: id, mos_hundredths });
        }
    }
}
