//! A telephone: it hums its tone every 20 ms, keeps what it gets, and can press keys.

use std::net::SocketAddr;

use media::dtmf::TelephoneEvent;
use media::rtp::RtpView;
use media::{Codec, RtpParams, Wide};

use crate::tones;
use crate::voices::{Ear, Mouth};

pub const DTMF: u8 = 101;

/// A packet that arrived, without its bytes' owner.
#[derive(Clone, Debug)]
pub struct Got {
    pub at_ms: u64,
    pub marker: bool,
    pub payload_type: u8,
    pub sequence: u16,
    pub timestamp: u32,
    pub ssrc: u32,
    pub payload: Vec<u8>,
}

#[derive(Debug)]
pub struct Phone {
    pub address: SocketAddr,
    pub codec: Codec,
    pub wide: Option<Wide>,
    mouth: Mouth,
    pub hz: u32,
    pub talking: bool,
    /// Sound in a packet.
    pub packet_ms: u64,
    pub ssrc: u32,
    pub sequence: u16,
    pub timestamp: u32,
    pub got: Vec<Got>,
    pub reports: Vec<Vec<u8>>,
    sent: u64,
    next_ms: u64,
    /// Event packets still to go, with their timestamp.
    keys: Vec<(u32, bool, TelephoneEvent)>,
    /// The two tones that sound in the place of its own, and for how many packets.
    tones: Option<([u32; 2], u8)>,
}

impl Phone {
    /// One that speaks no law.
    pub fn wide(number: u8, wide: Wide, hz: u32) -> Phone {
        Phone { wide: Some(wide), mouth: Mouth::of(wide), ..Phone::new(number, Codec::Pcma, hz) }
    }

    pub fn new(number: u8, codec: Codec, hz: u32) -> Phone {
        Phone {
            address: SocketAddr::from(([198, 51, 100, number], 4_000)),
            codec,
            wide: None,
            mouth: Mouth::Law(codec),
            hz,
            talking: true,
            packet_ms: 20,
            ssrc: 0x1000 + u32::from(number),
            sequence: 65_500,
            timestamp: u32::MAX - 1_000,
            got: Vec::new(),
            reports: Vec::new(),
            sent: 0,
            // Nobody's packets come at the same moment.
            next_ms: u64::from(number),
            keys: Vec::new(),
            tones: None,
        }
    }

    pub fn params(&self) -> RtpParams {
        RtpParams {
            remote: self.address,
            codec: self.codec,
            wide: self.wide,
            payload_type: self.payload_type(),
            dtmf_payload_type: Some(DTMF),
            ptime_ms: 20,
            sends: true,
            receives: true,
            srtp: None,
        }
    }

    pub fn payload_type(&self) -> u8 {
        match self.wide {
            None => self.codec.static_payload_type(),
            Some(Wide::G722) => 9,
            Some(Wide::Opus) => 107,
        }
    }

    /// Ticks of a packet.
    pub fn ticks(&self) -> u32 {
        8 * self.packet_ms as u32 * self.wide.map_or(1, Wide::ticks)
    }

    /// Presses a key for 100 ms, from the next packet on.
    pub fn press(&mut self, key: char) {
        let code = domain::Key::from_char(key).unwrap().event();
        let first = self.keys.last().map_or(self.timestamp, |(timestamp, ..)| timestamp + 10 * self.ticks());
        for n in 1..=5u16 {
            let event = TelephoneEvent { code, end: false, volume: 10, duration: n * 160 };
            self.keys.push((first, n == 1, event));
        }
        for _ in 0..3 {
            self.keys.push((first, false, TelephoneEvent { code, end: true, volume: 10, duration: 800 }));
        }
    }

    /// Presses a key for 80 ms, as its two tones.
    pub fn sound(&mut self, key: char) {
        let rows = ["123A", "456B", "789C", "*0#D"].iter().zip([697, 770, 852, 941]);
        let mut found = rows.filter_map(|(keys, hz)| Some([hz, [1_209, 1_336, 1_477, 1_633][keys.find(key)?]]));
        self.tones = found.next().map(|pair| (pair, 4));
    }

    /// Sample `n` of what it says: a tone, or the two of a key.
    fn says(&self, n: u64) -> i16 {
        match self.tones {
            None => tones::sample(self.hz, n),
            Some((pair, _)) => pair.iter().map(|hz| tones::sample(*hz, n)).sum(),
        }
    }

    /// The packets due by now.
    pub fn due(&mut self, now_ms: u64) -> Vec<Vec<u8>> {
        let mut packets = Vec::new();
        while self.next_ms <= now_ms {
            self.next_ms += self.packet_ms;
            if let Some(packet) = self.next_packet() {
                packets.push(packet);
            }
            self.timestamp = self.timestamp.wrapping_add(self.ticks());
            self.sent += 8 * self.packet_ms;
        }
        packets
    }

    pub fn receive(&mut self, now_ms: u64, bytes: &[u8]) {
        let view = RtpView::parse(bytes).unwrap();
        self.got.push(Got {
            at_ms: now_ms,
            marker: view.marker,
            payload_type: view.payload_type,
            sequence: view.sequence,
            timestamp: view.timestamp,
            ssrc: view.ssrc,
            payload: view.payload.to_vec(),
        });
    }

    /// What was heard in the last `ms` milliseconds, in order of the sender's time, without events.
    pub fn ear(&self, now_ms: u64, ms: u64) -> Vec<i16> {
        let mut packets: Vec<&Got> = self.got.iter().filter(|got| got.payload_type != DTMF).collect();
        packets.sort_by_key(|got| got.timestamp.wrapping_sub(self.got[0].timestamp));
        let mut ear = self.wide.map_or(Ear::Law(self.codec), Ear::of);
        let mut heard = Vec::new();
        for got in packets {
            let samples = ear.hear(&got.payload);
            if got.at_ms + ms > now_ms {
                heard.extend(samples);
            }
        }
        heard
    }

    /// Steps of sequence and timestamp from each audio packet to the next.
    pub fn steps(&self) -> Vec<(u16, u32)> {
        let audio: Vec<&Got> = self.got.iter().filter(|got| got.payload_type != DTMF).collect();
        let step = |pair: &[&Got]| {
            (pair[1].sequence.wrapping_sub(pair[0].sequence), pair[1].timestamp.wrapping_sub(pair[0].timestamp))
        };
        audio.windows(2).map(step).collect()
    }

    fn next_packet(&mut self) -> Option<Vec<u8>> {
        let audio: Vec<u8>;
        let event: [u8; 4];
        let (marker, payload_type, timestamp, payload) = if self.keys.is_empty() {
            if !self.talking {
                return None;
            }
            let samples: Vec<i16> = (0..8 * self.packet_ms).map(|n| self.says(self.sent + n)).collect();
            audio = self.mouth.say(&samples);
            self.tones = self.tones.filter(|(_, left)| *left > 1).map(|(pair, left)| (pair, left - 1));
            (false, self.payload_type(), self.timestamp, &audio[..])
        } else {
            let (timestamp, marker, key) = self.keys.remove(0);
            event = key.bytes();
            (marker, DTMF, timestamp, &event[..])
        };
        let sequence = self.sequence;
        self.sequence = self.sequence.wrapping_add(1);
        let mut bytes = Vec::new();
        RtpView { marker, payload_type, sequence, timestamp, ssrc: self.ssrc, payload }.write(&mut bytes);
        Some(bytes)
    }
}
