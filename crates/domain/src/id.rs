//! Identifiers: 41 bits of milliseconds since 2025-01-01 UTC, 10 bits of node, 12 bits of counter.
//!
//! Shown in public as a prefix and 13 digits of Crockford base32, e.g. `cnv_00CV7J2N4S00G`.

use std::fmt;
use std::str::FromStr;

use crate::time::Utc;

/// 2025-01-01T00:00:00Z in milliseconds since 1970.
const EPOCH_MS: i64 = 1_735_689_600_000;
const NODE_BITS: u32 = 10;
const COUNTER_BITS: u32 = 12;
const COUNTER_MAX: i64 = (1 << COUNTER_BITS) - 1;
const DIGITS: usize = 13;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Why a public id could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadId {
    /// The prefix belongs to another kind of id, or is missing.
    Prefix,
    /// The part after the prefix is not 13 Crockford base32 digits of a positive number.
    Digits,
}

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BadId::Prefix => "the id has the wrong prefix",
            BadId::Digits => "the id must end in 13 base32 digits",
        })
    }
}

impl std::error::Error for BadId {}

fn encode(value: i64, f: &mut fmt::Formatter<'_>, prefix: &str) -> fmt::Result {
    let mut digits = [0u8; DIGITS];
    let mut rest = value as u64;
    for slot in digits.iter_mut().rev() {
        *slot = ALPHABET[(rest & 31) as usize];
        rest >>= 5;
    }
    f.write_str(prefix)?;
    f.write_str("_")?;
    f.write_str(std::str::from_utf8(&digits).unwrap_or_default())
}

fn decode(text: &str, prefix: &str) -> Result<i64, BadId> {
    let digits = text.strip_prefix(prefix).and_then(|t| t.strip_prefix('_')).ok_or(BadId::Prefix)?;
    if digits.len() != DIGITS {
        return Err(BadId::Digits);
    }
    let mut value: u64 = 0;
    for byte in digits.bytes() {
        let digit = ALPHABET.iter().position(|a| *a == byte.to_ascii_uppercase()).ok_or(BadId::Digits)?;
        value = value.checked_mul(32).and_then(|v| v.checked_add(digit as u64)).ok_or(BadId::Digits)?;
    }
    i64::try_from(value).map_err(|_| BadId::Digits)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub i64);

        impl $name {
            /// The public prefix, without the underscore.
            pub const PREFIX: &'static str = $prefix;
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                encode(self.0, f, Self::PREFIX)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                decode(text, Self::PREFIX).map($name)
            }
        }
        impl From<i64> for $name {
            fn from(raw: i64) -> Self {
                $name(raw)
            }
        }
    )+};
}

ids! {
    /// A customer of the system: one isolated centre.
    TenantId = "ten";
    /// A location (a dealer is a site).
    SiteId = "sit";
    /// People under a leader.
    TeamId = "tea";
    /// A person who signs in.
    UserId = "usr";
    /// A person (or robot) who handles conversations; has the same number as their user.
    AgentId = "agt";
    /// Ordered waiting work.
    QueueId = "que";
    /// A skill agents share and queues ask for.
    SkillId = "skl";
    /// A number customers dial.
    NumberId = "num";
    /// An IP line to a carrier.
    TrunkId = "trk";
    /// A telephone or browser an agent talks through.
    DeviceId = "dev";
    /// A record of a customer.
    CustomerId = "cus";
    /// A versioned drawing a caller goes through.
    FlowId = "flw";
    /// An opening-hours calendar.
    CalendarId = "cal";
    /// A date, or dates, on which a calendar says something else.
    CalendarExceptionId = "cex";
    /// A reason for not being ready.
    NotReadyReasonId = "nrr";
    /// The outcome code of a handling.
    DispositionId = "dsp";
    /// One customer's contact from arrival until everybody is done.
    ConversationId = "cnv";
    /// A stretch of a conversation of one kind.
    SegmentId = "seg";
    /// One agent's part in one segment.
    HandlingId = "hdl";
    /// Work offered to an agent until a deadline.
    OfferId = "off";
    /// One device's connection.
    LegId = "leg";
    /// Who hears whom at one moment.
    RoomId = "rom";
    /// One playing of prompts or music in a room.
    PlayId = "ply";
    /// A telephone number or address as it arrived, kept sealed beside the ledger.
    PartyId = "pty";
    /// Queues and agents decided by one owner.
    PartitionId = "par";
    /// One request of a person or program to the floor.
    RequestId = "req";
    /// A signed-in browser or program.
    SessionId = "ses";
    /// One recording of a conversation, kept encrypted.
    RecordingId = "rec";
    /// One handing over of a customer to another agent, queue or flow.
    TransferId = "tfr";
    /// Something to be done for a customer after the conversation, such as a message to be listened to.
    TaskId = "tsk";
    /// A row of the audit trail.
    AuditId = "aud";
    /// A rule about numbers outside.
    DestinationRuleId = "dsr";
    /// An entry of a list of numbers: blocked, let in, or first.
    ListEntryId = "lse";
}

impl From<UserId> for AgentId {
    fn from(user: UserId) -> AgentId {
        AgentId(user.0)
    }
}

impl From<AgentId> for UserId {
    fn from(agent: AgentId) -> UserId {
        UserId(agent.0)
    }
}

/// Makes ids that only grow, whatever the civil clock does.
#[derive(Clone, Debug)]
pub struct IdMint {
    node: i64,
    last: i64,
}

impl IdMint {
    /// A mint for `node` (0–1023, taken modulo 1024) that never gives an id at or below `greatest_stored`.
    pub fn new(node: u16, greatest_stored: i64) -> IdMint {
        IdMint { node: i64::from(node) & ((1 << NODE_BITS) - 1), last: greatest_stored.max(0) }
    }

    /// The next id. When the clock stands still, steps back, or the counter is full, the millisecond part runs ahead.
    pub fn mint<T: From<i64>>(&mut self, at: Utc) -> T {
        let clock_ms = (at.0 / 1_000 - EPOCH_MS).max(0);
        let last_ms = self.last >> (NODE_BITS + COUNTER_BITS);
        let last_counter = self.last & COUNTER_MAX;
        let (ms, counter) = if clock_ms > last_ms {
            (clock_ms, 0)
        } else if last_counter < COUNTER_MAX {
            (last_ms, last_counter + 1)
        } else {
            (last_ms + 1, 0)
        };
        let next = (ms << (NODE_BITS + COUNTER_BITS)) | (self.node << COUNTER_BITS) | counter;
        // Another node's greater id in the same millisecond must still not be passed downwards.
        let next = if next > self.last {
            next
        } else {
            ((ms + 1) << (NODE_BITS + COUNTER_BITS)) | (self.node << COUNTER_BITS)
        };
        self.last = next;
        T::from(next)
    }

    /// The greatest id given so far.
    pub fn greatest(&self) -> i64 {
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_form_round_trips() {
        for raw in [0, 1, 31, 32, i64::MAX, 123_456_789_012_345] {
            let id = ConversationId(raw);
            assert_eq!(id.to_string().parse::<ConversationId>(), Ok(id));
        }
    }

    #[test]
    fn wrong_prefix_and_digits_are_named() {
        assert_eq!("leg_0000000000001".parse::<ConversationId>(), Err(BadId::Prefix));
        assert_eq!("cnv_00000000000U1".parse::<ConversationId>(), Err(BadId::Digits));
        assert_eq!("cnv_1".parse::<ConversationId>(), Err(BadId::Digits));
        assert_eq!("cnv_ZZZZZZZZZZZZZ".parse::<ConversationId>(), Err(BadId::Digits));
    }

    #[test]
    fn ids_grow_when_the_clock_steps_back_and_when_the_counter_is_full() {
        let mut mint = IdMint::new(7, 0);
        let mut last = 0;
        for step in 0..20_000i64 {
            let at = Utc(1_800_000_000_000_000 - step * 1_000);
            let id: i64 = mint.mint::<ConversationId>(at).0;
            assert!(id > last);
            last = id;
        }
    }

    #[test]
    fn ids_start_above_what_is_stored() {
        let stored = IdMint::new(1023, 0).mint::<LegId>(Utc(1_900_000_000_000_000)).0;
        let mut mint = IdMint::new(0, stored);
        assert!(mint.mint::<LegId>(Utc(1_800_000_000_000_000)).0 > stored);
    }
}
