//! Prompts and music out of the object store: A-law WAV in, bare samples out, read once.

use std::collections::HashMap;
use std::sync::Arc;

use domain::{Language, room::SoundKey};
use store::{ObjectStore, StoreError};
use tracing::warn;

/// Where sounds lie in the object store.
const ROOT: &str = "prompts/";
/// Folder of what has no language.
const COMMON: &str = "common";

/// `WAVE_FORMAT_ALAW`.
const FORMAT_ALAW: u16 = 6;
const RATE_HZ: u32 = 8_000;

/// Sounds of an object store, kept under `prompts/{zh,en,common}/<name>.wav`.
pub struct StoredSounds {
    samples: HashMap<String, Arc<[u8]>>,
}

impl StoredSounds {
    /// Reads everything under `prompts/`. A file that cannot be used is named in the log and left out; a flow that plays it
    /// learns that the play failed.
    ///
    /// # Errors
    /// When the object store cannot be read.
    pub async fn load(objects: &dyn ObjectStore) -> Result<StoredSounds, StoreError> {
        let mut samples = HashMap::new();
        for key in objects.list(ROOT).await? {
            let bytes = objects.get(&key).await?.unwrap_or_default();
            let Some(name) = key.as_str().strip_prefix(ROOT).and_then(|n| n.strip_suffix(".wav")) else { continue };
            match alaw_samples(&bytes) {
                Some(found) => {
                    samples.insert(name.to_owned(), Arc::from(found));
                }
                None => warn!(object = %key.as_str(), "not a mono 8 kHz A-law WAV file; left out"),
            }
        }
        Ok(StoredSounds { samples })
    }
}

impl media::Sounds for StoredSounds {
    fn alaw(&self, key: &SoundKey) -> Option<Arc<[u8]>> {
        let folder = match key.language {
            Some(Language::Zh) => "zh",
            Some(Language::En) => "en",
            None => COMMON,
        };
        let spoken = self.samples.get(&format!("{folder}/{}", key.name));
        // Tones and music have no language, even where a flow lists them among spoken sounds.
        spoken.or_else(|| self.samples.get(&format!("{COMMON}/{}", key.name))).map(Arc::clone)
    }
}

/// The samples of a mono 8 kHz A-law WAV file; `None` when it is something else or torn.
///
/// Written by hand because the WAV library of the house reads PCM only.
fn alaw_samples(bytes: &[u8]) -> Option<&[u8]> {
    if bytes.get(..4)? != b"RIFF" || bytes.get(8..12)? != b"WAVE" {
        return None;
    }
    let mut rest = bytes.get(12..)?;
    let mut format_fits = false;
    loop {
        let name = rest.get(..4)?;
        let length = usize::try_from(u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?)).ok()?;
        let body = rest.get(8..)?;
        if name == b"fmt " {
            let tag = u16::from_le_bytes(body.get(..2)?.try_into().ok()?);
            let channels = u16::from_le_bytes(body.get(2..4)?.try_into().ok()?);
            let rate = u32::from_le_bytes(body.get(4..8)?.try_into().ok()?);
            format_fits = tag == FORMAT_ALAW && channels == 1 && rate == RATE_HZ;
        } else if name == b"data" {
            return if format_fits { body.get(..length) } else { None };
        }
        // Chunks are padded to an even length.
        rest = body.get(length.checked_add(length & 1)?..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::alaw_samples;

    fn wav(tag: u16, rate: u32, data: &[u8]) -> Vec<u8> {
        let mut file = b"RIFF\0\0\0\0WAVEfmt ".to_vec();
        file.extend(16u32.to_le_bytes());
        file.extend(tag.to_le_bytes());
        file.extend(1u16.to_le_bytes());
        file.extend(rate.to_le_bytes());
        file.extend([0; 8]);
        file.extend(b"fact");
        file.extend(3u32.to_le_bytes());
        file.extend([0; 4]);
        file.extend(b"data");
        file.extend((data.len() as u32).to_le_bytes());
        file.extend(data);
        file
    }

    #[test]
    fn samples_are_found_behind_other_chunks() {
        assert_eq!(alaw_samples(&wav(6, 8_000, &[1, 2, 3])), Some(&[1, 2, 3][..]));
    }

    #[test]
    fn other_formats_and_torn_files_are_refused() {
        assert_eq!(alaw_samples(&wav(1, 8_000, &[1, 2])), None);
        assert_eq!(alaw_samples(&wav(6, 16_000, &[1, 2])), None);
        let whole = wav(6, 8_000, &[1, 2, 3, 4]);
        for cut in 0..whole.len() {
            assert_eq!(alaw_samples(&whole[..cut]), None);
        }
    }

    #[test]
    fn broken_files_are_left_out() {
        fuzzing::replay("runtime/wav", |bytes| {
            let samples = alaw_samples(bytes);
            assert!(samples.is_none_or(|samples| samples.len() < bytes.len()));
        });
    }
}
