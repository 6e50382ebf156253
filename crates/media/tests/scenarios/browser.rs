//! A browser: a full ICE agent with DTLS, as str0m makes one, that hums its tone and can press keys.

use std::cell::Cell;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use domain::Mono;
use media::Codec;
use media::dtmf::TelephoneEvent;
use str0m::change::{SdpAnswer, SdpPendingOffer};
use str0m::format::{Codec as WebCodec, FormatParams};
use str0m::media::{Direction, Frequency, MediaKind, Mid, Pt};
use str0m::net::{Protocol, Receive};
use str0m::rtp::RtpWrite;
use str0m::{Candidate, Event, IceConnectionState, Input, Output, Rtc, RtcConfig};

use crate::phone::Got;
use crate::tones;

thread_local! {
    static EPOCH: Cell<Option<Instant>> = const { Cell::new(None) };
}

const EVENT_PT: u8 = 126;

pub struct Browser {
    pub address: SocketAddr,
    pub talking: bool,
    pub got: Vec<Got>,
    pub closed: bool,
    /// The machine is off: it neither sends nor receives.
    pub dead: bool,
    rtc: Rtc,
    pending: Option<SdpPendingOffer>,
    offer: String,
    mid: Mid,
    hz: u32,
    sequence: u64,
    timestamp: u32,
    next_at: Option<Mono>,
    keys: Vec<TelephoneEvent>,
    key_timestamp: u32,
}

impl Browser {
    pub fn set_epoch(epoch: Instant) {
        EPOCH.set(Some(epoch));
    }

    pub fn new(now: Mono, number: u8, hz: u32) -> Browser {
        let mut config = RtcConfig::new().set_rtp_mode(true).clear_codecs().enable_pcma(true, false);
        let keys = FormatParams { telephone_event_max: Some(15), ..FormatParams::default() };
        let pt = Pt::new_with_value(EVENT_PT);
        config.codec_config().add_config(pt, None, WebCodec::Tele, Frequency::EIGHT_KHZ, None, keys);
        let mut rtc = config.build(instant(now));
        let address = SocketAddr::from(([203, 0, 113, number], 50_000));
        rtc.add_local_candidate(Candidate::host(address, "udp").unwrap());
        let mut changes = rtc.sdp_api();
        let mid = changes.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
        let (offer, pending) = changes.apply().unwrap();
        Browser {
            address,
            talking: true,
            got: Vec::new(),
            closed: false,
            dead: false,
            rtc,
            pending: Some(pending),
            offer: offer.to_sdp_string(),
            mid,
            hz,
            sequence: 1,
            timestamp: 1_000_000,
            next_at: None,
            keys: Vec::new(),
            key_timestamp: 0,
        }
    }

    pub fn offer(&self) -> String {
        self.offer.clone()
    }

    pub fn take_answer(&mut self, answer: &str) {
        let answer = SdpAnswer::from_sdp_string(answer).unwrap();
        self.rtc.sdp_api().accept_answer(self.pending.take().unwrap(), answer).unwrap();
    }

    pub fn press(&mut self, key: char) {
        let code = domain::Key::from_char(key).unwrap().event();
        let event = |n: u16, end| TelephoneEvent { code, end, volume: 10, duration: n * 160 };
        self.keys = vec![event(1, false), event(2, false), event(3, true), event(3, true), event(3, true)];
        self.key_timestamp = self.timestamp;
    }

    pub fn close(&mut self) {
        self.rtc.close().unwrap();
    }

    pub fn receive(&mut self, now: Mono, from: SocketAddr, bytes: &[u8]) {
        if self.dead {
            return;
        }
        let receive = Receive::new(Protocol::Udp, from, self.address, bytes).unwrap();
        self.rtc.handle_input(Input::Receive(instant(now), receive)).unwrap();
    }

    /// Lets time pass; the datagrams to send.
    pub fn run(&mut self, now: Mono) -> Vec<(SocketAddr, Vec<u8>)> {
        let mut sent = Vec::new();
        if self.dead {
            return sent;
        }
        if self.next_at.is_some_and(|at| at <= now) {
            self.next_at = Some(now + Duration::from_millis(20));
            self.write(now);
        }
        self.rtc.handle_input(Input::Timeout(instant(now))).unwrap();
        loop {
            match self.rtc.poll_output().unwrap() {
                Output::Timeout(_) => return sent,
                Output::Transmit(transmit) => sent.push((transmit.destination, transmit.contents.to_vec())),
                Output::Event(event) => self.take(now, event),
            }
        }
    }

    pub fn ear(&self, now_ms: u64, ms: u64) -> Vec<i16> {
        let recent = self.got.iter().filter(|got| got.at_ms + ms > now_ms && got.payload_type != EVENT_PT);
        recent.flat_map(|got| &got.payload).map(|byte| Codec::Pcma.decode(*byte)).collect()
    }

    fn take(&mut self, now: Mono, event: Event) {
        if let Event::RtpPacket(packet) = event {
            self.got.push(Got {
                at_ms: now.0 / 1_000_000,
                marker: packet.header.marker,
                payload_type: *packet.header.payload_type,
                sequence: packet.header.sequence_number,
                timestamp: packet.header.timestamp,
                ssrc: *packet.header.ssrc,
                payload: packet.payload.to_vec(),
            });
        } else if matches!(event, Event::Connected) {
            self.next_at = Some(now);
        } else if matches!(event, Event::Closed | Event::IceConnectionStateChange(IceConnectionState::Disconnected)) {
            self.closed = true;
        }
    }

    fn write(&mut self, now: Mono) {
        let timestamp = self.timestamp;
        self.timestamp += 160;
        let (pt, timestamp, payload) = if self.keys.is_empty() {
            if !self.talking {
                return;
            }
            let n = u64::from(timestamp);
            let sound: Vec<u8> = (n..n + 160).map(|n| Codec::Pcma.encode(tones::sample(self.hz, n))).collect();
            (8, timestamp, sound)
        } else {
            (EVENT_PT, self.key_timestamp, self.keys.remove(0).bytes().to_vec())
        };
        self.sequence += 1;
        let write = RtpWrite::new(Pt::new_with_value(pt), self.sequence.into(), timestamp, instant(now), payload);
        self.rtc.direct_api().stream_tx_by_mid(self.mid, None).unwrap().write_rtp(write);
    }
}

fn instant(at: Mono) -> Instant {
    EPOCH.get().unwrap() + Duration::from_nanos(at.0)
}
