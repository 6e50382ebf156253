//! A delay line: what a leg sent comes back to it half a second later.

use crate::codec::SLOT_SAMPLES;

/// Slots of 20 ms: so much later that nobody takes it for their own voice in the headset.
const DELAY_SLOTS: usize = 25;

/// Half a second of sound.
#[derive(Debug)]
pub(crate) struct EchoLine {
    frames: [[i16; SLOT_SAMPLES]; DELAY_SLOTS],
    at: usize,
}

impl Default for EchoLine {
    fn default() -> EchoLine {
        EchoLine { frames: [[0; SLOT_SAMPLES]; DELAY_SLOTS], at: 0 }
    }
}

impl EchoLine {
    /// Takes a slot, and gives the one of half a second ago; silence at first.
    pub(crate) fn pass(&mut self, frame: [i16; SLOT_SAMPLES]) -> [i16; SLOT_SAMPLES] {
        let before = std::mem::replace(&mut self.frames[self.at], frame);
        self.at = (self.at + 1) % DELAY_SLOTS;
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out_half_a_second_later() {
        let mut line = EchoLine::default();
        let came: Vec<i16> = (1..=60).map(|n| line.pass([n; SLOT_SAMPLES])[0]).collect();
        let expected: Vec<i16> = (1..=60).map(|n: i16| if n <= 25 { 0 } else { n - 25 }).collect();
        assert_eq!(came, expected);
    }
}
