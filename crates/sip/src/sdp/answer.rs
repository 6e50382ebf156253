//! Writing our side.

use std::fmt::Write;
use std::net::{IpAddr, SocketAddr};

use domain::MasterKey;

use super::{Codec, Direction, MediaOffer, Offer, crypto};

/// Payload type of events when we offer; an answer repeats the peer's.
pub(super) const EVENT_PAYLOAD_TYPE: u8 = 101;
/// Payload type of Opus when we offer, the one most phones use.
pub(super) const OPUS_PAYLOAD_TYPE: u8 = 107;
/// For either, where the peer uses its number for something else.
const SPARE_PAYLOAD_TYPE: u8 = 108;

/// Our end of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Local<'a> {
    /// Where we receive RTP.
    pub(crate) rtp: SocketAddr,
    /// Names the session; the same for its whole life.
    pub(crate) session: u64,
    /// Grows by one with every changed description (RFC 3264 §8).
    pub(crate) version: u64,
    /// Our key and its tag, where sound is encrypted.
    pub(crate) crypto: Option<(u32, &'a MasterKey)>,
}

/// Answers an offer: one stream, everything else refused with port 0, in the offer's order.
pub(crate) fn write_answer(offer: &Offer, local: Local<'_>) -> String {
    let mut out = head(local);
    for line in &offer.lines {
        if line.taken {
            let media = &offer.media;
            let formats = [(media.payload_type, media.codec)];
            audio(&mut out, local, &line.proto, &formats, media.dtmf_payload_type, media.direction);
        } else {
            // RFC 3264 §6: a refused stream keeps its line, with port zero.
            let _ = write!(out, "m={} 0 {} {}\r\n", line.kind, line.proto, line.formats);
        }
    }
    out
}

/// Our offer, where the peer's INVITE had none: the codec in use first, then the others of `codecs` in its order; none named are
/// those that need no coder.
pub(crate) fn write_offer(current: &MediaOffer, codecs: &[Codec], local: Local<'_>) -> String {
    let mut out = head(local);
    let others = if codecs.is_empty() { &Codec::LAWS[..] } else { codecs };
    let others = others.iter().copied().filter(|codec| *codec != current.codec);
    // A number stays what it means for the whole session (RFC 3264 §8.3.2), and means one thing.
    let free = |first: u8, taken: &[u8]| {
        [first, SPARE_PAYLOAD_TYPE, EVENT_PAYLOAD_TYPE]
            .into_iter()
            .find(|number| !taken.contains(number))
            .unwrap_or(first)
    };
    let event = current.dtmf_payload_type.filter(|pt| *pt >= 96);
    let event = event.unwrap_or_else(|| free(EVENT_PAYLOAD_TYPE, &[current.payload_type]));
    let number = |codec: Codec| {
        if codec == current.codec && current.payload_type >= 96 {
            current.payload_type
        } else if codec == Codec::Opus {
            free(OPUS_PAYLOAD_TYPE, &[current.payload_type, event])
        } else {
            codec.payload_type()
        }
    };
    let formats: Vec<(u8, Codec)> =
        std::iter::once(current.codec).chain(others).map(|codec| (number(codec), codec)).collect();
    let profile = if local.crypto.is_some() { "RTP/SAVP" } else { "RTP/AVP" };
    audio(&mut out, local, profile, &formats, Some(event), Direction::SendRecv);
    out
}

fn head(local: Local<'_>) -> String {
    let address = address(local.rtp.ip());
    let (session, version) = (local.session, local.version);
    format!("v=0\r\no=callisto {session} {version} IN {address}\r\ns=-\r\nc=IN {address}\r\nt=0 0\r\n")
}

fn address(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => format!("IP4 {ip}"),
        IpAddr::V6(ip) => format!("IP6 {ip}"),
    }
}

fn audio(
    out: &mut String,
    local: Local<'_>,
    proto: &str,
    formats: &[(u8, Codec)],
    event: Option<u8>,
    direction: Direction,
) {
    let _ = write!(out, "m=audio {} {proto}", local.rtp.port());
    for (number, _) in formats {
        let _ = write!(out, " {number}");
    }
    if let Some(number) = event {
        let _ = write!(out, " {number}");
    }
    out.push_str("\r\n");
    for (number, codec) in formats {
        let _ = write!(out, "a=rtpmap:{number} {}\r\n", codec.map());
        if let Some(parameters) = codec.parameters() {
            let _ = write!(out, "a=fmtp:{number} {parameters}\r\n");
        }
    }
    if let Some(number) = event {
        let _ = write!(out, "a=rtpmap:{number} telephone-event/8000\r\na=fmtp:{number} 0-15\r\n");
    }
    if let Some((tag, key)) = local.crypto {
        crypto::write(out, tag, key);
    }
    // We take and make 20 ms packets whatever the peer would like to get (RFC 3264 §6.1: ptime is a wish).
    let _ = write!(out, "a=ptime:20\r\na={}\r\n", direction.attribute());
}
