//! A customer with an agent: the bridge, the far end's hold, and what the room sounds like.

use domain::room::Play;
use domain::{AgentId, ConversationId, Event, KeySet, LegId, QueueId};

use super::{ConsultState, CustomerStage};
use crate::floor::Floor;
use crate::handling::HandlingState;
use crate::output::Ignored;
use crate::rooms::{Scene, Voice, music_key};

impl Floor {
    /// Makes the room sound as the talk says: bridged, music to the customer while held, somebody asked meanwhile, or all three.
    pub(crate) fn sound_talk(&mut self, id: ConversationId) {
        let Some(conversation) = self.conversations.get(&id) else { return };
        if let CustomerStage::Dialling(_) = &conversation.stage {
            return self.sound_dialling(id);
        }
        if let Some(scene) = self.scene_of_conference(id) {
            return self.set_scene(id, scene);
        }
        let Some(conversation) = self.conversations.get(&id) else { return };
        let Some(talk) = conversation.talk() else { return };
        let queue = talk.origin.queue();
        let Some(handling) = conversation.handling(talk.handling) else { return };
        let (agent, state) = (handling.agent, handling.state);
        // Who is rung to take part is heard by nobody before the answer, and nobody waits for them.
        let consult = talk.consult.filter(|consult| !consult.straight);
        let members = !talk.members.is_empty();
        // What a phone plays into a call it holds is not for the other two.
        let state_of_consult = consult.map(|consult| consult.state());
        let three = state_of_consult == Some(ConsultState::Joined);
        let unheard = three && self.telephone_holds(agent);
        let own = conversation.voice_of(handling).filter(|voice| !unheard || Some(voice.leg) != handling.leg);
        let asked = consult.and_then(|consult| conversation.voice_of_asked(&consult));
        let voices: Vec<Voice> = own.into_iter().chain(asked).collect();
        let scene = match (state, state_of_consult) {
            (HandlingState::WrappingUp, _) => return,
            // The agent went back to the customer by the phone's key; whoever is asked waits.
            (HandlingState::Talking, Some(ConsultState::Ringing | ConsultState::Private)) => match handling.voice() {
                Some(Voice { leg: agent, muted, .. }) => Scene::Talk { agent, muted },
                None => Scene::Silence,
            },
            (_, Some(ConsultState::Joined)) if !voices.is_empty() => Scene::Conference { agents: voices },
            // Of three whose other two are both away the customer is alone.
            (_, Some(ConsultState::Private | ConsultState::Joined)) => {
                Scene::Consult { agents: voices, music: self.music_while_held(id, queue, agent), tone: None }
            }
            (_, Some(ConsultState::Ringing)) => {
                let music = self.music_while_held(id, queue, agent);
                let rings = consult.is_some_and(|consult| consult.rings());
                let tone = own.filter(|_| rings).map(|_| self.ringback(id));
                Scene::Consult { agents: voices, music, tone }
            }
            (HandlingState::Talking, None) => match own {
                Some(Voice { leg: agent, muted, .. }) => Scene::Talk { agent, muted },
                // Everybody else of a conference is away for the moment, too.
                None if members => Scene::Hold { agent: None, music: self.music_while_held(id, queue, agent) },
                None => Scene::Silence,
            },
            (HandlingState::Held(_), None) => {
                let music = self.music_while_held(id, queue, agent);
                Scene::Hold { agent: own.map(|own| own.leg), music }
            }
        };
        self.set_scene(id, scene);
    }

    /// The music that plays goes on; otherwise it begins.
    fn music_while_held(&mut self, id: ConversationId, queue: Option<QueueId>, agent: AgentId) -> Option<Play> {
        let scene = self.conversations.get(&id).and_then(|known| Some(&known.room.as_ref()?.scene));
        scene.and_then(Scene::held_music).cloned().or_else(|| {
            let music = self.hold_music(queue, agent)?;
            Some(self.new_play(vec![music_key(&music)], true, KeySet::NONE))
        })
    }

    /// The music of the queue the customer came from; without one, that of a queue the agent serves.
    pub(crate) fn hold_music(&self, queue: Option<QueueId>, agent: AgentId) -> Option<String> {
        let settings = self.catalog.settings();
        let own = settings.agents.iter().find(|own| own.id == agent).and_then(|own| own.queues.first().copied());
        let found = queue.or(own).and_then(|queue| self.catalog.queue(queue)).or_else(|| settings.queues.first());
        found.map(|queue| queue.music.clone())
    }

    pub(crate) fn peer_hold(&mut self, leg: LegId, on: bool) {
        if let Some(agent) = self.index.phones.get(&leg).copied() {
            return self.telephone_hold(agent, leg, on);
        }
        if let Some((conversation, outside)) = self.outside_of_leg(leg) {
            return match outside.is_up() {
                true => self.emit(Event::PeerHeld { conversation, leg, on }),
                false => self.ignore(Ignored::Late),
            };
        }
        let Some(id) = self.conversation_of_leg(leg) else { return };
        let Some(conversation) = self.conversations.get(&id) else { return };
        match conversation.stage {
            CustomerStage::Arriving
            | CustomerStage::InFlow(_)
            | CustomerStage::Waiting(_)
            | CustomerStage::Ringing(_)
            | CustomerStage::Parked(_)
            | CustomerStage::Returning(_)
            | CustomerStage::Forwarded(_)
            | CustomerStage::Dialling(_)
            | CustomerStage::Talking(_) => self.emit(Event::PeerHeld { conversation: id, leg, on }),
            CustomerStage::Leaving(_) | CustomerStage::Gone(_) => self.ignore(Ignored::Late),
        }
    }
}
