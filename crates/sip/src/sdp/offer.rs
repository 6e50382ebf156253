//! Reading a description: which audio line is taken, and how.

use std::net::{IpAddr, SocketAddr};

use sdp_types::{Media, Session};

use super::crypto::{self, SrtpUse, TheirKey};
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
    /// No audio line with a codec of ours and an IP address, over RTP or SRTP as it must be.
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
    /// The key of what they send, where the line that is taken has one.
    pub(crate) theirs: Option<TheirKey>,
}

/// One media line, as far as the answer repeats it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MediaLine {
    pub(crate) kind: String,
    pub(crate) proto: String,
    pub(crate) formats: String,
    pub(crate) taken: bool,
}

/// Reads an offer, or an answer to an offer of ours. Of `codecs` the first that is offered is taken; without any, the law of
/// G.711 the peer likes best, and any other codec only where there is none.
pub(crate) fn parse_offer(description: &[u8], srtp: SrtpUse, codecs: &[Codec]) -> Result<Offer, SdpError> {
    if description.len() > DESCRIPTION_MAX {
        return Err(SdpError::Unreadable);
    }
    let session = Session::parse(description).map_err(|_| SdpError::Unreadable)?;
    if session.medias.len() > MEDIA_MAX {
        return Err(SdpError::Unreadable);
    }
    let found = |is_secure: bool| {
        let of_kind = |(at, media)| Some((at, usable(&session, media, is_secure, codecs)?));
        session.medias.iter().enumerate().find_map(of_kind)
    };
    let chosen = match srtp {
        SrtpUse::Never => found(false),
        SrtpUse::WhenOffered => found(true).or_else(|| found(false)),
        SrtpUse::Always => found(true),
    };
    let (taken, (media, theirs)) = chosen.ok_or(SdpError::NothingInCommon)?;
    let line = |(at, media): (usize, &Media)| MediaLine {
        kind: media.media.clone(),
        proto: media.proto.clone(),
        formats: media.fmt.clone(),
        taken: at == taken,
    };
    Ok(Offer { lines: session.medias.iter().enumerate().map(line).collect(), media, theirs })
}

/// Whether audio is offered in one of `codecs` (none: in any of ours), whatever carries it.
pub(crate) fn speaks(description: &[u8], codecs: &[Codec]) -> bool {
    let Ok(session) = Session::parse(description) else { return false };
    let audio = session.medias.iter().filter(|media| media.media == "audio" && media.port != 0);
    audio.take(MEDIA_MAX).any(|media| choose(media, &formats(media), codecs).is_some())
}

/// The stream of a media line with its key, if it is one we can carry.
fn usable(
    session: &Session,
    media: &Media,
    is_secure: bool,
    codecs: &[Codec],
) -> Option<(MediaOffer, Option<TheirKey>)> {
    let is_profile = match media.proto.as_str() {
        "RTP/AVP" | "RTP/AVPF" => !is_secure,
        "RTP/SAVP" | "RTP/SAVPF" => is_secure,
        _ => false,
    };
    if media.media != "audio" || !is_profile || media.port == 0 {
        return None;
    }
    let theirs = match is_secure {
        // RFC 4568 §5.1.2: the first that is understood; with none, the line is refused.
        true => Some(media.get_attribute_values("crypto").flatten().find_map(crypto::parse)?),
        false => None,
    };
    let formats = formats(media);
    let (payload_type, codec) = choose(media, &formats, codecs)?;
    let dtmf_payload_type = formats.iter().copied().find(|f| is_event(media, *f));
    let ip = address(session, media)?;
    // RFC 3264 §8.4 and RFC 2543: hold by a zero address still asks not to be sent to.
    let wants_audio = !ip.is_unspecified();
    let way = direction(session, media);
    let offer = MediaOffer {
        remote: SocketAddr::new(ip, media.port),
        codec,
        payload_type,
        dtmf_payload_type,
        ptime_ms: ptime(media),
        direction: Direction::of(way.receives() && wants_audio, way.sends()),
        srtp: None,
    };
    Some((offer, theirs))
}

fn formats(media: &Media) -> Vec<u8> {
    media.fmt.split_whitespace().filter_map(|format| format.parse().ok()).filter(|format| *format < 128).collect()
}

fn choose(media: &Media, formats: &[u8], codecs: &[Codec]) -> Option<(u8, Codec)> {
    let spoken: Vec<(u8, Codec)> = formats.iter().filter_map(|f| Some((*f, codec_of(media, *f)?))).collect();
    match codecs {
        [] => spoken.iter().find(|(_, codec)| codec.is_law()).or_else(|| spoken.first()).copied(),
        codecs => codecs.iter().find_map(|wanted| spoken.iter().copied().find(|(_, codec)| codec == wanted)),
    }
}

fn codec_of(media: &Media, format: u8) -> Option<Codec> {
    match mapping(media, format) {
        Some(map) => Codec::ALL.into_iter().find(|codec| is_map(map, codec.map())),
        // RFC 3551: static types need no map.
        None => [Codec::Pcma, Codec::Pcmu, Codec::G722].into_iter().find(|codec| codec.payload_type() == format),
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
