//! Keys that we send to telephone legs.

use domain::{Key, LegId, Mono};

use super::{MediaPlane, Slot, legs};
use crate::codec::{SLOT, SLOT_SAMPLES};
use crate::digits::{DigitSender, Part, Way, tone};
use crate::leg::{Device, Leg};

impl MediaPlane {
    /// Takes keys for a telephone leg. A browser gets none: behind it sits a person and not a machine.
    pub(super) fn send_digits(&mut self, now: Mono, id: LegId, keys: &[Key]) {
        let Some(slot) = self.slot_of.get(&id).copied() else { return };
        let Some(leg) = self.leg_mut(slot).filter(|leg| legs::is_telephone(leg)) else { return };
        // Kept until the peer takes sound again, they would reach it in another place than they were meant for.
        let refused = if leg.takes_sound() {
            leg.digits_out.get_or_insert_with(|| Box::new(DigitSender::new(now))).push(keys)
        } else {
            keys.len()
        };
        self.counters.digits += refused as u64;
        self.look_soon(slot);
    }

    /// Sends what is due of a leg's keys.
    pub(super) fn run_digits(&mut self, now: Mono, slot: Slot) {
        let Some(leg) = self.leg_mut(slot) else { return };
        let Some(mut sender) = leg.digits_out.take() else { return };
        if !leg.takes_sound() {
            self.counters.digits += sender.waiting() as u64;
            return;
        }
        while let Some(way) = self.leg(slot).and_then(way_of) {
            let ready = self.leg(slot).map_or(now, ready_at);
            let Some((at, part)) = sender.next(now, ready, way) else { break };
            self.send_part(at, slot, part);
        }
        if !sender.is_done(now)
            && let Some(leg) = self.leg_mut(slot)
        {
            leg.digits_out = Some(sender);
        }
    }

    fn send_part(&mut self, at: Mono, slot: Slot, part: Part) {
        let Some(leg) = self.leg_mut(slot) else { return };
        let Some(codec) = leg.format.map(|format| format.codec) else { return };
        match part {
            Part::Event { event, is_first } => {
                let stamp = leg.outlet.stamp_digit(at, is_first);
                self.send_event(at, slot, stamp, &event.bytes());
            }
            Part::Tone { key, slot: nth } => self.put_frame(at, slot, codec, &tone(key, nth, codec)),
            Part::Silence => self.put_frame(at, slot, codec, &[codec.silence(); SLOT_SAMPLES]),
        }
    }
}

fn way_of(leg: &Leg) -> Option<Way> {
    match &leg.device {
        Device::Rtp(rtp) => {
            rtp.params().map(|params| if params.dtmf_payload_type.is_some() { Way::Event } else { Way::Sound })
        }
        Device::Web(_) => None,
    }
}

/// When the packet that was sent last has been heard. Frames of ours are a slot long, those of others what was agreed on.
fn ready_at(leg: &Leg) -> Mono {
    let relayed = leg.format.filter(|_| !leg.outlet.is_own_run());
    let length = relayed.map_or(SLOT, |format| std::time::Duration::from_millis(format.ptime_ms.into()));
    leg.outlet.last_at().map_or(Mono(0), |at| at + length)
}
