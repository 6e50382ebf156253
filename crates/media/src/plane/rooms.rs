//! Makes plans so.

use domain::room::{Digits, PlayEnd, PortId};
use domain::{LegId, Mono, PlayId, RoomId};

use super::slots::on_grid;
use super::{MediaPlane, Slot};
use crate::MediaEvent;
use crate::feed::{self, Feed, Source};
use crate::leg::{Ear, Fed};
use crate::room::{Input as MixInput, LoadedPlan, MixSource, Ration, Room, Seat};
use crate::tap::LegTap;

impl MediaPlane {
    pub(super) fn set_room(&mut self, now: Mono, loaded: LoadedPlan) {
        let id = loaded.plan.room;
        let ended = match self.rooms.get_mut(&id) {
            Some(room) if loaded.plan.version <= room.plan.version => {
                self.counters.stale_plans += 1;
                return;
            }
            Some(room) => {
                let before: Vec<LegId> = room.legs().collect();
                let ended = room.apply(now, loaded);
                let left: Vec<LegId> = before.into_iter().filter(|leg| !room.names(*leg)).collect();
                left.into_iter().for_each(|leg| self.leave(now, id, leg));
                ended
            }
            None => {
                let (room, ended) = Room::new(loaded, now);
                self.rooms.insert(id, room);
                ended
            }
        };
        let legs: Vec<LegId> = self.rooms.get(&id).map(|room| room.legs().collect()).unwrap_or_default();
        for leg in legs {
            let before = self.room_of.get(&leg).copied();
            if before != Some(id) {
                self.begin_stretch(now, before, leg);
                self.room_of.insert(leg, id);
            }
            // A leg stands in one room; the later plan has it.
            if let Some(other) = before.filter(|other| *other != id) {
                self.detach(leg);
                self.reseat(other);
            }
        }
        self.report_ended(id, ended);
        self.reseat(id);
    }

    pub(super) fn close_room(&mut self, now: Mono, id: RoomId) {
        if let Some(mut room) = self.rooms.remove(&id) {
            let ended = room.close();
            room.legs().for_each(|leg| self.leave(now, id, leg));
            self.report_ended(id, ended);
        }
        self.emit(MediaEvent::RoomGone { room: id });
    }

    pub(super) fn report_ended(&mut self, room: RoomId, ended: Vec<(PlayId, PlayEnd)>) {
        for (play, end) in ended {
            self.emit(MediaEvent::PlayEnded { room, play, end });
        }
    }

    /// Works out anew who is fed with what in the room a leg stands in.
    pub(super) fn reseat_leg(&mut self, leg: LegId) {
        if let Some(room) = self.room_of.get(&leg).copied() {
            self.reseat(room);
        }
    }

    /// Works out anew who is fed with what.
    pub(super) fn reseat(&mut self, id: RoomId) {
        let Some(mut room) = self.rooms.remove(&id) else { return };
        let seated: Vec<(LegId, Slot)> = room.legs().filter_map(|leg| self.seat_of(id, leg)).collect();
        for (_, slot) in &seated {
            if let Some(leg) = self.leg_mut(*slot) {
                leg.relays.clear();
                leg.mixes.clear();
            }
        }
        let feeds: Vec<(LegId, Feed, Vec<Source>)> = {
            let slot_in_room = |leg: LegId| seated.iter().find(|(id, _)| *id == leg).map(|(_, slot)| *slot);
            let format_of = |leg| slot_in_room(leg).and_then(|slot| self.leg(slot)).and_then(|leg| leg.format);
            let is_live = |port| match port {
                PortId::Play(play) => room.plays.iter().any(|p| p.id == play && p.is_live()),
                PortId::Leg(_) => false,
            };
            feed::feeds(&room.plan, format_of, is_live)
        };
        room.audible = vec![false; room.plays.len()];
        room.seats.clear();
        let heard = self.heard(&feeds);
        for (leg, feed, sources) in feeds {
            let Some(slot) = self.slot_of.get(&leg).copied() else { continue };
            let seat = self.seat(&mut room, slot, feed, &sources);
            room.seats.push(seat);
        }
        self.settle(&room, &seated, &heard);
        self.rooms.insert(id, room);
    }

    fn seat(&mut self, room: &mut Room, slot: Slot, feed: Feed, sources: &[Source]) -> Seat {
        for source in sources {
            if let PortId::Play(play) = source.port
                && let Some(index) = room.play_index(play)
            {
                room.audible[index] |= self.leg(slot).is_some_and(|leg| leg.takes_sound());
            }
        }
        let (fed, ration) = match feed {
            Feed::Silence => (Fed::Silence, Ration::Silence),
            Feed::Relay { from } | Feed::Translate { from } => match from {
                PortId::Leg(leg) => {
                    let source = self.add_ear(leg, Ear { slot, translate: matches!(feed, Feed::Translate { .. }) });
                    (source.map_or(Fed::Silence, Fed::Packets), Ration::Packets)
                }
                PortId::Play(play) => (Fed::Slots, room.play_index(play).map_or(Ration::Silence, Ration::Play)),
            },
            Feed::Mix => (Fed::Slots, Ration::Mix(self.mix(room, slot, sources))),
            Feed::Echo => (Fed::Slots, Ration::Echo),
        };
        if let Some(leg) = self.leg_mut(slot) {
            leg.feed(fed);
            if matches!(ration, Ration::Echo) {
                leg.echo.get_or_insert_default();
                leg.even_out(on_grid(room.next_slot));
            } else {
                leg.echo = None;
            }
        }
        Seat { slot, ration }
    }

    fn mix(&mut self, room: &Room, slot: Slot, sources: &[Source]) -> Vec<MixInput> {
        let mut inputs = Vec::with_capacity(sources.len());
        for source in sources {
            let from = match source.port {
                PortId::Leg(leg) => self.slot_of.get(&leg).copied().map(MixSource::Leg),
                PortId::Play(play) => room.play_index(play).map(MixSource::Play),
            };
            let Some(from) = from else { continue };
            if let MixSource::Leg(from) = from
                && let Some(leg) = self.leg_mut(from)
            {
                leg.mixes.push(slot);
                leg.even_out(on_grid(room.next_slot));
            }
            inputs.push(MixInput { from, gain: 10f32.powf(source.gain_db / 20.0) });
        }
        inputs
    }

    fn add_ear(&mut self, source: LegId, ear: Ear) -> Option<Slot> {
        let slot = self.slot_of.get(&source).copied()?;
        self.leg_mut(slot)?.relays.push(ear);
        Some(slot)
    }

    /// The sources that somebody hears who can.
    fn heard(&self, feeds: &[(LegId, Feed, Vec<Source>)]) -> Vec<PortId> {
        let can_hear =
            |leg: &LegId| self.slot_of.get(leg).and_then(|slot| self.leg(*slot)).is_some_and(|leg| leg.takes_sound());
        let heard = feeds.iter().filter(|(leg, ..)| can_hear(leg));
        heard.flat_map(|(.., sources)| sources.iter().map(|source| source.port)).collect()
    }

    /// What belongs to the legs themselves once all seats are known.
    fn settle(&mut self, room: &Room, seated: &[(LegId, Slot)], heard: &[PortId]) {
        for (id, slot) in seated {
            self.look_soon(*slot);
            let port = room.plan.ports.iter().find(|port| port.id == PortId::Leg(*id));
            let kept =
                room.keeping.zip(port).filter(|(keeping, port)| keeping.keeps_leg(port.role, heard.contains(&port.id)));
            if let Some(leg) = self.leg_mut(*slot) {
                leg.treat_digits(port.map_or(Digits::Report, |port| port.digits));
                leg.tap = kept.map(|(keeping, port)| LegTap::follow(leg.tap, keeping, port.role));
                leg.watch_silence(room.plan.silence);
                leg.listen(room.plan.listening);
                if leg.mixes.is_empty() && leg.echo.is_none() {
                    leg.jitter = None;
                }
            }
        }
    }

    fn seat_of(&self, room: RoomId, leg: LegId) -> Option<(LegId, Slot)> {
        if self.room_of.get(&leg) != Some(&room) {
            return None;
        }
        self.slot_of.get(&leg).map(|slot| (leg, *slot))
    }

    fn leave(&mut self, now: Mono, room: RoomId, leg: LegId) {
        if self.room_of.get(&leg) == Some(&room) {
            self.end_stretch(now, room, leg);
            self.room_of.remove(&leg);
            self.detach(leg);
        }
    }

    fn detach(&mut self, id: LegId) {
        if let Some(slot) = self.slot_of.get(&id).copied()
            && let Some(leg) = self.leg_mut(slot)
        {
            leg.detach();
            self.look_soon(slot);
        }
    }
}
