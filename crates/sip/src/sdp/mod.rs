//! Session descriptions: what an offer asks for, reduced to one stream of one codec, in clear or with keys (RFC 4568), and our answer to it (RFC 8866,
//! RFC 3264).

mod answer;
mod crypto;
mod offer;

pub(crate) use answer::{Local, write_answer, write_offer};
pub(crate) use crypto::{OWN_TAG, SrtpUse, TheirKey};
pub(crate) use offer::{Offer, SdpError, parse_offer, speaks};

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use domain::SrtpKeys;

/// The codec of a telephone leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Codec {
    /// G.711 A-law.
    Pcma,
    /// G.711 µ-law.
    Pcmu,
    /// G.722 at 64 kbit/s.
    G722,
    /// Opus, mono.
    Opus,
}

impl Codec {
    /// All of them, the cheapest first.
    pub const ALL: [Codec; 4] = [Codec::Pcma, Codec::Pcmu, Codec::G722, Codec::Opus];
    /// The laws of G.711, between which nothing has to be coded.
    pub const LAWS: [Codec; 2] = [Codec::Pcma, Codec::Pcmu];

    /// Whether it is a law of G.711.
    pub const fn is_law(self) -> bool {
        match self {
            Codec::Pcma | Codec::Pcmu => true,
            Codec::G722 | Codec::Opus => false,
        }
    }

    /// RFC 3551 §6: the static payload type; for Opus, which has none, the one we offer.
    const fn payload_type(self) -> u8 {
        match self {
            Codec::Pcma => 8,
            Codec::Pcmu => 0,
            Codec::G722 => 9,
            Codec::Opus => answer::OPUS_PAYLOAD_TYPE,
        }
    }

    /// Encoding, clock and channels as they are written. G.722's clock is a mistake that stayed (RFC 3551 §4.5.2); Opus always says so
    /// (RFC 7587 §7).
    const fn map(self) -> &'static str {
        match self {
            Codec::Pcma => "PCMA/8000",
            Codec::Pcmu => "PCMU/8000",
            Codec::G722 => "G722/8000",
            Codec::Opus => "opus/48000/2",
        }
    }

    /// What is asked of the peer's encoder. All that is heard of Opus is 8 kHz and one channel (RFC 7587 §6.1).
    const fn parameters(self) -> Option<&'static str> {
        match self {
            Codec::Pcma | Codec::Pcmu | Codec::G722 => None,
            Codec::Opus => Some("maxplaybackrate=8000;sprop-maxcapturerate=8000;stereo=0;sprop-stereo=0"),
        }
    }
}

/// Which way audio flows, seen from us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Both ways.
    SendRecv,
    /// We send only.
    SendOnly,
    /// We receive only.
    RecvOnly,
    /// Neither.
    Inactive,
}

impl Direction {
    /// From what each side does.
    pub const fn of(sends: bool, receives: bool) -> Direction {
        match (sends, receives) {
            (true, true) => Direction::SendRecv,
            (true, false) => Direction::SendOnly,
            (false, true) => Direction::RecvOnly,
            (false, false) => Direction::Inactive,
        }
    }

    /// Whether we send.
    pub const fn sends(self) -> bool {
        matches!(self, Direction::SendRecv | Direction::SendOnly)
    }

    /// Whether we receive.
    pub const fn receives(self) -> bool {
        matches!(self, Direction::SendRecv | Direction::RecvOnly)
    }

    const fn attribute(self) -> &'static str {
        match self {
            Direction::SendRecv => "sendrecv",
            Direction::SendOnly => "sendonly",
            Direction::RecvOnly => "recvonly",
            Direction::Inactive => "inactive",
        }
    }
}

/// What was negotiated with the peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaOffer {
    /// Where our RTP goes; `0.0.0.0:0` while unknown. During a hold with `c=0.0.0.0` it keeps the last address.
    pub remote: SocketAddr,
    /// The codec, both ways.
    pub codec: Codec,
    /// Payload type of the codec.
    pub payload_type: u8,
    /// Payload type of RFC 4733 events at 8 kHz, if agreed.
    pub dtmf_payload_type: Option<u8>,
    /// Milliseconds a packet, as the peer would like to get them: 10 to 60, 20 when it did not say.
    pub ptime_ms: u8,
    /// Which way audio flows, seen from us.
    pub direction: Direction,
    /// The keys of both directions, where sound is encrypted (SRTP).
    pub srtp: Option<Arc<SrtpKeys>>,
}

impl MediaOffer {
    /// Before the peer has said anything: an INVITE without an offer.
    pub(crate) fn unknown() -> MediaOffer {
        MediaOffer {
            remote: SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0),
            codec: Codec::Pcma,
            payload_type: 8,
            dtmf_payload_type: Some(answer::EVENT_PAYLOAD_TYPE),
            ptime_ms: 20,
            direction: Direction::RecvOnly,
            srtp: None,
        }
    }

    /// The same, with this codec in mind.
    pub(crate) fn of(codec: Codec) -> MediaOffer {
        MediaOffer { codec, payload_type: codec.payload_type(), ..MediaOffer::unknown() }
    }

    /// Whether we send.
    pub fn sends(&self) -> bool {
        self.direction.sends()
    }

    /// Whether we receive.
    pub fn receives(&self) -> bool {
        self.direction.receives()
    }

    /// Whether the peer put the call on hold: anything but both ways.
    pub fn is_hold(&self) -> bool {
        self.direction != Direction::SendRecv
    }
}

#[cfg(test)]
mod crypto_tests;
#[cfg(test)]
mod tests;
