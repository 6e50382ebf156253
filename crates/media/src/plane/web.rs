//! The one port that all browsers share.

use std::collections::HashMap;
use std::net::SocketAddr;

use domain::Mono;

use super::{MediaPlane, Output, Slot, Via};
use crate::MediaEvent;
use crate::leg::{Device, Leg, WebLeg, WebOutput, receive_of, stun_target};
use crate::reception::Arrival;
use crate::rtp::RtpView;

/// Addresses one browser may use at a time: a few interfaces, each with two families, and room for roaming.
const SOURCES_PER_LEG_MAX: usize = 16;

/// Which leg a datagram belongs to.
#[derive(Debug, Default)]
pub(super) struct WebPort {
    by_source: HashMap<SocketAddr, Slot>,
    by_ufrag: HashMap<String, Slot>,
    /// Legs with something to say, and whether each slot is among them.
    marked: Vec<Slot>,
    is_marked: Vec<bool>,
}

impl WebPort {
    pub(super) fn add(&mut self, ufrag: String, slot: Slot) {
        self.by_ufrag.insert(ufrag, slot);
    }

    pub(super) fn mark(&mut self, slot: Slot) {
        if self.is_marked.len() <= slot {
            self.is_marked.resize(slot + 1, false);
        }
        if !std::mem::replace(&mut self.is_marked[slot], true) {
            self.marked.push(slot);
        }
    }

    fn next_marked(&mut self) -> Option<Slot> {
        let slot = self.marked.pop()?;
        self.is_marked[slot] = false;
        Some(slot)
    }

    pub(super) fn forget(&mut self, slot: Slot, leg: &WebLeg) {
        self.by_ufrag.remove(leg.ufrag());
        self.by_source.retain(|_, of| *of != slot);
    }
}

impl MediaPlane {
    pub(super) fn receive_web(&mut self, now: Mono, candidate: SocketAddr, from: SocketAddr, bytes: &[u8]) {
        if !self.take_web(now, candidate, from, bytes) {
            self.counters.unclaimed += 1;
        }
    }

    fn take_web(&mut self, now: Mono, candidate: SocketAddr, from: SocketAddr, bytes: &[u8]) -> bool {
        // Only ICE makes an address known, so a datagram of another kind from elsewhere never reaches a leg.
        let (slot, asks) = match stun_target(bytes) {
            Some(ufrag) => (self.web.by_ufrag.get(&ufrag).copied(), true),
            None => (self.web.by_source.get(&from).copied(), false),
        };
        let Some(slot) = slot else { return false };
        let Some(Leg { device: Device::Web(web), .. }) = self.legs.get_mut(slot).and_then(Option::as_mut) else {
            return false;
        };
        if asks {
            if !receive_of(from, candidate, bytes).is_some_and(|receive| web.accepts(now, receive)) {
                return false;
            }
            if self.web.by_source.insert(from, slot) != Some(slot) {
                web.sources.push(from);
                if web.sources.len() > SOURCES_PER_LEG_MAX {
                    self.web.by_source.remove(&web.sources.remove(0));
                }
            }
        }
        let Some(receive) = receive_of(from, candidate, bytes) else { return false };
        web.receive(now, receive);
        self.web.mark(slot);
        true
    }

    pub(super) fn wake_web(&mut self, now: Mono, slot: Slot) {
        if let Some(Leg { device: Device::Web(web), .. }) = self.leg(slot)
            && web.deadline() <= now
        {
            self.web.mark(slot);
        }
    }

    /// Lets every marked leg speak; what one says may mark another.
    pub(super) fn drive_web(&mut self, now: Mono) {
        while let Some(slot) = self.web.next_marked() {
            if let Some(Leg { device: Device::Web(web), .. }) = self.leg_mut(slot) {
                web.wake(now);
            }
            while self.step_web(now, slot) {}
        }
    }

    /// One output of a leg; false when there is no more.
    fn step_web(&mut self, now: Mono, slot: Slot) -> bool {
        let Some(leg) = self.legs.get_mut(slot).and_then(Option::as_mut) else { return false };
        let Device::Web(web) = &mut leg.device else { return false };
        match web.poll() {
            WebOutput::Transmit { candidate, to, bytes } => {
                self.outputs.push_back(Output::Transmit { via: Via::Web(candidate), to, bytes });
            }
            WebOutput::Packet(packet) => {
                let Some(event) = web.is_event(packet.header.payload_type) else { return true };
                let view = RtpView {
                    marker: packet.header.marker,
                    payload_type: *packet.header.payload_type,
                    sequence: packet.header.sequence_number,
                    timestamp: packet.header.timestamp,
                    ssrc: *packet.header.ssrc,
                    payload: &packet.payload,
                };
                self.take_web_packet(now, slot, event, &view);
            }
            WebOutput::Heard { remark, round_trip } => {
                let departed = leg.outlet.departed();
                remark.into_iter().for_each(|remark| leg.feedback.take_remark(remark, departed));
                round_trip.into_iter().for_each(|round_trip| leg.feedback.take_round_trip(round_trip));
            }
            WebOutput::Connected => {
                leg.course.begin(now);
                leg.format = Some(web.format());
                let id = leg.id;
                self.emit(MediaEvent::LegUp { leg: id });
                self.reseat_leg(id);
            }
            WebOutput::Gone => {
                self.remove(now, slot);
                return false;
            }
            WebOutput::Idle => return false,
        }
        true
    }

    fn take_web_packet(&mut self, now: Mono, slot: Slot, event: bool, packet: &RtpView<'_>) {
        let Some(leg) = self.leg_mut(slot) else { return };
        if leg.reception.receive(now, packet.sequence, packet.timestamp) == Arrival::Doubled {
            self.counters.doubled += 1;
        } else if event {
            self.take_event(now, slot, packet);
        } else {
            self.take_audio(now, slot, packet);
        }
    }
}
