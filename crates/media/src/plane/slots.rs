//! What is due with time: slots of plays, mixes and silence, reports, lost audio, the browsers' deadlines.

use std::time::Duration;

use domain::{Mono, Now, RoomId};

use super::{MediaPlane, Slot, TICK};
use crate::MediaEvent;
use crate::codec::{Codec, PLAY_FORMAT, SLOT, SLOT_SAMPLES};
use crate::leg::{Device, Leg};
use crate::room::{Input as MixInput, MixSource, Ration, Room, Seat};

/// A plane that was held up for longer than this does not make up for what it missed.
const CATCH_UP_MAX: Duration = Duration::from_millis(200);
/// When an empty place is looked at.
const NEVER: Mono = Mono(u64::MAX);

impl MediaPlane {
    pub(super) fn tick(&mut self, now: Now) {
        if now.mono < self.next_tick {
            return;
        }
        // On a grid, so that slots do not drift.
        self.next_tick = on_grid(now.mono + Duration::from_nanos(1));
        self.run_rooms(now.mono);
        for slot in 0..self.looks.len() {
            if self.looks[slot] <= now.mono {
                self.looks[slot] = self.run_leg(now, slot);
            }
        }
    }

    fn run_rooms(&mut self, now: Mono) {
        let mut due = std::mem::take(&mut self.due_rooms);
        due.extend(self.rooms.iter().filter(|(_, room)| room.next_slot <= now).map(|(id, _)| *id));
        for id in due.drain(..) {
            self.run_room(now, id);
        }
        self.due_rooms = due;
    }

    fn run_room(&mut self, now: Mono, id: RoomId) {
        let Some(mut room) = self.rooms.remove(&id) else { return };
        if now.since(room.next_slot) > CATCH_UP_MAX {
            room.next_slot = now;
        }
        let mut all_ended = Vec::new();
        while room.next_slot <= now {
            let at = room.next_slot;
            room.next_slot = at + SLOT;
            let ended = room.advance_plays();
            self.read_mixed(now, &mut room);
            self.tap_plays(at, &room);
            let seats = std::mem::take(&mut room.seats);
            seats.iter().for_each(|seat| self.serve(at, &room, seat));
            room.seats = seats;
            if !ended.is_empty() {
                all_ended.extend(ended);
                break;
            }
        }
        self.rooms.insert(id, room);
        if !all_ended.is_empty() {
            self.report_ended(id, all_ended);
            self.reseat(id);
        }
    }

    /// One slot of every leg that somebody hears in a mix.
    fn read_mixed(&mut self, now: Mono, room: &mut Room) {
        room.leg_frames.clear();
        for seat in &room.seats {
            let Some(leg) = self.leg_mut(seat.slot) else { continue };
            if let Some(jitter) = leg.jitter.as_mut() {
                let mut frame = [0; SLOT_SAMPLES];
                jitter.read(now, &mut frame);
                room.leg_frames.push((seat.slot, frame));
            }
        }
    }

    fn serve(&mut self, at: Mono, room: &Room, seat: &Seat) {
        match &seat.ration {
            // Silence is the legs' own business: it needs no room.
            Ration::Silence | Ration::Packets => {}
            Ration::Play(index) => {
                let Some(frame) = room.play_frames.get(*index) else { return };
                self.send_frame(at, seat.slot, PLAY_FORMAT.codec, frame);
            }
            Ration::Mix(inputs) => {
                let sum = self.sum(room, inputs);
                let Some(codec) = self.leg(seat.slot).and_then(|leg| leg.format).map(|format| format.codec) else {
                    return;
                };
                let frame = sum.map(|sample| codec.encode(sample.clamp(i16::MIN.into(), i16::MAX.into()) as i16));
                self.send_frame(at, seat.slot, codec, &frame);
            }
            Ration::Echo => {
                let Some((codec, sound)) = self.echo(room, seat.slot) else { return };
                self.send_frame(at, seat.slot, codec, &sound.map(|sample| codec.encode(sample)));
            }
        }
    }

    /// What the leg sent a while ago.
    fn echo(&mut self, room: &Room, slot: Slot) -> Option<(Codec, [i16; SLOT_SAMPLES])> {
        let frame = room.leg_frames.iter().find(|(of, _)| *of == slot).map(|(_, frame)| *frame)?;
        let leg = self.leg_mut(slot)?;
        Some((leg.format?.codec, leg.echo.as_mut()?.pass(frame)))
    }

    fn sum(&self, room: &Room, inputs: &[MixInput]) -> [i32; SLOT_SAMPLES] {
        let mut sum = [0i32; SLOT_SAMPLES];
        for input in inputs {
            match input.from {
                MixSource::Leg(slot) => {
                    let Some((_, frame)) = room.leg_frames.iter().find(|(of, _)| *of == slot) else { continue };
                    add(&mut sum, frame.iter().copied(), input.gain);
                }
                MixSource::Play(index) => {
                    let Some(frame) = room.play_frames.get(index) else { continue };
                    add(&mut sum, frame.iter().map(|byte| PLAY_FORMAT.codec.decode(*byte)), input.gain);
                }
            }
        }
        sum
    }

    fn send_frame(&mut self, at: Mono, slot: Slot, codec: Codec, frame: &[u8; SLOT_SAMPLES]) {
        if self.leg(slot).is_some_and(|leg| leg.takes_sound() && !leg.is_keyed(at)) {
            self.put_frame(at, slot, codec, frame);
        }
    }

    /// A frame of ours, whatever else is being sent.
    pub(super) fn put_frame(&mut self, at: Mono, slot: Slot, codec: Codec, frame: &[u8; SLOT_SAMPLES]) {
        let Some(leg) = self.leg_mut(slot) else { return };
        let stamp = leg.outlet.stamp_own(at, SLOT_SAMPLES);
        self.send_law(at, slot, stamp, frame, codec);
    }

    /// What is due of a leg; when to look again.
    fn run_leg(&mut self, now: Now, slot: Slot) -> Mono {
        let Some(leg) = self.leg_mut(slot) else { return NEVER };
        if leg.hush.as_mut().is_some_and(|hush| hush.is_due(now.mono)) {
            let id = leg.id;
            self.emit(MediaEvent::SilenceHeard { leg: id });
        }
        if self.leg(slot).is_some_and(|leg| leg.course.is_due(now.mono)) {
            self.rate(now.mono, slot);
        }
        let Some(leg) = self.leg_mut(slot) else { return NEVER };
        let Device::Rtp(rtp) = &mut leg.device else {
            self.wake_web(now.mono, slot);
            return now.mono;
        };
        let (lost, report, id) = (rtp.is_lost(now.mono), rtp.report_due(now.mono), leg.id);
        if lost {
            self.emit(MediaEvent::MediaLost { leg: id });
        }
        if report {
            self.send_report(now, slot, false);
        }
        if self.leg(slot).is_some_and(|leg| leg.digits_out.is_some()) {
            self.run_digits(now.mono, slot);
            self.fill_silence(now.mono, slot);
            return now.mono;
        }
        self.fill_silence(now.mono, slot);
        let silence = self.leg(slot).and_then(Leg::silence_due).unwrap_or(now.mono + SLOT);
        silence.min(now.mono + SLOT)
    }

    /// A telephone leg always gets something: the way through address translators stays open, and peers do not hang up.
    fn fill_silence(&mut self, now: Mono, slot: Slot) {
        let Some(leg) = self.leg(slot).filter(|leg| leg.takes_sound()) else { return };
        let Some(format) = leg.format else { return };
        let due = leg.silence_due().unwrap_or(now);
        if now < due {
            return;
        }
        // Keeps the pace of the slots although ticks are not on them.
        let at = if now.since(due) < SLOT { due } else { now };
        let frame = [format.codec.silence(); SLOT_SAMPLES];
        self.send_frame(at, slot, format.codec, &frame);
    }
}

/// The first tick at `at` or after it.
pub(super) fn on_grid(at: Mono) -> Mono {
    let tick = TICK.as_nanos() as u64;
    Mono(at.0.div_ceil(tick) * tick)
}

fn add(sum: &mut [i32; SLOT_SAMPLES], samples: impl Iterator<Item = i16>, gain: f32) {
    if gain == 1.0 {
        sum.iter_mut().zip(samples).for_each(|(total, sample)| *total += i32::from(sample));
    } else {
        sum.iter_mut().zip(samples).for_each(|(total, sample)| *total += (f32::from(sample) * gain) as i32);
    }
}
