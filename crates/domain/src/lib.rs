//! The vocabulary of the house: ids, time, events, inputs, commands, room plans, reasons, permissions and settings.
//!
//! Pure: no I/O, no clock, no random source, no serialization. Every other crate speaks in these words; each word is
//! explained in `docs/vocabulary.md`. Start with [`event`] (what happened), [`input`] (what may happen) and
//! [`command`] (what the machine asks for).

pub mod calendar;
pub mod command;
pub mod encryption;
pub mod event;
pub mod id;
pub mod input;
pub mod outbound;
pub mod permission;
pub mod progress;
pub mod random;
pub mod reason;
pub mod recording;
pub mod recording_policy;
pub mod retention;
pub mod room;
pub mod screening;
pub mod settings;
pub mod site;
pub mod sound;
pub mod supervision;
pub mod time;

pub use calendar::HoursReason;
pub use command::{Command, DialTarget, Gate};
pub use encryption::{Encryption, MasterKey, SrtpKeys};
pub use event::{Event, LedgerEntry, Party, Supervision, TransferTarget};
pub use id::*;
pub use input::Input;
pub use permission::{Permission, Role};
pub use progress::{CallTone, ClearingCause, Evidence, KnownBy};
pub use reason::*;
pub use room::RoomPlan;
pub use settings::Settings;
pub use time::{Mono, Now, Utc};

/// The channel a conversation came in by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// Telephone or browser audio.
    Voice,
}

/// Who opened the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// The customer came to us.
    Inbound,
    /// We went to the customer.
    Outbound,
    /// Between our own people.
    Internal,
}

/// A language a caller can be served in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Mandarin Chinese, BCP 47 `zh`.
    Zh,
    /// English, BCP 47 `en`.
    En,
}

/// One key of a telephone keypad (RFC 4733 §3.2, events 0–15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(u8);

impl Key {
    /// From an RFC 4733 event code; `None` above 15.
    pub const fn from_event(code: u8) -> Option<Key> {
        if code < 16 { Some(Key(code)) } else { None }
    }

    /// From a printed key: `0`–`9`, `*`, `#`, `A`–`D` (either case).
    pub const fn from_char(c: char) -> Option<Key> {
        match c {
            '0'..='9' => Some(Key(c as u8 - b'0')),
            '*' => Some(Key(10)),
            '#' => Some(Key(11)),
            'A'..='D' => Some(Key(c as u8 - b'A' + 12)),
            'a'..='d' => Some(Key(c as u8 - b'a' + 12)),
            _ => None,
        }
    }

    /// The RFC 4733 event code, 0–15.
    pub const fn event(self) -> u8 {
        self.0
    }

    /// The printed key.
    pub const fn as_char(self) -> char {
        match self.0 {
            n @ 0..=9 => (b'0' + n) as char,
            10 => '*',
            11 => '#',
            n => (b'A' + n - 12) as char,
        }
    }
}

/// A set of keys, one bit for each RFC 4733 event 0–15.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct KeySet(pub u16);

impl KeySet {
    /// No key.
    pub const NONE: KeySet = KeySet(0);
    /// Every key.
    pub const ALL: KeySet = KeySet(u16::MAX);

    /// Whether `key` is in the set.
    pub const fn contains(self, key: Key) -> bool {
        self.0 & (1 << key.0) != 0
    }

    /// The set with `key` added.
    pub const fn with(self, key: Key) -> KeySet {
        KeySet(self.0 | (1 << key.0))
    }
}
