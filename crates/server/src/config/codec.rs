//! `codecs` of a `[[trunk]]`.

use domain::site::VoiceCodec;
use schemars::JsonSchema;
use serde::Deserialize;

/// What may be spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Codec {
    /// G.711 A-law.
    Pcma,
    /// G.711 µ-law.
    Pcmu,
    /// G.722.
    G722,
    /// Opus.
    Opus,
}

impl From<Codec> for VoiceCodec {
    fn from(codec: Codec) -> VoiceCodec {
        match codec {
            Codec::Pcma => VoiceCodec::Pcma,
            Codec::Pcmu => VoiceCodec::Pcmu,
            Codec::G722 => VoiceCodec::G722,
            Codec::Opus => VoiceCodec::Opus,
        }
    }
}

/// What cannot be meant by a list.
pub(super) fn faults(trunk: &str, codecs: Option<&[Codec]>, faults: &mut Vec<String>) {
    let Some(codecs) = codecs else { return };
    if codecs.is_empty() {
        faults.push(format!("trunk {trunk:?}: codecs is empty; leave it out, or name one"));
    }
    for (at, codec) in codecs.iter().enumerate() {
        if codecs[..at].contains(codec) {
            faults.push(format!("trunk {trunk:?}: codecs names {} twice", VoiceCodec::from(*codec).name()));
        }
    }
}
