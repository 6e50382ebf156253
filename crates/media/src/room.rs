//! A room in force: its plan, how far its plays are, and what each destination is fed with.

use std::sync::Arc;

use domain::room::{PlayEnd, PortId, SoundKey};
use domain::{Key, LegId, Mono, PlayId, RoomPlan};

use crate::codec::SLOT_SAMPLES;
use crate::play::{Playing, Sounds};
use crate::tap::Keeping;

/// A plan together with the sounds it needs, so that the media thread never has to fetch one.
#[derive(Clone, Debug)]
pub struct LoadedPlan {
    /// The plan.
    pub plan: RoomPlan,
    sounds: Vec<(SoundKey, Option<Arc<[u8]>>)>,
}

impl LoadedPlan {
    /// Fetches what the plan's plays need.
    pub fn load(plan: RoomPlan, sounds: &dyn Sounds) -> LoadedPlan {
        let mut loaded: Vec<(SoundKey, Option<Arc<[u8]>>)> = Vec::new();
        for key in plan.plays.iter().flat_map(|play| &play.sounds) {
            if !loaded.iter().any(|(known, _)| known == key) {
                loaded.push((key.clone(), sounds.alaw(key)));
            }
        }
        LoadedPlan { plan, sounds: loaded }
    }

    fn sound(&self, key: &SoundKey) -> Option<Arc<[u8]>> {
        self.sounds.iter().find(|(known, _)| known == key).and_then(|(_, sound)| sound.clone())
    }
}

/// One source of a mix.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input {
    pub(crate) from: MixSource,
    pub(crate) gain: f32,
}

/// Where the samples of a mix come from: a leg's slot number, or the place of a play in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MixSource {
    Leg(usize),
    Play(usize),
}

/// What a destination gets in every slot.
#[derive(Clone, Debug)]
pub(crate) enum Ration {
    /// Codec silence, for devices that need something to arrive.
    Silence,
    /// Another leg's packets; silence only when those stop.
    Packets,
    /// A play as it is.
    Play(usize),
    /// A sum.
    Mix(Vec<Input>),
    /// What it sent itself a while ago.
    Echo,
}

/// One destination of the room.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    pub(crate) slot: usize,
    pub(crate) ration: Ration,
}

#[derive(Debug)]
pub(crate) struct Room {
    pub(crate) plan: RoomPlan,
    pub(crate) plays: Vec<Playing>,
    pub(crate) seats: Vec<Seat>,
    /// For each play, whether a connected leg hears it.
    pub(crate) audible: Vec<bool>,
    pub(crate) next_slot: Mono,
    pub(crate) keeping: Option<Keeping>,
    /// The plays that sound in the present slot.
    pub(crate) sounding: Vec<usize>,
    /// The present slot of each play, and of each mixed leg.
    pub(crate) play_frames: Vec<[u8; SLOT_SAMPLES]>,
    pub(crate) leg_frames: Vec<(usize, [i16; SLOT_SAMPLES])>,
}

/// How plays ended because of something that was done to the room.
pub(crate) type Ended = Vec<(PlayId, PlayEnd)>;

impl Room {
    /// A room with its first plan; plays that cannot be played are over already.
    pub(crate) fn new(loaded: LoadedPlan, next_slot: Mono) -> (Room, Ended) {
        let mut ended = Ended::new();
        let plays = begin(&loaded, Vec::new(), &mut ended);
        let keeping = Keeping::of(&loaded.plan, None, next_slot);
        let room = Room {
            plan: loaded.plan,
            plays,
            seats: Vec::new(),
            audible: Vec::new(),
            next_slot,
            keeping,
            sounding: Vec::new(),
            play_frames: Vec::new(),
            leg_frames: Vec::new(),
        };
        (room, ended)
    }

    /// Takes a later plan. Plays named again go on where they were, the others stop.
    pub(crate) fn apply(&mut self, now: Mono, loaded: LoadedPlan) -> Ended {
        let mut ended = Ended::new();
        let before = std::mem::take(&mut self.plays);
        self.plays = begin(&loaded, before, &mut ended);
        self.keeping = Keeping::of(&loaded.plan, self.keeping, now);
        self.plan = loaded.plan;
        ended
    }

    /// The room is over.
    pub(crate) fn close(&mut self) -> Ended {
        let live = self.plays.iter_mut().filter(|play| play.is_live());
        live.map(|play| (play.id, PlayEnd::Stopped)).collect()
    }

    /// A key of a leg: what it hears and what is armed for the key falls silent.
    pub(crate) fn barge(&mut self, leg: LegId, key: Key) -> Ended {
        let hears = &self.plan.hears;
        let heard = |id: PlayId| hears.iter().any(|h| h.from == PortId::Play(id) && h.to == PortId::Leg(leg));
        let mut ended = Ended::new();
        for play in self.plays.iter_mut().filter(|play| play.stops_on(key)) {
            if heard(play.id) {
                play.stop(PlayEnd::Barged);
                ended.push((play.id, PlayEnd::Barged));
            }
        }
        ended
    }

    /// The present slot of every play that is heard; those that ended with it.
    pub(crate) fn advance_plays(&mut self) -> Ended {
        let mut ended = Ended::new();
        self.sounding.clear();
        self.play_frames.resize(self.plays.len(), [0; SLOT_SAMPLES]);
        for (index, play) in self.plays.iter_mut().enumerate() {
            if !play.is_live() || !self.audible.get(index).copied().unwrap_or(false) {
                continue;
            }
            self.play_frames[index] = play.next_slot();
            self.sounding.push(index);
            if let Some(end) = play.end() {
                ended.push((play.id, end));
            }
        }
        ended
    }

    pub(crate) fn names(&self, leg: LegId) -> bool {
        self.plan.ports.iter().any(|port| port.id == PortId::Leg(leg))
    }

    pub(crate) fn legs(&self) -> impl Iterator<Item = LegId> + '_ {
        self.plan.ports.iter().filter_map(|port| match port.id {
            PortId::Leg(leg) => Some(leg),
            PortId::Play(_) => None,
        })
    }

    pub(crate) fn play_index(&self, id: PlayId) -> Option<usize> {
        self.plays.iter().position(|play| play.id == id)
    }
}

fn begin(loaded: &LoadedPlan, mut before: Vec<Playing>, ended: &mut Ended) -> Vec<Playing> {
    let mut plays: Vec<Playing> = Vec::with_capacity(loaded.plan.plays.len());
    for wanted in &loaded.plan.plays {
        if let Some(index) = before.iter().position(|play| play.id == wanted.id) {
            let mut play = before.swap_remove(index);
            play.rearm(wanted);
            plays.push(play);
            continue;
        }
        let sounds: Vec<_> = wanted.sounds.iter().map(|key| loaded.sound(key)).collect();
        let play = Playing::new(wanted, &sounds);
        ended.extend(play.end().map(|end| (play.id, end)));
        plays.push(play);
    }
    ended.extend(before.iter().filter(|play| play.is_live()).map(|play| (play.id, PlayEnd::Stopped)));
    plays
}
