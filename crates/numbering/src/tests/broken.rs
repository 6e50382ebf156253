//! Files that are torn, of another version, forged or nonsense: refused with a word, never a panic, and nothing found in them.

use crate::file::{HEADER_LEN, NAME_LEN, SUMMED_FROM, sum};
use crate::{FileError, Locations, build};

fn whole() -> Vec<u8> {
    build(&super::made::sources()).unwrap()
}

/// Puts length and check sum right again, as somebody would who forges.
fn resealed(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.len() >= HEADER_LEN {
        let length = u32::try_from(bytes.len()).unwrap();
        bytes[12..16].copy_from_slice(&length.to_le_bytes());
        let sum = sum(&bytes[SUMMED_FROM..]).to_le_bytes();
        bytes[16..24].copy_from_slice(&sum);
    }
    bytes
}

#[track_caller]
fn refused(change: impl FnOnce(&mut Vec<u8>), error: FileError) {
    let mut bytes = whole();
    change(&mut bytes);
    assert_eq!(Locations::open(bytes.into()).map(drop), Err(error));
}

#[track_caller]
fn forged(change: impl FnOnce(&mut Vec<u8>), content: &'static str) {
    let mut bytes = whole();
    change(&mut bytes);
    assert_eq!(Locations::open(resealed(bytes).into()).map(drop), Err(FileError::Content(content)));
}

#[test]
fn torn_damaged_and_foreign_files_are_refused() {
    let length = whole().len();
    refused(|bytes| bytes.clear(), FileError::NotOne);
    refused(|bytes| bytes.truncate(20), FileError::NotOne);
    refused(|bytes| bytes[0] = b'X', FileError::NotOne);
    refused(|bytes| bytes[8] = 2, FileError::Version(2));
    refused(|bytes| bytes.truncate(length - 1), FileError::Length { said: length, found: length - 1 });
    refused(|bytes| bytes.push(0), FileError::Length { said: length, found: length + 1 });
    refused(|bytes| bytes[length / 2] ^= 1, FileError::Sum);
}

#[test]
fn every_length_of_a_torn_file_is_refused() {
    let bytes = whole();
    for length in 0..bytes.len() {
        assert!(Locations::open(bytes[..length].to_vec().into()).is_err(), "{length}");
        assert!(Locations::open(resealed(bytes[..length].to_vec()).into()).is_err(), "{length} resealed");
    }
}

#[test]
fn a_file_whose_parts_make_no_sense_is_refused_whatever_its_sum() {
    let names = usize::from(u16::from_le_bytes([whole()[10], whole()[11]]));
    let keys = HEADER_LEN + names * NAME_LEN;
    forged(|bytes| bytes.swap(keys + 3, keys + 7), "ranges are not in order");
    forged(|bytes| bytes[keys + 3] = 0xff, "ranges are not in order");
    let countries = usize::from(whole()[28]);
    forged(|bytes| bytes[keys + 4 * countries + 1] = 0xff, "a range has no name");
    forged(|bytes| bytes[HEADER_LEN + 4 + 3] = 0xff, "a name does not fit");
    forged(|bytes| bytes[HEADER_LEN + 2..HEADER_LEN + 4].fill(0), "a name belongs to one after it");
    forged(|bytes| bytes[HEADER_LEN] = b'c', "a code is none");
    forged(|bytes| bytes[28] += 1, "its parts do not add up to its length");
    forged(|bytes| bytes[36..40].fill(0xff), "its parts do not add up to its length");
    forged(|bytes| bytes[24..28].fill(0), "the date is none");
    forged(|bytes| bytes[44..46].fill(0xff), "the name of the source does not fit");
    forged(|bytes| *bytes.last_mut().unwrap() = 0xff, "a text is not UTF-8");
}

#[test]
fn fuzz_whatever_opens_can_be_asked() {
    fuzzing::replay("numbering/location", |bytes| {
        for bytes in [bytes.to_vec(), resealed(bytes.to_vec())] {
            let Ok(locations) = Locations::open(bytes.into()) else { continue };
            let _ = (locations.source(), locations.dated(), locations.ranges());
            for number in ["+8613800138000", "+8675588886666", "+77011234567", "+999999999999999", "+1000000"] {
                if let Some(location) = locations.locate(number) {
                    assert!(!location.zh().is_empty() && !location.en().is_empty());
                }
            }
        }
    });
}
