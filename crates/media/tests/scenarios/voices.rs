//! How telephones turn sound into payloads and back.

use std::fmt;

use media::{Codec, Wide, g722};
use opus_rs::{Application, OpusDecoder, OpusEncoder};

pub enum Mouth {
    Law(Codec),
    G722(g722::Encoder),
    Opus(Box<OpusEncoder>),
}

impl fmt::Debug for Mouth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mouth")
    }
}

impl Mouth {
    pub fn of(wide: Wide) -> Mouth {
        match wide {
            Wide::G722 => Mouth::G722(g722::Encoder::default()),
            Wide::Opus => Mouth::Opus(Box::new(OpusEncoder::new(8_000, 1, Application::RestrictedLowDelay).unwrap())),
        }
    }

    pub fn say(&mut self, samples: &[i16]) -> Vec<u8> {
        match self {
            Mouth::Law(codec) => samples.iter().map(|sample| codec.encode(*sample)).collect(),
            Mouth::G722(g722) => samples.iter().map(|sample| g722.encode(*sample)).collect(),
            Mouth::Opus(opus) => {
                let mut packet = vec![0; 1_275];
                let length = opus.encode_i16(samples, samples.len(), &mut packet).unwrap();
                packet[..length].to_vec()
            }
        }
    }
}

pub enum Ear {
    Law(Codec),
    G722(g722::Decoder),
    Opus(Box<OpusDecoder>),
}

impl Ear {
    pub fn of(wide: Wide) -> Ear {
        match wide {
            Wide::G722 => Ear::G722(g722::Decoder::default()),
            Wide::Opus => Ear::Opus(Box::new(OpusDecoder::new(8_000, 1).unwrap())),
        }
    }

    pub fn hear(&mut self, payload: &[u8]) -> Vec<i16> {
        match self {
            Ear::Law(codec) => payload.iter().map(|byte| codec.decode(*byte)).collect(),
            Ear::G722(g722) => payload.iter().map(|byte| g722.decode(*byte)).collect(),
            Ear::Opus(opus) => {
                let mut sound = [0.0; 960];
                let made = opus.decode(payload, 960, &mut sound).unwrap();
                sound[..made].iter().map(|sample| (sample * 32_768.0) as i16).collect()
            }
        }
    }
}
