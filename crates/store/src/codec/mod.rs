//! How an event's body is written in the ledger: small, versioned, and held by golden files.
//!
//! A body is the event's fields in order. Ids are 8 bytes, counts and durations (nanoseconds) are varints, codes are one
//! byte, an option is a byte and perhaps a value. The number of the event ([`Event::number`]) and the version of its body
//! stand in their own columns. A change of a body gets a new version, and [`decode`] keeps an arm that lifts the old one.

mod codes;
mod event;
mod old;
pub(crate) mod samples;
mod wire;

use domain::Event;

pub(crate) use wire::CodecError;
use wire::{Reader, Writer};

/// An event as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Encoded {
    /// Number of the event.
    pub kind: u16,
    /// Version of the body.
    pub version: u16,
    /// The fields.
    pub body: Vec<u8>,
    /// The greatest id among them, 0 when there is none.
    pub greatest_id: i64,
}

/// The body version written today.
const fn version_of(event: &Event) -> u16 {
    newest(event.number())
}

/// The newest body version of an event. Most are at their first; one that changes gets an arm of its own.
const fn newest(kind: u16) -> u16 {
    match kind {
        old::LEG_LEFT
        | old::AGENT_OFFERED
        | old::OUTBOUND_STARTED
        | old::OUTBOUND_ENDED
        | old::RECORDING_PAUSED
        | old::RECORDING_RESUMED
        | old::OUTBOUND_REROUTED => 2,
        old::TRANSFER_STARTED => 3,
        _ => 1,
    }
}

pub(crate) fn encode(event: &Event) -> Encoded {
    let mut writer = Writer::default();
    event::write(event, &mut writer);
    Encoded { kind: event.number(), version: version_of(event), body: writer.bytes, greatest_id: writer.greatest_id }
}

pub(crate) fn decode(kind: u16, version: u16, body: &[u8]) -> Result<Event, CodecError> {
    let mut reader = Reader::new(body);
    let event = match (kind, version) {
        (old::LEG_LEFT, 1) => old::leg_left_1(&mut reader)?,
        (old::AGENT_OFFERED, 1) => old::agent_offered_1(&mut reader)?,
        (old::OUTBOUND_STARTED, 1) => old::outbound_started_1(&mut reader)?,
        (old::OUTBOUND_ENDED, 1) => old::outbound_ended_1(&mut reader)?,
        (old::TRANSFER_STARTED, 1) => old::transfer_started_1(&mut reader)?,
        (old::TRANSFER_STARTED, 2) => old::transfer_started_2(&mut reader)?,
        (old::RECORDING_PAUSED, 1) => old::recording_paused_1(&mut reader)?,
        (old::RECORDING_RESUMED, 1) => old::recording_resumed_1(&mut reader)?,
        (old::OUTBOUND_REROUTED, 1) => old::outbound_rerouted_1(&mut reader)?,
        (kind, version) if version == newest(kind) => event::read(kind, &mut reader)?,
        (kind, version) => return Err(CodecError::UnknownVersion { kind, version }),
    };
    reader.finish()?;
    Ok(event)
}

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;
