//! Sites: where telephones stand and people work. A dealer is a site.

use crate::SiteId;

/// A location, as a floor decides by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// Its telephones register and call from its own addresses only.
    pub is_bounded: bool,
    /// Calls between its telephones, its agents with a browser and elsewhere at once; `None` is no limit.
    pub calls_max: Option<u32>,
}

/// A codec that telephones may be offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VoiceCodec {
    /// G.711 A-law.
    Pcma,
    /// G.711 µ-law.
    Pcmu,
    /// G.722 at 64 kbit/s.
    G722,
    /// Opus.
    Opus,
}

impl VoiceCodec {
    /// All of them, the cheapest first: between telephones of different codecs every packet has to be coded anew, but for the two laws of G.711.
    pub const ALL: [VoiceCodec; 4] = [VoiceCodec::Pcma, VoiceCodec::Pcmu, VoiceCodec::G722, VoiceCodec::Opus];

    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            VoiceCodec::Pcma => "pcma",
            VoiceCodec::Pcmu => "pcmu",
            VoiceCodec::G722 => "g722",
            VoiceCodec::Opus => "opus",
        }
    }

    /// From its stable name.
    pub fn from_name(name: &str) -> Option<VoiceCodec> {
        VoiceCodec::ALL.into_iter().find(|codec| codec.name() == name)
    }
}
