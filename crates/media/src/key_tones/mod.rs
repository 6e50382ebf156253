//! Keys in the sound of a leg (ITU-T Q.23, Q.24), for telephones that have no other way to tell them.
//!
//! A key is two tones, one of each group, that stand alone for 40 ms (Q.24 annex A). `window.rs` looks at 20 ms every 5 ms; this file
//! makes presses of what it finds: a key counts when four windows in a row have it, once, until 30 ms went by without it. So a press
//! of 40 ms counts wherever it begins, one of 23 ms does not, and a hole of 10 ms makes no second press. Speech meets the
//! conditions of a window for a moment and not four times in a row.

mod window;

use domain::Key;

use window::{HOP, WINDOW, Window};

/// Windows in a row that have a key before it counts.
const PRESS_WINDOWS: u8 = 4;
/// Windows in a row without the key before the next press of it counts.
const RELEASE_WINDOWS: u8 = 6;
/// Samples that may get lost within a press: 100 ms, the length of a short one.
const LOSS_MAX: i32 = 800;
/// Samples that a packet may be behind or ahead before it is of another stream: 8 s.
const JUMP_MAX: i32 = 64_000;

/// What comes next in the stream, when nothing is missing.
#[derive(Clone, Copy, Debug)]
struct Next {
    sequence: u16,
    timestamp: u32,
}

/// A key that goes on.
#[derive(Clone, Copy, Debug)]
struct Held {
    key: Key,
    /// Windows in a row without it.
    absent: u8,
}

/// An ear for the keys of one stream.
#[derive(Clone, Debug)]
pub(crate) struct KeyEar {
    samples: [f32; WINDOW],
    filled: usize,
    next: Option<Next>,
    window: Window,
    /// A key and how many windows in a row have it.
    begun: Option<(Key, u8)>,
    held: Option<Held>,
}

impl Default for KeyEar {
    fn default() -> KeyEar {
        KeyEar { samples: [0.0; WINDOW], filled: 0, next: None, window: Window::default(), begun: None, held: None }
    }
}

impl KeyEar {
    /// Takes a packet of sound, linear samples at 8 kHz that begin at `timestamp` of that clock; gives the key whose press is certain
    /// with it. What is late is left out.
    pub(crate) fn hear(
        &mut self,
        sequence: u16,
        timestamp: u32,
        samples: impl ExactSizeIterator<Item = i16>,
    ) -> Option<Key> {
        if let Some(next) = self.next {
            match timestamp.wrapping_sub(next.timestamp) as i32 {
                0 => {}
                // A source that says nothing in between was silent; one whose packets are missing may have held the key.
                missing @ 1..=JUMP_MAX => self.skip(missing, sequence == next.sequence),
                behind if (-JUMP_MAX..0).contains(&behind) => return None,
                _ => *self = KeyEar::default(),
            }
        }
        self.next =
            Some(Next { sequence: sequence.wrapping_add(1), timestamp: timestamp.wrapping_add(samples.len() as u32) });
        let mut pressed = None;
        for sample in samples {
            self.samples[self.filled] = f32::from(sample);
            self.filled += 1;
            if self.filled == WINDOW {
                let key = self.window.key(&self.samples);
                pressed = self.take(key).or(pressed);
                self.samples.copy_within(HOP.., 0);
                self.filled = WINDOW - HOP;
            }
        }
        pressed
    }

    /// Stands in for what did not come.
    fn skip(&mut self, missing: i32, was_silent: bool) {
        let longest = if was_silent { HOP as i32 * i32::from(RELEASE_WINDOWS) } else { LOSS_MAX };
        if missing > longest {
            self.held = None;
        }
        (self.filled, self.window, self.begun) = (0, Window::default(), None);
    }

    /// Takes what a window has; gives a key that counts with it.
    fn take(&mut self, heard: Option<Key>) -> Option<Key> {
        if let Some(held) = self.held.as_mut() {
            if heard == Some(held.key) {
                held.absent = 0;
                self.begun = None;
                return None;
            }
            held.absent += 1;
            if held.absent == RELEASE_WINDOWS {
                self.held = None;
            }
        }
        let windows = match (heard, self.begun) {
            (Some(key), Some((same, windows))) if key == same => windows + 1,
            (Some(_), _) => 1,
            (None, _) => 0,
        };
        self.begun = heard.map(|key| (key, windows));
        if windows < PRESS_WINDOWS {
            return None;
        }
        self.begun = None;
        self.held = heard.map(|key| Held { key, absent: 0 });
        heard
    }
}

#[cfg(test)]
mod tests;
