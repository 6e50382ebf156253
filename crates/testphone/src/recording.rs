//! What was heard, and when: the record a test asks its questions of.

mod keys;

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use tokio::time::Instant;

use crate::analysis::{SILENCE_DBOV, dominant_hz, level_dbov, split};
use crate::g711::Codec;
use crate::rtp::{FRAME, Packet};

pub use keys::HeardKey;
use keys::Keys;

/// The longest record kept, 15 minutes; older sound is forgotten.
const FRAMES_MAX: usize = 45_000;
/// One packet's time.
const FRAME_TIME: Duration = Duration::from_millis(20);
/// A pause longer than this becomes silence in the saved file; shorter ones are jitter.
const GAP: Duration = Duration::from_millis(60);

/// One packet of sound.
#[derive(Clone, Debug)]
struct Frame {
    at: Instant,
    samples: Vec<i16>,
}

/// Counters of a stream.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Stats {
    /// Packets of sound.
    pub received: u64,
    /// Events of RFC 4733.
    pub events_received: u64,
    /// Gaps in the sequence that nothing filled.
    pub lost: u64,
    /// Packets with an older sequence number than one before.
    pub late: u64,
    /// Packets seen twice in a row.
    pub duplicated: u64,
    /// Different senders.
    pub ssrcs: Vec<u32>,
    /// Packets whose timestamp did not follow the one before by exactly its samples.
    pub timestamp_jumps: u64,
    /// Longest pause between two packets, in milliseconds.
    pub gap_ms_max: u64,
    /// Packets of sound or events we sent.
    pub sent: u64,
}

/// What a window of sound was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heard {
    /// The strongest frequency; absent in silence.
    pub dominant_hz: Option<f64>,
    /// Level of everything.
    pub level_dbov: f64,
    /// Level of the frequency asked for.
    pub tone_dbov: f64,
    /// The frequency asked for (or the dominant one) against everything else.
    pub snr_db: f64,
    /// Milliseconds of silence up to now; 0 while there is sound.
    pub silent_ms: u64,
    /// Packets in the window.
    pub packets: usize,
}

/// The record of one call.
#[derive(Debug)]
pub struct Recording {
    frames: std::collections::VecDeque<Frame>,
    keeps_sound: bool,
    stats: Stats,
    ssrcs: BTreeSet<u32>,
    last: Option<(u32, u16, u32, usize, Instant)>,
    last_loud: Option<Instant>,
    first_silent: Option<Instant>,
    keys: Keys,
}

impl Recording {
    /// An empty record; without sound it keeps counters and levels only.
    pub fn new(keeps_sound: bool) -> Recording {
        Recording {
            frames: std::collections::VecDeque::new(),
            keeps_sound,
            stats: Stats::default(),
            ssrcs: BTreeSet::new(),
            last: None,
            last_loud: None,
            first_silent: None,
            keys: Keys::default(),
        }
    }

    /// Takes a packet that arrived at `at`. `dtmf` is the payload type of events.
    pub fn take(&mut self, at: Instant, packet: &Packet<'_>, dtmf: Option<u8>) {
        self.ssrcs.insert(packet.ssrc);
        if dtmf == Some(packet.payload_type) {
            return self.take_event(at, packet);
        }
        let Some(codec) = Codec::of(packet.payload_type) else { return };
        self.stats.received += 1;
        self.count(at, packet, packet.payload.len());
        let samples: Vec<i16> = packet.payload.iter().map(|byte| codec.decode(*byte)).collect();
        if level_dbov(&samples) >= SILENCE_DBOV {
            self.last_loud = Some(at);
            self.first_silent = None;
        } else if self.first_silent.is_none() {
            self.first_silent = Some(at);
        }
        if self.keeps_sound {
            if self.frames.len() >= FRAMES_MAX {
                self.frames.pop_front();
            }
            self.frames.push_back(Frame { at, samples });
        }
    }

    fn take_event(&mut self, at: Instant, packet: &Packet<'_>) {
        self.stats.events_received += 1;
        self.count(at, packet, 0);
        self.keys.take(at, packet);
    }

    fn count(&mut self, at: Instant, packet: &Packet<'_>, samples: usize) {
        if let Some((ssrc, sequence, timestamp, before, last_at)) = self.last {
            let pause = at.saturating_duration_since(last_at);
            self.stats.gap_ms_max = self.stats.gap_ms_max.max(millis(pause));
            if ssrc == packet.ssrc {
                match packet.sequence.wrapping_sub(sequence) {
                    0 => return self.stats.duplicated += 1,
                    1 => {}
                    ahead @ 2..=0x7fff => self.stats.lost += u64::from(ahead) - 1,
                    _ => {
                        self.stats.late += 1;
                        self.stats.lost = self.stats.lost.saturating_sub(1);
                        return;
                    }
                }
                let follows = packet.timestamp == timestamp.wrapping_add(u32::try_from(before).unwrap_or(u32::MAX));
                if !follows && samples > 0 && before > 0 {
                    self.stats.timestamp_jumps += 1;
                }
            }
        }
        self.last = Some((packet.ssrc, packet.sequence, packet.timestamp, samples, at));
    }

    /// Counters; `sent` is the caller's own.
    pub fn stats(&self, sent: u64) -> Stats {
        Stats { ssrcs: self.ssrcs.iter().copied().collect(), sent, ..self.stats.clone() }
    }

    /// Keys received as RFC 4733 events, in order.
    pub fn keys(&self) -> &[char] {
        self.keys.begun()
    }

    /// The next key that was heard to its end and was not told before.
    pub fn heard_key(&mut self, now: Instant) -> Option<HeardKey> {
        self.keys.next(now)
    }

    /// When the present silence began: with the first silent packet after the last loud one, or one packet's time after it
    /// when nothing came. `None` while there is sound; `start` before any sound.
    pub fn silent_since(&self, now: Instant, start: Instant) -> Option<Instant> {
        match (self.last_loud, self.first_silent) {
            (_, Some(silent)) => Some(silent),
            (None, None) => Some(start),
            // The packet after it is overdue.
            (Some(loud), None) if now > loud + GAP => Some(loud + FRAME_TIME),
            (Some(_), None) => None,
        }
    }

    /// When the last packet above the silence level came.
    pub fn last_loud(&self) -> Option<Instant> {
        self.last_loud
    }

    /// What was heard in the `window` before `now`; what did not arrive counts as silence.
    pub fn heard(&self, now: Instant, start: Instant, window: Duration, hz: Option<f64>) -> Heard {
        let from = now.checked_sub(window).unwrap_or(start);
        let wanted = usize::try_from(window.as_millis()).unwrap_or(0) * 8;
        let recent = self.frames.iter().rev().take_while(|frame| frame.at >= from);
        let mut frames: Vec<&Frame> = recent.collect();
        frames.reverse();
        let mut samples: Vec<i16> = frames.iter().flat_map(|frame| frame.samples.iter().copied()).collect();
        // Two packets more or less are jitter at the edges of the window.
        if samples.len() + 2 * FRAME < wanted {
            samples.resize(wanted, 0);
        }
        let dominant = dominant_hz(&samples);
        let spectrum = split(&samples, hz.or(dominant).unwrap_or(1_000.0));
        let silent = self.silent_since(now, start).map_or(Duration::ZERO, |since| now.saturating_duration_since(since));
        Heard {
            dominant_hz: dominant.map(|hz| (hz * 10.0).round() / 10.0),
            level_dbov: round(spectrum.level_dbov),
            tone_dbov: round(spectrum.tone_dbov),
            snr_db: round(spectrum.snr_db),
            silent_ms: millis(silent),
            packets: frames.len(),
        }
    }

    /// Writes what was heard as a WAV file, 8 kHz, 16 bit, mono; pauses become silence.
    pub fn save_wav(&self, path: &Path) -> io::Result<()> {
        let mut samples: Vec<i16> = Vec::with_capacity(self.frames.len() * FRAME);
        let mut expected: Option<Instant> = None;
        for frame in &self.frames {
            let pause = expected.map_or(Duration::ZERO, |expected| frame.at.saturating_duration_since(expected));
            if pause > GAP {
                samples.resize(samples.len() + usize::try_from(pause.as_millis()).unwrap_or(0) * 8, 0);
            }
            samples.extend_from_slice(&frame.samples);
            let played = expected.filter(|_| pause <= GAP).unwrap_or(frame.at);
            expected = Some(played + Duration::from_micros(frame.samples.len() as u64 * 125));
        }
        let bytes = u32::try_from(samples.len() * 2).unwrap_or(u32::MAX);
        let mut out = Vec::with_capacity(44 + samples.len() * 2);
        out.extend_from_slice(b"RIFF");
        out.extend_from_slice(&(bytes.saturating_add(36)).to_le_bytes());
        out.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
        out.extend_from_slice(&8_000u32.to_le_bytes());
        out.extend_from_slice(&16_000u32.to_le_bytes());
        out.extend_from_slice(b"\x02\0\x10\0data");
        out.extend_from_slice(&bytes.to_le_bytes());
        samples.iter().for_each(|sample| out.extend_from_slice(&sample.to_le_bytes()));
        std::fs::write(path, out)
    }
}

fn millis(d: Duration) -> u64 {
    u64::try_from(d.as_millis()).unwrap_or(u64::MAX)
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests;
