//! The room of a conversation as one value: a scene says who hears whom, the plan spells it out for media.
//!
//! Every change of scene is a whole new plan with a greater version. Nothing else tells media what to play or to whom.

use std::time::Duration;

use domain::room::{Digits, Hear, Play, Port, PortId, PortRole, RoomPlan, SilenceWatch, SoundKey};
use domain::{Command, ConversationId, KeySet, Language, LegId, RoomId, SupervisionMode};

use crate::floor::Floor;
use crate::limits::RINGBACK_SOUND;
use crate::recording_policy::Keeping;
use crate::timers::Timer;

/// A room, what it sounds like and what is kept of it.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    pub id: RoomId,
    pub version: u64,
    pub scene: Scene,
    pub keeping: Keeping,
    /// A supervisor left it since media was told how it is.
    pub left: bool,
}

/// Who hears whom.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scene {
    /// Nobody hears anything.
    Silence,
    /// The customer hears a play.
    Playing(Play),
    /// The customer speaks a message: nobody hears it, and silence ends it.
    Message { silence_max: Duration },
    /// Customer and agent hear each other; a muted agent only listens.
    Talk { agent: LegId, muted: bool },
    /// The agent hears the ring-back tone of a call under way; the far side has no part in the room yet.
    Tone { agent: LegId, tone: Play },
    /// The agent hears the far side, which has not answered.
    Early { agent: LegId },
    /// The customer hears music; the agent, where connected, hears nothing.
    Hold { agent: Option<LegId>, music: Option<Play> },
    /// The customer hears music; agents hear each other, and a tone while somebody is rung.
    Consult { agents: Vec<Voice>, music: Option<Play>, tone: Option<Play> },
    /// Everybody hears everybody.
    Conference { agents: Vec<Voice> },
    /// The customer and the circle hear each other; those aside hear each other, and a tone while somebody is rung.
    Meeting { circle: Vec<Voice>, aside: Vec<Voice>, tone: Option<Play> },
}

/// A supervisor in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ear {
    pub leg: LegId,
    pub mode: SupervisionMode,
    /// The agent who is heard, where connected.
    pub target: Option<LegId>,
}

/// Who talks in a room; a muted one only listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Voice {
    pub leg: LegId,
    pub role: PortRole,
    pub muted: bool,
    /// Has not answered: is heard and hears nothing.
    pub deaf: bool,
}

impl Voice {
    pub(crate) fn of(leg: LegId, role: PortRole) -> Voice {
        Voice { leg, role, muted: false, deaf: false }
    }
}

impl Room {
    pub(crate) fn new(id: RoomId) -> Room {
        Room { id, version: 0, scene: Scene::Silence, keeping: Keeping::default(), left: false }
    }

    fn plan(&self, customer: LegId, ears: &[Ear]) -> RoomPlan {
        let mut plan = self.plan_of_scene(customer);
        plan.ports.extend(ears.iter().map(|ear| leg_port(ear.leg, PortRole::Supervisor)));
        if !self.keeping.is_paused() {
            plan.hears.extend(self.scene.overheard(customer, ears));
        }
        plan
    }

    fn plan_of_scene(&self, customer: LegId) -> RoomPlan {
        if let Scene::Tone { agent, tone } = &self.scene {
            return self.tone_plan(*agent, tone);
        }
        let mut ports = vec![Port { digits: self.scene.digits(), ..leg_port(customer, PortRole::Customer) }];
        let mut hears = Vec::new();
        let mut plays = Vec::new();
        let mut add_play = |ports: &mut Vec<Port>, hears: &mut Vec<Hear>, play: &Play, to: &[LegId]| {
            let id = PortId::Play(play.id);
            ports.push(Port { id, role: PortRole::Media, digits: Digits::Report });
            hears.extend(to.iter().map(|leg| hear(id, PortId::Leg(*leg))));
            plays.push(play.clone());
        };
        let mut silence = None;
        match &self.scene {
            Scene::Silence | Scene::Tone { .. } => {}
            Scene::Message { silence_max } => {
                silence = Some(SilenceWatch { leg: customer, after: *silence_max });
            }
            Scene::Playing(play) => add_play(&mut ports, &mut hears, play, &[customer]),
            Scene::Talk { agent, muted } => {
                ports.push(leg_port(*agent, PortRole::Agent));
                hears.push(hear(PortId::Leg(customer), PortId::Leg(*agent)));
                if !muted {
                    hears.push(hear(PortId::Leg(*agent), PortId::Leg(customer)));
                }
            }
            Scene::Early { agent } => {
                ports.push(leg_port(*agent, PortRole::Agent));
                hears.push(hear(PortId::Leg(customer), PortId::Leg(*agent)));
            }
            Scene::Hold { agent, music } => {
                ports.extend(agent.map(|agent| leg_port(agent, PortRole::Agent)));
                if let Some(music) = music {
                    add_play(&mut ports, &mut hears, music, &[customer]);
                }
            }
            Scene::Consult { agents, music, tone } => {
                ports.extend(agents.iter().map(|agent| leg_port(agent.leg, agent.role)));
                if let Some(music) = music {
                    add_play(&mut ports, &mut hears, music, &[customer]);
                }
                if let Some(tone) = tone {
                    let legs: Vec<LegId> = agents.iter().map(|agent| agent.leg).collect();
                    add_play(&mut ports, &mut hears, tone, &legs);
                }
                hears.extend(each_other(agents));
            }
            Scene::Conference { agents } => {
                ports.extend(agents.iter().map(|agent| leg_port(agent.leg, agent.role)));
                hears.extend(each_other(&with_customer(customer, agents)));
            }
            Scene::Meeting { circle, aside, tone } => {
                ports.extend(circle.iter().chain(aside).map(|voice| leg_port(voice.leg, voice.role)));
                if let Some(tone) = tone {
                    let legs: Vec<LegId> = aside.iter().map(|voice| voice.leg).collect();
                    add_play(&mut ports, &mut hears, tone, &legs);
                }
                hears.extend(each_other(&with_customer(customer, circle)).chain(each_other(aside)));
            }
        }
        RoomPlan {
            room: self.id,
            version: self.version,
            ports,
            hears,
            plays,
            recorder: self.keeping.recorder(),
            silence,
            listening: None,
        }
    }
}

impl Room {
    fn tone_plan(&self, agent: LegId, tone: &Play) -> RoomPlan {
        let play = PortId::Play(tone.id);
        let media = Port { id: play, role: PortRole::Media, digits: Digits::Report };
        RoomPlan {
            room: self.id,
            version: self.version,
            ports: vec![leg_port(agent, PortRole::Agent), media],
            hears: vec![hear(play, PortId::Leg(agent))],
            plays: vec![tone.clone()],
            recorder: self.keeping.recorder(),
            silence: None,
            listening: None,
        }
    }
}

impl Scene {
    /// What plays, if anything.
    pub(crate) fn play(&self) -> Option<&Play> {
        match self {
            Scene::Playing(play) => Some(play),
            Scene::Hold { music, .. } | Scene::Consult { music, .. } => music.as_ref(),
            Scene::Tone { tone, .. } => Some(tone),
            Scene::Silence
            | Scene::Message { .. }
            | Scene::Talk { .. }
            | Scene::Early { .. }
            | Scene::Conference { .. }
            | Scene::Meeting { .. } => None,
        }
    }

    /// Whether keys of the customer may be waited for: while they are alone with what is said once. Music goes on and on, and is
    /// for those who wait for somebody.
    fn digits(&self) -> Digits {
        match self {
            Scene::Playing(play) if play.repeat => Digits::Report,
            Scene::Playing(_) | Scene::Silence | Scene::Message { .. } => Digits::Collect,
            Scene::Talk { .. }
            | Scene::Tone { .. }
            | Scene::Early { .. }
            | Scene::Hold { .. }
            | Scene::Consult { .. }
            | Scene::Conference { .. }
            | Scene::Meeting { .. } => Digits::Report,
        }
    }

    /// The music of a hold, which goes on where it was when the hold only changes its cause.
    pub(crate) fn held_music(&self) -> Option<&Play> {
        match self {
            Scene::Hold { music, .. } | Scene::Consult { music, .. } => music.as_ref(),
            Scene::Silence
            | Scene::Playing(_)
            | Scene::Message { .. }
            | Scene::Talk { .. }
            | Scene::Tone { .. }
            | Scene::Early { .. }
            | Scene::Conference { .. }
            | Scene::Meeting { .. } => None,
        }
    }

    /// Who talks with whom at this moment; of two groups, the one somebody is in.
    fn talkers(&self, customer: LegId, target: Option<LegId>) -> Vec<Voice> {
        let far = Voice::of(customer, PortRole::Customer);
        match self {
            Scene::Talk { agent, muted } => vec![far, Voice { muted: *muted, ..Voice::of(*agent, PortRole::Agent) }],
            Scene::Conference { agents } => with_customer(customer, agents),
            Scene::Consult { agents, .. } => agents.clone(),
            Scene::Meeting { aside, .. } if aside.iter().any(|voice| Some(voice.leg) == target) => aside.clone(),
            Scene::Meeting { circle, .. } => with_customer(customer, circle),
            Scene::Silence
            | Scene::Playing(_)
            | Scene::Message { .. }
            | Scene::Tone { .. }
            | Scene::Early { .. }
            | Scene::Hold { .. } => Vec::new(),
        }
    }

    /// What supervisors hear, and who hears them: a whisper the agent alone, whoever barges in everybody who talks.
    fn overheard(&self, customer: LegId, ears: &[Ear]) -> Vec<Hear> {
        let mut hears = Vec::new();
        for ear in ears {
            let talkers = self.talkers(customer, ear.target);
            let own = PortId::Leg(ear.leg);
            let heard = talkers.iter().filter(|talker| !talker.muted);
            hears.extend(heard.map(|talker| hear(PortId::Leg(talker.leg), own)));
            let others = ears.iter().filter(|other| other.leg != ear.leg && other.mode == SupervisionMode::Barge);
            hears.extend(others.map(|other| hear(PortId::Leg(other.leg), own)));
            match ear.mode {
                SupervisionMode::Listen => {}
                SupervisionMode::Whisper => {
                    let target = talkers.iter().find(|talker| Some(talker.leg) == ear.target && !talker.deaf);
                    hears.extend(target.map(|target| hear(own, PortId::Leg(target.leg))));
                }
                SupervisionMode::Barge => {
                    let told = talkers.iter().filter(|talker| !talker.deaf);
                    hears.extend(told.map(|talker| hear(own, PortId::Leg(talker.leg))));
                }
            }
        }
        hears
    }

    /// The tone an agent hears while somebody is rung.
    fn tone(&self) -> Option<&Play> {
        match self {
            Scene::Tone { tone, .. } => Some(tone),
            Scene::Consult { tone, .. } | Scene::Meeting { tone, .. } => tone.as_ref(),
            Scene::Silence
            | Scene::Playing(_)
            | Scene::Message { .. }
            | Scene::Talk { .. }
            | Scene::Early { .. }
            | Scene::Hold { .. }
            | Scene::Conference { .. } => None,
        }
    }
}

fn leg_port(leg: LegId, role: PortRole) -> Port {
    Port { id: PortId::Leg(leg), role, digits: Digits::Report }
}

fn hear(from: PortId, to: PortId) -> Hear {
    Hear { from, to, gain_db: 0.0 }
}

fn with_customer(customer: LegId, others: &[Voice]) -> Vec<Voice> {
    let customer = Voice::of(customer, PortRole::Customer);
    [customer].into_iter().chain(others.iter().copied()).collect()
}

/// Every pair, both ways, except what a muted one says and a deaf one would hear.
fn each_other(voices: &[Voice]) -> impl Iterator<Item = Hear> + '_ {
    let speakers = voices.iter().filter(|from| !from.muted);
    speakers.flat_map(move |from| {
        let others = voices.iter().filter(|to| to.leg != from.leg && !to.deaf);
        others.map(|to| hear(PortId::Leg(from.leg), PortId::Leg(to.leg)))
    })
}

/// Speech lives under its language.
pub(crate) fn speech_keys(names: &[String], language: Language) -> Vec<SoundKey> {
    names.iter().map(|name| SoundKey { name: name.clone(), language: Some(language) }).collect()
}

/// Music and tones live without one.
pub(crate) fn music_key(name: &str) -> SoundKey {
    SoundKey { name: name.to_owned(), language: None }
}

impl Floor {
    pub(crate) fn new_play(&mut self, sounds: Vec<SoundKey>, repeat: bool, stop_on: KeySet) -> Play {
        Play { id: self.mint(), sounds, repeat, stop_on }
    }

    /// The ring-back tone: the one that plays, or a new one.
    pub(crate) fn ringback(&mut self, id: ConversationId) -> Play {
        let scene = self.conversations.get(&id).and_then(|known| Some(&known.room.as_ref()?.scene));
        let playing = scene.and_then(Scene::tone).cloned();
        playing.unwrap_or_else(|| self.new_play(vec![music_key(RINGBACK_SOUND)], true, KeySet::NONE))
    }

    /// Lets the customer hear a new play.
    pub(crate) fn play(&mut self, id: ConversationId, sounds: Vec<SoundKey>, repeat: bool, stop_on: KeySet) {
        let play = self.new_play(sounds, repeat, stop_on);
        self.set_scene(id, Scene::Playing(play));
    }

    pub(crate) fn language_of(&self, id: ConversationId) -> Language {
        self.conversations.get(&id).map_or(Language::Zh, |conversation| conversation.language)
    }

    /// Makes the room so, unless it is.
    pub(crate) fn set_scene(&mut self, id: ConversationId, scene: Scene) {
        let Some(conversation) = self.conversations.get_mut(&id) else { return };
        let Some(room) = conversation.room.as_mut() else { return };
        if room.scene == scene && room.keeping.is_told() && !room.left {
            return;
        }
        room.scene = scene;
        self.time_dead_air(id);
        self.send_room(id);
    }

    /// A key is waited for. Where nothing has been played yet, media has no plan that says so.
    pub(crate) fn collect_keys(&mut self, id: ConversationId) {
        let room = self.conversations.get(&id).and_then(|conversation| conversation.room.as_ref());
        if room.is_some_and(|room| room.version == 0) {
            self.send_room(id);
        }
    }

    /// Tells media how the room is, as the next version.
    pub(crate) fn send_room(&mut self, id: ConversationId) {
        let keeping = self.keeping_mut(id).map(|keeping| &*keeping);
        let is_held_back = keeping.is_some_and(Keeping::waits_for_consent);
        if is_held_back {
            self.send_plan(id, Command::SetRoom);
            return self.begin_held_back(id);
        }
        self.settle_recording(id);
        self.send_plan(id, Command::SetRoom);
    }

    /// Begins a recording in a plan of its own, which waits for the customer's word to be durable.
    pub(crate) fn begin_held_back(&mut self, id: ConversationId) {
        self.settle_recording(id);
        self.send_plan(id, Command::BeginRecording);
    }

    fn send_plan(&mut self, id: ConversationId, command: fn(RoomPlan) -> Command) {
        let Some(conversation) = self.conversations.get_mut(&id) else { return };
        let (customer, ears, listening) = (conversation.leg, conversation.ears(), conversation.listening());
        let Some(room) = conversation.room.as_mut() else { return };
        room.version += 1;
        room.keeping.told_paused = room.keeping.is_paused();
        room.left = false;
        let plan = RoomPlan { listening, ..room.plan(customer, &ears) };
        self.command(command(plan));
    }

    /// Closes the room, once; its legs hear silence from then on.
    pub(crate) fn close_room(&mut self, id: ConversationId) {
        let room = self.conversations.get_mut(&id).and_then(|conversation| conversation.room.take());
        if let Some(room) = room {
            self.index.rooms.remove(&room.id);
            self.timers.cancel(Timer::Pause(id));
            self.command(Command::CloseRoom { room: room.id });
        }
    }
}
