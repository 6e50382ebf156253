//! Segments: files of up to 64 MiB to whose end the chunks of all recordings are added, so that one sync serves them all.
//!
//! A segment has no header and no index. Its chunks are found by walking from one to the next, and behind damage by their mark.

use std::io;

use super::chunk::{Header, MAGIC};
use super::disk::Disk;

/// A segment is closed before it would grow beyond this.
pub(super) const SEGMENT_BYTES_MAX: u64 = 64 * 1024 * 1024;

const ENDING: &str = ".segment";

pub(super) fn name_of(number: u32) -> String {
    format!("{number:010}{ENDING}")
}

pub(super) fn number_of(name: &str) -> Option<u32> {
    name.strip_suffix(ENDING)?.parse().ok()
}

/// A chunk in a segment. Its seal is not tried yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub header: Header,
    pub offset: u32,
}

/// Every chunk that begins in `bytes`. What a torn write or damage has made of one is stepped over.
pub(super) fn scan(bytes: &[u8]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let header = Header::decode(rest);
        let length = header.and_then(|header| usize::try_from(header.frame_bytes()).ok()).filter(|l| *l <= rest.len());
        let (Some(header), Some(length), Ok(offset)) = (header, length, u32::try_from(at)) else {
            at = next_mark(bytes, at + 1);
            continue;
        };
        found.push(Found { header, offset });
        let after = &rest[length..];
        let is_followed = after.is_empty() || after.starts_with(&MAGIC);
        // A length that leads nowhere may itself be damaged; the chunks it would skip are looked for.
        at = if is_followed { at + length } else { next_mark(bytes, at + 1) };
    }
    found
}

fn next_mark(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.windows(MAGIC.len()).position(|window| window == MAGIC).map_or(bytes.len(), |place| from + place)
}

/// All segments on a disk with what is in them, in the order they were written. Blocks.
pub(super) fn scan_all(disk: &dyn Disk) -> io::Result<Vec<(u32, Vec<Found>)>> {
    let mut segments = Vec::new();
    for (name, size) in disk.list("")? {
        let Some(number) = number_of(&name) else { continue };
        let bytes = disk.read(&name, 0, usize::try_from(size).unwrap_or(usize::MAX))?;
        segments.push((number, scan(&bytes)));
    }
    segments.sort_by_key(|(number, _)| *number);
    Ok(segments)
}

#[cfg(test)]
mod tests {
    use domain::RecordingId;
    use domain::room::PortRole;
    use media::codec::Codec;

    use super::super::chunk::{ChunkCipher, Kind};
    use super::*;

    fn frame(number: u32) -> Vec<u8> {
        let mut header = Header {
            recording: RecordingId(1),
            kind: Kind::Sound(Codec::Pcma),
            role: PortRole::Customer,
            epoch: 1,
            track: 0,
            number,
            samples: 100,
            first_sample: u64::from(number) * 100,
            sealed_bytes: 0,
        };
        ChunkCipher::new(&[1; 32]).seal(&mut header, &[0xD5; 100]).unwrap()
    }

    fn numbers(bytes: &[u8]) -> Vec<u32> {
        scan(bytes).iter().map(|found| found.header.number).collect()
    }

    #[test]
    fn chunks_are_found_in_order_and_behind_damage() {
        let frames: Vec<Vec<u8>> = (0..5).map(frame).collect();
        let whole = frames.concat();
        assert_eq!(numbers(&whole), [0, 1, 2, 3, 4]);
        let length = frames[0].len();
        // The mark of the third is gone: the others are found.
        let mut damaged = whole.clone();
        damaged[2 * length] ^= 1;
        assert_eq!(numbers(&damaged), [0, 1, 3, 4]);
        // A length that would swallow its neighbours.
        let mut damaged = whole.clone();
        damaged[2 * length + 42] = 1;
        assert_eq!(numbers(&damaged).into_iter().filter(|n| *n != 2).collect::<Vec<_>>(), [0, 1, 3, 4]);
        // A torn end, and zeros where a page never came.
        assert_eq!(numbers(&whole[..whole.len() - 1]), [0, 1, 2, 3]);
        let holed = [&whole[..length], &vec![0; 3 * length], &whole[4 * length..]].concat();
        assert_eq!(numbers(&holed), [0, 4]);
        assert_eq!(numbers(&[]), [0u32; 0]);
    }
}
