//! The sealed object: the chunks one after another, their index as a last sealed chunk, and sixteen bytes that say where it begins.

use domain::recording::GapCause;
use domain::{RecordingId, TenantId};

use super::chunk::{ChunkCipher, HEADER_BYTES, Header, INDEX_TRACK, Kind};
use super::{RecordingError, SAMPLES_PER_SECOND};
use crate::{ObjectKey, ObjectStore, StoreError};

/// How many peaks an index holds for each chunk.
pub(super) const PEAKS_PER_CHUNK: usize = 10;
/// Samples of one of them.
pub(super) const PEAK_SAMPLES: u32 = SAMPLES_PER_SECOND / PEAKS_PER_CHUNK as u32;

const TRAILER_MAGIC: [u8; 8] = *b"crecEND1";
pub(super) const TRAILER_BYTES: usize = 16;
const INDEX_VERSION: u8 = 1;
const ENTRY_BYTES: usize = HEADER_BYTES + PEAKS_PER_CHUNK;

/// Milliseconds of 2025-01-01 UTC, from which ids count.
const ID_EPOCH_MS: i64 = 1_735_689_600_000;
const ID_LOW_BITS: u32 = 22;
const MS_PER_DAY: i64 = 86_400_000;

/// One chunk of a recording and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub header: Header,
    pub offset: u64,
    /// The loudest sample of each tenth of a second, 0–255; zeros where there is no sound.
    pub peaks: [u8; PEAKS_PER_CHUNK],
}

/// What a sealed object says about itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    pub recovered: bool,
    pub entries: Vec<Entry>,
}

/// Where the object of a recording is: `<tenant>/<yyyy/mm/dd>/<id>.crec`, by the day (UTC) its id was made.
pub(super) fn object_key(tenant: TenantId, recording: RecordingId) -> Result<ObjectKey, StoreError> {
    let days = (ID_EPOCH_MS + (recording.0 >> ID_LOW_BITS)).div_euclid(MS_PER_DAY);
    let (year, month, day) = civil(days);
    ObjectKey::new(&format!("{tenant}/{year:04}/{month:02}/{day:02}/{recording}.crec"))
}

/// The recording an object is of, by its name.
pub(super) fn recording_of(key: &ObjectKey) -> Option<RecordingId> {
    key.as_str().rsplit('/').next()?.strip_suffix(".crec")?.parse().ok()
}

/// Year, month and day of the Gregorian calendar for days since 1970-01-01, counted in years that begin in March.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

impl Index {
    /// Chunks as the manifest counts them.
    pub(super) fn chunks(&self) -> u64 {
        self.entries.len() as u64
    }

    pub(super) fn gaps(&self) -> u32 {
        let is_gap = |entry: &&Entry| match entry.header.kind {
            Kind::Gap(GapCause::Overflow | GapCause::DiskFull | GapCause::DiskFailed | GapCause::TornOff) => true,
            Kind::Sound(_) | Kind::Paused | Kind::End | Kind::Index => false,
        };
        u32::try_from(self.entries.iter().filter(is_gap).count()).unwrap_or(u32::MAX)
    }

    /// Samples from the beginning to the end of the last chunk.
    pub(super) fn samples(&self) -> u64 {
        self.entries.iter().map(|entry| entry.header.end()).max().unwrap_or(0)
    }

    /// Index and trailer, as they follow `offset` bytes of chunks.
    pub(super) fn encode(
        &self,
        cipher: &ChunkCipher,
        recording: RecordingId,
        epoch: u32,
        offset: u64,
    ) -> Result<Vec<u8>, StoreError> {
        let mut plain = Vec::with_capacity(2 + self.entries.len() * ENTRY_BYTES);
        plain.extend([INDEX_VERSION, u8::from(self.recovered)]);
        for entry in &self.entries {
            plain.extend(entry.header.encode());
            plain.extend(entry.peaks);
        }
        let mut header = Header {
            recording,
            kind: Kind::Index,
            role: domain::room::PortRole::Media,
            epoch,
            track: INDEX_TRACK,
            number: 0,
            samples: 0,
            first_sample: self.samples(),
            sealed_bytes: 0,
        };
        let mut bytes = cipher.seal(&mut header, &plain)?;
        bytes.extend(offset.to_be_bytes());
        bytes.extend(TRAILER_MAGIC);
        Ok(bytes)
    }

    /// Reads what [`Index::encode`] made. `frame` is the chunk, `offset` where it began.
    fn decode(cipher: &ChunkCipher, recording: RecordingId, frame: &[u8], offset: u64) -> Option<Index> {
        let (header, plain) = cipher.open(frame)?;
        if header.recording != recording || header.kind != Kind::Index {
            return None;
        }
        let ([version, recovered], mut rest) = plain.split_first_chunk::<2>()?;
        if *version != INDEX_VERSION {
            return None;
        }
        let mut index = Index { recovered: *recovered != 0, entries: Vec::new() };
        let mut at = 0;
        while let Some((entry, next)) = rest.split_first_chunk::<ENTRY_BYTES>() {
            let (header, peaks) = entry.split_first_chunk::<HEADER_BYTES>()?;
            let header = Header::decode(header)?;
            index.entries.push(Entry { header, offset: at, peaks: peaks.try_into().ok()? });
            at += header.frame_bytes();
            rest = next;
        }
        (rest.is_empty() && at == offset).then_some(index)
    }

    /// Reads the index of an object whose length is as it must be.
    pub(super) async fn load(
        objects: &dyn ObjectStore,
        key: &ObjectKey,
        size: u64,
        cipher: &ChunkCipher,
        recording: RecordingId,
    ) -> Result<Index, RecordingError> {
        let altered = || RecordingError::Altered("its index does not open".to_owned());
        let gone = || RecordingError::Truncated("its object is missing".to_owned());
        let trailer_at = size.checked_sub(TRAILER_BYTES as u64).ok_or_else(altered)?;
        let trailer = objects.read(key, trailer_at, TRAILER_BYTES).await?.ok_or_else(gone)?;
        let (offset, magic) = trailer.split_first_chunk::<8>().ok_or_else(altered)?;
        let offset = u64::from_be_bytes(*offset);
        let length =
            trailer_at.checked_sub(offset).and_then(|length| usize::try_from(length).ok()).ok_or_else(altered)?;
        if magic != TRAILER_MAGIC {
            return Err(altered());
        }
        let frame = objects.read(key, offset, length).await?.ok_or_else(gone)?;
        Index::decode(cipher, recording, &frame, offset).ok_or_else(altered)
    }
}

#[cfg(test)]
mod tests {
    use domain::{IdMint, Utc};

    use super::*;

    #[test]
    fn objects_lie_under_the_day_of_their_recording() {
        let tenant = TenantId(5);
        for (us, day) in [
            (1_735_689_600_000_000, "2025/01/01"),
            (1_740_787_199_999_000, "2025/02/28"),
            (1_740_787_200_000_000, "2025/03/01"),
            (1_835_395_200_000_000, "2028/02/29"),
            (1_798_761_599_000_000, "2026/12/31"),
        ] {
            let id: RecordingId = IdMint::new(1, 0).mint(Utc(us));
            let key = object_key(tenant, id).unwrap();
            assert_eq!(key.as_str(), format!("{tenant}/{day}/{id}.crec"));
            assert_eq!(recording_of(&key), Some(id));
        }
        assert_eq!(recording_of(&ObjectKey::new("prompts/zh/welcome.wav").unwrap()), None);
    }
}
