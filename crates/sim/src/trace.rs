//! The trace hash: FNV-1a over everything that went in and came out, as written for people.

use std::fmt::{self, Debug, Write};

/// A running hash.
#[derive(Clone, Debug)]
pub(crate) struct Trace(u64);

impl Trace {
    pub(crate) fn new() -> Trace {
        Trace(0xCBF2_9CE4_8422_2325)
    }

    pub(crate) fn add(&mut self, at: u64, what: &impl Debug) {
        self.number(at);
        // Writing into the hash cannot fail.
        let _ = write!(self, "{what:?}");
    }

    pub(crate) fn value(&self) -> u64 {
        self.0
    }

    fn number(&mut self, number: u64) {
        for byte in number.to_le_bytes() {
            self.byte(byte);
        }
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
}

impl fmt::Write for Trace {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.byte(byte);
        }
        Ok(())
    }
}
