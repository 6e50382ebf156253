//! One track: packets come as the network brings them, chunks of a second go out, in order and without overlap.

use domain::room::PortRole;
use media::{Codec, TapPacket};
use store::recordings::{CHUNK_SAMPLES_MAX, SAMPLES_PER_SECOND};

/// How long a chunk in which something is missing waits for packets that were overtaken (a quarter of a second): more than networks disorder,
/// less than anybody waits for a recording.
const PATIENCE: usize = SAMPLES_PER_SECOND as usize / 4;
/// A longer silence than this is not written but left out: nobody heard the port.
const HOLE_MAX: u64 = SAMPLES_PER_SECOND as u64;
/// Samples in one chunk.
const CHUNK: usize = CHUNK_SAMPLES_MAX as usize;

/// A whole chunk.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    pub first_sample: u64,
    pub codec: Codec,
    pub bytes: Vec<u8>,
}

/// The packets of one port that are not in a chunk yet: at most a second, the patience and one packet.
#[derive(Debug)]
pub(super) struct Track {
    /// Its number in the recording.
    pub number: u16,
    pub role: PortRole,
    codec: Codec,
    /// Where the first byte of `bytes` belongs.
    start: u64,
    bytes: Vec<u8>,
    /// What lies before this is in chunks.
    done_to: u64,
    /// Where the last packet ended.
    heard_to: u64,
    /// Where the last stretch ends that was missing when a packet came.
    missing_to: u64,
}

impl Track {
    pub(super) fn new(number: u16, packet: &TapPacket) -> Track {
        let (role, codec) = (packet.role, packet.codec);
        Track { number, role, codec, start: packet.at, bytes: Vec::new(), done_to: 0, heard_to: 0, missing_to: 0 }
    }

    /// Takes a packet; `out` gets the chunks it completes. What lies before the last chunk is too late and left out.
    pub(super) fn add(&mut self, packet: &TapPacket, out: &mut Vec<Chunk>) {
        let late = self.done_to.saturating_sub(packet.at);
        let Some(samples) = usize::try_from(late).ok().and_then(|late| packet.samples.get(late..)) else { return };
        let at = packet.at.saturating_add(late);
        let is_far = at > self.end().saturating_add(HOLE_MAX);
        if packet.codec != self.codec || is_far {
            self.flush(out);
            self.codec = packet.codec;
        }
        if samples.is_empty() || at < self.done_to {
            return;
        }
        if self.bytes.is_empty() {
            self.start = at;
        }
        self.put(at, samples);
        self.heard_to = self.heard_to.max(self.end());
        while self.bytes.len() >= CHUNK + self.patience() {
            self.cut(CHUNK, out);
        }
    }

    /// Gives out everything there is.
    pub(super) fn flush(&mut self, out: &mut Vec<Chunk>) {
        while !self.bytes.is_empty() {
            self.cut(CHUNK.min(self.bytes.len()), out);
        }
    }

    /// Where what it has ends.
    pub(super) fn end(&self) -> u64 {
        if self.bytes.is_empty() { self.done_to } else { self.start + self.bytes.len() as u64 }
    }

    /// Nothing can have been overtaken where nothing is missing.
    fn patience(&self) -> usize {
        if self.missing_to > self.start { PATIENCE } else { 0 }
    }

    fn put(&mut self, at: u64, samples: &[u8]) {
        let silence = self.codec.silence();
        let end = at + samples.len() as u64;
        if at > self.end() {
            self.missing_to = at;
        } else if end < self.start {
            self.missing_to = self.missing_to.max(self.start);
        }
        if let Ok(before @ 1..) = usize::try_from(self.start.saturating_sub(at)) {
            self.bytes.splice(0..0, std::iter::repeat_n(silence, before));
            self.start = at;
        }
        let Ok(from) = usize::try_from(at - self.start) else { return };
        let to = from + samples.len();
        if self.bytes.len() < to {
            self.bytes.resize(to, silence);
        }
        self.bytes[from..to].copy_from_slice(samples);
    }

    fn cut(&mut self, length: usize, out: &mut Vec<Chunk>) {
        let bytes = self.bytes.drain(..length).collect();
        out.push(Chunk { first_sample: self.start, codec: self.codec, bytes });
        self.start += length as u64;
        self.done_to = self.start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::room::PortId;
    use domain::{LegId, RecordingId};

    fn packet(at: u64, length: usize, value: u8) -> TapPacket {
        TapPacket {
            recording: RecordingId(1),
            version: 1,
            port: PortId::Leg(LegId(1)),
            role: PortRole::Customer,
            codec: Codec::Pcma,
            at,
            samples: vec![value; length],
        }
    }

    fn run(packets: &[TapPacket]) -> Vec<Chunk> {
        let mut track = Track::new(3, &packets[0]);
        let mut chunks = Vec::new();
        packets.iter().for_each(|packet| track.add(packet, &mut chunks));
        track.flush(&mut chunks);
        chunks
    }

    fn spans(chunks: &[Chunk]) -> Vec<(u64, usize)> {
        chunks.iter().map(|chunk| (chunk.first_sample, chunk.bytes.len())).collect()
    }

    #[test]
    fn packets_become_chunks_of_a_second() {
        let packets: Vec<_> = (0..130).map(|n| packet(400 + n * 160, 160, n as u8)).collect();
        let chunks = run(&packets);
        assert_eq!(spans(&chunks), [(400, 8_000), (8_400, 8_000), (16_400, 4_800)]);
        let whole: Vec<u8> = chunks.iter().flat_map(|chunk| chunk.bytes.clone()).collect();
        assert!(whole.chunks(160).enumerate().all(|(n, bytes)| bytes.iter().all(|byte| *byte == n as u8)));
    }

    #[test]
    fn overtaken_packets_find_their_place_and_lost_ones_are_silence() {
        let chunks = run(&[packet(160, 160, 2), packet(0, 160, 1), packet(640, 160, 5), packet(480, 160, 4)]);
        assert_eq!(spans(&chunks), [(0, 800)]);
        let silence = Codec::Pcma.silence();
        let values: Vec<u8> = chunks[0].bytes.chunks(160).map(|bytes| bytes[0]).collect();
        assert_eq!(values, [1, 2, silence, 4, 5]);
    }

    #[test]
    fn what_comes_after_its_chunk_is_left_out_and_an_overlap_is_trimmed() {
        let mut packets: Vec<_> = (0..70).map(|n| packet(n * 160, 160, 1)).collect();
        packets.push(packet(160, 160, 9));
        packets.push(packet(7_920, 160, 9));
        let chunks = run(&packets);
        assert_eq!(spans(&chunks), [(0, 8_000), (8_000, 3_200)]);
        assert!(chunks[0].bytes.iter().all(|byte| *byte == 1));
        assert_eq!((chunks[1].bytes[79], chunks[1].bytes[80]), (9, 1));
    }

    #[test]
    fn a_long_silence_is_left_out_and_another_codec_begins_a_chunk() {
        let mut other = packet(20_160, 160, 2);
        other.codec = Codec::Pcmu;
        let chunks = run(&[packet(0, 160, 1), packet(20_000, 160, 1), other]);
        assert_eq!(spans(&chunks), [(0, 160), (20_000, 160), (20_160, 160)]);
        assert_eq!(chunks[2].codec, Codec::Pcmu);
    }

    #[test]
    fn a_chunk_is_given_out_when_it_is_whole_and_waits_when_something_is_missing() {
        let after = |missing: &[u64]| {
            let mut track = Track::new(3, &packet(0, 160, 1));
            let mut chunks = Vec::new();
            let first = (0..).find(|n| {
                if !missing.contains(n) {
                    track.add(&packet(n * 160, 160, 1), &mut chunks);
                }
                !chunks.is_empty()
            });
            (first.map(|n| n + 1), track, chunks)
        };
        assert_eq!(after(&[]).0, Some(50));
        let (packets, mut track, mut chunks) = after(&[49]);
        assert_eq!(packets, Some(63));
        // The chunk after one in which something was missing is whole again.
        for n in 63..100 {
            assert_eq!(chunks.len(), 1, "{n}");
            track.add(&packet(n * 160, 160, 1), &mut chunks);
        }
        assert_eq!(spans(&chunks), [(0, 8_000), (8_000, 8_000)]);
        // What was overtaken by the first packet of a chunk finds its place before it.
        let (_, mut track, mut chunks) = after(&[]);
        for n in (51..53).chain([50]).chain(53..113) {
            track.add(&packet(n * 160, 160, 1), &mut chunks);
        }
        assert_eq!(spans(&chunks), [(0, 8_000), (8_000, 8_000)]);
    }

    #[test]
    fn what_waits_is_bounded() {
        let mut track = Track::new(0, &packet(0, 160, 0));
        let mut chunks = Vec::new();
        for n in 0..100_000u64 {
            track.add(&packet(n * 160, 160, 1), &mut chunks);
            chunks.clear();
            assert!(track.bytes.len() <= CHUNK + PATIENCE + 160);
        }
    }
}
