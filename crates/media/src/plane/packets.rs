//! What arrives on telephone ports, and what becomes of any leg's packets: keys, relay, mix.

use std::net::SocketAddr;

use domain::room::Digits;
use domain::{Key, Mono};

use super::{MediaPlane, Slot};
use crate::MediaEvent;
use crate::codec::{CLOCK_HZ, Format};
use crate::dtmf::TelephoneEvent;
use crate::latch::Verdict;
use crate::leg::{Device, Ear, Leg, Payload};
use crate::listening::Heard;
use crate::outlet::{FeedKey, Stamp};
use crate::reception::Arrival;
use crate::rtp::RtpView;
use crate::srtp::{Srtp, Unbelieved};

const SAMPLES_PER_MS: usize = CLOCK_HZ as usize / 1_000;

impl MediaPlane {
    pub(super) fn receive_rtp(&mut self, now: Mono, slot: Slot, from: SocketAddr, bytes: &[u8]) {
        // RFC 5761 §4: some peers send both on one port without asking.
        if bytes.get(1).is_some_and(|kind| (192..=223).contains(kind)) {
            self.receive_rtcp(now, slot, from, bytes);
            return;
        }
        self.opened(slot, bytes, Srtp::open_rtp, |plane, clear| plane.take_rtp(now, slot, from, clear));
    }

    pub(super) fn receive_rtcp(&mut self, now: Mono, slot: Slot, from: SocketAddr, bytes: &[u8]) {
        self.opened(slot, bytes, Srtp::open_rtcp, |plane, clear| plane.take_rtcp(now, slot, from, clear));
    }

    /// Goes on with a packet in clear: at once where the leg is not encrypted, else when it was opened.
    fn opened(
        &mut self,
        slot: Slot,
        bytes: &[u8],
        open: impl FnOnce(&mut Srtp, &[u8], &mut Vec<u8>) -> Result<(), Unbelieved>,
        take: impl FnOnce(&mut MediaPlane, &[u8]),
    ) {
        let mut clear = Vec::new();
        let Some(Leg { device: Device::Rtp(rtp), .. }) = self.legs.get_mut(slot).and_then(Option::as_mut) else {
            return;
        };
        let Some(srtp) = rtp.srtp() else { return take(self, bytes) };
        if let Some(pooled) = self.pool.pop() {
            clear = pooled;
        }
        match open(srtp, bytes, &mut clear) {
            Ok(()) => take(self, &clear),
            Err(Unbelieved::Forged) => self.counters.unbelieved += 1,
            Err(Unbelieved::Replayed) => self.counters.doubled += 1,
        }
        self.recycle(clear);
    }

    fn take_rtp(&mut self, now: Mono, slot: Slot, from: SocketAddr, bytes: &[u8]) {
        let Ok(packet) = RtpView::parse(bytes) else {
            self.counters.malformed += 1;
            return;
        };
        let Some(leg) = self.legs.get_mut(slot).and_then(Option::as_mut) else { return };
        let Device::Rtp(rtp) = &mut leg.device else { return };
        let Some(latch) = rtp.latch() else { return };
        match latch.judge(now, from, packet.ssrc, packet.sequence) {
            Verdict::Foreign => {
                self.counters.foreign += 1;
                return;
            }
            Verdict::Learning => {
                self.counters.learning += 1;
                return;
            }
            Verdict::Ours => rtp.heard(now),
            Verdict::OursAnew => {
                rtp.heard(now);
                leg.change_source();
            }
        }
        let packet = RtpView { timestamp: leg.house_time(packet.timestamp), ..packet };
        let Device::Rtp(rtp) = &leg.device else { return };
        let (payload, wanted) = (rtp.payload(packet.payload_type), rtp.receives());
        if leg.reception.receive(now, packet.sequence, packet.timestamp) == Arrival::Doubled {
            self.counters.doubled += 1;
            return;
        }
        match payload {
            Payload::Audio if wanted => self.take_audio(now, slot, &packet),
            Payload::Event => self.take_event(now, slot, &packet),
            // While the peer holds us, sound of it is not wanted; keys are.
            Payload::Audio => {}
            Payload::Other => {
                self.counters.malformed += 1;
                self.withhold(slot, &packet);
            }
        }
    }

    fn take_rtcp(&mut self, now: Mono, slot: Slot, from: SocketAddr, bytes: &[u8]) {
        let Some(leg) = self.leg_mut(slot) else { return };
        let Device::Rtp(rtp) = &mut leg.device else { return };
        if let Some(block) = rtp.receive_rtcp(now, from, bytes, leg.outlet.ssrc()) {
            leg.feedback.receive(now, &block, leg.outlet.departed());
        }
    }

    /// Sound of a leg: as it came to those who get it so, in the law of the house to everybody else.
    pub(super) fn take_audio(&mut self, now: Mono, slot: Slot, packet: &RtpView<'_>) {
        let Some(leg) = self.leg_mut(slot) else { return };
        let is_decoded = leg.is_decoded();
        let Some(coder) = leg.coder.as_mut() else {
            self.take_law(now, slot, packet);
            return self.pass_audio(now, slot, packet, packet.payload.len(), Some(packet));
        };
        let samples = coder.samples(packet.payload);
        if !is_decoded && !coder.keeps_up() {
            coder.forget_source();
            return self.pass_audio(now, slot, packet, samples, None);
        }
        let mut sound = self.buffer();
        self.fill_gap(slot, packet.timestamp, &mut sound);
        let coder = self.leg_mut(slot).and_then(|leg| leg.coder.as_mut());
        if coder.is_some_and(|coder| coder.decode(packet.timestamp, packet.payload, &mut sound)) {
            let decoded = RtpView { payload: &sound, ..*packet };
            self.take_law(now, slot, &decoded);
            self.pass_audio(now, slot, packet, samples, Some(&decoded));
        } else {
            self.counters.malformed += 1;
            self.withhold(slot, packet);
        }
        self.recycle(sound);
    }

    /// What a decoder makes of a gap before a packet goes to mixes; nobody else is given what was not sent.
    fn fill_gap(&mut self, slot: Slot, timestamp: u32, sound: &mut Vec<u8>) {
        let Some(leg) = self.leg_mut(slot) else { return };
        let (Some(format), Some(coder), Some(jitter)) = (leg.format, leg.coder.as_mut(), leg.jitter.as_mut()) else {
            return;
        };
        if let Some(from) = coder.conceal(timestamp, sound) {
            jitter.fill(from, format.codec, sound);
        }
        sound.clear();
    }

    /// Sound of a leg in the law of the house: to those who listen, to its recording and to mixes.
    fn take_law(&mut self, now: Mono, slot: Slot, packet: &RtpView<'_>) {
        let Some(leg) = self.leg_mut(slot) else { return };
        let Some(format) = leg.format else { return };
        if let Some(hush) = leg.hush.as_mut() {
            hush.hear(now, format.codec, packet.payload);
        }
        let heard = leg.listener.as_mut().map(|ear| ear.hear(now, packet.timestamp, format.codec, packet.payload));
        let id = leg.id;
        let key = leg.key_ear.as_mut().and_then(|ear| {
            let samples = packet.payload.iter().map(|byte| format.codec.decode(*byte));
            ear.hear(packet.sequence, packet.timestamp, samples)
        });
        self.tell_heard(slot, heard);
        key.into_iter().for_each(|key| self.press(id, key));
        self.tap_leg(now, slot, format.codec, packet);
        let Some(leg) = self.leg_mut(slot) else { return };
        if let Some(jitter) = leg.jitter.as_mut() {
            jitter.write(now, packet.timestamp, format.codec, packet.payload);
        }
    }

    /// A packet of sound to those who get it packet by packet: as it came, or from what it was decoded to.
    fn pass_audio(
        &mut self,
        now: Mono,
        slot: Slot,
        packet: &RtpView<'_>,
        samples: usize,
        decoded: Option<&RtpView<'_>>,
    ) {
        let Some(leg) = self.leg_mut(slot) else { return };
        let Some(format) = leg.format else { return };
        let feed = leg.feed_key(slot);
        let ears = std::mem::take(&mut leg.relays);
        let mut is_carried = true;
        for ear in &ears {
            if ear.translate && !self.carries(ear.slot, samples) {
                // An empty packet keeps a way open and says nothing of the others.
                is_carried &= samples == 0;
                continue;
            }
            let Some(stamp) = self.place(now, ear.slot, feed, packet, samples) else { continue };
            match decoded.filter(|_| ear.translate) {
                Some(decoded) => self.send_law(now, ear.slot, stamp, decoded.payload, format.codec),
                None => self.send_audio(now, ear.slot, stamp, packet.payload),
            }
        }
        self.give_back(slot, ears);
        if !is_carried {
            self.resize(slot, samples);
        }
    }

    /// Whether a destination can get so many samples as one packet.
    fn carries(&self, slot: Slot, samples: usize) -> bool {
        let wide = self.leg(slot).and_then(|leg| leg.format).and_then(|format| format.wide);
        wide.is_none_or(|wide| wide.carries(samples))
    }

    /// A leg sends packets of another length than was agreed on, and somebody cannot get them one by one: they get slots.
    fn resize(&mut self, slot: Slot, samples: usize) {
        let ptime_ms = u8::try_from(samples / SAMPLES_PER_MS).unwrap_or(u8::MAX);
        let Some(leg) = self.leg_mut(slot) else { return };
        let Some(format) = leg.format.filter(|format| format.ptime_ms != ptime_ms) else { return };
        leg.format = Some(Format { ptime_ms, ..format });
        let id = leg.id;
        self.reseat_leg(id);
    }

    fn tell_heard(&mut self, slot: Slot, heard: Option<Heard>) {
        let (Some(heard), Some(leg)) = (heard, self.leg(slot).map(|leg| leg.id)) else { return };
        if heard.sound {
            self.emit(MediaEvent::SoundHeard { leg });
        }
        heard.tone.into_iter().for_each(|tone| self.emit(MediaEvent::ToneHeard { leg, tone }));
    }

    /// A telephone event of a leg: the key, once, and the event itself to those who hear the leg.
    pub(super) fn take_event(&mut self, now: Mono, slot: Slot, packet: &RtpView<'_>) {
        let Some(leg) = self.leg_mut(slot) else { return };
        let id = leg.id;
        let key =
            TelephoneEvent::parse(packet.payload).and_then(|event| leg.keys.receive(now, packet.timestamp, event));
        key.into_iter().for_each(|key| self.press(id, key));
        self.pass_event(now, slot, packet);
    }

    fn press(&mut self, leg: domain::LegId, key: Key) {
        self.emit(MediaEvent::Digit { leg, key });
        self.barge(leg, key);
    }

    fn barge(&mut self, leg: domain::LegId, key: Key) {
        let Some(id) = self.room_of.get(&leg).copied() else { return };
        let Some(room) = self.rooms.get_mut(&id) else { return };
        let ended = room.barge(leg, key);
        if !ended.is_empty() {
            self.report_ended(id, ended);
            self.reseat(id);
        }
    }

    fn pass_event(&mut self, now: Mono, slot: Slot, packet: &RtpView<'_>) {
        let Some(leg) = self.leg_mut(slot) else { return };
        if leg.digits == Digits::Secret {
            return;
        }
        let feed = leg.feed_key(slot);
        let ears = std::mem::take(&mut leg.relays);
        let mixes = std::mem::take(&mut leg.mixes);
        for ear in &ears {
            if !self.takes_events(ear.slot) || self.refuses_event(ear.slot, feed, packet.timestamp) {
                self.withhold_at(ear.slot, feed, packet.sequence);
            } else if let Some(stamp) = self.place(now, ear.slot, feed, packet, 0) {
                self.send_event(now, ear.slot, Stamp { marker: packet.marker, ..stamp }, packet.payload);
            }
        }
        for to in &mixes {
            let open = self.takes_events(*to) && self.leg(*to).is_some_and(|leg| leg.takes_sound());
            if open && !self.refuses_event(*to, feed, packet.timestamp) {
                let stamp = self.leg_mut(*to).map(|leg| leg.outlet.stamp_event(now, feed, packet.timestamp));
                stamp.into_iter().for_each(|stamp| self.send_event(now, *to, stamp, packet.payload));
            }
        }
        self.give_back(slot, ears);
        if let Some(leg) = self.leg_mut(slot) {
            leg.mixes = mixes;
        }
    }

    fn place(&mut self, now: Mono, to: Slot, feed: FeedKey, packet: &RtpView<'_>, samples: usize) -> Option<Stamp> {
        let leg = self.leg_mut(to)?;
        if !leg.takes_sound() {
            leg.outlet.cut();
            return None;
        }
        if leg.is_keyed(now) {
            return None;
        }
        leg.outlet.stamp_relay(now, feed, packet.sequence, packet.timestamp, samples)
    }

    fn refuses_event(&mut self, slot: Slot, feed: FeedKey, timestamp: u32) -> bool {
        self.leg_mut(slot).is_some_and(|leg| leg.refuses_event(feed, timestamp))
    }

    fn withhold(&mut self, slot: Slot, packet: &RtpView<'_>) {
        let Some(leg) = self.leg_mut(slot) else { return };
        let feed = leg.feed_key(slot);
        let ears = std::mem::take(&mut leg.relays);
        ears.iter().for_each(|ear| self.withhold_at(ear.slot, feed, packet.sequence));
        self.give_back(slot, ears);
    }

    fn withhold_at(&mut self, to: Slot, feed: FeedKey, sequence: u16) {
        if let Some(leg) = self.leg_mut(to) {
            leg.outlet.withhold(feed, sequence);
        }
    }

    fn give_back(&mut self, slot: Slot, ears: Vec<Ear>) {
        if let Some(leg) = self.leg_mut(slot) {
            leg.relays = ears;
        }
    }
}
