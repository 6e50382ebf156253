//! Reading a description: which audio line is taken, and how.

use std::net::{IpAddr, SocketAddr};

use sdp_types::{Media, Session};

use super::{Codec, Direction, MediaOffer};

/// The longest description taken; ours are 300 bytes, browsers with video send 6 KiB.
const DESCRIPTION_MAX: usize = 8 * 1024;
/// The most media lines taken; the answer must repeat each.
const MEDIA_MAX: usize = 16;

/// Why a description cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SdpError {
    /// Not a session description.
    #[error("the session description cannot be read")]
    Unreadable,
    /// No audio line with G.711 over plain RTP and an IP address.
    #[error("no codec or transport in common")]
    NothingInCommon,
}

/// A description that can be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// Every media line in order; exactly one is taken.
    pub(crate) lines: Vec<MediaLine>,
    /// What will be used.
    pub(crate) media: MediaOffer,
}

/// One media line, as far as the answer repeats it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MediaLine {
    pub(crate) kind: String,
    pub(crate) proto: String,
    pub(crate) formats: String,
    pub(crate) taken: bool,
}

/// Reads an offer, or an answer to an offer of ours.
pub(crate) fn parse_offer(description: &[u8]) -> Result<Offer, SdpError> {
    if description.len() > DESCRIPTION_MAX {
        return Err(SdpError::Unreadable);
    }
    let session = Session::parse(description).map_err(|_| SdpError::Unreadable)?;
    if session.medias.len() > MEDIA_MAX {
        return Err(SdpError::Unreadable);
    }
    let mut chosen = None;
    let mut lines = Vec::with_capacity(session.medias.len());
    for media in &session.medias {
        let found = if chosen.is_none() { usable(&session, media) } else { None };
        lines.push(MediaLine {
            kind: media.media.clone(),
            proto: media.proto.clone(),
            formats: media.fmt.clone(),
            taken: found.is_some(),
        });
        chosen = chosen.or(found);
    }
    chosen.map(|media| Offer { lines, media }).ok_or(SdpError::NothingInCommon)
}

/// The stream of a media line, if it is one we can carry.
fn usable(session: &Session, media: &Media) -> Option<MediaOffer> {
    let plain_rtp = matches!(media.proto.as_str(), "RTP/AVP" | "RTP/AVPF");
    if media.media != "audio" || !plain_rtp || media.port == 0 {
        return None;
    }
    let formats: Vec<u8> = media.fmt.split_whitespace().filter_map(|f| f.parse().ok()).filter(|f| *f < 128).collect();
    let (payload_type, codec) = formats.iter().find_map(|f| codec_of(media, *f).map(|codec| (*f, codec)))?;
    let dtmf_payload_type = formats.iter().copied().find(|f| is_event(media, *f));
    let ip = address(session, media)?;
    // RFC 3264 §8.4 and RFC 2543: hold by a zero address still asks not to be sent to.
    let wants_audio = !ip.is_unspecified();
    let theirs = direction(session, media);
    Some(MediaOffer {
        remote: SocketAddr::new(ip, media.port),
        codec,
        payload_type,
        dtmf_payload_type,
        ptime_ms: ptime(media),
        direction: Direction::of(theirs.receives() && wants_audio, theirs.sends()),
    })
}

fn codec_of(media: &Media, format: u8) -> Option<Codec> {
    match mapping(media, format) {
        Some(map) if is_map(map, "PCMA/8000") => Some(Codec::Pcma),
        Some(map) if is_map(map, "PCMU/8000") => Some(Codec::Pcmu),
        Some(_) => None,
        // RFC 3551: static types need no map.
        None => match format {
            8 => Some(Codec::Pcma),
            0 => Some(Codec::Pcmu),
            _ => None,
        },
    }
}

fn is_event(media: &Media, format: u8) -> bool {
    mapping(media, format).is_some_and(|map| is_map(map, "telephone-event/8000"))
}

/// Compares an encoding; one channel may be written or not.
fn is_map(map: &str, encoding: &str) -> bool {
    map.trim().strip_suffix("/1").unwrap_or(map.trim()).eq_ignore_ascii_case(encoding)
}

fn mapping(media: &Media, format: u8) -> Option<&str> {
    media.get_attribute_values("rtpmap").flatten().find_map(|value| {
        let (number, map) = value.trim().split_once(' ')?;
        (number.parse() == Ok(format)).then_some(map)
    })
}

/// The address of a media line, its own before the session's.
fn address(session: &Session, media: &Media) -> Option<IpAddr> {
    let connection = media.connections.first().or(session.connection.as_ref())?;
    let text = connection.connection_address.split('/').next()?;
    text.trim().parse().ok()
}

/// The peer's direction, the media line's before the session's (RFC 8866 §6.7).
fn direction(session: &Session, media: &Media) -> Direction {
    let all = [Direction::SendRecv, Direction::SendOnly, Direction::RecvOnly, Direction::Inactive];
    let in_media = all.into_iter().find(|d| media.has_attribute(d.attribute()));
    let in_session = || all.into_iter().find(|d| session.has_attribute(d.attribute()));
    in_media.or_else(in_session).unwrap_or(Direction::SendRecv)
}

fn ptime(media: &Media) -> u8 {
    let wish = media.get_first_attribute_value("ptime").flatten();
    match wish.and_then(|value| value.trim().parse::<u8>().ok()) {
        Some(ms @ (10 | 20 | 30 | 40 | 50 | 60)) => ms,
        Some(_) | None => 20,
    }
}
