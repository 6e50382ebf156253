//! How the course of a leg is written: a version, then each sample's fields as varints. Five minutes take some four hundred bytes.

use domain::sound::Sample;

use super::wire::{CodecError, Reader, Writer};

/// The version written today.
const VERSION: u8 = 1;

pub(crate) fn encode(samples: &[Sample]) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.byte(VERSION);
    for sample in samples {
        let counts = [sample.expected, sample.lost, sample.jitter_us];
        let peer = [sample.peer_expected, sample.peer_lost, sample.peer_jitter_us];
        counts.into_iter().chain(peer).for_each(|count| writer.varint(u64::from(count)));
        // One more than it is; nothing where there is none.
        writer.varint(sample.round_trip_us.map_or(0, |round_trip| u64::from(round_trip) + 1));
        writer.varint(u64::from(sample.mos_hundredths.unwrap_or(0)));
    }
    writer.bytes
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Vec<Sample>, CodecError> {
    let mut reader = Reader::new(bytes);
    let version = reader.byte()?;
    if version != VERSION {
        return Err(CodecError::UnknownCode { what: "a course", code: version });
    }
    let mut samples = Vec::new();
    while !reader.is_at_end() {
        let mut count = || u32::try_from(reader.varint()?).map_err(|_| CodecError::Range);
        let (expected, lost, jitter_us) = (count()?, count()?, count()?);
        let (peer_expected, peer_lost, peer_jitter_us) = (count()?, count()?, count()?);
        let round_trip_us = match reader.varint()?.checked_sub(1) {
            Some(round_trip) => Some(u32::try_from(round_trip).map_err(|_| CodecError::Range)?),
            None => None,
        };
        let mos = u16::try_from(reader.varint()?).map_err(|_| CodecError::Range)?;
        let mos_hundredths = (mos > 0).then_some(mos);
        samples.push(Sample {
            expected,
            lost,
            jitter_us,
            peer_expected,
            peer_lost,
            peer_jitter_us,
            round_trip_us,
            mos_hundredths,
        });
    }
    Ok(samples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_is_read_as_it_was_written() {
        let whole = Sample {
            expected: 500,
            lost: 25,
            jitter_us: 3_400,
            peer_expected: 498,
            peer_lost: 1,
            peer_jitter_us: u32::MAX,
            round_trip_us: Some(u32::MAX),
            mos_hundredths: Some(437),
        };
        let instant = Sample { round_trip_us: Some(0), mos_hundredths: None, ..whole };
        let samples = [whole, Sample::default(), instant];
        assert_eq!(decode(&encode(&samples)), Ok(samples.to_vec()));
        assert_eq!(decode(&encode(&[])), Ok(Vec::new()));
        // What was once written must be readable for ever.
        let old = [1, 0xf4, 3, 25, 0xc8, 1, 0xf2, 3, 0, 0, 0xe9, 7, 0xb5, 3];
        let read = Sample {
            expected: 500,
            lost: 25,
            jitter_us: 200,
            peer_expected: 498,
            round_trip_us: Some(1_000),
            mos_hundredths: Some(437),
            ..Sample::default()
        };
        assert_eq!(decode(&old), Ok(vec![read]));
    }

    #[test]
    fn what_is_cut_or_of_another_version_is_an_error() {
        let bytes = encode(&[Sample { expected: 500, ..Sample::default() }]);
        assert_eq!(decode(&bytes[..bytes.len() - 1]), Err(CodecError::Short));
        assert_eq!(decode(&[]), Err(CodecError::Short));
        assert!(decode(&[2]).is_err());
    }
}
