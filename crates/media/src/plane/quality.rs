//! How legs sound: rated leg by leg when an interval ends, counted for all.

use std::time::Duration;

use domain::{LegId, Mono, RoomId};

use super::{MediaPlane, Slot};
use crate::course::{Sample, Turn};
use crate::{MediaEvent, Stretch};

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

    /// How legs sounded since each came into its room; nothing of those that are in none, or whose sound cannot flow yet.
    pub fn stretches(&self, legs: &[LegId]) -> Vec<Stretch> {
        let of = |leg: &LegId| self.leg(*self.slot_of.get(leg)?)?.stretch(*self.room_of.get(leg)?);
        legs.iter().filter_map(of).collect()
    }

    /// The score of every leg in the last interval that could be rated, hundredths.
    pub fn scores(&self) -> Vec<(LegId, u16)> {
        self.legs.iter().flatten().filter_map(|leg| Some((leg.id, leg.course.score()?))).collect()
    }

    /// How one leg sounded since it came into its room, oldest first, and how much time each sample but the last stands for; `None` for a
    /// leg that is not there.
    pub fn course(&self, leg: LegId) -> Option<(&[Sample], Duration)> {
        Some(self.leg(*self.slot_of.get(&leg)?)?.course.samples())
    }

    /// Ends the running interval of a leg.
    pub(super) fn rate(&mut self, now: Mono, slot: Slot) {
        let Some(leg) = self.leg_mut(slot) else { return };
        let (leg, turn) = (leg.id, leg.turn(now));
        self.rated.count(turn);
        let room = self.room_of.get(&leg).copied();
        let Some(mos_hundredths) = turn.mos_hundredths else { return };
        if turn.fell {
            self.emit(MediaEvent::QualityFell { leg, room, mos_hundredths });
        } else if turn.rose {
            self.emit(MediaEvent::QualityRose { leg, room, mos_hundredths });
        }
    }

    /// A leg comes into a room, perhaps out of another.
    pub(super) fn begin_stretch(&mut self, now: Mono, before: Option<RoomId>, leg: LegId) {
        match before {
            Some(before) => self.end_stretch(now, before, leg),
            None => self.end_interval(now, leg),
        }
        let slot = self.slot_of.get(&leg).copied();
        if let Some(leg) = slot.and_then(|slot| self.leg_mut(slot)) {
            leg.begin_stretch(now);
        }
    }

    /// A leg leaves a room.
    pub(super) fn end_stretch(&mut self, now: Mono, room: RoomId, leg: LegId) {
        self.end_interval(now, leg);
        let found = self.slot_of.get(&leg).and_then(|slot| self.leg(*slot));
        if let Some(stretch) = found.and_then(|leg| leg.stretch(room)) {
            self.emit(MediaEvent::StretchOver(Box::new(stretch)));
        }
    }

    fn end_interval(&mut self, now: Mono, leg: LegId) {
        let slot = self.slot_of.get(&leg).copied();
        let begun = slot.filter(|slot| self.leg(*slot).is_some_and(|leg| leg.course.since().is_some()));
        if let Some(slot) = begun {
            self.rate(now, slot);
        }
    }
}
