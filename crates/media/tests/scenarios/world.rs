//! The plane and everybody around it, step by step.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use domain::room::{Digits, Hear, Play, Port, PortId, PortRole, Recorder, SoundKey};
use domain::{KeySet, LegId, Mono, Now, PlayId, RoomId, RoomPlan, Utc};
use media::{Input, LoadedPlan, MediaEvent, MediaPlane, Output, PlaneConfig, Slot, Sounds, TapPacket, Via};

use crate::browser::Browser;
use crate::link::{Flight, Link};
use crate::phone::Phone;
use crate::tones;

pub const ROOM: RoomId = RoomId(77);
/// Where telephones find the plane: one address, a port for each slot.
const PLANE_IP: [u8; 4] = [192, 0, 2, 1];
const STEP_MS: u64 = 1;

pub fn web_candidate() -> SocketAddr {
    SocketAddr::from((PLANE_IP, 30_000))
}

/// Sounds by name: `hum440` is a second of 440 Hz, `short440` 200 ms of it.
pub struct Hums;

impl Sounds for Hums {
    fn alaw(&self, key: &SoundKey) -> Option<Arc<[u8]>> {
        if let Some(hz) = key.name.strip_prefix("hum") {
            return Some(tones::second(hz.parse().ok()?).into());
        }
        let hz = key.name.strip_prefix("short")?.parse().ok()?;
        Some(tones::second(hz)[..1_600].into())
    }
}

pub struct World {
    pub plane: MediaPlane,
    pub now_ms: u64,
    pub phones: HashMap<LegId, Phone>,
    pub slots: HashMap<LegId, Slot>,
    pub browsers: HashMap<LegId, Browser>,
    pub link: Link,
    pub events: Vec<(u64, MediaEvent)>,
    /// What recordings got.
    pub taps: Vec<TapPacket>,
    pub recorder: Recorder,
    pub version: u64,
    flights: Vec<Flight>,
}

impl World {
    pub fn new() -> World {
        #[allow(clippy::disallowed_methods, reason = "str0m cannot be given a fixed Instant")]
        let epoch = std::time::Instant::now();
        let config = PlaneConfig { epoch, candidates: vec![web_candidate()], seed: 4_711 };
        Browser::set_epoch(epoch);
        World {
            plane: MediaPlane::new(config).unwrap(),
            now_ms: 1_000,
            phones: HashMap::new(),
            slots: HashMap::new(),
            browsers: HashMap::new(),
            link: Link::good(),
            events: Vec::new(),
            taps: Vec::new(),
            recorder: Recorder::Off,
            version: 0,
            flights: Vec::new(),
        }
    }

    pub fn now(&self) -> Now {
        Now { mono: Mono(self.now_ms * 1_000_000), utc: Utc(1_800_000_000_000_000 + self.now_ms as i64 * 1_000) }
    }

    /// Reserves and opens a leg for a phone.
    pub fn add_phone(&mut self, leg: i64, phone: Phone) -> LegId {
        let leg = LegId(leg);
        let slot = self.plane.reserve_rtp(leg).unwrap();
        self.slots.insert(leg, slot);
        let params = phone.params();
        self.phones.insert(leg, phone);
        self.input(Input::OpenRtp { leg, params });
        leg
    }

    /// Posts a browser's offer and waits until it is connected.
    pub fn add_browser(&mut self, leg: i64, number: u8, hz: u32) -> LegId {
        let leg = LegId(leg);
        let mut browser = Browser::new(self.now().mono, number, hz);
        let offer = browser.offer();
        let now = self.now().mono;
        let answer = self.plane.open_web(now, leg, &offer).unwrap();
        browser.take_answer(&answer);
        self.browsers.insert(leg, browser);
        self.run(1_500);
        assert!(self.has(&MediaEvent::LegUp { leg }), "the browser did not connect: {:?}", self.events);
        leg
    }

    pub fn phone(&mut self, leg: LegId) -> &mut Phone {
        self.phones.get_mut(&leg).unwrap()
    }

    pub fn browser(&mut self, leg: LegId) -> &mut Browser {
        self.browsers.get_mut(&leg).unwrap()
    }

    /// A plan of the next version for the usual room.
    pub fn plan(&mut self, edges: &[(PortId, LegId)], plays: Vec<Play>) -> RoomPlan {
        self.version += 1;
        let mut ids: Vec<PortId> = plays.iter().map(|play| PortId::Play(play.id)).collect();
        for (from, to) in edges {
            ids.extend([*from, PortId::Leg(*to)]);
        }
        ids.sort();
        ids.dedup();
        let port = |id| Port { id, role: PortRole::Customer, digits: Digits::Report };
        RoomPlan {
            room: ROOM,
            version: self.version,
            ports: ids.into_iter().map(port).collect(),
            hears: edges.iter().map(|(from, to)| Hear { from: *from, to: PortId::Leg(*to), gain_db: 0.0 }).collect(),
            plays,
            silence: None,
            listening: None,
            recorder: self.recorder,
        }
    }

    pub fn set(&mut self, plan: RoomPlan) {
        let loaded = LoadedPlan::load(plan, &Hums);
        self.input(Input::SetRoom(loaded));
    }

    /// Sets a plan of these edges.
    pub fn hear(&mut self, edges: &[(PortId, LegId)], plays: Vec<Play>) {
        let plan = self.plan(edges, plays);
        self.set(plan);
    }

    /// Two legs that talk.
    pub fn talk(&mut self, a: LegId, b: LegId) {
        self.hear(&[(leg(a), b), (leg(b), a)], Vec::new());
    }

    pub fn input(&mut self, input: Input<'_>) {
        let now = self.now();
        self.plane.handle(now, input);
        self.collect();
    }

    /// A datagram of anybody to a phone leg's port.
    pub fn inject(&mut self, leg: LegId, from: &str, bytes: &[u8]) {
        let slot = self.slots[&leg];
        self.input(Input::Rtp { slot, from: from.parse().unwrap(), bytes });
    }

    pub fn run(&mut self, ms: u64) {
        for _ in 0..ms / STEP_MS {
            self.now_ms += STEP_MS;
            self.deliver();
            self.speak();
            let tick_due = self.plane.poll_timeout().is_some_and(|(at, _)| at <= self.now().mono);
            if tick_due {
                self.input(Input::Tick);
            }
        }
    }

    /// For some time nothing of a phone gets through; then all of it at once.
    pub fn stall(&mut self, leg: LegId, ms: u64) {
        let from = self.phones[&leg].address;
        let until = self.now_ms + ms;
        for _ in 0..ms {
            self.run(1);
            let late = self.flights.iter_mut().filter(|flight| flight.from == from);
            late.for_each(|flight| flight.at_ms = until);
        }
    }

    pub fn has(&self, event: &MediaEvent) -> bool {
        self.events.iter().any(|(_, seen)| seen == event)
    }

    pub fn digits(&self, leg: LegId) -> String {
        let digit = |(_, event): &(u64, MediaEvent)| {
            let MediaEvent::Digit { leg: of, key } = event else { return None };
            (*of == leg).then(|| key.as_char())
        };
        self.events.iter().filter_map(digit).collect()
    }

    /// Which of the tones `all` a phone heard in the last second.
    pub fn heard_by(&self, leg: LegId, all: &[u32]) -> Vec<u32> {
        match self.phones.get(&leg) {
            Some(phone) => tones::heard(&phone.ear(self.now_ms, 1_000), all),
            None => tones::heard(&self.browsers[&leg].ear(self.now_ms, 1_000), all),
        }
    }

    fn deliver(&mut self) {
        let now_ms = self.now_ms;
        let (due, later): (Vec<Flight>, Vec<Flight>) =
            std::mem::take(&mut self.flights).into_iter().partition(|flight| flight.at_ms <= now_ms);
        self.flights = later;
        for flight in due {
            self.arrive(flight);
        }
    }

    fn arrive(&mut self, flight: Flight) {
        let Flight { from, to, bytes, .. } = flight;
        if to == web_candidate() {
            self.input(Input::Web { candidate: to, from, bytes: &bytes });
        } else if to.ip() == web_candidate().ip() {
            let slot = usize::from(to.port() - 20_000) / 2;
            let rtcp = to.port() % 2 == 1;
            let bytes = &bytes[..];
            self.input(if rtcp { Input::Rtcp { slot, from, bytes } } else { Input::Rtp { slot, from, bytes } });
        } else if let Some(phone) = self.phones.values_mut().find(|phone| phone.address.ip() == to.ip()) {
            if to.port() == phone.address.port() {
                phone.receive(self.now_ms, &bytes);
            } else {
                phone.reports.push(bytes);
            }
        } else if let Some(browser) = self.browsers.values_mut().find(|browser| browser.address == to) {
            browser.receive(Mono(self.now_ms * 1_000_000), from, &bytes);
        }
    }

    fn speak(&mut self) {
        let (now_ms, mono) = (self.now_ms, self.now().mono);
        let mut sent = Vec::new();
        for (leg, phone) in &mut self.phones {
            let Some(slot) = self.slots.get(leg) else { continue };
            let to = SocketAddr::from((PLANE_IP, 20_000 + 2 * *slot as u16));
            sent.extend(phone.due(now_ms).into_iter().map(|bytes| (phone.address, to, bytes)));
        }
        for browser in self.browsers.values_mut() {
            sent.extend(browser.run(mono).into_iter().map(|(to, bytes)| (browser.address, to, bytes)));
        }
        for (from, to, bytes) in sent {
            self.flights.extend(self.link.carry(now_ms, from, to, &bytes));
        }
    }

    fn collect(&mut self) {
        while let Some(output) = self.plane.poll_output() {
            match output {
                Output::Transmit { via, to, bytes } => {
                    let port = match via {
                        Via::Rtp(slot) => 20_000 + 2 * slot as u16,
                        Via::Rtcp(slot) => 20_001 + 2 * slot as u16,
                        Via::Web(candidate) => candidate.port(),
                    };
                    let from = SocketAddr::from((PLANE_IP, port));
                    self.flights.extend(self.link.carry(self.now_ms, from, to, &bytes));
                    self.plane.recycle(bytes);
                }
                Output::Event(event) => self.events.push((self.now_ms, event)),
                Output::Tap(packet) => self.taps.push(packet),
                Output::Released(_) => {}
            }
        }
    }
}

pub fn leg(id: LegId) -> PortId {
    PortId::Leg(id)
}

pub fn play_port(id: i64) -> PortId {
    PortId::Play(PlayId(id))
}

/// A play of named sounds that any key stops.
pub fn play(id: i64, sounds: &[&str], repeat: bool) -> Play {
    let key = |name: &&str| SoundKey { name: (*name).to_owned(), language: None };
    Play { id: PlayId(id), sounds: sounds.iter().map(key).collect(), repeat, stop_on: KeySet::ALL }
}
