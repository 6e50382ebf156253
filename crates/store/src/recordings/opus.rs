//! A recording as an Ogg Opus file (RFC 7845), made while it is read: customer on the left, agents and what was played on the right.
//!
//! Sound of a telephone stays at 8 kHz, for which Opus has a mode of its own; a second of both sides is one page of about 6 kB.

use opus_rs::{Application, OpusEncoder};

use super::ogg::Pages;
use super::{RecordingError, RecordingReader, SAMPLES_PER_SECOND};
use crate::StoreError;
use crate::key::random;

/// Both sides together; speech of either is clear, and one does not colour the other.
const BITS_PER_SECOND: i32 = 48_000;
/// Sound of one packet: 20 ms.
const FRAME_SAMPLES: usize = 160;
const CHANNELS: usize = 2;
/// Opus counts in 48 kHz, whatever goes in (RFC 7845 §4).
const GRANULES_PER_SAMPLE: u64 = 6;
/// What the encoder puts before the sound, in 48 kHz: 6.5 ms.
const PRE_SKIP: u16 = 312;
/// More than any packet of 20 ms has (RFC 6716 §3.2).
const PACKET_BYTES_MAX: usize = 1_500;

/// Makes the file page by page.
pub struct OpusFile {
    reader: RecordingReader,
    encoder: Option<Encoder>,
    /// The next sample of the recording.
    at: u64,
}

struct Encoder {
    opus: OpusEncoder,
    pages: Pages,
    /// Samples that went in.
    samples: u64,
    has_begun: bool,
}

impl std::fmt::Debug for OpusFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpusFile").field("at", &self.at).finish_non_exhaustive()
    }
}

fn broken(what: impl std::fmt::Debug) -> RecordingError {
    RecordingError::Unavailable(StoreError::corrupt(format!("a recording cannot be made Opus: {what:?}")))
}

impl OpusFile {
    /// Begins the file of a recording.
    ///
    /// # Errors
    /// `Unavailable` when there is no random number for it.
    pub fn new(reader: RecordingReader) -> Result<OpusFile, RecordingError> {
        let rate = i32::try_from(SAMPLES_PER_SECOND).unwrap_or(i32::MAX);
        let mut opus = OpusEncoder::new(rate, CHANNELS, Application::Voip).map_err(broken)?;
        opus.bitrate_bps = BITS_PER_SECOND;
        let serial = u32::from_be_bytes(random()?);
        let encoder = Encoder { opus, pages: Pages::new(serial), samples: 0, has_begun: false };
        Ok(OpusFile { reader, encoder: Some(encoder), at: 0 })
    }

    /// The next bytes of the file; `None` at its end.
    ///
    /// # Errors
    /// `Altered` and `Truncated` as for [`RecordingReader::wav_range`].
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, RecordingError> {
        let Some(mut encoder) = self.encoder.take() else { return Ok(None) };
        if !encoder.has_begun {
            encoder.has_begun = true;
            let bytes = encoder.headers();
            self.encoder = Some(encoder);
            return Ok(Some(bytes));
        }
        let whole = self.reader.samples();
        let to = (self.at + u64::from(SAMPLES_PER_SECOND)).min(whole);
        let sound = self.reader.both_sides(self.at..to).await?;
        self.at = to;
        let is_last = to == whole;
        // Some milliseconds of work, which nobody else should wait for.
        let encoded =
            tokio::task::spawn_blocking(move || encoder.page(&sound, whole, is_last).map(|page| (encoder, page)));
        let (encoder, page) = encoded.await.map_err(broken)??;
        self.encoder = (!is_last).then_some(encoder);
        Ok(Some(page))
    }
}

impl Encoder {
    /// The identification and the comment header, each on a page of its own (RFC 7845 §5).
    fn headers(&mut self) -> Vec<u8> {
        let mut head = b"OpusHead\x01".to_vec();
        head.push(CHANNELS as u8);
        head.extend(PRE_SKIP.to_le_bytes());
        head.extend(SAMPLES_PER_SECOND.to_le_bytes());
        // No gain, and the mapping of one stream of two channels.
        head.extend([0, 0, 0]);
        let vendor = b"callisto";
        let mut tags = b"OpusTags".to_vec();
        tags.extend((vendor.len() as u32).to_le_bytes());
        tags.extend(vendor);
        tags.extend(0u32.to_le_bytes());
        let mut bytes = self.pages.page(&[head], 0, false);
        bytes.extend(self.pages.page(&[tags], 0, false));
        bytes
    }

    /// One page of up to a second. The last holds what the encoder still had in hand, and its position says where the sound ends.
    fn page(&mut self, sound: &[i16], whole: u64, is_last: bool) -> Result<Vec<u8>, RecordingError> {
        let mut packets = Vec::new();
        for frame in sound.chunks(FRAME_SAMPLES * CHANNELS) {
            packets.push(self.packet(frame)?);
        }
        let end = whole * GRANULES_PER_SAMPLE + u64::from(PRE_SKIP);
        if is_last {
            while self.position() < end {
                packets.push(self.packet(&[])?);
            }
        }
        let position = self.position().min(end);
        Ok(self.pages.page(&packets, position, is_last))
    }

    fn position(&self) -> u64 {
        self.samples * GRANULES_PER_SAMPLE
    }

    /// Encodes 20 ms; what is missing in the frame is silence.
    fn packet(&mut self, frame: &[i16]) -> Result<Vec<u8>, RecordingError> {
        let mut input: Vec<f32> = frame.iter().map(|sample| f32::from(*sample) / 32_768.0).collect();
        input.resize(FRAME_SAMPLES * CHANNELS, 0.0);
        let mut packet = vec![0; PACKET_BYTES_MAX];
        let length = self.opus.encode(&input, FRAME_SAMPLES, &mut packet).map_err(broken)?;
        packet.truncate(length);
        self.samples += FRAME_SAMPLES as u64;
        Ok(packet)
    }
}
