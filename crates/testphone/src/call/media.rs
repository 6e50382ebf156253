//! The sound of a call: paced sending, digits, and the record of what arrives.

use std::collections::VecDeque;
use std::f64::consts::TAU;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::UdpSocket;
use tokio::time::Instant;

use super::Sound;
use crate::analysis::RATE_HZ;
use crate::g711::Codec;
use crate::recording::Recording;
use crate::rtp::{FRAME, Packet, event_payload};
use crate::srtp::{Crypto, Opener, Session};

/// Amplitude of a tone: −15 dBov, loud speech, far from clipping.
const AMPLITUDE: f64 = 8_000.0;
/// RFC 4733 §2.5.1.4: the last packet goes three times.
const END_COPIES: usize = 3;

/// A digit on its way out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digit {
    pub(super) key: char,
    pub(super) event: u8,
    pub(super) length: Duration,
    pub(super) quiet: Duration,
}

#[derive(Debug)]
struct Sending {
    digit: Digit,
    timestamp: u32,
    duration: u16,
    first_packet: Option<Instant>,
}

/// What a tick of the pacing clock brought about.
#[derive(Debug)]
pub(super) enum Progress {
    DigitStarted(Digit),
    DigitDone { key: char, first_packet: Instant },
}

/// The keys of a call that is encrypted.
#[derive(Debug)]
pub(super) struct Secured {
    /// Ours, as it stands in our descriptions.
    pub(super) ours: Crypto,
    theirs: Crypto,
    seal: Session,
    opener: Opener,
}

impl Secured {
    pub(super) fn new(ours: Crypto, theirs: Crypto) -> Secured {
        let (seal, opener) = (Session::new(&ours.master), Opener::new(&theirs.master));
        Secured { ours, theirs, seal, opener }
    }

    /// Another key of theirs; the same one goes on where it was.
    pub(super) fn renew(&mut self, theirs: Crypto) {
        if self.theirs.master != theirs.master {
            self.opener = Opener::new(&theirs.master);
        }
        self.theirs = theirs;
    }
}

/// Both directions of sound.
#[derive(Debug)]
pub(super) struct Media {
    pub(super) socket: UdpSocket,
    pub(super) remote: Option<SocketAddr>,
    pub(super) sends: bool,
    pub(super) codec: Codec,
    /// Payload type of events; without, keys go as tones.
    pub(super) dtmf: Option<u8>,
    pub(super) sound: Sound,
    pub(super) recording: Recording,
    pub(super) sent: u64,
    pub(super) secured: Option<Secured>,
    digits: VecDeque<Digit>,
    sending: Option<Sending>,
    ssrc: u32,
    /// Sequence number, unwrapped.
    index: u64,
    timestamp: u32,
    phase: f64,
    starts_stretch: bool,
    loss: Loss,
}

/// Packets of ours that the network is to lose: a part of them, chosen by a number, so that each run loses the same.
#[derive(Clone, Copy, Debug)]
struct Loss {
    percent: u8,
    seed: u64,
}

impl Loss {
    /// Whether the next packet gets lost (splitmix64).
    fn takes(&mut self) -> bool {
        self.seed = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % 100 < u64::from(self.percent)
    }
}

impl Media {
    pub(super) fn new(
        socket: UdpSocket,
        codec: Codec,
        dtmf: Option<u8>,
        sound: Sound,
        records: bool,
        random: u64,
    ) -> Media {
        let [a, b, c, d, e, f, ..] = random.to_be_bytes();
        Media {
            socket,
            remote: None,
            sends: true,
            codec,
            dtmf,
            sound,
            recording: Recording::new(records),
            sent: 0,
            secured: None,
            digits: VecDeque::new(),
            sending: None,
            ssrc: u32::from_be_bytes([a, b, c, d]),
            index: u64::from(u16::from_be_bytes([e, f])),
            timestamp: u32::from_be_bytes([c, d, e, f]),
            phase: 0.0,
            starts_stretch: true,
            loss: Loss { percent: 0, seed: 0 },
        }
    }

    /// Loses so many of a hundred packets from here on.
    pub(super) fn lose(&mut self, percent: u8, seed: u64) {
        self.loss = Loss { percent, seed };
    }

    pub(super) fn queue(&mut self, digit: Digit) {
        self.digits.push_back(digit);
    }

    /// Every 20 ms: one packet of sound or of an event.
    pub(super) fn tick(&mut self, now: Instant) -> Option<Progress> {
        let remote = self.remote.filter(|remote| self.sends && !remote.ip().is_unspecified());
        let timestamp = self.timestamp;
        self.timestamp = self.timestamp.wrapping_add(FRAME as u32);
        let Some(remote) = remote else {
            self.starts_stretch = true;
            return None;
        };
        if self.sending.is_none()
            && let Some(digit) = self.digits.pop_front()
        {
            self.sending = Some(Sending { digit, timestamp, duration: 0, first_packet: None });
        }
        match (self.sending.take(), self.dtmf) {
            (Some(sending), Some(dtmf)) => self.send_event(now, remote, dtmf, sending),
            (Some(sending), None) => self.send_tones(now, remote, timestamp, sending),
            (None, _) => {
                self.send_sound(remote, timestamp);
                None
            }
        }
    }

    /// ITU-T Q.23: one packet of a key's two tones in the place of the sound; a packet of silence ends it.
    fn send_tones(
        &mut self,
        now: Instant,
        remote: SocketAddr,
        timestamp: u32,
        mut sending: Sending,
    ) -> Option<Progress> {
        let is_first = sending.first_packet.is_none();
        let first_packet = *sending.first_packet.get_or_insert(now);
        let sounded = u64::from(sending.duration) / 8 < u64::try_from(sending.digit.length.as_millis()).unwrap_or(0);
        let pair = tones_of(sending.digit.event).map(|hz| if sounded { hz } else { 0.0 });
        let mut payload = [0; FRAME];
        for (n, byte) in payload.iter_mut().enumerate() {
            let turn = TAU * (f64::from(sending.duration) + n as f64) / RATE_HZ;
            let sample: f64 = pair.iter().map(|hz| (turn * hz).sin() * AMPLITUDE).sum();
            *byte = self.codec.encode(sample as i16);
        }
        self.send(remote, is_first, self.codec.payload_type(), timestamp, &payload);
        let digit = sending.digit;
        if !sounded {
            return Some(Progress::DigitDone { key: digit.key, first_packet });
        }
        sending.duration = sending.duration.saturating_add(FRAME as u16);
        self.sending = Some(sending);
        is_first.then_some(Progress::DigitStarted(digit))
    }

    fn send_sound(&mut self, remote: SocketAddr, timestamp: u32) {
        let mut payload = [0; FRAME];
        for byte in &mut payload {
            let sample = match self.sound {
                Sound::Silence => 0.0,
                Sound::Tone { hz } => {
                    self.phase = (self.phase + TAU * hz / RATE_HZ) % TAU;
                    self.phase.sin() * AMPLITUDE
                }
            };
            *byte = self.codec.encode(sample as i16);
        }
        let marker = std::mem::take(&mut self.starts_stretch);
        let payload_type = self.codec.payload_type();
        self.send(remote, marker, payload_type, timestamp, &payload);
    }

    /// RFC 4733 §2.5: one timestamp, growing duration, marker on the first packet, the last one three times.
    fn send_event(&mut self, now: Instant, remote: SocketAddr, dtmf: u8, mut sending: Sending) -> Option<Progress> {
        sending.duration = sending.duration.saturating_add(FRAME as u16);
        let is_first = sending.first_packet.is_none();
        let first_packet = *sending.first_packet.get_or_insert(now);
        let length = u16::try_from(sending.digit.length.as_millis() * 8).unwrap_or(u16::MAX);
        let is_last = sending.duration >= length;
        let payload = event_payload(sending.digit.event, is_last && !is_first, sending.duration);
        let copies = if is_last && !is_first { END_COPIES } else { 1 };
        for copy in 0..copies {
            self.send(remote, is_first && copy == 0, dtmf, sending.timestamp, &payload);
        }
        let digit = sending.digit;
        if is_last && !is_first {
            self.starts_stretch = true;
            return Some(Progress::DigitDone { key: digit.key, first_packet });
        }
        self.sending = Some(sending);
        is_first.then_some(Progress::DigitStarted(digit))
    }

    fn send(&mut self, remote: SocketAddr, marker: bool, payload_type: u8, timestamp: u32, payload: &[u8]) {
        let index = self.index;
        self.index += 1;
        let packet = Packet { marker, payload_type, sequence: index as u16, timestamp, ssrc: self.ssrc, payload };
        if self.loss.takes() {
            return;
        }
        // A full socket buffer loses the packet, as a network would.
        let plain = packet.write();
        let datagram = match &self.secured {
            Some(secured) => secured.seal.seal(plain, index),
            None => plain,
        };
        if self.socket.try_send_to(&datagram, remote).is_ok() {
            self.sent += 1;
        }
    }

    /// Takes everything that arrived.
    pub(super) fn receive(&mut self, now: Instant) {
        let mut buffer = [0; 2_048];
        while let Ok((length, _)) = self.socket.try_recv_from(&mut buffer) {
            let opened = match &mut self.secured {
                // What cannot be opened is missed, as its number shows.
                Some(secured) => secured.opener.open(&buffer[..length]),
                None => Some(buffer[..length].to_vec()),
            };
            if let Some(packet) = opened.as_deref().and_then(Packet::read) {
                self.recording.take(now, &packet, self.dtmf);
            }
        }
    }
}

/// The tones of an event's key, Hz.
fn tones_of(event: u8) -> [f64; 2] {
    const ROWS: [f64; 4] = [697.0, 770.0, 852.0, 941.0];
    const COLUMNS: [f64; 4] = [1_209.0, 1_336.0, 1_477.0, 1_633.0];
    let (row, column) = match event {
        0 => (3, 1),
        10 => (3, 0),
        11 => (3, 2),
        12..=15 => (event - 12, 3),
        key => ((key - 1) % 9 / 3, (key - 1) % 3),
    };
    [ROWS[usize::from(row)], COLUMNS[usize::from(column)]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_the_tones_of_their_row_and_column() {
        let tones: Vec<_> = "147*2580369#ABCD".chars().filter_map(crate::rtp::event_of).map(tones_of).collect();
        for (column, hz) in [1_209.0, 1_336.0, 1_477.0, 1_633.0].into_iter().enumerate() {
            let rows = [697.0, 770.0, 852.0, 941.0].map(|row| [row, hz]);
            assert_eq!(tones[column * 4..column * 4 + 4], rows);
        }
    }

    #[test]
    fn what_is_lost_is_the_part_asked_for_and_the_same_each_time() {
        let lost = |percent, seed| {
            let mut loss = Loss { percent, seed };
            (0..1_000).filter(|_| loss.takes()).collect::<Vec<u32>>()
        };
        assert_eq!((lost(0, 1).len(), lost(100, 1).len()), (0, 1_000));
        assert!((100..200).contains(&lost(15, 1).len()));
        assert_eq!(lost(15, 1), lost(15, 1));
        assert_ne!(lost(15, 1), lost(15, 2));
    }
}
