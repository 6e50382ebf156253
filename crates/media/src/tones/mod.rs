//! Tones of the network, heard in what a called number sends: what each means stands in [`domain::CallTone`].
//!
//! | Tone | Frequency | Cadence |
//! |---|---|---|
//! | dial | 450 Hz | without a pause |
//! | ringback | 450 Hz | 1 s, pause 4 s |
//! | busy | 450 Hz | 0.35 s, pause 0.35 s |
//! | congestion | 450 Hz | 0.7 s, pause 0.7 s |
//! | unobtainable | 450 Hz | three times 0.1 s, pause 0.1 s; then 0.4 s, pause 0.4 s |
//! | information | 950, 1400, 1800 Hz | 0.33 s each, one after the other |
//!
//! The first five are those of China (ITU-T E.180 supplement 2, after GB/T 3380), the last is the one of E.180/Q.35 §7 for every country.
//! Cadences may be off by a tenth and frequencies by 2 % (E.180/Q.35 §§3, 5). Frames of 10 ms are told apart in `frame`, their order in
//! `cadence`; speech and music pass both for a moment, never for a whole cadence.

mod cadence;
mod frame;

use domain::CallTone;

use crate::codec::Codec;
use cadence::{Cadence, Information};
pub(crate) use frame::FRAME;
use frame::{Kind, Meter};

/// Samples that may be missing of a stream that is only lossy: one packet. The frame before stands for them.
const LOSS_MAX: i32 = 160;
/// Samples that may be missing of a stream that pauses when nothing is to be said. 8 s, twice the longest pause of a tone.
const PAUSE_MAX: i32 = 64_000;

/// What a frame made known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// It was louder than −50 dB of full scale.
    pub is_sound: bool,
    /// A tone is complete with it.
    pub tone: Option<CallTone>,
}

/// An ear for the tones of one stream.
#[derive(Clone, Debug, Default)]
pub struct ToneEar {
    samples: Vec<i16>,
    /// Timestamp of the sample that comes next.
    next: Option<u32>,
    last: Kind,
    meter: Meter,
    cadence: Cadence,
    information: Information,
}

impl ToneEar {
    /// Takes a packet of sound; calls `heard` for every whole frame. What is late is left out.
    pub fn hear(&mut self, timestamp: u32, codec: Codec, payload: &[u8], mut heard: impl FnMut(Frame)) {
        if let Some(next) = self.next {
            match timestamp.wrapping_sub(next) as i32 {
                0 => {}
                missing @ 1..=LOSS_MAX => self.fill(missing, self.last, &mut heard),
                missing @ 1..=PAUSE_MAX => self.fill(missing, Kind::Quiet, &mut heard),
                behind if (-PAUSE_MAX..0).contains(&behind) => return,
                _ => *self = ToneEar::default(),
            }
        }
        self.next = Some(timestamp.wrapping_add(payload.len() as u32));
        for byte in payload {
            self.samples.push(codec.decode(*byte));
            if self.samples.len() == FRAME {
                let (kind, is_sound) = self.meter.measure(&self.samples);
                self.samples.clear();
                heard(Frame { is_sound, tone: self.take(kind) });
            }
        }
    }

    /// Stands in for what did not come.
    fn fill(&mut self, missing: i32, kind: Kind, heard: &mut impl FnMut(Frame)) {
        self.samples.clear();
        for _ in 0..missing / FRAME as i32 {
            let tone = self.take(kind);
            heard(Frame { is_sound: false, tone });
        }
    }

    fn take(&mut self, kind: Kind) -> Option<CallTone> {
        self.last = kind;
        let steady = self.cadence.take(kind);
        self.information.take(kind).or(steady)
    }
}

#[cfg(test)]
mod tests;
