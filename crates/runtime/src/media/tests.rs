//! The thread on real sockets of the loopback.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::net::{SocketAddr, UdpSocket};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use ::media::rtp::RtpView;
use domain::room::{Digits, Hear, Play, PlayEnd, Port, PortId, PortRole, Recorder, SoundKey};
use domain::{KeySet, Mono, PlayId};

use super::*;
use crate::clock;

const WAIT: Duration = Duration::from_secs(5);
const ROOM: RoomId = RoomId(9);

/// Every sound is five seconds of a loud byte.
struct Loud;

impl Sounds for Loud {
    fn alaw(&self, _: &SoundKey) -> Option<Arc<[u8]>> {
        Some(vec![0x2A; 40_000].into())
    }
}

/// A thread on a stretch of `ports` ports that nobody uses.
fn start(ports: u16) -> (MediaHandle, Receiver<MediaEvent>) {
    let (sender, events) = channel();
    for _ in 0..50 {
        let first = 20_000 + 2 * (RandomState::new().build_hasher().finish() % 20_000) as u16;
        let config = MediaThreadConfig {
            bind: [127, 0, 0, 1].into(),
            advertised: Vec::new(),
            rtp_ports: first..=first + ports - 1,
        };
        let told = sender.clone();
        let tell = Box::new(move |event| {
            let _ = told.send(event);
        });
        if let Ok(handle) = MediaHandle::start(config, Arc::new(Loud), tell, Box::new(|packet| packet.samples)) {
            return (handle, events);
        }
    }
    panic!("no free ports");
}

struct Peer {
    socket: UdpSocket,
    to: SocketAddr,
    sequence: u16,
}

impl Peer {
    async fn connect(handle: &MediaHandle, leg: LegId) -> Peer {
        let port = handle.reserve_rtp(leg).await.unwrap();
        assert_eq!(port % 2, 0);
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        socket.set_read_timeout(Some(WAIT)).unwrap();
        let params = RtpParams {
            remote: socket.local_addr().unwrap(),
            codec: Codec::Pcma,
            wide: None,
            payload_type: 8,
            dtmf_payload_type: Some(101),
            ptime_ms: 20,
            sends: true,
            receives: true,
            srtp: None,
        };
        handle.open_rtp(leg, params);
        Peer { socket, to: SocketAddr::from(([127, 0, 0, 1], port)), sequence: 0 }
    }

    fn send(&mut self, payload_type: u8, payload: &[u8]) {
        self.sequence += 1;
        let timestamp = u32::from(self.sequence) * 160;
        let mut bytes = Vec::new();
        RtpView { marker: false, payload_type, sequence: self.sequence, timestamp, ssrc: 7, payload }.write(&mut bytes);
        self.socket.send_to(&bytes, self.to).unwrap();
    }

    /// The first byte of the next packet's payload.
    fn hear(&self) -> u8 {
        let mut bytes = [0; 2_048];
        let (length, _) = self.socket.recv_from(&mut bytes).unwrap();
        RtpView::parse(&bytes[..length]).unwrap().payload[0]
    }

    /// Waits until that byte is heard.
    fn hear_until(&self, byte: u8) -> Mono {
        let give_up = clock::mono() + WAIT;
        while self.hear() != byte {
            assert!(clock::mono() < give_up, "{byte:#x} was never heard");
        }
        clock::mono()
    }
}

fn plan(version: u64, edges: &[(PortId, LegId)], plays: Vec<Play>) -> RoomPlan {
    let mut ids: HashSet<PortId> = plays.iter().map(|play| PortId::Play(play.id)).collect();
    ids.extend(edges.iter().flat_map(|(from, to)| [*from, PortId::Leg(*to)]));
    RoomPlan {
        room: ROOM,
        version,
        ports: ids.into_iter().map(|id| Port { id, role: PortRole::Customer, digits: Digits::Report }).collect(),
        hears: edges.iter().map(|(from, to)| Hear { from: *from, to: PortId::Leg(*to), gain_db: 0.0 }).collect(),
        plays,
        recorder: Recorder::Off,
        silence: None,
        listening: None,
    }
}

#[tokio::test]
async fn sound_goes_from_port_to_port() {
    let (handle, events) = start(20);
    let (a, b) = (LegId(1), LegId(2));
    let mut one = Peer::connect(&handle, a).await;
    let mut two = Peer::connect(&handle, b).await;
    assert_eq!(events.recv_timeout(WAIT), Ok(MediaEvent::LegUp { leg: a }));
    assert_eq!(events.recv_timeout(WAIT), Ok(MediaEvent::LegUp { leg: b }));
    handle.set_room(plan(1, &[(PortId::Leg(a), b), (PortId::Leg(b), a)], Vec::new()));
    assert_eq!(handle.census().await, MediaCensus { legs: 2, rtp_sockets: 2, rooms: 1, plays: 0 });
    for _ in 0..5 {
        one.send(8, &[0x11; 160]);
        two.send(8, &[0x22; 160]);
    }
    one.hear_until(0x22);
    two.hear_until(0x11);
    handle.close_room(ROOM);
    handle.close_leg(a);
    handle.close_leg(b);
    assert_eq!(handle.census().await, MediaCensus::default());
    handle.stop();
}

#[tokio::test]
async fn a_key_silences_a_prompt_within_two_slots() {
    let (handle, events) = start(20);
    let leg = LegId(1);
    let mut peer = Peer::connect(&handle, leg).await;
    let sounds = vec![SoundKey { name: "welcome".to_owned(), language: None }];
    let play = Play { id: PlayId(3), sounds, repeat: false, stop_on: KeySet::ALL };
    handle.set_room(plan(1, &[(PortId::Play(PlayId(3)), leg)], vec![play]));
    peer.hear_until(0x2A);
    peer.send(8, &[0x11; 160]);
    let pressed = clock::mono();
    peer.send(101, &[5, 10, 0, 160]);
    let silent = peer.hear_until(Codec::Pcma.silence());
    // Two slots and the machine's own hiccups; 200 ms is what callers are promised.
    assert!(silent.since(pressed) < Duration::from_millis(200), "{:?}", silent.since(pressed));
    let told: Vec<MediaEvent> = (0..3).map(|_| events.recv_timeout(WAIT).unwrap()).collect();
    let key = domain::Key::from_event(5).unwrap();
    assert_eq!(told[1], MediaEvent::Digit { leg, key });
    assert_eq!(told[2], MediaEvent::PlayEnded { room: ROOM, play: PlayId(3), end: PlayEnd::Barged });
    handle.stop();
}

#[tokio::test]
async fn keys_leave_one_after_another_as_events() {
    let (handle, _events) = start(20);
    let leg = LegId(1);
    let peer = Peer::connect(&handle, leg).await;
    handle.send_digits(leg, "1#".chars().filter_map(Key::from_char).collect());
    let give_up = clock::mono() + WAIT;
    let mut heard: Vec<(u32, u8, u16, bool)> = Vec::new();
    let mut bytes = [0; 2_048];
    while heard.len() < 14 {
        assert!(clock::mono() < give_up, "{heard:?}");
        let (length, _) = peer.socket.recv_from(&mut bytes).unwrap();
        let packet = RtpView::parse(&bytes[..length]).unwrap();
        if packet.payload_type == 101 {
            let event = ::media::dtmf::TelephoneEvent::parse(packet.payload).unwrap();
            heard.push((packet.timestamp, event.code, event.duration, event.end));
        }
    }
    for (nth, code) in [(0, 1), (1, 11)] {
        let key = &heard[nth * 7..nth * 7 + 7];
        assert!(key.iter().all(|packet| (packet.0, packet.1) == (key[0].0, code)), "{heard:?}");
        let last = (800, true);
        let lengths: Vec<(u16, bool)> = key.iter().map(|packet| (packet.2, packet.3)).collect();
        assert_eq!(lengths, [(160, false), (320, false), (480, false), (640, false), last, last, last]);
    }
    // 100 ms of tone and 80 ms of pause at least.
    assert!(heard[7].0.wrapping_sub(heard[0].0) >= 1_440, "{heard:?}");
    assert_eq!(handle.figures().await.unwrap().dropped.digits, 0);
    handle.stop();
}

#[tokio::test]
async fn a_stranger_is_counted_and_not_heard() {
    let (handle, _events) = start(20);
    let (a, b) = (LegId(1), LegId(2));
    let mut one = Peer::connect(&handle, a).await;
    let two = Peer::connect(&handle, b).await;
    handle.set_room(plan(1, &[(PortId::Leg(a), b)], Vec::new()));
    handle.census().await;
    one.send(8, &[0x11; 160]);
    two.hear_until(0x11);
    let mut stranger = Peer { socket: UdpSocket::bind("127.0.0.2:0").unwrap(), to: one.to, sequence: one.sequence };
    for _ in 0..50 {
        stranger.send(8, &[0x66; 160]);
    }
    one.send(8, &[0x12; 160]);
    let give_up = clock::mono() + WAIT;
    loop {
        let heard = two.hear();
        assert_ne!(heard, 0x66);
        if heard == 0x12 {
            break;
        }
        assert!(clock::mono() < give_up, "{:?} {heard:#x}", handle.figures().await);
    }
    assert_eq!(handle.figures().await.unwrap().dropped.foreign, 50);
    handle.stop();
}

#[tokio::test]
async fn ports_run_out_and_come_back() {
    let (handle, _events) = start(9);
    // The first is the browsers'; of the rest, four are even.
    let mut ports = HashSet::new();
    for leg in 1..=4 {
        ports.insert(handle.reserve_rtp(LegId(leg)).await.unwrap());
    }
    assert_eq!(ports.len(), 4);
    assert_eq!(handle.reserve_rtp(LegId(5)).await, Err(MediaError::NoPort));
    assert_eq!(handle.reserve_rtp(LegId(1)).await, Err(MediaError::NoPort));
    handle.close_leg(LegId(2));
    assert!(ports.contains(&handle.reserve_rtp(LegId(5)).await.unwrap()));
    handle.stop();
}

#[tokio::test]
async fn stopping_ends_every_leg_once_and_answers_whoever_still_asks() {
    let (handle, events) = start(20);
    for leg in 1..=3 {
        handle.reserve_rtp(LegId(leg)).await.unwrap();
    }
    handle.clone().stop();
    let gone: Vec<MediaEvent> = (0..3).map(|_| events.recv_timeout(WAIT).unwrap()).collect();
    assert!(gone.iter().all(|event| matches!(event, MediaEvent::LegGone { .. })));
    assert_eq!(handle.reserve_rtp(LegId(9)).await, Err(MediaError::Stopped));
    assert_eq!(handle.census().await, MediaCensus::default());
    handle.stop();
    assert!(events.recv_timeout(WAIT).is_err(), "the listener's thread ends too");
}

#[tokio::test]
async fn offers_that_cannot_be_used_leave_nothing_behind() {
    let (handle, _events) = start(4);
    assert_eq!(handle.open_webrtc(LegId(1), "nonsense".to_owned()).await, Err(MediaError::NoCodec));
    let unreadable = "a=rtpmap:8 PCMA/8000\r\n".to_owned();
    assert_eq!(handle.open_webrtc(LegId(1), unreadable).await, Err(MediaError::BadSdp));
    assert_eq!(handle.census().await, MediaCensus::default());
    handle.stop();
}

#[test]
fn a_taken_port_and_a_missing_address_are_errors() {
    let taken = UdpSocket::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let start = |bind: [u8; 4]| {
        let config = MediaThreadConfig { bind: bind.into(), advertised: Vec::new(), rtp_ports: port..=port };
        MediaHandle::start(config, Arc::new(Loud), Box::new(|_| ()), Box::new(|packet| packet.samples))
            .map(|_| ())
            .map_err(|error| error.kind())
    };
    assert_eq!(start([127, 0, 0, 1]), Err(io::ErrorKind::AddrInUse));
    assert_eq!(start([0, 0, 0, 0]), Err(io::ErrorKind::InvalidInput));
}
