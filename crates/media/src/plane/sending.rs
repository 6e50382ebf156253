//! Where packets leave: one place for telephones and browsers.

use domain::{Mono, Now};

use super::{MediaPlane, Output, Slot, Via};
use crate::codec::Codec;
use crate::leg::Device;
use crate::outlet::Stamp;
use crate::rtp::RtpView;

impl MediaPlane {
    /// Sends sound that already has its stamp, as it is.
    pub(super) fn send_audio(&mut self, now: Mono, to: Slot, stamp: Stamp, payload: &[u8]) {
        self.send(now, to, stamp, false, payload);
    }

    /// Sends sound in a law that already has its stamp, in what the destination speaks.
    pub(super) fn send_law(&mut self, now: Mono, to: Slot, stamp: Stamp, sound: &[u8], codec: Codec) {
        let Some(format) = self.leg(to).and_then(|leg| leg.format) else { return };
        if format.codec != codec {
            let table = codec.translation();
            let mut translated = self.buffer();
            translated.extend(sound.iter().map(|byte| table[usize::from(*byte)]));
            self.send_coded(now, to, stamp, &translated);
            self.recycle(translated);
        } else {
            self.send_coded(now, to, stamp, sound);
        }
    }

    /// Sends sound in the destination's law, through its coder where it has one.
    fn send_coded(&mut self, now: Mono, to: Slot, stamp: Stamp, sound: &[u8]) {
        if self.leg(to).is_none_or(|leg| leg.coder.is_none()) {
            return self.send_audio(now, to, stamp, sound);
        }
        let mut coded = self.buffer();
        let coder = self.leg_mut(to).and_then(|leg| leg.coder.as_mut());
        if coder.is_some_and(|coder| coder.encode(sound, &mut coded)) {
            self.send_audio(now, to, stamp, &coded);
        }
        self.recycle(coded);
    }

    /// Sends a telephone event that already has its stamp.
    pub(super) fn send_event(&mut self, now: Mono, to: Slot, stamp: Stamp, payload: &[u8]) {
        self.send(now, to, stamp, true, payload);
    }

    /// Whether a destination agreed on telephone events. Browsers always did.
    pub(super) fn takes_events(&self, slot: Slot) -> bool {
        match self.leg(slot).map(|leg| &leg.device) {
            Some(Device::Rtp(rtp)) => rtp.params().is_some_and(|params| params.dtmf_payload_type.is_some()),
            Some(Device::Web(_)) => true,
            None => false,
        }
    }

    /// Sends a report of a telephone leg, to the port after RTP's.
    pub(super) fn send_report(&mut self, now: Now, slot: Slot, goodbye: bool) {
        let mut bytes = self.buffer();
        let Some(leg) = self.leg_mut(slot) else { return };
        let Device::Rtp(rtp) = &mut leg.device else { return };
        let Some(to) = rtp.rtcp_target() else { return };
        if let Some(clock) = rtp.write_report(now, &leg.outlet, &mut leg.reception, goodbye, &mut bytes) {
            leg.feedback.report_sent(now.mono, clock);
        }
        let is_sealed = rtp.srtp().is_none_or(|srtp| srtp.seal_rtcp(&mut bytes).is_ok());
        if !is_sealed {
            return self.recycle(bytes);
        }
        self.outputs.push_back(Output::Transmit { via: Via::Rtcp(slot), to, bytes });
    }

    fn send(&mut self, now: Mono, slot: Slot, stamp: Stamp, event: bool, payload: &[u8]) {
        let mut bytes = self.buffer();
        let Some(leg) = self.leg_mut(slot) else { return };
        leg.outlet.count_octets(payload.len());
        match &mut leg.device {
            Device::Web(web) => {
                web.send(now, stamp, event, payload.into());
                self.web.mark(slot);
                self.recycle(bytes);
            }
            Device::Rtp(rtp) => {
                let (Some(params), Some(to)) = (rtp.params(), rtp.target()) else { return };
                let payload_type = if event { params.dtmf_payload_type } else { Some(params.payload_type) };
                let Some(payload_type) = payload_type else { return };
                let packet = RtpView {
                    marker: stamp.marker,
                    payload_type,
                    sequence: stamp.sequence as u16,
                    timestamp: params.wire_time(stamp.timestamp),
                    ssrc: leg.outlet.ssrc(),
                    payload,
                };
                packet.write(&mut bytes);
                let is_sealed = rtp.srtp().is_none_or(|srtp| srtp.seal_rtp(&mut bytes, stamp.sequence).is_ok());
                if !is_sealed {
                    return self.recycle(bytes);
                }
                self.outputs.push_back(Output::Transmit { via: Via::Rtp(slot), to, bytes });
            }
        }
    }
}
