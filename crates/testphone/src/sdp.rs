//! Session descriptions of the test phone.

use std::net::{IpAddr, SocketAddr};

use serde::Deserialize;

use crate::g711::Codec;

/// How a hold is spelled in a re-INVITE.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldStyle {
    /// `a=sendonly`, the usual one.
    #[default]
    Sendonly,
    /// `a=inactive`.
    Inactive,
    /// `a=recvonly`.
    Recvonly,
    /// `c=IN IP4 0.0.0.0`, the oldest one.
    Zero,
}

/// What the phone says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    /// Where RTP is received.
    pub rtp: SocketAddr,
    /// The only codec offered.
    pub codec: Codec,
    /// Payload type of RFC 4733 events; without, keys go as tones.
    pub dtmf: Option<u8>,
    /// Grows with each description.
    pub version: u64,
    /// On hold, and how.
    pub hold: Option<HoldStyle>,
}

impl Local {
    /// The text.
    pub fn write(&self) -> String {
        let ip = match self.hold {
            Some(HoldStyle::Zero) => "0.0.0.0".to_owned(),
            Some(HoldStyle::Sendonly | HoldStyle::Inactive | HoldStyle::Recvonly) | None => self.rtp.ip().to_string(),
        };
        let direction = match self.hold {
            Some(HoldStyle::Sendonly) => "sendonly",
            Some(HoldStyle::Inactive) => "inactive",
            Some(HoldStyle::Recvonly) => "recvonly",
            Some(HoldStyle::Zero) | None => "sendrecv",
        };
        let family = if self.rtp.is_ipv4() { "IP4" } else { "IP6" };
        let (version, own, port) = (self.version, self.rtp.ip(), self.rtp.port());
        let (pt, name) = (self.codec.payload_type(), self.codec.name());
        let (format, events) = self.dtmf.map_or_else(Default::default, |dtmf| {
            (format!(" {dtmf}"), format!("a=rtpmap:{dtmf} telephone-event/8000\r\na=fmtp:{dtmf} 0-15\r\n"))
        });
        format!(
            "v=0\r\no=testphone 1 {version} IN {family} {own}\r\ns=call\r\nc=IN {family} {ip}\r\nt=0 0\r\n\
             m=audio {port} RTP/AVP {pt}{format}\r\na=rtpmap:{pt} {name}/8000\r\n{events}a=ptime:20\r\na={direction}\r\n"
        )
    }
}

/// What the other side said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// Where its RTP is received.
    pub rtp: SocketAddr,
    /// The first G.711 of its list.
    pub codec: Codec,
    /// Payload type of events.
    pub dtmf: Option<u8>,
    /// `sendrecv`, `sendonly`, `recvonly` or `inactive`.
    pub direction: String,
}

impl Remote {
    /// Reads a description with one audio line that is not refused.
    pub fn read(text: &str) -> Option<Remote> {
        let mut ip: Option<IpAddr> = None;
        let mut audio: Option<(u16, Vec<u8>)> = None;
        let mut dtmf = None;
        let mut direction = "sendrecv";
        for line in text.lines() {
            if let Some(connection) = line.strip_prefix("c=IN ") {
                ip = connection.split(' ').nth(1).and_then(|a| a.trim().parse().ok()).or(ip);
            } else if let Some(media) = line.strip_prefix("m=audio ") {
                let mut words = media.split_whitespace();
                let port = words.next()?.parse().ok()?;
                audio = Some((port, words.skip(1).filter_map(|w| w.parse().ok()).collect()));
            } else if let Some(map) = line.strip_prefix("a=rtpmap:") {
                let (number, name) = map.split_once(' ')?;
                if name.to_ascii_lowercase().starts_with("telephone-event/8000") {
                    dtmf = number.parse().ok();
                }
            } else if let Some(found) = ["sendrecv", "sendonly", "recvonly", "inactive"]
                .into_iter()
                .find(|d| line.trim_end() == format!("a={d}"))
            {
                direction = found;
            }
        }
        let (port, formats) = audio.filter(|(port, _)| *port != 0)?;
        let codec = formats.iter().find_map(|f| Codec::of(*f))?;
        Some(Remote { rtp: SocketAddr::new(ip?, port), codec, dtmf, direction: direction.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_reads_back_in_every_hold_style() {
        let rtp = "127.0.0.1:4000".parse().unwrap();
        let rows = [
            (None, "sendrecv", "127.0.0.1:4000"),
            (Some(HoldStyle::Sendonly), "sendonly", "127.0.0.1:4000"),
            (Some(HoldStyle::Inactive), "inactive", "127.0.0.1:4000"),
            (Some(HoldStyle::Recvonly), "recvonly", "127.0.0.1:4000"),
            (Some(HoldStyle::Zero), "sendrecv", "0.0.0.0:4000"),
        ];
        for (hold, direction, address) in rows {
            let text = Local { rtp, codec: Codec::Pcmu, dtmf: Some(101), version: 1, hold }.write();
            let remote = Remote::read(&text).unwrap();
            assert_eq!((remote.direction.as_str(), remote.rtp.to_string().as_str()), (direction, address));
            assert_eq!((remote.codec, remote.dtmf), (Codec::Pcmu, Some(101)));
        }
        let bare = Local { rtp, codec: Codec::Pcma, dtmf: None, version: 1, hold: None }.write();
        assert!(!bare.contains("telephone-event"), "{bare}");
        assert_eq!(Remote::read(&bare).unwrap().dtmf, None);
        assert_eq!(Remote::read("v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 0 RTP/AVP 8\r\n"), None);
    }
}
