//! Sites: the locations of a centre. A dealer is a site.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use domain::site::VoiceCodec;

/// A codec that telephones may be offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Codec {
    /// G.711 A-law.
    Pcma,
    /// G.711 µ-law.
    Pcmu,
    /// G.722 at 64 kbit/s.
    G722,
    /// Opus.
    Opus,
}

impl From<VoiceCodec> for Codec {
    fn from(codec: VoiceCodec) -> Codec {
        match codec {
            VoiceCodec::Pcma => Codec::Pcma,
            VoiceCodec::Pcmu => Codec::Pcmu,
            VoiceCodec::G722 => Codec::G722,
            VoiceCodec::Opus => Codec::Opus,
        }
    }
}

/// A site.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Site {
    /// Site id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Where its phones register and call from, e.g. `10.8.0.0/24`; empty is from anywhere.
    pub address_ranges: Vec<String>,
    /// Calls of its phones, and of its agents who work with the browser, with elsewhere at once; null is no limit.
    #[schema(required = true)]
    pub calls_max: Option<u32>,
    /// The codecs its phones are offered, the best first.
    pub codecs: Vec<Codec>,
    /// SIP phones that belong to it.
    pub devices: u64,
    /// People who belong to it.
    pub users: u64,
    /// Numbers that belong to it.
    pub numbers: u64,
    /// To be handed back with a change.
    pub version: i64,
}

/// A site to be made, or changed as a whole.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteWanted {
    /// The version the change was made from; not asked when a site is made.
    #[serde(default)]
    pub version: i64,
    /// Its name, 1–60 characters; unique in the centre.
    pub name: String,
    /// IANA time zone; the one of the centre when left out.
    pub time_zone: Option<String>,
    /// IPv4 and IPv6 ranges such as `10.8.0.0/24`, or single addresses, at most 32; none is from anywhere.
    #[serde(default)]
    pub address_ranges: Vec<String>,
    /// Calls of its phones, and of its agents who work with the browser, with elsewhere at once, 1–10000; null is no limit.
    pub calls_max: Option<i64>,
    /// The codecs its phones are offered, the best first, each once; all of them when left out.
    #[schema(value_type = Option<Vec<Codec>>)]
    pub codecs: Option<Vec<String>>,
}

/// The site of a number.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberSite {
    /// Site id.
    pub site_id: String,
}
