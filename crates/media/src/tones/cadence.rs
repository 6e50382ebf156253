//! The order of frames: how long a tone and its pauses last.

use domain::CallTone;

use super::frame::Kind;

/// Time of a frame.
const FRAME_MS: u32 = 10;
/// Runs that are remembered: the longest cadence has seven.
const RUNS: usize = 7;
/// A tone without a pause is a dial tone after this: three times the longest burst of another.
const DIAL_MS: u32 = 3_000;
/// Nothing pauses longer.
const PAUSE_MS_MAX: u32 = 4_500;

/// Bursts and pauses in turn, beginning with a burst.
const BUSY: [u32; 5] = [350; 5];
const CONGESTION: [u32; 4] = [700; 4];
const RINGBACK: [u32; 2] = [1_000, 4_000];
const UNOBTAINABLE: [u32; 7] = [100, 100, 100, 100, 100, 100, 400];

/// Follows the tones of 450 Hz.
#[derive(Clone, Debug, Default)]
pub(super) struct Cadence {
    /// Finished runs, the last one last, of a burst and a pause in turn.
    runs: [u32; RUNS],
    /// How many of them there are.
    count: usize,
    /// The run under way: a burst or a pause, and how long it is in half frames.
    run: Option<(bool, u32)>,
    /// One frame that is neither: the edge between two runs.
    edge: bool,
}

impl Cadence {
    pub(super) fn take(&mut self, kind: Kind) -> Option<CallTone> {
        let is_burst = match kind {
            Kind::Steady => true,
            Kind::Quiet => false,
            Kind::Information(_) | Kind::Other if self.run.is_some() && !self.edge => {
                self.edge = true;
                return None;
            }
            // Two frames of something else are no edge.
            Kind::Information(_) | Kind::Other => {
                *self = Cadence::default();
                return None;
            }
        };
        let edge = std::mem::take(&mut self.edge);
        match &mut self.run {
            Some((burst, length)) if *burst == is_burst => {
                *length += if edge { 4 } else { 2 };
                let ms = *length * FRAME_MS / 2;
                if is_burst && (DIAL_MS..DIAL_MS + 2 * FRAME_MS).contains(&ms) {
                    return Some(CallTone::Dial);
                }
                if !is_burst && ms > PAUSE_MS_MAX {
                    *self = Cadence::default();
                }
                None
            }
            Some((burst, length)) => {
                let (was_burst, ms) = (*burst, (*length + u32::from(edge)) * FRAME_MS / 2);
                self.run = Some((is_burst, 2 + u32::from(edge)));
                self.finish(was_burst, ms)
            }
            // What was before the first burst says nothing.
            None => {
                self.run = is_burst.then_some((true, 2));
                None
            }
        }
    }

    fn finish(&mut self, was_burst: bool, ms: u32) -> Option<CallTone> {
        self.runs.rotate_left(1);
        self.runs[RUNS - 1] = ms;
        self.count = (self.count + 1).min(RUNS);
        // A cadence that ends with a burst is known at its end, one that ends with a pause at the next burst.
        if was_burst {
            if self.ends_with(&UNOBTAINABLE) {
                Some(CallTone::Unobtainable)
            } else {
                self.ends_with(&BUSY).then_some(CallTone::Busy)
            }
        } else if self.ends_with(&CONGESTION) {
            Some(CallTone::Congestion)
        } else {
            self.ends_with(&RINGBACK).then_some(CallTone::Ringback)
        }
    }

    fn ends_with(&self, wanted: &[u32]) -> bool {
        let found = &self.runs[RUNS - wanted.len()..];
        self.count >= wanted.len() && found.iter().zip(wanted).all(|(is, wanted)| is_near(*is, *wanted))
    }
}

/// Within a tenth, and the frame that cannot be seen into.
fn is_near(ms: u32, wanted: u32) -> bool {
    ms.abs_diff(wanted) <= wanted / 10 + FRAME_MS
}

/// Each part of the information tone lasts 330 ms, give or take 70 (E.180/Q.35 §7).
const PART_MS: (u32, u32) = (260, 400);
/// Between two parts: 30 ms, and an edge on both sides.
const BREAK_MS_MAX: u32 = 50;

/// Follows the information tone.
#[derive(Clone, Debug, Default)]
pub(super) struct Information {
    /// The part under way, how long it is, and how long it has been interrupted.
    part: Option<(u8, u32, u32)>,
}

impl Information {
    pub(super) fn take(&mut self, kind: Kind) -> Option<CallTone> {
        let place = match kind {
            Kind::Information(place) => place,
            Kind::Quiet | Kind::Steady | Kind::Other => {
                self.part = self.part.map(|(part, ms, pause)| (part, ms, pause + FRAME_MS));
                self.part = self.part.filter(|(.., pause)| *pause <= BREAK_MS_MAX);
                return None;
            }
        };
        self.part = match self.part {
            Some((part, ms, 0)) if part == place => Some((part, ms + FRAME_MS, 0)),
            Some((part, ms, _)) if part + 1 == place && is_part(ms) => Some((place, FRAME_MS, 0)),
            Some(_) | None => (place == 0).then_some((0, FRAME_MS, 0)),
        };
        let is_whole = self.part.is_some_and(|(part, ms, _)| part == 2 && ms == PART_MS.0);
        is_whole.then_some(CallTone::Information)
    }
}

/// The frame at either end may be lost to the edge.
fn is_part(ms: u32) -> bool {
    (PART_MS.0 - 2 * FRAME_MS..=PART_MS.1 + FRAME_MS).contains(&ms)
}
