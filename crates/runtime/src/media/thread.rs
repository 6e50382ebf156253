//! The loop: what arrived, what was asked, what is due; then everything out at once.

use std::collections::VecDeque;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use domain::Now;
use media::{Input, MediaError, MediaPlane, Output, PlaneConfig, Slot, Via};

use super::dispatch::Dispatcher;
use super::ports::{self, Pair, Ports, WebSocket};
use super::ring::{Command, Ring};
use super::watch::{Sight, Token, Watch};
use super::{Keep, MediaFigures, MediaThreadConfig};
use crate::clock;

/// Datagrams taken from the browsers' port before the others get their turn.
const WEB_BURST_MAX: usize = 64;
/// Longer than any packet of ours; a longer datagram is cut and fails to parse.
const DATAGRAM_BYTES_MAX: usize = 2_048;
/// Without anything going on, the thread still looks around this often.
const IDLE_LOOK: Duration = Duration::from_secs(60);

const WAKE: Token = Token(0);
const WEB_FIRST: usize = 1;
/// Telephone legs: two tokens for each slot. The web sockets fit below.
const TELEPHONE_FIRST: usize = 1_024;

/// Binds, starts, and gives the way in.
pub(super) fn start(
    config: MediaThreadConfig,
    events: Dispatcher,
    keep: Keep,
) -> io::Result<(Arc<Ring>, JoinHandle<()>)> {
    let watch = Watch::new()?;
    let ring = Arc::new(Ring::new(&watch, WAKE)?);
    let web = ports::bind_web(&config)?;
    for (index, web) in web.iter().enumerate() {
        watch.add(&web.socket, Token(WEB_FIRST + index))?;
    }
    let plane = MediaPlane::new(PlaneConfig {
        epoch: clock::epoch(),
        candidates: web.iter().flat_map(|web| web.candidates.iter().copied()).collect(),
        // Its keys come from the operating system.
        seed: RandomState::new().build_hasher().finish(),
    })
    .map_err(io::Error::other)?;
    let media = MediaThread {
        plane,
        watch,
        ring: Arc::clone(&ring),
        ports: Ports::new(config.bind, &config.rtp_ports),
        web,
        pairs: Vec::new(),
        buffer: vec![0; DATAGRAM_BYTES_MAX],
        events,
        received: 0,
        sent: 0,
        keep,
        unsent: 0,
    };
    let thread = thread::Builder::new().name("media".to_owned()).spawn(move || media.run())?;
    Ok((ring, thread))
}

struct MediaThread {
    plane: MediaPlane,
    watch: Watch,
    ring: Arc<Ring>,
    ports: Ports,
    web: Vec<WebSocket>,
    pairs: Vec<Option<Pair>>,
    buffer: Vec<u8>,
    events: Dispatcher,
    received: u64,
    sent: u64,
    keep: Keep,
    unsent: u64,
}

impl MediaThread {
    fn run(mut self) {
        let (mut sight, mut ready) = (Sight::new(), Vec::new());
        let mut commands = VecDeque::new();
        let mut stopping = false;
        while !stopping {
            if let Err(error) = self.look(&mut sight, &mut ready) {
                tracing::error!(%error, "epoll failed; the media thread ends");
                break;
            }
            let now = clock::now();
            if let Some(place) = ready.iter().position(|token| *token == WAKE) {
                // Before the ring is emptied: what is put into it from here on wakes the thread again.
                ready.swap_remove(place);
                self.ring.heard();
            }
            // Before the packets, so that a hold or a mute holds for all of them.
            self.ring.take(&mut commands);
            for command in commands.drain(..) {
                stopping |= matches!(command, Command::Stop);
                self.obey(now, command);
            }
            ready.drain(..).for_each(|token| self.drain(now, token));
            self.plane.handle(clock::now(), Input::Tick);
            self.flush();
            self.events.flush();
        }
        self.end();
    }

    /// Waits until there is something to do.
    fn look(&self, sight: &mut Sight, ready: &mut Vec<Token>) -> io::Result<()> {
        let wait = match self.plane.poll_timeout() {
            Some((at, _)) => at.since(clock::mono()),
            None => IDLE_LOOK,
        };
        self.watch.look(wait, sight, ready)
    }

    fn obey(&mut self, now: Now, command: Command) {
        match command {
            Command::ReserveRtp { leg, reply } => {
                let reserved = self.reserve(leg);
                let bound = reserved.is_ok();
                if reply.send(reserved).is_err() && bound {
                    // Nobody waits for the port any more.
                    self.plane.handle(now, Input::CloseLeg(leg));
                }
            }
            Command::OpenWeb { leg, offer, reply } => {
                let answer = self.plane.open_web(now.mono, leg, &offer);
                let opened = answer.is_ok();
                if reply.send(answer).is_err() && opened {
                    self.plane.handle(now, Input::CloseLeg(leg));
                }
            }
            Command::OpenRtp { leg, params } => self.plane.handle(now, Input::OpenRtp { leg, params }),
            Command::Answered(leg) => self.plane.handle(now, Input::Answered(leg)),
            Command::SetRoom(loaded) => self.plane.handle(now, Input::SetRoom(loaded)),
            Command::CloseRoom(room) => self.plane.handle(now, Input::CloseRoom(room)),
            Command::SendDigits { leg, keys } => self.plane.handle(now, Input::SendDigits { leg, keys }),
            Command::CloseLeg(leg) => self.plane.handle(now, Input::CloseLeg(leg)),
            Command::Census { reply } => drop(reply.send(Ok(self.plane.census()))),
            Command::Figures { reply } => drop(reply.send(Ok(self.figures()))),
            Command::Stretches { legs, reply } => drop(reply.send(Ok(self.plane.stretches(&legs)))),
            Command::Scores { reply } => drop(reply.send(Ok(self.plane.scores()))),
            Command::Stop => {}
        }
        self.flush();
    }

    fn figures(&self) -> MediaFigures {
        MediaFigures {
            received: self.received,
            sent: self.sent,
            unsent: self.unsent,
            dropped: self.plane.counters(),
            quality: self.plane.quality(),
        }
    }

    fn reserve(&mut self, leg: domain::LegId) -> Result<u16, MediaError> {
        let pair = self.ports.bind().ok_or(MediaError::NoPort)?;
        let slot = self.plane.reserve_rtp(leg)?;
        let port = pair.port;
        let rtp = self.watch.add(&pair.rtp, Token(TELEPHONE_FIRST + 2 * slot));
        if let Some(rtcp) = &pair.rtcp {
            let _ = self.watch.add(rtcp, Token(TELEPHONE_FIRST + 2 * slot + 1));
        }
        if self.pairs.len() <= slot {
            self.pairs.resize_with(slot + 1, || None);
        }
        self.pairs[slot] = Some(pair);
        if let Err(error) = rtp {
            tracing::error!(%error, "a media socket could not be watched");
            self.plane.handle(clock::now(), Input::CloseLeg(leg));
            return Err(MediaError::NoPort);
        }
        Ok(port)
    }

    /// Takes what a socket has: one datagram of a telephone leg, which is all there is as a rule; what is left is named again.
    fn drain(&mut self, now: Now, token: Token) {
        let turn = if token.0 >= TELEPHONE_FIRST { 1 } else { WEB_BURST_MAX };
        for _ in 0..turn {
            let Some(received) = self.receive(token) else { return };
            match received {
                Ok((length, from)) => self.handle(now, token, from, length),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                // An ICMP answer to something sent earlier; the socket goes on.
                Err(_) => {}
            }
        }
    }

    fn receive(&mut self, token: Token) -> Option<io::Result<(usize, SocketAddr)>> {
        let mut buffer = std::mem::take(&mut self.buffer);
        let received = self.socket(token).map(|socket| socket.recv_from(&mut buffer));
        self.buffer = buffer;
        received
    }

    fn socket(&self, token: Token) -> Option<&UdpSocket> {
        let Token(number) = token;
        if number >= TELEPHONE_FIRST {
            let pair = self.pairs.get((number - TELEPHONE_FIRST) / 2)?.as_ref()?;
            if (number - TELEPHONE_FIRST).is_multiple_of(2) { Some(&pair.rtp) } else { pair.rtcp.as_ref() }
        } else {
            self.web.get(number.checked_sub(WEB_FIRST)?).map(|web| &web.socket)
        }
    }

    fn handle(&mut self, now: Now, token: Token, from: SocketAddr, length: usize) {
        self.received += 1;
        let bytes = &self.buffer[..length];
        let Token(number) = token;
        let input = if number >= TELEPHONE_FIRST {
            let slot: Slot = (number - TELEPHONE_FIRST) / 2;
            if (number - TELEPHONE_FIRST).is_multiple_of(2) {
                Input::Rtp { slot, from, bytes }
            } else {
                Input::Rtcp { slot, from, bytes }
            }
        } else {
            let Some(candidate) = self.web.get(number - WEB_FIRST).and_then(|web| candidate_for(web, from)) else {
                return;
            };
            Input::Web { candidate, from, bytes }
        };
        self.plane.handle(now, input);
        self.flush();
    }

    fn flush(&mut self) {
        while let Some(output) = self.plane.poll_output() {
            match output {
                Output::Transmit { via, to, bytes } => {
                    if self.transmit(via, to, &bytes) {
                        self.sent += 1;
                    } else {
                        self.unsent += 1;
                        if self.unsent.is_power_of_two() {
                            tracing::warn!(unsent = self.unsent, "media datagrams could not be sent");
                        }
                    }
                    self.plane.recycle(bytes);
                }
                Output::Event(event) => self.events.send(event),
                Output::Tap(packet) => {
                    let buffer = (self.keep)(packet);
                    self.plane.recycle(buffer);
                }
                Output::Released(slot) => {
                    // Closing a socket also ends its watch.
                    if let Some(pair) = self.pairs.get_mut(slot) {
                        *pair = None;
                    }
                }
            }
        }
    }

    fn transmit(&self, via: Via, to: SocketAddr, bytes: &[u8]) -> bool {
        let socket = match via {
            Via::Rtp(slot) => self.socket(Token(TELEPHONE_FIRST + 2 * slot)),
            Via::Rtcp(slot) => match self.socket(Token(TELEPHONE_FIRST + 2 * slot + 1)) {
                Some(socket) => Some(socket),
                // Without its port the leg does without reports.
                None => return true,
            },
            Via::Web(candidate) => {
                self.web.iter().find(|web| web.candidates.contains(&candidate)).map(|web| &web.socket)
            }
        };
        // A full send buffer drops the datagram, as the network would.
        socket.is_some_and(|socket| socket.send_to(bytes, to).is_ok())
    }

    fn end(mut self) {
        self.ring.close();
        for leg in self.plane.legs() {
            self.plane.handle(clock::now(), Input::CloseLeg(leg));
        }
        self.flush();
        self.events.flush();
    }
}

/// The candidate a datagram was meant for: of those that lead to the socket, one of the sender's family.
fn candidate_for(web: &WebSocket, from: SocketAddr) -> Option<SocketAddr> {
    web.candidates.iter().find(|candidate| candidate.is_ipv4() == from.is_ipv4()).copied()
}
