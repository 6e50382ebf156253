//! One chunk: a header in the clear that says what and where, and the sound sealed by AES-256-GCM with the header as associated data.
//!
//! A chunk can be found, checked and read without any other; there is no header of a file that could be lost.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use domain::RecordingId;
use domain::recording::GapCause;
use domain::room::PortRole;
use media::codec::Codec;

use crate::StoreError;

/// Marks the beginning of a chunk, so that chunks are found again behind damage.
pub(super) const MAGIC: [u8; 4] = *b"cCHK";
const VERSION: u8 = 1;
pub(super) const HEADER_BYTES: usize = 44;
pub(super) const TAG_BYTES: usize = 16;

/// More than the index of a recording of a whole day. A greater length is damage.
const SEALED_BYTES_MAX: u32 = 32 * 1024 * 1024;

/// Track numbers at and above this are ours: marks, not sound.
pub(super) const MARK_TRACKS: u32 = 0xFFFF_FF00;
pub(super) const END_TRACK: u32 = 0xFFFF_FFFE;
pub(super) const INDEX_TRACK: u32 = 0xFFFF_FFFF;

/// What a chunk holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Sound in the codec of the wire.
    Sound(Codec),
    /// Nothing was kept on purpose.
    Paused,
    /// Something that should be here is missing.
    Gap(GapCause),
    /// The recorder stopped in order; nothing follows.
    End,
    /// The index of a sealed object.
    Index,
}

/// The part in the clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub recording: RecordingId,
    pub kind: Kind,
    pub role: PortRole,
    /// Raised by every attempt to seal; part of the nonce.
    pub epoch: u32,
    pub track: u32,
    /// Counts the chunks of a track, failed ones too.
    pub number: u32,
    pub samples: u32,
    /// 8 kHz samples since the recording began.
    pub first_sample: u64,
    /// Length of what follows the header: ciphertext and tag.
    pub sealed_bytes: u32,
}

/// Codes of kinds and details, stable for ever.
const fn kind_code(kind: Kind) -> (u8, u8) {
    match kind {
        Kind::Sound(Codec::Pcma) => (1, 8),
        Kind::Sound(Codec::Pcmu) => (1, 0),
        Kind::Paused => (2, 0),
        Kind::Gap(GapCause::Overflow) => (3, 1),
        Kind::Gap(GapCause::DiskFull) => (3, 2),
        Kind::Gap(GapCause::DiskFailed) => (3, 3),
        Kind::Gap(GapCause::TornOff) => (3, 4),
        Kind::End => (4, 0),
        Kind::Index => (5, 0),
    }
}

const KINDS: [Kind; 9] = [
    Kind::Sound(Codec::Pcma),
    Kind::Sound(Codec::Pcmu),
    Kind::Paused,
    Kind::Gap(GapCause::Overflow),
    Kind::Gap(GapCause::DiskFull),
    Kind::Gap(GapCause::DiskFailed),
    Kind::Gap(GapCause::TornOff),
    Kind::End,
    Kind::Index,
];

pub(super) const fn role_code(role: PortRole) -> u8 {
    match role {
        PortRole::Customer => 1,
        PortRole::Agent => 2,
        PortRole::Supervisor => 3,
        PortRole::Media => 4,
        PortRole::Outside => 5,
    }
}

const ROLES: [PortRole; 5] =
    [PortRole::Customer, PortRole::Agent, PortRole::Supervisor, PortRole::Media, PortRole::Outside];

pub(super) fn role_from_code(code: u8) -> Option<PortRole> {
    ROLES.into_iter().find(|role| role_code(*role) == code)
}

impl Header {
    /// Bytes of the whole chunk.
    pub(super) fn frame_bytes(&self) -> u64 {
        HEADER_BYTES as u64 + u64::from(self.sealed_bytes)
    }

    /// The first sample after the chunk.
    pub(super) fn end(&self) -> u64 {
        self.first_sample.saturating_add(u64::from(self.samples))
    }

    /// In words, for a person who looks for it.
    pub(super) fn place(&self) -> String {
        let second = self.first_sample / u64::from(super::SAMPLES_PER_SECOND);
        format!("chunk {} of track {} (second {second})", self.number, self.track)
    }

    pub(super) fn encode(&self) -> [u8; HEADER_BYTES] {
        let (kind, detail) = kind_code(self.kind);
        let mut bytes = [0; HEADER_BYTES];
        bytes[..4].copy_from_slice(&MAGIC);
        bytes[4..8].copy_from_slice(&[VERSION, kind, detail, role_code(self.role)]);
        bytes[8..16].copy_from_slice(&self.recording.0.to_be_bytes());
        bytes[16..20].copy_from_slice(&self.epoch.to_be_bytes());
        bytes[20..24].copy_from_slice(&self.track.to_be_bytes());
        bytes[24..28].copy_from_slice(&self.number.to_be_bytes());
        bytes[28..32].copy_from_slice(&self.samples.to_be_bytes());
        bytes[32..40].copy_from_slice(&self.first_sample.to_be_bytes());
        bytes[40..44].copy_from_slice(&self.sealed_bytes.to_be_bytes());
        bytes
    }

    /// Reads a header at the beginning of `bytes`; `None` when there is none or it cannot be one.
    pub(super) fn decode(bytes: &[u8]) -> Option<Header> {
        let (fixed, rest) = bytes.split_first_chunk::<8>()?;
        if fixed[..4] != MAGIC || fixed[4] != VERSION {
            return None;
        }
        let (recording, rest) = rest.split_first_chunk::<8>()?;
        let (epoch, rest) = rest.split_first_chunk::<4>()?;
        let (track, rest) = rest.split_first_chunk::<4>()?;
        let (number, rest) = rest.split_first_chunk::<4>()?;
        let (samples, rest) = rest.split_first_chunk::<4>()?;
        let (first_sample, rest) = rest.split_first_chunk::<8>()?;
        let (sealed_bytes, _) = rest.split_first_chunk::<4>()?;
        let header = Header {
            recording: RecordingId(i64::from_be_bytes(*recording)),
            kind: KINDS.into_iter().find(|kind| kind_code(*kind) == (fixed[5], fixed[6]))?,
            role: role_from_code(fixed[7])?,
            epoch: u32::from_be_bytes(*epoch),
            track: u32::from_be_bytes(*track),
            number: u32::from_be_bytes(*number),
            samples: u32::from_be_bytes(*samples),
            first_sample: u64::from_be_bytes(*first_sample),
            sealed_bytes: u32::from_be_bytes(*sealed_bytes),
        };
        (TAG_BYTES as u32..=SEALED_BYTES_MAX).contains(&header.sealed_bytes).then_some(header)
    }

    /// NIST SP 800-38D §8.2.1: a nonce put together from parts that never come twice under one key.
    fn nonce(&self) -> [u8; 12] {
        let mut nonce = [0; 12];
        nonce[..4].copy_from_slice(&self.epoch.to_be_bytes());
        nonce[4..8].copy_from_slice(&self.track.to_be_bytes());
        nonce[8..].copy_from_slice(&self.number.to_be_bytes());
        nonce
    }
}

/// The key of one recording, ready for use.
#[derive(Clone)]
pub(super) struct ChunkCipher(Aes256Gcm);

impl ChunkCipher {
    pub(super) fn new(secret: &[u8; 32]) -> ChunkCipher {
        ChunkCipher(Aes256Gcm::new(secret.into()))
    }

    /// A whole chunk. Fills in the length; the header's nonce must never have been used before.
    pub(super) fn seal(&self, header: &mut Header, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let too_long = || StoreError::Invalid("a chunk too long to seal");
        header.sealed_bytes = u32::try_from(plain.len() + TAG_BYTES)
            .ok()
            .filter(|length| *length <= SEALED_BYTES_MAX)
            .ok_or_else(too_long)?;
        let aad = header.encode();
        let sealed =
            self.0.encrypt(&Nonce::from(header.nonce()), Payload { msg: plain, aad: &aad }).map_err(|_| too_long())?;
        Ok([aad.as_slice(), &sealed].concat())
    }

    /// What a whole chunk holds; `None` when a bit of it is not as it was sealed.
    pub(super) fn open(&self, frame: &[u8]) -> Option<(Header, Vec<u8>)> {
        let header = Header::decode(frame)?;
        let (aad, sealed) = frame.split_at_checked(HEADER_BYTES)?;
        if sealed.len() != usize::try_from(header.sealed_bytes).ok()? {
            return None;
        }
        let plain = self.0.decrypt(&Nonce::from(header.nonce()), Payload { msg: sealed, aad }).ok()?;
        Some((header, plain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(kind: Kind) -> Header {
        Header {
            recording: RecordingId(77),
            kind,
            role: PortRole::Agent,
            epoch: 3,
            track: 2,
            number: 9,
            samples: 8_000,
            first_sample: 72_000,
            sealed_bytes: 0,
        }
    }

    #[test]
    fn every_kind_and_role_comes_back() {
        let cipher = ChunkCipher::new(&[5; 32]);
        for kind in KINDS {
            for role in ROLES {
                let mut written = Header { role, ..header(kind) };
                let frame = cipher.seal(&mut written, b"sound").unwrap();
                assert_eq!(frame.len() as u64, written.frame_bytes());
                assert_eq!(cipher.open(&frame), Some((written, b"sound".to_vec())));
            }
        }
    }

    #[test]
    fn one_flipped_bit_anywhere_is_seen() {
        let cipher = ChunkCipher::new(&[5; 32]);
        let frame = cipher.seal(&mut header(Kind::Sound(Codec::Pcma)), &[0xD5; 300]).unwrap();
        for place in 0..frame.len() {
            let mut altered = frame.clone();
            altered[place] ^= 1 << (place % 8);
            assert_eq!(cipher.open(&altered), None, "byte {place}");
        }
        assert_eq!(cipher.open(&frame[..frame.len() - 1]), None);
        assert_eq!(ChunkCipher::new(&[6; 32]).open(&frame), None);
    }
}
