//! What feeds a destination: nothing, one source's own packets, or a mix. A pure function of the room plan.

use domain::LegId;
use domain::room::{Digits, PortId, RoomPlan};

use crate::codec::{Format, PLAY_FORMAT};

/// How a destination gets what it hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// It hears nobody.
    Silence,
    /// Packets of one source, untouched but for SSRC, sequence, timestamp and payload type.
    Relay {
        /// Whose.
        from: PortId,
    },
    /// Packets of one source, one by one in another codec: otherwise as a relay, without delay.
    Translate {
        /// Whose.
        from: PortId,
    },
    /// Decoded, added up and encoded, slot by slot.
    Mix,
    /// What it sent itself a while ago, and nobody else.
    Echo,
}

/// One source that a destination hears.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Source {
    /// Which.
    pub port: PortId,
    /// What it sends.
    pub format: Format,
    /// How loud it is to be heard, in decibels.
    pub gain_db: f32,
    /// What becomes of its digits.
    pub digits: Digits,
}

/// Decides for one destination that gets `to`.
///
/// Relay needs exactly one source, gain 0, the same packet time and no secret digits; the codec may differ, at the price of a
/// table look-up between the laws, and of a coder otherwise. The clock is 8 kHz throughout.
pub fn decide(sources: &[Source], to: Format) -> Feed {
    match sources {
        [] => Feed::Silence,
        [one] if one.gain_db == 0.0 && one.digits != Digits::Secret && one.format.ptime_ms == to.ptime_ms => {
            if one.format.is_same_sound(to) {
                Feed::Relay { from: one.port }
            } else if to.is_one_packet() {
                Feed::Translate { from: one.port }
            } else {
                Feed::Mix
            }
        }
        _ => Feed::Mix,
    }
}

/// What each destination of a plan hears, and how. A leg whose format is unknown is not there yet, a play that is not live is over:
/// neither is a source, and only legs that are there are destinations.
pub fn feeds(
    plan: &RoomPlan,
    format_of: impl Fn(LegId) -> Option<Format>,
    is_live: impl Fn(PortId) -> bool,
) -> Vec<(LegId, Feed, Vec<Source>)> {
    let mut feeds = Vec::new();
    for port in &plan.ports {
        let PortId::Leg(leg) = port.id else { continue };
        let Some(to) = format_of(leg) else { continue };
        if plan.hears.iter().any(|hear| hear.from == port.id && hear.to == port.id) {
            feeds.push((leg, Feed::Echo, Vec::new()));
            continue;
        }
        let sources = sources_of(plan, port.id, &format_of, &is_live);
        feeds.push((leg, decide(&sources, to), sources));
    }
    feeds
}

fn sources_of(
    plan: &RoomPlan,
    to: PortId,
    format_of: &impl Fn(LegId) -> Option<Format>,
    is_live: &impl Fn(PortId) -> bool,
) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for hear in plan.hears.iter().filter(|hear| hear.to == to && hear.from != to) {
        let Some(port) = plan.ports.iter().find(|port| port.id == hear.from) else { continue };
        let format = match hear.from {
            PortId::Leg(leg) => format_of(leg),
            PortId::Play(_) => is_live(hear.from).then_some(PLAY_FORMAT),
        };
        let Some(format) = format else { continue };
        let source = Source { port: hear.from, format, gain_db: hear.gain_db, digits: port.digits };
        match sources.iter_mut().find(|known| known.port == hear.from) {
            Some(known) => *known = source,
            None => sources.push(source),
        }
    }
    sources
}

#[cfg(test)]
#[path = "feed_tests.rs"]
mod tests;
