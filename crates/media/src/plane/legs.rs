//! How legs begin and end.

use domain::{LegId, Mono, Now};

use super::{LEGS_MAX, MediaPlane, Output, Slot, Via};
use crate::leg::{Device, Leg, RtpLeg, RtpParams, WebLeg, WebOutput};
use crate::outlet::Outlet;
use crate::{MediaError, MediaEvent};

impl MediaPlane {
    /// Makes a telephone leg that has a port and nothing else yet. The caller puts the port's sockets in the slot.
    pub fn reserve_rtp(&mut self, leg: LegId) -> Result<Slot, MediaError> {
        self.check_new(leg)?;
        let name = format!("{:016x}", self.random.draw());
        Ok(self.insert(leg, Device::Rtp(Box::new(RtpLeg::reserved(name)))))
    }

    /// Makes a browser leg from an offer; gives the answer's SDP.
    pub fn open_web(&mut self, now: Mono, leg: LegId, offer: &str) -> Result<String, MediaError> {
        self.check_new(leg)?;
        let (web, answer) = WebLeg::accept(&self.identity, self.epoch, now, offer, &self.candidates)?;
        let ufrag = web.ufrag().to_owned();
        let slot = self.insert(leg, Device::Web(Box::new(web)));
        self.web.add(ufrag, slot);
        self.web.mark(slot);
        self.drive_web(now);
        Ok(answer)
    }

    pub(super) fn open_rtp(&mut self, now: Mono, id: LegId, params: RtpParams) {
        let Some(slot) = self.slot_of.get(&id).copied() else { return };
        let Some(leg) = self.leg_mut(slot) else { return };
        let format = params.format();
        let Device::Rtp(rtp) = &mut leg.device else { return };
        let first = rtp.open(now, params);
        leg.set_format(format);
        leg.course.begin(now);
        self.look_soon(slot);
        if first {
            self.emit(MediaEvent::LegUp { leg: id });
        }
        self.reseat_leg(id);
    }

    pub(super) fn answered(&mut self, now: Mono, id: LegId) {
        let Some(slot) = self.slot_of.get(&id).copied() else { return };
        if let Some(Leg { device: Device::Rtp(rtp), .. }) = self.leg_mut(slot) {
            rtp.answered(now);
        }
    }

    pub(super) fn close_leg(&mut self, now: Now, id: LegId) {
        let Some(slot) = self.slot_of.get(&id).copied() else { return };
        self.send_report(now, slot, true);
        if let Some(Leg { device: Device::Web(web), .. }) = self.leg_mut(slot) {
            web.close();
            web.wake(now.mono);
            self.drain_closed(slot);
        }
        self.remove(now.mono, slot);
    }

    /// A leg is over: everything that points at it goes, then the news.
    pub(super) fn remove(&mut self, now: Mono, slot: Slot) {
        self.rate(now, slot);
        let Some(leg) = self.legs.get_mut(slot).and_then(Option::take) else { return };
        self.slot_of.remove(&leg.id);
        match &leg.device {
            Device::Web(web) => self.web.forget(slot, web),
            Device::Rtp(_) => self.outputs.push_back(Output::Released(slot)),
        }
        // Packets of other legs may still name the slot.
        for other in self.legs.iter_mut().flatten() {
            other.relays.retain(|ear| ear.slot != slot);
            other.mixes.retain(|mixed| *mixed != slot);
        }
        self.reseat_leg(leg.id);
        let room = self.room_of.get(&leg.id).copied();
        if !room.is_some_and(|room| self.rooms.contains_key(&room)) {
            self.room_of.remove(&leg.id);
        }
        self.emit(MediaEvent::LegGone { leg: leg.id, quality: leg.quality() });
        if let Some(stretch) = room.and_then(|room| leg.stretch(room)) {
            self.emit(MediaEvent::StretchOver(Box::new(stretch)));
        }
    }

    fn check_new(&self, leg: LegId) -> Result<(), MediaError> {
        if self.slot_of.contains_key(&leg) {
            return Err(MediaError::LegExists);
        }
        if self.slot_of.len() >= LEGS_MAX { Err(MediaError::Overload) } else { Ok(()) }
    }

    fn insert(&mut self, id: LegId, device: Device) -> Slot {
        let (first, second) = (self.random.draw(), self.random.draw());
        // RFC 3711 §3.3.1: below 2^15, so that the first packets, lost or late, do not confuse the roll-over counter.
        let outlet = Outlet::new(first as u32, (first >> 32) as u16 & 0x7FFF, second as u32);
        let leg = Leg::new(id, device, outlet);
        let free = self.legs.iter().position(Option::is_none);
        let slot = free.unwrap_or(self.legs.len());
        match free {
            Some(free) => self.legs[free] = Some(leg),
            None => {
                self.legs.push(Some(leg));
                self.looks.push(Mono(0));
            }
        }
        self.look_soon(slot);
        self.slot_of.insert(id, slot);
        slot
    }

    /// The last words of a browser leg that we closed.
    fn drain_closed(&mut self, slot: Slot) {
        loop {
            let Some(Leg { device: Device::Web(web), .. }) = self.leg_mut(slot) else { return };
            match web.poll() {
                WebOutput::Transmit { candidate, to, bytes } => {
                    self.outputs.push_back(Output::Transmit { via: Via::Web(candidate), to, bytes });
                }
                WebOutput::Packet(_) | WebOutput::Heard { .. } | WebOutput::Connected => {}
                WebOutput::Gone | WebOutput::Idle => return,
            }
        }
    }
}

pub(super) fn is_telephone(leg: &Leg) -> bool {
    matches!(leg.device, Device::Rtp(_))
}
