//! What is played in the place of sound that did not come: the last periods of the voice, repeated and faded out.
//!
//! After ITU-T G.711 Appendix I, block by block of 10 ms: the period is found by correlation, the first block repeats one of them, the
//! second the last two, what follows the last three; from the second on each block is a fifth weaker than the one before, and after 60 ms
//! nothing is left. Unlike there nothing is delayed: the seam at the beginning is closed by bending what follows it.

use crate::codec::SLOT_SAMPLES;

/// Samples of a block.
pub(crate) const BLOCK: usize = 80;
/// 5 and 15 ms, the periods of a voice: 200 down to 66 Hz (I.2.3).
const PERIOD_MIN: usize = 40;
const PERIOD_MAX: usize = 120;
/// What is compared to find the period: 20 ms.
const COMPARED: usize = SLOT_SAMPLES;
/// Three of the longest periods, and the quarter of one before them that the seam needs.
const HISTORY: usize = 3 * PERIOD_MAX + PERIOD_MAX / 4;
const _: () = assert!(HISTORY >= COMPARED + PERIOD_MAX, "there is enough to compare");
/// Blocks of a gap that are filled: 60 ms.
const FILLED_MAX: usize = 6;
/// What a block loses, but for the first (I.2.7).
const FADE_PER_BLOCK: f32 = 0.2;
/// Sound that comes back is blended in over a quarter of a period, and 4 ms more for each block after the first, up to a block (I.2.8).
const BLEND_PER_BLOCK: usize = 32;

/// The last `periods` of what was played, going round.
#[derive(Clone, Copy, Debug, Default)]
struct Ring {
    periods: usize,
    at: usize,
}

impl Ring {
    /// The next sample. Before its end it fades into what is before its beginning, so that it goes round without a seam.
    fn next(&mut self, played: &[i16; HISTORY], period: usize) -> f32 {
        let length = self.periods * period;
        let place = HISTORY - length + self.at;
        let sample = f32::from(played[place]);
        let left = length - self.at;
        self.at = (self.at + 1) % length;
        let quarter = period / 4;
        if left > quarter {
            return sample;
        }
        let share = (quarter - left + 1) as f32 / (quarter + 1) as f32;
        sample * (1.0 - share) + f32::from(played[place - length]) * share
    }
}

/// Fills the gaps of one source.
#[derive(Clone, Debug)]
pub(crate) struct Concealer {
    /// What was played last, fillings and all, the newest at the end; and what had been when the gap began.
    history: [i16; HISTORY],
    played: [i16; HISTORY],
    /// Blocks filled since there was sound.
    filled: usize,
    period: usize,
    ring: Ring,
    /// What went round before it, and how many samples it still fades.
    before: Ring,
    fading: usize,
    /// How far the first sample would jump, and how many samples take it back.
    jump: f32,
    bending: usize,
}

impl Default for Concealer {
    fn default() -> Self {
        Concealer {
            history: [0; HISTORY],
            played: [0; HISTORY],
            // Nothing was heard that could be repeated.
            filled: FILLED_MAX,
            period: PERIOD_MAX,
            ring: Ring { periods: 1, at: 0 },
            before: Ring { periods: 1, at: 0 },
            fading: 0,
            jump: 0.0,
            bending: 0,
        }
    }
}

impl Concealer {
    /// Takes a block that came; after a gap its beginning is blended with what filled it.
    pub(crate) fn hear(&mut self, block: &mut [i16]) {
        if self.filled > 0 && self.filled < FILLED_MAX {
            let length = (self.quarter() + BLEND_PER_BLOCK * (self.filled - 1)).min(block.len());
            let gain = gain_at(self.filled as f32);
            for (n, sample) in block.iter_mut().enumerate().take(length) {
                let share = (n + 1) as f32 / (length + 1) as f32;
                *sample = (f32::from(*sample) * share + self.next() * gain * (1.0 - share)) as i16;
            }
        }
        self.filled = 0;
        self.remember(block);
    }

    /// Makes a block that did not come.
    pub(crate) fn fill(&mut self, block: &mut [i16]) {
        if self.filled >= FILLED_MAX {
            block.fill(0);
            return self.remember(block);
        }
        match self.filled {
            0 => self.begin(),
            1 | 2 => self.lengthen(),
            _ => {}
        }
        let length = block.len() as f32;
        for (n, sample) in block.iter_mut().enumerate() {
            let gain = gain_at(self.filled as f32 + n as f32 / length);
            *sample = (self.next() * gain) as i16;
        }
        self.filled += 1;
        self.remember(block);
    }

    fn begin(&mut self) {
        self.played = self.history;
        self.period = period_of(&self.played);
        self.ring = Ring { periods: 1, at: 0 };
        let [.., last] = self.played;
        self.jump = f32::from(last) - f32::from(self.played[HISTORY - 1 - self.period]);
        self.bending = self.quarter();
        self.fading = 0;
    }

    /// Repeats one period more, so that it does not buzz; where it stands within a period stays.
    fn lengthen(&mut self) {
        self.before = self.ring;
        self.ring = Ring { periods: self.ring.periods + 1, at: self.ring.at % self.period };
        self.fading = self.quarter();
    }

    fn next(&mut self) -> f32 {
        let steps = (self.quarter() + 1) as f32;
        let mut sample = self.ring.next(&self.played, self.period);
        if self.fading > 0 {
            let share = self.fading as f32 / steps;
            sample = sample * (1.0 - share) + self.before.next(&self.played, self.period) * share;
            self.fading -= 1;
        }
        if self.bending > 0 {
            sample += self.jump * self.bending as f32 / steps;
            self.bending -= 1;
        }
        sample.clamp(i16::MIN.into(), i16::MAX.into())
    }

    const fn quarter(&self) -> usize {
        self.period / 4
    }

    fn remember(&mut self, block: &[i16]) {
        let block = &block[block.len().saturating_sub(HISTORY)..];
        self.history.copy_within(block.len().., 0);
        self.history[HISTORY - block.len()..].copy_from_slice(block);
    }
}

/// How loud a filling is so many blocks after the gap began.
fn gain_at(blocks: f32) -> f32 {
    (1.0 - FADE_PER_BLOCK * (blocks - 1.0).max(0.0)).max(0.0)
}

/// The period of what was played last: where its end is most like what came before it (I.2.2).
fn period_of(played: &[i16; HISTORY]) -> usize {
    let end = &played[HISTORY - COMPARED..];
    let likeness = |period: usize| {
        let before = &played[HISTORY - COMPARED - period..HISTORY - period];
        let pairs = end.iter().zip(before).map(|(end, before)| (f32::from(*end), f32::from(*before)));
        let (product, power) =
            pairs.fold((0.0f32, 1.0f32), |(p, e), (end, before)| (p + end * before, e + before * before));
        product / power.sqrt()
    };
    let mut best = (PERIOD_MAX, f32::MIN);
    for period in PERIOD_MIN..=PERIOD_MAX {
        let found = likeness(period);
        if found > best.1 {
            best = (period, found);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCKS: usize = 400;

    /// Something like speech: harmonics of a pitch that moves, swelling and fading about twice a second.
    fn voice() -> Vec<i16> {
        let mut phase = 0.0f64;
        let sample = |n: usize| {
            let at = n as f64 / 8_000.0;
            phase += (140.0 + 25.0 * (at * 2.1).sin()) / 8_000.0;
            let swell = 0.55 + 0.45 * (at * 11.0).sin();
            let sum: f64 = (1..=12).map(|h| (phase * f64::from(h) * std::f64::consts::TAU).sin() / f64::from(h)).sum();
            (sum * swell * 4_000.0) as i16
        };
        (0..BLOCKS * BLOCK).map(sample).collect()
    }

    /// Whether the packet of 20 ms that a block belongs to is lost: 5 %, and the same ones each time.
    fn is_lost(block: usize) -> bool {
        let drawn = (block as u64 / 2 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        block >= 20 && drawn % 100 < 5
    }

    /// Root mean square of the error in what was lost and in the block after it.
    fn error(voice: &[i16], mut play: impl FnMut(bool, &mut [i16])) -> f64 {
        let (mut sum, mut count) = (0.0, 0);
        for (n, spoken) in voice.chunks_exact(BLOCK).enumerate() {
            let mut block = spoken.to_vec();
            play(is_lost(n), &mut block);
            if is_lost(n) || (n > 0 && is_lost(n - 1)) {
                sum += spoken.iter().zip(&block).map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2)).sum::<f64>();
                count += BLOCK;
            }
        }
        assert!(count > 10 * BLOCK, "something is lost");
        (sum / count as f64).sqrt()
    }

    #[test]
    fn a_voice_with_five_percent_lost_is_nearer_to_itself_than_repeated_or_silenced() {
        let voice = voice();
        let mut concealer = Concealer::default();
        let concealed = error(&voice, |lost, block| if lost { concealer.fill(block) } else { concealer.hear(block) });
        let silenced = error(&voice, |lost, block| {
            if lost {
                block.fill(0)
            }
        });
        let mut last = [0i16; BLOCK];
        let repeated = error(&voice, |lost, block| {
            if lost {
                last.iter_mut().for_each(|sample| *sample /= 2);
                block.copy_from_slice(&last);
            } else {
                last.copy_from_slice(block);
            }
        });
        assert!(concealed < 0.6 * silenced, "{concealed} against {silenced} of silence");
        assert!(concealed < 0.6 * repeated, "{concealed} against {repeated} of repetition");
    }

    #[test]
    fn a_gap_fades_to_nothing_in_sixty_milliseconds() {
        let mut concealer = Concealer::default();
        voice()[..20 * BLOCK].chunks_exact(BLOCK).for_each(|block| concealer.hear(&mut block.to_vec()));
        let powers: Vec<f64> = (0..8)
            .map(|_| {
                let mut block = [0; BLOCK];
                concealer.fill(&mut block);
                block.iter().map(|sample| f64::from(*sample).powi(2)).sum()
            })
            .collect();
        assert!(powers[0] > 0.0 && powers[5] < powers[0] / 10.0, "{powers:?}");
        assert_eq!(powers[6..], [0.0, 0.0]);
    }

    /// Without what bends it, the jump at a seam would be as high as the wave.
    #[test]
    fn nothing_clicks_at_either_end_of_a_gap() {
        let tone = |n: usize| ((n as f64 * 210.0 / 8_000.0 * std::f64::consts::TAU).sin() * 8_000.0) as i16;
        let steepest = (1..800).map(|n| (i32::from(tone(n)) - i32::from(tone(n - 1))).abs()).max().unwrap();
        let mut concealer = Concealer::default();
        let mut heard = Vec::new();
        for n in 0..60 {
            let mut block: Vec<i16> = (n * BLOCK..(n + 1) * BLOCK).map(tone).collect();
            if n % 20 < 17 {
                concealer.hear(&mut block)
            } else {
                concealer.fill(&mut block)
            }
            heard.extend(block);
        }
        let jumps = heard.windows(2).map(|pair| (i32::from(pair[1]) - i32::from(pair[0])).abs());
        assert!(jumps.max().unwrap() < steepest * 3 / 2, "steps of more than {steepest}");
    }

    #[test]
    fn nothing_was_heard_yet_and_nothing_is_made_up() {
        let mut concealer = Concealer::default();
        let mut block = [7; BLOCK];
        concealer.fill(&mut block);
        assert_eq!(block, [0; BLOCK]);
    }
}
